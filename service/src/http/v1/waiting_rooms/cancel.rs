//! `DELETE /v1/customers/{customer}/waiting-rooms/{room}`.

use http::StatusCode;
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::{RoomId, TenantId};

use super::NOT_FOUND;
use crate::domain::actor::Actor;
use crate::domain::rooms::waiting;
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};
use crate::http::extract::Ids;
use crate::http::headers::{LockedTo, VersionTag};

/// A room that waits is not to come any more: it is gone, and its key opens nothing. Needs `rooms.view` on it, and `rooms.create` over everything, as a user
/// of the customer's own.
#[utoipa::path(
    delete, path = "/customers/{customer}/waiting-rooms/{room}", tag = "rooms", security(("user" = [])),
    params(
        ("customer" = TenantId, Path), ("room" = RoomId, Path),
        ("If-Match" = VersionTag, Header, description = "The room's ETag"), LockedTo,
    ),
    responses(
        (status = 204, description = "It is gone"),
        (status = 404, description = NOT_FOUND),
        (status = 409, description = "It has its device. The right covers some rooms only, or is a partner's"),
        (status = 412, description = "It has changed since it was read"),
        (status = 428, description = "No If-Match"),
    ),
)]
pub(crate) async fn cancel_waiting_room(request: WriteRequest, Ids((customer, room)): Ids<(TenantId, RoomId)>) -> Result<StatusCode> {
    let version = request.version()?;
    request.about(customer)?;
    let mut write = request.open(Attempt::at(customer, AuditCategory::Room, AuditOperation::Delete, room)).await?;
    let (tx, caller, random) = write.parts();
    let outcome = waiting::cancel(tx, Actor::Caller(caller), (customer, room), version, random).await;
    write.finish(outcome).await.map(|()| StatusCode::NO_CONTENT)
}
