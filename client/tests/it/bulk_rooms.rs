//! One action at many rooms: what matches, what would be done, and what was.

use std::time::Duration;

use serde_json::{Value, json};
use tenantry_client::app::Engine;
use tenantry_model::api::incidents::SnoozeIncident;
use tenantry_model::ipc::{
    About, BulkAction, BulkOrder, BulkPlan, BulkReason, BulkRowState, BulkRun, BulkState, BulkStep, Matching, RangeEnd, RangeQuery,
    RoomKey, RoomQuery, SelectionQuery, SyncState, UnfinishedRun,
};
use tenantry_model::time::Clock;

use crate::bulk::{ended, shown, steer, until_run};
use crate::world::*;

const OTHER: &str = "66666666-6666-4666-8666-666666666666";
/// A moment that the rooms' lists need not know.
const SINCE: &str = "2026-01-01T00:00:00Z";
const HOUR: Duration = Duration::from_secs(60 * 60);

fn id(n: u32) -> String {
    format!("77777777-7777-4777-8777-{n:012}")
}

fn key(n: u32) -> RoomKey {
    RoomKey { customer_id: OTHER.parse().unwrap(), id: id(n).parse().unwrap() }
}

/// At the customer at which the user may only look.
fn looked_at() -> RoomKey {
    RoomKey { customer_id: CUSTOMER.parse().unwrap(), id: id(900).parse().unwrap() }
}

fn quiet(reason: &str) -> Value {
    json!({ "suppression": { "by": "Ben Berg", "reason": reason, "since": SINCE, "until": null }, "health": "suppressed" })
}

fn room_of(customer: &str, n: u32, more: &Value) -> Value {
    let mut room = json!({
        "id": id(n), "customerId": customer, "displayName": format!("Raum {n:03}"), "capacity": 6, "hostName": "h", "account": "a",
        "enrolment": "enrolled", "health": "healthy", "hasWarnings": false, "occupied": null, "timezone": "Europe/Berlin", "licence": "Pro",
        "peripherals": [], "groups": [], "ring": null, "lastSeen": null, "version": 12
    });
    room.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    room
}

/// Another customer with so many rooms, the first of which are as is said; and one of the customer at which the user may only look.
async fn with_rooms(world: &World, engine: &Engine, count: u32, first: &[Value]) {
    let permissions = ["rooms.view", "rooms.modify", "rooms.create"];
    let customer = |id: &str, name: &str, permissions: &[&str]| {
        let offline = json!({ "allowed": true, "days": 7 });
        json!({ "customer": { "id": id, "displayName": name, "permissions": permissions, "offline": offline, "reset": false } })
    };
    let plain = json!({});
    let mut news = vec![customer(OTHER, "Ammergau", &permissions), customer(CUSTOMER, "Wolpertinger", &permissions[..1])];
    news.extend((1..=count).map(|n| json!({ "room": room_of(OTHER, n, first.get(n as usize - 1).unwrap_or(&plain)) })));
    news.push(json!({ "room": room_of(CUSTOMER, 900, &plain) }));
    world.scene().news = news;
    sync(world, engine).await;
    for n in 1..=count {
        let more = first.get(n as usize - 1).unwrap_or(&plain);
        world.scene().says(&look(n), Said::ok(room_of(OTHER, n, more)));
    }
}

fn list(text: &str) -> RoomQuery {
    let mut query = RoomQuery::of_customer(OTHER.parse().unwrap(), 0);
    query.filter.text = text.into();
    query
}

fn look(n: u32) -> String {
    format!("GET customers/{OTHER}/rooms/{}", id(n))
}

fn put(n: u32) -> String {
    format!("PUT customers/{OTHER}/rooms/{}/suppression", id(n))
}

fn lift(n: u32) -> String {
    put(n).replacen("PUT", "DELETE", 1)
}

fn done() -> Said {
    Said::ok(json!({ "done": { "version": 13 } }))
}

fn suppress() -> BulkAction {
    BulkAction::Suppress { suppress: SnoozeIncident { reason: "Umbau".into(), until: None } }
}

async fn plan(engine: &Engine, action: BulkAction, rooms: impl IntoIterator<Item = RoomKey>) -> BulkPlan {
    engine.plan_bulk(BulkOrder { targets: rooms.into_iter().map(About::Room).collect(), action }).await.unwrap()
}

fn heard(world: &World, line: fn(u32) -> String, count: u32) -> usize {
    (1..=count).map(|n| world.scene().times(&line(n))).sum()
}

fn state(run: &BulkRun, n: u32) -> &BulkRowState {
    &run.rows.iter().find(|row| row.about == About::Room(key(n))).unwrap().state
}

fn relationship(approval: &str) -> Said {
    Said::ok(json!({
        "id": OTHER, "displayName": "Ammergau", "domains": [], "establishedAt": SINCE, "rooms": 3, "ceiling": [],
        "changeControl": { "rooms.modify": "auto", "rooms.suppress": approval, "rings.modify": "auto", "roles.modify": "auto" },
        "offline": { "allowed": true, "days": 7 }, "openIncidents": 0, "waitingRequests": 0, "customRoles": 0, "withoutAdmins": false,
        "mayChangeAdmins": false, "mayRemove": false, "version": 1
    }))
}

#[tokio::test]
async fn bulk_all_rooms_that_match_are_found_and_what_lies_between_two_of_them() {
    let world = World::hushed().await;
    let engine = world.signed_in().await;
    with_rooms(&world, &engine, 30, &[]).await;
    let keys = |from: u32, to: u32| (from..=to).map(key).collect::<Vec<_>>();
    let all = engine.match_rooms(list("raum")).await.unwrap();
    assert_eq!(all, Matching { keys: keys(1, 30), matches: 30 });
    let range = async |one: (u32, Option<u32>), other: (u32, Option<u32>)| {
        let ends = [one, other].map(|(at, room)| RangeEnd { at, key: room.map(key) });
        engine.match_room_range(RangeQuery { list: list("raum"), ends }).await.unwrap().map(|between| between.keys)
    };
    assert_eq!(range((20, Some(21)), (2, None)).await, Some(keys(3, 21)), "either way");
    world.scene().news = vec![json!({ "roomGone": { "customerId": OTHER, "id": id(1) } })];
    sync(&world, &engine).await;
    assert_eq!(range((2, Some(3)), (9, Some(10))).await, Some(keys(3, 10)), "wherever they stand now");
    assert_eq!(range((0, Some(1)), (9, Some(10))).await, None, "of one that has left nobody knows what lies between");
    let question = SelectionQuery { list: list("raum 00"), keys: keys(1, 12) };
    assert_eq!(engine.count_selected_rooms(question).await.unwrap(), 8);
    engine.shutdown().await;
}

#[tokio::test]
async fn bulk_a_plan_for_rooms_says_by_customer_what_would_not_be_done_and_why() {
    let world = World::hushed().await;
    let engine = world.signed_in().await;
    world.scene().says(&format!("GET customers/{OTHER}"), relationship("manual"));
    let onboarding = json!({ "enrolment": "onboarding", "health": "onboarding" });
    with_rooms(&world, &engine, 4, &[quiet("Messe"), onboarding]).await;
    let all = || (1..=5).map(key).chain([looked_at()]);
    for (action, will, why) in [
        (suppress(), 3, vec![BulkReason::SuppressedAlready, BulkReason::NotHere]),
        (BulkAction::Lift, 1, vec![BulkReason::NotSuppressed, BulkReason::NotHere]),
        (BulkAction::Enrol, 1, vec![BulkReason::EnrolledAlready, BulkReason::NotHere]),
    ] {
        let asks = action.may_be_asked_for();
        let planned = plan(&engine, action.clone(), all()).await;
        let [ammergau, wolpertinger] = planned.customers.as_slice() else { panic!("{planned:?}") };
        let reasons: Vec<BulkReason> = ammergau.left_out.iter().map(|left| left.reason.clone()).collect();
        assert_eq!((ammergau.will, reasons), (will, why), "{action:?}");
        assert_eq!(ammergau.approves, asks.then_some(true), "{action:?}: these become requests");
        assert_eq!((wolpertinger.will, &wolpertinger.left_out[0].reason), (0, &BulkReason::NoRightToRooms), "{action:?}");
    }
    // What is done at incidents is done at no room.
    let wrong = plan(&engine, BulkAction::Claim, [key(3)]).await;
    assert_eq!((wrong.will(), &wrong.customers[0].left_out[0].reason), (0, &BulkReason::NotHere));
    engine.shutdown().await;
}

#[tokio::test]
async fn r67_a_room_that_waits_for_its_device_is_left_out_of_what_is_enrolled() {
    let world = World::hushed().await;
    let engine = world.signed_in().await;
    let onboarding = json!({ "enrolment": "onboarding", "health": "onboarding" });
    let waiting = json!({ "enrolment": "onboarding", "health": "onboarding", "awaitsDevice": true });
    with_rooms(&world, &engine, 2, &[waiting, onboarding]).await;
    let planned = plan(&engine, BulkAction::Enrol, [key(1), key(2)]).await;
    let [ammergau] = planned.customers.as_slice() else { panic!("{planned:?}") };
    assert_eq!((ammergau.will, &ammergau.left_out[0].reason), (1, &BulkReason::AwaitsDevice));
    engine.shutdown().await;
}

#[tokio::test]
async fn a18_that_a_customer_approves_nothing_is_said_only_where_that_holds_now() {
    let world = World::hushed().await;
    let engine = world.signed_in().await;
    with_rooms(&world, &engine, 1, &[]).await;
    let failed = || Said::problem(500, "internal", None);
    // What was remembered is not believed once something may have changed.
    for (said, expected) in
        [(relationship("auto"), Some(false)), (failed(), None), (relationship("manual"), Some(true)), (failed(), Some(true))]
    {
        world.scene().says(&format!("GET customers/{OTHER}"), said);
        sync(&world, &engine).await;
        assert_eq!(plan(&engine, suppress(), [key(1)]).await.customers[0].approves, expected);
    }
    engine.shutdown().await;
}

#[tokio::test]
async fn a33_an_end_that_has_passed_is_a_reason_of_the_plan_and_at_its_turn() {
    let world = World::hushed().await;
    let engine = world.signed_in().await;
    with_rooms(&world, &engine, 1, &[]).await;
    world.scene().says(&put(1), done());
    let until = |until| BulkAction::Suppress { suppress: SnoozeIncident { reason: "Umbau".into(), until: Some(until) } };
    let now = world.clock.now();
    let late = plan(&engine, until(now), [key(1)]).await;
    assert_eq!((late.will(), &late.customers[0].left_out[0].reason), (0, &BulkReason::EndPassed));
    let planned = plan(&engine, until(now.plus(HOUR)), [key(1)]).await;
    assert_eq!(planned.will(), 1);
    world.clock.advance(HOUR);
    steer(&engine, planned.id, BulkStep::Start).await;
    assert_eq!(state(&ended(&engine).await, 1), &BulkRowState::Refused { reason: BulkReason::EndPassed });
    assert_eq!((heard(&world, put, 1), engine.get_outbox().await.unwrap().len()), (0, 0));
    engine.shutdown().await;
}

#[tokio::test]
async fn bulk_rooms_are_suppressed_as_they_were_planned_and_only_what_was_done_is_undone() {
    let world = World::hushed().await;
    let engine = world.signed_in().await;
    with_rooms(&world, &engine, 12, &[]).await;
    let asked = json!({ "requested": {
        "id": TENANT, "customerId": OTHER, "customerName": "Ammergau", "partnerId": TENANT, "partnerName": "P", "event": "rooms.suppress",
        "change": { "action": "suppress_room", "room": "Raum 005" },
        "requestedBy": { "id": PERSON, "kind": "user", "displayName": "Quirin", "upn": null },
        "requestedAt": SINCE, "state": "pending", "decidedAt": null, "version": 1
    } });
    for n in 1..=12 {
        world.scene().says(&put(n), if n == 5 { Said::ok(asked.clone()) } else { done() });
        world.scene().says(&lift(n), done());
    }
    // The service knows of one that somebody was faster at; of another the sync has brought it.
    world.scene().says(&look(7), Said::ok(room_of(OTHER, 7, &quiet("Messe"))));
    let planned = plan(&engine, suppress(), (1..=12).map(key)).await;
    assert_eq!(planned.will(), 12);
    world.scene().news = vec![json!({ "room": room_of(OTHER, 4, &quiet("Umzug")) })];
    sync(&world, &engine).await;
    steer(&engine, planned.id, BulkStep::Start).await;
    let run = ended(&engine).await;
    let counts = run.counts;
    assert_eq!((counts.all, counts.done, counts.requested, counts.refused, run.undoable), (12, 9, 1, 2, 9), "{run:?}");
    assert_eq!((state(&run, 5), state(&run, 4)), (&BulkRowState::Requested, &BulkRowState::Refused { reason: BulkReason::Changed }));
    assert!(matches!(state(&run, 7), BulkRowState::Refused { reason: BulkReason::Failed { .. } }), "{run:?}");
    assert_eq!([4, 7].map(|n| world.scene().times(&put(n))), [0, 0], "nothing is overwritten unseen");
    let shown = &run.rows.iter().find(|row| row.about == About::Room(key(7))).unwrap();
    assert_eq!((shown.name.as_deref(), shown.customer_name.as_deref()), (Some("Raum 007"), Some("Ammergau")));

    let suppressed = quiet("Umbau");
    for n in (1..=12).filter(|n| ![4, 5, 7].contains(n)) {
        world.scene().says(&look(n), Said::ok(room_of(OTHER, n, &suppressed)));
    }
    // Somebody has suppressed one of them anew: that is not what is undone.
    world.scene().says(&look(9), Said::ok(room_of(OTHER, 9, &quiet("Anew"))));
    steer(&engine, run.id, BulkStep::Undo).await;
    let undone = ended(&engine).await;
    assert_eq!((undone.undoes, undone.counts.all, undone.counts.done, undone.counts.refused), (true, 9, 8, 1), "{undone:?}");
    assert_eq!(heard(&world, lift, 12), 8);
    assert_eq!([4, 5, 7, 9].map(|n| world.scene().times(&lift(n))), [0; 4], "it was not this run's");
    let rest = engine.close_bulk(undone.id).await.unwrap();
    assert_eq!(rest, [key(4), key(7), key(9)].map(About::Room), "what neither did, without what waits for its approval");
    engine.shutdown().await;
}

#[tokio::test]
async fn bulk_what_somebody_else_decided_meanwhile_is_neither_done_nor_undone_by_it() {
    let world = World::hushed().await;
    let engine = world.signed_in().await;
    with_rooms(&world, &engine, 3, &vec![quiet("Umbau"); 3]).await;
    (1..=3).for_each(|n| world.scene().says(&lift(n), done()));
    let planned = plan(&engine, BulkAction::Lift, (1..=3).map(key)).await;
    assert_eq!(planned.will(), 3);
    // Somebody has lifted one, which the sync has brought, and another, of which the service alone knows.
    world.scene().news = vec![json!({ "room": room_of(OTHER, 1, &json!({})) })];
    sync(&world, &engine).await;
    [1, 2].iter().for_each(|n| world.scene().says(&look(*n), Said::ok(room_of(OTHER, *n, &json!({})))));
    steer(&engine, planned.id, BulkStep::Start).await;
    let run = ended(&engine).await;
    assert_eq!(state(&run, 1), &BulkRowState::Refused { reason: BulkReason::NotSuppressed });
    assert_eq!((state(&run, 2), run.counts.done, run.undoable), (&BulkRowState::Done, 2, 1), "{run:?}");
    assert_eq!([1, 2, 3].map(|n| world.scene().times(&lift(n))), [0, 0, 1]);
    world.scene().says(&look(3), Said::ok(room_of(OTHER, 3, &json!({}))));
    (1..=3).for_each(|n| world.scene().says(&put(n), done()));
    steer(&engine, run.id, BulkStep::Undo).await;
    let undone = ended(&engine).await;
    assert_eq!((undone.counts.all, undone.counts.done), (1, 1), "{undone:?}");
    assert_eq!([1, 2, 3].map(|n| world.scene().times(&put(n))), [0, 0, 1], "it was not this run's");
    engine.shutdown().await;
}

#[tokio::test]
async fn bulk_of_rooms_it_is_stopped_and_what_was_not_begun_is_told_after_a_restart() {
    let world = World::hushed().await;
    let engine = world.signed_in().await;
    with_rooms(&world, &engine, 20, &vec![quiet("Umbau"); 20]).await;
    for n in 1..=20 {
        world.scene().says(&lift(n), done().after(Duration::from_millis(100)));
    }
    let planned = plan(&engine, BulkAction::Lift, (1..=20).map(key)).await;
    steer(&engine, planned.id, BulkStep::Start).await;
    until_run(&engine, |run| run.counts.done > 0).await;
    steer(&engine, planned.id, BulkStep::Stop).await;
    let stopped = until_run(&engine, |run| run.state == BulkState::Stopped).await;
    let (begun, left) = (stopped.counts.done, stopped.counts.to_do);
    assert!(begun + left == 20 && left > 0, "{:?}", stopped.counts);
    engine.shutdown().await;
    let engine = world.engine();
    session(&engine, is_signed_in).await;
    until(&engine, |state| *state == SyncState::Current).await;
    let told = engine.get_unfinished_bulk().await.unwrap();
    let expected = UnfinishedRun { id: planned.id, action: BulkAction::Lift, undoes: false, total: 20, not_begun: left };
    assert_eq!(told, [expected]);
    let again = engine.resume_bulk(planned.id).await.unwrap();
    assert_eq!(again.plan.will(), left, "by what holds now");
    steer(&engine, again.plan.id, BulkStep::Start).await;
    assert_eq!(ended(&engine).await.counts.done, left);
    assert_eq!(heard(&world, lift, 20), 20, "each once");
    assert_eq!(shown(&engine).await.action, BulkAction::Lift);
    engine.shutdown().await;
}
