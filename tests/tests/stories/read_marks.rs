//! What somebody read at one desk is read at each of theirs, and at nobody else's.

use anyhow::{Context, Result, ensure};
use tenantry_model::api::IncidentTab;
use tenantry_model::api::incidents::PostMessage;
use tenantry_model::id::TenantId;
use tenantry_model::ipc::{FormId, IncidentRef, IncidentScope, ListRow, SeenMessages, Work, WorkItem, WorkOutcome};
use tenantry_model::text::TicketNumber;
use tenantry_tests::demo::{Demo, DemoOptions};
use tenantry_tests::desk::Desk;
use tenantry_tests::view::queried::whole_list;
use tenantry_tests::wait::{AT_ONCE, SOON, until};
use tenantry_tests::wire::Wire;
use tenantry_tests::world::SmallEstate;
use uuid::Uuid;

/// How many messages of the incident are there at this desk, and how many of them are unread.
async fn unread(desk: &Desk, incident: IncidentRef) -> Result<(u32, u32)> {
    let page = desk.engine().list_incidents(whole_list(IncidentScope::All, IncidentTab::Active)).await?.read()?;
    let found = page.rows.into_iter().find_map(|row| match row {
        ListRow::Incident { incident: row, unread, .. } if row.number == incident.number => Some((row.messages, unread)),
        _ => None,
    });
    found.context("the incident is not listed")
}

async fn wait_unread(desk: &Desk, incident: IncidentRef, wanted: (u32, u32)) -> Result<()> {
    let what = format!("{wanted:?} of messages and unread ones");
    until(AT_ONCE, &what, || async { Ok(unread(desk, incident).await? == wanted) }).await
}

async fn post(desk: &Desk, n: u128, customer: TenantId, number: TicketNumber) -> Result<()> {
    let new = PostMessage { text: format!("message {n}"), assign_to: None };
    let item = WorkItem { form: FormId(Uuid::from_u128(n)), customer, work: Work::Message { number, new } };
    ensure!(matches!(desk.engine().do_work(item).await?, WorkOutcome::Done(_)), "it was not sent");
    Ok(())
}

async fn read(desk: &Desk, incident: IncidentRef, last: u32) -> Result<()> {
    Ok(desk.engine().mark_read(SeenMessages { incident, first: 1, last }).await?)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_read_at_one_desk_is_read_at_the_others_of_the_same_user_within_seconds_and_at_nobody_elses() -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let estate = SmallEstate::create(&demo).await?;
    let wire = Wire::to(&demo).await?;
    let (one, two) = (Desk::signed_in(&demo, estate.anna).await?, Desk::signed_in_through(&wire, estate.anna).await?);
    let bert = Desk::signed_in(&demo, estate.bert).await?;
    let (customer_id, number) = (estate.alpen.id, one.active(Some(estate.alpen.id)).await?[0].number);
    let incident = IncidentRef { customer_id, number };
    for n in 1..=3 {
        post(&one, n, customer_id, number).await?;
    }
    for desk in [&one, &two, &bert] {
        wait_unread(desk, incident, (3, 3)).await?;
    }
    read(&one, incident, 2).await?;
    wait_unread(&two, incident, (3, 1)).await?;
    bert.catch_up().await?;
    ensure!(unread(&bert, incident).await? == (3, 3), "somebody else read it for Bert");

    // A machine that was never used before, by which all of it is read.
    let three = Desk::signed_in(&demo, estate.anna).await?;
    ensure!(unread(&three, incident).await? == (3, 1), "{:?}", unread(&three, incident).await?);
    read(&three, incident, 3).await?;
    for desk in [&one, &two] {
        wait_unread(desk, incident, (3, 0)).await?;
    }

    // Off line it is read there at once, and elsewhere once there is contact, also where the app was closed meanwhile.
    post(&one, 4, customer_id, number).await?;
    wait_unread(&two, incident, (4, 1)).await?;
    wire.cut();
    two.wait_offline().await?;
    read(&two, incident, 4).await?;
    ensure!(unread(&two, incident).await? == (4, 0));
    one.catch_up().await?;
    ensure!(unread(&one, incident).await? == (4, 1), "nobody could have said so");
    let mut two = two;
    two.stop().await;
    wire.mend();
    two.start()?;
    until(SOON, "it is read at the other desk", || async { Ok(unread(&one, incident).await? == (4, 0)) }).await?;
    bert.catch_up().await?;
    ensure!(unread(&bert, incident).await? == (4, 4));
    Ok(())
}
