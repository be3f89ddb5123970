//! `DELETE /v1/partners/{partner}/invitation`.

use http::StatusCode;
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::TenantId;

use super::NOT_FOUND;
use crate::domain::actor::Actor;
use crate::domain::invitations::write;
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};
use crate::http::extract::Ids;

/// Withdraws the invitation to a partner, or clears an expired one away (A2, A3).
#[utoipa::path(
    delete, path = "/partners/{partner}/invitation", tag = "partners", security(("user" = [])), params(("partner" = TenantId, Path)),
    responses((status = 204, description = "It is gone"), (status = 404, description = NOT_FOUND)),
)]
pub(crate) async fn withdraw(request: WriteRequest, Ids(partner): Ids<TenantId>) -> Result<StatusCode> {
    let mut write = request.open(Attempt::own(AuditCategory::PartnerInvitation, AuditOperation::Delete, partner)).await?;
    let (tx, caller, _) = write.parts();
    let outcome = write::withdraw(tx, Actor::Caller(caller), caller.tenant.id, partner).await;
    write.finish(outcome).await.map(|()| StatusCode::NO_CONTENT)
}
