//! `GET /v1/customers/{customer}/updates/{update}`.

use axum::Json;
use tenantry_model::api::updates::UpdateDetail;
use tenantry_model::id::{TenantId, UpdateId};

use super::NOT_FOUND;
use crate::domain::updates::read;
use crate::error::Result;
use crate::http::auth::ReadRequest;
use crate::http::extract::Ids;

/// An update at a customer, with up to 200 of the rooms in which it failed, as far as the caller sees them. Needs `rings.view` in one of the customer's rooms.
#[utoipa::path(
    get, path = "/customers/{customer}/updates/{update}", tag = "rooms", security(("user" = [])),
    params(("customer" = TenantId, Path), ("update" = UpdateId, Path)),
    responses((status = 200, body = UpdateDetail), (status = 404, description = NOT_FOUND)),
)]
pub(crate) async fn update(mut request: ReadRequest, Ids(at): Ids<(TenantId, UpdateId)>) -> Result<Json<UpdateDetail>> {
    let now = request.now;
    Ok(Json(read::detail(request.tx.conn(), &request.caller, at, now).await?))
}
