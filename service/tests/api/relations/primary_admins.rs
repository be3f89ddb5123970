//! The one built-in role of a partner at a customer, and its members (R36, R39, R40, R48, R49, A6–A8).

use http::{Method, StatusCode};
use serde_json::json;
use tenantry_model::api::people::MemberList;
use tenantry_model::api::roles::RoleList;
use tenantry_model::permission::{BuiltInRole, Permission};
use tenantry_test_kit::Change;

use super::World;

async fn admins(world: &World, reader: &str) -> (Vec<String>, u32) {
    let list: MemberList = world.get(reader, &format!("/v1/customers/{}/primary-admins", world.alpha)).await.json();
    (list.members.into_iter().map(|it| it.display_name).collect(), list.users)
}

async fn add(world: &World, by: &str, whom: &[&str]) -> crate::support::Answer {
    let principals: Vec<_> = whom.iter().map(|it| world.who(it)).collect();
    world.post(by, &format!("/v1/customers/{}/primary-admins", world.alpha), json!({ "principals": principals })).await
}

async fn remove(world: &World, by: &str, whom: &str) -> crate::support::Answer {
    world.delete(by, &format!("/v1/customers/{}/primary-admins/{}", world.alpha, world.who(whom)), None).await
}

#[tokio::test]
async fn r39_r40_a8_primary_admins_is_the_only_built_in_role_and_holds_the_eleven_of_the_table() {
    let world = World::related().await;
    let list: RoleList = world.get("ann", &format!("/v1/customers/{}/roles", world.alpha)).await.json();
    assert_eq!(list.roles.len(), 1);
    let role = &list.roles[0].role;
    assert_eq!(role.built_in, Some(BuiltInRole::PrimaryAdmins));
    let missing: Vec<Permission> = Permission::ALL.iter().copied().filter(|it| !role.permissions.contains(*it)).collect();
    use Permission as P;
    assert_eq!(role.permissions.iter().count(), 11);
    assert_eq!(
        missing,
        [
            P::RoomsResetKey,
            P::RoomsDownloadKey,
            P::RoomsUnenroll,
            P::RoomsCreate,
            P::GroupsModify,
            P::GroupsCreate,
            P::SettingsView,
            P::SettingsModify
        ]
    );
    // A ceiling above them gives them nothing.
    for ceiling in [role.permissions.iter().collect::<Vec<_>>(), Permission::ALL.to_vec()] {
        world.steer("chief", json!({ "ceiling": ceiling })).await;
        let me: tenantry_model::api::Me = world.get("ann", "/v1/me").await.json();
        assert_eq!(me.customers.iter().map(|it| (it.id, it.permissions)).collect::<Vec<_>>(), [(world.alpha, role.permissions)]);
    }
}

#[tokio::test]
async fn r36_a5_the_last_user_cannot_be_removed_and_groups_count_by_their_users() {
    let world = World::related().await;
    remove(&world, "ann", "ann").await.conflicts("the last one");
    remove(&world, "mia", "ann").await.conflicts("whoever asks");
    assert!(world.last("chief").await.starts_with("Assignment Update Failed"), "{:?}", world.last("chief").await);
    add(&world, "ann", &["empty"]).await.ok("a group without users");
    remove(&world, "ann", "ann").await.conflicts("an empty group is nobody");
    // Nor by writing the list anew.
    let primary = world.primary("chief").await;
    let assignment = &primary.assignments[0];
    let path = format!("/v1/customers/{}/roles/{}/assignments/{}", world.alpha, primary.role.id, assignment.id);
    world.patch("ann", &path, assignment.version, json!({ "members": [] })).await.conflicts("an empty list");
    world.patch("ann", &path, assignment.version, json!({ "members": [world.who("empty")] })).await.conflicts("only an empty group");
    add(&world, "ann", &["outer"]).await.ok("a group with one user, two groups deep");
    remove(&world, "ann", "ann").await.ok("now it may go");
    assert_eq!(admins(&world, "inside").await, (vec!["empty".to_owned(), "outer".to_owned()], 1));
    assert_eq!(world.rooms_of("ann").await, [""; 0]);
    assert_eq!(world.rooms_of("inside").await, ["a1", "a2"]);
    remove(&world, "inside", "outer").await.conflicts("the group with the last user");
}

#[tokio::test]
async fn r48_members_are_edited_in_assigned_admins_and_may_be_users_or_groups() {
    let world = World::related().await;
    let primary = world.primary("chief").await;
    let assignment = &primary.assignments[0];
    assert!(assignment.preset && assignment.scope.all && assignment.name == "Assigned Admins");
    let path = format!("/v1/customers/{}/roles/{}/assignments/{}", world.alpha, primary.role.id, assignment.id);
    let members = json!({ "members": [world.who("cleo"), world.who("outer")] });
    world.patch("ann", &path, assignment.version, members).await.ok("members");
    assert_eq!(world.rooms_of("ann").await, [""; 0], "who is left out is out at once");
    assert_eq!((world.rooms_of("cleo").await, world.rooms_of("inside").await), (vec!["a1", "a2"], vec!["a1", "a2"]));
    assert_eq!(world.last("chief").await, "Assignment Update Successful Primary admins – Assigned Admins, by ann");
    // Everything else of it is the customer's or fixed.
    let version = assignment.version + 1;
    for body in [
        json!({ "name": "Mine" }),
        json!({ "description": "x" }),
        json!({ "scope": world.scope(&["a1"]) }),
        json!({ "scope": { "kind": "all" } }),
    ] {
        world.patch("cleo", &path, version, body.clone()).await.conflicts(&body.to_string());
    }
    world.delete("cleo", &path, Some(version)).await.conflicts("it is preset");
    let another = json!({ "name": "Second", "members": [], "scope": { "kind": "all" } });
    world
        .post("cleo", &format!("/v1/customers/{}/roles/{}/assignments", world.alpha, primary.role.id), another)
        .await
        .conflicts("it has one");
    let foreign = json!({ "members": [world.who("cleo"), world.who("agnes")] });
    world.patch("cleo", &path, version, foreign).await.bad("somebody of the customer");
}

#[tokio::test]
async fn r49_built_in_roles_are_neither_changed_nor_deleted() {
    let world = World::related().await;
    let primary = world.primary("chief").await;
    let path = format!("/v1/customers/{}/roles/{}", world.alpha, primary.role.id);
    for body in [json!({ "name": "Mine" }), json!({ "description": "x" }), json!({ "permissions": ["rooms.view"] }), json!({})] {
        world.patch("ann", &path, primary.version, body.clone()).await.conflicts(&body.to_string());
    }
    world.delete("ann", &path, Some(primary.version)).await.conflicts("delete");
    let own: RoleList = world.get("chief", &format!("/v1/customers/{}/roles", world.alpha)).await.json();
    assert_eq!(own.roles.len(), 3);
    for row in &own.roles {
        let path = format!("/v1/customers/{}/roles/{}", world.alpha, row.role.id);
        world.patch("chief", &path, 1, json!({ "name": "Mine" })).await.conflicts(&row.role.name);
        world.delete("chief", &path, Some(1)).await.conflicts(&row.role.name);
    }
    let after: RoleList = world.get("chief", &format!("/v1/customers/{}/roles", world.alpha)).await.json();
    assert_eq!(after.roles, own.roles);
    assert_eq!(world.primary("chief").await, primary);
}

#[tokio::test]
async fn a6_where_the_directory_takes_the_last_one_the_relationship_stays_with_a_warning_and_somebody_can_be_added() {
    let world = World::related().await;
    add(&world, "ann", &["outer"]).await.ok("a group");
    remove(&world, "ann", "ann").await.ok("and ann goes");
    let (inner, inside) = (world.who("inner"), world.who("inside"));
    world.apply(vec![Change::RemoveGroupMember { group: inner, member: inside }]).await;
    assert_eq!(world.rooms_of("inside").await, [""; 0]);
    for who in ["gus", "mia", "tom"] {
        let customer = world.customer(who, world.alpha).await;
        assert!(customer.without_admins && customer.may_change_admins, "{who}");
    }
    assert!(world.partner_of("chief").await.row.without_admins, "the customer is warned too");
    add(&world, "ann", &["ann"]).await.hidden("she is not one any more");
    add(&world, "tom", &["cleo"]).await.ok("a tenant manager helps");
    assert_eq!(world.rooms_of("cleo").await, ["a1", "a2"]);
    assert!(!world.customer("tom", world.alpha).await.without_admins);
    assert!(!world.partner_of("chief").await.row.without_admins);
    world.apply(vec![Change::AddGroupMember { group: inner, member: inside }]).await;
    assert_eq!(world.rooms_of("inside").await, ["a1", "a2"], "the group is still a member");
}

#[tokio::test]
async fn a7_administrators_tenant_managers_and_primary_admins_add_more_also_themselves_and_it_is_recorded() {
    for who in ["gus", "mia", "tom"] {
        let world = World::related().await;
        assert_eq!(world.rooms_of(who).await, [""; 0]);
        add(&world, who, &[who]).await.ok(who);
        assert_eq!(world.rooms_of(who).await, ["a1", "a2"], "{who}");
        let record = world.records("chief").await.pop().unwrap();
        assert_eq!((record.user_id, record.user_tenant_id), (Some(world.who(who)), Some(world.partner)));
        assert_eq!(record.tenant_id, world.alpha);
        assert_eq!(record.detail.iter().map(|it| it.after.as_deref()).collect::<Vec<_>>(), [Some(who)], "who was added stands there");
        for other in ["nemo", "ben", "rita", "chief"] {
            add(&world, other, &["nemo"]).await.hidden(other);
            remove(&world, other, "ann").await.hidden(other);
            world.get(other, &format!("/v1/customers/{}/primary-admins", world.alpha)).await.hidden(other);
        }
    }
    let world = World::related().await;
    add(&world, "ann", &["cleo", "cleo", "ann"]).await.ok("a Primary admin adds");
    assert_eq!(admins(&world, "cleo").await, (vec!["ann".to_owned(), "cleo".to_owned()], 2));
    add(&world, "ann", &[]).await.bad("nobody");
    add(&world, "ann", &["rolf"]).await.bad("somebody of another organisation");
    let path = format!("/v1/customers/{}/primary-admins/{}", world.alpha, world.who("nemo"));
    world.send("ann", Method::DELETE, &path, &[], None).await.hidden("who is none cannot be removed");
    assert_eq!(world.get("cleo", &format!("/v1/customers/{}/primary-admins", world.beta)).await.status, StatusCode::NOT_FOUND);
}
