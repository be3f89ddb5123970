//! `GET /v1/customers/{customer}/rooms`.

use axum::Json;
use tenantry_model::api::RoomPage;
use tenantry_model::id::TenantId;

use crate::domain::rooms::read;
use crate::error::Result;
use crate::http::auth::ReadRequest;
use crate::http::extract::Ids;
use crate::http::query::{Paging, Query};

/// The rooms of a customer that the caller may see, by name, and the counters over all of them (R72). Needs `rooms.view`.
#[utoipa::path(
    get, path = "/customers/{customer}/rooms", tag = "rooms", security(("user" = [])),
    params(("customer" = TenantId, Path), Paging),
    responses((status = 200, body = RoomPage), (status = 404, description = "It does not exist, or not for the caller")),
)]
pub(crate) async fn rooms(mut request: ReadRequest, Ids(customer): Ids<TenantId>, query: Query) -> Result<Json<RoomPage>> {
    let Paging { cursor, limit } = query.parse()?;
    Ok(Json(read::list(request.tx.conn(), &request.caller, customer, cursor.as_deref(), limit).await?))
}
