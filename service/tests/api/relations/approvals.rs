//! Change control (R21–R24, A18, A19).

use http::{Method, StatusCode};
use serde_json::json;
use tenantry_model::api::requests::{Outcome, RequestRow, RequestedAction};
use tenantry_model::api::roles::RoleList;
use tenantry_model::audit::AuditResult;
use tenantry_model::permission::Permission;
use tenantry_model::tenancy::{PortalRole, RequestState, UserKey};
use tenantry_test_kit::Change;

use super::World;

const LOOK: [Permission; 1] = [Permission::RoomsView];

fn all() -> serde_json::Value {
    json!({ "kind": "all" })
}

async fn manual() -> World {
    let world = World::related().await;
    world.steer("chief", json!({ "changeControl": { "roles.modify": "manual" } })).await;
    world
}

async fn requests(world: &World) -> Vec<RequestRow> {
    world.get("chief", "/v1/change-requests").await.json()
}

async fn ask_role(world: &World, name: &str, member: &str) {
    let answer = world.try_role("ann", world.alpha, world.role_body(name, &LOOK, &[member], world.scope(&["a1"]))).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{answer:?}");
}

#[tokio::test]
async fn r22_r23_where_nothing_was_said_a_change_takes_effect_at_once_and_asks_nobody() {
    let world = World::related().await;
    world.role("ann", world.alpha, "Lookers", &LOOK, &["cleo"], all()).await;
    assert_eq!(world.rooms_of("cleo").await, ["a1", "a2"]);
    assert_eq!(requests(&world).await, []);
    let list: RoleList = world.get("ann", &format!("/v1/customers/{}/roles", world.alpha)).await.json();
    assert!(!list.needs_approval && list.waiting.is_empty());
}

#[tokio::test]
async fn r24_a19_a_manual_change_changes_nothing_until_the_customer_approves() {
    let world = manual().await;
    ask_role(&world, "Lookers", "cleo").await;
    assert_eq!(world.rooms_of("cleo").await, [""; 0], "nothing has changed");
    let list: RoleList = world.get("ann", &format!("/v1/customers/{}/roles", world.alpha)).await.json();
    assert_eq!((list.roles.len(), list.needs_approval, list.waiting.len()), (1, true, 1));
    let rows = requests(&world).await;
    let row = &rows[0];
    assert_eq!((row.state, row.change.action, row.change.role.as_str()), (RequestState::Pending, RequestedAction::CreateRole, "Lookers"));
    assert_eq!((row.requested_by.display_name.as_str(), row.change.gains.as_slice()), ("ann", &["cleo".to_owned()][..]));
    assert_eq!((world.partner_of("chief").await.row.waiting, world.customer("ann", world.alpha).await.waiting_requests), (1, 1));
    assert_eq!(world.last("chief").await, "Role Create Successful Lookers, by ann");
    // The partner cannot approve what it asked for, and another customer knows nothing of it.
    let request = world.request("chief").await;
    for who in ["ann", "mia", "gus", "agnes", "boss"] {
        world.decide(who, request, "approve").await.hidden(who);
        world.decide(who, request, "reject").await.hidden(who);
    }
    world.decide("chief", request, "approve").await.ok("approve");
    assert_eq!(world.rooms_of("cleo").await, ["a1"]);
    assert_eq!(requests(&world).await[0].state, RequestState::Approved);
    let log = world.log("chief").await;
    assert!(log.ends_with(&["Role Update Successful Lookers, by chief".to_owned()]), "{log:?}");
    assert!(log.contains(&"Assignment Create Successful Lookers – Lookers: first, by chief".to_owned()), "{log:?}");
    let twice = world.decide("chief", request, "approve").await;
    twice.conflicts("twice");
    assert_eq!(twice.fields(), ["# request-decided"], "by a code, so that the desk says it in its reader's language");
    world.decide("chief", request, "reject").await.conflicts("after all");
    assert_eq!(world.rooms_of("cleo").await, ["a1"]);
}

#[tokio::test]
async fn r24_what_is_rejected_never_happens() {
    let world = manual().await;
    ask_role(&world, "Lookers", "cleo").await;
    let request = world.request("chief").await;
    world.decide("chief", request, "reject").await.ok("reject");
    assert_eq!(world.rooms_of("cleo").await, [""; 0]);
    assert_eq!(requests(&world).await[0].state, RequestState::Rejected);
    assert_eq!(world.last("chief").await, "Role Update Successful Lookers, by chief");
    world.decide("chief", request, "approve").await.conflicts("it is decided");
    assert_eq!(world.customer("ann", world.alpha).await.waiting_requests, 0);
}

#[tokio::test]
async fn a18_every_change_of_roles_and_assignments_waits_where_the_customer_said_so() {
    let world = World::related().await;
    let role = world.role("ann", world.alpha, "Lookers", &LOOK, &["cleo"], all()).await;
    world.steer("chief", json!({ "changeControl": { "roles.modify": "manual" } })).await;
    let path = format!("/v1/customers/{}/roles/{}", world.alpha, role.role.id);
    let first = format!("{path}/assignments/{}", role.assignments[0].id);
    let admins = format!("/v1/customers/{}/primary-admins", world.alpha);
    let before = (world.role_detail("ann", world.alpha, role.role.id).await, world.primary("chief").await);
    let answers = [
        world.try_role("ann", world.alpha, world.role_body("Another", &LOOK, &["nemo"], all())).await,
        world.patch("ann", &path, 1, json!({ "permissions": ["tickets.view"] })).await,
        world.post("ann", &format!("{path}/assignments"), json!({ "name": "x", "members": [world.who("nemo")], "scope": all() })).await,
        world.patch("ann", &first, 1, json!({ "members": [world.who("nemo")] })).await,
        world.delete("ann", &first, Some(1)).await,
        world.delete("ann", &path, Some(1)).await,
        world.post("tom", &admins, json!({ "principals": [world.who("nemo"), world.who("cleo")] })).await,
    ];
    for (at, answer) in answers.iter().enumerate() {
        assert_eq!(answer.status, StatusCode::ACCEPTED, "{at}: {answer:?}");
        assert!(matches!(serde_json::from_slice::<Outcome>(&answer.body).unwrap(), Outcome::Requested(_)));
    }
    assert_eq!(requests(&world).await.len(), 7);
    assert_eq!((world.role_detail("ann", world.alpha, role.role.id).await, world.primary("chief").await), before);
    assert_eq!((world.rooms_of("nemo").await, world.rooms_of("cleo").await), (vec![], vec!["a1", "a2"]));
    // What may not be is refused at once, and asks nobody.
    let beyond = world.role_body("Too much", &[Permission::SettingsView], &["nemo"], all());
    world.try_role("ann", world.alpha, beyond).await.conflicts("beyond the ceiling");
    world.delete("ann", &format!("{admins}/{}", world.who("ann")), None).await.conflicts("the last Primary admin");
    assert_eq!(requests(&world).await.len(), 7);
    // Of the other events none makes roles wait.
    world
        .steer("chief", json!({ "changeControl": { "rooms.modify": "manual", "rings.modify": "manual", "rooms.suppress": "manual" } }))
        .await;
    world.role("ann", world.alpha, "At once", &LOOK, &["nemo"], all()).await;
    assert_eq!(world.rooms_of("nemo").await, ["a1", "a2"]);
}

#[tokio::test]
async fn a19_what_has_changed_since_it_was_asked_for_is_not_approved() {
    // The role was changed, the ceiling lowered, the room taken, the member deleted, the last Primary admin would go.
    let world = World::related().await;
    let role = world.role("ann", world.alpha, "Lookers", &LOOK, &["cleo"], all()).await;
    let path = format!("/v1/customers/{}/roles/{}", world.alpha, role.role.id);
    let control = async |how: &str| world.steer("chief", json!({ "changeControl": { "roles.modify": how } })).await;
    control("manual").await;
    world.patch("ann", &path, 1, json!({ "description": "asked" })).await.ok("asked");
    let stale = world.request("chief").await;
    control("auto").await;
    world.patch("ann", &path, 1, json!({ "description": "done" })).await.ok("done in between");
    world.decide("chief", stale, "approve").await.conflicts("the role has another version");
    assert_eq!(world.role_detail("ann", world.alpha, role.role.id).await.role.description, "done");
    world.decide("chief", stale, "reject").await.ok("it can still be rejected");

    control("manual").await;
    world.delete("ann", &path, Some(2)).await.ok("asked: away with it");
    let gone = world.request("chief").await;
    world.delete("chief", &format!("/v1/partners/{}/roles/{}", world.partner, role.role.id), Some(2)).await.ok("the customer was faster");
    world.decide("chief", gone, "approve").await.conflicts("there is no such role any more");
    world.decide("chief", gone, "reject").await.ok("out of the way");

    ask_role(&world, "In a1", "nemo").await;
    let request = world.request("chief").await;
    world.steer("chief", json!({ "rooms": [world.room("a2")] })).await;
    world.decide("chief", request, "approve").await.conflicts("the room is no longer delegated");
    world
        .steer("chief", json!({ "rooms": [world.room("a1"), world.room("a2")], "ceiling": ["tickets.view", "roles.view", "roles.modify"] }))
        .await;
    world.decide("chief", request, "approve").await.conflicts("the ceiling is lower now");
    world.steer("chief", json!({ "ceiling": Permission::ALL })).await;
    world.decide("chief", request, "approve").await.ok("all is as it was asked for");
    assert_eq!(world.rooms_of("nemo").await, ["a1"]);

    control("auto").await;
    let admins = format!("/v1/customers/{}/primary-admins", world.alpha);
    world.post("ann", &admins, json!({ "principals": [world.who("cleo")] })).await.ok("two");
    control("manual").await;
    world.delete("ann", &format!("{admins}/{}", world.who("cleo")), None).await.ok("asked: cleo goes");
    let request = world.request("chief").await;
    control("auto").await;
    world.delete("cleo", &format!("{admins}/{}", world.who("ann")), None).await.ok("ann went");
    world.decide("chief", request, "approve").await.conflicts("nobody would be left (R36)");
    assert_eq!(world.rooms_of("cleo").await, ["a1", "a2"]);
}

/// The customer approves, is refused, and what was asked for has lapsed: nothing of it is done, and the log has both.
async fn lapses(world: &World, what: &str) {
    let request = world.request("chief").await;
    let answer = world.decide("chief", request, "approve").await;
    answer.conflicts(what);
    assert_eq!(answer.fields(), ["# request-sender"], "{what}");
    let row = requests(world).await.into_iter().find(|it| it.id == request.0).unwrap();
    assert_eq!(row.state, RequestState::Lapsed, "{what}");
    let records = world.records("chief").await;
    let [.., lapsed, refused] = records.as_slice() else { panic!("{records:?}") };
    let said = |it: &tenantry_model::audit::AuditChange| (it.field.clone(), it.before.clone(), it.after.clone());
    assert_eq!(
        lapsed.detail.iter().map(said).collect::<Vec<_>>(),
        [("request".into(), Some("pending".into()), Some("lapsed".into()))],
        "{what}"
    );
    assert_eq!((lapsed.result_status, refused.result_status), (AuditResult::Successful, AuditResult::Failed), "{what}");
    assert_eq!(lapsed.object_name, refused.object_name, "{what}: by name");
    for how in ["approve", "reject"] {
        world.decide("chief", (request.0, request.1 + 1), how).await.conflicts(what);
    }
}

#[tokio::test]
async fn a18_a19_a_request_lapses_where_who_sent_it_may_not_make_the_change_any_more() {
    let world = World::related().await;
    let control = async |how: &str| world.steer("chief", json!({ "changeControl": { "roles.modify": how } })).await;
    let admins = format!("/v1/customers/{}/primary-admins", world.alpha);
    world.post("ann", &admins, json!({ "principals": [world.who("cleo")] })).await.ok("two Primary admins");
    let modify = [Permission::RoomsView, Permission::RolesView, Permission::RolesModify];
    let leads = world.role("cleo", world.alpha, "Leads", &modify, &["ben"], all()).await;
    let lead = format!("/v1/customers/{}/roles/{}/assignments/{}", world.alpha, leads.role.id, leads.assignments[0].id);

    control("manual").await;
    ask_role(&world, "Lookers", "nemo").await;
    control("auto").await;
    world.delete("cleo", &format!("{admins}/{}", world.who("ann")), None).await.ok("ann is no Primary admin any more");
    lapses(&world, "the role was taken").await;

    // Still may change roles, but not as far.
    control("manual").await;
    let body = world.role_body("In a2", &LOOK, &["nemo"], world.scope(&["a2"]));
    assert_eq!(world.try_role("ben", world.alpha, body).await.status, StatusCode::ACCEPTED);
    control("auto").await;
    world.patch("cleo", &lead, 1, json!({ "scope": world.scope(&["a1"]) })).await.ok("in a1 alone");
    lapses(&world, "the scope was narrowed").await;

    // Who changes roles in some rooms alone appoints no Primary admins (A7), and a tenant manager does only while they are one.
    let nemo = json!({ "principals": [world.who("nemo")] });
    control("manual").await;
    world.post("tom", &admins, nemo.clone()).await.ok("asked");
    world.apply(vec![Change::RevokePortalRole { principal: world.who("tom"), role: PortalRole::TenantManager }]).await;
    lapses(&world, "no tenant manager any more").await;

    // Global Administrator is what the token said; but nobody who is gone from the directory may anything.
    world.post("gus", &admins, nemo.clone()).await.ok("asked");
    let request = world.request("chief").await;
    world.decide("chief", request, "approve").await.ok("a Global Administrator's");
    assert_eq!(world.rooms_of("nemo").await, ["a1", "a2"]);
    world.delete("gus", &format!("{admins}/{}", world.who("nemo")), None).await.ok("asked");
    world.apply(vec![Change::DeletePrincipal { principal: world.who("gus") }]).await;
    lapses(&world, "gone from the directory").await;
    assert_eq!(world.rooms_of("nemo").await, ["a1", "a2"]);
}

#[tokio::test]
async fn a19_a_request_lapses_with_the_relationship() {
    for by_customer in [true, false] {
        let world = manual().await;
        ask_role(&world, "Lookers", "cleo").await;
        let request = world.request("chief").await;
        if by_customer {
            let version = world.partner_of("chief").await.version;
            world.delete("chief", &format!("/v1/partners/{}", world.partner), Some(version)).await.ok("customer");
        } else {
            let version = world.customer("ann", world.alpha).await.version;
            world.delete("ann", &format!("/v1/customers/{}", world.alpha), Some(version)).await.ok("partner");
        }
        assert_eq!(requests(&world).await.iter().map(|it| it.state).collect::<Vec<_>>(), [RequestState::Lapsed]);
        world.decide("chief", request, "approve").await.conflicts("lapsed");
        world.relate("chief", &["a1"], "ann").await;
        world.decide("chief", request, "approve").await.conflicts("nor with a new relationship");
        assert_eq!(world.rooms_of("cleo").await, [""; 0]);
        assert_eq!(world.customer("ann", world.alpha).await.waiting_requests, 0);
    }
}

#[tokio::test]
async fn r24_what_waits_already_is_not_asked_again() {
    let world = manual().await;
    ask_role(&world, "Lookers", "cleo").await;
    let request = world.request("chief").await;
    ask_role(&world, "Lookers", "cleo").await;
    assert_eq!(world.request("chief").await, request, "it is the same one");
    assert_eq!(world.log("chief").await.iter().filter(|line| line.starts_with("Role Create")).count(), 1);
    ask_role(&world, "Lookers", "nemo").await;
    assert_eq!(requests(&world).await.len(), 2, "other members are another request");
    world.decide("chief", request, "reject").await.ok("reject");
    ask_role(&world, "Lookers", "cleo").await;
    assert_eq!(requests(&world).await.iter().filter(|it| it.state == RequestState::Pending).count(), 2, "asked anew after the rejection");
}

#[tokio::test]
async fn r24_a19_what_two_ask_for_stands_by_the_right_of_who_asked_last() {
    let world = World::related().await;
    let admins = format!("/v1/customers/{}/primary-admins", world.alpha);
    world.post("ann", &admins, json!({ "principals": [world.who("cleo")] })).await.ok("two Primary admins");
    world.steer("chief", json!({ "changeControl": { "roles.modify": "manual" } })).await;
    let body = world.role_body("Lookers", &LOOK, &["nemo"], all());
    assert_eq!(world.try_role("ann", world.alpha, body.clone()).await.status, StatusCode::ACCEPTED);
    let (request, version) = world.request("chief").await;
    assert_eq!(world.try_role("cleo", world.alpha, body).await.status, StatusCode::ACCEPTED);
    let taken = world.request("chief").await;
    assert_eq!(taken, (request, version + 1), "it is the same one, in another's name");
    assert_eq!(requests(&world).await[0].requested_by.id, world.who("cleo"));
    world.steer("chief", json!({ "changeControl": { "roles.modify": "auto" } })).await;
    world.delete("cleo", &format!("{admins}/{}", world.who("ann")), None).await.ok("ann is no Primary admin any more");
    world.decide("chief", taken, "approve").await.ok("cleo still is");
    assert_eq!(world.rooms_of("nemo").await, ["a1", "a2"]);
}

#[tokio::test]
async fn a19_whoever_could_not_be_judged_later_asks_for_nothing() {
    let world = World::related().await;
    let user_id = "018f0000-0000-7000-8000-0000000000ff".parse().unwrap();
    let token = world.app.admin_token(UserKey { tenant_id: world.partner, user_id });
    let path = format!("/v1/customers/{}/primary-admins", world.alpha);
    let add = async |who: &str| {
        let body = json!({ "principals": [world.who(who)] });
        world.app.ask(Method::POST, &path, Some(&token), &[], Some(&body)).await
    };
    world.steer("chief", json!({ "changeControl": { "roles.modify": "manual" } })).await;
    add("cleo").await.conflicts("known by their token alone");
    assert!(requests(&world).await.is_empty(), "nothing waits that could never be approved");
    world.steer("chief", json!({ "changeControl": { "roles.modify": "auto" } })).await;
    add("cleo").await.ok("at once, they may");
}

#[tokio::test]
async fn r24_deciding_needs_the_version_that_was_read() {
    let world = manual().await;
    ask_role(&world, "Lookers", "cleo").await;
    let (request, version) = world.request("chief").await;
    for how in ["approve", "reject"] {
        let path = format!("/v1/change-requests/{request}/{how}");
        let answer = world.send("chief", Method::POST, &path, &[], None).await;
        assert_eq!(answer.status, StatusCode::PRECONDITION_REQUIRED);
        assert_eq!(world.decide("chief", (request, version + 1), how).await.status, StatusCode::PRECONDITION_FAILED);
    }
    assert_eq!(world.request("chief").await, (request, version));
}
