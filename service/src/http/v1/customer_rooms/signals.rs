//! `GET /v1/customers/{customer}/rooms/{room}/signals`.

use axum::Json;
use tenantry_model::api::signals::RoomSignals;
use tenantry_model::id::{RoomId, TenantId};

use crate::domain::rooms::signals;
use crate::error::Result;
use crate::http::auth::ReadRequest;
use crate::http::extract::Ids;

/// How the signals of a room stand, those that ever failed. Needs `rooms.view` on it; their incidents are named to those who hold `tickets.view` on it
/// as well.
#[utoipa::path(
    get, path = "/customers/{customer}/rooms/{room}/signals", tag = "rooms", security(("user" = [])),
    params(("customer" = TenantId, Path), ("room" = RoomId, Path)),
    responses((status = 200, body = RoomSignals), (status = 404, description = "It does not exist, or not for the caller")),
)]
pub(crate) async fn room_signals(mut request: ReadRequest, Ids((customer, room)): Ids<(TenantId, RoomId)>) -> Result<Json<RoomSignals>> {
    Ok(Json(signals::of_room(request.tx.conn(), &request.caller, customer, room).await?))
}
