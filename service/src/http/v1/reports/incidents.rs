//! `GET /v1/customers/{customer}/reports/incidents`.

use axum::Json;
use tenantry_model::api::Page;
use tenantry_model::api::reports::ExportedIncident;
use tenantry_model::id::TenantId;
use tenantry_model::permission::Permission;

use super::NOT_FOUND;
use super::period::Period;
use crate::domain::reports;
use crate::error::Result;
use crate::http::auth::ReadRequest;
use crate::http::extract::Ids;
use crate::http::query::{Paging, Query};

/// The incidents that were active at some time of these days, with their history, by number (R99): in rooms on which the caller holds `reports.view` and
/// `tickets.view`.
#[utoipa::path(
    get, path = "/customers/{customer}/reports/incidents", tag = "reports", security(("user" = [])),
    params(("customer" = TenantId, Path), Period, Paging),
    responses(
        (status = 200, body = Page<ExportedIncident>),
        (status = 400, description = "No such days: reports reach back 90 days, and up to yesterday"),
        (status = 404, description = NOT_FOUND),
    ),
)]
pub(crate) async fn report_incidents(
    mut request: ReadRequest,
    Ids(customer): Ids<TenantId>,
    query: Query,
) -> Result<Json<Page<ExportedIncident>>> {
    request.caller.rights_with(customer, Permission::ReportsView)?;
    let (period, Paging { cursor, limit }) = query.parse::<(Period, Paging)>()?;
    let at = (period.asked()?, request.now);
    Ok(Json(reports::incidents(request.tx.conn(), &request.caller, customer, at, (cursor.as_deref(), limit)).await?))
}
