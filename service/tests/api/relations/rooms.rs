//! Rooms as people change them: settings, which a customer may want to approve (A18), and enrolment (R67, R68).

use http::{Method, StatusCode};
use serde_json::{Value, json};
use tenantry_model::api::requests::{RequestRow, RequestedAction};
use tenantry_model::permission::Permission;
use tenantry_model::room::{Enrolment, Room};
use tenantry_model::tenancy::RequestState;
use tenantry_test_kit::Change;

use super::World;

impl World {
    async fn seen_room(&self, who: &str, room: &str) -> Room {
        self.get(who, &self.room_path(room)).await.json()
    }

    async fn changes_room(&self, who: &str, room: &str, body: Value) -> crate::support::Answer {
        let version = self.seen_room("chief", room).await.version;
        self.patch(who, &self.room_path(room), version, body).await
    }

    async fn enrols(&self, who: &str, room: &str) -> crate::support::Answer {
        self.send(who, Method::PUT, &format!("{}/enrolment", self.room_path(room)), &[], None).await
    }
}

#[tokio::test]
async fn r41_r43_a_room_is_changed_by_who_may_and_its_new_name_stands_everywhere() {
    let world = World::related().await;
    let before = world.seen_room("ann", "a1").await;
    let answer =
        world.changes_room("ann", "a1", json!({ "displayName": " Isar\u{a0}1 ", "capacity": 12, "timezone": "europe/vienna" })).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    let after = world.seen_room("ann", "a1").await;
    assert_eq!((after.display_name.as_str(), after.capacity, after.timezone.as_str()), ("Isar\u{a0}1", Some(12), "Europe/Vienna"));
    assert_eq!(answer.value()["done"]["version"], after.version);
    assert!(after.version > before.version);
    let incident: Value = world.get("ann", &world.incident_path("a1")).await.json();
    assert_eq!(incident["row"]["rooms"][0]["name"], "Isar\u{a0}1");
    assert_eq!(world.last_work("chief").await, "Room Update Successful Isar\u{a0}1, by ann");
    let record = world.worked("chief").await.pop().unwrap();
    assert_eq!(record.detail.iter().map(|it| it.field.as_str()).collect::<Vec<_>>(), ["name", "capacity", "timezone"]);
    // What is left out stays; no seats is not known; nothing changed is no change.
    world.changes_room("ann", "a1", json!({ "capacity": 0 })).await.ok("no capacity");
    let later = world.seen_room("ann", "a1").await;
    assert_eq!((later.capacity, later.display_name.as_str()), (None, "Isar\u{a0}1"));
    let records = world.worked("chief").await.len();
    world.changes_room("ann", "a1", json!({ "capacity": 0 })).await.ok("as it is");
    assert_eq!((world.seen_room("ann", "a1").await.version, world.worked("chief").await.len()), (later.version, records));
    for (body, field) in [
        (json!({ "displayName": "" }), "#/displayName name-invalid"),
        (json!({ "displayName": "x".repeat(121) }), "#/displayName name-invalid"),
        (json!({ "displayName": "a\u{202e}b" }), "#/displayName name-invalid"),
        (json!({ "capacity": 10_001 }), "#/capacity capacity-invalid"),
        (json!({ "timezone": "" }), "#/timezone timezone-invalid"),
        (json!({ "timezone": "Europe/Berlin; DROP" }), "#/timezone timezone-invalid"),
        (json!({ "timezone": "Europe/Muenchen" }), "#/timezone timezone-invalid"),
    ] {
        assert_eq!(world.changes_room("ann", "a1", body.clone()).await.fields(), [field], "{body}");
    }
    world.changes_room("ann", "a1", json!({ "hostName": "x" })).await.bad("nobody renames the device");
    assert_eq!(world.patch("ann", &world.room_path("a1"), 1, json!({ "capacity": 3 })).await.status, StatusCode::PRECONDITION_FAILED);
    world.changes_room("ann", "a3", json!({ "capacity": 3 })).await.hidden("not delegated");
    world.patch("ann", &world.room_path("b1"), 1, json!({ "capacity": 3 })).await.hidden("another customer's");
    let elsewhere = world.room_path("a1").replace(&world.alpha.to_string(), &world.beta.to_string());
    world.patch("boss", &elsewhere, later.version, json!({ "capacity": 3 })).await.hidden("a room at another customer's address");
    // Who sees a room and may not change it, and who may change it and does not see it.
    for (name, permission) in [("Lookers", Permission::RoomsView), ("Blind", Permission::RoomsModify)] {
        let role = world.role("ann", world.alpha, name, &[permission], &["cleo"], json!({ "kind": "all" })).await;
        world.changes_room("cleo", "a1", json!({ "capacity": 3 })).await.hidden(name);
        world.delete("ann", &format!("/v1/customers/{}/roles/{}", world.alpha, role.role.id), Some(1)).await.ok("away");
    }
}

#[tokio::test]
async fn a18_r24_where_the_customer_says_so_a_change_of_a_room_waits_and_says_what_it_would_change() {
    let world = World::related().await;
    world.steer("chief", json!({ "changeControl": { "rooms.modify": "manual" } })).await;
    let answer = world.changes_room("ann", "a1", json!({ "displayName": "Isar", "capacity": 4 })).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED);
    assert_eq!(world.seen_room("ann", "a1").await.display_name, "a1", "nothing happens before the customer approves (R24)");
    let requests: Vec<RequestRow> = world.get("chief", "/v1/change-requests").await.json();
    let change = &requests[0].change;
    assert_eq!((change.action, change.room.as_deref(), change.role.as_str()), (RequestedAction::ChangeRoom, Some("a1"), ""));
    let fields: Vec<_> = change.fields.iter().map(|it| (it.field.as_str(), it.before.as_deref(), it.after.as_deref())).collect();
    assert_eq!(fields[0], ("name", Some("a1"), Some("Isar")));
    assert_eq!(fields[1].2, Some("4"));
    assert_eq!(world.last_work("chief").await, "Room Create Successful a1, by ann", "the request is in the log");
    let roles: Value = world.get("ann", &format!("/v1/customers/{}/roles", world.alpha)).await.json();
    assert_eq!(roles["waiting"], json!([]), "who sees roles need not see rooms");
    // Asked for again it is the same request; the customer's own people need nobody.
    world.changes_room("ann", "a1", json!({ "displayName": "Isar", "capacity": 4 })).await;
    assert_eq!(world.get("chief", "/v1/change-requests").await.json::<Vec<RequestRow>>().len(), 1);
    world.changes_room("chief", "a2", json!({ "displayName": "Eger" })).await.ok("the customer's own");
    assert_eq!(world.seen_room("chief", "a2").await.display_name, "Eger");
    // A report of the device in between is no other room.
    let request = world.request("chief").await;
    world.decide("chief", request, "approve").await.ok("approve");
    assert_eq!((world.seen_room("ann", "a1").await.display_name, world.seen_room("ann", "a1").await.capacity), ("Isar".into(), Some(4)));
}

#[tokio::test]
async fn a19_a_change_of_a_room_that_has_changed_meanwhile_is_not_approved_and_lapses_with_its_senders_right() {
    let world = World::related().await;
    world.steer("chief", json!({ "changeControl": { "rooms.modify": "manual" } })).await;
    world.changes_room("ann", "a1", json!({ "displayName": "Isar" })).await;
    world.changes_room("chief", "a1", json!({ "displayName": "Donau" })).await.ok("the customer itself");
    let request = world.request("chief").await;
    let answer = world.decide("chief", request, "approve").await;
    assert_eq!(answer.fields(), ["# request-outdated"]);
    assert_eq!(world.seen_room("chief", "a1").await.display_name, "Donau");
    world.decide("chief", request, "reject").await.ok("reject");

    let keeps = [Permission::RoomsView, Permission::RoomsModify];
    let role = world.role("ann", world.alpha, "Keepers", &keeps, &["cleo"], json!({ "kind": "all" })).await;
    world.changes_room("cleo", "a2", json!({ "displayName": "Eger" })).await;
    world.delete("ann", &format!("/v1/customers/{}/roles/{}", world.alpha, role.role.id), Some(1)).await.ok("away");
    let request = world.request("chief").await;
    assert_eq!(world.decide("chief", request, "approve").await.fields(), ["# request-sender"]);
    let rows: Vec<RequestRow> = world.get("chief", "/v1/change-requests").await.json();
    assert!(rows.iter().any(|row| row.state == RequestState::Lapsed));
    assert_eq!(world.seen_room("chief", "a2").await.display_name, "a2");
}

#[tokio::test]
async fn r67_r68_rooms_are_enrolled_and_unenrolled_by_who_may() {
    let world = World::related().await;
    let room = tenantry_model::id::RoomId::from_uuid(crate::support::id(77));
    let new = Change::CreateRoom {
        id: room,
        customer: world.alpha,
        display_name: "New".into(),
        host_name: Some("HOST-new".into()),
        account: Some("new@rooms.example".into()),
        onboarding: true,
    };
    world.apply(vec![new]).await;
    let path = format!("/v1/customers/{}/rooms/{room}", world.alpha);
    let enrolment = format!("{path}/enrolment");
    world.send("ann", Method::PUT, &enrolment, &[], None).await.hidden("a partner without the permission");
    for _ in 0..2 {
        // Sent again under the name of its form, it is done once (A35).
        let answer = world.send("chief", Method::PUT, &enrolment, &[("idempotency-key", "one")], None).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{answer:?}");
    }
    let enrolled: Room = world.get("chief", &path).await.json();
    assert_eq!(enrolled.enrolment, Enrolment::Enrolled);
    assert_eq!(world.last_work("chief").await, "Room Update Successful New, by chief");
    world.send("chief", Method::PUT, &enrolment, &[], None).await.conflicts("it is managed already");
    world.enrols("boss", "a1").await.hidden("another customer's administrator");

    let stale = world.send("chief", Method::DELETE, &enrolment, &[("if-match", "\"1\"")], None).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
    let version = format!("\"{}\"", enrolled.version);
    let answer = world.send("chief", Method::DELETE, &enrolment, &[("if-match", &version)], None).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{answer:?}");
    world.get("chief", &path).await.hidden("it is no longer managed");
    world.send("chief", Method::DELETE, &enrolment, &[("if-match", &version)], None).await.hidden("and has no enrolment to end");
    world.send("chief", Method::PUT, &enrolment, &[], None).await.hidden("nor to begin: its device registers again first");
}

#[tokio::test]
async fn a35_a_change_of_a_room_that_is_sent_again_is_made_once() {
    let world = World::related().await;
    let (path, version) = (world.room_path("a1"), world.seen_room("ann", "a1").await.version.to_string());
    let change = json!({ "displayName": "Isar", "capacity": 4 });
    let tag = format!("\"{version}\"");
    let send = async |key: &str, body: &Value| {
        world.send("ann", Method::PATCH, &path, &[("if-match", &tag), ("idempotency-key", key)], Some(body.clone())).await
    };
    let first = send("one", &change).await;
    assert_eq!(first.status, StatusCode::OK, "{first:?}");
    let records = world.worked("chief").await.len();
    let second = send("one", &change).await;
    assert_eq!((second.status, second.value()), (first.status, first.value()), "by the version that was read then");
    assert_eq!(world.worked("chief").await.len(), records);
    send("one", &json!({ "displayName": "Inn" })).await.conflicts("the key of another change");
    assert_eq!(send("two", &json!({ "displayName": "Inn" })).await.status, StatusCode::PRECONDITION_FAILED);
}
