//! `DELETE /v1/customers/{customer}/rings/{ring}`.

use http::StatusCode;
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::{TenantId, UpdateRingId};

use super::NOT_FOUND;
use crate::domain::actor::Actor;
use crate::domain::update_rings::write;
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};
use crate::http::extract::Ids;
use crate::http::headers::{LockedTo, VersionTag};

/// Away with a ring that is no preset one (R102); its rooms come to General. Needs `rings.view`, and `rings.modify` over everything, as a user of the
/// customer's own (A21).
#[utoipa::path(
    delete, path = "/customers/{customer}/rings/{ring}", tag = "rooms", security(("user" = [])),
    params(
        ("customer" = TenantId, Path), ("ring" = UpdateRingId, Path),
        ("If-Match" = VersionTag, Header, description = "The ring's version, as the list of rings has it"), LockedTo,
    ),
    responses(
        (status = 204, description = "It is gone"),
        (status = 404, description = NOT_FOUND),
        (status = 409, description = "It is a preset one. The right covers some rooms only, or is a partner's"),
        (status = 412, description = "It has changed since it was read"),
        (status = 428, description = "No If-Match"),
    ),
)]
pub(crate) async fn delete_update_ring(request: WriteRequest, Ids((customer, ring)): Ids<(TenantId, UpdateRingId)>) -> Result<StatusCode> {
    let version = request.version()?;
    request.about(customer)?;
    let mut write = request.open(Attempt::at(customer, AuditCategory::UpdateRing, AuditOperation::Delete, ring)).await?;
    let (tx, caller, _) = write.parts();
    let outcome = write::delete(tx, Actor::Caller(caller), (customer, ring), Some(version)).await;
    write.finish(outcome).await.map(|()| StatusCode::NO_CONTENT)
}
