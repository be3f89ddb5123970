//! Every kind of entry, and every kind of failure.

use tenantry_model::api::incidents::{ClaimIncident, CloseIssue, EditIssue, PostMessage, RecordIssue, SnoozeIncident};
use tenantry_model::api::rooms::{ChangeRoom, SignalOf};
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::incident::{ClosureReason, RoomRef};
use tenantry_model::ipc::{FormId, Language};
use tenantry_model::problem::FieldError;
use tenantry_model::signal::SignalId;
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;
use uuid::Uuid;

use super::*;

fn number() -> TicketNumber {
    "LBT9KC-XDBORS".parse().unwrap()
}

fn room(n: u128, name: &str) -> RoomRef {
    RoomRef { id: RoomId::from_uuid(Uuid::from_u128(n)), name: name.into() }
}

fn entry(work: Work) -> OutboxEntry {
    OutboxEntry {
        form: FormId(Uuid::from_u128(1)),
        customer: Some(TenantId::from_uuid(Uuid::from_u128(1))),
        customer_name: Some("Contoso".into()),
        work,
        at: Timestamp::from_micros(0),
        failure: None,
        rooms: vec![room(5, "Isar"), room(6, "Inn")],
    }
}

fn edit(was: Option<Box<IssueAsRead>>) -> Work {
    let rooms = Some(vec![room(5, "").id, room(6, "").id]);
    let change = EditIssue { description: Some("Kein Ton, seit Montag".into()), rooms, high_impact_reason: None };
    Work::Edit { number: number(), version: 3, was, change }
}

fn set_room(was: Option<RoomSettings>) -> Work {
    let change = ChangeRoom { display_name: Some("Isar Ost".into()), capacity: Some(0), timezone: None };
    Work::ChangeRoom { room: room(5, "").id, version: 3, was, seen: None, change }
}

fn suppress(display: Option<&str>, reason: Option<&str>, name: Option<&str>) -> Work {
    let signal = |which: &str| SignalOf { signal: SignalId::DisplayFrontOfRoom, instance: Some(which.into()) };
    Work::Suppress {
        room: room(5, "").id,
        signal: display.map(signal),
        name: name.map(str::to_owned),
        was: None,
        seen: None,
        suppress: reason.map(|reason| SnoozeIncident { reason: reason.into(), until: Some(Timestamp::from_micros(0)) }),
    }
}

#[test]
fn a35_an_end_that_passed_before_it_was_sent_is_said_and_not_sent_again() {
    for language in Language::ALL.iter().copied() {
        let i18n = I18n::new(language);
        let mut failure = IpcError::new(IpcErrorKind::Invalid, "said", false);
        failure.fields.push(FieldError::new(FieldCode::SnoozeEndInvalid, "#/until", "said"));
        let snooze = SnoozeIncident { reason: "Teile".into(), until: Some(Timestamp::from_micros(0)) };
        for work in [suppress(None, Some("Umbau"), Some("Isar")), Work::Snooze { number: number(), snooze: Some(snooze) }] {
            let at = |now| why(&i18n, &entry(work.clone()), &failure, Timestamp::from_micros(now));
            let (past, ahead) = (at(0), at(-1));
            assert!(past.is_all && past.is_final && past.reason == t!(i18n, "outbox-why-end-passed"), "{}", past.reason);
            assert!(ahead.is_all && !ahead.is_final && ahead.reason == t!(i18n, "outbox-why-end-not-taken"), "{}", ahead.reason);
        }
    }
}

#[test]
fn a35_a_change_is_shown_as_it_was_and_as_it_is_to_be_field_by_field() {
    let i18n = I18n::new(Language::English);
    let lines = |work| -> Vec<(String, String, String)> {
        contents(&i18n, &entry(work)).changes.into_iter().map(|line| (line.label, line.was, line.mine)).collect()
    };
    let line = |label: &str, was: &str, mine: &str| (label.to_owned(), was.to_owned(), mine.to_owned());
    let was = IssueAsRead { description: "Kein Ton".into(), rooms: vec![room(5, "Isar")], high_impact_reason: Some("Messe".into()) };
    assert_eq!(
        lines(edit(Some(Box::new(was)))),
        [line("Description", "Kein Ton", "Kein Ton, seit Montag"), line("Rooms", "Isar", "Isar, Inn")]
    );
    let was = RoomSettings { display_name: "Isar".into(), capacity: Some(6), timezone: "Europe/Berlin".into() };
    assert_eq!(lines(set_room(Some(was))), [line("Name", "Isar", "Isar Ost"), line("Capacity", "6", "–")]);
}

#[test]
fn a28_while_the_customers_data_may_not_be_read_ones_own_words_alone_are_shown() {
    let i18n = I18n::new(Language::English);
    let was = IssueAsRead { description: "Kein Ton".into(), rooms: vec![room(5, "Isar")], high_impact_reason: None };
    let locked = OutboxEntry { rooms: vec![], ..entry(edit(Some(Box::new(was))).without_customers_data()) };
    let said = contents(&i18n, &locked);
    assert_eq!((said.text.as_str(), said.changes.len(), said.facts.len()), (", seit Montag", 0, 0));
    let was = RoomSettings { display_name: "Isar".into(), capacity: Some(6), timezone: "Europe/Berlin".into() };
    let said = contents(&i18n, &entry(set_room(Some(was)).without_customers_data()));
    assert!(said.text.contains("Ost") && !said.text.contains("Isar") && said.changes.is_empty(), "{said:?}");
}

/// One of each.
fn works() -> Vec<Work> {
    let snooze = SnoozeIncident { reason: "Wartet auf Teile".into(), until: Some(Timestamp::from_micros(0)) };
    let new = RecordIssue {
        description: "Kein Bild".into(),
        rooms: vec![room(5, "").id],
        high_impact_reason: Some("Vorstand".into()),
        events: vec![tenantry_model::id::RoomEventId::from_uuid(Uuid::from_u128(9))],
    };
    let message = PostMessage { text: "Gesehen".into(), assign_to: Some(Assignee::Service) };
    vec![
        Work::Record { new },
        Work::Message { number: number(), new: message },
        Work::Close { number: number(), version: 3, change: CloseIssue { reason: ClosureReason::Other, comment: Some("Kabel".into()) } },
        Work::Claim { number: number(), claim: Some(ClaimIncident::default()) },
        Work::Claim { number: number(), claim: None },
        Work::Snooze { number: number(), snooze: Some(snooze) },
        Work::Snooze { number: number(), snooze: None },
        edit(None),
        set_room(None),
        Work::EnrolRoom { room: room(5, "").id, name: Some("Isar".into()) },
        suppress(None, Some("Umbau"), Some("Isar")),
        suppress(Some("Display 2"), Some("Kabel"), Some("Isar")),
        suppress(None, None, Some("Isar")),
        suppress(Some("Display 2"), None, Some("Isar")),
        suppress(None, Some("Umbau"), None),
        suppress(Some("Display 2"), Some("Kabel"), None),
        suppress(None, None, None),
        suppress(Some("Display 2"), None, None),
        Work::Words { text: "Mine".into() },
    ]
}

#[test]
fn a35_every_entry_has_a_title_of_its_own_and_says_all_that_was_typed() {
    for language in Language::ALL.iter().copied() {
        let i18n = I18n::new(language);
        let titles: std::collections::HashSet<String> = works().into_iter().map(|work| title(&i18n, &entry(work))).collect();
        assert_eq!(titles.len(), works().len());
        assert!(titles.iter().filter(|title| !title.contains("Contoso")).count() == 1, "{titles:?}");
    }
    let i18n = I18n::new(Language::English);
    let said: Vec<Contents> = works().into_iter().map(|work| contents(&i18n, &entry(work))).collect();
    let facts = |at: usize| said[at].facts.iter().map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>();
    assert_eq!(
        (said[0].text.as_str(), facts(0)),
        ("Kein Bild", vec!["Rooms: Isar".into(), "High impact: Vorstand".into(), "Events: 1".into()])
    );
    assert_eq!((said[1].text.as_str(), facts(1)), ("Gesehen", vec!["Whose turn: Assign to the service".into()]));
    assert_eq!((said[2].text.as_str(), facts(2).len()), ("Kabel", 1));
    assert_eq!((said[5].text.as_str(), facts(5).len()), ("Wartet auf Teile", 1));
    assert_eq!((said[10].text.as_str(), facts(10).len(), said[11].text.as_str(), said[12].text.as_str()), ("Umbau", 1, "Kabel", ""));
    assert_eq!(said[18].text, "Mine");
}

#[test]
fn a35_every_kind_of_failure_says_what_was_not_done_and_why_with_an_icon() {
    for language in Language::ALL.iter().copied() {
        let i18n = I18n::new(language);
        for work in works() {
            let entry = entry(work);
            for kind in IpcErrorKind::ALL {
                let why = why(&i18n, &entry, &IpcError::new(*kind, "said", false), Timestamp::from_micros(0));
                assert!(!why.what.is_empty() && !why.reason.is_empty(), "{kind}");
            }
        }
    }
    let i18n = I18n::new(Language::English);
    let works = works();
    let (message, close, words) = (entry(works[1].clone()), entry(works[2].clone()), entry(works[18].clone()));
    let of = |entry: &OutboxEntry, kind, code: Option<FieldCode>| {
        let mut failure = IpcError::new(kind, "said", false);
        failure.fields.extend(code.map(|code| FieldError::new(code, "#", "said")));
        let why = why(&i18n, entry, &failure, Timestamp::from_micros(0));
        (why.icon, why.reason, why.is_all)
    };
    let (icon, inactive, is_all) = of(&message, IpcErrorKind::Conflict, Some(FieldCode::IncidentInactive));
    assert!(icon == Icon::Closed && is_all && inactive.contains("without"), "{inactive}");
    assert_ne!(of(&close, IpcErrorKind::Conflict, Some(FieldCode::IncidentInactive)).1, inactive);
    let again = |entry: &OutboxEntry| {
        let mut failure = IpcError::new(IpcErrorKind::Conflict, "said", false);
        failure.fields.push(FieldError::new(FieldCode::IncidentInactive, "#", "said"));
        !why(&i18n, entry, &failure, Timestamp::from_micros(0)).is_final
    };
    assert!(again(&message) && !again(&close) && !again(&words), "what would be refused again is not offered");
    assert_eq!(of(&words, IpcErrorKind::NotFound, None).0, Icon::Lock);
    assert_eq!(of(&entry(works[0].clone()), IpcErrorKind::Invalid, Some(FieldCode::EventTaken)).0, Icon::Incidents);
    assert!(of(&message, IpcErrorKind::MayBeDone, None).1.contains("30"));
    assert_ne!(of(&close, IpcErrorKind::Stale, None).1, of(&entry(works[7].clone()), IpcErrorKind::Stale, None).1);
    assert!(!of(&message, IpcErrorKind::Invalid, Some(FieldCode::TextTooLong)).2, "the field is said besides");
}
