//! `GET /v1/customers/{customer}/groups/{group}/rooms`.

use axum::Json;
use tenantry_model::api::Page;
use tenantry_model::api::roles::Named;
use tenantry_model::id::{RoomGroupId, RoomId, TenantId};

use crate::domain::room_groups::read;
use crate::error::Result;
use crate::http::auth::ReadRequest;
use crate::http::extract::Ids;
use crate::http::query::{Paging, Query};

/// The rooms of a group that the caller sees, by name: those with `rooms.view` and `groups.view`.
#[utoipa::path(
    get, path = "/customers/{customer}/groups/{group}/rooms", tag = "rooms", security(("user" = [])),
    params(("customer" = TenantId, Path), ("group" = RoomGroupId, Path), Paging),
    responses((status = 200, body = Page<Named<RoomId>>), (status = 404, description = "It does not exist, or not for the caller")),
)]
pub(crate) async fn room_group_rooms(
    mut request: ReadRequest,
    Ids(at): Ids<(TenantId, RoomGroupId)>,
    query: Query,
) -> Result<Json<Page<Named<RoomId>>>> {
    let Paging { cursor, limit } = query.parse()?;
    Ok(Json(read::rooms(request.tx.conn(), &request.caller, at, (cursor.as_deref(), limit)).await?))
}
