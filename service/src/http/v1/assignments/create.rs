//! `POST /v1/customers/{customer}/roles/{role}/assignments`.

use axum::response::IntoResponse;
use tenantry_model::api::requests::Outcome;
use tenantry_model::api::roles::CreateAssignment;
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::{RoleId, TenantId};

use crate::domain::requests;
use crate::domain::roles::RoleOperation;
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};
use crate::http::extract::{Body, Ids, outcome_of};

/// Another assignment of a role (R50). Needs `roles.modify` wherever it is to hold (R42).
#[utoipa::path(
    post, path = "/customers/{customer}/roles/{role}/assignments", tag = "roles", security(("user" = [])),
    params(("customer" = TenantId, Path), ("role" = RoleId, Path)), request_body = CreateAssignment,
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
    request.about(customer)?;
    let mut write = request.open(Attempt::at(customer, AuditCategory::Assignment, AuditOperation::Create, &new.name)).await?;
    if let Some(before) = write.answered(&new).await? {
        return Ok(outcome_of(before, true));
    }
    let (tx, caller, random) = write.parts();
    let outcome = requests::change(tx, caller, customer, RoleOperation::CreateAssignment { role, new }, random).await;
    write.finish(outcome).await.map(|outcome| outcome_of(outcome, true))
}
