//! `GET /v1/customers/{customer}/groups`.

use axum::Json;
use tenantry_model::api::Page;
use tenantry_model::api::room_groups::RoomGroupRow;
use tenantry_model::id::TenantId;

use crate::domain::room_groups::read;
use crate::error::Result;
use crate::http::auth::ReadRequest;
use crate::http::extract::Ids;
use crate::http::query::{Paging, Query};

/// The groups of rooms that the caller sees, by name: those that hold a room on which they have `groups.view`, and with that over everything also those
/// without rooms, on a partner's side its own.
#[utoipa::path(
    get, path = "/customers/{customer}/groups", tag = "rooms", security(("user" = [])),
    params(("customer" = TenantId, Path), Paging),
    responses((status = 200, body = Page<RoomGroupRow>), (status = 404, description = "It does not exist, or not for the caller")),
)]
pub(crate) async fn room_groups(mut request: ReadRequest, Ids(customer): Ids<TenantId>, query: Query) -> Result<Json<Page<RoomGroupRow>>> {
    let Paging { cursor, limit } = query.parse()?;
    Ok(Json(read::list(request.tx.conn(), &request.caller, customer, (cursor.as_deref(), limit)).await?))
}
