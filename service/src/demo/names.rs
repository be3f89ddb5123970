//! Names of organisations, buildings and rooms. All made up; some short, some long, a few very long, many with umlauts and accents.

use std::sync::LazyLock;

use rand::Rng;
use rand::seq::IndexedRandom as _;
use rand_chacha::ChaCha20Rng;

/// Names, written as one text.
macro_rules! listed {
    ($names:literal) => {
        LazyLock::new(|| $names.split('|').collect())
    };
}

static FAMILIES: LazyLock<Vec<&str>> = listed!(
    "Ahlmann|Bäuerle|Brückner|Caspari|Dörfler|Eibl|Engström|Fährmann|Feldkamp|Fröhlich|Geißler|Göbel|Grünwald|Hagedorn|Häfner|Ibsen|\
     Immergut|Jäger|Jørgensen|Kästner|Kerkhoff|Köhnen|Kröger|Lachner|Lindqvist|Lohöfer|Löwe|Maibach|Moosbrugger|Mühlbauer|Nadler|\
     Nørgaard|Oberhuber|Öttl|Pfäffle|Pröll|Quandel|Raßmann|Rüdiger|Sägesser|Schöller|Schürholz|Seelig|Sonnleitner|Steinbrück|\
     Thalmann|Többen|Uhlig|Ülker|Vöhringer|Wäscher|Weißenfels|Wörner|Wüllner|Zängerle|Zwick|Årud|Béraud|Chevrolat|Dąbrowski|Esposti|\
     Ferreiro|Kovačić|Szűcs"
);

static PLACES: LazyLock<Vec<&str>> = listed!(
    "Altmühl|Bodensee|Chiemgau|Donau-Ries|Eifel|Emsland|Fichtelgebirge|Havelland|Hegau|Hohenlohe|Hunsrück|Inntal|Kraichgau|Lausitz|\
     Lüneburg|Münsterland|Neckartal|Nordfriesland|Oberlausitz|Oderbruch|Ostalb|Pfälzerwald|Rheingau|Rhön|Rügen|Sauerland|\
     Schwäbische Alb|Spessart|Spreewald|Taunus|Thüringer Wald|Uckermark|Vogtland|Wesermarsch|Westerwald|Zürcher Oberland|Öresund|\
     Ardèche|Friuli|Alentejo"
);

static TRADES: LazyLock<Vec<&str>> = listed!(
    "Maschinenbau|Logistik|Feinmechanik|Präzisionstechnik|Werkzeuge|Verpackungen|Pharma|Medizintechnik|Optik|Energie|Anlagenbau|\
     Fördertechnik|Möbel|Textil|Brauerei|Mühlenwerke|Gartenbau|Kältetechnik|Messtechnik|Elektronik|Versicherungen|Steuerberatung|\
     Ingenieure|Architekten|Reederei|Spedition|Druckhaus|Keramik|Fahrzeugteile|Software"
);

static PUBLIC: LazyLock<Vec<&str>> = listed!(
    "Stadtwerke|Landratsamt|Sparverein|Verkehrsverbund|Hochschule|Klinikum|Universitätsbibliothek|Wasserverband|Handwerkskammer|\
     Volkshochschule|Genossenschaftsbank|Abfallwirtschaft"
);

static FORMS: LazyLock<Vec<&str>> = listed!("GmbH|AG|GmbH & Co. KG|SE|e. G.|KG|AS|SA|B.V.|S.p.A.");

static ROOMS: LazyLock<Vec<&str>> = listed!(
    "Isar|Donau|Elbe|Weser|Neckar|Mosel|Saale|Spree|Lech|Würm|Ilm|Aller|Zugspitze|Watzmann|Brocken|Feldberg|Großglockner|Säntis|\
     Königssee|Müritz|Ammersee|Sylt|Föhr|Amrum|Hiddensee|Usedom|Kiefer|Ahorn|Eiche|Birke|Linde|Esche|Kirsche|Schlehe|Adler|Bussard|\
     Eisvogel|Kranich|Möwe|Uhu|Lise Meitner|Emmy Noether|Ada Lovelace|Kepler|Gauß|Röntgen|Fraunhofer|Humboldt|Merian|Dürer|\
     Gabriele Münter|Bach|Fanny Hensel|Schütz|Telemann|Bernstein|Quarz|Granit|Schiefer|Zürich|Århus|Malmö|Kraków|Brno|Győr|Besançon|\
     Évora|León|Lübeck|Görlitz|Füssen|Bamberg"
);

static SITES: LazyLock<Vec<&str>> = listed!(
    "Haus A|Haus B|Haus Süd|Haus Nord|Altbau|Neubau|Turm|Werk 1|Werk 2|Werk Öst|Verwaltung|Forum|Labor|Hafen|Kontor|Empfang|\
     Campus Mitte|Campus West|Gebäude 7|Gebäude 12|Lager|Technikum|Villa|Pavillon"
);

static LONG_ROOMS: LazyLock<Vec<&str>> = listed!(
    "Sitzungssaal der Geschäftsführung (nur nach Anmeldung im Sekretariat)|\
     Großer Veranstaltungssaal im Alten Rathaus mit Galerie und Nebenraum|\
     Besprechungsraum für Lieferantengespräche, Eingang über die Verladerampe|\
     Donaudampfschifffahrtsgesellschaftskapitänsversammlungssaal|\
     Schulungsraum 2 (teilbar, Trennwand bitte nur durch die Haustechnik öffnen lassen)|\
     Salle de réunion « Évariste Galois », côté jardin, deuxième étage|\
     Videokonferenzraum Qualitätssicherung und Reklamationsbearbeitung Übersee|Aufsichtsratszimmer"
);

/// The time zones of customers, most of them in the middle of Europe.
static ZONES: LazyLock<Vec<&str>> = listed!(
    "Europe/Berlin|Europe/Berlin|Europe/Berlin|Europe/Berlin|Europe/Vienna|Europe/Zurich|Europe/Copenhagen|Europe/Paris|\
     Europe/Lisbon|Europe/Warsaw"
);

fn pick<'a>(from: &[&'a str], rng: &mut ChaCha20Rng) -> &'a str {
    from.choose(rng).copied().unwrap_or_default()
}

pub(super) fn organisation(rng: &mut ChaCha20Rng) -> String {
    match rng.random_range(0..10) {
        0..3 => format!("{} {} {}", pick(&FAMILIES, rng), pick(&TRADES, rng), pick(&FORMS, rng)),
        3..5 => format!("{} & {} {}", pick(&FAMILIES, rng), pick(&FAMILIES, rng), pick(&FORMS, rng)),
        5..7 => format!("{} {}", pick(&PUBLIC, rng), pick(&PLACES, rng)),
        7 => format!("{} {} {}", pick(&PLACES, rng), pick(&TRADES, rng), pick(&FORMS, rng)),
        8 => format!("{} {}", pick(&FAMILIES, rng), pick(&TRADES, rng)),
        _ => format!(
            "{} {} und {} {} {}",
            pick(&FAMILIES, rng),
            pick(&TRADES, rng),
            pick(&TRADES, rng),
            pick(&PLACES, rng),
            pick(&FORMS, rng)
        ),
    }
}

/// The organisation's name as the first part of a domain.
pub(super) fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.to_lowercase().chars() {
        match c {
            'ä' | 'æ' => slug.push_str("ae"),
            'ö' | 'ø' | 'ő' => slug.push_str("oe"),
            'ü' | 'ű' => slug.push_str("ue"),
            'ß' => slug.push_str("ss"),
            'å' => slug.push_str("aa"),
            'é' | 'è' | 'ę' => slug.push('e'),
            'č' | 'ć' => slug.push('c'),
            'ą' => slug.push('a'),
            c if c.is_ascii_alphanumeric() => slug.push(c),
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    slug.truncate(50);
    slug.trim_matches('-').to_owned()
}

/// How one customer names its rooms.
#[derive(Debug, Clone, Copy)]
pub(super) enum Style {
    /// Isar (6)
    Bare,
    /// Haus A 3.14 Isar (6)
    Placed,
    /// Besprechungsraum Isar (6)
    Worded,
    /// KA-03-014
    Coded,
}

pub(super) fn style(rng: &mut ChaCha20Rng) -> Style {
    match rng.random_range(0..10) {
        0..3 => Style::Bare,
        3..7 => Style::Placed,
        7..9 => Style::Worded,
        _ => Style::Coded,
    }
}

/// The name of a room. May come up again; the caller numbers those.
pub(super) fn room(style: Style, capacity: u32, rng: &mut ChaCha20Rng) -> String {
    if rng.random_ratio(1, 90) {
        return format!("{} ({capacity})", pick(&LONG_ROOMS, rng));
    }
    let name = pick(&ROOMS, rng);
    match style {
        Style::Bare => format!("{name} ({capacity})"),
        Style::Placed => format!("{} {}.{:02} {name} ({capacity})", pick(&SITES, rng), rng.random_range(0..6), rng.random_range(1..40)),
        Style::Worded if capacity >= 16 => format!("Konferenzsaal {name} ({capacity})"),
        Style::Worded => format!("Besprechungsraum {name} ({capacity})"),
        Style::Coded => {
            let wing = char::from(b'A' + rng.random_range(0..8_u8));
            format!("K{wing}-{:02}-{:03} ({capacity})", rng.random_range(0..9), rng.random_range(1..400))
        }
    }
}

pub(super) fn site(at: usize) -> &'static str {
    SITES[at % SITES.len()]
}

pub(super) fn zone(rng: &mut ChaCha20Rng) -> &'static str {
    pick(&ZONES, rng)
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng as _;

    use super::*;

    #[test]
    fn thousands_of_organisations_have_names_and_domains_that_parse() {
        let mut rng = ChaCha20Rng::seed_from_u64(4);
        let mut seen = std::collections::HashSet::new();
        for _ in 0..5_000 {
            let name = organisation(&mut rng);
            assert!(name.chars().count() <= 120, "{name}");
            format!("{}.example", slug(&name)).parse::<tenantry_model::text::DomainName>().unwrap();
            seen.insert(name);
        }
        assert!(seen.len() > 4_000, "only {} differ", seen.len());
    }

    #[test]
    fn rooms_fit_where_names_must_fit() {
        let mut rng = ChaCha20Rng::seed_from_u64(4);
        for _ in 0..2_000 {
            let name = room(style(&mut rng), 24, &mut rng);
            assert!(name.chars().count() <= 110, "{name}");
        }
    }
}
