//! `GET /v1/customers/{customer}/reports/overview`.

use axum::Json;
use tenantry_model::api::reports::OverviewReport;
use tenantry_model::id::TenantId;
use tenantry_model::permission::Permission;

use super::NOT_FOUND;
use super::period::Period;
use crate::domain::reports;
use crate::error::Result;
use crate::http::auth::ReadRequest;
use crate::http::extract::Ids;
use crate::http::query::Query;

/// Health, usage and incidents at a glance, over the rooms on which the caller holds `reports.view` and no other (A22); of health 90 days back (R93).
#[utoipa::path(
    get, path = "/customers/{customer}/reports/overview", tag = "reports", security(("user" = [])),
    params(("customer" = TenantId, Path), Period),
    responses(
        (status = 200, body = OverviewReport),
        (status = 400, description = "No such days: reports reach back 90 days, and up to yesterday"),
        (status = 404, description = NOT_FOUND),
    ),
)]
pub(crate) async fn overview(mut request: ReadRequest, Ids(customer): Ids<TenantId>, query: Query) -> Result<Json<OverviewReport>> {
    request.caller.rights_with(customer, Permission::ReportsView)?;
    let asked = query.parse::<Period>()?.asked()?;
    Ok(Json(reports::overview(request.tx.conn(), &request.caller, customer, asked, request.now).await?))
}
