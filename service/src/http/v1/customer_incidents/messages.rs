//! `POST /v1/customers/{customer}/incidents/{number}/messages`.

use axum::Json;
use http::StatusCode;
use tenantry_model::api::incidents::{IncidentChanged, PostMessage};
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::TenantId;
use tenantry_model::text::TicketNumber;

use super::NOT_FOUND;
use crate::domain::actor::Actor;
use crate::domain::incidents::thread::{self, Posted};
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};
use crate::http::extract::{Body, Ids};
use crate::http::headers::{LockedTo, SentAgain};

/// A message in the incident's thread, also in that of one that is resolved or closed (R82). Needs `tickets.update` on a room of it that the caller
/// sees. The incident changes hands only where the message says so (R81).
#[utoipa::path(
    post, path = "/customers/{customer}/incidents/{number}/messages", tag = "incidents", security(("user" = [])),
    params(("customer" = TenantId, Path), ("number" = TicketNumber, Path), LockedTo, SentAgain), request_body = PostMessage,
    responses(
        (status = 201, body = IncidentChanged),
        (status = 404, description = NOT_FOUND),
        (status = 409, description = "It is inactive, and so nobody's turn"),
    ),
)]
pub(crate) async fn post_message(
    request: WriteRequest,
    Ids((customer, number)): Ids<(TenantId, TicketNumber)>,
    Body(new): Body<PostMessage>,
) -> Result<(StatusCode, Json<IncidentChanged>)> {
    request.about(customer)?;
    let mut write = request.open(Attempt::at(customer, AuditCategory::Incident, AuditOperation::Update, number)).await?;
    if let Some(before) = write.answered(&new).await? {
        return Ok((StatusCode::CREATED, Json(before)));
    }
    let (tx, caller, _) = write.parts();
    let posted = Posted { customer: Some(customer), number, text: &new.text, assign_to: new.assign_to, author: None };
    let outcome = thread::post(tx, Actor::Caller(caller), posted).await;
    write.finish(outcome).await.map(|posted| (StatusCode::CREATED, Json(posted)))
}
