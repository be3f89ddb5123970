//! Where the sync stands, what it changed, and how far cached rows can be relied on.

use serde::{Deserialize, Serialize};

use crate::id::TenantId;
use crate::time::Timestamp;
use crate::word::words;

/// Where the sync stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SyncStatus {
    /// On line or not.
    pub state: SyncState,
    /// The moment the cache stands for; none before the first sync.
    pub as_of: Option<Timestamp>,
    /// Whether older, resolved incidents of the first sync are still on their way.
    pub history_pending: bool,
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
        /// When.
        as_of: Timestamp,
    },
    /// Some of them could not be read, or have not arrived yet.
    Incomplete,
    /// The customer's terms for offline reading have run out (A28).
    #[serde(rename_all = "camelCase")]
    Locked {
        /// Since when.
        since: Timestamp,
    },
}
