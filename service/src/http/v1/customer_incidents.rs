//! `GET /v1/customers/{customer}/incidents`.

use axum::Json;
use tenantry_model::api::IncidentPage;
use tenantry_model::id::TenantId;

use crate::domain::incidents;
use crate::error::Result;
use crate::http::auth::Reading;
use crate::http::extract::{Ids, Query};
use crate::http::v1::incidents::{Filters, filters};
use crate::http::v1::tenants::Paging;

/// The incidents of a customer that the caller may see. Needs `tickets.view`. A page may be short; only a missing `nextCursor` ends the list.
#[utoipa::path(
    get, path = "/customers/{customer}/incidents", tag = "incidents", security(("user" = [])),
    params(("customer" = TenantId, Path), Filters, Paging),
    responses((status = 200, body = IncidentPage), (status = 404, description = "It does not exist, or not for the caller")),
)]
pub(crate) async fn customer_incidents(mut reading: Reading, Ids(customer): Ids<TenantId>, mut query: Query) -> Result<Json<IncidentPage>> {
    let list = filters(&mut query)?;
    query.finish()?;
    Ok(Json(incidents::list_of(reading.tx.conn(), &reading.caller, customer, list).await?))
}
