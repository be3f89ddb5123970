//! Roles, scopes and permissions in a few words.

use tenantry_model::api::roles::ScopeDetail;
use tenantry_model::permission::{BuiltInRole, PermissionSet};
use tenantry_model::role::Role;

use crate::i18n::{I18n, t};

/// What a role is called here: built-in ones have a word in every language.
pub fn role_name(i18n: &I18n, role: &Role) -> String {
    role.built_in.map_or_else(|| role.name.clone(), |built_in| i18n.label(built_in))
}

pub fn permission_names(i18n: &I18n, set: PermissionSet) -> String {
    set.iter().map(|permission| i18n.label(permission)).collect::<Vec<_>>().join(", ")
}

/// What a role, an assignment or a portal role is called here where only its name is known: the service names its own in English.
pub fn role_called(i18n: &I18n, name: &str) -> String {
    match name {
        "Primary admins" => i18n.label(BuiltInRole::PrimaryAdmins),
        "Assigned Admins" => t!(i18n, "assignment-assigned-admins"),
        "Tenant managers" => t!(i18n, "tenant-managers"),
        "Managed Service Administrators" => t!(i18n, "managed-service-administrators"),
        "Global Administrators" => t!(i18n, "global-administrators"),
        _ => name.to_owned(),
    }
}

/// The same of an assignment with its role before it, as the audit log names it.
pub fn assignment_called(i18n: &I18n, name: &str) -> String {
    let Some((role, assignment)) = name.split_once(" – ") else { return role_called(i18n, name) };
    format!("{} – {}", role_called(i18n, role), role_called(i18n, assignment))
}

pub fn scope_line(i18n: &I18n, scope: &ScopeDetail) -> String {
    if scope.all {
        return t!(i18n, "scope-all");
    }
    let rooms = scope.rooms.len() as u32 + scope.hidden_rooms;
    let groups = scope.groups.len() as u32 + scope.hidden_groups;
    let parts =
        [(rooms > 0).then(|| t!(i18n, "rows-rooms", count = rooms)), (groups > 0).then(|| t!(i18n, "groups-picked", count = groups))];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { t!(i18n, "scope-none") } else { parts.join(" · ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tenantry_model::ipc::Language;

    #[test]
    fn fault_9_14_what_the_service_named_itself_is_called_in_the_readers_language() {
        let german = I18n::new(Language::German);
        assert_eq!(role_called(&german, "Assigned Admins"), "Zugewiesene Administratoren");
        assert_eq!(assignment_called(&german, "Primary admins – Assigned Admins"), "Primäre Administratoren – Zugewiesene Administratoren");
        assert_eq!(assignment_called(&german, "Helpdesk – Nord"), "Helpdesk – Nord");
    }

    #[test]
    fn a_scope_counts_the_rooms_and_groups_that_the_reader_may_not_see() {
        let i18n = I18n::default();
        let hidden = ScopeDetail { all: false, rooms: vec![], groups: vec![], hidden_rooms: 3, hidden_groups: 1 };
        assert_eq!(scope_line(&i18n, &hidden), "3 rooms · 1 group");
        assert_eq!(scope_line(&i18n, &ScopeDetail { hidden_rooms: 0, hidden_groups: 0, ..hidden }), "No rooms");
    }
}
