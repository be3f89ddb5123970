//! One action at many incidents or rooms: which match, what would be done, and how it goes.

use serde::{Deserialize, Serialize};

use super::{About, FormId, IpcError};
use crate::api::incidents::{CloseIssue, SnoozeIncident};
use crate::id::TenantId;
use crate::word::words;

/// How many incidents can be selected at once.
pub const MOST_SELECTED: usize = 5_000;
/// How many rows of a run are answered at once.
pub const MOST_BULK_ROWS: u32 = 200;

/// See [`super::MatchIncidents`] and [`super::MatchRooms`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Matching<K> {
    /// All that match, in the order of the list, also those under categories that are folded; none where they are more than [`MOST_SELECTED`].
    pub keys: Vec<K>,
    /// How many match.
    pub matches: u32,
}

/// See [`super::MatchRange`] and [`super::MatchRoomRange`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RangeQuery<Q, K> {
    /// Which list, as it is shown: its order, its grouping, and what of that is folded.
    pub list: Q,
    /// Both ends, in no order.
    pub ends: [RangeEnd<K>; 2],
}

/// A row of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RangeEnd<K> {
    /// Where it stood.
    pub at: u32,
    /// What stood there, where that is known: it may stand elsewhere by now.
    pub key: Option<K>,
}

/// See [`super::CountSelected`] and [`super::CountSelectedRooms`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SelectionQuery<Q, K> {
    /// Which list.
    pub list: Q,
    /// What is selected.
    pub keys: Vec<K>,
}

/// What is done at each of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "do")]
pub enum BulkAction {
    /// The user works on it (A32). What somebody else works on is not taken over.
    Claim,
    /// The user no longer does.
    Release,
    /// Puts it out of sight (A33).
    Snooze {
        /// Why and until when.
        snooze: SnoozeIncident,
    },
    /// Fetches it back.
    Wake,
    /// Closes a recorded issue (R85, R86).
    Close {
        /// Why.
        change: CloseIssue,
    },
    /// Marks all of its messages as read.
    MarkRead,
    /// Lets a room raise nothing (R73, A33).
    Suppress {
        /// Why and until when.
        suppress: SnoozeIncident,
    },
    /// Lifts that.
    Lift,
    /// Takes an onboarding room under management (R67).
    Enrol,
}

impl BulkAction {
    /// Whether it is done at rooms, and not at incidents.
    pub fn is_of_rooms(&self) -> bool {
        matches!(self, Self::Suppress { .. } | Self::Lift | Self::Enrol)
    }

    /// Whether a customer may have to approve it first (A18).
    pub fn may_be_asked_for(&self) -> bool {
        matches!(self, Self::Suppress { .. } | Self::Lift)
    }
}

/// See [`super::PlanBulk`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BulkOrder {
    /// At which incidents or rooms, up to [`MOST_SELECTED`].
    pub targets: Vec<About>,
    /// What.
    pub action: BulkAction,
}

/// Why something is not done at an incident or a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "why")]
pub enum BulkReason {
    /// It is not here, or no longer.
    NotHere,
    /// The time has run out for which its customer allows reading without contact (A28).
    Locked,
    /// The user may not do it at its customer.
    NoRight,
    /// The same of rooms.
    NoRightToRooms,
    /// It is resolved or closed.
    Inactive,
    /// A signal raised it: it ends by itself.
    OfSignal,
    /// The user works on it already.
    ClaimedAlready,
    /// Somebody else works on it.
    ClaimedBy {
        /// Their name.
        who: String,
    },
    /// The user does not work on it.
    NotClaimed,
    /// It is out of sight already.
    SnoozedAlready,
    /// It is in sight.
    NotSnoozed,
    /// It is out of sight with its signal or its room: that has to be lifted.
    SnoozedWith,
    /// It has no unread messages.
    ReadAlready,
    /// The room is suppressed already.
    SuppressedAlready,
    /// The room is not suppressed.
    NotSuppressed,
    /// The room is managed already.
    EnrolledAlready,
    /// The room waits for its device: there is nothing to manage yet.
    AwaitsDevice,
    /// The end until which it was to be out of sight has passed.
    EndPassed,
    /// Something that was done to it before has not been sent yet.
    Unsent,
    /// Somebody else changed it since the plan was made.
    Changed,
    /// It waited to be sent, and was thrown away.
    Discarded,
    /// It was tried.
    Failed {
        /// What was said.
        error: IpcError,
    },
}

/// What would be done. Nothing is until it is started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BulkPlan {
    /// Names it.
    pub id: FormId,
    /// By customer, in the order of their names.
    pub customers: Vec<BulkCustomer>,
    /// Whether there is no contact now: what is done waits on this device.
    pub waits: bool,
}

impl BulkPlan {
    /// At how many something would be done.
    pub fn will(&self) -> u32 {
        self.customers.iter().map(|customer| customer.will).sum()
    }
}

/// What would be done at the incidents or rooms of a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BulkCustomer {
    /// Which.
    pub id: TenantId,
    /// Its name; none where it may no longer be seen.
    pub display_name: Option<String>,
    /// At how many of them something would be done.
    pub will: u32,
    /// Whether the customer approves it first, so that it becomes requests (A18); none where that is not known here.
    #[serde(default)]
    pub approves: Option<bool>,
    /// At how many nothing would be, by the reason.
    pub left_out: Vec<BulkLeftOut>,
}

/// See [`BulkCustomer::left_out`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BulkLeftOut {
    /// Why.
    pub reason: BulkReason,
    /// At how many.
    pub count: u32,
}

/// One that was started before, and has not begun everything: the app was closed, or another one took its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UnfinishedRun {
    /// Names it.
    pub id: FormId,
    /// What it does.
    pub action: BulkAction,
    /// Whether it undoes what that did: it can be forgotten, and not be gone on with.
    pub undoes: bool,
    /// At how many incidents or rooms.
    pub total: u32,
    /// At how many of them it has not begun.
    pub not_begun: u32,
}

/// See [`super::ResumeBulk`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResumedPlan {
    /// What it does.
    pub action: BulkAction,
    /// At what is left of it, by the rights and the versions of now.
    pub plan: BulkPlan,
}

words! {
    /// What a user does with a plan, or with a run.
    BulkStep = "a step of a bulk action" {
        /// Begins what was planned.
        Start = "start",
        /// Begins nothing more, and takes back what waits and was never sent.
        Stop = "stop",
        /// Goes on where it was stopped.
        GoOn = "go_on",
        /// Does the opposite at those at which it was done by this run.
        Undo = "undo",
    }

    /// How a run stands.
    BulkState = "a state of a bulk action" {
        /// It goes on.
        Running = "running",
        /// It was stopped before all was begun.
        Stopped = "stopped",
        /// All was begun, and has ended or waits to be sent.
        Ended = "ended",
    }
}

/// See [`super::SteerBulk`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SteerArgs {
    /// Which plan or run: the one that the user was shown.
    pub id: FormId,
    /// What to do with it.
    pub step: BulkStep,
}

/// See [`super::GetBulk`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BulkRows {
    /// How many rows, up to [`MOST_BULK_ROWS`].
    pub limit: u32,
}

/// How it goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BulkRun {
    /// Names it, as its plan.
    pub id: FormId,
    /// What it does.
    pub action: BulkAction,
    /// Whether it undoes what one before it did.
    pub undoes: bool,
    /// How it stands.
    pub state: BulkState,
    /// Its rows by how they stand.
    pub counts: BulkCounts,
    /// At how many it did nothing and will not, with those of the run that it undoes: they can be kept selected.
    pub not_done: u32,
    /// How many of what was done can be undone.
    pub undoable: u32,
    /// Rows: those that need to be looked at first.
    pub rows: Vec<BulkRow>,
}

/// How many rows of a run stand how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BulkCounts {
    /// Of all that were planned.
    pub all: u32,
    /// Not begun.
    pub to_do: u32,
    /// Sent, and not answered.
    pub under_way: u32,
    /// Kept on this device until it can be sent.
    pub waiting: u32,
    /// Not done.
    pub refused: u32,
    /// Done: the service, or this device where it is its own, said so.
    pub done: u32,
    /// Asked for: the customer has to approve it.
    #[serde(default)]
    pub requested: u32,
}

/// One incident or room of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BulkRow {
    /// Which.
    pub about: About,
    /// What a room is called; none where that may not be read now, and of an incident, which has its number.
    pub name: Option<String>,
    /// Its customer's name; none where that may not be read now.
    pub customer_name: Option<String>,
    /// How it stands.
    pub state: BulkRowState,
}

/// See [`BulkRow`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "is")]
pub enum BulkRowState {
    /// Not begun.
    ToDo,
    /// Sent, and not answered.
    UnderWay,
    /// Kept on this device until it can be sent.
    Waiting,
    /// Not done.
    Refused {
        /// Why.
        reason: BulkReason,
    },
    /// Done.
    Done,
    /// It waits for the customer's approval (R24, A18).
    Requested,
}
