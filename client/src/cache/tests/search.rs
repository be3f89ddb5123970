//! What a search finds on both tabs and in the other lists, and how they are sorted.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use tenantry_model::api::IncidentTab;
use tenantry_model::id::RoomGroupId;
use tenantry_model::incident::{Incident, IncidentStatus, IncidentType, RoomRef, Severity};
use tenantry_model::ipc::{
    CustomerQuery, IncidentColumn, IncidentFilter, IncidentQuery, IncidentScope, ListRow, ListWindow, RoomColumn, RoomFilter, RoomQuery,
    TypeTitles,
};
use tenantry_model::room::RoomGroup;
use tenantry_model::signal::SignalId;
use tenantry_model::sync::SyncLine;
use tenantry_test_kit::search::{CUSTOMER, FINDS, HOST, MISSES, PROBLEM, ROOM};
use uuid::Uuid;

use super::estate::*;
use crate::cache::Cache;
use crate::db::{Location, StoreKey};
use crate::random::OsRandom;

pub(super) const TABS: [IncidentTab; 2] = [IncidentTab::Active, IncidentTab::Resolved];

pub(super) fn of_everything(tab: IncidentTab, sort: IncidentColumn) -> IncidentQuery {
    IncidentQuery {
        scope: IncidentScope::All,
        tab,
        resolved_days: 90,
        filter: IncidentFilter::default(),
        sort,
        descending: false,
        titles: vec![],
        by_category: false,
        collapsed: vec![],
        offset: 0,
        limit: 500,
    }
}

pub(super) async fn found(cache: &Cache, query: IncidentQuery) -> Vec<Incidentish> {
    let page = cache.run(move |store| store.list_incidents(&query, live())).await.unwrap().read().unwrap();
    page.rows
        .into_iter()
        .map(|row| match row {
            ListRow::Incident { incident, customer_name, .. } => {
                (customer_name, incident.rooms.first().map(|room| room.name.clone()).unwrap_or_default(), incident.problem, incident.kind)
            }
            ListRow::Category { .. } => unreachable!(),
        })
        .collect()
}

/// Customer, first room, problem, type.
pub(super) type Incidentish = (String, String, String, IncidentType);

pub(super) async fn finds(cache: &Cache, tab: IncidentTab, text: &str) -> usize {
    let filter = IncidentFilter { text: text.into(), ..Default::default() };
    found(cache, IncidentQuery { filter, ..of_everything(tab, IncidentColumn::Urgency) }).await.len()
}

fn reported(customer: u128, n: u32, status: IncidentStatus, room: (u128, &str), problem: &str) -> Incident {
    let mut one = incident(customer, &format!("XXXXXX-{n:06}"), status, Severity::Critical);
    one.row.kind = IncidentType::CustomerReported;
    one.row.problem = problem.into();
    one.row.rooms = vec![RoomRef { id: room_id(room.0), name: room.1.into() }];
    one.description = "-".into();
    one
}

/// The incident of the list, open and over, beside one that is found by nothing of it.
pub(super) fn lines() -> Vec<SyncLine> {
    let mut device = room(1, 1);
    (device.display_name, device.host_name) = (ROOM.into(), HOST.into());
    let mut lines = vec![SyncLine::Customer(customer(1, CUSTOMER)), SyncLine::Customer(customer(2, "Oberbayern"))];
    for (n, status) in [(1, IncidentStatus::NeedsAction), (2, IncidentStatus::Resolved)] {
        lines.push(SyncLine::Incident(Box::new(reported(1, n, status, (1, ROOM), PROBLEM))));
        lines.push(SyncLine::Incident(Box::new(reported(2, n + 10, status, (2, "Kleines Zimmer"), "Licht"))));
    }
    // The room comes after its incidents.
    lines.push(SyncLine::Room(Box::new(device)));
    lines
}

#[tokio::test]
async fn fault_9_01_the_desk_finds_an_incident_by_any_word_on_both_tabs() {
    let cache = in_memory().await;
    apply(&cache, &answer(true, lines())).await.unwrap();
    for tab in TABS {
        for text in FINDS {
            // Both are reported by a customer.
            let all = if text == "customer reported" { 2 } else { 1 };
            assert_eq!(finds(&cache, tab, text).await, all, "{text} in {tab:?}");
        }
        for text in MISSES {
            assert_eq!(finds(&cache, tab, text).await, 0, "{text} in {tab:?}");
        }
    }
    // A device of another name, and one that is gone.
    let mut other = room(1, 1);
    other.host_name = "MTR-00099".into();
    apply(&cache, &answer(false, [SyncLine::Room(Box::new(other))])).await.unwrap();
    for tab in TABS {
        assert_eq!((finds(&cache, tab, HOST).await, finds(&cache, tab, "mtr-00099").await), (0, 1));
    }
    let gone = tenantry_model::sync::RoomGone { customer_id: tenant(1), id: room_id(1) };
    apply(&cache, &answer(false, [SyncLine::RoomGone(gone)])).await.unwrap();
    for tab in TABS {
        assert_eq!(finds(&cache, tab, "mtr-00099").await, 0);
    }
}

#[tokio::test]
async fn fault_9_01_customers_and_rooms_are_found_by_the_same_rule() {
    let cache = in_memory().await;
    let mut device = room(1, 1);
    (device.display_name, device.host_name) = (ROOM.into(), HOST.into());
    let lines =
        [SyncLine::Customer(customer(1, CUSTOMER)), SyncLine::Customer(customer(2, "Oberbayern")), SyncLine::Room(Box::new(device))];
    apply(&cache, &answer(true, lines)).await.unwrap();
    for text in ["technik", "foerder", "Soehne, saegesser", "sagesser"] {
        let query = CustomerQuery { text: text.into(), window: ListWindow { offset: 0, limit: 9 } };
        let page = cache.run(move |store| Ok(store.list_customers(&query, live()))).await.unwrap();
        assert_eq!((page.total, page.rows[0].display_name.as_str()), (1, CUSTOMER), "{text}");
    }
    for (text, total) in [("grosser", 1), ("saal, aarhus", 1), ("00015 arhus", 1), ("kunde.example grosser", 1), ("zimmer", 0)] {
        let query = rooms_of_one(text, RoomColumn::Name);
        let page = cache.run(move |store| store.list_rooms(&query, live())).await.unwrap();
        assert_eq!(page.total, total, "{text}");
    }
}

fn rooms_of_one(text: &str, sort: RoomColumn) -> RoomQuery {
    RoomQuery { filter: RoomFilter { text: text.into(), ..Default::default() }, sort, ..RoomQuery::of_customer(tenant(1), 100) }
}

#[tokio::test]
async fn fault_9_02_every_text_column_is_sorted_as_a_dictionary_has_it() {
    let names = ["Ülker", "Hochschule", "Raum 10", "Häfner", "Raum 2", "Zimmer"];
    let sorted = ["Häfner", "Hochschule", "Raum 2", "Raum 10", "Ülker", "Zimmer"];
    let cache = in_memory().await;
    let mut lines = vec![];
    for (n, name) in (0_u32..).zip(names) {
        let id = u128::from(n) + 1;
        lines.push(SyncLine::Customer(customer(id, name)));
        let mut of_one = room(1, id);
        of_one.display_name = format!("X{n}");
        (of_one.host_name, of_one.account) = (name.into(), name.into());
        of_one.groups = vec![RoomGroup { id: RoomGroupId::from_uuid(Uuid::from_u128(id)), name: name.into() }];
        lines.push(SyncLine::Room(Box::new(of_one)));
        let mut named = room(2, 100 + id);
        named.display_name = name.into();
        lines.push(SyncLine::Room(Box::new(named)));
        for (at, status) in [(0, IncidentStatus::NeedsAction), (100, IncidentStatus::Resolved)] {
            lines.push(SyncLine::Incident(Box::new(reported(id, at + n, status, (id, name), name))));
        }
    }
    // Rooms and incidents name customers that come before them.
    lines.sort_by_key(|line| !matches!(line, SyncLine::Customer(_)));
    apply(&cache, &answer(true, lines)).await.unwrap();

    for tab in TABS {
        let by = async |column, take: fn(Incidentish) -> String| {
            found(&cache, of_everything(tab, column)).await.into_iter().map(take).collect::<Vec<_>>()
        };
        assert_eq!(by(IncidentColumn::Customer, |row| row.0).await, sorted, "{tab:?}");
        assert_eq!(by(IncidentColumn::Room, |row| row.1).await, sorted, "{tab:?}");
        assert_eq!(by(IncidentColumn::Problem, |row| row.2).await, sorted, "{tab:?}");
    }
    let query = CustomerQuery { text: String::new(), window: ListWindow { offset: 0, limit: 9 } };
    let page = cache.run(move |store| Ok(store.list_customers(&query, live()))).await.unwrap();
    assert_eq!(page.rows.iter().map(|row| row.display_name.as_str()).collect::<Vec<_>>(), sorted);
    for column in [RoomColumn::Host, RoomColumn::Account, RoomColumn::Group] {
        let query = rooms_of_one("", column);
        let page = cache.run(move |store| store.list_rooms(&query, live())).await.unwrap();
        assert_eq!(page.rows.iter().map(|row| row.room.host_name.as_str()).collect::<Vec<_>>(), sorted, "{column:?}");
    }
    let query = RoomQuery::of_customer(tenant(2), 100);
    let page = cache.run(move |store| store.list_rooms(&query, live())).await.unwrap();
    assert_eq!(page.rows.iter().map(|row| row.room.display_name.as_str()).collect::<Vec<_>>(), sorted);
}

#[tokio::test]
async fn fault_9_02_incidents_are_sorted_by_what_the_screens_language_calls_their_types() {
    let cache = in_memory().await;
    let kinds = [SignalId::AppVersion, SignalId::CameraRoom, SignalId::Offline];
    let mut lines = vec![SyncLine::Customer(customer(1, "Alpha"))];
    for (n, kind) in (0..).zip(kinds) {
        for (at, status) in [(0, IncidentStatus::NeedsAction), (100, IncidentStatus::Resolved)] {
            for which in ["10", "2"] {
                let number = format!("XXXXXX-{:06}", at + n * 2 + i32::from(which == "2"));
                let mut one = incident(1, &number, status, Severity::Critical);
                (one.row.kind, one.row.problem) = (IncidentType::Signal(kind), format!("Nr. {which}"));
                lines.push(SyncLine::Incident(Box::new(one)));
            }
        }
    }
    apply(&cache, &answer(true, lines)).await.unwrap();
    // In this language their order is another one than in English, and not the same in both columns.
    let titles = |words: [(&str, &str); 3]| -> Vec<TypeTitles> {
        kinds
            .iter()
            .zip(words)
            .map(|(kind, (title, problem))| TypeTitles { kind: IncidentType::Signal(*kind), title: title.into(), problem: problem.into() })
            .collect()
    };
    let titles = titles([("Zubehör", "Überholte App"), ("Ähnliches", "Kamera weg"), ("Offline", "Zuletzt nie gesehen")]);
    for tab in TABS {
        let by = async |column| {
            let rows = found(&cache, IncidentQuery { titles: titles.clone(), ..of_everything(tab, column) }).await;
            rows.into_iter().map(|row| (row.3, row.2)).collect::<Vec<_>>()
        };
        let expect = |order: [SignalId; 3]| {
            order
                .iter()
                .flat_map(|kind| ["Nr. 2", "Nr. 10"].map(|which| (IncidentType::Signal(*kind), which.to_owned())))
                .collect::<Vec<_>>()
        };
        assert_eq!(by(IncidentColumn::Problem).await, expect([SignalId::CameraRoom, SignalId::AppVersion, SignalId::Offline]), "{tab:?}");
        let types: Vec<IncidentType> = by(IncidentColumn::Type).await.into_iter().map(|(kind, _)| kind).collect();
        let expected = [SignalId::CameraRoom, SignalId::Offline, SignalId::AppVersion].map(IncidentType::Signal);
        assert_eq!(types, expected.into_iter().flat_map(|kind| [kind, kind]).collect::<Vec<_>>(), "{tab:?}");
    }
}

/// A file from before the step: texts folded by another rule, an index of words, and rooms without their devices' names.
#[tokio::test]
async fn fault_9_01_what_was_folded_by_another_rule_is_folded_anew() {
    let folder = tempfile::tempdir().unwrap();
    let (path, key) = (folder.path().join("cache.db"), StoreKey::random(&OsRandom).unwrap());
    super::before::write(&path, &key, 2, lines());
    let (cache, aside) = Cache::open(Location::File(path), Some(key), Arc::new(AtomicU64::new(0))).await.unwrap();
    assert!(aside.is_none(), "{aside:?}");
    for tab in TABS {
        for text in ["eederei", "MTR-00015", "foerdertechnik"] {
            assert_eq!(finds(&cache, tab, text).await, 1, "{text} in {tab:?}");
        }
    }
    cache.close().await;
}
