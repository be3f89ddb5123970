//! `GET /v1/customers/{customer}/primary-admins`.

use axum::Json;
use tenantry_model::api::people::MemberList;
use tenantry_model::id::TenantId;

use super::NOT_FOUND;
use crate::domain::primary_admins;
use crate::error::Result;
use crate::http::auth::ReadRequest;
use crate::http::extract::Ids;

/// The members of Assigned Admins. For Global and Managed Service Administrators, tenant managers, and that customer's Primary admins (A7).
#[utoipa::path(
    get, path = "/customers/{customer}/primary-admins", tag = "customers", security(("user" = [])), params(("customer" = TenantId, Path)),
    responses((status = 200, body = MemberList), (status = 404, description = NOT_FOUND)),
)]
pub(crate) async fn primary_admins(mut request: ReadRequest, Ids(customer): Ids<TenantId>) -> Result<Json<MemberList>> {
    Ok(Json(primary_admins::list(request.tx.conn(), &request.caller, customer).await?))
}
