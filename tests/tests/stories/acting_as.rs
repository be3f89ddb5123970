//! Somebody of an organisation that is partner and customer at their desk (A37).

use anyhow::{Context, Result};
use tenantry_model::id::{AssignmentId, PrincipalId, RoleId, RoomId, TenantId};
use tenantry_model::ipc::{IpcErrorKind, Session};
use tenantry_model::permission::BuiltInRole;
use tenantry_model::role::Scope;
use tenantry_model::tenancy::{ActingAs, OfflineTerms, PortalRole};
use tenantry_test_kit::Change;
use tenantry_tests::demo::{Demo, DemoOptions};
use tenantry_tests::desk::Desk;
use tenantry_tests::wait::{SOON, until};
use tenantry_tests::world::SmallEstate;

const OWN_HALL: &str = "Eigenersaal";

fn acting_as(session: &Session) -> Option<ActingAs> {
    match session {
        Session::SignedIn { user, .. } => user.acting_as,
        _ => None,
    }
}

/// What they see, by name of customer, once their desk is current.
async fn customers(desk: &Desk, wanted: &[&str]) -> Result<()> {
    until(SOON, "the customers are these", || async {
        let Ok(view) = desk.view().await else { return Ok(false) };
        let mut names: Vec<&str> = view.customers.values().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        Ok(names == wanted)
    })
    .await
    .with_context(|| format!("{wanted:?}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a37_r3_one_switches_between_the_customers_and_the_own_rooms_and_the_device_never_holds_both() -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let mut estate = SmallEstate::create(&demo).await?;
    let (own, max) = (TenantId::from_uuid(estate.names.uuid()), PrincipalId::from_uuid(estate.names.uuid()));
    let (role, assignment) = (RoleId::from_uuid(estate.names.uuid()), AssignmentId::from_uuid(estate.names.uuid()));
    let hall = RoomId::from_uuid(estate.names.uuid());
    let permissions = BuiltInRole::PrimaryAdmins.permissions();
    demo.control(&[
        Change::tenant(own, "Beides", true, true),
        Change::user(max, own, "Max"),
        Change::GrantPortalRole { principal: max, role: PortalRole::ManagedServiceAdministrator },
        Change::room(hall, own, OWN_HALL, false),
        Change::CreateRelationship {
            partner: own,
            customer: estate.birke.id,
            rooms: vec![estate.birke.rooms[0]],
            primary_admins: vec![],
            ceiling: permissions,
            offline: OfflineTerms::default(),
        },
        Change::CreateRole { id: role, customer: estate.birke.id, partner: Some(own), name: "Helpdesk".into(), permissions },
        Change::CreateAssignment { id: assignment, role, name: "Helpdesk".into(), members: vec![max], scope: Scope::All },
    ])
    .await?;
    let mut desk = Desk::signed_in(&demo, max).await?;
    assert_eq!(acting_as(&desk.engine().get_session().await?), Some(ActingAs::Partner), "a partner, until somebody says otherwise");
    customers(&desk, &[&estate.birke.name]).await?;

    desk.engine().act_as(ActingAs::Customer).await?;
    assert_eq!(acting_as(&desk.engine().get_session().await?), Some(ActingAs::Customer));
    customers(&desk, &["Beides"]).await?;
    assert_eq!(desk.view().await?.sizes()[1], 1, "its one room");
    assert!(!desk.lies_in_file(&estate.birke.name)?, "there is one file, and nothing of the customers is in it");

    // The choice outlasts the app.
    desk.stop().await;
    desk.start()?;
    assert_eq!(acting_as(&desk.opened().await?), Some(ActingAs::Customer));
    customers(&desk, &["Beides"]).await?;
    desk.engine().act_as(ActingAs::Customer).await?;
    desk.engine().act_as(ActingAs::Partner).await?;
    customers(&desk, &[&estate.birke.name]).await?;
    let refused = desk.engine().get_customer(own).await.map_err(|error| error.kind);
    assert_eq!(refused.err(), Some(IpcErrorKind::NotFound));
    assert!(!desk.lies_in_file(OWN_HALL)?);
    Ok(())
}
