//! What the engine tells the window by itself.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{DataChange, FileDrag, IncidentRef, RoomKey, Session, SyncStatus};

/// Something that the engine tells the window by itself.
pub trait Event {
    /// Its name on the wire.
    const NAME: &'static str;
    /// What it carries.
    type Payload: Serialize + DeserializeOwned;
}

macro_rules! events {
    ($($(#[$doc:meta])* $name:ident = $wire:literal, $payload:ty;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;
        impl Event for $name {
            const NAME: &'static str = $wire;
            type Payload = $payload;
        }
    )*};
}

events! {
    /// The session changed.
    SessionChanged = "session-changed", Session;
    /// The sync's state changed.
    SyncChanged = "sync-changed", SyncStatus;
    /// The cache changed: ask again for what is on screen.
    DataChanged = "data-changed", DataChange;
    /// Something about relationships, roles or requests may have changed: ask again for what is on screen.
    RelationsChanged = "relations-changed", ();
    /// What was typed and has not been sent changed: ask again for it.
    OutboxChanged = "outbox-changed", ();
    /// A bulk action went on, or ended: ask again for it.
    BulkChanged = "bulk-changed", ();
    /// A file on its way moved, or stopped moving: ask again for them.
    TransfersChanged = "transfers-changed", ();
    /// Files are dragged over the window, or were dropped on it.
    FilesDragged = "files-dragged", FileDrag;
    /// The app is asked to show a place: another instance was started, or the tray was used.
    Navigate = "navigate", NavigationTarget;
}

/// Where a notification, the tray or the command line leads: a click only navigates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "page")]
pub enum NavigationTarget {
    /// The home page; with this filter, where there is one.
    #[serde(rename_all = "camelCase")]
    Incidents {
        /// In the language of [`filter`](crate::filter).
        filter: Option<String>,
    },
    /// One incident.
    #[serde(rename_all = "camelCase")]
    Incident {
        /// Which.
        key: IncidentRef,
    },
    /// The list of rooms; with this filter, where there is one.
    #[serde(rename_all = "camelCase")]
    Rooms {
        /// In the language of [`filter`](crate::filter).
        filter: Option<String>,
    },
    /// One room.
    #[serde(rename_all = "camelCase")]
    Room {
        /// Which.
        key: RoomKey,
    },
    /// No place: what was opened is no address of one, and the window says so.
    Nowhere,
}
