//! Invitations, as the invited partner answers them (R27–R36).

use serde::{Deserialize, Serialize};

use crate::id::{InvitationId, PrincipalId, RelationshipId, TenantId};
use crate::permission::PermissionSet;
use crate::tenancy::{ChangeControl, OfflineTerms};
use crate::text::DomainName;
use crate::time::Timestamp;

/// `GET /v1/invitations/{id}`: what the addressed partner may know before it answers (R28): nothing of the rooms but their number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvitationDetail {
    /// Its id.
    pub id: InvitationId,
    /// Who invites.
    pub customer_id: TenantId,
    /// The customer's name.
    pub display_name: String,
    /// The customer's verified domains.
    pub domains: Vec<DomainName>,
    /// The domain that it is addressed to (R18).
    pub addressed_to: DomainName,
    /// When it was sent.
    pub created_at: Timestamp,
    /// When it expires (A2).
    pub expires_at: Timestamp,
    /// How many rooms the customer would delegate at this moment.
    pub rooms: u32,
    /// Whether rooms that join later come to it by themselves (A36).
    #[serde(default)]
    pub future_rooms: bool,
    /// Which changes would wait for the customer's approval.
    pub change_control: ChangeControl,
    /// The most that any role of the partner could hold (A9).
    pub ceiling: PermissionSet,
    /// What could be kept off line (A28).
    pub offline: OfflineTerms,
}

/// `POST /v1/invitations/{id}/accept` (R30).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AcceptInvitation {
    /// The first Primary admins: users, or groups with at least one user in them (R36, A5).
    pub primary_admins: Vec<PrincipalId>,
}

/// The answer to [`AcceptInvitation`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Accepted {
    /// The customer.
    pub customer_id: TenantId,
    /// The relationship that it established.
    pub relationship_id: RelationshipId,
}
