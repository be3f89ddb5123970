//! `POST /v1/customers/{customer}/roles`.

use axum::response::IntoResponse;
use tenantry_model::api::requests::Outcome;
use tenantry_model::api::roles::CreateRole;
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::TenantId;

use crate::domain::requests;
use crate::domain::roles::RoleOperation;
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};
use crate::http::extract::{Body, Ids, outcome_of};

/// A custom role with its first assignment (R46, R53). Needs `roles.modify`; on the customer's own side an administrator (R54). A partner's role
/// holds at most what the ceiling allows (A9).
#[utoipa::path(
    post, path = "/customers/{customer}/roles", tag = "roles", security(("user" = [])), params(("customer" = TenantId, Path)),
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
    request.about(customer)?;
    let mut write = request.open(Attempt::at(customer, AuditCategory::Role, AuditOperation::Create, &new.name)).await?;
    if let Some(before) = write.answered(&new).await? {
        return Ok(outcome_of(before, true));
    }
    let (tx, caller, random) = write.parts();
    let outcome = requests::change(tx, caller, customer, RoleOperation::CreateRole(new), random).await;
    write.finish(outcome).await.map(|outcome| outcome_of(outcome, true))
}
