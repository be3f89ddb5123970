//! Groups of rooms at a customer.

use serde::{Deserialize, Serialize};

use crate::id::{RoomGroupId, TenantId};

/// A group of rooms of a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RoomGroupKey {
    /// The customer.
    pub customer: TenantId,
    /// The group.
    pub group: RoomGroupId,
}
