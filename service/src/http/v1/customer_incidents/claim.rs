//! `PUT` and `DELETE /v1/customers/{customer}/incidents/{number}/claim`.

use axum::Json;
use tenantry_model::api::incidents::{ClaimIncident, IncidentChanged};
use tenantry_model::id::TenantId;
use tenantry_model::text::TicketNumber;

use super::NOT_FOUND;
use super::work::{Work, work};
use crate::error::Result;
use crate::http::auth::WriteRequest;
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
    Ids(at): Ids<(TenantId, TicketNumber)>,
    Body(new): Body<ClaimIncident>,
) -> Result<Json<IncidentChanged>> {
    work(request, at, &new, Work::Claim { take_over: new.take_over }).await
}

/// Ends the caller's claim; nothing happens where they have none. Needs the same.
#[utoipa::path(
    delete, path = "/customers/{customer}/incidents/{number}/claim", tag = "incidents", security(("user" = [])),
    params(("customer" = TenantId, Path), ("number" = TicketNumber, Path), LockedTo, SentAgain),
    responses((status = 200, body = IncidentChanged), (status = 404, description = NOT_FOUND)),
)]
pub(crate) async fn release_incident(request: WriteRequest, Ids(at): Ids<(TenantId, TicketNumber)>) -> Result<Json<IncidentChanged>> {
    work(request, at, &(), Work::Release).await
}
