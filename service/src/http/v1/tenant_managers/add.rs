//! `POST /v1/tenant-managers`.

use axum::Json;
use tenantry_model::api::people::{AddMembers, MemberList};
use tenantry_model::audit::{AuditCategory, AuditOperation};

use super::{NAME, NOT_FOUND};
use crate::domain::tenant_managers;
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};
use crate::http::extract::Body;

/// Adds users and security groups (R13). Who is one already stays one. Answers who they are now.
#[utoipa::path(
    post, path = "/tenant-managers", tag = "tenant managers", security(("user" = [])), request_body = AddMembers,
    responses((status = 200, body = MemberList), (status = 404, description = NOT_FOUND)),
)]
pub(crate) async fn add_tenant_managers(request: WriteRequest, Body(new): Body<AddMembers>) -> Result<Json<MemberList>> {
    let attempt = Attempt::own(AuditCategory::User, AuditOperation::Create, NAME);
    let mut write = request.open(attempt).await?;
    let (tx, caller, _) = write.parts();
    let outcome = tenant_managers::add(tx, caller, &new.principals).await;
    write.finish(outcome).await.map(Json)
}
