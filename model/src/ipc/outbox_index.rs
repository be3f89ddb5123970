//! What every screen may know of the outbox: what is about what, and no text of it.

use serde::{Deserialize, Serialize};

use super::{About, FormId, IncidentRef, RoomKey, Work};
use crate::id::{RoomEventId, RoomId, TenantId};
use crate::text::TicketNumber;
use crate::word::words;

/// How many entries are answered at once.
pub const MOST_ENTRIES: usize = 100;

words! {
    /// What an entry of the outbox does.
    WorkKind = "a kind of work" {
        /// Records an issue.
        Record = "record",
        /// Posts a message.
        Message = "message",
        /// Closes an issue.
        Close = "close",
        /// Claims an incident.
        Claim = "claim",
        /// Ends a claim.
        Release = "release",
        /// Puts an incident out of sight.
        Snooze = "snooze",
        /// Fetches it back.
        Wake = "wake",
        /// Changes an issue.
        Edit = "edit",
        /// Sets a room otherwise.
        ChangeRoom = "change_room",
        /// Enrols a room.
        EnrolRoom = "enrol_room",
        /// Lets a room raise nothing.
        Suppress = "suppress",
        /// Lifts that.
        Lift = "lift",
        /// Lets a signal of a room raise nothing.
        SuppressSignal = "suppress_signal",
        /// Lifts that.
        LiftSignal = "lift_signal",
        /// Nothing any more: its author's words are left.
        Words = "words",
    }
}

impl Work {
    /// What it does.
    pub fn kind(&self) -> WorkKind {
        match self {
            Self::Record { .. } => WorkKind::Record,
            Self::Message { .. } => WorkKind::Message,
            Self::Close { .. } => WorkKind::Close,
            Self::Claim { claim: Some(_), .. } => WorkKind::Claim,
            Self::Claim { claim: None, .. } => WorkKind::Release,
            Self::Snooze { snooze: Some(_), .. } => WorkKind::Snooze,
            Self::Snooze { snooze: None, .. } => WorkKind::Wake,
            Self::Edit { .. } => WorkKind::Edit,
            Self::ChangeRoom { .. } => WorkKind::ChangeRoom,
            Self::EnrolRoom { .. } => WorkKind::EnrolRoom,
            Self::Suppress { signal: None, suppress: Some(_), .. } => WorkKind::Suppress,
            Self::Suppress { signal: None, suppress: None, .. } => WorkKind::Lift,
            Self::Suppress { signal: Some(_), suppress: Some(_), .. } => WorkKind::SuppressSignal,
            Self::Suppress { signal: Some(_), suppress: None, .. } => WorkKind::LiftSignal,
            Self::Words { .. } => WorkKind::Words,
        }
    }
}

/// An entry of the outbox without its contents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OutboxMark {
    /// Its name.
    pub form: FormId,
    /// What it does.
    pub kind: WorkKind,
    /// Whether it was refused; otherwise it waits.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub refused: bool,
    /// Whose incident or room it is about; none once the right was lost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<TenantId>,
    /// Of which incident.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<TicketNumber>,
    /// The room that it is about, or those of a new issue.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rooms: Vec<RoomId>,
    /// The events that a new issue is recorded for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<RoomEventId>,
}

impl OutboxMark {
    /// The mark of this.
    pub fn of(form: FormId, customer: Option<TenantId>, work: &Work, refused: bool) -> Self {
        let (number, room) = match work.about(customer) {
            Some(About::Incident(incident)) => (Some(incident.number), None),
            Some(About::Room(room)) => (None, Some(room.id)),
            None => (None, None),
        };
        let (rooms, events) = match work {
            Work::Record { new } => (new.rooms.clone(), new.events.clone()),
            _ => (room.into_iter().collect(), vec![]),
        };
        Self { form, kind: work.kind(), refused, customer, number, rooms, events }
    }

    /// What it is about, as [`Work::about`].
    pub fn about(&self) -> Option<About> {
        let customer_id = self.customer?;
        match (self.number, self.rooms.first()) {
            (Some(number), _) => Some(About::Incident(IncidentRef { customer_id, number })),
            (None, Some(id)) if self.kind != WorkKind::Record => Some(About::Room(RoomKey { customer_id, id: *id })),
            _ => None,
        }
    }
}
