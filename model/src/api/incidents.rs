//! Working on incidents: recorded issues, messages, closing (R81–R89, A10).

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::id::{RoomEventId, RoomId};
use crate::incident::ClosureReason;
use crate::text::TicketNumber;
use crate::time::Timestamp;
use crate::word::words;

/// The longest description of a recorded issue, in characters.
pub const LONGEST_DESCRIPTION: usize = 4_000;
/// The longest reason for high impact, in characters.
pub const LONGEST_IMPACT_REASON: usize = 1_000;
/// The longest message, in characters.
pub const LONGEST_MESSAGE: usize = 10_000;
/// The longest comment on closing, in characters.
pub const LONGEST_COMMENT: usize = 4_000;
/// The longest reason of a snooze or a suppression, in characters.
pub const LONGEST_SNOOZE_REASON: usize = 200;
/// How far ahead the end of a snooze may lie.
pub const LONGEST_SNOOZE: Duration = Duration::from_secs(30 * 24 * 60 * 60);
/// The most rooms of one recorded issue.
pub const MOST_ROOMS: usize = 200;

words! {
    /// Whose turn it is with an active incident.
    Assignee = "an assignee" {
        /// Ours: it needs action.
        Helpdesk = "helpdesk",
        /// The service's.
        Service = "service",
    }
}

/// `POST /v1/customers/{customer}/incidents` (R83): an issue that a person reports. Its rooms are unhealthy until it is closed (R84).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecordIssue {
    /// What is wrong: 1 to 4,000 characters.
    pub description: String,
    /// The rooms it concerns. None needs the right to record over everything at the customer.
    #[serde(default)]
    pub rooms: Vec<RoomId>,
    /// Makes it one of high impact: why it is, in 1 to 1,000 characters.
    #[serde(default)]
    pub high_impact_reason: Option<String>,
    /// The events of its rooms that it is recorded for, at most 50 (R113). Each is part of one issue.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<RoomEventId>,
}

/// `PATCH /v1/customers/{customer}/incidents/{number}`: an open recorded issue. What is left out stays.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EditIssue {
    /// See [`RecordIssue::description`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its rooms, of those that the caller sees; the others stay (A23).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rooms: Option<Vec<RoomId>>,
    /// See [`RecordIssue::high_impact_reason`]; empty for none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high_impact_reason: Option<String>,
}

/// `POST /v1/customers/{customer}/incidents/{number}/messages` (R81, R82).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PostMessage {
    /// What it says, as plain text: 1 to 10,000 characters.
    pub text: String,
    /// Whose turn it is then. Left out, nothing changes; only an active incident changes hands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assign_to: Option<Assignee>,
}

/// `POST /v1/customers/{customer}/incidents/{number}/close`: ends a recorded issue (R85, R86).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CloseIssue {
    /// Why.
    pub reason: ClosureReason,
    /// Up to 4,000 characters; empty for none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

/// `PUT /v1/customers/{customer}/incidents/{number}/claim` (A32): to work on it for 15 minutes, or for 15 more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClaimIncident {
    /// Also where somebody else works on it.
    #[serde(default)]
    pub take_over: bool,
}

/// `PUT /v1/customers/{customer}/incidents/{number}/snooze` (A33).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SnoozeIncident {
    /// Why: 1 to 200 characters.
    pub reason: String,
    /// When it comes back by itself, at most 30 days ahead; left out, when somebody fetches it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// What a change of an incident answers. What it says now comes with the next sync.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IncidentChanged {
    /// Its number.
    pub number: TicketNumber,
    /// Its version now.
    pub version: u64,
    /// Its version before: whoever had read that one has missed nothing. 0 of a new one.
    #[serde(default)]
    pub was: u64,
}
