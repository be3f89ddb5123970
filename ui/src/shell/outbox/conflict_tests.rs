//! Mine and theirs, field by field.

use tenantry_model::api::incidents::{CloseIssue, EditIssue, SnoozeIncident};
use tenantry_model::api::rooms::ChangeRoom;
use tenantry_model::id::TenantId;
use tenantry_model::incident::{Category, ClosureReason, IncidentRow, IncidentStatus, IncidentType, Severity};
use tenantry_model::ipc::{FormId, Language};
use tenantry_model::signal::SignalId;
use tenantry_model::time::Timestamp;
use uuid::Uuid;

use super::*;

fn room_ref(n: u128, name: &str) -> RoomRef {
    RoomRef { id: RoomId::from_uuid(Uuid::from_u128(n)), name: name.into() }
}

fn issue(version: u64) -> Incident {
    let at = Timestamp::from_micros(0);
    let row = IncidentRow {
        number: "LBT9KC-XDBORS".parse().unwrap(),
        customer_id: TenantId::from_uuid(Uuid::from_u128(1)),
        category: Category::Reported,
        kind: IncidentType::CustomerReported,
        severity: Severity::Critical,
        status: IncidentStatus::NeedsAction,
        rooms: vec![room_ref(1, "Isar")],
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
        version,
    };
    Incident { description: "Kein Ton".into(), ..row.alone() }
}

fn entry(work: Work) -> OutboxEntry {
    let customer = Some(TenantId::from_uuid(Uuid::from_u128(1)));
    OutboxEntry {
        form: FormId(Uuid::from_u128(9)),
        customer,
        customer_name: None,
        work,
        at: Timestamp::from_micros(0),
        failure: None,
        rooms: vec![],
    }
}

/// Label, whether it is marked, theirs, mine.
fn shown(lines: &[Compared]) -> Vec<(&str, bool, &str, &str)> {
    lines.iter().map(|line| (line.label.as_str(), line.is_changed(), line.now.as_str(), line.after().as_str())).collect()
}

#[test]
fn a35_an_edit_of_another_version_shows_what_differs_and_goes_on_top_of_what_was_looked_at() {
    let i18n = I18n::new(Language::English);
    let was = IssueAsRead::of(&issue(3));
    let rooms = vec![room_ref(1, "Isar").id, room_ref(2, "Inn").id];
    let change = EditIssue { rooms: Some(rooms), ..EditIssue::default() };
    let entry = entry(Work::Edit { number: issue(3).row.number, version: 3, was: Some(Box::new(was)), change });
    assert_eq!(conflict(&i18n, &entry, Theirs::Incident(&issue(3))), None, "what it was made of is not what holds now");
    let mut now = issue(5);
    now.description = "Kein Ton, kein Bild".into();
    let differs = conflict(&i18n, &entry, Theirs::Incident(&now)).unwrap();
    assert_eq!(
        shown(&differs.lines)[..2],
        [("Description", true, "Kein Ton, kein Bild", "Kein Ton, kein Bild"), ("Rooms", false, "Isar", "Isar, …")],
        "what the edit leaves alone stays theirs, and what nobody touched is not shown"
    );
    assert_eq!(differs.anyway, SendAgainArgs { version: Some(5), ..SendAgainArgs::of(entry.form) });
}

#[test]
fn a35_a_room_that_was_set_otherwise_shows_what_differs_and_is_set_on_top_of_that() {
    let i18n = I18n::new(Language::English);
    let was = RoomSettings { display_name: "Isar".into(), capacity: Some(6), timezone: "Europe/Berlin".into() };
    let change = ChangeRoom { display_name: Some("Isar (8)".into()), capacity: Some(0), timezone: None };
    let id = room_ref(1, "Isar").id;
    let work = Work::ChangeRoom { room: id, version: 3, was: Some(was.clone()), seen: None, change };
    let theirs = RoomSettings { display_name: "Isar EG".into(), ..was };
    let room: Room = serde_json::from_value(serde_json::json!({
        "id": id, "customerId": TenantId::from_uuid(Uuid::from_u128(1)), "displayName": theirs.display_name, "capacity": 6, "hostName": "h",
        "account": "a", "enrolment": "enrolled", "health": "healthy", "hasWarnings": false, "occupied": null, "timezone": "Europe/Berlin",
        "licence": "Pro", "peripherals": [], "groups": [], "ring": null, "lastSeen": null, "version": 12
    }))
    .unwrap();
    let differs = conflict(&i18n, &entry(work), Theirs::Room(&room)).unwrap();
    assert_eq!(shown(&differs.lines), [("Name", true, "Isar EG", "Isar (8)"), ("Capacity", false, "6", "–")]);
    assert_eq!(differs.anyway.settings, Some(theirs));
}

#[test]
fn a35_what_somebody_else_suppressed_meanwhile_is_shown_beside_ones_own_and_replaced_as_it_was_looked_at() {
    let i18n = I18n::new(Language::English);
    let theirs = Snooze { by: Some("Ben Berg".into()), reason: "Messe".into(), since: Timestamp::from_micros(0), until: None };
    let signal = SignalOf { signal: SignalId::DisplayFrontOfRoom, instance: Some("Display 2".into()) };
    let work = |signal: Option<SignalOf>, was: Option<Snooze>, suppress: Option<&str>| Work::Suppress {
        room: room_ref(1, "Isar").id,
        signal,
        name: Some("Isar".into()),
        was: Some(SuppressionAsRead { suppression: was }),
        seen: None,
        suppress: suppress.map(|reason| SnoozeIncident { reason: reason.into(), until: None }),
    };
    let stands = |instance: &str, suppression: Option<Snooze>| RoomSignal {
        signal: signal.signal,
        instance: Some(instance.into()),
        state: tenantry_model::api::SignalState::Failing,
        since: Timestamp::from_micros(0),
        suppression,
        incident: None,
    };
    let signals = [stands("Display 1", None), stands("Display 2", Some(theirs.clone()))];
    let (of_signal, of_room) = (entry(work(Some(signal.clone()), None, Some("Umbau"))), entry(work(None, None, Some("Umbau"))));
    let differs = conflict(&i18n, &of_signal, Theirs::Signals(&signals)).unwrap();
    let endless = t!(i18n, "outbox-no-end");
    assert_eq!(
        shown(&differs.lines),
        [
            ("Suppressed", true, endless.as_str(), endless.as_str()),
            ("Reason", true, "Messe", "Umbau"),
            ("Decided by", false, "Ben Berg", "Ben Berg")
        ]
    );
    assert_eq!(differs.anyway.suppression, Some(SuppressionAsRead { suppression: Some(theirs) }));
    assert_eq!(conflict(&i18n, &of_room, Theirs::Signals(&signals)), None, "the room itself is another thing");
    // What was to be lifted is another one by now.
    let read = Snooze { reason: "Umzug".into(), ..signals[1].suppression.clone().unwrap() };
    let lifted = conflict(&i18n, &entry(work(Some(signal), Some(read), None)), Theirs::Signals(&signals)).unwrap();
    let not = t!(i18n, "outbox-suppressed-not");
    assert_eq!(shown(&lifted.lines)[..2], [("Suppressed", false, endless.as_str(), not.as_str()), ("Reason", true, "Messe", "")]);
}

#[test]
fn a35_closing_another_version_shows_the_status_and_the_last_message() {
    let i18n = I18n::new(Language::English);
    let change = CloseIssue { reason: ClosureReason::Duplicate, comment: Some("Of the other".into()) };
    let entry = entry(Work::Close { number: issue(3).row.number, version: 3, change });
    let differs = conflict(&i18n, &entry, Theirs::Incident(&issue(4))).unwrap();
    assert_eq!(differs.anyway.version, Some(4));
    let (open, closed) = (i18n.label(IncidentStatus::NeedsAction), i18n.label(IncidentStatus::Closed));
    assert!(shown(&differs.lines).contains(&("Status", false, open.as_str(), closed.as_str())));
    assert!(shown(&differs.lines).iter().all(|(_, marked, ..)| !marked), "nobody knows what it said before");
    assert!(shown(&differs.lines).contains(&("Description", false, "Kein Ton", "Kein Ton")), "somebody may have edited it");
    assert!(shown(&differs.lines).iter().any(|(_, _, _, mine)| mine.contains("Of the other")));
}
