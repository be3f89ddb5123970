//! `PATCH /v1/customers/{customer}/rooms/{room}`.

use axum::response::IntoResponse;
use tenantry_model::api::requests::Outcome;
use tenantry_model::api::rooms::ChangeRoom;
use tenantry_model::id::{RoomId, TenantId};

use super::{NOT_FOUND, attempt};
use crate::domain::rooms::change;
use crate::error::Result;
use crate::http::auth::WriteRequest;
use crate::http::extract::{Body, Ids, outcome_of};
use crate::http::headers::{LockedTo, SentAgain, VersionTag};

/// Another name, capacity or time zone; what is left out stays. Needs `rooms.view` and `rooms.modify` on it.
#[utoipa::path(
    patch, path = "/customers/{customer}/rooms/{room}", tag = "rooms", security(("user" = [])),
    params(
        ("customer" = TenantId, Path), ("room" = RoomId, Path),
        ("If-Match" = VersionTag, Header, description = "The room's ETag"), LockedTo, SentAgain,
    ),
    request_body = ChangeRoom,
    responses(
        (status = 200, body = Outcome),
        (status = 202, body = Outcome, description = "It waits for the customer's approval (R24, A18)"),
        (status = 404, description = NOT_FOUND),
        (status = 412, description = "It has changed since it was read"),
        (status = 428, description = "No If-Match"),
    ),
)]
pub(crate) async fn change_room(
    request: WriteRequest,
    Ids((customer, room)): Ids<(TenantId, RoomId)>,
    Body(new): Body<ChangeRoom>,
) -> Result<impl IntoResponse> {
    let version = request.version()?;
    request.about(customer)?;
    let mut write = request.open(attempt(customer, room)).await?;
    if let Some(before) = write.answered(&new).await? {
        return Ok(outcome_of(before, false));
    }
    let (tx, caller, random) = write.parts();
    let outcome = change::change(tx, caller, (customer, room), version, &new, random).await;
    write.finish(outcome).await.map(|outcome| outcome_of(outcome, false))
}
