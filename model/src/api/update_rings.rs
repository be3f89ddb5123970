//! Update rings of a customer: which there are is told to whoever has `rings.view` in one of its rooms, since they share their days; their rooms are counted
//! as far as the reader sees them.

use serde::{Deserialize, Serialize};

use crate::id::{RoomId, UpdateRingId};
use crate::update_ring::{RingDays, RingPreset};

/// How many rooms one request moves at most.
pub const MOST_MOVED: usize = 200;

/// `GET /v1/customers/{c}/rings`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RingList {
    /// All of the customer's, in the order of updates.
    pub rings: Vec<UpdateRingRow>,
    /// How many days are left for rollout and test (R101).
    pub days_left: u32,
    /// Whether the reader may add rings, and change and delete each of them: the customer's own users with `rings.modify` over everything (A21).
    pub may_make: bool,
    /// Whether the reader may move rooms: those in which they have `rooms.view` and `rings.modify`.
    pub may_move: bool,
    /// Whether a change becomes a request to the customer (R24, A18).
    pub needs_approval: bool,
}

/// A ring of that list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UpdateRingRow {
    /// Its id.
    pub id: UpdateRingId,
    /// Where it stands in the order of updates: 1 to 9 (R100).
    pub order: u8,
    /// Its name: no two of a customer's are called alike.
    pub name: String,
    /// What it is for; empty where nobody said.
    pub description: String,
    /// How many days it takes.
    #[serde(flatten)]
    pub days: RingDays,
    /// On which day after its publication an update is complete in it: all days of the rings so far.
    pub completion_day: u32,
    /// How many rooms of it the reader sees.
    pub rooms: u32,
    /// Which of the preset ones it is; none for another one. Preset ones can't be deleted (R102).
    pub built_in: Option<RingPreset>,
    /// Whether the reader may change it: of a partner's users, those with `rings.modify` in each of its rooms, and no preset one (A21).
    pub may_change: bool,
    /// What a change must name in `If-Match`. It counts changes of the ring itself, not which rooms are in it.
    pub version: u64,
}

/// `POST /v1/customers/{c}/rings`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreateUpdateRing {
    /// A place from 1 to 9 that no other ring has (R100).
    pub order: u32,
    /// Its name.
    pub name: String,
    /// What it is for, up to 500 characters.
    #[serde(default)]
    pub description: String,
    /// See [`RingDays`]: up to 60.
    pub deferral_days: u32,
    /// Together with `testDays` no more than are left (R101).
    pub rollout_days: u32,
    /// See `rolloutDays`.
    pub test_days: u32,
}

/// `PATCH /v1/customers/{c}/rings/{r}`: what is left out stays.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeUpdateRing {
    /// See [`CreateUpdateRing`]. Staging stays the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<u32>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// See [`CreateUpdateRing`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deferral_days: Option<u32>,
    /// See [`CreateUpdateRing`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rollout_days: Option<u32>,
    /// See [`CreateUpdateRing`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub test_days: Option<u32>,
}

/// `POST /v1/customers/{c}/rings/{r}/rooms`: puts rooms into this ring, and so takes them out of theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MoveRooms {
    /// Which, up to 200; those that are in it already may be named.
    pub rooms: Vec<RoomId>,
}
