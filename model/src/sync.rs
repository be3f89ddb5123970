//! The lines of `GET /v1/sync`: newline-delimited JSON, one [`SyncLine`] a line.
//!
//! The answer to a cursor is a run of lines that ends with [`SyncLine::Checkpoint`]. Applied in one transaction, it takes the cache from
//! what the service showed at the cursor to what it shows at the checkpoint. An answer without a checkpoint was cut off: nothing of it counts.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::api::saved_views::SavedViews;
use crate::id::{RoomId, TenantId};
use crate::incident::{Incident, IncidentRow};
use crate::permission::PermissionSet;
use crate::room::Room;
use crate::tenancy::OfflineTerms;
use crate::text::TicketNumber;
use crate::time::Timestamp;

const DAY: u64 = 24 * 60 * 60;

/// How long after it was resolved an incident is sent whole (A40).
pub const WHOLE_FOR: Duration = Duration::from_secs(30 * DAY);
/// How long after it was resolved an incident is sent at all (A40): as long as the Resolved tab offers.
pub const ROW_FOR: Duration = Duration::from_secs(90 * DAY);

/// The header of a request for lines that names the kinds its sender can take beside those that there were from the beginning, with commas between
/// them. Nobody gets a line of a kind that they do not know, and a service passes over kinds that it does not know.
pub const TAKES: &str = "tenantry-takes";
/// [`SyncLine::ReadMark`], as [`TAKES`] names it.
pub const READ_MARKS: &str = "readMark";

/// [`SyncLine::SavedViews`], as [`TAKES`] names it.
pub const SAVED_VIEWS: &str = "savedViews";

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
    /// An incident appeared or changed: whole, where it is active or was resolved within 30 days.
    Incident(Box<Incident>),
    /// Only what lists show of an incident (A40): of one that was resolved before that, within 90 days, whose whole is asked for when it is
    /// opened; and, in the first answer of a snapshot, of an active one, which follows whole while more is pending.
    IncidentRow(Box<IncidentRow>),
    /// An incident is no longer visible, or no longer among those that a cache keeps (A40).
    IncidentGone(IncidentGone),
    /// How far the user has read an incident, on whichever device. Only to who names it in [`TAKES`]; behind the incident's own line.
    ReadMark(ReadMark),
    /// All filters that the user has saved, in their order: what was known of them before is replaced. Only to who names it in [`TAKES`].
    SavedViews(SavedViews),
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

/// How much of an incident's thread a user has read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReadMark {
    /// The customer.
    pub customer_id: TenantId,
    /// The incident.
    pub number: TicketNumber,
    /// How many messages from the oldest on. It only rises.
    pub messages: u32,
}

/// How much of an incident a cache keeps (A40).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// All of it.
    Whole,
    /// What lists show of it, and all of it once it was opened.
    Row,
    /// Nothing: it is asked for when it is opened.
    Nothing,
}

impl Kept {
    /// How much of this incident, at this moment by the service's clock.
    pub fn of(row: &IncidentRow, at: Timestamp) -> Self {
        let since = row.resolved_at();
        if row.status.is_active() || since >= at.minus(WHOLE_FOR) {
            Self::Whole
        } else if since >= at.minus(ROW_FOR) {
            Self::Row
        } else {
            Self::Nothing
        }
    }
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
    /// Whether more of the first snapshot is still to come, active incidents whole, rooms, then inactive incidents: ask again at once. All
    /// customers and the rows of all active incidents are there.
    pub history_pending: bool,
    /// While more is pending: how much of what follows the first answer has been sent, in percent, 0 to 99; an estimate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_percent: Option<u8>,
}
