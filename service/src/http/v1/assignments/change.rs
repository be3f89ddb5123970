//! `PATCH /v1/customers/{customer}/roles/{role}/assignments/{assignment}`.

use axum::response::IntoResponse;
use tenantry_model::api::requests::Outcome;
use tenantry_model::api::roles::ChangeAssignment;
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::{AssignmentId, RoleId, TenantId};

use crate::domain::roles::RoleOperation;
use crate::error::Result;
use crate::http::auth::WriteRequest;
use crate::http::extract::{Body, Ids};
use crate::http::headers::{LockedTo, VersionTag};
use crate::http::v1::roles::operation;

/// Other words, members or scope of an assignment; what is left out stays. Of Assigned Admins only the members can be changed (R48).
#[utoipa::path(
    patch, path = "/customers/{customer}/roles/{role}/assignments/{assignment}", tag = "roles", security(("user" = [])),
    params(
        ("customer" = TenantId, Path), ("role" = RoleId, Path), ("assignment" = AssignmentId, Path),
        ("If-Match" = VersionTag, Header, description = "The assignment's version, in quotes"),
        LockedTo,
    ),
    request_body = ChangeAssignment,
    responses(
        (status = 200, body = Outcome),
        (status = 202, body = Outcome, description = "It waits for the customer's approval (R24)"),
        (status = 404, description = "It does not exist, or the caller may not change it"),
        (status = 409, description = "It is preset, the scope reaches too far, or no user would be left (R36)"),
        (status = 412, description = "It has changed since it was read"),
        (status = 428, description = "No If-Match"),
    ),
)]
pub(crate) async fn change_assignment(
    request: WriteRequest,
    Ids((customer, role, assignment)): Ids<(TenantId, RoleId, AssignmentId)>,
    Body(new): Body<ChangeAssignment>,
) -> Result<impl IntoResponse> {
    let logged = (AuditCategory::Assignment, AuditOperation::Update, assignment);
    operation::change(request, customer, logged, |version| RoleOperation::ChangeAssignment { role, assignment, version, change: new }).await
}
