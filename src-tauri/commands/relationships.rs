//! The relationship with a customer, and its Primary admins.

use tauri::State;
use tenantry_client::app::Engine;
use tenantry_model::ipc::{AddPrimaryAdmins, GetPrimaryAdmins, GetRelationship, RemoveCustomer, RemovePrimaryAdmin};

use super::{Answer, Args};

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
