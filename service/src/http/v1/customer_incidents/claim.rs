//! `PUT` and `DELETE /v1/customers/{customer}/incidents/{number}/claim`.

use axum::Json;
use tenantry_model::api::incidents::{ClaimIncident, IncidentChanged};
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::TenantId;
use tenantry_model::text::TicketNumber;

use super::NOT_FOUND;
use crate::domain::incidents::claims;
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};
use crate::http::extract::{Body, Ids};
use crate::http::headers::{LockedTo, SentAgain};

/// Says that the caller works on an active incident for the next 15 minutes, or renews that (A32). It locks nothing. Needs `tickets.update` on a room of
/// it that the caller sees.
#[utoipa::path(
    put, path = "/customers/{customer}/incidents/{number}/claim", tag = "incidents", security(("user" = [])),
    params(("customer" = TenantId, Path), ("number" = TicketNumber, Path), LockedTo, SentAgain), request_body = ClaimIncident,
    responses(
        (status = 200, body = IncidentChanged),
        (status = 404, description = NOT_FOUND),
        (status = 409, description = "Somebody else works on it, or it is inactive"),
    ),
)]
pub(crate) async fn claim_incident(
    request: WriteRequest,
    Ids((customer, number)): Ids<(TenantId, TicketNumber)>,
    Body(new): Body<ClaimIncident>,
) -> Result<Json<IncidentChanged>> {
    request.about(customer)?;
    let mut write = request.open(Attempt::at(customer, AuditCategory::Incident, AuditOperation::Update, number)).await?;
    if let Some(before) = write.answered(&new).await? {
        return Ok(Json(before));
    }
    let (tx, caller, _) = write.parts();
    let outcome = claims::claim(tx, caller, (customer, number), new.take_over).await;
    write.finish(outcome).await.map(Json)
}

/// Ends the caller's claim; nothing happens where they have none. Needs the same.
#[utoipa::path(
    delete, path = "/customers/{customer}/incidents/{number}/claim", tag = "incidents", security(("user" = [])),
    params(("customer" = TenantId, Path), ("number" = TicketNumber, Path), LockedTo, SentAgain),
    responses((status = 200, body = IncidentChanged), (status = 404, description = NOT_FOUND)),
)]
pub(crate) async fn release_incident(
    request: WriteRequest,
    Ids((customer, number)): Ids<(TenantId, TicketNumber)>,
) -> Result<Json<IncidentChanged>> {
    request.about(customer)?;
    let mut write = request.open(Attempt::at(customer, AuditCategory::Incident, AuditOperation::Update, number)).await?;
    if let Some(before) = write.answered(&()).await? {
        return Ok(Json(before));
    }
    let (tx, caller, _) = write.parts();
    let outcome = claims::release(tx, caller, (customer, number)).await;
    write.finish(outcome).await.map(Json)
}
