//! Partners of the own organisation.

use serde::{Deserialize, Serialize};

use crate::id::{RoleId, TenantId};

/// A role of a partner, seen from the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PartnerRoleKey {
    /// The partner.
    pub partner: TenantId,
    /// The role.
    pub role: RoleId,
}
