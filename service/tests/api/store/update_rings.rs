//! The conformance suite: update rings, and which rooms are in them.

use tenantry_model::id::{TenantId, UpdateRingId};
use tenantry_model::update_ring::{RingDays, RingPreset};
use tenantry_service::store::rooms;
use tenantry_service::store::update_rings::{self, UpdateRing};

use crate::support::{TestApp, id, ring};

#[tokio::test]
async fn r100_rings_keep_their_order_and_their_customer() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let [customer, other] =
        [estate.tenant(1, "Customer", "CUSTOM", false, true).await, estate.tenant(2, "Other", "OTHERX", false, true).await];
    let general = ring(customer, 12, 2, "General", Some(RingPreset::General));
    let [first, third] = [ring(customer, 11, 1, "Staging", Some(RingPreset::Staging)), ring(customer, 13, 3, "Pilot", None)];
    let theirs = ring(other, 14, 2, "Theirs", None);
    let mut tx = app.store.write().await.unwrap();
    update_rings::insert(tx.conn(), &[third.clone(), general.clone(), first.clone(), theirs.clone()]).await.unwrap();
    assert_eq!(update_rings::of_customer(tx.conn(), customer).await.unwrap(), [first.clone(), general.clone(), third.clone()]);
    assert_eq!(update_rings::find(tx.conn(), theirs.id).await.unwrap(), Some(theirs), "whoever's it is");
    assert_eq!(update_rings::find(tx.conn(), UpdateRingId::from_uuid(id(9))).await.unwrap(), None);
    assert_eq!(update_rings::preset(tx.conn(), customer, RingPreset::General).await.unwrap(), Some(general.id));
    assert_eq!(update_rings::preset(tx.conn(), customer, RingPreset::Executive).await.unwrap(), None);
    assert_eq!(update_rings::preset(tx.conn(), other, RingPreset::General).await.unwrap(), None, "a name is no preset");
    let days = RingDays { deferral_days: 3, rollout_days: 7, test_days: 2 };
    let after = UpdateRing { order: 9, name: "Trial".into(), description: "Two rooms".into(), days, ..third.clone() };
    update_rings::update(tx.conn(), &after).await.unwrap();
    assert_eq!(update_rings::find(tx.conn(), third.id).await.unwrap(), Some(UpdateRing { version: 2, ..after }));
    update_rings::delete(tx.conn(), third.id).await.unwrap();
    assert_eq!(update_rings::of_customer(tx.conn(), customer).await.unwrap(), [first, general]);
    // What the tables themselves refuse.
    assert!(update_rings::insert(tx.conn(), &[ring(customer, 15, 2, "Twice", None)]).await.is_err(), "a place is one ring's");
    assert!(update_rings::insert(tx.conn(), &[ring(customer, 16, 6, "Twice", Some(RingPreset::General))]).await.is_err(), "one General");
    assert!(update_rings::insert(tx.conn(), &[ring(TenantId::from_uuid(id(9)), 17, 1, "Nobody's", None)]).await.is_err(), "of no tenant");
}

#[tokio::test]
async fn r100_rooms_are_in_one_ring_each() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let [customer, other] =
        [estate.tenant(1, "Customer", "CUSTOM", false, true).await, estate.tenant(2, "Other", "OTHERX", false, true).await];
    let [a, b, gone] = [estate.room(customer, 3, "A").await, estate.room(customer, 4, "B").await, estate.room(customer, 5, "C").await];
    let theirs = estate.room(other, 6, "T").await;
    estate.unenrol(gone).await;
    let pilot = estate.ring(customer, 20, 9).await;
    let mut tx = app.store.write().await.unwrap();
    let general = update_rings::preset(tx.conn(), customer, RingPreset::General).await.unwrap().unwrap();
    let before = rooms::load(tx.conn(), &[a, b, theirs]).await.unwrap();
    assert_eq!(before[&a].ring.as_ref().map(|ring| ring.id), Some(general), "new rooms start in General");
    assert_ne!(before[&theirs].ring, before[&a].ring, "each customer has its own");
    update_rings::put_rooms(tx.conn(), pilot, &[b]).await.unwrap();
    let after = rooms::load(tx.conn(), &[a, b]).await.unwrap();
    assert_eq!((after[&b].ring.as_ref().map(|ring| ring.id), after[&b].version), (Some(pilot), before[&b].version + 1));
    assert_eq!(after[&a], before[&a]);
    let held = update_rings::managed_rooms(tx.conn(), customer).await.unwrap();
    assert_eq!((held.len(), &held[&general], &held[&pilot]), (2, &vec![a], &vec![b]), "without what is not managed any more");
    assert_eq!(update_rings::with_rooms(tx.conn(), customer).await.unwrap(), [general, pilot]);
    assert_eq!(update_rings::rooms(tx.conn(), general).await.unwrap(), [a, gone], "with it");
    assert_eq!(update_rings::rooms(tx.conn(), pilot).await.unwrap(), [b]);
    assert!(update_rings::delete(tx.conn(), pilot).await.is_err(), "no ring goes with its rooms in it");
}
