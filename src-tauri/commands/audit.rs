//! The audit log.

use tauri::State;
use tenantry_client::app::Engine;
use tenantry_model::ipc::{ExportAudit, ListAudit};

use super::{Answer, Args};

#[tauri::command]
pub(crate) async fn list_audit(engine: State<'_, Engine>, args: Args<ListAudit>) -> Answer<ListAudit> {
    engine.list_audit(args).await
}

#[tauri::command]
pub(crate) async fn export_audit(engine: State<'_, Engine>, args: Args<ExportAudit>) -> Answer<ExportAudit> {
    engine.export_audit(args).await
}
