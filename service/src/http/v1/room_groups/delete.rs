//! `DELETE /v1/customers/{customer}/groups/{group}`.

use http::StatusCode;
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::{RoomGroupId, TenantId};

use super::{BEYOND_REACH, NOT_FOUND};
use crate::domain::room_groups::write;
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};
use crate::http::extract::Ids;
use crate::http::headers::{LockedTo, VersionTag};

/// Away with a group; its rooms stay. Refused, with what depends on it, while an assignment names it. Needs to see it, and `groups.modify` over
/// everything there.
#[utoipa::path(
    delete, path = "/customers/{customer}/groups/{group}", tag = "rooms", security(("user" = [])),
    params(
        ("customer" = TenantId, Path), ("group" = RoomGroupId, Path),
        ("If-Match" = VersionTag, Header, description = "The group's ETag"), LockedTo,
    ),
    responses(
        (status = 204, description = "It is gone"),
        (status = 404, description = NOT_FOUND),
        (status = 409, description = format!("Assignments reach as far as it. {BEYOND_REACH}")),
        (status = 412, description = "It has changed since it was read"),
        (status = 428, description = "No If-Match"),
    ),
)]
pub(crate) async fn delete_room_group(request: WriteRequest, Ids((customer, group)): Ids<(TenantId, RoomGroupId)>) -> Result<StatusCode> {
    let version = request.version()?;
    request.about(customer)?;
    let mut write = request.open(Attempt::at(customer, AuditCategory::RoomGroup, AuditOperation::Delete, group)).await?;
    let (tx, caller, _) = write.parts();
    let outcome = write::remove(tx, caller, (customer, group), version).await;
    write.finish(outcome).await.map(|()| StatusCode::NO_CONTENT)
}
