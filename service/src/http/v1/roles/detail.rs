//! `GET /v1/customers/{customer}/roles/{role}`.

use axum::Json;
use axum::response::IntoResponse;
use tenantry_model::api::roles::RoleDetail;
use tenantry_model::id::{RoleId, TenantId};

use crate::domain::roles::read;
use crate::error::Result;
use crate::http::auth::ReadRequest;
use crate::http::extract::{Ids, version_tag};

/// One role with its assignments. Needs `roles.view`; rooms are named only where the caller holds it on them.
#[utoipa::path(
    get, path = "/customers/{customer}/roles/{role}", tag = "roles", security(("user" = [])),
    params(("customer" = TenantId, Path), ("role" = RoleId, Path)),
    responses(
        (status = 200, body = RoleDetail, headers(("ETag" = String, description = "The role's version; each assignment has its own"))),
        (status = 404, description = "It does not exist, or not for the caller"),
    ),
)]
pub(crate) async fn role(mut request: ReadRequest, Ids((customer, role)): Ids<(TenantId, RoleId)>) -> Result<impl IntoResponse> {
    let detail = read::role(request.tx.conn(), &request.caller, customer, role).await?;
    Ok((version_tag(detail.version), Json(detail)))
}
