//! Why somebody can, or can't: what the explanation says is what the person gets (R57).

use http::StatusCode;
use serde_json::json;
use tenantry_model::api::roles::AccessAnswer;
use tenantry_model::permission::Permission;

use super::World;

fn path(world: &World, user: &str, permission: Permission, room: &str) -> String {
    let (user, room) = (world.who(user), world.room(room));
    format!("/v1/customers/{}/access?user={user}&permission={permission}&room={room}", world.alpha)
}

#[tokio::test]
async fn r57_the_explanation_agrees_with_what_the_person_can_do() {
    let world = World::related().await;
    world.role("ann", world.alpha, "Lookers", &[Permission::RoomsView], &["cleo"], world.scope(&["a1"])).await;
    world.role("ann", world.alpha, "Helpdesk", &[Permission::TicketsView], &["cleo"], world.scope(&["a2"])).await;
    let groups = json!({ "kind": "some", "rooms": [], "groups": [world.floor] });
    world.role("ann", world.alpha, "On the floor", &[Permission::RoomsView, Permission::TicketsView], &["outer"], groups).await;
    let mut told = (0, 0);
    let everybody = ["ann", "cleo", "inside", "nemo", "mia", "tom", "ben"];
    for step in 0..4 {
        match step {
            1 => world.steer("chief", json!({ "ceiling": ["rooms.view", "roles.view", "roles.modify"] })).await,
            2 => world.steer("chief", json!({ "ceiling": Permission::ALL, "rooms": [world.room("a2"), world.room("a3")] })).await,
            3 => world.steer("chief", json!({ "rooms": [world.room("a1"), world.room("a2"), world.room("a3")] })).await,
            _ => {}
        }
        for user in everybody {
            for room in ["a1", "a2", "a3"] {
                for (permission, address) in
                    [(Permission::RoomsView, world.room_path(room)), (Permission::TicketsView, world.incident_path(room))]
                {
                    let can = world.get(user, &address).await.status == StatusCode::OK;
                    let answer = world.get("ann", &path(&world, user, permission, room)).await;
                    if answer.status == StatusCode::NOT_FOUND {
                        // Ann is not told of rooms that she has nothing to say in; nobody of the partner is in them either.
                        assert!(!can, "step {step}: {user} gets {permission} in {room}");
                        assert!(!world.partner_of("chief").await.room_ids.contains(&world.room(room)));
                        continue;
                    }
                    let answer: AccessAnswer = answer.json();
                    assert_eq!(answer.chain.allowed, can, "step {step}: {user}, {permission}, {room}: {answer:?}");
                    assert_eq!(answer.names.len(), answer.chain.assignments.len());
                    if can { told.0 += 1 } else { told.1 += 1 }
                }
            }
        }
    }
    assert!(told.0 > 30 && told.1 > 30, "{told:?}");
}

#[tokio::test]
async fn r57_the_explanation_names_each_link_of_the_chain() {
    let world = World::related().await;
    let groups = json!({ "kind": "some", "rooms": [], "groups": [world.floor] });
    world.role("ann", world.alpha, "On the floor", &[Permission::RoomsView], &["outer"], groups).await;
    let answer: AccessAnswer = world.get("ann", &path(&world, "inside", Permission::RoomsView, "a1")).await.json();
    assert!(answer.chain.allowed && !answer.chain.administrator);
    let name = &answer.names[0];
    assert_eq!(
        (name.role_name.as_str(), name.through.as_deref(), name.by_group.as_deref()),
        ("On the floor", Some("outer"), Some("Floor"))
    );
    let answer: AccessAnswer = world.get("ann", &path(&world, "inside", Permission::TicketsView, "a1")).await.json();
    assert!(!answer.chain.allowed && !answer.chain.assignments[0].permits);
    let answer: AccessAnswer = world.get("ann", &path(&world, "inside", Permission::RoomsView, "a2")).await.json();
    assert!(!answer.chain.allowed && answer.chain.assignments[0].permits);
    let answer: AccessAnswer = world.get("ann", &path(&world, "ann", Permission::SettingsView, "a1")).await.json();
    assert!(!answer.chain.allowed && !answer.chain.relationship.unwrap().within_ceiling);
    // The customer's administrator asks about its own people: no relationship stands between.
    let answer: AccessAnswer = world.get("chief", &path(&world, "chief", Permission::SettingsModify, "a3")).await.json();
    assert!(answer.chain.allowed && answer.chain.administrator && answer.chain.relationship.is_none());
    let answer: AccessAnswer = world.get("chief", &path(&world, "agnes", Permission::RoomsView, "a3")).await.json();
    assert!(!answer.chain.allowed);
    // Of oneself it is known that one is Global Administrator.
    let answer: AccessAnswer = world.get("global", &path(&world, "global", Permission::RoomsView, "a3")).await.json();
    assert!(answer.chain.allowed && answer.chain.administrator);
}

#[tokio::test]
async fn r42_r44_only_ones_own_people_and_rooms_can_be_asked_about() {
    let world = World::related().await;
    world.role("ann", world.alpha, "Readers", &[Permission::RolesView], &["cleo"], world.scope(&["a1"])).await;
    world.get("cleo", &path(&world, "ann", Permission::RoomsView, "a1")).await.json::<AccessAnswer>();
    world.get("cleo", &path(&world, "ann", Permission::RoomsView, "a2")).await.hidden("a room beyond her scope");
    world.get("ann", &path(&world, "ann", Permission::RoomsView, "b1")).await.hidden("another customer's room");
    for who in ["agnes", "rolf", "outer"] {
        world.get("ann", &path(&world, who, Permission::RoomsView, "a1")).await.bad(who);
    }
    world.get("chief", &path(&world, "ann", Permission::RoomsView, "a1")).await.bad("the customer asks about its own");
    for who in ["nemo", "tom", "mia", "ben", "agnes"] {
        world.get(who, &path(&world, who, Permission::RoomsView, "a1")).await.hidden(who);
        world.get(who, &format!("/v1/customers/{}/access?nonsense=1", world.alpha)).await.hidden(who);
    }
    world.get("ann", &format!("/v1/customers/{}/access?user={}", world.alpha, world.who("ann"))).await.bad("half a question");
}
