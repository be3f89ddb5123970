//! What is snoozed, and what somebody works on (A32, A33).

use std::time::Duration;

use tenantry_model::api::{IncidentTab, Me};
use tenantry_model::filter::Filter;
use tenantry_model::id::PrincipalId;
use tenantry_model::incident::{Claim, Incident, IncidentStatus, Severity, Snooze, SnoozedBy};
use tenantry_model::ipc::{ClaimFilter, CountQuery, IncidentColumn, IncidentFilter, IncidentPage, IncidentQuery, IncidentScope};
use tenantry_model::sync::SyncLine;
use tenantry_model::tenancy::{Tenant, UserKey};
use tenantry_model::time::Timestamp;
use uuid::Uuid;

use super::estate::*;
use super::search::of_everything;
use crate::cache::{Cache, Contact};

const MINUTE: Duration = Duration::from_secs(60);

fn snoozed(n: u32, until: Option<Timestamp>) -> SyncLine {
    let mut one = incident(1, &format!("AAAAA1-{n:06}"), IncidentStatus::NeedsAction, Severity::Important);
    let reason = "Umbau".to_owned();
    one.row.snooze = Some(Snooze { by: Some("Ann".into()), reason, since: now(), until });
    one.row.snoozed_by = Some(SnoozedBy::Incident);
    whole(&one)
}

fn whole(incident: &Incident) -> SyncLine {
    SyncLine::Incident(Box::new(incident.clone()))
}

fn list(filter: IncidentFilter) -> IncidentQuery {
    IncidentQuery { filter, ..of_everything(IncidentTab::Active, IncidentColumn::Urgency) }
}

async fn page(cache: &Cache, query: IncidentQuery, at: Timestamp) -> IncidentPage {
    let contact = Contact { live: false, clock: at, ..live() };
    cache.run(move |store| store.list_incidents(&query, contact)).await.unwrap().read().unwrap()
}

/// What the list without a filter shows and counts, that of one customer, and that of what is snoozed.
async fn shown(cache: &Cache, at: Timestamp) -> [(u32, u32); 3] {
    let plain = list(IncidentFilter::default());
    let one = IncidentQuery { scope: IncidentScope::Customer { id: tenant(1) }, ..plain.clone() };
    let away = list(IncidentFilter { snoozed: true, ..IncidentFilter::default() });
    let mut shown = [(0, 0); 3];
    for (at_place, query) in [plain, one, away].into_iter().enumerate() {
        let page = page(cache, query, at).await;
        assert_eq!(page.rows.len() as u32, page.matches);
        shown[at_place] = (page.matches, page.counters.needs_action);
    }
    shown
}

#[tokio::test]
async fn a33_what_is_snoozed_is_in_no_list_and_no_counter_until_it_comes_back_without_the_service() {
    let cache = in_memory().await;
    let soon = now().plus(MINUTE * 30);
    let open = incident(1, "AAAAA1-000003", IncidentStatus::NeedsAction, Severity::Warning);
    apply(&cache, &answer(true, [SyncLine::Customer(customer(1, "Kunde")), snoozed(1, Some(soon)), snoozed(2, None), whole(&open)]))
        .await
        .unwrap();
    assert_eq!(shown(&cache, now()).await, [(1, 1), (1, 1), (2, 2)]);
    // A list with any filter, whose rows come from memory.
    let grave = || list(IncidentFilter { severities: vec![Severity::Important], ..IncidentFilter::default() });
    assert_eq!(page(&cache, grave(), now()).await.matches, 0);
    let badge = async |cache: &Cache| cache.run(|store| store.customer(tenant(1), live())).await.unwrap().open;
    assert_eq!(badge(&cache).await, Some(1), "the customer's count");

    assert_eq!(shown(&cache, soon.minus(Duration::from_micros(1))).await, [(1, 1), (1, 1), (2, 2)]);
    assert_eq!(shown(&cache, soon).await, [(2, 2), (2, 2), (1, 1)], "one comes back by itself, the other does not");
    assert_eq!((page(&cache, grave(), soon).await.matches, badge(&cache).await), (1, Some(2)));
    // The service says the same a moment later, and then that it is resolved.
    let mut back = incident(1, "AAAAA1-000001", IncidentStatus::NeedsAction, Severity::Important);
    apply(&cache, &answer(false, [whole(&back)])).await.unwrap();
    assert_eq!(shown(&cache, soon).await, [(2, 2), (2, 2), (1, 1)]);
    back.row.status = IncidentStatus::Resolved;
    back.row.last_resolved = Some(soon);
    apply(&cache, &answer(false, [whole(&back)])).await.unwrap();
    assert_eq!(shown(&cache, soon).await, [(1, 1), (1, 1), (1, 1)]);
    // Nothing of a customer that is gone is left to come back.
    apply(&cache, &answer(false, [snoozed(4, Some(soon)), SyncLine::CustomerGone(tenant(1))])).await.unwrap();
    assert!(cache.run(move |store| store.wake(soon.plus(DAY))).await.unwrap().is_none());
}

#[tokio::test]
async fn a32_what_somebody_works_on_is_found_until_their_lease_ends() {
    let cache = in_memory().await;
    let who = |n| PrincipalId::from_uuid(Uuid::from_u128(n));
    let claimed = |n: u32, holder, until| {
        let mut one = incident(1, &format!("AAAAA1-{n:06}"), IncidentStatus::NeedsAction, Severity::Warning);
        one.row.claim = Some(Claim { holder: who(holder), name: "Ann".into(), until });
        whole(&one)
    };
    cache.run(move |store| store.set_me(me(who(1)))).await.unwrap();
    let free = incident(1, "AAAAA1-000009", IncidentStatus::NeedsAction, Severity::Warning);
    let lines = [
        SyncLine::Customer(customer(1, "Kunde")),
        claimed(1, 1, now().plus(MINUTE * 15)),
        claimed(2, 2, now().plus(MINUTE * 5)),
        whole(&free),
    ];
    apply(&cache, &answer(true, lines)).await.unwrap();
    let found = async |claim, at| page(&cache, list(IncidentFilter { claim: Some(claim), ..IncidentFilter::default() }), at).await.matches;
    let later = now().plus(MINUTE * 5);
    for (claim, first, then) in [(ClaimFilter::Somebody, 2, 1), (ClaimFilter::Nobody, 1, 2), (ClaimFilter::Mine, 1, 1)] {
        assert_eq!((found(claim.clone(), now()).await, found(claim.clone(), later).await), (first, then), "{claim:?}");
    }
}

#[tokio::test]
async fn a32_what_somebody_of_a_name_works_on_is_found_and_counted_until_their_lease_ends() {
    let cache = in_memory().await;
    let who = |n| PrincipalId::from_uuid(Uuid::from_u128(n));
    let claimed = |n: u32, holder, name: &str, minutes: u32| {
        let mut one = incident(1, &format!("AAAAA1-{n:06}"), IncidentStatus::NeedsAction, Severity::Warning);
        one.row.claim = Some(Claim { holder: who(holder), name: name.into(), until: now().plus(MINUTE * minutes) });
        whole(&one)
    };
    cache.run(move |store| store.set_me(me(who(1)))).await.unwrap();
    let mut away = incident(1, "AAAAA1-000008", IncidentStatus::NeedsAction, Severity::Warning);
    away.row.claim = Some(Claim { holder: who(3), name: "J\u{fc}rgen Gro\u{df}".into(), until: now().plus(MINUTE * 15) });
    away.row.snooze = Some(Snooze { by: None, reason: "Umbau".into(), since: now(), until: None });
    let free = incident(1, "AAAAA1-000009", IncidentStatus::NeedsAction, Severity::Critical);
    let lines = [
        SyncLine::Customer(customer(1, "Kunde")),
        claimed(1, 1, "Ann", 15),
        claimed(2, 2, "Anna Technik", 5),
        claimed(3, 3, "J\u{fc}rgen Gro\u{df}", 15),
        claimed(4, 4, "Anna Technik", 15),
        whole(&away),
        whole(&free),
    ];
    apply(&cache, &answer(true, lines)).await.unwrap();
    let later = now().plus(MINUTE * 5);
    for (text, first, then) in [
        ("by:ann", 3, 2),
        ("by:\"technik anna\"", 2, 1),
        ("by:=\"ANNA Technik\"", 2, 1),
        ("by:=Anna", 0, 0),
        ("by:juergen", 1, 1),
        ("by:GROSS", 1, 1),
        ("by:gross is:snoozed", 1, 1),
        ("by:juergen,technik", 3, 2),
        ("by:me", 1, 1),
        ("by:me,juergen", 2, 2),
        ("by:kunde", 0, 0),
        ("by:ann sev:critical", 0, 0),
    ] {
        let filter = IncidentFilter::from(&text.parse::<Filter>().unwrap());
        let counted = async |at| {
            let (query, contact) = (CountQuery { filters: vec![filter.clone()] }, Contact { clock: at, ..live() });
            cache.run(move |store| store.count_incidents(&query, contact)).await.unwrap().counts[0].map(|known| known.count)
        };
        let found = (page(&cache, list(filter.clone()), now()).await, page(&cache, list(filter.clone()), later).await);
        assert_eq!((found.0.matches, found.1.matches), (first, then), "{text}");
        assert_eq!((found.0.counters.all, found.0.rows.len() as u32), (first, first), "{text}");
        assert_eq!((counted(now()).await, counted(later).await), (Some(first), Some(then)), "{text}");
    }
}

fn me(id: PrincipalId) -> Me {
    let tenant = tenant(9);
    Me {
        user: UserKey { tenant_id: tenant, user_id: id },
        display_name: "Ann".into(),
        tenant: Tenant { id: tenant, display_name: "Partner".into(), is_partner: true, is_customer: false },
        acting_as: None,
        portal_roles: vec![],
        customers: vec![],
    }
}
