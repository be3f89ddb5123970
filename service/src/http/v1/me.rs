//! `GET /v1/me`.

use axum::Json;
use tenantry_model::api::Me;

use crate::domain::customers;
use crate::error::Result;
use crate::http::auth::ReadRequest;

/// Who the caller is, and what they may do where.
#[utoipa::path(get, path = "/me", tag = "users", security(("user" = [])), responses((status = 200, body = Me)))]
pub(crate) async fn me(mut request: ReadRequest) -> Result<Json<Me>> {
    Ok(Json(customers::me(request.tx.conn(), &request.caller).await?))
}
