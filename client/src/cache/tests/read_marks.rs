//! What was read here and on the user's other desks: the higher number holds, and what the service does not know is told, once.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use tenantry_model::incident::{Incident, IncidentStatus, Severity};
use tenantry_model::ipc::{IncidentRef, SeenMessages};
use tenantry_model::sync::{IncidentGone, ReadMark, SyncLine};

use super::estate::*;
use crate::cache::Cache;
use crate::db::{Location, StoreKey};
use crate::random::OsRandom;

const NUMBER: &str = "AAAAA1-000001";

fn talked(number: &str) -> Incident {
    let mut talked = incident(1, number, IncidentStatus::NeedsAction, Severity::Critical);
    talked.row.messages = 10;
    talked
}

fn key() -> IncidentRef {
    IncidentRef { customer_id: tenant(1), number: NUMBER.parse().unwrap() }
}

fn mark(messages: u32) -> ReadMark {
    ReadMark { customer_id: tenant(1), number: NUMBER.parse().unwrap(), messages }
}

/// One with an incident of ten messages.
async fn cache() -> Cache {
    let cache = in_memory().await;
    fill(&cache).await;
    cache
}

async fn fill(cache: &Cache) {
    let lines = [SyncLine::Customer(customer(1, "Alpha")), SyncLine::Incident(Box::new(talked(NUMBER)))];
    apply(cache, &answer(true, lines)).await.unwrap();
}

async fn read(cache: &Cache, last: u32) {
    let seen = SeenMessages { incident: key(), first: 1, last };
    cache.run(move |store| store.mark_read(seen, live())).await.unwrap();
}

async fn unread(cache: &Cache) -> u32 {
    cache.run(|store| Ok(store.marks.unread(key().customer_id, key().number, 10))).await.unwrap()
}

async fn untold(cache: &Cache) -> Vec<u32> {
    cache.run(|store| store.untold_marks()).await.unwrap().into_iter().map(|mark| mark.messages).collect()
}

async fn tell(cache: &Cache) {
    cache.run(|store| store.untold_marks().and_then(|told| store.marks_told(&told))).await.unwrap();
}

#[tokio::test]
async fn what_is_read_here_is_told_once_and_again_only_where_more_was_read() {
    let cache = cache().await;
    assert_eq!(untold(&cache).await, [0_u32; 0]);
    read(&cache, 3).await;
    assert_eq!(untold(&cache).await, [3]);
    let told = cache.run(|store| store.untold_marks()).await.unwrap();
    // More is read while it is on its way.
    read(&cache, 5).await;
    cache.run(move |store| store.marks_told(&told)).await.unwrap();
    assert_eq!(untold(&cache).await, [5]);
    tell(&cache).await;
    read(&cache, 4).await;
    assert_eq!(untold(&cache).await, [0_u32; 0]);
}

#[tokio::test]
async fn what_another_desk_read_is_read_here_and_the_higher_number_holds() {
    let cache = cache().await;
    // (read here, heard of the service) and then: unread, news for the screens, still to be told.
    for (here, heard, left, news, to_tell) in
        [(0, 2, 8, true, vec![]), (0, 2, 8, false, vec![]), (6, 4, 4, false, vec![6]), (6, 6, 4, false, vec![]), (7, 9, 1, true, vec![])]
    {
        if here > 0 {
            read(&cache, here).await;
        }
        let applied = apply(&cache, &answer(false, [SyncLine::ReadMark(mark(heard))])).await.unwrap();
        assert_eq!(unread(&cache).await, left, "{here} here, {heard} heard");
        let touched = applied.change.map(|change| (change.customers, change.touched.unwrap().incidents));
        assert_eq!(touched, news.then(|| (vec![tenant(1)], vec![key()])), "{here} here, {heard} heard");
        assert_eq!(untold(&cache).await, to_tell, "{here} here, {heard} heard");
    }
    cache.run(|store| store.reload()).await.unwrap();
    assert_eq!(unread(&cache).await, 1, "the table says the same");
}

#[tokio::test]
async fn a_snapshot_leaves_to_be_told_what_it_does_not_bring() {
    let cache = cache().await;
    read(&cache, 4).await;
    tell(&cache).await;
    // A service whose database was restored has lost it, or a part of it.
    fill(&cache).await;
    assert_eq!((unread(&cache).await, untold(&cache).await), (6, vec![4]));
    let lines = [SyncLine::Customer(customer(1, "Alpha")), SyncLine::Incident(Box::new(talked(NUMBER))), SyncLine::ReadMark(mark(3))];
    apply(&cache, &answer(true, lines.clone())).await.unwrap();
    assert_eq!((unread(&cache).await, untold(&cache).await), (6, vec![4]));
    let [customer, incident, _] = lines;
    apply(&cache, &answer(true, [customer, incident, SyncLine::ReadMark(mark(8))])).await.unwrap();
    assert_eq!((unread(&cache).await, untold(&cache).await), (2, vec![]));
}

#[tokio::test]
async fn marks_of_what_is_not_here_leave_nothing_and_make_nothing_incomplete() {
    let cache = cache().await;
    let other = ReadMark { number: "AAAAA1-000002".parse().unwrap(), ..mark(3) };
    let elsewhere = ReadMark { customer_id: tenant(7), ..mark(3) };
    let applied = apply(&cache, &answer(false, [other, elsewhere].map(SyncLine::ReadMark))).await.unwrap();
    assert!(applied.change.is_none(), "{applied:?}");
    let [marks, incomplete] = cache
        .run(|store| {
            let count = |sql| store.db.query_row(sql, [], |row| row.get::<_, u32>(0));
            Ok([count("SELECT count(*) FROM marks")?, count("SELECT count(*) FROM customers WHERE incomplete")?])
        })
        .await
        .unwrap();
    assert_eq!((marks, incomplete), (0, 0));
    assert!(!cache.run(|store| Ok(store.meta.incomplete)).await.unwrap());
    // It comes again behind its incident.
    apply(&cache, &answer(false, [SyncLine::Incident(Box::new(talked("AAAAA1-000002"))), SyncLine::ReadMark(other)])).await.unwrap();
    let read = cache.run(move |store| Ok(store.marks.unread(tenant(1), other.number, 10))).await.unwrap();
    assert_eq!(read, 7);
}

#[tokio::test]
async fn what_was_read_goes_with_its_incident_and_with_access() {
    let cache = cache().await;
    read(&cache, 3).await;
    let gone = IncidentGone { customer_id: tenant(1), number: key().number };
    apply(&cache, &answer(false, [SyncLine::IncidentGone(gone)])).await.unwrap();
    assert_eq!((unread(&cache).await, untold(&cache).await), (10, vec![]), "nobody is told of what is not seen any more");
    fill(&cache).await;
    read(&cache, 3).await;
    cache.run(|store| store.wipe()).await.unwrap();
    assert_eq!((unread(&cache).await, untold(&cache).await), (10, vec![]));
}

#[tokio::test]
async fn what_an_earlier_version_kept_alone_is_told_at_the_next_contact() {
    let folder = tempfile::tempdir().unwrap();
    let (path, key) = (folder.path().join("cache.db"), StoreKey::random(&OsRandom).unwrap());
    let steps = crate::cache::store::steps();
    let before = Location::File(path.clone());
    let (db, _) = crate::db::open_or_set_aside(&before, Some(&key), &steps[..5]).unwrap();
    let id = tenant(1).uuid();
    db.execute("INSERT INTO marks (customer, number, messages) VALUES (?1, ?2, 4)", crate::db::params![id.as_bytes().as_slice(), NUMBER])
        .unwrap();
    drop(db);
    let (cache, aside) = Cache::open(before, Some(key), Arc::new(AtomicU64::new(0))).await.unwrap();
    assert!(aside.is_none());
    assert_eq!((unread(&cache).await, untold(&cache).await), (6, vec![4]));
}

#[tokio::test]
async fn no_more_is_told_at_once_than_one_request_takes() {
    let cache = in_memory().await;
    let numbers: Vec<String> = (0..450).map(|n| format!("AAAAA1-{n:06}")).collect();
    let incidents = numbers.iter().map(|number| SyncLine::Incident(Box::new(talked(number))));
    apply(&cache, &answer(true, [SyncLine::Customer(customer(1, "Alpha"))].into_iter().chain(incidents))).await.unwrap();
    for number in &numbers {
        let key = IncidentRef { customer_id: tenant(1), number: number.parse().unwrap() };
        cache.run(move |store| store.mark_read(all_of(key), live())).await.unwrap();
    }
    let mut told = vec![];
    while let Some(count) = Some(untold(&cache).await.len()).filter(|count| *count > 0) {
        told.push(count);
        tell(&cache).await;
    }
    assert_eq!(told, [200, 200, 50]);
}
