//! Saved views come whole, and go with what came from the service; counts find what lists find.

use tenantry_model::api::saved_views::{SavedView, SavedViews, ViewPage};
use tenantry_model::filter::Filter;
use tenantry_model::id::SavedViewId;
use tenantry_model::incident::{IncidentStatus, Severity};
use tenantry_model::ipc::{CountQuery, IncidentFilter, Touched};
use tenantry_model::permission::PermissionSet;
use tenantry_model::sync::SyncLine;
use tenantry_model::tenancy::OfflineTerms;
use uuid::Uuid;

use super::estate::*;
use crate::cache::{Cache, Contact};

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
        let query = CountQuery { filters: vec![IncidentFilter::default(), IncidentFilter::default()] };
        cache.run(move |store| store.count_incidents(&query, contact)).await.unwrap().counts
    };
    assert_eq!(counts(live()).await, [Some(2); 2]);
    assert_eq!(counts(Contact { live: false, ..live() }).await, [Some(1); 2]);
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
    assert_eq!(counts, [Some(1), None, Some(1), Some(0), Some(0)]);
}
