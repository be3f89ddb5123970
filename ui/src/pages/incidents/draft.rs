//! What the forms of incidents hold, and what they send. Pure.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use tenantry_model::api::incidents::{
    Assignee, EditIssue, LONGEST_DESCRIPTION, LONGEST_IMPACT_REASON, LONGEST_MESSAGE, MOST_ROOMS, PostMessage, RecordIssue,
};
use tenantry_model::id::RoomId;
use tenantry_model::incident::{Incident, IncidentStatus};
use tenantry_model::ipc::IncidentRef;

use crate::components::form::characters;
use crate::domain_view::pickers::Picked;

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
}

impl IssueDraft {
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

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct MessageDraft {
    pub(super) text: String,
    /// Whether the message makes it the other side's turn.
    pub(super) hands_over: bool,
}

impl MessageDraft {
    pub(super) fn is_empty(&self) -> bool {
        characters(&self.text) == 0
    }

    pub(super) fn is_too_long(&self) -> bool {
        characters(&self.text) > LONGEST_MESSAGE
    }

    pub(super) fn post(&self, status: IncidentStatus) -> PostMessage {
        PostMessage { text: self.text.clone(), assign_to: other_side(status).filter(|_| self.hands_over) }
    }
}

/// Messages that were begun, by incident: whoever looks at another incident meanwhile finds them again.
#[derive(Debug, Clone, Default)]
pub(super) struct Begun(Rc<RefCell<HashMap<IncidentRef, MessageDraft>>>);

impl PartialEq for Begun {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Begun {
    pub(super) fn of(&self, incident: IncidentRef) -> MessageDraft {
        self.0.borrow().get(&incident).cloned().unwrap_or_default()
    }

    pub(super) fn keep(&self, incident: IncidentRef, draft: &MessageDraft) {
        let mut begun = self.0.borrow_mut();
        if *draft == MessageDraft::default() {
            begun.remove(&incident);
        } else {
            begun.insert(incident, draft.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tenantry_model::incident::{Category, IncidentRow, IncidentType, RoomRef, Severity};
    use tenantry_model::time::Timestamp;
    use uuid::Uuid;

    fn room(n: u128) -> RoomId {
        RoomId::from_uuid(Uuid::from_u128(n))
    }

    fn issue() -> Incident {
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

    #[test]
    fn r81_a_message_hands_over_to_the_other_side_or_to_nobody() {
        let draft = MessageDraft { text: "Seen".into(), hands_over: true };
        assert_eq!(draft.post(IncidentStatus::NeedsAction).assign_to, Some(Assignee::Service));
        assert_eq!(draft.post(IncidentStatus::AssignedToService).assign_to, Some(Assignee::Helpdesk));
        assert_eq!(draft.post(IncidentStatus::Closed).assign_to, None);
        assert_eq!(MessageDraft { hands_over: false, ..draft }.post(IncidentStatus::NeedsAction).assign_to, None);
    }

    #[test]
    fn what_was_begun_is_found_again_and_forgotten_once_it_is_empty() {
        let begun = Begun::default();
        let incident = IncidentRef { customer_id: issue().row.customer_id, number: issue().row.number };
        let draft = MessageDraft { text: "Wait".into(), hands_over: false };
        begun.keep(incident, &draft);
        assert_eq!(begun.of(incident), draft);
        begun.keep(incident, &MessageDraft::default());
        assert!(begun.of(incident).is_empty() && begun.0.borrow().is_empty());
    }
}
