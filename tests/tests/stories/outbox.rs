//! What was typed off line is sent in order, once, by the rights of then (A35).

use anyhow::{Context, Result, bail, ensure};
use tenantry_model::api::incidents::{Assignee, CloseIssue, IncidentChanged, PostMessage, RecordIssue};
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::incident::{ClosureReason, Incident, IncidentStatus};
use tenantry_model::ipc::{FormId, IpcErrorKind, OutboxEntry, SendAgainArgs, Work, WorkItem, WorkOutcome};
use tenantry_model::text::TicketNumber;
use tenantry_test_kit::Change;
use tenantry_tests::api::Api;
use tenantry_tests::demo::{Demo, DemoOptions};
use tenantry_tests::desk::Desk;
use tenantry_tests::wait::{SOON, until};
use tenantry_tests::wire::Wire;
use tenantry_tests::world::SmallEstate;
use uuid::Uuid;

fn form(n: u128) -> FormId {
    FormId(Uuid::from_u128(n))
}

fn message(n: u128, customer: TenantId, number: TicketNumber, text: &str) -> WorkItem {
    let new = PostMessage { text: text.to_owned(), assign_to: None };
    WorkItem { form: form(n), customer, work: Work::Message { number, new } }
}

async fn outbox(desk: &Desk) -> Result<Vec<OutboxEntry>> {
    Ok(desk.engine().get_outbox().await?)
}

async fn empty(desk: &Desk) -> Result<()> {
    until(SOON, "everything was sent", || async { Ok(outbox(desk).await?.is_empty()) }).await
}

/// What an issue in this room became that was recorded on line.
async fn recorded(desk: &Desk, customer: TenantId, room: RoomId) -> Result<IncidentChanged> {
    let new = RecordIssue { description: "Kein Bild".into(), rooms: vec![room], high_impact_reason: None, events: vec![] };
    match desk.engine().do_work(WorkItem { form: form(1), customer, work: Work::Record { new } }).await? {
        WorkOutcome::Done(recorded) => Ok(recorded),
        other => bail!("it was not recorded: {other:?}"),
    }
}

/// The texts of a thread, oldest first.
fn texts(incident: &Incident) -> Vec<&str> {
    incident.messages.iter().rev().map(|message| message.text.as_str()).collect()
}

async fn at_service(api: &Api, customer: TenantId, number: TicketNumber) -> Result<Incident> {
    api.incident(customer, number).await?.context("the incident is gone")
}

/// Off line it waits, outlasts the app, and arrives once, in the order in which it was typed.
#[tokio::test(flavor = "multi_thread")]
async fn a35_what_was_typed_off_line_outlasts_the_app_and_arrives_once_and_in_order() -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let estate = SmallEstate::create(&demo).await?;
    let api = Api::sign_in(&demo, estate.anna).await?;
    let wire = Wire::to(&demo).await?;
    let mut anna = Desk::signed_in_through(&wire, estate.anna).await?;
    let alpen = estate.alpen.id;
    let number = anna.active(Some(alpen)).await?[0].number;
    // On line, whoever sits before the form hears what became of it, and nothing is kept.
    let done = anna.engine().do_work(message(1, alpen, number, "on line")).await?;
    ensure!(matches!(done, WorkOutcome::Done(changed) if changed.number == number), "{done:?}");
    let refused = anna.engine().do_work(message(2, alpen, number, "")).await.err().context("an empty message was taken")?;
    ensure!(refused.kind == IpcErrorKind::Invalid && refused.fields[0].code == "text-empty", "{refused:?}");
    // Whoever heard of it says that it need not be kept: a page that went away meanwhile would have lost it.
    ensure!(outbox(&anna).await?.len() == 1, "what was refused is lost where nobody heard of it");
    anna.engine().discard_entry(form(2)).await?;
    ensure!(outbox(&anna).await?.is_empty());

    wire.cut();
    anna.wait_offline().await?;
    let issue =
        RecordIssue { description: "Kein Ton".into(), rooms: vec![estate.alpen.rooms[0]], high_impact_reason: None, events: vec![] };
    for item in [
        message(3, alpen, number, "first"),
        WorkItem { form: form(4), customer: alpen, work: Work::Record { new: issue } },
        message(5, alpen, number, "second"),
    ] {
        ensure!(anna.engine().do_work(item).await? == WorkOutcome::Waits);
    }
    // Pressed twice is kept once.
    ensure!(anna.engine().do_work(message(5, alpen, number, "second")).await? == WorkOutcome::Waits);
    let kept = outbox(&anna).await?;
    ensure!(kept.len() == 3 && kept.iter().all(|entry| entry.failure.is_none()), "{kept:?}");
    ensure!(kept[0].customer_name.as_deref() == Some(estate.alpen.name.as_str()), "{kept:?}");
    anna.holds_nowhere("second")?;
    anna.stop().await;
    anna.holds_nowhere("second")?;
    anna.start()?;
    anna.opened().await?;
    ensure!(outbox(&anna).await? == kept, "the outbox did not outlast the app");
    ensure!(texts(&at_service(&api, alpen, number).await?) == ["on line"], "it was sent off line");

    wire.mend();
    anna.engine().sync_now().await?;
    empty(&anna).await?;
    ensure!(texts(&at_service(&api, alpen, number).await?) == ["on line", "first", "second"]);
    anna.catch_up().await?;
    let recorded = anna.active(Some(alpen)).await?.into_iter().filter(|row| row.problem == "Kein Ton").count();
    ensure!(recorded == 1, "{recorded} were recorded");
    // Sent again under the same name, by whoever lost the answer, it is done once.
    anna.engine().do_work(message(5, alpen, number, "second")).await?;
    ensure!(at_service(&api, alpen, number).await?.messages.len() == 3, "it was done twice");
    Ok(())
}

/// The right went while the desk was off line: the words stay, and nothing of the customer's.
#[tokio::test(flavor = "multi_thread")]
async fn a35_a_right_that_was_lost_meanwhile_leaves_the_words_alone() -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let estate = SmallEstate::create(&demo).await?;
    let wire = Wire::to(&demo).await?;
    let anna = Desk::signed_in_through(&wire, estate.anna).await?;
    let (alpen, birke) = (estate.alpen.id, estate.birke.id);
    let number = anna.active(Some(alpen)).await?[0].number;
    let other = anna.active(Some(birke)).await?[0].number;
    wire.cut();
    anna.wait_offline().await?;
    anna.engine().do_work(message(1, alpen, number, "Meine Worte")).await?;
    anna.engine().do_work(message(2, birke, other, "Andere Worte")).await?;
    demo.control(&[Change::EndRelationship { partner: estate.partner, customer: alpen, by_customer: true }]).await?;
    wire.mend();
    anna.engine().sync_now().await?;
    until(SOON, "one was sent and the other refused", || async {
        let kept = outbox(&anna).await?;
        Ok(kept.len() == 1 && kept[0].failure.is_some())
    })
    .await?;
    let kept = outbox(&anna).await?;
    ensure!(kept[0].work == Work::Words { text: "Meine Worte".into() }, "{kept:?}");
    ensure!(kept[0].customer.is_none() && kept[0].customer_name.is_none(), "{kept:?}");
    ensure!(anna.engine().send_again(SendAgainArgs::of(form(1))).await.is_err(), "it can be sent");
    let api = Api::sign_in(&demo, estate.alpen.admin).await?;
    ensure!(at_service(&api, alpen, number).await?.messages.is_empty(), "it was sent after the right was lost");
    anna.engine().discard_entry(form(1)).await?;
    empty(&anna).await
}

/// Somebody wrote meanwhile: what was to be closed waits for its author, who looks at it and sends it anyway; what follows it waits with it.
#[tokio::test(flavor = "multi_thread")]
async fn a35_what_has_changed_meanwhile_waits_for_its_author() -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let estate = SmallEstate::create(&demo).await?;
    let api = Api::sign_in(&demo, estate.anna).await?;
    let wire = Wire::to(&demo).await?;
    let anna = Desk::signed_in_through(&wire, estate.anna).await?;
    let alpen = estate.alpen.id;
    let IncidentChanged { number, version, .. } = recorded(&anna, alpen, estate.alpen.rooms[0]).await?;
    wire.cut();
    anna.wait_offline().await?;
    let change = CloseIssue { reason: ClosureReason::PhysicalIssue, comment: Some("Kabel".into()) };
    let close = Work::Close { number, version, change };
    anna.engine().do_work(WorkItem { form: form(2), customer: alpen, work: close }).await?;
    anna.engine().do_work(message(3, alpen, number, "afterwards")).await?;
    demo.control(&[Change::PostMessage { number, author: None, text: "Wait".into(), assign_to_service: false }]).await?;
    wire.mend();
    anna.engine().sync_now().await?;
    until(SOON, "it was refused", || async { Ok(outbox(&anna).await?.first().is_some_and(|entry| entry.failure.is_some())) }).await?;
    let kept = outbox(&anna).await?;
    ensure!(kept.len() == 2 && kept[0].failure.as_ref().is_some_and(|why| why.kind == IpcErrorKind::Stale), "{kept:?}");
    ensure!(kept[1].failure.is_none(), "what follows waits: {kept:?}");
    let now = at_service(&api, alpen, number).await?;
    ensure!(now.row.status == IncidentStatus::NeedsAction && texts(&now) == ["Wait"], "{now:?}");
    anna.engine().send_again(SendAgainArgs { version: Some(now.row.version), ..SendAgainArgs::of(form(2)) }).await?;
    empty(&anna).await?;
    let now = at_service(&api, alpen, number).await?;
    ensure!(now.row.status == IncidentStatus::Closed && now.closure_comment.as_deref() == Some("Kabel"), "{now:?}");
    ensure!(texts(&now) == ["Wait", "afterwards"]);
    Ok(())
}

/// One's own message is no news to oneself: answered and closed off line, it is answered and closed.
#[tokio::test(flavor = "multi_thread")]
async fn a35_answered_and_closed_off_line_arrives_as_answered_and_closed() -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let estate = SmallEstate::create(&demo).await?;
    let api = Api::sign_in(&demo, estate.anna).await?;
    let wire = Wire::to(&demo).await?;
    let anna = Desk::signed_in_through(&wire, estate.anna).await?;
    let alpen = estate.alpen.id;
    let IncidentChanged { number, version, .. } = recorded(&anna, alpen, estate.alpen.rooms[0]).await?;
    wire.cut();
    anna.wait_offline().await?;
    anna.engine().do_work(message(2, alpen, number, "Cable replaced")).await?;
    let new = PostMessage { text: "Look again".into(), assign_to: Some(Assignee::Service) };
    anna.engine().do_work(WorkItem { form: form(3), customer: alpen, work: Work::Message { number, new } }).await?;
    let change = CloseIssue { reason: ClosureReason::PhysicalIssue, comment: None };
    let close = Work::Close { number, version, change };
    anna.engine().do_work(WorkItem { form: form(4), customer: alpen, work: close }).await?;
    wire.mend();
    anna.engine().sync_now().await?;
    empty(&anna).await?;
    let now = at_service(&api, alpen, number).await?;
    ensure!(now.row.status == IncidentStatus::Closed && now.messages.len() == 2, "{now:?}");
    Ok(())
}
