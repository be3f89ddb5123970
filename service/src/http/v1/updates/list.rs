//! `GET /v1/customers/{customer}/updates`.

use axum::Json;
use tenantry_model::api::updates::UpdateList;
use tenantry_model::id::TenantId;

use super::NOT_FOUND;
use crate::domain::updates::read;
use crate::error::Result;
use crate::http::auth::ReadRequest;
use crate::http::extract::Ids;

/// The 200 updates that were published last, with where each stands in each ring (W12, R103). Needs `rings.view` in one of the customer's rooms; rooms are
/// counted that the caller sees.
#[utoipa::path(
    get, path = "/customers/{customer}/updates", tag = "rooms", security(("user" = [])),
    params(("customer" = TenantId, Path)),
    responses((status = 200, body = UpdateList), (status = 404, description = NOT_FOUND)),
)]
pub(crate) async fn updates(mut request: ReadRequest, Ids(customer): Ids<TenantId>) -> Result<Json<UpdateList>> {
    let now = request.now;
    Ok(Json(read::list(request.tx.conn(), &request.caller, customer, now).await?))
}
