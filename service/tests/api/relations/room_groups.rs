//! Groups of rooms: who sees which, and who changes them how.

use http::{Method, StatusCode};
use serde_json::{Value, json};
use tenantry_model::access::ScopeLink;
use tenantry_model::api::Page;
use tenantry_model::api::requests::RequestRow;
use tenantry_model::api::roles::{AccessAnswer, Named, RoleList};
use tenantry_model::api::room_groups::{RoomGroupDetail, RoomGroupRow};
use tenantry_model::id::{RoomGroupId, RoomId};
use tenantry_model::permission::Permission::{self, GroupsCreate, GroupsModify, GroupsView, RolesView, RoomsView};
use tenantry_model::permission::{BuiltInRole, PermissionSet};

use super::World;
use crate::support::{Answer, id};

fn all() -> Value {
    json!({ "kind": "all" })
}

impl World {
    fn groups_path(&self) -> String {
        format!("/v1/customers/{}/groups", self.alpha)
    }

    fn group_path(&self, group: RoomGroupId) -> String {
        format!("{}/{group}", self.groups_path())
    }

    /// Every group that somebody sees, page by page, with how many rooms of it.
    async fn groups_of(&self, who: &str) -> Vec<(String, u32)> {
        let rows: Vec<RoomGroupRow> = self.paged(who, &self.groups_path()).await;
        rows.into_iter().map(|row| (row.name, row.rooms)).collect()
    }

    /// Every room of it that they see.
    async fn rooms_in(&self, who: &str, group: RoomGroupId) -> Vec<String> {
        let rooms: Vec<Named<RoomId>> = self.paged(who, &format!("{}/rooms", self.group_path(group))).await;
        rooms.into_iter().map(|room| room.name).collect()
    }

    /// A list, one row at a time.
    async fn paged<T: serde::de::DeserializeOwned>(&self, who: &str, path: &str) -> Vec<T> {
        let (mut found, mut cursor) = (vec![], String::new());
        loop {
            let page: Page<T> = self.get(who, &format!("{path}?limit=1{cursor}")).await.json();
            found.extend(page.items);
            let Some(next) = page.next_cursor else { return found };
            cursor = format!("&cursor={next}");
        }
    }

    async fn group(&self, who: &str, group: RoomGroupId) -> RoomGroupDetail {
        self.get(who, &self.group_path(group)).await.json()
    }

    async fn make(&self, who: &str, name: &str, rooms: &[&str]) -> RoomGroupId {
        let rooms: Vec<RoomId> = rooms.iter().map(|room| self.room(room)).collect();
        let answer = self.post(who, &self.groups_path(), json!({ "name": name, "rooms": rooms })).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
        answer.value()["id"].as_str().unwrap().parse().unwrap()
    }

    /// With the version that it has now.
    async fn alter(&self, who: &str, group: RoomGroupId, body: Value) -> Answer {
        let version = self.group("chief", group).await.version;
        self.patch(who, &self.group_path(group), version, body).await
    }

    async fn unmake(&self, who: &str, group: RoomGroupId) -> Answer {
        let version = self.group("chief", group).await.version;
        self.delete(who, &self.group_path(group), Some(version)).await
    }

    /// Alpha lets the partner's roles hold everything about groups, and `cleo` holds it over all that is delegated.
    async fn keeper(&self) {
        let ceiling = BuiltInRole::PrimaryAdmins.permissions().or(PermissionSet::of(&[GroupsCreate, GroupsModify]));
        self.steer("chief", json!({ "ceiling": ceiling })).await;
        self.role("ann", self.alpha, "Keepers", &[RoomsView, GroupsView, GroupsCreate, GroupsModify], &["cleo"], all()).await;
    }

    /// A role of Alpha's own for `agnes`.
    async fn own(&self, permissions: &[Permission], scope: Value) {
        self.role("chief", self.alpha, "Own", permissions, &["agnes"], scope).await;
    }
}

fn named(rows: &[(String, u32)]) -> Vec<(&str, u32)> {
    rows.iter().map(|(name, rooms)| (name.as_str(), *rooms)).collect()
}

#[tokio::test]
async fn r42_a_group_is_seen_by_its_rooms_and_only_these_are_counted() {
    let world = World::related().await;
    let far = world.make("chief", "Far", &["a3"]).await;
    let empty = world.make("chief", "Empty", &[]).await;
    assert_eq!(named(&world.groups_of("chief").await), [("Empty", 0), ("Far", 1), ("Floor", 2)]);
    assert_eq!(named(&world.groups_of("ann").await), [("Floor", 1)], "a3 is not delegated");
    assert_eq!(world.rooms_in("ann", world.floor).await, ["a1"]);
    assert_eq!(world.rooms_in("chief", world.floor).await, ["a1", "a3"]);
    let unknown = world.get("ann", &world.group_path(RoomGroupId::from_uuid(id(987)))).await;
    unknown.hidden("no such group");
    let unknown = unknown.without_request_id();
    for (group, what) in [(far, "in a room that is not delegated"), (empty, "without rooms, the customer's own")] {
        for path in [world.group_path(group), format!("{}/rooms", world.group_path(group))] {
            let answer = world.get("ann", &path).await;
            assert_eq!(answer.without_request_id(), unknown, "{what}");
        }
    }
    // In one room of the customer's own staff.
    world.own(&[GroupsView], world.scope(&["a3"])).await;
    assert_eq!(named(&world.groups_of("agnes").await), [("Far", 0), ("Floor", 0)], "their rooms are seen with rooms.view");
    assert_eq!(world.rooms_in("agnes", far).await, [""; 0]);
    world.get("agnes", &world.group_path(empty)).await.hidden("without rooms it needs the right over all of them");
    // Another customer's address, and an end.
    let elsewhere = format!("/v1/customers/{}/groups/{}", world.beta, world.floor);
    world.get("boss", &elsewhere).await.hidden("another customer's group");
    let version = world.customer("ann", world.alpha).await.version;
    world.delete("ann", &format!("/v1/customers/{}", world.alpha), Some(version)).await.ok("the end");
    world.get("ann", &world.groups_path()).await.hidden("it has ended");
    world.get("ann", &world.group_path(world.floor)).await.hidden("it has ended");
}

#[tokio::test]
async fn r68_a_room_that_is_not_managed_any_more_is_in_no_group_for_its_readers() {
    let world = World::related().await;
    let [last, both] = [world.make("chief", "Last", &["a1"]).await, world.make("chief", "Both", &["a1", "a2"]).await];
    assert_eq!(named(&world.groups_of("ann").await), [("Both", 2), ("Floor", 1), ("Last", 1)]);
    world.apply(vec![tenantry_test_kit::Change::UnenrolRoom { room: world.room("a1") }]).await;
    assert_eq!(named(&world.groups_of("ann").await), [("Both", 1)], "the others hold nothing that they manage");
    assert_eq!(world.rooms_in("ann", both).await, ["a2"]);
    world.get("ann", &world.group_path(last)).await.hidden("it holds no room");
    assert_eq!(named(&world.groups_of("chief").await), [("Both", 1), ("Floor", 1), ("Last", 0)]);
}

#[tokio::test]
async fn a20_a_group_is_made_changed_and_deleted_and_the_log_says_by_whom() {
    let world = World::related().await;
    let made = world.make("chief", " S\u{fc}d ", &["a1"]).await;
    assert_eq!(world.last_work("chief").await, "RoomGroup Create Successful Süd, by chief");
    let seen = world.group("chief", made).await;
    assert_eq!((seen.group.name.as_str(), seen.group.rooms, seen.version), ("Süd", 1, 1));
    assert!(seen.may_modify && seen.may_rename && seen.uses.is_empty());
    assert_eq!(world.get("chief", &world.group_path(made)).await.headers["etag"], "\"1\"");
    // Who reaches as far as the group reaches what comes to it.
    let scope = json!({ "kind": "some", "rooms": [], "groups": [made] });
    world.role("ann", world.alpha, "Lookers", &[RoomsView], &["cleo"], scope).await;
    assert_eq!(world.rooms_of("cleo").await, ["a1"]);
    let both = json!({ "name": "South", "add": [world.room("a2"), world.room("a3")], "remove": [world.room("a1")] });
    let answer = world.patch("chief", &world.group_path(made), 1, both.clone()).await;
    assert_eq!((answer.status, answer.value()["version"].as_u64()), (StatusCode::OK, Some(2)));
    assert_eq!(world.last_work("chief").await, "RoomGroup Update Successful South, by chief");
    assert_eq!((world.rooms_of("cleo").await, world.rooms_in("chief", made).await), (vec!["a2"], vec!["a2".to_owned(), "a3".into()]));
    assert_eq!(world.patch("chief", &world.group_path(made), 1, both.clone()).await.status, StatusCode::PRECONDITION_FAILED);
    let before = world.worked("chief").await.len();
    let same = world.patch("chief", &world.group_path(made), 2, both).await;
    assert_eq!((same.status, same.value()["version"].as_u64()), (StatusCode::OK, Some(2)), "nothing changes");
    assert_eq!(world.worked("chief").await.len(), before, "and nothing is recorded");
    // What depends on it is named, and it stays.
    let refused = world.delete("chief", &world.group_path(made), Some(2)).await;
    refused.conflicts("in use");
    assert_eq!(refused.fields(), ["# room-group-in-use"]);
    assert!(refused.detail().contains("Lookers – Lookers: first"), "{}", refused.detail());
    let uses = world.group("chief", made).await.uses;
    assert_eq!((uses[0].role_name.as_str(), uses[0].partner.as_deref()), ("Lookers", Some("Partner")));
    assert_eq!(world.rooms_of("cleo").await, ["a2"]);
    let role = uses[0].role;
    world.delete("ann", &format!("/v1/customers/{}/roles/{role}", world.alpha), Some(1)).await.ok("the role goes");
    assert_eq!(world.delete("chief", &world.group_path(made), Some(1)).await.status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(world.delete("chief", &world.group_path(made), Some(2)).await.status, StatusCode::NO_CONTENT);
    assert_eq!(world.last_work("chief").await, "RoomGroup Delete Successful South, by chief");
    world.get("chief", &world.group_path(made)).await.hidden("it is gone");
    assert_eq!(named(&world.groups_of("chief").await), [("Floor", 2)]);
}

#[tokio::test]
async fn a_group_that_is_sent_again_is_made_once() {
    let world = World::related().await;
    let send =
        async |body: Value| world.send("chief", Method::POST, &world.groups_path(), &[("idempotency-key", "once")], Some(body)).await;
    let first = send(json!({ "name": "South" })).await;
    let again = send(json!({ "name": "South" })).await;
    assert_eq!((first.status, &first.body), (again.status, &again.body));
    assert_eq!(named(&world.groups_of("chief").await), [("Floor", 2), ("South", 0)]);
    send(json!({ "name": "North" })).await.conflicts("the key of another request");
    let locked = [("tenantry-customer", world.beta.to_string())];
    let locked = locked.each_ref().map(|(name, value)| (*name, value.as_str()));
    let elsewhere = world.send("chief", Method::POST, &world.groups_path(), &locked, Some(json!({ "name": "North" }))).await;
    elsewhere.conflicts("a form of another customer");
}

#[tokio::test]
async fn what_a_group_cannot_be_is_said_at_the_field() {
    let world = World::related().await;
    let made = world.make("chief", "Große Räume", &[]).await;
    for (name, field) in [
        ("", "#/name name-invalid"),
        (" \u{200b} ", "#/name name-invalid"),
        ("South\u{202e}", "#/name name-invalid"),
        (&*"x".repeat(121), "#/name name-invalid"),
        ("floor", "#/name name-taken"),
        ("GROSSE RA\u{308}UME", "#/name name-taken"),
    ] {
        assert_eq!(world.post("chief", &world.groups_path(), json!({ "name": name })).await.fields(), [field], "{name:?}");
        if name != "GROSSE RA\u{308}UME" {
            assert_eq!(world.alter("chief", made, json!({ "name": name })).await.fields(), [field], "{name:?}");
        }
    }
    world.alter("chief", made, json!({ "name": "GROSSE R\u{c4}UME" })).await.ok("its own name, written otherwise");
    let [foreign, unknown] = [world.room("b1"), RoomId::from_uuid(id(987))];
    for room in [foreign, unknown] {
        let rooms = json!([world.room("a1"), room]);
        let new = world.post("chief", &world.groups_path(), json!({ "name": "South", "rooms": rooms })).await;
        assert_eq!((new.fields(), new.status), (vec!["#/rooms/1 room-unknown".into()], StatusCode::BAD_REQUEST));
        for member in ["add", "remove"] {
            let change = world.alter("chief", made, json!({ member: rooms })).await;
            assert_eq!(change.fields(), [format!("#/{member}/1 room-unknown")]);
        }
    }
    let many = vec![world.room("a1"); 1_001];
    assert_eq!(world.alter("chief", made, json!({ "add": many })).await.fields(), ["#/add room-group-rooms-too-many"]);
    assert_eq!(world.rooms_in("chief", made).await, [""; 0], "nothing of it was done");
    let failed = "RoomGroup Create Failed South, by chief".to_owned();
    assert!(world.worked("chief").await.iter().any(|record| world.line(record) == failed), "what was tried is in the log (R111)");
}

#[tokio::test]
async fn r42_a_partner_changes_groups_by_its_own_rooms_alone() {
    let world = World::related().await;
    world.keeper().await;
    assert_eq!(named(&world.groups_of("cleo").await), [("Floor", 1)]);
    let seen = world.group("cleo", world.floor).await;
    assert!(seen.may_modify && !seen.may_rename, "it holds a3");
    world.alter("cleo", world.floor, json!({ "add": [world.room("a2")] })).await.ok("a room of hers");
    let last = world.worked("chief").await.pop().unwrap();
    let told: Vec<_> = last.detail.iter().map(|it| (it.field.as_str(), it.before.as_deref(), it.after.as_deref())).collect();
    assert_eq!(told, [("rooms", None, Some("a2"))], "the log says which came");
    assert_eq!(world.rooms_in("chief", world.floor).await, ["a1", "a2", "a3"], "what she does not see stays");
    for body in [json!({ "add": [world.room("a3")] }), json!({ "remove": [world.room("a3")] })] {
        let hidden = world.alter("cleo", world.floor, body.clone()).await;
        let unknown = body.to_string().replace(&world.room("a3").to_string(), &id(987).to_string());
        let unknown = world.alter("cleo", world.floor, serde_json::from_str(&unknown).unwrap()).await;
        assert_eq!((hidden.status, hidden.fields()), (unknown.status, unknown.fields()), "told apart from no room by nothing");
        assert_eq!(hidden.status, StatusCode::BAD_REQUEST);
    }
    let renamed = world.alter("cleo", world.floor, json!({ "name": "Ground" })).await;
    assert_eq!((renamed.fields(), renamed.status), (vec!["#/name room-group-beyond-reach".into()], StatusCode::CONFLICT));
    let deleted = world.unmake("cleo", world.floor).await;
    assert_eq!((deleted.fields(), deleted.status), (vec!["# room-group-beyond-reach".into()], StatusCode::CONFLICT));
    assert_eq!(world.group("chief", world.floor).await.group.name, "Floor");

    // What her organisation made it sees, also without rooms; what the customer made without rooms it does not.
    let own = world.make("cleo", "Ours", &[]).await;
    world.make("chief", "Theirs", &[]).await;
    assert_eq!(named(&world.groups_of("cleo").await), [("Floor", 2), ("Ours", 0)]);
    assert_eq!(named(&world.groups_of("ann").await), [("Floor", 2), ("Ours", 0)], "her colleague too");
    assert_eq!(named(&world.groups_of("chief").await), [("Floor", 3), ("Ours", 0), ("Theirs", 0)]);
    world.alter("chief", own, json!({ "add": [world.room("a3")] })).await.ok("the customer puts in a room of its own");
    world.get("cleo", &world.group_path(own)).await.hidden("it is in no room of hers");
    world.alter("chief", own, json!({ "remove": [world.room("a3")] })).await.ok("and takes it out");
    // A group of theirs may be named before it holds a room; not by its id alone.
    let scope = json!({ "kind": "some", "rooms": [], "groups": [own] });
    let early = world.role("ann", world.alpha, "Early", &[RoomsView], &["nemo"], scope.clone()).await;
    world.delete("ann", &format!("/v1/customers/{}/roles/{}", world.alpha, early.role.id), Some(early.version)).await.ok("away");
    world.role("ann", world.alpha, "Givers", &[Permission::RolesModify], &["nemo"], all()).await;
    let unseen = world.try_role("nemo", world.alpha, world.role_body("Late", &[RoomsView], &["nemo"], scope)).await;
    assert_eq!(unseen.fields(), ["#/assignment/scope room-group-unknown"]);
    // An assignment of the customer's own is none of her business, and holds the group all the same.
    world.own(&[RoomsView], json!({ "kind": "some", "rooms": [], "groups": [own] })).await;
    let seen = world.group("cleo", own).await;
    assert_eq!((seen.uses.len(), seen.hidden_uses), (0, 0), "others' roles do not exist for her (R44)");
    let moved = world.alter("cleo", own, json!({ "add": [world.room("a1")] })).await;
    for refused in [world.unmake("cleo", own).await, moved] {
        assert_eq!((refused.fields(), refused.status), (vec!["# room-group-needs-customer".into()], StatusCode::CONFLICT));
        assert!(!refused.detail().contains("Own") && !refused.detail().contains("more"), "{}", refused.detail());
    }
    assert_eq!(world.rooms_of("agnes").await, [""; 0], "nobody gains or loses by her");
    world.alter("chief", own, json!({ "add": [world.room("a1")] })).await.ok("the customer changes what its people reach");
    assert_eq!(world.rooms_of("agnes").await, ["a1"]);
    let reach = world.group("cleo", own).await.group.rooms;
    let moved = world.alter("cleo", own, json!({ "remove": [world.room("a1")] })).await;
    assert_eq!((moved.fields(), reach), (vec!["# room-group-needs-customer".into()], 1));
    assert_eq!(world.rooms_of("agnes").await, ["a1"]);
}

#[tokio::test]
async fn r42_nobody_widens_by_a_group_what_they_may_not_give() {
    let world = World::related().await;
    let group = world.make("chief", "South", &["a1"]).await;
    world.own(&[RoomsView, GroupsView, GroupsCreate, GroupsModify], all()).await;
    world.alter("agnes", group, json!({ "add": [world.room("a2")] })).await.ok("no assignment names it");
    let scope = json!({ "kind": "some", "rooms": [], "groups": [group] });
    world.role("chief", world.alpha, "Strong", &[RoomsView, Permission::RoomsModify], &["agnes"], scope).await;
    for change in [json!({ "add": [world.room("a3")] }), json!({ "remove": [world.room("a1")] })] {
        let refused = world.alter("agnes", group, change).await;
        assert_eq!((refused.fields(), refused.status), (vec!["# room-group-beyond-reach".into()], StatusCode::CONFLICT));
    }
    world.alter("agnes", group, json!({ "name": "West" })).await.ok("a name gives nothing");
    world.role("chief", world.alpha, "Givers", &[Permission::RolesModify], &["agnes"], all()).await;
    world.alter("agnes", group, json!({ "add": [world.room("a3")] })).await.ok("she might give that by a scope as well");
}

#[tokio::test]
async fn r42_who_holds_the_right_in_some_rooms_changes_no_group() {
    let world = World::related().await;
    world.own(&[RoomsView, GroupsView, GroupsCreate, GroupsModify], world.scope(&["a1"])).await;
    let beyond = ["# room-group-beyond-reach".to_owned()];
    assert!(!world.group("agnes", world.floor).await.may_modify);
    assert_eq!(world.post("agnes", &world.groups_path(), json!({ "name": "Mine" })).await.fields(), beyond);
    assert_eq!(world.alter("agnes", world.floor, json!({ "remove": [world.room("a1")] })).await.fields(), beyond);
    assert_eq!(world.unmake("agnes", world.floor).await.fields(), beyond);
    assert_eq!(named(&world.groups_of("chief").await), [("Floor", 2)]);
    // A Primary admin may look alone.
    world.post("ann", &world.groups_path(), json!({ "name": "Mine" })).await.hidden("creating");
    world.alter("ann", world.floor, json!({ "name": "Mine" })).await.hidden("renaming");
    world.unmake("ann", world.floor).await.hidden("deleting");
}

#[tokio::test]
async fn a18_a_change_of_who_reaches_what_is_the_customers_where_it_approves_such_changes() {
    let world = World::related().await;
    world.keeper().await;
    world
        .role("ann", world.alpha, "Lookers", &[RoomsView], &["nemo"], json!({ "kind": "some", "rooms": [], "groups": [world.floor] }))
        .await;
    let free = world.make("cleo", "Free", &["a1"]).await;
    world.steer("chief", json!({ "changeControl": { "roles.modify": "manual" } })).await;
    for change in [json!({ "add": [world.room("a2")] }), json!({ "remove": [world.room("a1")] })] {
        let refused = world.alter("cleo", world.floor, change).await;
        assert_eq!((refused.fields(), refused.status), (vec!["# room-group-needs-customer".into()], StatusCode::CONFLICT));
    }
    assert_eq!(world.rooms_of("nemo").await, ["a1"]);
    world.alter("cleo", free, json!({ "add": [world.room("a2")] })).await.ok("nobody reaches as far as this one");
    world.alter("chief", world.floor, json!({ "add": [world.room("a2")] })).await.ok("by the customer");
    assert_eq!(world.rooms_of("nemo").await, ["a1", "a2"]);
}

#[tokio::test]
async fn a18_a_group_stays_as_it_is_while_a_request_that_names_it_waits() {
    let world = World::related().await;
    world.keeper().await;
    let free = world.make("cleo", "Free", &["a1"]).await;
    world.steer("chief", json!({ "changeControl": { "roles.modify": "manual" } })).await;
    let scope = json!({ "kind": "some", "rooms": [], "groups": [free] });
    let asked = world.try_role("ann", world.alpha, world.role_body("Lookers", &[RoomsView], &["nemo"], scope)).await;
    assert_eq!(asked.status, StatusCode::ACCEPTED, "{asked:?}");
    let rows: Vec<RequestRow> = world.get("chief", "/v1/change-requests").await.json();
    let shown = &rows[0].change;
    let told: Vec<_> = shown.fields.iter().map(|it| (it.field.as_str(), it.after.as_deref())).collect();
    assert_eq!((told, shown.rooms), (vec![("roomGroups", Some("Free (1)"))], Some(1)), "what is approved is said");
    // To a colleague without groups.view the groups of a request are not named.
    let list = async |who: &str| -> usize {
        let list: RoleList = world.get(who, &format!("/v1/customers/{}/roles", world.alpha)).await.json();
        list.waiting[0].change.fields.len()
    };
    assert_eq!(list("ann").await, 1);
    let refused = world.alter("cleo", free, json!({ "add": [world.room("a2")] })).await;
    assert_eq!((refused.fields(), refused.status), (vec!["# room-group-needs-customer".into()], StatusCode::CONFLICT));
    for who in ["cleo", "chief"] {
        assert_eq!(world.unmake(who, free).await.fields(), ["# room-group-in-use"], "{who}");
    }
    let request = world.request("chief").await;
    world.decide("chief", request, "reject").await.ok("reject");
    world.alter("cleo", free, json!({ "add": [world.room("a2")] })).await.ok("nothing waits");
    assert_eq!(world.unmake("cleo", free).await.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn r57_a_group_is_named_in_scopes_and_chains_to_who_sees_it() {
    let world = World::related().await;
    let scope = json!({ "kind": "some", "rooms": [], "groups": [world.floor] });
    let role = world.role("ann", world.alpha, "Lookers", &[RoomsView], &["nemo"], scope).await.role.id;
    let question =
        format!("/v1/customers/{}/access?user={}&permission=rooms.view&room={}", world.alpha, world.who("nemo"), world.room("a1"));
    for (name, permissions, told) in
        [("Readers", &[RolesView][..], None), ("Readers of groups", &[RolesView, GroupsView][..], Some("Floor"))]
    {
        let reader = world.role("ann", world.alpha, name, permissions, &["cleo"], all()).await;
        let scope = &world.role_detail("cleo", world.alpha, role).await.assignments[0].scope;
        let names: Vec<&str> = scope.groups.iter().map(|group| group.name.as_str()).collect();
        assert_eq!((names, scope.hidden_groups), (Vec::from_iter(told), u32::from(told.is_none())), "{name}");
        let answer: AccessAnswer = world.get("cleo", &question).await.json();
        assert_eq!(answer.names[0].by_group.as_deref(), told, "{name}");
        let known = answer.chain.assignments.iter().any(|it| it.scope == ScopeLink::Group(world.floor));
        assert_eq!(known, told.is_some(), "{name}: not by its id either");
        world.delete("ann", &format!("/v1/customers/{}/roles/{}", world.alpha, reader.role.id), Some(reader.version)).await.ok("away");
    }
}
