//! Events of rooms: who reads them, and the issues that are recorded for them (R113).

use std::time::Duration;

use http::{Method, StatusCode};
use serde_json::{Value, json};
use tenantry_model::api::room_events::{CallProblem, IssueEvents, ReportedEvent, RoomEvent, RoomEventKind, RoomEventPage};
use tenantry_model::id::RoomEventId;
use tenantry_model::permission::Permission;
use tenantry_model::room::{Health, Room};
use tenantry_model::time::Clock;
use tenantry_service::domain::ingest::events;
use tenantry_service::domain::timed_work;
use tenantry_service::random::SeededRandom;
use tenantry_test_kit::Change;

use super::World;
use crate::support::{Answer, id};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn call(n: u128) -> ReportedEvent {
    ReportedEvent {
        id: id(n),
        at: tenantry_model::time::Timestamp::from_micros(i64::MAX),
        kind: RoomEventKind::PoorCall,
        problem: Some(CallProblem::Audio),
        duration_s: Some(600),
        participants: Some(4),
        packet_loss_percent: None,
        text: None,
    }
}

impl World {
    /// The room's device reports them, now; their ids here, in this order.
    async fn happens(&self, room: &str, reported: Vec<ReportedEvent>) -> Vec<RoomEventId> {
        let before = self.events("chief", room).await;
        let mut tx = self.app.store.write().await.unwrap();
        let random = SeededRandom::new(u64::try_from(reported[0].id.as_u128() % 1_000).unwrap());
        events::keep(&mut tx, self.room(room), events::checked(reported).unwrap(), &random).await.unwrap();
        tx.commit().await.unwrap();
        let mut new: Vec<_> = self.events("chief", room).await.into_iter().map(|event| event.id).collect();
        new.retain(|id| !before.iter().any(|event| event.id == *id));
        new
    }

    async fn events(&self, who: &str, room: &str) -> Vec<RoomEvent> {
        self.get(who, &format!("{}/events", self.room_path(room))).await.json::<RoomEventPage>().items
    }

    async fn flags(&self, who: &str, rooms: &[&str], events: &[RoomEventId]) -> Answer {
        let rooms: Vec<_> = rooms.iter().map(|room| self.room(room)).collect();
        let body = json!({ "description": "Schlechter Ton", "rooms": rooms, "events": events });
        self.post(who, &format!("/v1/customers/{}/incidents", self.alpha), body).await
    }

    fn issue_at(&self, recorded: &Answer) -> String {
        format!("/v1/customers/{}/incidents/{}", self.alpha, recorded.value()["number"].as_str().unwrap())
    }
}

#[tokio::test]
async fn r113_events_are_information_and_become_an_issue_once_somebody_flags_them() {
    let world = World::related().await;
    let list = format!("/v1/customers/{}/incidents?tab=active", world.alpha);
    let before: Value = world.get("chief", &list).await.json();
    let health = async || world.get("chief", &world.room_path("a2")).await.json::<Room>();
    let (room_before, marks) = (health().await, world.app.store.horizon().await.unwrap());
    let flagged = world.happens("a2", vec![call(1), call(2)]).await;
    assert_eq!(world.get("chief", &list).await.json::<Value>(), before, "no incident");
    assert_eq!((health().await, world.app.store.horizon().await.unwrap()), (room_before, marks), "no change of the room, and no sync");

    let recorded = world.flags("ann", &["a2"], &[flagged[0], flagged[0]]).await;
    assert_eq!(recorded.status, StatusCode::CREATED, "{recorded:?}");
    let number = recorded.value()["number"].as_str().unwrap().to_owned();
    assert_eq!(health().await.health, Health::Unhealthy, "R84");
    assert_eq!(world.last_work("chief").await, format!("Incident Create Successful {number}, by ann"));
    // Both sides see which issue it became part of, and the issue says which events.
    for who in ["ann", "chief"] {
        let named: Vec<_> = world.events(who, "a2").await.iter().map(|event| event.issue.map(|it| it.to_string())).collect();
        assert_eq!(named, [Some(number.clone()), None], "{who}");
        let of_issue: IssueEvents = world.get(who, &format!("{}/events", world.issue_at(&recorded))).await.json();
        assert_eq!(of_issue.events.iter().map(|event| event.id).collect::<Vec<_>>(), [flagged[0]], "{who}");
    }
    let of_signal = format!("/v1/customers/{}/incidents/ALPHAA-000001/events", world.alpha);
    assert_eq!(world.get("ann", &of_signal).await.json::<IssueEvents>().events, [], "another incident has none");
    assert_eq!(world.flags("ann", &["a2"], &[flagged[1], flagged[0]]).await.fields(), ["#/events/1 event-taken"]);
    assert_eq!(world.events("ann", "a2").await[1].issue, None, "nothing of what was refused is kept");
}

#[tokio::test]
async fn r113_what_is_flagged_must_be_seen_and_of_the_issues_rooms() {
    let world = World::related().await;
    let [one] = world.happens("a1", vec![call(1)]).await[..] else { panic!("one") };
    let [two] = world.happens("a2", vec![call(2)]).await[..] else { panic!("one") };
    let [hidden] = world.happens("a3", vec![call(3)]).await[..] else { panic!("one") };
    let elsewhere = async || {
        let mut tx = world.app.store.write().await.unwrap();
        events::keep(&mut tx, world.room("b1"), vec![call(4)], &SeededRandom::new(4)).await.unwrap();
        tx.commit().await.unwrap();
        let path = format!("/v1/customers/{}/rooms/{}/events", world.beta, world.room("b1"));
        world.get("boss", &path).await.json::<RoomEventPage>().items[0].id
    };
    let (elsewhere, unknown) = (elsewhere().await, RoomEventId::from_uuid(id(987_654)));
    // Of a room that the issue does not name, not delegated, another customer's, and no event at all: told apart by nothing but the id that was named.
    let mut answers = vec![];
    for event in [two, hidden, elsewhere, unknown] {
        let answer = world.flags("ann", &["a1"], &[one, event]).await;
        assert_eq!(answer.fields(), ["#/events/1 event-unknown"]);
        answers.push(answer.value().to_string().replace(&event.to_string(), "EVENT"));
    }
    let alike = |answer: &String| answer.split("requestId").next().unwrap().to_owned();
    assert!(answers.iter().all(|answer| alike(answer) == alike(&answers[0])), "{answers:#?}");
    let many: Vec<RoomEventId> = (0..51).map(|n| RoomEventId::from_uuid(id(5_000 + n))).collect();
    assert_eq!(world.flags("ann", &["a1"], &many).await.fields(), ["#/events events-too-many"]);
    // Whoever may record, but not see the room, names nothing of it.
    world.role("ann", world.alpha, "Reception", &[Permission::IncidentsCreate], &["cleo"], json!({ "kind": "all" })).await;
    assert_eq!(world.flags("cleo", &["a1"], &[one]).await.fields(), ["#/events/0 event-unknown"]);
    assert_eq!(world.flags("cleo", &["a1"], &[]).await.status, StatusCode::CREATED);
    assert_eq!(world.flags("ann", &["a1", "a2"], &[one, two]).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn r113_a_form_that_is_sent_again_records_no_second_issue_of_its_events() {
    let world = World::related().await;
    let flagged = world.happens("a1", vec![call(1)]).await;
    let body = json!({ "description": "x", "rooms": [world.room("a1")], "events": flagged });
    let path = format!("/v1/customers/{}/incidents", world.alpha);
    let send = async || world.send("ann", Method::POST, &path, &[("idempotency-key", "form-1")], Some(body.clone())).await;
    let (first, again) = (send().await, send().await);
    assert_eq!((first.status, first.value()), (StatusCode::CREATED, again.value()));
}

#[tokio::test]
async fn a23_r57_an_events_issue_and_an_issues_events_are_told_to_who_sees_both() {
    let world = World::related().await;
    let one = world.happens("a1", vec![call(1)]).await;
    let three = world.happens("a3", vec![call(3)]).await;
    let recorded = world.flags("chief", &["a1", "a3"], &[one[0], three[0]]).await;
    let of_issue = format!("{}/events", world.issue_at(&recorded));
    let events = async |who: &str| world.get(who, &of_issue).await.json::<IssueEvents>().events.len();
    assert_eq!((events("chief").await, events("ann").await), (2, 1), "a3 is not delegated");
    world.role("ann", world.alpha, "Lookers", &[Permission::RoomsView], &["cleo"], world.scope(&["a1"])).await;
    let seen = &world.events("cleo", "a1").await[0];
    assert_eq!((seen.issue, seen.taken), (None, true), "rooms, and no incidents: taken, and not by which issue");
    world.get("cleo", &of_issue).await.hidden("rooms, and no incidents");
    world.role("ann", world.alpha, "Incidents", &[Permission::TicketsView], &["ben"], world.scope(&["a1"])).await;
    assert_eq!(events("ben").await, 1, "incidents alone: what an issue is about is part of it");
    world.get("ben", &format!("{}/events", world.room_path("a1"))).await.hidden("incidents alone");

    // The issue leaves the room: its event may be flagged again.
    let path = world.issue_at(&recorded);
    let version = world.get("chief", &path).await.value()["row"]["version"].as_u64().unwrap();
    world.patch("chief", &path, version, json!({ "rooms": [world.room("a3")] })).await.ok("the room goes");
    let left = &world.events("ann", "a1").await[0];
    assert_eq!((left.issue, left.taken), (None, false));
    assert_eq!(world.flags("ann", &["a1"], &one).await.status, StatusCode::CREATED);
    world.apply(vec![Change::UnenrolRoom { room: world.room("a1") }]).await;
    world.get("ann", &format!("{}/events", world.room_path("a1"))).await.hidden("no longer managed (R68)");
}

#[tokio::test]
async fn r113_events_are_listed_in_pages_and_forgotten_after_90_days() {
    let world = World::related().await;
    for n in 1..=5 {
        world.app.clock.advance(Duration::from_secs(60));
        world.happens("a1", vec![call(n)]).await;
    }
    let path = format!("{}/events", world.room_path("a1"));
    let (mut seen, mut cursor) = (vec![], None);
    loop {
        let next = cursor.map(|cursor: String| format!("&cursor={cursor}")).unwrap_or_default();
        let page: RoomEventPage = world.get("ann", &format!("{path}?limit=2{next}")).await.json();
        assert!(page.items.len() <= 2);
        seen.extend(page.items);
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen, world.events("ann", "a1").await);
    assert!(seen.len() == 5 && seen.is_sorted_by(|a, b| a.at > b.at));
    world.get("ann", &format!("{path}?cursor=garbled")).await.bad("garbled");
    world.get("ann", &format!("{path}?kind=poor_call")).await.bad("a parameter that it does not have");

    // The issue keeps its event while it is open, and for 90 days after it was closed.
    let recorded = world.flags("ann", &["a1"], &[seen[4].id]).await;
    let path = world.issue_at(&recorded);
    let of_issue = async || world.get("ann", &format!("{path}/events")).await.json::<IssueEvents>().events.len();
    let later = async |by: Duration| {
        world.app.clock.advance(by);
        timed_work::tick(&world.app.store, &SeededRandom::new(1)).await.unwrap();
    };
    later(90 * DAY - seen[0].at.since(seen[3].at)).await;
    assert_eq!((world.events("ann", "a1").await.len(), of_issue().await), (4, 1), "the fifth is older, and kept for its issue");
    assert_eq!(world.app.clock.now(), seen[3].at.plus(90 * DAY));
    let version = world.get("ann", &path).await.value()["row"]["version"].as_u64().unwrap();
    let tag = format!("\"{version}\"");
    let close = json!({ "reason": "other", "comment": "Kabel" });
    world.send("ann", Method::POST, &format!("{path}/close"), &[("if-match", &tag)], Some(close)).await.ok("closed");
    later(90 * DAY).await;
    assert_eq!(of_issue().await, 1);
    later(Duration::from_secs(1)).await;
    assert_eq!(of_issue().await, 0);
}
