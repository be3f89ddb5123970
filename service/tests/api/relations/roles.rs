//! Roles: whose they are, what they may hold, who makes them (R41–R47, R49, R53, R54, A9–A11, A27).

use http::StatusCode;
use serde_json::json;
use tenantry_model::api::roles::RoleList;
use tenantry_model::id::RoleId;
use tenantry_model::permission::{BuiltInRole, Permission, PermissionSet};
use tenantry_model::problem::Problem;

use super::World;
use crate::support::id;

const ALL: fn() -> serde_json::Value = || json!({ "kind": "all" });

async fn names(world: &World, reader: &str) -> Vec<String> {
    let list: RoleList = world.get(reader, &format!("/v1/customers/{}/roles", world.alpha)).await.json();
    list.roles.into_iter().map(|it| it.role.name).collect()
}

#[tokio::test]
async fn r43_r46_roles_are_made_per_customer_and_mean_nothing_at_another() {
    let world = World::related().await;
    world
        .post("ann", &format!("/v1/customers/{}/primary-admins", world.alpha), json!({ "principals": [world.who("ben")] }))
        .await
        .ok("ben");
    // Ben is a Primary admin of both; what he makes at Alpha counts at Alpha.
    let role = world.role("ben", world.alpha, "Helpdesk", &[Permission::TicketsView], &["cleo"], ALL()).await;
    assert_eq!(world.incidents_of("cleo").await, ["a1", "a2"]);
    assert_eq!(world.rooms_of("cleo").await, [""; 0]);
    world.get("ben", &format!("/v1/customers/{}/roles/{}", world.beta, role.role.id)).await.hidden("it is Alpha's");
    let assignment = json!({ "name": "Over there", "members": [world.who("cleo")], "scope": ALL() });
    world
        .post("ben", &format!("/v1/customers/{}/roles/{}/assignments", world.beta, role.role.id), assignment)
        .await
        .hidden("nor assigned at Beta");
    let body = world.role_body("Helpdesk", &[Permission::TicketsView], &["cleo"], ALL());
    world.try_role("ann", world.beta, body.clone()).await.hidden("ann is nobody at Beta");
    // The same name there is another role.
    world.try_role("ben", world.beta, body).await.ok("at Beta");
    assert_eq!(world.incidents_of("cleo").await, ["a1", "a2", "b1"]);
}

#[tokio::test]
async fn r44_the_roles_of_the_two_sides_are_in_neither_of_each_others_lists() {
    let world = World::related().await;
    let theirs = world.role("ann", world.alpha, "Helpdesk", &[Permission::TicketsView], &["cleo"], ALL()).await;
    let own = world.role("chief", world.alpha, "Helpdesk", &[Permission::TicketsView], &["agnes"], ALL()).await;
    assert_eq!(names(&world, "ann").await, ["Primary admins", "Helpdesk"]);
    assert_eq!(names(&world, "chief").await, ["Managed Service Administrator", "Site Lead", "Site Tech", "Helpdesk"]);
    let path = |role: RoleId| format!("/v1/customers/{}/roles/{role}", world.alpha);
    world.get("ann", &path(own.role.id)).await.hidden("the customer's own, for the partner");
    world.get("chief", &path(theirs.role.id)).await.hidden("the partner's, among the customer's own");
    for (who, role) in [("ann", own.role.id), ("chief", theirs.role.id), ("ann", RoleId::from_uuid(id(999)))] {
        world.patch(who, &path(role), 1, json!({ "description": "mine" })).await.hidden(who);
        world.delete(who, &path(role), Some(1)).await.hidden(who);
        let assignment = json!({ "name": "x", "members": [], "scope": ALL() });
        world.post(who, &format!("{}/assignments", path(role)), assignment).await.hidden(who);
    }
    // The rival's are a third list.
    let body = world.invitation_body("rival.example", &["a3"]);
    world.post("chief", "/v1/partners", body).await.ok("invite");
    let tenants: serde_json::Value = world.get("rita", "/v1/tenants").await.json();
    let invitation = tenants["items"][0]["invitation"]["id"].as_str().unwrap().to_owned();
    let admins = json!({ "primaryAdmins": [world.who("rolf")] });
    world.post("rita", &format!("/v1/invitations/{invitation}/accept"), admins).await.ok("accept");
    assert_eq!(names(&world, "rolf").await, ["Primary admins"]);
    world.get("rolf", &path(theirs.role.id)).await.hidden("another partner's");
}

#[tokio::test]
async fn r47_a_role_for_incidents_alone_opens_incidents_alone() {
    let world = World::related().await;
    let holds = [Permission::TicketsView, Permission::TicketsUpdate, Permission::IncidentsCreate];
    world.role("ann", world.alpha, "Helpdesk", &holds, &["cleo"], ALL()).await;
    assert_eq!(world.incidents_of("cleo").await, ["a1", "a2"]);
    assert_eq!(world.get("cleo", &world.incident_path("a1")).await.status, StatusCode::OK);
    assert_eq!(world.rooms_of("cleo").await, [""; 0]);
    for path in [
        world.room_path("a1"),
        format!("/v1/customers/{}/rooms", world.alpha),
        format!("/v1/customers/{}/roles", world.alpha),
        format!("/v1/customers/{}/primary-admins", world.alpha),
        "/v1/directory?q=a".to_owned(),
        "/v1/audit".to_owned(),
    ] {
        world.get("cleo", &path).await.hidden(&path);
    }
    world.try_role("cleo", world.alpha, world.role_body("More", &holds, &["cleo"], ALL())).await.hidden("making a role");
    let detail = world.customer("cleo", world.alpha).await;
    assert_eq!((detail.open_incidents, detail.may_change_admins, detail.may_remove), (Some(2), false, false));
}

#[tokio::test]
async fn a10_recording_incidents_is_a_permission_of_its_own_and_needs_no_reports() {
    let world = World::related().await;
    world.role("ann", world.alpha, "Recorder", &[Permission::IncidentsCreate], &["cleo"], ALL()).await;
    let me: tenantry_model::api::Me = world.get("cleo", "/v1/me").await.json();
    assert_eq!(me.customers[0].permissions, PermissionSet::of(&[Permission::IncidentsCreate]));
    world.role("ann", world.alpha, "Reader of reports", &[Permission::ReportsView], &["nemo"], ALL()).await;
    let me: tenantry_model::api::Me = world.get("nemo", "/v1/me").await.json();
    assert_eq!(me.customers[0].permissions, PermissionSet::of(&[Permission::ReportsView]));
}

#[tokio::test]
async fn a11_site_lead_has_the_wider_column() {
    let world = World::start().await;
    let list: RoleList = world.get("chief", &format!("/v1/customers/{}/roles", world.alpha)).await.json();
    let of = |role: BuiltInRole| list.roles.iter().find(|it| it.role.built_in == Some(role)).unwrap().role.permissions;
    let lead = of(BuiltInRole::SiteLead);
    assert!(lead.contains(Permission::GroupsModify) && lead.contains(Permission::RingsModify) && lead.contains(Permission::RoomsCreate));
    assert!(!lead.contains(Permission::RolesView) && !lead.contains(Permission::SettingsView) && !lead.contains(Permission::RoomsResetKey));
    let counts = [BuiltInRole::ManagedServiceAdministrator, BuiltInRole::SiteLead, BuiltInRole::SiteTech].map(|it| of(it).iter().count());
    assert_eq!(counts, [19, 14, 7]);
}

#[tokio::test]
async fn a9_a_partners_role_holds_no_more_than_the_ceiling_at_its_making_and_later() {
    let world = World::related().await;
    let beyond = [Permission::TicketsView, Permission::RoomsUnenroll];
    let answer = world.try_role("ann", world.alpha, world.role_body("Too much", &beyond, &["cleo"], ALL())).await;
    answer.conflicts("beyond the ceiling");
    assert!(answer.detail().contains("rooms.unenroll"), "{}", answer.detail());
    assert_eq!(answer.fields(), ["#/permissions permissions-beyond-ceiling"]);
    assert_eq!(names(&world, "ann").await, ["Primary admins"]);
    // The customer, and only the customer, widens it.
    let path = format!("/v1/partners/{}", world.partner);
    for who in ["ann", "mia", "agnes"] {
        world.patch(who, &path, 1, json!({ "ceiling": Permission::ALL })).await.hidden(who);
    }
    let wide: Vec<Permission> = BuiltInRole::PrimaryAdmins.permissions().iter().chain([Permission::RoomsUnenroll]).collect();
    world.steer("chief", json!({ "ceiling": wide })).await;
    assert_eq!(world.last("chief").await, "Assignment Update Successful Partner, by chief");
    let role = world.role("ann", world.alpha, "More", &beyond, &["cleo"], ALL()).await;
    let path = format!("/v1/customers/{}/roles/{}", world.alpha, role.role.id);
    world.patch("ann", &path, role.version, json!({ "permissions": ["settings.view"] })).await.conflicts("nor by a change");
    // Lowering it counts from the next request on, whatever the role says.
    assert_eq!(world.incidents_of("cleo").await, ["a1", "a2"]);
    world.steer("chief", json!({ "ceiling": ["rooms.view"] })).await;
    assert_eq!(world.incidents_of("cleo").await, [""; 0]);
    assert_eq!((world.rooms_of("ann").await, world.incidents_of("ann").await), (vec!["a1", "a2"], vec![]), "Primary admins too");
    world.get("ann", &format!("/v1/customers/{}/roles", world.alpha)).await.hidden("roles.view is above the ceiling");
    world.steer("chief", json!({ "ceiling": wide })).await;
    assert_eq!(world.incidents_of("cleo").await, ["a1", "a2"], "and back");
}

#[tokio::test]
async fn r53_one_request_makes_a_role_with_its_first_assignment_or_nothing_of_it() {
    let world = World::related().await;
    let holds = [Permission::RoomsView];
    let role = world.role("ann", world.alpha, "  Looking  ", &holds, &["cleo", "outer", "cleo"], world.scope(&["a1", "a1"])).await;
    assert_eq!((role.role.name.as_str(), role.assignments.len(), role.version), ("Looking", 1, 1));
    assert_eq!(world.rooms_of("cleo").await, ["a1"]);
    assert_eq!(world.rooms_of("inside").await, ["a1"]);
    let log = world.log("chief").await;
    let last_two = &log[log.len() - 2..];
    assert_eq!(last_two, ["Role Create Successful Looking, by ann", "Assignment Create Successful Looking – Looking: first, by ann"]);
    // Whatever is wrong with any part of it, nothing of it is made.
    let good = || world.role_body("Other", &holds, &["nemo"], ALL());
    let mut bodies = vec![];
    for (pointer, value) in [
        ("/name", json!("")),
        ("/name", json!("  ")),
        ("/name", json!("x".repeat(121))),
        ("/permissions", json!([])),
        ("/permissions", json!(["rooms.fly"])),
        ("/assignment/name", json!("")),
        ("/assignment/members", json!([world.who("agnes")])),
        ("/assignment/members", json!([id(999)])),
        ("/assignment/scope", world.scope(&["a3"])),
        ("/assignment/scope", world.scope(&["b1"])),
        ("/assignment/scope", world.scope(&[])),
    ] {
        let mut body = good();
        *body.pointer_mut(pointer).unwrap() = value;
        bodies.push(body);
    }
    for body in bodies {
        world.try_role("ann", world.alpha, body.clone()).await.bad(&body.to_string());
    }
    let mut taken = good();
    taken["name"] = json!("looking");
    world.try_role("ann", world.alpha, taken).await.conflicts("a name that is taken");
    assert_eq!(names(&world, "ann").await, ["Primary admins", "Looking"]);
    assert_eq!(world.rooms_of("nemo").await, [""; 0]);
}

#[tokio::test]
async fn r54_on_the_customers_side_administrators_make_roles_and_who_manages_roles_assigns_them() {
    let world = World::start().await;
    let manager = [Permission::RolesView, Permission::RolesModify];
    world.role("chief", world.alpha, "Role managers", &manager, &["agnes"], ALL()).await;
    world.role("global", world.alpha, "Lookers", &[Permission::RoomsView], &[], ALL()).await;
    let list: RoleList = world.get("agnes", &format!("/v1/customers/{}/roles", world.alpha)).await.json();
    let lookers = list.roles.iter().find(|it| it.role.name == "Lookers").unwrap().role.id;
    let path = format!("/v1/customers/{}/roles", world.alpha);
    world.try_role("agnes", world.alpha, world.role_body("Mine", &manager, &["agnes"], ALL())).await.hidden("making");
    world.patch("agnes", &format!("{path}/{lookers}"), 1, json!({ "permissions": ["settings.modify"] })).await.hidden("changing");
    world.delete("agnes", &format!("{path}/{lookers}"), Some(1)).await.hidden("deleting");
    let assignment = json!({ "name": "Alex looks", "members": [world.who("crew")], "scope": world.scope(&["a3"]) });
    world.post("agnes", &format!("{path}/{lookers}/assignments"), assignment).await.ok("assigning");
    assert_eq!(world.rooms_of("alex").await, ["a3"]);
    assert_eq!(world.last("chief").await, "Assignment Create Successful Lookers – Alex looks, by agnes");
    // The customer's own rooms are all its own; another customer's are none.
    let foreign = json!({ "name": "No", "members": [world.who("alex")], "scope": world.scope(&["b1"]) });
    world.post("agnes", &format!("{path}/{lookers}/assignments"), foreign).await.bad("another customer's room");
    let partner = json!({ "name": "No", "members": [world.who("ann")], "scope": ALL() });
    world.post("agnes", &format!("{path}/{lookers}/assignments"), partner).await.bad("somebody of another organisation");
}

#[tokio::test]
async fn r55_the_customers_administrators_cover_everything_and_nobody_else_makes_them() {
    let world = World::start().await;
    assert_eq!(world.rooms_of("chief").await, ["a1", "a2", "a3"]);
    world.role("chief", world.alpha, "Role managers", &[Permission::RolesView, Permission::RolesModify], &["agnes"], ALL()).await;
    let list: RoleList = world.get("chief", &format!("/v1/customers/{}/roles", world.alpha)).await.json();
    let administrator = list.roles.iter().find(|it| it.role.built_in == Some(BuiltInRole::ManagedServiceAdministrator)).unwrap().role.id;
    let path = format!("/v1/customers/{}/roles/{administrator}/assignments", world.alpha);
    let all = json!({ "name": "Deputies", "members": [world.who("alex")], "scope": ALL() });
    let some = json!({ "name": "Deputies", "members": [world.who("alex")], "scope": world.scope(&["a1"]) });
    world.post("agnes", &path, all.clone()).await.conflicts("who only manages roles makes no administrator");
    world.post("chief", &path, some).await.conflicts("and never of some rooms");
    let answer = world.post("chief", &path, all).await;
    answer.ok("an administrator does");
    let assignment = answer.value()["done"]["id"].as_str().unwrap().to_owned();
    assert_eq!(world.rooms_of("alex").await, ["a1", "a2", "a3"]);
    // Nor by a change of what is there.
    let path = format!("{path}/{assignment}");
    world.patch("agnes", &path, 1, json!({ "members": [world.who("agnes")] })).await.conflicts("adding oneself to the administrators");
    world.patch("chief", &path, 1, json!({ "scope": world.scope(&["a1"]) })).await.conflicts("narrowing it");
    world.delete("agnes", &path, Some(1)).await.conflicts("taking an administrator's role away");
    assert_eq!(world.rooms_of("alex").await, ["a1", "a2", "a3"]);
    assert_eq!(world.rooms_of("agnes").await, [""; 0]);
    world.delete("chief", &path, Some(1)).await.ok("an administrator may");
    assert_eq!(world.rooms_of("alex").await, [""; 0]);
}

#[tokio::test]
async fn r19_r55_who_is_made_administrator_of_the_customer_administers_it() {
    let world = World::start().await;
    let list: RoleList = world.get("chief", &format!("/v1/customers/{}/roles", world.alpha)).await.json();
    let administrator = list.roles.iter().find(|it| it.role.built_in == Some(BuiltInRole::ManagedServiceAdministrator)).unwrap().role.id;
    let path = format!("/v1/customers/{}/roles/{administrator}/assignments", world.alpha);
    let body = json!({ "name": "Deputies", "members": [world.who("crew")], "scope": ALL() });
    world.get("alex", "/v1/partners").await.hidden("before");
    let answer = world.post("chief", &path, body).await;
    answer.ok("by group");
    world.post("alex", "/v1/partners", world.invitation_body("partner.example", &["a1"])).await.ok("inviting (R19)");
    world.role("alex", world.alpha, "Lookers", &[Permission::RoomsView], &["agnes"], ALL()).await;
    assert_eq!(world.get("alex", "/v1/audit").await.status, StatusCode::OK, "R109");
    assert_eq!(world.rooms_of("alex").await, ["a1", "a2", "a3"]);
    let assignment = answer.value()["done"]["id"].as_str().unwrap().to_owned();
    world.delete("chief", &format!("{path}/{assignment}"), Some(1)).await.ok("and no longer");
    world.get("alex", "/v1/partners").await.hidden("after");
    world.get("alex", "/v1/audit").await.hidden("after");
    assert_eq!(world.rooms_of("alex").await, [""; 0]);
}

#[tokio::test]
async fn a31_a_global_administrator_of_the_customer_administers_it() {
    let world = World::related().await;
    assert_eq!(world.rooms_of("global").await, ["a1", "a2", "a3"]);
    assert_eq!(world.partner_of("global").await.row.rooms, 2);
    world.role("global", world.alpha, "Made by global", &[Permission::RoomsView], &["agnes"], ALL()).await;
    assert_eq!(world.get("global", "/v1/audit").await.status, StatusCode::OK);
    assert_eq!(world.rooms_of("gus").await, [""; 0], "of the partner: nothing of customers by itself");
}

#[tokio::test]
async fn a27_r45_the_customer_deletes_a_partners_custom_role_with_its_assignments_but_not_the_built_in_one() {
    let world = World::related().await;
    let role = world.role("ann", world.alpha, "Helpdesk", &[Permission::TicketsView], &["cleo"], ALL()).await;
    assert_eq!(world.incidents_of("cleo").await, ["a1", "a2"]);
    let path = |role: RoleId| format!("/v1/partners/{}/roles/{role}", world.partner);
    for who in ["ann", "mia", "agnes", "boss"] {
        world.delete(who, &path(role.role.id), Some(1)).await.hidden(who);
    }
    let primary = world.primary("chief").await;
    let refused = world.delete("chief", &path(primary.role.id), Some(1)).await;
    refused.conflicts("built in");
    assert!(refused.detail().contains("remove the partner"), "{}", refused.detail());
    assert_eq!(world.rooms_of("ann").await, ["a1", "a2"]);
    world.delete("chief", &path(role.role.id), Some(role.version)).await.ok("custom");
    assert_eq!(world.last("chief").await, "Role Delete Successful Helpdesk, by chief");
    assert_eq!(world.incidents_of("cleo").await, [""; 0]);
    assert_eq!(names(&world, "ann").await, ["Primary admins"]);
    world.delete("chief", &path(role.role.id), Some(role.version)).await.hidden("twice");
    // The customer's own roles have another address.
    let own = world.role("chief", world.alpha, "Own", &[Permission::TicketsView], &["agnes"], ALL()).await;
    world.delete("chief", &path(own.role.id), Some(1)).await.hidden("an own role under the partner's address");
}

#[tokio::test]
async fn r57_a_role_is_changed_and_deleted_and_its_holders_notice_at_once() {
    let world = World::related().await;
    let role = world.role("ann", world.alpha, "Helpdesk", &[Permission::TicketsView], &["cleo"], ALL()).await;
    let path = format!("/v1/customers/{}/roles/{}", world.alpha, role.role.id);
    let change = json!({ "name": "Lookers", "permissions": ["rooms.view"] });
    world.patch("ann", &path, 1, change).await.ok("change");
    assert_eq!((world.rooms_of("cleo").await, world.incidents_of("cleo").await), (vec!["a1", "a2"], vec![]));
    let record = world.records("chief").await.pop().unwrap();
    let detail: Vec<String> = record.detail.iter().map(|it| format!("{}: {:?} {:?}", it.field, it.before, it.after)).collect();
    assert_eq!(
        detail,
        [r#"name: Some("Helpdesk") Some("Lookers")"#, r#"permissions: Some("tickets.view") Some("rooms.view")"#],
        "what it was stands beside what it is"
    );
    assert_eq!(world.role_detail("ann", world.alpha, role.role.id).await.version, 2);
    world.delete("ann", &path, Some(2)).await.ok("delete");
    assert_eq!(world.last("chief").await, "Role Delete Successful Lookers, by ann");
    assert_eq!(world.rooms_of("cleo").await, [""; 0]);
}

#[tokio::test]
async fn fault_03_a_role_whose_name_turns_a_sentence_round_is_refused_at_the_field_and_names_that_look_the_same_are_the_same() {
    let world = World::related().await;
    for name in ["Helpdesk\u{202e}", "\u{2066}Helpdesk", "\u{200b}"] {
        let answer = world.try_role("ann", world.alpha, world.role_body(name, &[Permission::TicketsView], &["cleo"], ALL())).await;
        let problem: Problem = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!((problem.status, problem.errors[0].code.as_str(), problem.errors[0].pointer.as_str()), (400, "name-invalid", "#/name"));
    }
    let role = world.role("ann", world.alpha, "Mu\u{308}nchen", &[Permission::TicketsView], &["cleo"], ALL()).await;
    assert_eq!(role.role.name, "München");
    let again = world.try_role("ann", world.alpha, world.role_body("MÜNCHEN", &[Permission::TicketsView], &["cleo"], ALL())).await;
    let problem: Problem = serde_json::from_slice(&again.body).unwrap();
    assert_eq!(problem.errors[0].code, "name-taken");
}
