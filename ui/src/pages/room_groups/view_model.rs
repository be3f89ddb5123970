//! What the list of room groups shows, and why something cannot be done. Pure.

use tenantry_model::api::room_groups::{RoomGroupDetail, RoomGroupRow, RoomGroupUse};
use tenantry_model::filter::Name;
use tenantry_model::id::{RoomGroupId, TenantId};
use tenantry_model::ipc::{IpcError, RoomFilter, RoomQuery, RoomRow};
use tenantry_model::search::{finds, words};

use super::draft::{Before, GroupDraft};
use crate::components::confirm::Compared;
use crate::domain_view::role_labels::role_called;
use crate::i18n::{I18n, t};

/// How many rooms of a group its pane shows.
pub(super) const SHOWN: u32 = 200;

/// The rows whose name holds all words of the text.
pub(super) fn shown(rows: &[RoomGroupRow], text: &str) -> Vec<RoomGroupRow> {
    let words = words(text);
    rows.iter().filter(|row| finds(&row.name, &words)).cloned().collect()
}

/// Those of the rooms that are in this group: one that was made before names were told apart may share its name with another.
pub(super) fn in_group(rows: &[RoomRow], group: RoomGroupId) -> Vec<RoomRow> {
    rows.iter().filter(|row| row.room.groups.iter().any(|one| one.id == group)).cloned().collect()
}

/// How many assignments and delegations name it.
pub(super) fn uses(group: &RoomGroupDetail) -> u32 {
    (group.uses.len() + group.delegated_to.len()) as u32 + group.hidden_uses
}

/// The rooms of a group by its name, with these words in their names, host names or accounts.
pub(super) fn rooms_of(customer: TenantId, group: &str, text: &str) -> RoomQuery {
    let groups = vec![Name::Whole(group.to_owned())];
    RoomQuery { filter: RoomFilter { groups, text: text.to_owned(), ..RoomFilter::default() }, ..RoomQuery::of_customer(customer, SHOWN) }
}

/// An assignment as it is listed: role and name, and whose role it is.
pub(super) fn used_by(i18n: &I18n, one: &RoomGroupUse) -> String {
    let name = format!("{} – {}", role_called(i18n, &one.role_name), role_called(i18n, &one.name));
    match &one.partner {
        Some(partner) => format!("{name} ({partner})"),
        None => name,
    }
}

/// Why nothing of the group can be changed.
pub(super) fn why_not(i18n: &I18n, group: &RoomGroupDetail) -> Option<String> {
    (!group.may_modify).then(|| t!(i18n, "group-not-everywhere"))
}

/// Why it can be neither renamed nor deleted; its rooms may be changed all the same.
pub(super) fn why_not_whole(i18n: &I18n, group: &RoomGroupDetail) -> Option<String> {
    why_not(i18n, group).or_else(|| (!group.may_rename).then(|| t!(i18n, "group-shared")))
}

/// Why it cannot be deleted.
pub(super) fn why_not_delete(i18n: &I18n, group: &RoomGroupDetail) -> Option<String> {
    let uses = uses(group);
    why_not_whole(i18n, group).or_else(|| (uses > 0).then(|| t!(i18n, "group-in-use", count = uses)))
}

/// What is wrong with the name, by what the service said; and whether that is all it said.
pub(super) fn name_error(i18n: &I18n, error: Option<&IpcError>) -> Option<String> {
    error?.fields.iter().find(|field| field.pointer == "#/name").map(|field| i18n.field_error(field))
}

/// A group when the form was opened, now, and in the form.
pub(super) fn compare(i18n: &I18n, was: &RoomGroupDetail, now: &RoomGroupDetail, mine: &GroupDraft, before: &Before) -> Vec<Compared> {
    let rooms = |count: usize| t!(i18n, "rows-rooms", count = count);
    vec![
        Compared::new(t!(i18n, "column-name"), [was.group.name.clone(), now.group.name.clone(), mine.name.trim().to_owned()]),
        Compared::new(
            t!(i18n, "rooms"),
            [rooms(was.group.rooms as usize), rooms(now.group.rooms as usize), rooms(mine.picked(before).rooms.len())],
        ),
    ]
}

#[cfg(test)]
mod tests {
    use tenantry_model::id::{AssignmentId, RoleId, RoomGroupId};
    use tenantry_model::ipc::{IpcErrorKind, Language};
    use tenantry_model::problem::{FieldCode, FieldError};
    use uuid::Uuid;

    use super::*;

    fn row(n: u128, name: &str) -> RoomGroupRow {
        RoomGroupRow { id: RoomGroupId::from_uuid(Uuid::from_u128(n)), name: name.into(), rooms: 2 }
    }

    fn detail(may_modify: bool, may_rename: bool, hidden_uses: u32) -> RoomGroupDetail {
        RoomGroupDetail { group: row(1, "Süd"), may_modify, may_rename, uses: vec![], hidden_uses, delegated_to: vec![], version: 3 }
    }

    #[test]
    fn groups_are_found_by_the_rule_of_searches() {
        let rows = [row(1, "Gebäude Süd"), row(2, "Gebäude Nord"), row(3, "Keller")];
        let names = |text: &str| shown(&rows, text).into_iter().map(|row| row.name).collect::<Vec<_>>();
        assert_eq!(names("sued geb"), ["Gebäude Süd"]);
        assert_eq!(names(""), ["Gebäude Süd", "Gebäude Nord", "Keller"]);
        assert!(names("west").is_empty());
    }

    #[test]
    fn r42_what_cannot_be_done_with_a_group_says_why() {
        let i18n = I18n::new(Language::English);
        let all = |group: &RoomGroupDetail| [why_not(&i18n, group), why_not_whole(&i18n, group), why_not_delete(&i18n, group)];
        assert_eq!(all(&detail(true, true, 0)), [None, None, None]);
        let [rooms, name, delete] = all(&detail(true, false, 0));
        assert!(rooms.is_none() && name.is_some() && name == delete, "it holds others' rooms");
        let [rooms, name, delete] = all(&detail(true, true, 1));
        assert!(rooms.is_none() && name.is_none() && delete.is_some(), "an assignment reaches as far");
        assert!(all(&detail(false, false, 1)).iter().all(|why| *why == Some(t!(i18n, "group-not-everywhere"))), "the first reason counts");
    }

    #[test]
    fn what_uses_a_group_is_told_with_whose_it_is() {
        let i18n = I18n::new(Language::German);
        let one = |name: &str, partner: Option<&str>| RoomGroupUse {
            assignment: AssignmentId::from_uuid(Uuid::nil()),
            name: name.into(),
            role: RoleId::from_uuid(Uuid::nil()),
            role_name: "Helpdesk".into(),
            partner: partner.map(str::to_owned),
        };
        assert_eq!(used_by(&i18n, &one("Nacht", Some("Nordlicht"))), "Helpdesk – Nacht (Nordlicht)");
        assert_eq!(used_by(&i18n, &one("Tag", None)), "Helpdesk – Tag");
    }

    #[test]
    fn what_the_service_says_of_the_name_stands_at_the_name() {
        let i18n = I18n::new(Language::English);
        let error = |pointer: &str| IpcError {
            fields: vec![FieldError::new(FieldCode::NameTaken, pointer, "x")],
            ..IpcError::new(IpcErrorKind::Conflict, "x", false)
        };
        assert_eq!(name_error(&i18n, Some(&error("#/name"))), Some(t!(i18n, "field-name-taken")));
        assert_eq!(name_error(&i18n, Some(&error("#/add/1"))), None);
        assert_eq!(name_error(&i18n, None), None);
    }
}
