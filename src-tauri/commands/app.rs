//! What the window asks first, and the service it is to use.

use tauri::{AppHandle, State};
use tenantry_client::app::Engine;
use tenantry_model::ipc::{GetApp, SetService};

use super::{Answer, Args};
use crate::shell::navigation::PendingNavigation;

#[tauri::command]
pub(crate) async fn get_app(app: AppHandle, engine: State<'_, Engine>, waiting: State<'_, PendingNavigation>) -> Answer<GetApp> {
    // The window listens for events before it asks this: a place named on the command line reaches it now.
    waiting.deliver(&app);
    engine.get_app().await
}

#[tauri::command]
pub(crate) async fn set_service(engine: State<'_, Engine>, args: Args<SetService>) -> Answer<SetService> {
    engine.set_service(args).await
}
