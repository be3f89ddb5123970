//! The sync's state.

use tauri::State;
use tenantry_client::app::Engine;
use tenantry_model::ipc::{GetSync, SyncNow};

use super::Answer;

#[tauri::command]
pub(crate) async fn get_sync(engine: State<'_, Engine>) -> Answer<GetSync> {
    engine.get_sync().await
}

#[tauri::command]
pub(crate) async fn sync_now(engine: State<'_, Engine>) -> Answer<SyncNow> {
    engine.sync_now().await
}
