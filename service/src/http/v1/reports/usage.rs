//! `GET /v1/customers/{customer}/reports/usage`.

use axum::Json;
use tenantry_model::api::reports::UsageReport;
use tenantry_model::id::TenantId;
use tenantry_model::permission::Permission;

use super::NOT_FOUND;
use super::period::Period;
use crate::domain::reports;
use crate::error::Result;
use crate::http::auth::ReadRequest;
use crate::http::extract::Ids;
use crate::http::query::Query;

/// How rooms were used: booked hours of eight a day (R97), booked meetings with a Teams link, and good calls (R98), over the rooms on which the caller holds
/// `reports.view`.
#[utoipa::path(
    get, path = "/customers/{customer}/reports/usage", tag = "reports", security(("user" = [])),
    params(("customer" = TenantId, Path), Period),
    responses(
        (status = 200, body = UsageReport),
        (status = 400, description = "No such days: reports reach back 90 days, and up to yesterday"),
        (status = 404, description = NOT_FOUND),
    ),
)]
pub(crate) async fn usage_report(mut request: ReadRequest, Ids(customer): Ids<TenantId>, query: Query) -> Result<Json<UsageReport>> {
    request.caller.rights_with(customer, Permission::ReportsView)?;
    let asked = query.parse::<Period>()?.asked()?;
    Ok(Json(reports::usage(request.tx.conn(), &request.caller, customer, asked, request.now).await?))
}
