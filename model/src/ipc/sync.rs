//! Where the sync stands, what it changed, and how far cached rows can be relied on.

use serde::{Deserialize, Serialize};

use super::{IncidentRef, RoomKey};
use crate::id::TenantId;
use crate::time::Timestamp;
use crate::word::words;

/// Where the sync stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SyncStatus {
    /// On line or not.
    pub state: SyncState,
    /// As of when the cache is; none before the first sync.
    pub as_of: Option<Timestamp>,
    /// Whether more of the first sync is still on its way: what the rows of active incidents leave out, rooms, and resolved incidents.
    pub history_pending: bool,
    /// How much of these has come, in percent, where that is known.
    pub done_percent: Option<u8>,
}

/// See [`SyncStatus`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "state")]
pub enum SyncState {
    /// Nobody is signed in.
    SignedOut,
    /// On the way to the service for the first time since start or since the machine woke.
    Connecting,
    /// The cache is what the service shows.
    Current,
    /// It may not be.
    #[serde(rename_all = "camelCase")]
    Offline {
        /// Since when.
        since: Timestamp,
        /// Why.
        reason: OfflineReason,
        /// When the next try is due.
        retry_at: Option<Timestamp>,
    },
    /// It no longer can be: sign in again, or ask the administrator.
    #[serde(rename_all = "camelCase")]
    AccessEnded {
        /// Why.
        reason: AccessEndedReason,
    },
}

words! {
    /// Why a sync fails at present.
    OfflineReason = "a reason to be offline" {
        /// No way to the service.
        Unreachable = "unreachable",
        /// The service answers with an error of its own.
        ServiceError = "service_error",
        /// The service asks to slow down.
        TooManyRequests = "too_many_requests",
        /// Something between here and the service answers in its place: a gateway, a proxy, the sign-in page of a network.
        Intercepted = "intercepted",
        /// This device's disk is full: what the service says cannot be kept.
        DiskFull = "disk_full",
        /// This device's folder or file may not be written to: what the service says cannot be kept.
        DiskReadOnly = "disk_read_only",
        /// Another program holds the file: what the service says cannot be kept.
        FileLocked = "file_locked",
        /// This device's disk fails: what the service says cannot be kept.
        DiskFailed = "disk_failed",
    }

    /// Why access ended.
    AccessEndedReason = "a reason for access to end" {
        /// The refresh token no longer holds: sign in again.
        SignInExpired = "sign_in_expired",
        /// The organisation is not onboarded (R2).
        TenantRefused = "tenant_refused",
    }
}

/// See [`super::DataChanged`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DataChange {
    /// Raised with every change. Answers carry it, so that an older one never replaces a newer.
    pub generation: u64,
    /// The customers that were touched; empty where it may be any.
    pub customers: Vec<TenantId>,
    /// What was touched of them; none where it may be anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub touched: Option<Touched>,
}

/// What a change touched of the customers that it names.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Touched {
    /// Customers that were touched themselves, and with them everything they have.
    pub whole: Vec<TenantId>,
    /// Incidents that came, changed or went.
    pub incidents: Vec<IncidentRef>,
    /// Rooms that came, changed or went.
    pub rooms: Vec<RoomKey>,
}

impl DataChange {
    /// A change that may be of anything.
    pub fn of_anything(generation: u64) -> Self {
        Self { generation, customers: vec![], touched: None }
    }

    /// Whether what is known of an incident may be another now.
    pub fn touches_incident(&self, key: IncidentRef) -> bool {
        self.may_touch(key.customer_id, |touched| touched.incidents.contains(&key))
    }

    /// Whether a room or its open incidents may be others now. The rooms that an incident had before are not told: any incident of the
    /// customer counts.
    pub fn touches_room(&self, key: RoomKey) -> bool {
        self.may_touch(key.customer_id, |touched| {
            touched.rooms.contains(&key) || touched.incidents.iter().any(|incident| incident.customer_id == key.customer_id)
        })
    }

    fn may_touch(&self, customer: TenantId, named: impl FnOnce(&Touched) -> bool) -> bool {
        let is_named = self.customers.is_empty() || self.customers.contains(&customer);
        is_named && self.touched.as_ref().is_none_or(|touched| touched.whole.contains(&customer) || named(touched))
    }
}

/// How far the rows of a customer can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "state")]
pub enum Freshness {
    /// As the service shows them.
    Current,
    /// They were so then.
    #[serde(rename_all = "camelCase")]
    Stale {
        /// When the service last told them.
        as_of: Timestamp,
    },
    /// Some of them could not be read, or have not arrived yet.
    Incomplete,
    /// There is no contact, and the customer allows no reading without it (A28).
    OnlineOnly,
    /// The time has run out for which the customer allows reading without contact (A28).
    #[serde(rename_all = "camelCase")]
    Locked {
        /// Since when.
        since: Timestamp,
    },
}

impl Freshness {
    /// Whether the rows are withheld.
    pub const fn is_locked(self) -> bool {
        matches!(self, Self::OnlineOnly | Self::Locked { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::RoomId;
    use uuid::Uuid;

    fn customer(n: u128) -> TenantId {
        TenantId::from_uuid(Uuid::from_u128(n))
    }

    fn incident(n: u128, number: &str) -> IncidentRef {
        IncidentRef { customer_id: customer(n), number: number.parse().unwrap() }
    }

    fn room(n: u128, id: u128) -> RoomKey {
        RoomKey { customer_id: customer(n), id: RoomId::from_uuid(Uuid::from_u128(id)) }
    }

    #[test]
    fn a_change_of_anything_touches_everything() {
        let change = DataChange::of_anything(1);
        assert!(change.touches_incident(incident(1, "AAAAA1-000001")) && change.touches_room(room(1, 1)));
        let change = DataChange { customers: vec![customer(1)], ..change };
        assert!(change.touches_incident(incident(1, "AAAAA1-000001")) && !change.touches_room(room(2, 1)));
    }

    #[test]
    fn a_change_that_names_what_it_touched_touches_nothing_else() {
        let touched = Touched { whole: vec![customer(3)], incidents: vec![incident(1, "AAAAA1-000001")], rooms: vec![room(2, 1)] };
        let change = DataChange { generation: 1, customers: vec![customer(1), customer(2), customer(3)], touched: Some(touched) };
        assert!(change.touches_incident(incident(1, "AAAAA1-000001")) && !change.touches_incident(incident(1, "AAAAA1-000002")));
        assert!(change.touches_incident(incident(3, "AAAAA1-000009")) && !change.touches_incident(incident(2, "AAAAA1-000001")));
        assert!(change.touches_room(room(2, 1)) && !change.touches_room(room(2, 2)));
        assert!(change.touches_room(room(1, 7)), "an incident of its customer may be in it");
    }
}
