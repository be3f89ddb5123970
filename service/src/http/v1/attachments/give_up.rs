//! `DELETE /v1/customers/{customer}/incidents/{number}/attachments/{attachment}`.

use axum::extract::State;
use http::StatusCode;
use tenantry_model::id::{AttachmentId, TenantId};
use tenantry_model::text::TicketNumber;

use super::{NOT_FOUND, attempt};
use crate::attachments::delete_content;
use crate::domain::incidents::attachments::{self, Place};
use crate::error::Result;
use crate::http::AppState;
use crate::http::auth::WriteRequest;
use crate::http::extract::Ids;
use crate::http::headers::LockedTo;

/// Gives up a file that the caller has begun to send. One that has arrived stays.
#[utoipa::path(
    delete, path = "/customers/{customer}/incidents/{number}/attachments/{attachment}", tag = "incidents", security(("user" = [])),
    params(("customer" = TenantId, Path), ("number" = TicketNumber, Path), ("attachment" = AttachmentId, Path), LockedTo),
    responses(
        (status = 204, description = "It is gone"),
        (status = 404, description = NOT_FOUND),
        (status = 409, description = "It has arrived already"),
    ),
)]
pub(crate) async fn give_up_attachment(
    State(state): State<AppState>,
    request: WriteRequest,
    Ids((customer, number, id)): Ids<(TenantId, TicketNumber, AttachmentId)>,
) -> Result<StatusCode> {
    request.about(customer)?;
    let place = Place { customer, number, id };
    let mut write = request.open(attempt(place)).await?;
    let (tx, caller, _) = write.parts();
    let outcome = attachments::give_up(tx, caller, place).await;
    write.finish(outcome).await?;
    // What stays of it is swept away later.
    if let Err(error) = delete_content(state.objects(), state.staging(), id).await {
        tracing::warn!(%error, "what had arrived of a file that was given up could not be deleted yet");
    }
    Ok(StatusCode::NO_CONTENT)
}
