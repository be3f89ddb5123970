//! `GET /v1/customers/{customer}/incidents/{number}`.

use axum::Json;
use axum::response::IntoResponse;
use tenantry_model::id::TenantId;
use tenantry_model::incident::Incident;
use tenantry_model::text::TicketNumber;

use crate::domain::incidents::read as incidents;
use crate::error::Result;
use crate::http::auth::ReadRequest;
use crate::http::extract::{Ids, version_tag};

/// One incident, whole. Needs `tickets.view` on at least one of its rooms; the other rooms are counted, not named (A23).
#[utoipa::path(
    get, path = "/customers/{customer}/incidents/{number}", tag = "incidents", security(("user" = [])),
    params(("customer" = TenantId, Path), ("number" = TicketNumber, Path)),
    responses(
        (status = 200, body = Incident, headers(("ETag" = String, description = "Its version"))),
        (status = 404, description = "It does not exist, or not for the caller"),
    ),
)]
pub(crate) async fn customer_incident(
    mut request: ReadRequest,
    Ids((customer, number)): Ids<(TenantId, TicketNumber)>,
) -> Result<impl IntoResponse> {
    let incident = incidents::incident(request.tx.conn(), &request.caller, customer, number).await?;
    Ok((version_tag(incident.row.version), Json(incident)))
}
