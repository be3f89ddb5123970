//! Roles and assignments at a customer.

use tauri::State;
use tenantry_client::app::Engine;
use tenantry_model::ipc::{
    ChangeAssignment, ChangeRole, CreateAssignment, CreateRole, DeleteAssignment, DeleteRole, ExplainAccess, GetRole, GetRoles,
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
