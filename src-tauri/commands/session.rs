//! Signing in and out.

use tauri::State;
use tenantry_client::app::Engine;
use tenantry_model::ipc::{CancelSignIn, GetSession, SignIn, SignOut};

use super::Answer;

#[tauri::command]
pub(crate) async fn get_session(engine: State<'_, Engine>) -> Answer<GetSession> {
    engine.get_session().await
}

#[tauri::command]
pub(crate) async fn sign_in(engine: State<'_, Engine>) -> Answer<SignIn> {
    engine.sign_in().await
}

#[tauri::command]
pub(crate) async fn cancel_sign_in(engine: State<'_, Engine>) -> Answer<CancelSignIn> {
    engine.cancel_sign_in().await
}

#[tauri::command]
pub(crate) async fn sign_out(engine: State<'_, Engine>) -> Answer<SignOut> {
    engine.sign_out().await
}
