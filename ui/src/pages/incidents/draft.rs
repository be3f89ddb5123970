//! What the forms of incidents hold, and what they send. Pure.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use tenantry_model::api::incidents::{
    Assignee, EditIssue, LONGEST_DESCRIPTION, LONGEST_IMPACT_REASON, LONGEST_MESSAGE, MOST_ROOMS, PostMessage, RecordIssue,
};
use tenantry_model::id::{RoomEventId, RoomId};
use tenantry_model::incident::{Incident, IncidentStatus};
use tenantry_model::ipc::{FormId, IncidentRef};

use crate::components::form::characters;
use crate::domain_view::pickers::Picked;
use crate::domain_view::room_event::IssueStart;

/// What keeps an issue from being sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lack {
    Description,
    ImpactReason,
    /// Something is longer than it may be.
    Shorter,
    FewerRooms,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct IssueDraft {
    pub(super) description: String,
    pub(super) picked: Rc<Picked>,
    pub(super) high_impact: bool,
    pub(super) impact_reason: String,
    /// The events that it is about (R113), and the room that they happened in.
    pub(super) events: Vec<RoomEventId>,
    pub(super) events_of: Option<RoomId>,
}

impl IssueDraft {
    /// As it was begun from a room.
    pub(super) fn begun(start: &IssueStart) -> Self {
        let IssueStart { room, description, events, .. } = start;
        let (description, events) = (description.clone(), events.clone());
        Self { description, events, events_of: Some(room.id), ..Self::in_rooms([room.id]) }
    }

    /// The events that go along: without their room they are not the issue's.
    pub(super) fn events_here(&self) -> &[RoomEventId] {
        if self.events_of.is_some_and(|room| self.picked.rooms.contains(&room)) { &self.events } else { &[] }
    }

    pub(super) fn in_rooms(rooms: impl IntoIterator<Item = RoomId>) -> Self {
        let picked = Picked { rooms: rooms.into_iter().collect(), groups: BTreeSet::new() };
        Self { picked: Rc::new(picked), ..Self::default() }
    }

    pub(super) fn of(incident: &Incident) -> Self {
        Self {
            description: incident.description.clone(),
            high_impact: incident.high_impact,
            impact_reason: incident.high_impact_reason.clone().unwrap_or_default(),
            ..Self::in_rooms(incident.row.rooms.iter().map(|room| room.id))
        }
    }

    pub(super) fn lacks(&self) -> Option<Lack> {
        let (description, reason) = (characters(&self.description), characters(&self.impact_reason));
        if description == 0 {
            Some(Lack::Description)
        } else if self.high_impact && reason == 0 {
            Some(Lack::ImpactReason)
        } else if description > LONGEST_DESCRIPTION || (self.high_impact && reason > LONGEST_IMPACT_REASON) {
            Some(Lack::Shorter)
        } else if self.picked.rooms.len() > MOST_ROOMS {
            Some(Lack::FewerRooms)
        } else {
            None
        }
    }

    fn rooms(&self) -> Vec<RoomId> {
        self.picked.rooms.iter().copied().collect()
    }

    pub(super) fn record(&self) -> RecordIssue {
        RecordIssue {
            description: self.description.clone(),
            rooms: self.rooms(),
            high_impact_reason: self.high_impact.then(|| self.impact_reason.clone()),
            events: self.events_here().to_vec(),
        }
    }

    /// What is different from how it was; what is not is left out.
    pub(super) fn change(&self, was: &Incident) -> EditIssue {
        let before = Self::of(was);
        let impact = |draft: &Self| if draft.high_impact { draft.impact_reason.trim().to_owned() } else { String::new() };
        EditIssue {
            description: (self.description.trim() != before.description.trim()).then(|| self.description.clone()),
            rooms: (self.picked != before.picked).then(|| self.rooms()),
            high_impact_reason: (impact(self) != impact(&before)).then(|| impact(self)),
        }
    }
}

/// Whose turn it may be made along with a message: the other side's, of an incident that is open.
pub(super) fn other_side(status: IncidentStatus) -> Option<Assignee> {
    match status {
        IncidentStatus::NeedsAction | IncidentStatus::PendingInvestigation => Some(Assignee::Service),
        IncidentStatus::AssignedToService => Some(Assignee::Helpdesk),
        IncidentStatus::Resolved | IncidentStatus::Closed => None,
    }
}

/// A message that was begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MessageDraft {
    pub(super) text: String,
    /// Whose turn the message is to make it.
    pub(super) assign_to: Option<Assignee>,
    /// Its name: other words are another message, the same ones are sent once.
    pub(super) form: FormId,
    /// Whether it is being sent.
    pub(super) under_way: bool,
}

impl MessageDraft {
    pub(super) const fn new(form: FormId) -> Self {
        Self { text: String::new(), assign_to: None, form, under_way: false }
    }

    pub(super) fn is_empty(&self) -> bool {
        characters(&self.text) == 0
    }

    pub(super) fn is_too_long(&self) -> bool {
        characters(&self.text) > LONGEST_MESSAGE
    }

    /// Whether it hands over, as things stand: whose turn it is may have changed since that was ticked.
    pub(super) fn hands_over(&self, status: IncidentStatus) -> bool {
        self.assign_to.is_some() && self.assign_to == other_side(status)
    }

    pub(super) fn post(&self, status: IncidentStatus) -> PostMessage {
        PostMessage { text: self.text.clone(), assign_to: self.assign_to.filter(|_| self.hands_over(status)) }
    }
}

/// Messages that were begun, by incident: whoever looks elsewhere meanwhile finds them again.
#[derive(Debug, Clone, Default)]
pub(super) struct Begun(Rc<RefCell<HashMap<IncidentRef, MessageDraft>>>);

impl PartialEq for Begun {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Begun {
    pub(super) fn of(&self, incident: IncidentRef) -> Option<MessageDraft> {
        self.0.borrow().get(&incident).cloned()
    }

    pub(super) fn keep(&self, incident: IncidentRef, draft: MessageDraft) {
        let mut begun = self.0.borrow_mut();
        if draft.text.is_empty() && draft.assign_to.is_none() {
            begun.remove(&incident);
        } else {
            begun.insert(incident, draft);
        }
    }

    /// What was sent under this name has its answer. What was typed since is another message, and stays.
    pub(super) fn answered(&self, incident: IncidentRef, form: FormId, is_taken: bool) {
        let mut begun = self.0.borrow_mut();
        match begun.get_mut(&incident).filter(|draft| draft.form == form) {
            Some(_) if is_taken => drop(begun.remove(&incident)),
            Some(draft) => draft.under_way = false,
            None => {}
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use tenantry_model::incident::{Category, IncidentRow, IncidentType, RoomRef, Severity};
    use tenantry_model::ipc::RoomKey;
    use tenantry_model::time::Timestamp;
    use uuid::Uuid;

    fn room(n: u128) -> RoomId {
        RoomId::from_uuid(Uuid::from_u128(n))
    }

    pub(in crate::pages::incidents) fn issue() -> Incident {
        let at = Timestamp::from_micros(0);
        let row = IncidentRow {
            number: "LBT9KC-XDBORS".parse().unwrap(),
            customer_id: tenantry_model::id::TenantId::from_uuid(Uuid::from_u128(1)),
            category: Category::Reported,
            kind: IncidentType::CustomerReported,
            severity: Severity::Critical,
            status: IncidentStatus::NeedsAction,
            rooms: vec![RoomRef { id: room(1), name: "A".into() }],
            redacted_rooms: 0,
            problem: "Kein Ton".into(),
            created_at: at,
            last_updated: at,
            active_since: at,
            last_resolved: None,
            last_closed: None,
            messages: 0,
            last_message_at: None,
            claim: None,
            snooze: None,
            snoozed_by: None,
            version: 1,
        };
        Incident { description: "Kein Ton".into(), ..row.alone() }
    }

    #[test]
    fn r83_an_issue_needs_words_and_high_impact_a_reason() {
        let mut draft = IssueDraft::in_rooms([room(1)]);
        assert_eq!(draft.lacks(), Some(Lack::Description));
        draft.description = " \n".into();
        assert_eq!(draft.lacks(), Some(Lack::Description));
        draft.description = "x".repeat(LONGEST_DESCRIPTION);
        assert_eq!(draft.lacks(), None);
        draft.description.push('x');
        assert_eq!(draft.lacks(), Some(Lack::Shorter));
        draft.description = "x".into();
        draft.high_impact = true;
        assert_eq!(draft.lacks(), Some(Lack::ImpactReason));
        draft.impact_reason = "x".repeat(LONGEST_IMPACT_REASON + 1);
        assert_eq!(draft.lacks(), Some(Lack::Shorter));
        // What is not said is not sent.
        draft.high_impact = false;
        assert_eq!((draft.lacks(), draft.record().high_impact_reason), (None, None));
        let many = IssueDraft { description: "x".into(), ..IssueDraft::in_rooms((0..201).map(room)) };
        assert_eq!(many.lacks(), Some(Lack::FewerRooms));
    }

    #[test]
    fn r113_an_issue_takes_the_events_along_that_it_was_begun_for_as_long_as_it_has_their_room() {
        let event = RoomEventId::from_uuid(Uuid::from_u128(7));
        let key = RoomKey { customer_id: issue().row.customer_id, id: room(1) };
        let start = IssueStart { room: key, customer: "Alpha".into(), description: "Kein Ton".into(), events: vec![event] };
        let mut draft = IssueDraft::begun(&start);
        let sent = draft.record();
        assert_eq!((sent.description.as_str(), sent.rooms, sent.events), ("Kein Ton", vec![room(1)], vec![event]));
        draft.picked = Rc::new(Picked { rooms: BTreeSet::from([room(2)]), groups: BTreeSet::new() });
        assert_eq!(draft.record().events, []);
        assert_eq!(IssueDraft::in_rooms([room(1)]).record().events, []);
    }

    #[test]
    fn r83_an_edit_sends_what_was_changed_and_nothing_else() {
        let was = issue();
        let mut draft = IssueDraft::of(&was);
        assert_eq!(draft.change(&was), EditIssue::default());
        draft.description = "Kein Ton ".into();
        assert_eq!(draft.change(&was), EditIssue::default(), "space is nothing");
        draft.high_impact = true;
        draft.impact_reason = "Messe".into();
        assert_eq!(draft.change(&was), EditIssue { high_impact_reason: Some("Messe".into()), ..EditIssue::default() });
        let impact = Incident { high_impact: true, high_impact_reason: Some("Messe".into()), ..issue() };
        let mut draft = IssueDraft::of(&impact);
        draft.high_impact = false;
        draft.picked = Rc::new(Picked { rooms: BTreeSet::from([room(2)]), groups: BTreeSet::new() });
        let edit = EditIssue { description: None, rooms: Some(vec![room(2)]), high_impact_reason: Some(String::new()) };
        assert_eq!(draft.change(&impact), edit, "an empty reason is none");
    }

    fn draft(n: u128) -> MessageDraft {
        MessageDraft { text: "Seen".into(), ..MessageDraft::new(FormId(Uuid::from_u128(n))) }
    }

    #[test]
    fn r81_a_message_hands_over_to_the_side_that_was_ticked_or_to_nobody() {
        let draft = MessageDraft { assign_to: Some(Assignee::Service), ..draft(1) };
        assert_eq!(draft.post(IncidentStatus::NeedsAction).assign_to, Some(Assignee::Service));
        // A colleague assigned it meanwhile: the tick does not turn round.
        assert_eq!(draft.post(IncidentStatus::AssignedToService).assign_to, None);
        assert_eq!(draft.post(IncidentStatus::Closed).assign_to, None);
        assert_eq!(MessageDraft { assign_to: None, ..draft }.post(IncidentStatus::NeedsAction).assign_to, None);
    }

    #[test]
    fn what_was_begun_is_found_again_and_an_answer_takes_its_own_message_alone() {
        let begun = Begun::default();
        let incident = IncidentRef { customer_id: issue().row.customer_id, number: issue().row.number };
        begun.keep(incident, MessageDraft { under_way: true, ..draft(1) });
        begun.answered(incident, FormId(Uuid::from_u128(1)), false);
        assert_eq!(begun.of(incident), Some(draft(1)), "it was refused: the words stay");
        // Somebody goes on typing while it is sent.
        begun.keep(incident, MessageDraft { text: "Seen, and more".into(), ..draft(2) });
        begun.answered(incident, FormId(Uuid::from_u128(1)), true);
        assert_eq!(begun.of(incident).map(|draft| draft.text), Some("Seen, and more".into()));
        begun.answered(incident, FormId(Uuid::from_u128(2)), true);
        assert_eq!(begun.of(incident), None);
        begun.keep(incident, MessageDraft::new(FormId(Uuid::from_u128(3))));
        assert!(begun.0.borrow().is_empty(), "nothing is nothing to keep");
    }
}
