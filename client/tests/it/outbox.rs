//! What was typed and not sent: whose it stays, and when it is sent again (A35).

use std::time::{Duration, Instant};

use serde_json::json;
use tenantry_client::app::EngineEvent;
use tenantry_model::api::incidents::{EditIssue, PostMessage};
use tenantry_model::api::rooms::{ChangeRoom, RoomSettings};
use tenantry_model::ipc::{FormId, IpcErrorKind, IssueAsRead, OutboxEntry, SendAgainArgs, SyncState, Work, WorkItem, WorkOutcome};
use uuid::Uuid;

use crate::world::*;

const SOMEBODY_ELSE: &str = "55555555-5555-4555-8555-555555555555";
const DAY: Duration = Duration::from_secs(86_400);

fn thread() -> String {
    format!("POST customers/{CUSTOMER}/incidents/AAAAAA-000001/messages")
}

fn message(form: u128, text: &str) -> WorkItem {
    let new = PostMessage { text: text.into(), assign_to: None };
    let work = Work::Message { number: "AAAAAA-000001".parse().unwrap(), new };
    WorkItem { form: FormId(Uuid::from_u128(form)), customer: CUSTOMER.parse().unwrap(), work }
}

fn words(entries: &[OutboxEntry]) -> Vec<String> {
    entries.iter().map(|entry| entry.work.words()).collect()
}

/// Forms that were sent as this, in order.
fn sent(world: &World) -> Vec<String> {
    let scene = world.scene();
    scene.heard.iter().filter(|heard| heard.line == thread()).filter_map(|heard| heard.form.clone()).collect()
}

fn posted() -> Said {
    Said::ok(json!({ "number": "AAAAAA-000001", "was": 1, "version": 2 }))
}

#[tokio::test]
async fn a35_what_one_has_typed_waits_for_them_while_somebody_else_is_signed_in() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    world.scene().says(&thread(), Said::problem(503, "unavailable", None));
    assert_eq!(engine.do_work(message(1, "Nebelhorn is back")).await.unwrap(), WorkOutcome::Waits);
    world.scene().valid = "none that anybody has".into();
    world.scene().invalid_grant = true;
    engine.sync_now().await.unwrap();
    until(&engine, |state| matches!(state, SyncState::AccessEnded { .. })).await;
    // Somebody else signs in where the first one has to sign in again.
    world.scene().invalid_grant = false;
    world.scene().person = SOMEBODY_ELSE;
    world.scene().says(&thread(), posted());
    assert!(is_signed_in(&bounded(engine.sign_in()).await.unwrap()));
    until(&engine, |state| *state == SyncState::Current).await;
    assert_eq!(engine.get_outbox().await.unwrap(), [], "it is nobody's but its author's");
    assert!(!readable(&world, "Nebelhorn is back"));
    engine.sign_out().await.unwrap();
    let before = sent(&world).len();
    world.scene().person = PERSON;
    bounded(engine.sign_in()).await.unwrap();
    outbox(&engine, <[_]>::is_empty).await;
    let sent = sent(&world);
    assert_eq!(sent.len(), before + 1, "it is sent once its author is back, and not before");
    assert!(sent.iter().all(|form| *form == sent[0]), "always under the same name: {sent:?}");
    engine.shutdown().await;
}

#[tokio::test]
async fn a35_what_may_have_arrived_more_than_thirty_days_ago_is_not_sent_again_by_itself() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    world.scene().says(&thread(), Said::problem(503, "unavailable", None));
    assert_eq!(engine.do_work(message(1, "first")).await.unwrap(), WorkOutcome::Waits);
    assert_eq!(engine.do_work(message(2, "second")).await.unwrap(), WorkOutcome::Waits);
    // The app is not used for so long.
    engine.shutdown().await;
    let before = sent(&world).len();
    world.clock.advance(30 * DAY + Duration::from_secs(1));
    world.scene().says(&thread(), posted());
    let engine = world.engine();
    session(&engine, is_signed_in).await;
    let entries = outbox(&engine, |entries| entries.iter().any(|entry| entry.failure.is_some())).await;
    assert_eq!(words(&entries), ["first", "second"], "the second was never tried, and waits behind the first");
    assert_eq!(entries[0].failure.as_ref().map(|why| why.kind), Some(IpcErrorKind::MayBeDone));
    assert_eq!(sent(&world).len(), before);
    // Its author has looked, and sends it.
    engine.send_again(SendAgainArgs::of(entries[0].form)).await.unwrap();
    outbox(&engine, <[_]>::is_empty).await;
    assert_eq!(sent(&world).len(), before + 2);
    engine.shutdown().await;
}

#[tokio::test]
async fn a35_a_refusal_reaches_the_form_and_is_kept_until_its_author_discards_it() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    world.scene().says(&thread(), Said::problem(409, "conflict", Some("it is closed")));
    let error = engine.do_work(message(1, "Try it now")).await.unwrap_err();
    assert_eq!(error.kind, IpcErrorKind::Conflict);
    let entries = engine.get_outbox().await.unwrap();
    assert_eq!((words(&entries), entries[0].customer), (vec!["Try it now".to_owned()], Some(CUSTOMER.parse().unwrap())));
    // Of what one may no longer see nothing stays but what they wrote.
    world.scene().says(&thread(), Said::problem(404, "not-found", None));
    let error = engine.do_work(message(2, "And mine")).await;
    assert_eq!(error.unwrap(), WorkOutcome::Waits, "one's work on an incident is sent in order");
    engine.discard_entry(FormId(Uuid::from_u128(1))).await.unwrap();
    let entries = outbox(&engine, |entries| entries.iter().all(|entry| entry.failure.is_some())).await;
    assert_eq!(entries.len(), 1);
    assert_eq!((&entries[0].work, entries[0].customer), (&Work::Words { text: "And mine".into() }, None));
    engine.shutdown().await;
}

#[tokio::test]
async fn a35_what_waits_behind_something_that_was_refused_is_told_to_the_window() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    world.scene().says(&thread(), Said::problem(409, "conflict", Some("it is closed")));
    engine.do_work(message(1, "Try it now")).await.unwrap_err();
    // What was told of that one is past.
    tokio::time::sleep(Duration::from_millis(600)).await;
    let mut events = engine.subscribe();
    assert_eq!(engine.do_work(message(2, "And mine")).await.unwrap(), WorkOutcome::Waits);
    assert!(drain(&mut events).iter().any(|event| matches!(event, EngineEvent::Outbox)), "it would be typed again");
    assert_eq!(engine.get_outbox_index().await.unwrap().len(), 2);
    engine.shutdown().await;
}

#[tokio::test]
async fn a35_a_form_hears_at_once_that_what_it_sends_was_discarded_before_it_was_tried() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    world.scene().says(&thread(), posted().after(Duration::from_secs(2)));
    let behind = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let begun = Instant::now();
        (engine.do_work(message(2, "second")).await, begun.elapsed())
    };
    let discard = async {
        tokio::time::sleep(Duration::from_millis(400)).await;
        engine.discard_entry(FormId(Uuid::from_u128(2))).await.unwrap();
    };
    let (first, (second, after), ()) = tokio::join!(engine.do_work(message(1, "first")), behind, discard);
    assert!(matches!(first.unwrap(), WorkOutcome::Done(_)));
    assert_eq!(second.unwrap_err().kind, IpcErrorKind::Cancelled);
    assert!(after < Duration::from_millis(1500), "not once the first has gone: {after:?}");
    assert_eq!(sent(&world).len(), 1);
    engine.shutdown().await;
}

fn edit(form: u128, text: &str) -> WorkItem {
    let was = IssueAsRead { description: "Nebelhorn".into(), rooms: vec![], high_impact_reason: None };
    let change = EditIssue { description: Some(text.into()), ..EditIssue::default() };
    let work = Work::Edit { number: "AAAAAA-000001".parse().unwrap(), version: 1, was: Some(Box::new(was)), change };
    WorkItem { work, ..message(form, "") }
}

/// The versions on top of which this was sent, in order.
fn versions(world: &World, line: &str) -> Vec<Option<String>> {
    world.scene().heard.iter().filter(|heard| heard.line == line).map(|heard| heard.version.clone()).collect()
}

#[tokio::test]
async fn a35_a_form_that_does_not_show_ones_own_edit_yet_does_not_overwrite_it() {
    let world = World::hushed().await;
    let engine = world.engine();
    engine.sign_in().await.unwrap();
    let line = format!("PATCH customers/{CUSTOMER}/incidents/AAAAAA-000001");
    world.scene().says(&line, posted());
    assert!(matches!(engine.do_work(edit(1, "Nebelhorn, seit Montag")).await.unwrap(), WorkOutcome::Done(_)));
    // Opened on what the cache said before the first one came back with the sync.
    engine.do_work(edit(2, "Nebelhorn, Kabel")).await.unwrap();
    let versions = versions(&world, &line);
    assert_eq!(versions.len(), 2);
    assert_eq!(versions[0], versions[1], "it is sent on top of what its form showed");
    engine.shutdown().await;
}

#[tokio::test]
async fn a28_an_organisation_that_is_refused_keeps_nothing_of_what_was_read() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    world
        .scene()
        .says(&format!("PATCH customers/{CUSTOMER}/incidents/AAAAAA-000001"), Said::problem(409, "conflict", Some("it is closed")));
    engine.do_work(edit(1, "Nebelhorn, seit Montag")).await.unwrap_err();
    world.scene().sync_status = 403;
    engine.sync_now().await.unwrap();
    until(&engine, |state| matches!(state, SyncState::AccessEnded { .. })).await;
    let entries = engine.get_outbox().await.unwrap();
    assert_eq!((&entries[0].work, entries[0].customer), (&Work::Words { text: ", seit Montag".into() }, None));
    engine.shutdown().await;
}

#[tokio::test]
async fn a35_a_room_is_looked_at_before_it_is_changed_and_asked_for_first_where_that_may_have_arrived() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    let room = "77777777-7777-4777-8777-777777777777";
    let (look, set) = (format!("GET customers/{CUSTOMER}/rooms/{room}"), format!("PATCH customers/{CUSTOMER}/rooms/{room}"));
    let now = |name: &str| {
        Said::ok(json!({
            "id": room, "customerId": CUSTOMER, "displayName": name, "capacity": 6, "hostName": "h", "account": "a", "enrolment": "enrolled",
            "health": "healthy", "hasWarnings": false, "occupied": null, "timezone": "Europe/Berlin", "licence": "Pro", "peripherals": [],
            "groups": [], "ring": null, "lastSeen": null, "version": 12
        }))
    };
    let was = RoomSettings { display_name: "Isar".into(), capacity: Some(6), timezone: "Europe/Berlin".into() };
    let item = |form| {
        let change = ChangeRoom { display_name: Some("Inn".into()), ..ChangeRoom::default() };
        let work = Work::ChangeRoom { room: room.parse().unwrap(), version: 3, was: Some(was.clone()), seen: None, change };
        WorkItem { work, ..message(form, "") }
    };
    // The device reported since: the room is set as it was.
    world.scene().says(&look, now("Isar"));
    world.scene().says(&set, Said::problem(500, "internal", None));
    assert_eq!(engine.do_work(item(1)).await.unwrap(), WorkOutcome::Waits);
    let sent = versions(&world, &set);
    assert!(sent[0].as_ref().is_some_and(|version| version.contains("12")), "on top of what holds now: {sent:?}");
    // It may have arrived: what the room says now may be one's own.
    world.scene().says(&look, now("Inn"));
    world.scene().says(&set, Said::ok(json!({ "done": { "id": null } })));
    engine.sync_now().await.unwrap();
    engine.send_again(SendAgainArgs::of(FormId(Uuid::from_u128(99)))).await.unwrap();
    eventually("it is asked for again", || versions(&world, &set).len() > sent.len()).await;
    outbox(&engine, <[_]>::is_empty).await;
    // Somebody set it otherwise: nothing is sent.
    let sent = versions(&world, &set).len();
    assert_eq!(engine.do_work(item(2)).await.unwrap_err().kind, IpcErrorKind::Stale);
    assert_eq!(versions(&world, &set).len(), sent);
    engine.shutdown().await;
}
