//! One action at many incidents: what matches, what would be done, and what was.

use std::time::Duration;

use serde_json::{Value, json};
use tenantry_client::app::{Engine, EngineEvent};
use tenantry_client::clock::SystemClock;
use tenantry_model::api::IncidentTab;
use tenantry_model::api::incidents::{ClaimIncident, CloseIssue, SnoozeIncident};
use tenantry_model::incident::ClosureReason;
use tenantry_model::ipc::{
    About, BulkAction, BulkOrder, BulkPlan, BulkReason, BulkRow, BulkRowState, BulkRows, BulkRun, BulkState, BulkStep, FormId,
    IncidentColumn, IncidentFilter, IncidentQuery, IncidentRef, IncidentScope, IpcErrorKind, RangeEnd, RangeQuery, SelectionQuery,
    SteerArgs, SyncState, Work, WorkItem, WorkOutcome,
};

use tenantry_model::time::Clock;
use uuid::Uuid;

use crate::world::*;

const OTHER: &str = "66666666-6666-4666-8666-666666666666";
const PERMISSIONS: [&str; 3] = ["tickets.view", "tickets.update", "rooms.view"];

fn number(n: u32) -> String {
    format!("BBBBBB-{n:06}")
}

pub(crate) fn key(n: u32) -> IncidentRef {
    IncidentRef { customer_id: OTHER.parse().unwrap(), number: number(n).parse().unwrap() }
}

/// The one of the customer at which the user may only look.
fn looked_at() -> IncidentRef {
    IncidentRef { customer_id: CUSTOMER.parse().unwrap(), number: "AAAAAA-000001".parse().unwrap() }
}

pub(crate) fn row(n: u32, more: &Value) -> Value {
    let mut row = json!({
        "number": number(n), "customerId": OTHER, "category": "hardware", "type": "camera_room", "severity": "critical",
        "status": "needs_action", "rooms": [], "redactedRooms": 0, "problem": "Rubihorn", "createdAt": "2026-01-01T00:00:00Z",
        "lastUpdated": "2026-01-01T00:00:00Z", "activeSince": "2026-01-01T00:00:00Z", "lastResolved": null, "lastClosed": null,
        "messages": 0, "lastMessageAt": null, "version": 7,
    });
    row.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    json!({ "incidentRow": row })
}

/// Of late: what was closed long ago is not kept.
pub(crate) fn closed() -> Value {
    json!({ "status": "closed", "lastClosed": SystemClock.now().to_string() })
}

/// Another customer, with so many incidents, the first of which are as is said.
pub(crate) async fn with_incidents(world: &World, engine: &Engine, count: u32, first: &[Value]) {
    let mut news = vec![json!({ "customer": {
        "id": OTHER, "displayName": "Ammergau", "permissions": PERMISSIONS, "offline": { "allowed": true, "days": 7 }, "reset": false,
    } })];
    let plain = json!({});
    news.extend((1..=count).map(|n| row(n, first.get(n as usize - 1).unwrap_or(&plain))));
    world.scene().news = news;
    sync(world, engine).await;
}

fn list(text: &str) -> IncidentQuery {
    IncidentQuery {
        scope: IncidentScope::All,
        tab: IncidentTab::Active,
        resolved_days: 7,
        filter: IncidentFilter { text: text.into(), ..IncidentFilter::default() },
        sort: IncidentColumn::Ticket,
        descending: false,
        titles: vec![],
        by_category: false,
        collapsed: vec![],
        offset: 0,
        limit: 0,
    }
}

pub(crate) fn snooze() -> BulkAction {
    BulkAction::Snooze { snooze: SnoozeIncident { reason: "Umbau".into(), until: None } }
}

pub(crate) async fn plan(engine: &Engine, action: BulkAction, incidents: Vec<IncidentRef>) -> BulkPlan {
    let targets = incidents.into_iter().map(About::Incident).collect();
    engine.plan_bulk(BulkOrder { targets, action }).await.unwrap()
}

pub(crate) async fn steer(engine: &Engine, id: FormId, step: BulkStep) {
    engine.steer_bulk(SteerArgs { id, step }).await.unwrap();
}

pub(crate) async fn shown(engine: &Engine) -> BulkRun {
    engine.get_bulk(BulkRows { limit: 100 }).await.unwrap().unwrap()
}

pub(crate) async fn until_run(engine: &Engine, wanted: impl Fn(&BulkRun) -> bool) -> BulkRun {
    for _ in 0..500 {
        let run = shown(engine).await;
        if wanted(&run) {
            return run;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("still {:?}", shown(engine).await);
}

pub(crate) async fn ended(engine: &Engine) -> BulkRun {
    until_run(engine, |run| run.state == BulkState::Ended).await
}

fn state(run: &BulkRun, n: u32) -> &BulkRowState {
    &run.rows.iter().find(|row: &&BulkRow| row.about == About::Incident(key(n))).unwrap().state
}

pub(crate) fn claim(n: u32) -> String {
    format!("PUT customers/{OTHER}/incidents/{}/claim", number(n))
}

fn release(n: u32) -> String {
    format!("DELETE customers/{OTHER}/incidents/{}/claim", number(n))
}

pub(crate) fn put_away(n: u32) -> String {
    format!("PUT customers/{OTHER}/incidents/{}/snooze", number(n))
}

pub(crate) fn done(n: u32) -> Said {
    Said::ok(json!({ "number": number(n), "was": 7, "version": 7 }))
}

/// The service does each of these.
pub(crate) fn does(world: &World, lines: &[fn(u32) -> String], count: u32) {
    for n in 1..=count {
        for line in lines {
            world.scene().says(&line(n), done(n));
        }
    }
}

/// The service does each of these, and takes so long for it that others are not begun meanwhile.
pub(crate) fn does_slowly(world: &World, line: fn(u32) -> String, count: u32) {
    for n in 1..=count {
        world.scene().says(&line(n), done(n).after(Duration::from_millis(100)));
    }
}

/// How many of the lines arrived.
fn heard(world: &World, line: fn(u32) -> String, count: u32) -> usize {
    (1..=count).map(|n| world.scene().times(&line(n))).sum()
}

#[tokio::test]
async fn bulk_all_that_match_are_found_though_few_are_shown_and_those_that_left_the_list_are_counted() {
    let world = World::hushed().await;
    let engine = world.signed_in().await;
    with_incidents(&world, &engine, 60, &[]).await;
    let all = engine.match_incidents(list("rubihorn")).await.unwrap();
    let wanted: Vec<IncidentRef> = (1..=60).map(key).collect();
    assert_eq!((all.matches, &all.keys), (60, &wanted), "in the order of the list, and not the other customer's");
    assert_eq!(engine.match_incidents(list("")).await.unwrap().matches, 61);
    world.scene().news = vec![row(1, &closed()), row(2, &json!({ "problem": "Nebelhorn" }))];
    sync(&world, &engine).await;
    let question = SelectionQuery { list: list("rubihorn"), keys: wanted };
    assert_eq!(engine.count_selected(question).await.unwrap(), 58);
    engine.shutdown().await;
}

#[tokio::test]
async fn bulk_what_lies_between_two_rows_is_named_though_it_was_never_shown_and_by_the_rows_wherever_they_stand_now() {
    let world = World::hushed().await;
    let engine = world.signed_in().await;
    with_incidents(&world, &engine, 60, &[]).await;
    let range = async |list: IncidentQuery, one: (u32, Option<u32>), other: (u32, Option<u32>)| {
        let ends = [one, other].map(|(at, incident)| RangeEnd { at, key: incident.map(key) });
        engine.match_range(RangeQuery { list, ends }).await.unwrap().map(|between| between.keys)
    };
    let keys = |from: u32, to: u32| Some((from..=to).map(key).collect::<Vec<_>>());
    assert_eq!(range(list("rubihorn"), (2, Some(3)), (57, None)).await, keys(3, 58));
    assert_eq!(range(list("rubihorn"), (57, None), (2, Some(3))).await, keys(3, 58), "upwards, too");
    assert_eq!(range(list("rubihorn"), (58, None), (900, None)).await, keys(59, 60), "and no further than the list goes");
    let grouped = IncidentQuery { scope: IncidentScope::Customer { id: key(1).customer_id }, by_category: true, ..list("rubihorn") };
    assert_eq!(range(grouped.clone(), (0, None), (2, Some(2))).await, keys(1, 2), "the heading of a category is no incident");
    world.scene().news = vec![row(1, &closed())];
    sync(&world, &engine).await;
    assert_eq!(range(list("rubihorn"), (2, Some(3)), (9, Some(10))).await, keys(3, 10), "they moved up by one");
    assert_eq!(range(list("rubihorn"), (0, Some(1)), (9, Some(10))).await, None, "of one that has left nobody knows what lies between");
    engine.shutdown().await;
}

#[tokio::test]
async fn bulk_a_plan_says_by_customer_what_would_not_be_done_and_why_and_asks_nobody() {
    let world = World::hushed().await;
    let engine = world.signed_in().await;
    let held = json!({ "claim": { "holder": TENANT, "name": "Ben Berg", "until": "2999-01-01T00:00:00Z" } });
    let mine = json!({ "claim": { "holder": PERSON, "name": "Quirin Quast", "until": "2999-01-01T00:00:00Z" } });
    let asleep = |by: &str| json!({ "snooze": { "by": "Ben Berg", "reason": "Umbau", "since": "2026-01-01T00:00:00Z", "until": null }, "snoozedBy": by });
    let issue = json!({ "type": "customer_reported" });
    let unread = json!({ "messages": 2 });
    let first = [held, mine, asleep("incident"), asleep("signal"), closed(), issue, unread];
    with_incidents(&world, &engine, 10, &first).await;
    let before = world.scene().heard.len();
    let all: Vec<IncidentRef> = (1..=10).map(key).chain([looked_at(), key(11), key(11)]).collect();
    let by = |who: &str| BulkReason::ClaimedBy { who: who.into() };
    for (action, will, why) in [
        (BulkAction::Claim, 7, vec![by("Ben Berg"), BulkReason::ClaimedAlready, BulkReason::Inactive, BulkReason::NotHere]),
        (BulkAction::Release, 1, vec![BulkReason::NotClaimed, BulkReason::Inactive, BulkReason::NotHere]),
        (snooze(), 7, vec![BulkReason::SnoozedAlready, BulkReason::Inactive, BulkReason::NotHere]),
        (BulkAction::Wake, 1, vec![BulkReason::NotSnoozed, BulkReason::SnoozedWith, BulkReason::Inactive, BulkReason::NotHere]),
        (
            BulkAction::Close { change: CloseIssue { reason: ClosureReason::Unknown, comment: None } },
            1,
            vec![BulkReason::OfSignal, BulkReason::Inactive, BulkReason::NotHere],
        ),
        (BulkAction::MarkRead, 1, vec![BulkReason::ReadAlready, BulkReason::NotHere]),
    ] {
        let plan = plan(&engine, action.clone(), all.clone()).await;
        let [ammergau, wolpertinger] = plan.customers.as_slice() else { panic!("{plan:?}") };
        assert_eq!((ammergau.display_name.as_deref(), ammergau.will), (Some("Ammergau"), will), "{action:?}");
        let reasons: Vec<BulkReason> = ammergau.left_out.iter().map(|left| left.reason.clone()).collect();
        assert_eq!(reasons, why, "{action:?}");
        let left: u32 = ammergau.left_out.iter().map(|left| left.count).sum();
        assert_eq!(ammergau.will + left, 11, "each is counted, once");
        // To read, one need not be able to change anything.
        let looked = if action == BulkAction::MarkRead { (1, None) } else { (0, Some(BulkReason::NoRight)) };
        assert_eq!((wolpertinger.will, wolpertinger.left_out.first().map(|left| left.reason.clone())), looked, "{action:?}");
    }
    assert_eq!(world.scene().heard.len(), before, "nobody was asked");
    assert_eq!(engine.get_bulk(BulkRows { limit: 10 }).await.unwrap(), None, "nothing was begun");
    engine.shutdown().await;
}

#[tokio::test]
async fn bulk_what_is_refused_is_not_said_to_be_done_and_only_what_was_done_is_undone() {
    let world = World::hushed().await;
    let engine = world.signed_in().await;
    with_incidents(&world, &engine, 30, &[]).await;
    does(&world, &[claim, release], 30);
    let refusal = Said::problem(409, "conflict", None).about("#/takeOver", "claimed-by-other", "Ben Berg works on it.");
    world.scene().says(&claim(9), refusal);
    let all: Vec<IncidentRef> = (1..=30).map(key).chain([looked_at()]).collect();
    let planned = plan(&engine, BulkAction::Claim, all).await;
    assert_eq!(planned.will(), 30);
    // Somebody claims one of them between the plan and its start.
    let held = json!({ "claim": { "holder": TENANT, "name": "Ben Berg", "until": "2999-01-01T00:00:00Z" } });
    world.scene().news = vec![row(4, &held)];
    sync(&world, &engine).await;
    steer(&engine, planned.id, BulkStep::Start).await;
    let run = ended(&engine).await;
    assert_eq!((run.counts.all, run.counts.done, run.counts.refused, run.undoable), (31, 28, 3, 28), "{run:?}");
    let failed = |state: &BulkRowState| matches!(state, BulkRowState::Refused { reason: BulkReason::Failed { error } } if error.kind == IpcErrorKind::Conflict);
    assert!(failed(state(&run, 9)), "{run:?}");
    assert_eq!(*state(&run, 4), BulkRowState::Refused { reason: BulkReason::ClaimedBy { who: "Ben Berg".into() } });
    assert_eq!(world.scene().times(&claim(4)), 0, "what is known to be refused is not sent");
    assert_eq!(engine.get_outbox().await.unwrap(), [], "what is said here is not kept besides");
    assert!(matches!(run.rows[0].state, BulkRowState::Refused { .. }), "what was not done stands first");

    steer(&engine, run.id, BulkStep::Undo).await;
    let undone = ended(&engine).await;
    assert!(undone.undoes && undone.counts.done == 28 && undone.counts.all == 28, "{undone:?}");
    assert_eq!(heard(&world, release, 30), 28);
    assert_eq!([9, 4].map(|n| world.scene().times(&release(n))), [0, 0], "it was not this run's");
    assert_eq!(undone.undoable, 0);
    assert_eq!(
        engine.close_bulk(undone.id).await.unwrap(),
        [key(4), key(9), looked_at()].map(About::Incident),
        "what the first did not do"
    );
    assert_eq!(engine.get_bulk(BulkRows { limit: 10 }).await.unwrap(), None);
    engine.shutdown().await;
}

#[tokio::test]
async fn bulk_stopped_it_leaves_the_rest_undone_until_it_goes_on() {
    let world = World::hushed().await;
    let engine = world.signed_in().await;
    with_incidents(&world, &engine, 40, &[]).await;
    does_slowly(&world, put_away, 40);
    let planned = plan(&engine, snooze(), (1..=40).map(key).collect()).await;
    steer(&engine, planned.id, BulkStep::Start).await;
    until_run(&engine, |run| run.counts.done > 0).await;
    steer(&engine, planned.id, BulkStep::Stop).await;
    let stopped = until_run(&engine, |run| run.state == BulkState::Stopped).await;
    let (begun, left) = (stopped.counts.done, stopped.counts.to_do);
    assert!(begun + left == 40 && left > 0, "{:?}", stopped.counts);
    assert_eq!(heard(&world, put_away, 40), begun as usize, "what was not begun was not sent");
    let another = plan(&engine, snooze(), vec![key(40)]).await;
    assert_eq!(another.will(), 1);
    steer(&engine, planned.id, BulkStep::GoOn).await;
    let error = engine.steer_bulk(SteerArgs { id: another.id, step: BulkStep::Start }).await.unwrap_err();
    assert_eq!(error.kind, IpcErrorKind::Conflict, "one goes on");
    let run = ended(&engine).await;
    assert_eq!((run.counts.done, heard(&world, put_away, 40)), (40, 40), "each once");
    engine.shutdown().await;
}

#[tokio::test]
async fn bulk_what_was_not_begun_or_refused_can_be_kept_selected() {
    let world = World::hushed().await;
    let engine = world.signed_in().await;
    with_incidents(&world, &engine, 40, &[closed()]).await;
    does_slowly(&world, claim, 40);
    let planned = plan(&engine, BulkAction::Claim, (1..=40).map(key).collect()).await;
    steer(&engine, planned.id, BulkStep::Start).await;
    until_run(&engine, |run| run.counts.done > 0).await;
    assert_eq!(engine.close_bulk(planned.id).await.unwrap_err().kind, IpcErrorKind::Conflict, "it goes on");
    steer(&engine, planned.id, BulkStep::Stop).await;
    let stopped = until_run(&engine, |run| run.state == BulkState::Stopped).await;
    let rest = engine.close_bulk(planned.id).await.unwrap();
    assert_eq!(rest.len() as u32, 40 - stopped.counts.done);
    assert_eq!(rest.first(), Some(&About::Incident(key(1))));
    engine.shutdown().await;
}

#[tokio::test]
async fn bulk_without_contact_it_waits_says_so_and_is_done_once_there_is() {
    let world = World::hushed().await;
    let engine = world.signed_in().await;
    with_incidents(&world, &engine, 20, &[]).await;
    does(&world, &[claim], 20);
    world.scene().says(&claim(3), Said::problem(409, "conflict", None));
    world.scene().sync_status = 503;
    engine.sync_now().await.unwrap();
    until(&engine, |state| matches!(state, SyncState::Offline { .. })).await;
    let gateway = Some(502);
    world.scene().gateway = gateway;
    let planned = plan(&engine, BulkAction::Claim, (1..=20).map(key).collect()).await;
    assert!(planned.waits);
    steer(&engine, planned.id, BulkStep::Start).await;
    let waiting = ended(&engine).await;
    assert_eq!((waiting.counts.waiting, waiting.counts.done, waiting.undoable), (20, 0, 0), "{waiting:?}");
    assert_eq!(engine.get_outbox().await.unwrap().len(), 20);
    let again = plan(&engine, BulkAction::Claim, vec![key(1)]).await;
    assert_eq!(again.customers[0].left_out[0].reason, BulkReason::Unsent, "it is not done twice");
    engine.discard_entry(engine.get_outbox().await.unwrap()[1].form).await.unwrap();
    let discarded = until_run(&engine, |run| run.counts.refused == 1).await;
    assert_eq!(*state(&discarded, 2), BulkRowState::Refused { reason: BulkReason::Discarded });
    world.scene().gateway = None;
    world.scene().sync_status = 200;
    engine.sync_now().await.unwrap();
    until(&engine, |state| *state == SyncState::Current).await;
    let run = until_run(&engine, |run| run.counts.waiting == 0).await;
    assert_eq!((run.counts.done, run.counts.refused), (18, 2), "{run:?}");
    assert_eq!(world.scene().times(&claim(2)), 0);
    assert_eq!(engine.get_outbox().await.unwrap(), []);
    engine.shutdown().await;
}

#[tokio::test]
async fn a35_several_incidents_are_sent_at_once_and_what_is_about_one_of_them_in_its_order() {
    let world = World::hushed().await;
    let engine = world.signed_in().await;
    with_incidents(&world, &engine, 6, &[]).await;
    for n in 1..=6 {
        world.scene().says(&claim(n), done(n).after(Duration::from_millis(400)));
    }
    world.scene().says(&release(1), done(1));
    let item = |form: u128, n: u32, claim: Option<ClaimIncident>| {
        let work = Work::Claim { number: key(n).number, claim };
        WorkItem { form: FormId(Uuid::from_u128(form)), customer: key(n).customer_id, work }
    };
    let works: Vec<WorkItem> = (1..=6).map(|n| item(n.into(), n, Some(ClaimIncident::default()))).collect();
    let first = engine.do_work(works[0].clone());
    let after_it = engine.do_work(item(7, 1, None));
    let others = futures_util::future::join_all(works[1..].iter().map(|work| engine.do_work(work.clone())));
    let looked = async {
        eventually("four are under way", || heard(&world, claim, 6) == 4).await;
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert_eq!((heard(&world, claim, 6), heard(&world, release, 6)), (4, 0), "no more at once, and none before its turn");
    };
    let (first, after_it, others, ()) = tokio::join!(first, after_it, others, looked);
    assert!(first.is_ok() && after_it.is_ok() && others.iter().all(Result::is_ok));
    let order: Vec<String> = world.scene().heard.iter().map(|heard| heard.line.clone()).filter(|line| line.contains(&number(1))).collect();
    assert_eq!(order, [claim(1), release(1)]);
    engine.shutdown().await;
}

#[tokio::test]
async fn bulk_an_issue_is_closed_as_it_was_planned_and_messages_are_read_here() {
    let world = World::hushed().await;
    world.scene().says("PUT me/read-marks", Said::nothing());
    let engine = world.signed_in().await;
    let issue = json!({ "type": "customer_reported", "messages": 3 });
    with_incidents(&world, &engine, 2, &[issue.clone(), issue]).await;
    let close = |n: u32| format!("POST customers/{OTHER}/incidents/{}/close", number(n));
    let change = CloseIssue { reason: ClosureReason::Duplicate, comment: Some("siehe oben".into()) };
    world.scene().says(&close(1), done(1));
    let planned = plan(&engine, BulkAction::MarkRead, vec![key(1), key(2), looked_at()]).await;
    steer(&engine, planned.id, BulkStep::Start).await;
    assert_eq!(ended(&engine).await.counts.done, 3);
    eventually("all are told at once", || world.scene().times("PUT me/read-marks") == 1).await;
    let planned = plan(&engine, BulkAction::Close { change }, vec![key(1), key(2)]).await;
    // Another answer to one of them arrived meanwhile.
    world.scene().news = vec![row(2, &json!({ "type": "customer_reported", "messages": 4, "version": 8 }))];
    sync(&world, &engine).await;
    steer(&engine, planned.id, BulkStep::Start).await;
    let run = ended(&engine).await;
    assert_eq!((state(&run, 1), state(&run, 2)), (&BulkRowState::Done, &BulkRowState::Refused { reason: BulkReason::Changed }));
    assert_eq!((world.scene().times(&close(2)), run.undoable), (0, 0), "what is closed stays closed");
    let heard = world.scene().heard.iter().find(|heard| heard.line == close(1)).cloned().unwrap();
    assert_eq!(heard.version.as_deref(), Some("\"7\""));
    assert_eq!(heard.body, Some(json!({ "reason": "duplicate", "comment": "siehe oben" })));
    engine.shutdown().await;
}

#[tokio::test]
async fn bulk_an_incident_that_is_gone_or_locked_is_not_said_to_be_read() {
    let world = World::hushed().await;
    world.scene().says("PUT me/read-marks", Said::nothing());
    let engine = world.signed_in().await;
    with_incidents(&world, &engine, 2, &[json!({ "messages": 2 }), json!({ "messages": 2 })]).await;
    let planned = plan(&engine, BulkAction::MarkRead, vec![key(1), key(2), looked_at()]).await;
    assert_eq!(planned.will(), 3);
    world.scene().news = vec![json!({ "incidentGone": { "customerId": OTHER, "number": number(2) } })];
    sync(&world, &engine).await;
    steer(&engine, planned.id, BulkStep::Start).await;
    let run = ended(&engine).await;
    assert_eq!((run.counts.done, run.counts.refused), (2, 1), "{run:?}");
    assert_eq!(*state(&run, 2), BulkRowState::Refused { reason: BulkReason::NotHere });
    engine.shutdown().await;
}

#[tokio::test]
async fn a35_what_a_bulk_action_was_refused_is_kept_until_it_has_been_read() {
    let world = World::hushed().await;
    let engine = world.signed_in().await;
    with_incidents(&world, &engine, 3, &[]).await;
    does(&world, &[put_away], 3);
    world.scene().says(&put_away(2), Said::problem(409, "conflict", None));
    let planned = plan(&engine, snooze(), (1..=3).map(key).collect()).await;
    steer(&engine, planned.id, BulkStep::Start).await;
    let run = ended(&engine).await;
    assert_eq!((run.counts.done, run.counts.refused), (2, 1), "{run:?}");
    assert_eq!(engine.get_outbox().await.unwrap(), [], "the run says it");
    // Another run in its place: nobody has closed the first.
    let another = plan(&engine, BulkAction::Claim, vec![looked_at()]).await;
    steer(&engine, another.id, BulkStep::Start).await;
    let kept = engine.get_outbox().await.unwrap();
    let [kept] = kept.as_slice() else { panic!("{kept:?}") };
    assert!(matches!(&kept.work, Work::Snooze { snooze: Some(snooze), .. } if snooze.reason == "Umbau") && kept.failure.is_some());
    engine.discard_entry(kept.form).await.unwrap();
    // Closed, it has been read.
    let planned = plan(&engine, snooze(), vec![key(2)]).await;
    steer(&engine, planned.id, BulkStep::Start).await;
    assert_eq!(ended(&engine).await.counts.refused, 1);
    assert_eq!(engine.close_bulk(planned.id).await.unwrap(), [key(2)].map(About::Incident));
    assert_eq!(engine.get_outbox().await.unwrap(), []);
    engine.shutdown().await;
}

#[tokio::test]
async fn bulk_nothing_is_undone_while_something_waits_and_what_was_not_done_is_not_forgotten_with_it() {
    let world = World::hushed().await;
    let engine = world.signed_in().await;
    with_incidents(&world, &engine, 4, &[]).await;
    does(&world, &[claim, release], 4);
    world.scene().says(&claim(2), Said::problem(409, "conflict", None));
    world.scene().says(&claim(3), Said::problem(500, "internal", None));
    let planned = plan(&engine, BulkAction::Claim, (1..=4).map(key).collect()).await;
    steer(&engine, planned.id, BulkStep::Start).await;
    let waits = ended(&engine).await;
    assert_eq!((waits.counts.done, waits.counts.waiting, waits.counts.refused), (2, 1, 1), "{waits:?}");
    let refused = engine.steer_bulk(SteerArgs { id: waits.id, step: BulkStep::Undo }).await.unwrap_err();
    assert_eq!(refused.kind, IpcErrorKind::Conflict);
    assert_eq!(shown(&engine).await.id, waits.id, "it is still there");
    engine.discard_entry(engine.get_outbox().await.unwrap()[0].form).await.unwrap();
    let run = until_run(&engine, |run| run.counts.waiting == 0).await;
    assert_eq!(run.not_done, 2);
    steer(&engine, run.id, BulkStep::Undo).await;
    let undone = ended(&engine).await;
    assert_eq!((undone.undoes, undone.counts.done, undone.counts.all, undone.not_done), (true, 2, 2, 2), "{undone:?}");
    assert_eq!(engine.close_bulk(undone.id).await.unwrap(), [key(2), key(3)].map(About::Incident));
    engine.shutdown().await;
}

#[tokio::test]
async fn bulk_what_the_service_takes_no_more_of_is_not_pushed_and_can_be_stopped() {
    let world = World::hushed().await;
    let engine = world.signed_in().await;
    with_incidents(&world, &engine, 60, &[]).await;
    for n in 1..=60 {
        world.scene().says(&claim(n), Said::problem(429, "too-many-requests", None).retry_after(3));
    }
    let planned = plan(&engine, BulkAction::Claim, (1..=60).map(key).collect()).await;
    steer(&engine, planned.id, BulkStep::Start).await;
    let waits = until_run(&engine, |run| run.counts.waiting > 0 && run.counts.under_way == 0).await;
    assert!(waits.counts.to_do >= 50, "{:?}", waits.counts);
    let heard_first = heard(&world, claim, 60);
    does(&world, &[claim], 60);
    // Whatever else is due.
    let form = FormId(Uuid::from_u128(1));
    let work = Work::Claim { number: key(60).number, claim: None };
    assert_eq!(
        engine.do_work(WorkItem { form, customer: key(60).customer_id, work }).await.unwrap(),
        WorkOutcome::Waits,
        "whoever asks is told at once"
    );
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(heard(&world, claim, 60), heard_first, "the service has asked to be left alone");
    steer(&engine, planned.id, BulkStep::Stop).await;
    let stopped = until_run(&engine, |run| run.counts.waiting == 0).await;
    assert_eq!(stopped.state, BulkState::Stopped);
    assert!(stopped.counts.to_do >= 50, "{:?}", stopped.counts);
    engine.shutdown().await;
}

#[tokio::test]
async fn a28_a_bulk_action_says_nothing_of_a_customer_that_was_lost() {
    let world = World::hushed().await;
    let engine = world.signed_in().await;
    with_incidents(&world, &engine, 2, &[]).await;
    does(&world, &[claim], 2);
    world.scene().says(&claim(2), Said::problem(409, "conflict", Some("Ben Berg works on it.")));
    let planned = plan(&engine, BulkAction::Claim, vec![key(1), key(2)]).await;
    steer(&engine, planned.id, BulkStep::Start).await;
    assert_eq!(ended(&engine).await.rows[0].customer_name.as_deref(), Some("Ammergau"));
    let later = plan(&engine, BulkAction::Release, vec![key(1)]).await;
    let other = plan(&engine, BulkAction::Claim, vec![key(1)]).await;
    let mut events = engine.subscribe();
    world.scene().news = vec![json!({ "customerGone": OTHER })];
    sync(&world, &engine).await;
    let told = async { while events.recv().await.unwrap() != EngineEvent::Bulk {} };
    tokio::time::timeout(Duration::from_secs(5), told).await.expect("the window is told");
    let run = shown(&engine).await;
    assert!(!format!("{run:?}").contains("Ammergau") && !format!("{run:?}").contains("Ben Berg"), "{run:?}");
    for id in [later.id, other.id] {
        let error = engine.steer_bulk(SteerArgs { id, step: BulkStep::Start }).await.unwrap_err();
        assert_eq!(error.kind, IpcErrorKind::Conflict, "the plan named it");
    }
    engine.shutdown().await;
}

#[tokio::test]
async fn bulk_at_its_turn_a_row_is_judged_by_what_the_service_keeps() {
    let world = World::hushed().await;
    let engine = world.signed_in().await;
    let asleep = |reason: &str| json!({ "snooze": { "by": "Ben Berg", "reason": reason, "since": "2026-01-01T00:00:00Z", "until": null }, "snoozedBy": "incident" });
    with_incidents(&world, &engine, 3, &[json!({}), asleep("Umbau"), json!({})]).await;
    let wake = |n: u32| format!("DELETE customers/{OTHER}/incidents/{}/snooze", number(n));
    for n in 1..=3 {
        world.scene().says(&claim(n), done(n));
        world.scene().says(&put_away(n), done(n));
        world.scene().says(&wake(n), done(n));
    }
    // Claimed by the same user elsewhere, between the plan and its start.
    let planned = plan(&engine, BulkAction::Claim, vec![key(1)]).await;
    let mine = json!({ "claim": { "holder": PERSON, "name": "Quirin Quast", "until": "2999-01-01T00:00:00Z" } });
    world.scene().news = vec![row(1, &mine)];
    sync(&world, &engine).await;
    steer(&engine, planned.id, BulkStep::Start).await;
    let run = ended(&engine).await;
    assert_eq!((state(&run, 1), run.undoable), (&BulkRowState::Refused { reason: BulkReason::ClaimedAlready }, 0));
    // What was lifted stands here still: the sync has not brought it.
    let planned = plan(&engine, BulkAction::Wake, vec![key(2)]).await;
    steer(&engine, planned.id, BulkStep::Start).await;
    assert_eq!(ended(&engine).await.undoable, 1);
    steer(&engine, planned.id, BulkStep::Undo).await;
    assert_eq!(*state(&ended(&engine).await, 2), BulkRowState::Done);
    // The service trims a reason and composes its letters.
    let snooze = BulkAction::Snooze { snooze: SnoozeIncident { reason: "Bu\u{308}ro ".into(), until: None } };
    let planned = plan(&engine, snooze, vec![key(3)]).await;
    steer(&engine, planned.id, BulkStep::Start).await;
    assert_eq!(ended(&engine).await.undoable, 1);
    world.scene().news = vec![row(3, &asleep("B\u{fc}ro"))];
    sync(&world, &engine).await;
    steer(&engine, planned.id, BulkStep::Undo).await;
    assert_eq!(*state(&ended(&engine).await, 3), BulkRowState::Done);
    engine.shutdown().await;
}
