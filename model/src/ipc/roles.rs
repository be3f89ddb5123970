//! Roles and assignments at a customer, and why somebody can do something.

use serde::{Deserialize, Serialize};

use crate::id::{AssignmentId, PrincipalId, RoleId, RoomId, TenantId};
use crate::permission::Permission;

/// A role at a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RoleKey {
    /// The customer.
    pub customer: TenantId,
    /// The role.
    pub role: RoleId,
}

/// An assignment of a role at a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AssignmentKey {
    /// The customer.
    pub customer: TenantId,
    /// The role.
    pub role: RoleId,
    /// The assignment.
    pub assignment: AssignmentId,
}

/// Why can, or can't, somebody do something in a room?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccessQuestion {
    /// The customer.
    pub customer: TenantId,
    /// The user that is asked about.
    pub user: PrincipalId,
    /// What they want to do.
    pub permission: Permission,
    /// Where.
    pub room: RoomId,
}
