//! Updates at a customer.

use serde::{Deserialize, Serialize};

use crate::id::{TenantId, UpdateId};

/// An update at a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UpdateKey {
    /// The customer.
    pub customer: TenantId,
    /// The update.
    pub update: UpdateId,
}
