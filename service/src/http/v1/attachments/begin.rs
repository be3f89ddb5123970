//! `POST /v1/customers/{customer}/incidents/{number}/attachments`.

use axum::Json;
use http::StatusCode;
use tenantry_model::api::attachments::{AddAttachment, Upload};
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::TenantId;
use tenantry_model::text::TicketNumber;

use crate::domain::incidents::attachments;
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};
use crate::http::extract::{Body, Ids};
use crate::http::headers::{LockedTo, SentAgain};

/// Announces a file for an incident, also for one that is resolved or closed (R82): up to 50 MiB, up to 20 for one incident. Needs `tickets.update`
/// on a room of it that the caller sees. What is not sent to its end within 24 hours is given up.
#[utoipa::path(
    post, path = "/customers/{customer}/incidents/{number}/attachments", tag = "incidents", security(("user" = [])),
    params(("customer" = TenantId, Path), ("number" = TicketNumber, Path), LockedTo, SentAgain), request_body = AddAttachment,
    responses(
        (status = 201, body = Upload),
        (status = 404, description = "It does not exist, or the caller may not change it"),
        (status = 409, description = "It has as many as it may have"),
    ),
)]
pub(crate) async fn add_attachment(
    request: WriteRequest,
    Ids((customer, number)): Ids<(TenantId, TicketNumber)>,
    Body(new): Body<AddAttachment>,
) -> Result<(StatusCode, Json<Upload>)> {
    request.about(customer)?;
    let mut write = request.open(Attempt::at(customer, AuditCategory::Incident, AuditOperation::Update, number)).await?;
    if let Some(before) = write.answered(&new).await? {
        return Ok((StatusCode::CREATED, Json(before)));
    }
    let (tx, caller, random) = write.parts();
    let outcome = attachments::begin(tx, caller, (customer, number), &new, random).await;
    write.finish(outcome).await.map(|upload| (StatusCode::CREATED, Json(upload)))
}
