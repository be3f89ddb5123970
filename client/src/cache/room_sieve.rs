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
use super::sieve::is_one_of;
use super::words::Finder;

const HOUR: Duration = Duration::from_secs(60 * 60);

/// A filter, as entries are held against it. Made once the rooms that it is held against were read.
pub(super) struct RoomSieve<'a> {
    filter: &'a RoomFilter,
    now: Timestamp,
    finder: Finder,
    /// For each word, the customers whose names hold it; over all customers.
    customers: Vec<HashSet<i64>>,
    /// The numbers of the groups and rings to filter by; of a name that no room has there is none.
    groups: Vec<u32>,
    rings: Vec<u32>,
}

impl<'a> RoomSieve<'a> {
    /// Over all customers, words are looked for in the customers' names, too.
    pub(super) fn of(store: &Store, filter: &'a RoomFilter, over_all: bool, now: Timestamp) -> Self {
        let looked_for = words(&filter.text);
        let with =
            |word: &String| store.customers.iter().filter(|customer| customer.holds(word)).map(|customer| customer.customer).collect();
        Self {
            filter,
            now,
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
        is_one_of(&self.filter.healths, &entry.health)
    }

    pub(super) fn holds_but_health(&self, entry: &RoomEntry) -> bool {
        let filter = self.filter;
        let heard = |hours: u32| entry.last_seen.is_some_and(|at| at > self.now.minus(HOUR * hours));
        (!filter.warnings || entry.has_warnings)
            && is_one_of(&filter.enrolments, &entry.enrolment)
            && (filter.groups.is_empty() || entry.groups.iter().any(|group| self.groups.contains(group)))
            && (filter.rings.is_empty() || entry.ring.is_some_and(|ring| self.rings.contains(&ring.name)))
            && filter.seen_within_h.is_none_or(heard)
            && filter.silent_for_h.is_none_or(|hours| !heard(hours))
            && self.finder.is_in_or(&entry.search, |word| self.customers.get(word).is_some_and(|with| with.contains(&entry.customer)))
    }
}

fn meant(known: &GroupNames, wanted: &[Name]) -> Vec<u32> {
    let wanted = Names::of(wanted);
    if wanted.are_none() {
        return vec![];
    }
    (0..known.len() as u32).filter(|number| wanted.mean(known.name(*number))).collect()
}
