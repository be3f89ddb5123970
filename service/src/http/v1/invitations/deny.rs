//! `POST /v1/invitations/{invitation}/deny`.

use http::StatusCode;
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::InvitationId;

use super::NOT_FOUND;
use crate::domain::invitations::answer;
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};
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
    let mut write = request.open(Attempt::own(AuditCategory::PartnerInvitation, AuditOperation::Delete, id)).await?;
    let (tx, caller, _) = write.parts();
    if let Some((customer, partner)) = answer::attempted_on(tx.conn(), caller, id).await? {
        write.concerns(customer, partner);
    }
    let (tx, caller, _) = write.parts();
    let outcome = answer::deny(tx, caller, id).await;
    write.finish(outcome).await.map(|()| StatusCode::NO_CONTENT)
}
