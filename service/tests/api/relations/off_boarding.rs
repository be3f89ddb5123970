//! The end of a relationship (R45, R59–R62, A19).

use http::StatusCode;
use serde_json::json;
use tenantry_model::api::{IncidentPage, Me, Page, TenantRow};
use tenantry_model::permission::Permission;
use tenantry_model::sync::SyncLine;

use super::World;
use crate::support::first_sync;

async fn cursor(world: &World, who: &str) -> String {
    first_sync(async |path| world.get(who, &path).await).await.1
}

/// Nothing of Alpha is left for this person, on any way.
async fn nothing_left(world: &World, who: &str, cursor: &str) {
    let me: Me = world.get(who, "/v1/me").await.json();
    assert!(me.customers.iter().all(|it| it.id != world.alpha), "{who}: {me:?}");
    assert!(!world.rooms_of(who).await.iter().any(|room| room.starts_with('a')), "{who}");
    assert!(!world.incidents_of(who).await.iter().any(|room| room.starts_with('a')), "{who}");
    let page: IncidentPage = world.get(who, &format!("/v1/incidents?customer={}", world.alpha)).await.json();
    assert_eq!(page.items, [], "{who}: by the filter of the list over all");
    for path in [
        String::new(),
        "/rooms".into(),
        "/incidents".into(),
        "/roles".into(),
        "/primary-admins".into(),
        format!("/access?user={}&permission=rooms.view&room={}", world.who(who), world.room("a1")),
    ] {
        world.get(who, &format!("/v1/customers/{}{path}", world.alpha)).await.hidden(&format!("{who}: {path}"));
    }
    world.get(who, &world.room_path("a1")).await.hidden(who);
    world.get(who, &world.incident_path("a1")).await.hidden(who);
    // Whoever was synchronising is told that it is gone, and nothing else of it.
    let lines = world.get(who, &format!("/v1/sync?cursor={cursor}")).await.lines();
    let mut gone = false;
    for line in &lines {
        match line {
            SyncLine::CustomerGone(id) => gone |= *id == world.alpha,
            SyncLine::Customer(customer) => assert_ne!(customer.id, world.alpha, "{who}"),
            SyncLine::Room(room) => assert_ne!(room.customer_id, world.alpha, "{who}"),
            SyncLine::Incident(incident) => assert_ne!(incident.row.customer_id, world.alpha, "{who}"),
            SyncLine::IncidentRow(row) => assert_ne!(row.customer_id, world.alpha, "{who}"),
            _ => {}
        }
    }
    assert!(gone || matches!(&lines[0], SyncLine::Begin(begin) if begin.snapshot), "{who}: {lines:?}");
}

#[tokio::test]
async fn r59_r60_a_primary_admin_alone_ends_it_for_the_partner() {
    let world = World::related().await;
    let path = format!("/v1/customers/{}", world.alpha);
    let every: Vec<Permission> = tenantry_model::permission::BuiltInRole::PrimaryAdmins.permissions().iter().collect();
    world.role("ann", world.alpha, "Everything", &every, &["cleo"], json!({ "kind": "all" })).await;
    let version = world.customer("ann", world.alpha).await.version;
    // Administrators, the tenant manager, a holder of every permission, another customer's Primary admin, the customer itself, a rival.
    for who in ["gus", "mia", "tom", "cleo", "ben", "nemo", "rita", "chief", "boss"] {
        world.delete(who, &path, Some(version)).await.hidden(who);
    }
    assert_eq!(world.rooms_of("ann").await, ["a1", "a2"]);
    for who in ["gus", "mia", "tom", "cleo"] {
        assert!(!world.customer(who, world.alpha).await.may_remove, "{who}");
    }
    let cursor = cursor(&world, "cleo").await;
    world.delete("ann", &path, Some(version)).await.ok("ann");
    assert_eq!(world.last("chief").await, "PartnerInvitation Delete Successful Partner, by ann");
    nothing_left(&world, "cleo", &cursor).await;
    world.delete("ann", &path, Some(version)).await.hidden("twice");
    world.get("chief", &format!("/v1/partners/{}", world.partner)).await.hidden("the customer's list has it no more");
    assert_eq!(world.rooms_of("ben").await, ["b1"], "the other customer is not touched");
}

#[tokio::test]
async fn r59_by_group_too_and_also_where_nothing_is_delegated_any_more() {
    let world = World::related().await;
    let path = format!("/v1/customers/{}", world.alpha);
    world.post("ann", &format!("{path}/primary-admins"), json!({ "principals": [world.who("outer")] })).await.ok("a group");
    world.steer("chief", json!({ "rooms": [], "ceiling": [] })).await;
    assert_eq!(world.rooms_of("inside").await, [""; 0]);
    let version = world.customer("mia", world.alpha).await.version;
    world.delete("mia", &path, Some(version)).await.hidden("still not an administrator");
    assert!(world.customer("inside", world.alpha).await.may_remove, "a Primary admin sees what they may end");
    world.delete("inside", &path, Some(version)).await.ok("a Primary admin through two groups");
    world.get("mia", &path).await.hidden("it is over");
}

#[tokio::test]
async fn r45_r61_an_administrator_of_the_customer_removes_the_partner() {
    let world = World::related().await;
    let path = format!("/v1/partners/{}", world.partner);
    let version = world.partner_of("chief").await.version;
    for who in ["agnes", "boss", "ann", "mia"] {
        let answer = world.delete(who, &path, Some(version)).await;
        if who != "boss" {
            answer.hidden(who);
        }
    }
    assert_eq!(world.rooms_of("ann").await, ["a1", "a2"], "boss removed the partner from Beta, not from Alpha");
    assert_eq!(world.rooms_of("ben").await, [""; 0]);
    world.delete("global", &path, Some(version)).await.ok("an administrator");
    assert_eq!(world.last("chief").await, "PartnerInvitation Delete Successful Partner, by global");
    assert_eq!(world.rooms_of("ann").await, [""; 0]);
    assert_eq!(world.rooms_of("chief").await, ["a1", "a2", "a3"], "the customer keeps its own");
}

#[tokio::test]
async fn r62_after_either_side_ended_it_nothing_can_be_read_and_nothing_comes_back_with_a_new_one() {
    for by_customer in [true, false] {
        let world = World::related().await;
        world.role("ann", world.alpha, "Helpdesk", &[Permission::TicketsView], &["cleo"], json!({ "kind": "all" })).await;
        world
            .post("ben", &format!("/v1/customers/{}/primary-admins", world.beta), json!({ "principals": [world.who("cleo")] }))
            .await
            .ok("Beta");
        assert_eq!(world.incidents_of("cleo").await, ["a1", "a2", "b1"]);
        let cursors = [cursor(&world, "ann").await, cursor(&world, "cleo").await];
        if by_customer {
            let version = world.partner_of("chief").await.version;
            world.delete("chief", &format!("/v1/partners/{}", world.partner), Some(version)).await.ok("customer");
        } else {
            let version = world.customer("ann", world.alpha).await.version;
            world.delete("ann", &format!("/v1/customers/{}", world.alpha), Some(version)).await.ok("partner");
        }
        nothing_left(&world, "ann", &cursors[0]).await;
        nothing_left(&world, "cleo", &cursors[1]).await;
        assert_eq!(world.incidents_of("cleo").await, ["b1"]);
        for who in ["mia", "gus", "tom"] {
            world.get(who, &format!("/v1/customers/{}", world.alpha)).await.hidden(who);
            let tenants: Page<TenantRow> = world.get(who, "/v1/tenants").await.json();
            assert_eq!(tenants.items.iter().map(|it| it.id).collect::<Vec<_>>(), [world.beta], "{who}");
        }
        let log = world.log("chief").await;
        assert_eq!(log.iter().filter(|line| line.starts_with("PartnerInvitation Delete Successful")).count(), 1, "{log:?}");
        // A second start is a start from nothing: no role, no assignment, no room of the first.
        world.relate("chief", &["a3"], "nemo").await;
        assert_eq!(world.rooms_of("nemo").await, ["a3"]);
        assert_eq!((world.rooms_of("ann").await, world.incidents_of("cleo").await), (vec![], vec!["b1"]));
        let roles: tenantry_model::api::roles::RoleList = world.get("nemo", &format!("/v1/customers/{}/roles", world.alpha)).await.json();
        assert_eq!(roles.roles.len(), 1);
    }
}

#[tokio::test]
async fn r60_ending_needs_the_version_that_was_read() {
    let world = World::related().await;
    for (who, path) in [("ann", format!("/v1/customers/{}", world.alpha)), ("chief", format!("/v1/partners/{}", world.partner))] {
        assert_eq!(world.delete(who, &path, None).await.status, StatusCode::PRECONDITION_REQUIRED, "{who}");
        assert_eq!(world.delete(who, &path, Some(99)).await.status, StatusCode::PRECONDITION_FAILED, "{who}");
    }
    assert_eq!(world.rooms_of("ann").await, ["a1", "a2"]);
}
