//! `GET /v1/customers/{customer}/roles`.

use axum::Json;
use tenantry_model::api::roles::RoleList;
use tenantry_model::id::TenantId;

use crate::domain::roles::read;
use crate::error::Result;
use crate::http::auth::ReadRequest;
use crate::http::extract::Ids;

/// The roles there, built-in ones first, and what waits for approval. Needs `roles.view`.
#[utoipa::path(
    get, path = "/customers/{customer}/roles", tag = "roles", security(("user" = [])), params(("customer" = TenantId, Path)),
    responses((status = 200, body = RoleList), (status = 404, description = "It does not exist, or not for the caller")),
)]
pub(crate) async fn roles(mut request: ReadRequest, Ids(customer): Ids<TenantId>) -> Result<Json<RoleList>> {
    Ok(Json(read::list(request.tx.conn(), &request.caller, customer).await?))
}
