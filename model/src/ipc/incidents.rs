//! The incident list and one incident.

use serde::{Deserialize, Serialize};

use super::Freshness;
use crate::api::IncidentTab;
use crate::filter::{Holder, Name};
use crate::id::{RoomId, TenantId};
use crate::incident::{Category, Incident, IncidentRow, IncidentStatus, IncidentType, Severity};
use crate::text::TicketNumber;
use crate::word::words;

/// What a list covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "scope")]
pub enum IncidentScope {
    /// One customer.
    #[serde(rename_all = "camelCase")]
    Customer {
        /// Which.
        id: TenantId,
    },
    /// All customers (R63).
    All,
}

/// See [`super::ListIncidents`]. Values within one filter are alternatives; different filters must all hold; an empty one holds always.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IncidentFilter {
    /// Only these customers; within [`IncidentScope::All`].
    pub customers: Vec<TenantId>,
    /// Only customers of one of these names, whatever the scope.
    pub customer_names: Vec<Name>,
    /// Only these statuses.
    pub statuses: Vec<IncidentStatus>,
    /// Only these severities.
    pub severities: Vec<Severity>,
    /// Only these categories.
    pub categories: Vec<Category>,
    /// Only these types.
    pub types: Vec<IncidentType>,
    /// Only with this room.
    pub room: Option<RoomId>,
    /// Only with a room of one of these names.
    pub room_names: Vec<Name>,
    /// Only with unread messages.
    pub unread: bool,
    /// Only what is snoozed; otherwise all but that (A33).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub snoozed: bool,
    /// Only what somebody, a certain one, or nobody works on (A32).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<ClaimFilter>,
    /// Only active for at least so many hours.
    pub older_than_h: Option<u32>,
    /// Only active for less than so many hours.
    pub younger_than_h: Option<u32>,
    /// Words that problem, type, ticket, room, its device or customer must hold, in any order.
    pub text: String,
    /// Which of these words the screen's language finds in what it calls a type: an incident of such a type holds the word too.
    pub type_words: Vec<TypeWord>,
}

/// See [`IncidentFilter::claim`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ClaimFilter {
    /// What is free.
    Nobody,
    /// What anybody works on.
    Somebody,
    /// What the user works on.
    Mine,
    /// What one of these works on.
    By(Vec<Holder>),
}

/// See [`IncidentFilter::type_words`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TypeWord {
    /// One of the [`words`](crate::search::words) of the text.
    pub word: String,
    /// The types whose names or problems hold it, as the screen shows them.
    pub types: Vec<IncidentType>,
}

/// See [`IncidentQuery::titles`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TypeTitles {
    /// Of which type.
    pub kind: IncidentType,
    /// What the column of types says.
    pub title: String,
    /// What the column of problems says, less which peripheral it is.
    pub problem: String,
}

/// See [`super::ListIncidents`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IncidentQuery {
    /// One customer, or all.
    pub scope: IncidentScope,
    /// Active or Resolved.
    pub tab: IncidentTab,
    /// On the Resolved tab: resolved within so many days (W7: 7, 30 or 90). Ignored on the Active tab.
    pub resolved_days: u32,
    /// What to show of it.
    pub filter: IncidentFilter,
    /// Sorted by.
    pub sort: IncidentColumn,
    /// Whether the order is turned round.
    pub descending: bool,
    /// Where it is sorted by type or problem: what the screen's language calls the types. English, for those that are missing.
    #[serde(default)]
    pub titles: Vec<TypeTitles>,
    /// Whether rows stand under rows of their category (W7).
    pub by_category: bool,
    /// Categories whose rows are folded away.
    pub collapsed: Vec<Category>,
    /// Position of the first row wanted.
    pub offset: u32,
    /// How many rows, at most 500.
    pub limit: u32,
}

words! {
    /// Columns that the incident list sorts by (A16).
    IncidentColumn = "an incident column" {
        /// Needs action first (R80), then gravest, then newest: the default.
        Urgency = "urgency",
        /// By customer.
        Customer = "customer",
        /// By problem.
        Problem = "problem",
        /// By ticket number.
        Ticket = "ticket",
        /// By room.
        Room = "room",
        /// By type.
        Type = "type",
        /// By status.
        Status = "status",
        /// By severity.
        Severity = "severity",
        /// By unread messages.
        Unread = "unread",
        /// By how long it has been active; on the Resolved tab, by when it was resolved.
        ActiveSince = "active_since",
    }
}

/// See [`super::ListIncidents`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IncidentPage {
    /// How many rows the list has, category rows included.
    pub total: u32,
    /// How many incidents match.
    pub matches: u32,
    /// The rows of the window.
    pub rows: Vec<ListRow>,
    /// Over the scope, tab and filter, but for the filter on status, so that the counters can switch it.
    pub counters: IncidentCounters,
    /// Customers within the scope whose rows are missing or stale, by name; at most 20 of them.
    pub unreliable: Vec<UnreliableCustomer>,
    /// How many there are in all.
    pub unreliable_total: u32,
    /// See [`DataChange::generation`].
    pub generation: u64,
}

/// A customer that a list names as missing or stale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UnreliableCustomer {
    /// The customer.
    pub id: TenantId,
    /// Its name.
    pub display_name: String,
    /// Never [`Freshness::Current`].
    pub freshness: Freshness,
}

/// A row of the incident list. Which of the two it is stands outside: with a tag within, each row would be read into a value of its own first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ListRow {
    /// A category, with sums over the incidents under it.
    #[serde(rename_all = "camelCase")]
    Category {
        /// Which.
        category: Category,
        /// Incidents under it.
        tickets: u32,
        /// Different rooms that they concern.
        rooms: u32,
        /// Those that need action.
        needs_action: u32,
        /// Those with unread messages.
        unread: u32,
    },
    /// An incident.
    #[serde(rename_all = "camelCase")]
    Incident {
        /// As the service shows it.
        incident: Box<IncidentRow>,
        /// The customer's name.
        customer_name: String,
        /// Messages that are beyond those that were read, here or on another desk of the same user; the oldest first.
        unread: u32,
    },
}

/// The counters above the incident list (W7). Each is a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IncidentCounters {
    /// All; on the Resolved tab, all resolved and closed ones.
    pub all: u32,
    /// See [`IncidentStatus::NeedsAction`].
    pub needs_action: u32,
    /// See [`IncidentStatus::AssignedToService`].
    pub assigned_to_service: u32,
    /// See [`IncidentStatus::PendingInvestigation`].
    pub pending_investigation: u32,
    /// See [`IncidentStatus::Resolved`].
    pub resolved: u32,
    /// See [`IncidentStatus::Closed`].
    pub closed: u32,
}

/// Names one incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IncidentRef {
    /// The customer.
    pub customer_id: TenantId,
    /// The number.
    pub number: TicketNumber,
}

/// See [`super::MarkRead`]: messages of an incident by their places in its thread, the oldest being 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SeenMessages {
    /// Of which incident.
    pub incident: IncidentRef,
    /// The first that was on screen.
    pub first: u32,
    /// The last; all between were, too.
    pub last: u32,
}

/// What of an incident is here beside what lists show: of one that was resolved long ago, a cache keeps the row alone (A40).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum IncidentRest {
    /// All of it.
    #[default]
    Here,
    /// Nothing yet: the service has been asked, and an event says when to look again.
    Coming,
    /// Nothing, and the service cannot be asked now.
    OffLine,
    /// Nothing: the service was asked in vain, though there is contact.
    Failed,
}

/// See [`super::GetIncident`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IncidentDetail {
    /// The incident; without what lists do not show of it where the rest is not here.
    pub incident: Incident,
    /// What of it is here.
    pub rest: IncidentRest,
    /// The customer's name.
    pub customer_name: String,
    /// Those of its rooms that the user may see by themselves: an incident gives no right to its rooms.
    pub open_rooms: Vec<RoomId>,
    /// How far this can be relied on.
    pub freshness: Freshness,
    /// See [`DataChange::generation`].
    pub generation: u64,
}
