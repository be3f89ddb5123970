//! Working on rooms: their settings (A18), and their enrolment (R67, R68).

use serde::{Deserialize, Serialize};

use crate::room::Room;
use crate::signal::SignalId;
use crate::time::Timestamp;

/// The most people that a room seats.
pub const MOST_SEATS: u32 = 10_000;

/// `PATCH /v1/customers/{customer}/rooms/{room}`. What is left out stays.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeRoom {
    /// 1 to 120 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// How many people it seats, at most 10,000; 0 where that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<u32>,
    /// The IANA name of its time zone, such as `Europe/Berlin`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timezone: Option<String>,
}

/// What people set of a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoomSettings {
    /// Its name.
    pub display_name: String,
    /// How many people it seats.
    pub capacity: Option<u32>,
    /// The IANA name of its time zone.
    pub timezone: String,
}

impl RoomSettings {
    /// Those of a room.
    pub fn of(room: &Room) -> Self {
        Self { display_name: room.display_name.clone(), capacity: room.capacity, timezone: room.timezone.clone() }
    }
}

/// A signal of a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignalOf {
    /// Which.
    pub signal: SignalId,
    /// Of which peripheral, where the room has several of a kind (R76).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
}

/// `PUT /v1/customers/{customer}/rooms/{room}/suppression` (R73, A33): the room, or a signal of it, raises nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SuppressRoom {
    /// One signal alone; left out, the whole room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signal: Option<SignalOf>,
    /// Why: 1 to 200 characters.
    pub reason: String,
    /// When it ends by itself, at most 30 days ahead; left out, when somebody lifts it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}
