//! The terms of A28: what may be read without contact, for how long, and that no clock changes it.

use std::time::Duration;

use tenantry_model::api::IncidentTab;
use tenantry_model::incident::{IncidentStatus, Severity};
use tenantry_model::ipc::{
    CustomerQuery, Freshness, IncidentColumn, IncidentFilter, IncidentQuery, IncidentRef, IncidentScope, ListWindow, RoomKey, RoomQuery,
};
use tenantry_model::sync::{Checkpoint, SyncLine};
use tenantry_model::tenancy::OfflineTerms;
use tenantry_model::time::Timestamp;

use super::estate::*;
use crate::cache::{Cache, Contact};
use crate::error::Error;

/// Customer 1 allows seven days, customer 2 allows none, customer 3 allows thirty; each with one open and one resolved incident, and a room.
async fn estate() -> Cache {
    let cache = in_memory().await;
    let mut lines = vec![];
    for (n, allowed, days) in [(1, true, 7), (2, false, 7), (3, true, 30)] {
        let mut customer = customer(n, &format!("Kunde {n}"));
        customer.offline = OfflineTerms { allowed, days: days.try_into().unwrap() };
        lines.push(SyncLine::Customer(customer));
        lines.push(SyncLine::Room(Box::new(room(n, n))));
        lines.push(SyncLine::Incident(Box::new(incident(n, &format!("AAAAA{n}-OPENED"), IncidentStatus::NeedsAction, Severity::Critical))));
        lines.push(SyncLine::Incident(Box::new(incident(n, &format!("AAAAA{n}-CLOSED"), IncidentStatus::Resolved, Severity::Critical))));
    }
    apply(&cache, &answer(true, lines)).await.unwrap();
    cache
}

fn without_contact(now: Timestamp) -> Contact {
    Contact { live: false, now, clock: now, lost: super::estate::now() }
}

/// Which customers' rows can be read, by every way there is to read them; all ways must agree.
async fn readable(cache: &Cache, contact: Contact) -> Vec<u128> {
    let mut readable = vec![];
    for n in 1..=3 {
        let mut ways = vec![];
        for tab in [IncidentTab::Active, IncidentTab::Resolved] {
            for text in ["", "kamera"] {
                for scope in [IncidentScope::All, IncidentScope::Customer { id: tenant(n) }] {
                    let filter = IncidentFilter { text: text.into(), ..Default::default() };
                    let query = IncidentQuery {
                        scope,
                        tab,
                        resolved_days: 90,
                        filter,
                        sort: IncidentColumn::Urgency,
                        descending: false,
                        titles: vec![],
                        by_category: false,
                        collapsed: vec![],
                        offset: 0,
                        limit: 100,
                    };
                    let page = cache.run(move |store| store.list_incidents(&query, contact)).await.unwrap().read().unwrap();
                    let mine = page.rows.iter().filter(|row| match row {
                        tenantry_model::ipc::ListRow::Incident { incident, .. } => incident.customer_id == tenant(n),
                        tenantry_model::ipc::ListRow::Category { .. } => false,
                    });
                    ways.push(mine.count() > 0);
                    assert_eq!(page.counters.all as usize, page.rows.len());
                }
            }
        }
        let number = format!("AAAAA{n}-OPENED").parse().unwrap();
        let key = IncidentRef { customer_id: tenant(n), number };
        ways.push(open_or_locked(cache.run(move |store| store.incident(key, contact)).await));
        let key = RoomKey { customer_id: tenant(n), id: room_id(n) };
        ways.push(open_or_locked(cache.run(move |store| store.room(key, contact)).await));
        let named = cache.run(move |store| store.room_names(&[key, RoomKey { id: room_id(99), ..key }], contact)).await.unwrap();
        assert!(named.len() <= 1, "one that is not there has no name");
        ways.push(named.contains_key(&key));
        let query = RoomQuery::of_customer(tenant(n), 9);
        let rooms = cache.run(move |store| store.list_rooms(&query, contact)).await.unwrap();
        assert_eq!(rooms.rows.len() as u32, rooms.counters.managed);
        ways.push(!rooms.rows.is_empty());
        let query = CustomerQuery { text: String::new(), window: ListWindow { offset: 0, limit: 9 } };
        let customers = cache.run(move |store| Ok(store.list_customers(&query, contact))).await.unwrap();
        assert_eq!(customers.open, customers.rows.iter().filter_map(|row| row.open).sum::<u32>());
        let row = customers.rows.iter().find(|row| row.id == tenant(n)).unwrap();
        ways.push(row.open.is_some());
        ways.push(row.worst.is_some());
        ways.push(!row.freshness.is_locked());
        assert!(ways.iter().all(|way| *way == ways[0]), "customer {n}: {ways:?}");
        if ways[0] {
            readable.push(n);
        }
    }
    readable
}

fn open_or_locked<T>(answer: Result<T, Error>) -> bool {
    match answer {
        Ok(_) => true,
        Err(Error::Locked) => false,
        Err(error) => panic!("{error}"),
    }
}

#[tokio::test]
async fn a28_rows_are_withheld_everywhere_once_the_terms_run_out() {
    let cache = estate().await;
    assert_eq!(readable(&cache, live()).await, [1, 2, 3]);
    assert_eq!(readable(&cache, without_contact(now())).await, [1, 3]);
    assert_eq!(readable(&cache, without_contact(now().plus(7 * DAY))).await, [1, 3]);
    assert_eq!(readable(&cache, without_contact(now().plus(7 * DAY + Duration::from_secs(1)))).await, [3]);
    assert_eq!(readable(&cache, without_contact(now().plus(31 * DAY))).await, [] as [u128; 0]);
    // Contact: everything is there again, at once.
    apply(&cache, &answer(false, [])).await.unwrap();
    assert_eq!(readable(&cache, live()).await, [1, 2, 3]);
}

#[tokio::test]
async fn fault_9_13_no_reading_off_line_is_another_reason_than_time_that_ran_out() {
    let cache = estate().await;
    let reasons = async |contact: Contact| {
        let query = CustomerQuery { text: String::new(), window: ListWindow { offset: 0, limit: 9 } };
        let rows = cache.run(move |store| Ok(store.list_customers(&query, contact))).await.unwrap().rows;
        rows.into_iter().map(|row| row.freshness).collect::<Vec<_>>()
    };
    let stale = Freshness::Stale { as_of: now() };
    assert_eq!(reasons(without_contact(now())).await, [stale, Freshness::OnlineOnly, stale]);
    let ran_out = Freshness::Locked { since: now().plus(7 * DAY) };
    assert_eq!(reasons(without_contact(now().plus(8 * DAY))).await, [ran_out, Freshness::OnlineOnly, stale]);
    assert_eq!(reasons(live()).await, [Freshness::Current; 3]);
}

#[tokio::test]
async fn a28_a_clock_set_back_unlocks_nothing() {
    let cache = estate().await;
    let late = now().plus(8 * DAY);
    cache.run(move |store| store.record_time(late)).await.unwrap();
    assert_eq!(readable(&cache, without_contact(now())).await, [3]);
    // Nor does what is written down go back.
    cache.run(|store| store.record_time(now())).await.unwrap();
    cache.run(|store| store.reload()).await.unwrap();
    assert_eq!(readable(&cache, without_contact(now())).await, [3]);
}

#[tokio::test]
async fn a28_the_days_count_from_the_last_contact() {
    let cache = estate().await;
    let mut spool = crate::cache::Spool::new(cache.clone()).await.unwrap();
    let later = Checkpoint { cursor: "later".into(), at: now().plus(5 * DAY), history_pending: false, done_percent: None };
    spool.push(&text([begin(false), SyncLine::Checkpoint(later)])).await.unwrap();
    spool.finish(now().plus(5 * DAY)).await.unwrap();
    assert_eq!(readable(&cache, without_contact(now().plus(11 * DAY))).await, [1, 3]);
    assert_eq!(readable(&cache, without_contact(now().plus(13 * DAY))).await, [3]);
}
