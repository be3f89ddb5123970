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

/// What a role is called here where only its name is known: the service names the built-in one in English.
pub fn role_called(i18n: &I18n, name: &str) -> String {
    if name == "Primary admins" { i18n.label(BuiltInRole::PrimaryAdmins) } else { name.to_owned() }
}

pub fn scope_line(i18n: &I18n, scope: &ScopeDetail) -> String {
    if scope.all {
        return t!(i18n, "scope-all");
    }
    let rooms = scope.rooms.len() as u32 + scope.hidden_rooms;
    let parts = [
        (rooms > 0).then(|| t!(i18n, "rows-rooms", count = rooms)),
        (!scope.groups.is_empty()).then(|| t!(i18n, "groups-picked", count = scope.groups.len())),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { t!(i18n, "scope-none") } else { parts.join(" · ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_counts_the_rooms_that_the_reader_may_not_see() {
        let i18n = I18n::default();
        let hidden = ScopeDetail { all: false, rooms: vec![], groups: vec![], hidden_rooms: 3 };
        assert_eq!(scope_line(&i18n, &hidden), "3 rooms");
        assert_eq!(scope_line(&i18n, &ScopeDetail { hidden_rooms: 0, ..hidden }), "No rooms");
    }
}
