//! `GET /v1/invitations/{invitation}`.

use axum::Json;
use tenantry_model::api::invitations::InvitationDetail;
use tenantry_model::id::InvitationId;

use super::NOT_FOUND;
use crate::domain::invitations::answer;
use crate::error::Result;
use crate::http::auth::ReadRequest;
use crate::http::extract::Ids;

/// An invitation that waits. For Global and Managed Service Administrators and tenant managers of the addressed partner (R27, R28).
#[utoipa::path(
    get, path = "/invitations/{invitation}", tag = "invitations", security(("user" = [])), params(("invitation" = InvitationId, Path)),
    responses((status = 200, body = InvitationDetail), (status = 404, description = NOT_FOUND)),
)]
pub(crate) async fn invitation(mut request: ReadRequest, Ids(id): Ids<InvitationId>) -> Result<Json<InvitationDetail>> {
    Ok(Json(answer::detail(request.tx.conn(), &request.caller, id, request.now).await?))
}
