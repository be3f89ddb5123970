//! What is kept of inactive incidents, and for how long (A40).

use std::time::Duration;

use tenantry_model::api::IncidentTab;
use tenantry_model::incident::{Incident, IncidentRow, IncidentStatus, RoomRef, Severity};
use tenantry_model::ipc::{IncidentColumn, IncidentDetail, IncidentFilter, IncidentQuery, IncidentRef, IncidentRest};
use tenantry_model::sync::{Checkpoint, IncidentGone, SyncLine};
use tenantry_model::time::Timestamp;

use super::estate::*;
use super::search::{finds, found, of_everything};
use crate::cache::Cache;
use crate::error::Error;

/// Resolved so many days before these tests run, and a second more.
fn resolved(n: u32, days: u32) -> Incident {
    let mut one = incident(1, &format!("AAAAA1-{n:06}"), IncidentStatus::Resolved, Severity::Critical);
    one.row.last_resolved = Some(now().minus(DAY * days + Duration::from_secs(1)));
    one
}

fn key(n: u32) -> IncidentRef {
    IncidentRef { customer_id: tenant(1), number: format!("AAAAA1-{n:06}").parse().unwrap() }
}

fn whole(incident: &Incident) -> SyncLine {
    SyncLine::Incident(Box::new(incident.clone()))
}

fn row_alone(incident: &Incident) -> SyncLine {
    SyncLine::IncidentRow(Box::new(incident.row.clone()))
}

async fn detail(cache: &Cache, n: u32) -> Result<IncidentDetail, Error> {
    cache.run(move |store| store.incident(key(n), live())).await
}

/// Which of these are here, and whether whole.
async fn kept(cache: &Cache, numbers: &[u32]) -> Vec<Option<bool>> {
    let mut kept = vec![];
    for n in numbers {
        kept.push(detail(cache, *n).await.ok().map(|detail| detail.rest == IncidentRest::Here));
    }
    kept
}

async fn rows(cache: &Cache) -> Vec<IncidentRow> {
    let query = of_everything(IncidentTab::Resolved, IncidentColumn::Ticket);
    let page = cache.run(move |store| store.list_incidents(&query, live())).await.unwrap().read().unwrap();
    let row = |row| match row {
        tenantry_model::ipc::ListRow::Incident { incident, .. } => *incident,
        tenantry_model::ipc::ListRow::Category { .. } => unreachable!(),
    };
    page.rows.into_iter().map(row).collect()
}

/// An answer of that moment that brings nothing.
async fn checkpoint_at(cache: &Cache, at: Timestamp) -> crate::cache::apply::Applied {
    let last = Checkpoint { cursor: "d".into(), at, history_pending: false, done_percent: None };
    let mut spool = crate::cache::Spool::new(cache.clone()).await.unwrap();
    spool.push(&text([begin(false), SyncLine::Checkpoint(last)])).await.unwrap();
    spool.finish(at).await.unwrap()
}

async fn count(cache: &Cache, sql: &'static str) -> i64 {
    cache.run(move |store| Ok(store.db.query_row(sql, [], |row| row.get(0))?)).await.unwrap()
}

#[tokio::test]
async fn fault_9_20_a_row_that_comes_alone_is_kept_as_one_and_takes_the_place_of_a_whole_one() {
    let cache = in_memory().await;
    let (mut one, two) = (resolved(1, 4), resolved(2, 3));
    (one.row.problem, one.row.messages, one.row.redacted_rooms) = ("Kamera \"3\"".into(), 2, 1);
    apply(&cache, &answer(true, [SyncLine::Customer(customer(1, "Alpha")), row_alone(&one), whole(&two)])).await.unwrap();
    assert_eq!(rows(&cache).await, [one.row.clone(), two.row.clone()]);
    let seen = detail(&cache, 1).await.unwrap();
    assert_eq!((seen.rest, &seen.incident.row, seen.incident.description.as_str()), (IncidentRest::OffLine, &one.row, ""));
    let seen = detail(&cache, 2).await.unwrap();
    assert_eq!((seen.rest, &seen.incident), (IncidentRest::Here, &two));
    // One after the other, and back.
    for _ in 0..2 {
        apply(&cache, &answer(false, [whole(&one), row_alone(&two)])).await.unwrap();
        assert_eq!(kept(&cache, &[1, 2]).await, [Some(true), Some(false)]);
        apply(&cache, &answer(false, [row_alone(&one), whole(&two)])).await.unwrap();
        assert_eq!(kept(&cache, &[1, 2]).await, [Some(false), Some(true)]);
    }
    assert_eq!(rows(&cache).await.len(), 2);
    // A relapse: active again, and over again.
    let mut relapsed = one.clone();
    relapsed.row.status = IncidentStatus::NeedsAction;
    apply(&cache, &answer(false, [whole(&relapsed)])).await.unwrap();
    assert_eq!((detail(&cache, 1).await.unwrap().incident, rows(&cache).await.len()), (relapsed, 1));
    apply(&cache, &answer(false, [row_alone(&one)])).await.unwrap();
    assert_eq!((kept(&cache, &[1]).await, rows(&cache).await.len()), (vec![Some(false)], 2));
}

#[tokio::test]
async fn fault_9_19_the_rest_of_an_open_incident_comes_after_its_row_and_changes_nothing_else() {
    let cache = in_memory().await;
    let one = incident(1, "AAAAA1-000001", IncidentStatus::NeedsAction, Severity::Critical);
    apply(&cache, &answer(true, [SyncLine::Customer(customer(1, "Alpha")), row_alone(&one)])).await.unwrap();
    assert_eq!(kept(&cache, &[1]).await, [Some(false)]);
    // What is written into the table of rows anew is seen.
    let watch = "CREATE TEMP TABLE written (n); CREATE TEMP TRIGGER w AFTER INSERT ON hot BEGIN INSERT INTO written VALUES (1); END";
    cache.run(move |store| Ok(store.db.execute_batch(watch)?)).await.unwrap();
    let change = apply(&cache, &answer(false, [whole(&one)])).await.unwrap().change.unwrap();
    assert_eq!(count(&cache, "SELECT count(*) FROM written").await, 0);
    assert_eq!(change.touched.unwrap().incidents, [key(1)], "the window asks for the rest");
    assert_eq!(detail(&cache, 1).await.unwrap().incident, one);
    // Another row with it: that one counts.
    let mut other = one.clone();
    other.row.problem = "Alphorn".into();
    apply(&cache, &answer(false, [row_alone(&one)])).await.unwrap();
    apply(&cache, &answer(false, [whole(&other)])).await.unwrap();
    assert_eq!(detail(&cache, 1).await.unwrap().incident, other);
    let open = "SELECT count(*) * 100 + sum(needs_action) FROM hot JOIN badges USING (customer)";
    assert_eq!(count(&cache, open).await, 101, "one row, counted once");
}

#[tokio::test]
async fn fault_9_20_whole_ones_become_rows_after_30_days_and_rows_go_after_90() {
    let cache = in_memory().await;
    let lines = [(1, 29), (2, 30), (3, 89), (4, 90)].map(|(n, days)| whole(&resolved(n, days)));
    apply(&cache, &answer(true, [SyncLine::Customer(customer(1, "Alpha"))].into_iter().chain(lines))).await.unwrap();
    let all = [1, 2, 3, 4];
    assert_eq!(kept(&cache, &all).await, [Some(true), Some(false), Some(false), None]);
    let change = checkpoint_at(&cache, now().plus(DAY)).await.change.unwrap();
    assert_eq!((change.customers, change.touched.unwrap().incidents), (vec![tenant(1)], vec![key(3)]));
    assert_eq!(kept(&cache, &all).await, [Some(false), Some(false), None, None]);
    // Nothing is due, and nothing changes.
    assert!(checkpoint_at(&cache, now().plus(DAY)).await.change.is_none());
    let mark = "INSERT INTO marks (customer, number, messages) SELECT id, 'AAAAA1-000001', 1 FROM customers";
    cache.run(move |store| Ok(store.db.execute(mark, []).map(drop)?)).await.unwrap();
    checkpoint_at(&cache, now().plus(100 * DAY)).await;
    assert_eq!(count(&cache, "SELECT count(*) FROM marks").await, 0, "nor what was read of it");
    assert_eq!(kept(&cache, &all).await, [None; 4]);
    for table in ["SELECT count(*) FROM incidents", "SELECT count(*) FROM history", "SELECT count(*) FROM due"] {
        assert_eq!(count(&cache, table).await, 0, "{table}");
    }
}

#[tokio::test]
async fn fault_9_20_what_was_opened_stays_whole_as_long_as_its_row() {
    let cache = in_memory().await;
    let lines = [whole(&resolved(1, 20)), whole(&resolved(2, 20))];
    apply(&cache, &answer(true, [SyncLine::Customer(customer(1, "Alpha"))].into_iter().chain(lines))).await.unwrap();
    for _ in 0..2 {
        cache.run(|store| store.mark_opened(key(1))).await.unwrap();
    }
    cache.run(|store| store.mark_opened(key(9))).await.unwrap();
    checkpoint_at(&cache, now().plus(20 * DAY)).await;
    assert_eq!(kept(&cache, &[1, 2]).await, [Some(true), Some(false)]);
    // Changed meanwhile, it is still one that was opened.
    apply(&cache, &answer(false, [whole(&resolved(1, 20))])).await.unwrap();
    checkpoint_at(&cache, now().plus(69 * DAY)).await;
    assert_eq!(kept(&cache, &[1, 2]).await, [Some(true), Some(false)]);
    checkpoint_at(&cache, now().plus(71 * DAY)).await;
    assert_eq!(kept(&cache, &[1, 2]).await, [None, None]);
}

#[tokio::test]
async fn fault_9_20_what_is_due_is_done_in_pieces() {
    let cache = in_memory().await;
    let lines = (0..2_500).map(|n| row_alone(&resolved(n, 1)));
    apply(&cache, &answer(true, [SyncLine::Customer(customer(1, "Alpha"))].into_iter().chain(lines))).await.unwrap();
    checkpoint_at(&cache, now().plus(100 * DAY)).await;
    for (left, is_more) in [(500, true), (0, false)] {
        assert_eq!(count(&cache, "SELECT count(*) FROM history").await, left);
        assert_eq!(cache.run(|store| store.keep_less()).await.unwrap().is_some(), is_more);
    }
}

#[tokio::test]
async fn fault_9_20_nothing_is_dropped_by_one_clock_alone() {
    let cache = in_memory().await;
    apply(&cache, &answer(true, [SyncLine::Customer(customer(1, "Alpha")), whole(&resolved(1, 1))])).await.unwrap();
    // The service's clock is ahead, and this device's is not.
    let ahead = Checkpoint { cursor: "d".into(), at: now().plus(100 * DAY), history_pending: false, done_percent: None };
    apply(&cache, &text([begin(false), SyncLine::Checkpoint(ahead)])).await.unwrap();
    assert_eq!(kept(&cache, &[1]).await, [Some(true)]);
}

#[tokio::test]
async fn fault_9_20_rooms_that_are_still_to_come_are_said_to_be_missing() {
    let cache = in_memory().await;
    let until = |pending| SyncLine::Checkpoint(Checkpoint { cursor: "d".into(), at: now(), history_pending: pending, done_percent: None });
    let rooms = || tenantry_model::ipc::RoomQuery::of_customer(tenant(1), 10);
    let words = || IncidentQuery {
        filter: IncidentFilter { text: "mtr-1".into(), ..IncidentFilter::default() },
        ..of_everything(IncidentTab::Active, IncidentColumn::Urgency)
    };
    for pending in [true, false] {
        let lines = [begin(true), SyncLine::Customer(customer(1, "Alpha")), until(pending)];
        apply(&cache, &text(lines)).await.unwrap();
        let unreliable = cache.run(move |store| store.list_rooms(&rooms(), live())).await.unwrap().unreliable;
        assert_eq!(unreliable.iter().any(|it| it.freshness == tenantry_model::ipc::Freshness::Incomplete), pending);
        let page = cache.run(move |store| store.list_incidents(&words(), live())).await.unwrap().read().unwrap();
        assert_eq!(page.unreliable_total, u32::from(pending));
    }
}

#[tokio::test]
async fn fault_9_20_the_rest_that_was_asked_for_is_kept_where_it_was_not_overtaken() {
    let cache = in_memory().await;
    let one = resolved(1, 40);
    apply(&cache, &answer(true, [SyncLine::Customer(customer(1, "Alpha")), row_alone(&one)])).await.unwrap();
    let keep = async |since, incident: &Incident| {
        let incident = incident.clone();
        cache.run(move |store| store.keep_rest(since, &incident)).await.unwrap()
    };
    let since = cache.run(|store| Ok(store.invalidations())).await.unwrap();
    let mut newer = one.clone();
    newer.row.version += 1;
    let mut foreign = one.clone();
    foreign.row.customer_id = tenant(7);
    for wrong in [&newer, &foreign, &resolved(3, 40)] {
        assert_eq!(keep(since, wrong).await, None);
    }
    assert_eq!(kept(&cache, &[1, 3]).await, [Some(false), None]);
    let change = keep(since, &one).await.unwrap();
    assert_eq!(change.touched.unwrap().incidents, [key(1)]);
    assert_eq!(detail(&cache, 1).await.unwrap().incident, one);
    checkpoint_at(&cache, now().plus(DAY)).await;
    assert_eq!(kept(&cache, &[1]).await, [Some(true)], "it was opened");
    // Access is another one meanwhile.
    let mut reset = customer(1, "Alpha");
    reset.reset = true;
    apply(&cache, &answer(false, [SyncLine::Customer(reset), row_alone(&one)])).await.unwrap();
    assert_eq!(keep(since, &one).await, None);
    assert_eq!(kept(&cache, &[1]).await, [Some(false)]);
}

#[tokio::test]
async fn fault_9_20_nothing_remains_in_any_table_of_what_is_gone() {
    let lines = || {
        let both = [row_alone(&resolved(1, 40)), whole(&resolved(2, 3)), SyncLine::Room(Box::new(room(1, 1)))];
        [SyncLine::Customer(customer(1, "Alpha"))].into_iter().chain(both)
    };
    let mut reset = customer(1, "Alpha");
    reset.reset = true;
    let gone = |n| SyncLine::IncidentGone(IncidentGone { customer_id: tenant(1), number: key(n).number });
    let rows = "SELECT (SELECT count(*) FROM incidents) + (SELECT count(*) FROM history) + (SELECT count(*) FROM due)";
    for what in [vec![SyncLine::CustomerGone(tenant(1))], vec![SyncLine::Customer(reset)], vec![gone(1), gone(2), gone(3)]] {
        let cache = in_memory().await;
        apply(&cache, &answer(true, lines())).await.unwrap();
        assert_eq!(count(&cache, rows).await, 6);
        apply(&cache, &answer(false, what.clone())).await.unwrap();
        assert_eq!(count(&cache, rows).await, 0, "{what:?}");
        apply(&cache, &answer(false, lines())).await.unwrap();
        cache.run(crate::cache::Store::wipe).await.unwrap();
        assert_eq!(count(&cache, rows).await, 0);
    }
}

#[tokio::test]
async fn fault_9_20_inactive_incidents_are_found_by_what_active_ones_are_found_by() {
    let cache = in_memory().await;
    let mut device = room(1, 1);
    device.host_name = "MTR-00077".into();
    let mut lines = vec![SyncLine::Customer(customer(1, "Ämterwerke")), SyncLine::Room(Box::new(device))];
    for (n, status) in [("AAEB77-000001", IncidentStatus::NeedsAction), ("AAEB77-000002", IncidentStatus::Resolved)] {
        let mut one = incident(1, n, status, Severity::Critical);
        one.row.rooms[0].name = "Großer Saal".into();
        one.description = "Beschreibung".into();
        lines.push(whole(&one));
    }
    apply(&cache, &answer(true, lines)).await.unwrap();
    for tab in super::search::TABS {
        for text in ["aemter", "camera (room)", "kamera 2", "grosser", "mtr-00077", "aaeb77", "eb77-0", "saal kamera amter camera"] {
            assert_eq!(finds(&cache, tab, text).await, 1, "{text} in {tab:?}");
        }
        for text in ["beschreibung", "kamera 3", "saal bluetooth"] {
            assert_eq!(finds(&cache, tab, text).await, 0, "{text} in {tab:?}");
        }
    }
    // Under another name it is found by that alone.
    apply(&cache, &answer(false, [SyncLine::Customer(customer(1, "Brunnenbau"))])).await.unwrap();
    for tab in super::search::TABS {
        assert_eq!((finds(&cache, tab, "brunnen").await, finds(&cache, tab, "aemter").await), (1, 0), "{tab:?}");
    }
}

/// An incident as the service of a large estate tells it: nothing of it is as in the one before that would not be so there.
fn of_estate(n: u32, days: u32) -> Incident {
    use tenantry_model::incident::{HistoryKind, HistoryRow, IncidentType};
    use tenantry_model::signal::SignalId;
    let noise = u128::from(n).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835);
    let signal = SignalId::ALL[n as usize % SignalId::ALL.len()];
    let mut one = resolved(n, days);
    let moment = now().minus(DAY * days + Duration::from_micros((noise % 80_000_000_000) as u64));
    one.row.customer_id = tenant(u128::from(n / 250));
    (one.row.kind, one.row.category) = (IncidentType::Signal(signal), signal.facts().category);
    one.row.rooms = vec![RoomRef {
        id: tenantry_model::id::RoomId::from_uuid(uuid::Uuid::from_u128(noise)),
        name: format!("Besprechung {} (8)", n % 977),
    }];
    (one.row.last_resolved, one.row.last_closed) = (Some(moment), Some(moment.plus(7 * DAY)));
    (one.row.last_updated, one.row.active_since) =
        (moment.plus(7 * DAY), moment.minus(Duration::from_micros((noise % 9_000_000_000) as u64)));
    one.row.created_at = one.row.active_since;
    one.description = format!("{} {}", signal.facts().title, "reports that it cannot do its work. ".repeat(9));
    one.action = "Restart its service; install it again if it does not start. ".repeat(6);
    one.history =
        vec![HistoryRow::of_itself(moment, HistoryKind::Deactivated), HistoryRow::of_itself(one.row.active_since, HistoryKind::Activated)];
    one
}

/// About 240, 360, 1,160 and 290 bytes. 500 MB hold, at the largest size, 630,000 rows, 320,000 whole inactive incidents, 50,000 active ones and 200,000 rooms.
#[tokio::test]
async fn fault_9_20_an_inactive_incident_takes_no_more_of_the_file_than_the_largest_estate_allows() {
    let bytes = async |lines: Vec<SyncLine>| {
        let rows = lines.len() as i64;
        let cache = in_memory().await;
        let customers = (0..20).map(|n| SyncLine::Customer(customer(n, &format!("Kunde {n}"))));
        apply(&cache, &answer(true, customers)).await.unwrap();
        let size = "SELECT (page_count - freelist_count) * page_size FROM pragma_page_count, pragma_freelist_count, pragma_page_size";
        let before = count(&cache, size).await;
        apply(&cache, &answer(false, lines)).await.unwrap();
        (count(&cache, size).await - before) / rows
    };
    let rows = bytes((0..5_000).map(|n| row_alone(&of_estate(n, 31 + n % 59))).collect()).await;
    let whole_ones = bytes((0..5_000).map(|n| whole(&of_estate(n, n % 29))).collect()).await;
    let open = (0..5_000).map(|n| {
        let mut one = of_estate(n, 1);
        one.row.status = IncidentStatus::NeedsAction;
        whole(&one)
    });
    let open = bytes(open.collect()).await;
    let rooms = (0..5_000_u32).map(|n| {
        let mut one = room(u128::from(n / 250), u128::from(n).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835));
        (one.host_name, one.account) = (format!("MTR-{n:06}"), format!("room.{n}@kunde{}.example", n / 250));
        one.display_name = format!("Besprechung {} (8)", n % 977);
        one.peripherals = ["camera", "display", "microphone", "speaker"]
            .map(|kind| tenantry_model::room::Peripheral { kind: kind.into(), name: format!("Acme {kind} {}", n % 7) })
            .to_vec();
        SyncLine::Room(Box::new(one))
    });
    let rooms = bytes(rooms.collect()).await;
    println!("bytes: row {rows}, whole {whole_ones}, open {open}, room {rooms}");
    assert!(rows <= 300 && whole_ones <= 450 && open <= 1_400 && rooms <= 380, "{rows} {whole_ones} {open} {rooms}");
    assert!(rows * 630_000 + whole_ones * 320_000 + open * 50_000 + rooms * 200_000 <= 500_000_000);
}

#[tokio::test]
async fn fault_9_20_a_first_sync_that_is_cut_goes_on_from_its_last_checkpoint_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let key = crate::db::StoreKey::random(&crate::random::OsRandom).unwrap();
    let path = folder.path().join("cache.db");
    let open = async || {
        let place = crate::db::Location::File(path.clone());
        Cache::open(place, Some(key.clone()), std::sync::Arc::new(std::sync::atomic::AtomicU64::new(0))).await.unwrap().0
    };
    let until = |cursor: &str, pending: bool| {
        SyncLine::Checkpoint(Checkpoint { cursor: cursor.into(), at: now(), history_pending: pending, done_percent: pending.then_some(40) })
    };
    let cache = open().await;
    apply(&cache, &text([begin(true), SyncLine::Customer(customer(1, "Alpha")), until("first", true)])).await.unwrap();
    apply(&cache, &text([begin(false), whole(&resolved(1, 3)), until("second", true)])).await.unwrap();
    let log = std::fs::metadata(folder.path().join("cache.db-wal")).map_or(0, |log| log.len());
    assert_eq!(log, 0, "the log of a first sync is emptied with each answer");
    let cut = text([begin(false), whole(&resolved(2, 3))]);
    assert!(matches!(apply(&cache, &cut).await, Err(Error::Cut)));
    cache.close().await;
    let cache = open().await;
    assert_eq!(cache.run(|store| Ok((store.cursor(), store.as_of()))).await.unwrap(), (Some("second".into()), (Some(now()), true)));
    assert_eq!(kept(&cache, &[1, 2]).await, [Some(true), None]);
    apply(&cache, &text([begin(false), whole(&resolved(2, 3)), until("third", false)])).await.unwrap();
    let query = IncidentQuery { filter: IncidentFilter::default(), ..of_everything(IncidentTab::Resolved, IncidentColumn::Urgency) };
    assert_eq!(found(&cache, query).await.len(), 2);
    cache.close().await;
}
