//! `DELETE /v1/customers/{customer}/roles/{role}/assignments/{assignment}`.

use axum::response::IntoResponse;
use tenantry_model::api::requests::Outcome;
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::{AssignmentId, RoleId, TenantId};

use crate::domain::roles::RoleOperation;
use crate::error::Result;
use crate::http::auth::WriteRequest;
use crate::http::extract::Ids;
use crate::http::headers::{LockedTo, VersionTag};
use crate::http::v1::roles::operation;

/// Away with an assignment. Assigned Admins is preset and stays.
#[utoipa::path(
    delete, path = "/customers/{customer}/roles/{role}/assignments/{assignment}", tag = "roles", security(("user" = [])),
    params(
        ("customer" = TenantId, Path), ("role" = RoleId, Path), ("assignment" = AssignmentId, Path),
        ("If-Match" = VersionTag, Header, description = "The assignment's version, in quotes"),
        LockedTo,
    ),
    responses(
        (status = 200, body = Outcome),
        (status = 202, body = Outcome, description = "It waits for the customer's approval (R24)"),
        (status = 404, description = "It does not exist, or the caller may not delete it"),
        (status = 409, description = "It is preset, or reaches where the caller manages no roles"),
        (status = 412, description = "It has changed since it was read"),
        (status = 428, description = "No If-Match"),
    ),
)]
pub(crate) async fn delete_assignment(
    request: WriteRequest,
    Ids((customer, role, assignment)): Ids<(TenantId, RoleId, AssignmentId)>,
) -> Result<impl IntoResponse> {
    let logged = (AuditCategory::Assignment, AuditOperation::Delete, assignment);
    operation::change(request, customer, logged, |version| RoleOperation::DeleteAssignment { role, assignment, version }).await
}
