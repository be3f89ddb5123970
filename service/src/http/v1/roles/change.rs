//! `PATCH /v1/customers/{customer}/roles/{role}`.

use axum::response::IntoResponse;
use tenantry_model::api::requests::Outcome;
use tenantry_model::api::roles::ChangeRole;
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::{RoleId, TenantId};

use crate::domain::roles::RoleOperation;
use crate::error::Result;
use crate::http::auth::WriteRequest;
use crate::http::extract::{Body, Ids};
use crate::http::headers::{LockedTo, VersionTag};
use crate::http::v1::roles::operation;

/// Other words or permissions of a custom role; what is left out stays. Built-in ones refuse it (R49).
#[utoipa::path(
    patch, path = "/customers/{customer}/roles/{role}", tag = "roles", security(("user" = [])),
    params(("customer" = TenantId, Path), ("role" = RoleId, Path), ("If-Match" = VersionTag, Header, description = "The role's ETag"), LockedTo),
    request_body = ChangeRole,
    responses(
        (status = 200, body = Outcome),
        (status = 202, body = Outcome, description = "It waits for the customer's approval (R24)"),
        (status = 404, description = "It does not exist, or the caller may not change it"),
        (status = 409, description = "It is built in, the name is taken, or it reaches too far"),
        (status = 412, description = "It has changed since it was read"),
        (status = 428, description = "No If-Match"),
    ),
)]
pub(crate) async fn change_role(
    request: WriteRequest,
    Ids((customer, role)): Ids<(TenantId, RoleId)>,
    Body(new): Body<ChangeRole>,
) -> Result<impl IntoResponse> {
    let logged = (AuditCategory::Role, AuditOperation::Update, role);
    operation::change(request, customer, logged, |version| RoleOperation::ChangeRole { role, version, change: new }).await
}
