//! Versions, the lock to a customer, and requests that are sent twice.

use std::time::Duration;

use http::{Method, StatusCode};
use serde_json::{Value, json};
use tenantry_model::api::partners::PartnerRow;
use tenantry_model::api::roles::RoleList;
use tenantry_model::permission::Permission;

use super::World;

const LOOK: [Permission; 1] = [Permission::RoomsView];

fn all() -> Value {
    json!({ "kind": "all" })
}

async fn count(world: &World) -> usize {
    let list: RoleList = world.get("ann", &format!("/v1/customers/{}/roles", world.alpha)).await.json();
    list.roles.len()
}

async fn with_key(world: &World, who: &str, key: &str, path: &str, body: &Value) -> crate::support::Answer {
    world.send(who, Method::POST, path, &[("idempotency-key", key)], Some(body.clone())).await
}

#[tokio::test]
async fn r57_every_change_of_something_with_a_version_names_the_one_that_was_read() {
    let world = World::related().await;
    let role = world.role("ann", world.alpha, "Lookers", &LOOK, &["cleo"], all()).await;
    let path = format!("/v1/customers/{}/roles/{}", world.alpha, role.role.id);
    let first = format!("{path}/assignments/{}", role.assignments[0].id);
    let partner = format!("/v1/partners/{}", world.partner);
    let of_partner = format!("{partner}/roles/{}", role.role.id);
    let customer = format!("/v1/customers/{}", world.alpha);
    let changes: [(&str, Method, &str, Option<Value>); 9] = [
        ("ann", Method::PATCH, &path, Some(json!({ "description": "x" }))),
        ("ann", Method::DELETE, &path, None),
        ("ann", Method::PATCH, &first, Some(json!({ "members": [] }))),
        ("ann", Method::PATCH, &first, Some(json!({}))),
        ("ann", Method::DELETE, &first, None),
        ("ann", Method::DELETE, &customer, None),
        ("chief", Method::PATCH, &partner, Some(json!({ "remove": { "all": true } }))),
        ("chief", Method::DELETE, &partner, None),
        ("chief", Method::DELETE, &of_partner, None),
    ];
    for (who, method, path, body) in changes {
        let what = format!("{method} {path}");
        let without = world.send(who, method.clone(), path, &[], body.clone()).await;
        assert_eq!((without.status, without.problem()), (StatusCode::PRECONDITION_REQUIRED, "precondition-required".to_owned()), "{what}");
        let stale = world.send(who, method.clone(), path, &[("if-match", "\"77\"")], body.clone()).await;
        assert_eq!((stale.status, stale.problem()), (StatusCode::PRECONDITION_FAILED, "precondition-failed".to_owned()), "{what}");
        for nonsense in ["77", "*", "W/\"1\"", "\"x\"", "\"1\", \"2\""] {
            world.send(who, method.clone(), path, &[("if-match", nonsense)], body.clone()).await.bad(&what);
        }
    }
    assert_eq!(world.rooms_of("cleo").await, ["a1", "a2"]);
    // The version that an answer names is the next one to be named.
    let answer = world.patch("ann", &path, 1, json!({ "description": "x" })).await;
    assert_eq!(answer.value()["done"]["version"], 2);
    assert_eq!(world.patch("ann", &path, 1, json!({ "description": "y" })).await.status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(world.get("ann", &path).await.headers["etag"], "\"2\"");
    assert_eq!(world.get("chief", &partner).await.headers["etag"], "\"1\"");
    assert_eq!(world.get("ann", &customer).await.headers["etag"], "\"1\"");
    world.steer("chief", json!({ "offline": { "allowed": false, "days": 1 } })).await;
    assert_eq!(world.get("ann", &customer).await.headers["etag"], "\"2\"", "both sides name the same version");
    assert_eq!(world.delete("ann", &customer, Some(1)).await.status, StatusCode::PRECONDITION_FAILED);
}

#[tokio::test]
async fn r46_a_form_that_was_opened_for_another_customer_changes_nothing() {
    let world = World::related().await;
    world
        .post("ben", &format!("/v1/customers/{}/primary-admins", world.beta), json!({ "principals": [world.who("ann")] }))
        .await
        .ok("both");
    let role = world.role("ann", world.alpha, "Lookers", &LOOK, &["cleo"], all()).await;
    let customer = format!("/v1/customers/{}", world.alpha);
    let path = format!("{customer}/roles/{}", role.role.id);
    let first = format!("{path}/assignments/{}", role.assignments[0].id);
    let more = json!({ "principals": [world.who("nemo")] });
    let another = json!({ "name": "x", "members": [world.who("nemo")], "scope": all() });
    let changes: [(Method, String, Option<Value>); 9] = [
        (Method::POST, format!("{customer}/roles"), Some(world.role_body("New", &LOOK, &["nemo"], all()))),
        (Method::PATCH, path.clone(), Some(json!({ "permissions": ["tickets.view"] }))),
        (Method::DELETE, path.clone(), None),
        (Method::POST, format!("{path}/assignments"), Some(another)),
        (Method::PATCH, first.clone(), Some(json!({ "members": [] }))),
        (Method::DELETE, first.clone(), None),
        (Method::POST, format!("{customer}/primary-admins"), Some(more)),
        (Method::DELETE, format!("{customer}/primary-admins/{}", world.who("ann")), None),
        (Method::DELETE, customer.clone(), None),
    ];
    let beta = world.beta.to_string();
    for (method, path, body) in &changes {
        let headers = [("if-match", "\"1\""), ("tenantry-customer", beta.as_str())];
        let answer = world.send("ann", method.clone(), path, &headers, body.clone()).await;
        answer.conflicts(&format!("{method} {path}"));
        assert!(answer.detail().contains("another customer"));
        let headers = [("if-match", "\"1\""), ("tenantry-customer", "nonsense")];
        world.send("ann", method.clone(), path, &headers, body.clone()).await.bad(&format!("{method} {path}"));
    }
    assert_eq!((world.rooms_of("cleo").await, world.rooms_of("nemo").await), (vec!["a1", "a2"], vec![]));
    assert_eq!(world.role_detail("ann", world.alpha, role.role.id).await, role);
    let headers = [("tenantry-customer", world.alpha.to_string())];
    let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    world.send("ann", Method::POST, &changes[6].1, &headers, changes[6].2.clone()).await.ok("the right one");
    assert_eq!(world.rooms_of("nemo").await, ["a1", "a2"]);
}

#[tokio::test]
async fn r53_a_request_that_is_sent_twice_is_done_once_and_answered_alike() {
    let world = World::related().await;
    let path = format!("/v1/customers/{}/roles", world.alpha);
    let body = world.role_body("Lookers", &LOOK, &["cleo"], all());
    let first = with_key(&world, "ann", "k1", &path, &body).await;
    let second = with_key(&world, "ann", "k1", &path, &body).await;
    assert_eq!((first.status, &first.body), (StatusCode::CREATED, &second.body));
    assert_eq!(second.status, StatusCode::CREATED);
    assert_eq!((count(&world).await, world.rooms_of("cleo").await), (2, vec!["a1", "a2"]));
    let made = world.log("chief").await.iter().filter(|line| line.starts_with("Role Create")).count();
    assert_eq!(made, 1, "and recorded once");
    // The same key for something else: another body, another address.
    with_key(&world, "ann", "k1", &path, &world.role_body("Others", &LOOK, &["cleo"], all())).await.conflicts("another body");
    let role = first.value()["done"]["id"].as_str().unwrap().to_owned();
    let assignment = json!({ "name": "x", "members": [], "scope": all() });
    with_key(&world, "ann", "k1", &format!("{path}/{role}/assignments"), &assignment).await.conflicts("another address");
    with_key(&world, "ann", "k1", &format!("/v1/customers/{}/roles", world.beta), &body)
        .await
        .conflicts("the same body at another address");
    assert_eq!(count(&world).await, 2);
    // Somebody else's key of the same name is another key.
    world
        .post("ann", &format!("/v1/customers/{}/primary-admins", world.alpha), json!({ "principals": [world.who("ben")] }))
        .await
        .ok("ben");
    with_key(&world, "ben", "k1", &path, &world.role_body("Bens", &LOOK, &["cleo"], all())).await.ok("ben's k1");
    // What failed is not kept: it may be tried again.
    with_key(&world, "ann", "k2", &path, &body).await.conflicts("the name is taken");
    with_key(&world, "ann", "k2", &path, &world.role_body("Free", &LOOK, &["cleo"], all())).await.ok("k2 is still free");
    for key in ["", &"x".repeat(129)] {
        with_key(&world, "ann", key, &path, &body).await.bad("no such key");
    }
    // A month later it is a new request.
    world.app.clock.advance(Duration::from_secs(31 * 24 * 60 * 60) - Duration::from_micros(1));
    assert_eq!(with_key(&world, "ann", "k1", &path, &body).await.body, first.body);
    world.app.clock.advance(Duration::from_micros(1));
    with_key(&world, "ann", "k1", &path, &body).await.conflicts("the name is taken: it was tried anew");
    with_key(&world, "ann", "k1", &path, &world.role_body("Tomorrow", &LOOK, &["cleo"], all())).await.ok("and the key is free");
}

#[tokio::test]
async fn a3_r31_invitations_assignments_and_additions_that_are_sent_twice_are_done_once() {
    let world = World::start().await;
    let body = world.invitation_body("partner.example", &["a1"]);
    let first = with_key(&world, "chief", "invite", "/v1/partners", &body).await;
    first.ok("invite");
    assert_eq!(with_key(&world, "chief", "invite", "/v1/partners", &body).await.body, first.body);
    let rows: Vec<PartnerRow> = world.get("chief", "/v1/partners").await.json();
    assert_eq!(rows.len(), 1);
    let path = format!("/v1/invitations/{}/accept", world.waiting("chief").await.unwrap());
    let admins = json!({ "primaryAdmins": [world.who("ann")] });
    let first = with_key(&world, "mia", "accept", &path, &admins).await;
    first.ok("accept");
    assert_eq!(with_key(&world, "mia", "accept", &path, &admins).await.body, first.body, "though the invitation is gone");
    with_key(&world, "gus", "accept", &path, &admins).await.hidden("for another person it is gone");
    let role = world.role("ann", world.alpha, "Lookers", &LOOK, &[], all()).await;
    let path = format!("/v1/customers/{}/roles/{}/assignments", world.alpha, role.role.id);
    let assignment = json!({ "name": "x", "members": [world.who("cleo")], "scope": all() });
    let first = with_key(&world, "ann", "assign", &path, &assignment).await;
    let second = with_key(&world, "ann", "assign", &path, &assignment).await;
    assert_eq!((first.status, first.body), (second.status, second.body));
    assert_eq!(world.role_detail("ann", world.alpha, role.role.id).await.assignments.len(), 2);
    let path = format!("/v1/customers/{}/primary-admins", world.alpha);
    let more = json!({ "principals": [world.who("nemo")] });
    let first = with_key(&world, "ann", "add", &path, &more).await;
    assert_eq!(with_key(&world, "ann", "add", &path, &more).await.body, first.body);
}

#[tokio::test]
async fn r24_a_request_for_approval_that_is_sent_twice_is_asked_once() {
    let world = World::related().await;
    world.steer("chief", json!({ "changeControl": { "roles.modify": "manual" } })).await;
    let path = format!("/v1/customers/{}/roles", world.alpha);
    let body = world.role_body("Lookers", &LOOK, &["cleo"], all());
    let first = with_key(&world, "ann", "k", &path, &body).await;
    let second = with_key(&world, "ann", "k", &path, &body).await;
    assert_eq!((first.status, &first.body), (StatusCode::ACCEPTED, &second.body));
    assert_eq!(second.status, StatusCode::ACCEPTED);
    world.request("chief").await;
}

/// A client may name a key with every request that changes something, not with those alone that create.
#[tokio::test]
async fn r57_a_key_disturbs_no_request_that_creates_nothing() {
    let world = World::related().await;
    let role = world.role("ann", world.alpha, "Lookers", &LOOK, &["cleo"], all()).await;
    let path = format!("/v1/customers/{}/roles/{}", world.alpha, role.role.id);
    for version in ["\"1\"", "\"2\"", "\"3\""] {
        let headers = [("if-match", version), ("idempotency-key", "same")];
        let answer = world.send("ann", Method::PATCH, &path, &headers, Some(json!({ "description": version }))).await;
        answer.ok(version);
    }
    with_key(&world, "ann", "same", &format!("/v1/customers/{}/roles", world.alpha), &world.role_body("New", &LOOK, &[], all()))
        .await
        .ok("new");
    let headers = [("idempotency-key", "managers")];
    for who in ["nemo", "ben"] {
        let body = json!({ "principals": [world.who(who)] });
        world.send("mia", Method::POST, "/v1/tenant-managers", &headers, Some(body)).await.ok(who);
    }
}
