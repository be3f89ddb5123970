//! The conformance suite: roles and their assignments.

use tenantry_model::id::{AssignmentId, RoleId};
use tenantry_model::permission::{BuiltInRole, Permission, PermissionSet};
use tenantry_model::role::Scope;
use tenantry_service::store::assignments::{self, NewAssignment};
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
