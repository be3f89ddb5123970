//! Saved views come whole, and go with what came from the service; counts find what lists find.

use std::time::Duration;

use tenantry_model::api::saved_views::{SavedView, SavedViews, ViewPage};
use tenantry_model::filter::Filter;
use tenantry_model::id::SavedViewId;
use tenantry_model::incident::{IncidentStatus, Severity};
use tenantry_model::ipc::{
    CountQuery, IncidentFilter, IncidentScope, ResolvedCountQuery, RoomColumn, RoomCountQuery, RoomFilter, RoomQuery, Touched, ViewCount,
};
use tenantry_model::permission::PermissionSet;
use tenantry_model::room::{Health, Room};
use tenantry_model::sync::{Checkpoint, SyncLine};
use tenantry_model::tenancy::OfflineTerms;
use uuid::Uuid;

use super::estate::*;
use crate::cache::{Cache, Contact, RoomsCounted};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn views(names: &[&str]) -> SavedViews {
    let view = |(n, name): (usize, &&str)| SavedView {
        id: SavedViewId::from_uuid(Uuid::from_u128(n as u128)),
        name: (*name).into(),
        page: ViewPage::Incidents,
        filter: "is:unread".into(),
        version: 1,
    };
    SavedViews { views: names.iter().enumerate().map(view).collect() }
}

async fn known(cache: &Cache) -> Vec<String> {
    cache.run(|store| store.saved_views()).await.unwrap().into_iter().map(|view| view.name).collect()
}

#[tokio::test]
async fn what_the_service_says_replaces_what_was_known_and_only_news_is_told_and_touches_no_customer() {
    let cache = in_memory().await;
    apply(&cache, &answer(true, [SyncLine::Customer(customer(1, "Alpha"))])).await.unwrap();
    for (said, is_news) in [(views(&["A", "B"]), true), (views(&["A", "B"]), false), (views(&["B", "A"]), true), (views(&[]), true)] {
        let applied = apply(&cache, &answer(false, [SyncLine::SavedViews(said.clone())])).await.unwrap();
        assert_eq!(applied.change.as_ref().map(|change| change.touched.clone()), is_news.then(|| Some(Touched::default())), "{said:?}");
        assert_eq!(known(&cache).await, said.views.iter().map(|view| view.name.clone()).collect::<Vec<_>>());
    }
    apply(&cache, &answer(false, [SyncLine::SavedViews(views(&["A"]))])).await.unwrap();
    apply(&cache, &answer(false, [])).await.unwrap();
    assert_eq!(known(&cache).await, ["A"], "an answer that says nothing of them leaves them");
    cache.run(|store| store.wipe()).await.unwrap();
    assert_eq!(known(&cache).await, Vec::<String>::new(), "they go with what came from the service");
}

#[tokio::test]
async fn a28_what_is_locked_without_contact_is_not_counted() {
    let cache = in_memory().await;
    let locked = OfflineTerms { allowed: false, ..OfflineTerms::default() };
    let lines = [
        SyncLine::Customer(customer(1, "Alpha")),
        SyncLine::Customer(tenantry_model::sync::SyncCustomer { offline: locked, permissions: PermissionSet::ALL, ..customer(2, "Beta") }),
        SyncLine::Incident(Box::new(incident(1, "AAAAA1-000001", IncidentStatus::NeedsAction, Severity::Critical))),
        SyncLine::Incident(Box::new(incident(2, "AAAAA2-000001", IncidentStatus::NeedsAction, Severity::Critical))),
    ];
    apply(&cache, &answer(true, lines)).await.unwrap();
    let counts = async |contact: Contact| {
        let of_beta = IncidentFilter::from(&"cust:=Beta".parse::<Filter>().unwrap());
        let query = CountQuery { filters: vec![IncidentFilter::default(), IncidentFilter::default(), of_beta] };
        cache.run(move |store| store.count_incidents(&query, contact)).await.unwrap().counts
    };
    let off_line = Contact { live: false, ..live() };
    assert_eq!(counts(live()).await, [whole(2), whole(2), whole(1)]);
    assert_eq!(counts(off_line).await, [at_least(1), at_least(1), None], "of what is locked nobody says that there is nothing");
}

#[tokio::test]
async fn what_was_answered_holds_until_the_sync_says_it_again() {
    let cache = in_memory().await;
    apply(&cache, &answer(true, [SyncLine::SavedViews(views(&["A", "B", "C"]))])).await.unwrap();
    let of = |name: &str| views(&["A", "B", "C"]).views.into_iter().find(|view| view.name == name).unwrap();
    let take = async |view: SavedView, position| cache.run(move |store| store.view_saved(view, position)).await.unwrap();
    for (position, order) in [(1, ["A", "C", "B"]), (0, ["C", "A", "B"]), (9, ["A", "B", "C"])] {
        assert!(take(of("C"), Some(position)).await.is_some());
        assert_eq!(known(&cache).await, order);
    }
    assert_eq!(take(of("B"), None).await, None, "it is so already");
    take(SavedView { name: "Renamed".into(), version: 3, ..of("B") }, None).await;
    assert_eq!(known(&cache).await, ["A", "Renamed", "C"]);
    assert_eq!(take(of("B"), None).await, None, "an older one than the sync has brought");
    take(SavedView { id: SavedViewId::from_uuid(Uuid::from_u128(9)), ..of("C") }, None).await;
    assert_eq!(known(&cache).await, ["A", "Renamed", "C", "C"], "a new one comes last");
}

#[tokio::test]
async fn of_a_customer_that_is_not_here_nothing_is_counted() {
    let cache = in_memory().await;
    let lines = [
        SyncLine::Customer(customer(1, "Alpha")),
        SyncLine::Incident(Box::new(incident(1, "AAAAA1-000001", IncidentStatus::NeedsAction, Severity::Critical))),
    ];
    apply(&cache, &answer(true, lines)).await.unwrap();
    let of = |text: &str| IncidentFilter::from(&text.parse::<Filter>().unwrap());
    let filters = ["cust:=ALPHA", "cust:=Beta", "cust:=Beta cust:=Alpha", "cust:beta", "sev:warning"].map(of).to_vec();
    let counts = cache.run(move |store| store.count_incidents(&CountQuery { filters }, live())).await.unwrap().counts;
    assert_eq!(counts, [whole(1), None, whole(1), whole(0), whole(0)]);
}

fn of_rooms(text: &str) -> RoomFilter {
    RoomFilter::from(&Filter::of(ViewPage::Rooms, text).unwrap())
}

/// Cut wherever it can be.
async fn count_rooms(cache: &Cache, query: RoomCountQuery, contact: Contact) -> Vec<Option<ViewCount>> {
    let count = move |store: &mut crate::cache::Store| {
        let mut so_far = RoomsCounted::default();
        let whole = store.count_more_rooms(&query, &mut RoomsCounted::default(), usize::MAX, contact)?.map(|found| found.counts);
        loop {
            if let Some(found) = store.count_more_rooms(&query, &mut so_far, 1, contact)? {
                return Ok((whole, found.counts));
            }
        }
    };
    let (whole, cut) = cache.run(count).await.unwrap();
    assert_eq!(whole.as_ref(), Some(&cut), "cut into pieces they are the same");
    cut
}

fn whole(count: u32) -> Option<ViewCount> {
    Some(ViewCount { count, at_least: false })
}

fn at_least(count: u32) -> Option<ViewCount> {
    Some(ViewCount { count, at_least: true })
}

/// Two customers with two rooms each; of the second nothing may be read without contact.
fn rooms() -> Vec<SyncLine> {
    let locked = OfflineTerms { allowed: false, ..OfflineTerms::default() };
    let mut lines = vec![
        SyncLine::Customer(customer(1, "Alpha")),
        SyncLine::Customer(tenantry_model::sync::SyncCustomer { offline: locked, ..customer(2, "Beta") }),
    ];
    for (of, n, health) in [(1, 1, Health::Healthy), (1, 2, Health::Unhealthy), (2, 3, Health::Unhealthy), (2, 4, Health::Disconnected)] {
        lines.push(SyncLine::Room(Box::new(Room { health, ..room(of, n) })));
    }
    lines
}

#[tokio::test]
async fn a_view_of_rooms_counts_what_its_list_shows_and_nothing_of_whom_it_cannot_know() {
    let cache = in_memory().await;
    apply(&cache, &answer(true, rooms())).await.unwrap();
    let texts = ["", "health:unhealthy", "cust:beta health:unhealthy", "alpha", "cust:=Gamma", "cust:=Gamma cust:=Alpha", "cust:gamma"];
    let count = async |contact: Contact| {
        let query = RoomCountQuery { filters: texts.map(of_rooms).to_vec() };
        count_rooms(&cache, query, contact).await
    };
    let off_line = Contact { live: false, ..live() };
    for contact in [live(), off_line] {
        for (text, count) in texts.iter().zip(count(contact).await).filter(|(_, count)| count.is_some()) {
            let filter = of_rooms(text);
            let query = RoomQuery { scope: IncidentScope::All, filter, sort: RoomColumn::Health, ..RoomQuery::of_customer(tenant(0), 9) };
            let page = cache.run(move |store| store.list_rooms(&query, contact)).await.unwrap();
            assert_eq!(count.map(|count| count.count), Some(page.total), "{text}");
        }
    }
    assert_eq!(count(live()).await, [whole(4), whole(2), whole(1), whole(2), None, whole(2), whole(0)]);
    assert_eq!(count(off_line).await, [at_least(2), at_least(1), None, at_least(2), None, whole(2), whole(0)], "A28");
    // It follows what comes.
    let better = SyncLine::Room(Box::new(Room { health: Health::Healthy, ..room(1, 2) }));
    apply(&cache, &answer(false, [better])).await.unwrap();
    assert_eq!(count(live()).await[1], whole(1));
}

#[tokio::test]
async fn a_view_of_what_is_resolved_counts_what_its_list_shows_in_as_many_days() {
    let cache = in_memory().await;
    let resolved = |of, number: &str, days: u32, severity| {
        let mut incident = incident(of, number, IncidentStatus::Resolved, severity);
        incident.row.last_resolved = Some(now().minus(DAY * days));
        SyncLine::Incident(Box::new(incident))
    };
    let lines = [
        SyncLine::Customer(customer(1, "Alpha")),
        SyncLine::Customer(customer(2, "Beta")),
        resolved(1, "AAAAA1-000001", 1, Severity::Critical),
        resolved(1, "AAAAA1-000002", 20, Severity::Critical),
        resolved(2, "AAAAA2-000001", 2, Severity::Warning),
        SyncLine::Incident(Box::new(incident(1, "AAAAA1-000003", IncidentStatus::NeedsAction, Severity::Critical))),
    ];
    apply(&cache, &answer(true, lines)).await.unwrap();
    let count = async |days: u32| {
        let texts = [
            "is:resolved",
            "is:resolved sev:critical",
            "is:resolved cust:=Beta",
            "is:resolved cust:=Gamma",
            "status:closed",
            "is:resolved aaaaa2",
        ];
        let filters = texts.map(|text| IncidentFilter::from(&text.parse::<Filter>().unwrap())).to_vec();
        cache.run(move |store| store.count_resolved(&ResolvedCountQuery { filters, days }, live())).await.unwrap().counts
    };
    assert_eq!(count(7).await, [whole(2), whole(1), whole(1), None, whole(0), whole(1)]);
    assert_eq!(count(30).await[..2], [whole(3), whole(2)]);
}

#[tokio::test]
async fn what_has_not_all_come_is_counted_as_at_least_so_many() {
    let cache = in_memory().await;
    let end = Checkpoint { cursor: "c".into(), at: now(), history_pending: true, done_percent: None };
    let lines = [begin(true)].into_iter().chain(rooms()).chain([SyncLine::Checkpoint(end)]);
    apply(&cache, &text(lines)).await.unwrap();
    let query = RoomCountQuery { filters: vec![of_rooms("health:unhealthy")] };
    let counts = count_rooms(&cache, query, live()).await;
    assert_eq!(counts, [Some(ViewCount { count: 2, at_least: true })]);
    let query = ResolvedCountQuery { filters: vec![IncidentFilter::default()], days: 7 };
    let counts = cache.run(move |store| store.count_resolved(&query, live())).await.unwrap().counts;
    assert_eq!(counts, [Some(ViewCount { count: 0, at_least: true })]);
}

#[tokio::test]
async fn of_two_customers_of_one_name_each_can_be_meant_alone_and_an_old_view_means_both() {
    let cache = in_memory().await;
    let mut lines: Vec<SyncLine> =
        [(1, "Contoso"), (2, "CONTOSO"), (3, "Fabrikam")].map(|(n, name)| SyncLine::Customer(customer(n, name))).into();
    lines.extend([(1, 1), (2, 2), (2, 3), (3, 4)].map(|(of, n)| SyncLine::Room(Box::new(room(of, n)))));
    apply(&cache, &answer(true, lines)).await.unwrap();
    let row = async |n| cache.run(move |store| store.customer(tenant(n), live())).await.unwrap();
    assert!(row(1).await.shares_name && row(2).await.shares_name && !row(3).await.shares_name);
    let marked = Filter { customers: vec![row(2).await.named()], ..Filter::default() }.to_string();
    // It goes on to work where the customer is renamed, or the other one goes.
    let texts = [
        "cust:=Contoso",
        "cust:contoso",
        &marked,
        &marked.replace("CONTOSO", "Former name"),
        "cust:=\"Contoso\"#0123456789ab",
        "cust:=Fabrikam",
    ];
    let filters: Vec<Filter> = texts.iter().map(|text| Filter::of(ViewPage::Rooms, text).unwrap()).collect();
    let query = RoomCountQuery { filters: filters.iter().map(RoomFilter::from).collect() };
    let counts = count_rooms(&cache, query, live()).await;
    assert_eq!(counts, [whole(3), whole(3), whole(2), whole(2), None, whole(1)]);
    let names: Vec<_> = filters.into_iter().map(|filter| filter.customers[0].clone()).collect();
    let meant = cache.run(move |store| Ok(store.count_meant(&names))).await.unwrap();
    assert_eq!(meant.iter().map(|name| name.customers).collect::<Vec<_>>(), [2, 2, 1, 1, 0, 1]);
    let called: Vec<Option<&str>> = meant.iter().map(|name| name.called.as_deref()).collect();
    assert_eq!(called, [None, None, Some("CONTOSO"), Some("CONTOSO"), None, None], "a mark says whom it means now");
}
