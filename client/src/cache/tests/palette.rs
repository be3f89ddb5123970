//! What the command palette finds, and what it must not.

use tenantry_model::incident::{IncidentStatus, Severity};
use tenantry_model::ipc::{IncidentRef, NameKind, NextCustomerQuery, PaletteHit, PaletteQuery, PaletteTarget, RoomKey};
use tenantry_model::permission::{Permission, PermissionSet};
use tenantry_model::sync::{RoomGone, SyncLine};

use super::estate::*;
use crate::cache::{Cache, Contact};

fn named(customer: u128, id: u128, name: &str, host: &str) -> SyncLine {
    let mut one = room(customer, id);
    (one.display_name, one.host_name) = (name.into(), host.into());
    SyncLine::Room(Box::new(one))
}

async fn asked(cache: &Cache, query: PaletteQuery, contact: Contact) -> Vec<PaletteHit> {
    cache.run(move |store| store.search_palette(&query, contact)).await.unwrap().hits
}

fn typed(text: &str) -> PaletteQuery {
    PaletteQuery { text: text.into(), type_words: vec![], recent: vec![], customer: None, only: None }
}

/// Hits in short: `c` a customer, `r` a room, `i` an incident.
async fn found(cache: &Cache, query: PaletteQuery) -> Vec<String> {
    let short = |hit| match hit {
        PaletteHit::Customer { row } => format!("c {}", row.display_name),
        PaletteHit::Room { name, customer_name, .. } => format!("r {name} / {customer_name}"),
        PaletteHit::Person { name, holds } => format!("p {name} {holds}"),
        PaletteHit::Incident { incident, .. } => format!("i {}", incident.number),
    };
    asked(cache, query, live()).await.into_iter().map(short).collect()
}

async fn estate() -> Cache {
    let cache = in_memory().await;
    let open = |number| incident(1, number, IncidentStatus::NeedsAction, Severity::Critical);
    let lines = [
        SyncLine::Customer(customer(1, "Contoso")),
        SyncLine::Customer(customer(2, "Fabrikam Süd")),
        named(1, 1, "Board Room", "mtr-001"),
        named(1, 2, "Großer Saal", "mtr-002"),
        named(2, 3, "Board Room", "mtr-003"),
        named(2, 4, "Contoso Saal", "mtr-004"),
        SyncLine::Incident(Box::new(open("AAAAA1-000001"))),
        SyncLine::Incident(Box::new(open("AAAAA1-000002"))),
        SyncLine::Incident(Box::new(incident(1, "AAAAA1-000003", IncidentStatus::Resolved, Severity::Critical))),
    ];
    apply(&cache, &answer(true, lines)).await.unwrap();
    cache
}

#[tokio::test]
async fn a_room_is_found_by_words_of_its_own_its_device_and_its_customer() {
    let cache = estate().await;
    assert_eq!(found(&cache, typed("board")).await, ["r Board Room / Contoso", "r Board Room / Fabrikam Süd"]);
    assert_eq!(found(&cache, typed("fab boa")).await, ["r Board Room / Fabrikam Süd"]);
    assert_eq!(found(&cache, typed("grosser")).await, ["r Großer Saal / Contoso"]);
    assert_eq!(found(&cache, typed("mtr-003")).await, ["r Board Room / Fabrikam Süd"]);
    assert_eq!(found(&cache, typed("sued saal")).await, ["r Contoso Saal / Fabrikam Süd"]);
    // A customer's name alone is not each of its rooms.
    assert_eq!(found(&cache, typed("contoso")).await[..2], ["c Contoso", "r Contoso Saal / Fabrikam Süd"]);
    assert_eq!(found(&cache, typed("nowhere")).await, Vec::<String>::new());
    let of_second = PaletteQuery { customer: Some(tenant(2)), ..typed("board") };
    assert_eq!(found(&cache, of_second).await[0], "r Board Room / Fabrikam Süd", "the customer in the dropdown comes first");
}

#[tokio::test]
async fn where_a_name_is_completed_only_its_kind_is_looked_for() {
    let cache = estate().await;
    let only = |kind, text: &str| PaletteQuery { only: Some(kind), ..typed(text) };
    assert_eq!(found(&cache, only(NameKind::Customer, "contoso")).await, ["c Contoso"]);
    assert_eq!(found(&cache, only(NameKind::Room, "contoso")).await, ["r Contoso Saal / Fabrikam Süd"]);
    assert_eq!(found(&cache, only(NameKind::Room, "kamera")).await, Vec::<String>::new());
}

#[tokio::test]
async fn an_incident_is_found_by_its_number_and_by_words_and_one_that_is_over_by_its_whole_number() {
    let cache = estate().await;
    assert_eq!(found(&cache, typed("aaaaa1-000002")).await, ["i AAAAA1-000002"]);
    assert_eq!(found(&cache, typed("kamera")).await.len(), 2);
    assert_eq!(found(&cache, typed(" AAAAA1-000003 ")).await, ["i AAAAA1-000003"]);
    assert_eq!(found(&cache, typed("AAAAA1-00000")).await.len(), 2);
}

#[tokio::test]
async fn what_was_used_last_comes_first_and_alone_where_nothing_is_typed() {
    let cache = estate().await;
    let (second, gone) = (RoomKey { customer_id: tenant(2), id: room_id(3) }, RoomKey { customer_id: tenant(2), id: room_id(99) });
    let incident = IncidentRef { customer_id: tenant(1), number: "AAAAA1-000002".parse().unwrap() };
    let recent = vec![PaletteTarget::Room { key: second }, PaletteTarget::Room { key: gone }, PaletteTarget::Incident { key: incident }];
    let used = |text: &str| PaletteQuery { recent: recent.clone(), ..typed(text) };
    assert_eq!(found(&cache, used("")).await, ["r Board Room / Fabrikam Süd", "i AAAAA1-000002"], "what is not there any more is left out");
    assert_eq!(found(&cache, used("board")).await[0], "r Board Room / Fabrikam Süd");
    assert_eq!(found(&cache, used("kamera")).await[0], "i AAAAA1-000002");
}

#[tokio::test]
async fn r57_what_may_not_be_seen_is_not_found() {
    let cache = in_memory().await;
    let mut limited = customer(1, "Contoso");
    limited.permissions = PermissionSet::of(&[Permission::RoomsView]);
    let lines = [
        SyncLine::Customer(limited),
        named(1, 1, "Board Room", "mtr-001"),
        SyncLine::Incident(Box::new(incident(1, "AAAAA1-000001", IncidentStatus::NeedsAction, Severity::Critical))),
    ];
    apply(&cache, &answer(true, lines)).await.unwrap();
    assert_eq!(found(&cache, typed("AAAAA1-000001")).await, Vec::<String>::new());
    assert_eq!(found(&cache, typed("board")).await.len(), 1);
}

#[tokio::test]
async fn a28_a_locked_customer_is_named_and_nothing_of_it_is_found() {
    let cache = estate().await;
    let later = now().plus(DAY * 40);
    let offline = Contact { live: false, now: later, clock: later, lost: now() };
    for text in ["board", "kamera", "AAAAA1-000003"] {
        assert_eq!(asked(&cache, typed(text), offline).await, [], "{text}");
    }
    let recent = vec![PaletteTarget::Room { key: RoomKey { customer_id: tenant(1), id: room_id(1) } }];
    assert_eq!(asked(&cache, PaletteQuery { recent, ..typed("") }, offline).await, []);
    let hits = asked(&cache, typed("contoso"), offline).await;
    assert!(matches!(&hits[..], [PaletteHit::Customer { row }] if row.open.is_none()), "{hits:?}");
}

#[tokio::test]
async fn names_follow_what_the_sync_brings() {
    let cache = estate().await;
    assert_eq!(found(&cache, typed("atrium")).await, Vec::<String>::new());
    apply(&cache, &answer(false, [named(1, 2, "Atrium", "mtr-002"), named(1, 7, "Atrium Nord", "mtr-007")])).await.unwrap();
    assert_eq!(found(&cache, typed("atrium")).await, ["r Atrium / Contoso", "r Atrium Nord / Contoso"]);
    assert_eq!(found(&cache, typed("grosser")).await, Vec::<String>::new());
    let gone = RoomGone { customer_id: tenant(1), id: room_id(2) };
    apply(&cache, &answer(false, [SyncLine::RoomGone(gone)])).await.unwrap();
    assert_eq!(found(&cache, typed("atrium")).await, ["r Atrium Nord / Contoso"]);
    apply(&cache, &answer(false, [SyncLine::CustomerGone(tenant(1))])).await.unwrap();
    assert_eq!(found(&cache, typed("atrium")).await, Vec::<String>::new());
}

#[tokio::test]
async fn of_each_kind_eight_are_named_and_the_best_of_them_come_first() {
    let cache = in_memory().await;
    let mut lines = vec![SyncLine::Customer(customer(1, "Alpha"))];
    lines.extend((0..30).map(|n| named(1, 100 + n, &format!("Nord {n:02} Saal"), "h")));
    lines.push(named(1, 200, "Saal", "h"));
    lines.push(named(1, 201, "Saal 2", "h"));
    apply(&cache, &answer(true, lines)).await.unwrap();
    let hits = found(&cache, typed("saal")).await;
    assert_eq!(
        (hits.len(), hits[0].as_str(), hits[1].as_str(), hits[2].as_str()),
        (8, "r Saal / Alpha", "r Saal 2 / Alpha", "r Nord 00 Saal / Alpha")
    );
    let more = async |text: &str| {
        let query = typed(text);
        cache.run(move |store| store.search_palette(&query, live())).await.unwrap().more
    };
    assert_eq!((more("saal").await, more("nord 29").await, more("").await), (true, false, false));
}

#[tokio::test]
async fn the_next_customer_is_the_next_by_name_that_can_be_read() {
    let cache = in_memory().await;
    let lines = [
        SyncLine::Customer(customer(1, "Zeta")),
        SyncLine::Customer(customer(2, "Ärzte")),
        SyncLine::Customer(customer(3, "Beta")),
        SyncLine::Incident(Box::new(incident(1, "AAAAA1-000001", IncidentStatus::NeedsAction, Severity::Critical))),
    ];
    apply(&cache, &answer(true, lines)).await.unwrap();
    let next = async |from: Option<u128>, back, with_open, contact| {
        let query = NextCustomerQuery { from: from.map(tenant), back, with_open };
        cache.run(move |store| Ok(store.next_customer(query, contact))).await.unwrap()
    };
    assert_eq!(next(Some(2), false, false, live()).await, Some(tenant(3)));
    assert_eq!(next(Some(2), false, true, live()).await, Some(tenant(1)), "Beta has nothing open");
    assert_eq!((next(Some(1), false, false, live()).await, next(Some(2), true, false, live()).await), (None, None), "it does not go round");
    assert_eq!(next(Some(1), true, false, live()).await, Some(tenant(3)));
    assert_eq!((next(None, false, false, live()).await, next(None, true, false, live()).await), (Some(tenant(2)), Some(tenant(1))));
    let later = now().plus(DAY * 40);
    let offline = Contact { live: false, now: later, clock: later, lost: now() };
    assert_eq!(next(Some(2), false, false, offline).await, None, "locked");
}
