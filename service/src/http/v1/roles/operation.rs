//! What the changes of roles and assignments have in common: the customer that they are about, one transaction, and for what is there already the
//! version that was read.

use axum::Json;
use http::StatusCode;
use serde::Serialize;
use tenantry_model::api::requests::Outcome;
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::TenantId;

use crate::domain::requests;
use crate::domain::roles::RoleOperation;
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};
use crate::http::extract::outcome_of;

/// Makes something new, called `name` in the log; sent again, the answer is that of the first time.
pub(crate) async fn create<N: Serialize>(
    request: WriteRequest,
    customer: TenantId,
    (category, name): (AuditCategory, String),
    new: N,
    operation: impl FnOnce(N) -> RoleOperation,
) -> Result<(StatusCode, Json<Outcome>)> {
    request.about(customer)?;
    let mut write = request.open(Attempt::at(customer, category, AuditOperation::Create, name)).await?;
    if let Some(before) = write.answered(&new).await? {
        return Ok(outcome_of(before, true));
    }
    let (tx, caller, random) = write.parts();
    let outcome = requests::change(tx, caller, customer, operation(new), random).await;
    write.finish(outcome).await.map(|outcome| outcome_of(outcome, true))
}

/// Does to what is there already, called `object` in the log, what `operation` makes of its version.
pub(crate) async fn change(
    request: WriteRequest,
    customer: TenantId,
    (category, logged, object): (AuditCategory, AuditOperation, impl ToString),
    operation: impl FnOnce(u64) -> RoleOperation,
) -> Result<(StatusCode, Json<Outcome>)> {
    let version = request.version()?;
    request.about(customer)?;
    let mut write = request.open(Attempt::at(customer, category, logged, object)).await?;
    let (tx, caller, random) = write.parts();
    let outcome = requests::change(tx, caller, customer, operation(version), random).await;
    write.finish(outcome).await.map(|outcome| outcome_of(outcome, false))
}
