//! Roles and assignments, why somebody can or can't, plans.

use tauri::State;
use tenantry_client::app::Engine;
use tenantry_model::ipc::{
    ApplyPlan, ChangeAssignment, ChangeRole, CreateAssignment, CreateRole, DeleteAssignment, DeleteRole, ExplainAccess, GetRole, GetRoles,
    PreviewPlan, SearchDirectory,
};

use super::{Answer, Args};

#[tauri::command]
pub(crate) async fn get_roles(engine: State<'_, Engine>, args: Args<GetRoles>) -> Answer<GetRoles> {
    engine.get_roles(args).await
}

#[tauri::command]
pub(crate) async fn get_role(engine: State<'_, Engine>, args: Args<GetRole>) -> Answer<GetRole> {
    engine.get_role(args).await
}

#[tauri::command]
pub(crate) async fn create_role(engine: State<'_, Engine>, args: Args<CreateRole>) -> Answer<CreateRole> {
    engine.create_role(args).await
}

#[tauri::command]
pub(crate) async fn change_role(engine: State<'_, Engine>, args: Args<ChangeRole>) -> Answer<ChangeRole> {
    engine.change_role(args).await
}

#[tauri::command]
pub(crate) async fn delete_role(engine: State<'_, Engine>, args: Args<DeleteRole>) -> Answer<DeleteRole> {
    engine.delete_role(args).await
}

#[tauri::command]
pub(crate) async fn create_assignment(engine: State<'_, Engine>, args: Args<CreateAssignment>) -> Answer<CreateAssignment> {
    engine.create_assignment(args).await
}

#[tauri::command]
pub(crate) async fn change_assignment(engine: State<'_, Engine>, args: Args<ChangeAssignment>) -> Answer<ChangeAssignment> {
    engine.change_assignment(args).await
}

#[tauri::command]
pub(crate) async fn delete_assignment(engine: State<'_, Engine>, args: Args<DeleteAssignment>) -> Answer<DeleteAssignment> {
    engine.delete_assignment(args).await
}

#[tauri::command]
pub(crate) async fn explain_access(engine: State<'_, Engine>, args: Args<ExplainAccess>) -> Answer<ExplainAccess> {
    engine.explain_access(args).await
}

#[tauri::command]
pub(crate) async fn search_directory(engine: State<'_, Engine>, args: Args<SearchDirectory>) -> Answer<SearchDirectory> {
    engine.search_directory(args).await
}

#[tauri::command]
pub(crate) async fn preview_plan(engine: State<'_, Engine>, args: Args<PreviewPlan>) -> Answer<PreviewPlan> {
    engine.preview_plan(args).await
}

#[tauri::command]
pub(crate) async fn apply_plan(engine: State<'_, Engine>, args: Args<ApplyPlan>) -> Answer<ApplyPlan> {
    engine.apply_plan(args).await
}
