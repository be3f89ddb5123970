//! The conformance suite: the log of changes, and the store itself.

use std::time::Duration;

use tenantry_model::id::{PrincipalId, RoomId, TenantId};
use tenantry_model::time::Clock;
use tenantry_service::store::Change;
use tenantry_service::store::change_log::audiences::{self, Audience};
use tenantry_service::store::change_log::{self, LoggedChange};

use crate::support::{NewIncident, TestApp, id, number};

#[tokio::test]
async fn a_rooms_new_name_is_recorded_for_the_room_and_for_each_incident_that_shows_it() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let customer = estate.tenant(1, "Customer", "CUSTOM", false, true).await;
    let [room, other] = [estate.room(customer, 2, "Room").await, estate.room(customer, 3, "Other").await];
    let [shows, shows_too, not] = [1, 2, 3].map(|n| number("CUSTOM", n));
    for (number, rooms) in [(shows, vec![room]), (shows_too, vec![room, other]), (not, vec![other])] {
        estate.incident(NewIncident::new(number, customer, &rooms, app.clock.now())).await;
    }
    let before = app.store.horizon().await.unwrap().seq;
    let mut tx = app.store.write().await.unwrap();
    tx.record_room_renamed(customer, room).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = app.store.read().await.unwrap();
    let mut logged: Vec<_> = change_log::between(tx.conn(), before, i64::MAX, 9).await.unwrap().into_iter().map(|(_, it)| it).collect();
    logged.sort_by_key(|it| format!("{it:?}"));
    assert_eq!(
        logged,
        [LoggedChange::Incident(customer, shows), LoggedChange::Incident(customer, shows_too), LoggedChange::Room(customer, room)]
    );
}

#[tokio::test]
async fn a36_rooms_that_were_gained_are_recorded_with_the_incidents_in_them_and_the_issues_without_rooms() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let partner = estate.tenant(9, "Partner", "PARTNR", true, false).await;
    let customer = estate.tenant(1, "Customer", "CUSTOM", false, true).await;
    let [room, other] = [estate.room(customer, 2, "Room").await, estate.room(customer, 3, "Other").await];
    let [inside, elsewhere, nowhere] = [1, 2, 3].map(|n| number("CUSTOM", n));
    for (number, rooms) in [(inside, vec![other, room]), (elsewhere, vec![other]), (nowhere, vec![])] {
        let created_by = rooms.is_empty().then_some(partner);
        estate.incident(NewIncident { created_by, ..NewIncident::new(number, customer, &rooms, app.clock.now()) }).await;
    }
    let (known, before) = app.store.tenant_with_horizon(partner).await.unwrap().unwrap();
    let mut tx = app.store.write().await.unwrap();
    let few = tx.record_rooms_gained(customer, &[partner].into(), &[room]).await.unwrap();
    let nobody = tx.record_rooms_gained(customer, &[].into(), &[other]).await.unwrap();
    assert!(few && nobody);
    tx.commit().await.unwrap();
    let (after, _) = app.store.tenant_with_horizon(partner).await.unwrap().unwrap();
    assert_eq!(after.rights_epoch - known.rights_epoch, 1, "it counts from the next request on");
    let mut tx = app.store.read().await.unwrap();
    let logged: Vec<_> = change_log::between(tx.conn(), before.seq, i64::MAX, 9).await.unwrap().into_iter().map(|(_, it)| it).collect();
    let lost_by = Some(Audience::NOBODY_BY_ROOMS);
    let rights = LoggedChange::Rights { customer, tenant: Some(partner), principal: None, lost_by };
    assert_eq!(logged, [LoggedChange::Incident(customer, inside), LoggedChange::Incident(customer, nowhere), rights]);
}

#[tokio::test]
async fn many_changes_are_recorded_at_once_in_their_order_and_count_as_each_alone() {
    let app = TestApp::start().await;
    let customer = app.estate().tenant(1, "Customer", "CUSTOM", false, true).await;
    let rooms: Vec<RoomId> = (0..2_500).map(|n| RoomId::from_uuid(id(10 + n))).collect();
    let (known, before) = app.store.tenant_with_horizon(customer).await.unwrap().unwrap();
    let mut changes: Vec<Change> = rooms.iter().map(|room| Change::room(customer, *room)).collect();
    changes.push(Change::rights(customer, Some(customer), None));
    let mut tx = app.store.write().await.unwrap();
    tx.record_all(&changes).await.unwrap();
    tx.commit().await.unwrap();
    let (after, horizon) = app.store.tenant_with_horizon(customer).await.unwrap().unwrap();
    assert_eq!((after.rights_epoch - known.rights_epoch, horizon.seq - before.seq), (1, 2_501));
    assert_eq!(horizon, app.store.horizon().await.unwrap());
    assert!(app.store.tenant_with_horizon(TenantId::from_uuid(id(99))).await.unwrap().is_none());
    let mut tx = app.store.read().await.unwrap();
    let logged = change_log::between(tx.conn(), before.seq, horizon.seq, 9_999).await.unwrap();
    let expected = rooms.iter().map(|room| LoggedChange::Room(customer, *room));
    assert!(logged.iter().map(|(_, change)| change.clone()).take(2_500).eq(expected));
}

#[tokio::test]
async fn of_some_audiences_one_finds_those_that_one_is_in() {
    let app = TestApp::start().await;
    let [anna, ben, nobody] = [1, 2, 3].map(|n| PrincipalId::from_uuid(id(n)));
    let mut tx = app.store.write().await.unwrap();
    let both = tx.audience(&[anna, ben]).await.unwrap();
    let one = tx.audience(&[ben]).await.unwrap();
    assert_eq!(tx.audience(&[]).await.unwrap(), Audience::NOBODY);
    for (user, asked, found) in [
        (anna, vec![both, one], vec![both]),
        (ben, vec![both, one], vec![both, one]),
        (ben, vec![one], vec![one]),
        (nobody, vec![both, one], vec![]),
    ] {
        let mut with: Vec<_> = audiences::with(tx.conn(), user, &asked).await.unwrap().into_iter().collect();
        with.sort();
        assert_eq!(with, found);
    }
}

#[tokio::test]
async fn whoever_waits_is_woken_by_what_is_recorded_and_by_nothing_else() {
    let app = TestApp::start().await;
    let tenant = app.estate().tenant(1, "Tenant", "TENANT", false, true).await;
    let woken = async |limit| tokio::time::timeout(limit, app.store.recorded()).await.is_ok();
    let (soon, quiet) = (Duration::from_secs(5), Duration::from_millis(100));
    while woken(quiet).await {}
    app.store.write().await.unwrap().commit().await.unwrap();
    assert!(!woken(quiet).await, "nothing was recorded");
    let mut tx = app.store.write().await.unwrap();
    tx.record(Change::tenant(tenant)).await.unwrap();
    assert!(!woken(quiet).await, "it does not count yet");
    tx.commit().await.unwrap();
    assert!(woken(soon).await);
    let mut tx = app.store.write_intake().await.unwrap();
    tx.record(Change::tenant(tenant)).await.unwrap();
    tx.commit().await.unwrap();
    assert!(woken(soon).await, "what waits for no disk is heard as well");
    let first = app.store.sync_intake().await.unwrap();
    app.store.write().await.unwrap().commit().await.unwrap();
    let then = app.store.sync_intake().await.unwrap();
    assert_eq!((first, then), (true, false), "the rest is on disk as it is committed");
    app.store.check().await.unwrap();
    app.store.close().await;
    assert!(app.store.check().await.is_err(), "a closed store does not answer");
}
