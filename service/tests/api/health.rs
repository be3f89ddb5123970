//! Health of rooms, as whoever sees them reads it: what a device reports, what follows, and the end of it (R68–R70, A13).

use std::time::Duration;

use serde_json::json;
use tenantry_model::api::{IncidentPage, Reading, RoomPage, SignalState};
use tenantry_model::incident::IncidentStatus;
use tenantry_model::room::{Health, Room};
use tenantry_model::signal::SignalId;
use tenantry_test_kit::Change;

use crate::relations::World;
use crate::support::as_the_service_reads_it;

const HOUR: Duration = Duration::from_secs(60 * 60);

/// The device of a1 reports, and again after the longest watch time.
async fn report(world: &World, signals: &[(SignalId, SignalState)]) {
    for _ in 0..2 {
        let readings = signals.iter().map(|(signal, state)| Reading { signal: *signal, instance: None, state: *state }).collect();
        world.apply(vec![Change::ReportSignals { room: world.room("a1"), readings, occupied: None }]).await;
        world.app.clock.advance(HOUR / 2);
    }
}

async fn room(world: &World) -> Option<Room> {
    let page: RoomPage = world.get("ann", &format!("/v1/customers/{}/rooms", world.alpha)).await.json();
    page.items.into_iter().find(|it| it.id == world.room("a1"))
}

async fn open(world: &World) -> Vec<String> {
    let page: IncidentPage = world.get("ann", &format!("/v1/customers/{}/incidents", world.alpha)).await.json();
    let mut kinds: Vec<String> =
        page.items.iter().filter(|it| it.rooms.iter().any(|it| it.id == world.room("a1"))).map(|it| it.kind.as_str().to_owned()).collect();
    kinds.sort();
    kinds
}

#[tokio::test]
async fn r69_r70_an_important_incident_makes_a_room_unhealthy_and_a_warning_only_marks_it() {
    use SignalState::{Failing, Healthy};
    let world = World::related().await;
    let before = open(&world).await.len();
    report(&world, &[(SignalId::AppVersion, Failing), (SignalId::DiskHealth, Healthy)]).await;
    let warned = room(&world).await.unwrap();
    assert_eq!((open(&world).await.len(), warned.health, warned.has_warnings), (before + 1, Health::Healthy, true));
    report(&world, &[(SignalId::AppVersion, Failing), (SignalId::DiskHealth, Failing)]).await;
    let failing = room(&world).await.unwrap();
    assert_eq!((open(&world).await.len(), failing.health, failing.has_warnings), (before + 2, Health::Unhealthy, true));
    report(&world, &[(SignalId::AppVersion, Healthy), (SignalId::DiskHealth, Healthy)]).await;
    let well = room(&world).await.unwrap();
    assert_eq!((open(&world).await.len(), well.health, well.has_warnings), (before, Health::Healthy, false));
}

#[tokio::test]
async fn r68_an_unenrolled_room_has_no_incidents_any_more_and_raises_none() {
    let world = World::related().await;
    let broken = [(SignalId::DiskHealth, SignalState::Failing)];
    report(&world, &broken).await;
    assert!(open(&world).await.contains(&"disk_health".to_owned()));
    world.apply(vec![Change::UnenrolRoom { room: world.room("a1") }]).await;
    assert!(!open(&world).await.contains(&"disk_health".to_owned()), "its incident is over");
    assert_eq!(room(&world).await, None);
    let readings = vec![Reading { signal: SignalId::LowDiskSpace, instance: None, state: SignalState::Failing }];
    for _ in 0..2 {
        let report = as_the_service_reads_it(&Change::ReportSignals { room: world.room("a1"), readings: readings.clone(), occupied: None });
        // Whether the report is refused or ignored, nothing comes of it.
        let mut tx = world.app.store.write().await.unwrap();
        let random = tenantry_service::random::SeededRandom::new(9);
        if tenantry_service::domain::estate_change::apply(&mut tx, report, &random).await.is_ok() {
            tx.commit().await.unwrap();
        }
        world.app.clock.advance(HOUR);
    }
    assert!(!open(&world).await.contains(&"low_disk_space".to_owned()));
}

#[tokio::test]
async fn a13_three_states_are_active_and_each_can_be_asked_for() {
    let active: Vec<&str> = IncidentStatus::ALL.iter().filter(|it| it.is_active()).map(|it| it.as_str()).collect();
    assert_eq!(active, ["needs_action", "assigned_to_service", "pending_investigation"]);
    let world = World::related().await;
    for status in active {
        let page: IncidentPage = world.get("ann", &format!("/v1/incidents?status={status}")).await.json();
        assert_eq!(page.items.len(), if status == "needs_action" { 2 } else { 0 }, "{status}");
    }
    world.get("ann", "/v1/incidents?status=assigned_to_microsoft").await.bad("the former word");
    assert_eq!(json!(IncidentStatus::AssignedToService), json!("assigned_to_service"));
}
