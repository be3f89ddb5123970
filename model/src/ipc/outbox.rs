//! What was typed and has not been sent yet (A35).

use serde::{Deserialize, Serialize};

use super::{FormId, IncidentRef, IpcError};
use crate::api::incidents::{ClaimIncident, CloseIssue, IncidentChanged, PostMessage, RecordIssue, SnoozeIncident};
use crate::id::TenantId;
use crate::text::TicketNumber;
use crate::time::Timestamp;

/// Work on incidents that does not need the service at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "do")]
pub enum Work {
    /// Records an issue (R83).
    Record {
        /// What is recorded.
        new: RecordIssue,
    },
    /// A message in an incident's thread (R81, R82).
    Message {
        /// Whose thread.
        number: TicketNumber,
        /// What is posted.
        new: PostMessage,
    },
    /// Closes a recorded issue (R85, R86).
    Close {
        /// Which.
        number: TicketNumber,
        /// The version that was read.
        version: u64,
        /// Why.
        change: CloseIssue,
    },
    /// Says that one works on it, or no longer does (A32).
    Claim {
        /// Which.
        number: TicketNumber,
        /// How; none to end it.
        claim: Option<ClaimIncident>,
    },
    /// Puts it out of sight, or fetches it back (A33).
    Snooze {
        /// Which.
        number: TicketNumber,
        /// Why and until when; none to fetch it back.
        snooze: Option<SnoozeIncident>,
    },
    /// What somebody wrote of a thing that they have no right to any more: it can be copied and discarded, and not sent.
    Words {
        /// Their words.
        text: String,
    },
}

impl Work {
    /// The incident of this customer that it is about; a new one has no number yet.
    pub fn incident_of(&self, customer: Option<TenantId>) -> Option<IncidentRef> {
        let number = match self {
            Self::Message { number, .. } | Self::Close { number, .. } | Self::Claim { number, .. } | Self::Snooze { number, .. } => *number,
            Self::Record { .. } | Self::Words { .. } => return None,
        };
        customer.map(|customer_id| IncidentRef { customer_id, number })
    }

    /// All that its author wrote.
    pub fn words(&self) -> String {
        match self {
            Self::Record { new } => {
                let reason = new.high_impact_reason.iter().map(String::as_str);
                std::iter::once(new.description.as_str()).chain(reason).collect::<Vec<_>>().join("\n\n")
            }
            Self::Message { new, .. } => new.text.clone(),
            Self::Close { change, .. } => change.comment.clone().unwrap_or_default(),
            Self::Claim { .. } => String::new(),
            Self::Snooze { snooze, .. } => snooze.as_ref().map(|snooze| snooze.reason.clone()).unwrap_or_default(),
            Self::Words { text } => text.clone(),
        }
    }
}

/// See [`super::DoWork`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WorkItem {
    /// The form that it comes from; sent again, it is done once.
    pub form: FormId,
    /// The customer for which the form was opened.
    pub customer: TenantId,
    /// What is to be done.
    pub work: Work,
}

/// What became of work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "is", content = "answer")]
pub enum WorkOutcome {
    /// The service has done it.
    Done(IncidentChanged),
    /// It is kept on this device, and sent once the service can be reached.
    Waits,
}

/// An entry of the outbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OutboxEntry {
    /// Its name.
    pub form: FormId,
    /// Whose incident it is about; none once the right was lost.
    pub customer: Option<TenantId>,
    /// The customer's name, where it may be read now (A28).
    pub customer_name: Option<String>,
    /// What is to be done.
    pub work: Work,
    /// When it was typed.
    pub at: Timestamp,
    /// Why it was refused; none while it waits.
    pub failure: Option<IpcError>,
}

impl OutboxEntry {
    /// The incident that it is about.
    pub fn incident(&self) -> Option<IncidentRef> {
        self.work.incident_of(self.customer)
    }
}

/// See [`super::SendAgain`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SendAgainArgs {
    /// Which entry.
    pub form: FormId,
    /// Of what was to be done to another version: the one that was looked at since.
    pub version: Option<u64>,
}
