//! `POST /v1/customers/{customer}/incidents`.

use axum::Json;
use http::StatusCode;
use tenantry_model::api::incidents::{IncidentChanged, RecordIssue};
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::TenantId;

use crate::domain::actor::Actor;
use crate::domain::incidents::issues::{self, Issue};
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};
use crate::http::extract::{Body, Ids};
use crate::http::headers::{LockedTo, SentAgain};

/// What the log calls an issue that came to nothing: it got no number.
const NAME: &str = "Customer Reported";

/// Records an issue on the customer's behalf (R83, R89). Needs `incidents.create` in each of its rooms (A10), or over everything where it names none.
/// Its rooms are unhealthy until it is closed (R84).
#[utoipa::path(
    post, path = "/customers/{customer}/incidents", tag = "incidents", security(("user" = [])),
    params(("customer" = TenantId, Path), LockedTo, SentAgain), request_body = RecordIssue,
    responses(
        (status = 201, body = IncidentChanged),
        (status = 404, description = "The customer does not exist, or the caller may record nothing there"),
    ),
)]
pub(crate) async fn record_issue(
    request: WriteRequest,
    Ids(customer): Ids<TenantId>,
    Body(new): Body<RecordIssue>,
) -> Result<(StatusCode, Json<IncidentChanged>)> {
    request.about(customer)?;
    let mut write = request.open(Attempt::at(customer, AuditCategory::Incident, AuditOperation::Create, NAME)).await?;
    if let Some(before) = write.answered(&new).await? {
        return Ok((StatusCode::CREATED, Json(before)));
    }
    let (tx, caller, random) = write.parts();
    let RecordIssue { description, rooms, high_impact_reason, events } = new;
    let issue = Issue { customer, description, rooms, high_impact_reason, events, created_by: None };
    let outcome = issues::record(tx, Actor::Caller(caller), issue, random).await;
    write.finish(outcome).await.map(|recorded| (StatusCode::CREATED, Json(recorded)))
}
