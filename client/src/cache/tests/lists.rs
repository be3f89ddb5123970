//! The incident list against a naive reference that knows nothing of tables: filter, order, groups, window, and R66.

use proptest::prelude::*;
use tenantry_model::api::IncidentTab;
use tenantry_model::collation::sort_key;
use tenantry_model::filter::Name;
use tenantry_model::id::RoomId;
use tenantry_model::incident::{Category, Incident, IncidentRow, IncidentStatus, IncidentType, RoomRef, Severity};
use tenantry_model::ipc::{
    CountQuery, Freshness, IncidentColumn, IncidentCounters, IncidentFilter, IncidentPage, IncidentQuery, IncidentRef, IncidentScope,
    ListRow, RoomColumn, RoomFilter, RoomQuery, TypeWord,
};
use tenantry_model::room::{Health, RoomCounters};
use tenantry_model::search::words;
use tenantry_model::signal::SignalId;
use tenantry_model::sync::SyncLine;
use tenantry_model::time::Timestamp;

use super::estate::*;
use crate::cache::entry::title;
use crate::cache::{Cache, Contact};
use crate::error::Error;

const NAMES: [&str; 4] = ["Ärzte Süd", "Bäckerei Nord", "alpha", "Zeppelin"];
const SILENT: IncidentType = IncidentType::Signal(SignalId::Offline);
const TEXTS: [&str; 5] = ["", "Kamera", "süd", "aaaaa0", "kamera raum"];

#[derive(Debug, Clone)]
struct Made {
    customer: u128,
    status: usize,
    severity: usize,
    category: usize,
    kind: usize,
    rooms: Vec<u128>,
    hours: u32,
    messages: u32,
    read: u32,
    problem: usize,
}

fn made() -> impl Strategy<Value = Made> {
    let rooms = prop::collection::vec(0u128..5, 0..3);
    (0u128..4, 0usize..5, 0usize..4, 0usize..10, 0usize..4, rooms, 0u32..3_000, 0u32..3, 0u32..3, 0usize..3).prop_map(
        |(customer, status, severity, category, kind, mut rooms, hours, messages, read, problem)| {
            rooms.sort_unstable();
            rooms.dedup();
            Made { customer, status, severity, category, kind, rooms, hours, messages, read, problem }
        },
    )
}

fn hours(n: u32) -> std::time::Duration {
    std::time::Duration::from_secs(u64::from(n) * 3600)
}

fn build(at: usize, made: &Made) -> Incident {
    let status = IncidentStatus::ALL[made.status];
    let mut incident = incident(made.customer, &format!("AAAAA{}-{at:06}", made.customer), status, Severity::ALL[made.severity]);
    let row = &mut incident.row;
    row.category = Category::ALL[made.category];
    row.kind = [
        IncidentType::CustomerReported,
        IncidentType::Signal(SignalId::CameraRoom),
        IncidentType::Signal(SignalId::Offline),
        IncidentType::Signal(SignalId::AppVersion),
    ][made.kind];
    row.rooms = made.rooms.iter().map(|n| RoomRef { id: room_id(*n), name: format!("Raum {}", 9 - n) }).collect();
    row.problem = ["", "Kamera 1", "Ton"][made.problem].into();
    row.active_since = now().minus(hours(made.hours));
    row.last_resolved = (status == IncidentStatus::Resolved).then(|| now().minus(hours(made.hours / 2)));
    row.last_closed = (status == IncidentStatus::Closed).then(|| now().minus(hours(made.hours / 3)));
    row.messages = made.messages;
    incident
}

fn names(texts: &[&'static str]) -> impl Strategy<Value = Vec<Name>> + use<> {
    let name = (prop::sample::select(texts.to_vec()), any::<bool>()).prop_map(|(text, whole)| {
        let text = text.to_owned();
        if whole { Name::Whole(text) } else { Name::Words(text) }
    });
    prop_oneof![3 => Just(vec![]), 1 => prop::collection::vec(name, 1..3)]
}

fn query() -> impl Strategy<Value = IncidentQuery> {
    fn some<T: Clone + std::fmt::Debug + 'static>(all: Vec<T>) -> impl Strategy<Value = Vec<T>> {
        prop_oneof![3 => Just(vec![]), 2 => prop::sample::subsequence(all, 1..3)]
    }
    let filter = (
        some((0..4).map(tenant).collect()),
        some(IncidentStatus::ALL.to_vec()),
        some(Severity::ALL.to_vec()),
        some(Category::ALL.to_vec()),
        some(vec![IncidentType::CustomerReported, IncidentType::Signal(SignalId::Offline)]),
        prop::option::weighted(0.2, (0u128..5).prop_map(room_id)),
        prop::bool::weighted(0.2),
        prop::option::weighted(0.2, 0u32..3_000),
        prop::option::weighted(0.2, 0u32..3_000),
        (prop_oneof![2 => Just(0usize), 1 => 1usize..TEXTS.len()], 0usize..2),
        (names(&["sud", "ae", "ALPHA", "bäckerei Nord"]), names(&["raum", "9", "Raum 8", "RAUM 7, Raum 6"])),
    );
    let filter = filter.prop_map(|all| {
        let (customers, statuses, severities, categories, types, room, unread, older, younger, (text, called), names) = all;
        let (customer_names, room_names) = names;
        IncidentFilter {
            customers,
            customer_names,
            room_names,
            statuses,
            severities,
            categories,
            types,
            room,
            unread,
            snoozed: false,
            claim: None,
            older_than_h: older,
            younger_than_h: younger,
            text: TEXTS[text].into(),
            // The screen's language calls a silent room by the word that was typed first.
            type_words: TEXTS[text]
                .split_whitespace()
                .take(called)
                .flat_map(words)
                .map(|word| TypeWord { word, types: vec![SILENT] })
                .collect(),
        }
    });
    let scope = prop_oneof![2 => Just(IncidentScope::All), 1 => (0u128..4).prop_map(|n| IncidentScope::Customer { id: tenant(n) })];
    let filter = prop_oneof![1 => Just(IncidentFilter::default()), 3 => filter];
    let sort = prop_oneof![2 => Just(IncidentColumn::Urgency), 3 => prop::sample::select(IncidentColumn::ALL.to_vec())];
    (scope, any::<bool>(), prop::sample::select(vec![7u32, 30, 90]), filter, sort, any::<bool>(), any::<bool>(), 0u32..30, 0u32..30)
        .prop_map(|(scope, resolved, resolved_days, filter, sort, descending, by_category, offset, limit)| IncidentQuery {
            scope,
            tab: if resolved { IncidentTab::Resolved } else { IncidentTab::Active },
            resolved_days,
            filter,
            sort,
            descending,
            titles: vec![],
            by_category,
            collapsed: vec![Category::Hardware],
            offset: offset / 3,
            limit,
        })
}

// ---- the naive reference ----

fn plain(text: &str) -> String {
    text.to_lowercase().replace('ä', "a").replace('ü', "u").replace('ö', "o")
}

fn problem_of(row: &IncidentRow) -> String {
    match row.kind {
        IncidentType::CustomerReported => plain(&row.problem),
        IncidentType::Signal(_) if row.problem.is_empty() => plain(title(row.kind)),
        IncidentType::Signal(_) => plain(&format!("{} · {}", title(row.kind), row.problem)),
    }
}

fn rooms_of(row: &IncidentRow) -> String {
    row.rooms.iter().map(|room| plain(&room.name)).collect::<Vec<_>>().join(", ")
}

fn moment(row: &IncidentRow) -> Timestamp {
    if row.status.is_active() { row.active_since } else { row.last_resolved.or(row.last_closed).unwrap_or(row.last_updated) }
}

fn holds(incident: &Incident, unread: u32, query: &IncidentQuery, with_status: bool) -> bool {
    let (row, filter) = (&incident.row, &query.filter);
    let one_of = |empty: bool, contains: bool| empty || contains;
    let in_scope = match query.scope {
        IncidentScope::All => one_of(filter.customers.is_empty(), filter.customers.contains(&row.customer_id)),
        IncidentScope::Customer { id } => id == row.customer_id,
    };
    let in_tab = match query.tab {
        IncidentTab::Active => row.status.is_active(),
        IncidentTab::Resolved => !row.status.is_active() && moment(row) >= now().minus(hours(24 * query.resolved_days)),
    };
    let age = now().since(row.active_since);
    let customer = NAMES[(row.customer_id.uuid().as_u128() - 0xC000) as usize];
    let parts = [problem_of(row), plain(title(row.kind)), plain(row.number.as_str()), rooms_of(row), plain(customer)];
    in_scope
        && in_tab
        && (!with_status || one_of(filter.statuses.is_empty(), filter.statuses.contains(&row.status)))
        && one_of(filter.severities.is_empty(), filter.severities.contains(&row.severity))
        && one_of(filter.categories.is_empty(), filter.categories.contains(&row.category))
        && one_of(filter.types.is_empty(), filter.types.contains(&row.kind))
        && filter.room.is_none_or(|room| row.rooms.iter().any(|named| named.id == room))
        && one_of(filter.customer_names.is_empty(), filter.customer_names.iter().any(|name| name.means(customer)))
        && one_of(filter.room_names.is_empty(), filter.room_names.iter().any(|name| is_room_of(name, row)))
        && filter.older_than_h.is_none_or(|h| age >= hours(h))
        && filter.younger_than_h.is_none_or(|h| age < hours(h))
        && (!filter.unread || unread > 0)
        && filter.text.split_whitespace().all(|word| {
            let called = filter.type_words.iter().any(|it| words(word).contains(&it.word) && it.types.contains(&row.kind));
            called || parts.iter().any(|part| part.contains(&plain(word)))
        })
}

/// By itself, or by all its rooms as they are shown.
fn is_room_of(name: &Name, row: &IncidentRow) -> bool {
    let shown = row.rooms.iter().map(|room| room.name.as_str()).collect::<Vec<_>>().join(", ");
    row.rooms.iter().any(|room| name.means(&room.name)) || name.means(&shown)
}

fn sorted(mut rows: Vec<(IncidentRow, u32)>, query: &IncidentQuery) -> Vec<(IncidentRow, u32)> {
    let rank = |row: &IncidentRow| {
        let position = Severity::ALL.iter().position(|severity| *severity == row.severity).unwrap();
        if row.status.is_active() { (row.status != IncidentStatus::NeedsAction, position) } else { (false, 0) }
    };
    let name = |row: &IncidentRow| plain(NAMES[(row.customer_id.uuid().as_u128() - 0xC000) as usize]);
    rows.sort_by(|(one, one_unread), (other, other_unread)| {
        let order = match query.sort {
            IncidentColumn::Urgency => std::cmp::Ordering::Equal,
            IncidentColumn::Customer => name(one).cmp(&name(other)),
            IncidentColumn::Problem => sort_key(&problem_of(one)).cmp(&sort_key(&problem_of(other))),
            IncidentColumn::Ticket => one.number.as_str().cmp(other.number.as_str()),
            IncidentColumn::Room => sort_key(&rooms_of(one)).cmp(&sort_key(&rooms_of(other))),
            IncidentColumn::Type => title(one.kind).cmp(title(other.kind)),
            IncidentColumn::Status => one.status.cmp(&other.status),
            IncidentColumn::Severity => one.severity.cmp(&other.severity),
            IncidentColumn::Unread => other_unread.cmp(one_unread),
            IncidentColumn::ActiveSince => moment(one).cmp(&moment(other)),
        };
        order
            .then_with(|| rank(one).cmp(&rank(other)))
            .then_with(|| moment(other).cmp(&moment(one)))
            .then_with(|| one.number.as_str().cmp(other.number.as_str()))
    });
    if query.descending {
        rows.reverse();
    }
    rows
}

struct Expected {
    total: u32,
    matches: u32,
    rows: Vec<ListRow>,
    counters: IncidentCounters,
}

fn expected(all: &[(Incident, u32)], query: &IncidentQuery) -> Expected {
    let mut counters = IncidentCounters::default();
    for (incident, _) in all.iter().filter(|(incident, unread)| holds(incident, *unread, query, false)) {
        counters.all += 1;
        *[
            &mut counters.needs_action,
            &mut counters.assigned_to_service,
            &mut counters.pending_investigation,
            &mut counters.resolved,
            &mut counters.closed,
        ][incident.row.status as usize] += 1;
    }
    let matching = all.iter().filter(|(incident, unread)| holds(incident, *unread, query, true));
    let rows = sorted(matching.map(|(incident, unread)| (incident.row.clone(), *unread)).collect(), query);
    let matches = rows.len() as u32;
    let shown = |(row, unread): &(IncidentRow, u32)| ListRow::Incident {
        customer_name: NAMES[(row.customer_id.uuid().as_u128() - 0xC000) as usize].into(),
        incident: Box::new(row.clone()),
        unread: *unread,
    };
    let mut lines = vec![];
    if query.by_category {
        for category in Category::ALL {
            let under: Vec<_> = rows.iter().filter(|(row, _)| row.category == *category).collect();
            if under.is_empty() {
                continue;
            }
            let mut rooms: Vec<RoomId> = under.iter().flat_map(|(row, _)| row.rooms.iter().map(|room| room.id)).collect();
            rooms.sort();
            rooms.dedup();
            lines.push(ListRow::Category {
                category: *category,
                tickets: under.len() as u32,
                rooms: rooms.len() as u32,
                needs_action: under.iter().filter(|(row, _)| row.status == IncidentStatus::NeedsAction).count() as u32,
                unread: under.iter().filter(|(_, unread)| *unread > 0).count() as u32,
            });
            if !query.collapsed.contains(category) {
                lines.extend(under.into_iter().map(shown));
            }
        }
    } else {
        lines.extend(rows.iter().map(shown));
    }
    let total = lines.len() as u32;
    let rows = lines.into_iter().skip(query.offset as usize).take(query.limit as usize).collect();
    Expected { total, matches, rows, counters }
}

// ---- the checks ----

async fn filled(made: &[Made]) -> (Cache, Vec<(Incident, u32)>) {
    let cache = in_memory().await;
    let all: Vec<Incident> = made.iter().enumerate().map(|(at, made)| build(at, made)).collect();
    let customers = (0..4).map(|n| SyncLine::Customer(customer(n, NAMES[n as usize])));
    // Marks first: an incident is opened while it has as many messages as were read.
    let before = all.iter().zip(made).map(|(incident, made)| {
        let mut incident = incident.clone();
        incident.row.messages = made.read;
        SyncLine::Incident(Box::new(incident))
    });
    apply(&cache, &answer(true, customers.chain(before))).await.unwrap();
    for incident in &all {
        let key = IncidentRef { customer_id: incident.row.customer_id, number: incident.row.number };
        cache.run(move |store| store.mark_read(all_of(key), live())).await.unwrap();
    }
    apply(&cache, &answer(false, all.iter().cloned().map(|incident| SyncLine::Incident(Box::new(incident))))).await.unwrap();
    let unread = made.iter().map(|made| made.messages.saturating_sub(made.read));
    (cache, all.into_iter().zip(unread).collect())
}

async fn page(cache: &Cache, query: &IncidentQuery) -> IncidentPage {
    let query = query.clone();
    let page = cache.run(move |store| store.list_incidents(&query, live())).await.unwrap();
    let read = page.read().unwrap();
    // Put together from pieces, it is still what the declared answer is written as.
    assert_eq!(page.as_json(), serde_json::to_string(&read).unwrap());
    read
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn every_list_is_what_the_naive_reference_says(made in prop::collection::vec(made(), 0..40), queries in prop::collection::vec(query(), 1..12)) {
        block_on(async {
            let (cache, all) = filled(&made).await;
            for query in &queries {
                let page = page(&cache, query).await;
                let expected = expected(&all, query);
                prop_assert_eq!(&page.rows, &expected.rows, "{:?}", query);
                prop_assert_eq!((page.total, page.matches, page.counters), (expected.total, expected.matches, expected.counters), "{:?}", query);
                prop_assert!(page.unreliable.is_empty());
            }
            // Over all, on the Active tab, all at once.
            let over_all: Vec<IncidentQuery> =
                queries.iter().map(|query| IncidentQuery { scope: IncidentScope::All, tab: IncidentTab::Active, ..query.clone() }).collect();
            let filters = over_all.iter().map(|query| query.filter.clone()).collect();
            let counted = cache.run(move |store| store.count_incidents(&CountQuery { filters }, live())).await.unwrap().counts;
            let expected: Vec<u32> = over_all.iter().map(|query| expected(&all, query).matches).collect();
            let counted: Vec<u32> = counted.into_iter().map(|found| found.map_or(0, |found| found.count)).collect();
            prop_assert_eq!(counted, expected, "{:?}", over_all);
            Ok(())
        })?;
    }

    #[test]
    fn r66_the_aggregate_is_the_union_of_the_single_lists(made in prop::collection::vec(made(), 0..40), query in query()) {
        block_on(async {
            let (cache, _) = filled(&made).await;
            let mut filter = query.filter.clone();
            filter.customers.clear();
            let all = IncidentQuery { scope: IncidentScope::All, filter, by_category: false, offset: 0, limit: 500, ..query };
            let whole = page(&cache, &all).await;
            let (mut union, mut counted) = (vec![], 0);
            for n in 0..4 {
                let one = page(&cache, &IncidentQuery { scope: IncidentScope::Customer { id: tenant(n) }, ..all.clone() }).await;
                counted += one.counters.all;
                union.extend(one.rows);
            }
            let number = |row: &ListRow| match row {
                ListRow::Incident { incident, .. } => incident.number,
                ListRow::Category { .. } => unreachable!(),
            };
            let mut rows = whole.rows;
            rows.sort_by_key(number);
            union.sort_by_key(number);
            prop_assert_eq!(rows, union);
            prop_assert_eq!(whole.counters.all, counted);
            Ok(())
        })?;
    }
}

fn first(scope: IncidentScope) -> IncidentQuery {
    IncidentQuery {
        scope,
        tab: IncidentTab::Active,
        resolved_days: 7,
        filter: IncidentFilter::default(),
        sort: IncidentColumn::Urgency,
        descending: false,
        titles: vec![],
        by_category: false,
        collapsed: vec![],
        offset: 0,
        limit: 50,
    }
}

#[tokio::test]
async fn r80_what_needs_action_comes_first_then_the_gravest_then_the_newest() {
    let cache = in_memory().await;
    let mut lines = vec![SyncLine::Customer(customer(1, "Alpha"))];
    for (number, status, severity, hours_ago) in [
        ("AAAAA1-000001", IncidentStatus::AssignedToService, Severity::Critical, 1),
        ("AAAAA1-000002", IncidentStatus::NeedsAction, Severity::Warning, 1),
        ("AAAAA1-000003", IncidentStatus::NeedsAction, Severity::Critical, 9),
        ("AAAAA1-000004", IncidentStatus::NeedsAction, Severity::Critical, 2),
    ] {
        let mut incident = incident(1, number, status, severity);
        incident.row.active_since = now().minus(hours(hours_ago));
        lines.push(SyncLine::Incident(Box::new(incident)));
    }
    apply(&cache, &answer(true, lines)).await.unwrap();
    // From the hot table, and once more from memory.
    for query in [
        first(IncidentScope::All),
        first(IncidentScope::Customer { id: tenant(1) }),
        IncidentQuery { filter: IncidentFilter { text: "kamera".into(), ..Default::default() }, ..first(IncidentScope::All) },
    ] {
        let numbers: Vec<String> = page(&cache, &query)
            .await
            .rows
            .iter()
            .map(|row| match row {
                ListRow::Incident { incident, .. } => incident.number.as_str()[12..].to_owned(),
                ListRow::Category { .. } => unreachable!(),
            })
            .collect();
        assert_eq!(numbers, ["4", "3", "2", "1"]);
    }
}

#[tokio::test]
async fn a_customer_that_is_not_there_is_not_found() {
    let cache = in_memory().await;
    let query = first(IncidentScope::Customer { id: tenant(9) });
    assert!(matches!(cache.run(move |store| store.list_incidents(&query, live())).await, Err(Error::NotFound)));
}

#[tokio::test]
async fn a_renamed_customer_is_found_by_its_new_name_alone() {
    let cache = in_memory().await;
    let lines = [
        SyncLine::Customer(customer(1, "Kolibri")),
        SyncLine::Incident(Box::new(incident(1, "AAAAA1-000001", IncidentStatus::NeedsAction, Severity::Critical))),
        SyncLine::Incident(Box::new(incident(1, "AAAAA1-000002", IncidentStatus::Resolved, Severity::Critical))),
    ];
    apply(&cache, &answer(true, lines)).await.unwrap();
    apply(&cache, &answer(false, [SyncLine::Customer(customer(1, "Flamingo"))])).await.unwrap();
    for tab in [IncidentTab::Active, IncidentTab::Resolved] {
        for (text, matches) in [("kolibri", 0), ("flamingo", 1)] {
            let filter = IncidentFilter { text: text.into(), ..Default::default() };
            let query = IncidentQuery { tab, filter, ..first(IncidentScope::All) };
            assert_eq!(page(&cache, &query).await.matches, matches, "{text}");
        }
    }
}

/// The single incident of a page: its row as it is shown.
async fn only(cache: &Cache, query: &IncidentQuery) -> (IncidentRow, String, u32) {
    let mut rows = page(cache, query).await.rows;
    assert_eq!(rows.len(), 1);
    match rows.remove(0) {
        ListRow::Incident { incident, customer_name, unread } => (*incident, customer_name, unread),
        ListRow::Category { .. } => unreachable!(),
    }
}

#[tokio::test]
async fn a_row_shows_what_came_last_and_what_was_read_since() {
    let cache = in_memory().await;
    let mut one = incident(1, "AAAAA1-000001", IncidentStatus::NeedsAction, Severity::Critical);
    let key = IncidentRef { customer_id: tenant(1), number: one.row.number };
    let lines = [SyncLine::Customer(customer(1, "Kolibri")), SyncLine::Incident(Box::new(one.clone()))];
    apply(&cache, &answer(true, lines)).await.unwrap();
    // From the table as it stands, from memory, and, once it is resolved, from history.
    let kamera = IncidentFilter { text: "kamera".into(), ..Default::default() };
    let open = [first(IncidentScope::All), IncidentQuery { filter: kamera, ..first(IncidentScope::All) }];
    let resolved = [IncidentQuery { tab: IncidentTab::Resolved, ..first(IncidentScope::All) }];
    let check = async |queries: &[IncidentQuery], row: &IncidentRow, name: &str, unread: u32| {
        for query in queries {
            assert_eq!(only(&cache, query).await, (row.clone(), name.to_owned(), unread));
        }
    };
    check(&open, &one.row, "Kolibri", 0).await;
    one.row.messages = 3;
    one.row.problem = "Kamera \"Ost\"".into();
    apply(&cache, &answer(false, [SyncLine::Incident(Box::new(one.clone()))])).await.unwrap();
    check(&open, &one.row, "Kolibri", 3).await;
    cache.run(move |store| store.mark_read(all_of(key), live())).await.unwrap();
    check(&open, &one.row, "Kolibri", 0).await;
    one.row.messages = 5;
    let renamed = SyncLine::Customer(customer(1, "Flamingo \"Süd\""));
    apply(&cache, &answer(false, [renamed, SyncLine::Incident(Box::new(one.clone()))])).await.unwrap();
    check(&open, &one.row, "Flamingo \"Süd\"", 2).await;
    one.row.status = IncidentStatus::Resolved;
    one.row.last_resolved = Some(now());
    apply(&cache, &answer(false, [SyncLine::Incident(Box::new(one.clone()))])).await.unwrap();
    check(&resolved, &one.row, "Flamingo \"Süd\"", 2).await;
    assert!(page(&cache, &open[1]).await.rows.is_empty());
}

#[tokio::test]
async fn an_incident_that_takes_the_place_of_another_customers_is_listed_under_its_own() {
    let cache = in_memory().await;
    let open = |n: u128, at: u32| {
        SyncLine::Incident(Box::new(incident(n, &format!("AAAAA{n}-00000{at}"), IncidentStatus::NeedsAction, Severity::Critical)))
    };
    let customers = [SyncLine::Customer(customer(1, "Alpha")), SyncLine::Customer(customer(2, "Beta"))];
    apply(&cache, &answer(true, customers.into_iter().chain([open(2, 1), open(1, 1), open(1, 2)]))).await.unwrap();
    let of = |n: u128| {
        let filter = IncidentFilter { customers: vec![tenant(n)], ..Default::default() };
        IncidentQuery { filter, ..first(IncidentScope::All) }
    };
    assert_eq!((page(&cache, &of(1)).await.matches, page(&cache, &of(2)).await.matches), (2, 1));
    // The last number in the table is free again at once.
    let gone = tenantry_model::sync::IncidentGone { customer_id: tenant(1), number: "AAAAA1-000002".parse().unwrap() };
    apply(&cache, &answer(false, [SyncLine::IncidentGone(gone), open(2, 2)])).await.unwrap();
    for (n, matches) in [(1, 1), (2, 2)] {
        let page = page(&cache, &of(n)).await;
        assert_eq!((page.matches, page.rows.len(), page.counters.all), (matches, matches as usize, matches));
        for row in page.rows {
            let ListRow::Incident { incident, .. } = row else { unreachable!() };
            assert_eq!(incident.customer_id, tenant(n));
        }
    }
    assert_eq!(page(&cache, &first(IncidentScope::All)).await.matches, 3);
}

#[tokio::test]
async fn a_list_names_the_customers_that_are_not_current() {
    let cache = in_memory().await;
    let estate = || answer(true, [SyncLine::Customer(customer(1, "Alpha")), SyncLine::Customer(customer(2, "Beta"))]);
    apply(&cache, &estate()).await.unwrap();
    let named = async |contact| {
        let query = first(IncidentScope::All);
        let page = cache.run(move |store| store.list_incidents(&query, contact)).await.unwrap().read().unwrap();
        assert_eq!(page.unreliable_total as usize, page.unreliable.len());
        page.unreliable.into_iter().map(|customer| (customer.display_name, customer.freshness)).collect::<Vec<_>>()
    };
    assert_eq!(named(live()).await, []);
    let stale = Freshness::Stale { as_of: now() };
    assert_eq!(named(Contact { live: false, ..live() }).await, [("Alpha".into(), stale), ("Beta".into(), stale)]);
    let unknown =
        |body: String| [text([begin(false)]), format!("{{\"newThing\":{body}}}\n").into_bytes(), text([checkpoint("d")])].concat();
    apply(&cache, &unknown("7".into())).await.unwrap();
    assert_eq!(named(live()).await, [("Alpha".into(), Freshness::Incomplete), ("Beta".into(), Freshness::Incomplete)]);
    apply(&cache, &estate()).await.unwrap();
    assert_eq!(named(live()).await, []);
    apply(&cache, &unknown(format!("{{\"customerId\":\"{}\"}}", tenant(2)))).await.unwrap();
    assert_eq!(named(live()).await, [("Beta".into(), Freshness::Incomplete)]);
}

#[tokio::test]
async fn a_customer_that_is_named_twice_in_a_filter_is_listed_once() {
    let cache = in_memory().await;
    let one = incident(1, "AAAAA1-000001", IncidentStatus::NeedsAction, Severity::Critical);
    apply(&cache, &answer(true, [SyncLine::Customer(customer(1, "Alpha")), SyncLine::Incident(Box::new(one))])).await.unwrap();
    let filter = IncidentFilter { customers: vec![tenant(1), tenant(1)], ..Default::default() };
    assert_eq!(page(&cache, &IncidentQuery { filter, ..first(IncidentScope::All) }).await.matches, 1);
}

#[tokio::test]
async fn r72_rooms_are_counted_by_bucket_and_listed_by_what_is_asked() {
    let cache = in_memory().await;
    let mut lines = vec![SyncLine::Customer(customer(1, "Alpha"))];
    for (id, health) in [(1, Health::Healthy), (2, Health::Unhealthy), (3, Health::Onboarding), (4, Health::Disconnected)] {
        let mut room = room(1, id);
        room.health = health;
        lines.push(SyncLine::Room(Box::new(room)));
    }
    let mut open = incident(1, "AAAAA1-000001", IncidentStatus::NeedsAction, Severity::Critical);
    open.row.rooms = vec![RoomRef { id: room_id(2), name: "Zugspitze 2".into() }];
    lines.push(SyncLine::Incident(Box::new(open)));
    apply(&cache, &answer(true, lines)).await.unwrap();
    let filter = RoomFilter { text: "ZUGSPITZE".into(), ..Default::default() };
    let query = RoomQuery { filter, sort: RoomColumn::Health, ..RoomQuery::of_customer(tenant(1), 10) };
    let asked = query.clone();
    let page = cache.run(move |store| store.list_rooms(&asked, live())).await.unwrap();
    assert_eq!(page.counters, RoomCounters { managed: 3, healthy: 1, unhealthy: 1, disconnected: 1, suppressed: 0, onboarding: 1 });
    let rows: Vec<_> = page.rows.iter().map(|row| (row.room.health, row.open_tickets)).collect();
    assert_eq!(
        rows,
        [(Health::Unhealthy, Some(1)), (Health::Disconnected, Some(0)), (Health::Onboarding, Some(0)), (Health::Healthy, Some(0))]
    );
    let filter = RoomFilter { healths: vec![Health::Onboarding], text: "host-3".into(), ..Default::default() };
    let asked = RoomQuery { filter, ..query };
    let page = cache.run(move |store| store.list_rooms(&asked, live())).await.unwrap();
    assert_eq!((page.total, page.counters.onboarding, page.counters.managed), (1, 1, 0));
}
