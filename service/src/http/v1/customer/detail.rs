//! `GET /v1/customers/{customer}`.

use axum::Json;
use axum::response::IntoResponse;
use tenantry_model::api::customers::CustomerDetail;
use tenantry_model::id::TenantId;

use crate::domain::relationships::detail;
use crate::error::Result;
use crate::http::auth::ReadRequest;
use crate::http::extract::{Ids, version_tag};

/// What the relationship with a customer says, and what the caller may do about it. For those who hold a role there, and for those who answer
/// invitations (R28).
#[utoipa::path(
    get, path = "/customers/{customer}", tag = "customers", security(("user" = [])), params(("customer" = TenantId, Path)),
    responses(
        (status = 200, body = CustomerDetail, headers(("ETag" = String, description = "The relationship's version"))),
        (status = 404, description = "It does not exist, or not for the caller"),
    ),
)]
pub(crate) async fn customer(mut request: ReadRequest, Ids(customer): Ids<TenantId>) -> Result<impl IntoResponse> {
    let detail = detail::detail(request.tx.conn(), &request.caller, customer).await?;
    Ok((version_tag(detail.version), Json(detail)))
}
