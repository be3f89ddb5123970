//! `POST /v1/plans/apply`.

use axum::Json;
use tenantry_model::api::plans::{ApplyPlan, PlanRow, PlanStep};
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::problem::ProblemKind;

use super::preview::check;
use crate::domain::plans;
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};
use crate::http::extract::Body;

/// Does a step as it was previewed, customer by customer, each whole or not at all. Where a customer is no longer as it was previewed, or
/// other people would gain or lose, nothing is changed there: its row is the new preview, with a refusal of the kind `precondition-failed`. Sent again, it does what is still to be done.
#[utoipa::path(
    post, path = "/plans/apply", tag = "plans", security(("user" = [])), request_body = ApplyPlan,
    responses((status = 200, body = Vec<PlanRow>), (status = 400, description = "No customer, or more than 500")),
)]
pub(crate) async fn apply(request: WriteRequest, Body(plan): Body<ApplyPlan>) -> Result<Json<Vec<PlanRow>>> {
    check(plan.customers.len())?;
    let (category, object) = match &plan.step {
        PlanStep::AddPrimaryAdmins { .. } => (AuditCategory::Assignment, "Primary admins"),
        PlanStep::ApplyTemplate { name, .. } => (AuditCategory::Role, name.as_str()),
    };
    let mut rows = Vec::with_capacity(plan.customers.len());
    for customer in &plan.customers {
        let mut write = request.again().open(Attempt::at(customer.id, category, AuditOperation::Update, object)).await?;
        let (tx, caller, random) = write.parts();
        let outcome = plans::apply(tx, caller, customer.id, &customer.version, &plan.step, random).await;
        let row = match outcome {
            Ok(row) => row,
            Err(error) => return write.finish(Err(error)).await.map(Json),
        };
        rows.push(match &row.refusal {
            None => write.finish(Ok(row)).await?,
            Some(problem) => {
                write.give_up(problem.kind().unwrap_or(ProblemKind::Conflict)).await;
                row
            }
        });
    }
    Ok(Json(rows))
}
