//! The groups and the ring of a room, named to who may see them there: `groups.view` and `rings.view` on the room, each by one assignment.

use http::StatusCode;
use serde_json::json;
use tenantry_model::api::RoomPage;
use tenantry_model::permission::Permission::{self, GroupsView, RingsView, RoomsView};
use tenantry_model::room::Room;
use tenantry_model::sync::SyncLine;
use tenantry_test_kit::Change;

use super::World;
use crate::support::first_sync;

/// What of a room's surroundings is told.
fn told(room: &Room) -> (Vec<&str>, Option<&str>) {
    (room.groups.iter().map(|group| group.name.as_str()).collect(), room.ring.as_ref().map(|ring| ring.name.as_str()))
}

fn rooms(lines: Vec<SyncLine>) -> Vec<Room> {
    lines.into_iter().filter_map(|line| if let SyncLine::Room(room) = line { Some(*room) } else { None }).collect()
}

impl World {
    /// The room as list, detail and sync show it to somebody, which is alike.
    async fn room_everywhere(&self, who: &str, name: &str) -> Room {
        let alone: Room = self.get(who, &self.room_path(name)).await.json();
        let page: RoomPage = self.get(who, &format!("/v1/customers/{}/rooms", self.alpha)).await.json();
        assert!(page.items.contains(&alone), "{who}: {alone:?} is not in {:?}", page.items);
        let synced = rooms(first_sync(async |path| self.get(who, &path).await).await.0);
        assert!(synced.contains(&alone), "{who}: {alone:?} is not in {synced:?}");
        alone
    }
}

#[tokio::test]
async fn r57_groups_and_rings_are_named_by_an_assignment_that_has_the_room() {
    let world = World::related().await;
    let (group, ring) = (vec!["Floor"], Some("General"));
    assert_eq!(told(&world.room_everywhere("chief", "a1").await), (group.clone(), ring), "the customer's administrator");
    assert_eq!(told(&world.room_everywhere("ann", "a1").await), (group.clone(), ring), "a Primary admin");
    let all = json!({ "kind": "all" });
    for (name, permissions, expected) in [
        ("Rooms", &[RoomsView][..], (vec![], None)),
        ("Groups", &[RoomsView, GroupsView], (group.clone(), None)),
        ("Rings", &[RoomsView, RingsView], (vec![], ring)),
        ("Both", &[RoomsView, GroupsView, RingsView], (group.clone(), ring)),
    ] {
        let role = world.role("ann", world.alpha, name, permissions, &["cleo"], all.clone()).await;
        assert_eq!(told(&world.room_everywhere("cleo", "a1").await), expected, "{name}");
        let path = format!("/v1/customers/{}/roles/{}", world.alpha, role.role.id);
        world.delete("ann", &path, Some(role.version)).await.ok("the role goes");
    }
    // Two assignments: one has the rooms, the other the permission, in another room alone.
    world.role("ann", world.alpha, "Everywhere", &[RoomsView], &["cleo"], all).await;
    world.role("ann", world.alpha, "Elsewhere", &[GroupsView, RingsView], &["cleo"], world.scope(&["a2"])).await;
    assert_eq!(told(&world.room_everywhere("cleo", "a1").await), (vec![], None), "rights of two assignments never multiply");
    assert_eq!(told(&world.room_everywhere("cleo", "a2").await), (vec![], ring), "where the permission holds, by the other assignment");
}

#[tokio::test]
async fn a_change_of_rights_sends_rooms_anew_with_and_without_what_they_are_in() {
    let world = World::related().await;
    let permissions = |held: &[Permission]| json!({ "permissions": held });
    let role = world.role("ann", world.alpha, "Lookers", &[RoomsView], &["cleo"], json!({ "kind": "all" })).await;
    let path = format!("/v1/customers/{}/roles/{}", world.alpha, role.role.id);
    let (first, mut cursor) = first_sync(async |path| world.get("cleo", &path).await).await;
    assert!(rooms(first).iter().all(|room| told(room) == (vec![], None)));
    let mut version = role.version;
    let mut next = async |change: Option<&[Permission]>| {
        if let Some(held) = change {
            let answer = world.patch("ann", &path, version, permissions(held)).await;
            assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
            version = world.role_detail("ann", world.alpha, role.role.id).await.version;
        }
        let mut lines = world.get("cleo", &format!("/v1/sync?cursor={cursor}")).await.lines();
        let Some(SyncLine::Checkpoint(checkpoint)) = lines.pop() else { panic!("{lines:?}") };
        cursor = checkpoint.cursor;
        lines
    };
    let names = |lines: Vec<SyncLine>| -> Vec<String> { rooms(lines).iter().map(|room| format!("{:?}", told(room))).collect() };
    let reset = |lines: &[SyncLine]| lines.iter().any(|line| matches!(line, SyncLine::Customer(it) if it.reset));

    let given = next(Some(&[RoomsView, GroupsView, RingsView])).await;
    assert!(reset(&given), "{given:?}");
    assert_eq!(names(given), [r#"(["Floor"], Some("General"))"#, r#"([], Some("General"))"#]);
    world.apply(vec![Change::RenameRoomGroup { group: world.floor, name: "Ground".into() }]).await;
    assert_eq!(names(next(None).await), [r#"(["Ground"], Some("General"))"#], "the group's new name comes with its room");
    let taken = next(Some(&[RoomsView])).await;
    assert!(reset(&taken), "{taken:?}");
    assert_eq!(names(taken), ["([], None)", "([], None)"]);
    world.apply(vec![Change::RenameRoomGroup { group: world.floor, name: "Cellar".into() }]).await;
    assert!(names(next(None).await).iter().all(|name| name == "([], None)"), "and is not told any more");
}
