//! `GET /v1/customers/{customer}/groups/{group}`.

use axum::Json;
use axum::response::IntoResponse;
use tenantry_model::api::room_groups::RoomGroupDetail;
use tenantry_model::id::{RoomGroupId, TenantId};

use crate::domain::room_groups::read;
use crate::error::Result;
use crate::http::auth::ReadRequest;
use crate::http::extract::{Ids, version_tag};

/// One group: what the caller may do with it, and which assignments and delegations reach as far. Needs `groups.view` on one of its rooms.
#[utoipa::path(
    get, path = "/customers/{customer}/groups/{group}", tag = "rooms", security(("user" = [])),
    params(("customer" = TenantId, Path), ("group" = RoomGroupId, Path)),
    responses(
        (status = 200, body = RoomGroupDetail, headers(("ETag" = String, description = "Its version"))),
        (status = 404, description = "It does not exist, or not for the caller"),
    ),
)]
pub(crate) async fn room_group(mut request: ReadRequest, Ids(at): Ids<(TenantId, RoomGroupId)>) -> Result<impl IntoResponse> {
    let group = read::group(request.tx.conn(), &request.caller, at, request.now).await?;
    Ok((version_tag(group.version), Json(group)))
}
