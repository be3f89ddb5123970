//! `GET /v1/customers/{customer}/reports/health`.

use axum::Json;
use tenantry_model::api::reports::HealthReport;
use tenantry_model::id::TenantId;
use tenantry_model::permission::Permission;

use super::NOT_FOUND;
use super::period::Period;
use crate::domain::reports;
use crate::error::Result;
use crate::http::auth::ReadRequest;
use crate::http::extract::Ids;
use crate::http::query::Query;

/// Health day by day and room by room (R91, R92), the incidents by category (R94) and by who held them (R95), and meetings that met one (R96), over the rooms on
/// which the caller holds `reports.view`.
#[utoipa::path(
    get, path = "/customers/{customer}/reports/health", tag = "reports", security(("user" = [])),
    params(("customer" = TenantId, Path), Period),
    responses(
        (status = 200, body = HealthReport),
        (status = 400, description = "No such days: reports reach back 90 days, and up to yesterday"),
        (status = 404, description = NOT_FOUND),
    ),
)]
pub(crate) async fn health_report(mut request: ReadRequest, Ids(customer): Ids<TenantId>, query: Query) -> Result<Json<HealthReport>> {
    request.caller.rights_with(customer, Permission::ReportsView)?;
    let asked = query.parse::<Period>()?.asked()?;
    Ok(Json(reports::health(request.tx.conn(), &request.caller, customer, asked, request.now).await?))
}
