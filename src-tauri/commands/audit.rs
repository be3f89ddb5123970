//! The audit log.

use std::path::PathBuf;

use tauri::{AppHandle, Manager, State};
use tenantry_client::app::Engine;
use tenantry_model::ipc::{ExportAudit, IpcError, IpcErrorKind, ListAudit};

use super::{Answer, Args};

#[tauri::command]
pub(crate) async fn list_audit(engine: State<'_, Engine>, args: Args<ListAudit>) -> Answer<ListAudit> {
    engine.list_audit(args).await
}

#[tauri::command]
pub(crate) async fn export_audit(app: AppHandle, engine: State<'_, Engine>, args: Args<ExportAudit>) -> Answer<ExportAudit> {
    let folder = folder(&app)?;
    engine.export_audit(args, &folder).await
}

/// The user's folder for downloads; a machine without one has one for documents, or a home.
fn folder(app: &AppHandle) -> Result<PathBuf, IpcError> {
    let places = app.path();
    let found = places.download_dir().or_else(|_| places.document_dir()).or_else(|_| places.home_dir());
    found.map_err(|error| IpcError { kind: IpcErrorKind::Internal, message: error.to_string(), retryable: false })
}
