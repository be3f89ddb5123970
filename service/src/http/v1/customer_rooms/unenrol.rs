//! `DELETE /v1/customers/{customer}/rooms/{room}/enrolment`.

use http::StatusCode;
use tenantry_model::id::{RoomId, TenantId};

use super::{NOT_FOUND, attempt};
use crate::domain::actor::Actor;
use crate::domain::rooms::write;
use crate::error::Result;
use crate::http::auth::WriteRequest;
use crate::http::extract::Ids;
use crate::http::headers::{LockedTo, VersionTag};

/// Ends the management of a room (R68): its open incidents of signals are resolved, none opens any more, and its device's key opens nothing. Needs
/// `rooms.view` and `rooms.unenroll` on it.
#[utoipa::path(
    delete, path = "/customers/{customer}/rooms/{room}/enrolment", tag = "rooms", security(("user" = [])),
    params(
        ("customer" = TenantId, Path), ("room" = RoomId, Path),
        ("If-Match" = VersionTag, Header, description = "The room's ETag"), LockedTo,
    ),
    responses(
        (status = 204, description = "It is no longer managed"),
        (status = 404, description = NOT_FOUND),
        (status = 412, description = "It has changed since it was read"),
        (status = 428, description = "No If-Match"),
    ),
)]
pub(crate) async fn unenrol_room(request: WriteRequest, Ids((customer, room)): Ids<(TenantId, RoomId)>) -> Result<StatusCode> {
    let version = request.version()?;
    request.about(customer)?;
    let mut write = request.open(attempt(customer, room)).await?;
    let (tx, caller, random) = write.parts();
    let outcome = write::unenrol_at(tx, Actor::Caller(caller), customer, room, version, random).await;
    write.finish(outcome).await.map(|()| StatusCode::NO_CONTENT)
}
