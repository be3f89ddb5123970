//! How the signals of a room stand, and what happened in it: asked when it is opened, kept for when the service is out of reach, and withheld as its customer's terms say.

use serde_json::json;
use tenantry_model::ipc::{IncidentRef, IpcErrorKind, RoomKey, SyncState};
use tenantry_model::signal::SignalId;

use crate::world::*;

const ROOM: &str = "018f4e2a-7c1b-7d3e-9a4f-2b6c8d0e1f99";

#[tokio::test]
async fn signals_that_were_asked_for_are_there_off_line_and_others_are_said_to_be_missing() {
    let mut world = World::hushed().await;
    let signals = json!({ "signals": [{
        "signal": "hdmi_ingest", "instance": "HDMI 2", "state": "failing", "since": "2026-03-01T07:00:00Z",
        "incident": { "number": "AAAAAA-000001", "status": "needs_action", "lastUpdated": "2026-03-01T07:10:00Z" }
    }] });
    world.scene().says(&format!("GET customers/{CUSTOMER}/rooms/{ROOM}/signals"), Said::ok(signals));
    let engine = world.signed_in().await;
    let key = RoomKey { customer_id: CUSTOMER.parse().unwrap(), id: ROOM.parse().unwrap() };
    let asked = engine.get_room_signals(key).await.unwrap();
    let told = &asked.value.signals[0];
    assert_eq!((told.signal, told.instance.as_deref(), asked.current), (SignalId::HdmiIngest, Some("HDMI 2"), true));
    engine.shutdown().await;
    world.go_off_line();
    let engine = world.engine();
    until(&engine, |state| matches!(state, SyncState::Offline { .. })).await;
    let kept = engine.get_room_signals(key).await.unwrap();
    assert_eq!((&kept.value, kept.current), (&asked.value, false));
    let other = RoomKey { id: CUSTOMER.parse().unwrap(), ..key };
    assert_eq!(engine.get_room_signals(other).await.unwrap_err().kind, IpcErrorKind::Offline);
    engine.shutdown().await;
}

#[tokio::test]
async fn r113_events_that_were_asked_for_are_there_off_line() {
    let mut world = World::hushed().await;
    let event = json!({
        "id": ROOM, "roomId": ROOM, "at": "2026-03-01T07:00:00Z", "kind": "poor_call", "problem": "audio", "durationS": 60,
        "issue": "AAAAAA-000001", "notKnownYet": true
    });
    let at = format!("customers/{CUSTOMER}");
    world.scene().says(&format!("GET {at}/rooms/{ROOM}/events?limit=200"), Said::ok(json!({ "items": [event], "nextCursor": "more" })));
    world.scene().says(&format!("GET {at}/incidents/AAAAAA-000001/events"), Said::ok(json!({ "events": [event] })));
    let engine = world.signed_in().await;
    let key = RoomKey { customer_id: CUSTOMER.parse().unwrap(), id: ROOM.parse().unwrap() };
    let issue = IncidentRef { customer_id: key.customer_id, number: "AAAAAA-000001".parse().unwrap() };
    let asked = engine.get_room_events(key).await.unwrap().value;
    assert_eq!((asked.items[0].duration_s, asked.items[0].issue, asked.next_cursor.is_some()), (Some(60), Some(issue.number), true));
    let of_issue = engine.get_incident_events(issue).await.unwrap().value;
    assert_eq!(of_issue.events, asked.items);
    engine.shutdown().await;
    world.go_off_line();
    let engine = world.engine();
    until(&engine, |state| matches!(state, SyncState::Offline { .. })).await;
    assert_eq!(engine.get_room_events(key).await.unwrap().value, asked);
    assert_eq!(engine.get_incident_events(issue).await.unwrap().value, of_issue);
    engine.shutdown().await;
}
