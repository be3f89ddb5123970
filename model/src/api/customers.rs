//! One customer, as a partner's staff deal with it: its Primary admins, and the goodbye (A7, R36, R59–R62).

use serde::{Deserialize, Serialize};

use crate::id::TenantId;
use crate::permission::PermissionSet;
use crate::tenancy::{ChangeControl, OfflineTerms};
use crate::text::DomainName;
use crate::time::Timestamp;

/// `GET /v1/customers/{c}`: what the relationship says, and what the caller may do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerDetail {
    /// The customer.
    pub id: TenantId,
    /// Its name.
    pub display_name: String,
    /// Its verified domains.
    pub domains: Vec<DomainName>,
    /// Since when it is a customer.
    pub established_at: Timestamp,
    /// How many rooms are delegated.
    pub rooms: u32,
    /// The most that any role here may hold (A9).
    pub ceiling: PermissionSet,
    /// Which changes wait for the customer's approval.
    pub change_control: ChangeControl,
    /// What may be kept off line.
    pub offline: OfflineTerms,
    /// How many incidents are open in rooms that the caller sees; none for who sees no incidents (R28).
    pub open_incidents: Option<u32>,
    /// How many changes wait for the customer's approval.
    pub waiting_requests: u32,
    /// How many custom roles the partner has here.
    pub custom_roles: u32,
    /// Whether nobody is left in the Primary admins (A6).
    pub without_admins: bool,
    /// Whether the caller may see and change the Primary admins (A7).
    pub may_change_admins: bool,
    /// Whether the caller may end the relationship (R59).
    pub may_remove: bool,
    /// What a removal must name in `If-Match`.
    pub version: u64,
}
