//! The customer dropdown.

use tauri::State;
use tenantry_client::app::Engine;
use tenantry_model::ipc::{GetCustomer, ListCustomers};

use super::{Answer, Args};

#[tauri::command]
pub(crate) async fn list_customers(engine: State<'_, Engine>, args: Args<ListCustomers>) -> Answer<ListCustomers> {
    engine.list_customers(args).await
}

#[tauri::command]
pub(crate) async fn get_customer(engine: State<'_, Engine>, args: Args<GetCustomer>) -> Answer<GetCustomer> {
    engine.get_customer(args).await
}
