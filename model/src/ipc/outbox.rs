//! What was typed and has not been sent yet (A35).

use serde::{Deserialize, Serialize};

use super::own_words::added;
use super::{FormId, IncidentRef, IpcError, RoomKey};
use crate::api::incidents::{ClaimIncident, CloseIssue, EditIssue, IncidentChanged, PostMessage, RecordIssue, SnoozeIncident};
use crate::api::requests::Outcome;
use crate::api::rooms::{ChangeRoom, RoomSettings, SignalOf};
use crate::id::{RoomId, TenantId};
use crate::incident::{Incident, RoomRef, Snooze};
use crate::text::TicketNumber;
use crate::time::Timestamp;

/// Work on incidents and rooms that does not need the service at once.
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
    /// Other words or rooms of a recorded issue (R83).
    Edit {
        /// Which.
        number: TicketNumber,
        /// The version that was read.
        version: u64,
        /// What that said; none where the customer's data may not be read now.
        was: Option<Box<IssueAsRead>>,
        /// What is to be different.
        change: EditIssue,
    },
    /// Other settings of a room (A18). Its version moves with every report of its device: what counts is what people had set.
    ChangeRoom {
        /// Which.
        room: RoomId,
        /// The version that was read.
        version: u64,
        /// What was set then; none where the customer's data may not be read now.
        was: Option<RoomSettings>,
        /// What was set when its author last looked and said that it is to be changed all the same; none while that is what was read at first.
        #[serde(default)]
        seen: Option<RoomSettings>,
        /// What is to be different.
        change: ChangeRoom,
    },
    /// Takes an onboarding room under management (R67).
    EnrolRoom {
        /// Which.
        room: RoomId,
        /// What it was called; none where the customer's data may not be read now.
        name: Option<String>,
    },
    /// Lets a room, or a signal of it, raise nothing for a while or until somebody lifts that, or lifts it (R73, A33, A18).
    Suppress {
        /// Which.
        room: RoomId,
        /// Of one signal alone; none for the room as a whole.
        #[serde(default)]
        signal: Option<SignalOf>,
        /// What the room was called; none where the customer's data may not be read now.
        name: Option<String>,
        /// What held when its author looked; none where the customer's data may not be read now.
        was: Option<SuppressionAsRead>,
        /// What held when its author last looked and said that it is to be replaced all the same; none while that is what was read at first.
        #[serde(default)]
        seen: Option<SuppressionAsRead>,
        /// Why and until when; none to lift it.
        suppress: Option<SnoozeIncident>,
    },
    /// What somebody wrote of a thing that they have no right to any more: it can be copied and discarded, and not sent.
    Words {
        /// Their words.
        text: String,
    },
}

impl Work {
    /// What of this customer it is about; a new issue has no number yet.
    pub fn about(&self, customer: Option<TenantId>) -> Option<About> {
        let customer_id = customer?;
        match self {
            Self::Message { number, .. }
            | Self::Close { number, .. }
            | Self::Claim { number, .. }
            | Self::Snooze { number, .. }
            | Self::Edit { number, .. } => Some(About::Incident(IncidentRef { customer_id, number: *number })),
            Self::ChangeRoom { room, .. } | Self::EnrolRoom { room, .. } | Self::Suppress { room, .. } => {
                Some(About::Room(RoomKey { customer_id, id: *room }))
            }
            Self::Record { .. } | Self::Words { .. } => None,
        }
    }

    /// Whether it holds what the customer's data said, beside its author's words.
    pub fn holds_customers_data(&self) -> bool {
        matches!(self, Self::Edit { .. } | Self::ChangeRoom { .. } | Self::EnrolRoom { .. } | Self::Suppress { .. })
    }

    /// What may be shown of it while the customer's data may not be read (A28): the author's words, and what names it.
    pub fn without_customers_data(self) -> Self {
        match self {
            Self::Edit { number, version, .. } => {
                let change = EditIssue { description: Some(self.words()).filter(|words| !words.is_empty()), ..EditIssue::default() };
                Self::Edit { number, version, was: None, change }
            }
            Self::ChangeRoom { room, version, .. } => {
                let change = ChangeRoom { display_name: Some(self.words()), ..ChangeRoom::default() };
                Self::ChangeRoom { room, version, was: None, seen: None, change }
            }
            Self::EnrolRoom { room, .. } => Self::EnrolRoom { room, name: None },
            Self::Suppress { room, signal, suppress, .. } => {
                // Which peripheral it is, the customer's data said.
                let signal = signal.map(|of| SignalOf { instance: None, ..of });
                Self::Suppress { room, signal, name: None, was: None, seen: None, suppress }
            }
            other => other,
        }
    }

    /// All that its author wrote: of what they changed, what they added to it.
    pub fn words(&self) -> String {
        match self {
            Self::Record { new } => {
                let reason = new.high_impact_reason.iter().map(String::as_str);
                std::iter::once(new.description.as_str()).chain(reason).collect::<Vec<_>>().join("\n\n")
            }
            Self::Message { new, .. } => new.text.clone(),
            Self::Close { change, .. } => change.comment.clone().unwrap_or_default(),
            Self::Edit { was, change, .. } => {
                let before = was.as_deref();
                let description = change.description.as_deref().map(|to| added(before.map_or("", |was| &was.description), to));
                let reason = change.high_impact_reason.as_deref();
                let reason = reason.map(|to| added(before.and_then(|was| was.high_impact_reason.as_deref()).unwrap_or_default(), to));
                description.into_iter().chain(reason).filter(|words| !words.is_empty()).collect::<Vec<_>>().join("\n\n")
            }
            Self::ChangeRoom { was, change, .. } => {
                let before = was.as_ref();
                let name = change.display_name.as_deref().map(|to| added(before.map_or("", |was| &was.display_name), to));
                let seats = change.capacity.map(|seats| seats.to_string());
                let words = [name, seats, change.timezone.clone()];
                words.into_iter().flatten().filter(|words| !words.is_empty()).collect::<Vec<_>>().join("\n")
            }
            Self::Claim { .. } | Self::EnrolRoom { .. } => String::new(),
            Self::Snooze { snooze, .. } | Self::Suppress { suppress: snooze, .. } => {
                snooze.as_ref().map(|snooze| snooze.reason.clone()).unwrap_or_default()
            }
            Self::Words { text } => text.clone(),
        }
    }
}

/// What work is about, or what is selected. What is about the same is sent in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum About {
    /// An incident.
    Incident(IncidentRef),
    /// A room.
    Room(RoomKey),
}

impl About {
    /// Whose it is.
    pub const fn customer(self) -> TenantId {
        match self {
            Self::Incident(incident) => incident.customer_id,
            Self::Room(room) => room.customer_id,
        }
    }
}

/// What an issue said when its form was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IssueAsRead {
    /// Its description.
    pub description: String,
    /// Its rooms, as far as the user saw them.
    pub rooms: Vec<RoomRef>,
    /// Why it is one of high impact; none where it is not.
    pub high_impact_reason: Option<String>,
}

impl IssueAsRead {
    /// What this one says.
    pub fn of(issue: &Incident) -> Self {
        Self {
            description: issue.description.clone(),
            rooms: issue.row.rooms.clone(),
            high_impact_reason: issue.high_impact_reason.clone().filter(|_| issue.high_impact),
        }
    }
}

/// What of a room, or of a signal of it, was suppressed when somebody looked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SuppressionAsRead {
    /// By whom, why and until when; none where it was not.
    pub suppression: Option<Snooze>,
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
    /// The service has done it to an incident.
    Done(IncidentChanged),
    /// It has done it to a room, or asks the customer's approval first.
    Room(Outcome),
    /// It was so already, so that the service was not asked: whoever made it so, it was not this.
    Already,
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
    /// The rooms that it names, where they may be read now.
    pub rooms: Vec<RoomRef>,
}

impl OutboxEntry {
    /// What it is about.
    pub fn about(&self) -> Option<About> {
        self.work.about(self.customer)
    }

    /// The incident that it is about.
    pub fn incident(&self) -> Option<IncidentRef> {
        match self.about() {
            Some(About::Incident(incident)) => Some(incident),
            _ => None,
        }
    }

    /// The room that it is about.
    pub fn room(&self) -> Option<RoomKey> {
        match self.about() {
            Some(About::Room(room)) => Some(room),
            _ => None,
        }
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
    /// Of what was to be done to a room that was set otherwise: the settings that were looked at since.
    pub settings: Option<RoomSettings>,
    /// Of what was to be suppressed, or lifted, and was decided otherwise: what was looked at since.
    #[serde(default)]
    pub suppression: Option<SuppressionAsRead>,
}

impl SendAgainArgs {
    /// As it is.
    pub fn of(form: FormId) -> Self {
        Self { form, version: None, settings: None, suppression: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a28_a_reason_for_high_impact_alone_stays_in_sight_while_the_customer_is_locked() {
        let was = IssueAsRead { description: "Kein Ton".into(), rooms: vec![], high_impact_reason: Some("Messe".into()) };
        let edit = |change| Work::Edit { number: "LBT9KC-XDBORS".parse().unwrap(), version: 3, was: Some(Box::new(was.clone())), change };
        let reason = EditIssue { high_impact_reason: Some("Messe und Vorstand".into()), ..EditIssue::default() };
        assert_eq!(edit(reason.clone()).words(), "und Vorstand");
        let shown = edit(reason).without_customers_data();
        assert_eq!(shown.words(), "und Vorstand");
        assert!(!format!("{shown:?}").contains("Messe") && !format!("{shown:?}").contains("Kein Ton"));
        let nothing = edit(EditIssue { rooms: Some(vec![]), ..EditIssue::default() }).without_customers_data();
        assert!(matches!(nothing, Work::Edit { change: EditIssue { description: None, .. }, .. }));
    }

    #[test]
    fn a28_of_a_suppression_its_authors_reason_alone_stays_in_sight_while_the_customer_is_locked() {
        let theirs = |reason: &str| {
            let since = Timestamp::from_micros(0);
            Some(SuppressionAsRead { suppression: Some(Snooze { by: Some("Ben Berg".into()), reason: reason.into(), since, until: None }) })
        };
        let work = Work::Suppress {
            room: RoomId::from_uuid(uuid::Uuid::from_u128(5)),
            signal: Some(SignalOf { signal: crate::signal::SignalId::DisplayFrontOfRoom, instance: Some("Beamer Vorstand".into()) }),
            name: Some("Isar".into()),
            was: theirs("Umzug"),
            seen: theirs("Messe"),
            suppress: Some(SnoozeIncident { reason: "Umbau".into(), until: None }),
        };
        assert!(work.holds_customers_data());
        let shown = work.without_customers_data();
        assert_eq!(shown.words(), "Umbau");
        for theirs in ["Isar", "Vorstand", "Berg", "Umzug", "Messe"] {
            assert!(!format!("{shown:?}").contains(theirs), "{theirs}: {shown:?}");
        }
    }

    #[test]
    fn a35_what_somebody_else_set_meanwhile_is_nobodys_own_words() {
        let settings = |name: &str| RoomSettings { display_name: name.into(), capacity: None, timezone: "Europe/Berlin".into() };
        let change = ChangeRoom { display_name: Some("Isar Ost".into()), ..ChangeRoom::default() };
        let (was, seen) = (Some(settings("Isar")), Some(settings("Inn")));
        let work = Work::ChangeRoom { room: RoomId::from_uuid(uuid::Uuid::from_u128(5)), version: 3, was, seen, change };
        assert_eq!(work.words(), "Ost", "it was typed on top of what was read at first");
        assert!(!format!("{:?}", work.without_customers_data()).contains("Inn"));
    }
}
