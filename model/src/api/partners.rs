//! Partners, as a customer's administrator sees and steers them (R17–R26, R37, R45, R61).

use serde::{Deserialize, Serialize};

use crate::api::delegations::{Delegate, DelegateAll, DelegateGroup, DelegatedGroup, Revoke};
use crate::api::roles::RoleDetail;
use crate::id::{RoomId, TenantId};
use crate::permission::PermissionSet;
use crate::tenancy::{ChangeControl, OfflineTerms, PartnerStatus};
use crate::text::{DomainName, ExpiryDays};
use crate::time::Timestamp;

/// `POST /v1/partners`: an invitation to the partner that holds the domain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvitePartner {
    /// A verified domain of the partner (R18).
    pub domain: DomainName,
    /// For how many days the invitation stands (R20).
    pub expires_in_days: ExpiryDays,
    /// The rooms to delegate, up to 25,000. At least one comes by these, by groups or by `all`, now or later (R25, A36).
    #[serde(default)]
    pub rooms: Vec<RoomId>,
    /// The groups whose rooms to delegate.
    #[serde(default)]
    pub groups: Vec<DelegateGroup>,
    /// All rooms.
    #[serde(default)]
    pub all: Option<DelegateAll>,
    /// Which of the partner's changes wait for approval.
    #[serde(default)]
    pub change_control: ChangeControl,
    /// The most that any role of the partner may hold; the column of Primary admins where nobody says (A9).
    #[serde(default)]
    pub ceiling: Option<PermissionSet>,
    /// What the partner's desktops may keep (A28).
    #[serde(default, deserialize_with = "crate::requested::offline")]
    #[cfg_attr(feature = "openapi", schema(value_type = crate::requested::OfflineTerms))]
    pub offline: OfflineTerms,
    /// The terms must be agreed to before sending (R25).
    pub terms_accepted: bool,
}

impl InvitePartner {
    /// What it delegates.
    pub fn delegate(&self) -> Delegate {
        Delegate { rooms: self.rooms.clone(), groups: self.groups.clone(), all: self.all }
    }
}

/// A row of `GET /v1/partners`: a partner that works for the customer, or one that is invited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PartnerRow {
    /// The partner.
    pub id: TenantId,
    /// Its name.
    pub display_name: String,
    /// The domain that the invitation was addressed to; none for a relationship.
    pub domain: Option<DomainName>,
    /// Where it stands.
    pub status: PartnerStatus,
    /// How many rooms are, or would be, delegated at this moment.
    pub rooms: u32,
    /// Since when it works for the customer.
    pub established_at: Option<Timestamp>,
    /// When the invitation was sent.
    pub invited_at: Option<Timestamp>,
    /// When the invitation expires, or did.
    pub expires_at: Option<Timestamp>,
    /// How many of its changes wait for approval.
    pub waiting: u32,
    /// Whether nobody is left in its Primary admins (A6).
    pub without_admins: bool,
}

/// `GET /v1/partners/{partner}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PartnerDetail {
    /// Its row.
    #[serde(flatten)]
    pub row: PartnerRow,
    /// The rooms that are, or would be, delegated one by one.
    pub room_ids: Vec<RoomId>,
    /// The groups that are, or would be, delegated with future rooms, by name (A36).
    #[serde(default)]
    pub groups: Vec<DelegatedGroup>,
    /// Whether all rooms are, or would be, delegated, future ones too. Rooms and groups are then none.
    #[serde(default)]
    pub all_rooms: bool,
    /// Which of its changes wait for approval.
    pub change_control: ChangeControl,
    /// The most that any of its roles may hold.
    pub ceiling: PermissionSet,
    /// What its desktops may keep.
    pub offline: OfflineTerms,
    /// Its roles with their people; none while it is only invited.
    pub roles: Vec<RoleDetail>,
    /// What a change must name in `If-Match`.
    pub version: u64,
}

/// `PATCH /v1/partners/{partner}`: what is left out stays. Takes effect on the next request (A9, R58).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangePartner {
    /// What comes to the delegation (R37, A36).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub add: Option<Delegate>,
    /// What leaves it (R58).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remove: Option<Revoke>,
    /// The most that any of its roles may hold (A9).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ceiling: Option<PermissionSet>,
    /// Which of its changes wait for approval (R21).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change_control: Option<ChangeControl>,
    /// What its desktops may keep (A28).
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "crate::requested::offline_if_any")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<crate::requested::OfflineTerms>))]
    pub offline: Option<OfflineTerms>,
}
