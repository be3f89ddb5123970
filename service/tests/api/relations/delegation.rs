//! What the customer hands over, and how it changes that later (R1, R3, R9, R37, R41, R58, R64, R65).

use serde_json::json;
use tenantry_model::api::{IncidentPage, RoomPage};
use tenantry_model::id::RoomId;
use tenantry_model::permission::Permission;
use tenantry_model::sync::SyncLine;
use tenantry_service::domain::estate_change::apply_all;
use tenantry_service::random::SeededRandom;
use tenantry_test_kit::Change;

use super::World;
use crate::support::{as_the_service_reads_it, first_sync, id};

#[tokio::test]
async fn r1_partner_staff_work_with_their_own_accounts() {
    let world = World::related().await;
    // Ann is in the partner's directory and in no other; her token is of her own organisation.
    let me: tenantry_model::api::Me = world.get("ann", "/v1/me").await.json();
    assert_eq!((me.tenant.id, me.user.tenant_id), (world.partner, world.partner));
    assert_eq!(world.rooms_of("ann").await, ["a1", "a2"]);
    let found: Vec<serde_json::Value> = world.get("chief", "/v1/directory?q=ann").await.json();
    assert_eq!(found, Vec::<serde_json::Value>::new(), "the customer's directory does not know her");
}

#[tokio::test]
async fn r3_a_partner_has_no_rooms_of_its_own_here() {
    let world = World::related().await;
    let room = as_the_service_reads_it(&Change::room(RoomId::from_uuid(id(70)), world.partner, "Own", false));
    let refused = apply_all(&world.app.store, vec![room], &SeededRandom::new(3)).await;
    assert!(refused.is_err(), "a room of a tenant that is no customer");
    for who in ["gus", "mia", "ann"] {
        world.get(who, &format!("/v1/customers/{}/rooms", world.partner)).await.hidden(who);
        world.get(who, &format!("/v1/customers/{}", world.partner)).await.hidden(who);
    }
}

#[tokio::test]
async fn r9_each_of_several_partners_has_its_own_rooms_and_primary_admins() {
    let world = World::related().await;
    world.post("chief", "/v1/partners", world.invitation_body("rival.example", &["a2", "a3"])).await.ok("invite");
    let tenants: serde_json::Value = world.get("rita", "/v1/tenants").await.json();
    let invitation = tenants["items"][0]["invitation"]["id"].as_str().unwrap().to_owned();
    world.post("rita", &format!("/v1/invitations/{invitation}/accept"), json!({ "primaryAdmins": [world.who("rolf")] })).await.ok("accept");
    assert_eq!((world.rooms_of("ann").await, world.rooms_of("rolf").await), (vec!["a1", "a2"], vec!["a2", "a3"]));
    let version = world.partner_of("chief").await.version;
    world.delete("chief", &format!("/v1/partners/{}", world.partner), Some(version)).await.ok("one goes");
    assert_eq!((world.rooms_of("ann").await, world.rooms_of("rolf").await), (vec![], vec!["a2", "a3"]));
}

#[tokio::test]
async fn r37_r58_the_customer_widens_and_narrows_what_is_delegated_and_it_counts_at_once() {
    let world = World::related().await;
    world.role("ann", world.alpha, "Lookers", &[Permission::RoomsView], &["cleo"], world.scope(&["a1", "a2"])).await;
    world.steer("chief", json!({ "rooms": [world.room("a1"), world.room("a2"), world.room("a3")] })).await;
    assert_eq!(world.last("chief").await, "Assignment Update Successful Partner, by chief");
    assert_eq!((world.rooms_of("ann").await, world.incidents_of("ann").await), (vec!["a1", "a2", "a3"], vec!["a1", "a2", "a3"]));
    assert_eq!(world.rooms_of("cleo").await, ["a1", "a2"], "what an assignment names is all that it gives");
    // Somebody who synchronises learns of both directions.
    let (_, before) = first_sync(async |path| world.get("cleo", &path).await).await;
    world.steer("chief", json!({ "rooms": [world.room("a2")] })).await;
    assert_eq!((world.rooms_of("ann").await, world.rooms_of("cleo").await), (vec!["a2"], vec!["a2"]));
    world.get("ann", &world.room_path("a1")).await.hidden("no longer delegated, though assigned");
    let lines = world.get("cleo", &format!("/v1/sync?cursor={before}")).await.lines();
    let gone = |line: &SyncLine| matches!(line, SyncLine::RoomGone(gone) if gone.id == world.room("a1"));
    let reset = |line: &SyncLine| matches!(line, SyncLine::Customer(customer) if customer.reset);
    assert!(lines.iter().any(|line| gone(line) || reset(line)), "{lines:?}");
    assert!(!lines.iter().any(|line| matches!(line, SyncLine::Room(room) if room.id == world.room("a1"))), "{lines:?}");
    // A room of somebody else is not the customer's to give.
    let version = world.partner_of("chief").await.version;
    let path = format!("/v1/partners/{}", world.partner);
    world.patch("chief", &path, version, json!({ "add": { "rooms": [world.room("b1")] } })).await.bad("another customer's room");
    world.patch("ann", &path, version, json!({ "add": { "rooms": [world.room("a3")] } })).await.hidden("nor the partner's to take");
    world.steer("chief", json!({ "rooms": [world.room("a2"), world.room("a2")] })).await;
    assert_eq!(world.rooms_of("ann").await, ["a2"]);
}

#[tokio::test]
async fn r64_r65_one_customers_pages_show_that_customer_and_the_list_over_all_can_be_filtered() {
    let world = World::related().await;
    world
        .post("ben", &format!("/v1/customers/{}/primary-admins", world.beta), json!({ "principals": [world.who("ann")] }))
        .await
        .ok("both");
    for (customer, expected) in [(world.alpha, 2), (world.beta, 1)] {
        let rooms: RoomPage = world.get("ann", &format!("/v1/customers/{customer}/rooms")).await.json();
        assert_eq!((rooms.items.len(), rooms.counters.managed), (expected, u32::try_from(expected).unwrap()));
        let incidents: IncidentPage = world.get("ann", &format!("/v1/customers/{customer}/incidents")).await.json();
        assert!(incidents.items.len() == expected && incidents.items.iter().all(|it| it.customer_id == customer));
        let filtered: IncidentPage = world.get("ann", &format!("/v1/incidents?customer={customer}")).await.json();
        assert_eq!(filtered.items, incidents.items);
    }
    assert_eq!(world.incidents_of("ann").await, ["a1", "a2", "b1"]);
}
