//! Assignments: who holds a role where (R42, R50–R52, R56–R58, A20).

use http::StatusCode;
use serde_json::json;
use tenantry_model::id::{RoomGroupId, RoomId};
use tenantry_model::permission::Permission;
use tenantry_test_kit::Change;

use super::World;
use crate::support::id;

const LOOK: [Permission; 1] = [Permission::RoomsView];

#[tokio::test]
async fn r50_a_role_has_any_number_of_assignments_and_a_user_may_be_in_several() {
    let world = World::related().await;
    let role = world.role("ann", world.alpha, "Lookers", &LOOK, &["cleo"], world.scope(&["a1"])).await;
    let path = format!("/v1/customers/{}/roles/{}/assignments", world.alpha, role.role.id);
    let second = json!({ "name": "Second", "members": [world.who("cleo"), world.who("nemo")], "scope": world.scope(&["a2"]) });
    let answer = world.post("ann", &path, second).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    let second = answer.value()["done"]["id"].as_str().unwrap().to_owned();
    assert_eq!((world.rooms_of("cleo").await, world.rooms_of("nemo").await), (vec!["a1", "a2"], vec!["a2"]));
    world.delete("ann", &format!("{path}/{second}"), Some(1)).await.ok("one goes, the other stays");
    assert_eq!(world.last("chief").await, "Assignment Delete Successful Lookers – Second, by ann");
    assert_eq!((world.rooms_of("cleo").await, world.rooms_of("nemo").await), (vec!["a1"], vec![]));
}

#[tokio::test]
async fn r51_an_assignment_needs_a_name_and_the_description_may_be_missing() {
    let world = World::related().await;
    let role = world.role("ann", world.alpha, "Lookers", &LOOK, &["cleo"], json!({ "kind": "all" })).await;
    let path = format!("/v1/customers/{}/roles/{}/assignments", world.alpha, role.role.id);
    let body = |name: serde_json::Value| json!({ "name": name, "members": [], "scope": { "kind": "all" } });
    for name in [json!(""), json!("   "), json!(null), json!("x".repeat(121))] {
        world.post("ann", &path, body(name.clone())).await.bad(&name.to_string());
    }
    let first = format!("{path}/{}", role.assignments[0].id);
    world.patch("ann", &first, 1, json!({ "name": " " })).await.bad("nor by a change");
    world.patch("ann", &first, 1, json!({ "description": "x".repeat(501) })).await.bad("a description without end");
    world.post("ann", &path, body(json!("Named"))).await.ok("a name is enough");
    let read = world.role_detail("ann", world.alpha, role.role.id).await;
    assert_eq!(read.assignments.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["Lookers: first", "Named"]);
    assert!(read.assignments.iter().all(|it| it.description.is_empty()));
}

#[tokio::test]
async fn r52_members_are_of_the_own_organisation_and_scopes_are_rooms_or_groups() {
    let world = World::related().await;
    let role = world.role("ann", world.alpha, "Lookers", &LOOK, &[], json!({ "kind": "all" })).await;
    let path = format!("/v1/customers/{}/roles/{}/assignments", world.alpha, role.role.id);
    let with = |member, scope| json!({ "name": "x", "members": [member], "scope": scope });
    for who in ["agnes", "rolf", "boss", "crew"] {
        world.post("ann", &path, with(world.who(who), json!({ "kind": "all" }))).await.bad(who);
    }
    let groups = json!({ "kind": "some", "rooms": [], "groups": [world.floor] });
    world.post("ann", &path, with(world.who("outer"), groups)).await.ok("a group of people in a group of rooms");
    assert_eq!(world.rooms_of("inside").await, ["a1"], "of the room group, what is delegated (R41)");
    world
        .post("ann", &path, json!({ "name": "x", "members": [], "scope": { "kind": "some", "rooms": [], "groups": [] } }))
        .await
        .bad("no scope");
    // Changed to somebody else's: nothing changes.
    let first = format!("{path}/{}", role.assignments[0].id);
    world.patch("ann", &first, 1, json!({ "members": [world.who("cleo"), world.who("agnes")] })).await.bad("agnes");
    world.patch("ann", &first, 1, json!({ "members": [world.who("cleo"), world.who("cleo")] })).await.ok("named twice");
    assert_eq!(world.rooms_of("cleo").await, ["a1", "a2"]);
}

#[tokio::test]
async fn r41_r42_a_room_that_is_not_delegated_is_told_from_no_room_by_nothing() {
    let world = World::related().await;
    let role = world.role("ann", world.alpha, "Lookers", &LOOK, &[], json!({ "kind": "all" })).await;
    let path = format!("/v1/customers/{}/roles/{}/assignments", world.alpha, role.role.id);
    let nowhere = RoomId::from_uuid(id(999));
    let mut alike = Vec::new();
    for room in [world.room("a3"), world.room("b1"), nowhere] {
        let scope = json!({ "kind": "some", "rooms": [world.room("a1"), room], "groups": [] });
        let answer = world.post("ann", &path, json!({ "name": "x", "members": [], "scope": scope })).await;
        answer.bad("a room that is not delegated");
        let (status, headers, body) = answer.without_request_id();
        alike.push((status, headers, body.to_string().replace(&room.to_string(), "ROOM")));
    }
    assert_eq!(alike[0], alike[1]);
    assert_eq!(alike[0], alike[2]);
    // A group of rooms none of which is delegated, another customer's group, and none at all.
    world.apply(vec![Change::SetRoomGroupRooms { group: world.floor, rooms: vec![world.room("a3")] }]).await;
    let nowhere = RoomGroupId::from_uuid(id(998));
    let mut alike = Vec::new();
    for group in [world.floor, nowhere] {
        let scope = json!({ "kind": "some", "rooms": [], "groups": [group] });
        let answer = world.post("ann", &path, json!({ "name": "x", "members": [], "scope": scope })).await;
        answer.bad("a group");
        let (status, headers, body) = answer.without_request_id();
        alike.push((status, headers, body.to_string().replace(&group.to_string(), "GROUP")));
    }
    assert_eq!(alike[0], alike[1]);
    // What is not delegated is not named where it is asked about either.
    let hidden = world.get("ann", &world.room_path("a3")).await.without_request_id();
    let unknown = format!("/v1/customers/{}/rooms/{}", world.alpha, id(999));
    assert_eq!(hidden, world.get("ann", &unknown).await.without_request_id());
    let ask = |room: String| format!("/v1/customers/{}/access?user={}&permission=rooms.view&room={room}", world.alpha, world.who("ann"));
    let hidden = world.get("ann", &ask(world.room("a3").to_string())).await.without_request_id();
    assert_eq!(hidden, world.get("ann", &ask(id(999).to_string())).await.without_request_id());
}

#[tokio::test]
async fn r42_who_manages_roles_in_some_rooms_gives_nothing_beyond_them() {
    let world = World::related().await;
    let manage = [Permission::RolesView, Permission::RolesModify, Permission::RoomsView, Permission::GroupsView];
    world.role("ann", world.alpha, "Managers of a1", &manage, &["cleo"], world.scope(&["a1"])).await;
    let wide = world.role("ann", world.alpha, "Lookers", &LOOK, &["nemo"], json!({ "kind": "all" })).await;
    let roles = format!("/v1/customers/{}/roles", world.alpha);
    let path = format!("{roles}/{}", wide.role.id);
    let first = format!("{path}/assignments/{}", wide.assignments[0].id);
    for scope in [
        json!({ "kind": "all" }),
        world.scope(&["a2"]),
        world.scope(&["a1", "a2"]),
        json!({ "kind": "some", "rooms": [], "groups": [world.floor] }),
    ] {
        let body = world.role_body("New", &LOOK, &["cleo"], scope.clone());
        world.try_role("cleo", world.alpha, body).await.conflicts(&format!("a role over {scope}"));
        let assignment = json!({ "name": "x", "members": [world.who("cleo")], "scope": scope });
        world.post("cleo", &format!("{path}/assignments"), assignment).await.conflicts(&format!("an assignment over {scope}"));
    }
    // What reaches further than she does is not hers to change: neither its members, nor its role, nor to cut it down, nor to delete it.
    world.patch("cleo", &first, 1, json!({ "members": [world.who("cleo")] })).await.conflicts("members");
    world.patch("cleo", &first, 1, json!({ "scope": world.scope(&["a1"]) })).await.conflicts("cutting down");
    world.delete("cleo", &first, Some(1)).await.conflicts("deleting the assignment");
    world.patch("cleo", &path, 1, json!({ "permissions": ["tickets.view"] })).await.conflicts("the role");
    world.delete("cleo", &path, Some(1)).await.conflicts("deleting the role");
    // Primary admins reach over everything delegated: not hers either.
    let primary = world.primary("chief").await;
    let admins = format!("{roles}/{}/assignments/{}", primary.role.id, primary.assignments[0].id);
    world.patch("cleo", &admins, 1, json!({ "members": [world.who("cleo"), world.who("ann")] })).await.conflicts("Primary admins");
    let more = json!({ "principals": [world.who("cleo")] });
    world.post("cleo", &format!("/v1/customers/{}/primary-admins", world.alpha), more).await.hidden("by the other door");
    // In her own room she gives.
    let own = json!({ "name": "In a1", "members": [world.who("outer")], "scope": world.scope(&["a1"]) });
    world.post("cleo", &format!("{path}/assignments"), own).await.ok("in a1");
    assert_eq!((world.rooms_of("inside").await, world.rooms_of("cleo").await), (vec!["a1"], vec!["a1"]));
    world.try_role("cleo", world.alpha, world.role_body("Helpers", &LOOK, &["rolf"], world.scope(&["a1"]))).await.bad("not of the partner");
    world.try_role("cleo", world.alpha, world.role_body("Helpers", &LOOK, &["ben"], world.scope(&["a1"]))).await.ok("a role in a1");
    assert_eq!(world.rooms_of("ben").await, ["a1", "b1"]);
    // What she reads of others' scopes names her room alone.
    let read = world.role("ann", world.alpha, "Both", &LOOK, &[], world.scope(&["a1", "a2"])).await;
    let read = world.role_detail("cleo", world.alpha, read.role.id).await;
    let scope = &read.assignments[0].scope;
    assert_eq!((scope.rooms.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), scope.hidden_rooms), (vec!["a1"], 1));
}

#[tokio::test]
async fn r56_mail_is_a_choice_of_each_assignment() {
    let world = World::related().await;
    let mut body = world.role_body("Lookers", &LOOK, &["cleo"], json!({ "kind": "all" }));
    body["assignment"]["emailNotifications"] = json!(true);
    let answer = world.try_role("ann", world.alpha, body).await;
    let role = answer.value()["done"]["id"].as_str().unwrap().parse().unwrap();
    let read = world.role_detail("ann", world.alpha, role).await;
    assert!(read.assignments[0].email_notifications);
    let path = format!("/v1/customers/{}/roles/{role}/assignments", world.alpha);
    world.post("ann", &path, json!({ "name": "Quiet", "members": [], "scope": { "kind": "all" } })).await.ok("a quiet one");
    world
        .patch("ann", &format!("{path}/{}", read.assignments[0].id), 1, json!({ "emailNotifications": false, "description": "d" }))
        .await
        .ok("off");
    let read = world.role_detail("ann", world.alpha, role).await;
    assert!(read.assignments.iter().all(|it| !it.email_notifications));
    assert_eq!(read.assignments[0].description, "d");
    assert_eq!(world.rooms_of("cleo").await, ["a1", "a2"], "members and scope stayed");
}

#[tokio::test]
async fn r57_what_two_assignments_give_is_not_multiplied() {
    let world = World::related().await;
    world.role("ann", world.alpha, "Lookers", &LOOK, &["cleo"], world.scope(&["a1"])).await;
    world.role("ann", world.alpha, "Helpdesk", &[Permission::TicketsView], &["cleo"], world.scope(&["a2"])).await;
    assert_eq!((world.rooms_of("cleo").await, world.incidents_of("cleo").await), (vec!["a1"], vec!["a2"]));
    world.get("cleo", &world.incident_path("a1")).await.hidden("the permission of the one, the room of the other");
    world.get("cleo", &world.room_path("a2")).await.hidden("and the other way round");
}

#[tokio::test]
async fn a20_r58_what_a_group_holds_counts_when_it_is_asked() {
    let world = World::related().await;
    let groups = json!({ "kind": "some", "rooms": [], "groups": [world.floor] });
    world.role("ann", world.alpha, "Lookers", &LOOK, &["cleo"], groups).await;
    assert_eq!(world.rooms_of("cleo").await, ["a1"], "a3 is in the group and not delegated");
    let hold = async |rooms: &[&str]| {
        let rooms = rooms.iter().map(|it| world.room(it)).collect();
        world.apply(vec![Change::SetRoomGroupRooms { group: world.floor, rooms }]).await;
    };
    hold(&["a2", "a3"]).await;
    assert_eq!(world.rooms_of("cleo").await, ["a2"]);
    world.steer("chief", json!({ "rooms": [world.room("a1"), world.room("a2"), world.room("a3")] })).await;
    assert_eq!(world.rooms_of("cleo").await, ["a2", "a3"]);
    world.steer("chief", json!({ "rooms": [world.room("a1")] })).await;
    assert_eq!(world.rooms_of("cleo").await, [""; 0]);
}
