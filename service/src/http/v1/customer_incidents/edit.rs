//! `PATCH /v1/customers/{customer}/incidents/{number}`.

use axum::Json;
use tenantry_model::api::incidents::{EditIssue, IncidentChanged};
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::TenantId;
use tenantry_model::text::TicketNumber;

use super::NOT_FOUND;
use crate::domain::actor::Actor;
use crate::domain::incidents::issues;
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};
use crate::http::extract::{Body, Ids};
use crate::http::headers::{LockedTo, SentAgain, VersionTag};

/// Other words or rooms of a recorded issue that is open; what is left out stays, and so do rooms that the caller does not see (A23). Needs
/// `tickets.update` on a room of it that the caller sees, and for a room that is added what recording an issue there needs.
#[utoipa::path(
    patch, path = "/customers/{customer}/incidents/{number}", tag = "incidents", security(("user" = [])),
    params(
        ("customer" = TenantId, Path), ("number" = TicketNumber, Path),
        ("If-Match" = VersionTag, Header, description = "The incident's ETag"), LockedTo, SentAgain,
    ),
    request_body = EditIssue,
    responses(
        (status = 200, body = IncidentChanged),
        (status = 404, description = NOT_FOUND),
        (status = 409, description = "It is a signal's, or closed already"),
        (status = 412, description = "It has changed since it was read"),
        (status = 428, description = "No If-Match"),
    ),
)]
pub(crate) async fn edit_issue(
    request: WriteRequest,
    Ids((customer, number)): Ids<(TenantId, TicketNumber)>,
    Body(new): Body<EditIssue>,
) -> Result<Json<IncidentChanged>> {
    let version = request.version()?;
    request.about(customer)?;
    let mut write = request.open(Attempt::at(customer, AuditCategory::Incident, AuditOperation::Update, number)).await?;
    if let Some(before) = write.answered(&new).await? {
        return Ok(Json(before));
    }
    let (tx, caller, _) = write.parts();
    let outcome = issues::edit(tx, Actor::Caller(caller), (customer, number), Some(version), &new).await;
    write.finish(outcome).await.map(Json)
}
