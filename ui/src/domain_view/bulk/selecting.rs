//! What is selected, and what is asked about it. Pure.

use std::collections::HashSet;

use super::key::Selectable;

/// Of how many customers it is.
pub(super) fn customers<K: Selectable>(keys: &HashSet<K>) -> usize {
    keys.iter().map(|key| key.customer()).collect::<HashSet<_>>().len()
}

/// In an order that does not depend on how it was selected.
pub(super) fn in_order<K: Selectable>(keys: &HashSet<K>) -> Vec<K> {
    let mut keys: Vec<K> = keys.iter().copied().collect();
    keys.sort_unstable();
    keys
}

/// How many that are selected are not in the list any more; none while it is not known.
pub(super) fn left(selected: usize, in_list: Option<u32>) -> usize {
    in_list.map_or(0, |in_list| selected.saturating_sub(in_list as usize))
}

/// Whether there is more to select: of what matches, not all is selected.
pub(super) fn has_more(matches: u32, selected: usize, in_list: Option<u32>) -> bool {
    in_list.map_or(selected < matches as usize, |in_list| in_list < matches)
}

/// Whether all that matches is selected, or nothing is; none where some is, or it is not known yet.
pub(super) fn holds_all(matches: u32, selected: usize, in_list: Option<u32>) -> Option<bool> {
    if selected == 0 {
        return Some(false);
    }
    (matches > 0 && in_list == Some(matches)).then_some(true)
}

#[cfg(test)]
mod tests {
    use tenantry_model::id::{RoomId, TenantId};
    use tenantry_model::ipc::{IncidentRef, RoomKey};
    use uuid::Uuid;

    use super::*;

    fn key(customer: u128, number: &str) -> IncidentRef {
        IncidentRef { customer_id: TenantId::from_uuid(Uuid::from_u128(customer)), number: number.parse().unwrap() }
    }

    #[test]
    fn bulk_what_is_selected_is_counted_by_customer_and_asked_in_one_order() {
        let keys: HashSet<IncidentRef> = [key(2, "AAAAA2-000001"), key(1, "AAAAA1-000002"), key(1, "AAAAA1-000001")].into();
        assert_eq!(customers(&keys), 2);
        assert_eq!(in_order(&keys), [key(1, "AAAAA1-000001"), key(1, "AAAAA1-000002"), key(2, "AAAAA2-000001")]);
    }

    #[test]
    fn bulk_what_left_the_list_stays_selected_and_is_said() {
        assert_eq!((left(5, None), left(5, Some(3)), left(5, Some(5))), (0, 2, 0));
        assert!(has_more(5, 5, Some(3)), "two of those that match are not selected");
        assert!(!has_more(5, 7, Some(5)) && has_more(9, 3, None) && !has_more(3, 3, None));
    }

    #[test]
    fn bulk_the_box_of_the_heading_goes_by_numbers() {
        assert_eq!((holds_all(900, 0, None), holds_all(900, 900, Some(900))), (Some(false), Some(true)));
        assert_eq!(holds_all(900, 40, Some(40)), None, "though all that has arrived may be selected");
        assert_eq!((holds_all(900, 900, None), holds_all(0, 2, Some(0))), (None, None), "not known yet, and none of the list");
    }

    #[test]
    fn bulk_rooms_are_counted_by_customer_as_well() {
        let key = |customer: u128, room: u128| RoomKey {
            customer_id: TenantId::from_uuid(Uuid::from_u128(customer)),
            id: RoomId::from_uuid(Uuid::from_u128(room)),
        };
        let keys: HashSet<RoomKey> = [key(2, 1), key(1, 9), key(1, 3)].into();
        assert_eq!((customers(&keys), in_order(&keys)), (2, vec![key(1, 3), key(1, 9), key(2, 1)]));
    }
}
