//! `GET /v1/customers/{customer}/enrolment-keys`.

use axum::Json;
use tenantry_model::api::enrolment_keys::EnrolmentKeyList;
use tenantry_model::id::TenantId;

use super::NOT_FOUND;
use crate::domain::settings::keys;
use crate::error::Result;
use crate::http::auth::ReadRequest;
use crate::http::extract::Ids;

/// The self-enrolment keys that hold, newest first, without themselves: who downloaded them when, when a device last came by them, and how many rooms did
/// (R106). Needs `rooms.download_key` or `rooms.reset_key` there; a partner's user is told of those that their organisation downloaded.
#[utoipa::path(
    get, path = "/customers/{customer}/enrolment-keys", tag = "settings", security(("user" = [])), params(("customer" = TenantId, Path)),
    responses((status = 200, body = EnrolmentKeyList), (status = 404, description = NOT_FOUND)),
)]
pub(crate) async fn enrolment_keys(mut request: ReadRequest, Ids(customer): Ids<TenantId>) -> Result<Json<EnrolmentKeyList>> {
    Ok(Json(keys::list(request.tx.conn(), &request.caller, customer).await?))
}
