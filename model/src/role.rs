//! Roles, and the scope of their assignments.

use serde::{Deserialize, Serialize};

use crate::id::{RoleId, RoomGroupId, RoomId};
use crate::permission::{BuiltInRole, PermissionSet};

/// A role: a named set of permissions for one customer, on one side (R44).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Role {
    /// Its id.
    pub id: RoleId,
    /// Its name; fixed for built-in roles (R49).
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Which built-in role it is; none for a custom one.
    pub built_in: Option<BuiltInRole>,
    /// What its holders may do, within scope and ceiling.
    pub permissions: PermissionSet,
}

/// Where an assignment holds. Room groups are evaluated when access is asked for, not when the scope is written (A20).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Scope {
    /// Every room of the customer, or, on the partner's side, every delegated room.
    All,
    /// These rooms, and whatever rooms these groups hold.
    #[serde(rename_all = "camelCase")]
    Some {
        /// Rooms named one by one.
        rooms: Vec<RoomId>,
        /// Groups of rooms.
        groups: Vec<RoomGroupId>,
    },
}

impl Scope {
    /// The rooms that it names one by one.
    pub fn rooms(&self) -> &[RoomId] {
        match self {
            Self::All => &[],
            Self::Some { rooms, .. } => rooms,
        }
    }

    /// The groups that it names.
    pub fn groups(&self) -> &[RoomGroupId] {
        match self {
            Self::All => &[],
            Self::Some { groups, .. } => groups,
        }
    }
}
