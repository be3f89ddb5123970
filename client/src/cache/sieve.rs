//! Whether an open or resolved incident holds what a filter asks, its customer and its status apart: one rule for lists and for counts.

use std::time::Duration;

use tenantry_model::id::PrincipalId;
use tenantry_model::ipc::{ClaimFilter, IncidentFilter};
use tenantry_model::time::Timestamp;

use super::Store;
use super::entry::Entry;
use super::names::Names;
use super::words::IncidentWords;

const HOUR: Duration = Duration::from_secs(60 * 60);

/// A filter, as entries are held against it.
pub(super) struct Sieve<'a> {
    filter: &'a IncidentFilter,
    rooms: Names,
    /// None where words were looked for while the entries were read, and their text may not be here any more.
    words: Option<&'a IncidentWords<'a>>,
    me: Option<PrincipalId>,
    now: Timestamp,
}

impl<'a> Sieve<'a> {
    pub(super) fn of(store: &Store, filter: &'a IncidentFilter, words: Option<&'a IncidentWords<'a>>, now: Timestamp) -> Self {
        Self { filter, rooms: Names::of(&filter.room_names), words, me: filter.claim.and_then(|_| store.user()), now }
    }

    pub(super) fn holds(&self, store: &Store, entry: &Entry) -> bool {
        let (filter, now) = (self.filter, self.now);
        entry.snoozed == filter.snoozed
            && is_one_of(&filter.severities, &entry.severity)
            && is_one_of(&filter.categories, &entry.category)
            && is_one_of(&filter.types, &entry.kind)
            && filter.room.is_none_or(|room| entry.rooms.contains(&room))
            && filter.older_than_h.is_none_or(|hours| entry.active_since <= now.minus(HOUR * hours))
            && filter.younger_than_h.is_none_or(|hours| entry.active_since > now.minus(HOUR * hours))
            && filter.claim.is_none_or(|claim| is_claimed(entry, claim, self.me, now))
            && (!filter.unread || store.unread(entry) > 0)
            && self.rooms.mean_room_of(entry)
            && self.words.is_none_or(|words| words.hold(entry))
    }
}

/// Whether a value is wanted; without any, each is.
pub(super) fn is_one_of<T: PartialEq>(wanted: &[T], value: &T) -> bool {
    wanted.is_empty() || wanted.contains(value)
}

fn is_claimed(entry: &Entry, wanted: ClaimFilter, me: Option<PrincipalId>, now: Timestamp) -> bool {
    let holder = entry.claim.filter(|(_, until)| now < *until).map(|(holder, _)| holder);
    match wanted {
        ClaimFilter::Nobody => holder.is_none(),
        ClaimFilter::Somebody => holder.is_some(),
        ClaimFilter::Mine => holder.is_some() && holder == me,
    }
}
