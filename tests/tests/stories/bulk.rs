//! One action at 200 incidents, with a right missing at one customer and somebody who is faster.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use tenantry_model::api::IncidentTab;
use tenantry_model::api::incidents::{ClaimIncident, CloseIssue, SnoozeIncident};
use tenantry_model::incident::{ClosureReason, IncidentRow, IncidentStatus, IncidentType};
use tenantry_model::ipc::{
    About, BulkAction, BulkOrder, BulkPlan, BulkReason, BulkRowState, BulkRows, BulkRun, BulkState, BulkStep, FormId, IncidentFilter,
    IncidentQuery, IncidentRef, IncidentScope, SteerArgs, Work, WorkItem,
};
use tenantry_model::permission::Permission;
use tenantry_test_kit::Change;
use tenantry_tests::api::Api;
use tenantry_tests::demo::{Demo, DemoOptions};
use tenantry_tests::desk::Desk;
use tenantry_tests::view::queried::whole_list;
use tenantry_tests::wait::{SOON, until};
use tenantry_tests::wire::Wire;
use tenantry_tests::world::SmallEstate;
use uuid::Uuid;

const WORDS: &str = "Kein Strom";
/// 200 requests, in a debug build, on a machine with other work.
const LONG: Duration = Duration::from_secs(180);

/// 200 issues that hold the same words: a quarter of them at the second customer.
async fn report(demo: &Demo, estate: &SmallEstate) -> Result<()> {
    let issues = (0..200).map(|n| {
        let customer = if n % 4 == 0 { &estate.birke } else { &estate.alpen };
        Change::RecordIssue {
            customer: customer.id,
            description: format!("{WORDS} {n}"),
            rooms: vec![customer.rooms[0]],
            high_impact_reason: None,
            created_by: customer.admin,
        }
    });
    demo.control(&issues.collect::<Vec<_>>()).await?;
    Ok(())
}

fn list() -> IncidentQuery {
    let filter = IncidentFilter { text: WORDS.into(), ..IncidentFilter::default() };
    IncidentQuery { resolved_days: 7, filter, limit: 0, ..whole_list(IncidentScope::All, IncidentTab::Active) }
}

/// All that match, once so many do.
async fn all(desk: &Desk, count: usize) -> Result<Vec<IncidentRef>> {
    until(SOON, "all have arrived", || async { Ok(desk.engine().match_incidents(list()).await?.keys.len() == count) }).await?;
    Ok(desk.engine().match_incidents(list()).await?.keys)
}

async fn plan(desk: &Desk, action: BulkAction, incidents: Vec<IncidentRef>) -> Result<BulkPlan> {
    Ok(desk.engine().plan_bulk(BulkOrder { targets: incidents.into_iter().map(About::Incident).collect(), action }).await?)
}

async fn steer(desk: &Desk, id: FormId, step: BulkStep) -> Result<()> {
    Ok(desk.engine().steer_bulk(SteerArgs { id, step }).await?)
}

async fn run(desk: &Desk) -> Result<BulkRun> {
    desk.engine().get_bulk(BulkRows { limit: 200 }).await?.context("there is no run")
}

async fn ended(desk: &Desk) -> Result<BulkRun> {
    until(LONG, "it has ended", || async { Ok(run(desk).await?.state == BulkState::Ended) }).await?;
    run(desk).await
}

async fn rows(api: &Api, tab: IncidentTab) -> Result<Vec<IncidentRow>> {
    let rows = api.incidents(None, tab).await?.context("no list")?;
    Ok(rows.into_iter().filter(|row| row.problem.starts_with(WORDS)).collect())
}

/// All that match are selected, most of them claimed; what the plan foresees and what somebody else was faster at is not said to be done, and only
/// what was done is undone.
#[tokio::test(flavor = "multi_thread")]
async fn bulk_of_two_hundred_does_what_may_be_done_and_undoes_no_more() -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let estate = SmallEstate::create(&demo).await?;
    report(&demo, &estate).await?;
    let looks = tenantry_model::permission::BuiltInRole::PrimaryAdmins.permissions().without(&[Permission::TicketsUpdate]);
    demo.control(&[Change::ChangeRole { role: estate.birke.role, permissions: looks }]).await?;
    let api = Api::sign_in(&demo, estate.anna).await?;
    let anna = Desk::signed_in(&demo, estate.anna).await?;
    let bert = Desk::signed_in(&demo, estate.bert).await?;
    let selected = all(&anna, 200).await?;
    let planned = plan(&anna, BulkAction::Claim, selected.clone()).await?;
    let [alpen, birke] = planned.customers.as_slice() else { anyhow::bail!("{planned:?}") };
    ensure!((alpen.display_name.as_deref(), alpen.will) == (Some("Alpenveilchen"), 150), "{planned:?}");
    ensure!((birke.will, birke.left_out[0].count, &birke.left_out[0].reason) == (0, 50, &BulkReason::NoRight), "{planned:?}");
    // Somebody is faster at one of them.
    let taken = *selected.iter().rfind(|key| key.customer_id == estate.alpen.id).context("no issue")?;
    let work = Work::Claim { number: taken.number, claim: Some(ClaimIncident::default()) };
    bert.engine().do_work(WorkItem { form: FormId(Uuid::from_u128(1)), customer: taken.customer_id, work }).await?;
    let begun = Instant::now();
    steer(&anna, planned.id, BulkStep::Start).await?;
    let claimed = ended(&anna).await?;
    eprintln!("149 claims took {:?}", begun.elapsed());
    let counts = claimed.counts;
    ensure!((counts.all, counts.done, counts.refused, counts.waiting) == (200, 149, 51, 0), "{counts:?}");
    let state = |key| claimed.rows.iter().find(|row| row.about == About::Incident(key)).map(|row| &row.state);
    ensure!(matches!(state(taken), Some(BulkRowState::Refused { .. })), "{:?}", state(taken));
    let me = api.me().await?.user.user_id;
    let holders = |rows: &[IncidentRow]| rows.iter().filter(|row| row.claim.as_ref().is_some_and(|claim| claim.holder == me)).count();
    ensure!(holders(&rows(&api, IncidentTab::Active).await?) == 149, "the service has others");

    steer(&anna, claimed.id, BulkStep::Undo).await?;
    let undone = ended(&anna).await?;
    ensure!((undone.counts.all, undone.counts.done) == (149, 149), "{:?}", undone.counts);
    let now = rows(&api, IncidentTab::Active).await?;
    ensure!(holders(&now) == 0, "a claim is left");
    let of_bert = now.iter().filter(|row| row.claim.is_some()).map(|row| row.number).collect::<Vec<_>>();
    ensure!(of_bert == [taken.number], "{of_bert:?}");
    anna.engine().close_bulk(undone.id).await?;
    Ok(())
}

/// Off line they wait, and arrive once there is contact; issues are closed with one reason, and signals are not.
#[tokio::test(flavor = "multi_thread")]
async fn bulk_off_line_waits_and_arrives_and_closes_issues_alone() -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let estate = SmallEstate::create(&demo).await?;
    report(&demo, &estate).await?;
    let api = Api::sign_in(&demo, estate.anna).await?;
    let wire = Wire::to(&demo).await?;
    let anna = Desk::signed_in_through(&wire, estate.anna).await?;
    let selected = all(&anna, 200).await?;
    wire.cut();
    anna.wait_offline().await?;
    let snooze = SnoozeIncident { reason: "Stromausfall".into(), until: None };
    let planned = plan(&anna, BulkAction::Snooze { snooze }, selected.clone()).await?;
    ensure!(planned.waits && planned.will() == 200, "{planned:?}");
    steer(&anna, planned.id, BulkStep::Start).await?;
    let waiting = ended(&anna).await?;
    ensure!((waiting.counts.waiting, waiting.counts.done) == (200, 0), "{:?}", waiting.counts);
    wire.mend();
    anna.engine().sync_now().await?;
    until(LONG, "all are done", || async { Ok(run(&anna).await?.counts.done == 200) }).await?;
    let asleep = rows(&api, IncidentTab::Active).await?.into_iter().filter(|row| row.snooze.is_some()).count();
    ensure!(asleep == 200, "{asleep} are snoozed");
    anna.engine().close_bulk(planned.id).await?;

    anna.catch_up().await?;
    let signals = anna.active(None).await?.into_iter().filter(|row| row.kind != IncidentType::CustomerReported);
    let signals: Vec<IncidentRef> = signals.map(|row| IncidentRef { customer_id: row.customer_id, number: row.number }).collect();
    let change = CloseIssue { reason: ClosureReason::Duplicate, comment: None };
    let both = selected.iter().take(20).chain(&signals).copied().collect();
    let planned = plan(&anna, BulkAction::Close { change }, both).await?;
    ensure!(planned.will() == 20 && !signals.is_empty(), "{planned:?}");
    steer(&anna, planned.id, BulkStep::Start).await?;
    let closed = ended(&anna).await?;
    ensure!((closed.counts.done, closed.counts.refused as usize, closed.undoable) == (20, signals.len(), 0), "{:?}", closed.counts);
    let now = rows(&api, IncidentTab::Resolved).await?;
    ensure!(now.iter().filter(|row| row.status == IncidentStatus::Closed).count() == 20, "{now:?}");
    Ok(())
}
