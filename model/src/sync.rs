//! The lines of `GET /v1/sync`: newline-delimited JSON, one [`SyncLine`] a line.
//!
//! The answer to a cursor is a run of lines that ends with [`SyncLine::Checkpoint`]. Applied in one transaction, it takes the cache from
//! what the service showed at the cursor to what it shows at the checkpoint. An answer without a checkpoint was cut off: nothing of it counts.

use serde::{Deserialize, Serialize};

use crate::id::{RoomId, TenantId};
use crate::incident::Incident;
use crate::permission::PermissionSet;
use crate::room::Room;
use crate::tenancy::OfflineTerms;
use crate::text::TicketNumber;
use crate::time::Timestamp;

/// One line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum SyncLine {
    /// The first line.
    Begin(Begin),
    /// A customer appeared or changed.
    Customer(SyncCustomer),
    /// Nothing of this customer is visible any more: delete all of it so that it cannot be read back (A28).
    CustomerGone(TenantId),
    /// A room appeared or changed.
    Room(Box<Room>),
    /// A room is no longer visible.
    RoomGone(RoomGone),
    /// An incident appeared or changed.
    Incident(Box<Incident>),
    /// An incident is no longer visible.
    IncidentGone(IncidentGone),
    /// The last line.
    Checkpoint(Checkpoint),
}

/// See [`SyncLine::Begin`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Begin {
    /// Whether the cache starts empty: no cursor was sent, or one that the service no longer knows.
    pub snapshot: bool,
}

/// See [`SyncLine::Customer`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SyncCustomer {
    /// Its tenant id.
    pub id: TenantId,
    /// Its name.
    pub display_name: String,
    /// What the user may do on at least one of its rooms.
    pub permissions: PermissionSet,
    /// What may be kept without contact (A28).
    pub offline: OfflineTerms,
    /// Whether the user's rights at this customer changed: delete its rooms and incidents first; all that is visible now follows.
    pub reset: bool,
}

/// See [`SyncLine::RoomGone`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoomGone {
    /// The customer.
    pub customer_id: TenantId,
    /// The room.
    pub id: RoomId,
}

/// See [`SyncLine::IncidentGone`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IncidentGone {
    /// The customer.
    pub customer_id: TenantId,
    /// The incident.
    pub number: TicketNumber,
}

/// See [`SyncLine::Checkpoint`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Checkpoint {
    /// What to send next time. Opaque.
    pub cursor: String,
    /// The time of the snapshot that the cache holds now, by the service's clock.
    pub at: Timestamp,
    /// Whether older, inactive incidents of the first snapshot are still to come: ask again at once. Everything active is there.
    pub history_pending: bool,
}
