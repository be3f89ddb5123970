//! `POST /v1/invitations/{invitation}/accept`.

use axum::Json;
use tenantry_model::api::invitations::{AcceptInvitation, Accepted};
use tenantry_model::audit::AuditOperation;
use tenantry_model::id::InvitationId;

use super::{NOT_FOUND, open};
use crate::domain::invitations::answer;
use crate::error::Result;
use crate::http::auth::WriteRequest;
use crate::http::extract::{Body, Ids};
use crate::http::headers::SentAgain;

/// Accepts it: names the first Primary admins, and so establishes the relationship (R30). The first to accept does; the second finds nothing
/// left (R31).
#[utoipa::path(
    post, path = "/invitations/{invitation}/accept", tag = "invitations", security(("user" = [])),
    params(("invitation" = InvitationId, Path), SentAgain), request_body = AcceptInvitation,
    responses(
        (status = 200, body = Accepted),
        (status = 404, description = NOT_FOUND),
        (status = 409, description = "It has expired (A2), or nobody is among the Primary admins (R36, A5)"),
    ),
)]
pub(crate) async fn accept(
    request: WriteRequest,
    Ids(id): Ids<InvitationId>,
    Body(answer): Body<AcceptInvitation>,
) -> Result<Json<Accepted>> {
    let mut write = open(request, id, AuditOperation::Update).await?;
    if let Some(before) = write.answered(&answer).await? {
        return Ok(Json(before));
    }
    let (tx, caller, random) = write.parts();
    let outcome = answer::accept(tx, caller, id, &answer, random).await;
    write.finish(outcome).await.map(Json)
}
