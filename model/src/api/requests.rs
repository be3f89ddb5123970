//! Changes that wait for a customer's approval (R24, A18, A19).

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::audit::AuditChange;
use crate::id::{ChangeRequestId, RoomId, TenantId};
use crate::signal::SignalId;
use crate::tenancy::{ControlEvent, PrincipalRef, RequestState};
use crate::time::Timestamp;

/// What a change made: something, or a request that the customer has to approve first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Outcome {
    /// It took effect.
    Done(Done),
    /// It waits for the customer's approval, and changed nothing yet (R24).
    Requested(Box<RequestRow>),
}

/// See [`Outcome::Done`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Done {
    /// What was created.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
    /// The version of what was changed, as the next change must name it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u64>,
}

/// A change that waits, or waited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RequestRow {
    /// Its id.
    pub id: ChangeRequestId,
    /// Whose approval it waits for.
    pub customer_id: TenantId,
    /// The customer's name.
    pub customer_name: String,
    /// Whose staff asks.
    pub partner_id: TenantId,
    /// The partner's name.
    pub partner_name: String,
    /// What kind of change it is.
    pub event: ControlEvent,
    /// What would change.
    pub change: RequestedChange,
    /// Who asked.
    pub requested_by: PrincipalRef,
    /// When they asked.
    pub requested_at: Timestamp,
    /// Where it stands.
    pub state: RequestState,
    /// When that was decided.
    pub decided_at: Option<Timestamp>,
    /// What a decision must name in `If-Match`.
    pub version: u64,
}

/// An item of `GET /v1/waiting-requests`: a change of the caller's own organisation that waits at a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WaitingRequest {
    /// The request.
    pub request: RequestRow,
    /// The room that it is about, where it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room_id: Option<RoomId>,
    /// The signal of that room that it is about; none for the room as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signal: Option<SignalId>,
    /// Of which peripheral, where the room has several of a kind (R76).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
}

/// What a request would change, in words and names as they were when it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RequestedChange {
    /// What is done.
    pub action: RequestedAction,
    /// The role that it is about; empty where it is about a room or a ring.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub role: String,
    /// The room that it is about, as it was called then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<String>,
    /// The update ring that it is about, as it was called then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ring: Option<String>,
    /// The update that it is about, with its version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub update: Option<String>,
    /// What of the room, ring or update would change: `name`, `capacity`, `timezone`; `suppressed` (`no`, `yes`, or until when), `signal`, `reason`; `order`,
    /// `description`, `deferralDays`, `rolloutDays`, `testDays`; `rooms` that come to the ring,
    /// or are concerned by the update, and `when` (`now`, `when_free`) it is to be installed there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<AuditChange>,
    /// The assignment that it is about, where it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignment: Option<String>,
    /// People who would gain something.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gains: Vec<String>,
    /// People who would lose something.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub loses: Vec<String>,
    /// The permissions as they would be, where they would change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permissions: Option<crate::permission::PermissionSet>,
    /// In how many rooms; none for all of them, or where the scope stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rooms: Option<u32>,
}

impl RequestedChange {
    /// With these fields, and nothing else yet.
    pub const fn of(action: RequestedAction, fields: Vec<AuditChange>) -> Self {
        Self {
            action,
            role: String::new(),
            room: None,
            ring: None,
            update: None,
            fields,
            assignment: None,
            gains: vec![],
            loses: vec![],
            permissions: None,
            rooms: None,
        }
    }
}

crate::word::words! {
    /// What a request would do.
    RequestedAction = "an action" {
        /// A new custom role with its first assignment.
        CreateRole = "create_role",
        /// Another name, description or set of permissions.
        ChangeRole = "change_role",
        /// Away with a custom role.
        DeleteRole = "delete_role",
        /// A new assignment.
        CreateAssignment = "create_assignment",
        /// Other members, scope or words of an assignment.
        ChangeAssignment = "change_assignment",
        /// Away with an assignment.
        DeleteAssignment = "delete_assignment",
        /// Another name, capacity or time zone of a room.
        ChangeRoom = "change_room",
        /// A room, or a signal of it, is to raise nothing (R73).
        SuppressRoom = "suppress_room",
        /// It is to raise incidents again.
        LiftSuppression = "lift_suppression",
        /// Another place, other words or days of an update ring.
        ChangeRing = "change_ring",
        /// Rooms are to come to an update ring.
        MoveToRing = "move_to_ring",
        /// An update is to stop.
        PauseUpdate = "pause_update",
        /// It is to go on.
        ResumeUpdate = "resume_update",
        /// It is to be tried again where it failed.
        RetryUpdate = "retry_update",
        /// It is to be installed without waiting for its time.
        ForceUpdate = "force_update",
    }
}
