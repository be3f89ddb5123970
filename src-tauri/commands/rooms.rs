//! Rooms.

use tauri::State;
use tenantry_client::app::Engine;
use tenantry_model::ipc::{GetRoom, ListRooms};

use super::{Answer, Args};

#[tauri::command]
pub(crate) async fn list_rooms(engine: State<'_, Engine>, args: Args<ListRooms>) -> Answer<ListRooms> {
    engine.list_rooms(args).await
}

#[tauri::command]
pub(crate) async fn get_room(engine: State<'_, Engine>, args: Args<GetRoom>) -> Answer<GetRoom> {
    engine.get_room(args).await
}
