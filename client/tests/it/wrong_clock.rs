//! A desk whose clock is wrong, or was.

use std::time::Duration;

use serde_json::{Value, json};
use tenantry_client::app::Engine;
use tenantry_client::clock::SystemClock;
use tenantry_model::api::IncidentTab;
use tenantry_model::ipc::{ClockOff, IpcErrorKind, Session, SyncState};
use tenantry_model::time::Clock;

use crate::world::*;

const DAY: Duration = Duration::from_secs(86_400);

/// An incident that was resolved yesterday.
fn resolved() -> Value {
    let at = SystemClock.now().minus(DAY);
    json!({ "incident": {
        "row": {
            "number": "AAAAAA-000002", "customerId": CUSTOMER, "category": "hardware", "type": "camera_room", "severity": "critical",
            "status": "resolved", "rooms": [], "redactedRooms": 0, "problem": "Nebelhorn", "createdAt": at, "lastUpdated": at,
            "activeSince": at, "lastResolved": at, "lastClosed": null, "messages": 0, "lastMessageAt": null, "version": 1,
        },
        "description": "Es tutet", "action": "", "highImpact": false, "highImpactReason": null, "closedBy": null,
        "closureReason": null, "closureComment": null, "messages": [], "history": [],
    } })
}

async fn with_one_resolved() -> (World, Engine) {
    let world = World::hushed().await;
    let engine = world.signed_in().await;
    world.scene().news = vec![resolved()];
    sync(&world, &engine).await;
    assert_eq!(in_resolved(&engine).await, 1);
    (world, engine)
}

async fn in_resolved(engine: &Engine) -> u32 {
    listed(engine, IncidentTab::Resolved).await.unwrap().matches
}

async fn is_locked(engine: &Engine) -> bool {
    let freshness = dropdown(engine).await.unwrap().rows[0].freshness;
    assert_eq!(incidents(engine).await.unwrap().matches == 0, freshness.is_locked());
    freshness.is_locked()
}

async fn off_line(engine: &Engine) {
    until(engine, |state| matches!(state, SyncState::Offline { .. })).await;
}

#[tokio::test]
async fn fault_04_a_clock_that_was_ahead_for_a_while_empties_resolved_for_no_longer_than_that() {
    let (world, engine) = with_one_resolved().await;
    world.clock.advance(100 * DAY);
    // While it is wrong it is wrong: what counts is that it is looked at, and written down.
    in_resolved(&engine).await;
    sync(&world, &engine).await;
    world.clock.set_back(100 * DAY);
    assert_eq!(in_resolved(&engine).await, 1, "lists go by the clock as it is");
    engine.shutdown().await;
    let engine = world.engine();
    until(&engine, |state| *state == SyncState::Current).await;
    assert_eq!(in_resolved(&engine).await, 1, "after a restart");
    engine.shutdown().await;
}

#[tokio::test]
async fn a28_fault_04_days_go_on_after_a_clock_that_was_ahead_for_a_while() {
    let (mut world, engine) = with_one_resolved().await;
    world.clock.advance(100 * DAY);
    in_resolved(&engine).await;
    sync(&world, &engine).await;
    world.clock.set_back(100 * DAY);
    sync(&world, &engine).await;
    engine.shutdown().await;
    world.go_off_line();
    let engine = world.engine();
    off_line(&engine).await;
    assert!(!is_locked(&engine).await, "seven days have only begun");
    world.clock.advance(6 * DAY);
    assert!(!is_locked(&engine).await);
    world.clock.advance(2 * DAY);
    assert!(is_locked(&engine).await, "eight days of seven");
    engine.shutdown().await;
}

#[tokio::test]
async fn a28_fault_04_a_clock_that_is_ahead_at_the_last_contact_lengthens_nothing() {
    let (mut world, engine) = with_one_resolved().await;
    world.clock.advance(100 * DAY);
    sync(&world, &engine).await;
    engine.shutdown().await;
    world.go_off_line();
    world.clock.set_back(100 * DAY);
    world.clock.advance(8 * DAY);
    let engine = world.engine();
    off_line(&engine).await;
    assert!(is_locked(&engine).await, "eight days of seven");
    engine.shutdown().await;
}

fn clock_off(session: &Session) -> Option<ClockOff> {
    match session {
        Session::SignedIn { user, .. } => user.clock_off,
        session => panic!("{session:?}"),
    }
}

#[tokio::test]
async fn fault_04_a_clock_that_is_off_by_more_than_five_minutes_is_said_at_sign_in_with_both_times() {
    for (minutes, is_said) in [(4, false), (6, true)] {
        for is_ahead in [false, true] {
            let world = World::hushed().await;
            let by = Duration::from_secs(60 * minutes);
            if is_ahead {
                world.clock.advance(by)
            } else {
                world.clock.set_back(by)
            };
            let engine = world.engine();
            let off = clock_off(&engine.sign_in().await.unwrap());
            assert_eq!(off.is_some(), is_said, "{minutes} minutes, ahead: {is_ahead}");
            if let Some(ClockOff { here, service }) = off {
                assert_eq!(here, world.clock.now());
                let right = SystemClock.now();
                assert!(right.since(service).max(service.since(right)) < Duration::from_secs(60), "{service} is not {right}");
            }
            engine.shutdown().await;
        }
    }
}

#[tokio::test]
async fn fault_04_a_clock_that_was_set_right_is_no_longer_told_of() {
    let world = World::hushed().await;
    world.clock.advance(3_600 * Duration::from_secs(1));
    let engine = world.engine();
    assert!(clock_off(&engine.sign_in().await.unwrap()).is_some());
    until(&engine, |state| *state == SyncState::Current).await;
    world.clock.set_back(Duration::from_secs(3_600));
    // With the next contact it is compared again.
    world.scene().sync_status = 503;
    engine.sync_now().await.unwrap();
    off_line(&engine).await;
    world.scene().sync_status = 200;
    engine.sync_now().await.unwrap();
    for _ in 0..200 {
        if clock_off(&engine.get_session().await.unwrap()).is_none() {
            return engine.shutdown().await;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("still told of");
}

#[tokio::test]
async fn fault_23_an_id_token_that_does_not_hold_now_names_the_clock_and_both_times() {
    let now = SystemClock.now().micros() / 1_000_000;
    for claims in [json!({ "nbf": now + 3_600, "exp": now + 7_200 }), json!({ "exp": now - 3_600 })] {
        let world = World::new().await;
        world.scene().claims = claims.clone();
        let engine = world.engine();
        let error = engine.sign_in().await.unwrap_err();
        assert_eq!(error.kind, IpcErrorKind::WrongClock, "{claims}: {error}");
        let (here, hour) = (world.clock.now().to_string(), 13);
        assert!(error.message.contains("clock") && error.message.contains(&here[..hour]), "{error}");
        assert!(world.keychain.is_empty() && world.caches().is_empty());
        engine.shutdown().await;
    }
    // Clocks are never quite the same.
    for claims in [json!({ "nbf": now + 240 }), json!({ "exp": now - 240 })] {
        let world = World::new().await;
        world.scene().claims = claims;
        world.signed_in().await.shutdown().await;
    }
}
