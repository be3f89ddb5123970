//! The partner answers (R27–R36, A1, A5).

use http::StatusCode;
use serde_json::{Value, json};
use tenantry_model::api::partners::PartnerRow;
use tenantry_model::id::PrincipalId;
use tenantry_test_kit::Change;

use super::World;
use crate::support::id;

#[tokio::test]
async fn a1_r27_administrators_and_tenant_managers_accept_and_nobody_else_even_finds_it() {
    for who in ["gus", "mia", "tom"] {
        let world = World::start().await;
        let invitation = world.invite("chief", &["a1"]).await;
        let path = format!("/v1/invitations/{invitation}");
        for other in ["ann", "nemo", "rita", "chief", "boss"] {
            world.get(other, &path).await.hidden(other);
            world.accept(other, invitation, &["ann"]).await.hidden(other);
            world.post(other, &format!("{path}/deny"), json!({})).await.hidden(other);
            let tenants = world.get(other, "/v1/tenants").await.value();
            assert_eq!(tenants["items"].as_array().unwrap().iter().filter(|it| it["status"] == "pending").count(), 0, "{other}");
        }
        world.accept(who, invitation, &["ann"]).await.ok(who);
        assert_eq!(world.last("chief").await, format!("PartnerInvitation Update Successful Partner, by {who}"));
        assert_eq!(world.rooms_of("ann").await, ["a1"], "{who}");
        assert_eq!(world.incidents_of("ann").await, ["a1"], "{who}");
    }
}

#[tokio::test]
async fn r28_an_invitation_shows_no_customer_data() {
    let world = World::start().await;
    let invitation = world.invite("chief", &["a1"]).await;
    for who in ["gus", "mia", "tom"] {
        let text = world.get(who, &format!("/v1/invitations/{invitation}")).await.value().to_string();
        assert!(!text.contains(&world.room("a1").to_string()) && !text.contains("\"a1\""), "{who}: {text}");
        world.get(who, &format!("/v1/customers/{}", world.alpha)).await.hidden(who);
        assert_eq!(world.rooms_of(who).await, [""; 0], "{who}");
    }
}

#[tokio::test]
async fn r29_r31_what_was_accepted_cannot_be_accepted_again() {
    let world = World::start().await;
    let invitation = world.invite("chief", &["a1"]).await;
    world.accept("mia", invitation, &["ann"]).await.ok("first");
    world.accept("gus", invitation, &["cleo"]).await.hidden("second");
    world.post("gus", &format!("/v1/invitations/{invitation}/deny"), json!({})).await.hidden("nor denied");
    assert_eq!(world.rooms_of("cleo").await, [""; 0]);
    assert_eq!(world.rooms_of("ann").await, ["a1"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn r31_of_many_who_accept_at_once_one_does() {
    let world = World::start().await;
    for _ in 0..8 {
        let invitation = world.invite("chief", &["a1"]).await;
        let path = format!("/v1/invitations/{invitation}/accept");
        let mut asked = tokio::task::JoinSet::new();
        for (who, admin) in [("gus", "ann"), ("mia", "ben"), ("tom", "cleo"), ("mia", "nemo")] {
            let (token, router, path) = (world.token(who), world.app.router.clone(), path.clone());
            let body = json!({ "primaryAdmins": [world.who(admin)] }).to_string();
            asked.spawn(async move {
                let request = http::Request::post(path).header("authorization", format!("Bearer {token}"));
                let request = request.header("content-type", "application/json").body(axum::body::Body::from(body)).unwrap();
                (admin, tower::ServiceExt::oneshot(router, request).await.unwrap().status())
            });
        }
        let answers = asked.join_all().await;
        let won: Vec<&str> = answers.iter().filter(|it| it.1 == StatusCode::OK).map(|it| it.0).collect();
        assert_eq!(won.len(), 1, "{answers:?}");
        assert!(answers.iter().all(|it| [StatusCode::OK, StatusCode::NOT_FOUND].contains(&it.1)), "{answers:?}");
        for admin in ["ann", "ben", "cleo", "nemo"] {
            let expected: &[&str] = if won[0] == admin { &["a1"] } else { &[] };
            assert_eq!(world.rooms_of(admin).await, expected, "{admin}, when {} won", won[0]);
        }
        let accepted = world.log("chief").await.iter().filter(|line| line.starts_with("PartnerInvitation Update Successful")).count();
        let ended = world.log("chief").await.iter().filter(|line| line.starts_with("PartnerInvitation Delete Successful")).count();
        assert_eq!(accepted, ended + 1, "one record for one relationship");
        let version = world.partner_of("chief").await.version;
        world.delete("chief", &format!("/v1/partners/{}", world.partner), Some(version)).await.ok("for the next round");
    }
}

#[tokio::test]
async fn r30_r36_a5_accepting_names_at_least_one_user() {
    let world = World::start().await;
    let invitation = world.invite("chief", &["a1"]).await;
    world.accept("mia", invitation, &[]).await.conflicts("nobody");
    world.accept("mia", invitation, &["empty"]).await.conflicts("a group without users");
    let stranger = json!({ "primaryAdmins": [world.who("ann"), world.who("chief")] });
    world.post("mia", &format!("/v1/invitations/{invitation}/accept"), stranger).await.bad("somebody of another organisation");
    let unknown = json!({ "primaryAdmins": [PrincipalId::from_uuid(id(999))] });
    world.post("mia", &format!("/v1/invitations/{invitation}/accept"), unknown).await.bad("nobody there is");
    assert!(world.waiting("chief").await.is_some(), "it still waits");
    assert_eq!(world.rooms_of("ann").await, [""; 0]);
    // The user is two groups deep; and who is named twice is one.
    world.accept("mia", invitation, &["outer", "empty", "outer"]).await.ok("a nested group");
    assert_eq!(world.rooms_of("inside").await, ["a1"]);
}

#[tokio::test]
async fn r32_when_whoever_accepted_is_deleted_nobody_else_loses_anything() {
    let world = World::start().await;
    let invitation = world.invite("chief", &["a1", "a2"]).await;
    world.accept("tom", invitation, &["tom", "ann"]).await.ok("tom accepts, and is one of them");
    let role = world
        .role("tom", world.alpha, "Helpdesk", &[tenantry_model::permission::Permission::TicketsView], &["cleo"], json!({ "kind": "all" }))
        .await;
    world.apply(vec![Change::DeletePrincipal { principal: world.who("tom") }]).await;
    assert_eq!(world.rooms_of("ann").await, ["a1", "a2"]);
    assert_eq!(world.incidents_of("cleo").await, ["a1", "a2"]);
    assert_eq!(world.role_detail("ann", world.alpha, role.role.id).await.role.name, "Helpdesk");
    assert_eq!(world.partner_of("chief").await.row.rooms, 2);
    assert!(world.customer("ann", world.alpha).await.may_remove);
}

#[tokio::test]
async fn r33_r34_denying_deletes_it_and_only_a_new_one_helps() {
    let world = World::start().await;
    let invitation = world.invite("chief", &["a1"]).await;
    let deny = format!("/v1/invitations/{invitation}/deny");
    world.post("tom", &deny, Value::Null).await.ok("denied");
    assert_eq!(world.last("chief").await, "PartnerInvitation Delete Successful Partner, by tom");
    world.post("tom", &deny, Value::Null).await.hidden("twice");
    world.accept("mia", invitation, &["ann"]).await.hidden("accepting it after all");
    let rows: Vec<PartnerRow> = world.get("chief", "/v1/partners").await.json();
    assert_eq!(rows, [], "nothing is left of it at the customer either");
    let again = world.invite("chief", &["a1"]).await;
    world.accept("mia", again, &["ann"]).await.ok("a new one");
    assert_eq!(world.rooms_of("ann").await, ["a1"]);
}
