//! `GET /v1/tenant-managers`.

use axum::Json;
use tenantry_model::api::people::MemberList;

use super::NOT_FOUND;
use crate::domain::tenant_managers;
use crate::error::Result;
use crate::http::auth::ReadRequest;

/// Who sees and answers invitations beside the administrators. For Global and Managed Service Administrators of a partner (R12).
#[utoipa::path(
    get, path = "/tenant-managers", tag = "tenant managers", security(("user" = [])),
    responses((status = 200, body = MemberList), (status = 404, description = NOT_FOUND)),
)]
pub(crate) async fn tenant_managers(mut request: ReadRequest) -> Result<Json<MemberList>> {
    Ok(Json(tenant_managers::list(request.tx.conn(), &request.caller).await?))
}
