//! One step for several customers.

use tenantry_model::api::plans::{ApplyPlan, Plan, PlanRow};
use tenantry_model::ipc::IpcError;

use crate::app::engine::Engine;
use crate::service::relations::plans;

impl Engine {
    pub async fn preview_plan(&self, plan: Plan) -> Result<Vec<PlanRow>, IpcError> {
        self.consult(plans::preview(&plan)).await
    }

    pub async fn apply_plan(&self, plan: ApplyPlan) -> Result<Vec<PlanRow>, IpcError> {
        self.change(plans::apply(&plan)).await
    }
}
