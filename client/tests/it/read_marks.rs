//! What was read here is told to the service, once there is contact and once; what was read on another desk is read here.

use serde_json::json;
use tenantry_client::app::Engine;
use tenantry_model::ipc::{IncidentRef, ListRow, SeenMessages, SyncState};

use crate::world::*;

const TELLS: &str = "PUT me/read-marks";

async fn read(engine: &Engine) {
    let incident = IncidentRef { customer_id: CUSTOMER.parse().unwrap(), number: "AAAAAA-000001".parse().unwrap() };
    engine.mark_read(SeenMessages { incident, first: 1, last: 1 }).await.unwrap();
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
    assert_eq!(world.scene().times(TELLS), 0, "it was told without contact");

    // Closed and opened again meanwhile.
    let engine = world.engine();
    world.scene().sync_status = 200;
    engine.sync_now().await.unwrap();
    until(&engine, |state| *state == SyncState::Current).await;
    eventually("it is told", || world.scene().times(TELLS) == 1).await;
    let body = world.scene().heard.iter().find(|heard| heard.line == TELLS).unwrap().body.clone().unwrap();
    assert_eq!(body, json!({ "marks": [{ "customerId": CUSTOMER, "number": "AAAAAA-000001", "messages": 1 }] }));

    // Asked again and again, there is nothing more to tell; what is told next comes alone.
    sync(&world, &engine).await;
    read(&engine).await;
    sync(&world, &engine).await;
    engine.shutdown().await;
    assert_eq!(world.scene().times(TELLS), 1);
}

#[tokio::test]
async fn what_could_not_be_told_is_told_later_and_is_read_here_all_the_same() {
    let world = World::hushed().await;
    world.scene().says(TELLS, Said::problem(503, "unavailable", None));
    let engine = world.signed_in().await;
    read(&engine).await;
    eventually("it is tried", || world.scene().times(TELLS) == 1).await;
    assert_eq!(unread(&engine).await, [0]);
    world.scene().says(TELLS, Said::nothing());
    // Each sync is another chance.
    sync(&world, &engine).await;
    eventually("it is told", || world.scene().times(TELLS) == 2).await;
    sync(&world, &engine).await;
    engine.shutdown().await;
    assert_eq!(world.scene().times(TELLS), 2);
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
    sync(&world, &engine).await;
    engine.shutdown().await;
    assert_eq!(world.scene().times(TELLS), 0);
    assert!(world.scene().takes.iter().all(|takes| takes == "readMark"), "each sync says that it takes them");
}
