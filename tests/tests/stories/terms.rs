//! A28: for how long a customer lets a desktop read without contact.

use std::time::Duration;

use anyhow::Result;
use tenantry_model::ipc::{IncidentScope, IpcErrorKind, RoomKey};
use tenantry_model::tenancy::OfflineTerms;
use tenantry_test_kit::Change;
use tenantry_tests::demo::{Demo, DemoOptions};
use tenantry_tests::desk::Desk;
use tenantry_tests::view::queried::whole_list;
use tenantry_tests::wait::{SOON, until};
use tenantry_tests::wire::Wire;
use tenantry_tests::world::{Customer, SmallEstate};

const DAY: Duration = Duration::from_secs(86_400);

async fn is_locked(desk: &Desk, customer: &Customer) -> Result<bool> {
    let row = desk.customer(customer.id).await?;
    let row = row.ok_or_else(|| anyhow::anyhow!("{} is not even named", customer.name))?;
    if !row.freshness.is_locked() {
        return Ok(false);
    }
    assert_eq!((row.open, row.worst), (None, None), "a locked customer tells no numbers");
    // Nothing of it answers any more, by whatever question.
    let scope = IncidentScope::Customer { id: customer.id };
    let tab = tenantry_model::api::IncidentTab::Active;
    match desk.engine().list_incidents(whole_list(scope, tab)).await {
        Err(error) => assert_eq!(error.kind, IpcErrorKind::Locked),
        Ok(page) => {
            let page = page.read()?;
            assert!(page.rows.is_empty() && page.matches == 0 && page.counters.all == 0, "{page:?}");
        }
    }
    let all = desk.engine().list_incidents(whole_list(IncidentScope::All, tab)).await?.read()?;
    assert!(!format!("{:?}", all.rows).contains(&customer.name), "{:?}", all.rows);
    assert!(all.unreliable.iter().any(|it| it.id == customer.id), "the list over all names who is missing: {:?}", all.unreliable);
    match desk.rooms(customer.id).await {
        Ok(rooms) => assert!(rooms.is_empty(), "{rooms:?}"),
        Err(error) => assert_eq!(error.downcast_ref().map(|it: &tenantry_model::ipc::IpcError| it.kind), Some(IpcErrorKind::Locked)),
    }
    let room = desk.engine().get_room(RoomKey { customer_id: customer.id, id: customer.rooms[0] }).await;
    assert_eq!(room.map(|_| ()).map_err(|error| error.kind), Err(IpcErrorKind::Locked));
    Ok(true)
}

#[tokio::test(flavor = "multi_thread")]
async fn a28_past_the_limit_rows_are_locked_and_a_clock_set_back_unlocks_nothing() -> Result<()> {
    let mut demo = Demo::start(DemoOptions::default()).await?;
    let estate = SmallEstate::create(&demo).await?;
    let short = OfflineTerms { allowed: true, days: "2".parse()? };
    demo.control(&[Change::SetOfflineTerms { partner: estate.partner, customer: estate.alpen.id, offline: short }]).await?;
    let mut anna = Desk::signed_in(&demo, estate.anna).await?;
    demo.kill();
    anna.wait_offline().await?;
    anna.clock.advance(DAY);
    assert!(!is_locked(&anna, &estate.alpen).await?, "one day of two");
    assert_eq!(anna.active(None).await?.len(), 4);

    anna.clock.advance(DAY + Duration::from_secs(60));
    until(SOON, "the customer is locked", || is_locked(&anna, &estate.alpen)).await?;
    assert!(!is_locked(&anna, &estate.birke).await?, "seven days are not over");
    assert_eq!(anna.active(None).await?.len(), 2);

    anna.clock.set_back(3 * DAY);
    assert!(is_locked(&anna, &estate.alpen).await?, "the clock was set back");
    anna.stop().await;
    anna.start()?;
    anna.wait_offline().await?;
    assert!(is_locked(&anna, &estate.alpen).await?, "the clock was set back and the app opened again");

    demo.restart().await?;
    anna.catch_up().await?;
    assert!(!is_locked(&anna, &estate.alpen).await?, "contact unlocks");
    assert_eq!(anna.active(None).await?.len(), 4);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a28_where_offline_reading_is_not_allowed_rows_are_locked_without_contact() -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let estate = SmallEstate::create(&demo).await?;
    let wire = Wire::to(&demo).await?;
    let anna = Desk::signed_in_through(&wire, estate.anna).await?;
    let never = OfflineTerms { allowed: false, ..OfflineTerms::default() };
    demo.control(&[Change::SetOfflineTerms { partner: estate.partner, customer: estate.alpen.id, offline: never }]).await?;
    anna.catch_up().await?;
    assert_eq!(anna.active(None).await?.len(), 4, "on line they are there");
    wire.cut();
    anna.wait_offline().await?;
    until(SOON, "the customer is locked", || is_locked(&anna, &estate.alpen)).await?;
    assert!(!is_locked(&anna, &estate.birke).await?);
    wire.mend();
    anna.catch_up().await?;
    assert_eq!(anna.active(None).await?.len(), 4);
    Ok(())
}
