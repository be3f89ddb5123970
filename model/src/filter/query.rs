//! What the lists are asked for a filter.

use super::{Filter, Flag};
use crate::ipc::{ClaimFilter, IncidentFilter, RoomFilter};

impl From<&Filter> for IncidentFilter {
    fn from(filter: &Filter) -> Self {
        let has = |flag: Flag| filter.flags.contains(&flag);
        Self {
            customers: vec![],
            customer_names: filter.customers.clone(),
            statuses: filter.statuses.clone(),
            severities: filter.severities.clone(),
            categories: filter.categories.clone(),
            types: filter.types.clone(),
            room: None,
            room_names: filter.rooms.clone(),
            unread: has(Flag::Unread),
            snoozed: has(Flag::Snoozed),
            claim: if filter.holders.is_empty() {
                [(Flag::Mine, ClaimFilter::Mine), (Flag::Claimed, ClaimFilter::Somebody), (Flag::Free, ClaimFilter::Nobody)]
                    .into_iter()
                    .find(|(flag, _)| has(*flag))
                    .map(|(_, claim)| claim)
            } else {
                Some(ClaimFilter::By(filter.holders.clone()))
            },
            older_than_h: filter.age.at_least_h,
            younger_than_h: filter.age.less_than_h,
            text: filter.text(),
            type_words: vec![],
        }
    }
}

impl From<&Filter> for RoomFilter {
    fn from(filter: &Filter) -> Self {
        Self {
            customer_names: filter.customers.clone(),
            healths: filter.healths.clone(),
            warnings: filter.warnings,
            groups: filter.groups.clone(),
            rings: filter.rings.clone(),
            enrolments: filter.enrolments.clone(),
            seen_within_h: filter.seen.less_than_h,
            silent_for_h: filter.seen.at_least_h,
            text: filter.text(),
        }
    }
}
