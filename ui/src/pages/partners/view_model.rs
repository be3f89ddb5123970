//! What the list of partners and a partner's pane show. Pure.

use std::collections::BTreeSet;

use tenantry_model::api::partners::{PartnerDetail, PartnerRow};
use tenantry_model::id::{PrincipalId, RoomId};
use tenantry_model::permission::PermissionSet;
use tenantry_model::tenancy::{Approval, ControlEvent, OfflineTerms, PartnerStatus};
use tenantry_model::time::Timestamp;

use super::delegated::{Chosen, RoomChange, change, words};
use super::draft::{Rights, rights_on_top};
use super::room_names::RoomNames;
use crate::components::confirm::Compared;
use crate::components::icon::Icon;
use crate::i18n::{I18n, t};

/// Where a partner stands at this moment: an invitation that ran out since it was listed is over (A2).
pub(super) fn status(row: &PartnerRow, now: Timestamp) -> PartnerStatus {
    match (row.status, row.expires_at) {
        (PartnerStatus::Pending, Some(at)) if at <= now => PartnerStatus::Expired,
        (status, _) => status,
    }
}

pub(super) const fn status_icon(status: PartnerStatus) -> Icon {
    match status {
        PartnerStatus::Active => Icon::Resolved,
        PartnerStatus::Pending => Icon::Pending,
        PartnerStatus::Expired => Icon::Closed,
    }
}

/// Since when, until when, or when it ended.
pub(super) fn when(i18n: &I18n, row: &PartnerRow, now: Timestamp) -> String {
    match (status(row, now), row.established_at, row.expires_at) {
        (PartnerStatus::Active, Some(at), _) => t!(i18n, "partners-since", moment = i18n.day(at)),
        (PartnerStatus::Pending, _, Some(at)) => t!(i18n, "partners-until", moment = i18n.day(at)),
        (PartnerStatus::Expired, _, Some(at)) => t!(i18n, "partners-expired", moment = i18n.day(at)),
        _ => String::new(),
    }
}

/// What ends with a partner (R45, R62).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ending {
    pub(super) rooms: u32,
    pub(super) custom_roles: u32,
    pub(super) people: u32,
    pub(super) waiting: u32,
}

impl Ending {
    pub(super) fn of(detail: &PartnerDetail) -> Self {
        let members = detail.roles.iter().flat_map(|role| &role.assignments).flat_map(|assignment| &assignment.members);
        let people: BTreeSet<PrincipalId> = members.map(|member| member.id).collect();
        let custom = detail.roles.iter().filter(|role| role.role.built_in.is_none());
        Self { rooms: detail.row.rooms, custom_roles: custom.count() as u32, people: people.len() as u32, waiting: detail.row.waiting }
    }
}

pub(super) fn terms(i18n: &I18n, terms: OfflineTerms) -> String {
    if terms.allowed { t!(i18n, "offline-days", count = terms.days.days()) } else { t!(i18n, "offline-not") }
}

pub(super) fn offline(i18n: &I18n, rights: &Rights) -> String {
    rights.terms().map(|held| terms(i18n, held)).unwrap_or_default()
}

/// How a partner's changes of a kind take effect, as the customer reads it.
pub(super) fn approval(i18n: &I18n, approval: Approval) -> String {
    match approval {
        Approval::Auto => i18n.label(approval),
        Approval::Manual => t!(i18n, "approval-yours"),
    }
}

/// How many, and below it what is other than at first.
fn counted(count: String, others: impl Iterator<Item = String>) -> String {
    std::iter::once(count).chain(others).collect::<Vec<_>>().join("\n")
}

/// The events whose approval the service asks for today. The others are kept and have no effect yet: what shows them would promise more than there is.
pub(super) const EVENTS: [ControlEvent; 3] = [ControlEvent::Rooms, ControlEvent::Rings, ControlEvent::Roles];

/// The rights when the form was opened, now, and as they would be: what is other than at first.
pub(super) fn compare_rights(i18n: &I18n, was: &Rights, now: &Rights, mine: &Rights) -> Vec<Compared> {
    let after = rights_on_top(was, now, mine);
    let each = |of: &dyn Fn(&Rights) -> String| [of(was), of(now), of(&after)];
    let events = EVENTS.iter().map(|event| Compared::new(i18n.label(*event), each(&|it| approval(i18n, it.control.of(*event)))));
    let held = |it: &Rights| {
        let beyond = |one: PermissionSet, other: PermissionSet| one.without(&other.iter().collect::<Vec<_>>()).iter();
        let gained = beyond(it.ceiling, was.ceiling).map(|permission| format!("+ {}", i18n.label(permission)));
        let lost = beyond(was.ceiling, it.ceiling).map(|permission| format!("− {}", i18n.label(permission)));
        counted(t!(i18n, "permissions-count", count = it.ceiling.len()), gained.chain(lost))
    };
    let mut lines = vec![Compared::new(t!(i18n, "role-permissions"), each(&held))];
    lines.extend(events);
    lines.push(Compared::new(t!(i18n, "rights-offline"), each(&|it| offline(i18n, it))));
    // What nobody touched says nothing here.
    lines.retain(|line| line.is_changed() || line.is_touched());
    lines
}

/// How many rooms a list names; a partner may have tens of thousands.
const LISTED: usize = 200;

/// Rooms by name, and how many more there are.
pub(super) fn some_rooms<'a>(i18n: &I18n, names: &RoomNames, rooms: impl IntoIterator<Item = &'a RoomId>) -> Vec<String> {
    let mut listed = names.names(i18n, rooms);
    let more = listed.len().saturating_sub(LISTED);
    if more > 0 {
        listed.truncate(LISTED);
        listed.push(t!(i18n, "delegate-rooms-more", count = more));
    }
    listed
}

/// What was delegated when the form was opened, what is now, and what would be: in words, and which rooms are other than at first.
pub(super) fn compare_rooms(i18n: &I18n, [was, now, mine]: [&Chosen; 3], names: &RoomNames) -> Vec<Compared> {
    let after = now.after(&change(was, mine, names));
    let first = was.rooms(names);
    let said = |chosen: &Chosen| {
        let change = RoomChange::between(&first, &chosen.rooms(names));
        let added = some_rooms(i18n, names, &change.added).into_iter().map(|room| format!("+ {room}"));
        let removed = some_rooms(i18n, names, &change.removed).into_iter().map(|room| format!("− {room}"));
        counted(words(i18n, chosen, names), added.chain(removed))
    };
    vec![Compared::new(t!(i18n, "rooms"), [said(was), said(now), said(&after)])]
}

#[cfg(test)]
mod tests {
    use super::super::draft::Edit;
    use super::*;
    use tenantry_model::api::roles::{AssignmentDetail, RoleDetail, ScopeDetail};
    use tenantry_model::id::{AssignmentId, RoleId, TenantId};
    use tenantry_model::ipc::Language;
    use tenantry_model::permission::BuiltInRole;
    use tenantry_model::role::Role;
    use tenantry_model::tenancy::{PrincipalKind, PrincipalRef};
    use uuid::Uuid;

    fn row(status: PartnerStatus, expires_at: Option<i64>) -> PartnerRow {
        PartnerRow {
            id: TenantId::from_uuid(Uuid::from_u128(1)),
            display_name: "Meridian".into(),
            domain: None,
            status,
            rooms: 3,
            established_at: None,
            invited_at: None,
            expires_at: expires_at.map(Timestamp::from_micros),
            waiting: 2,
            without_admins: false,
        }
    }

    #[test]
    fn fault_9_16_only_the_approval_that_is_asked_for_is_shown() {
        let i18n = I18n::new(Language::English);
        let was = Rights::default();
        let manual = |event| was.edited(Edit::Control(event, Approval::Manual));
        for event in [ControlEvent::Rooms, ControlEvent::Rings, ControlEvent::Roles] {
            assert_eq!(compare_rights(&i18n, &was, &was, &manual(event)).len(), 1, "{}", event.as_str());
        }
        assert!(compare_rights(&i18n, &was, &was, &manual(ControlEvent::Suppression)).is_empty());
    }

    #[test]
    fn a2_an_invitation_expires_on_screen_as_well() {
        let listed = row(PartnerStatus::Pending, Some(10));
        assert_eq!(status(&listed, Timestamp::from_micros(9)), PartnerStatus::Pending);
        assert_eq!(status(&listed, Timestamp::from_micros(10)), PartnerStatus::Expired);
        assert_eq!(status(&row(PartnerStatus::Active, None), Timestamp::from_micros(10)), PartnerStatus::Active);
    }

    fn role(n: u128, built_in: Option<BuiltInRole>, members: &[u128]) -> RoleDetail {
        let member = |n: &u128| PrincipalRef {
            id: PrincipalId::from_uuid(Uuid::from_u128(*n)),
            kind: PrincipalKind::User,
            display_name: "U".into(),
            upn: None,
        };
        let assignment = AssignmentDetail {
            id: AssignmentId::from_uuid(Uuid::from_u128(n)),
            name: "A".into(),
            description: String::new(),
            email_notifications: false,
            preset: false,
            members: members.iter().map(member).collect(),
            scope: ScopeDetail { all: true, rooms: vec![], groups: vec![], hidden_rooms: 0, hidden_groups: 0 },
            version: 1,
        };
        let role = Role {
            id: RoleId::from_uuid(Uuid::from_u128(n)),
            name: "R".into(),
            description: String::new(),
            built_in,
            permissions: super::super::draft::PRESET,
        };
        RoleDetail { role, assignments: vec![assignment], version: 1 }
    }

    #[test]
    fn r45_the_end_counts_everybody_once_and_custom_roles_only() {
        let detail = PartnerDetail {
            row: row(PartnerStatus::Active, None),
            room_ids: vec![],
            groups: vec![],
            all_rooms: false,
            change_control: tenantry_model::tenancy::ChangeControl::default(),
            ceiling: super::super::draft::PRESET,
            offline: OfflineTerms::default(),
            roles: vec![role(1, Some(BuiltInRole::PrimaryAdmins), &[1, 2]), role(2, None, &[2, 3])],
            version: 1,
        };
        assert_eq!(Ending::of(&detail), Ending { rooms: 3, custom_roles: 1, people: 3, waiting: 2 });
    }

    #[test]
    fn somebody_elses_rights_and_the_own_change_stand_side_by_side() {
        use super::super::draft::Edit;
        use tenantry_model::permission::Permission;
        let was = Rights::default();
        let now = was.edited(Edit::Permission(Permission::RoomsUnenroll, true));
        let mine = was.edited(Edit::Permission(Permission::RolesModify, false));
        let lines = compare_rights(&I18n::default(), &was, &now, &mine);
        assert_eq!(lines.len(), 1, "what nobody touched says nothing");
        let said = [lines[0].was.as_deref().unwrap_or_default(), &*lines[0].now, &*lines[0].mine];
        assert_eq!(said, ["11 permissions", "12 permissions\n+ Unenrol rooms", "11 permissions\n+ Unenrol rooms\n− Change roles"]);
    }

    #[test]
    fn somebody_elses_rooms_and_the_own_change_stand_side_by_side() {
        use super::super::delegated::tests::{chosen, known};
        let [was, now, mine] = [&[3][..], &[3, 4], &[]].map(|rooms| chosen(rooms, &[], &[]));
        let lines = compare_rooms(&I18n::default(), [&was, &now, &mine], &known());
        assert!(lines[0].is_changed());
        assert_eq!(
            [lines[0].was.as_deref().unwrap_or_default(), &*lines[0].now, &*lines[0].mine],
            [
                "1 room. Rooms that join later are not delegated.",
                "2 rooms. Rooms that join later are not delegated.\n+ Room 4",
                "1 room. Rooms that join later are not delegated.\n+ Room 4\n− Room 3"
            ]
        );
    }
}
