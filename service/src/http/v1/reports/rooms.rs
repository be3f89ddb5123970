//! `GET /v1/customers/{customer}/reports/rooms`.

use axum::response::{IntoResponse, Response};
use http::header::CONTENT_TYPE;
use tenantry_model::id::TenantId;
use tenantry_model::permission::Permission;

use super::NOT_FOUND;
use super::period::Period;
use crate::domain::reports;
use crate::error::Result;
use crate::http::auth::ReadRequest;
use crate::http::extract::Ids;
use crate::http::query::Query;

/// Health and usage room by room as a CSV file. Cells that a spreadsheet would take for a formula begin with an apostrophe (A26).
#[utoipa::path(
    get, path = "/customers/{customer}/reports/rooms", tag = "reports", security(("user" = [])),
    params(("customer" = TenantId, Path), Period),
    responses(
        (status = 200, description = "RFC 4180, UTF-8", body = String, content_type = "text/csv"),
        (status = 400, description = "No such days: reports reach back 90 days, and up to yesterday"),
        (status = 404, description = NOT_FOUND),
    ),
)]
pub(crate) async fn report_rooms(mut request: ReadRequest, Ids(customer): Ids<TenantId>, query: Query) -> Result<Response> {
    request.caller.rights_with(customer, Permission::ReportsView)?;
    let asked = query.parse::<Period>()?.asked()?;
    let text = reports::csv(request.tx.conn(), &request.caller, customer, asked, request.now).await?;
    Ok(([(CONTENT_TYPE, "text/csv; charset=utf-8; header=present")], text).into_response())
}
