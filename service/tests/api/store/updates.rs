//! The conformance suite: updates, what is held back of them, what rooms run, how far they are, and how they are counted.

use std::time::Duration;

use tenantry_model::api::updates::{InstalledVersion, PausedUpdate};
use tenantry_model::id::{RoomId, UpdateId, UpdateRingId};
use tenantry_model::time::{Clock as _, Timestamp};
use tenantry_model::update::{ForcedWhen, PackageName, PackageVersion, UpdateProgress};
use tenantry_model::update_ring::RingPreset;
use tenantry_service::store::update_rings;
use tenantry_service::store::updates::catalogue::{self, Hold, Update};
use tenantry_service::store::updates::counts::{self, Counted, Way};
use tenantry_service::store::updates::rooms::{self, RoomProgress};

use crate::support::{TestApp, id};

fn package(name: &str) -> PackageName {
    name.parse().unwrap()
}

fn version(text: &str) -> PackageVersion {
    text.parse().unwrap()
}

fn update(n: u128, name: &str, to: &str, published_at: Timestamp) -> Update {
    Update { id: UpdateId::from_uuid(id(n)), package: package(name), version: version(to), published_at, deprecated_at: None }
}

#[tokio::test]
async fn w12_the_catalogue_is_newest_first_and_a_version_stands_there_once() {
    let app = TestApp::start().await;
    let now = app.clock.now();
    let [old, new, other] =
        [update(1, "App", "5.3", now), update(2, "App", "5.4", now.plus(Duration::from_secs(9))), update(3, "OS", "10", now)];
    let mut tx = app.store.write().await.unwrap();
    for update in [&old, &new, &other] {
        catalogue::insert(tx.conn(), update).await.unwrap();
    }
    assert_eq!(catalogue::newest(tx.conn(), 2).await.unwrap(), [new.clone(), other.clone()]);
    assert_eq!(catalogue::of_packages(tx.conn(), &[&old.package]).await.unwrap(), [new.clone(), old.clone()]);
    assert_eq!(catalogue::of_packages(tx.conn(), &[]).await.unwrap(), []);
    assert_eq!(catalogue::find(tx.conn(), UpdateId::from_uuid(id(9))).await.unwrap(), None);
    catalogue::deprecate(tx.conn(), old.id, now).await.unwrap();
    assert_eq!(catalogue::find(tx.conn(), old.id).await.unwrap(), Some(Update { deprecated_at: Some(now), ..old }));
    assert!(catalogue::insert(tx.conn(), &update(4, "App", "5.4", now)).await.is_err(), "once");
}

#[tokio::test]
async fn r104_what_a_customer_holds_back_is_its_own() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let [customer, other] =
        [estate.tenant(1, "Customer", "CUSTOM", false, true).await, estate.tenant(2, "Other", "OTHERX", false, true).await];
    let app_5 = estate.update(10, "App", "5").await;
    let mut tx = app.store.write().await.unwrap();
    let paused = PausedUpdate { by: "Ann".into(), reason: "Wait".into(), since: app.clock.now() };
    let hold = Hold { update: app_5, version: 2, before: Duration::from_secs(7), paused: Some(paused) };
    catalogue::put_hold(tx.conn(), customer, &hold).await.unwrap();
    assert_eq!(catalogue::holds(tx.conn(), customer).await.unwrap().as_slice(), std::slice::from_ref(&hold));
    assert_eq!(catalogue::holds(tx.conn(), other).await.unwrap(), []);
    let resumed = Hold { version: 3, paused: None, ..hold };
    catalogue::put_hold(tx.conn(), customer, &resumed).await.unwrap();
    assert_eq!(catalogue::holds(tx.conn(), customer).await.unwrap(), [resumed]);
}

#[tokio::test]
async fn r103_what_rooms_run_and_how_far_they_are_is_kept_and_counted_by_ring() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let [customer, other] =
        [estate.tenant(1, "Customer", "CUSTOM", false, true).await, estate.tenant(2, "Other", "OTHERX", false, true).await];
    let [a, b] = [estate.room(customer, 3, "A").await, estate.room(customer, 4, "B").await];
    let theirs = estate.room(other, 5, "T").await;
    let pilot = estate.ring(customer, 20, 9).await;
    let [app_5, os_2] = [estate.update(10, "App", "5").await, estate.update(11, "OS", "2").await];
    let now = app.clock.now();
    let mut tx = app.store.write().await.unwrap();
    let general = update_rings::preset(tx.conn(), customer, RingPreset::General).await.unwrap().unwrap();
    let runs = |name: &str, of: &str| InstalledVersion { package: package(name), version: version(of), since: now };
    rooms::put_packages(tx.conn(), &[(a, runs("App", "4")), (a, runs("OS", "1")), (b, runs("App", "4")), (theirs, runs("App", "4"))])
        .await
        .unwrap();
    rooms::put_packages(tx.conn(), &[(b, runs("App", "5"))]).await.unwrap();
    assert_eq!(rooms::packages(tx.conn(), a).await.unwrap(), [runs("App", "4"), runs("OS", "1")]);
    assert_eq!(rooms::packages(tx.conn(), b).await.unwrap(), [runs("App", "5")]);
    let row = |room: RoomId, update: UpdateId, progress| RoomProgress { progress, ..RoomProgress::none(room, update, now) };
    let failed = RoomProgress { reason: Some("No space".into()), attempt: 2, ..row(a, app_5, Some(UpdateProgress::Failed)) };
    let waits = RoomProgress { forced: Some(ForcedWhen::WhenFree), ..row(a, os_2, None) };
    let elsewhere = row(theirs, app_5, Some(UpdateProgress::Failed));
    rooms::put_progress(tx.conn(), customer, &[failed.clone(), waits.clone()]).await.unwrap();
    rooms::put_progress(tx.conn(), other, std::slice::from_ref(&elsewhere)).await.unwrap();
    counts::count(tx.conn(), &[a, b, theirs], Way::In).await.unwrap();
    assert_eq!(rooms::of_room(tx.conn(), a).await.unwrap(), [failed.clone(), waits.clone()]);
    assert_eq!(rooms::of_update(tx.conn(), app_5, &[a, b]).await.unwrap().as_slice(), std::slice::from_ref(&failed));
    assert_eq!(rooms::failed(tx.conn(), app_5, customer).await.unwrap(), [failed]);
    assert_eq!(rooms::concerned(tx.conn(), app_5).await.unwrap(), [a, theirs]);
    let found = rooms::running(tx.conn(), customer, &package("App"), None).await.unwrap();
    assert_eq!(found.len(), 2);
    assert_eq!(rooms::running(tx.conn(), customer, &package("App"), Some(&[b, theirs])).await.unwrap(), [(b, general, version("5"))]);

    let all = counts::of_customer(tx.conn(), customer).await.unwrap();
    assert_eq!(
        told(&all),
        ["App 4 1 general", "App 5 1 general", "OS 1 1 general", "failed 1 general"].map(|it| it.replace("general", &general.to_string()))
    );
    assert_eq!(counts::of_rooms(tx.conn(), customer, &[a, b, theirs]).await.unwrap().packages.len(), all.packages.len());
    assert_eq!(told(&counts::of_rooms(tx.conn(), customer, &[b]).await.unwrap()), [format!("App 5 1 {general}")]);
    // Who moves is counted there, and who goes nowhere.
    update_rings::put_rooms(tx.conn(), pilot, &[a]).await.unwrap();
    let moved = counts::of_customer(tx.conn(), customer).await.unwrap();
    assert_eq!(
        told(&moved),
        [format!("App 4 1 {pilot}"), format!("App 5 1 {general}"), format!("OS 1 1 {pilot}"), format!("failed 1 {pilot}")]
    );
    rooms::forget(tx.conn(), a, &[os_2]).await.unwrap();
    counts::count(tx.conn(), &[a], Way::Out).await.unwrap();
    rooms::drop_packages(tx.conn(), a, &[&package("OS")]).await.unwrap();
    counts::count(tx.conn(), &[a], Way::In).await.unwrap();
    assert_eq!(rooms::packages(tx.conn(), a).await.unwrap(), [runs("App", "4")]);
    assert_eq!(rooms::of_room(tx.conn(), a).await.unwrap().len(), 1);
    tx.commit().await.unwrap();
    estate.unenrol(a).await;
    let mut tx = app.store.write().await.unwrap();
    let left: Counted = counts::of_customer(tx.conn(), customer).await.unwrap();
    assert_eq!(told(&left), [format!("App 5 1 {general}")]);
}

fn told(counted: &Counted) -> Vec<String> {
    let line = |what: String, rooms: u32, ring: UpdateRingId| format!("{what} {rooms} {ring}");
    let packages = counted.packages.iter().map(|it| line(format!("{} {}", it.package, it.version), it.rooms, it.ring));
    let progress = counted.progress.iter().map(|it| line(it.progress.to_string(), it.rooms, it.ring));
    let mut told: Vec<String> = packages.chain(progress).collect();
    told.sort_unstable();
    told
}
