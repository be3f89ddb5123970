//! What of a partner's own waits at its customers, and who of its people is told (R24, A18).

use std::collections::BTreeSet;

use http::{Method, StatusCode};
use serde_json::json;
use tenantry_model::api::Page;
use tenantry_model::api::requests::{RequestedAction, WaitingRequest};
use tenantry_model::permission::Permission;
use tenantry_model::signal::SignalId;
use tenantry_test_kit::Change;

use super::World;

const SECOND: std::time::Duration = std::time::Duration::from_secs(1);

impl World {
    async fn waits_for(&self, who: &str, at: &str) -> Vec<WaitingRequest> {
        self.get(who, &format!("/v1/waiting-requests{at}")).await.json::<Page<WaitingRequest>>().items
    }

    /// What waits, by what would be done and the room.
    async fn wait(&self, who: &str) -> BTreeSet<(RequestedAction, String)> {
        let found = self.waits_for(who, "").await;
        found.into_iter().map(|it| (it.request.change.action, it.request.change.room.unwrap_or_default())).collect()
    }
}

#[tokio::test]
async fn r24_a18_a_partner_is_told_what_of_its_own_waits_and_each_of_its_people_as_far_as_they_see() {
    use RequestedAction::{ChangeRoom, CreateRole, SuppressRoom};
    let world = World::related().await;
    world.role("ann", world.alpha, "Lookers", &[Permission::RoomsView], &["cleo"], world.scope(&["a1"])).await;
    world.role("ann", world.alpha, "Roles", &[Permission::RolesView], &["inside"], json!({ "kind": "all" })).await;
    let manual = json!({ "roles.modify": "manual", "rooms.modify": "manual", "rooms.suppress": "manual" });
    world.steer("chief", json!({ "changeControl": manual })).await;
    assert_eq!(world.wait("ann").await, BTreeSet::new());
    for room in ["a1", "a2"] {
        let body = json!({ "displayName": format!("{room} new") });
        let version = world.get("ann", &world.room_path(room)).await.value()["version"].as_u64().unwrap();
        assert_eq!(world.patch("ann", &world.room_path(room), version, body).await.status, StatusCode::ACCEPTED);
        world.app.clock.advance(SECOND);
    }
    let quiet = json!({ "reason": "Umbau", "signal": { "signal": "camera_room", "instance": "2" } });
    let suppression = format!("{}/suppression", world.room_path("a1"));
    assert_eq!(world.send("ann", Method::PUT, &suppression, &[], Some(quiet)).await.status, StatusCode::ACCEPTED);
    world.app.clock.advance(SECOND);
    let role = world.role_body("More", &[Permission::RoomsView], &["cleo"], world.scope(&["a1"]));
    assert_eq!(world.try_role("ann", world.alpha, role).await.status, StatusCode::ACCEPTED);

    let all = world.waits_for("ann", "").await;
    let order: Vec<_> = all.iter().map(|it| it.request.change.action).collect();
    assert_eq!(order, [ChangeRoom, ChangeRoom, SuppressRoom, CreateRole], "oldest first");
    assert_eq!((all[0].room_id, all[1].room_id, all[3].room_id), (Some(world.room("a1")), Some(world.room("a2")), None));
    assert_eq!(
        (all[2].room_id, all[2].signal, all[2].instance.as_deref()),
        (Some(world.room("a1")), Some(SignalId::CameraRoom), Some("2"))
    );
    let told = (all[0].request.customer_name.as_str(), all[0].request.requested_by.display_name.as_str());
    assert_eq!(told, ("Alpha", "ann"));

    let of = |rows: &[(RequestedAction, &str)]| rows.iter().map(|(action, room)| (*action, (*room).to_owned())).collect::<BTreeSet<_>>();
    assert_eq!(world.wait("cleo").await, of(&[(ChangeRoom, "a1"), (SuppressRoom, "a1")]), "one room, and no roles");
    assert_eq!(world.wait("inside").await, of(&[(CreateRole, "")]), "roles, and no room");
    // Another customer's Primary admin, who answers invitations, nobody, another partner, and the customer itself, which has a list of its own.
    for who in ["ben", "tom", "mia", "gus", "nemo", "rita", "chief", "boss"] {
        assert_eq!(world.wait(who).await, BTreeSet::new(), "{who}");
    }
    let at = |customer| format!("?customer={customer}");
    assert_eq!(world.waits_for("ann", &at(world.alpha)).await, all);
    // Others' requests in between leave no page short, and the last page names no next one.
    for (who, seen) in [("ann", 4), ("cleo", 2)] {
        let (mut found, mut cursor) = (vec![], String::new());
        for last in (0..seen).rev() {
            let page: Page<WaitingRequest> = world.get(who, &format!("/v1/waiting-requests?limit=1{cursor}")).await.json();
            assert_eq!((page.items.len(), page.next_cursor.is_none()), (1, last == 0), "{who}");
            found.extend(page.items);
            cursor = page.next_cursor.map(|next| format!("&cursor={next}")).unwrap_or_default();
        }
        assert_eq!(found, world.waits_for(who, "").await, "{who}");
    }
    world.get("ann", "/v1/waiting-requests?cursor=garbled").await.bad("garbled");
    for elsewhere in [world.beta, world.partner, tenantry_model::id::TenantId::from_uuid(crate::support::id(987_654))] {
        assert_eq!(world.waits_for("ann", &at(elsewhere)).await, [], "where she sees nothing, as where nothing is");
    }
    world.get("ann", "/v1/waiting-requests?customer=x").await.bad("no customer");

    // What is decided waits no longer, nor what is about a room that is no longer managed (R68).
    let request = (all[0].request.id, all[0].request.version);
    world.decide("chief", request, "reject").await.ok("rejected");
    world.apply(vec![Change::UnenrolRoom { room: world.room("a2") }]).await;
    assert_eq!(world.wait("ann").await, of(&[(SuppressRoom, "a1"), (CreateRole, "")]));
}

#[tokio::test]
async fn a7_who_asked_for_a_primary_admin_without_a_role_at_the_customer_is_told_that_it_waits() {
    let world = World::related().await;
    world.steer("chief", json!({ "changeControl": { "roles.modify": "manual" } })).await;
    let admins = format!("/v1/customers/{}/primary-admins", world.alpha);
    world.post("tom", &admins, json!({ "principals": [world.who("nemo")] })).await.ok("asked");
    let told = |waiting: Vec<WaitingRequest>| waiting.into_iter().map(|it| it.request.requested_by.display_name).collect::<Vec<_>>();
    for who in ["tom", "ann"] {
        assert_eq!(told(world.waits_for(who, "").await), ["tom"], "{who}");
    }
    assert_eq!(told(world.waits_for("tom", &format!("?customer={}", world.alpha)).await), ["tom"]);
    assert_eq!(world.waits_for("tom", &format!("?customer={}", world.beta)).await, []);
    for who in ["cleo", "gus", "nemo", "chief"] {
        assert_eq!(told(world.waits_for(who, "").await), [] as [&str; 0], "{who}");
    }
}
