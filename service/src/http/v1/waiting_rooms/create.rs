//! `POST /v1/customers/{customer}/waiting-rooms`.

use axum::Json;
use http::StatusCode;
use tenantry_model::api::requests::Done;
use tenantry_model::api::waiting_rooms::CreateWaitingRoom;
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::{RoomId, TenantId};

use super::NOT_FOUND;
use crate::domain::actor::Actor;
use crate::domain::rooms::waiting;
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};
use crate::http::extract::{Body, Ids};
use crate::http::headers::{LockedTo, SentAgain};
use crate::random::uuid_v7;

/// A room that waits for its device: onboarding, with `awaitsDevice`. Groups, rings and delegations hold for it from now on. Needs `rooms.create` over
/// everything, as a user of the customer's own.
#[utoipa::path(
    post, path = "/customers/{customer}/waiting-rooms", tag = "rooms", security(("user" = [])),
    params(("customer" = TenantId, Path), LockedTo, SentAgain), request_body = CreateWaitingRoom,
    responses(
        (status = 201, body = Done),
        (status = 400, description = "No name, too many seats, no time zone, or no account"),
        (status = 404, description = NOT_FOUND),
        (status = 409, description = "Another room waits for the device of this account. The right covers some rooms only, or is a partner's"),
    ),
)]
pub(crate) async fn create_waiting_room(
    request: WriteRequest,
    Ids(customer): Ids<TenantId>,
    Body(new): Body<CreateWaitingRoom>,
) -> Result<(StatusCode, Json<Done>)> {
    request.about(customer)?;
    let mut write = request.open(Attempt::at(customer, AuditCategory::Room, AuditOperation::Create, &new.display_name)).await?;
    if let Some(before) = write.answered(&new).await? {
        return Ok((StatusCode::CREATED, Json(before)));
    }
    let (tx, caller, random) = write.parts();
    let id = RoomId::from_uuid(uuid_v7(tx.now(), random));
    let outcome = waiting::create(tx, Actor::Caller(caller), id, customer, &new, random).await;
    let outcome = outcome.map(|()| Done { id: Some(id.uuid()), version: Some(1) });
    write.finish(outcome).await.map(|done| (StatusCode::CREATED, Json(done)))
}
