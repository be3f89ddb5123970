//! Whom the command palette finds, and whom it must not.

use std::time::Duration;

use tenantry_model::id::PrincipalId;
use tenantry_model::incident::{Claim, Incident, IncidentStatus, Message, Severity, Snooze};
use tenantry_model::ipc::{NameKind, PaletteHit, PaletteQuery};
use tenantry_model::permission::{Permission, PermissionSet};
use tenantry_model::sync::{Checkpoint, IncidentGone, SyncLine};
use tenantry_model::tenancy::OfflineTerms;
use uuid::Uuid;

use super::estate::*;
use crate::cache::{Cache, Contact};

const MINUTE: Duration = Duration::from_secs(60);

fn open(customer: u128, n: u32) -> Incident {
    let mut one = incident(customer, &format!("AAAAA{customer}-{n:06}"), IncidentStatus::NeedsAction, Severity::Important);
    one.row.problem = "Ton".into();
    one
}

fn claimed(mut one: Incident, name: &str) -> Incident {
    let holder = PrincipalId::from_uuid(Uuid::from_u128(u128::from(name.as_bytes()[0])));
    one.row.claim = Some(Claim { holder, name: name.into(), until: now().plus(MINUTE * 15) });
    one
}

fn snoozed(mut one: Incident, name: Option<&str>) -> Incident {
    one.row.snooze = Some(Snooze { by: name.map(Into::into), reason: "Umbau".into(), since: now(), until: None });
    one
}

fn written(mut one: Incident, authors: &[Option<&str>]) -> Incident {
    let message = |author: &Option<&str>| Message {
        at: now(),
        author: author.map(Into::into),
        text: "Kabel von Konrad".into(),
        assigned_to_service: false,
    };
    one.messages = authors.iter().map(message).collect();
    one.row.messages = authors.len() as u32;
    one
}

fn line(one: &Incident) -> SyncLine {
    SyncLine::Incident(Box::new(one.clone()))
}

fn typed(text: &str) -> PaletteQuery {
    PaletteQuery { text: text.into(), type_words: vec![], recent: vec![], customer: None, only: None }
}

/// Read a piece at a time, as the engine has it read.
async fn found_by(cache: &Cache, query: PaletteQuery, contact: Contact) -> Vec<(String, u32)> {
    while cache.run(|store| store.load_more_authors()).await.unwrap() {}
    let hits = cache.run(move |store| store.search_palette(&query, contact)).await.unwrap().hits;
    let person = |hit| if let PaletteHit::Person { name, holds } = hit { Some((name, holds)) } else { None };
    hits.into_iter().filter_map(person).collect()
}

async fn found(cache: &Cache, text: &str) -> Vec<(String, u32)> {
    found_by(cache, typed(text), live()).await
}

fn named(people: &[(&str, u32)]) -> Vec<(String, u32)> {
    people.iter().map(|(name, holds)| ((*name).to_owned(), *holds)).collect()
}

async fn with(lines: impl IntoIterator<Item = SyncLine>) -> Cache {
    let cache = in_memory().await;
    apply(&cache, &answer(true, lines)).await.unwrap();
    cache
}

async fn estate() -> Cache {
    with([
        SyncLine::Customer(customer(1, "Contoso")),
        SyncLine::Customer(customer(2, "Fabrikam")),
        line(&claimed(open(1, 1), "Berta Anders")),
        line(&claimed(open(1, 2), "Anna Technik")),
        line(&claimed(open(2, 3), "Anna Technik")),
        line(&claimed(snoozed(open(2, 4), Some("Hanna S\u{fc}d")), "Anna Technik")),
        line(&snoozed(open(1, 5), None)),
        line(&written(claimed(open(1, 6), "Berta Anders"), &[Some("Andrea Nord"), None, Some("Berta Anders"), Some(" ")])),
        line(&open(2, 7)),
    ])
    .await
}

#[tokio::test]
async fn people_of_open_incidents_are_found_by_words_of_their_names_with_what_they_work_on() {
    let cache = estate().await;
    let an = named(&[("Anna Technik", 2), ("Andrea Nord", 0), ("Berta Anders", 2), ("Hanna S\u{fc}d", 0)]);
    assert_eq!(
        found(&cache, "an").await,
        an,
        "first those whose names begin so; of them who works on more; what is out of sight is not counted"
    );
    assert_eq!(found(&cache, "technik anna").await, named(&[("Anna Technik", 2)]), "in any order");
    assert_eq!(found(&cache, "SUED").await, named(&[("Hanna S\u{fc}d", 0)]), "in any spelling");
    for nobody in ["konrad", "contoso", "umbau", "anna nord", " "] {
        assert_eq!(found(&cache, nobody).await, [], "{nobody}");
    }
    let after = Contact { clock: now().plus(MINUTE * 15), ..live() };
    assert_eq!(found_by(&cache, typed("anna"), after).await, named(&[("Hanna S\u{fc}d", 0)]), "nobody holds what is over");
}

#[tokio::test]
async fn a32_where_a_filter_is_completed_those_who_work_on_something_are_named_before_anything_is_typed() {
    let cache = estate().await;
    let only = |text: &str| PaletteQuery { only: Some(NameKind::Person), ..typed(text) };
    assert_eq!(found_by(&cache, only(""), live()).await, named(&[("Anna Technik", 2), ("Berta Anders", 2)]));
    assert_eq!(found_by(&cache, only("and"), live()).await, named(&[("Berta Anders", 2)]));
    let hits = cache.run(move |store| store.search_palette(&only("contoso"), live())).await.unwrap().hits;
    assert_eq!(hits, [], "nothing else is looked for");
    let at = |customer, only| PaletteQuery { customer: Some(tenant(customer)), only, ..typed("an") };
    let holders = Some(NameKind::Person);
    assert_eq!(found_by(&cache, at(2, holders), live()).await, named(&[("Anna Technik", 1)]), "in the list of one customer its own");
    assert_eq!(found_by(&cache, at(2, None), live()).await.len(), 4, "the palette looks for them at all");
    apply(&cache, &answer(false, [line(&claimed(snoozed(open(2, 8), None), "Anders"))])).await.unwrap();
    let last = named(&[("Anna Technik", 2), ("Berta Anders", 2), ("Anders", 0)]);
    assert_eq!(found_by(&cache, only("an"), live()).await, last, "what is out of sight stands in no other list");
}

#[tokio::test]
async fn people_follow_what_the_sync_brings() {
    let cache = estate().await;
    assert_eq!(found(&cache, "conny").await, []);
    let thread = |authors: &[Option<&str>]| line(&written(open(2, 7), authors));
    apply(&cache, &answer(false, [thread(&[Some("Conny West")])])).await.unwrap();
    assert_eq!(found(&cache, "conny").await, named(&[("Conny West", 0)]));
    apply(&cache, &answer(false, [thread(&[Some("Conny Ost"), Some("Conny West")])])).await.unwrap();
    assert_eq!(found(&cache, "conny").await, named(&[("Conny Ost", 0), ("Conny West", 0)]));
    apply(&cache, &answer(false, [line(&claimed(written(open(2, 7), &[Some("Conny Ost"), Some("Conny West")]), "CONNY west"))]))
        .await
        .unwrap();
    assert_eq!(found(&cache, "west").await, named(&[("CONNY west", 1)]), "of one name, but for case");
    let gone = IncidentGone { customer_id: tenant(2), number: open(2, 7).row.number };
    apply(&cache, &answer(false, [SyncLine::IncidentGone(gone)])).await.unwrap();
    assert_eq!(found(&cache, "conny").await, []);
    let mut over = written(open(1, 6), &[Some("Andrea Nord")]);
    (over.row.status, over.row.last_resolved) = (IncidentStatus::Resolved, Some(now()));
    apply(&cache, &answer(false, [line(&over), SyncLine::CustomerGone(tenant(2))])).await.unwrap();
    assert_eq!(found(&cache, "an").await, named(&[("Anna Technik", 1), ("Berta Anders", 1)]));
}

#[tokio::test]
async fn a_thread_that_comes_after_its_row_is_read_once_it_is_here() {
    let one = written(open(1, 1), &[Some("Andrea Nord")]);
    let cache = with([SyncLine::Customer(customer(1, "Contoso")), SyncLine::IncidentRow(Box::new(one.row.clone()))]).await;
    assert_eq!(found(&cache, "andrea").await, []);
    apply(&cache, &answer(false, [line(&one)])).await.unwrap();
    assert_eq!(found(&cache, "andrea").await, named(&[("Andrea Nord", 0)]));
}

#[tokio::test]
async fn a_thread_that_cannot_be_read_finds_nobody_and_keeps_nothing_else_from_being_found() {
    let (one, other) = (written(open(1, 1), &[Some("Andrea Nord")]), written(open(1, 2), &[Some("Andrea West")]));
    let cache = with([SyncLine::Customer(customer(1, "Contoso")), line(&one), line(&other)]).await;
    let number = one.row.number.to_string();
    cache.run(move |store| Ok(store.db.execute("UPDATE incidents SET rest = x'00' WHERE number = ?1", [number])?)).await.unwrap();
    assert_eq!(found(&cache, "andrea").await, named(&[("Andrea West", 0)]));
    let hits = cache.run(|store| store.search_palette(&typed("contoso"), live())).await.unwrap().hits;
    assert!(matches!(hits[..], [PaletteHit::Customer { .. }, ..]));
}

#[tokio::test]
async fn threads_are_read_once_the_first_sync_is_through() {
    let one = line(&written(open(1, 1), &[Some("Andrea Nord")]));
    let cache = in_memory().await;
    let until = |pending| SyncLine::Checkpoint(Checkpoint { cursor: "c".into(), at: now(), history_pending: pending, done_percent: None });
    apply(&cache, &text([begin(true), SyncLine::Customer(customer(1, "Contoso")), one, until(true)])).await.unwrap();
    assert_eq!(found(&cache, "andrea").await, []);
    apply(&cache, &text([begin(false), until(false)])).await.unwrap();
    assert_eq!(found(&cache, "andrea").await, named(&[("Andrea Nord", 0)]));
}

#[tokio::test]
async fn a28_a_name_goes_with_the_incidents_that_it_stands_in() {
    let cache = with([
        SyncLine::Customer(customer(1, "Contoso")),
        SyncLine::Customer(customer(2, "Fabrikam")),
        line(&written(open(1, 1), &[Some("Andrea Nord"), Some("Conny West")])),
        line(&written(open(1, 2), &[Some("Conny West"), Some("Berta Ost")])),
        line(&written(open(2, 3), &[Some("Hanna S\u{fc}d")])),
    ])
    .await;
    found(&cache, "an").await;
    let held = || cache.run(|store| Ok(store.authors.names().join(", ")));
    assert_eq!(held().await.unwrap(), "Andrea Nord, Berta Ost, Conny West, Hanna S\u{fc}d");
    apply(&cache, &answer(false, [SyncLine::CustomerGone(tenant(2))])).await.unwrap();
    assert_eq!(held().await.unwrap(), "Andrea Nord, Berta Ost, Conny West");
    let gone = IncidentGone { customer_id: tenant(1), number: open(1, 2).row.number };
    apply(&cache, &answer(false, [SyncLine::IncidentGone(gone)])).await.unwrap();
    assert_eq!(held().await.unwrap(), "Andrea Nord, Conny West");
}

#[tokio::test]
async fn a28_r57_nobody_of_what_is_locked_or_may_not_be_read_is_found() {
    let mut limited = customer(1, "Contoso");
    limited.permissions = PermissionSet::of(&[Permission::RoomsView]);
    let mut locked = customer(2, "Fabrikam");
    locked.offline = OfflineTerms { allowed: false, ..OfflineTerms::default() };
    let of = |n| [claimed(open(n, 1), "Anna"), snoozed(open(n, 2), Some("Andrea")), written(open(n, 3), &[Some("Anders")])];
    let lines = [SyncLine::Customer(limited), SyncLine::Customer(locked)];
    let cache = with(lines.into_iter().chain(of(1).iter().chain(&of(2)).map(line))).await;
    let off_line = Contact { live: false, ..live() };
    assert_eq!(found(&cache, "an").await, named(&[("Anna", 1), ("Anders", 0), ("Andrea", 0)]), "of the one that may be read");
    assert_eq!(found_by(&cache, typed("an"), off_line).await, []);
    let holders = PaletteQuery { only: Some(NameKind::Person), ..typed("") };
    assert_eq!(found_by(&cache, holders, off_line).await, []);
}

#[tokio::test]
async fn of_people_eight_are_named() {
    let one = |n: u32| line(&claimed(open(1, n), &format!("Anna {n}")));
    let cache = with(std::iter::once(SyncLine::Customer(customer(1, "Contoso"))).chain((0..9).map(one))).await;
    assert_eq!(found(&cache, "anna").await.len(), 8);
    assert!(cache.run(move |store| store.search_palette(&typed("anna"), live())).await.unwrap().more);
}
