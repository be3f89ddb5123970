//! What the log says of each operation (A24, A25, R107–R109, R111, R112).

use std::collections::BTreeSet;

use serde_json::json;
use tenantry_model::audit::{AuditCategory, AuditResult};
use tenantry_model::permission::Permission;

use super::World;

fn all() -> serde_json::Value {
    json!({ "kind": "all" })
}

#[tokio::test]
async fn a24_every_operation_has_its_category_and_one_row_that_says_who() {
    let world = World::start().await;
    let invitation = world.invite("chief", &["a1", "a2"]).await;
    assert_eq!(world.last("chief").await, "PartnerInvitation Create Successful Partner, by chief");
    world.delete("chief", &format!("/v1/partners/{}/invitation", world.partner), None).await.ok("withdraw");
    assert_eq!(world.last("chief").await, "PartnerInvitation Delete Successful Partner, by chief");
    let denied = world.invite("chief", &["a1"]).await;
    assert_ne!(denied, invitation);
    world.post("tom", &format!("/v1/invitations/{denied}/deny"), json!({})).await.ok("deny");
    assert_eq!(world.last("chief").await, "PartnerInvitation Delete Successful Partner, by tom");
    world.relate("chief", &["a1", "a2"], "ann").await;
    assert_eq!(world.last("chief").await, "PartnerInvitation Update Successful Partner, by mia");
    let accepted = world.records("chief").await.pop().unwrap();
    assert!(accepted.detail.iter().any(|it| it.field == "primaryAdmins" && it.after.as_deref() == Some("ann")), "{accepted:?}");

    let role = world.role("ann", world.alpha, "Helpdesk", &[Permission::TicketsView], &["cleo"], all()).await;
    let path = format!("/v1/customers/{}/roles/{}", world.alpha, role.role.id);
    world.patch("ann", &path, 1, json!({ "name": "Desk" })).await.ok("change");
    assert_eq!(world.last("chief").await, "Role Update Successful Desk, by ann");
    world.post("ann", &format!("{path}/assignments"), json!({ "name": "Two", "members": [], "scope": all() })).await.ok("assign");
    assert_eq!(world.last("chief").await, "Assignment Create Successful Desk – Two, by ann");
    let first = format!("{path}/assignments/{}", role.assignments[0].id);
    world.patch("ann", &first, 1, json!({ "members": [world.who("nemo")] })).await.ok("members");
    assert_eq!(world.last("chief").await, "Assignment Update Successful Desk – Helpdesk: first, by ann");
    let changed = world.records("chief").await.pop().unwrap();
    assert_eq!((changed.detail[0].before.as_deref(), changed.detail[0].after.as_deref()), (Some("cleo"), Some("nemo")));
    world.delete("ann", &first, Some(2)).await.ok("unassign");
    assert_eq!(world.last("chief").await, "Assignment Delete Successful Desk – Helpdesk: first, by ann");
    world.delete("ann", &path, Some(2)).await.ok("delete");
    assert_eq!(world.last("chief").await, "Role Delete Successful Desk, by ann");
    let admins = format!("/v1/customers/{}/primary-admins", world.alpha);
    world.post("tom", &admins, json!({ "principals": [world.who("cleo")] })).await.ok("add");
    assert_eq!(world.last("chief").await, "Assignment Update Successful Primary admins – Assigned Admins, by tom");
    world.delete("ann", &format!("{admins}/{}", world.who("cleo")), None).await.ok("remove");
    assert_eq!(world.last("chief").await, "Assignment Update Successful Primary admins – Assigned Admins, by ann");
    for (body, line) in [
        (json!({ "rooms": [world.room("a1")] }), "Assignment Update Successful Partner, by chief"),
        (json!({ "ceiling": ["rooms.view"] }), "Assignment Update Successful Partner, by chief"),
        (json!({ "changeControl": { "roles.modify": "manual" } }), "PartnerInvitation Update Successful Partner, by chief"),
        (json!({ "offline": { "allowed": false, "days": 1 } }), "PartnerInvitation Update Successful Partner, by chief"),
    ] {
        let lines = world.log("chief").await.len();
        world.steer("chief", body.clone()).await;
        assert_eq!((world.log("chief").await.len(), world.last("chief").await.as_str()), (lines + 1, line), "{body}");
        let record = world.records("chief").await.pop().unwrap();
        assert!(record.detail.iter().any(|it| it.before.is_some() && it.after.is_some()), "what it was, and is: {record:?}");
    }
    let version = world.partner_of("chief").await.version;
    world.delete("chief", &format!("/v1/partners/{}", world.partner), Some(version)).await.ok("end");
    assert_eq!(world.last("chief").await, "PartnerInvitation Delete Successful Partner, by chief");
    world.post("mia", "/v1/tenant-managers", json!({ "principals": [world.who("nemo")] })).await.ok("tenant manager");
    assert_eq!(
        world.log("mia").await,
        ["User Create Successful Tenant managers, by mia"],
        "in the partner's log, and nothing of customers (A25)"
    );
    // Nothing here belongs into another log than the exported one.
    assert!(world.records("chief").await.iter().all(|it| it.category != AuditCategory::Room));
}

#[tokio::test]
async fn r107_r112_a_partners_action_is_in_the_customers_log_under_two_tenants() {
    let world = World::related().await;
    world.role("ann", world.alpha, "Helpdesk", &[Permission::TicketsView], &["cleo"], all()).await;
    let records = world.records("chief").await;
    assert!(records.iter().all(|it| it.tenant_id == world.alpha));
    let by_partner: Vec<_> = records.iter().filter(|it| it.user_tenant_id == Some(world.partner)).collect();
    assert_eq!(by_partner.len(), 3, "accepted, role, assignment");
    assert!(records.iter().any(|it| it.user_tenant_id == Some(world.alpha)), "its own actions stand there too");
    assert_eq!(world.log("boss").await.len(), 2, "another customer's log has its own invitation alone");
    // The partner's own log has nothing of it, and neither has a log for those who do not administer (R109).
    assert_eq!(world.log("mia").await, [""; 0]);
    for who in ["ann", "tom", "agnes"] {
        world.get(who, "/v1/audit").await.hidden(who);
        world.get(who, "/v1/audit/export?from=2026-03-01&to=2026-03-03").await.hidden(who);
    }
    let csv = String::from_utf8(world.get("chief", "/v1/audit/export?from=2026-03-01&to=2026-03-03").await.body).unwrap();
    let line = csv.lines().find(|line| line.contains("Role,Helpdesk,Create")).unwrap_or_else(|| panic!("{csv}"));
    assert!(line.ends_with(&format!("{},{}", world.who("ann"), world.partner)), "{line}");
    assert!(line.contains(&world.alpha.to_string()));
}

#[tokio::test]
async fn r107_a25_records_say_who_by_name_and_no_id_is_named_that_its_reader_may_not_know() {
    let world = World::related().await;
    let role = world.role("ann", world.alpha, "Helpdesk", &[Permission::TicketsView], &["cleo"], all()).await;
    let helpdesk = world.records("chief").await.into_iter().find(|it| it.object_name == "Helpdesk").unwrap();
    let names = [helpdesk.names.user, helpdesk.names.user_tenant, helpdesk.names.tenant, helpdesk.names.object];
    assert_eq!(names, [Some("ann".into()), Some("Partner".into()), Some("Alpha".into()), None]);
    let found: serde_json::Value = world.get("chief", "/v1/audit?q=ANN%20partner").await.json();
    assert_eq!(found["items"].as_array().unwrap().len(), 2, "by the names of who did it: the role and its assignment");

    // What a failed attempt was about stands there as an id, and is named where it is the reader's to know.
    for (object, name) in [(world.partner, Some("Partner")), (world.rival, None), (world.beta, None)] {
        world.patch("chief", &format!("/v1/partners/{object}"), 9, json!({})).await;
        let record = world.records("chief").await.pop().unwrap();
        assert_eq!((record.object_name.as_str(), record.names.object.as_deref()), (object.to_string().as_str(), name));
    }
    world.patch("ann", &format!("/v1/customers/{}/roles/{}", world.alpha, role.role.id), 9, json!({ "name": "Desk" })).await;
    assert_eq!(world.records("chief").await.pop().unwrap().names.object.as_deref(), Some("Helpdesk"));
    world.patch("boss", &format!("/v1/partners/{}", world.partner), 9, json!({})).await;
    world.delete("boss", &format!("/v1/partners/{}/roles/{}", world.partner, role.role.id), Some(1)).await.hidden("not a role at Beta");
    assert_eq!(world.records("boss").await.pop().unwrap().names.object, None, "nor is it named");

    // After the goodbye the partner learns nothing of the customer any more, not even what it is called by then (R62).
    let version = world.partner_of("chief").await.version;
    world.delete("chief", &format!("/v1/partners/{}", world.partner), Some(version)).await.ok("end");
    world.delete("mia", &format!("/v1/customers/{}", world.alpha), Some(1)).await.hidden("it is gone");
    let tried = world.records("mia").await.pop().unwrap();
    assert_eq!((tried.object_name, tried.names.object), (world.alpha.to_string(), None));
}

#[tokio::test]
async fn r111_whatever_was_refused_is_a_failed_row() {
    let world = World::related().await;
    let waiting = {
        world.post("chief", "/v1/partners", world.invitation_body("rival.example", &["a3"])).await.ok("invite");
        let tenants: serde_json::Value = world.get("rita", "/v1/tenants").await.json();
        tenants["items"][0]["invitation"]["id"].as_str().unwrap().to_owned()
    };
    let primary = world.primary("chief").await;
    let role = format!("/v1/customers/{}/roles/{}", world.alpha, primary.role.id);
    let assignment = format!("{role}/assignments/{}", primary.assignments[0].id);
    let admins = format!("/v1/customers/{}/primary-admins", world.alpha);
    let failed = async |reader: &str| {
        let records = world.records(reader).await;
        records
            .into_iter()
            .filter(|it| it.result_status == AuditResult::Failed)
            .map(|it| (it.category, it.operation, it.user_id))
            .collect::<Vec<_>>()
    };
    use tenantry_model::audit::AuditOperation as Op;
    let mut expected = Vec::new();
    let mut note = |category, operation, who: &str| expected.push((category, operation, Some(world.who(who))));
    world.post("chief", "/v1/partners", world.invitation_body("partner.example", &["a1"])).await.conflicts("it works here");
    note(AuditCategory::PartnerInvitation, Op::Create, "chief");
    world.post("rita", &format!("/v1/invitations/{waiting}/accept"), json!({ "primaryAdmins": [] })).await.conflicts("nobody");
    note(AuditCategory::PartnerInvitation, Op::Update, "rita");
    world.try_role("ann", world.alpha, world.role_body("No", &[Permission::SettingsView], &[], all())).await.conflicts("ceiling");
    note(AuditCategory::Role, Op::Create, "ann");
    world.patch("ann", &role, 1, json!({ "name": "Mine" })).await.conflicts("built in");
    note(AuditCategory::Role, Op::Update, "ann");
    world.delete("ann", &role, Some(1)).await.conflicts("built in");
    note(AuditCategory::Role, Op::Delete, "ann");
    world.post("ann", &format!("{role}/assignments"), json!({ "name": "x", "members": [], "scope": all() })).await.conflicts("it has one");
    note(AuditCategory::Assignment, Op::Create, "ann");
    assert_eq!(world.patch("ann", &assignment, 9, json!({ "members": [] })).await.status.as_u16(), 412);
    note(AuditCategory::Assignment, Op::Update, "ann");
    world.delete("ann", &assignment, Some(1)).await.conflicts("preset");
    note(AuditCategory::Assignment, Op::Delete, "ann");
    world.delete("ann", &format!("{admins}/{}", world.who("ann")), None).await.conflicts("the last one");
    note(AuditCategory::Assignment, Op::Update, "ann");
    world.delete("cleo", &format!("/v1/customers/{}", world.alpha), Some(1)).await.hidden("not hers to end");
    note(AuditCategory::PartnerInvitation, Op::Delete, "cleo");
    assert_eq!(world.patch("chief", &format!("/v1/partners/{}", world.partner), 9, json!({})).await.status.as_u16(), 412);
    note(AuditCategory::Assignment, Op::Update, "chief");
    assert_eq!(failed("chief").await, expected);
    let records = world.records("chief").await;
    let problem = |it: &tenantry_model::audit::AuditRecord| it.detail.iter().any(|it| it.field == "problem");
    assert!(records.iter().filter(|it| it.result_status == AuditResult::Failed).all(problem), "each says why");

    // Who has nothing to do with Alpha leaves nothing in its log: the attempt is in their own organisation's.
    let before = world.log("chief").await.len();
    for who in ["rolf", "boss"] {
        world.try_role(who, world.alpha, world.role_body("No", &[Permission::RoomsView], &[], all())).await.hidden(who);
    }
    let own: BTreeSet<_> = failed("boss").await.into_iter().map(|it| it.2).collect();
    assert_eq!(own, BTreeSet::from([Some(world.who("boss"))]));
    let of_rival = world.log("chief").await.len() - before;
    assert_eq!(of_rival, 1, "the rival is invited: its attempt is Alpha's to see");
}

#[tokio::test]
async fn r111_an_expired_invitation_that_is_answered_is_a_failed_row_at_the_customer() {
    let world = World::start().await;
    let invitation = world.invite("chief", &["a1"]).await;
    world.app.clock.advance(std::time::Duration::from_secs(8 * 24 * 60 * 60));
    world.accept("mia", invitation, &["ann"]).await.conflicts("expired");
    assert!(world.last("chief").await.starts_with("PartnerInvitation Update Failed"), "{:?}", world.log("chief").await);
    world.post("tom", &format!("/v1/invitations/{invitation}/deny"), json!({})).await.conflicts("expired");
    assert!(world.last("chief").await.starts_with("PartnerInvitation Delete Failed"), "{:?}", world.log("chief").await);
    // Of an invitation that is not addressed to them, others leave a trace with their own organisation alone.
    let lines = world.log("chief").await.len();
    world.accept("rita", invitation, &["ann"]).await.hidden("another partner");
    assert_eq!(world.log("chief").await.len(), lines);
    assert!(world.last("rita").await.starts_with("PartnerInvitation Update Failed"));
}
