//! Who sees what, at a desk of their own.

use anyhow::{Context, Result};
use tenantry_model::api::IncidentTab;
use tenantry_model::id::{AssignmentId, PrincipalId, RoleId, TenantId};
use tenantry_model::ipc::IpcErrorKind;
use tenantry_model::permission::{Permission, PermissionSet};
use tenantry_model::role::Scope;
use tenantry_model::tenancy::OfflineTerms;
use tenantry_test_kit::Change;
use tenantry_tests::api::Api;
use tenantry_tests::demo::{Demo, DemoOptions};
use tenantry_tests::desk::Desk;
use tenantry_tests::world::SmallEstate;

#[tokio::test(flavor = "multi_thread")]
async fn a_person_with_nothing_sees_nothing_and_is_told_so() -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let estate = SmallEstate::create(&demo).await?;
    let nora = Desk::signed_in(&demo, estate.nora).await?;
    assert_eq!(nora.view().await?.sizes(), [0, 0, 0]);
    // Being current with nothing is an answer, and not the same as not knowing.
    assert!(nora.sync().await?.as_of.is_some());
    assert!(nora.rooms(estate.alpen.id).await.is_err());
    assert_eq!(nora.engine().get_customer(estate.alpen.id).await.map_err(|error| error.kind), Err(IpcErrorKind::NotFound));
    nora.holds_nowhere(&estate.alpen.name)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customers_administrator_sees_their_own_rooms_and_no_other() -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let estate = SmallEstate::create(&demo).await?;
    let admin = Desk::signed_in(&demo, estate.alpen.admin).await?;
    let view = admin.view().await?;
    assert_eq!(view.sizes(), [1, 3, 3], "the third room, too, which no partner was given");
    assert!(view.rooms.keys().all(|(customer, _)| *customer == estate.alpen.id));
    assert_eq!(view.customers[&estate.alpen.id].1, PermissionSet::ALL);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn r9_two_partners_at_one_customer_see_different_rooms() -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let mut estate = SmallEstate::create(&demo).await?;
    let (other, otto) = (TenantId::from_uuid(estate.names.uuid()), PrincipalId::from_uuid(estate.names.uuid()));
    let (role, assignment) = (RoleId::from_uuid(estate.names.uuid()), AssignmentId::from_uuid(estate.names.uuid()));
    let customer = estate.alpen.id;
    let rooms = estate.alpen.rooms[1..].to_vec();
    let permissions = PermissionSet::of(&[Permission::RoomsView, Permission::TicketsView]);
    demo.control(&[
        Change::partner(other, "Andere Partner"),
        Change::user(otto, other, "Otto"),
        Change::CreateRelationship {
            partner: other,
            customer,
            rooms,
            primary_admins: vec![],
            ceiling: permissions,
            offline: OfflineTerms::default(),
        },
        Change::CreateRole { id: role, customer, partner: Some(other), name: "Sight".into(), permissions },
        Change::CreateAssignment { id: assignment, role, name: "Sight".into(), members: vec![otto], scope: Scope::All },
    ])
    .await?;
    let (anna, otto) = (Desk::signed_in(&demo, estate.anna).await?, Desk::signed_in(&demo, otto).await?);
    let rooms = |view: &tenantry_tests::view::View| -> Vec<_> {
        estate.alpen.rooms.iter().map(|room| view.rooms.contains_key(&(customer, *room))).collect()
    };
    let (annas, ottos) = (anna.view().await?, otto.view().await?);
    assert_eq!(rooms(&annas), [true, true, false]);
    assert_eq!(rooms(&ottos), [false, true, true]);
    assert_eq!(ottos.sizes(), [1, 2, 2]);
    assert_eq!(ottos.customers[&customer].1, permissions);
    // One partner leaving is nothing to the other.
    demo.control(&[Change::EndRelationship { partner: estate.partner, customer: estate.alpen.id, by_customer: true }]).await?;
    otto.catch_up().await?;
    assert_eq!(otto.view().await?, ottos);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_people_of_the_demo_see_what_the_sign_in_page_says() -> Result<()> {
    let demo = Demo::start(DemoOptions::estate("s")).await?;
    for (slug, customers) in [("global-admin", 0), ("tenant-manager", 0), ("nobody", 0), ("customer-admin", 1), ("primary-admin", 50)] {
        let me = Api::sign_in(&demo, slug).await?.me().await?;
        assert_eq!(me.customers.len(), customers, "{slug}: {me:?}");
    }
    let api = Api::sign_in(&demo, "technician").await?;
    let me = api.me().await?;
    assert!(!me.customers.is_empty() && me.customers.len() < 50, "{me:?}");
    let incidents_only = PermissionSet::of(&[Permission::TicketsView, Permission::TicketsUpdate, Permission::IncidentsCreate]);
    assert!(me.customers.iter().all(|customer| customer.permissions.is_subset_of(incidents_only)), "{me:?}");
    assert!(!api.incidents(None, IncidentTab::Active).await?.context("the list over all customers")?.is_empty());
    for customer in &me.customers {
        assert!(api.rooms(customer.id).await?.is_none_or(|rooms| rooms.is_empty()), "{customer:?}");
    }
    Ok(())
}
