//! Cached answers: at once, asked again meanwhile, and told of where there is something to see.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tenantry_client::app::{Engine, EngineEvent};
use tenantry_model::api::TenantRow;
use tenantry_model::ipc::{Cached, IpcError, IpcErrorKind, SyncState};
use tokio::sync::broadcast::Receiver;

use crate::world::*;

const TENANTS: &str = "GET tenants";
/// What is said to the first page of all.
const ASKED: &str = "GET tenants?limit=200";
const SLOW: Duration = Duration::from_millis(600);

fn rows(names: &[&str]) -> Said {
    let rows: Vec<Value> = names.iter().map(|name| row(name)).collect();
    Said::ok(json!({ "items": rows, "nextCursor": null }))
}

fn row(name: &str) -> Value {
    json!({ "id": CUSTOMER, "displayName": name, "domains": [], "status": "active", "invitation": null, "establishedAt": null })
}

fn names(seen: &Cached<Vec<TenantRow>>) -> Vec<&str> {
    seen.value.iter().map(|row| row.display_name.as_str()).collect()
}

async fn told(events: &mut Receiver<EngineEvent>) {
    let wait = async { while !matches!(events.recv().await, Ok(EngineEvent::Relations)) {} };
    tokio::time::timeout(Duration::from_secs(10), wait).await.expect("the window was never told");
}

fn count(events: &mut Receiver<EngineEvent>) -> usize {
    drain(events).into_iter().filter(|event| *event == EngineEvent::Relations).count()
}

/// Asks until the answer is current.
async fn current(engine: &Engine) -> Cached<Vec<TenantRow>> {
    for _ in 0..200 {
        let seen = engine.get_tenants().await.unwrap();
        if seen.current {
            return seen;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("never current");
}

#[tokio::test]
async fn a_kept_answer_is_there_at_once_and_the_window_is_told_when_the_service_says_something_else() {
    let world = World::hushed().await;
    world.scene().says(TENANTS, rows(&["Alt AG"]));
    let engine = world.signed_in().await;
    let first = engine.get_tenants().await.unwrap();
    assert_eq!((names(&first), first.current), (vec!["Alt AG"], true));
    world.clock.advance(Duration::from_secs(60));
    sync(&world, &engine).await;
    world.scene().says(TENANTS, rows(&["Neu AG"]).after(SLOW));
    let mut events = engine.subscribe();
    let asked = Instant::now();
    let kept = engine.get_tenants().await.unwrap();
    assert!(asked.elapsed() < SLOW / 2, "it waited for the service");
    assert_eq!((names(&kept), kept.current, kept.as_of), (vec!["Alt AG"], false, first.as_of));
    told(&mut events).await;
    assert!(asked.elapsed() >= SLOW);
    let now = engine.get_tenants().await.unwrap();
    assert_eq!((names(&now), now.current), (vec!["Neu AG"], true));
    assert!(now.as_of > first.as_of);
    engine.shutdown().await;
}

#[tokio::test]
async fn an_answer_that_is_confirmed_is_told_of_once() {
    let world = World::hushed().await;
    world.scene().says(TENANTS, rows(&["Alt AG"]));
    let engine = world.signed_in().await;
    let first = engine.get_tenants().await.unwrap();
    sync(&world, &engine).await;
    world.clock.advance(Duration::from_secs(60));
    let mut events = engine.subscribe();
    assert!(!engine.get_tenants().await.unwrap().current);
    told(&mut events).await;
    let confirmed = engine.get_tenants().await.unwrap();
    assert!(confirmed.current, "told of, and not confirmed");
    assert!(confirmed.as_of > first.as_of, "when it was confirmed is forgotten");
    // Asked again after a while without a nudge: what is shown is current already, so nothing changes on the screen.
    tokio::time::sleep(Duration::from_millis(2_100)).await;
    assert!(engine.get_tenants().await.unwrap().current);
    eventually("asked again", || world.scene().times(ASKED) == 3).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(count(&mut events), 0);
    engine.shutdown().await;
}

#[tokio::test]
async fn a_question_is_asked_once_at_a_time_and_not_again_for_two_seconds_without_a_nudge() {
    let world = World::hushed().await;
    world.scene().says(TENANTS, rows(&["Alt AG"]).after(SLOW / 2));
    let engine = world.signed_in().await;
    let at_once = (0..20).map(|_| {
        let engine = engine.clone();
        tokio::spawn(async move { engine.get_tenants().await.unwrap().current })
    });
    for asked in at_once.collect::<Vec<_>>() {
        assert!(asked.await.unwrap());
    }
    assert_eq!(world.scene().times(ASKED), 1);
    for _ in 0..10 {
        assert!(engine.get_tenants().await.unwrap().current);
    }
    tokio::time::sleep(SLOW).await;
    assert_eq!(world.scene().times(ASKED), 1, "asked again within two seconds");
    sync(&world, &engine).await;
    for _ in 0..10 {
        assert!(!engine.get_tenants().await.unwrap().current);
    }
    current(&engine).await;
    assert_eq!(world.scene().times(ASKED), 2);
    tokio::time::sleep(Duration::from_millis(2_100)).await;
    // No nudge came: it is what the service says, and asked for again all the same.
    assert!(engine.get_tenants().await.unwrap().current);
    eventually("asked after two seconds", || world.scene().times(ASKED) == 3).await;
    engine.shutdown().await;
}

#[tokio::test]
async fn what_was_asked_before_a_nudge_does_not_count_as_current_after_it() {
    let world = World::hushed().await;
    let engine = world.signed_in().await;
    world.scene().says(TENANTS, rows(&["Alt AG"]).after(SLOW));
    let early = tokio::spawn({
        let engine = engine.clone();
        async move { engine.get_tenants().await }
    });
    eventually("asked", || world.scene().times(ASKED) == 1).await;
    world.scene().says(TENANTS, rows(&["Neu AG"]));
    sync(&world, &engine).await;
    let late = engine.get_tenants().await.unwrap();
    assert_eq!((names(&late), late.current), (vec!["Neu AG"], true));
    assert_eq!(names(&early.await.unwrap().unwrap()), ["Alt AG"]);
    engine.shutdown().await;
}

#[tokio::test]
async fn without_a_network_what_is_kept_is_shown_and_what_is_not_is_an_error() {
    let mut world = World::hushed().await;
    world.scene().says(TENANTS, rows(&["Alt AG"]));
    let engine = world.signed_in().await;
    engine.get_tenants().await.unwrap();
    engine.shutdown().await;
    world.go_off_line();
    let engine = world.engine();
    let mut events = engine.subscribe();
    let kept = engine.get_tenants().await.unwrap();
    assert_eq!((names(&kept), kept.current), (vec!["Alt AG"], false));
    until(&engine, |state| matches!(state, SyncState::Offline { .. })).await;
    assert_eq!(engine.get_partners().await.unwrap_err().kind, IpcErrorKind::Offline);
    // Once, however often it is asked: or the window and the engine would go round in circles.
    tokio::time::sleep(Duration::from_millis(300)).await;
    count(&mut events);
    for _ in 0..3 {
        tokio::time::sleep(Duration::from_millis(2_100)).await;
        assert!(!engine.get_tenants().await.unwrap().current);
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    let told = count(&mut events);
    assert!(told <= 1, "told {told} times that there is nothing new");
    engine.shutdown().await;
}

#[tokio::test]
async fn what_is_no_longer_there_is_deleted_and_told() {
    let world = World::hushed().await;
    world.scene().says(TENANTS, rows(&["Alt AG"]));
    let engine = world.signed_in().await;
    engine.get_tenants().await.unwrap();
    sync(&world, &engine).await;
    world.scene().says(TENANTS, Said::problem(404, "not-found", None));
    let mut events = engine.subscribe();
    assert_eq!(names(&engine.get_tenants().await.unwrap()), ["Alt AG"]);
    told(&mut events).await;
    assert_eq!(engine.get_tenants().await.unwrap_err().kind, IpcErrorKind::NotFound);
    // A gateway's own 404 says nothing about what there is, but there is nothing kept to go on with.
    world.scene().says(TENANTS, rows(&["Neu AG"]));
    assert_eq!(names(&engine.get_tenants().await.unwrap()), ["Neu AG"]);
    engine.shutdown().await;
}

#[tokio::test]
async fn a_failure_of_the_service_leaves_what_is_kept() {
    let world = World::hushed().await;
    world.scene().says(TENANTS, rows(&["Alt AG"]));
    let engine = world.signed_in().await;
    engine.get_tenants().await.unwrap();
    for (status, kind) in [(503, "unavailable"), (500, "internal"), (429, "too-many-requests"), (404, "not-yet-invented")] {
        world.scene().says(TENANTS, Said::problem(status, kind, None));
        sync(&world, &engine).await;
        let asked = world.scene().times(ASKED);
        assert_eq!(names(&engine.get_tenants().await.unwrap()), ["Alt AG"]);
        eventually("asked", || world.scene().times(ASKED) > asked).await;
    }
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(names(&engine.get_tenants().await.unwrap()), ["Alt AG"]);
    engine.shutdown().await;
}

#[tokio::test]
async fn a_list_is_read_to_its_end() {
    let world = World::hushed().await;
    let page = |name: &str, next: Option<&str>| Said::ok(json!({ "items": [row(name)], "nextCursor": next }));
    world.scene().says(ASKED, page("Eins", Some("weiter&mehr")));
    world.scene().says("GET tenants?limit=200&cursor=weiter%26mehr", page("Zwei", Some("ende")));
    world.scene().says("GET tenants?limit=200&cursor=ende", page("Drei", None));
    let engine = world.signed_in().await;
    assert_eq!(names(&engine.get_tenants().await.unwrap()), ["Eins", "Zwei", "Drei"]);
    engine.shutdown().await;
}

#[tokio::test]
async fn after_a_change_from_here_the_answer_is_the_one_after_it_and_a_sync_follows() {
    let world = World::hushed().await;
    let invitation = "55555555-5555-4555-8555-555555555555";
    world.scene().says(TENANTS, rows(&["Alt AG"]));
    world.scene().says(&format!("POST invitations/{invitation}/deny"), Said::nothing());
    let engine = world.signed_in().await;
    engine.get_tenants().await.unwrap();
    let (mut events, syncs) = (engine.subscribe(), world.scene().syncs);
    world.scene().says(TENANTS, rows(&[]).after(SLOW / 2));
    engine.deny_invitation(invitation.parse().unwrap()).await.unwrap();
    assert_eq!(names(&engine.get_tenants().await.unwrap()), Vec::<&str>::new(), "what was there before the change");
    told(&mut events).await;
    eventually("a sync", || world.scene().syncs > syncs).await;
    // The service does not come back with it: what is kept is better than nothing, and says that it is not current.
    world.scene().says(TENANTS, rows(&["Neu AG"]).after(Duration::from_secs(8)));
    engine.deny_invitation(invitation.parse().unwrap()).await.unwrap();
    let kept = engine.get_tenants().await.unwrap();
    assert_eq!((names(&kept), kept.current), (vec![], false));
    engine.shutdown().await;
}

#[tokio::test]
async fn a_change_that_is_refused_starts_no_sync_and_tells_nobody() {
    let world = World::hushed().await;
    let engine = world.signed_in().await;
    let (mut events, syncs) = (engine.subscribe(), world.scene().syncs);
    let refused: Result<(), IpcError> = engine.deny_invitation("55555555-5555-4555-8555-555555555555".parse().unwrap()).await;
    assert_eq!(refused.unwrap_err().kind, IpcErrorKind::NotFound);
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!((world.scene().syncs, count(&mut events)), (syncs, 0));
    engine.shutdown().await;
}
