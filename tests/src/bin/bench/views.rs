//! Saved views: what counting thirty of them costs, beside one list; of incidents, and of rooms.

use std::hint::black_box;
use std::time::Instant;

use anyhow::{Result, ensure};
use tenantry_client::app::Engine;
use tenantry_model::api::IncidentTab;
use tenantry_model::api::saved_views::ViewPage;
use tenantry_model::filter::{Filter, Name};
use tenantry_model::ipc::{
    CountQuery, CustomerQuery, IncidentFilter, IncidentQuery, IncidentScope, ListWindow, RoomColumn, RoomCountQuery, RoomFilter, RoomQuery,
};
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
        engine.count_incidents(query.clone()).await?.counts.iter().any(|count| count.is_some_and(|found| found.count > 0)),
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

/// As a helpdesk saves filters of rooms: by health, warnings, enrolment, group, ring, customer, silence, and by words.
const OF_ROOMS: [&str; 30] = [
    "health:unhealthy",
    "health:disconnected",
    "health:unhealthy,disconnected",
    "health:suppressed",
    "health:onboarding",
    "warn:yes",
    "warn:yes health:healthy",
    "enrol:onboarding",
    "enrol:enrolled warn:yes",
    "seen<1d",
    "seen>1d",
    "seen>7d",
    "seen>30d enrol:enrolled",
    "ring:general",
    "ring:general health:unhealthy",
    "ring:staging",
    "group:floor",
    "group:floor health:disconnected",
    "cust:a health:unhealthy",
    "cust:b warn:yes",
    "cust:c",
    "cust:d seen>1d",
    "cust:e group:floor",
    "board",
    "board health:unhealthy",
    "board warn:yes",
    "meeting",
    "meeting seen>7d",
    "a health:disconnected",
    "e warn:yes",
];

/// Counts of 30 views of rooms, with one list of rooms as the floor.
pub(crate) async fn room_counts(estate: &Estate) -> Result<Row> {
    let engine: &Engine = estate.engine();
    let filters = OF_ROOMS.iter().map(|text| Ok(RoomFilter::from(&Filter::of(ViewPage::Rooms, text)?))).collect::<Result<Vec<_>>>()?;
    let query = RoomCountQuery { filters };
    let counts = engine.count_rooms(query.clone()).await?.counts;
    ensure!(counts.iter().flatten().any(|found| found.count > 0), "the views find nothing");
    let list = |round: usize| {
        let filter = RoomFilter { silent_for_h: Some(1 + round as u32 % 7), ..RoomFilter::default() };
        RoomQuery { scope: IncidentScope::All, filter, sort: RoomColumn::Name, descending: false, offset: 0, limit: 100 }
    };
    let (mut ours, mut floor) = (Samples::default(), Samples::default());
    for round in 0..ROUNDS {
        let start = Instant::now();
        drop(black_box(engine.list_rooms(list(round)).await?));
        floor.add(start.elapsed());
        let start = Instant::now();
        drop(black_box(engine.count_rooms(query.clone()).await?));
        ours.add(start.elapsed());
    }
    Ok(Row::times("counts of 30 saved views of rooms, by one list of rooms", &[ours, floor]))
}
