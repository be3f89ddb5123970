//! Update rings at a customer.

use serde::{Deserialize, Serialize};

use crate::id::{TenantId, UpdateRingId};

/// An update ring of a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UpdateRingKey {
    /// The customer.
    pub customer: TenantId,
    /// The ring.
    pub ring: UpdateRingId,
}
