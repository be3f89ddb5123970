//! Tenant managers of a partner (R11–R15): appointed by its Global or Managed Service Administrator, and by nobody else (R12).

use tenantry_model::api::people::{AddMembers, MemberList};
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::PrincipalId;
use tenantry_model::problem::FieldCode;
use tenantry_model::tenancy::PortalRole;

use crate::domain::caller::Caller;
use crate::domain::directory;
use crate::domain::estate::change::{GrantPortalRole, RevokePortalRole};
use crate::domain::estate::people as estate;
use crate::error::{Error, Result};
use crate::store::audit::NewAudit;
use crate::store::{Conn, Tx, people};

/// How a log names the list.
pub const NAME: &str = "Tenant managers";

/// `GET /v1/tenant-managers`.
pub async fn list(conn: &mut Conn, caller: &Caller) -> Result<MemberList> {
    check(caller)?;
    let ids = people::holders(conn, caller.tenant.id, PortalRole::TenantManager).await?;
    directory::members(conn, &ids).await
}

/// `POST /v1/tenant-managers`: users and security groups (R13). Who is one already stays one.
pub async fn add(tx: &mut Tx, caller: &Caller, change: &AddMembers) -> Result<MemberList> {
    check(caller)?;
    if change.principals.is_empty() {
        return Err(Error::field(FieldCode::MembersNone, "#/principals", "name at least one user or group"));
    }
    let added = directory::own_principals(tx.conn(), caller, "#/principals", &change.principals).await?;
    for principal in &added {
        estate::grant(tx, GrantPortalRole { principal: principal.id, role: PortalRole::TenantManager }).await?;
    }
    record(tx, caller, AuditOperation::Create, None, Some(directory::names(&added))).await?;
    list(tx.conn(), caller).await
}

/// `DELETE /v1/tenant-managers/{principal}`. None may be left: then the administrators answer invitations (R15).
pub async fn remove(tx: &mut Tx, caller: &Caller, principal: PrincipalId) -> Result<()> {
    check(caller)?;
    let held = people::holders(tx.conn(), caller.tenant.id, PortalRole::TenantManager).await?;
    if !held.contains(&principal) {
        return Err(Error::not_found());
    }
    let removed = people::named(tx.conn(), &[principal]).await?;
    estate::revoke(tx, RevokePortalRole { principal, role: PortalRole::TenantManager }).await?;
    record(tx, caller, AuditOperation::Delete, Some(directory::names(&removed)), None).await
}

fn check(caller: &Caller) -> Result<()> {
    if caller.administers_partner() { Ok(()) } else { Err(Error::not_found()) }
}

async fn record(tx: &mut Tx, caller: &Caller, operation: AuditOperation, before: Option<String>, after: Option<String>) -> Result<()> {
    let entry = NewAudit::by(caller.user, caller.tenant.id, AuditCategory::User, operation, NAME).with("members", before, after);
    tx.audit(entry).await
}
