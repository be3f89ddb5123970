//! `DELETE /v1/customers/{customer}/primary-admins/{principal}`.

use axum::response::IntoResponse;
use tenantry_model::api::requests::Outcome;
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::{PrincipalId, TenantId};

use super::{NAME, NOT_FOUND};
use crate::domain::primary_admins;
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};
use crate::http::extract::{Ids, outcome_of};
use crate::http::headers::LockedTo;

/// Removes one. Refused where no user would be left (R36).
#[utoipa::path(
    delete, path = "/customers/{customer}/primary-admins/{principal}", tag = "customers", security(("user" = [])),
    params(("customer" = TenantId, Path), ("principal" = PrincipalId, Path), LockedTo),
    responses(
        (status = 200, body = Outcome),
        (status = 202, body = Outcome, description = "It waits for the customer's approval (R24)"),
        (status = 404, description = NOT_FOUND),
        (status = 409, description = "No user would be left (R36, A5)"),
    ),
)]
pub(crate) async fn remove_primary_admin(
    request: WriteRequest,
    Ids((customer, principal)): Ids<(TenantId, PrincipalId)>,
) -> Result<impl IntoResponse> {
    request.about(customer)?;
    let mut write = request.open(Attempt::at(customer, AuditCategory::Assignment, AuditOperation::Update, NAME)).await?;
    let (tx, caller, random) = write.parts();
    let outcome = primary_admins::remove(tx, caller, customer, principal, random).await;
    write.finish(outcome).await.map(|outcome| outcome_of(outcome, false))
}
