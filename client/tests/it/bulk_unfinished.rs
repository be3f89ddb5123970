//! What of a bulk action was not begun: stopped it is taken back, and after a restart somebody says so.

use std::time::Duration;

use serde_json::json;
use tenantry_client::app::EngineEvent;
use tenantry_model::ipc::{BulkAction, BulkState, BulkStep, IpcErrorKind, SyncState, UnfinishedRun};

use crate::bulk::*;
use crate::world::*;

const SOMEBODY_ELSE: &str = "55555555-5555-4555-8555-555555555555";

fn wake(n: u32) -> String {
    put_away(n).replacen("PUT", "DELETE", 1)
}

#[tokio::test]
async fn bulk_stopped_off_line_what_waits_is_taken_back_and_counts_as_not_begun() {
    let world = World::hushed().await;
    let engine = world.signed_in().await;
    with_incidents(&world, &engine, 20, &[]).await;
    for n in 1..=20 {
        world.scene().says(&claim(n), Said::problem(503, "unavailable", None));
    }
    world.scene().sync_status = 503;
    engine.sync_now().await.unwrap();
    until(&engine, |state| matches!(state, SyncState::Offline { .. })).await;
    let planned = plan(&engine, BulkAction::Claim, (1..=20).map(key).collect()).await;
    steer(&engine, planned.id, BulkStep::Start).await;
    assert_eq!(ended(&engine).await.counts.waiting, 20);
    // The first that are tried may have arrived, whatever was said: those stay.
    let outbox = engine.get_outbox().await.unwrap().len();
    steer(&engine, planned.id, BulkStep::Stop).await;
    let stopped = shown(&engine).await;
    let (left, stays) = (stopped.counts.to_do, stopped.counts.waiting);
    assert!(left > 0 && left + stays == 20 && stopped.counts.done == 0, "{stopped:?}");
    assert_eq!((stopped.state, stopped.not_done), (BulkState::Stopped, left));
    assert_eq!((outbox, engine.get_outbox().await.unwrap().len()), (20, stays as usize));
    does(&world, &[claim], 20);
    world.scene().sync_status = 200;
    engine.sync_now().await.unwrap();
    until(&engine, |state| *state == SyncState::Current).await;
    let sent = until_run(&engine, |run| run.counts.waiting == 0).await;
    assert_eq!((sent.counts.done, sent.counts.to_do), (stays, left), "what was taken back is not sent");
    steer(&engine, planned.id, BulkStep::GoOn).await;
    assert_eq!(ended(&engine).await.counts.done, 20);
    // Nothing is left to be said of it.
    engine.close_bulk(planned.id).await.unwrap();
    assert_eq!(engine.get_unfinished_bulk().await.unwrap(), []);
    engine.shutdown().await;
}

#[tokio::test]
async fn bulk_what_was_not_begun_is_said_after_a_restart_and_planned_anew() {
    let world = World::hushed().await;
    let engine = world.signed_in().await;
    with_incidents(&world, &engine, 40, &[]).await;
    does_slowly(&world, claim, 40);
    let planned = plan(&engine, BulkAction::Claim, (1..=40).map(key).collect()).await;
    steer(&engine, planned.id, BulkStep::Start).await;
    until_run(&engine, |run| run.counts.done > 0).await;
    assert_eq!(engine.get_unfinished_bulk().await.unwrap(), [], "the run says it itself");
    engine.shutdown().await;
    let engine = world.engine();
    session(&engine, is_signed_in).await;
    assert_eq!(engine.get_bulk(tenantry_model::ipc::BulkRows { limit: 10 }).await.unwrap(), None);
    let left = engine.get_unfinished_bulk().await.unwrap();
    let [UnfinishedRun { id, action: BulkAction::Claim, undoes: false, total: 40, not_begun }] = left.as_slice() else {
        panic!("{left:?}")
    };
    let (id, not_begun) = (*id, *not_begun);
    assert!(not_begun > 0 && not_begun < 40);
    // Meanwhile one of them was closed: it is judged anew.
    world.scene().news = vec![row(40, &closed())];
    sync(&world, &engine).await;
    let resumed = engine.resume_bulk(id).await.unwrap();
    assert_eq!((resumed.action, resumed.plan.will()), (BulkAction::Claim, not_begun - 1));
    // Planned is not begun.
    assert_eq!(engine.get_unfinished_bulk().await.unwrap().len(), 1);
    steer(&engine, resumed.plan.id, BulkStep::Start).await;
    let run = ended(&engine).await;
    assert_eq!((run.counts.done, run.counts.refused), (not_begun - 1, 1), "{run:?}");
    for n in 1..=40 {
        let times = world.scene().times(&claim(n));
        assert!(times == usize::from(n < 40) || n < 40 && times == 2, "{n} was sent {times} times");
    }
    engine.close_bulk(run.id).await.unwrap();
    assert_eq!(engine.get_unfinished_bulk().await.unwrap(), [], "gone on with, it is told no more");
    assert_eq!(engine.resume_bulk(id).await.unwrap_err().kind, IpcErrorKind::NotFound);
    engine.shutdown().await;
}

#[tokio::test]
async fn bulk_an_unfinished_one_is_told_until_its_author_forgets_it() {
    let world = World::hushed().await;
    let engine = world.signed_in().await;
    with_incidents(&world, &engine, 40, &[]).await;
    does_slowly(&world, put_away, 40);
    for _ in 0..2 {
        let planned = plan(&engine, snooze(), (1..=40).map(key).collect()).await;
        steer(&engine, planned.id, BulkStep::Start).await;
        until_run(&engine, |run| run.counts.done > 0).await;
        steer(&engine, planned.id, BulkStep::Stop).await;
        until_run(&engine, |run| run.state == BulkState::Stopped).await;
    }
    // The second took the place of the first, of which nobody says anything else.
    let left = engine.get_unfinished_bulk().await.unwrap();
    assert_eq!(left.len(), 1, "{left:?}");
    engine.forget_bulk(shown(&engine).await.id).await.unwrap();
    engine.forget_bulk(left[0].id).await.unwrap();
    assert_eq!(engine.get_unfinished_bulk().await.unwrap(), []);
    let current = shown(&engine).await;
    engine.shutdown().await;
    let engine = world.engine();
    session(&engine, is_signed_in).await;
    let left = engine.get_unfinished_bulk().await.unwrap();
    assert_eq!((left.len(), left[0].id), (1, current.id), "the one that is on the screen cannot be forgotten");
    engine.shutdown().await;
}

#[tokio::test]
async fn bulk_an_undo_is_stopped_as_any_other_and_told_after_a_restart_to_be_one() {
    let world = World::hushed().await;
    let engine = world.signed_in().await;
    let asleep = json!({
        "snooze": { "by": "Ben Berg", "reason": "Umbau", "since": "2026-01-01T00:00:00Z", "until": null }, "snoozedBy": "incident",
    });
    with_incidents(&world, &engine, 20, &vec![asleep; 20]).await;
    does(&world, &[wake], 20);
    for n in 1..=20 {
        world.scene().says(&put_away(n), Said::problem(503, "unavailable", None));
    }
    let planned = plan(&engine, BulkAction::Wake, (1..=20).map(key).collect()).await;
    steer(&engine, planned.id, BulkStep::Start).await;
    assert_eq!(ended(&engine).await.undoable, 20);
    world.scene().sync_status = 503;
    engine.sync_now().await.unwrap();
    until(&engine, |state| matches!(state, SyncState::Offline { .. })).await;
    steer(&engine, planned.id, BulkStep::Undo).await;
    let waits = ended(&engine).await;
    assert!(waits.undoes && waits.counts.waiting == 20, "{waits:?}");
    steer(&engine, waits.id, BulkStep::Stop).await;
    let stopped = shown(&engine).await;
    let left = stopped.counts.to_do;
    assert!(left > 0 && left + stopped.counts.waiting == 20, "{stopped:?}");
    engine.shutdown().await;
    let engine = world.engine();
    session(&engine, is_signed_in).await;
    let told = engine.get_unfinished_bulk().await.unwrap();
    assert_eq!(told, [UnfinishedRun { id: stopped.id, action: BulkAction::Wake, undoes: true, total: 20, not_begun: left }]);
    // Planned anew it would put incidents out of sight that the first has not brought back.
    assert_eq!(engine.resume_bulk(stopped.id).await.unwrap_err().kind, IpcErrorKind::NotFound);
    engine.forget_bulk(stopped.id).await.unwrap();
    assert_eq!(engine.get_unfinished_bulk().await.unwrap(), []);
    engine.shutdown().await;
}

#[tokio::test]
async fn bulk_what_was_not_begun_waits_for_its_author_while_somebody_else_is_signed_in() {
    let world = World::hushed().await;
    let engine = world.signed_in().await;
    with_incidents(&world, &engine, 40, &[]).await;
    does_slowly(&world, claim, 40);
    let planned = plan(&engine, BulkAction::Claim, (1..=40).map(key).collect()).await;
    steer(&engine, planned.id, BulkStep::Start).await;
    until_run(&engine, |run| run.counts.done > 0).await;
    steer(&engine, planned.id, BulkStep::Stop).await;
    let stopped = until_run(&engine, |run| run.state == BulkState::Stopped && run.counts.waiting == 0).await;
    assert_eq!(engine.get_outbox().await.unwrap(), []);
    world.scene().valid = "none that anybody has".into();
    world.scene().invalid_grant = true;
    engine.sync_now().await.unwrap();
    until(&engine, |state| matches!(state, SyncState::AccessEnded { .. })).await;
    world.scene().invalid_grant = false;
    world.scene().person = SOMEBODY_ELSE;
    assert!(is_signed_in(&bounded(engine.sign_in()).await.unwrap()));
    assert_eq!(engine.get_unfinished_bulk().await.unwrap(), [], "it is nobody's but its author's");
    engine.sign_out().await.unwrap();
    world.scene().person = PERSON;
    bounded(engine.sign_in()).await.unwrap();
    let left = engine.get_unfinished_bulk().await.unwrap();
    assert_eq!(left.iter().map(|run| run.not_begun).collect::<Vec<_>>(), [stopped.counts.to_do]);
    engine.shutdown().await;
}

#[tokio::test]
async fn bulk_stopped_at_any_moment_nothing_stays_that_was_never_tried() {
    let world = World::hushed().await;
    let engine = world.signed_in().await;
    with_incidents(&world, &engine, 20, &[]).await;
    world.scene().says(&claim(20), Said::problem(503, "unavailable", None).retry_after(300));
    world.scene().sync_status = 503;
    engine.sync_now().await.unwrap();
    until(&engine, |state| matches!(state, SyncState::Offline { .. })).await;
    // The service is left alone from now on: nothing else is tried.
    let first = plan(&engine, BulkAction::Claim, vec![key(20)]).await;
    steer(&engine, first.id, BulkStep::Start).await;
    eventually("one is tried", || world.scene().times(&claim(20)) > 0).await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    for moment in 0..64 {
        let planned = plan(&engine, BulkAction::Claim, (1..=19).map(key).collect()).await;
        steer(&engine, planned.id, BulkStep::Start).await;
        tokio::time::sleep(Duration::from_millis(moment / 8)).await;
        for _ in 0..moment % 8 {
            tokio::task::yield_now().await;
        }
        steer(&engine, planned.id, BulkStep::Stop).await;
        let stopped = until_run(&engine, |run| run.counts.under_way == 0).await;
        assert_eq!((stopped.counts.to_do, stopped.counts.waiting), (19, 0), "{moment}: {stopped:?}");
        assert_eq!(engine.get_outbox().await.unwrap().len(), 1);
        engine.close_bulk(stopped.id).await.unwrap();
    }
    engine.shutdown().await;
}

#[tokio::test]
async fn a28_of_a_lost_customer_nothing_is_said_not_to_have_been_begun() {
    let world = World::hushed().await;
    let engine = world.signed_in().await;
    with_incidents(&world, &engine, 20, &[]).await;
    does_slowly(&world, claim, 20);
    let planned = plan(&engine, BulkAction::Claim, (1..=20).map(key).collect()).await;
    steer(&engine, planned.id, BulkStep::Start).await;
    until_run(&engine, |run| run.counts.done > 0).await;
    engine.shutdown().await;
    let engine = world.engine();
    session(&engine, is_signed_in).await;
    until(&engine, |state| *state == SyncState::Current).await;
    assert_eq!(engine.get_unfinished_bulk().await.unwrap().len(), 1);
    let mut events = engine.subscribe();
    world.scene().news = vec![json!({ "customerGone": key(1).customer_id.to_string() })];
    sync(&world, &engine).await;
    let told = async {
        loop {
            while events.recv().await.unwrap() != EngineEvent::Bulk {}
            if engine.get_unfinished_bulk().await.unwrap().is_empty() {
                return;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(5), told).await.expect("the window is told once nothing is left");
    engine.shutdown().await;
}
