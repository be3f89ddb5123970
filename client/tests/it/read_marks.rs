//! What was read here is told to the service, once there is contact and once; what was read on another desk is read here.

use serde_json::json;
use tenantry_client::app::Engine;
use tenantry_model::ipc::{IncidentRef, ListRow, SeenMessages, SyncState};

use crate::world::*;

const TELLS: &str = "PUT me/read-marks";

async fn read(engine: &Engine) {
    read_of(engine, "AAAAAA-000001").await;
}

async fn read_of(engine: &Engine, number: &str) {
    let incident = IncidentRef { customer_id: CUSTOMER.parse().unwrap(), number: number.parse().unwrap() };
    engine.mark_read(SeenMessages { incident, first: 1, last: 1 }).await.unwrap();
}

/// What was told, in order: the numbers of each request, and how many messages.
fn told(world: &World) -> Vec<Vec<(String, u64)>> {
    let scene = world.scene();
    let marks = |body: &serde_json::Value| -> Vec<(String, u64)> {
        let marks = body["marks"].as_array().unwrap().iter();
        marks.map(|mark| (mark["number"].as_str().unwrap().to_owned(), mark["messages"].as_u64().unwrap())).collect()
    };
    scene.heard.iter().filter(|heard| heard.line == TELLS).map(|heard| marks(heard.body.as_ref().unwrap())).collect()
}

/// Reads another incident, and waits until that is told: what is still to be told of others comes along.
async fn read_another(world: &World, engine: &Engine) {
    let before = world.scene().times(TELLS);
    let row = json!({
        "number": "AAAAAA-000002", "customerId": CUSTOMER, "category": "hardware", "type": "camera_room", "severity": "critical",
        "status": "needs_action", "rooms": [], "redactedRooms": 0, "problem": "Rubihorn", "createdAt": "2026-01-01T00:00:00Z",
        "lastUpdated": "2026-01-01T00:00:00Z", "activeSince": "2026-01-01T00:00:00Z", "lastResolved": null, "lastClosed": null,
        "messages": 1, "lastMessageAt": null, "version": 1,
    });
    world.scene().news = vec![json!({ "incidentRow": row })];
    sync(world, engine).await;
    read_of(engine, "AAAAAA-000002").await;
    eventually("the other one is told", || world.scene().times(TELLS) > before).await;
}

async fn unread(engine: &Engine) -> Vec<u32> {
    let rows = incidents(engine).await.unwrap().rows;
    rows.iter().filter_map(|row| if let ListRow::Incident { unread, .. } = row { Some(*unread) } else { None }).collect()
}

#[tokio::test]
async fn what_was_read_without_contact_is_told_at_the_next_one_and_not_again() {
    let world = World::hushed().await;
    world.scene().says(TELLS, Said::nothing());
    let engine = world.signed_in().await;
    world.scene().sync_status = 503;
    engine.sync_now().await.unwrap();
    until(&engine, |state| matches!(state, SyncState::Offline { .. })).await;
    read(&engine).await;
    assert_eq!(unread(&engine).await, [0]);
    engine.shutdown().await;

    // Closed and opened again meanwhile.
    let engine = world.engine();
    world.scene().sync_status = 200;
    engine.sync_now().await.unwrap();
    until(&engine, |state| *state == SyncState::Current).await;
    eventually("it is told", || world.scene().times(TELLS) == 1).await;
    let body = world.scene().heard.iter().find(|heard| heard.line == TELLS).unwrap().body.clone().unwrap();
    assert_eq!(body, json!({ "marks": [{ "customerId": CUSTOMER, "number": "AAAAAA-000001", "messages": 1 }] }));

    // Read again, and asked again, there is nothing more to tell: what is told next comes alone.
    read(&engine).await;
    read_another(&world, &engine).await;
    engine.shutdown().await;
    let [one, two] = ["AAAAAA-000001", "AAAAAA-000002"].map(|number| vec![(number.to_owned(), 1)]);
    assert_eq!(told(&world), [one, two]);
}

#[tokio::test]
async fn what_could_not_be_told_is_told_later_and_is_read_here_all_the_same() {
    let world = World::hushed().await;
    world.scene().says(TELLS, Said::problem(503, "unavailable", None));
    let engine = world.signed_in().await;
    read(&engine).await;
    eventually("it is tried", || world.scene().times(TELLS) > 0).await;
    assert_eq!(unread(&engine).await, [0]);
    let tried = {
        let mut scene = world.scene();
        scene.says(TELLS, Said::nothing());
        scene.times(TELLS)
    };
    // Each sync is another chance.
    sync(&world, &engine).await;
    eventually("it is told", || world.scene().times(TELLS) > tried).await;
    read_another(&world, &engine).await;
    engine.shutdown().await;
    let [one, two] = ["AAAAAA-000001", "AAAAAA-000002"].map(|number| vec![(number.to_owned(), 1)]);
    let told = told(&world);
    assert!(told.len() == tried + 2 && told[..=tried].iter().all(|told| *told == one), "{told:?}");
    assert_eq!(told[tried + 1], two);
}

#[tokio::test]
async fn what_another_desk_read_is_read_here_and_not_told_back() {
    let world = World::hushed().await;
    world.scene().says(TELLS, Said::nothing());
    let engine = world.signed_in().await;
    assert_eq!(unread(&engine).await, [1]);
    world.scene().news = vec![json!({ "readMark": { "customerId": CUSTOMER, "number": "AAAAAA-000001", "messages": 1 } })];
    sync(&world, &engine).await;
    assert_eq!(unread(&engine).await, [0]);
    read_another(&world, &engine).await;
    engine.shutdown().await;
    assert_eq!(told(&world), [vec![("AAAAAA-000002".to_owned(), 1)]]);
    assert!(world.scene().takes.iter().all(|takes| takes == "readMark, savedViews"), "each sync says that it takes them");
}
