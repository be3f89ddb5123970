//! What of one's own about the room of an incident, or about its signal there, has not been sent: the incident goes out of sight, or comes back, with that.

use tenantry_model::incident::{IncidentRow, SnoozedBy};
use tenantry_model::ipc::{About, OutboxEntry, OutboxMark, WorkKind};
use yew::prelude::*;

use super::snooze::{Target, targets};
use crate::domain_view::suppression::unsent_of;
use crate::hooks::{use_entries, use_outbox};

/// The last of each. What another signal of the room waits for is another thing.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct UnsentSuppressions {
    pub(super) room: Option<OutboxMark>,
    pub(super) signal: Option<OutboxMark>,
}

impl UnsentSuppressions {
    /// `marks` are those of its room, `entries` those of them that are about a signal.
    fn of(row: &IncidentRow, marks: &[OutboxMark], entries: &[OutboxEntry]) -> Self {
        let mut unsent = Self::default();
        for target in targets(row) {
            match target {
                Target::Incident => {}
                Target::Signal(_, of) => {
                    let form = unsent_of(entries, of.signal, of.instance.as_deref()).map(|entry| entry.form);
                    unsent.signal = marks.iter().find(|mark| Some(mark.form) == form).cloned();
                }
                Target::Room(_) => unsent.room = marks.iter().rfind(|mark| is_of_whole_room(mark.kind)).cloned(),
            }
        }
        unsent
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &OutboxMark> {
        self.room.iter().chain(&self.signal)
    }

    /// What stands before another decision about that which holds it out of sight.
    pub(super) fn of_what_holds(&self, by: SnoozedBy) -> Option<&OutboxMark> {
        match by {
            SnoozedBy::Incident => None,
            SnoozedBy::Signal => self.signal.as_ref(),
            SnoozedBy::Room => self.room.as_ref(),
        }
    }

    /// What puts it out of sight once it is sent: nothing else has to.
    pub(super) fn that_hides(&self) -> Option<&OutboxMark> {
        self.iter().find(|mark| !mark.refused && matches!(mark.kind, WorkKind::Suppress | WorkKind::SuppressSignal))
    }
}

const fn is_of_whole_room(kind: WorkKind) -> bool {
    matches!(kind, WorkKind::Suppress | WorkKind::Lift)
}

const fn is_of_signal(kind: WorkKind) -> bool {
    matches!(kind, WorkKind::SuppressSignal | WorkKind::LiftSignal)
}

#[hook]
pub(super) fn use_unsent_suppressions(row: Option<&IncidentRow>) -> UnsentSuppressions {
    let outbox = use_outbox();
    let room = row.and_then(|row| targets(row).into_iter().find_map(|target| target.room()));
    let marks: Vec<OutboxMark> = room.into_iter().flat_map(|room| outbox.about(About::Room(room))).cloned().collect();
    let entries = use_entries(marks.iter().filter(|mark| is_of_signal(mark.kind)).map(|mark| mark.form).collect()).shown;
    row.map(|row| UnsentSuppressions::of(row, &marks, &entries)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tenantry_model::api::incidents::SnoozeIncident;
    use tenantry_model::api::rooms::SignalOf;
    use tenantry_model::ipc::{FormId, Work};
    use tenantry_model::signal::SignalId;
    use tenantry_model::time::Timestamp;
    use uuid::Uuid;

    const ID: &str = "77777777-7777-4777-8777-777777777777";

    fn row() -> IncidentRow {
        let at = "2026-07-01T10:00:00Z";
        serde_json::from_value(serde_json::json!({
            "number": "LBT9KC-XDBORS", "customerId": ID, "category": "display", "type": "hdmi_ingest", "severity": "important",
            "status": "needs_action", "rooms": [{ "id": ID, "name": "Isar" }], "redactedRooms": 0, "problem": "HDMI 2", "createdAt": at,
            "lastUpdated": at, "activeSince": at, "lastResolved": null, "lastClosed": null, "messages": 0, "lastMessageAt": null, "version": 1
        }))
        .unwrap()
    }

    /// By its order: of the room, or of this input of it; suppressed or lifted; refused or not.
    fn unsent(of: &[(Option<&str>, bool, bool)]) -> UnsentSuppressions {
        let (mut marks, mut entries) = (vec![], vec![]);
        for (n, (instance, suppresses, refused)) in of.iter().enumerate() {
            let (form, customer) = (FormId(Uuid::from_u128(n as u128)), Some(ID.parse().unwrap()));
            let signal = instance.map(|instance| SignalOf { signal: SignalId::HdmiIngest, instance: Some(instance.into()) });
            let suppress = suppresses.then(|| SnoozeIncident { reason: "Umbau".into(), until: None });
            let work = Work::Suppress { room: ID.parse().unwrap(), signal, name: None, was: None, seen: None, suppress };
            marks.push(OutboxMark::of(form, customer, &work, *refused));
            let (at, rooms) = (Timestamp::from_micros(0), vec![]);
            entries.push(OutboxEntry { form, customer, customer_name: None, work, at, failure: None, rooms });
        }
        UnsentSuppressions::of(&row(), &marks, &entries)
    }

    #[test]
    fn a35_an_incident_that_goes_out_of_sight_with_what_waits_is_not_snoozed_besides() {
        for of in [Some("HDMI 2"), None] {
            assert!(unsent(&[(of, true, false)]).that_hides().is_some(), "{of:?}");
            assert!(unsent(&[(of, true, true)]).that_hides().is_none(), "{of:?}: it was refused");
            assert!(unsent(&[(of, false, false)]).that_hides().is_none(), "{of:?}: it is lifted");
        }
        assert_eq!(unsent(&[(Some("HDMI 1"), true, false)]), UnsentSuppressions::default(), "of another signal");
    }

    #[test]
    fn a35_what_holds_an_incident_is_not_lifted_while_another_decision_about_that_waits() {
        let forms = |unsent: &UnsentSuppressions| {
            [SnoozedBy::Incident, SnoozedBy::Signal, SnoozedBy::Room].map(|by| unsent.of_what_holds(by).map(|mark| mark.form.0.as_u128()))
        };
        assert_eq!(forms(&unsent(&[(Some("HDMI 2"), false, false), (Some("HDMI 1"), true, false)])), [None, Some(0), None]);
        assert_eq!(forms(&unsent(&[(None, true, true), (None, false, false), (Some("HDMI 1"), true, false)])), [None, None, Some(1)]);
    }
}
