//! Two clients on line, while the service changes.

use anyhow::Result;
use tenantry_model::role::Scope;
use tenantry_model::signal::SignalId;
use tenantry_test_kit::Change;
use tenantry_tests::demo::{Demo, DemoOptions};
use tenantry_tests::desk::Desk;
use tenantry_tests::wait::{AT_ONCE, until};
use tenantry_tests::world::{SmallEstate, failing};

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_is_taken_away_takes_its_rows_within_seconds() -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let estate = SmallEstate::create(&demo).await?;
    let (anna, bert) = (Desk::signed_in(&demo, estate.anna).await?, Desk::signed_in(&demo, estate.bert).await?);
    assert_eq!(anna.active(None).await?.len(), 4);
    let bert_before = bert.view().await?;
    assert_eq!(bert_before.sizes(), [2, 4, 4]);

    demo.control(&[Change::DeleteAssignment { assignment: estate.alpen.anna }]).await?;
    until(AT_ONCE, "nothing of the customer is left", || async { Ok(anna.customer(estate.alpen.id).await?.is_none()) }).await?;
    let left = anna.view().await?;
    assert_eq!(left.sizes(), [1, 2, 2]);
    assert!(left.customers.contains_key(&estate.birke.id));
    assert!(anna.rooms(estate.alpen.id).await.is_err(), "the customer answers as an unknown one does");

    // Another person's copy is what it was; it needed nothing.
    bert.catch_up().await?;
    assert_eq!(bert.view().await?, bert_before);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn r62_a_relationship_that_ends_takes_everybodys_rows_within_seconds() -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let estate = SmallEstate::create(&demo).await?;
    let (anna, bert) = (Desk::signed_in(&demo, estate.anna).await?, Desk::signed_in(&demo, estate.bert).await?);
    let admin = Desk::signed_in(&demo, estate.birke.admin).await?;
    let admin_before = admin.view().await?;
    demo.control(&[Change::EndRelationship { partner: estate.partner, customer: estate.birke.id, by_customer: true }]).await?;
    for desk in [&anna, &bert] {
        until(AT_ONCE, "nothing of the customer is left", || async { Ok(desk.customer(estate.birke.id).await?.is_none()) }).await?;
        assert_eq!(desk.view().await?.sizes(), [1, 2, 2]);
    }
    assert_eq!(admin.view().await?, admin_before, "the customer's own staff keep theirs");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn r58_a_room_that_leaves_the_scope_takes_its_incident_along() -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let estate = SmallEstate::create(&demo).await?;
    let anna = Desk::signed_in(&demo, estate.anna).await?;
    let [kept, lost, hidden] = estate.alpen.rooms;
    assert_eq!(anna.rooms(estate.alpen.id).await?.len(), 2);

    let scope = Scope::Some { rooms: vec![kept, hidden], groups: vec![] };
    demo.control(&[Change::ChangeAssignment { assignment: estate.alpen.anna, members: None, scope: Some(scope) }]).await?;
    until(AT_ONCE, "one room is left", || async { Ok(anna.rooms(estate.alpen.id).await?.len() == 1) }).await?;
    assert_eq!(anna.rooms(estate.alpen.id).await?[0].room.id, kept);
    let left = anna.active(Some(estate.alpen.id)).await?;
    assert!(left.len() == 1 && left[0].rooms[0].id == kept, "{left:?}");

    // The one that was never delegated becomes visible only once the customer hands it over, too (R41).
    demo.control(&[Change::delegated(estate.partner, estate.alpen.id, vec![lost, hidden])]).await?;
    until(AT_ONCE, "the other room has come", || async {
        Ok(anna.rooms(estate.alpen.id).await?.iter().map(|row| row.room.id).eq([hidden]))
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_incident_appears_by_itself() -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let estate = SmallEstate::create(&demo).await?;
    let anna = Desk::signed_in(&demo, estate.anna).await?;
    let before = anna.active(None).await?.len();
    demo.control(&[failing(estate.alpen.rooms[1], SignalId::DiskHealth), Change::advance(60)]).await?;
    until(AT_ONCE, "the new incident is listed", || async { Ok(anna.active(None).await?.len() == before + 1) }).await?;
    // The room that failed stays hidden where it was not delegated.
    demo.control(&[failing(estate.alpen.rooms[2], SignalId::DiskHealth), failing(estate.birke.rooms[0], SignalId::DiskHealth)]).await?;
    until(AT_ONCE, "the next incident is listed", || async { Ok(anna.active(None).await?.len() >= before + 2) }).await?;
    anna.catch_up().await?;
    assert_eq!(anna.active(None).await?.len(), before + 2);
    Ok(())
}
