//! `GET /v1/customers/{customer}/rooms/{room}`.

use axum::Json;
use axum::response::IntoResponse;
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::room::Room;

use crate::domain::rooms::read;
use crate::error::Result;
use crate::http::auth::ReadRequest;
use crate::http::extract::{Ids, version_tag};

/// One room. Needs `rooms.view` on it.
#[utoipa::path(
    get, path = "/customers/{customer}/rooms/{room}", tag = "rooms", security(("user" = [])),
    params(("customer" = TenantId, Path), ("room" = RoomId, Path)),
    responses(
        (status = 200, body = Room, headers(("ETag" = String, description = "Its version"))),
        (status = 404, description = "It does not exist, or not for the caller"),
    ),
)]
pub(crate) async fn room(mut request: ReadRequest, Ids((customer, room)): Ids<(TenantId, RoomId)>) -> Result<impl IntoResponse> {
    let room = read::room(request.tx.conn(), &request.caller, customer, room).await?;
    Ok((version_tag(room.version), Json(room)))
}
