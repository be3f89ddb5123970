//! `DELETE /v1/customers/{customer}`.

use http::StatusCode;
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::TenantId;

use crate::domain::actor::Actor;
use crate::domain::relationships::write::{Side, end};
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};
use crate::http::extract::Ids;
use crate::http::headers::{LockedTo, VersionTag};

/// Ends the relationship: all roles of the partner there go, and nobody of the partner sees anything of the customer any more (R60, R62). Only a
/// Primary admin of the customer can (R59).
#[utoipa::path(
    delete, path = "/customers/{customer}", tag = "customers", security(("user" = [])),
    params(("customer" = TenantId, Path), ("If-Match" = VersionTag, Header, description = "The ETag of the customer"), LockedTo),
    responses(
        (status = 204, description = "It has ended"),
        (status = 404, description = "It does not exist, or not for the caller"),
        (status = 412, description = "The relationship has changed since it was read"),
        (status = 428, description = "No If-Match"),
    ),
)]
pub(crate) async fn remove_customer(request: WriteRequest, Ids(customer): Ids<TenantId>) -> Result<StatusCode> {
    let version = request.version()?;
    request.about(customer)?;
    let attempt = Attempt::at(customer, AuditCategory::PartnerInvitation, AuditOperation::Delete, customer);
    let mut write = request.open(attempt).await?;
    let (tx, caller, _) = write.parts();
    let outcome = end(tx, Actor::Caller(caller), (caller.tenant.id, customer), Side::Partner, Some(version)).await;
    write.finish(outcome).await.map(|()| StatusCode::NO_CONTENT)
}
