//! `POST /v1/customers/{customer}/primary-admins`.

use axum::response::IntoResponse;
use tenantry_model::api::people::AddMembers;
use tenantry_model::api::requests::Outcome;
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::TenantId;

use super::{NAME, NOT_FOUND};
use crate::domain::primary_admins;
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};
use crate::http::extract::{Body, Ids, outcome_of};
use crate::http::headers::{LockedTo, SentAgain};

/// Adds users and security groups. Who is one already stays one; adding oneself is allowed (A7).
#[utoipa::path(
    post, path = "/customers/{customer}/primary-admins", tag = "customers", security(("user" = [])),
    params(("customer" = TenantId, Path), LockedTo, SentAgain), request_body = AddMembers,
    responses(
        (status = 200, body = Outcome),
        (status = 202, body = Outcome, description = "It waits for the customer's approval (R24)"),
        (status = 404, description = NOT_FOUND),
    ),
)]
pub(crate) async fn add_primary_admins(
    request: WriteRequest,
    Ids(customer): Ids<TenantId>,
    Body(new): Body<AddMembers>,
) -> Result<impl IntoResponse> {
    request.about(customer)?;
    let mut write = request.open(Attempt::at(customer, AuditCategory::Assignment, AuditOperation::Update, NAME)).await?;
    if let Some(before) = write.answered(&new).await? {
        return Ok(outcome_of(before, false));
    }
    let (tx, caller, random) = write.parts();
    let outcome = primary_admins::add(tx, caller, customer, &new, random).await;
    write.finish(outcome).await.map(|outcome| outcome_of(outcome, false))
}
