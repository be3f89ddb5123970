//! `DELETE /v1/tenant-managers/{principal}`.

use http::StatusCode;
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::PrincipalId;
use tenantry_model::tenancy::PortalRole;

use super::{NAME, NOT_FOUND};
use crate::domain::actor::Actor;
use crate::domain::portal_roles;
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};
use crate::http::extract::Ids;

/// Removes one. None may be left: then the administrators answer invitations (R15).
#[utoipa::path(
    delete, path = "/tenant-managers/{principal}", tag = "tenant managers", security(("user" = [])), params(("principal" = PrincipalId, Path)),
    responses((status = 204, description = "No longer one"), (status = 404, description = NOT_FOUND)),
)]
pub(crate) async fn remove_tenant_manager(request: WriteRequest, Ids(principal): Ids<PrincipalId>) -> Result<StatusCode> {
    let attempt = Attempt::own(AuditCategory::User, AuditOperation::Delete, NAME);
    let mut write = request.open(attempt).await?;
    let (tx, caller, _) = write.parts();
    let outcome = portal_roles::revoke(tx, Actor::Caller(caller), caller.tenant.id, PortalRole::TenantManager, principal).await;
    write.finish(outcome).await.map(|()| StatusCode::NO_CONTENT)
}
