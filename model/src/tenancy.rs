//! Tenants, principals, and what ties a customer to a partner.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::{InvitationId, PrincipalId, TenantId};
use crate::text::OfflineDays;
use crate::time::Timestamp;
use crate::word::words;

/// The header of a request that says as which of the two it is sent, for an organisation that is partner and customer: see [`ActingAs`].
pub const ACTING_AS: &str = "tenantry-acting-as";

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

    /// What kind of change of a partner a customer may want to approve first (A18). Tickets and messages never are.
    ControlEvent = "an event of change control" {
        /// Changes of rooms.
        Rooms = "rooms.modify",
        /// Quieting rooms and signals.
        Suppression = "rooms.suppress",
        /// Changes of update rings.
        Rings = "rings.modify",
        /// Changes of the partner's roles, their assignments, and who is in them.
        Roles = "roles.modify",
    }

    /// Whether a partner's change takes effect at once (R23) or when the customer approves it (R24).
    Approval = "a kind of approval" {
        /// At once: the preset of every event (R21).
        Auto = "auto",
        /// When the customer approves it.
        Manual = "manual",
    }

    /// Where a partner stands, seen from the customer.
    PartnerStatus = "a partner status" {
        /// Works for the customer.
        Active = "active",
        /// Has an invitation to answer.
        Pending = "pending",
        /// Let an invitation expire (A2).
        Expired = "expired",
    }

    /// Where a request for approval stands (R24).
    RequestState = "a request state" {
        /// Waits for the customer.
        Pending = "pending",
        /// The customer agreed, and it took effect.
        Approved = "approved",
        /// The customer refused; nothing changed.
        Rejected = "rejected",
        /// The relationship ended first, or the right of who asked for it (A19).
        Lapsed = "lapsed",
    }

    /// As which of the two somebody of an organisation acts that is a partner and a customer (A37).
    ActingAs = "partner or customer" {
        /// As the partner: at its customers.
        Partner = "partner",
        /// As the customer: at its own rooms.
        Customer = "customer",
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

impl Tenant {
    /// The organisation as one acts for it, and as which of the two where it is both (A37): the partner where nobody says otherwise. None where it is
    /// not what is asked for.
    pub fn acting(self, asked: Option<ActingAs>) -> Option<(Self, Option<ActingAs>)> {
        let (partner, customer) = match asked {
            None if self.is_partner && self.is_customer => (true, false),
            None => return Some((self, None)),
            Some(ActingAs::Partner) => (true, false),
            Some(ActingAs::Customer) => (false, true),
        };
        if (partner && !self.is_partner) || (customer && !self.is_customer) {
            return None;
        }
        let chosen = (self.is_partner && self.is_customer).then_some(if partner { ActingAs::Partner } else { ActingAs::Customer });
        Some((Self { is_partner: partner, is_customer: customer, ..self }, chosen))
    }
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
    /// `now` must never run backwards: pass the latest time ever seen, or a clock set back unlocks rows.
    pub fn allow(self, as_of: Timestamp, now: Timestamp) -> bool {
        const DAY: std::time::Duration = std::time::Duration::from_secs(24 * 60 * 60);
        self.allowed && now <= as_of.plus(DAY * u32::from(self.days.days()))
    }
}

/// Which of a partner's changes wait for the customer's approval (R21): an object with every event, `auto` unless the customer says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "BTreeMap<ControlEvent, Approval>", into = "BTreeMap<ControlEvent, Approval>")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = BTreeMap<ControlEvent, Approval>))]
pub struct ChangeControl(u8);

impl ChangeControl {
    /// With these events by hand and the others at once.
    pub fn manual(events: &[ControlEvent]) -> Self {
        Self(events.iter().fold(0, |bits, event| bits | Self::bit(*event)))
    }

    /// How the event is treated.
    pub const fn of(self, event: ControlEvent) -> Approval {
        if self.0 & Self::bit(event) == 0 { Approval::Auto } else { Approval::Manual }
    }

    /// The number in tables.
    pub fn to_bits(self) -> i64 {
        i64::from(self.0)
    }

    /// From the number in tables; bits that no event has are left out.
    pub fn from_bits(bits: i64) -> Self {
        let events = ControlEvent::ALL.iter().filter(|event| bits & i64::from(Self::bit(**event)) != 0);
        Self(events.fold(0, |all, event| all | Self::bit(*event)))
    }

    const fn bit(event: ControlEvent) -> u8 {
        1 << event as u8
    }
}

impl From<BTreeMap<ControlEvent, Approval>> for ChangeControl {
    fn from(events: BTreeMap<ControlEvent, Approval>) -> Self {
        let manual: Vec<ControlEvent> = events.into_iter().filter(|(_, how)| *how == Approval::Manual).map(|(event, _)| event).collect();
        Self::manual(&manual)
    }
}

impl From<ChangeControl> for BTreeMap<ControlEvent, Approval> {
    fn from(control: ChangeControl) -> Self {
        ControlEvent::ALL.iter().map(|event| (*event, control.of(*event))).collect()
    }
}

/// A user or a security group, as lists name them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PrincipalRef {
    /// Its object id.
    pub id: PrincipalId,
    /// What it is.
    pub kind: PrincipalKind,
    /// Its name.
    pub display_name: String,
    /// Its sign-in name; none for a group.
    pub upn: Option<String>,
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
    fn r21_every_event_is_automatic_unless_the_customer_says_otherwise() {
        let preset: ChangeControl = serde_json::from_str("{}").unwrap();
        assert!(ControlEvent::ALL.iter().all(|event| preset.of(*event) == Approval::Auto));
        let control: ChangeControl = serde_json::from_str(r#"{"roles.modify":"manual"}"#).unwrap();
        assert_eq!(control, ChangeControl::manual(&[ControlEvent::Roles]));
        let json = serde_json::to_string(&control).unwrap();
        assert_eq!(json, r#"{"rooms.modify":"auto","rooms.suppress":"auto","rings.modify":"auto","roles.modify":"manual"}"#);
        assert_eq!(ChangeControl::from_bits(control.to_bits()), control);
        assert_eq!(ChangeControl::from_bits(-1), ChangeControl::manual(ControlEvent::ALL));
    }

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
