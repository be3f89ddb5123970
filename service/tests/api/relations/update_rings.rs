//! Update rings: their order and their days, who changes them how, and where their rooms go.

use http::{Method, StatusCode};
use serde_json::{Value, json};
use tenantry_model::api::requests::{Outcome, RequestRow, RequestedAction, WaitingRequest};
use tenantry_model::api::update_rings::{RingList, UpdateRingRow};
use tenantry_model::api::{Me, Page};
use tenantry_model::id::{RoomId, UpdateRingId};
use tenantry_model::permission::Permission::{self, RingsModify, RingsView, RoomsView};
use tenantry_model::room::Room;
use tenantry_model::sync::SyncLine;
use tenantry_model::tenancy::RequestState;
use tenantry_model::update_ring::{RingPreset, completion_days};
use tenantry_test_kit::Change;

use super::World;
use crate::support::{Answer, first_sync, id};

fn all() -> Value {
    json!({ "kind": "all" })
}

fn ring(order: u32, name: &str, rollout: u32, test: u32) -> Value {
    json!({ "order": order, "name": name, "deferralDays": 0, "rolloutDays": rollout, "testDays": test })
}

impl World {
    fn rings_path(&self) -> String {
        format!("/v1/customers/{}/rings", self.alpha)
    }

    fn ring_path(&self, ring: UpdateRingId) -> String {
        format!("{}/{ring}", self.rings_path())
    }

    async fn rings(&self, who: &str) -> RingList {
        self.get(who, &self.rings_path()).await.json()
    }

    /// Order, name and how many rooms they see.
    async fn told(&self, who: &str) -> Vec<(u8, String, u32)> {
        self.rings(who).await.rings.into_iter().map(|ring| (ring.order, ring.name, ring.rooms)).collect()
    }

    async fn ring_called(&self, name: &str) -> UpdateRingRow {
        let found = self.rings("chief").await.rings.into_iter().find(|ring| ring.name == name);
        found.unwrap_or_else(|| panic!("there is no ring {name}"))
    }

    async fn make_ring(&self, order: u32, name: &str, rollout: u32, test: u32) -> UpdateRingId {
        let answer = self.post("chief", &self.rings_path(), ring(order, name, rollout, test)).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
        answer.value()["id"].as_str().unwrap().parse().unwrap()
    }

    /// With the version that it has now.
    async fn alter_ring(&self, who: &str, name: &str, body: Value) -> Answer {
        let ring = self.ring_called(name).await;
        self.patch(who, &self.ring_path(ring.id), ring.version, body).await
    }

    async fn delete_ring(&self, who: &str, name: &str) -> Answer {
        let ring = self.ring_called(name).await;
        self.delete(who, &self.ring_path(ring.id), Some(ring.version)).await
    }

    async fn moves(&self, who: &str, name: &str, rooms: &[RoomId]) -> Answer {
        let ring = self.ring_called(name).await;
        let version = format!("\"{}\"", ring.version);
        let path = format!("{}/rooms", self.ring_path(ring.id));
        self.send(who, Method::POST, &path, &[("if-match", &version)], Some(json!({ "rooms": rooms }))).await
    }

    async fn ring_of(&self, room: &str) -> String {
        let room: Room = self.get("chief", &self.room_path(room)).await.json();
        room.ring.unwrap().name
    }

    async fn own_keeper(&self, scope: Value) {
        self.role("chief", self.alpha, "Own", &[RoomsView, RingsView, RingsModify], &["agnes"], scope).await;
    }
}

fn rows(told: &[(u8, String, u32)]) -> Vec<(u8, &str, u32)> {
    told.iter().map(|(order, name, rooms)| (*order, name.as_str(), *rooms)).collect()
}

#[tokio::test]
async fn r100_every_customer_has_the_three_presets_and_new_rooms_start_in_general() {
    let world = World::related().await;
    assert_eq!(rows(&world.told("chief").await), [(1, "Staging", 0), (2, "General", 3), (3, "Executive", 0)]);
    let list = world.rings("chief").await;
    assert_eq!(
        list.rings.iter().map(|ring| ring.built_in).collect::<Vec<_>>(),
        RingPreset::ALL.iter().copied().map(Some).collect::<Vec<_>>()
    );
    assert_eq!(list.days_left, 30);
    let complete = completion_days(list.rings.iter().map(|ring| ring.days));
    assert_eq!(list.rings.iter().map(|ring| ring.completion_day).collect::<Vec<_>>(), complete);
    assert_eq!(world.get("boss", &format!("/v1/customers/{}/rings", world.beta)).await.json::<RingList>().rings.len(), 3);
    world
        .apply(vec![Change::CreateRoom {
            id: RoomId::from_uuid(id(77)),
            customer: world.alpha,
            display_name: "new".into(),
            host_name: Some("HOST-new".into()),
            account: Some("new@rooms.example".into()),
            onboarding: true,
        }])
        .await;
    assert_eq!(rows(&world.told("chief").await)[1], (2, "General", 4));
    // An organisation that runs no rooms has none.
    world.get("mia", &format!("/v1/customers/{}/rings", world.partner)).await.hidden("no customer");
}

#[tokio::test]
async fn r100_r101_a_ring_is_made_changed_and_deleted_and_the_log_says_by_whom() {
    let world = World::related().await;
    let made = world.make_ring(5, " Pru\u{308}fung ", 4, 6).await;
    assert_eq!(world.last_work("chief").await, "UpdateRing Create Successful Prüfung, by chief");
    let row = world.ring_called("Prüfung").await;
    assert_eq!((row.order, row.days.rollout_days, row.days.test_days, row.version, row.built_in), (5, 4, 6, 1, None));
    assert_eq!((world.rings("chief").await.days_left, row.may_change), (20, true));
    let answer = world
        .patch("chief", &world.ring_path(made), 1, json!({ "order": 9, "name": "Trial", "description": " Two rooms ", "deferralDays": 3 }))
        .await;
    assert_eq!((answer.status, answer.value()["done"]["version"].as_u64()), (StatusCode::OK, Some(2)), "{answer:?}");
    let last = world.worked("chief").await.pop().unwrap();
    assert_eq!(world.line(&last), "UpdateRing Update Successful Trial, by chief");
    let told: Vec<_> = last.detail.iter().map(|it| (it.field.as_str(), it.before.as_deref(), it.after.as_deref())).collect();
    let expected = [
        ("order", Some("5"), Some("9")),
        ("name", Some("Prüfung"), Some("Trial")),
        ("description", None, Some("Two rooms")),
        ("deferralDays", Some("0"), Some("3")),
    ];
    assert_eq!(told, expected);
    assert_eq!(world.rings("chief").await.days_left, 20, "a deferral is none of the 60 days");
    let stale = world.patch("chief", &world.ring_path(made), 1, json!({ "name": "x" })).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
    let before = world.worked("chief").await.len();
    let same = world.alter_ring("chief", "Trial", json!({ "name": "Trial", "rolloutDays": 4 })).await;
    assert_eq!((same.status, same.value()["done"]["version"].as_u64()), (StatusCode::OK, Some(2)), "nothing changes");
    assert_eq!(world.worked("chief").await.len(), before, "and nothing is recorded");
    assert_eq!(world.delete("chief", &world.ring_path(made), Some(1)).await.status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(world.delete_ring("chief", "Trial").await.status, StatusCode::NO_CONTENT);
    assert_eq!(world.last_work("chief").await, "UpdateRing Delete Successful Trial, by chief");
    world.patch("chief", &world.ring_path(made), 2, json!({})).await.hidden("it is gone");
    // Another customer's address.
    let general = world.ring_called("General").await;
    let elsewhere = format!("/v1/customers/{}/rings/{}", world.beta, general.id);
    world.patch("boss", &elsewhere, general.version, json!({ "name": "x" })).await.hidden("another customer's ring");
    world.delete("boss", &elsewhere, Some(general.version)).await.hidden("another customer's ring");
}

#[tokio::test]
async fn a_ring_that_is_sent_again_is_made_once() {
    let world = World::related().await;
    let send = async |body: Value| world.send("chief", Method::POST, &world.rings_path(), &[("idempotency-key", "once")], Some(body)).await;
    let first = send(ring(4, "Pilot", 1, 1)).await;
    let again = send(ring(4, "Pilot", 1, 1)).await;
    assert_eq!((first.status, &first.body), (again.status, &again.body));
    assert_eq!(world.rings("chief").await.rings.len(), 4);
    send(ring(5, "Other", 1, 1)).await.conflicts("the key of another request");
    let beta = world.beta.to_string();
    let locked = [("tenantry-customer", beta.as_str())];
    let elsewhere = world.send("chief", Method::POST, &world.rings_path(), &locked, Some(ring(5, "Other", 1, 1))).await;
    elsewhere.conflicts("a form of another customer");
}

#[tokio::test]
async fn r100_r101_what_a_ring_cannot_be_is_said_at_the_field() {
    let world = World::related().await;
    world.make_ring(4, "Große Räume", 5, 5).await;
    for (body, field, status) in [
        (ring(5, "", 1, 1), "#/name name-invalid", 400),
        (ring(5, "South\u{202e}", 1, 1), "#/name name-invalid", 400),
        (ring(5, "general", 1, 1), "#/name name-taken", 409),
        (ring(5, "GROSSE RA\u{308}UME", 1, 1), "#/name name-taken", 409),
        (ring(0, "South", 1, 1), "#/order ring-order-invalid", 400),
        (ring(10, "South", 1, 1), "#/order ring-order-invalid", 400),
        (ring(4_294_967_295, "South", 1, 1), "#/order ring-order-invalid", 400),
        (ring(4, "South", 1, 1), "#/order ring-order-taken", 409),
        (ring(5, "South", 61, 0), "#/rolloutDays ring-days-invalid", 400),
        (ring(5, "South", 0, 4_294_967_295), "#/testDays ring-days-invalid", 400),
        (ring(5, "South", 21, 0), "#/rolloutDays ring-days-beyond-left", 409),
        (ring(5, "South", 20, 1), "#/testDays ring-days-beyond-left", 409),
        (ring(5, "South", 0, 21), "#/testDays ring-days-beyond-left", 409),
    ] {
        let answer = world.post("chief", &world.rings_path(), body.clone()).await;
        assert_eq!((answer.fields(), answer.status.as_u16()), (vec![field.to_owned()], status), "{body}");
    }
    let mut late = ring(5, "South", 1, 1);
    late["deferralDays"] = json!(61);
    assert_eq!(world.post("chief", &world.rings_path(), late).await.fields(), ["#/deferralDays ring-days-invalid"]);
    let mut long = ring(5, "South", 1, 1);
    long["description"] = json!("x".repeat(501));
    assert_eq!(world.post("chief", &world.rings_path(), long).await.fields(), ["#/description description-invalid"]);
    for odd in [json!({ "rolloutDays": -1 }), json!({ "rolloutDays": 1.5 }), json!({ "rolloutDays": "2" }), json!({ "rooms": [] })] {
        world.alter_ring("chief", "Große Räume", odd).await.bad("no number of days, or no such member");
    }
    let beyond = world.post("chief", &world.rings_path(), ring(5, "South", 21, 0)).await;
    assert!(beyond.detail().contains("leave 20 of 60"), "{}", beyond.detail());
    let taken = world.post("chief", &world.rings_path(), ring(1, "South", 1, 1)).await;
    assert!(taken.detail().contains("Staging") && taken.detail().contains("free are 5, 6, 7, 8, 9"), "{}", taken.detail());
    // Changing counts the others alone: its own days are there to be used.
    world.alter_ring("chief", "Große Räume", json!({ "rolloutDays": 25, "testDays": 5 })).await.ok("all that is left");
    assert_eq!(world.rings("chief").await.days_left, 0);
    let more = world.alter_ring("chief", "Große Räume", json!({ "testDays": 6 })).await;
    assert_eq!(more.fields(), ["#/testDays ring-days-beyond-left"]);
    world.make_ring(5, "At once", 0, 0).await;
    world.alter_ring("chief", "Große Räume", json!({ "name": "GROSSE R\u{c4}UME" })).await.ok("its own name, written otherwise");
    let staging = world.alter_ring("chief", "Staging", json!({ "order": 9 })).await;
    assert_eq!((staging.fields(), staging.status), (vec!["#/order ring-preset".into()], StatusCode::CONFLICT));
    world.alter_ring("chief", "Staging", json!({ "testDays": 1, "description": "First" })).await.ok("its days are the customer's");
    world.alter_ring("chief", "Executive", json!({ "order": 9 })).await.ok("another preset moves");
    assert!(world.worked("chief").await.iter().any(|record| world.line(record) == "UpdateRing Create Failed South, by chief"), "R111");
}

#[tokio::test]
async fn r101_nine_rings_at_most_and_sixty_days_over_all_of_them() {
    let world = World::related().await;
    for order in 4..=9 {
        world.make_ring(order, &format!("Ring {order}"), 3, 2).await;
    }
    let list = world.rings("chief").await;
    assert_eq!((list.rings.len(), list.days_left), (9, 0));
    assert_eq!(list.rings.last().unwrap().completion_day, 60);
    let tenth = world.post("chief", &world.rings_path(), ring(5, "Tenth", 0, 0)).await;
    assert_eq!(tenth.fields(), ["#/order ring-order-taken"]);
    assert!(tenth.detail().contains("no place is free"), "{}", tenth.detail());
}

#[tokio::test]
async fn r100_r101_two_changes_at_once_share_neither_the_days_that_are_left_nor_a_place() {
    let world = World::related().await;
    let path = world.rings_path();
    let create = async |order: u32, name: &str| world.post("chief", &path, ring(order, name, 1, 0)).await;
    let one_of = |one: &Answer, other: &Answer, field: &str| {
        let refused: Vec<&Answer> = [one, other].into_iter().filter(|answer| answer.status == StatusCode::CONFLICT).collect();
        assert_eq!(refused.len(), 1, "{one:?} {other:?}");
        assert_eq!(refused[0].fields(), [field]);
    };
    for _ in 0..4 {
        // One day is left, at two places.
        world.alter_ring("chief", "General", json!({ "rolloutDays": 39 })).await.ok("one day is left");
        let (one, other) = tokio::join!(create(5, "Left"), create(6, "Right"));
        one_of(&one, &other, "#/rolloutDays ring-days-beyond-left");
        let made = if one.status == StatusCode::CREATED { "Left" } else { "Right" };
        assert_eq!(world.delete_ring("chief", made).await.status, StatusCode::NO_CONTENT);
        let staging = world.ring_called("Staging").await;
        let (longer, at_staging) = (json!({ "rolloutDays": staging.days.rollout_days + 1 }), world.ring_path(staging.id));
        let (one, other) = tokio::join!(world.patch("chief", &at_staging, staging.version, longer), create(7, "Third"));
        one_of(&one, &other, "#/rolloutDays ring-days-beyond-left");
        assert_eq!(world.rings("chief").await.days_left, 0);
        if other.status == StatusCode::CREATED {
            assert_eq!(world.delete_ring("chief", "Third").await.status, StatusCode::NO_CONTENT);
        } else {
            world.alter_ring("chief", "Staging", json!({ "rolloutDays": staging.days.rollout_days })).await.ok("as before");
        }
        // One place, with days to spare.
        world.alter_ring("chief", "General", json!({ "rolloutDays": 10 })).await.ok("thirty days are left");
        let (one, other) = tokio::join!(create(8, "Left"), create(8, "Right"));
        one_of(&one, &other, "#/order ring-order-taken");
        let made = if one.status == StatusCode::CREATED { "Left" } else { "Right" };
        assert_eq!(world.delete_ring("chief", made).await.status, StatusCode::NO_CONTENT);
    }
}

#[tokio::test]
async fn r102_presets_stay_and_the_rooms_of_a_deleted_ring_come_to_general_in_every_copy() {
    let world = World::related().await;
    for name in ["Staging", "General", "Executive"] {
        let refused = world.delete_ring("chief", name).await;
        assert_eq!((refused.fields(), refused.status), (vec!["# ring-preset".into()], StatusCode::CONFLICT), "{name}");
    }
    world.make_ring(4, "Pilot", 1, 1).await;
    world.moves("chief", "Pilot", &[world.room("a1"), world.room("a3")]).await.ok("two rooms");
    let (_, cursor) = first_sync(async |path| world.get("ann", &path).await).await;
    assert_eq!(world.delete_ring("chief", "Pilot").await.status, StatusCode::NO_CONTENT);
    assert_eq!((world.ring_of("a1").await.as_str(), world.ring_of("a3").await.as_str()), ("General", "General"));
    assert_eq!(rows(&world.told("chief").await), [(1, "Staging", 0), (2, "General", 3), (3, "Executive", 0)]);
    let lines = world.get("ann", &format!("/v1/sync?cursor={cursor}")).await.lines();
    let synced: Vec<(String, String)> = lines
        .into_iter()
        .filter_map(|line| if let SyncLine::Room(room) = line { Some((room.display_name.clone(), room.ring.unwrap().name)) } else { None })
        .collect();
    assert_eq!(synced, [("a1".to_owned(), "General".to_owned())], "and nothing of a room that she does not see");
    let records = world.worked("chief").await;
    let [.., deleted, came] = records.as_slice() else { panic!("{records:?}") };
    let said = |record: &tenantry_model::audit::AuditRecord| {
        let detail: Vec<_> = record.detail.iter().map(|it| format!("{} {:?} {:?}", it.field, it.before, it.after)).collect();
        format!("{}: {}", world.line(record), detail.join(", "))
    };
    assert_eq!(said(deleted), "UpdateRing Delete Successful Pilot, by chief: rooms Some(\"a1, a3\") None");
    assert_eq!(said(came), "UpdateRing Update Successful General, by chief: rooms None Some(\"a1, a3\")");
}

#[tokio::test]
async fn r100_rooms_move_together_and_desks_follow() {
    let world = World::related().await;
    let (_, mut cursor) = first_sync(async |path| world.get("ann", &path).await).await;
    let mut next = async || {
        let mut lines = world.get("ann", &format!("/v1/sync?cursor={cursor}")).await.lines();
        let Some(SyncLine::Checkpoint(checkpoint)) = lines.pop() else { panic!("{lines:?}") };
        cursor = checkpoint.cursor;
        let ring = |line| if let SyncLine::Room(room) = line { Some(room.ring.map(|ring| (ring.order, ring.name))) } else { None };
        lines.into_iter().filter_map(ring).collect::<Vec<_>>()
    };
    let version = world.ring_called("Staging").await.version;
    let [a1, a2, a3] = ["a1", "a2", "a3"].map(|name| world.room(name));
    let moved = world.moves("chief", "Staging", &[a1, a3, a1]).await;
    assert_eq!((moved.status, moved.value()["done"]["version"].as_u64()), (StatusCode::OK, Some(version)), "the ring is what it was");
    assert_eq!(rows(&world.told("chief").await), [(1, "Staging", 2), (2, "General", 1), (3, "Executive", 0)]);
    assert_eq!(rows(&world.told("ann").await), [(1, "Staging", 1), (2, "General", 1), (3, "Executive", 0)], "only those that she sees");
    assert_eq!(next().await, [Some((1, "Staging".into()))]);
    let records = world.worked("chief").await;
    let [.., came, went] = records.as_slice() else { panic!("{records:?}") };
    assert_eq!((came.object_name.as_str(), came.detail[0].after.as_deref()), ("Staging", Some("a1, a3")));
    assert_eq!((went.object_name.as_str(), went.detail[0].before.as_deref()), ("General", Some("a1, a3")));
    world.moves("chief", "Staging", &[a1, a3]).await.ok("they are in it");
    assert_eq!(world.worked("chief").await.len(), records.len(), "nothing is recorded");
    assert_eq!(next().await, []);
    // A ring's new name and place come with its rooms.
    world.alter_ring("chief", "Staging", json!({ "name": "First" })).await.ok("another name");
    assert_eq!(next().await, [Some((1, "First".into()))]);
    world.alter_ring("chief", "First", json!({ "testDays": 1 })).await.ok("other days");
    assert_eq!(next().await, [], "which rooms do not show");
    // What is refused moves nothing.
    let ring = world.ring_called("Executive").await;
    let path = format!("{}/rooms", world.ring_path(ring.id));
    let bare = world.send("chief", Method::POST, &path, &[], Some(json!({ "rooms": [a2] }))).await;
    assert_eq!(bare.status, StatusCode::PRECONDITION_REQUIRED);
    let stale = world.send("chief", Method::POST, &path, &[("if-match", "\"9\"")], Some(json!({ "rooms": [a2] }))).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
    for (rooms, field) in [
        (vec![], "#/rooms rooms-none"),
        (vec![a2; 201], "#/rooms ring-rooms-too-many"),
        (vec![a2, world.room("b1")], "#/rooms/1 room-unknown"),
        (vec![a2, RoomId::from_uuid(id(987))], "#/rooms/1 room-unknown"),
    ] {
        let answer = world.moves("chief", "Executive", &rooms).await;
        assert_eq!((answer.fields(), answer.status), (vec![field.to_owned()], StatusCode::BAD_REQUEST));
    }
    world.apply(vec![Change::UnenrolRoom { room: a3 }]).await;
    assert_eq!(world.moves("chief", "Executive", &[a3]).await.fields(), ["#/rooms/0 room-unknown"], "it is not managed any more (R68)");
    assert_eq!(world.ring_of("a2").await, "General");
}

#[tokio::test]
async fn a21_a_partner_moves_its_rooms_and_changes_no_ring_that_holds_others_or_is_a_preset() {
    let world = World::related().await;
    world.make_ring(4, "Ours", 1, 1).await;
    world.make_ring(5, "Shared", 1, 1).await;
    world.moves("chief", "Shared", &[world.room("a3")]).await.ok("a room that is not delegated");
    let list = world.rings("ann").await;
    let may: Vec<(&str, bool)> = list.rings.iter().map(|ring| (ring.name.as_str(), ring.may_change)).collect();
    assert_eq!(may, [("Staging", false), ("General", false), ("Executive", false), ("Ours", true), ("Shared", false)]);
    assert_eq!((list.may_make, list.may_move, list.needs_approval), (false, true, false));
    world.moves("ann", "Ours", &[world.room("a1")]).await.ok("a room of hers");
    world.moves("ann", "Shared", &[world.room("a2")]).await.ok("into any ring");
    world.moves("ann", "Executive", &[world.room("a2")]).await.ok("also a preset one");
    assert_eq!((world.ring_of("a1").await.as_str(), world.ring_of("a2").await.as_str()), ("Ours", "Executive"));
    assert_eq!(world.last_work("chief").await, "UpdateRing Update Successful Shared, by ann");
    let hidden = world.moves("ann", "Ours", &[world.room("a3")]).await;
    let unknown = world.moves("ann", "Ours", &[RoomId::from_uuid(id(987))]).await;
    assert_eq!((hidden.status, hidden.fields()), (unknown.status, unknown.fields()), "told apart from no room by nothing");
    world.alter_ring("ann", "Ours", json!({ "order": 7, "name": "Mine", "rolloutDays": 2 })).await.ok("it holds her rooms alone");
    assert_eq!(world.ring_called("Mine").await.order, 7);
    let beyond = ["# ring-beyond-reach".to_owned()];
    for name in ["Shared", "Staging", "General", "Executive"] {
        let refused = world.alter_ring("ann", name, json!({ "rolloutDays": 2 })).await;
        assert_eq!((refused.fields(), refused.status), (beyond.to_vec(), StatusCode::CONFLICT), "{name}");
    }
    assert_eq!(world.post("ann", &world.rings_path(), ring(6, "New", 1, 1)).await.fields(), beyond);
    for name in ["Mine", "Shared", "General"] {
        assert_eq!(world.delete_ring("ann", name).await.fields(), beyond, "{name}");
    }
    // Once a room that is not hers comes to it, it is not hers alone.
    world.moves("chief", "Mine", &[world.room("a3")]).await.ok("the customer's room");
    assert_eq!(world.alter_ring("ann", "Mine", json!({ "rolloutDays": 3 })).await.fields(), beyond);
    // Who has the right in one room alone, on either side.
    world.role("ann", world.alpha, "One", &[RoomsView, RingsView, RingsModify], &["cleo"], world.scope(&["a2"])).await;
    assert_eq!(world.moves("cleo", "Staging", &[world.room("a1")]).await.fields(), ["#/rooms/0 room-unknown"]);
    world.moves("cleo", "Staging", &[world.room("a2")]).await.ok("hers");
    world.own_keeper(world.scope(&["a3"])).await;
    let list = world.rings("agnes").await;
    assert_eq!((list.may_make, list.needs_approval), (false, false));
    assert_eq!(
        world.post("agnes", &world.rings_path(), ring(6, "New", 1, 1)).await.fields(),
        beyond,
        "of some rooms of the customer's own"
    );
    assert_eq!(world.alter_ring("agnes", "Shared", json!({ "rolloutDays": 2 })).await.status, StatusCode::OK, "it is empty now");
    world.moves("agnes", "Shared", &[world.room("a3")]).await.ok("hers");
}

#[tokio::test]
async fn a21_the_customers_own_users_with_the_right_over_everything_change_every_ring() {
    let world = World::related().await;
    world.own_keeper(all()).await;
    assert!(world.rings("agnes").await.may_make);
    assert_eq!(world.post("agnes", &world.rings_path(), ring(6, "New", 1, 1)).await.status, StatusCode::CREATED);
    world.alter_ring("agnes", "General", json!({ "rolloutDays": 2 })).await.ok("a preset one");
    assert_eq!(world.delete_ring("agnes", "New").await.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn r57_rings_are_told_with_rings_view_and_changed_with_rings_modify_besides() {
    let world = World::related().await;
    let ring = world.ring_called("General").await;
    let permissions: [(&str, &[Permission], bool); 4] = [
        ("Rooms", &[RoomsView], false),
        ("Rings", &[RingsView], true),
        ("Blind", &[RoomsView, RingsModify], false),
        ("Lookers", &[RoomsView, RingsView], true),
    ];
    for (name, held, sees) in permissions {
        let role = world.role("ann", world.alpha, name, held, &["cleo"], all()).await;
        let answer = world.get("cleo", &world.rings_path()).await;
        if sees {
            let list: RingList = answer.json();
            let rooms = if held.contains(&RoomsView) { 2 } else { 0 };
            assert_eq!((list.rings[1].rooms, list.may_make, list.may_move, list.needs_approval), (rooms, false, false, false), "{name}");
            assert!(list.rings.iter().all(|ring| !ring.may_change), "{name}");
        } else {
            answer.hidden(name);
        }
        world.patch("cleo", &world.ring_path(ring.id), ring.version, json!({})).await.hidden(name);
        world.delete("cleo", &world.ring_path(ring.id), Some(ring.version)).await.hidden(name);
        world.moves("cleo", "Staging", &[world.room("a1")]).await.hidden(name);
        world.post("cleo", &world.rings_path(), self::ring(6, "New", 1, 1)).await.hidden(name);
        world.delete("ann", &format!("/v1/customers/{}/roles/{}", world.alpha, role.role.id), Some(role.version)).await.ok("away");
    }
    // Its end takes the rings along.
    let version = world.customer("ann", world.alpha).await.version;
    world.delete("ann", &format!("/v1/customers/{}", world.alpha), Some(version)).await.ok("the end");
    world.get("ann", &world.rings_path()).await.hidden("it has ended");
    assert!(world.get("ann", "/v1/me").await.json::<Me>().customers.is_empty());
}

async fn asked(world: &World) -> RequestRow {
    let (request, _) = world.request("chief").await;
    let rows: Vec<RequestRow> = world.get("chief", "/v1/change-requests").await.json();
    rows.into_iter().find(|row| row.id == request).unwrap()
}

fn waits(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{answer:?}");
    assert!(matches!(serde_json::from_slice::<Outcome>(&answer.body).unwrap(), Outcome::Requested(_)));
}

#[tokio::test]
async fn a18_where_the_customer_says_so_a_partners_change_of_rings_waits_and_says_what_it_would_change() {
    let world = World::related().await;
    world.make_ring(4, "Ours", 1, 1).await;
    world.steer("chief", json!({ "changeControl": { "rings.modify": "manual" } })).await;
    assert!(world.rings("ann").await.needs_approval && !world.rings("chief").await.needs_approval);
    waits(&world.alter_ring("ann", "Ours", json!({ "rolloutDays": 3, "description": "Pilot" })).await);
    assert_eq!(world.ring_called("Ours").await.days.rollout_days, 1, "nothing happens before the customer approves (R24)");
    assert_eq!(world.last_work("chief").await, "UpdateRing Create Successful Ours, by ann", "the request is in the log");
    let row = asked(&world).await;
    assert_eq!(
        (row.change.action, row.change.ring.as_deref(), row.change.room.as_deref()),
        (RequestedAction::ChangeRing, Some("Ours"), None)
    );
    let fields: Vec<_> = row.change.fields.iter().map(|it| (it.field.as_str(), it.before.as_deref(), it.after.as_deref())).collect();
    assert_eq!(fields, [("description", None, Some("Pilot")), ("rolloutDays", Some("1"), Some("3"))]);
    waits(&world.alter_ring("ann", "Ours", json!({ "rolloutDays": 3, "description": "Pilot" })).await);
    let request = world.request("chief").await;
    world.decide("chief", request, "approve").await.ok("approve");
    let after = world.ring_called("Ours").await;
    assert_eq!((after.days.rollout_days, after.description.as_str(), after.version), (3, "Pilot", 2));

    waits(&world.moves("ann", "Ours", &[world.room("a2"), world.room("a1"), world.room("a2")]).await);
    assert_eq!(world.ring_of("a1").await, "General");
    let row = asked(&world).await;
    assert_eq!((row.change.action, row.change.fields[0].after.as_deref()), (RequestedAction::MoveToRing, Some("a1, a2")));
    // A colleague knows of it who sees the rings, and all of the rooms.
    let waiting = async |who: &str| world.get(who, "/v1/waiting-requests").await.json::<Page<WaitingRequest>>().items.len();
    assert_eq!(waiting("ann").await, 1);
    for (name, held, scope, knows) in [
        ("Both", &[RoomsView, RingsView][..], all(), 1),
        ("One room", &[RoomsView, RingsView], world.scope(&["a1"]), 0),
        ("No ring", &[RoomsView, Permission::RolesView], all(), 0),
    ] {
        let role = world.role("ann", world.alpha, name, held, &["cleo"], scope).await;
        assert_eq!(waiting("cleo").await, knows, "{name}");
        world.delete("ann", &format!("/v1/customers/{}/roles/{}", world.alpha, role.role.id), Some(role.version)).await.ok("away");
    }
    // Rings that one sees in one room, and rooms that one sees without their rings.
    let rooms = world.role("ann", world.alpha, "Rooms", &[RoomsView], &["cleo"], all()).await;
    let ring = world.role("ann", world.alpha, "One ring", &[RingsView], &["cleo"], world.scope(&["a1"])).await;
    assert_eq!(waiting("cleo").await, 0, "rights of two assignments never multiply (R57)");
    assert_eq!(world.rings("cleo").await.rings[1].rooms, 1, "and count rooms so");
    for role in [rooms, ring] {
        world.delete("ann", &format!("/v1/customers/{}/roles/{}", world.alpha, role.role.id), Some(role.version)).await.ok("away");
    }
    let request = world.request("chief").await;
    world.decide("chief", request, "approve").await.ok("approve");
    assert_eq!((world.ring_of("a1").await.as_str(), world.ring_of("a2").await.as_str()), ("Ours", "Ours"));
    // The customer's own users ask nobody, and what may not be is refused at once.
    world.alter_ring("chief", "Ours", json!({ "rolloutDays": 4 })).await.ok("the customer's own");
    assert_eq!(world.alter_ring("ann", "Ours", json!({ "rolloutDays": 60 })).await.fields(), ["#/rolloutDays ring-days-beyond-left"]);
    assert_eq!(world.alter_ring("ann", "General", json!({ "rolloutDays": 1 })).await.fields(), ["# ring-beyond-reach"]);
    assert_eq!(world.moves("ann", "Ours", &[world.room("a3")]).await.fields(), ["#/rooms/0 room-unknown"]);
    world.moves("ann", "Ours", &[world.room("a1")]).await.ok("it is in it: nothing is asked");
    let rows: Vec<RequestRow> = world.get("chief", "/v1/change-requests").await.json();
    assert!(rows.iter().all(|row| row.state == RequestState::Approved), "{rows:?}");
}

#[tokio::test]
async fn a18_a19_what_changed_since_is_not_approved_and_a_request_lapses_with_its_senders_right() {
    let world = World::related().await;
    world.make_ring(4, "Ours", 1, 1).await;
    world.steer("chief", json!({ "changeControl": { "rings.modify": "manual" } })).await;
    let outdated = async |what: &str| {
        let request = world.request("chief").await;
        assert_eq!(world.decide("chief", request, "approve").await.fields(), ["# request-outdated"], "{what}");
        world.decide("chief", request, "reject").await.ok("reject");
    };
    let lapses = async |what: &str| {
        let request = world.request("chief").await;
        assert_eq!(world.decide("chief", request, "approve").await.fields(), ["# request-sender"], "{what}");
    };
    waits(&world.alter_ring("ann", "Ours", json!({ "rolloutDays": 9 })).await);
    world.alter_ring("chief", "Ours", json!({ "testDays": 2 })).await.ok("the customer was faster");
    outdated("other days").await;
    waits(&world.alter_ring("ann", "Ours", json!({ "rolloutDays": 20 })).await);
    world.alter_ring("chief", "General", json!({ "rolloutDays": 30 })).await.ok("the days are used up");
    outdated("too many days by now").await;
    assert_eq!(world.ring_called("Ours").await.days.rollout_days, 1);
    // A room that is not hers has come to it.
    waits(&world.alter_ring("ann", "Ours", json!({ "testDays": 3 })).await);
    world.moves("chief", "Ours", &[world.room("a3")]).await.ok("the customer's room");
    lapses("it holds others' rooms").await;
    world.moves("chief", "General", &[world.room("a3")]).await.ok("and goes");
    // Its rooms are taken from her, or the ring is gone.
    waits(&world.moves("ann", "Ours", &[world.room("a1"), world.room("a2")]).await);
    world.steer("chief", json!({ "rooms": [world.room("a1")] })).await;
    lapses("a2 is not delegated any more").await;
    assert_eq!(world.ring_of("a1").await, "General", "none of it is done");
    waits(&world.moves("ann", "Ours", &[world.room("a1")]).await);
    assert_eq!(world.delete_ring("chief", "Ours").await.status, StatusCode::NO_CONTENT);
    outdated("there is no such ring any more").await;
    // What was done with its rooms since is not undone, and the customer approves the ring that it reads of.
    waits(&world.moves("ann", "Staging", &[world.room("a1")]).await);
    let alone: Page<WaitingRequest> = world.get("ann", "/v1/waiting-requests").await.json();
    assert_eq!(alone.items[0].room_id, Some(world.room("a1")), "a request about one room is told of that room");
    world.moves("chief", "Executive", &[world.room("a1")]).await.ok("the customer moves it elsewhere");
    outdated("the room is in another ring").await;
    assert_eq!(world.ring_of("a1").await, "Executive");
    world.moves("chief", "General", &[world.room("a1")]).await.ok("back");
    waits(&world.moves("ann", "Staging", &[world.room("a1")]).await);
    world.alter_ring("chief", "Staging", json!({ "name": "First" })).await.ok("another name");
    outdated("the ring is called otherwise").await;
    world.alter_ring("chief", "First", json!({ "name": "Staging" })).await.ok("back");
    // Without the right at all.
    waits(&world.moves("ann", "Staging", &[world.room("a1")]).await);
    world.steer("chief", json!({ "ceiling": ["rooms.view", "rings.view", "roles.view", "roles.modify"] })).await;
    lapses("the ceiling is lower").await;
    assert_eq!(world.ring_of("a1").await, "General");
}

#[tokio::test]
async fn a19_of_two_requests_for_one_room_the_second_is_outdated_and_a_room_that_is_gone_takes_nobodys_right() {
    let world = World::related().await;
    world.steer("chief", json!({ "changeControl": { "rings.modify": "manual" } })).await;
    let approve = async |ring: &str| {
        let rows: Vec<RequestRow> = world.get("chief", "/v1/change-requests").await.json();
        let row = rows.into_iter().find(|row| row.state == RequestState::Pending && row.change.ring.as_deref() == Some(ring)).unwrap();
        world.decide("chief", (row.id, row.version), "approve").await
    };
    waits(&world.moves("ann", "Staging", &[world.room("a1")]).await);
    waits(&world.moves("ann", "Executive", &[world.room("a1")]).await);
    approve("Executive").await.ok("one of them");
    assert_eq!(approve("Staging").await.fields(), ["# request-outdated"]);
    assert_eq!(world.ring_of("a1").await, "Executive");
    waits(&world.moves("ann", "General", &[world.room("a1"), world.room("a2")]).await);
    world.apply(vec![Change::UnenrolRoom { room: world.room("a1") }]).await;
    let rows: Page<WaitingRequest> = world.get("ann", "/v1/waiting-requests").await.json();
    assert!(
        rows.items.iter().all(|it| it.request.change.ring.as_deref() != Some("General")),
        "it names a room that is not managed any more"
    );
    assert_eq!(approve("General").await.fields(), ["# request-outdated"], "nobody lost a right");
}
