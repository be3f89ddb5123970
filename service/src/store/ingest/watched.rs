//! What is known of a room while it is worked on.

use std::collections::BTreeMap;

use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::incident::{Category, HistoryRow, IncidentStatus, Severity};
use tenantry_model::room::Enrolment;
use tenantry_model::signal::SignalId;
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;

use crate::store::settings::SwitchedOff;

/// A signal of a room, and which peripheral where it has several of a kind (R76); empty where it has not.
pub type SignalKey = (SignalId, String);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchedRoom {
    pub id: RoomId,
    pub customer: TenantId,
    /// What a reader of the room sees of all this.
    pub facts: RoomState,
    /// When it counts as silent unless it reports before; none while it is silent or unmanaged.
    pub silent_due: Option<Timestamp>,
    /// When its suppression ends by itself (A33).
    pub lifted: Option<Timestamp>,
    /// The signals that raise no incidents at its customer (R74).
    pub switched_off: SwitchedOff,
    /// Its signals that ever failed.
    pub signals: BTreeMap<SignalKey, WatchedSignal>,
}

/// What a reader of a room sees of what the ingest decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoomState {
    pub enrolment: Enrolment,
    /// Since when it has been managed; none while it is not, or where that began before it was kept.
    pub enrolled_at: Option<Timestamp>,
    /// Whether it was switched quiet.
    pub suppressed: bool,
    pub connected: bool,
    pub occupied: Option<bool>,
    /// When it last reported; see [`crate::domain::ingest::SEEN_EVERY`] for how exactly.
    pub last_seen: Option<Timestamp>,
    /// Open Critical and Important tickets, recorded issues included.
    pub open_serious: u32,
    pub open_warnings: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchedSignal {
    pub failing: bool,
    /// Since when it has been in its present state.
    pub since: Timestamp,
    /// When the watch time ends (failing), or the ticket closes (healthy).
    pub due: Option<Timestamp>,
    /// Whether it opens no ticket in this room (R73).
    pub suppressed: bool,
    /// When that ends by itself (A33).
    pub lifted: Option<Timestamp>,
    pub ticket: Option<WatchedTicket>,
}

/// The ticket of a signal: its number is for ever (R75, A12).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchedTicket {
    /// None until it is first saved.
    pub number: Option<TicketNumber>,
    pub status: IncidentStatus,
    /// That of its signal, or important where it was a warning that was left alone (A34).
    pub severity: Severity,
    /// When it becomes important, if it is a warning that can.
    pub alone_due: Option<Timestamp>,
    pub created_at: Timestamp,
    pub last_updated: Timestamp,
    pub active_since: Timestamp,
    pub last_resolved: Option<Timestamp>,
    pub last_closed: Option<Timestamp>,
    /// How many rows of history are saved.
    pub saved_history: u32,
    /// Rows of history to be saved, in the order of events.
    pub new_history: Vec<HistoryRow>,
}

/// What stands in a ticket from its first day on.
#[derive(Debug, Clone, Copy)]
pub struct TicketText {
    pub category: Category,
    pub severity: Severity,
    pub description: &'static str,
    pub action: &'static str,
}

/// A room under change: what was read, and what it has become.
#[derive(Debug, Clone)]
pub struct Watched {
    pub room: WatchedRoom,
    pub(super) before: WatchedRoom,
}

impl Watched {
    /// A room whose row has just been inserted with these facts, and with no signal yet.
    pub fn inserted(room: WatchedRoom) -> Self {
        Self { before: room.clone(), room }
    }
}
