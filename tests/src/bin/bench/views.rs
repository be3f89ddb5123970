//! Saved views: what counting thirty of them costs, beside one list.

use std::hint::black_box;
use std::time::Instant;

use anyhow::{Result, ensure};
use tenantry_client::app::Engine;
use tenantry_model::api::IncidentTab;
use tenantry_model::filter::{Filter, Name};
use tenantry_model::ipc::{CountQuery, CustomerQuery, IncidentFilter, IncidentQuery, IncidentScope, ListWindow};
use tenantry_tests::view::queried::whole_list;

use crate::estate::Estate;
use crate::table::Row;
use crate::timing::Samples;

const ROUNDS: usize = 100;
/// So many more are of one customer each, as those are that are saved on a customer's list.
const OF_CUSTOMERS: u32 = 8;
/// As a helpdesk saves them: by severity, status, age, customer, room, who works on it, and by words.
const VIEWS: [&str; 22] = [
    "sev:critical",
    "sev:critical,important status:needs-action",
    "is:unread",
    "is:mine",
    "is:free sev:critical",
    "is:claimed",
    "is:snoozed",
    "age<2h",
    "age>7d",
    "age>30d sev:important",
    "cat:hardware",
    "cat:hardware age<1d",
    "type:camera_room",
    "status:pending-investigation",
    "status:assigned-to-service",
    "cust:a sev:critical",
    "cust:b is:unread",
    "room:board",
    "room:board sev:critical",
    "camera sev:critical",
    "camera board",
    "display board sev:critical,important",
];

/// The list that it is held against: one with a filter that leaves much, in its usual order; its first window.
fn list(round: usize) -> IncidentQuery {
    // Another one each time: what was found for the same question is kept.
    let filter = IncidentFilter { older_than_h: Some(1 + round as u32 % 7), ..IncidentFilter::default() };
    IncidentQuery { resolved_days: 7, filter, limit: 100, ..whole_list(IncidentScope::All, IncidentTab::Active) }
}

/// Counts of 30 views, with one list as the floor.
pub(crate) async fn counts(estate: &Estate) -> Result<Row> {
    let engine: &Engine = estate.engine();
    let mut filters = VIEWS.iter().map(|text| Ok(IncidentFilter::from(&text.parse::<Filter>()?))).collect::<Result<Vec<_>>>()?;
    let query = CustomerQuery { text: String::new(), window: ListWindow { offset: 0, limit: OF_CUSTOMERS } };
    let named = |name| Filter { customers: vec![Name::Whole(name)], ..Filter::default() };
    filters.extend(engine.list_customers(query).await?.rows.into_iter().map(|row| IncidentFilter::from(&named(row.display_name))));
    let query = CountQuery { filters };
    ensure!(
        engine.count_incidents(query.clone()).await?.counts.iter().any(|count| count.is_some_and(|count| count > 0)),
        "the views find nothing"
    );
    let (mut ours, mut floor) = (Samples::default(), Samples::default());
    for round in 0..ROUNDS {
        let start = Instant::now();
        drop(black_box(engine.list_incidents(list(round)).await?));
        floor.add(start.elapsed());
        let start = Instant::now();
        drop(black_box(engine.count_incidents(query.clone()).await?));
        ours.add(start.elapsed());
    }
    Ok(Row::times("counts of 30 saved views, by one list query", &[ours, floor]))
}
