//! `GET /v1/change-requests`.

use axum::Json;
use tenantry_model::api::requests::RequestRow;

use super::NOT_FOUND;
use crate::domain::requests;
use crate::error::Result;
use crate::http::auth::ReadRequest;

/// Those that wait, oldest first, then the last hundred that were decided.
#[utoipa::path(
    get, path = "/change-requests", tag = "change requests", security(("user" = [])),
    responses((status = 200, body = Vec<RequestRow>), (status = 404, description = NOT_FOUND)),
)]
pub(crate) async fn change_requests(mut request: ReadRequest) -> Result<Json<Vec<RequestRow>>> {
    Ok(Json(requests::list(request.tx.conn(), &request.caller).await?))
}
