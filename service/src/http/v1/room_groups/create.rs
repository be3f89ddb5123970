//! `POST /v1/customers/{customer}/groups`.

use axum::Json;
use http::StatusCode;
use tenantry_model::api::requests::Done;
use tenantry_model::api::room_groups::CreateRoomGroup;
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::{RoomGroupId, TenantId};

use super::BEYOND_REACH;
use crate::domain::actor::Actor;
use crate::domain::room_groups::write;
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};
use crate::http::extract::{Body, Ids};
use crate::http::headers::{LockedTo, SentAgain};
use crate::random::uuid_v7;

/// A group of rooms. Needs `groups.create` over everything there, and `rooms.view` on the rooms.
#[utoipa::path(
    post, path = "/customers/{customer}/groups", tag = "rooms", security(("user" = [])),
    params(("customer" = TenantId, Path), LockedTo, SentAgain), request_body = CreateRoomGroup,
    responses(
        (status = 201, body = Done),
        (status = 400, description = "No name, or a room that there is not for the caller"),
        (status = 404, description = "The customer does not exist, or the caller may not create groups there"),
        (status = 409, description = format!("The name is taken. {BEYOND_REACH}")),
    ),
)]
pub(crate) async fn create_room_group(
    request: WriteRequest,
    Ids(customer): Ids<TenantId>,
    Body(new): Body<CreateRoomGroup>,
) -> Result<(StatusCode, Json<Done>)> {
    request.about(customer)?;
    let mut write = request.open(Attempt::at(customer, AuditCategory::RoomGroup, AuditOperation::Create, &new.name)).await?;
    if let Some(before) = write.answered(&new).await? {
        return Ok((StatusCode::CREATED, Json(before)));
    }
    let (tx, caller, random) = write.parts();
    let id = RoomGroupId::from_uuid(uuid_v7(tx.now(), random));
    let outcome = write::create(tx, Actor::Caller(caller), id, customer, &new.name, &new.rooms).await;
    let outcome = outcome.map(|()| Done { id: Some(id.uuid()), version: Some(1) });
    write.finish(outcome).await.map(|done| (StatusCode::CREATED, Json(done)))
}
