//! The room list over one customer and over all of them: what is in it, in which order, and that it follows the sync.

use std::time::Instant;

use tenantry_model::filter::Name;
use tenantry_model::id::{RoomGroupId, UpdateRingId};
use tenantry_model::incident::{IncidentStatus, RoomRef, Severity, Snooze, SnoozedBy};
use tenantry_model::ipc::{Freshness, IncidentScope, RoomColumn, RoomFilter, RoomKey, RoomPage, RoomQuery};
use tenantry_model::permission::{Permission, PermissionSet};
use tenantry_model::room::{Enrolment, Health, Room, RoomCounters, RoomGroup, UpdateRing};
use tenantry_model::sync::{Checkpoint, RoomGone, SyncCustomer, SyncLine};
use tenantry_model::tenancy::OfflineTerms;
use uuid::Uuid;

use super::estate::*;
use crate::cache::{Cache, Contact, Store};

fn over_all(filter: RoomFilter, sort: RoomColumn) -> RoomQuery {
    RoomQuery { scope: IncidentScope::All, filter, sort, ..RoomQuery::of_customer(tenant(0), 500) }
}

fn whole(name: &str) -> Vec<Name> {
    vec![Name::Whole(name.into())]
}

fn text(text: &str) -> RoomFilter {
    RoomFilter { text: text.into(), ..RoomFilter::default() }
}

async fn ask(cache: &Cache, query: RoomQuery) -> RoomPage {
    cache.run(move |store| store.list_rooms(&query, live())).await.unwrap()
}

fn names(page: &RoomPage) -> Vec<String> {
    page.rows.iter().map(|row| format!("{}: {}", row.customer_name, row.room.display_name)).collect()
}

fn group(name: &str) -> RoomGroup {
    RoomGroup { id: RoomGroupId::from_uuid(Uuid::from_u128(name.len() as u128)), name: name.into() }
}

fn ring(name: &str, order: u8) -> Option<UpdateRing> {
    Some(UpdateRing { id: UpdateRingId::from_uuid(Uuid::from_u128(u128::from(order))), name: name.into(), order })
}

fn line(room: Room) -> SyncLine {
    SyncLine::Room(Box::new(room))
}

/// Beta has "Raum 10" and "Raum 2", Alpha "Raum 3" and "Ülm"; and what filters tell apart.
fn estate() -> Vec<SyncLine> {
    let named = |n, id, name: &str| Room { display_name: name.into(), ..room(n, id) };
    let mut open = incident(2, "BBBBBB-000001", IncidentStatus::NeedsAction, Severity::Critical);
    open.row.rooms = vec![RoomRef { id: room_id(3), name: "Raum 10".into() }];
    vec![
        SyncLine::Customer(customer(1, "Alpha GmbH")),
        SyncLine::Customer(SyncCustomer {
            permissions: PermissionSet::of(&[Permission::RoomsView]),
            offline: OfflineTerms { allowed: false, ..OfflineTerms::default() },
            ..customer(2, "Beta")
        }),
        line(Room { groups: vec![group("Nord"), group("Etage 2")], ring: ring("General", 2), ..named(1, 1, "Raum 3") }),
        line(Room { has_warnings: true, last_seen: Some(now().minus(2 * DAY)), health: Health::Disconnected, ..named(1, 2, "Ülm") }),
        line(Room { groups: vec![group("Nord")], health: Health::Unhealthy, last_seen: Some(now()), ..named(2, 3, "Raum 10") }),
        line(Room { ring: ring("Staging", 1), enrolment: Enrolment::Onboarding, health: Health::Onboarding, ..named(2, 4, "Raum 2") }),
        SyncLine::Incident(Box::new(open)),
        SyncLine::Incident(Box::new(incident(1, "AAAAAA-000001", IncidentStatus::NeedsAction, Severity::Critical))),
    ]
}

#[tokio::test]
async fn a16_rooms_of_all_customers_stand_in_one_order_and_are_those_of_each() {
    let cache = in_memory().await;
    apply(&cache, &answer(true, estate())).await.unwrap();
    let page = ask(&cache, over_all(RoomFilter::default(), RoomColumn::Name)).await;
    assert_eq!(names(&page), ["Beta: Raum 2", "Alpha GmbH: Raum 3", "Beta: Raum 10", "Alpha GmbH: Ülm"]);
    let counters = RoomCounters { managed: 3, healthy: 1, unhealthy: 1, disconnected: 1, suppressed: 0, onboarding: 1 };
    assert_eq!((page.total, page.counters), (4, counters), "R72");
    assert_eq!(
        (&page.groups, &page.rings),
        (&vec!["Etage 2".to_owned(), "Nord".to_owned()], &vec!["General".to_owned(), "Staging".to_owned()])
    );
    let open = |page: &RoomPage| page.rows.iter().map(|row| row.open_tickets).collect::<Vec<_>>();
    assert_eq!(open(&page), [None, Some(1), None, Some(0)], "none where the user may not see any");
    // While the open incidents are still being read into memory, and after that.
    cache.run(|store| store.load_more()).await.unwrap();
    assert_eq!(open(&ask(&cache, over_all(RoomFilter::default(), RoomColumn::Name)).await), open(&page));
    let mut each = vec![];
    for n in [1, 2] {
        each.extend(names(&ask(&cache, RoomQuery::of_customer(tenant(n), 500)).await));
    }
    each.sort();
    let mut all = names(&page);
    all.sort();
    assert_eq!(each, all);
    let by = async |sort, descending| names(&ask(&cache, RoomQuery { descending, ..over_all(RoomFilter::default(), sort) }).await);
    assert_eq!(by(RoomColumn::Customer, false).await, ["Alpha GmbH: Raum 3", "Alpha GmbH: Ülm", "Beta: Raum 2", "Beta: Raum 10"]);
    assert_eq!(by(RoomColumn::Health, false).await[0], "Beta: Raum 10");
    assert_eq!(by(RoomColumn::Ring, true).await[..2], ["Alpha GmbH: Raum 3", "Beta: Raum 2"]);
    assert_eq!(by(RoomColumn::LastSeen, true).await[..2], ["Beta: Raum 10", "Alpha GmbH: Ülm"]);
    assert_eq!(by(RoomColumn::OpenTickets, false).await[..2], ["Alpha GmbH: Raum 3", "Beta: Raum 10"]);
    let window = RoomQuery { offset: 1, limit: 2, ..over_all(RoomFilter::default(), RoomColumn::Name) };
    assert_eq!(names(&ask(&cache, window).await), ["Alpha GmbH: Raum 3", "Beta: Raum 10"]);
}

#[tokio::test]
async fn a33_what_is_snoozed_is_not_open_in_its_room() {
    let cache = in_memory().await;
    let mut asleep = incident(1, "AAAAAA-000002", IncidentStatus::NeedsAction, Severity::Critical);
    asleep.row.snooze = Some(Snooze { by: None, reason: "Umbau".into(), since: now(), until: None });
    asleep.row.snoozed_by = Some(SnoozedBy::Incident);
    apply(&cache, &answer(true, estate())).await.unwrap();
    apply(&cache, &answer(false, [SyncLine::Incident(Box::new(asleep))])).await.unwrap();
    let open = async || {
        let page = ask(&cache, RoomQuery::of_customer(tenant(1), 500)).await;
        page.rows.iter().map(|row| row.open_tickets).collect::<Vec<_>>()
    };
    assert_eq!(open().await, [Some(1), Some(0)], "from the tables");
    let key = RoomKey { customer_id: tenant(1), id: room_id(1) };
    let pane = cache.run(move |store| store.room(key, live())).await.unwrap().incidents.unwrap();
    assert_eq!(pane.iter().map(|row| row.number.to_string()).collect::<Vec<_>>(), ["AAAAAA-000001"]);
    while cache.run(|store| store.load_more()).await.unwrap() {}
    assert_eq!(open().await, [Some(1), Some(0)], "from memory");
}

#[tokio::test]
async fn a16_each_filter_of_rooms_leaves_what_it_names_and_counters_follow_all_but_health() {
    let cache = in_memory().await;
    apply(&cache, &answer(true, estate())).await.unwrap();
    let filter = RoomFilter::default;
    let cases: [(&str, RoomFilter, &[&str]); 15] = [
        ("customer", RoomFilter { customer_names: whole("BETA"), ..filter() }, &["Raum 2", "Raum 10"]),
        ("health", RoomFilter { healths: vec![Health::Unhealthy, Health::Onboarding], ..filter() }, &["Raum 2", "Raum 10"]),
        ("warnings", RoomFilter { warnings: true, ..filter() }, &["Ülm"]),
        ("group", RoomFilter { groups: whole("Nord"), ..filter() }, &["Raum 3", "Raum 10"]),
        ("no such group", RoomFilter { groups: whole("Süd"), ..filter() }, &[]),
        ("group, by a word", RoomFilter { groups: vec![Name::Words("etag".into())], ..filter() }, &["Raum 3"]),
        (
            "ring",
            RoomFilter { rings: ["Staging", "General"].map(|ring| Name::Whole(ring.into())).to_vec(), ..filter() },
            &["Raum 2", "Raum 3"],
        ),
        ("seen", RoomFilter { seen_within_h: Some(24), ..filter() }, &["Raum 10"]),
        ("silent", RoomFilter { silent_for_h: Some(24), ..filter() }, &["Raum 2", "Raum 3", "Ülm"]),
        ("enrolment", RoomFilter { enrolments: vec![Enrolment::Onboarding], ..filter() }, &["Raum 2"]),
        ("name", text("ulm"), &["Ülm"]),
        ("customer's name", text("gmbh"), &["Raum 3", "Ülm"]),
        ("customer's and the room's", text("raum alpha"), &["Raum 3"]),
        ("group's", text("etage"), &["Raum 3"]),
        ("all at once", RoomFilter { groups: whole("Nord"), customer_names: whole("Alpha GmbH"), ..text("host-1") }, &["Raum 3"]),
    ];
    for (what, filter, expected) in cases {
        let page = ask(&cache, over_all(filter, RoomColumn::Name)).await;
        assert_eq!(page.rows.iter().map(|row| row.room.display_name.as_str()).collect::<Vec<_>>(), expected, "{what}");
        assert_eq!(page.total as usize, expected.len(), "{what}");
        assert_eq!(page.groups.len(), if what == "customer" { 1 } else { 2 }, "{what}: to choose from is what the customers have");
    }
    let healthy = RoomFilter { healths: vec![Health::Healthy], groups: whole("Nord"), ..filter() };
    let page = ask(&cache, over_all(healthy, RoomColumn::Name)).await;
    assert_eq!((page.total, page.counters.healthy, page.counters.unhealthy, page.counters.managed), (1, 1, 1, 2));
    let one = RoomQuery { filter: text("gmbh"), ..RoomQuery::of_customer(tenant(1), 9) };
    assert_eq!(ask(&cache, one).await.total, 0, "of one customer its own name tells nothing apart");
}

#[tokio::test]
async fn a_list_over_all_follows_every_change_of_rooms_as_if_it_were_read_anew() {
    // One reads everything once, the other before each list.
    let (cache, anew) = (in_memory().await, in_memory().await);
    for cache in [&cache, &anew] {
        apply(cache, &answer(true, estate())).await.unwrap();
    }
    let question = || over_all(RoomFilter::default(), RoomColumn::Name);
    ask(&cache, question()).await;
    let named = |n, id, name: &str| Room { display_name: name.into(), ..room(n, id) };
    let gone = |n, id| SyncLine::RoomGone(RoomGone { customer_id: tenant(n), id: room_id(id) });
    let reset = |n, name: &str| SyncLine::Customer(SyncCustomer { reset: true, ..customer(n, name) });
    let steps: Vec<(&str, Vec<SyncLine>, &[&str])> = vec![
        ("health", vec![line(Room { health: Health::Suppressed, ..named(1, 1, "Raum 3") })], &["Raum 2", "Raum 3", "Raum 10", "Ülm"]),
        ("renamed", vec![line(named(1, 2, "Aachen"))], &["Aachen", "Raum 2", "Raum 3", "Raum 10"]),
        ("gone, and another", vec![gone(2, 4), line(named(2, 5, "Raum 4"))], &["Aachen", "Raum 3", "Raum 4", "Raum 10"]),
        ("came and went", vec![line(named(1, 6, "Raum 6")), gone(1, 6)], &["Aachen", "Raum 3", "Raum 4", "Raum 10"]),
        ("rights of Beta", vec![reset(2, "Beta"), line(named(2, 5, "Raum 4"))], &["Aachen", "Raum 3", "Raum 4"]),
        (
            "Alpha goes, Gamma comes",
            vec![
                SyncLine::CustomerGone(tenant(1)),
                SyncLine::Customer(customer(3, "Gamma")),
                line(named(3, 7, "Raum 5")),
                line(named(3, 1, "Raum 1")),
            ],
            &["Raum 1", "Raum 4", "Raum 5"],
        ),
        (
            "Gamma's rights, twice",
            vec![reset(3, "Gamma"), line(named(3, 7, "Raum 5")), reset(3, "Gamma"), line(named(3, 8, "Z"))],
            &["Raum 4", "Z"],
        ),
    ];
    for (what, lines, expected) in steps {
        for cache in [&cache, &anew] {
            apply(cache, &answer(false, lines.clone())).await.unwrap();
        }
        let page = ask(&cache, question()).await;
        assert_eq!(page.rows.iter().map(|row| row.room.display_name.as_str()).collect::<Vec<_>>(), expected, "{what}");
        anew.run(Store::reload).await.unwrap();
        let anew = ask(&anew, question()).await;
        assert_eq!((page.rows, page.counters, page.groups, page.rings), (anew.rows, anew.counters, anew.groups, anew.rings), "{what}");
        // What is read of one customer alone follows as well.
        let single = ask(&cache, RoomQuery::of_customer(tenant(2), 9)).await;
        assert_eq!(single.total as usize, anew.total as usize - expected.iter().filter(|name| !BETAS.contains(*name)).count(), "{what}");
    }
}

#[tokio::test]
async fn what_changes_while_all_rooms_are_being_read_is_neither_missed_nor_listed_twice() {
    let cache = in_memory().await;
    let mut lines: Vec<SyncLine> = (1..=3).map(|n| SyncLine::Customer(customer(n, &format!("Kunde {n}")))).collect();
    lines.extend((0..2_500).map(|id| line(room(1, id))).chain((3_000..3_010).map(|id| line(room(2, id)))));
    apply(&cache, &answer(true, lines)).await.unwrap();
    // The first piece has the rooms of the first customer, and no others.
    assert!(cache.run(|store| store.load_more_rooms()).await.unwrap());
    let of = |cache: &Cache, n| {
        let cache = cache.clone();
        async move { cache.run(move |store| Ok(store.rooms.of_customer(i64::from(n)).len())).await.unwrap() }
    };
    let first = of(&cache, 1).await;
    let gone = |n, id| SyncLine::RoomGone(RoomGone { customer_id: tenant(n), id: room_id(id) });
    let changes = [line(room(1, 9_000)), gone(1, 3), line(room(2, 9_001)), gone(2, 3_004), line(room(3, 9_002))];
    apply(&cache, &answer(false, changes)).await.unwrap();
    assert_eq!((first, of(&cache, 1).await), (2_500, 2_500), "one came and one went");
    let page = ask(&cache, over_all(RoomFilter::default(), RoomColumn::Customer)).await;
    assert_eq!((page.total, page.counters.managed), (2_500 + 10 + 1, 2_511));
    assert!(!cache.run(|store| store.load_more_rooms()).await.unwrap());
    let last = RoomQuery { offset: 2_500, ..over_all(RoomFilter::default(), RoomColumn::Customer) };
    let rows = ask(&cache, last).await.rows;
    assert_eq!((rows.len(), rows[10].room.id), (11, room_id(9_002)));
    assert!(rows[..10].iter().all(|row| row.customer_name == "Kunde 2" && row.room.id != room_id(3_004)));
}

/// The rooms that Beta has had.
const BETAS: [&str; 3] = ["Raum 2", "Raum 10", "Raum 4"];

#[tokio::test]
async fn a28_rooms_that_may_not_be_read_are_missing_from_the_list_over_all_and_it_says_whose() {
    let cache = in_memory().await;
    let mut lines = estate();
    // A customer where the user may see no rooms misses none.
    lines.push(SyncLine::Customer(SyncCustomer { permissions: PermissionSet::of(&[Permission::TicketsView]), ..customer(3, "Gamma") }));
    let until = |pending| SyncLine::Checkpoint(Checkpoint { cursor: "c".into(), at: now(), history_pending: pending, done_percent: None });
    apply(&cache, &super::estate::text([begin(true)].into_iter().chain(lines.clone()).chain([until(true)]))).await.unwrap();
    let named = |page: &RoomPage| page.unreliable.iter().map(|it| (it.display_name.clone(), it.freshness)).collect::<Vec<_>>();
    let page = ask(&cache, over_all(RoomFilter::default(), RoomColumn::Name)).await;
    assert_eq!(named(&page), [("Alpha GmbH".to_owned(), Freshness::Incomplete), ("Beta".to_owned(), Freshness::Incomplete)]);
    apply(&cache, &super::estate::text([begin(false), until(false)])).await.unwrap();
    assert_eq!(ask(&cache, over_all(RoomFilter::default(), RoomColumn::Name)).await.unreliable_total, 0);
    let off_line = Contact { live: false, ..live() };
    let page = cache.run(move |store| store.list_rooms(&over_all(RoomFilter::default(), RoomColumn::Name), off_line)).await.unwrap();
    assert_eq!(names(&page), ["Alpha GmbH: Raum 3", "Alpha GmbH: Ülm"], "Beta allows no reading without contact");
    assert_eq!(page.groups, ["Etage 2", "Nord"]);
    assert_eq!(page.counters.unhealthy, 0, "nor is it counted");
    assert_eq!(named(&page), [("Alpha GmbH".to_owned(), Freshness::Stale { as_of: now() }), ("Beta".to_owned(), Freshness::OnlineOnly)]);
    let only_beta = RoomFilter { customer_names: whole("Beta"), ..RoomFilter::default() };
    let page = cache.run(move |store| store.list_rooms(&over_all(only_beta, RoomColumn::Name), off_line)).await.unwrap();
    assert_eq!((page.total, page.unreliable_total), (0, 1));
}

/// `cargo test -p tenantry-client --lib -- --ignored --nocapture size_l`: how long lists of rooms take at size L beside those of incidents.
#[tokio::test]
#[ignore = "takes a minute, and measures"]
async fn size_l_a_keystroke_over_all_rooms_costs_like_one_over_the_open_incidents() {
    const CUSTOMERS: u128 = 5_000;
    let cache = in_memory().await;
    let mut lines: Vec<SyncLine> = (0..CUSTOMERS).map(|n| SyncLine::Customer(customer(n, &format!("Kunde {n}")))).collect();
    lines.extend((0..200_000).map(|id| {
        let name = format!("{} {}", ["Isar", "Lech", "Inn", "Donau", "Zugspitze"][id as usize % 5], id % 977);
        line(Room {
            display_name: name,
            host_name: format!("MTR-{id:06}"),
            groups: vec![group("Nord")],
            ring: ring("General", 2),
            ..room(id % CUSTOMERS, id)
        })
    }));
    lines.extend((0..50_000).map(|n| {
        let mut open = incident(n % CUSTOMERS, &format!("AAAAAA-{n:06}"), IncidentStatus::NeedsAction, Severity::Critical);
        open.row.rooms = vec![RoomRef { id: room_id(n), name: format!("Isar {}", n % 977) }];
        SyncLine::Incident(Box::new(open))
    }));
    let bytes = answer(true, lines);
    let mut spool = crate::cache::Spool::new(cache.clone()).await.unwrap();
    for piece in bytes.chunks(64 * 1024) {
        spool.push(piece).await.unwrap();
    }
    spool.finish(now()).await.unwrap();
    let timed = async |what: &str, query: RoomQuery| {
        let begin = Instant::now();
        let page = ask(&cache, RoomQuery { limit: 60, ..query }).await;
        println!("{what}: {:?}, {} rooms", begin.elapsed(), page.total);
        begin.elapsed()
    };
    let incidents = async |words: &str| {
        let filter = tenantry_model::ipc::IncidentFilter { text: words.into(), ..Default::default() };
        let query = tenantry_model::ipc::IncidentQuery {
            limit: 60,
            ..super::search::of_everything(tenantry_model::api::IncidentTab::Active, tenantry_model::ipc::IncidentColumn::Urgency)
        };
        let query = tenantry_model::ipc::IncidentQuery { filter, ..query };
        let begin = Instant::now();
        cache.run(move |store| store.list_incidents(&query, live())).await.unwrap();
        println!("incidents, {words:?}: {:?}", begin.elapsed());
        begin.elapsed()
    };
    incidents("warm").await;
    timed("rooms, the first time", over_all(RoomFilter::default(), RoomColumn::Name)).await;
    timed("the next page", RoomQuery { offset: 60, ..over_all(RoomFilter::default(), RoomColumn::Name) }).await;
    let mut ratios = vec![];
    for words in ["i", "is", "isa", "isar 9", "mtr-0001", "kunde 49"] {
        let ours = timed(words, over_all(text(words), RoomColumn::Name)).await;
        ratios.push(ours.as_secs_f64() / incidents(words).await.as_secs_f64());
    }
    for sort in
        [RoomColumn::Health, RoomColumn::LastSeen, RoomColumn::Host, RoomColumn::Group, RoomColumn::OpenTickets, RoomColumn::Customer]
    {
        timed(&format!("by {sort}"), over_all(RoomFilter::default(), sort)).await;
    }
    apply(&cache, &answer(false, [line(Room { health: Health::Unhealthy, ..room(7, 7) })])).await.unwrap();
    timed("after a change", over_all(RoomFilter::default(), RoomColumn::Name)).await;
    ratios.sort_by(f64::total_cmp);
    let middle = ratios[ratios.len() / 2];
    println!("a keystroke over 200,000 rooms against one over 50,000 incidents: {middle:.1} times");
    assert!(middle < 8.0, "four times the rows: {ratios:?}");
}
