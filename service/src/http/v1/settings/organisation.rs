//! `GET /v1/me/organisation`.

use axum::Json;
use tenantry_model::api::settings::Organisation;

use crate::domain::settings::general;
use crate::error::Result;
use crate::http::auth::ReadRequest;

/// The caller's own organisation, with its verified domains: a customer needs one of them to invite a partner (R18).
#[utoipa::path(get, path = "/me/organisation", tag = "users", security(("user" = [])), responses((status = 200, body = Organisation)))]
pub(crate) async fn organisation(mut request: ReadRequest) -> Result<Json<Organisation>> {
    Ok(Json(general::organisation(request.tx.conn(), &request.caller).await?))
}
