//! The one rule by which a search finds something, at the desk and at the service: each word that was typed is anywhere in the text, in any order.
//!
//! Texts are compared without case, accents or the ways in which one letter is spelled out. `ä`, `a` and `ae` are one letter; so are `ö`, `ø`, `o`
//! and `oe`; `ü`, `u` and `ue`; `å`, `a` and `aa`; `ß` and `ss`; composed or not. To be one letter, the three spellings need one form: that is the
//! shortest, [`words`] writes what was typed in it. A text keeps its spelling ([`fold`]), so that `er` finds `Steuer`, and has those of its words
//! that are shorter in that form behind it ([`add_variants`]). So finding is looking for a substring, whatever does it: memory, SQL or an index.
//! The price is small: `Saur` finds `Sauer`.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The text without case and accents; every letter that is no accented one, but takes the place of others, as those.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(&mut folded, text);
    folded
}

/// As [`fold`], behind what is there already.
pub fn fold_into(folded: &mut String, text: &str) {
    if text.is_ascii() {
        let from = folded.len();
        folded.push_str(text);
        folded[from..].make_ascii_lowercase();
        return;
    }
    for letter in text.nfkd().filter(|letter| !is_combining_mark(*letter) && !is_unseen(*letter)).flat_map(char::to_lowercase) {
        match letter {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ø' => folded.push('o'),
            'đ' | 'ð' => folded.push('d'),
            'ł' => folded.push('l'),
            'ħ' => folded.push('h'),
            'ŧ' => folded.push('t'),
            'ı' => folded.push('i'),
            'ς' => folded.push('σ'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => folded.push('-'),
            '\u{2018}' | '\u{2019}' | '\u{2bc}' => folded.push('\''),
            '\u{201c}'..='\u{201e}' => folded.push('"'),
            // Lower-casing a letter can leave a mark behind it.
            mark if is_combining_mark(mark) => {}
            letter => folded.push(letter),
        }
    }
}

/// Characters within words that nobody sees: they steer where a line is broken, and whether letters join.
const fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Words of more bytes are found by their short form as a whole alone: from within, each place would add as much again.
const LONGEST_WORD: usize = 100;

/// A text as it is searched: folded, with the variants of its words.
pub fn searchable(text: &str) -> String {
    let mut folded = fold(text);
    add_variants(&mut folded);
    folded
}

/// Puts behind a folded text, for each of its words that is spelled longer than need be, the short form, and the short form of what can be looked
/// for from within the word.
pub fn add_variants(folded: &mut String) {
    let mut variants = String::new();
    for word in folded.split(|letter: char| letter.is_whitespace() || letter.is_control()) {
        let mut before = None;
        for (at, letter) in word.char_indices() {
            // A word that is looked for from a letter on which the short form leaves out. An a is left out behind an a alone, which is there.
            if at == 0 || (word.len() <= LONGEST_WORD && letter == 'e' && matches!(before, Some('a' | 'o' | 'u'))) {
                add_variant(&mut variants, &word[at..]);
            }
            before = Some(letter);
        }
    }
    folded.push_str(&variants);
}

fn add_variant(variants: &mut String, word: &str) {
    let from = variants.len();
    variants.push('\n');
    shorten_into(variants, word);
    if variants.len() - from - 1 == word.len() {
        variants.truncate(from);
    }
}

/// Leaves out what spells an umlaut, or an å, out: the rest of `a`, `ae`, `aa`; `o`, `oe`; `u`, `ue`.
fn shorten_into(short: &mut String, word: &str) {
    let mut vowel = None;
    for letter in word.chars() {
        match (vowel, letter) {
            (Some('a'), 'a' | 'e') | (Some('o' | 'u'), 'e') => {}
            _ => {
                short.push(letter);
                vowel = Some(letter);
            }
        }
    }
}

/// The words of what somebody typed, as they are looked for in a [`searchable`] text, each once. Commas and semicolons part words as spaces do:
/// "Müller, Anna" is found however one writes it.
pub fn words(text: &str) -> Vec<String> {
    let parts = |letter: char| letter.is_whitespace() || letter.is_control() || matches!(letter, ',' | ';');
    let mut words: Vec<String> = Vec::new();
    for word in fold(text).split(parts) {
        let mut short = String::with_capacity(word.len());
        shorten_into(&mut short, word);
        if !short.is_empty() {
            words.push(short);
        }
    }
    words.sort_unstable();
    words.dedup();
    words
}

/// Whether a [`searchable`] text holds all of these [`words`].
pub fn holds(searchable: &str, words: &[String]) -> bool {
    words.iter().all(|word| searchable.contains(word.as_str()))
}

/// Whether a text, as it is shown, holds all of these [`words`].
pub fn finds(text: &str, words: &[String]) -> bool {
    words.is_empty() || holds(&searchable(text), words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn finds_it(typed: &str, text: &str) -> bool {
        finds(text, &words(typed))
    }

    #[test]
    fn fault_9_01_a_word_is_found_in_each_of_its_spellings() {
        for text in ["Fördertechnik", "Foerdertechnik", "Fo\u{308}rdertechnik", "Fordertechnik"] {
            for typed in ["technik", "foerdertechnik", "FÖRDER", "forder", "fo\u{308}rder", "Dertech"] {
                assert!(finds_it(typed, text), "{typed} in {text}");
            }
        }
        for (typed, text) in [
            ("schuetz", "Schützenstraße"),
            ("schutzenstrasse", "Schützenstraße"),
            ("eederei", "Reederei Nord"),
            ("sagesser", "Sägesser AG"),
            ("saegesser", "Sägesser AG"),
            ("Sorensen", "Jens Sørensen"),
            ("Soerensen", "Jens Sørensen"),
            ("Sørensen", "Jens Soerensen"),
            ("Aarhus", "Århus"),
            ("Arhus", "Århus"),
            ("Århus", "Aarhus"),
            ("aero", "Æro"),
            ("arger", "Ærger"),
            ("cafe", "Café"),
            ("café", "CAFE\u{301}"),
            ("STRASSE", "Große Straße"),
            ("strasse", "GROẞE STRAẞE"),
            ("lodz", "Łódź"),
            ("istanbul", "İSTANBUL"),
            ("fi", "ﬁnanz"),
            ("O'Neill", "O’Neill"),
            ("nord-ost", "Nord‑Ost"),
            ("schiffahrt", "Schif\u{ad}fahrt"),
        ] {
            assert!(finds_it(typed, text), "{typed} in {text}");
        }
    }

    #[test]
    fn fault_9_01_a_word_is_found_from_within_however_it_is_spelled() {
        for typed in ["er", "euer", "ergeraet", "ergerät", "ergerat", "erät", "eraet", "steuerger", "Steürger"] {
            for text in ["Steuergerät", "Steuergeraet"] {
                assert!(finds_it(typed, text), "{typed} in {text}");
            }
        }
        assert!(finds_it("elle", "aktuelle"));
        assert!(finds_it("as", "Maas"));
    }

    #[test]
    fn fault_9_01_names_are_found_with_the_last_one_first() {
        for typed in ["Müller, Anna", "Müller Anna", "anna mueller", "Muller,Anna", "  MÜLLER ;anna "] {
            assert!(finds_it(typed, "Anna Müller"), "{typed}");
        }
        assert!(!finds_it("Müller Berta", "Anna Müller"));
        assert!(!finds_it("annamüller", "Anna Müller"), "no word is found across two");
        assert!(finds_it(" , ", "whatever"), "nothing was typed");
    }

    /// Ways to write a letter that are the same to a search.
    fn spellings(letter: char) -> Vec<String> {
        let of = |all: &[&str]| all.iter().map(|it| (*it).to_owned()).collect();
        match letter {
            'ä' => of(&["ä", "ae", "a", "Ä", "a\u{308}", "AE"]),
            'ö' => of(&["ö", "oe", "o", "ø", "O\u{308}"]),
            'ü' => of(&["ü", "ue", "u", "Ü"]),
            'å' => of(&["å", "aa", "a", "a\u{30a}"]),
            'ß' => of(&["ß", "ss", "SS", "ẞ"]),
            'é' => of(&["é", "e", "e\u{301}", "E"]),
            letter => vec![letter.to_string(), letter.to_uppercase().collect()],
        }
    }

    fn spelled() -> impl Strategy<Value = (String, String)> {
        let letter = prop::sample::select("aeouäöüåßéstrnx1-".chars().collect::<Vec<_>>());
        prop::collection::vec((letter, any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..12).prop_map(|letters| {
            let side = |take: fn(&(char, prop::sample::Index, prop::sample::Index)) -> &prop::sample::Index| {
                letters.iter().map(|it| take(it).get(&spellings(it.0)).clone()).collect::<String>()
            };
            (side(|it| &it.1), side(|it| &it.2))
        })
    }

    #[test]
    fn fault_9_01_a_word_without_end_does_not_grow_beyond_its_double() {
        for word in ["oe".repeat(5_000), "aueo".repeat(5_000)] {
            assert!(searchable(&word).len() <= 2 * word.len() + 1);
            assert!(holds(&searchable(&word), &words(&word)));
        }
    }

    proptest! {
        #[test]
        fn fault_9_01_any_spelling_finds_any_other_anywhere(before in "[a-zäöü]{0,4}", (text, typed) in spelled(), after in "[a-zäöü]{0,4}", other in "[a-z ]{0,9}") {
            prop_assert!(finds_it(&typed, &text), "{typed} in {text}");
            // Within a word, and as one of several.
            let row = format!("{other} {before}{text}{after}");
            prop_assert!(finds_it(&typed, &row), "{typed} in {row}");
        }

        #[test]
        fn any_part_of_a_text_finds_it(text in "[a-zA-ZäöüßøåæéŁ0-9 (),.-]{1,30}", from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>()) {
            let letters: Vec<char> = text.chars().collect();
            let (from, to) = (from.index(letters.len()), to.index(letters.len()));
            let part: String = letters[from.min(to)..=from.max(to)].iter().collect();
            prop_assert!(finds_it(&part, &text), "{part} in {text}");
        }
    }
}
