//! What the engine tells by itself, and who listens.

use tenantry_model::ipc::{DataChange, Session, SyncStatus};
use tokio::sync::broadcast;

/// Events that wait for a slow listener; one that is slower still misses some, and asks for everything again.
const WAITING_EVENTS: usize = 256;

/// What the engine tells by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EngineEvent {
    Session(Session),
    Sync(SyncStatus),
    Data(DataChange),
    /// Something about relationships, roles or requests may have changed.
    Relations,
    /// What was typed and has not been sent changed.
    Outbox,
    /// A bulk action went on, or ended.
    Bulk,
    /// A file on its way moved.
    Transfers,
}

/// Where events go. Clones are the same one.
#[derive(Clone)]
pub(super) struct EventSink(broadcast::Sender<EngineEvent>);

impl EventSink {
    pub(super) fn new() -> Self {
        Self(broadcast::channel(WAITING_EVENTS).0)
    }

    pub(super) fn emit(&self, event: EngineEvent) {
        // Nobody listens: nobody needs to know.
        let _ = self.0.send(event);
    }

    pub(super) fn subscribe(&self) -> broadcast::Receiver<EngineEvent> {
        self.0.subscribe()
    }
}
