//! `POST /v1/customers/{customer}/waiting-rooms/{room}/key`.

use axum::Json;
use http::StatusCode;
use tenantry_model::api::enrolment_keys::IssuedKey;
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::{RoomId, TenantId};

use super::NOT_FOUND;
use crate::domain::actor::Actor;
use crate::domain::rooms::waiting;
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};
use crate::http::extract::Ids;
use crate::http::headers::LockedTo;

/// The key of a room that waits, shown this once: its device enrols by it, once, and becomes this room. One that was issued before ends. Needs `rooms.view`
/// on it, and `rooms.create` over everything, as a user of the customer's own. Nothing of the answer is stored: sent again, it is another key.
#[utoipa::path(
    post, path = "/customers/{customer}/waiting-rooms/{room}/key", tag = "rooms", security(("user" = [])),
    params(("customer" = TenantId, Path), ("room" = RoomId, Path), LockedTo),
    responses(
        (status = 201, body = IssuedKey),
        (status = 404, description = NOT_FOUND),
        (status = 409, description = "It has its device. The right covers some rooms only, or is a partner's"),
    ),
)]
pub(crate) async fn waiting_room_key(
    request: WriteRequest,
    Ids((customer, room)): Ids<(TenantId, RoomId)>,
) -> Result<(StatusCode, Json<IssuedKey>)> {
    request.about(customer)?;
    let mut write = request.open(Attempt::at(customer, AuditCategory::EnrolmentKey, AuditOperation::Create, room)).await?;
    let (tx, caller, random) = write.parts();
    let outcome = waiting::issue_key(tx, Actor::Caller(caller), (customer, room), random).await;
    write.finish(outcome).await.map(|issued| (StatusCode::CREATED, Json(issued)))
}
