//! The signals of a room.

use serde::{Deserialize, Serialize};

use super::SignalState;
use crate::incident::{IncidentStatus, Snooze};
use crate::signal::SignalId;
use crate::text::TicketNumber;
use crate::time::Timestamp;

/// `GET /v1/customers/{customer}/rooms/{room}/signals`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoomSignals {
    /// Those that failed at least once, in the order of the catalogue. Of any other, no failure has been reported.
    pub signals: Vec<RoomSignal>,
    /// Those that the customer switched off in all its rooms: whatever is reported of them is passed over (R74).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub switched_off: Vec<SignalId>,
}

/// How one signal of a room stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoomSignal {
    /// The signal.
    pub signal: SignalId,
    /// Which peripheral, where a room has several of a kind (R76).
    pub instance: Option<String>,
    /// Its present state.
    pub state: SignalState,
    /// Since when it has been in that state without a break.
    pub since: Timestamp,
    /// Whether it raises nothing, who decided that, and until when (R73, A33).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suppression: Option<Snooze>,
    /// Its incident (R75), where it has had one, for a reader with `tickets.view` on the room.
    pub incident: Option<SignalIncident>,
}

/// The incident of a signal: one for all times that it failed (A12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignalIncident {
    /// Its number.
    pub number: TicketNumber,
    /// Where it stands.
    pub status: IncidentStatus,
    /// When it last changed.
    pub last_updated: Timestamp,
}
