//! Portal roles: who administers a tenant, and who answers the invitations to it.

use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::{PrincipalId, TenantId};
use tenantry_model::problem::FieldCode;
use tenantry_model::tenancy::{PortalRole, PrincipalRef};

use crate::domain::actor::Actor;
use crate::domain::directory;
use crate::domain::people::record_for;
use crate::error::{Error, Result};
use crate::store::group_members::Foothold;
use crate::store::{Tx, people, portal_roles};

/// To users and security groups of the tenant (R13). Who holds it already keeps it.
pub async fn grant(tx: &mut Tx, actor: Actor<'_>, tenant: TenantId, role: PortalRole, to: &[PrincipalId]) -> Result<()> {
    check(actor, tenant, role)?;
    if to.is_empty() {
        return Err(Error::field(FieldCode::MembersNone, "#/principals", "name at least one user or group"));
    }
    if role == PortalRole::GlobalAdministrator {
        return Err(Error::bad_request(
            "Global Administrator is a directory role: it comes with the token, and is granted in the directory",
        ));
    }
    let mut added = Vec::new();
    for it in directory::principals_of(tx.conn(), tenant, "#/principals", to).await? {
        if portal_roles::grant(tx.conn(), tenant, it.id, role).await? {
            record_for(tx, it.id, it.kind, [Foothold { customer: tenant, tenant }]).await?;
            added.push(it);
        }
    }
    if added.is_empty() {
        return Ok(());
    }
    let entry = actor.record(tenant, AuditCategory::User, AuditOperation::Create, list_name(role));
    tx.audit(entry.added("members", names(&added))).await
}

/// To a caller, who does not hold it is not there.
pub async fn revoke(tx: &mut Tx, actor: Actor<'_>, tenant: TenantId, role: PortalRole, from: PrincipalId) -> Result<()> {
    check(actor, tenant, role)?;
    let found = people::of_tenant(tx.conn(), tenant, from).await?;
    let held = portal_roles::revoke(tx.conn(), from, role).await?;
    let Some(from) = found.filter(|_| held) else {
        return if matches!(actor, Actor::Caller(_)) { Err(Error::not_found()) } else { Ok(()) };
    };
    record_for(tx, from.id, from.kind, [Foothold { customer: tenant, tenant }]).await?;
    let entry = actor.record(tenant, AuditCategory::User, AuditOperation::Delete, list_name(role));
    tx.audit(entry.removed("members", &*from.display_name)).await
}

/// Tenant managers are appointed by Global or Managed Service Administrators of their partner (R12), other roles by the operator.
fn check(actor: Actor<'_>, tenant: TenantId, role: PortalRole) -> Result<()> {
    match actor {
        Actor::Caller(caller) if role == PortalRole::TenantManager && tenant == caller.tenant.id && caller.administers_partner() => Ok(()),
        _ => actor.needs_operator(),
    }
}

/// How a log names the list of those who hold it.
pub const fn list_name(role: PortalRole) -> &'static str {
    match role {
        PortalRole::TenantManager => "Tenant managers",
        PortalRole::ManagedServiceAdministrator => "Managed Service Administrators",
        PortalRole::GlobalAdministrator => "Global Administrators",
    }
}

pub(crate) fn names(people: &[PrincipalRef]) -> String {
    people.iter().map(|it| it.display_name.as_str()).collect::<Vec<_>>().join(", ")
}
