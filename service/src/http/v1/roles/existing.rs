//! What changing and deleting roles and assignments have in common: the version that was read, the customer that it is about, one transaction.

use axum::Json;
use http::StatusCode;
use tenantry_model::api::requests::Outcome;
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::TenantId;

use crate::domain::roles::{RoleOperation, changing};
use crate::error::Result;
use crate::http::auth::{Asking, Attempt};
use crate::http::extract::outcome_of;

/// Does to what is there already, called `object` in the log, what `operation` makes of its version.
pub(crate) async fn change(
    asking: Asking,
    customer: TenantId,
    (category, logged, object): (AuditCategory, AuditOperation, impl ToString),
    operation: impl FnOnce(u64) -> RoleOperation,
) -> Result<(StatusCode, Json<Outcome>)> {
    let version = asking.version()?;
    asking.about(customer)?;
    let mut change = asking.open(Attempt::at(customer, category, logged, object)).await?;
    let (tx, caller, random) = change.parts();
    let outcome = changing::change(tx, caller, customer, operation(version), random).await;
    change.finish(outcome).await.map(|outcome| outcome_of(outcome, false))
}
