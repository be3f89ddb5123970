//! The conformance suite: rights and customers.

use tenantry_model::id::TenantId;
use tenantry_model::permission::{Permission, PermissionSet};
use tenantry_model::tenancy::{OfflineTerms, PortalRole, PrincipalKind};
use tenantry_service::store::rights::{self, Delegated, KnownUser};
use tenantry_service::store::{customers, portal_roles};

use crate::support::{TestApp, id};

#[tokio::test]
async fn a_user_is_known_with_all_groups_around_them_and_what_these_hold() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let [own, other] = [estate.tenant(1, "Own", "OWNXXX", true, false).await, estate.tenant(2, "Other", "OTHERX", true, false).await];
    let anna = estate.user(own, 3, "Anna").await;
    let [inner, outer] = [
        estate.principal(own, 4, "Inner", PrincipalKind::SecurityGroup).await,
        estate.principal(own, 5, "Outer", PrincipalKind::SecurityGroup).await,
    ];
    estate.member(inner, anna).await;
    estate.member(outer, inner).await;
    let mut tx = app.store.write().await.unwrap();
    portal_roles::grant(tx.conn(), own, outer.user_id, PortalRole::TenantManager).await.unwrap();
    let mut known = rights::user(tx.conn(), anna).await.unwrap();
    known.groups.sort();
    let expected = KnownUser {
        display_name: Some("Anna".into()),
        groups: vec![inner.user_id, outer.user_id],
        portal_roles: vec![PortalRole::TenantManager],
    };
    assert_eq!(known, expected);
    for stranger in [tenantry_model::tenancy::UserKey { tenant_id: other, ..anna }, inner] {
        assert_eq!(rights::user(tx.conn(), stranger).await.unwrap(), KnownUser::default(), "of another tenant, or no user");
    }
}

#[tokio::test]
async fn r62_what_is_delegated_and_told_ends_with_the_relationship() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let [partner, another] =
        [estate.tenant(1, "Partner", "PARTNR", true, false).await, estate.tenant(2, "Another", "ANOTHR", true, false).await];
    let [one, two] = [estate.tenant(3, "One", "ONEXXX", false, true).await, estate.tenant(4, "Two", "TWOXXX", false, true).await];
    let [room, spare] = [estate.room(one, 5, "Room").await, estate.room(one, 6, "Spare").await];
    let group = estate.room_group(one, 7, &[room, spare]).await;
    let ceiling = PermissionSet::of(&[Permission::TicketsView]);
    estate.delegate(partner, one, &[room], ceiling).await;
    estate.delegate(partner, two, &[], PermissionSet::ALL).await;
    let nobody = TenantId::from_uuid(id(99));
    let mut tx = app.store.read().await.unwrap();
    let delegated = rights::delegations(tx.conn(), partner, &[one, two, nobody]).await.unwrap();
    assert_eq!(delegated.len(), 2);
    assert_eq!(delegated[&one], Delegated { ceiling, rooms: vec![room] });
    assert!(rights::delegations(tx.conn(), another, &[one, two]).await.unwrap().is_empty());
    let mut customers = customers::active_customers(tx.conn(), partner).await.unwrap();
    customers.sort();
    assert_eq!(customers, [one, two]);
    assert_eq!(customers::active_customers(tx.conn(), another).await.unwrap(), []);
    let facts = customers::facts(tx.conn(), partner, &[one, nobody]).await.unwrap();
    assert_eq!(facts.len(), 1);
    assert_eq!((facts[&one].display_name.as_str(), facts[&one].offline), ("One", OfflineTerms::default()));
    assert!(facts[&one].established_at.is_some());
    assert_eq!(customers::facts(tx.conn(), one, &[one]).await.unwrap()[&one].established_at, None, "for its own staff");
    let mut of_group = rights::rooms_of_group(tx.conn(), one, group).await.unwrap();
    of_group.sort();
    assert_eq!(of_group, [room, spare]);
    assert_eq!(rights::rooms_of_group(tx.conn(), two, group).await.unwrap(), [], "no group of that customer");
    estate.end_relationship(partner, one).await;
    let mut tx = app.store.read().await.unwrap();
    assert_eq!(rights::delegations(tx.conn(), partner, &[one, two]).await.unwrap().into_keys().collect::<Vec<_>>(), [two]);
    assert_eq!(customers::active_customers(tx.conn(), partner).await.unwrap(), [two]);
    assert_eq!(customers::facts(tx.conn(), partner, &[one]).await.unwrap()[&one].established_at, None);
}
