//! What the list of tenants shows. Pure.

use std::cmp::Reverse;

use tenantry_model::api::TenantRow;
use tenantry_model::collation::sort_key;
use tenantry_model::permission::{BuiltInRole, PermissionSet};
use tenantry_model::search::{finds, words};
use tenantry_model::tenancy::TenantStatus;
use tenantry_model::time::Timestamp;

use crate::route::Route;

/// The rows that hold all words of the text in name or domains: invitations first, those that expire soonest on top, then customers by name.
pub(super) fn shown(rows: &[TenantRow], text: &str) -> Vec<TenantRow> {
    let words = words(text);
    let holds = |row: &&TenantRow| {
        let mut all = row.display_name.clone();
        for domain in &row.domains {
            all.push(' ');
            all.push_str(domain.as_str());
        }
        finds(&all, &words)
    };
    let mut shown: Vec<TenantRow> = rows.iter().filter(holds).cloned().collect();
    shown.sort_by_cached_key(|row| {
        let expires = row.invitation.as_ref().map(|invitation| invitation.expires_at);
        (Reverse(row.status == TenantStatus::Pending), expires, sort_key(&row.display_name))
    });
    shown
}

pub(super) fn place(row: &TenantRow) -> Route {
    match &row.invitation {
        Some(invitation) => Route::Invitation { invitation: invitation.id },
        None => Route::Tenant { customer: row.id },
    }
}

/// Whether an invitation can no longer be accepted (A2, R35).
pub(super) fn is_over(expires_at: Timestamp, now: Timestamp) -> bool {
    expires_at <= now
}

/// How a customer's ceiling differs from what Primary admins usually hold (A9): what it has beyond, and what it lacks.
pub(super) fn beside_preset(ceiling: PermissionSet) -> (PermissionSet, PermissionSet) {
    let preset = BuiltInRole::PrimaryAdmins.permissions();
    let less = |set: PermissionSet, other: PermissionSet| set.iter().filter(|permission| !other.contains(*permission)).collect();
    (less(ceiling, preset), less(preset, ceiling))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tenantry_model::id::{InvitationId, TenantId};
    use tenantry_model::permission::Permission;
    use tenantry_model::tenancy::InvitationSummary;
    use uuid::Uuid;

    fn row(n: u128, name: &str, expires: Option<i64>) -> TenantRow {
        let invitation = expires.map(|at| InvitationSummary {
            id: InvitationId::from_uuid(Uuid::from_u128(n)),
            expires_at: Timestamp::from_micros(at),
            rooms: 3,
        });
        let status = if invitation.is_some() { TenantStatus::Pending } else { TenantStatus::Active };
        let domains = vec!["contoso.example".parse().unwrap()];
        TenantRow {
            id: TenantId::from_uuid(Uuid::from_u128(n)),
            display_name: name.into(),
            domains,
            status,
            invitation,
            established_at: None,
        }
    }

    #[test]
    fn w3_invitations_stand_first_and_the_one_that_expires_soonest_on_top() {
        let rows = [row(1, "Zeta", None), row(2, "alpha", None), row(3, "Late", Some(9)), row(4, "Soon", Some(5))];
        let names: Vec<String> = shown(&rows, "").into_iter().map(|row| row.display_name).collect();
        assert_eq!(names, ["Soon", "Late", "alpha", "Zeta"]);
    }

    #[test]
    fn a_search_looks_at_names_and_domains() {
        let rows = [row(1, "Über Land", None), row(2, "Fabrikam", None)];
        assert_eq!(shown(&rows, "ÜBER").len(), 1);
        assert_eq!(shown(&rows, "contoso fabri").len(), 1);
        assert!(shown(&rows, "nobody").is_empty());
    }

    #[test]
    fn r35_an_invitation_is_over_at_the_moment_it_names() {
        let at = Timestamp::from_micros(10);
        assert!(is_over(at, at) && !is_over(at, Timestamp::from_micros(9)));
    }

    #[test]
    fn a9_a_ceiling_is_told_by_how_it_differs_from_the_preset() {
        let preset = BuiltInRole::PrimaryAdmins.permissions();
        assert_eq!(beside_preset(preset), (PermissionSet::NONE, PermissionSet::NONE));
        let other = preset.without(&[Permission::RolesModify]).or(PermissionSet::of(&[Permission::RoomsUnenroll]));
        assert_eq!(beside_preset(other), (PermissionSet::of(&[Permission::RoomsUnenroll]), PermissionSet::of(&[Permission::RolesModify])));
    }
}
