//! `DELETE /v1/partners/{partner}`.

use http::StatusCode;
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::TenantId;

use super::NOT_FOUND;
use crate::domain::actor::Actor;
use crate::domain::relationships::write::{Side, end};
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};
use crate::http::extract::Ids;
use crate::http::headers::VersionTag;

/// Ends the relationship: all roles of the partner go, and nobody there sees anything any more (R45, R61, R62).
#[utoipa::path(
    delete, path = "/partners/{partner}", tag = "partners", security(("user" = [])),
    params(("partner" = TenantId, Path), ("If-Match" = VersionTag, Header, description = "The partner's ETag")),
    responses(
        (status = 204, description = "It has ended"),
        (status = 404, description = NOT_FOUND),
        (status = 412, description = "The relationship has changed since it was read"),
        (status = 428, description = "No If-Match"),
    ),
)]
pub(crate) async fn remove_partner(request: WriteRequest, Ids(partner): Ids<TenantId>) -> Result<StatusCode> {
    let version = request.version()?;
    let mut write = request.open(Attempt::own(AuditCategory::PartnerInvitation, AuditOperation::Delete, partner)).await?;
    let (tx, caller, _) = write.parts();
    let outcome = end(tx, Actor::Caller(caller), (partner, caller.tenant.id), Side::Customer, Some(version)).await;
    write.finish(outcome).await.map(|()| StatusCode::NO_CONTENT)
}
