//! What changing and deleting roles and assignments have in common: the version that was read, the customer that it is about, one transaction.

use axum::Json;
use http::StatusCode;
use tenantry_model::api::requests::Outcome;
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::TenantId;

use crate::domain::requests;
use crate::domain::roles::RoleOperation;
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};
use crate::http::extract::outcome_of;

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
