//! Tenants, principals, and what ties a customer to a partner.

use serde::{Deserialize, Serialize};

use crate::id::{InvitationId, PrincipalId, TenantId};
use crate::text::OfflineDays;
use crate::time::Timestamp;
use crate::word::words;

/// The directory role template that makes a Global Administrator, in every Entra tenant.
pub const GLOBAL_ADMINISTRATOR: &str = "62e90394-69f5-4237-9190-012177145e10";

words! {
    /// A portal-wide role of a signed-in user. None of them shows a customer's data by itself (R14, R28).
    PortalRole = "a portal role" {
        /// Holds the directory role Global Administrator (from the token's `wids`).
        GlobalAdministrator = "global_administrator",
        /// Managed Service Administrator of their own tenant.
        ManagedServiceAdministrator = "managed_service_administrator",
        /// Tenant manager of a partner (R11–R15).
        TenantManager = "tenant_manager",
    }

    /// What a principal is. Distribution lists are never principals.
    PrincipalKind = "a kind of principal" {
        /// A person.
        User = "user",
        /// A security group; nested groups count.
        SecurityGroup = "security_group",
    }

    /// Where a relationship stands.
    RelationshipStatus = "a relationship status" {
        /// The partner works for the customer.
        Active = "active",
        /// One side ended it (R59–R62). Nothing is visible any more.
        Ended = "ended",
    }

    /// Where an invitation stands. Denied and withdrawn ones are deleted (R33, A3).
    InvitationStatus = "an invitation status" {
        /// Waiting for the partner.
        Pending = "pending",
        /// Past its expiry: computed, never stored (A2).
        Expired = "expired",
    }

    /// How a tenant shows in the partner's Tenants list.
    TenantStatus = "a tenant status" {
        /// A customer with an active relationship.
        Active = "active",
        /// An invitation waits for an answer.
        Pending = "pending",
    }
}

/// A tenant of the directory, as its own staff and its counterpart may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tenant {
    /// Entra's tenant id.
    pub id: TenantId,
    /// The organisation's name.
    pub display_name: String,
    /// Whether it is onboarded as an Elite partner; a partner that is not is refused the portal (R2).
    pub is_partner: bool,
    /// Whether it owns rooms.
    pub is_customer: bool,
}

/// A signed-in person: the pair that identifies them, never a mail address or a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UserKey {
    /// `tid` of the token.
    pub tenant_id: TenantId,
    /// `oid` of the token.
    pub user_id: PrincipalId,
}

/// What a customer allows a desktop to keep (A28).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OfflineTerms {
    /// Whether rows may be read without contact to the service at all.
    pub allowed: bool,
    /// For how many days after the last contact.
    pub days: OfflineDays,
}

impl Default for OfflineTerms {
    fn default() -> Self {
        Self { allowed: true, days: OfflineDays::default() }
    }
}

impl OfflineTerms {
    /// Whether rows that were last confirmed at `as_of` may be read at `now` without contact.
    ///
    /// `now` must never run backwards: pass the latest moment that was ever seen, or a clock set back unlocks rows.
    pub fn allow(self, as_of: Timestamp, now: Timestamp) -> bool {
        const DAY: std::time::Duration = std::time::Duration::from_secs(24 * 60 * 60);
        self.allowed && now <= as_of.plus(DAY * u32::from(self.days.days()))
    }
}

/// An invitation as the invited partner may see it: high-level metadata, and no more (R28).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvitationSummary {
    /// Its id.
    pub id: InvitationId,
    /// When it expires (A2).
    pub expires_at: Timestamp,
    /// How many rooms the customer would delegate.
    pub rooms: u32,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a28_rows_lock_after_the_last_allowed_day_and_at_once_where_offline_is_not_allowed() {
        let terms = OfflineTerms { allowed: true, days: "2".parse().unwrap() };
        let as_of = Timestamp::from_micros(1_000_000);
        let limit = as_of.plus(Duration::from_secs(2 * 86_400));
        assert!(terms.allow(as_of, limit));
        assert!(!terms.allow(as_of, limit.plus(Duration::from_micros(1))));
        assert!(!OfflineTerms { allowed: false, ..terms }.allow(as_of, as_of));
        assert_eq!(OfflineTerms::default().days.days(), 7);
    }
}
