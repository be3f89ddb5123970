//! Whether an open or resolved incident holds what a filter asks, its customer and its status apart: one rule for lists and for counts.

use std::time::Duration;

use tenantry_model::filter::{Holder, Name};
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
    claim: Option<Wanted>,
    now: Timestamp,
}

/// Who is to work on it.
enum Wanted {
    Nobody,
    Somebody,
    OneOf { me: Option<PrincipalId>, names: Names },
}

impl<'a> Sieve<'a> {
    pub(super) fn of(store: &Store, filter: &'a IncidentFilter, words: Option<&'a IncidentWords<'a>>, now: Timestamp) -> Self {
        Self {
            filter,
            rooms: Names::of(&filter.room_names),
            words,
            claim: filter.claim.as_ref().map(|claim| Wanted::of(store, claim)),
            now,
        }
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
            && self.claim.as_ref().is_none_or(|wanted| wanted.works_on(entry, now))
            && (!filter.unread || store.unread(entry) > 0)
            && self.rooms.mean_room_of(entry)
            && self.words.is_none_or(|words| words.hold(entry))
    }
}

/// Whether a value is wanted; without any, each is.
pub(super) fn is_one_of<T: PartialEq>(wanted: &[T], value: &T) -> bool {
    wanted.is_empty() || wanted.contains(value)
}

impl Wanted {
    fn of(store: &Store, claim: &ClaimFilter) -> Self {
        match claim {
            ClaimFilter::Nobody => Self::Nobody,
            ClaimFilter::Somebody => Self::Somebody,
            ClaimFilter::Mine => Self::OneOf { me: store.user(), names: Names::of(&[]) },
            ClaimFilter::By(holders) => {
                let names: Vec<Name> = holders
                    .iter()
                    .filter_map(|holder| match holder {
                        Holder::Me => None,
                        Holder::Named(name) => Some(name.clone()),
                    })
                    .collect();
                Self::OneOf { me: store.user().filter(|_| holders.contains(&Holder::Me)), names: Names::of(&names) }
            }
        }
    }

    fn works_on(&self, entry: &Entry, now: Timestamp) -> bool {
        let held = entry.claim.as_deref().filter(|claim| claim.holds(now));
        match self {
            Self::Nobody => held.is_none(),
            Self::Somebody => held.is_some(),
            Self::OneOf { me, names } => held.is_some_and(|claim| Some(claim.holder) == *me || names.mean(&claim.name)),
        }
    }
}
