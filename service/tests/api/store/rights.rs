//! The conformance suite: rights and customers.

use tenantry_model::access::Grant;
use tenantry_model::id::{AssignmentId, RoleId, RoomGroupId, TenantId};
use tenantry_model::permission::{BuiltInRole, Permission, PermissionSet};
use tenantry_model::role::Scope;
use tenantry_model::tenancy::{OfflineTerms, PortalRole, PrincipalKind, UserKey};
use tenantry_service::store::assignments::{self, NewAssignment};
use tenantry_service::store::rights::{self, CustomerGrants, Delegated, KnownUser};
use tenantry_service::store::roles::{self, NewRole};
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
    let mut known = rights::user(tx.conn(), anna, true).await.unwrap();
    known.groups.sort();
    let expected = KnownUser {
        display_name: Some("Anna".into()),
        groups: vec![inner.user_id, outer.user_id],
        portal_roles: vec![PortalRole::TenantManager],
    };
    assert_eq!(known, expected);
    for stranger in [UserKey { tenant_id: other, ..anna }, inner] {
        assert_eq!(rights::user(tx.conn(), stranger, true).await.unwrap(), KnownUser::default(), "of another tenant, or no user");
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
    assert_eq!(delegated[&one], Delegated { ceiling, scope: Scope::Some { rooms: vec![room], groups: vec![] } });
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
    let mut of_groups = rights::rooms_of_groups(tx.conn(), &[group, RoomGroupId::from_uuid(id(98))]).await.unwrap();
    of_groups.values_mut().for_each(|rooms| rooms.sort());
    assert_eq!(of_groups, [((one, group), vec![room, spare])].into(), "each by its customer");
    estate.end_relationship(partner, one).await;
    let mut tx = app.store.read().await.unwrap();
    assert_eq!(rights::delegations(tx.conn(), partner, &[one, two]).await.unwrap().into_keys().collect::<Vec<_>>(), [two]);
    assert_eq!(customers::active_customers(tx.conn(), partner).await.unwrap(), [two]);
    assert_eq!(customers::facts(tx.conn(), partner, &[one]).await.unwrap()[&one].established_at, None);
}

#[tokio::test]
async fn r55_who_holds_the_built_in_administrator_role_of_their_own_tenant_administers_it() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let tenant = estate.tenant(1, "Tenant", "TENANT", true, true).await;
    let customer = estate.tenant(2, "Customer", "CUSTOM", false, true).await;
    let [anna, ben, cleo] =
        [estate.user(tenant, 3, "Anna").await, estate.user(tenant, 4, "Ben").await, estate.user(tenant, 5, "Cleo").await];
    let administrator = Some(BuiltInRole::ManagedServiceAdministrator);
    let mut tx = app.store.write().await.unwrap();
    for (n, customer, built_in, member) in
        [(20, tenant, administrator, anna), (21, tenant, Some(BuiltInRole::SiteLead), ben), (22, customer, administrator, cleo)]
    {
        let (role, name, description) = (RoleId::from_uuid(id(n)), "Role".to_owned(), String::new());
        let new = NewRole { id: role, customer, partner: None, name, description, built_in, permissions: PermissionSet::ALL };
        roles::insert(tx.conn(), &[new]).await.unwrap();
        let (id, name, description) = (AssignmentId::from_uuid(id(n)), "A".to_owned(), String::new());
        let new = NewAssignment { id, role, name, description, email_notifications: false };
        assignments::insert(tx.conn(), &new, &[member.user_id], &Scope::All).await.unwrap();
    }
    for (user, expected) in [(anna, vec![PortalRole::ManagedServiceAdministrator]), (ben, vec![]), (cleo, vec![])] {
        assert_eq!(rights::user(tx.conn(), user, true).await.unwrap().portal_roles, expected);
    }
}

#[tokio::test]
async fn grants_come_by_customer_with_their_scope_and_whom_of_the_users_groups_they_name() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let partner = estate.tenant(1, "Partner", "PARTNR", true, true).await;
    let [first, second] = [estate.tenant(2, "First", "FIRSTX", false, true).await, estate.tenant(3, "Second", "SECOND", false, true).await];
    let [anna, ben] = [estate.user(partner, 4, "Anna").await, estate.user(partner, 5, "Ben").await];
    let [group, around] = [6, 7].map(|n| estate.principal(partner, n, "Group", PrincipalKind::SecurityGroup));
    let (group, around) = (group.await, around.await);
    estate.member(group, anna).await;
    estate.member(around, group).await;
    estate.member(group, around).await;
    let rooms = [estate.room(first, 10, "A").await, estate.room(first, 11, "B").await];
    let room_group = estate.room_group(first, 12, &rooms).await;
    let few = BuiltInRole::SiteTech.permissions();
    estate.assign(23, second, Some(partner), around, few, &[], &[]).await;
    estate.assign(22, first, Some(partner), anna, few, &rooms[..1], &[room_group]).await;
    estate.assign(21, first, Some(partner), group, PermissionSet::ALL, &[], &[]).await;
    estate.assign(24, partner, None, anna, few, &[], &[]).await;
    estate.assign(25, first, Some(partner), ben, few, &rooms[1..], &[]).await;
    let of = |n: u128| AssignmentId::from_uuid(id(n + 500_000));
    let mut tx = app.store.write().await.unwrap();
    assignments::add_members(tx.conn(), of(21), &[anna.user_id, ben.user_id]).await.unwrap();
    let mut found = rights::grants(tx.conn(), anna).await.unwrap();
    found.iter_mut().flat_map(|it| &mut it.grants).for_each(|grant| grant.members.sort());
    let grant = |n, permissions, members: &[UserKey], scope| {
        let members = members.iter().map(|it| it.user_id).collect();
        Grant { assignment: of(n), permissions, members, scope }
    };
    let some = Scope::Some { rooms: vec![rooms[0]], groups: vec![room_group] };
    let at_first = vec![grant(21, PermissionSet::ALL, &[anna, group], Scope::All), grant(22, few, &[anna], some)];
    let expected = [
        CustomerGrants { customer: partner, own: true, grants: vec![grant(24, few, &[anna], Scope::All)] },
        CustomerGrants { customer: first, own: false, grants: at_first },
        CustomerGrants { customer: second, own: false, grants: vec![grant(23, few, &[around], Scope::All)] },
    ];
    assert_eq!(found, expected);
}
