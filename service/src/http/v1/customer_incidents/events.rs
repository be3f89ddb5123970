//! `GET /v1/customers/{customer}/incidents/{number}/events`.

use axum::Json;
use tenantry_model::api::room_events::IssueEvents;
use tenantry_model::id::TenantId;
use tenantry_model::text::TicketNumber;

use crate::domain::rooms::events;
use crate::error::Result;
use crate::http::auth::ReadRequest;
use crate::http::extract::Ids;

/// The events that an issue was recorded for (R113), of those of its rooms that the caller sees (A23); none of any other incident. Needs what reading the
/// incident needs.
#[utoipa::path(
    get, path = "/customers/{customer}/incidents/{number}/events", tag = "incidents", security(("user" = [])),
    params(("customer" = TenantId, Path), ("number" = TicketNumber, Path)),
    responses((status = 200, body = IssueEvents), (status = 404, description = "It does not exist, or not for the caller")),
)]
pub(crate) async fn incident_events(
    mut request: ReadRequest,
    Ids((customer, number)): Ids<(TenantId, TicketNumber)>,
) -> Result<Json<IssueEvents>> {
    Ok(Json(events::of_issue(request.tx.conn(), &request.caller, customer, number).await?))
}
