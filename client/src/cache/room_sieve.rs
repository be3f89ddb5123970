//! Whether a room holds what a filter asks, its customer apart: one rule for lists and for counts.

use std::collections::HashSet;
use std::time::Duration;

use tenantry_model::filter::Name;
use tenantry_model::ipc::RoomFilter;
use tenantry_model::search::words;
use tenantry_model::time::Timestamp;

use super::Store;
use super::names::Names;
use super::room_entry::{GroupNames, RoomEntry};
use super::words::Finder;

const HOUR: Duration = Duration::from_secs(60 * 60);

/// A filter, as entries are held against it: two hundred thousand of them for each of thirty views. Made once the rooms that it is held against were read.
#[derive(Debug)]
pub(super) struct RoomSieve {
    healths: OneOf,
    enrolments: OneOf,
    warnings: bool,
    seen_after: Option<Timestamp>,
    /// Not heard of after this.
    silent_after: Option<Timestamp>,
    finder: Finder,
    /// For each word, the customers whose names hold it; over all customers.
    customers: Vec<HashSet<i64>>,
    /// By the numbers of groups and rings, whether they are filtered by; none where they do not matter.
    groups: Option<Vec<bool>>,
    rings: Option<Vec<bool>>,
}

/// Which values of an enumeration are wanted, by their places in it; without any, each is.
#[derive(Debug, Clone, Copy)]
struct OneOf(u32);

impl OneOf {
    fn of(wanted: impl ExactSizeIterator<Item = u32>) -> Self {
        if wanted.len() == 0 { Self(u32::MAX) } else { Self(wanted.fold(0, |all, place| all | 1 << place)) }
    }

    const fn has(self, place: u32) -> bool {
        self.0 >> place & 1 == 1
    }
}

impl RoomSieve {
    /// Over all customers, words are looked for in the customers' names, too.
    pub(super) fn of(store: &Store, filter: &RoomFilter, over_all: bool, now: Timestamp) -> Self {
        let looked_for = words(&filter.text);
        let with =
            |word: &String| store.customers.iter().filter(|customer| customer.holds(word)).map(|customer| customer.customer).collect();
        let before = |hours: u32| now.minus(HOUR * hours);
        Self {
            healths: OneOf::of(filter.healths.iter().map(|health| *health as u32)),
            enrolments: OneOf::of(filter.enrolments.iter().map(|enrolment| *enrolment as u32)),
            warnings: filter.warnings,
            seen_after: filter.seen_within_h.map(before),
            silent_after: filter.silent_for_h.map(before),
            customers: if over_all { looked_for.iter().map(with).collect() } else { vec![] },
            finder: Finder::new(&looked_for),
            groups: meant(store.rooms.names(), &filter.groups),
            rings: meant(store.rooms.names(), &filter.rings),
        }
    }

    pub(super) fn holds(&self, entry: &RoomEntry) -> bool {
        self.wants(entry) && self.holds_but_health(entry)
    }

    pub(super) fn wants(&self, entry: &RoomEntry) -> bool {
        self.healths.has(entry.health as u32)
    }

    pub(super) fn holds_but_health(&self, entry: &RoomEntry) -> bool {
        let heard = |after: Timestamp| entry.last_seen.is_some_and(|at| at > after);
        let is_meant = |meant: &[bool], number: u32| meant.get(number as usize).copied().unwrap_or_default();
        (!self.warnings || entry.has_warnings)
            && self.enrolments.has(entry.enrolment as u32)
            && self.groups.as_ref().is_none_or(|meant| entry.groups.iter().any(|group| is_meant(meant, *group)))
            && self.rings.as_ref().is_none_or(|meant| entry.ring.is_some_and(|ring| is_meant(meant, ring.name)))
            && self.seen_after.is_none_or(heard)
            && !self.silent_after.is_some_and(heard)
            && self.finder.is_in_or(&entry.search, |word| self.customers.get(word).is_some_and(|with| with.contains(&entry.customer)))
    }
}

/// Of a name that no room has there is no number.
fn meant(known: &GroupNames, wanted: &[Name]) -> Option<Vec<bool>> {
    let wanted = Names::of(wanted);
    (!wanted.are_none()).then(|| (0..known.len() as u32).map(|number| wanted.mean(known.name(number))).collect())
}
