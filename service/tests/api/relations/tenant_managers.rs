//! Who may be asked to look at invitations (R11–R15).

use http::StatusCode;
use serde_json::json;
use tenantry_model::api::people::MemberList;
use tenantry_model::tenancy::PortalRole;
use tenantry_test_kit::Change;

use super::World;

#[tokio::test]
async fn r11_r12_administrators_alone_appoint_tenant_managers() {
    let world = World::related().await;
    for who in ["gus", "mia"] {
        let answer = world.post(who, "/v1/tenant-managers", json!({ "principals": [world.who("nemo")] })).await;
        let list: MemberList = answer.json();
        assert_eq!(list.members.iter().map(|it| it.display_name.as_str()).collect::<Vec<_>>(), ["nemo", "tom"]);
        assert_eq!(world.last(who).await, format!("User Create Successful Tenant managers, by {who}"));
        world.delete(who, &format!("/v1/tenant-managers/{}", world.who("nemo")), None).await.ok(who);
        assert_eq!(world.last(who).await, format!("User Delete Successful Tenant managers, by {who}"));
    }
    // A tenant manager, a Primary admin, anybody, a customer's administrator: for them there is no such list.
    for who in ["tom", "ann", "nemo", "chief"] {
        world.get(who, "/v1/tenant-managers").await.hidden(who);
        world.post(who, "/v1/tenant-managers", json!({ "principals": [world.who("nemo")] })).await.hidden(who);
        world.delete(who, &format!("/v1/tenant-managers/{}", world.who("tom")), None).await.hidden(who);
    }
    let list: MemberList = world.get("mia", "/v1/tenant-managers").await.json();
    assert_eq!(list.members.len(), 1);
}

#[tokio::test]
async fn r13_a_tenant_manager_is_a_user_or_a_security_group() {
    let world = World::start().await;
    let invitation = world.invite("chief", &["a1"]).await;
    let path = format!("/v1/invitations/{invitation}");
    world.get("inside", &path).await.hidden("before");
    let answer = world.post("mia", "/v1/tenant-managers", json!({ "principals": [world.who("outer"), world.who("outer")] })).await;
    assert_eq!(answer.json::<MemberList>().users, 2, "tom, and the one user of the nested group");
    assert_eq!(world.get("inside", &path).await.status, StatusCode::OK, "through two groups");
    world.post("mia", "/v1/tenant-managers", json!({ "principals": [world.who("chief")] })).await.bad("of another organisation");
    world.post("mia", "/v1/tenant-managers", json!({ "principals": [] })).await.bad("nobody");
}

#[tokio::test]
async fn r14_r28_a_tenant_manager_sees_no_customer_data() {
    let world = World::related().await;
    for who in ["tom", "mia", "gus"] {
        assert_eq!(world.rooms_of(who).await, [""; 0], "{who}");
        assert_eq!(world.incidents_of(who).await, [""; 0], "{who}");
        world.get(who, &format!("/v1/customers/{}/rooms", world.alpha)).await.hidden(who);
        world.get(who, &format!("/v1/customers/{}/roles", world.alpha)).await.hidden(who);
        world.get(who, &world.incident_path("a1")).await.hidden(who);
        // What they see is who the customer is, and how much was delegated.
        let detail = world.customer(who, world.alpha).await;
        assert_eq!((detail.display_name.as_str(), detail.rooms, detail.open_incidents), ("Alpha", 2, None), "{who}");
        assert!(!detail.may_remove && detail.may_change_admins, "{who}");
    }
}

#[tokio::test]
async fn r15_without_tenant_managers_the_administrators_still_accept() {
    for who in ["mia", "gus"] {
        let world = World::start().await;
        world.apply(vec![Change::RevokePortalRole { principal: world.who("tom"), role: PortalRole::TenantManager }]).await;
        let invitation = world.invite("chief", &["a1"]).await;
        world.accept("tom", invitation, &["ann"]).await.hidden("no tenant manager any more");
        world.accept(who, invitation, &["ann"]).await.ok(who);
        assert_eq!(world.rooms_of("ann").await, ["a1"]);
    }
}
