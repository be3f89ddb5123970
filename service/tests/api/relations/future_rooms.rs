//! Delegating rooms one by one, by group, or all, each with future rooms or not (A36).

use http::{Method, StatusCode};
use serde_json::{Value, json};
use tenantry_model::api::delegations::MOST_ROOMS;
use tenantry_model::api::invitations::InvitationDetail;
use tenantry_model::api::partners::PartnerDetail;
use tenantry_model::api::roles::AccessAnswer;
use tenantry_model::api::room_groups::RoomGroupDetail;
use tenantry_model::api::{Me, RoomPage};
use tenantry_model::id::{RoomGroupId, RoomId};
use tenantry_model::permission::Permission::{GroupsCreate, GroupsModify, GroupsView, RolesModify, RoomsView};
use tenantry_model::permission::{BuiltInRole, PermissionSet};
use tenantry_model::sync::SyncLine;
use tenantry_service::domain::ingest::enrolment::checked;
use tenantry_service::store::agents::{self, NewRoom};
use tenantry_service::store::ingest::{RoomState, Watched, WatchedRoom};
use tenantry_test_kit::Change;

use super::World;
use crate::support::{Answer, first_sync, id};

const LATER: u128 = 71;

impl World {
    /// The rooms of Alpha that somebody sees, in the list and by a first sync, by name.
    async fn seen_rooms(&self, who: &str) -> Vec<String> {
        let page: RoomPage = self.get(who, &format!("/v1/customers/{}/rooms", self.alpha)).await.json();
        let listed: Vec<String> = page.items.into_iter().map(|room| room.display_name).collect();
        let (lines, _) = first_sync(async |path| self.get(who, &path).await).await;
        let rooms = lines.into_iter().filter_map(|line| if let SyncLine::Room(room) = line { Some(room) } else { None });
        let mut synced: Vec<String> = rooms.filter(|room| room.customer_id == self.alpha).map(|room| room.display_name).collect();
        synced.sort();
        assert_eq!(synced, listed, "{who}: the list and the sync");
        listed
    }

    /// A device of Alpha introduces itself, with the number that it gets.
    async fn device(&self, n: u128, name: &str) -> RoomId {
        let room = RoomId::from_uuid(id(n));
        self.apply(vec![Change::CreateRoom {
            id: room,
            customer: self.alpha,
            display_name: name.to_owned(),
            host_name: Some(format!("HOST-{name}")),
            account: Some(format!("{name}@rooms.example")),
            onboarding: true,
        }])
        .await;
        room
    }

    fn partner_path(&self) -> String {
        format!("/v1/partners/{}", self.partner)
    }

    /// Changes what Alpha delegates, with the version that it has now.
    async fn redelegate(&self, body: Value) -> Answer {
        let version = self.partner_of("chief").await.version;
        self.patch("chief", &self.partner_path(), version, body).await
    }

    /// Changes the rooms of a group.
    async fn fill(&self, who: &str, group: RoomGroupId, body: Value) -> Answer {
        let path = format!("/v1/customers/{}/groups/{group}", self.alpha);
        let version = self.get("chief", &path).await.json::<RoomGroupDetail>().version;
        self.patch(who, &path, version, body).await
    }

    async fn new_group(&self, name: &str) -> RoomGroupId {
        let answer = self.post("chief", &format!("/v1/customers/{}/groups", self.alpha), json!({ "name": name })).await;
        answer.value()["id"].as_str().unwrap().parse().unwrap()
    }

    async fn sync(&self, who: &str, cursor: &str) -> (Vec<SyncLine>, String) {
        let mut lines = self.get(who, &format!("/v1/sync?cursor={cursor}")).await.lines();
        let Some(SyncLine::Checkpoint(checkpoint)) = lines.pop() else { panic!("{lines:?}") };
        (lines, checkpoint.cursor)
    }
}

fn with_future(group: RoomGroupId, future: bool) -> Value {
    json!({ "add": { "groups": [{ "id": group, "future": future }] } })
}

fn names(of: &PartnerDetail) -> (usize, Vec<&str>, bool, u32) {
    (of.room_ids.len(), of.groups.iter().map(|group| group.name.as_str()).collect(), of.all_rooms, of.row.rooms)
}

#[tokio::test]
async fn a36_what_joins_a_group_that_is_delegated_with_future_rooms_reaches_the_partner_by_itself() {
    let world = World::related().await;
    world.role("ann", world.alpha, "Lookers", &[RoomsView], &["cleo"], world.scope(&["a1"])).await;
    world.steer("chief", with_future(world.floor, true)).await;
    assert_eq!(names(&world.partner_of("chief").await), (2, vec!["Floor"], false, 3));
    assert_eq!(world.seen_rooms("ann").await, ["a1", "a2", "a3"]);
    let (_, cursor) = first_sync(async |path| world.get("ann", &path).await).await;
    let late = world.device(LATER, "a4").await;
    assert_eq!(world.seen_rooms("ann").await, ["a1", "a2", "a3"], "it is in no group yet");
    let (lines, cursor) = world.sync("ann", &cursor).await;
    assert!(!format!("{lines:?}").contains("a4"), "{lines:?}");
    world.fill("chief", world.floor, json!({ "add": [late] })).await.ok("the customer puts it into the group");
    assert_eq!(world.seen_rooms("ann").await, ["a1", "a2", "a3", "a4"], "and delegates nothing");
    assert_eq!(world.seen_rooms("cleo").await, ["a1"], "cut to what an assignment names (A20)");
    let (lines, cursor) = world.sync("ann", &cursor).await;
    let rooms: Vec<RoomId> = lines.iter().filter_map(|line| if let SyncLine::Room(room) = line { Some(room.id) } else { None }).collect();
    assert_eq!(rooms, [late], "what came is sent, and not the customer: {lines:?}");
    assert!(!lines.iter().any(|line| matches!(line, SyncLine::Customer(customer) if customer.reset)), "{lines:?}");
    let question = format!("/v1/customers/{}/access?user={}&permission=rooms.view&room={late}", world.alpha, world.who("ann"));
    let answer: AccessAnswer = world.get("ann", &question).await.json();
    assert!(answer.chain.allowed && answer.chain.relationship.unwrap().delegated);
    // What leaves the group leaves the partner.
    world.fill("chief", world.floor, json!({ "remove": [late] })).await.ok("out again");
    assert_eq!(world.seen_rooms("ann").await, ["a1", "a2", "a3"]);
    let (lines, _) = world.sync("ann", &cursor).await;
    let reset = |line: &SyncLine| matches!(line, SyncLine::Customer(customer) if customer.reset);
    assert!(lines.iter().any(reset) && !format!("{lines:?}").contains("a4"), "{lines:?}");
}

#[tokio::test]
async fn a36_the_first_room_of_a_group_brings_the_customer_with_all_that_is_seen_by_it() {
    let world = World::start().await;
    let group = world.new_group("Neubau").await;
    let mut body = world.invitation_body("partner.example", &[]);
    body["groups"] = json!([{ "id": group, "future": true }]);
    let invitation = world.invite_with("chief", body).await;
    world.accept("mia", invitation, &["ann"]).await.ok("accept");
    assert!(world.get("ann", "/v1/me").await.json::<Me>().customers.is_empty(), "no room yet");
    let (_, cursor) = first_sync(async |path| world.get("ann", &path).await).await;
    world.fill("chief", group, json!({ "add": [world.room("a2")] })).await.ok("the first room");
    let (lines, _) = world.sync("ann", &cursor).await;
    assert!(lines.iter().any(|line| matches!(line, SyncLine::Customer(customer) if customer.id == world.alpha)), "{lines:?}");
    assert!(lines.iter().any(|line| matches!(line, SyncLine::Room(room) if room.id == world.room("a2"))), "{lines:?}");
    assert!(lines.iter().any(|line| matches!(line, SyncLine::Incident(_))), "{lines:?}");
    assert_eq!((world.rooms_of("ann").await, world.incidents_of("ann").await), (vec!["a2"], vec!["a2"]));
}

#[tokio::test]
async fn a36_a_group_without_future_rooms_is_kept_as_its_rooms() {
    let world = World::related().await;
    world.steer("chief", with_future(world.floor, false)).await;
    assert_eq!(names(&world.partner_of("chief").await), (3, vec![], false, 3));
    let late = world.device(LATER, "a4").await;
    world.fill("chief", world.floor, json!({ "add": [late], "remove": [world.room("a3")] })).await.ok("other rooms");
    assert_eq!(world.seen_rooms("ann").await, ["a1", "a2", "a3"], "neither gained nor lost");
    // With future rooms until now, and without from now on: one request.
    world.steer("chief", with_future(world.floor, true)).await;
    assert_eq!(world.seen_rooms("ann").await, ["a1", "a2", "a3", "a4"]);
    let kept = json!({ "remove": { "groups": [world.floor] }, "add": { "groups": [{ "id": world.floor }] } });
    world.steer("chief", kept).await;
    assert_eq!(names(&world.partner_of("chief").await), (4, vec![], false, 4));
}

#[tokio::test]
async fn a36_all_rooms_with_future_ones_are_one_word_and_a_device_that_enrols_is_seen_at_once() {
    let world = World::related().await;
    world.role("ann", world.alpha, "Lookers", &[RoomsView], &["cleo"], world.scope(&["a1"])).await;
    world.steer("chief", json!({ "add": { "all": { "future": true } } })).await;
    assert_eq!(names(&world.partner_of("chief").await), (0, vec![], true, 3));
    assert_eq!(world.seen_rooms("ann").await, ["a1", "a2", "a3"]);
    let me: Me = world.get("ann", "/v1/me").await.json();
    assert_eq!(me.customers[0].rooms, None, "all, however many");
    let (_, cursor) = first_sync(async |path| world.get("ann", &path).await).await;
    let late = world.device(LATER, "a4").await;
    assert_eq!((world.seen_rooms("ann").await.len(), world.seen_rooms("cleo").await), (4, vec!["a1".to_owned()]));
    let (lines, _) = world.sync("ann", &cursor).await;
    let rooms: Vec<RoomId> = lines.iter().filter_map(|line| if let SyncLine::Room(room) = line { Some(room.id) } else { None }).collect();
    assert_eq!(rooms, [late], "{lines:?}");
    assert!(!format!("{lines:?}").contains("b1"), "and nothing of another customer");
    world.apply(vec![Change::UnenrolRoom { room: late }]).await;
    assert_eq!((world.seen_rooms("ann").await.len(), world.partner_of("chief").await.row.rooms), (3, 3), "no longer managed (R68)");
    // Taken away, it leaves what is named in the same request.
    world.steer("chief", json!({ "remove": { "all": true }, "add": { "rooms": [world.room("a3")] } })).await;
    assert_eq!((world.seen_rooms("ann").await, world.rooms_of("cleo").await), (vec!["a3".to_owned()], vec![]));
    // All without future rooms are those of this moment.
    world.steer("chief", json!({ "add": { "all": {} } })).await;
    world.device(LATER + 1, "a5").await;
    assert_eq!(names(&world.partner_of("chief").await), (3, vec![], false, 3));
    assert_eq!(world.seen_rooms("ann").await, ["a1", "a2", "a3"]);
}

#[tokio::test]
async fn a36_r25_an_invitation_says_how_many_rooms_and_whether_more_come_and_never_none() {
    let world = World::start().await;
    let empty = world.new_group("Neubau").await;
    let with = |more: Value| {
        let mut body = world.invitation_body("partner.example", &[]);
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    for (body, field) in [
        (json!({}), "#/rooms rooms-none"),
        (json!({ "groups": [{ "id": empty }] }), "#/rooms rooms-none"),
        (json!({ "groups": [{ "id": RoomGroupId::from_uuid(id(987)), "future": true }] }), "#/groups room-group-unknown"),
        (json!({ "rooms": [world.room("b1")], "all": {} }), "#/rooms room-unknown"),
    ] {
        let answer = world.post("chief", "/v1/partners", with(body.clone())).await;
        assert_eq!((answer.fields(), answer.status), (vec![field.to_owned()], StatusCode::BAD_REQUEST), "{body}");
    }
    assert_eq!(world.waiting("chief").await, None, "nothing was sent");
    for (body, rooms, future) in [
        (json!({ "groups": [{ "id": world.floor }] }), 2, false),
        (json!({ "groups": [{ "id": world.floor, "future": true }] }), 2, true),
        (json!({ "groups": [{ "id": empty, "future": true }] }), 0, true),
        (json!({ "all": {} }), 3, false),
        (json!({ "all": { "future": true } }), 3, true),
    ] {
        let invitation = world.invite_with("chief", with(body.clone())).await;
        let detail: InvitationDetail = world.get("mia", &format!("/v1/invitations/{invitation}")).await.json();
        assert_eq!((detail.rooms, detail.future_rooms), (rooms, future), "{body}");
        world.delete("chief", &format!("{}/invitation", world.partner_path()), None).await.ok("withdraw");
    }
    // While it waits, what it delegates is what there is.
    let invitation = world.invite_with("chief", with(json!({ "groups": [{ "id": world.floor, "future": true }] }))).await;
    let told: Vec<_> = world.records("chief").await.pop().unwrap().detail;
    let told: Vec<_> = told.iter().map(|it| (it.field.as_str(), it.after.as_deref().unwrap_or_default())).collect();
    assert_eq!(told[2..], [("rooms", "2"), ("roomGroups", "Floor")], "in the log (A24)");
    world.fill("chief", world.floor, json!({ "add": [world.room("a2")] })).await.ok("one more");
    let detail: InvitationDetail = world.get("mia", &format!("/v1/invitations/{invitation}")).await.json();
    assert_eq!(detail.rooms, 3);
    world.accept("mia", invitation, &["ann"]).await.ok("accept");
    assert_eq!(world.rooms_of("ann").await, ["a1", "a2", "a3"]);
    let late = world.device(LATER, "a4").await;
    world.fill("chief", world.floor, json!({ "add": [late] })).await.ok("and another one later");
    assert_eq!(world.seen_rooms("ann").await.len(), 4);
}

#[tokio::test]
async fn r58_a_room_that_is_taken_away_is_gone_or_the_request_is_refused() {
    let world = World::related().await;
    world.steer("chief", with_future(world.floor, true)).await;
    let before = world.partner_of("chief").await;
    for (body, field) in [
        (json!({ "remove": { "rooms": [world.room("a2"), world.room("a1")] } }), "#/remove/rooms room-stays-delegated"),
        (json!({ "remove": { "rooms": [world.room("a3")] } }), "#/remove/rooms room-stays-delegated"),
        (json!({ "remove": { "rooms": [world.room("a1")] }, "add": { "all": { "future": true } } }), "#/remove/rooms room-stays-delegated"),
        (json!({ "remove": { "rooms": [world.room("b1")] } }), "#/remove/rooms room-unknown"),
        (json!({ "add": { "rooms": [world.room("b1")] } }), "#/add/rooms room-unknown"),
        (json!({ "add": { "groups": [{ "id": RoomGroupId::from_uuid(id(987)), "future": true }] } }), "#/add/groups room-group-unknown"),
    ] {
        let answer = world.redelegate(body.clone()).await;
        assert_eq!((answer.fields(), answer.status), (vec![field.to_owned()], StatusCode::BAD_REQUEST), "{body}");
    }
    let after = world.partner_of("chief").await;
    assert_eq!((names(&after), after.version), (names(&before), before.version), "nothing of it was done");
    world.steer("chief", json!({ "remove": { "rooms": [world.room("a1")], "groups": [world.floor] } })).await;
    assert_eq!(world.rooms_of("ann").await, ["a2"]);
    let told: Vec<_> = world.records("chief").await.pop().unwrap().detail;
    let told: Vec<_> = told.iter().map(|it| (it.field.as_str(), it.before.as_deref(), it.after.as_deref())).collect();
    assert_eq!(told, [("rooms", Some("3"), Some("1")), ("roomGroups", Some("Floor"), None)]);
    // A room may be replaced by a group that it is in; and a group that is not delegated, or not there, may be named.
    world.steer("chief", json!({ "add": { "rooms": [world.room("a1")] } })).await;
    let by_group = json!({ "groups": [{ "id": world.floor, "future": true }] });
    world.steer("chief", json!({ "add": by_group, "remove": { "rooms": [world.room("a1")] } })).await;
    assert_eq!((world.rooms_of("ann").await, world.partner_of("chief").await.room_ids), (vec!["a1", "a2", "a3"], vec![world.room("a2")]));
    // Taken away while it is not managed, it would be back with its device (R68).
    world.apply(vec![Change::UnenrolRoom { room: world.room("a1") }]).await;
    let refused = world.redelegate(json!({ "remove": { "rooms": [world.room("a1")] } })).await;
    assert_eq!(refused.fields(), ["#/remove/rooms room-stays-delegated"]);
    world.device(21, "a1").await;
    world.steer("chief", json!({ "remove": { "groups": [world.floor, RoomGroupId::from_uuid(id(987))] } })).await;
    assert_eq!(world.rooms_of("ann").await, ["a2"]);
    // All but some, at this moment; and what changes nothing leaves no record.
    world.steer("chief", json!({ "add": { "all": {} }, "remove": { "rooms": [world.room("a2")] } })).await;
    assert_eq!(world.rooms_of("ann").await, ["a1", "a3"]);
    let lines = world.log("chief").await.len();
    world.steer("chief", json!({ "add": { "rooms": [world.room("a1")] }, "remove": { "rooms": [world.room("a2")], "all": true } })).await;
    assert_eq!(world.log("chief").await.len(), lines);
}

#[tokio::test]
async fn a36_only_the_customers_own_people_fill_a_group_that_is_delegated() {
    let world = World::related().await;
    let ceiling = BuiltInRole::PrimaryAdmins.permissions().or(PermissionSet::of(&[GroupsCreate, GroupsModify]));
    world.steer("chief", json!({ "ceiling": ceiling })).await;
    let keeps = [RoomsView, GroupsView, GroupsCreate, GroupsModify, RolesModify];
    world.role("ann", world.alpha, "Keepers", &keeps, &["cleo"], json!({ "kind": "all" })).await;
    world.role("chief", world.alpha, "Own", &keeps, &["agnes"], json!({ "kind": "all" })).await;
    let group = world.new_group("Altbau").await;
    world.fill("chief", group, json!({ "add": [world.room("a1")] })).await.ok("so that the partner sees it");
    world.fill("cleo", group, json!({ "add": [world.room("a2")] })).await.ok("nothing depends on it");
    let needs_customer = ["# room-group-needs-customer".to_owned()];
    let path = format!("/v1/customers/{}/groups/{group}", world.alpha);
    let unmake = async |who: &str| {
        let version = world.get("chief", &path).await.json::<RoomGroupDetail>().version;
        world.delete(who, &path, Some(version)).await
    };
    let protected = async |what: &str| {
        for body in [json!({ "add": [world.room("a2")] }), json!({ "remove": [world.room("a1")] })] {
            let answer = world.fill("cleo", group, body).await;
            assert_eq!((answer.fields(), answer.status), (needs_customer.to_vec(), StatusCode::CONFLICT), "{what}");
        }
        let rooms: RoomGroupDetail = world.get("chief", &path).await.json();
        assert_eq!(rooms.group.rooms, 1, "{what}: the partner changed it");
        assert_eq!(unmake("cleo").await.fields(), needs_customer, "{what}");
        assert_eq!(unmake("chief").await.fields(), ["# room-group-in-use"], "{what}");
        let refused = world.fill("agnes", group, json!({ "add": [world.room("a3")] })).await;
        assert_eq!(refused.fields(), ["# room-group-beyond-reach"], "{what}: delegating is the administrators' alone (R19, W15)");
        let renamed = world.fill("cleo", group, json!({ "name": "Neubau" })).await;
        assert_eq!(renamed.fields(), needs_customer, "{what}: the customer delegates it by its name");
        assert_eq!(rooms.delegated_to.len(), 1, "{what}");
        let agnes: RoomGroupDetail = world.get("agnes", &path).await.json();
        assert_eq!((agnes.delegated_to.len(), agnes.hidden_uses), (0, 1), "{what}");
        let cleo: RoomGroupDetail = world.get("cleo", &path).await.json();
        assert_eq!((cleo.delegated_to.len(), cleo.hidden_uses), (0, 0), "{what}: no business of a partner's");
    };
    world.fill("chief", group, json!({ "remove": [world.room("a2")] })).await.ok("one room");
    // By an invitation of somebody else that waits.
    let mut body = world.invitation_body("rival.example", &[]);
    body["groups"] = json!([{ "id": group, "future": true }]);
    world.post("chief", "/v1/partners", body).await.ok("invite");
    protected("an invitation waits").await;
    let rival = format!("/v1/partners/{}", world.rival);
    world.delete("chief", &format!("{rival}/invitation"), None).await.ok("withdraw");
    // By its own delegation.
    world.steer("chief", with_future(group, true)).await;
    protected("it is delegated").await;
    world.fill("chief", group, json!({ "add": [world.room("a3")] })).await.ok("an administrator may");
    assert_eq!(world.rooms_of("ann").await, ["a1", "a2", "a3"]);
    // Until it is not delegated any more.
    world.steer("chief", json!({ "remove": { "groups": [group] } })).await;
    world.fill("cleo", group, json!({ "remove": [world.room("a1")] })).await.ok("nothing depends on it");
    assert_eq!(unmake("chief").await.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn a36_a_group_that_an_expired_invitation_names_is_free_and_a_deleted_one_is_delegated_no_more() {
    let world = World::start().await;
    let group = world.new_group("Altbau").await;
    let mut body = world.invitation_body("partner.example", &[]);
    body["groups"] = json!([{ "id": group, "future": true }]);
    world.post("chief", "/v1/partners", body.clone()).await.ok("invite");
    world.app.clock.advance(std::time::Duration::from_secs(8 * 24 * 60 * 60));
    let path = format!("/v1/customers/{}/groups/{group}", world.alpha);
    let version = world.get("chief", &path).await.json::<RoomGroupDetail>().version;
    assert_eq!(world.delete("chief", &path, Some(version)).await.status, StatusCode::NO_CONTENT, "nobody can accept it");
    assert!(world.partner_of("chief").await.groups.is_empty());
    world.relate("chief", &["a2"], "ann").await;
    world.steer("chief", with_future(world.floor, true)).await;
    assert_eq!(world.rooms_of("ann").await, ["a1", "a2", "a3"]);
    world.apply(vec![Change::DeleteRoomGroup { group: world.floor }]).await;
    assert_eq!(world.rooms_of("ann").await, ["a2"], "the operator deletes it");
    assert!(world.partner_of("chief").await.groups.is_empty());
}

#[tokio::test]
async fn a36_25_000_rooms_go_into_one_request_and_more_do_not() {
    const FIRST: u128 = 1_000_000;
    let world = World::related().await;
    let all: Vec<RoomId> = (0..MOST_ROOMS as u128).map(|n| RoomId::from_uuid(id(FIRST + n))).collect();
    let request = |n: usize| tenantry_model::api::EnrolRequest {
        display_name: format!("Room {n}"),
        capacity: None,
        host_name: format!("HOST-{n}"),
        account: format!("room{n}@rooms.example"),
        timezone: "Europe/Berlin".into(),
        licence: "Pro".into(),
        peripherals: vec![],
    };
    let mut tx = world.app.store.write().await.unwrap();
    let now = tx.now();
    let made = all.iter().enumerate().map(|(n, room)| {
        let facts = RoomState::onboarding(now);
        let watched = WatchedRoom {
            id: *room,
            customer: world.alpha,
            facts,
            lifted: None,
            silent_due: None,
            switched_off: Default::default(),
            signals: Default::default(),
        };
        NewRoom { device: checked(&request(n)).unwrap(), ring_id: None, key_hash: String::new(), watched: Watched::inserted(watched) }
    });
    agents::insert_rooms(tx.conn(), &made.collect::<Vec<_>>()).await.unwrap();
    tx.commit().await.unwrap();

    let body = json!({ "add": { "rooms": all } });
    assert!(body.to_string().len() <= 1_000_000, "{}", body.to_string().len());
    let started = std::time::Instant::now();
    world.redelegate(body).await.ok("25,000 rooms");
    println!("delegated in {:?}", started.elapsed());
    let detail = world.partner_of("chief").await;
    assert_eq!((detail.room_ids.len(), detail.row.rooms), (25_002, 25_002));
    let record = world.records("chief").await.pop().unwrap();
    assert_eq!(record.detail.len(), 1);
    assert_eq!((record.detail[0].before.as_deref(), record.detail[0].after.as_deref()), (Some("2"), Some("25002")), "numbers, no ids");
    let one = json!({ "remove": { "rooms": [all[7]] } });
    world.redelegate(one).await.ok("one room");
    assert_eq!(world.partner_of("chief").await.row.rooms, 25_001);
    world.redelegate(json!({ "remove": { "rooms": all } })).await.ok("and away");
    assert_eq!(world.rooms_of("ann").await, ["a1", "a2"]);

    let more: Vec<RoomId> = all.iter().copied().chain([world.room("a1")]).collect();
    let answer = world.redelegate(json!({ "add": { "rooms": more } })).await;
    assert_eq!(answer.fields(), ["#/add/rooms delegated-rooms-too-many"]);
    let mut invitation = world.invitation_body("rival.example", &[]);
    invitation["rooms"] = json!(more);
    assert_eq!(world.post("chief", "/v1/partners", invitation).await.fields(), ["#/rooms delegated-rooms-too-many"]);
    let twice: Vec<RoomId> = all.iter().chain(&all).copied().collect();
    assert_eq!(world.redelegate(json!({ "add": { "rooms": twice } })).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    // Every other route keeps its limit.
    let issue = json!({ "description": "x", "rooms": all });
    let refused = world.send("chief", Method::POST, &format!("/v1/customers/{}/incidents", world.alpha), &[], Some(issue)).await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
}
