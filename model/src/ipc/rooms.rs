//! The room list and one room.

use serde::{Deserialize, Serialize};

use super::Freshness;
use crate::api::rooms::SignalOf;
use crate::id::{RoomId, TenantId};
use crate::incident::IncidentRow;
use crate::room::{Health, Room, RoomCounters};
use crate::word::words;

/// See [`super::ListRooms`]. One customer at a time (R65).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RoomQuery {
    /// The customer.
    pub customer_id: TenantId,
    /// Only this bucket.
    pub health: Option<Health>,
    /// Words that name, host, account or group must hold, in any order.
    pub text: String,
    /// Sorted by.
    pub sort: RoomColumn,
    /// Whether the order is turned round.
    pub descending: bool,
    /// Position of the first row wanted.
    pub offset: u32,
    /// How many rows, at most 500.
    pub limit: u32,
}

words! {
    /// Columns that the room list sorts by (A16).
    RoomColumn = "a room column" {
        /// By name: the default.
        Name = "name",
        /// By host name.
        Host = "host",
        /// By account.
        Account = "account",
        /// Worst first.
        Health = "health",
        /// With warnings first.
        Warnings = "warnings",
        /// By group.
        Group = "group",
        /// By ring.
        Ring = "ring",
        /// Most open tickets first.
        OpenTickets = "open_tickets",
        /// Longest silent first.
        LastSeen = "last_seen",
    }
}

/// See [`super::ListRooms`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RoomPage {
    /// How many match.
    pub total: u32,
    /// The rows of the window.
    pub rows: Vec<RoomRow>,
    /// Over all rooms of the customer that match the text.
    pub counters: RoomCounters,
    /// How far these can be relied on.
    pub freshness: Freshness,
    /// See [`DataChange::generation`].
    pub generation: u64,
}

/// A row of the room list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RoomRow {
    /// The room.
    pub room: Room,
    /// Its open incidents that the user may see; none without the right to see any.
    pub open_tickets: Option<u32>,
}

/// Names one room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RoomKey {
    /// The customer.
    pub customer_id: TenantId,
    /// The room.
    pub id: RoomId,
}

/// See [`super::LiftSuppression`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignalKey {
    /// Of which room.
    pub room: RoomKey,
    /// Which signal; none for the room as a whole.
    pub signal: Option<SignalOf>,
}

/// See [`super::GetRoom`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RoomDetail {
    /// The room.
    pub room: Room,
    /// The customer's name.
    pub customer_name: String,
    /// Its open incidents that the user may see, gravest first; none without the right to see any.
    pub incidents: Option<Vec<IncidentRow>>,
    /// How far this can be relied on.
    pub freshness: Freshness,
    /// See [`DataChange::generation`].
    pub generation: u64,
}
