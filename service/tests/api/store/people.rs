//! The conformance suite: people and groups.

use tenantry_model::id::PrincipalId;
use tenantry_model::permission::PermissionSet;
use tenantry_model::search::words;
use tenantry_model::tenancy::{PortalRole, PrincipalKind};
use tenantry_service::store::group_members::{self, Foothold};
use tenantry_service::store::people::{self, Principal};
use tenantry_service::store::portal_roles;

use crate::support::{TestApp, id};

#[tokio::test]
async fn people_are_found_by_id_within_their_tenant_and_called_by_name() {
    let app = TestApp::start().await;
    let [own, other] =
        [app.estate().tenant(1, "Own", "OWNXXX", true, false).await, app.estate().tenant(2, "Other", "OTHERX", true, false).await];
    let principal = |n, name: &str, kind| Principal {
        id: PrincipalId::from_uuid(id(n)),
        tenant: own,
        kind,
        display_name: name.to_owned(),
        upn: (kind == PrincipalKind::User).then(|| format!("{n}@own.example")),
    };
    let people = [
        principal(3, "zoe", PrincipalKind::User),
        principal(4, "Anna", PrincipalKind::User),
        principal(5, "Helpdesk", PrincipalKind::SecurityGroup),
    ];
    let [zoe, anna, helpdesk] = [people[0].id, people[1].id, people[2].id];
    let missing = PrincipalId::from_uuid(id(9));
    let mut tx = app.store.write().await.unwrap();
    people::insert(tx.conn(), &people).await.unwrap();
    assert_eq!(people::find(tx.conn(), zoe).await.unwrap().as_ref(), Some(&people[0]));
    assert_eq!(people::find(tx.conn(), missing).await.unwrap(), None);
    let named: Vec<_> = people::named(tx.conn(), &[zoe, missing, helpdesk, anna]).await.unwrap().into_iter().map(|it| it.id).collect();
    assert_eq!(named, [anna, helpdesk, zoe], "by name without case");
    let found = people::of_tenant(tx.conn(), own, helpdesk).await.unwrap().unwrap();
    assert_eq!((found.kind, found.upn), (PrincipalKind::SecurityGroup, None));
    assert!(people::of_tenant(tx.conn(), other, helpdesk).await.unwrap().is_none(), "another tenant's");
    for (text, limit, ids) in [
        ("ANN", 9, vec![anna]),
        ("own.example", 9, vec![anna, zoe]),
        ("own.example", 1, vec![anna]),
        ("%", 9, vec![]),
        ("example zo", 9, vec![zoe]),
    ] {
        let found: Vec<_> = people::search(tx.conn(), own, &words(text), limit).await.unwrap().into_iter().map(|it| it.id).collect();
        assert_eq!(found, ids, "{text}");
    }
    assert_eq!(people::search(tx.conn(), other, &words("anna"), 9).await.unwrap(), []);
}

#[tokio::test]
async fn a5_groups_are_expanded_and_nobody_is_counted_twice() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let tenant = estate.tenant(1, "Tenant", "TENANT", true, false).await;
    let [anna, ben] = [estate.user(tenant, 2, "Anna").await.user_id, estate.user(tenant, 3, "Ben").await.user_id];
    let group = async |n| estate.principal(tenant, n, "Group", PrincipalKind::SecurityGroup).await.user_id;
    let [outer, inner, empty] = [group(4).await, group(5).await, group(6).await];
    let mut tx = app.store.write().await.unwrap();
    for (group, member) in [(outer, inner), (inner, anna), (outer, anna), (inner, ben), (inner, outer)] {
        group_members::add(tx.conn(), group, member).await.unwrap();
    }
    assert_eq!(people::users_in(tx.conn(), &[outer, empty]).await.unwrap(), [anna, ben]);
    assert_eq!(people::users_in(tx.conn(), &[ben, inner]).await.unwrap(), [anna, ben], "with those who are named themselves");
    let sizes = people::sizes(tx.conn(), &[outer, inner, empty]).await.unwrap();
    assert_eq!((sizes[&outer], sizes[&inner], sizes[&empty]), (2, 2, 0));
    group_members::remove(tx.conn(), inner, ben).await.unwrap();
    assert_eq!(people::users_in(tx.conn(), &[outer]).await.unwrap(), [anna]);

    let manager = PortalRole::TenantManager;
    portal_roles::grant(tx.conn(), tenant, anna, manager).await.unwrap();
    people::delete(tx.conn(), anna).await.unwrap();
    assert_eq!(people::find(tx.conn(), anna).await.unwrap(), None);
    assert_eq!(people::users_in(tx.conn(), &[outer]).await.unwrap(), [], "out of every group");
    assert_eq!(portal_roles::holders(tx.conn(), tenant, manager).await.unwrap(), [], "and without a role");
}

#[tokio::test]
async fn what_is_held_through_groups_is_held() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let [partner, another] =
        [estate.tenant(1, "Partner", "PARTNR", true, false).await, estate.tenant(2, "Another", "ANOTHR", true, false).await];
    let customer = estate.tenant(3, "Customer", "CUSTOM", false, true).await;
    let [anna, ben] = [estate.user(partner, 4, "Anna").await, estate.user(another, 5, "Ben").await];
    let group = estate.principal(partner, 6, "Group", PrincipalKind::SecurityGroup).await;
    estate.member(group, anna).await;
    estate.assign(20, customer, Some(partner), group, PermissionSet::ALL, &[], &[]).await;
    estate.assign(30, customer, Some(another), ben, PermissionSet::ALL, &[], &[]).await;
    let mut tx = app.store.write().await.unwrap();
    for (whose, holders) in [(Some(partner), vec![anna]), (Some(another), vec![ben]), (None, vec![anna, ben])] {
        let mut found = group_members::role_holders(tx.conn(), customer, whose).await.unwrap();
        found.sort();
        assert_eq!(found, holders.iter().map(|user| user.user_id).collect::<Vec<_>>(), "{whose:?}");
    }
    let manager = PortalRole::TenantManager;
    assert!(portal_roles::grant(tx.conn(), partner, anna.user_id, manager).await.unwrap());
    assert!(!portal_roles::grant(tx.conn(), partner, anna.user_id, manager).await.unwrap(), "held already");
    assert_eq!(portal_roles::holders(tx.conn(), partner, manager).await.unwrap(), [anna.user_id]);
    let mut held = group_members::footholds(tx.conn(), anna.user_id).await.unwrap();
    held.sort_by_key(|foothold| foothold.customer);
    assert_eq!(held, [Foothold { customer: partner, tenant: partner }, Foothold { customer, tenant: partner }]);
    assert!(portal_roles::revoke(tx.conn(), anna.user_id, manager).await.unwrap());
    assert!(!portal_roles::revoke(tx.conn(), anna.user_id, manager).await.unwrap(), "held no more");
    assert!(group_members::remove(tx.conn(), group.user_id, anna.user_id).await.unwrap());
    assert!(!group_members::remove(tx.conn(), group.user_id, anna.user_id).await.unwrap());
    assert_eq!(group_members::footholds(tx.conn(), anna.user_id).await.unwrap(), []);
    assert!(group_members::add(tx.conn(), group.user_id, ben.user_id).await.unwrap());
    assert!(!group_members::add(tx.conn(), group.user_id, ben.user_id).await.unwrap());
}
