//! `PATCH /v1/customers/{customer}/groups/{group}`.

use axum::Json;
use tenantry_model::api::requests::Done;
use tenantry_model::api::room_groups::ChangeRoomGroup;
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::{RoomGroupId, TenantId};

use super::{BEYOND_REACH, NOT_FOUND};
use crate::domain::room_groups::write;
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};
use crate::http::extract::{Body, Ids};
use crate::http::headers::{LockedTo, SentAgain, VersionTag};

/// Another name, rooms that come and rooms that go; what is left out stays. Needs to see the group, `groups.modify` over everything there, and
/// `rooms.view` on the rooms.
#[utoipa::path(
    patch, path = "/customers/{customer}/groups/{group}", tag = "rooms", security(("user" = [])),
    params(
        ("customer" = TenantId, Path), ("group" = RoomGroupId, Path),
        ("If-Match" = VersionTag, Header, description = "The group's ETag"), LockedTo, SentAgain,
    ),
    request_body = ChangeRoomGroup,
    responses(
        (status = 200, body = Done),
        (status = 400, description = "No name, or a room that there is not for the caller"),
        (status = 404, description = NOT_FOUND),
        (status = 409, description = format!("The name is taken, or assignments reach as far and the customer approves such changes (A18). {BEYOND_REACH}")),
        (status = 412, description = "It has changed since it was read"),
        (status = 428, description = "No If-Match"),
    ),
)]
pub(crate) async fn change_room_group(
    request: WriteRequest,
    Ids((customer, group)): Ids<(TenantId, RoomGroupId)>,
    Body(change): Body<ChangeRoomGroup>,
) -> Result<Json<Done>> {
    let version = request.version()?;
    request.about(customer)?;
    let mut write = request.open(Attempt::at(customer, AuditCategory::RoomGroup, AuditOperation::Update, group)).await?;
    if let Some(before) = write.answered(&change).await? {
        return Ok(Json(before));
    }
    let (tx, caller, _) = write.parts();
    let outcome = write::change(tx, caller, (customer, group), version, &change).await;
    write.finish(outcome.map(|version| Done { id: None, version: Some(version) })).await.map(Json)
}
