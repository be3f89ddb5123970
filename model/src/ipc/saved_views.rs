//! Saved views, and how much each of them finds.

use serde::{Deserialize, Serialize};

use super::{IncidentFilter, RoomFilter};
use crate::api::saved_views::SaveView;
use crate::id::SavedViewId;

/// See [`super::SaveFilter`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SaveFilterArgs {
    /// Which; of a new one, an id that was made with the form.
    pub id: SavedViewId,
    /// The version that was read; none for a new one.
    pub version: Option<u64>,
    /// What it shall be.
    pub view: SaveView,
}

/// See [`super::CountIncidents`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CountQuery {
    /// What to count.
    pub filters: Vec<IncidentFilter>,
}

/// See [`super::CountResolved`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResolvedCountQuery {
    /// What to count.
    pub filters: Vec<IncidentFilter>,
    /// Of what was resolved within so many days.
    pub days: u32,
}

/// See [`super::CountRooms`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RoomCountQuery {
    /// What to count.
    pub filters: Vec<RoomFilter>,
}

/// See [`super::CountIncidents`], [`super::CountRooms`] and [`super::CountResolved`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ViewCounts {
    /// Of each filter; none of one that means only customers that are not here, or whose rows may not be read now (A28): nothing can be said about them.
    pub counts: Vec<Option<ViewCount>>,
    /// See [`DataChange::generation`](super::DataChange::generation).
    pub generation: u64,
}

/// How many of what is here a filter finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ViewCount {
    /// So many.
    pub count: u32,
    /// There may be more: of some customer that it means not all has come, or nothing may be read now.
    pub at_least: bool,
}

/// See [`super::CountMeant`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MeantByName {
    /// How many customers are meant.
    pub customers: u32,
    /// What the one that a mark means is called now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called: Option<String>,
}
