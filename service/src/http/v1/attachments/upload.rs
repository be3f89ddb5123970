//! `GET /v1/customers/{customer}/incidents/{number}/attachments/{attachment}/upload`.

use axum::Json;
use axum::extract::State;
use tenantry_model::api::attachments::Upload;
use tenantry_model::attachment::AttachmentState;
use tenantry_model::id::{AttachmentId, TenantId};
use tenantry_model::text::TicketNumber;

use super::NOT_FOUND;
use crate::domain::incidents::attachments::{self, Place};
use crate::error::Result;
use crate::http::AppState;
use crate::http::auth::ReadRequest;
use crate::http::extract::Ids;

/// How much of a file that the caller sends has arrived: where they go on after a cut.
#[utoipa::path(
    get, path = "/customers/{customer}/incidents/{number}/attachments/{attachment}/upload", tag = "incidents", security(("user" = [])),
    params(("customer" = TenantId, Path), ("number" = TicketNumber, Path), ("attachment" = AttachmentId, Path)),
    responses((status = 200, body = Upload), (status = 404, description = NOT_FOUND)),
)]
pub(crate) async fn upload(
    State(state): State<AppState>,
    mut request: ReadRequest,
    Ids((customer, number, id)): Ids<(TenantId, TicketNumber, AttachmentId)>,
) -> Result<Json<Upload>> {
    let stored = attachments::own_upload(request.tx.conn(), &request.caller, Place { customer, number, id }).await?;
    drop(request);
    let attachment = stored.attachment;
    let offset = if attachment.state == AttachmentState::Ready { attachment.size } else { state.staging().len(id).await? };
    Ok(Json(Upload { attachment, offset, incident: None }))
}
