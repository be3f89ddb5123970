//! Reports: over which rooms they are, what devices report for them, and what they say (R91–R99, A22).

use std::time::Duration;

use http::StatusCode;
use serde_json::{Value, json};
use tenantry_model::api::reports::{ExportPage, HealthReport, OverviewReport, UsageReport};
use tenantry_model::api::usage::{CallQuality, ReportedCall, ReportedMeeting, RoomUsage};
use tenantry_model::id::RoomId;
use tenantry_model::permission::Permission;
use tenantry_model::report::{ReportCategory, Share};
use tenantry_model::time::{Clock, Timestamp};
use tenantry_service::domain::ingest::usage;
use tenantry_service::domain::timed_work;
use tenantry_service::random::SeededRandom;
use tenantry_test_kit::Change;

use super::World;
use crate::support::id;

fn at(text: &str) -> Timestamp {
    format!("2026-03-{text}:00Z").parse().unwrap()
}

fn booked(n: u128, from: &str, until: &str, teams_link: bool) -> ReportedMeeting {
    ReportedMeeting { id: id(n), start: at(from), end: at(until), booked: true, teams_link }
}

fn call(n: u128, from: &str, quality: CallQuality) -> ReportedCall {
    ReportedCall { id: id(n), start: at(from), end: at(from).plus(Duration::from_secs(600)), quality }
}

impl World {
    /// What its device reports.
    async fn used(&self, room: &str, meetings: Vec<ReportedMeeting>, calls: Vec<ReportedCall>) {
        let mut tx = self.app.store.write().await.unwrap();
        usage::keep(&mut tx, self.room(room), &usage::checked(RoomUsage { meetings, calls }).unwrap()).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// It is then, and what fell due was done.
    async fn becomes(&self, then: &str) {
        // Their devices say nothing in these tests: that is to be no incident.
        let quiet = |room: &str| Change::SuppressRoom { room: self.room(room), suppressed: true };
        self.apply(["a1", "a2", "a3"].map(quiet).into()).await;
        self.app.clock.advance(at(then).since(self.app.clock.now()));
        timed_work::tick(&self.app.store, &SeededRandom::new(1)).await.unwrap();
    }

    fn report(&self, what: &str) -> String {
        format!("/v1/customers/{}/reports/{what}", self.alpha)
    }

    async fn overview(&self, who: &str, question: &str) -> OverviewReport {
        self.get(who, &format!("{}{question}", self.report("overview"))).await.json()
    }

    async fn fared(&self, who: &str) -> HealthReport {
        self.get(who, &self.report("health")).await.json()
    }

    async fn usage(&self, who: &str) -> UsageReport {
        self.get(who, &self.report("usage")).await.json()
    }

    /// A room of Alpha more, without incidents.
    async fn new_room(&self, n: u128, name: &str, onboarding: bool) -> RoomId {
        let room = RoomId::from_uuid(id(n));
        let (host_name, account) = (Some(format!("HOST-{name}")), Some(format!("{name}@rooms.example")));
        let new = Change::CreateRoom { id: room, customer: self.alpha, display_name: name.to_owned(), host_name, account, onboarding };
        self.apply(vec![new, Change::SuppressRoom { room, suppressed: true }]).await;
        room
    }
}

fn names(report: &HealthReport) -> Vec<&str> {
    report.rooms.iter().map(|room| room.name.as_str()).collect()
}

#[tokio::test]
async fn a22_r92_a_report_is_over_the_rooms_of_its_reader_alone_and_onboarding_ones_are_in_none() {
    let world = World::related().await;
    world.new_room(81, "a10", false).await;
    world.new_room(82, "a9", false).await;
    world.new_room(83, "new", true).await;
    world.used("a1", vec![booked(1, "03T06:00", "03T08:00", true)], vec![call(2, "03T06:00", CallQuality::Good)]).await;
    world.used("a3", vec![booked(3, "03T00:00", "03T08:00", false)], vec![call(4, "03T06:00", CallQuality::Poor)]).await;
    world.becomes("04T12:00").await;

    let all = world.overview("chief", "").await;
    assert_eq!((all.period.from.to_string(), all.period.to.to_string()), ("2026-02-25".into(), "2026-03-03".into()), "R93: seven days");
    // The third is the first day on which they were managed from its beginning; a1, a2 and a3 have had an incident since the second.
    assert_eq!((all.rooms, all.healthy), (5, Share::of(2, 5)));
    assert_eq!((all.utilisation, all.booked_online, all.good_calls), (Share::of(600, 5 * 7 * 480), Share::of(1, 2), Share::of(1, 2)));
    assert_eq!(names(&world.fared("chief").await), ["a1", "a2", "a3", "a9", "a10"], "sorted as readers do");

    let theirs = world.overview("ann", "").await;
    assert_eq!((theirs.rooms, theirs.healthy), (2, Share::of(0, 2)));
    assert_eq!(
        (theirs.utilisation, theirs.booked_online, theirs.good_calls),
        (Share::of(120, 2 * 7 * 480), Share::of(1, 1), Share::of(1, 1))
    );
    assert_eq!(names(&world.fared("ann").await), ["a1", "a2"]);
    let sum = |report: &OverviewReport| report.categories.iter().map(|it| it.incidents).sum::<u32>();
    assert_eq!((sum(&all), sum(&theirs)), (3, 2));
    let csv = String::from_utf8(world.get("ann", &world.report("rooms")).await.body).unwrap();
    assert!(
        csv.starts_with("Room,Healthy days,Days,") && csv.lines().count() == 3 && csv.contains("a1,0,1,") && !csv.contains("a3"),
        "{csv}"
    );

    // Nothing of what is beyond their scope moves a number.
    let before: Value = world.get("ann", &world.report("usage")).await.json();
    world.used("a3", vec![booked(5, "03T18:00", "03T19:00", true)], vec![]).await;
    assert_eq!(world.get("ann", &world.report("usage")).await.json::<Value>(), before);
    assert_ne!(world.overview("chief", "").await.utilisation, all.utilisation);
    world.get("ben", &world.report("overview")).await.hidden("a primary admin of another customer");
    world.role("ann", world.alpha, "Lookers", &[Permission::RoomsView, Permission::TicketsView], &["cleo"], json!({ "kind": "all" })).await;
    world.get("cleo", &world.report("overview")).await.hidden("rooms and incidents, and no reports");
}

#[tokio::test]
async fn a22_a_group_narrows_a_report_to_its_rooms_for_who_may_see_it() {
    let world = World::related().await;
    world.becomes("04T12:00").await;
    let of_floor = format!("?group={}", world.floor);
    assert_eq!(world.overview("chief", &of_floor).await.rooms, 2);
    assert_eq!(world.overview("ann", &of_floor).await.rooms, 1, "a3 is not delegated");
    let lookers = [Permission::ReportsView, Permission::GroupsView];
    world.role("ann", world.alpha, "Groups", &lookers, &["ben"], json!({ "kind": "all" })).await;
    assert_eq!(world.overview("ben", "").await.rooms, 2);
    assert_eq!(world.overview("ben", &of_floor).await.rooms, 0, "no rooms.view: the group's own page counts none either");
    world.role("ann", world.alpha, "Reports", &[Permission::ReportsView], &["cleo"], json!({ "kind": "all" })).await;
    assert_eq!(world.overview("cleo", "").await.rooms, 2);
    let path = |group: String| format!("{}?group={group}", world.report("overview"));
    world.get("cleo", &path(world.floor.to_string())).await.hidden("no groups.view");
    world.get("chief", &path(id(987_654).to_string())).await.hidden("no such group");
}

#[tokio::test]
async fn r91_r92_daily_health_is_computed_once_the_day_is_over_in_utc_and_catches_up() {
    let world = World::related().await;
    world.new_room(81, "a9", false).await;
    world.becomes("03T23:59").await;
    let healthy = async || world.overview("chief", "").await.healthy;
    assert_eq!(healthy().await, Share::of(0, 0), "the third is not over, and on the second nobody was managed from its beginning");
    world.becomes("04T00:00").await;
    assert_eq!(healthy().await, Share::of(1, 4));
    let report = world.fared("chief").await;
    let a1 = &report.rooms[0];
    assert_eq!((a1.troubled_min, a1.unhealthy.len(), a1.healthy), (16 * 60, 1, Share::of(0, 1)), "from five to nine");
    // Nobody looked for three days, and then twice.
    world.becomes("07T06:00").await;
    let caught_up = healthy().await;
    assert_eq!(caught_up, Share::of(4, 16));
    timed_work::tick(&world.app.store, &SeededRandom::new(1)).await.unwrap();
    assert_eq!(healthy().await, caught_up);
    assert_eq!(world.overview("chief", "").await.history.len(), 90, "R93");
}

#[tokio::test]
async fn r97_a_day_of_usage_counts_once_it_is_over_where_the_room_is() {
    let world = World::related().await;
    world.becomes("03T12:00").await;
    world.used("a1", vec![booked(1, "03T23:30", "04T01:30", true)], vec![]).await;
    // Across midnight in Berlin; what is reported of the next day afterwards keeps its part there.
    world.used("a2", vec![booked(2, "02T22:00", "03T00:00", false)], vec![]).await;
    world.used("a2", vec![booked(3, "03T09:00", "03T09:30", false)], vec![]).await;
    world.becomes("05T12:00").await;
    let usage = world.usage("ann").await;
    let a1 = &usage.rooms[0];
    assert_eq!(
        (a1.utilisation, a1.booked_online),
        (Share::of(120, 7 * 480), Share::of(1, 1)),
        "counted where it begins, and timed where it lies"
    );
    let by_day: Vec<(String, u64)> =
        usage.days.iter().map(|day| (day.day.to_string(), day.utilisation.part)).filter(|(_, part)| *part > 0).collect();
    let expected = [("2026-03-02", 60), ("2026-03-03", 60 + 30), ("2026-03-04", 120)];
    assert_eq!(by_day, expected.map(|(day, minutes)| (day.to_owned(), minutes)));
}

#[tokio::test]
async fn r94_r95_r96_health_names_categories_who_held_incidents_and_meetings_that_met_one() {
    let world = World::related().await;
    let meetings =
        vec![booked(1, "02T09:00", "02T10:00", true), booked(2, "04T09:00", "04T10:00", false), booked(3, "02T06:00", "02T07:00", true)];
    let hand = |status: &str| json!({ "setIncidentStatus": { "number": "ALPHAA-000001", "status": status } });
    let bed = crate::support::Bed::of(&world.app);
    world.becomes("03T10:00").await;
    world.used("a1", meetings, vec![]).await;
    bed.change(hand("assigned_to_service")).await;
    world.becomes("05T12:00").await;
    let health = world.fared("ann").await;
    let count = |category| health.categories.iter().find(|it| it.category == category).unwrap().incidents;
    assert_eq!((count(ReportCategory::Peripherals), count(ReportCategory::Audio)), (2, 0));
    let held: Vec<_> = health.held.iter().rev().take(3).map(|day| (day.day.to_string(), day.helpdesk, day.service)).collect();
    assert_eq!(held, [("2026-03-04".into(), 1, 1), ("2026-03-03".into(), 1, 1), ("2026-03-02".into(), 2, 0)]);
    let met: Vec<_> = health.impacted.iter().map(|it| (it.start, it.incident.map(|it| it.to_string()))).collect();
    let number = Some("ALPHAA-000001".to_owned());
    assert_eq!(met, [(at("04T09:00"), number.clone()), (at("02T09:00"), number)], "not the one that was over before");
    assert_eq!(health.impacted_count, 2);
    world.role("ann", world.alpha, "Reports", &[Permission::ReportsView], &["cleo"], json!({ "kind": "all" })).await;
    let seen = world.fared("cleo").await;
    assert_eq!((seen.impacted_count, seen.impacted[0].incident), (2, None), "no tickets.view: what it was about, and not which");
}

#[tokio::test]
async fn r99_incidents_are_exported_in_pages_as_far_as_their_reader_sees_them() {
    let world = World::related().await;
    world.becomes("04T12:00").await;
    let path = world.report("incidents");
    let all: ExportPage = world.get("chief", &path).await.json();
    let numbers = |page: &ExportPage| page.items.iter().map(|it| it.id.to_string()).collect::<Vec<_>>();
    assert_eq!(numbers(&all), ["ALPHAA-000001", "ALPHAA-000002", "ALPHAA-000003"]);
    let value: Value = world.get("chief", &path).await.json();
    let fields: Vec<&String> = value["items"][0].as_object().unwrap().keys().collect();
    let mut expected = [
        "id",
        "created",
        "devices",
        "type",
        "category",
        "severity",
        "state",
        "lastUpdate",
        "history",
        "serviceNowNumber",
        "lastResolved",
        "closureReason",
        "closedBy",
        "lastClosed",
    ];
    expected.sort_unstable();
    assert_eq!(fields, expected);
    assert_eq!(value["items"][0]["devices"][0]["hostName"], "HOST-a1");
    let first: ExportPage = world.get("ann", &format!("{path}?limit=1")).await.json();
    let second: ExportPage = world.get("ann", &format!("{path}?limit=1&cursor={}", first.next_cursor.clone().unwrap())).await.json();
    assert_eq!((numbers(&first), numbers(&second), second.next_cursor), (vec!["ALPHAA-000001".into()], vec!["ALPHAA-000002".into()], None));
    world.role("ann", world.alpha, "Reports", &[Permission::ReportsView], &["cleo"], json!({ "kind": "all" })).await;
    assert_eq!(numbers(&world.get("cleo", &path).await.json()), Vec::<String>::new(), "no tickets.view");
    world.get("ann", &format!("{path}?cursor=x")).await.bad("garbled");
}

#[tokio::test]
async fn r93_reports_reach_back_ninety_days_and_say_what_may_be_asked_for() {
    let world = World::related().await;
    let path = world.report("usage");
    for (question, says) in [
        ("?days=8", "days: 7, 30 or 90"),
        ("?days=30&from=2026-03-01&to=2026-03-01", "days: leave it out"),
        ("?from=2026-02-01", "to: name the last day"),
        ("?to=2026-02-01", "from: name the first day"),
        ("?from=2025-12-01&to=2026-02-01", "reports reach back 90 days; choose 2025-12-02"),
        ("?from=2026-03-01&to=2026-03-02", "is not over yet in UTC; choose 2026-03-01"),
        ("?from=2026-02-02&to=2026-02-01", "exchange the two"),
        ("?group=x", "group"),
        ("?nonsense=1", "nonsense"),
    ] {
        let answer = world.get("ann", &format!("{path}{question}")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{question}");
        assert!(answer.value()["detail"].as_str().unwrap().contains(says), "{question}: {answer:?}");
    }
    for question in ["", "?days=7", "?days=30", "?days=90", "?from=2025-12-02&to=2026-03-01"] {
        assert_eq!(world.get("ann", &format!("{path}{question}")).await.status, StatusCode::OK, "{question}");
    }
    world.get("ben", &format!("{path}?nonsense=1")).await.hidden("how to ask is no business of those who may not");
}
