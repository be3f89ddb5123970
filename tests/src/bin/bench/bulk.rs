//! One action at 200 incidents: planned, done by the service, and undone.

use std::time::Instant;

use anyhow::{Context, Result, ensure};
use tenantry_client::app::{Engine, EngineEvent};
use tenantry_model::api::IncidentTab;
use tenantry_model::api::incidents::SnoozeIncident;
use tenantry_model::ipc::{
    About, BulkAction, BulkOrder, BulkRows, BulkRun, BulkState, BulkStep, FormId, IncidentQuery, IncidentRef, IncidentScope, ListRow,
    SteerArgs,
};
use tenantry_tests::view::queried::whole_list;

use crate::estate::Estate;
use crate::table::Row;
use crate::timing::Samples;

const INCIDENTS: u32 = 200;
const ROUNDS: usize = 5;
/// The estate lives: so many may be resolved meanwhile.
const RESOLVED: u32 = 10;

pub(crate) async fn snoozed(estate: &Estate) -> Result<Vec<Row>> {
    let engine = estate.engine();
    let (mut planned, mut done, mut undone, mut told) = (Samples::default(), Samples::default(), Samples::default(), 0);
    for _ in 0..ROUNDS {
        let incidents = newest(engine).await?;
        let snooze = SnoozeIncident { reason: "Umbau".into(), until: None };
        let start = Instant::now();
        let plan = engine
            .plan_bulk(BulkOrder { targets: incidents.into_iter().map(About::Incident).collect(), action: BulkAction::Snooze { snooze } })
            .await?;
        planned.add(start.elapsed());
        ensure!(plan.will() >= INCIDENTS - RESOLVED, "{} can be snoozed", plan.will());
        let start = Instant::now();
        let (run, events) = steered(engine, plan.id, BulkStep::Start).await?;
        done.add(start.elapsed());
        told += events;
        ensure!(run.counts.waiting == 0 && run.counts.done >= INCIDENTS - RESOLVED, "{:?}", run.counts);
        let start = Instant::now();
        let (back, _) = steered(engine, run.id, BulkStep::Undo).await?;
        undone.add(start.elapsed());
        ensure!(back.counts.waiting == 0 && back.counts.done >= run.counts.done - RESOLVED, "{:?}", back.counts);
        engine.close_bulk(back.id).await?;
    }
    Ok(vec![
        Row::alone(format!("plan for {INCIDENTS} incidents (no floor)"), &planned),
        Row::alone(format!("{INCIDENTS} incidents snoozed, each answered by the service (no floor: 2,000 ms allowed)"), &done),
        Row::alone(format!("{INCIDENTS} incidents brought back (no floor)"), &undone),
        Row::number("  times that the window is told how it goes, by run", "events", told as f64 / ROUNDS as f64, None),
    ])
}

/// Until it has ended, and how often the window was told meanwhile.
async fn steered(engine: &Engine, id: FormId, step: BulkStep) -> Result<(BulkRun, usize)> {
    let mut events = engine.subscribe();
    engine.steer_bulk(SteerArgs { id, step }).await?;
    let mut told = 0;
    loop {
        let run = engine.get_bulk(BulkRows { limit: 0 }).await?.context("there is no run")?;
        if run.state == BulkState::Ended {
            return Ok((run, told));
        }
        loop {
            // What was missed of the others is of no use here.
            if matches!(events.recv().await, Ok(EngineEvent::Bulk) | Err(_)) {
                break;
            }
        }
        told += 1;
    }
}

async fn newest(engine: &Engine) -> Result<Vec<IncidentRef>> {
    let query = IncidentQuery { resolved_days: 7, limit: INCIDENTS, ..whole_list(IncidentScope::All, IncidentTab::Active) };
    let page = engine.list_incidents(query).await?.read()?;
    let key = |row: &ListRow| match row {
        ListRow::Incident { incident, .. } => Some(IncidentRef { customer_id: incident.customer_id, number: incident.number }),
        ListRow::Category { .. } => None,
    };
    Ok(page.rows.iter().filter_map(key).collect())
}
