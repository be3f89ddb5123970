//! Passes on to the window what the engine tells by itself.

use serde::Serialize;
use tauri::{AppHandle, Emitter};
use tenantry_client::app::{Engine, EngineEvent};
use tenantry_model::ipc::{
    BulkChanged, DataChange, DataChanged, Event, OutboxChanged, RelationsChanged, SessionChanged, SyncChanged, TransfersChanged,
};
use tokio::sync::broadcast::error::RecvError;

use super::window;

/// Passes events on for as long as the engine lives.
pub(crate) async fn forward(app: AppHandle, engine: Engine) {
    let mut events = engine.subscribe();
    let mut generation = 0;
    loop {
        match events.recv().await {
            Ok(EngineEvent::Session(session)) => emit::<SessionChanged>(&app, &session),
            Ok(EngineEvent::Sync(sync)) => emit::<SyncChanged>(&app, &sync),
            Ok(EngineEvent::Data(change)) => {
                generation = change.generation;
                emit::<DataChanged>(&app, &change);
            }
            Ok(EngineEvent::Relations) => emit::<RelationsChanged>(&app, &()),
            Ok(EngineEvent::Outbox) => emit::<OutboxChanged>(&app, &()),
            Ok(EngineEvent::Bulk) => emit::<BulkChanged>(&app, &()),
            Ok(EngineEvent::Transfers) => emit::<TransfersChanged>(&app, &()),
            Err(RecvError::Lagged(_)) => {
                // Which ones were missed is unknown, so say how things stand, and that any row may have changed.
                if let Ok(session) = engine.get_session().await {
                    emit::<SessionChanged>(&app, &session);
                }
                if let Ok(sync) = engine.get_sync().await {
                    emit::<SyncChanged>(&app, &sync);
                }
                emit::<DataChanged>(&app, &DataChange::of_anything(generation));
                emit::<RelationsChanged>(&app, &());
                emit::<OutboxChanged>(&app, &());
                emit::<BulkChanged>(&app, &());
                emit::<TransfersChanged>(&app, &());
            }
            Err(RecvError::Closed) => return,
        }
    }
}

pub(super) fn emit<E: Event<Payload: Serialize + Clone>>(app: &AppHandle, payload: &E::Payload) {
    if let Err(error) = app.emit_to(window::LABEL, E::NAME, payload) {
        tracing::warn!(%error, event = E::NAME, "the window could not be told");
    }
}
