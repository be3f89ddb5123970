//! Incidents of which the desk keeps the row alone, or nothing (A40).

use std::time::Duration;

use serde_json::{Value, json};
use tenantry_client::app::{Engine, EngineEvent};
use tenantry_model::api::IncidentTab;
use tenantry_model::ipc::{IncidentDetail, IncidentRef, IncidentRest, IpcError, IpcErrorKind, SyncState};
use tenantry_model::time::{Clock, Timestamp};

use crate::world::*;

const DAY: Duration = Duration::from_secs(86_400);
const ASKED: &str = "GET customers/33333333-3333-4333-8333-333333333333/incidents/AAAAAA-000002";

fn key() -> IncidentRef {
    IncidentRef { customer_id: CUSTOMER.parse().unwrap(), number: "AAAAAA-000002".parse().unwrap() }
}

fn row(resolved: Timestamp, version: u64) -> Value {
    json!({
        "number": "AAAAAA-000002", "customerId": CUSTOMER, "category": "hardware", "type": "camera_room", "severity": "critical",
        "status": "resolved", "rooms": [], "redactedRooms": 0, "problem": "Alphorn", "createdAt": resolved, "lastUpdated": resolved,
        "activeSince": resolved, "lastResolved": resolved, "lastClosed": null, "messages": 1, "lastMessageAt": resolved, "version": version,
    })
}

fn whole(row: Value) -> Value {
    json!({
        "row": row, "description": "Es tutet nicht", "action": "", "highImpact": false, "highImpactReason": null, "closedBy": null,
        "closureReason": null, "closureComment": null, "history": [],
        "messages": [{ "at": "2026-01-01T00:00:00Z", "author": null, "text": "Hinein geblasen?", "assignedToService": false }],
    })
}

/// An engine that keeps the row of an incident, which was resolved 40 days ago.
async fn with_row(world: &World) -> (Engine, Value) {
    let row = row(world.clock.now().minus(40 * DAY), 3);
    let engine = world.signed_in().await;
    world.scene().news.push(json!({ "incidentRow": row }));
    sync(world, &engine).await;
    (engine, row)
}

async fn open(engine: &Engine) -> Result<IncidentDetail, IpcError> {
    engine.get_incident(key()).await
}

fn rest(detail: &Result<IncidentDetail, IpcError>) -> IncidentRest {
    detail.as_ref().unwrap().rest
}

/// Waits until the window is told to ask for the incident again.
async fn told(events: &mut tokio::sync::broadcast::Receiver<EngineEvent>) {
    let wait = async {
        loop {
            if let EngineEvent::Data(change) = events.recv().await.unwrap()
                && change.touched.is_some_and(|touched| touched.incidents == [key()])
            {
                return;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(10), wait).await.expect("the window was never told");
}

#[tokio::test]
async fn fault_9_20_the_row_is_shown_at_once_and_the_rest_is_asked_for_once_and_kept() {
    let mut world = World::hushed().await;
    let (engine, row) = with_row(&world).await;
    world.scene().says(ASKED, Said::ok(whole(row)).after(Duration::from_millis(50)));
    let mut events = engine.subscribe();
    for _ in 0..3 {
        let seen = open(&engine).await;
        assert_eq!((rest(&seen), seen.unwrap().incident.row.problem.as_str()), (IncidentRest::Coming, "Alphorn"));
    }
    told(&mut events).await;
    let seen = open(&engine).await.unwrap();
    assert_eq!((seen.rest, seen.incident.description.as_str(), seen.incident.messages.len()), (IncidentRest::Here, "Es tutet nicht", 1));
    assert_eq!(world.scene().times(ASKED), 1);
    engine.shutdown().await;
    // Kept: it is there without a network, and after a restart.
    world.go_off_line();
    let engine = world.engine();
    assert_eq!(rest(&open(&engine).await), IncidentRest::Here);
    engine.shutdown().await;
}

#[tokio::test]
async fn fault_9_20_without_contact_the_row_is_there_and_the_rest_is_asked_for_when_contact_comes_back() {
    let world = World::hushed().await;
    let (engine, row) = with_row(&world).await;
    world.scene().says(ASKED, Said::ok(whole(row)));
    world.scene().sync_status = 503;
    engine.sync_now().await.unwrap();
    until(&engine, |state| matches!(state, SyncState::Offline { .. })).await;
    for _ in 0..2 {
        assert_eq!(rest(&open(&engine).await), IncidentRest::OffLine);
    }
    assert_eq!(world.scene().times(ASKED), 0);
    assert_eq!(listed_resolved(&engine).await, 0, "the list of 7 days does not have it");
    world.scene().sync_status = 200;
    engine.sync_now().await.unwrap();
    until(&engine, |state| *state == SyncState::Current).await;
    let mut events = engine.subscribe();
    assert_eq!(rest(&open(&engine).await), IncidentRest::Coming);
    told(&mut events).await;
    assert_eq!(rest(&open(&engine).await), IncidentRest::Here);
    engine.shutdown().await;
}

async fn listed_resolved(engine: &Engine) -> u32 {
    listed(engine, IncidentTab::Resolved).await.unwrap().matches
}

#[tokio::test]
async fn fault_9_20_a_failure_is_told_and_does_not_set_off_the_next_try() {
    let world = World::hushed().await;
    let (engine, row) = with_row(&world).await;
    world.scene().says(ASKED, Said::problem(503, "unavailable", None));
    let mut events = engine.subscribe();
    assert_eq!(rest(&open(&engine).await), IncidentRest::Coming);
    told(&mut events).await;
    for _ in 0..5 {
        assert_eq!(rest(&open(&engine).await), IncidentRest::Failed);
    }
    // Something changes elsewhere.
    let mut other_row = row.clone();
    other_row["number"] = "AAAAAA-000003".into();
    world.scene().news.push(json!({ "incidentRow": other_row }));
    sync(&world, &engine).await;
    assert_eq!(rest(&open(&engine).await), IncidentRest::Failed);
    assert_eq!(world.scene().times(ASKED), 1);
    engine.retry_incident(key()).await.unwrap();
    assert_eq!(rest(&open(&engine).await), IncidentRest::Coming, "the user said so");
    told(&mut events).await;
    assert_eq!((rest(&open(&engine).await), world.scene().times(ASKED)), (IncidentRest::Failed, 2));
    // Contact made anew: it is tried again.
    world.scene().says(ASKED, Said::ok(whole(row)));
    for status in [503, 200] {
        world.scene().sync_status = status;
        engine.sync_now().await.unwrap();
        until(&engine, |state| (*state == SyncState::Current) == (status == 200)).await;
    }
    let mut kept = rest(&open(&engine).await);
    while kept != IncidentRest::Here {
        told(&mut events).await;
        kept = rest(&open(&engine).await);
    }
    assert_eq!(world.scene().times(ASKED), 3);
    engine.shutdown().await;
}

#[tokio::test]
async fn fault_9_20_what_the_service_refuses_is_said() {
    let world = World::hushed().await;
    let (engine, _) = with_row(&world).await;
    for (status, problem, kind) in [(404, "not-found", IpcErrorKind::NotFound), (403, "forbidden", IpcErrorKind::Refused)] {
        world.scene().says(ASKED, Said::problem(status, problem, None));
        let mut events = engine.subscribe();
        assert_eq!(rest(&open(&engine).await), IncidentRest::Coming);
        told(&mut events).await;
        match kind {
            IpcErrorKind::NotFound => assert_eq!(open(&engine).await.unwrap_err().kind, kind),
            // Until the sync says otherwise, the row may be seen.
            _ => assert_eq!(rest(&open(&engine).await), IncidentRest::Failed),
        }
        // Something changes.
        world.scene().news.push(json!({ "incidentRow": row(world.clock.now().minus(41 * DAY), u64::from(status)) }));
        sync(&world, &engine).await;
    }
    engine.shutdown().await;
}

#[tokio::test]
async fn fault_9_20_a_newer_version_than_the_row_is_not_kept_beside_it() {
    let world = World::hushed().await;
    let (engine, old) = with_row(&world).await;
    let mut newer = old.clone();
    newer["version"] = 4.into();
    world.scene().says(ASKED, Said::ok(whole(newer.clone())));
    world.scene().news.push(json!({ "incidentRow": newer }));
    let mut events = engine.subscribe();
    assert_eq!(rest(&open(&engine).await), IncidentRest::Coming);
    // The sync is woken, brings the newer row, and that one's rest is kept.
    let mut seen = open(&engine).await.unwrap();
    while seen.rest != IncidentRest::Here {
        told(&mut events).await;
        seen = open(&engine).await.unwrap();
    }
    assert_eq!((seen.incident.row.version, seen.incident.messages.len()), (4, 1));
    engine.shutdown().await;
}

#[tokio::test]
async fn fault_9_20_what_is_not_kept_at_all_is_shown_on_line_and_not_kept() {
    let world = World::hushed().await;
    let engine = world.signed_in().await;
    let row = row(world.clock.now().minus(400 * DAY), 3);
    assert_eq!(open(&engine).await.unwrap_err().kind, IpcErrorKind::NotFound, "the service does not know it");
    world.scene().says(ASKED, Said::ok(whole(row)));
    assert_eq!(open(&engine).await.unwrap_err().kind, IpcErrorKind::NotFound, "what it refused is not asked again at once");
    assert_eq!(world.scene().times(ASKED), 1);
    engine.retry_incident(key()).await.unwrap();
    for _ in 0..3 {
        let seen = open(&engine).await.unwrap();
        assert_eq!((seen.rest, seen.incident.messages.len(), seen.customer_name.as_str()), (IncidentRest::Here, 1, "Wolpertinger Werke"));
    }
    assert_eq!(world.scene().times(ASKED), 2, "a window that asks at each change asks the service once");
    engine.retry_incident(key()).await.unwrap();
    let (one, other) = tokio::join!(open(&engine), open(&engine));
    assert!(one.is_ok() && other.is_ok());
    assert_eq!(world.scene().times(ASKED), 3, "it is not kept, and two who ask at once take one answer");
    // The sync says that it is gone, though it was never here: it is not shown on.
    world.scene().says(ASKED, Said::problem(404, "not-found", None));
    world.scene().news.push(json!({ "incidentGone": { "customerId": CUSTOMER, "number": "AAAAAA-000002" } }));
    sync(&world, &engine).await;
    assert_eq!(open(&engine).await.unwrap_err().kind, IpcErrorKind::NotFound);
    let foreign = IncidentRef { customer_id: TENANT.parse().unwrap(), ..key() };
    assert_eq!(engine.get_incident(foreign).await.unwrap_err().kind, IpcErrorKind::NotFound);
    assert_eq!(world.scene().times(&ASKED.replace(CUSTOMER, TENANT)), 0, "of a customer that is not here nothing is asked");
    world.scene().sync_status = 503;
    engine.sync_now().await.unwrap();
    until(&engine, |state| matches!(state, SyncState::Offline { .. })).await;
    assert_eq!(open(&engine).await.unwrap_err().kind, IpcErrorKind::Offline);
    // A28: terms come first.
    world.clock.advance(8 * DAY);
    assert_eq!(open(&engine).await.unwrap_err().kind, IpcErrorKind::Locked);
    engine.shutdown().await;
}
