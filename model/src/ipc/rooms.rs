//! The room list and one room.

use serde::{Deserialize, Serialize};

use super::{Freshness, IncidentScope, UnreliableCustomer};
use crate::filter::Name;
use crate::id::{RoomId, TenantId};
use crate::incident::IncidentRow;
use crate::room::{Enrolment, Health, Room, RoomCounters};
use crate::word::words;

/// See [`super::ListRooms`]. Values within one filter are alternatives; different filters must all hold; an empty one holds always.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RoomFilter {
    /// Only customers of one of these names, whatever the scope.
    pub customer_names: Vec<Name>,
    /// Only these buckets.
    pub healths: Vec<Health>,
    /// Only with open Warnings.
    pub warnings: bool,
    /// Only in groups of one of these names: over all customers, groups of one name are one choice.
    pub groups: Vec<Name>,
    /// Only in rings of one of these names.
    pub rings: Vec<Name>,
    /// Only where their enrolment stands here.
    pub enrolments: Vec<Enrolment>,
    /// Only heard of within so many hours.
    pub seen_within_h: Option<u32>,
    /// Only not heard of for at least so many hours, or never.
    pub silent_for_h: Option<u32>,
    /// Words that name, host, account, group, ring or, over all customers, the customer must hold, in any order.
    pub text: String,
}

/// See [`super::ListRooms`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RoomQuery {
    /// One customer, or all.
    pub scope: IncidentScope,
    /// What to show of it.
    pub filter: RoomFilter,
    /// Sorted by.
    pub sort: RoomColumn,
    /// Whether the order is turned round.
    pub descending: bool,
    /// Position of the first row wanted.
    pub offset: u32,
    /// How many rows, at most 500.
    pub limit: u32,
}

impl RoomQuery {
    /// The first rows of one customer, by name.
    pub fn of_customer(id: TenantId, limit: u32) -> Self {
        Self {
            scope: IncidentScope::Customer { id },
            filter: RoomFilter::default(),
            sort: RoomColumn::Name,
            descending: false,
            offset: 0,
            limit,
        }
    }
}

words! {
    /// Columns that the room list sorts by (A16).
    RoomColumn = "a room column" {
        /// By name: the default.
        Name = "name",
        /// By customer.
        Customer = "customer",
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

/// How many names of groups or rings a page offers to filter by.
pub const MOST_CHOICES: usize = 100;

/// See [`super::ListRooms`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RoomPage {
    /// How many match.
    pub total: u32,
    /// The rows of the window.
    pub rows: Vec<RoomRow>,
    /// Over the scope and the filter, but for the filter on health, so that the counters can switch it.
    pub counters: RoomCounters,
    /// Names of groups to filter by: those of the scope's rooms, the most frequent of them, by name; at most [`MOST_CHOICES`].
    pub groups: Vec<String>,
    /// The same of rings.
    pub rings: Vec<String>,
    /// Customers within the scope whose rooms are missing or stale, by name; at most 20 of them.
    pub unreliable: Vec<UnreliableCustomer>,
    /// How many there are in all.
    pub unreliable_total: u32,
    /// See [`DataChange::generation`].
    pub generation: u64,
}

/// A row of the room list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RoomRow {
    /// The room.
    pub room: Room,
    /// The customer's name.
    pub customer_name: String,
    /// Its open incidents that the user may see; none without the right to see any.
    pub open_tickets: Option<u32>,
}

/// Names one room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RoomKey {
    /// The customer.
    pub customer_id: TenantId,
    /// The room.
    pub id: RoomId,
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
