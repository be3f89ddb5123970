//! Without contact: what the engine still shows, and what it no longer does (A28).

use std::time::Duration;

use tenantry_model::ipc::{Freshness, IncidentRef, IpcErrorKind, SeenMessages, SyncState};

use crate::world::*;

const DAY: Duration = Duration::from_secs(86_400);

fn key() -> IncidentRef {
    IncidentRef { customer_id: CUSTOMER.parse().unwrap(), number: "AAAAAA-000001".parse().unwrap() }
}

#[tokio::test]
async fn a28_rows_lock_when_the_days_are_over_also_after_a_restart_and_with_the_clock_set_back() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    world.scene().sync_status = 503;
    engine.sync_now().await.unwrap();
    until(&engine, |state| matches!(state, SyncState::Offline { .. })).await;
    let page = incidents(&engine).await.unwrap();
    assert_eq!((page.matches, page.unreliable_total), (1, 1));
    assert!(matches!(page.unreliable[0].freshness, Freshness::Stale { .. }));
    world.clock.advance(8 * DAY);
    let page = incidents(&engine).await.unwrap();
    assert_eq!((page.matches, page.counters.all), (0, 0));
    assert!(matches!(page.unreliable[0].freshness, Freshness::Locked { .. }));
    assert_eq!(engine.get_incident(key()).await.unwrap_err().kind, IpcErrorKind::Locked);
    world.clock.set_back(8 * DAY);
    assert_eq!(incidents(&engine).await.unwrap().matches, 0, "a clock set back unlocked rows");
    engine.shutdown().await;
    let engine = world.engine();
    assert_eq!(incidents(&engine).await.unwrap().matches, 0, "a restart unlocked rows");
    // Contact unlocks them.
    world.scene().sync_status = 200;
    engine.sync_now().await.unwrap();
    until(&engine, |state| *state == SyncState::Current).await;
    assert_eq!(incidents(&engine).await.unwrap().matches, 1);
    engine.shutdown().await;
}

#[tokio::test]
async fn a28_a_customer_that_allows_no_offline_reading_is_locked_as_soon_as_contact_is_lost_and_at_the_start() {
    let mut world = World::new().await;
    world.scene().offline_allowed = false;
    let engine = world.signed_in().await;
    assert_eq!(incidents(&engine).await.unwrap().matches, 1);
    world.scene().sync_status = 503;
    engine.sync_now().await.unwrap();
    until(&engine, |state| matches!(state, SyncState::Offline { .. })).await;
    assert_eq!(incidents(&engine).await.unwrap().matches, 0);
    assert_eq!(dropdown(&engine).await.unwrap().rows[0].open, None);
    engine.shutdown().await;
    world.go_off_line();
    let engine = world.engine();
    assert_eq!(incidents(&engine).await.unwrap().matches, 0);
    engine.shutdown().await;
}

#[tokio::test]
async fn generations_only_rise() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    let mut last = incidents(&engine).await.unwrap().generation;
    engine.mark_read(SeenMessages { incident: key(), first: 1, last: 9 }).await.unwrap();
    let read = incidents(&engine).await.unwrap();
    assert!(read.generation > last);
    last = read.generation;
    engine.sign_out().await.unwrap();
    engine.sign_in().await.unwrap();
    until(&engine, |state| *state == SyncState::Current).await;
    assert!(incidents(&engine).await.unwrap().generation > last, "a sign-out turned the generation back");
    engine.shutdown().await;
}

#[test]
fn an_engine_that_is_started_outside_any_runtime_has_its_own() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let world = runtime.block_on(World::new());
    let engine = world.engine();
    assert_eq!(runtime.block_on(incidents(&engine)).unwrap_err().kind, IpcErrorKind::SignedOut);
    runtime.block_on(engine.shutdown());
}
