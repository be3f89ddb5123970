//! Portal roles: who administers a tenant, and who answers the invitations to it.

use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::TenantId;
use tenantry_model::tenancy::{PortalRole, PrincipalRef};

use crate::domain::actor::Actor;
use crate::domain::people::record_for;
use crate::error::{Error, Result};
use crate::store::group_members::Foothold;
use crate::store::{Tx, portal_roles};

/// Who holds it already keeps it.
pub async fn grant(tx: &mut Tx, actor: Actor<'_>, tenant: TenantId, role: PortalRole, to: &[PrincipalRef]) -> Result<()> {
    if role == PortalRole::GlobalAdministrator {
        return Err(Error::bad_request(
            "Global Administrator is a directory role: it comes with the token, and is granted in the directory",
        ));
    }
    let mut added = Vec::new();
    for it in to {
        if portal_roles::grant(tx.conn(), tenant, it.id, role).await? {
            record_for(tx, it.id, it.kind, [Foothold { customer: tenant, tenant }]).await?;
            added.push(it.clone());
        }
    }
    if added.is_empty() {
        return Ok(());
    }
    let entry = actor.record(tenant, AuditCategory::User, AuditOperation::Create, list_name(role));
    tx.audit(entry.added("members", names(&added))).await
}

pub async fn revoke(tx: &mut Tx, actor: Actor<'_>, tenant: TenantId, role: PortalRole, from: &PrincipalRef) -> Result<()> {
    if !portal_roles::revoke(tx.conn(), from.id, role).await? {
        return Ok(());
    }
    record_for(tx, from.id, from.kind, [Foothold { customer: tenant, tenant }]).await?;
    let entry = actor.record(tenant, AuditCategory::User, AuditOperation::Delete, list_name(role));
    tx.audit(entry.removed("members", &*from.display_name)).await
}

/// How a log names the list of those who hold it.
pub const fn list_name(role: PortalRole) -> &'static str {
    match role {
        PortalRole::TenantManager => "Tenant managers",
        PortalRole::ManagedServiceAdministrator => "Managed Service Administrators",
        PortalRole::GlobalAdministrator => "Global Administrators",
    }
}

/// How a log names these people.
pub(crate) fn names(people: &[PrincipalRef]) -> String {
    people.iter().map(|it| it.display_name.as_str()).collect::<Vec<_>>().join(", ")
}
