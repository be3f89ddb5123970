//! What the list of roles shows. Pure.

use tenantry_model::api::requests::RequestRow;
use tenantry_model::api::roles::{AssignmentDetail, RoleDetail, RoleList};
use tenantry_model::permission::PermissionSet;
use tenantry_model::role::Role;

use super::draft::{AssignmentDraft, RoleDraft};
use crate::components::confirm::Compared;
use crate::domain_view::role_labels::{permission_names, scope_line};
use crate::i18n::{I18n, Names, t};

/// What it is for; built-in ones say it in every language.
pub(super) fn description(i18n: &I18n, role: &Role) -> String {
    if role.built_in.is_some() { t!(i18n, "role-built-in-text") } else { role.description.clone() }
}

/// The changes that wait for a role of this name; those of new roles have none to stand beside.
pub(super) fn waiting<'a>(list: &'a RoleList, role: &Role) -> Vec<&'a RequestRow> {
    list.waiting.iter().filter(|request| request.change.role == role.name).collect()
}

pub(super) fn scope_of(i18n: &I18n, draft: &AssignmentDraft) -> String {
    if draft.everywhere {
        return t!(i18n, "scope-all");
    }
    let rooms = t!(i18n, "rows-rooms", count = draft.picked.rooms.len());
    if draft.picked.groups.is_empty() {
        rooms
    } else {
        format!("{rooms} · {}", t!(i18n, "groups-picked", count = draft.picked.groups.len()))
    }
}

pub(super) fn people(draft: &AssignmentDraft) -> String {
    draft.members.iter().map(|one| one.principal.display_name.as_str()).collect::<Names>().text()
}

/// An assignment when the form was opened, now, and in the form.
pub(super) fn compare_assignment(i18n: &I18n, was: &AssignmentDetail, now: &AssignmentDetail, mine: &AssignmentDraft) -> Vec<Compared> {
    let (before, after) = (AssignmentDraft::of(was), AssignmentDraft::of(now));
    let each = |of: &dyn Fn(&AssignmentDraft) -> String| [of(&before), of(&after), of(mine)];
    vec![
        Compared::new(t!(i18n, "column-name"), each(&|it| it.name.clone())),
        Compared::new(t!(i18n, "description"), each(&|it| it.description.clone())),
        Compared::new(t!(i18n, "assignment-members"), each(&people)),
        Compared::new(t!(i18n, "assignment-scope"), [scope_line(i18n, &was.scope), scope_line(i18n, &now.scope), scope_of(i18n, mine)]),
    ]
}

/// A role when the form was opened, now, and in the form.
pub(super) fn compare_role(i18n: &I18n, was: &RoleDetail, now: &RoleDetail, mine: &RoleDraft) -> Vec<Compared> {
    let (before, after) = (RoleDraft::of(was), RoleDraft::of(now));
    let each = |of: &dyn Fn(&RoleDraft) -> String| [of(&before), of(&after), of(mine)];
    vec![
        Compared::new(t!(i18n, "column-name"), each(&|it| it.name.clone())),
        Compared::new(t!(i18n, "description"), each(&|it| it.description.clone())),
        Compared::new(t!(i18n, "role-permissions"), each(&|it| permission_names(i18n, it.permissions))),
    ]
}

/// The set with one permission put in or taken out. What lies beyond the ceiling is never put in (A9).
pub(super) fn toggled(
    set: PermissionSet,
    permission: tenantry_model::permission::Permission,
    on: bool,
    ceiling: PermissionSet,
) -> PermissionSet {
    if on { set.or(PermissionSet::of(&[permission]).and(ceiling)) } else { set.without(&[permission]) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tenantry_model::permission::{BuiltInRole, Permission};

    #[test]
    fn a9_what_lies_beyond_the_ceiling_is_never_put_in() {
        let ceiling = BuiltInRole::PrimaryAdmins.permissions();
        let set = toggled(PermissionSet::NONE, Permission::RoomsUnenroll, true, ceiling);
        assert!(set.is_empty());
        let set = toggled(set, Permission::RoomsView, true, ceiling);
        assert!(set.contains(Permission::RoomsView));
        assert!(toggled(set, Permission::RoomsView, false, ceiling).is_empty());
    }
}
