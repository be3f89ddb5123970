//! How a room was used: what its device reports of meetings and calls (R97, R98).

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::time::Timestamp;
use crate::word::words;

/// The most meetings and calls together that one report of a device holds.
pub const MOST_USES: usize = 200;

words! {
    /// How good a call was.
    CallQuality = "a quality of a call" {
        /// Nobody had reason to complain.
        Good = "good",
        /// Heard or seen badly.
        Poor = "poor",
        /// The device cannot tell. Counts as a call, and as no good one (R98).
        Unknown = "unknown",
    }
}

/// `POST /v1/agent/usage`, with the room's key as bearer. Numbers and times, and nobody's name.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoomUsage {
    /// Meetings. With the calls at most 200.
    #[serde(default)]
    pub meetings: Vec<ReportedMeeting>,
    /// Calls.
    #[serde(default)]
    pub calls: Vec<ReportedCall>,
}

/// A meeting in a room. Reported again under the same id, it takes the place of what was reported before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportedMeeting {
    /// The device's own name for it.
    pub id: Uuid,
    /// When it began.
    pub start: Timestamp,
    /// When it ended: after it began, and within a day.
    pub end: Timestamp,
    /// Whether the room was booked for it; an ad hoc meeting was not.
    pub booked: bool,
    /// Whether it had a link to a Teams meeting.
    #[serde(default)]
    pub teams_link: bool,
}

/// A call in a room. Reported again under the same id, it takes the place of what was reported before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportedCall {
    /// The device's own name for it.
    pub id: Uuid,
    /// When it began.
    pub start: Timestamp,
    /// When it ended: after it began, and within a day.
    pub end: Timestamp,
    /// How good it was.
    pub quality: CallQuality,
}

/// The answer to [`RoomUsage`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UsageAnswer {
    /// How many are new, or other than before.
    pub kept: u32,
    /// How many are not kept, and need not be sent again: of more than 90 days ago, or more than a room may have in a day.
    pub dropped: u32,
}
