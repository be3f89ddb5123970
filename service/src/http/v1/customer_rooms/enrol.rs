//! `PUT /v1/customers/{customer}/rooms/{room}/enrolment`.

use http::StatusCode;
use tenantry_model::id::{RoomId, TenantId};

use super::{NOT_FOUND, attempt};
use crate::domain::actor::Actor;
use crate::domain::rooms::write;
use crate::error::Result;
use crate::http::auth::WriteRequest;
use crate::http::extract::Ids;
use crate::http::headers::{LockedTo, SentAgain};

/// Takes an onboarding room under management: from now on it raises incidents (R67). Needs `rooms.view` and `rooms.create` on it.
#[utoipa::path(
    put, path = "/customers/{customer}/rooms/{room}/enrolment", tag = "rooms", security(("user" = [])),
    params(("customer" = TenantId, Path), ("room" = RoomId, Path), LockedTo, SentAgain),
    responses(
        (status = 204, description = "It is managed"),
        (status = 404, description = NOT_FOUND),
        (status = 409, description = "It is managed already"),
    ),
)]
pub(crate) async fn enrol_room(request: WriteRequest, Ids((customer, room)): Ids<(TenantId, RoomId)>) -> Result<StatusCode> {
    request.about(customer)?;
    let mut write = request.open(attempt(customer, room)).await?;
    if write.answered(&()).await? == Some(()) {
        return Ok(StatusCode::NO_CONTENT);
    }
    let (tx, caller, random) = write.parts();
    let outcome = write::enrol_at(tx, Actor::Caller(caller), customer, room, random).await;
    write.finish(outcome).await.map(|()| StatusCode::NO_CONTENT)
}
