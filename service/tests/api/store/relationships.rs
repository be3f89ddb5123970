//! The conformance suite: relationships, and what partners are told of their customers.

use tenantry_model::id::{RelationshipId, RoomId, TenantId};
use tenantry_model::permission::{BuiltInRole, Permission, PermissionSet};
use tenantry_model::role::Scope;
use tenantry_model::tenancy::{ChangeControl, ControlEvent, OfflineTerms};
use tenantry_model::text::OfflineDays;
use tenantry_model::time::Timestamp;
use tenantry_service::store::customers::{self, CustomerFacts};
use tenantry_service::store::delegations::{self, Delegating};
use tenantry_service::store::relationships::{self, NewRelationship, Relationship};
use tenantry_service::store::rights::{self, Delegated};

use crate::support::{TestApp, id};

/// With terms that are not the preset ones.
fn alone(room: RoomId) -> Scope {
    Scope::Some { rooms: vec![room], groups: vec![] }
}

fn with_terms(n: u128, partner: TenantId, customer: TenantId) -> NewRelationship {
    NewRelationship {
        id: RelationshipId::from_uuid(id(n)),
        partner,
        customer,
        established_at: Timestamp::from_micros(5),
        ceiling: BuiltInRole::SiteTech.permissions(),
        change_control: ChangeControl::manual(&[ControlEvent::Roles]),
        offline: OfflineTerms { allowed: false, days: 30.try_into().unwrap() },
    }
}

#[tokio::test]
async fn a_relationship_is_one_of_a_partner_and_a_customer_until_it_ends() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let [partner, another] =
        [estate.tenant(1, "Partner", "PARTNR", true, false).await, estate.tenant(2, "Another", "ANOTHR", true, false).await];
    let customer = estate.tenant(3, "Customer", "CUSTOM", false, true).await;
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
    let found = relationships::active(tx.conn(), partner, customer).await.unwrap().unwrap();
    assert_eq!((found.id, found.version, found.established_at), (first.id, 1, first.established_at));
    assert_eq!((found.partner_name.as_str(), found.customer_name.as_str()), ("Partner", "Customer"));
    assert!(relationships::active(tx.conn(), customer, partner).await.unwrap().is_none(), "the other way round");
    assert_eq!(relationships::of_customer(tx.conn(), customer).await.unwrap().len(), 2);

    let ceiling = PermissionSet::of(&[Permission::TicketsView]);
    let offline = OfflineTerms { allowed: false, days: OfflineDays::try_from(3).unwrap() };
    let control = ChangeControl::from_bits(1);
    relationships::set_ceiling(tx.conn(), first.id, ceiling).await.unwrap();
    relationships::set_offline(tx.conn(), first.id, offline).await.unwrap();
    relationships::set_change_control(tx.conn(), first.id, control).await.unwrap();
    assert_eq!(relationships::raise_version(tx.conn(), first.id).await.unwrap(), 2);
    let changed = relationships::active(tx.conn(), partner, customer).await.unwrap().unwrap();
    assert_eq!((changed.ceiling, changed.offline, changed.change_control, changed.version), (ceiling, offline, control, 2));
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

#[tokio::test]
async fn a_second_active_relationship_is_refused_and_the_first_stays_as_it_was_made() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let partner = estate.tenant(1, "Partner", "PARTNR", true, false).await;
    let customer = estate.tenant(3, "Customer", "CUSTOM", false, true).await;
    let first = with_terms(20, partner, customer);
    let mut tx = app.store.write().await.unwrap();
    relationships::insert(tx.conn(), &first).await.unwrap();
    tx.commit().await.unwrap();
    for (n, partner) in [(21, partner), (22, TenantId::from_uuid(id(99)))] {
        let mut tx = app.store.write().await.unwrap();
        assert!(
            relationships::insert(tx.conn(), &with_terms(n, partner, customer)).await.is_err(),
            "one is active, or there is no such partner"
        );
    }
    let expected = Relationship {
        id: first.id,
        partner,
        partner_name: "Partner".to_owned(),
        customer,
        customer_name: "Customer".to_owned(),
        established_at: first.established_at,
        ceiling: first.ceiling,
        change_control: first.change_control,
        offline: first.offline,
        version: 1,
    };
    let mut tx = app.store.write().await.unwrap();
    assert_eq!(relationships::of_customer(tx.conn(), customer).await.unwrap(), [expected]);
    assert!(relationships::raise_version(tx.conn(), RelationshipId::from_uuid(id(21))).await.is_err(), "there is none");
}

#[tokio::test]
async fn staff_are_told_the_terms_of_active_customers_and_the_preset_of_all_others() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let partner = estate.tenant(1, "Partner", "PARTNR", true, false).await;
    let other = estate.tenant(2, "Other", "OTHERX", true, false).await;
    let [active, former] =
        [estate.tenant(3, "Active", "ACTIVE", false, true).await, estate.tenant(4, "Former", "FORMER", false, true).await];
    let rooms = [estate.room(former, 10, "A").await, estate.room(former, 11, "B").await];
    let terms = with_terms(20, partner, active);
    let mut tx = app.store.write().await.unwrap();
    for new in [&terms, &with_terms(21, partner, former), &with_terms(22, other, former)] {
        relationships::insert(tx.conn(), new).await.unwrap();
    }
    relationships::end(tx.conn(), RelationshipId::from_uuid(id(21)), Timestamp::from_micros(9), "partner").await.unwrap();
    assert_eq!(customers::active_customers(tx.conn(), partner).await.unwrap(), [active]);
    assert_eq!(customers::active_customers(tx.conn(), other).await.unwrap(), [former]);
    assert_eq!(customers::active_customers(tx.conn(), active).await.unwrap(), []);

    for (n, room) in [(21, rooms[0]), (22, rooms[1])] {
        delegations::insert(tx.conn(), Delegating::Relationship(RelationshipId::from_uuid(id(n))), &alone(room)).await.unwrap();
    }
    let handed = rights::delegations(tx.conn(), other, &[active, former]).await.unwrap();
    assert_eq!(
        handed,
        [(former, Delegated { ceiling: terms.ceiling, scope: alone(rooms[1]) })].into(),
        "none of the former partner's rooms"
    );

    let missing = TenantId::from_uuid(id(99));
    let facts = customers::facts(tx.conn(), partner, &[former, missing, active]).await.unwrap();
    let of = |id, display_name: &str, offline, established_at| CustomerFacts {
        id,
        display_name: display_name.to_owned(),
        offline,
        established_at,
    };
    assert_eq!(facts.len(), 2);
    assert_eq!(facts[&active], of(active, "Active", terms.offline, Some(terms.established_at)));
    assert_eq!(facts[&former], of(former, "Former", OfflineTerms::default(), None), "neither its ended terms nor another partner's");
}
