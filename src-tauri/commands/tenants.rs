//! Customers and invitations, tenant managers, Primary admins.

use tauri::State;
use tenantry_client::app::Engine;
use tenantry_model::ipc::{
    AcceptInvitation, AddPrimaryAdmins, AddTenantManagers, DenyInvitation, GetInvitation, GetPrimaryAdmins, GetRelationship,
    GetTenantManagers, GetTenants, RemoveCustomer, RemovePrimaryAdmin, RemoveTenantManager,
};

use super::{Answer, Args};

#[tauri::command]
pub(crate) async fn get_tenants(engine: State<'_, Engine>) -> Answer<GetTenants> {
    engine.get_tenants().await
}

#[tauri::command]
pub(crate) async fn get_invitation(engine: State<'_, Engine>, args: Args<GetInvitation>) -> Answer<GetInvitation> {
    engine.get_invitation(args).await
}

#[tauri::command]
pub(crate) async fn accept_invitation(engine: State<'_, Engine>, args: Args<AcceptInvitation>) -> Answer<AcceptInvitation> {
    engine.accept_invitation(args).await
}

#[tauri::command]
pub(crate) async fn deny_invitation(engine: State<'_, Engine>, args: Args<DenyInvitation>) -> Answer<DenyInvitation> {
    engine.deny_invitation(args).await
}

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
pub(crate) async fn get_relationship(engine: State<'_, Engine>, args: Args<GetRelationship>) -> Answer<GetRelationship> {
    engine.get_relationship(args).await
}

#[tauri::command]
pub(crate) async fn remove_customer(engine: State<'_, Engine>, args: Args<RemoveCustomer>) -> Answer<RemoveCustomer> {
    engine.remove_customer(args).await
}

#[tauri::command]
pub(crate) async fn get_primary_admins(engine: State<'_, Engine>, args: Args<GetPrimaryAdmins>) -> Answer<GetPrimaryAdmins> {
    engine.get_primary_admins(args).await
}

#[tauri::command]
pub(crate) async fn add_primary_admins(engine: State<'_, Engine>, args: Args<AddPrimaryAdmins>) -> Answer<AddPrimaryAdmins> {
    engine.add_primary_admins(args).await
}

#[tauri::command]
pub(crate) async fn remove_primary_admin(engine: State<'_, Engine>, args: Args<RemovePrimaryAdmin>) -> Answer<RemovePrimaryAdmin> {
    engine.remove_primary_admin(args).await
}
