//! One step for several customers.

use std::time::Duration;

use tenantry_model::api::plans::{ApplyPlan, Plan, PlanRow};
use tenantry_model::ipc::IpcError;

use crate::app::engine::Engine;
use crate::service::Draft;

/// A plan may name 500 customers, and each is a transaction of its own.
const LIMIT: Duration = Duration::from_secs(5 * 60);

impl Engine {
    pub async fn preview_plan(&self, plan: Plan) -> Result<Vec<PlanRow>, IpcError> {
        self.fetch(Draft::post("plans/preview").within(LIMIT).body(&plan)).await
    }

    /// It is locked by the versions in it, customer by customer; sent again, it does what is still to be done.
    pub async fn apply_plan(&self, plan: ApplyPlan) -> Result<Vec<PlanRow>, IpcError> {
        self.change(Draft::post("plans/apply").within(LIMIT).body(&plan)).await
    }
}
