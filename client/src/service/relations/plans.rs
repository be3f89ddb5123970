//! One step for several customers.

use std::time::Duration;

use tenantry_model::api::plans::{ApplyPlan, Plan, PlanRow};

use crate::service::Call;
use crate::service::call::Draft;

/// A plan may name 500 customers, and each is a transaction of its own.
const LIMIT: Duration = Duration::from_secs(5 * 60);

/// `POST /v1/plans/preview`. Changes nothing.
pub(crate) fn preview(plan: &Plan) -> Call<Vec<PlanRow>> {
    Draft::post("plans/preview").within(LIMIT).body(plan).call()
}

/// `POST /v1/plans/apply`. It is locked by the versions in it, customer by customer; sent again, it does what is still to be done.
pub(crate) fn apply(plan: &ApplyPlan) -> Call<Vec<PlanRow>> {
    Draft::post("plans/apply").within(LIMIT).body(plan).call()
}
