//! Customers, and invitations that wait.

use tauri::State;
use tenantry_client::app::Engine;
use tenantry_model::ipc::{AcceptInvitation, DenyInvitation, GetInvitation, GetTenants};

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
