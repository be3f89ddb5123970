//! What the user chose to see.

use tauri::State;
use tenantry_client::app::Engine;
use tenantry_model::ipc::{GetPreferences, SetPreferences};

use super::{Answer, Args};

#[tauri::command]
pub(crate) async fn get_preferences(engine: State<'_, Engine>) -> Answer<GetPreferences> {
    engine.get_preferences().await
}

#[tauri::command]
pub(crate) async fn set_preferences(engine: State<'_, Engine>, args: Args<SetPreferences>) -> Answer<SetPreferences> {
    engine.set_preferences(args).await
}
