//! The conformance suite: roles and their assignments.

use tenantry_model::id::{AssignmentId, PrincipalId, RoleId};
use tenantry_model::permission::{BuiltInRole, Permission, PermissionSet};
use tenantry_model::role::Scope;
use tenantry_service::store::assignments::{self, NewAssignment, StoredAssignment};
use tenantry_service::store::roles::{self, NewRole};

use crate::support::{TestApp, id};

fn role(n: u128, new: &NewRole, name: &str) -> NewRole {
    NewRole { id: RoleId::from_uuid(id(n)), name: name.to_owned(), ..new.clone() }
}

#[tokio::test]
async fn r44_roles_are_a_partners_at_a_customer_or_the_customers_own() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let [partner, customer] =
        [estate.tenant(1, "Partner", "PARTNR", true, false).await, estate.tenant(2, "Customer", "CUSTOM", false, true).await];
    let seen = PermissionSet::of(&[Permission::TicketsView]);
    let new = NewRole {
        id: RoleId::from_uuid(id(9)),
        customer,
        partner: Some(partner),
        name: String::new(),
        description: "Said".into(),
        built_in: None,
        permissions: seen,
    };
    let [b, a, own] = [role(11, &new, "B"), role(12, &new, "A"), NewRole { partner: None, ..role(13, &new, "Own") }];
    let primary = NewRole { built_in: Some(BuiltInRole::PrimaryAdmins), ..role(14, &new, "Z") };
    let mut tx = app.store.write().await.unwrap();
    roles::insert(tx.conn(), &[b.clone(), a.clone(), own.clone(), primary.clone()]).await.unwrap();
    let mut at = async |partner| -> Vec<RoleId> {
        roles::at(tx.conn(), customer, partner).await.unwrap().into_iter().map(|it| it.role.id).collect()
    };
    assert_eq!(at(Some(partner)).await, [primary.id, a.id, b.id], "built-in ones first, then by name");
    assert_eq!(at(None).await, [own.id]);
    assert_eq!(at(Some(customer)).await, []);
    let found = roles::find(tx.conn(), own.id).await.unwrap().unwrap();
    assert_eq!((found.customer, found.partner, found.version, found.role.permissions), (customer, None, 1, seen));
    assert_eq!(found.tenant(), customer);

    roles::change(tx.conn(), a.id, Some("New"), None, Some(PermissionSet::ALL)).await.unwrap();
    let changed = roles::find(tx.conn(), a.id).await.unwrap().unwrap().role;
    assert_eq!((changed.name.as_str(), changed.description.as_str(), changed.permissions), ("New", "Said", PermissionSet::ALL));
    roles::change(tx.conn(), a.id, None, Some(""), None).await.unwrap();
    let changed = roles::find(tx.conn(), a.id).await.unwrap().unwrap().role;
    assert_eq!((changed.name.as_str(), changed.description.as_str(), changed.permissions), ("New", "", PermissionSet::ALL));
    assert_eq!(roles::raise_version(tx.conn(), a.id).await.unwrap(), 2);
    assert_eq!(roles::find(tx.conn(), a.id).await.unwrap().unwrap().version, 2);
}

#[tokio::test]
async fn r48_an_assignment_holds_members_and_a_scope_and_goes_with_its_role() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let [partner, customer] =
        [estate.tenant(1, "Partner", "PARTNR", true, false).await, estate.tenant(2, "Customer", "CUSTOM", false, true).await];
    let [anna, ben] = [estate.user(partner, 3, "Anna").await.user_id, estate.user(partner, 4, "Ben").await.user_id];
    let [room, other] = [estate.room(customer, 5, "Room").await, estate.room(customer, 6, "Other").await];
    let group = estate.room_group(customer, 7, &[other]).await;
    let new = NewRole {
        id: RoleId::from_uuid(id(8)),
        customer,
        partner: Some(partner),
        name: "Primary".into(),
        description: String::new(),
        built_in: Some(BuiltInRole::PrimaryAdmins),
        permissions: PermissionSet::ALL,
    };
    let assignment = |n, name: &str| NewAssignment {
        id: AssignmentId::from_uuid(id(n)),
        role: new.id,
        name: name.to_owned(),
        description: "Said".into(),
        email_notifications: true,
    };
    let [first, second] = [assignment(20, "B"), assignment(21, "A")];
    let mut tx = app.store.write().await.unwrap();
    roles::insert(tx.conn(), std::slice::from_ref(&new)).await.unwrap();
    assert!(assignments::primary_admins(tx.conn(), partner, customer).await.unwrap().is_none(), "no assignment yet");
    assignments::insert(tx.conn(), &first, &[anna], &Scope::All).await.unwrap();
    let (role, preset) = assignments::primary_admins(tx.conn(), partner, customer).await.unwrap().unwrap();
    assert_eq!((role, preset.id, preset.members, preset.scope, preset.version), (new.id, first.id, vec![anna], Scope::All, 1));
    let some = Scope::Some { rooms: vec![room], groups: vec![group] };
    assignments::insert(tx.conn(), &second, &[], &some).await.unwrap();
    let of_role: Vec<_> = assignments::of_role(tx.conn(), role).await.unwrap().into_iter().map(|it| it.id).collect();
    assert_eq!(of_role, [second.id, first.id], "by name");

    assignments::add_members(tx.conn(), second.id, &[ben, anna, ben]).await.unwrap();
    let found = assignments::find(tx.conn(), second.id).await.unwrap().unwrap();
    assert_eq!((found.members, found.scope, found.email_notifications), (vec![anna, ben], some, true));
    assignments::remove_members(tx.conn(), second.id, &[anna]).await.unwrap();
    assignments::set_scope(tx.conn(), second.id, &Scope::Some { rooms: vec![other], groups: vec![] }).await.unwrap();
    assignments::describe(tx.conn(), second.id, None, Some("Other"), Some(false)).await.unwrap();
    assert_eq!(assignments::raise_version(tx.conn(), second.id).await.unwrap(), 2);
    let found = assignments::find(tx.conn(), second.id).await.unwrap().unwrap();
    assert_eq!((found.members, found.scope), (vec![ben], Scope::Some { rooms: vec![other], groups: vec![] }));
    assert_eq!((found.name.as_str(), found.description.as_str(), found.email_notifications, found.version), ("A", "Other", false, 2));

    for (who, holds) in [(vec![anna], true), (vec![ben], true), (vec![], false)] {
        assert_eq!(assignments::has_primary_admin(tx.conn(), partner, customer, &who).await.unwrap(), holds, "{who:?}");
    }
    assert!(!assignments::has_primary_admin(tx.conn(), customer, customer, &[anna]).await.unwrap(), "another partner's");
    assignments::delete(tx.conn(), second.id).await.unwrap();
    assert!(assignments::find(tx.conn(), second.id).await.unwrap().is_none());
    assert!(!assignments::has_primary_admin(tx.conn(), partner, customer, &[ben]).await.unwrap());
    roles::delete(tx.conn(), role).await.unwrap();
    assert!(roles::find(tx.conn(), role).await.unwrap().is_none());
    assert!(assignments::find(tx.conn(), first.id).await.unwrap().is_none(), "with its role");
}

#[tokio::test]
async fn what_happens_to_one_role_leaves_the_others_and_their_assignments() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let customer = estate.tenant(3, "Customer", "CUSTOM", false, true).await;
    let anna = estate.user(customer, 4, "Anna").await;
    let room = estate.room(customer, 10, "A").await;
    let group = estate.room_group(customer, 11, &[room]).await;
    for n in [20, 21] {
        estate.assign(n, customer, None, anna, PermissionSet::ALL, &[room], &[group]).await;
    }
    let [gone, kept] = [20, 21].map(|n| RoleId::from_uuid(id(n)));
    let mut tx = app.store.write().await.unwrap();
    let before = roles::find(tx.conn(), kept).await.unwrap().unwrap();
    let assigned = assignments::of_role(tx.conn(), kept).await.unwrap();
    roles::change(tx.conn(), gone, Some("Gone"), Some("Soon"), Some(PermissionSet::NONE)).await.unwrap();
    roles::delete(tx.conn(), gone).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = app.store.write().await.unwrap();
    assert_eq!(assignments::of_role(tx.conn(), gone).await.unwrap(), []);
    assert_eq!(roles::at(tx.conn(), customer, None).await.unwrap(), [before]);
    assert_eq!(assignments::of_role(tx.conn(), kept).await.unwrap(), assigned);
    let scope = Scope::Some { rooms: vec![room], groups: vec![group] };
    assert_eq!((assigned.len(), &assigned[0].members, &assigned[0].scope), (1, &vec![anna.user_id], &scope));
    assert!(roles::raise_version(tx.conn(), gone).await.is_err(), "there is none");
}

#[tokio::test]
async fn a_scope_is_replaced_whole_and_no_room_is_not_every_room() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let customer = estate.tenant(3, "Customer", "CUSTOM", false, true).await;
    let anna = estate.user(customer, 4, "Anna").await;
    let rooms = [estate.room(customer, 10, "A").await, estate.room(customer, 11, "B").await];
    let groups = [estate.room_group(customer, 12, &[]).await, estate.room_group(customer, 13, &[]).await];
    estate.assign(20, customer, None, anna, PermissionSet::ALL, &[], &[]).await;
    let mut tx = app.store.write().await.unwrap();
    let before = assignments::of_role(tx.conn(), RoleId::from_uuid(id(20))).await.unwrap().remove(0);
    assert_eq!(before.scope, Scope::All);
    let some = |rooms: &[_], groups: &[_]| Scope::Some { rooms: rooms.to_vec(), groups: groups.to_vec() };
    for (set, read) in [
        (some(&[rooms[1], rooms[0], rooms[1]], &[groups[1], groups[0]]), some(&rooms, &groups)),
        (some(&rooms[..1], &groups[1..]), some(&rooms[..1], &groups[1..])),
        (some(&[], &[]), some(&[], &[])),
        (Scope::All, Scope::All),
    ] {
        assignments::set_scope(tx.conn(), before.id, &set).await.unwrap();
        let found = assignments::find(tx.conn(), before.id).await.unwrap().unwrap();
        assert_eq!(found, StoredAssignment { scope: read, ..before.clone() }, "in the order of their ids, and the rest as it was");
    }
    assignments::remove_members(tx.conn(), before.id, &[PrincipalId::from_uuid(id(99))]).await.unwrap();
    assignments::describe(tx.conn(), before.id, None, None, None).await.unwrap();
    assert_eq!(assignments::find(tx.conn(), before.id).await.unwrap().as_ref(), Some(&before), "nothing to do");
    assignments::delete(tx.conn(), before.id).await.unwrap();
    assert!(assignments::raise_version(tx.conn(), before.id).await.is_err(), "there is none");
}

#[tokio::test]
async fn r39_primary_admins_are_those_of_one_partner_at_one_customer() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let [partner, other] =
        [estate.tenant(1, "Partner", "PARTNR", true, false).await, estate.tenant(2, "Other", "OTHERX", true, false).await];
    let [customer, next] =
        [estate.tenant(3, "Customer", "CUSTOM", false, true).await, estate.tenant(4, "Next", "NEXTXX", false, true).await];
    let [admin, tech] = [estate.user(partner, 5, "Anna").await, estate.user(partner, 6, "Ben").await];
    let permissions = BuiltInRole::PrimaryAdmins.permissions();
    estate.primary_admins(20, partner, customer, permissions, admin).await;
    estate.assign(21, customer, Some(partner), tech, permissions, &[], &[]).await;
    estate.assign(22, customer, Some(other), admin, permissions, &[], &[]).await;
    let (admin, tech) = (admin.user_id, tech.user_id);
    let mut tx = app.store.read().await.unwrap();
    let (role, found) = assignments::primary_admins(tx.conn(), partner, customer).await.unwrap().unwrap();
    assert_eq!((role, found.role, found.members), (RoleId::from_uuid(id(20)), role, vec![admin]));
    for (partner, customer) in [(other, customer), (partner, next)] {
        assert_eq!(assignments::primary_admins(tx.conn(), partner, customer).await.unwrap(), None);
    }
    for (partner, customer, any_of, expected) in [
        (partner, customer, vec![tech, admin], true),
        (partner, customer, vec![tech], false),
        (partner, customer, vec![], false),
        (other, customer, vec![admin], false),
        (partner, next, vec![admin], false),
    ] {
        let found = assignments::has_primary_admin(tx.conn(), partner, customer, &any_of).await.unwrap();
        assert_eq!(found, expected, "{partner} at {customer}: {any_of:?}");
    }
}
