//! Lists of incidents, rooms and tenants: order, paging, filters, and what a filter must not tell.

use std::collections::BTreeSet;
use std::time::Duration;

use http::StatusCode;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha20Rng;
use tenantry_model::api::{IncidentPage, Page, RoomPage, TenantRow};
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::incident::{Incident, IncidentRow, IncidentStatus, IncidentType, Severity};
use tenantry_model::permission::{BuiltInRole, Permission, PermissionSet};
use tenantry_model::tenancy::UserKey;
use tenantry_model::text::TicketNumber;
use tenantry_model::time::{Clock, Timestamp};

use crate::support::{NewIncident, TestApp, number};

/// Follows the cursors to the end.
async fn all(app: &TestApp, path: &str, user: UserKey) -> Vec<IncidentRow> {
    let mut rows = Vec::new();
    let mut cursor: Option<String> = None;
    for _ in 0..10_000 {
        let glue = if path.contains('?') { '&' } else { '?' };
        let address = cursor.as_ref().map_or_else(|| path.to_owned(), |cursor| format!("{path}{glue}cursor={cursor}"));
        let page: IncidentPage = app.get(&address, user).await.json();
        rows.extend(page.items);
        cursor = page.next_cursor;
        if cursor.is_none() {
            return rows;
        }
    }
    panic!("the list does not end");
}

fn numbers(rows: &[IncidentRow]) -> Vec<TicketNumber> {
    rows.iter().map(|row| row.number).collect()
}

struct Big {
    app: TestApp,
    partner: TenantId,
    customers: Vec<(TenantId, Vec<RoomId>)>,
    incidents: Vec<NewIncident>,
}

/// `count` customers of one partner, two rooms each, one of which is delegated, and incidents all over them.
async fn big(count: u32, seed: u64) -> Big {
    let app = TestApp::start().await;
    let estate = app.estate();
    let mut random = ChaCha20Rng::seed_from_u64(seed);
    let partner = estate.tenant(1, "Partner", "PARTNR", true, false).await;
    let mut customers = Vec::new();
    let mut incidents = Vec::new();
    let start = app.clock.now();
    for n in 0..count {
        let base = 1_000 * (u128::from(n) + 1);
        let customer = estate.tenant(base, &format!("Customer {n:04}"), &format!("C{n:05}"), false, true).await;
        let rooms = vec![estate.room(customer, base + 1, "In").await, estate.room(customer, base + 2, "Out").await];
        estate.delegate(partner, customer, &rooms[..1], BuiltInRole::PrimaryAdmins.permissions()).await;
        for ticket in 0..random.random_range(0..6) {
            let rooms = match random.random_range(0..4) {
                0 => &rooms[1..],
                1 => &rooms[..],
                _ => &rooms[..1],
            };
            // Few moments, so that many stand at the same one.
            let at = start.minus(Duration::from_secs(random.random_range(0..5)));
            let mut new = NewIncident::new(number(&format!("C{n:05}"), ticket), customer, rooms, at);
            new.severity = Severity::ALL[random.random_range(0..4)];
            new.status =
                [IncidentStatus::NeedsAction, IncidentStatus::PendingInvestigation, IncidentStatus::Resolved, IncidentStatus::Closed]
                    [random.random_range(0..4)];
            incidents.push(new);
        }
        customers.push((customer, rooms));
    }
    estate.incidents(incidents.clone()).await;
    Big { app, partner, customers, incidents }
}

impl Big {
    fn expected(&self, customers: &[(TenantId, Vec<RoomId>)], active: bool, keep: impl Fn(&NewIncident) -> bool) -> Vec<TicketNumber> {
        let mut found: Vec<&NewIncident> = self
            .incidents
            .iter()
            .filter(|new| customers.iter().any(|(id, rooms)| *id == new.customer && new.rooms.contains(&rooms[0])))
            .filter(|new| new.status.is_active() == active && keep(new))
            .collect();
        let severity = |new: &NewIncident| if active { new.severity as i64 } else { 0 };
        found.sort_by_key(|new| (severity(new), std::cmp::Reverse(new.at), new.number));
        found.into_iter().map(|new| new.number).collect()
    }
}

#[tokio::test]
async fn r66_the_list_over_all_is_the_union_in_order_whichever_way_it_is_walked() {
    // 600 customers: the order is walked and the rest skipped. Of these, 100: picked and sorted. Of these, 10: merged.
    let big = big(600, 66).await;
    let estate = big.app.estate();
    for (n, seen) in [(0u128, 600), (1, 100), (2, 10), (3, 0)] {
        let user = estate.user(big.partner, 900 + n, "Reader").await;
        let customers = &big.customers[..seen];
        for (at, (customer, _)) in customers.iter().enumerate() {
            let assignment = 2_000_000 + n * 1_000_000 + at as u128;
            estate.assign(assignment, *customer, Some(big.partner), user, PermissionSet::of(&[Permission::TicketsView]), &[], &[]).await;
        }
        for (query, active) in [("limit=200", true), ("limit=7", true), ("tab=resolved&limit=150", false), ("tab=resolved&limit=9", false)]
        {
            if seen == 600 && query.ends_with(['7', '9']) {
                continue;
            }
            let rows = all(&big.app, &format!("/v1/incidents?{query}"), user).await;
            assert_eq!(numbers(&rows), big.expected(customers, active, |_| true), "{seen} customers, {query}");
        }
        let rows = all(&big.app, "/v1/incidents?severity=critical&severity=warning&status=needs_action&limit=50", user).await;
        let keep =
            |new: &NewIncident| matches!(new.severity, Severity::Critical | Severity::Warning) && new.status == IncidentStatus::NeedsAction;
        assert_eq!(numbers(&rows), big.expected(customers, true, keep), "{seen} customers, filtered");
        // One customer's list is its part of the union (R65).
        for (customer, rooms) in customers.iter().take(5) {
            let one = [(*customer, rooms.clone())];
            let rows = all(&big.app, &format!("/v1/customers/{customer}/incidents?limit=2"), user).await;
            assert_eq!(numbers(&rows), big.expected(&one, true, |_| true));
            let rows = all(&big.app, &format!("/v1/incidents?customer={customer}"), user).await;
            assert_eq!(numbers(&rows), big.expected(&one, true, |_| true));
        }
        if let Some((customer, _)) = big.customers.get(seen) {
            let rows = all(&big.app, &format!("/v1/incidents?customer={customer}"), user).await;
            assert!(rows.is_empty(), "a customer that is not theirs filters everything away");
        }
    }
}

struct Small {
    app: TestApp,
    partner: TenantId,
    customer: TenantId,
    rooms: Vec<RoomId>,
    tech: UserKey,
    lead: UserKey,
}

/// One customer, three rooms. The partner's technician has the first; the customer's lead has the first too.
async fn small() -> Small {
    let app = TestApp::start().await;
    let estate = app.estate();
    let partner = estate.tenant(1, "Partner", "PARTNR", true, false).await;
    let customer = estate.tenant(2, "Alpha", "ALPHAA", false, true).await;
    let mut rooms = Vec::new();
    for (n, name) in [(21, "Isar (6)"), (22, "Secret Lab"), (23, "Lech (4)")] {
        rooms.push(estate.room(customer, n, name).await);
    }
    estate.delegate(partner, customer, &rooms[..2], BuiltInRole::PrimaryAdmins.permissions()).await;
    let tech = estate.user(partner, 10, "Tech").await;
    let lead = estate.user(customer, 11, "Lead").await;
    let permissions = PermissionSet::of(&[Permission::TicketsView]);
    estate.assign(31, customer, Some(partner), tech, permissions, &rooms[..1], &[]).await;
    estate.assign(32, customer, None, lead, permissions, &rooms[..1], &[]).await;
    Small { app, partner, customer, rooms, tech, lead }
}

#[tokio::test]
async fn a23_rooms_out_of_scope_are_counted_not_named_and_answer_no_question() {
    let Small { app, customer, rooms, tech, .. } = small().await;
    let estate = app.estate();
    let shared = number("ALPHAA", 1);
    let hidden = number("ALPHAA", 2);
    estate.incident(NewIncident::new(shared, customer, &[rooms[1], rooms[0], rooms[2]], app.clock.now())).await;
    estate.incident(NewIncident::new(hidden, customer, &rooms[1..2], app.clock.now())).await;

    let rows = all(&app, "/v1/incidents", tech).await;
    assert_eq!(numbers(&rows), [shared]);
    assert_eq!(rows[0].rooms.iter().map(|room| room.name.as_str()).collect::<Vec<_>>(), ["Isar (6)"]);
    assert_eq!(rows[0].redacted_rooms, 2);
    let detail = app.get(&format!("/v1/customers/{customer}/incidents/{shared}"), tech).await;
    assert_eq!(detail.headers["etag"], "\"1\"");
    let text = String::from_utf8(detail.body.clone()).unwrap();
    assert!(!text.contains("Secret") && !text.contains(&rooms[1].to_string()), "{text}");
    let detail: Incident = detail.json();
    assert_eq!(detail.row, rows[0]);
    assert_eq!(detail.history.len(), 1);

    // Neither words nor room filters find what is not shown.
    let found = async |query: &str| all(&app, &format!("/v1/incidents?{query}"), tech).await.len();
    assert_eq!(found("q=isar").await, 1);
    assert_eq!(found("q=ISAR+alpha").await, 1, "words in any order, over room and customer");
    assert_eq!(found("q=camera").await, 1, "the signal's title");
    assert_eq!(found("q=secret").await, 0);
    assert_eq!(found(&format!("room={}", rooms[0])).await, 1);
    assert_eq!(found(&format!("room={}", rooms[1])).await, 0);
    assert_eq!(found(&format!("room={}&room={}", rooms[1], rooms[0])).await, 1);
}

#[tokio::test]
async fn a23_an_incident_without_rooms_is_for_the_customers_side_and_for_the_partner_that_recorded_it() {
    let Small { app, partner, customer, tech, lead, .. } = small().await;
    let estate = app.estate();
    let (theirs, ours) = (number("ALPHAA", 1), number("ALPHAA", 2));
    let recorded = |number, by| NewIncident {
        kind: IncidentType::CustomerReported,
        severity: Severity::Critical,
        created_by: Some(by),
        ..NewIncident::new(number, customer, &[], app.clock.now())
    };
    estate.incident(recorded(theirs, customer)).await;
    estate.incident(recorded(ours, partner)).await;
    assert_eq!(numbers(&all(&app, "/v1/incidents", tech).await), [ours]);
    assert_eq!(numbers(&all(&app, "/v1/incidents", lead).await), [theirs, ours]);
    let status = async |number| app.get(&format!("/v1/customers/{customer}/incidents/{number}"), tech).await.status;
    assert_eq!((status(ours).await, status(theirs).await), (StatusCode::OK, StatusCode::NOT_FOUND));
}

#[tokio::test]
async fn what_a_list_cannot_understand_it_refuses_in_words() {
    let Small { app, customer, tech, .. } = small().await;
    let cursor = {
        let estate = app.estate();
        for n in 0..3 {
            estate
                .incident(NewIncident::new(number("ALPHAA", n), customer, &[RoomId::from_uuid(crate::support::id(21))], app.clock.now()))
                .await;
        }
        app.get("/v1/incidents?limit=1", tech).await.json::<IncidentPage>().next_cursor.unwrap()
    };
    for query in [
        "limit=0",
        "limit=201",
        "limit=-1",
        "limit=ten",
        "limit=1&limit=2",
        "severity=grave",
        "status=open",
        "category=x",
        "type=x",
        "tab=all",
        "room=7",
        "customer=7",
        "cursor=abc",
        "cursor=",
        "sevrity=critical",
        "q=a&q=b",
        // A cursor of the other half of the list.
        &format!("tab=resolved&cursor={cursor}"),
        &format!("q={}", "x".repeat(201)),
        &format!("cursor={}", "A".repeat(5_000)),
    ] {
        let answer = app.get(&format!("/v1/incidents?{query}"), tech).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
        assert_eq!(answer.problem(), "bad-request", "{query}");
        let detail: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
        let name = query.split('=').next().unwrap().replace("tab", if query.contains("cursor") { "cursor" } else { "tab" });
        assert!(detail["detail"].as_str().unwrap().contains(&name), "{query}: {detail}");
    }
    assert_eq!(all(&app, "/v1/incidents?limit=1", tech).await.len(), 3);
}

#[tokio::test]
async fn a_cursor_gives_no_rights() {
    let Small { app, customer, rooms, tech, lead, .. } = small().await;
    let estate = app.estate();
    for n in 0..4 {
        estate.incident(NewIncident::new(number("ALPHAA", n), customer, &rooms[..1], app.clock.now())).await;
    }
    let first: IncidentPage = app.get("/v1/incidents?limit=2", lead).await.json();
    let cursor = first.next_cursor.unwrap();
    estate.unassign(31, customer, tech).await;
    let page: IncidentPage = app.get(&format!("/v1/incidents?limit=2&cursor={cursor}"), tech).await.json();
    assert!(page.items.is_empty(), "another's cursor, and no rights any more");
}

#[tokio::test]
async fn a_narrow_scope_in_a_large_customer_still_finds_its_rows_and_ends() {
    let Small { app, customer, rooms, tech, .. } = small().await;
    let estate = app.estate();
    let start = app.clock.now();
    let at = |n: u32| start.minus(Duration::from_secs(u64::from(n)));
    // One in a thousand is theirs, the last ones of the list among them; more rows than one request looks at.
    let theirs = |n: u32| n % 1_000 == 999;
    let new =
        (0..12_000).map(|n| NewIncident::new(number("ALPHAA", n), customer, if theirs(n) { &rooms[..1] } else { &rooms[1..2] }, at(n)));
    estate.incidents(new).await;
    let rows = all(&app, "/v1/incidents", tech).await;
    let expected: Vec<TicketNumber> = (0..12_000).filter(|n| theirs(*n)).map(|n| number("ALPHAA", n)).collect();
    assert_eq!(numbers(&rows), expected);
}

#[tokio::test]
async fn r72_rooms_page_by_name_and_unenrolled_ones_are_gone() {
    let Small { app, customer, rooms, lead, .. } = small().await;
    let estate = app.estate();
    estate.assign(40, customer, None, lead, PermissionSet::of(&[Permission::RoomsView]), &[], &[]).await;
    let page = async |query: &str| app.get(&format!("/v1/customers/{customer}/rooms?{query}"), lead).await.json::<RoomPage>();
    let first = page("limit=2").await;
    let names: Vec<&str> = first.items.iter().map(|room| room.display_name.as_str()).collect();
    assert_eq!(names, ["Isar (6)", "Lech (4)"]);
    assert_eq!(first.counters.managed, 3, "over all rooms, not over the page");
    let second = page(&format!("limit=2&cursor={}", first.next_cursor.unwrap())).await;
    assert_eq!(second.items.len(), 1);
    assert_eq!(second.next_cursor, None);
    estate.unenrol(rooms[1]).await;
    let after = page("").await;
    assert_eq!((after.items.len(), after.counters.managed), (2, 2));
    let gone = app.get(&format!("/v1/customers/{customer}/rooms/{}", rooms[1]), lead).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn tenants_page_by_name_and_a2_expired_invitations_are_gone() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let partner = estate.tenant(1, "Partner", "PARTNR", true, false).await;
    let manager = estate.user(partner, 10, "Manager").await;
    estate.portal_role(manager, tenantry_model::tenancy::PortalRole::TenantManager).await;
    let expiry: Timestamp = app.clock.now().plus(Duration::from_secs(3_600));
    for n in 0..7u32 {
        let customer = estate.tenant(100 + u128::from(n), &format!("Customer {n}"), &format!("C{n:05}"), false, true).await;
        if n % 2 == 0 {
            estate.delegate(partner, customer, &[], PermissionSet::NONE).await;
        } else {
            estate.invite(200 + u128::from(n), customer, partner, expiry).await;
        }
    }
    let walk = async || {
        let mut names = Vec::new();
        let mut cursor = String::new();
        loop {
            let page: Page<TenantRow> = app.get(&format!("/v1/tenants?limit=2{cursor}"), manager).await.json();
            assert!(page.items.len() <= 2);
            assert!(page.items.iter().all(|row| row.domains.len() == 1));
            names.extend(page.items.into_iter().map(|row| row.display_name));
            match page.next_cursor {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return names,
            }
        }
    };
    let seven: Vec<String> = (0..7).map(|n| format!("Customer {n}")).collect();
    assert_eq!(walk().await, seven);
    app.clock.advance(Duration::from_secs(3_600));
    let active: BTreeSet<String> = seven.into_iter().step_by(2).collect();
    assert_eq!(walk().await.into_iter().collect::<BTreeSet<_>>(), active);
}
