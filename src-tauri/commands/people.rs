//! Tenant managers, and finding people.

use tauri::State;
use tenantry_client::app::Engine;
use tenantry_model::ipc::{AddTenantManagers, GetTenantManagers, RemoveTenantManager, SearchDirectory};

use super::{Answer, Args};

#[tauri::command]
pub(crate) async fn get_tenant_managers(engine: State<'_, Engine>) -> Answer<GetTenantManagers> {
    engine.get_tenant_managers().await
}

#[tauri::command]
pub(crate) async fn add_tenant_managers(engine: State<'_, Engine>, args: Args<AddTenantManagers>) -> Answer<AddTenantManagers> {
    engine.add_tenant_managers(args).await
}

#[tauri::command]
pub(crate) async fn remove_tenant_manager(engine: State<'_, Engine>, args: Args<RemoveTenantManager>) -> Answer<RemoveTenantManager> {
    engine.remove_tenant_manager(args).await
}

#[tauri::command]
pub(crate) async fn search_directory(engine: State<'_, Engine>, args: Args<SearchDirectory>) -> Answer<SearchDirectory> {
    engine.search_directory(args).await
}
