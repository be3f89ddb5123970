//! Incidents.

use tauri::State;
use tenantry_client::app::Engine;
use tenantry_model::ipc::{GetIncident, ListIncidents, MarkRead};

use super::{Answer, Args, RawJsonAnswer, raw_json};

#[tauri::command]
pub(crate) async fn list_incidents(engine: State<'_, Engine>, args: Args<ListIncidents>) -> RawJsonAnswer {
    raw_json::<ListIncidents>(engine.list_incidents(args).await)
}

#[tauri::command]
pub(crate) async fn get_incident(engine: State<'_, Engine>, args: Args<GetIncident>) -> Answer<GetIncident> {
    engine.get_incident(args).await
}

#[tauri::command]
pub(crate) async fn mark_read(engine: State<'_, Engine>, args: Args<MarkRead>) -> Answer<MarkRead> {
    engine.mark_read(args).await
}
