//! `GET /v1/partners`.

use axum::Json;
use tenantry_model::api::partners::PartnerRow;

use super::NOT_FOUND;
use crate::domain::partners;
use crate::error::Result;
use crate::http::auth::ReadRequest;

/// The partners that work for the caller's organisation and those that are invited, by name.
#[utoipa::path(
    get, path = "/partners", tag = "partners", security(("user" = [])),
    responses((status = 200, body = Vec<PartnerRow>), (status = 404, description = NOT_FOUND)),
)]
pub(crate) async fn partners(mut request: ReadRequest) -> Result<Json<Vec<PartnerRow>>> {
    Ok(Json(partners::list(request.tx.conn(), &request.caller, request.now).await?))
}
