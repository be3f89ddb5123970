//! `DELETE /v1/partners/{partner}/roles/{role}`.

use http::StatusCode;
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::{RoleId, TenantId};

use super::NOT_FOUND;
use crate::domain::partners;
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};
use crate::http::extract::Ids;
use crate::http::headers::VersionTag;

/// Away with a partner's custom role and its assignments (R45, A27).
#[utoipa::path(
    delete, path = "/partners/{partner}/roles/{role}", tag = "partners", security(("user" = [])),
    params(("partner" = TenantId, Path), ("role" = RoleId, Path), ("If-Match" = VersionTag, Header, description = "The role's version, in quotes")),
    responses(
        (status = 204, description = "It is gone"),
        (status = 404, description = NOT_FOUND),
        (status = 409, description = "It is built in: remove the partner instead (A27)"),
        (status = 412, description = "It has changed since it was read"),
        (status = 428, description = "No If-Match"),
    ),
)]
pub(crate) async fn delete_partner_role(request: WriteRequest, Ids((partner, role)): Ids<(TenantId, RoleId)>) -> Result<StatusCode> {
    let version = request.version()?;
    let mut write = request.open(Attempt::own(AuditCategory::Role, AuditOperation::Delete, role)).await?;
    let (tx, caller, random) = write.parts();
    let outcome = partners::delete_role(tx, caller, partner, role, version, random).await;
    write.finish(outcome).await.map(|()| StatusCode::NO_CONTENT)
}
