//! The signals of a room, as whoever sees the room reads them.

use std::time::Duration;

use serde_json::json;
use tenantry_model::api::signals::{RoomSignal, RoomSignals};
use tenantry_model::api::{Reading, SignalState};
use tenantry_model::incident::{IncidentRow, IncidentStatus, IncidentType};
use tenantry_model::permission::Permission;
use tenantry_model::signal::SignalId;
use tenantry_model::time::Clock;
use tenantry_test_kit::Change;

use super::World;

const HOUR: Duration = Duration::from_secs(60 * 60);

impl World {
    async fn signals(&self, who: &str, room: &str) -> Vec<RoomSignal> {
        self.get(who, &format!("{}/signals", self.room_path(room))).await.json::<RoomSignals>().signals
    }

    async fn reports(&self, room: &str, readings: &[(SignalId, Option<&str>, SignalState)]) {
        let readings = readings
            .iter()
            .map(|(signal, instance, state)| Reading { signal: *signal, instance: instance.map(str::to_owned), state: *state })
            .collect();
        self.apply(vec![Change::ReportSignals { room: self.room(room), readings, occupied: None }]).await;
    }
}

#[tokio::test]
async fn r75_r76_the_signals_of_a_room_say_how_they_stand_since_when_and_by_which_incident() {
    use SignalState::{Failing, Healthy};
    let world = World::related().await;
    assert_eq!(world.signals("ann", "a1").await, [], "none has failed");
    world.reports("a1", &[(SignalId::DisplayFrontOfRoom, Some("Display 2"), Failing), (SignalId::TimeDrift, None, Healthy)]).await;
    let failed = world.app.clock.now();
    let [display] = &*world.signals("ann", "a1").await else { panic!("one has failed") };
    assert_eq!((display.signal, display.instance.as_deref()), (SignalId::DisplayFrontOfRoom, Some("Display 2")));
    assert_eq!((display.state, display.since, display.incident), (Failing, failed, None), "within its watch time it has no incident");

    world.app.clock.advance(HOUR / 2);
    world.reports("a1", &[(SignalId::SignInTeams, None, Failing)]).await;
    let signals = world.signals("ann", "a1").await;
    assert_eq!(signals.iter().map(|it| it.signal).collect::<Vec<_>>(), [SignalId::SignInTeams, SignalId::DisplayFrontOfRoom]);
    assert_eq!(signals[0].instance, None);
    let incident = signals[1].incident.expect("it has failed for longer than its watch time");
    assert_eq!((signals[1].since, incident.status), (failed, IncidentStatus::NeedsAction));
    let whole: serde_json::Value = world.get("ann", &format!("/v1/customers/{}/incidents/{}", world.alpha, incident.number)).await.json();
    let row: IncidentRow = serde_json::from_value(whole["row"].clone()).unwrap();
    assert_eq!((row.kind, row.last_updated), (IncidentType::Signal(SignalId::DisplayFrontOfRoom), incident.last_updated));

    world.app.clock.advance(HOUR / 2);
    world.reports("a1", &[(SignalId::DisplayFrontOfRoom, Some("Display 2"), Healthy)]).await;
    let well = world.signals("ann", "a1").await.remove(1);
    assert_eq!((well.state, well.since), (Healthy, world.app.clock.now()));
    let resolved = well.incident.unwrap();
    assert_eq!((resolved.number, resolved.status), (incident.number, IncidentStatus::Resolved), "one incident for ever (A12)");
    assert_eq!(world.signals("ann", "a2").await, [], "another room's");
}

#[tokio::test]
async fn r57_a_signals_incident_is_named_to_who_sees_incidents_in_that_room() {
    let world = World::related().await;
    world.reports("a1", &[(SignalId::DiskHealth, None, SignalState::Failing)]).await;
    let named = async |who: &str| world.signals(who, "a1").await.iter().map(|it| it.incident.is_some()).collect::<Vec<_>>();
    assert_eq!(named("ann").await, [true]);
    world.role("ann", world.alpha, "Lookers", &[Permission::RoomsView], &["cleo"], json!({ "kind": "all" })).await;
    world.role("ann", world.alpha, "Elsewhere", &[Permission::TicketsView], &["cleo"], world.scope(&["a2"])).await;
    assert_eq!(named("cleo").await, [false], "the room by one assignment, incidents of another room by the other");
    world.role("ann", world.alpha, "Here", &[Permission::TicketsView], &["cleo"], world.scope(&["a1"])).await;
    assert_eq!(named("cleo").await, [true]);
    world.apply(vec![Change::UnenrolRoom { room: world.room("a1") }]).await;
    world.get("ann", &format!("{}/signals", world.room_path("a1"))).await.hidden("no longer managed (R68)");
}
