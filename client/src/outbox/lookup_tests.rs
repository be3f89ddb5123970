//! Many entries: what is about the same stands in line, and what is not shown is not read.

use tenantry_model::api::incidents::{ClaimIncident, CloseIssue, EditIssue, IncidentChanged, PostMessage, RecordIssue, SnoozeIncident};
use tenantry_model::api::rooms::{ChangeRoom, SignalOf};
use tenantry_model::id::{RoomEventId, RoomId, TenantId};
use tenantry_model::incident::ClosureReason;
use tenantry_model::ipc::{IpcError, IpcErrorKind, Work, WorkKind};
use tenantry_model::signal::SignalId;
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;
use uuid::Uuid;

use super::*;
use crate::db::{self, Location, Migration, StoreKey};
use crate::random::OsRandom;

const AT: Timestamp = Timestamp::from_micros(5);

fn form(n: u128) -> FormId {
    FormId(Uuid::from_u128(n))
}

fn customer(n: u128) -> TenantId {
    TenantId::from_uuid(Uuid::from_u128(n))
}

fn number() -> TicketNumber {
    "LBT9KC-XDBORS".parse().unwrap()
}

fn room() -> RoomId {
    RoomId::from_uuid(Uuid::from_u128(5))
}

/// One of each.
fn works() -> Vec<Work> {
    let (number, room) = (number(), room());
    let events = vec![RoomEventId::from_uuid(Uuid::from_u128(9))];
    let snooze = SnoozeIncident { reason: "Later".into(), until: None };
    vec![
        Work::Record { new: RecordIssue { description: "No sound".into(), rooms: vec![room], high_impact_reason: None, events } },
        Work::Message { number, new: PostMessage { text: "x".into(), assign_to: None } },
        Work::Close { number, version: 1, change: CloseIssue { reason: ClosureReason::Other, comment: None } },
        Work::Claim { number, claim: Some(ClaimIncident::default()) },
        Work::Claim { number, claim: None },
        Work::Snooze { number, snooze: Some(snooze) },
        Work::Snooze { number, snooze: None },
        Work::Edit { number, version: 1, was: None, change: EditIssue::default() },
        Work::ChangeRoom { room, version: 1, was: None, seen: None, change: ChangeRoom::default() },
        Work::EnrolRoom { room, name: None },
        suppress(None, Some("Rebuilding")),
        suppress(None, None),
        suppress(Some(SignalOf { signal: SignalId::HdmiIngest, instance: None }), Some("Cable")),
        suppress(Some(SignalOf { signal: SignalId::HdmiIngest, instance: None }), None),
    ]
}

fn suppress(signal: Option<SignalOf>, reason: Option<&str>) -> Work {
    let suppress = reason.map(|reason| SnoozeIncident { reason: reason.into(), until: None });
    Work::Suppress { room: room(), signal, name: None, was: None, seen: None, suppress }
}

#[test]
fn a35_what_an_earlier_version_kept_stands_in_line_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let location = Location::File(folder.path().join("x.outbox"));
    let key = StoreKey::random(&OsRandom).unwrap();
    let first = [Migration::up(include_str!("outbox.sql"))];
    let before = db::open(&location, Some(&key), &first).unwrap();
    for (n, work) in works().iter().enumerate() {
        let sql = "INSERT INTO entries (form, customer, work, at) VALUES (?1, ?2, ?3, 5)";
        let (name, work) = (form(n as u128).0.to_string(), serde_json::to_string(work).unwrap());
        before.execute(sql, params![name, customer(7).to_string(), work]).unwrap();
    }
    drop(before);
    let mut entries = Entries::open(&location, Some(&key)).unwrap().0;
    let all = entries.all().unwrap();
    assert_eq!(all.iter().map(|entry| entry.work.clone()).collect::<Vec<_>>(), works());
    for entry in &all {
        let behind: Vec<FormId> = entries.behind(entry.form).unwrap().iter().map(|entry| entry.form).collect();
        let same = |other: &&Entry| entry.line().is_some() && other.line() == entry.line() && other.form != entry.form;
        assert_eq!(behind, all.iter().filter(same).map(|entry| entry.form).collect::<Vec<_>>(), "{entry:?}");
    }
    let (incident, room) = (IncidentRef { customer_id: customer(7), number: number() }, RoomKey { customer_id: customer(7), id: room() });
    assert_eq!(entries.lines().unwrap(), HashSet::from([About::Incident(incident), About::Room(room)]));
    let marks = entries.marks().unwrap();
    assert_eq!(marks.iter().map(|mark| mark.about()).collect::<Vec<_>>(), all.iter().map(Entry::line).collect::<Vec<_>>());
    assert_eq!(marks.iter().map(|mark| mark.kind).collect::<Vec<_>>()[..], WorkKind::ALL[..works().len()]);
    assert_eq!((marks[0].rooms.len(), marks[0].events.len(), marks[1].rooms.len()), (1, 1, 0));
}

#[test]
fn a28_what_may_have_to_go_is_what_is_of_a_lost_customer_and_what_holds_customers_data() {
    let mut entries = Entries::open(&Location::Memory, None).unwrap().0;
    for (n, work) in works().iter().enumerate() {
        entries.keep(form(n as u128), customer(7), work, AT).unwrap();
    }
    entries.keep(form(99), customer(8), &works()[1], AT).unwrap();
    assert_eq!(entries.customers().unwrap(), [customer(7), customer(8)]);
    let forms = |entries: Vec<Entry>| entries.iter().map(|entry| entry.form.0.as_u128()).collect::<Vec<_>>();
    assert_eq!(forms(entries.at_risk(&[]).unwrap()), [7, 8, 9, 10, 11, 12, 13]);
    assert!(entries.at_risk(&[]).unwrap().iter().all(|entry| entry.work.holds_customers_data()));
    assert_eq!(forms(entries.at_risk(&[customer(8)]).unwrap()), [7, 8, 9, 10, 11, 12, 13, 99]);
    // Asked for by their names, they come in their order, each once, and without those that are gone.
    assert_eq!(forms(entries.of_forms(&[form(99), form(3), form(1_000), form(3)]).unwrap()), [3, 99]);
    let why = IpcError::new(IpcErrorKind::NotFound, "gone", false);
    entries.strip(form(1), &why).unwrap();
    assert_eq!(entries.behind(form(1)).unwrap(), [], "what lost its customer stands in no line");
    assert!(entries.marks().unwrap()[1].refused && entries.marks().unwrap()[1].customer.is_none());
}

#[test]
fn a35_among_5_000_that_wait_one_is_sent_without_reading_the_others() {
    let mut entries = Entries::open(&Location::Memory, None).unwrap().0;
    let message = |n: u32| Work::Message { number: number(), new: PostMessage { text: format!("message {n}"), assign_to: None } };
    for n in 0..5_000_u32 {
        entries.keep(form(n.into()), customer((n / 10).into()), &message(n), AT).unwrap();
    }
    // Of no form any more: read, it would be said to be a bad row.
    entries.db.execute("UPDATE entries SET work = json_set(work, '$.do', 'nothing') WHERE place > 20", []).unwrap();
    assert!(entries.all().is_err());
    assert!(!entries.is_empty().unwrap());
    assert_eq!(entries.next(&[form(0)]).unwrap().unwrap().form, form(10), "the next customer's");
    let changed = IncidentChanged { number: number(), was: 1, version: 2 };
    entries.settle(form(0), Some(changed)).unwrap();
    assert_eq!(entries.next(&[]).unwrap().unwrap().form, form(1));
    assert_eq!(entries.lines().unwrap().len(), 500);
}
