//! Which rooms a customer delegates to a partner (A36): one by one, by room group, or all. *Future* rooms are those that join later; what is named
//! without them is kept as the rooms that there are when the request arrives.

use serde::{Deserialize, Serialize};

use crate::id::{RoomGroupId, RoomId};

/// How many rooms one request names at most, to add or to take away. So many fit into the body that these routes take.
pub const MOST_ROOMS: usize = 25_000;

/// A room group to delegate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DelegateGroup {
    /// The group.
    pub id: RoomGroupId,
    /// Whether with whatever rooms are in it at any time; else with those that are in it now.
    #[serde(default)]
    pub future: bool,
}

/// All rooms of the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DelegateAll {
    /// Whether with every room that there is at any time; else with those that there are now.
    #[serde(default)]
    pub future: bool,
}

/// What comes to a delegation. What is in it already may be named.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Delegate {
    /// These rooms, up to 25,000.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rooms: Vec<RoomId>,
    /// The rooms of these groups.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<DelegateGroup>,
    /// All rooms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub all: Option<DelegateAll>,
}

/// What leaves a delegation, before anything comes to it. What is not in it may be named; a room that a group or *all* still delegates is refused.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Revoke {
    /// These rooms, up to 25,000. A room that is named here does not come to it either.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rooms: Vec<RoomId>,
    /// These groups.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<RoomGroupId>,
    /// That all rooms are delegated.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub all: bool,
}

/// A group that is delegated with future rooms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DelegatedGroup {
    /// The group.
    pub id: RoomGroupId,
    /// Its name.
    pub name: String,
    /// How many rooms are in it now.
    pub rooms: u32,
}
