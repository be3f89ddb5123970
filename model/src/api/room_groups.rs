//! Groups of rooms: scopes and filters name them. Who sees which: [`Rights::see_group`](crate::access::Rights::see_group).

use serde::{Deserialize, Serialize};

use crate::id::{AssignmentId, RoleId, RoomGroupId, RoomId};

/// How many rooms one request names at most.
pub const MOST_ROOMS: usize = 1_000;

/// A row of `GET /v1/customers/{c}/groups`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoomGroupRow {
    /// Its id.
    pub id: RoomGroupId,
    /// Its name: no two of a customer's are called alike.
    pub name: String,
    /// How many rooms of it the reader sees.
    pub rooms: u32,
}

/// `GET /v1/customers/{c}/groups/{g}`. Its rooms are a list of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoomGroupDetail {
    /// The group.
    #[serde(flatten)]
    pub group: RoomGroupRow,
    /// Whether the reader may add rooms to it, and take some out.
    pub may_modify: bool,
    /// Whether they may rename and delete it, too: it holds no room that is out of their reach.
    pub may_rename: bool,
    /// Assignments that reach as far as it, as far as the reader sees them, by role and name.
    pub uses: Vec<RoomGroupUse>,
    /// How many more there are.
    pub hidden_uses: u32,
    /// The partners that it is delegated to with future rooms, or would be by an invitation that waits, by name (A36). None to anybody but the customer's
    /// administrators.
    #[serde(default)]
    pub delegated_to: Vec<String>,
    /// What a change must name in `If-Match`.
    pub version: u64,
}

/// An assignment that names a group in its scope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoomGroupUse {
    /// The assignment.
    pub assignment: AssignmentId,
    /// Its name.
    pub name: String,
    /// Its role.
    pub role: RoleId,
    /// The role's name.
    pub role_name: String,
    /// The partner whose role it is; none for the customer's own.
    pub partner: Option<String>,
}

/// `POST /v1/customers/{c}/groups`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreateRoomGroup {
    /// Its name.
    pub name: String,
    /// The rooms that it begins with, up to 1,000.
    #[serde(default)]
    pub rooms: Vec<RoomId>,
}

/// `PATCH /v1/customers/{c}/groups/{g}`: what is left out stays.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeRoomGroup {
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Rooms that come to it, up to 1,000; those that are in it already may be named.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub add: Vec<RoomId>,
    /// Rooms that leave it, likewise.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remove: Vec<RoomId>,
}
