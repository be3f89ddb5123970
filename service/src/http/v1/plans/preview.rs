//! `POST /v1/plans/preview`.

use axum::Json;
use tenantry_model::api::plans::{Plan, PlanRow};

use crate::domain::plans;
use crate::error::{Error, Result};
use crate::http::auth::ReadRequest;
use crate::http::extract::Body;

/// What a step would do at each of these customers, and who would gain or lose by it. Changes nothing. What cannot be done at a customer is said
/// in its row.
#[utoipa::path(
    post, path = "/plans/preview", tag = "plans", security(("user" = [])), request_body = Plan,
    responses((status = 200, body = Vec<PlanRow>), (status = 400, description = "No customer, or more than 500")),
)]
pub(crate) async fn preview(mut request: ReadRequest, Body(plan): Body<Plan>) -> Result<Json<Vec<PlanRow>>> {
    check(plan.customers.len())?;
    let mut rows = Vec::with_capacity(plan.customers.len());
    for customer in &plan.customers {
        rows.push(plans::preview(request.tx.conn(), &request.caller, *customer, &plan.step).await?);
    }
    Ok(Json(rows))
}

pub(super) fn check(customers: usize) -> Result<()> {
    if (1..=plans::MOST).contains(&customers) { Ok(()) } else { Err(Error::bad_request(format!("customers: from 1 to {}", plans::MOST))) }
}
