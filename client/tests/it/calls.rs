//! What is sent to the service for each command, with which locks, and how its refusals reach the window.

use serde_json::{Value, json};
use tenantry_client::app::Engine;
use tenantry_model::ipc::{
    AcceptInvitation, AddPrimaryAdmins, AddTenantManagers, ApplyPlan, ApproveRequest, CancelWaitingRoom, ChangeAssignment, ChangePartner,
    ChangeRole, ChangeRoomGroup, ChangeSettings, ChangeUpdateRing, CheckPartnerDomain, Command, CreateAssignment, CreateRole,
    CreateRoomGroup, CreateUpdateRing, CreateWaitingRoom, DeleteAssignment, DeletePartnerRole, DeleteRole, DeleteRoomGroup,
    DeleteUpdateRing, DenyInvitation, ExplainAccess, InvitePartner, IpcError, IpcErrorKind, ListAudit, MoveToUpdateRing, PreviewPlan,
    RejectRequest, RemoveCustomer, RemovePartner, RemovePrimaryAdmin, RemoveTenantManager, SearchDirectory, SwitchSignals,
    WithdrawInvitation,
};

use crate::world::*;

const FORM: &str = "77777777-7777-4777-8777-777777777777";
const ROLE: &str = "88888888-8888-4888-8888-888888888888";
const OTHER: &str = "99999999-9999-4999-8999-999999999999";

/// The locks of a call.
#[derive(Default)]
struct Locks {
    version: Option<&'static str>,
    form: bool,
    customer: bool,
}

const NONE: Locks = Locks { version: None, form: false, customer: false };
const FORMED: Locks = Locks { form: true, ..NONE };
const VERSIONED: Locks = Locks { version: Some("\"7\""), ..NONE };
const AT: Locks = Locks { customer: true, ..NONE };

/// The arguments as the window writes them.
fn args<C: Command>(value: Value) -> C::Args {
    serde_json::from_value(value).unwrap()
}

/// What the service heard last is this, once.
fn heard(world: &World, line: &str, locks: Locks, body: Option<Value>) {
    let expected = Heard {
        line: line.into(),
        version: locks.version.map(str::to_owned),
        form: locks.form.then(|| FORM.to_owned()),
        customer: locks.customer.then(|| CUSTOMER.to_owned()),
        body,
        offset: None,
        bytes: vec![],
    };
    let heard: Vec<Heard> = std::mem::take(&mut world.scene().heard);
    assert_eq!(heard, [expected]);
}

fn done() -> Said {
    Said::ok(json!({ "done": { "id": ROLE, "version": 8 } }))
}

#[tokio::test]
async fn every_change_at_a_customer_is_locked_to_the_customer_and_the_version_or_form_it_was_made_from() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    let roles = format!("customers/{CUSTOMER}/roles");
    let assignment =
        json!({ "name": "Nacht", "description": "", "emailNotifications": false, "members": [PERSON], "scope": { "kind": "all" } });

    let admins = format!("customers/{CUSTOMER}/primary-admins");
    world.scene().says(&format!("POST {admins}"), done());
    let new = json!({ "principals": [PERSON] });
    engine.add_primary_admins(args::<AddPrimaryAdmins>(json!({ "customer": CUSTOMER, "form": FORM, "new": new }))).await.unwrap();
    heard(&world, &format!("POST {admins}"), Locks { form: true, ..AT }, Some(new));

    world.scene().says(&format!("DELETE {admins}/{PERSON}"), done());
    engine.remove_primary_admin(args::<RemovePrimaryAdmin>(json!({ "customer": CUSTOMER, "principal": PERSON }))).await.unwrap();
    heard(&world, &format!("DELETE {admins}/{PERSON}"), AT, None);

    world.scene().says(&format!("POST {roles}"), done());
    let new = json!({ "name": "Nachtdienst", "description": "", "permissions": ["rooms.view"], "assignment": assignment });
    engine.create_role(args::<CreateRole>(json!({ "customer": CUSTOMER, "form": FORM, "new": new }))).await.unwrap();
    heard(&world, &format!("POST {roles}"), Locks { form: true, ..AT }, Some(new));

    let key = json!({ "customer": CUSTOMER, "role": ROLE });
    world.scene().says(&format!("PATCH {roles}/{ROLE}"), done());
    let change = json!({ "name": "Tagdienst" });
    engine.change_role(args::<ChangeRole>(json!({ "key": key, "version": 7, "change": change }))).await.unwrap();
    heard(&world, &format!("PATCH {roles}/{ROLE}"), Locks { customer: true, ..VERSIONED }, Some(change));

    world.scene().says(&format!("DELETE {roles}/{ROLE}"), done());
    engine.delete_role(args::<DeleteRole>(json!({ "key": key, "version": 7 }))).await.unwrap();
    heard(&world, &format!("DELETE {roles}/{ROLE}"), Locks { customer: true, ..VERSIONED }, None);

    world.scene().says(&format!("POST {roles}/{ROLE}/assignments"), done());
    engine.create_assignment(args::<CreateAssignment>(json!({ "key": key, "form": FORM, "new": assignment }))).await.unwrap();
    heard(&world, &format!("POST {roles}/{ROLE}/assignments"), Locks { form: true, ..AT }, Some(assignment));

    let at = format!("{roles}/{ROLE}/assignments/{OTHER}");
    let key = json!({ "customer": CUSTOMER, "role": ROLE, "assignment": OTHER });
    world.scene().says(&format!("PATCH {at}"), done());
    let change = json!({ "members": [PERSON] });
    engine.change_assignment(args::<ChangeAssignment>(json!({ "key": key, "version": 7, "change": change }))).await.unwrap();
    heard(&world, &format!("PATCH {at}"), Locks { customer: true, ..VERSIONED }, Some(change));

    world.scene().says(&format!("DELETE {at}"), done());
    engine.delete_assignment(args::<DeleteAssignment>(json!({ "key": key, "version": 7 }))).await.unwrap();
    heard(&world, &format!("DELETE {at}"), Locks { customer: true, ..VERSIONED }, None);

    let groups = format!("customers/{CUSTOMER}/groups");
    world.scene().says(&format!("POST {groups}"), Said::ok(json!({ "id": OTHER, "version": 1 })));
    let new = json!({ "name": "Nord", "rooms": [OTHER] });
    engine.create_room_group(args::<CreateRoomGroup>(json!({ "customer": CUSTOMER, "form": FORM, "new": new }))).await.unwrap();
    heard(&world, &format!("POST {groups}"), Locks { form: true, ..AT }, Some(new));

    let key = json!({ "customer": CUSTOMER, "group": OTHER });
    world.scene().says(&format!("PATCH {groups}/{OTHER}"), Said::ok(json!({ "version": 8 })));
    let change = json!({ "add": [ROLE], "remove": [PERSON] });
    engine.change_room_group(args::<ChangeRoomGroup>(json!({ "key": key, "version": 7, "change": change }))).await.unwrap();
    heard(&world, &format!("PATCH {groups}/{OTHER}"), Locks { customer: true, ..VERSIONED }, Some(change));

    world.scene().says(&format!("DELETE {groups}/{OTHER}"), Said::nothing());
    engine.delete_room_group(args::<DeleteRoomGroup>(json!({ "key": key, "version": 7 }))).await.unwrap();
    heard(&world, &format!("DELETE {groups}/{OTHER}"), Locks { customer: true, ..VERSIONED }, None);

    let rings = format!("customers/{CUSTOMER}/rings");
    world.scene().says(&format!("POST {rings}"), Said::ok(json!({ "id": OTHER, "version": 1 })));
    let new = json!({ "order": 4, "name": "Pilot", "description": "", "deferralDays": 0, "rolloutDays": 2, "testDays": 1 });
    engine.create_update_ring(args::<CreateUpdateRing>(json!({ "customer": CUSTOMER, "form": FORM, "new": new }))).await.unwrap();
    heard(&world, &format!("POST {rings}"), Locks { form: true, ..AT }, Some(new));

    let key = json!({ "customer": CUSTOMER, "ring": OTHER });
    world.scene().says(&format!("PATCH {rings}/{OTHER}"), done());
    let change = json!({ "rolloutDays": 3 });
    engine.change_update_ring(args::<ChangeUpdateRing>(json!({ "key": key, "version": 7, "change": change }))).await.unwrap();
    heard(&world, &format!("PATCH {rings}/{OTHER}"), Locks { customer: true, ..VERSIONED }, Some(change));

    world.scene().says(&format!("POST {rings}/{OTHER}/rooms"), done());
    let change = json!({ "rooms": [ROLE] });
    engine.move_to_update_ring(args::<MoveToUpdateRing>(json!({ "key": key, "version": 7, "change": change }))).await.unwrap();
    heard(&world, &format!("POST {rings}/{OTHER}/rooms"), Locks { customer: true, ..VERSIONED }, Some(change));

    world.scene().says(&format!("DELETE {rings}/{OTHER}"), Said::nothing());
    engine.delete_update_ring(args::<DeleteUpdateRing>(json!({ "key": key, "version": 7 }))).await.unwrap();
    heard(&world, &format!("DELETE {rings}/{OTHER}"), Locks { customer: true, ..VERSIONED }, None);

    let at = format!("customers/{CUSTOMER}");
    world.scene().says(&format!("PATCH {at}/settings"), Said::ok(json!({ "version": 8 })));
    let change = json!({ "mailLanguage": "de" });
    engine.change_settings(args::<ChangeSettings>(json!({ "key": CUSTOMER, "version": 7, "change": change }))).await.unwrap();
    heard(&world, &format!("PATCH {at}/settings"), Locks { customer: true, ..VERSIONED }, Some(change));

    world.scene().says(&format!("PATCH {at}/signals"), Said::ok(json!({ "version": 8 })));
    let change = json!({ "to": "disabled", "signals": ["offline"] });
    engine.switch_signals(args::<SwitchSignals>(json!({ "key": CUSTOMER, "version": 7, "change": change }))).await.unwrap();
    heard(&world, &format!("PATCH {at}/signals"), Locks { customer: true, ..VERSIONED }, Some(change));

    world.scene().says(&format!("POST {at}/waiting-rooms"), Said::ok(json!({ "id": OTHER, "version": 1 })));
    let new = json!({ "displayName": "Aare", "timezone": "Europe/Zurich", "account": "aare@alpha.example" });
    engine.create_waiting_room(args::<CreateWaitingRoom>(json!({ "customer": CUSTOMER, "form": FORM, "new": new }))).await.unwrap();
    heard(&world, &format!("POST {at}/waiting-rooms"), Locks { form: true, ..AT }, Some(new));

    world.scene().says(&format!("DELETE {at}/waiting-rooms/{OTHER}"), Said::nothing());
    let key = json!({ "customerId": CUSTOMER, "id": OTHER });
    engine.cancel_waiting_room(args::<CancelWaitingRoom>(json!({ "key": key, "version": 7 }))).await.unwrap();
    heard(&world, &format!("DELETE {at}/waiting-rooms/{OTHER}"), Locks { customer: true, ..VERSIONED }, None);

    world.scene().says(&format!("DELETE customers/{CUSTOMER}"), Said::nothing());
    engine.remove_customer(args::<RemoveCustomer>(json!({ "key": CUSTOMER, "version": 7 }))).await.unwrap();
    heard(&world, &format!("DELETE customers/{CUSTOMER}"), Locks { customer: true, ..VERSIONED }, None);
    engine.shutdown().await;
}

#[tokio::test]
async fn changes_of_the_own_organisation_carry_their_version_or_form() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    let outcome = || Said::ok(json!({ "id": OTHER, "version": 1 }));

    world.scene().says(&format!("POST invitations/{OTHER}/accept"), Said::ok(json!({ "customerId": CUSTOMER, "relationshipId": ROLE })));
    let answer = json!({ "primaryAdmins": [PERSON] });
    engine.accept_invitation(args::<AcceptInvitation>(json!({ "invitation": OTHER, "form": FORM, "answer": answer }))).await.unwrap();
    heard(&world, &format!("POST invitations/{OTHER}/accept"), FORMED, Some(answer));

    world.scene().says(&format!("POST invitations/{OTHER}/deny"), Said::nothing());
    engine.deny_invitation(args::<DenyInvitation>(json!(OTHER))).await.unwrap();
    heard(&world, &format!("POST invitations/{OTHER}/deny"), NONE, None);

    world.scene().says("POST tenant-managers", Said::ok(json!({ "members": [], "users": 0 })));
    let new = json!({ "principals": [PERSON] });
    engine.add_tenant_managers(args::<AddTenantManagers>(new.clone())).await.unwrap();
    heard(&world, "POST tenant-managers", NONE, Some(new));

    world.scene().says(&format!("DELETE tenant-managers/{PERSON}"), Said::nothing());
    engine.remove_tenant_manager(args::<RemoveTenantManager>(json!(PERSON))).await.unwrap();
    heard(&world, &format!("DELETE tenant-managers/{PERSON}"), NONE, None);

    world.scene().says("POST partners", outcome());
    let new = json!({
        "domain": "partner.example", "expiresInDays": 7, "rooms": [], "groups": [], "all": null, "ceiling": null, "termsAccepted": true,
        "changeControl": { "rooms.modify": "auto", "rooms.suppress": "auto", "rings.modify": "auto", "roles.modify": "manual" },
        "offline": { "allowed": true, "days": 7 },
    });
    engine.invite_partner(args::<InvitePartner>(json!({ "form": FORM, "new": new }))).await.unwrap();
    heard(&world, "POST partners", FORMED, Some(new));

    world.scene().says(&format!("PATCH partners/{OTHER}"), outcome());
    let change = json!({ "add": { "all": { "future": true } }, "remove": { "rooms": [OTHER] } });
    engine.change_partner(args::<ChangePartner>(json!({ "key": OTHER, "version": 7, "change": change }))).await.unwrap();
    heard(&world, &format!("PATCH partners/{OTHER}"), VERSIONED, Some(change));

    world.scene().says(&format!("DELETE partners/{OTHER}"), Said::nothing());
    engine.remove_partner(args::<RemovePartner>(json!({ "key": OTHER, "version": 7 }))).await.unwrap();
    heard(&world, &format!("DELETE partners/{OTHER}"), VERSIONED, None);

    world.scene().says(&format!("DELETE partners/{OTHER}/invitation"), Said::nothing());
    engine.withdraw_invitation(args::<WithdrawInvitation>(json!(OTHER))).await.unwrap();
    heard(&world, &format!("DELETE partners/{OTHER}/invitation"), NONE, None);

    world.scene().says(&format!("DELETE partners/{OTHER}/roles/{ROLE}"), Said::nothing());
    let end = json!({ "key": { "partner": OTHER, "role": ROLE }, "version": 7 });
    engine.delete_partner_role(args::<DeletePartnerRole>(end)).await.unwrap();
    heard(&world, &format!("DELETE partners/{OTHER}/roles/{ROLE}"), VERSIONED, None);

    world.scene().says(&format!("POST change-requests/{OTHER}/approve"), outcome());
    engine.approve_request(args::<ApproveRequest>(json!({ "key": OTHER, "version": 7 }))).await.unwrap();
    heard(&world, &format!("POST change-requests/{OTHER}/approve"), VERSIONED, None);

    world.scene().says(&format!("POST change-requests/{OTHER}/reject"), Said::nothing());
    engine.reject_request(args::<RejectRequest>(json!({ "key": OTHER, "version": 7 }))).await.unwrap();
    heard(&world, &format!("POST change-requests/{OTHER}/reject"), VERSIONED, None);

    world.scene().says("POST plans/apply", Said::ok(json!([])));
    let plan = json!({ "customers": [{ "id": CUSTOMER, "version": "v1" }], "step": { "addPrimaryAdmins": { "principals": [PERSON] } } });
    engine.apply_plan(args::<ApplyPlan>(plan.clone())).await.unwrap();
    heard(&world, "POST plans/apply", NONE, Some(plan));
    engine.shutdown().await;
}

#[tokio::test]
async fn some_questions_are_the_services_alone_and_nothing_of_them_is_kept() {
    let mut world = World::new().await;
    let engine = world.signed_in().await;
    world.scene().says("GET directory", Said::ok(json!([])));
    engine.search_directory(args::<SearchDirectory>(json!("Müller & Söhne"))).await.unwrap();
    heard(&world, "GET directory?q=M%C3%BCller+%26+S%C3%B6hne&limit=51", NONE, None);

    world.scene().says("GET partner-domain", Said::nothing());
    engine.check_partner_domain(args::<CheckPartnerDomain>(json!("Contoso.com"))).await.unwrap();
    heard(&world, "GET partner-domain?domain=contoso.com", NONE, None);

    world.scene().says("POST plans/preview", Said::ok(json!([])));
    let plan = json!({ "customers": [CUSTOMER], "step": { "addPrimaryAdmins": { "principals": [PERSON] } } });
    engine.preview_plan(args::<PreviewPlan>(plan.clone())).await.unwrap();
    heard(&world, "POST plans/preview", NONE, Some(plan.clone()));

    world.scene().says("GET audit", Said::ok(json!({ "items": [], "nextCursor": "weiter" })));
    let all = json!({ "log": "product", "from": "2026-02-01", "to": "2026-02-28", "categories": ["Room", "Incident"], "operations": ["Delete"],
        "results": ["Failed"], "text": " Saal 3 ", "after": "c/1" });
    let page = engine.list_audit(args::<ListAudit>(all)).await.unwrap();
    assert_eq!((page.rows.len(), page.next.as_deref()), (0, Some("weiter")));
    let line = "GET audit?log=product&from=2026-02-01&to=2026-02-28&category=Room&category=Incident&operation=Delete&result=Failed&q=Saal+3\
                &cursor=c%2F1";
    heard(&world, line, NONE, None);
    let none =
        json!({ "log": "export", "from": null, "to": null, "categories": [], "operations": [], "results": [], "text": "", "after": null });
    engine.list_audit(args::<ListAudit>(none.clone())).await.unwrap();
    heard(&world, "GET audit?log=export", NONE, None);

    let question = json!({ "customer": CUSTOMER, "user": PERSON, "permission": "rooms.view", "room": OTHER });
    let refused = engine.explain_access(args::<ExplainAccess>(question)).await.unwrap_err();
    assert_eq!(refused.kind, IpcErrorKind::NotFound);
    heard(&world, &format!("GET customers/{CUSTOMER}/access?user={PERSON}&permission=rooms.view&room={OTHER}"), NONE, None);

    world.go_off_line();
    let off_line = [
        engine.search_directory("x".into()).await.unwrap_err(),
        engine.preview_plan(args::<PreviewPlan>(plan)).await.unwrap_err(),
        engine.list_audit(args::<ListAudit>(none)).await.unwrap_err(),
    ];
    assert!(off_line.iter().all(|error| error.kind == IpcErrorKind::Offline), "{off_line:?}");
    engine.shutdown().await;
}

async fn deny(engine: &Engine) -> IpcError {
    engine.deny_invitation(OTHER.parse().unwrap()).await.unwrap_err()
}

#[tokio::test]
async fn refusals_reach_the_window_by_what_can_be_done_about_them_in_the_services_words() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    let line = format!("POST invitations/{OTHER}/deny");
    for (status, problem, kind, in_its_words) in [
        (400, "bad-request", IpcErrorKind::Invalid, true),
        (404, "not-found", IpcErrorKind::NotFound, true),
        (409, "conflict", IpcErrorKind::Conflict, true),
        (412, "precondition-failed", IpcErrorKind::Stale, true),
        (413, "payload-too-large", IpcErrorKind::Refused, false),
        (403, "tenant-refused", IpcErrorKind::Refused, false),
        (429, "too-many-requests", IpcErrorKind::Offline, false),
        (500, "internal", IpcErrorKind::Offline, false),
        (503, "unavailable", IpcErrorKind::Offline, false),
    ] {
        world.scene().says(&line, Said::problem(status, problem, Some("The name is taken: choose another.")));
        let error = deny(&engine).await;
        assert_eq!(error.kind, kind, "{status}");
        assert_eq!(error.message == "The name is taken: choose another.", in_its_words, "{status}: {}", error.message);
        world.scene().says(&line, Said::problem(status, problem, None));
        assert!(!deny(&engine).await.message.is_empty());
    }
    // Which field it is about arrives by its place and its code, also a code of a later service.
    for code in ["domain-own", "not-yet-invented"] {
        let problem = Said::problem(400, "bad-request", Some("domain: it is your own")).about("#/domain", code, "it is your own");
        world.scene().says(&line, problem);
        let error = deny(&engine).await;
        let field = error.field("#/domain").unwrap();
        assert_eq!((field.code.as_str(), field.detail.as_str(), error.field("#/rooms")), (code, "it is your own", None));
        assert_eq!(field.code().is_some(), code == "domain-own");
    }
    engine.shutdown().await;
}

#[tokio::test]
async fn a_change_that_fails_is_not_sent_again_and_one_with_an_old_token_once() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    let line = format!("POST invitations/{OTHER}/deny");
    world.scene().says(&line, Said::problem(503, "unavailable", None));
    assert_eq!(deny(&engine).await.kind, IpcErrorKind::Offline);
    assert_eq!(world.scene().times(&line), 1);
    world.scene().says(&line, Said::nothing());
    world.scene().valid = "none that anybody has".into();
    engine.deny_invitation(OTHER.parse().unwrap()).await.unwrap();
    // The rejected one is not among them: the service looked at nothing but its token.
    assert_eq!(world.scene().times(&line), 2);
    engine.shutdown().await;
}
