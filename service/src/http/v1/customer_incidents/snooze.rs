//! `PUT` and `DELETE /v1/customers/{customer}/incidents/{number}/snooze`.

use axum::Json;
use tenantry_model::api::incidents::{IncidentChanged, SnoozeIncident};
use tenantry_model::id::TenantId;
use tenantry_model::text::TicketNumber;

use super::NOT_FOUND;
use super::work::{Work, work};
use crate::error::Result;
use crate::http::auth::WriteRequest;
use crate::http::extract::{Body, Ids};
use crate::http::headers::{LockedTo, SentAgain};

/// Puts an active incident out of sight of everybody, for a while or until somebody fetches it (A33). Needs `tickets.update` on a room of it that the
/// caller sees.
#[utoipa::path(
    put, path = "/customers/{customer}/incidents/{number}/snooze", tag = "incidents", security(("user" = [])),
    params(("customer" = TenantId, Path), ("number" = TicketNumber, Path), LockedTo, SentAgain), request_body = SnoozeIncident,
    responses(
        (status = 200, body = IncidentChanged),
        (status = 404, description = NOT_FOUND),
        (status = 409, description = "It is inactive"),
    ),
)]
pub(crate) async fn snooze_incident(
    request: WriteRequest,
    Ids(at): Ids<(TenantId, TicketNumber)>,
    Body(new): Body<SnoozeIncident>,
) -> Result<Json<IncidentChanged>> {
    work(request, at, &new, Work::Snooze(&new)).await
}

/// Fetches it back; nothing happens where it is in sight. Needs the same.
#[utoipa::path(
    delete, path = "/customers/{customer}/incidents/{number}/snooze", tag = "incidents", security(("user" = [])),
    params(("customer" = TenantId, Path), ("number" = TicketNumber, Path), LockedTo, SentAgain),
    responses(
        (status = 200, body = IncidentChanged),
        (status = 404, description = NOT_FOUND),
        (status = 409, description = "Its signal or its room is suppressed"),
    ),
)]
pub(crate) async fn wake_incident(request: WriteRequest, Ids(at): Ids<(TenantId, TicketNumber)>) -> Result<Json<IncidentChanged>> {
    work(request, at, &(), Work::Wake).await
}
