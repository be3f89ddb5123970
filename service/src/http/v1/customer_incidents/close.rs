//! `POST /v1/customers/{customer}/incidents/{number}/close`.

use axum::Json;
use tenantry_model::api::incidents::{CloseIssue, IncidentChanged};
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::TenantId;
use tenantry_model::text::TicketNumber;

use super::NOT_FOUND;
use crate::domain::actor::Actor;
use crate::domain::incidents::issues::{self, Closing};
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};
use crate::http::extract::{Body, Ids};
use crate::http::headers::{LockedTo, SentAgain, VersionTag};

/// Closes a recorded issue in the caller's name (R85–R87). Needs `tickets.update` on a room of it that the caller sees. A signal's incident refuses it:
/// it ends once its signal is healthy.
#[utoipa::path(
    post, path = "/customers/{customer}/incidents/{number}/close", tag = "incidents", security(("user" = [])),
    params(
        ("customer" = TenantId, Path), ("number" = TicketNumber, Path),
        ("If-Match" = VersionTag, Header, description = "The incident's ETag"), LockedTo, SentAgain,
    ),
    request_body = CloseIssue,
    responses(
        (status = 200, body = IncidentChanged),
        (status = 404, description = NOT_FOUND),
        (status = 409, description = "It is a signal's, or closed already"),
        (status = 412, description = "It has changed since it was read"),
        (status = 428, description = "No If-Match"),
    ),
)]
pub(crate) async fn close_issue(
    request: WriteRequest,
    Ids((customer, number)): Ids<(TenantId, TicketNumber)>,
    Body(new): Body<CloseIssue>,
) -> Result<Json<IncidentChanged>> {
    let version = request.version()?;
    request.about(customer)?;
    let mut write = request.open(Attempt::at(customer, AuditCategory::Incident, AuditOperation::Update, number)).await?;
    if let Some(before) = write.answered(&new).await? {
        return Ok(Json(before));
    }
    let (tx, caller, _) = write.parts();
    let closing = Closing { reason: new.reason, comment: new.comment.as_deref(), closed_by: None };
    let outcome = issues::close(tx, Actor::Caller(caller), (Some(customer), number), Some(version), closing).await;
    write.finish(outcome).await.map(Json)
}
