//! What happened while a client was off line counts from the next contact on; until then it reads what it has.

use anyhow::Result;
use tenantry_model::ipc::{Freshness, SyncState};
use tenantry_model::role::Scope;
use tenantry_model::signal::SignalId;
use tenantry_test_kit::Change;
use tenantry_tests::demo::{Demo, DemoOptions};
use tenantry_tests::desk::Desk;
use tenantry_tests::pages;
use tenantry_tests::wait::{SOON, until};
use tenantry_tests::wire::Wire;
use tenantry_tests::world::{SmallEstate, failing};

#[tokio::test(flavor = "multi_thread")]
async fn r62_what_was_lost_while_the_app_was_closed_is_gone_at_the_next_contact() -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let estate = SmallEstate::create(&demo).await?;
    let mut anna = Desk::signed_in(&demo, estate.anna).await?;
    let lost = estate.alpen.room_name(0);
    anna.stop().await;
    assert!(anna.lies_in_file(&lost)?, "the check itself must be able to see what is there");

    demo.control(&[Change::EndRelationship { partner: estate.partner, customer: estate.alpen.id, by_customer: true }]).await?;
    anna.start()?;
    until(SOON, "nothing of the customer is left", || async { Ok(anna.customer(estate.alpen.id).await.is_ok_and(|row| row.is_none())) })
        .await?;
    anna.wait_current().await?;
    assert_eq!(anna.view().await?.sizes(), [1, 2, 2]);
    // Not in freed pages of the file either, once the engine has let go of it (A28).
    anna.stop().await;
    assert!(!anna.lies_in_file(&lost)?, "{lost} can be read back from the file");
    assert!(!anna.lies_in_file(&estate.alpen.name)?, "{} can be read back from the file", estate.alpen.name);
    assert!(anna.lies_in_file(&estate.birke.room_name(0))?, "the other customer stays");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_was_narrowed_while_the_wire_was_cut_counts_once_it_is_mended() -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let estate = SmallEstate::create(&demo).await?;
    let wire = Wire::to(&demo).await?;
    let anna = Desk::signed_in_through(&wire, estate.anna).await?;
    let before = anna.view().await?;

    wire.cut();
    anna.wait_offline().await?;
    let scope = Scope::Some { rooms: vec![estate.alpen.rooms[0]], groups: vec![] };
    demo.control(&[
        Change::ChangeAssignment { assignment: estate.alpen.anna, members: None, scope: Some(scope) },
        Change::DeleteAssignment { assignment: estate.birke.anna },
        failing(estate.alpen.rooms[0], SignalId::DiskHealth),
        Change::advance(60),
    ])
    .await?;
    anna.engine().sync_now().await?;
    anna.wait_offline().await?;
    assert_eq!(anna.view().await?, before, "off line, it reads what it had");
    let row = anna.customer(estate.alpen.id).await?;
    assert!(matches!(row.as_ref().map(|row| row.freshness), Some(Freshness::Stale { .. })), "and says so: {row:?}");

    wire.mend();
    anna.catch_up().await?;
    let after = anna.view().await?;
    assert_eq!(after.sizes(), [1, 1, 2]);
    assert!(after.rooms.contains_key(&(estate.alpen.id, estate.alpen.rooms[0])));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_service_dies_and_comes_back() -> Result<()> {
    let mut demo = Demo::start(DemoOptions::default()).await?;
    let estate = SmallEstate::create(&demo).await?;
    let mut anna = Desk::signed_in(&demo, estate.anna).await?;
    let before = anna.view().await?;
    assert_eq!(before.sizes(), [2, 4, 4]);

    demo.kill();
    let status = anna.wait_offline().await?;
    let SyncState::Offline { retry_at, .. } = status.state else { unreachable!("waited for") };
    assert!(retry_at.is_some() && status.as_of.is_some(), "{status:?}");
    assert_eq!(anna.view().await?, before, "still browsing");
    // Closed and opened again without a network: browsing all the same.
    anna.stop().await;
    anna.start()?;
    anna.wait_offline().await?;
    assert_eq!(anna.view().await?, before);

    demo.restart().await?;
    anna.wait_current().await?;
    demo.control(&[failing(estate.birke.rooms[1], SignalId::SignInTeams), Change::advance(2_400)]).await?;
    until(SOON, "the new incident appears by itself", || async { Ok(anna.active(None).await?.len() == 5) }).await?;
    assert_eq!(anna.browser.opened().len(), 1, "nobody had to sign in again");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn no_name_of_a_customer_lies_readable_in_any_file() -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let estate = SmallEstate::create(&demo).await?;
    let mut anna = Desk::signed_in(&demo, estate.anna).await?;
    for name in [&estate.alpen.name, &estate.birke.name, "Saal"] {
        anna.holds_nowhere(name)?;
    }
    anna.stop().await;
    for name in [&estate.alpen.name, &estate.birke.name, "Saal"] {
        anna.holds_nowhere(name)?;
    }
    let file = anna.cache_file()?;
    let plain = pages::decrypted(&file, &anna.keychain.secrets()[0])?;
    assert!(pages::holds(&plain, "Saal"), "under the encryption they are there, so the check looked at the right file");
    Ok(())
}
