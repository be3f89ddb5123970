//! Applying answers: whole or not at all, twice without harm, and without stopping at what a newer service says.

use tenantry_model::incident::{IncidentStatus, Severity};
use tenantry_model::ipc::{CustomerPage, CustomerQuery, Freshness, IncidentRef, ListWindow, RoomKey, SeenMessages, Touched};
use tenantry_model::sync::{Checkpoint, IncidentGone, SyncLine};

use super::estate::*;
use crate::cache::{Cache, Store};
use crate::error::Error;

fn some() -> Vec<SyncLine> {
    vec![
        SyncLine::Customer(customer(1, "Alpha")),
        SyncLine::Room(Box::new(room(1, 1))),
        SyncLine::Incident(Box::new(incident(1, "AAAAA1-000001", IncidentStatus::NeedsAction, Severity::Critical))),
        SyncLine::Incident(Box::new(incident(1, "AAAAA1-000002", IncidentStatus::AssignedToService, Severity::Warning))),
        SyncLine::Incident(Box::new(incident(1, "AAAAA1-000003", IncidentStatus::Closed, Severity::Warning))),
    ]
}

async fn dropdown(cache: &Cache) -> CustomerPage {
    let query = CustomerQuery { text: String::new(), window: ListWindow { offset: 0, limit: 100 } };
    let mut page = cache.run(move |store| Ok(store.list_customers(&query, live()))).await.unwrap();
    page.generation = 0;
    page
}

/// Everything that the tables hold, as text.
async fn dump(cache: &Cache) -> Vec<String> {
    cache
        .run(|store| {
            let mut all = vec![];
            for table in ["customers", "badges", "rooms", "incidents", "hot", "history", "due", "marks"] {
                let mut statement = store.db.prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2"))?;
                let columns = statement.column_count();
                let mut rows = statement.query([])?;
                while let Some(row) = rows.next()? {
                    // Local numbers may differ; what they stand for may not.
                    all.push(format!("{table}: {:?}", (0..columns).map(|at| row.get_ref(at)).collect::<Result<Vec<_>, _>>()?));
                }
            }
            Ok(all)
        })
        .await
        .unwrap()
}

/// Counts the tables anew: the badges, `hot` and `history` must say the same as `incidents`.
async fn is_consistent(cache: &Cache) {
    let wrong: i64 = cache
        .run(|store| {
            Ok(store.db.query_row(
                "SELECT (SELECT count(*) FROM incidents WHERE rank IS NOT NULL) - (SELECT count(*) FROM hot)
                      + abs((SELECT count(*) FROM incidents WHERE rank IS NULL) - (SELECT count(*) FROM history))
                      + abs((SELECT count(*) FROM history) - (SELECT count(*) FROM due))
                      + (SELECT count(*) FROM badges b WHERE critical + important + warning + recommended
                             != (SELECT count(*) FROM hot h WHERE h.customer = b.customer)
                          OR needs_action != (SELECT count(*) FROM hot h WHERE h.customer = b.customer AND rank < 4)
                          OR critical != (SELECT count(*) FROM hot h WHERE h.customer = b.customer AND rank % 4 = 0)
                          OR needs_action + assigned_to_service + pending_investigation
                             != critical + important + warning + recommended)",
                [],
                |row| row.get(0),
            )?)
        })
        .await
        .unwrap();
    assert_eq!(wrong, 0);
}

#[tokio::test]
async fn an_answer_that_is_cut_anywhere_changes_nothing() {
    let cache = in_memory().await;
    apply(&cache, &answer(true, some())).await.unwrap();
    let before = dump(&cache).await;
    let mut reset = customer(1, "Beta");
    reset.reset = true;
    let whole = text([begin(false), SyncLine::Customer(reset), checkpoint("later")]);
    // All but the last line feed: only the whole last line makes an answer.
    for end in 0..whole.len() - 1 {
        assert!(matches!(apply(&cache, &whole[..end]).await, Err(Error::Cut)), "cut at {end}");
        assert_eq!(cache.run(|store| Ok(store.cursor())).await.unwrap().as_deref(), Some("c"));
    }
    assert_eq!(dump(&cache).await, before);
    apply(&cache, &whole).await.unwrap();
    assert_ne!(dump(&cache).await, before);
    assert_eq!(cache.run(|store| Ok(store.cursor())).await.unwrap().as_deref(), Some("later"));
}

#[tokio::test]
async fn lines_out_of_their_order_make_no_answer() {
    let cache = in_memory().await;
    let line = || SyncLine::Customer(customer(1, "Alpha"));
    for lines in [
        vec![line(), checkpoint("c")],
        vec![begin(true), begin(true), checkpoint("c")],
        vec![begin(true), checkpoint("c"), line()],
        vec![checkpoint("c")],
        vec![],
    ] {
        assert!(matches!(apply(&cache, &text(lines)).await, Err(Error::Cut)));
    }
    assert!(dump(&cache).await.is_empty());
}

#[tokio::test]
async fn what_goes_on_from_a_cursor_is_refused_by_a_cache_that_was_emptied_meanwhile() {
    let cache = in_memory().await;
    let empty = dump(&cache).await;
    assert!(matches!(apply(&cache, &answer(false, some())).await, Err(Error::Cut)));
    assert_eq!(dump(&cache).await, empty);
    apply(&cache, &answer(true, some())).await.unwrap();
    apply(&cache, &answer(false, [])).await.unwrap();
    cache.run(Store::wipe).await.unwrap();
    assert!(matches!(apply(&cache, &answer(false, [])).await, Err(Error::Cut)));
    assert_eq!(cache.run(|store| Ok(store.cursor())).await.unwrap(), None, "the next sync starts from nothing");
}

#[tokio::test]
async fn applying_twice_is_harmless() {
    let cache = in_memory().await;
    apply(&cache, &answer(true, some())).await.unwrap();
    let once = dump(&cache).await;
    apply(&cache, &answer(false, some())).await.unwrap();
    assert_eq!(dump(&cache).await, once);
    is_consistent(&cache).await;
}

#[tokio::test]
async fn an_answer_without_changes_changes_no_generation() {
    let cache = in_memory().await;
    assert!(apply(&cache, &answer(true, some())).await.unwrap().change.is_some());
    let generation = cache.run(|store| Ok(store.generation())).await.unwrap();
    assert!(apply(&cache, &answer(false, [])).await.unwrap().change.is_none());
    assert_eq!(cache.run(|store| Ok(store.generation())).await.unwrap(), generation);
}

#[tokio::test]
async fn a_change_names_the_incidents_and_rooms_that_it_touched_while_they_are_few() {
    let cache = in_memory().await;
    let first = apply(&cache, &answer(true, some())).await.unwrap().change.unwrap();
    assert_eq!((first.customers, first.touched), (vec![], None), "a snapshot may touch anything");
    let row = |number: &str| SyncLine::Incident(Box::new(incident(1, number, IncidentStatus::NeedsAction, Severity::Critical)));
    let gone = SyncLine::IncidentGone(IncidentGone { customer_id: tenant(1), number: "AAAAA1-000002".parse().unwrap() });
    let lines = vec![SyncLine::Room(Box::new(room(1, 1))), row("AAAAA1-000001"), gone, SyncLine::Customer(customer(2, "Beta"))];
    let change = apply(&cache, &answer(false, lines)).await.unwrap().change.unwrap();
    let key = |number: &str| IncidentRef { customer_id: tenant(1), number: number.parse().unwrap() };
    let touched = Touched {
        whole: vec![tenant(2)],
        incidents: vec![key("AAAAA1-000001"), key("AAAAA1-000002")],
        rooms: vec![RoomKey { customer_id: tenant(1), id: room_id(1) }],
    };
    assert_eq!((change.customers, change.touched), (vec![tenant(1), tenant(2)], Some(touched)));
    let many = (0..501).map(|n| row(&format!("AAAAA2-{n:06}")));
    let change = apply(&cache, &answer(false, many)).await.unwrap().change.unwrap();
    assert_eq!((change.customers, change.touched), (vec![tenant(1)], None));
    let change = cache.run(move |store| store.mark_read(all_of(key("AAAAA1-000001")), live())).await.unwrap();
    assert!(change.is_none_or(|change| change.touches_incident(key("AAAAA1-000001")) && !change.touches_incident(key("AAAAA1-000002"))));
}

#[tokio::test]
async fn badges_follow_every_change_of_status_and_severity() {
    let cache = in_memory().await;
    apply(&cache, &answer(true, some())).await.unwrap();
    let row = dropdown(&cache).await.rows.remove(0);
    assert_eq!((row.open, row.worst), (Some(2), Some(Severity::Critical)));
    let resolved = incident(1, "AAAAA1-000001", IncidentStatus::Resolved, Severity::Critical);
    apply(&cache, &answer(false, [SyncLine::Incident(Box::new(resolved))])).await.unwrap();
    is_consistent(&cache).await;
    let row = dropdown(&cache).await.rows.remove(0);
    assert_eq!((row.open, row.worst), (Some(1), Some(Severity::Warning)));
    let gone = IncidentGone { customer_id: tenant(1), number: "AAAAA1-000002".parse().unwrap() };
    apply(&cache, &answer(false, [SyncLine::IncidentGone(gone)])).await.unwrap();
    is_consistent(&cache).await;
    let row = dropdown(&cache).await.rows.remove(0);
    assert_eq!((row.open, row.worst), (Some(0), None));
}

#[tokio::test]
async fn what_a_newer_service_says_marks_its_customer_and_stops_nothing() {
    let cache = in_memory().await;
    apply(&cache, &answer(true, some().into_iter().chain([SyncLine::Customer(customer(2, "Beta"))]))).await.unwrap();
    let good = incident(2, "AAAAA2-000001", IncidentStatus::NeedsAction, Severity::Critical);
    let mut odd = serde_json::to_value(SyncLine::Incident(Box::new(good.clone()))).unwrap();
    odd["incident"]["row"]["severity"] = "catastrophic".into();
    odd["incident"]["row"]["number"] = "AAAAA2-000002".into();
    let mut lines = text([begin(false)]);
    lines.extend(format!("{odd}\n").bytes());
    lines.extend(format!("{{\"newThing\":{{\"customerId\":\"{}\"}}}}\n", tenant(2)).bytes());
    lines.extend(text([SyncLine::Incident(Box::new(good)), checkpoint("d")]));
    apply(&cache, &lines).await.unwrap();
    let page = dropdown(&cache).await;
    let freshness: Vec<_> = page.rows.iter().map(|row| (row.open, row.freshness)).collect();
    assert_eq!(freshness, [(Some(2), Freshness::Current), (Some(1), Freshness::Incomplete)]);
    // Sent anew, it is whole again.
    let mut anew = customer(2, "Beta");
    anew.reset = true;
    apply(&cache, &answer(false, [SyncLine::Customer(anew)])).await.unwrap();
    assert_eq!(dropdown(&cache).await.rows[1].freshness, Freshness::Current);
}

#[tokio::test]
async fn a_line_that_cannot_be_placed_marks_every_customer() {
    let cache = in_memory().await;
    apply(&cache, &answer(true, some())).await.unwrap();
    let mut lines = text([begin(false)]);
    lines.extend(b"{\"newThing\":7}\n");
    lines.extend(text([checkpoint("d")]));
    apply(&cache, &lines).await.unwrap();
    assert_eq!(dropdown(&cache).await.rows[0].freshness, Freshness::Incomplete);
    apply(&cache, &answer(true, some())).await.unwrap();
    assert_eq!(dropdown(&cache).await.rows[0].freshness, Freshness::Current);
}

#[tokio::test]
async fn as_of_never_runs_backwards() {
    let cache = in_memory().await;
    apply(&cache, &answer(true, some())).await.unwrap();
    let earlier = SyncLine::Checkpoint(Checkpoint { cursor: "d".into(), at: now().minus(DAY), history_pending: false, done_percent: None });
    let applied = apply(&cache, &text([begin(false), earlier])).await.unwrap();
    assert_eq!(applied.as_of, now());
}

#[tokio::test]
async fn a_reset_touches_one_customer_and_a_snapshot_all() {
    let cache = in_memory().await;
    let other = incident(2, "AAAAA2-000001", IncidentStatus::NeedsAction, Severity::Critical);
    let both = some().into_iter().chain([SyncLine::Customer(customer(2, "Beta")), SyncLine::Incident(Box::new(other))]);
    apply(&cache, &answer(true, both)).await.unwrap();
    let mut reset = customer(1, "Alpha");
    reset.reset = true;
    apply(&cache, &answer(false, [SyncLine::Customer(reset)])).await.unwrap();
    is_consistent(&cache).await;
    let open: Vec<_> = dropdown(&cache).await.rows.iter().map(|row| row.open).collect();
    assert_eq!(open, [Some(0), Some(1)]);
    apply(&cache, &answer(true, [SyncLine::Customer(customer(1, "Alpha"))])).await.unwrap();
    is_consistent(&cache).await;
    assert_eq!(dropdown(&cache).await.all, 1);
}

#[tokio::test]
async fn fault_9_03_a_message_is_read_once_it_and_those_before_it_were_on_screen() {
    let cache = in_memory().await;
    let mut talked = incident(1, "AAAAA1-000001", IncidentStatus::NeedsAction, Severity::Critical);
    talked.row.messages = 10;
    let lines = [SyncLine::Customer(customer(1, "Alpha")), SyncLine::Incident(Box::new(talked.clone()))];
    apply(&cache, &answer(true, lines)).await.unwrap();
    let incident = IncidentRef { customer_id: tenant(1), number: talked.row.number };
    for (first, last, unread) in [(9, 10, 10), (1, 4, 6), (2, 3, 6), (6, 10, 6), (5, 5, 5), (3, 8, 2), (9, 99, 0)] {
        let changed = cache.run(move |store| store.mark_read(SeenMessages { incident, first, last }, live())).await.unwrap();
        assert_eq!(cache.run(cache_unread(incident, 10)).await.unwrap(), unread, "after {first} to {last}");
        assert_eq!(changed.is_some(), [(1, 4), (5, 5), (3, 8), (9, 99)].contains(&(first, last)), "{first} to {last}");
    }
    assert_eq!(cache.run(cache_unread(incident, 12)).await.unwrap(), 2, "those that come are unread");
}

#[tokio::test]
async fn read_marks_survive_a_reset_and_go_with_the_customer() {
    let cache = in_memory().await;
    let mut talked = incident(1, "AAAAA1-000001", IncidentStatus::NeedsAction, Severity::Critical);
    talked.row.messages = 3;
    let lines = || vec![SyncLine::Customer(customer(1, "Alpha")), SyncLine::Incident(Box::new(talked.clone()))];
    apply(&cache, &answer(true, lines())).await.unwrap();
    let key = IncidentRef { customer_id: tenant(1), number: talked.row.number };
    assert!(cache.run(move |store| store.mark_read(all_of(key), live())).await.unwrap().is_some());
    assert!(cache.run(move |store| store.mark_read(all_of(key), live())).await.unwrap().is_none());
    apply(&cache, &answer(true, lines())).await.unwrap();
    let unread = move |messages| cache_unread(key, messages);
    assert_eq!(cache.run(unread(5)).await.unwrap(), 2);
    apply(&cache, &answer(false, [SyncLine::CustomerGone(tenant(1))])).await.unwrap();
    cache.run(|store| store.reload()).await.unwrap();
    assert_eq!(cache.run(unread(5)).await.unwrap(), 5);
}

fn cache_unread(key: IncidentRef, messages: u32) -> impl FnOnce(&mut crate::cache::Store) -> Result<u32, Error> + Send + 'static {
    move |store| Ok(store.marks.unread(key.customer_id, key.number, messages))
}

#[tokio::test]
async fn the_end_of_a_long_answer_waits_in_the_table_and_leaves_nothing_there() {
    let cache = in_memory().await;
    let mut lines = vec![SyncLine::Customer(customer(1, "Alpha"))];
    for n in 0..4_000 {
        let mut long = incident(1, &format!("AAAAA1-{n:06}"), IncidentStatus::NeedsAction, Severity::Critical);
        long.description = "x".repeat(2_000);
        lines.push(SyncLine::Incident(Box::new(long)));
    }
    let whole = answer(true, lines);
    assert!(whole.len() > 2 * 4 * 1024 * 1024);
    let mut spool = crate::cache::Spool::new(cache.clone()).await.unwrap();
    for piece in whole.chunks(100_003) {
        spool.push(piece).await.unwrap();
    }
    let waiting =
        |store: &mut crate::cache::Store| Ok(store.db.query_row("SELECT count(*) FROM incoming", [], |row| row.get::<_, i64>(0))?);
    assert!(cache.run(waiting).await.unwrap() > 0);
    assert_eq!(dropdown(&cache).await.all, 0);
    spool.finish(now()).await.unwrap();
    assert_eq!(cache.run(waiting).await.unwrap(), 0);
    assert_eq!(dropdown(&cache).await.rows[0].open, Some(4_000));
}

#[tokio::test]
async fn fault_9_20_what_follows_an_answer_is_known_before_it_is_applied() {
    let cache = in_memory().await;
    let answer = |rooms: u128, history_pending: bool| {
        let end = Checkpoint { cursor: "more".into(), at: now(), history_pending, done_percent: None };
        let rooms = (0..rooms).map(|n| SyncLine::Room(Box::new(room(1, n))));
        text([begin(true), SyncLine::Customer(customer(1, "Alpha"))].into_iter().chain(rooms).chain([SyncLine::Checkpoint(end)]))
    };
    // The second goes through the table.
    for rooms in [1, 20_000] {
        for (pending, next) in [(true, Some("more")), (false, None)] {
            let mut spool = crate::cache::Spool::new(cache.clone()).await.unwrap();
            let answer = answer(rooms, pending);
            for piece in answer.chunks(10_007) {
                spool.push(piece).await.unwrap();
            }
            assert_eq!(spool.next_cursor().as_deref(), next, "{rooms} rooms");
            let mut cut = crate::cache::Spool::new(cache.clone()).await.unwrap();
            cut.push(&answer[..answer.len() / 2]).await.unwrap();
            assert_eq!(cut.next_cursor(), None);
        }
    }
}
