//! `GET /v1/customers/{customer}/rooms/{room}/updates`.

use axum::Json;
use tenantry_model::api::updates::RoomUpdates;
use tenantry_model::id::{RoomId, TenantId};

use super::NOT_FOUND;
use crate::domain::updates::read;
use crate::error::Result;
use crate::http::auth::ReadRequest;
use crate::http::extract::Ids;

/// What a room runs, and which updates it has before it (R103). Needs `rooms.view` and `rings.view` on it.
#[utoipa::path(
    get, path = "/customers/{customer}/rooms/{room}/updates", tag = "rooms", security(("user" = [])),
    params(("customer" = TenantId, Path), ("room" = RoomId, Path)),
    responses((status = 200, body = RoomUpdates), (status = 404, description = NOT_FOUND)),
)]
pub(crate) async fn room_updates(mut request: ReadRequest, Ids(at): Ids<(TenantId, RoomId)>) -> Result<Json<RoomUpdates>> {
    let now = request.now;
    Ok(Json(read::of_room(request.tx.conn(), &request.caller, at, now).await?))
}
