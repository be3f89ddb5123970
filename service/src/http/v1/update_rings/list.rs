//! `GET /v1/customers/{customer}/rings`.

use axum::Json;
use tenantry_model::api::update_rings::RingList;
use tenantry_model::id::TenantId;

use crate::domain::update_rings::read;
use crate::error::Result;
use crate::http::auth::ReadRequest;
use crate::http::extract::Ids;

/// The update rings in their order, with the days that are left of 60 (R100, R101). Needs `rings.view` in one of the customer's rooms; of each ring's rooms
/// those are counted that the caller sees.
#[utoipa::path(
    get, path = "/customers/{customer}/rings", tag = "rooms", security(("user" = [])),
    params(("customer" = TenantId, Path)),
    responses((status = 200, body = RingList), (status = 404, description = "It does not exist, or not for the caller")),
)]
pub(crate) async fn update_rings(mut request: ReadRequest, Ids(customer): Ids<TenantId>) -> Result<Json<RingList>> {
    Ok(Json(read::list(request.tx.conn(), &request.caller, customer).await?))
}
