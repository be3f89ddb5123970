//! Finding people to give something to (R52).

use serde_json::json;
use tenantry_model::api::people::DirectoryEntry;
use tenantry_model::id::PrincipalId;
use tenantry_model::permission::Permission;
use tenantry_model::tenancy::PrincipalKind;
use tenantry_test_kit::Change;

use super::World;
use crate::support::id;

async fn find(world: &World, who: &str, text: &str) -> Vec<String> {
    let path = format!("/v1/directory?q={text}");
    let found: Vec<DirectoryEntry> = world.get(who, &path).await.json();
    found.into_iter().map(|it| it.principal.display_name).collect()
}

#[tokio::test]
async fn r52_whoever_has_something_to_give_finds_people_of_their_own_organisation_alone() {
    let world = World::related().await;
    world.role("ann", world.alpha, "Helpdesk", &[Permission::TicketsView], &["cleo"], json!({ "kind": "all" })).await;
    world.role("ann", world.alpha, "Managers", &[Permission::RolesModify], &["nemo"], world.scope(&["a1"])).await;
    for who in ["ann", "mia", "gus", "tom", "nemo"] {
        assert_eq!(find(&world, who, "ann").await, ["ann"], "{who}");
        assert_eq!(find(&world, who, "chief").await, [""; 0], "{who}: of the customer");
        assert_eq!(find(&world, who, "rolf").await, [""; 0], "{who}: of the rival");
    }
    assert_eq!(find(&world, "chief", "al").await, ["alex", "global"]);
    for who in ["cleo", "agnes"] {
        world.get(who, "/v1/directory?q=a").await.hidden(who);
    }
}

#[tokio::test]
async fn r52_a_search_is_by_part_of_a_name_without_wildcards_and_groups_say_how_many_they_are() {
    let world = World::related().await;
    let mut ids = (900..).map(|n| PrincipalId::from_uuid(id(n)));
    let mut new = |name: &str| Change::user(ids.next().unwrap(), world.partner, name);
    world
        .apply(vec![new("100% Service"), new("under_score"), new("underXscore"), new("Österreich"), new("Jörg Müller"), new("back\\slash")])
        .await;
    assert_eq!(find(&world, "ann", "%25").await, ["100% Service"]);
    assert_eq!(find(&world, "ann", "r_s").await, ["under_score"]);
    assert_eq!(find(&world, "ann", "%5C").await, ["back\\slash"]);
    assert_eq!(find(&world, "ann", "%C3%B6sterr").await, ["Österreich"], "small letters find capitals beyond ASCII");
    assert_eq!(find(&world, "ann", "%C3%96STERREICH").await, ["Österreich"], "and capitals small ones");
    assert_eq!(find(&world, "ann", "M%C3%9CLLER").await, ["Jörg Müller"], "inside a name too");
    assert_eq!(find(&world, "ann", "OUT").await, ["outer"]);
    assert_eq!(find(&world, "ann", "ann%401.example").await, ["ann"], "by the sign-in name");
    assert_eq!(find(&world, "ann", "%20ann%20").await, ["ann"]);
    let groups: Vec<DirectoryEntry> = world.get("ann", "/v1/directory?q=outer").await.json();
    assert_eq!((groups[0].users, groups[0].principal.kind), (Some(1), PrincipalKind::SecurityGroup));
    let people: Vec<DirectoryEntry> = world.get("ann", "/v1/directory?q=ben").await.json();
    assert_eq!(people[0].users, None);
    for text in ["", "%20%20", &"x".repeat(81)] {
        world.get("ann", &format!("/v1/directory?q={text}")).await.bad(text);
    }
    world.get("ann", "/v1/directory").await.bad("nothing asked");
    world.get("ann", "/v1/directory?q=a&tenant=x").await.bad("an unknown parameter");
    world.apply((0..60).map(|n| new(&format!("Many {n:02}"))).collect()).await;
    assert_eq!(find(&world, "ann", "many").await.len(), 50);
}
