//! Working on incidents: recorded, answered, edited, closed (R81–R89, A10, A23).

use http::{Method, StatusCode};
use serde_json::{Value, json};
use tenantry_model::incident::{ClosureReason, Incident, IncidentStatus};
use tenantry_model::permission::Permission;
use tenantry_model::room::{Health, Room};
use tenantry_model::sync::SyncLine;

use super::World;

fn all() -> Value {
    json!({ "kind": "all" })
}

impl World {
    async fn records_issue(&self, who: &str, body: Value) -> crate::support::Answer {
        self.post(who, &format!("/v1/customers/{}/incidents", self.alpha), body).await
    }

    /// Records one, and answers where it is read.
    async fn issue(&self, who: &str, rooms: &[&str]) -> String {
        let rooms: Vec<_> = rooms.iter().map(|room| self.room(room)).collect();
        let answer = self.records_issue(who, json!({ "description": "No sound", "rooms": rooms })).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
        format!("/v1/customers/{}/incidents/{}", self.alpha, answer.value()["number"].as_str().unwrap())
    }

    async fn incident(&self, who: &str, path: &str) -> Incident {
        self.get(who, path).await.json()
    }

    async fn closes(&self, who: &str, path: &str, version: u64, body: Value) -> crate::support::Answer {
        let headers = [("if-match", format!("\"{version}\""))];
        let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.send(who, Method::POST, &format!("{path}/close"), &headers, Some(body)).await
    }

    async fn health(&self, room: &str) -> Health {
        let room: Room = self.get("chief", &self.room_path(room)).await.json();
        room.health
    }
}

#[tokio::test]
async fn r83_r84_r89_a_partner_records_an_issue_and_its_rooms_are_unhealthy_until_it_is_closed() {
    let world = World::related().await;
    // A right without the other rights suffices (A10).
    world.role("ann", world.alpha, "Reception", &[Permission::IncidentsCreate], &["cleo"], all()).await;
    let body = json!({ "description": " Kein Ton\r\nseit heute ", "rooms": [world.room("a1")], "highImpactReason": "Vorstand" });
    let answer = world.records_issue("cleo", body).await;
    assert_eq!((answer.status, answer.value()["version"].as_u64()), (StatusCode::CREATED, Some(1)));
    let path = format!("/v1/customers/{}/incidents/{}", world.alpha, answer.value()["number"].as_str().unwrap());
    let recorded = world.incident("ann", &path).await;
    assert_eq!(
        (recorded.description.as_str(), recorded.high_impact, recorded.row.status),
        ("Kein Ton\nseit heute", true, IncidentStatus::NeedsAction)
    );
    assert_eq!(recorded.high_impact_reason.as_deref(), Some("Vorstand"));
    assert_eq!(world.last_work("chief").await, format!("Incident Create Successful {}, by cleo", recorded.row.number));
    assert_eq!(world.health("a1").await, Health::Unhealthy);

    let closed = world.closes("ann", &path, 1, json!({ "reason": "physical_issue", "comment": " Kabel " })).await;
    assert_eq!((closed.status, closed.value()["version"].as_u64()), (StatusCode::OK, Some(2)));
    let closed = world.incident("ann", &path).await;
    assert_eq!((closed.row.status, closed.closed_by.as_deref()), (IncidentStatus::Closed, Some("ann")));
    assert_eq!((closed.closure_reason, closed.closure_comment.as_deref()), (Some(ClosureReason::PhysicalIssue), Some("Kabel")));
    assert_eq!(world.last_work("chief").await, format!("Incident Update Successful {}, by ann", recorded.row.number));
}

#[tokio::test]
async fn r83_what_cannot_be_recorded_is_refused_at_its_field() {
    let world = World::related().await;
    let (a1, a3, b1) = (world.room("a1"), world.room("a3"), world.room("b1"));
    let unknown = tenantry_model::id::RoomId::from_uuid(crate::support::id(987_654));
    let many: Vec<_> = (0..201).map(|n| tenantry_model::id::RoomId::from_uuid(crate::support::id(5_000 + n))).collect();
    let refusals = [
        (json!({ "description": "" }), "#/description text-empty"),
        (json!({ "description": " \n " }), "#/description text-empty"),
        (json!({ "description": "x".repeat(4_001), "rooms": [a1] }), "#/description text-too-long"),
        (json!({ "description": "a\u{7}b", "rooms": [a1] }), "#/description text-invalid"),
        (json!({ "description": "x", "rooms": [a1], "highImpactReason": " " }), "#/highImpactReason text-empty"),
        (json!({ "description": "x", "rooms": [a1], "highImpactReason": "x".repeat(1_001) }), "#/highImpactReason text-too-long"),
        (json!({ "description": "x", "rooms": many }), "#/rooms rooms-too-many"),
        // Not delegated, another customer's, and none at all: told apart by nothing.
        (json!({ "description": "x", "rooms": [a1, a3] }), "#/rooms room-unknown"),
        (json!({ "description": "x", "rooms": [b1] }), "#/rooms room-unknown"),
        (json!({ "description": "x", "rooms": [unknown] }), "#/rooms room-unknown"),
    ];
    for (body, field) in refusals {
        let answer = world.records_issue("ann", body.clone()).await;
        answer.bad(field);
        assert_eq!(answer.fields(), [field], "{body}");
    }
    for body in
        [json!({}), json!({ "description": 7 }), json!({ "description": "x", "rooms": "a1" }), json!({ "description": "x", "number": 1 })]
    {
        world.records_issue("ann", body.clone()).await.bad(&body.to_string());
    }
    // Whose right covers some rooms only names them.
    let some = world.scope(&["a1"]);
    world.role("ann", world.alpha, "Reception", &[Permission::IncidentsCreate], &["cleo"], some).await;
    let answer = world.records_issue("cleo", json!({ "description": "x" })).await;
    assert_eq!(answer.fields(), ["#/rooms rooms-must-be-named"]);
    assert_eq!(world.records_issue("cleo", json!({ "description": "x", "rooms": [a1] })).await.status, StatusCode::CREATED);
    world.records_issue("nemo", json!({ "description": "x" })).await.hidden("no right at all");
    let longest = json!({ "description": "ä".repeat(4_000), "rooms": [a1, a1] });
    assert_eq!(world.records_issue("ann", longest).await.status, StatusCode::CREATED, "as long as may be");
}

#[tokio::test]
async fn a23_an_issue_without_rooms_is_worked_on_by_its_own_side_alone() {
    let world = World::related().await;
    let theirs = world.issue("chief", &[]).await;
    let message = json!({ "text": "Seen" });
    world.post("ann", &format!("{theirs}/messages"), message.clone()).await.hidden("the customer's own");
    world.closes("ann", &theirs, 1, json!({ "reason": "unknown" })).await.hidden("the customer's own");
    world.patch("ann", &theirs, 1, json!({ "description": "y" })).await.hidden("the customer's own");
    let ours = world.issue("ann", &[]).await;
    world.post("ann", &format!("{ours}/messages"), message.clone()).await.ok("the partner's own");
    world.post("chief", &format!("{ours}/messages"), message).await.ok("and the customer's");
}

#[tokio::test]
async fn r81_r82_a_message_goes_to_any_incident_and_moves_it_only_where_it_says_so() {
    let world = World::related().await;
    let path = world.incident_path("a1");
    let post = async |body: Value| world.post("ann", &format!("{path}/messages"), body).await;
    assert_eq!(post(json!({ "text": "First\u{202e}" })).await.status, StatusCode::CREATED);
    assert_eq!(world.incident("ann", &path).await.row.status, IncidentStatus::NeedsAction, "a message alone moves nothing");
    let handed = post(json!({ "text": "Over to you", "assignTo": "service" })).await;
    let incident = world.incident("ann", &path).await;
    assert_eq!((incident.row.status, Some(incident.row.version)), (IncidentStatus::AssignedToService, handed.value()["version"].as_u64()));
    assert_eq!((incident.messages[0].author.as_deref(), incident.messages[0].assigned_to_service), (Some("ann"), true));
    post(json!({ "text": "Back to us", "assignTo": "helpdesk" })).await.ok("back");
    let incident = world.incident("ann", &path).await;
    assert_eq!((incident.row.status, incident.row.messages), (IncidentStatus::NeedsAction, 3));
    for (body, field) in [
        (json!({ "text": "" }), "#/text text-empty"),
        (json!({ "text": "x".repeat(10_001) }), "#/text text-too-long"),
        (json!({ "text": "\u{0}" }), "#/text text-invalid"),
    ] {
        assert_eq!(post(body).await.fields(), [field]);
    }
    post(json!({ "text": "x", "assignTo": "nobody" })).await.bad("no such side");
    assert_eq!(world.incident("ann", &path).await.row.messages, 3, "what was refused left nothing");
    // The log says that there was a message, and never which.
    let record = world.worked("chief").await.into_iter().rfind(|it| it.detail.iter().any(|it| it.field == "messages")).unwrap();
    assert!(!serde_json::to_string(&record).unwrap().contains("Back to us"));

    let issue = world.issue("ann", &["a1"]).await;
    world.closes("ann", &issue, 1, json!({ "reason": "unknown" })).await.ok("close");
    world.post("ann", &format!("{issue}/messages"), json!({ "text": "Once more" })).await.ok("closed ones take messages (R82)");
    let answer = world.post("ann", &format!("{issue}/messages"), json!({ "text": "Yours", "assignTo": "service" })).await;
    answer.conflicts("it is nobody's turn");
    assert_eq!(answer.fields(), ["#/assignTo incident-inactive"]);
}

#[tokio::test]
async fn r85_r86_r87_only_an_open_recorded_issue_is_closed_as_it_was_read() {
    let world = World::related().await;
    let unknown = json!({ "reason": "unknown" });
    let signal = world.closes("ann", &world.incident_path("a1"), 1, unknown.clone()).await;
    signal.conflicts("a signal's");
    assert_eq!(signal.fields(), ["# signal-ends-by-itself"]);
    let issue = world.issue("ann", &["a1"]).await;
    world.post("ann", &format!("{issue}/messages"), json!({ "text": "Wait" })).await.ok("a message");
    assert_eq!(world.closes("ann", &issue, 1, unknown.clone()).await.status, StatusCode::PRECONDITION_FAILED, "somebody wrote meanwhile");
    let long = json!({ "reason": "other", "comment": "x".repeat(4_001) });
    assert_eq!(world.closes("ann", &issue, 2, long).await.fields(), ["#/comment text-too-long"]);
    world.closes("ann", &issue, 2, json!({ "reason": "boredom" })).await.bad("no such reason");
    world.closes("ann", &issue, 2, json!({ "reason": "duplicate", "comment": "  " })).await.ok("close");
    assert_eq!(world.incident("ann", &issue).await.closure_comment, None);
    let again = world.closes("ann", &issue, 3, unknown.clone()).await;
    assert_eq!(again.fields(), ["# incident-inactive"]);
    assert_eq!(world.patch("ann", &issue, 3, json!({ "description": "y" })).await.fields(), ["# incident-inactive"]);
    // Every failed attempt is in the log (R111).
    let failed = world.worked("chief").await.iter().filter(|it| world.line(it).starts_with("Incident Update Failed")).count();
    assert!(failed >= 5, "{failed}");
    // Who may only look closes nothing, and is not told that there is something to close.
    let look = [Permission::TicketsView, Permission::IncidentsCreate];
    world.role("ann", world.alpha, "Lookers", &look, &["cleo"], all()).await;
    let another = world.issue("ann", &["a1"]).await;
    world.closes("cleo", &another, 1, unknown.clone()).await.hidden("no right to change");
    // The same number at another customer's address is nobody's.
    let elsewhere = another.replace(&world.alpha.to_string(), &world.beta.to_string());
    world.closes("ann", &elsewhere, 1, unknown).await.hidden("another customer");
}

#[tokio::test]
async fn r84_a23_an_edit_moves_the_rooms_that_its_author_sees_and_leaves_the_others() {
    let world = World::related().await;
    // a3 is not delegated.
    let issue = world.issue("chief", &["a1", "a3"]).await;
    let before = world.incident("ann", &issue).await;
    assert_eq!((before.row.rooms.len(), before.row.redacted_rooms), (1, 1));
    let edit = json!({ "description": "No picture", "rooms": [world.room("a2")], "highImpactReason": "Fair" });
    let answer = world.patch("ann", &issue, 1, edit).await;
    assert_eq!(answer.value()["version"], 2);
    let after = world.incident("chief", &issue).await;
    assert_eq!(after.row.rooms.iter().map(|room| room.name.as_str()).collect::<Vec<_>>(), ["a3", "a2"]);
    assert_eq!((after.description.as_str(), after.row.problem.as_str(), after.high_impact), ("No picture", "No picture", true));
    let log = serde_json::to_string(&world.worked("chief").await).unwrap();
    assert!(!log.contains("No picture") && !log.contains("Fair"), "the log has no texts");
    // What is left out stays; an empty reason is none.
    world.patch("ann", &issue, 2, json!({ "highImpactReason": "" })).await.ok("no high impact");
    let after = world.incident("ann", &issue).await;
    assert_eq!((after.description.as_str(), after.high_impact, after.high_impact_reason), ("No picture", false, None));
    // Nothing changed is no new version.
    assert_eq!(world.patch("ann", &issue, 3, json!({ "description": "No picture" })).await.value()["version"], 3);
    for (edit, field) in [
        (json!({ "description": "" }), "#/description text-empty"),
        // Hidden rooms: the one that it has, and ones that it does not have, are told apart by nothing.
        (json!({ "rooms": [world.room("a2"), world.room("a3")] }), "#/rooms room-unknown"),
        (json!({ "rooms": [world.room("a2"), world.room("b1")] }), "#/rooms room-unknown"),
    ] {
        assert_eq!(world.patch("ann", &issue, 3, edit.clone()).await.fields(), [field], "{edit}");
    }
    let works = [Permission::TicketsView, Permission::TicketsUpdate];
    world.role("ann", world.alpha, "Helpdesk", &works, &["cleo"], all()).await;
    let answer = world.patch("cleo", &issue, 3, json!({ "rooms": [world.room("a1"), world.room("a2")] })).await;
    assert_eq!(answer.fields(), ["#/rooms room-unknown"], "she sees it, and may not record");
    assert_eq!(world.patch("ann", &issue, 2, json!({ "description": "z" })).await.status, StatusCode::PRECONDITION_FAILED);
    let signal = world.patch("ann", &world.incident_path("a1"), 1, json!({ "description": "z" })).await;
    assert_eq!(signal.fields(), ["# signal-ends-by-itself"]);
}

#[tokio::test]
async fn a23_a28_who_saw_an_incident_by_a_room_that_left_it_is_told_that_it_is_gone() {
    let world = World::related().await;
    let issue = world.issue("chief", &["a1", "a3"]).await;
    let cursor = |answer: &crate::support::Answer| {
        let Some(SyncLine::Checkpoint(checkpoint)) = answer.lines().pop() else { panic!("an answer ends with its checkpoint") };
        checkpoint.cursor
    };
    let mut first = world.get("ann", "/v1/sync").await;
    for _ in 0..9 {
        first = world.get("ann", &format!("/v1/sync?cursor={}", cursor(&first))).await;
    }
    let number = issue.rsplit('/').next().unwrap();
    world.patch("chief", &issue, 1, json!({ "rooms": [world.room("a3")] })).await.ok("away from what is delegated");
    world.get("ann", &issue).await.hidden("she sees it no more");
    let next = world.get("ann", &format!("/v1/sync?cursor={}", cursor(&first))).await;
    let reset =
        next.lines().iter().any(|line| matches!(line, SyncLine::Customer(customer) if customer.id == world.alpha && customer.reset));
    assert!(reset, "her copy begins anew: {}", String::from_utf8_lossy(&next.body));
    assert!(!String::from_utf8_lossy(&next.body).contains(number), "and has nothing of it");
    let ben = world.get("ben", "/v1/sync").await;
    assert!(!String::from_utf8_lossy(&ben.body).contains(number), "nobody else hears of it");
}

#[tokio::test]
async fn r68_nothing_is_recorded_in_a_room_that_is_no_longer_managed() {
    let world = World::related().await;
    world.apply(vec![tenantry_test_kit::Change::UnenrolRoom { room: world.room("a2") }]).await;
    let answer = world.records_issue("ann", json!({ "description": "x", "rooms": [world.room("a2")] })).await;
    assert_eq!(answer.fields(), ["#/rooms room-unknown"]);
}

#[tokio::test]
async fn r84_rooms_that_leave_an_issue_are_healthy_again_and_those_that_come_are_not() {
    let world = World::start().await;
    let health = async || (world.health("a1").await, world.health("a2").await);
    assert_eq!(health().await, (Health::Healthy, Health::Healthy));
    let issue = world.issue("chief", &["a1"]).await;
    assert_eq!(health().await, (Health::Unhealthy, Health::Healthy));
    world.patch("chief", &issue, 1, json!({ "rooms": [world.room("a2")] })).await.ok("another room");
    assert_eq!(health().await, (Health::Healthy, Health::Unhealthy));
    world.closes("chief", &issue, 2, json!({ "reason": "unknown" })).await.ok("close");
    assert_eq!(health().await, (Health::Healthy, Health::Healthy));
}

#[tokio::test]
async fn a35_what_is_sent_again_within_a_month_is_done_once() {
    let world = World::related().await;
    let issues = format!("/v1/customers/{}/incidents", world.alpha);
    let issue = json!({ "description": "No sound", "rooms": [world.room("a1")] });
    let send = async |path: &str, key: &str, body: &Value| {
        world.send("ann", Method::POST, path, &[("idempotency-key", key)], Some(body.clone())).await
    };
    let first = send(&issues, "one", &issue).await;
    world.app.clock.advance(std::time::Duration::from_secs(30 * 24 * 60 * 60));
    let second = send(&issues, "one", &issue).await;
    assert_eq!((first.status, first.value()), (second.status, second.value()));
    let messages = format!("{issues}/{}/messages", first.value()["number"].as_str().unwrap());
    let message = json!({ "text": "Seen", "assignTo": "service" });
    let first = send(&messages, "two", &message).await;
    assert_eq!(send(&messages, "two", &message).await.value(), first.value());
    let path = messages.trim_end_matches("/messages");
    assert_eq!(world.incident("ann", path).await.row.messages, 1);
    send(&messages, "two", &json!({ "text": "Another" })).await.conflicts("the key of another message");
}

#[tokio::test]
async fn a35_an_edit_that_is_sent_again_is_made_once() {
    let world = World::related().await;
    let issues = format!("/v1/customers/{}/incidents", world.alpha);
    let recorded =
        world.send("ann", Method::POST, &issues, &[], Some(json!({ "description": "No sound", "rooms": [world.room("a1")] }))).await;
    let path = format!("{issues}/{}", recorded.value()["number"].as_str().unwrap());
    let send = async |key: &str, words: &str| {
        let headers = [("if-match", "\"1\""), ("idempotency-key", key)];
        world.send("ann", Method::PATCH, &path, &headers, Some(json!({ "description": words }))).await
    };
    let first = send("one", "No sound since Monday").await;
    assert_eq!(first.value()["version"], 2, "{first:?}");
    assert_eq!(send("one", "No sound since Monday").await.value(), first.value());
    assert_eq!(world.incident("ann", &path).await.row.version, 2);
    send("one", "Something else").await.conflicts("the key of another edit");
    assert_eq!(send("two", "Something else").await.status, StatusCode::PRECONDITION_FAILED);
}
