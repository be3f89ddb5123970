//! What the forms of roles and assignments hold, and what they send. Pure.

use std::rc::Rc;

use tenantry_model::api::people::DirectoryEntry;
use tenantry_model::api::roles::{AssignmentDetail, ChangeAssignment, ChangeRole, CreateAssignment, CreateRole, RoleDetail, ScopeDetail};
use tenantry_model::id::PrincipalId;
use tenantry_model::permission::PermissionSet;
use tenantry_model::role::Scope;

use crate::domain_view::pickers::{Picked, entry};

#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct AssignmentDraft {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) email: bool,
    pub(super) members: Vec<DirectoryEntry>,
    pub(super) everywhere: bool,
    pub(super) picked: Rc<Picked>,
    /// What the scope held when the form was opened, if it names rooms or groups besides that are not shown: as long as nothing else is chosen, it stays.
    pub(super) unseen: Option<Rc<Picked>>,
}

impl AssignmentDraft {
    /// For a new one: all rooms, until somebody says otherwise.
    pub(super) fn new() -> Self {
        Self { everywhere: true, ..Self::default() }
    }

    pub(super) fn of(detail: &AssignmentDetail) -> Self {
        Self {
            name: detail.name.clone(),
            description: detail.description.clone(),
            email: detail.email_notifications,
            members: detail.members.iter().cloned().map(entry).collect(),
            everywhere: detail.scope.all,
            picked: Rc::new(picked(&detail.scope)),
            unseen: (detail.scope.hidden_rooms + detail.scope.hidden_groups > 0).then(|| Rc::new(picked(&detail.scope))),
        }
    }

    /// A name is required (R51).
    pub(super) fn has_name(&self) -> bool {
        !self.name.trim().is_empty()
    }

    /// At least one member is required (R52).
    pub(super) fn has_members(&self) -> bool {
        !self.members.is_empty()
    }

    pub(super) fn has_scope(&self) -> bool {
        let stays = self.unseen.as_ref().is_some_and(|unseen| *unseen == self.picked);
        self.everywhere || stays || !self.picked.rooms.is_empty() || !self.picked.groups.is_empty()
    }

    pub(super) fn scope(&self) -> Scope {
        if self.everywhere {
            return Scope::All;
        }
        Scope::Some { rooms: self.picked.rooms.iter().copied().collect(), groups: self.picked.groups.iter().copied().collect() }
    }

    pub(super) fn create(&self) -> CreateAssignment {
        CreateAssignment {
            name: self.name.trim().to_owned(),
            description: self.description.trim().to_owned(),
            email_notifications: self.email,
            members: ids(&self.members),
            scope: self.scope(),
        }
    }

    /// What differs from what was there when the form was opened: somebody else's change of another field stays.
    pub(super) fn change(&self, was: &AssignmentDetail) -> ChangeAssignment {
        let before = Self::of(was);
        let new = self.create();
        ChangeAssignment {
            name: (new.name != was.name).then_some(new.name),
            description: (new.description != was.description).then_some(new.description),
            email_notifications: (new.email_notifications != was.email_notifications).then_some(new.email_notifications),
            members: (sorted(&self.members) != sorted(&before.members)).then_some(new.members),
            scope: (self.scope() != before.scope()).then_some(new.scope),
        }
    }
}

fn picked(scope: &ScopeDetail) -> Picked {
    Picked { rooms: scope.rooms.iter().map(|room| room.id).collect(), groups: scope.groups.iter().map(|group| group.id).collect() }
}

fn ids(members: &[DirectoryEntry]) -> Vec<PrincipalId> {
    members.iter().map(|one| one.principal.id).collect()
}

fn sorted(members: &[DirectoryEntry]) -> Vec<PrincipalId> {
    let mut ids = ids(members);
    ids.sort_unstable();
    ids
}

#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct RoleDraft {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) permissions: PermissionSet,
}

impl RoleDraft {
    pub(super) fn of(detail: &RoleDetail) -> Self {
        let role = &detail.role;
        Self { name: role.name.clone(), description: role.description.clone(), permissions: role.permissions }
    }

    pub(super) fn has_name(&self) -> bool {
        !self.name.trim().is_empty()
    }

    pub(super) fn create(&self, assignment: &AssignmentDraft) -> CreateRole {
        CreateRole {
            name: self.name.trim().to_owned(),
            description: self.description.trim().to_owned(),
            permissions: self.permissions,
            assignment: assignment.create(),
        }
    }

    /// What differs from what was there when the form was opened.
    pub(super) fn change(&self, was: &RoleDetail) -> ChangeRole {
        let (name, description) = (self.name.trim(), self.description.trim());
        ChangeRole {
            name: (name != was.role.name).then(|| name.to_owned()),
            description: (description != was.role.description).then(|| description.to_owned()),
            permissions: (self.permissions != was.role.permissions).then_some(self.permissions),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tenantry_model::api::roles::Named;
    use tenantry_model::id::{AssignmentId, RoomId};
    use tenantry_model::tenancy::{PrincipalKind, PrincipalRef};
    use uuid::Uuid;

    fn person(n: u128) -> PrincipalRef {
        PrincipalRef { id: PrincipalId::from_uuid(Uuid::from_u128(n)), kind: PrincipalKind::User, display_name: format!("P{n}"), upn: None }
    }

    fn detail() -> AssignmentDetail {
        AssignmentDetail {
            id: AssignmentId::from_uuid(Uuid::from_u128(1)),
            name: "Day shift".into(),
            description: String::new(),
            email_notifications: false,
            preset: false,
            members: vec![person(1), person(2)],
            scope: ScopeDetail {
                all: false,
                rooms: vec![Named { id: RoomId::from_uuid(Uuid::from_u128(5)), name: "Isar".into() }],
                groups: vec![],
                hidden_rooms: 0,
                hidden_groups: 0,
            },
            version: 3,
        }
    }

    #[test]
    fn a_scope_that_is_not_shown_is_one_while_it_stays() {
        let mut was = detail();
        was.scope = ScopeDetail { all: false, rooms: vec![], groups: vec![], hidden_rooms: 0, hidden_groups: 2 };
        let mut draft = AssignmentDraft::of(&was);
        assert!(draft.has_scope(), "its members can be changed");
        assert_eq!(draft.change(&was).scope, None);
        draft.everywhere = true;
        assert!(draft.has_scope() && draft.change(&was).scope.is_some());
        draft.everywhere = false;
        assert!(draft.has_scope(), "as it was");
        was.scope.hidden_groups = 0;
        assert!(!AssignmentDraft::of(&was).has_scope());
    }

    #[test]
    fn a_change_names_what_differs_and_nothing_else() {
        let was = detail();
        let mut draft = AssignmentDraft::of(&was);
        assert_eq!(draft.change(&was), ChangeAssignment::default());
        draft.members.reverse();
        assert_eq!(draft.change(&was), ChangeAssignment::default(), "an order is no change");
        draft.members.pop();
        let change = draft.change(&was);
        assert_eq!(change, ChangeAssignment { members: Some(vec![person(2).id]), ..ChangeAssignment::default() });
    }

    #[test]
    fn r51_r52_an_assignment_needs_a_name_members_and_a_place() {
        let mut draft = AssignmentDraft::new();
        assert!(!draft.has_name() && !draft.has_members() && draft.has_scope());
        draft.name = "  ".into();
        draft.everywhere = false;
        assert!(!draft.has_name() && !draft.has_scope());
        assert_eq!(
            AssignmentDraft::of(&detail()).scope(),
            Scope::Some { rooms: vec![RoomId::from_uuid(Uuid::from_u128(5))], groups: vec![] }
        );
    }

    #[test]
    fn r53_a_new_role_carries_its_first_assignment() {
        let draft = RoleDraft { name: " Helpdesk ".into(), ..RoleDraft::default() };
        let assignment = AssignmentDraft { name: "All".into(), ..AssignmentDraft::new() };
        let new = draft.create(&assignment);
        assert_eq!((new.name.as_str(), new.assignment.name.as_str(), &new.assignment.scope), ("Helpdesk", "All", &Scope::All));
    }
}
