//! One step for several customers.

use tauri::State;
use tenantry_client::app::Engine;
use tenantry_model::ipc::{ApplyPlan, PreviewPlan};

use super::{Answer, Args};

#[tauri::command]
pub(crate) async fn preview_plan(engine: State<'_, Engine>, args: Args<PreviewPlan>) -> Answer<PreviewPlan> {
    engine.preview_plan(args).await
}

#[tauri::command]
pub(crate) async fn apply_plan(engine: State<'_, Engine>, args: Args<ApplyPlan>) -> Answer<ApplyPlan> {
    engine.apply_plan(args).await
}
