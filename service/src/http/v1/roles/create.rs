//! `POST /v1/customers/{customer}/roles`.

use axum::response::IntoResponse;
use tenantry_model::api::requests::Outcome;
use tenantry_model::api::roles::CreateRole;
use tenantry_model::audit::AuditCategory;
use tenantry_model::id::TenantId;

use crate::domain::roles::RoleOperation;
use crate::error::Result;
use crate::http::auth::WriteRequest;
use crate::http::extract::{Body, Ids};
use crate::http::headers::{LockedTo, SentAgain};
use crate::http::v1::roles::operation;

/// A custom role with its first assignment (R46, R53). Needs `roles.modify`; on the customer's own side an administrator (R54). A partner's role
/// holds at most what the ceiling allows (A9).
#[utoipa::path(
    post, path = "/customers/{customer}/roles", tag = "roles", security(("user" = [])), params(("customer" = TenantId, Path), LockedTo, SentAgain),
    request_body = CreateRole,
    responses(
        (status = 201, body = Outcome),
        (status = 202, body = Outcome, description = "It waits for the customer's approval (R24)"),
        (status = 404, description = "The customer does not exist, or the caller may not change its roles"),
        (status = 409, description = "The name is taken, or the role or its scope reaches too far"),
    ),
)]
pub(crate) async fn create_role(
    request: WriteRequest,
    Ids(customer): Ids<TenantId>,
    Body(new): Body<CreateRole>,
) -> Result<impl IntoResponse> {
    operation::create(request, customer, (AuditCategory::Role, new.name.clone()), new, RoleOperation::CreateRole).await
}
