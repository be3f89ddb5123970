//! What cached answers say of a customer stands under the terms of its rows: deleted with them, and locked with them (A28).

use std::time::Duration;

use serde_json::{Value, json};
use tenantry_client::app::Engine;
use tenantry_model::ipc::{IpcError, IpcErrorKind, SyncState};

use crate::world::*;

const TENANTS: &str = "GET tenants";
const DAY: Duration = Duration::from_secs(86_400);
/// A customer that the sync does not name.
const UNNAMED: &str = "66666666-6666-4666-8666-666666666666";

fn admins_at(customer: &str) -> String {
    format!("GET customers/{customer}/primary-admins")
}

fn admins(name: &str) -> Said {
    Said::ok(json!({ "members": [{ "id": PERSON, "kind": "user", "displayName": name, "upn": null }], "users": 1 }))
}

fn tenants() -> Said {
    let row = json!({
        "id": CUSTOMER, "displayName": "Wolpertinger Werke", "domains": [], "status": "active", "invitation": null, "establishedAt": null,
    });
    Said::ok(json!({ "items": [row], "nextCursor": null }))
}

/// Signed in, with an answer at the customer's address and one of the own organisation.
async fn with_answers(world: &World) -> Engine {
    world.scene().says(&admins_at(CUSTOMER), admins("Rumpel Stilz"));
    world.scene().says(TENANTS, tenants());
    let engine = world.signed_in().await;
    assert_eq!(ask(&engine, CUSTOMER).await.unwrap(), "Rumpel Stilz");
    assert_eq!(engine.get_tenants().await.unwrap().value.len(), 1);
    engine
}

async fn ask(engine: &Engine, customer: &str) -> Result<String, IpcError> {
    Ok(engine.get_primary_admins(customer.parse().unwrap()).await?.value.members[0].display_name.clone())
}

/// The service answers nothing about relationships any more: what is answered now was kept.
fn fall_silent(world: &World) {
    for said in world.scene().said.values_mut() {
        *said = Said::problem(503, "unavailable", None);
    }
}

async fn kind(engine: &Engine, customer: &str) -> Option<IpcErrorKind> {
    ask(engine, customer).await.err().map(|error| error.kind)
}

fn customer_line(reset: bool, allowed: bool) -> Value {
    json!({ "customer": {
        "id": CUSTOMER, "displayName": "Wolpertinger Werke", "permissions": ["rooms.view"],
        "offline": { "allowed": allowed, "days": 7 }, "reset": reset,
    } })
}

#[tokio::test]
async fn kept_answers_go_with_a_customer_that_is_gone_and_so_do_those_that_name_it() {
    let world = World::hushed().await;
    let engine = with_answers(&world).await;
    fall_silent(&world);
    assert_eq!(ask(&engine, CUSTOMER).await.unwrap(), "Rumpel Stilz", "the check would see nothing");
    world.scene().news = vec![json!({ "customerGone": CUSTOMER })];
    sync(&world, &engine).await;
    assert_eq!(kind(&engine, CUSTOMER).await, Some(IpcErrorKind::Offline));
    assert_eq!(engine.get_tenants().await.unwrap_err().kind, IpcErrorKind::Offline);
    engine.shutdown().await;
}

#[tokio::test]
async fn kept_answers_go_when_rights_at_the_customer_changed_and_others_stay() {
    let world = World::hushed().await;
    let engine = with_answers(&world).await;
    fall_silent(&world);
    world.scene().news = vec![customer_line(false, true)];
    sync(&world, &engine).await;
    assert_eq!(ask(&engine, CUSTOMER).await.unwrap(), "Rumpel Stilz", "nothing was lost");
    world.scene().news = vec![customer_line(true, true)];
    sync(&world, &engine).await;
    assert_eq!(kind(&engine, CUSTOMER).await, Some(IpcErrorKind::Offline));
    assert_eq!(engine.get_tenants().await.unwrap().value.len(), 1);
    engine.shutdown().await;
}

#[tokio::test]
async fn an_answer_from_before_a_deletion_that_arrives_after_it_is_not_kept() {
    let world = World::hushed().await;
    let engine = with_answers(&world).await;
    let slow = Duration::from_millis(1_500);
    world.scene().says(&admins_at(CUSTOMER), admins("Rumpel Stilz").after(slow));
    sync(&world, &engine).await;
    let asked = world.scene().times(&admins_at(CUSTOMER));
    ask(&engine, CUSTOMER).await.unwrap();
    eventually("asked", || world.scene().times(&admins_at(CUSTOMER)) > asked).await;
    world.scene().news = vec![json!({ "customerGone": CUSTOMER })];
    world.scene().says(&admins_at(CUSTOMER), Said::problem(404, "not-found", None));
    sync(&world, &engine).await;
    tokio::time::sleep(slow).await;
    fall_silent(&world);
    assert_ne!(kind(&engine, CUSTOMER).await, None, "the answer from before came back");
    engine.shutdown().await;
}

#[tokio::test]
async fn a_refused_organisation_keeps_no_answers() {
    let world = World::hushed().await;
    let engine = with_answers(&world).await;
    fall_silent(&world);
    world.scene().sync_status = 403;
    engine.sync_now().await.unwrap();
    until(&engine, |state| matches!(state, SyncState::AccessEnded { .. })).await;
    assert_eq!(kind(&engine, CUSTOMER).await, Some(IpcErrorKind::Offline));
    assert_eq!(engine.get_tenants().await.unwrap_err().kind, IpcErrorKind::Offline);
    engine.shutdown().await;
}

#[tokio::test]
async fn a_refusal_of_the_organisation_to_any_question_reaches_the_sync() {
    let world = World::hushed().await;
    let engine = with_answers(&world).await;
    world.scene().says("GET partners", Said::problem(403, "tenant-refused", None));
    world.scene().sync_status = 403;
    assert_eq!(engine.get_partners().await.unwrap_err().kind, IpcErrorKind::Refused);
    until(&engine, |state| matches!(state, SyncState::AccessEnded { .. })).await;
    engine.shutdown().await;
}

#[tokio::test]
async fn kept_answers_are_unreadable_on_disk_and_gone_after_a_sign_out() {
    let world = World::hushed().await;
    let engine = with_answers(&world).await;
    for text in ["Rumpel", "Stilz", "primary-admins"] {
        assert!(!readable(&world, text), "{text} is readable on disk");
    }
    #[cfg(target_os = "linux")]
    let handles = tenantry_test_kit::Handles::watch(world.caches()[0].parent().unwrap()).unwrap();
    engine.sign_out().await.unwrap();
    #[cfg(target_os = "linux")]
    assert_eq!(handles.closed_too_late().unwrap().iter().filter(|name| !name.ends_with("-shm")).count(), 0, "erased while open");
    assert_eq!(world.caches(), Vec::<std::path::PathBuf>::new());
    fall_silent(&world);
    engine.sign_in().await.unwrap();
    until(&engine, |state| *state == SyncState::Current).await;
    assert_eq!(kind(&engine, CUSTOMER).await, Some(IpcErrorKind::Offline));
    engine.shutdown().await;
}

#[tokio::test]
async fn a28_answers_lock_with_their_customer_when_its_days_are_over() {
    let world = World::hushed().await;
    let engine = with_answers(&world).await;
    fall_silent(&world);
    world.scene().sync_status = 503;
    engine.sync_now().await.unwrap();
    until(&engine, |state| matches!(state, SyncState::Offline { .. })).await;
    assert_eq!(ask(&engine, CUSTOMER).await.unwrap(), "Rumpel Stilz");
    world.clock.advance(8 * DAY);
    assert_eq!(kind(&engine, CUSTOMER).await, Some(IpcErrorKind::Locked));
    // The names of customers are metadata (R28).
    assert_eq!(engine.get_tenants().await.unwrap().value.len(), 1);
    world.clock.set_back(8 * DAY);
    assert_eq!(kind(&engine, CUSTOMER).await, Some(IpcErrorKind::Locked), "a clock set back unlocked it");
    world.scene().sync_status = 200;
    sync(&world, &engine).await;
    until(&engine, |state| *state == SyncState::Current).await;
    assert_eq!(ask(&engine, CUSTOMER).await.unwrap(), "Rumpel Stilz");
    engine.shutdown().await;
}

#[tokio::test]
async fn a28_a_customer_that_allows_no_offline_reading_is_answered_by_the_service_alone_where_there_is_no_sync() {
    let world = World::hushed().await;
    world.scene().offline_allowed = false;
    let engine = with_answers(&world).await;
    world.scene().sync_status = 503;
    engine.sync_now().await.unwrap();
    until(&engine, |state| matches!(state, SyncState::Offline { .. })).await;
    // What the service says this very moment is not read off line.
    world.scene().says(&admins_at(CUSTOMER), admins("Heinz Elmann"));
    assert_eq!(ask(&engine, CUSTOMER).await.unwrap(), "Heinz Elmann");
    fall_silent(&world);
    assert_eq!(kind(&engine, CUSTOMER).await, Some(IpcErrorKind::Locked));
    engine.shutdown().await;
    let engine = world.engine();
    assert_eq!(kind(&engine, CUSTOMER).await, Some(IpcErrorKind::Locked), "a restart unlocked it");
    engine.shutdown().await;
}

#[tokio::test]
async fn a28_a_customer_of_unknown_terms_is_not_read_off_line_and_not_kept_over_a_restart() {
    let world = World::hushed().await;
    world.scene().says(&admins_at(UNNAMED), admins("Rumpel Stilz"));
    let engine = world.signed_in().await;
    assert_eq!(ask(&engine, UNNAMED).await.unwrap(), "Rumpel Stilz");
    fall_silent(&world);
    assert_eq!(ask(&engine, UNNAMED).await.unwrap(), "Rumpel Stilz", "on line it is kept");
    world.scene().sync_status = 503;
    engine.sync_now().await.unwrap();
    until(&engine, |state| matches!(state, SyncState::Offline { .. })).await;
    assert_eq!(kind(&engine, UNNAMED).await, Some(IpcErrorKind::Offline));
    engine.shutdown().await;
    world.scene().sync_status = 200;
    let engine = world.engine();
    until(&engine, |state| *state == SyncState::Current).await;
    assert_eq!(kind(&engine, UNNAMED).await, Some(IpcErrorKind::Offline), "it was kept over a restart");
    engine.shutdown().await;
}

#[tokio::test]
async fn without_a_keychain_answers_are_kept_in_memory_alone() {
    let world = World::hushed().await;
    world.keychain.fail(Some(tenantry_client::keychain::KeychainError::NoKeychain("none".into())));
    let engine = with_answers(&world).await;
    fall_silent(&world);
    sync(&world, &engine).await;
    assert_eq!(ask(&engine, CUSTOMER).await.unwrap(), "Rumpel Stilz");
    assert!(world.caches().is_empty() && !readable(&world, "Rumpel"));
    engine.shutdown().await;
}
