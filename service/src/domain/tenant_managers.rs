//! Tenant managers of a partner (R11–R15): appointed by its Global or Managed Service Administrator, and by nobody else (R12).

use tenantry_model::api::people::{AddMembers, MemberList};
use tenantry_model::id::PrincipalId;
use tenantry_model::problem::FieldCode;
use tenantry_model::tenancy::PortalRole::TenantManager;

use crate::domain::actor::Actor;
use crate::domain::caller::Caller;
use crate::domain::{directory, portal_roles};
use crate::error::{Error, Result};
use crate::store::portal_roles::holders;
use crate::store::{Conn, Tx, people};

/// How a log names the list.
pub const NAME: &str = portal_roles::list_name(TenantManager);

/// `GET /v1/tenant-managers`.
pub async fn list(conn: &mut Conn, caller: &Caller) -> Result<MemberList> {
    check(caller)?;
    let ids = holders(conn, caller.tenant.id, TenantManager).await?;
    directory::members(conn, &ids).await
}

/// `POST /v1/tenant-managers`: users and security groups (R13). Who is one already stays one.
pub async fn add(tx: &mut Tx, caller: &Caller, change: &AddMembers) -> Result<MemberList> {
    check(caller)?;
    if change.principals.is_empty() {
        return Err(Error::field(FieldCode::MembersNone, "#/principals", "name at least one user or group"));
    }
    let added = directory::own_principals(tx.conn(), caller, "#/principals", &change.principals).await?;
    portal_roles::grant(tx, Actor::Caller(caller), caller.tenant.id, TenantManager, &added).await?;
    list(tx.conn(), caller).await
}

/// `DELETE /v1/tenant-managers/{principal}`. None may be left: then the administrators answer invitations (R15).
pub async fn remove(tx: &mut Tx, caller: &Caller, principal: PrincipalId) -> Result<()> {
    check(caller)?;
    let held = holders(tx.conn(), caller.tenant.id, TenantManager).await?;
    let removed = people::named(tx.conn(), &[principal]).await?.pop().filter(|it| held.contains(&it.id)).ok_or(Error::not_found())?;
    portal_roles::revoke(tx, Actor::Caller(caller), caller.tenant.id, TenantManager, &removed).await
}

fn check(caller: &Caller) -> Result<()> {
    if caller.administers_partner() { Ok(()) } else { Err(Error::not_found()) }
}
