//! What the command palette finds: a few of each kind, from what is kept in memory; only what is shown is read from the tables.

use std::collections::HashMap;

use memchr::memmem;
use tenantry_model::id::TenantId;
use tenantry_model::incident::IncidentRow;
use tenantry_model::ipc::{IncidentFilter, IncidentRef, NameKind, PaletteAnswer, PaletteHit, PaletteQuery, PaletteTarget, RoomKey};
use tenantry_model::permission::Permission;
use tenantry_model::search::{fold, words};
use tenantry_model::text::TicketNumber;

use super::customers::Customer;
use super::entry::Entry;
use super::likeness::Sought;
use super::packed::Unpacker;
use super::words::RoomsWithHost;
use super::{Contact, Store, incidents};
use crate::error::Error;

/// The most of one kind.
const MOST: usize = 8;

/// The best of many: each with its place, the smallest first.
pub(super) struct Best<P, T> {
    kept: Vec<(P, T)>,
    /// Whether any was left out.
    more: bool,
}

/// What was found of one kind, and whether there is more.
type FoundOfKind = (Vec<PaletteTarget>, bool);

impl<P: Ord, T> Best<P, T> {
    pub(super) fn new() -> Self {
        Self { kept: Vec::with_capacity(MOST + 1), more: false }
    }

    pub(super) fn offer(&mut self, place: P, one: T) {
        self.more |= self.kept.len() == MOST;
        if self.kept.len() == MOST && self.kept.last().is_some_and(|(last, _)| *last <= place) {
            return;
        }
        let at = self.kept.partition_point(|(known, _)| *known <= place);
        self.kept.insert(at, (place, one));
        self.kept.truncate(MOST);
    }

    pub(super) fn found(self) -> (Vec<T>, bool) {
        (self.kept.into_iter().map(|(_, one)| one).collect(), self.more)
    }
}

impl Store {
    /// What holds the words; of nothing typed, what was used last and is still there.
    pub(crate) fn search_palette(&mut self, query: &PaletteQuery, contact: Contact) -> Result<PaletteAnswer, Error> {
        let looked_for = words(&query.text);
        let (mut hits, mut more) = (Vec::new(), false);
        // Those who work on something are few enough to be named before anything is typed.
        if looked_for.is_empty() && query.only != Some(NameKind::Person) {
            for target in query.recent.iter().take(MOST) {
                hits.extend(self.palette_hit(*target, contact)?);
            }
        } else {
            let wants = |kind| query.only.is_none_or(|only| only == kind);
            if wants(NameKind::Room) {
                self.load_room_names(usize::MAX)?;
            }
            let customers = if wants(NameKind::Customer) { self.customers_of(query, &looked_for, contact) } else { FoundOfKind::default() };
            let rooms = if wants(NameKind::Room) { self.rooms_of(query, &looked_for, contact) } else { FoundOfKind::default() };
            for (targets, is_cut) in [customers, rooms] {
                more |= is_cut;
                for target in targets {
                    hits.extend(self.palette_hit(target, contact)?);
                }
            }
            if wants(NameKind::Person) {
                self.load_all()?;
                let (people, is_cut) = self.people_of(query, contact);
                more |= is_cut;
                hits.extend(people);
            }
            if query.only.is_none() {
                let (incidents, is_cut) = self.incidents_of(query, contact)?;
                more |= is_cut;
                for target in incidents {
                    hits.extend(self.palette_hit(target, contact)?);
                }
            }
        }
        Ok(PaletteAnswer { hits, more, generation: self.generation() })
    }

    fn customers_of(&self, query: &PaletteQuery, looked_for: &[String], contact: Contact) -> FoundOfKind {
        let typed = fold(query.text.trim());
        let mut best = Best::new();
        for (at, customer) in self.customers.iter().enumerate() {
            if looked_for.iter().all(|word| customer.holds(word)) {
                let target = PaletteTarget::Customer { id: customer.id };
                let locked = self.locked_since(customer, contact).is_some();
                best.offer((used(query, target), locked, !customer.starts_with(&typed), at), target);
            }
        }
        best.found()
    }

    /// Rooms whose names, together with their customer's, hold all words, and by themselves at least one.
    fn rooms_of(&self, query: &PaletteQuery, looked_for: &[String], contact: Contact) -> FoundOfKind {
        let typed = fold(query.text.trim());
        let finders: Vec<memmem::Finder<'_>> = looked_for.iter().map(memmem::Finder::new).collect();
        let mut best = Best::new();
        let sought = Sought::all(&query.text);
        // Rooms of one name are many: those of the chosen customer come first, then those of customers that were used last.
        let mut last_used: HashMap<TenantId, usize> = HashMap::new();
        for (at, target) in query.recent.iter().enumerate() {
            last_used.entry(customer_of(*target)).or_insert(at);
        }
        for (at, customer) in self.customers.iter().enumerate() {
            let Some(rooms) = self.room_names.of(customer.customer) else { continue };
            if !self.may_be_found(customer, Permission::RoomsView, contact) {
                continue;
            }
            let mut missing: Vec<&memmem::Finder<'_>> =
                finders.iter().zip(looked_for).filter(|(_, word)| !customer.holds(word)).map(|(finder, _)| finder).collect();
            let own = missing.is_empty();
            if own {
                missing = finders.iter().collect();
            }
            // Where the customer's name holds all of them, a room needs one of its own; otherwise all that the customer's lacks.
            let starts = if own { missing.as_slice() } else { &missing[..1] };
            let of_customer: Vec<Option<u8>> = sought.iter().map(|word| customer.likeness(word)).collect();
            let nearness =
                if Some(customer.id) == query.customer { None } else { Some(last_used.get(&customer.id).copied().unwrap_or(usize::MAX)) };
            for start in starts {
                for (room, text) in rooms.with(start) {
                    if !own && !missing[1..].iter().all(|word| word.find(text.as_bytes()).is_some()) {
                        continue;
                    }
                    let key = RoomKey { customer_id: customer.id, id: room };
                    let target = PaletteTarget::Room { key };
                    let name = text.split('\n').next().unwrap_or_default();
                    let Some(likeness) = likeness(&sought, &of_customer, text) else { continue };
                    let place = (used(query, target), name != typed, likeness, nearness, at, name, room);
                    // Of several words, a second one may find it again.
                    if !own || !best.kept.iter().any(|(_, known)| *known == target) {
                        best.offer(place, target);
                    }
                }
            }
        }
        best.found()
    }

    fn incidents_of(&mut self, query: &PaletteQuery, contact: Contact) -> Result<FoundOfKind, Error> {
        let filter = IncidentFilter { text: query.text.clone(), type_words: query.type_words.clone(), ..IncidentFilter::default() };
        let typed = query.text.trim().to_ascii_uppercase();
        let words = self.incident_words(&filter, &mut RoomsWithHost::new())?;
        let mut best = Best::new();
        for customer in self.customers.iter().filter(|customer| self.may_be_found(customer, Permission::TicketsView, contact)) {
            for entry in self.index.of_customer(customer.customer).iter().filter(|entry| words.hold(entry)) {
                let target = target(customer, entry);
                let by_number = entry.number.as_str().starts_with(&typed);
                best.offer((used(query, target), !by_number, entry.rank(), entry.newest, entry.number, entry.customer), target);
            }
        }
        let (found, more) = best.found();
        match query.text.trim().parse::<TicketNumber>() {
            // One that is over is found by its whole number.
            Ok(number) if found.is_empty() => Ok((self.numbered(number, contact)?, false)),
            _ => Ok((found, more)),
        }
    }

    fn numbered(&self, number: TicketNumber, contact: Contact) -> Result<Vec<PaletteTarget>, Error> {
        let mut found = Vec::new();
        for customer in self.customers.iter().filter(|customer| self.may_be_found(customer, Permission::TicketsView, contact)) {
            if incidents::find(&self.db, customer.customer, number.as_str())?.is_some() {
                found.push(PaletteTarget::Incident { key: IncidentRef { customer_id: customer.id, number } });
            }
        }
        found.truncate(MOST);
        Ok(found)
    }

    pub(super) fn may_be_found(&self, customer: &Customer, permission: Permission, contact: Contact) -> bool {
        customer.permissions.contains(permission) && self.locked_since(customer, contact).is_none()
    }

    /// What is shown of a target; none where it is not there, or may not be read now.
    fn palette_hit(&self, target: PaletteTarget, contact: Contact) -> Result<Option<PaletteHit>, Error> {
        let readable = |id| self.customers.by_id(id).filter(|customer| self.locked_since(customer, contact).is_none());
        Ok(match target {
            PaletteTarget::Customer { id } => self.customer(id, contact).ok().map(|row| PaletteHit::Customer { row }),
            PaletteTarget::Room { key } => {
                let Some(customer) = readable(key.customer_id) else { return Ok(None) };
                self.kept_room(&mut Unpacker::new()?, customer.customer, key.id)?.map(|room| PaletteHit::Room {
                    key,
                    name: room.display_name,
                    host: room.host_name,
                    health: room.health,
                    customer_name: customer.called(),
                })
            }
            PaletteTarget::Incident { key } => {
                let Some(customer) = readable(key.customer_id) else { return Ok(None) };
                let Some(stored) = incidents::find(&self.db, customer.customer, key.number.as_str())? else { return Ok(None) };
                let incident: IncidentRow = self.kept_row(customer, &stored)?;
                Some(PaletteHit::Incident { incident: Box::new(incident), customer_name: customer.called() })
            }
        })
    }
}

fn target(customer: &Customer, entry: &Entry) -> PaletteTarget {
    PaletteTarget::Incident { key: IncidentRef { customer_id: customer.id, number: entry.number } }
}

fn customer_of(target: PaletteTarget) -> TenantId {
    match target {
        PaletteTarget::Customer { id } => id,
        PaletteTarget::Room { key } => key.customer_id,
        PaletteTarget::Incident { key } => key.customer_id,
    }
}

/// How little like what is looked for the texts of a room and its customer are: 0 where each word begins one of their names, and one of them the
/// room's. None where a word is in neither, or none is in the room's.
fn likeness(looked_for: &[Sought], of_customer: &[Option<u8>], room: &str) -> Option<u8> {
    let name = room.split('\n').next().unwrap_or_default();
    let (mut sum, mut by_room) = (0_u8, None::<u8>);
    for (word, of_customer) in looked_for.iter().zip(of_customer) {
        // Behind the name stands what else it is found by.
        let of_room = word.likeness(name).or_else(|| room.contains(&word.short).then_some(3));
        let best = [of_room, *of_customer].into_iter().flatten().min()?;
        sum = sum.saturating_add(best);
        if let Some(of_room) = of_room {
            by_room = Some(by_room.map_or(of_room - best, |known| known.min(of_room - best)));
        }
    }
    by_room.map(|more| sum.saturating_add(more))
}

/// What was used last comes first; what was not, behind it.
fn used(query: &PaletteQuery, target: PaletteTarget) -> usize {
    query.recent.iter().position(|used| *used == target).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(looked_for: &str, customer: &str, room: &str) -> Option<u8> {
        let looked_for = Sought::all(looked_for);
        let of_customer: Vec<Option<u8>> = looked_for.iter().map(|word| word.likeness(customer)).collect();
        likeness(&looked_for, &of_customer, room)
    }

    #[test]
    fn words_that_begin_the_names_of_a_room_and_of_its_customer_go_before_those_within_them() {
        assert_eq!(of("isar con", "contoso", "isar\nhost"), Some(0));
        assert_eq!(of("con isar", "contoso", "isar\nhost"), Some(0), "in any order");
        assert_eq!(of("isar con", "bacon", "isar\nhost"), Some(2));
        assert_eq!(of("isar con", "fabrik contoso", "isar\nhost"), Some(1), "a later word of the name");
        assert_eq!(of("con", "contoso", "bacon\nhost"), Some(2), "one word is looked for in the room");
        assert_eq!(of("con", "contoso", "isar\ncon-7"), Some(3), "by its host");
        assert_eq!((of("con", "contoso", "isar\nhost"), of("isar x", "contoso", "isar\nhost")), (None, None));
    }

    /// What a helpdesk hears on the phone: two letters of the room and three of the customer, among 40,000 rooms of 1,000 customers.
    #[test]
    fn a_room_heard_on_the_phone_comes_sooner_by_letters_of_it_and_of_its_customer() {
        const ROOMS: [&str; 60] = [
            "isar",
            "lech",
            "inn",
            "donau",
            "rhein",
            "main",
            "neckar",
            "elbe",
            "spree",
            "havel",
            "weser",
            "ems",
            "oder",
            "mosel",
            "saar",
            "ruhr",
            "lippe",
            "fulda",
            "werra",
            "aller",
            "leine",
            "saale",
            "mulde",
            "eger",
            "naab",
            "regen",
            "vils",
            "rott",
            "alz",
            "traun",
            "salzach",
            "amper",
            "loisach",
            "iller",
            "mindel",
            "wertach",
            "paar",
            "altmuehl",
            "pegnitz",
            "tauber",
            "jagst",
            "kocher",
            "enz",
            "nagold",
            "murg",
            "kinzig",
            "dreisam",
            "wutach",
            "zugspitze",
            "watzmann",
            "brocken",
            "feldberg",
            "board 1",
            "board 2",
            "training",
            "kantine",
            "aula",
            "foyer",
            "labor",
            "werkstatt",
        ];
        const FIRST: [&str; 40] = [
            "alpen", "berg", "contoso", "dachs", "eller", "fabrikam", "garten", "hansa", "inter", "jura", "kronen", "lindner", "merkur",
            "nord", "ost", "perl", "quell", "roth", "stadt", "tal", "ufer", "vogel", "wald", "xeno", "york", "zimmer", "ahorn", "birken",
            "celler", "dorn", "eichen", "falken", "gruen", "hafen", "insel", "jaeger", "kiesel", "loewen", "mond", "nebel",
        ];
        const SECOND: [&str; 25] = [
            "bau",
            "druck",
            "energie",
            "finanz",
            "glas",
            "holz",
            "immobilien",
            "kliniken",
            "logistik",
            "metall",
            "netz",
            "optik",
            "pharma",
            "recycling",
            "stahl",
            "technik",
            "umwelt",
            "verlag",
            "werke",
            "zement",
            "bank",
            "chemie",
            "dental",
            "elektro",
            "foto",
        ];
        let customers: Vec<String> =
            FIRST.iter().flat_map(|first| SECOND.iter().map(move |second| format!("{first}{second} gmbh"))).collect();
        let rooms = |customer: usize| (0..40).map(move |n| ROOMS[(customer * 7 + n * 11) % ROOMS.len()]);
        // How often one presses an arrow, with this order and with that of the customers alone.
        let mut presses: [Vec<usize>; 2] = Default::default();
        for sample in 0..33 {
            let at = sample * 30 + sample % 10;
            let wanted = rooms(at).nth(sample % 40).unwrap();
            let looked_for = Sought::all(&format!("{} {}", &wanted[..2], &customers[at][..3]));
            let mut found: Vec<(u8, usize, &str)> = Vec::new();
            for (customer, name) in customers.iter().enumerate() {
                let of_customer: Vec<Option<u8>> = looked_for.iter().map(|word| word.likeness(name)).collect();
                found.extend(rooms(customer).filter_map(|room| Some((likeness(&looked_for, &of_customer, room)?, customer, room))));
            }
            let own = *found.iter().find(|(_, customer, room)| (*customer, *room) == (at, wanted)).unwrap();
            presses[0].push(found.iter().filter(|other| **other < own).count());
            presses[1].push(found.iter().filter(|(_, customer, room)| (*customer, *room) < (own.1, own.2)).count());
        }
        presses.iter_mut().for_each(|presses| presses.sort_unstable());
        // Five letters and a space are six keys of eight.
        let told = presses.map(|presses| (presses[16], presses.iter().filter(|presses| **presses <= 2).count()));
        let [(median, within), (median_before, within_before)] = told;
        assert!(median < median_before && within >= within_before, "{told:?}");
    }
}
