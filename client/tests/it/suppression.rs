//! Rooms and signals that are suppressed by way of the outbox: once, on top of what was read, and not with an end that is past (A33, A35).

use std::time::Duration;

use serde_json::{Value, json};
use tenantry_model::api::incidents::SnoozeIncident;
use tenantry_model::api::requests::Outcome;
use tenantry_model::api::rooms::SignalOf;
use tenantry_model::incident::Snooze;
use tenantry_model::ipc::{FormId, IpcErrorKind, SendAgainArgs, SuppressionAsRead, SyncState, Work, WorkItem, WorkKind, WorkOutcome};
use tenantry_model::problem::FieldCode;
use tenantry_model::signal::SignalId;
use tenantry_model::time::{Clock, Timestamp};
use uuid::Uuid;

use crate::world::*;

const ROOM: &str = "77777777-7777-4777-8777-777777777777";
const HOUR: Duration = Duration::from_secs(60 * 60);

fn at_room(method: &str, rest: &str) -> String {
    format!("{method} customers/{CUSTOMER}/rooms/{ROOM}{rest}")
}

fn put() -> String {
    at_room("PUT", "/suppression")
}

fn quiet(reason: &str) -> Value {
    json!({ "by": "Ben Berg", "reason": reason, "since": "2026-01-01T00:00:00Z", "until": null })
}

fn room(version: u64, suppression: Option<Value>) -> Said {
    let mut room = json!({
        "id": ROOM, "customerId": CUSTOMER, "displayName": "Isar", "capacity": 6, "hostName": "h", "account": "a", "enrolment": "enrolled",
        "health": "healthy", "hasWarnings": false, "occupied": null, "timezone": "Europe/Berlin", "licence": "Pro", "peripherals": [],
        "groups": [], "ring": null, "lastSeen": null, "version": version
    });
    if let Some(suppression) = suppression {
        room["suppression"] = suppression;
    }
    Said::ok(room)
}

fn done() -> Said {
    Said::ok(json!({ "done": { "version": 13 } }))
}

fn form(n: u128) -> FormId {
    FormId(Uuid::from_u128(n))
}

fn read(snooze: Option<Value>) -> SuppressionAsRead {
    SuppressionAsRead { suppression: snooze.map(|snooze| serde_json::from_value::<Snooze>(snooze).unwrap()) }
}

fn item(n: u128, signal: Option<SignalOf>, was: Option<Value>, suppress: Option<(&str, Option<Timestamp>)>) -> WorkItem {
    let suppress = suppress.map(|(reason, until)| SnoozeIncident { reason: reason.into(), until });
    let (room, name, was) = (ROOM.parse().unwrap(), Some("Isar".into()), Some(read(was)));
    WorkItem { form: form(n), customer: CUSTOMER.parse().unwrap(), work: Work::Suppress { room, signal, name, was, seen: None, suppress } }
}

fn hdmi() -> SignalOf {
    SignalOf { signal: SignalId::HdmiIngest, instance: Some("HDMI 2".into()) }
}

/// How often and as what it was sent: version and name.
fn sent(world: &World, line: &str) -> Vec<(Option<String>, Option<String>)> {
    let scene = world.scene();
    scene.heard.iter().filter(|heard| heard.line == line).map(|heard| (heard.version.clone(), heard.form.clone())).collect()
}

#[tokio::test]
async fn a35_a_suppression_whose_answer_was_lost_is_asked_for_again_by_the_same_name() {
    let world = World::hushed().await;
    let engine = world.signed_in().await;
    world.scene().says(&at_room("GET", ""), room(12, None));
    world.scene().says(&put(), Said::problem(500, "internal", None));
    let wanted = || item(1, None, None, Some(("Umbau", None)));
    assert_eq!(engine.do_work(wanted()).await.unwrap(), WorkOutcome::Waits);
    let marks = engine.get_outbox_index().await.unwrap();
    assert_eq!((marks[0].kind, marks[0].rooms.as_slice()), (WorkKind::Suppress, &[ROOM.parse().unwrap()][..]), "its row says so at once");
    let first = sent(&world, &put());
    assert_eq!(first.len(), 1);
    assert!(first[0].0.as_ref().is_some_and(|version| version.contains("12")), "on top of what was looked at: {first:?}");
    // It had become a request, which somebody has rejected and answered by a suppression of their own.
    world.scene().says(&at_room("GET", ""), room(14, Some(quiet("Messe"))));
    let asked = json!({ "requested": {
        "id": TENANT, "customerId": CUSTOMER, "customerName": "Wolpertinger", "partnerId": TENANT, "partnerName": "P", "event": "rooms.suppress",
        "change": { "action": "suppress_room", "room": "Isar" },
        "requestedBy": { "id": PERSON, "kind": "user", "displayName": "Quirin", "upn": null },
        "requestedAt": "2026-07-01T10:00:00Z", "state": "pending", "decidedAt": null, "version": 1
    } });
    world.scene().says(&put(), Said::ok(asked));
    let told = engine.do_work(wanted()).await.unwrap();
    assert!(matches!(told, WorkOutcome::Room(Outcome::Requested(_))), "it waits for the customer, and says so: {told:?}");
    let again = sent(&world, &put());
    assert!(again.len() == 2 && again[1].1 == again[0].1, "always under the same name: {again:?}");
    assert!(again[1].0.as_ref().is_some_and(|version| version.contains('0')), "and not on top of what somebody else decided: {again:?}");
    assert_eq!(engine.get_outbox().await.unwrap(), []);
    engine.shutdown().await;
}

#[tokio::test]
async fn a35_what_somebody_else_decided_meanwhile_is_not_overwritten_unseen() {
    let world = World::hushed().await;
    let engine = world.signed_in().await;
    world.scene().says(&at_room("GET", ""), room(12, Some(quiet("Messe"))));
    world.scene().says(&put(), done());
    world.scene().says(&at_room("DELETE", "/suppression"), done());
    let error = engine.do_work(item(1, None, None, Some(("Umbau", None)))).await.unwrap_err();
    assert_eq!((error.kind, sent(&world, &put()).len()), (IpcErrorKind::Stale, 0));
    // What would be lifted is another one than was read: that waits, too, though it holds no words.
    let error = engine.do_work(item(2, None, Some(quiet("Umzug")), None)).await;
    assert_eq!(error.unwrap(), WorkOutcome::Waits, "of one room in order");
    let seen = Some(read(Some(quiet("Messe"))));
    engine.send_again(SendAgainArgs { suppression: seen.clone(), ..SendAgainArgs::of(form(1)) }).await.unwrap();
    let entries = outbox(&engine, |entries| entries.len() == 1 && entries[0].failure.is_some()).await;
    assert_eq!(sent(&world, &put()).len(), 1, "once its author has looked");
    assert_eq!((entries[0].form, entries[0].failure.as_ref().unwrap().kind), (form(2), IpcErrorKind::Stale));
    engine.send_again(SendAgainArgs { suppression: seen, ..SendAgainArgs::of(form(2)) }).await.unwrap();
    outbox(&engine, <[_]>::is_empty).await;
    assert_eq!(sent(&world, &at_room("DELETE", "/suppression")).len(), 1);
    engine.shutdown().await;
}

#[tokio::test]
async fn a35_what_is_so_already_is_asked_of_nobody() {
    let world = World::hushed().await;
    let engine = world.signed_in().await;
    world.scene().says(&at_room("GET", ""), room(12, Some(quiet("Umbau"))));
    world.scene().says(&put(), done());
    let so = engine.do_work(item(1, None, None, Some(("Umbau ", None)))).await.unwrap();
    assert_eq!(so, WorkOutcome::Already);
    world.scene().says(&at_room("GET", ""), room(13, None));
    let so = engine.do_work(item(2, None, Some(quiet("Umbau")), None)).await.unwrap();
    assert_eq!(so, WorkOutcome::Already);
    assert_eq!((sent(&world, &put()).len(), engine.get_outbox().await.unwrap().len()), (0, 0));
    engine.shutdown().await;
}

#[tokio::test]
async fn a35_a_signal_is_suppressed_and_lifted_by_what_holds_of_it_alone() {
    let world = World::hushed().await;
    let engine = world.signed_in().await;
    let signals = |suppression: Option<Value>| {
        let stands = |instance: &str, suppression: &Option<Value>| {
            let mut signal = json!({ "signal": "hdmi_ingest", "instance": instance, "state": "failing", "since": "2026-03-01T07:00:00Z", "incident": null });
            if let Some(suppression) = suppression {
                signal["suppression"] = suppression.clone();
            }
            signal
        };
        Said::ok(json!({ "signals": [stands("HDMI 1", &Some(quiet("Another"))), stands("HDMI 2", &suppression)] }))
    };
    // The room as a whole is another thing.
    world.scene().says(&at_room("GET", ""), room(12, Some(quiet("Messe"))));
    world.scene().says(&at_room("GET", "/signals"), signals(None));
    world.scene().says(&put(), done());
    engine.do_work(item(1, Some(hdmi()), None, Some(("Kabel", None)))).await.unwrap();
    let heard = world.scene().heard.iter().find(|heard| heard.line == put()).cloned().unwrap();
    assert_eq!(heard.body, Some(json!({ "signal": { "signal": "hdmi_ingest", "instance": "HDMI 2" }, "reason": "Kabel" })));
    assert_eq!(heard.customer.as_deref(), Some(CUSTOMER));
    let lift = at_room("DELETE", "/suppression?signal=hdmi_ingest&instance=HDMI+2");
    world.scene().says(&lift, done());
    world.scene().says(&at_room("GET", "/signals"), signals(Some(quiet("Kabel"))));
    engine.do_work(item(2, Some(hdmi()), Some(quiet("Kabel")), None)).await.unwrap();
    let lifted = world.scene().heard.iter().filter(|heard| heard.line.starts_with("DELETE")).count();
    assert_eq!(lifted, 1);
    engine.shutdown().await;
}

#[tokio::test]
async fn a35_of_a_room_to_which_the_right_was_lost_the_reason_alone_stays() {
    let world = World::hushed().await;
    let engine = world.signed_in().await;
    world.scene().says(&at_room("GET", ""), Said::problem(404, "not-found", None));
    let error = engine.do_work(item(1, Some(hdmi()), Some(quiet("Messe")), Some(("Umbau", None)))).await.unwrap_err();
    assert_eq!(error.kind, IpcErrorKind::NotFound);
    let kept = engine.get_outbox().await.unwrap();
    let [kept] = kept.as_slice() else { panic!("{kept:?}") };
    assert_eq!((&kept.work, kept.customer), (&Work::Words { text: "Umbau".into() }, None));
    // What is lifted holds no words.
    engine.do_work(item(2, None, Some(quiet("Messe")), None)).await.unwrap_err();
    assert_eq!(engine.get_outbox().await.unwrap().len(), 1);
    engine.shutdown().await;
}

#[tokio::test]
async fn a35_what_was_to_be_lifted_and_was_not_waits_for_its_author() {
    let world = World::hushed().await;
    let engine = world.signed_in().await;
    world.scene().says(&at_room("GET", ""), room(12, Some(quiet("Umbau"))));
    world.scene().says(&at_room("DELETE", "/suppression"), Said::problem(409, "conflict", None));
    let error = engine.do_work(item(1, None, Some(quiet("Umbau")), None)).await.unwrap_err();
    let kept = engine.get_outbox().await.unwrap();
    let [kept] = kept.as_slice() else { panic!("{kept:?}") };
    assert_eq!((kept.form, kept.failure.as_ref()), (form(1), Some(&error)));
    engine.shutdown().await;
}

#[tokio::test]
async fn a35_an_end_that_passed_off_line_is_said_and_nothing_is_sent() {
    let world = World::hushed().await;
    let engine = world.signed_in().await;
    world.scene().says(&at_room("GET", ""), room(12, None));
    world.scene().says(&put(), done());
    world.scene().sync_status = 503;
    world.scene().gateway = Some(502);
    engine.sync_now().await.unwrap();
    until(&engine, |state| matches!(state, SyncState::Offline { .. })).await;
    let until_then = world.clock.now().plus(HOUR);
    assert_eq!(engine.do_work(item(1, None, None, Some(("Umbau", Some(until_then))))).await.unwrap(), WorkOutcome::Waits);
    world.clock.advance(HOUR);
    world.scene().gateway = None;
    world.scene().sync_status = 200;
    engine.sync_now().await.unwrap();
    let entries = outbox(&engine, |entries| entries.iter().any(|entry| entry.failure.is_some())).await;
    let failure = entries[0].failure.as_ref().unwrap();
    assert_eq!((failure.kind, failure.fields[0].code()), (IpcErrorKind::Invalid, Some(FieldCode::SnoozeEndInvalid)));
    assert_eq!((entries[0].work.words().as_str(), sent(&world, &put()).len()), ("Umbau", 0));
    engine.discard_entry(form(1)).await.unwrap();
    // Nor with an incident.
    let snooze = Some(SnoozeIncident { reason: "Teile".into(), until: Some(until_then) });
    let work = Work::Snooze { number: "AAAAAA-000001".parse().unwrap(), snooze };
    let error = engine.do_work(WorkItem { form: form(2), customer: CUSTOMER.parse().unwrap(), work }).await.unwrap_err();
    assert_eq!(error.fields[0].code(), Some(FieldCode::SnoozeEndInvalid));
    assert!(!world.scene().heard.iter().any(|heard| heard.line.ends_with("/snooze")));
    engine.shutdown().await;
}
