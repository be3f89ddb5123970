//! What happened in a room and is no incident by itself (R113): a poor call, a problem that somebody in the room reported.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Page;
use crate::id::{RoomEventId, RoomId};
use crate::text::TicketNumber;
use crate::time::Timestamp;
use crate::word::words;

/// The most events of one report of a device.
pub const MOST_REPORTED: usize = 50;
/// The longest text of an event, in characters.
pub const LONGEST_EVENT_TEXT: usize = 1_000;
/// The most events that one issue is recorded with.
pub const MOST_EVENTS: usize = 50;

words! {
    /// What happened.
    RoomEventKind = "a kind of event" {
        /// A call was poor.
        PoorCall = "poor_call",
        /// Somebody in the room reported a problem.
        RoomReport = "room_report",
    }

    /// What was poor about a call.
    CallProblem = "a problem of a call" {
        /// What was heard.
        Audio = "audio",
        /// What was seen.
        Video = "video",
        /// What was shared.
        ScreenShare = "screen_share",
        /// The connection.
        Network = "network",
        /// It ended before its time.
        Dropped = "dropped",
        /// Anything else.
        Other = "other",
    }
}

/// `POST /v1/agent/events`, with the room's key as bearer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventsReport {
    /// At most 50. Those that were reported before are known by their ids, and change nothing.
    pub events: Vec<ReportedEvent>,
}

/// An event as a device reports it. Numbers and words about the call and the room, and nobody's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportedEvent {
    /// The device's own name for it.
    pub id: Uuid,
    /// When it happened.
    pub at: Timestamp,
    /// What happened.
    pub kind: RoomEventKind,
    /// Of a poor call: what was poor about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<CallProblem>,
    /// Of a poor call: how long it lasted, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_s: Option<u32>,
    /// Of a poor call: how many took part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub participants: Option<u32>,
    /// Of a poor call: how much of what was sent was lost, 0 to 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub packet_loss_percent: Option<u32>,
    /// Of a report from the room: what was written, if anything was; up to 1,000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// The answer to [`EventsReport`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventsAnswer {
    /// How many are kept now that were not before.
    pub kept: u32,
    /// How many are not kept, and need not be sent again: older than 90 days, or more than a room may have in a day.
    pub dropped: u32,
}

/// An event of a room, as whoever sees the room reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoomEvent {
    /// Its id here.
    pub id: RoomEventId,
    /// The room.
    pub room_id: RoomId,
    /// When it happened.
    pub at: Timestamp,
    /// What happened.
    pub kind: RoomEventKind,
    /// See [`ReportedEvent::problem`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<CallProblem>,
    /// See [`ReportedEvent::duration_s`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_s: Option<u32>,
    /// See [`ReportedEvent::participants`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub participants: Option<u32>,
    /// See [`ReportedEvent::packet_loss_percent`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub packet_loss_percent: Option<u32>,
    /// See [`ReportedEvent::text`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The issue that it became part of, for a reader with `tickets.view` on the room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issue: Option<TicketNumber>,
    /// Whether it is part of an issue, named to the reader or not: no other issue can be recorded for it.
    #[serde(default)]
    pub taken: bool,
}

/// `GET /v1/customers/{customer}/rooms/{room}/events`: newest first.
pub type RoomEventPage = Page<RoomEvent>;

/// `GET /v1/customers/{customer}/incidents/{number}/events`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IssueEvents {
    /// Those of the rooms that the reader sees, newest first.
    pub events: Vec<RoomEvent>,
}
