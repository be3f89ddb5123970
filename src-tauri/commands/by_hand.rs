//! The adapters that do more than hand a call on.

use tauri::ipc::{InvokeResponseBody, Response};
use tauri::{AppHandle, State};
use tenantry_client::app::Engine;
use tenantry_model::ipc::{Command, GetApp, IpcError, IpcErrorKind, ListIncidents};

use crate::shell::navigation::PendingNavigation;
use crate::shell::opener;

#[tauri::command]
pub(crate) async fn get_app(
    app: AppHandle,
    engine: State<'_, Engine>,
    pending: State<'_, PendingNavigation>,
) -> Result<<GetApp as Command>::Answer, IpcError> {
    // The window listens for events before it asks this: a target named on the command line reaches it now.
    pending.deliver(&app);
    engine.get_app().await
}

/// The page is JSON already when it leaves the engine, and is handed on as it is: as bytes, which the window's program reads itself. As JSON, the
/// web view would make objects of it that are then read one by one.
#[tauri::command]
pub(crate) async fn list_incidents(engine: State<'_, Engine>, args: <ListIncidents as Command>::Args) -> Result<Response, IpcError> {
    Ok(Response::new(InvokeResponseBody::Raw(engine.list_incidents(args).await?.into_json().into_bytes())))
}

/// The window names no folder: it is the one that the engine has written into.
#[tauri::command]
pub(crate) async fn open_export_folder(engine: State<'_, Engine>) -> Result<(), IpcError> {
    let folder = engine.export_folder().ok_or_else(|| IpcError::new(IpcErrorKind::NotFound, "nothing was exported in this run", false))?;
    opener::open_folder(&folder).map_err(|cause| {
        let message = format!("the folder {} cannot be opened: {cause}", folder.display());
        IpcError::new(IpcErrorKind::Internal, message, true)
    })
}
