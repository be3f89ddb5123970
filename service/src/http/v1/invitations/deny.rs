//! `POST /v1/invitations/{invitation}/deny`.

use http::StatusCode;
use tenantry_model::audit::AuditOperation;
use tenantry_model::id::InvitationId;

use super::{NOT_FOUND, open};
use crate::domain::invitations::answer;
use crate::error::Result;
use crate::http::auth::WriteRequest;
use crate::http::extract::Ids;

/// Denies it. That deletes it and cannot be undone; only a new invitation by the customer helps (R33, R34).
#[utoipa::path(
    post, path = "/invitations/{invitation}/deny", tag = "invitations", security(("user" = [])), params(("invitation" = InvitationId, Path)),
    responses(
        (status = 204, description = "It is gone"),
        (status = 404, description = NOT_FOUND),
        (status = 409, description = "It has expired (A2)"),
    ),
)]
pub(crate) async fn deny(request: WriteRequest, Ids(id): Ids<InvitationId>) -> Result<StatusCode> {
    let mut write = open(request, id, AuditOperation::Delete).await?;
    let (tx, caller, _) = write.parts();
    let outcome = answer::deny(tx, caller, id).await;
    write.finish(outcome).await.map(|()| StatusCode::NO_CONTENT)
}
