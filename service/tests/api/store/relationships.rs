//! The conformance suite: relationships.

use tenantry_model::id::RelationshipId;
use tenantry_model::permission::{Permission, PermissionSet};
use tenantry_model::tenancy::{ChangeControl, OfflineTerms};
use tenantry_model::text::OfflineDays;
use tenantry_model::time::Timestamp;
use tenantry_service::store::relationships::{self, NewRelationship};

use crate::support::{TestApp, id};

#[tokio::test]
async fn a_relationship_is_one_of_a_partner_and_a_customer_until_it_ends() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let [partner, another] =
        [estate.tenant(1, "Partner", "PARTNR", true, false).await, estate.tenant(2, "Another", "ANOTHR", true, false).await];
    let customer = estate.tenant(3, "Customer", "CUSTOM", false, true).await;
    let [a, b] = [estate.room(customer, 4, "A").await, estate.room(customer, 5, "B").await];
    let new = |n, partner| NewRelationship {
        id: RelationshipId::from_uuid(id(n)),
        partner,
        customer,
        established_at: Timestamp::from_micros(7),
        ceiling: PermissionSet::ALL,
        change_control: ChangeControl::default(),
        offline: OfflineTerms::default(),
    };
    let (first, second) = (new(10, partner), new(11, another));
    let mut tx = app.store.write().await.unwrap();
    for new in [&first, &second] {
        relationships::insert(tx.conn(), new).await.unwrap();
    }
    relationships::add_rooms(tx.conn(), first.id, &[b, a, b]).await.unwrap();
    assert_eq!(relationships::rooms(tx.conn(), first.id).await.unwrap(), [a, b]);
    let found = relationships::active(tx.conn(), partner, customer).await.unwrap().unwrap();
    assert_eq!((found.id, found.rooms, found.version, found.established_at), (first.id, 2, 1, first.established_at));
    assert_eq!((found.partner_name.as_str(), found.customer_name.as_str()), ("Partner", "Customer"));
    assert!(relationships::active(tx.conn(), customer, partner).await.unwrap().is_none(), "the other way round");
    assert_eq!(relationships::of_customer(tx.conn(), customer).await.unwrap().len(), 2);

    let ceiling = PermissionSet::of(&[Permission::TicketsView]);
    let offline = OfflineTerms { allowed: false, days: OfflineDays::try_from(3).unwrap() };
    let control = ChangeControl::from_bits(1);
    relationships::set_ceiling(tx.conn(), first.id, ceiling).await.unwrap();
    relationships::set_offline(tx.conn(), first.id, offline).await.unwrap();
    relationships::set_change_control(tx.conn(), first.id, control).await.unwrap();
    relationships::clear_rooms(tx.conn(), first.id).await.unwrap();
    assert_eq!(relationships::raise_version(tx.conn(), first.id).await.unwrap(), 2);
    let changed = relationships::active(tx.conn(), partner, customer).await.unwrap().unwrap();
    assert_eq!(
        (changed.ceiling, changed.offline, changed.change_control, changed.rooms, changed.version),
        (ceiling, offline, control, 0, 2)
    );
    let untouched = relationships::active(tx.conn(), another, customer).await.unwrap().unwrap();
    assert_eq!((untouched.ceiling, untouched.version), (PermissionSet::ALL, 1));

    let now = tx.now();
    relationships::end(tx.conn(), first.id, now, "customer").await.unwrap();
    assert!(relationships::active(tx.conn(), partner, customer).await.unwrap().is_none());
    let left: Vec<_> = relationships::of_customer(tx.conn(), customer).await.unwrap().into_iter().map(|it| it.id).collect();
    assert_eq!(left, [second.id]);
    relationships::insert(tx.conn(), &new(12, partner)).await.unwrap();
    assert_eq!(relationships::active(tx.conn(), partner, customer).await.unwrap().unwrap().id, RelationshipId::from_uuid(id(12)));
}
