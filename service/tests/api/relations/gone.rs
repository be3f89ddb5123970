//! Who is told that a customer is gone (R4, R58, R62): who had it, and nobody else.

use std::collections::BTreeSet;

use serde_json::json;
use tenantry_model::permission::Permission;
use tenantry_model::sync::SyncLine;
use tenantry_service::store::change_log::{self, LoggedChange, audiences};
use tenantry_test_kit::Change;

use super::World;
use crate::support::first_sync;

const LOOK: [Permission; 1] = [Permission::RoomsView];

/// Somebody's copy: how far it got, and what came since.
struct Copy {
    who: &'static str,
    cursor: String,
}

impl Copy {
    async fn new(world: &World, who: &'static str) -> Self {
        Self { who, cursor: first_sync(async |path| world.get(who, &path).await).await.1 }
    }

    async fn lines(&mut self, world: &World, path: &str) -> Vec<SyncLine> {
        let mut lines = world.get(self.who, path).await.lines();
        match lines.pop() {
            Some(SyncLine::Checkpoint(checkpoint)) => self.cursor = checkpoint.cursor,
            other => panic!("{}: {other:?}", self.who),
        }
        lines
    }

    /// Whether Alpha is told to be gone; of whoever did not have it, not a word of it may come.
    async fn loses(&mut self, world: &World) -> bool {
        let lines = self.lines(world, &format!("/v1/sync?cursor={}", self.cursor)).await;
        let gone = lines.contains(&SyncLine::CustomerGone(world.alpha));
        let named = serde_json::to_string(&lines).unwrap().contains(&world.alpha.to_string());
        assert_eq!(gone, named, "{}: {lines:?}", self.who);
        gone
    }
}

/// After `change`, exactly these lose Alpha; `nemo` never had it.
async fn check(world: &World, losers: &[&'static str], what: &str, change: impl AsyncFnOnce()) {
    let mut copies = vec![Copy::new(world, "nemo").await, Copy::new(world, "ben").await];
    for who in losers {
        copies.push(Copy::new(world, who).await);
    }
    change().await;
    for copy in &mut copies {
        let expected = losers.contains(&copy.who);
        assert_eq!(copy.loses(world).await, expected, "{what}: {}", copy.who);
        assert!(!copy.loses(world).await, "{what}: {} is told once", copy.who);
    }
}

#[tokio::test]
async fn r4_r62_only_who_had_a_customer_is_told_that_it_is_gone() {
    let world = World::related().await;
    let looker = world.role("ann", world.alpha, "Lookers", &LOOK, &["outer", "cleo"], world.scope(&["a1"])).await;
    let path = format!("/v1/customers/{}/roles/{}", world.alpha, looker.role.id);
    let (outer, inner) = (world.who("outer"), world.who("inner"));

    // Groups in groups.
    check(&world, &["inside"], "a group leaves a group", async || {
        world.apply(vec![Change::RemoveGroupMember { group: outer, member: inner }]).await;
    })
    .await;
    world.apply(vec![Change::AddGroupMember { group: outer, member: inner }]).await;
    check(&world, &["inside", "cleo"], "a group and a user leave the assignment", async || {
        let assignment = format!("{path}/assignments/{}", looker.assignments[0].id);
        world.patch("ann", &assignment, 1, json!({ "members": [] })).await.ok("members");
        world.patch("ann", &assignment, 2, json!({ "members": [outer, world.who("cleo")] })).await.ok("members");
        world.delete("ann", &path, Some(1)).await.ok("the role");
    })
    .await;

    // By the customer: rooms, ceiling, group of rooms.
    let floor = json!({ "kind": "some", "rooms": [], "groups": [world.floor] });
    world.role("ann", world.alpha, "Floor", &LOOK, &["outer"], floor).await;
    check(&world, &["inside"], "the rooms leave their group (A20)", async || {
        world.apply(vec![Change::SetRoomGroupRooms { group: world.floor, rooms: vec![] }]).await;
    })
    .await;
    world.role("ann", world.alpha, "In a1", &LOOK, &["inside"], world.scope(&["a1"])).await;
    check(&world, &["inside"], "another room is delegated (R58)", async || {
        world.steer("chief", json!({ "rooms": [world.room("a2")] })).await;
    })
    .await;
    world.steer("chief", json!({ "rooms": [world.room("a1"), world.room("a2")] })).await;
    check(&world, &["inside"], "the ceiling is lowered (A9)", async || {
        world.steer("chief", json!({ "ceiling": ["tickets.view", "roles.view", "roles.modify"] })).await;
    })
    .await;
    world.steer("chief", json!({ "ceiling": Permission::ALL })).await;

    // Who sees all customers of the partner without a role there knows its name: that goes with the relationship (R28, R62), another partner's
    // manager is told nothing.
    let mut manager = Copy::new(&world, "tom").await;
    let mut other = Copy::new(&world, "rita").await;
    let version = world.partner_of("chief").await.version;
    world.delete("chief", &format!("/v1/partners/{}", world.partner), Some(version)).await.ok("end");
    assert!(manager.loses(&world).await && !other.loses(&world).await, "who manages the tenants of this partner alone");
    world.relate("chief", &["a1", "a2", "a3"], "ann").await;
    world.role("ann", world.alpha, "Lookers again", &LOOK, &["outer"], world.scope(&["a1"])).await;

    // While somebody is away, what came and went again is told as it stands.
    check(&world, &["inside", "ann"], "the end, and a group that is gone", async || {
        let version = world.partner_of("chief").await.version;
        world.delete("chief", &format!("/v1/partners/{}", world.partner), Some(version)).await.ok("end");
        world.relate("chief", &["a3"], "cleo").await;
        world.apply(vec![Change::DeletePrincipal { principal: outer }]).await;
    })
    .await;
}

#[tokio::test]
async fn r4_audiences_are_forgotten_with_the_changes_that_name_them() {
    let world = World::related().await;
    let mut named = BTreeSet::new();
    let mut known = async || {
        let mut tx = world.app.store.read().await.unwrap();
        for (_, change) in change_log::between(tx.conn(), 0, i64::MAX, 10_000).await.unwrap() {
            if let LoggedChange::Rights { lost_by: Some(audience), .. } = change {
                named.insert(audience);
            }
        }
        let named: Vec<_> = named.iter().copied().collect();
        audiences::with(tx.conn(), world.who("ann"), &named).await.unwrap().len()
    };
    for rooms in [["a1"], ["a2"], ["a3"]] {
        world.steer("chief", json!({ "rooms": [world.room(rooms[0])] })).await;
    }
    assert_eq!(known().await, 3);
    world.app.clock.advance(std::time::Duration::from_secs(60));
    world.steer("chief", json!({ "rooms": [world.room("a1")] })).await;
    assert_eq!(known().await, 4);
    let mut tx = world.app.store.write().await.unwrap();
    let before = tx.now();
    tx.forget_changes(before, 10_000).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(known().await, 1);
}
