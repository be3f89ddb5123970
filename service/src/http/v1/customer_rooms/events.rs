//! `GET /v1/customers/{customer}/rooms/{room}/events`.

use axum::Json;
use tenantry_model::api::room_events::RoomEventPage;
use tenantry_model::id::{RoomId, TenantId};

use crate::domain::rooms::events;
use crate::error::Result;
use crate::http::auth::ReadRequest;
use crate::http::extract::Ids;
use crate::http::query::{Paging, Query};

/// What happened in a room within 90 days and is no incident by itself, newest first (R113). Needs `rooms.view` on it; the issues that were recorded for
/// it are named to those who hold `tickets.view` on it as well.
#[utoipa::path(
    get, path = "/customers/{customer}/rooms/{room}/events", tag = "rooms", security(("user" = [])),
    params(("customer" = TenantId, Path), ("room" = RoomId, Path), Paging),
    responses((status = 200, body = RoomEventPage), (status = 404, description = "It does not exist, or not for the caller")),
)]
pub(crate) async fn room_events(mut request: ReadRequest, Ids(at): Ids<(TenantId, RoomId)>, query: Query) -> Result<Json<RoomEventPage>> {
    let Paging { cursor, limit } = query.parse()?;
    Ok(Json(events::of_room(request.tx.conn(), &request.caller, at, (cursor.as_deref(), limit), request.now).await?))
}
