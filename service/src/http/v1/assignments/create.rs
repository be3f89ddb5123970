//! `POST /v1/customers/{customer}/roles/{role}/assignments`.

use axum::response::IntoResponse;
use tenantry_model::api::requests::Outcome;
use tenantry_model::api::roles::CreateAssignment;
use tenantry_model::audit::AuditCategory;
use tenantry_model::id::{RoleId, TenantId};

use crate::domain::roles::RoleOperation;
use crate::error::Result;
use crate::http::auth::WriteRequest;
use crate::http::extract::{Body, Ids};
use crate::http::headers::{LockedTo, SentAgain};
use crate::http::v1::roles::operation;

/// Another assignment of a role (R50). Needs `roles.modify` wherever it is to hold (R42).
#[utoipa::path(
    post, path = "/customers/{customer}/roles/{role}/assignments", tag = "roles", security(("user" = [])),
    params(("customer" = TenantId, Path), ("role" = RoleId, Path), LockedTo, SentAgain), request_body = CreateAssignment,
    responses(
        (status = 201, body = Outcome),
        (status = 202, body = Outcome, description = "It waits for the customer's approval (R24)"),
        (status = 404, description = "The role does not exist, or the caller may not assign it"),
        (status = 409, description = "The role takes no other assignment, or the scope reaches too far"),
    ),
)]
pub(crate) async fn create_assignment(
    request: WriteRequest,
    Ids((customer, role)): Ids<(TenantId, RoleId)>,
    Body(new): Body<CreateAssignment>,
) -> Result<impl IntoResponse> {
    operation::create(request, customer, (AuditCategory::Assignment, new.name.clone()), new, |new| RoleOperation::CreateAssignment {
        role,
        new,
    })
    .await
}
