//! Tenant managers of a partner (R11–R15): appointed by its Global or Managed Service Administrator, and by nobody else (R12).

use tenantry_model::api::people::MemberList;
use tenantry_model::id::PrincipalId;
use tenantry_model::tenancy::PortalRole::TenantManager;

use crate::domain::actor::Actor;
use crate::domain::caller::Caller;
use crate::domain::{directory, portal_roles};
use crate::error::{Error, Result};
use crate::store::portal_roles::holders;
use crate::store::{Conn, Tx};

/// `GET /v1/tenant-managers`.
pub async fn list(conn: &mut Conn, caller: &Caller) -> Result<MemberList> {
    if !caller.administers_partner() {
        return Err(Error::not_found());
    }
    let ids = holders(conn, caller.tenant.id, TenantManager).await?;
    directory::members(conn, &ids).await
}

/// `POST /v1/tenant-managers`. Answers who they are now.
pub async fn add(tx: &mut Tx, caller: &Caller, principals: &[PrincipalId]) -> Result<MemberList> {
    portal_roles::grant(tx, Actor::Caller(caller), caller.tenant.id, TenantManager, principals).await?;
    list(tx.conn(), caller).await
}
