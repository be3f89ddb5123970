//! Entries come back in order, and go without a trace.

use tenantry_model::api::incidents::{Assignee, CloseIssue, EditIssue, IncidentChanged, PostMessage, RecordIssue, SnoozeIncident};
use tenantry_model::api::rooms::{ChangeRoom, RoomSettings};
use tenantry_model::id::RoomId;
use tenantry_model::incident::{ClosureReason, Snooze};
use tenantry_model::ipc::{IpcErrorKind, IssueAsRead, SuppressionAsRead};
use tenantry_model::problem::{FieldCode, FieldError};

use super::*;
use crate::random::OsRandom;

fn form(n: u128) -> FormId {
    FormId(Uuid::from_u128(n))
}

fn customer() -> TenantId {
    TenantId::from_uuid(Uuid::from_u128(7))
}

fn message(number: &str, text: &str) -> Work {
    Work::Message { number: number.parse().unwrap(), new: PostMessage { text: text.into(), assign_to: None } }
}

fn again(version: Option<u64>) -> SendAgainArgs {
    SendAgainArgs { version, ..SendAgainArgs::of(form(1)) }
}

fn entries() -> Entries {
    Entries::open(&Location::Memory, None).unwrap().0
}

const AT: Timestamp = Timestamp::from_micros(5);

#[test]
fn a35_what_was_typed_is_sent_in_order_within_an_incident_and_one_incident_holds_up_no_other() {
    let mut entries = entries();
    let (one, other) = ("LBT9KC-XDBORS", "LBT9KC-AAAAAA");
    for (n, work) in [(1, message(one, "first")), (2, message(one, "second")), (3, message(other, "third"))] {
        entries.keep(form(n), customer(), &work, AT).unwrap();
    }
    // Sent twice is kept once.
    entries.keep(form(1), customer(), &message(one, "first"), AT).unwrap();
    assert_eq!(entries.all().unwrap().len(), 3);
    assert_eq!(entries.next(&[]).unwrap().unwrap().form, form(1));
    let refused = IpcError::new(IpcErrorKind::Conflict, "no", false);
    entries.refuse(form(1), &refused).unwrap();
    assert_eq!(entries.next(&[]).unwrap().unwrap().form, form(3), "the second waits for the first, and the third for nobody");
    entries.forget(form(3)).unwrap();
    assert_eq!(entries.next(&[]).unwrap(), None);
    entries.again(again(None)).unwrap();
    assert_eq!(entries.next(&[]).unwrap().unwrap().form, form(1));
    entries.forget(form(1)).unwrap();
    assert_eq!(entries.next(&[]).unwrap().unwrap().form, form(2));
    // New issues are in nobody's way, and nobody in theirs.
    let issue =
        Work::Record { new: RecordIssue { description: "No sound".into(), rooms: vec![], high_impact_reason: None, events: vec![] } };
    entries.keep(form(4), customer(), &issue, AT).unwrap();
    assert_eq!(entries.next(&[form(2)]).unwrap().unwrap().form, form(4), "what cannot be sent now is passed over");
    entries.refuse(form(2), &refused).unwrap();
    assert_eq!(entries.next(&[]).unwrap().unwrap().form, form(4));
    // The form is sent again with other content: that counts.
    entries.keep(form(2), customer(), &message(one, "second, better"), AT).unwrap();
    assert_eq!(entries.find(form(2)).unwrap().map(|entry| (entry.work, entry.failure)), Some((message(one, "second, better"), None)));
}

#[test]
fn a35_a_lost_right_leaves_the_words_of_their_author_and_nothing_of_the_customers() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.outbox");
    let key = StoreKey::random(&OsRandom).unwrap();
    let location = Location::File(path);
    let mut entries = Entries::open(&location, Some(&key)).unwrap().0;
    entries.keep(form(1), customer(), &message("LBT9KC-XDBORS", "Mine"), AT).unwrap();
    entries.strip(form(1), &IpcError::new(IpcErrorKind::NotFound, "gone", false)).unwrap();
    let left = entries.all().unwrap();
    assert_eq!((left[0].customer, &left[0].work), (None, &Work::Words { text: "Mine".into() }));
    assert!(left[0].failure.is_some());
    assert!(entries.again(again(None)).is_err(), "it cannot be sent");
    entries.keep(form(1), customer(), &message("LBT9KC-XDBORS", "Mine"), AT).unwrap();
    assert_eq!(entries.all().unwrap(), left, "nor typed anew under its name");
    // It is in nobody's way.
    entries.keep(form(2), customer(), &message("LBT9KC-XDBORS", "Next"), AT).unwrap();
    assert_eq!(entries.next(&[]).unwrap().map(|entry| entry.form), Some(form(2)));
    entries.forget(form(2)).unwrap();
    assert_eq!(entries.next(&[]).unwrap(), None);
    drop(entries);
    // Another process finds it: it was on the disk.
    let mut entries = Entries::open(&location, Some(&key)).unwrap().0;
    assert_eq!(entries.all().unwrap(), left);
    entries.forget(form(1)).unwrap();
    assert_eq!(entries.all().unwrap(), []);
}

#[test]
fn a35_what_closes_another_version_is_sent_on_top_of_the_one_that_was_looked_at() {
    let mut entries = entries();
    let close = |version| Work::Close {
        number: "LBT9KC-XDBORS".parse().unwrap(),
        version,
        change: CloseIssue { reason: ClosureReason::Other, comment: None },
    };
    entries.keep(form(1), customer(), &close(3), AT).unwrap();
    entries.refuse(form(1), &IpcError::new(IpcErrorKind::Stale, "changed", false)).unwrap();
    entries.again(again(Some(5))).unwrap();
    let entry = entries.next(&[]).unwrap().unwrap();
    assert_eq!((entry.form, entry.work, entry.failure), (form(1), close(5), None));
}

#[test]
fn a35_a_message_that_would_hand_over_what_is_nobodys_turn_any_more_goes_without() {
    let mut entries = entries();
    let hands_over =
        |assign_to| Work::Message { number: "LBT9KC-XDBORS".parse().unwrap(), new: PostMessage { text: "Yours".into(), assign_to } };
    entries.keep(form(1), customer(), &hands_over(Some(Assignee::Service)), AT).unwrap();
    let mut refused = IpcError::new(IpcErrorKind::Conflict, "inactive", false);
    refused.fields = vec![FieldError::new(FieldCode::IncidentInactive, "#/assignTo", "nobody's turn")];
    entries.refuse(form(1), &refused).unwrap();
    entries.again(again(None)).unwrap();
    assert_eq!(entries.next(&[]).unwrap().map(|entry| entry.work), Some(hands_over(None)));
}

#[test]
fn a35_r113_an_issue_whose_events_are_taken_or_gone_is_sent_again_without_them() {
    let events = vec![tenantry_model::id::RoomEventId::from_uuid(Uuid::from_u128(9))];
    let issue = |events: &[_]| Work::Record {
        new: RecordIssue { description: "No sound".into(), rooms: vec![], high_impact_reason: None, events: events.to_vec() },
    };
    for (code, sent) in [(FieldCode::EventTaken, vec![]), (FieldCode::EventUnknown, vec![]), (FieldCode::TextTooLong, events.clone())] {
        let mut entries = entries();
        entries.keep(form(1), customer(), &issue(&events), AT).unwrap();
        let mut refused = IpcError::new(IpcErrorKind::Invalid, "refused", false);
        refused.fields = vec![FieldError::new(code, "#/events/0", "refused")];
        entries.refuse(form(1), &refused).unwrap();
        entries.again(again(None)).unwrap();
        assert_eq!(entries.next(&[]).unwrap().map(|entry| entry.work), Some(issue(&sent)), "{code}");
    }
}

#[test]
fn a35_when_it_was_first_tried_is_kept_until_it_is_sent_anew() {
    let mut entries = entries();
    entries.keep(form(1), customer(), &message("LBT9KC-XDBORS", "x"), AT).unwrap();
    for at in [7, 9] {
        assert!(entries.try_first(form(1), Timestamp::from_micros(at)).unwrap());
    }
    assert_eq!(entries.find(form(1)).unwrap().unwrap().tried, Some(Timestamp::from_micros(7)));
    entries.again(again(None)).unwrap();
    assert_eq!(entries.find(form(1)).unwrap().unwrap().tried, None);
}

#[test]
fn a35_an_outbox_that_cannot_be_read_is_never_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.outbox");
    for n in 0..4 {
        std::fs::write(&path, format!("no database {n}")).unwrap();
        let key = StoreKey::random(&OsRandom).unwrap();
        let (entries, aside) = Entries::open(&Location::File(path.clone()), Some(&key)).unwrap();
        drop(entries);
        assert_eq!(std::fs::read_to_string(aside.unwrap()).unwrap(), format!("no database {n}"));
    }
    let kept =
        std::fs::read_dir(folder.path()).unwrap().filter(|file| file.as_ref().unwrap().file_name().to_string_lossy().contains("aside"));
    assert_eq!(kept.count(), 4);
}

#[test]
fn a35_ones_own_edit_is_no_news_to_what_was_typed_behind_it() {
    let mut entries = entries();
    let number = "LBT9KC-XDBORS".parse().unwrap();
    let edit = |version| Work::Edit { number, version, was: None, change: EditIssue::default() };
    let close = |version| Work::Close { number, version, change: CloseIssue { reason: ClosureReason::Other, comment: None } };
    for (n, work) in [(1, edit(3)), (2, close(3)), (3, close(1))] {
        entries.keep(form(n), customer(), &work, AT).unwrap();
    }
    entries.settle(form(1), Some(IncidentChanged { number, was: 3, version: 4 })).unwrap();
    let works: Vec<_> = entries.all().unwrap().into_iter().map(|entry| entry.work).collect();
    assert_eq!(works, [close(4), close(1)], "what was made of an older version stays so");
    entries.refuse(form(2), &IpcError::new(IpcErrorKind::Stale, "changed", false)).unwrap();
    entries.again(SendAgainArgs { version: Some(9), ..SendAgainArgs::of(form(2)) }).unwrap();
    assert_eq!(entries.find(form(2)).unwrap().unwrap().work, close(9));
}

#[test]
fn a35_a_room_that_was_set_otherwise_is_set_on_top_of_what_was_looked_at() {
    let mut entries = entries();
    let settings = |name: &str| RoomSettings { display_name: name.into(), capacity: None, timezone: "Europe/Berlin".into() };
    let work = |seen| {
        let change = ChangeRoom { display_name: Some("Mine".into()), ..ChangeRoom::default() };
        Work::ChangeRoom { room: RoomId::from_uuid(Uuid::from_u128(5)), version: 3, was: Some(settings("Before")), seen, change }
    };
    let other = Work::EnrolRoom { room: RoomId::from_uuid(Uuid::from_u128(5)), name: None };
    entries.keep(form(1), customer(), &work(None), AT).unwrap();
    entries.keep(form(2), customer(), &other, AT).unwrap();
    entries.refuse(form(1), &IpcError::new(IpcErrorKind::Stale, "changed", false)).unwrap();
    assert_eq!(entries.next(&[]).unwrap(), None, "what is about the same room waits for it");
    entries.again(SendAgainArgs { settings: Some(settings("Theirs")), ..SendAgainArgs::of(form(1)) }).unwrap();
    assert_eq!(entries.next(&[]).unwrap().map(|entry| entry.work), Some(work(Some(settings("Theirs")))));
    assert_eq!(entries.find(form(1)).unwrap().unwrap().work.words(), "Mine");
}

#[test]
fn a28_without_access_nothing_stays_of_what_customers_data_said_and_what_has_no_words_goes() {
    let mut entries = entries();
    let room = RoomId::from_uuid(Uuid::from_u128(5));
    let number = "LBT9KC-XDBORS".parse().unwrap();
    let was = IssueAsRead { description: "Geheim".into(), rooms: vec![], high_impact_reason: None };
    let edit = |text: &str| Work::Edit {
        number,
        version: 3,
        was: Some(Box::new(was.clone())),
        change: EditIssue { description: Some(text.into()), ..EditIssue::default() },
    };
    let theirs = Snooze { by: Some("Geheim".into()), reason: "Geheim".into(), since: AT, until: None };
    let works = [
        edit("Geheim, seit Montag"),
        edit("Geheim"),
        Work::EnrolRoom { room, name: Some("Geheim".into()) },
        message("LBT9KC-XDBORS", "Mine"),
        Work::Suppress {
            room,
            signal: None,
            name: Some("Geheim".into()),
            was: Some(SuppressionAsRead { suppression: Some(theirs) }),
            seen: None,
            suppress: Some(SnoozeIncident { reason: "Umbau".into(), until: None }),
        },
    ];
    for (n, work) in works.iter().enumerate() {
        entries.keep(form(n as u128), customer(), work, AT).unwrap();
    }
    entries.strip_customers_data(&IpcError::new(IpcErrorKind::NotFound, "gone", false)).unwrap();
    let left: Vec<_> = entries.all().unwrap().into_iter().map(|entry| entry.work).collect();
    let words = |text: &str| Work::Words { text: text.into() };
    assert_eq!(left, [words(", seit Montag"), message("LBT9KC-XDBORS", "Mine"), words("Umbau")]);
}
