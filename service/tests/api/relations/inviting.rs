//! The customer invites (R17–R21, R25, R26, A2–A4).

use std::time::Duration;

use http::StatusCode;
use serde_json::json;
use tenantry_model::api::invitations::InvitationDetail;
use tenantry_model::api::partners::PartnerRow;
use tenantry_model::audit::{AuditCategory, AuditOperation, AuditRecord};
use tenantry_model::id::RoomId;
use tenantry_model::permission::BuiltInRole;
use tenantry_model::tenancy::{Approval, ControlEvent, PartnerStatus};
use tenantry_model::time::Clock;
use tenantry_service::domain::timed_work::tick;
use tenantry_service::random::SeededRandom;

use super::World;
use crate::support::{Bed, id};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

#[tokio::test]
async fn r17_r19_only_an_administrator_of_the_customer_invites() {
    let world = World::related().await;
    let body = || world.invitation_body("rival.example", &["a1"]);
    // The partner's own staff least of all: a relationship begins with the customer.
    for who in ["agnes", "ann", "mia", "gus", "tom", "rita"] {
        world.post(who, "/v1/partners", body()).await.hidden(who);
    }
    for who in ["chief", "global"] {
        world.post(who, "/v1/partners", body()).await.ok(who);
        assert_eq!(world.last(who).await, format!("PartnerInvitation Create Successful Rival, by {who}"));
        world.delete(who, &format!("/v1/partners/{}/invitation", world.rival), None).await.ok(who);
    }
}

#[tokio::test]
async fn r18_r26_it_is_addressed_to_a_domain_and_found_by_that_partners_administrators_and_tenant_managers() {
    let world = World::start().await;
    let invitation = world.invite("chief", &["a1", "a2"]).await;
    for who in ["gus", "mia", "tom"] {
        let detail: InvitationDetail = world.get(who, &format!("/v1/invitations/{invitation}")).await.json();
        assert_eq!((detail.display_name.as_str(), detail.addressed_to.as_str(), detail.rooms), ("Alpha", "partner.example", 2), "{who}");
        assert_eq!(detail.domains.iter().map(|it| it.as_str()).collect::<Vec<_>>(), ["alpha.example"]);
    }
    for who in ["rita", "chief", "ann"] {
        world.get(who, &format!("/v1/invitations/{invitation}")).await.hidden(who);
    }
}

#[tokio::test]
async fn r20_expiry_is_a_whole_number_of_days_from_1_to_30() {
    let world = World::start().await;
    for days in [json!(0), json!(31), json!(1.5), json!(-1), json!("x"), json!(null), json!(65_537)] {
        let mut body = world.invitation_body("partner.example", &["a1"]);
        body["expiresInDays"] = days.clone();
        world.post("chief", "/v1/partners", body).await.bad(&days.to_string());
    }
    assert_eq!(world.waiting("chief").await, None);
    for days in [1_u32, 30] {
        let mut body = world.invitation_body("partner.example", &["a1"]);
        body["expiresInDays"] = json!(days);
        let invitation = world.invite_with("chief", body).await;
        let detail: InvitationDetail = world.get("mia", &format!("/v1/invitations/{invitation}")).await.json();
        assert_eq!(detail.expires_at, detail.created_at.plus(DAY * days));
        world.delete("chief", &format!("/v1/partners/{}/invitation", world.partner), None).await.ok("withdraw");
    }
}

#[tokio::test]
async fn r21_a9_where_the_customer_says_nothing_changes_are_automatic_and_the_ceiling_is_the_column_of_primary_admins() {
    let world = World::start().await;
    let invitation = world.invite("chief", &["a1"]).await;
    let detail: InvitationDetail = world.get("mia", &format!("/v1/invitations/{invitation}")).await.json();
    assert!(ControlEvent::ALL.iter().all(|event| detail.change_control.of(*event) == Approval::Auto));
    assert_eq!(detail.ceiling, BuiltInRole::PrimaryAdmins.permissions());
    assert!(detail.offline.allowed && detail.offline.days.days() == 7, "A28");
    // What it says is what the relationship is.
    let mut body = world.invitation_body("partner.example", &["b1"]);
    body["changeControl"] = json!({ "roles.modify": "manual" });
    body["ceiling"] = json!(["rooms.view", "rooms.unenroll"]);
    body["offline"] = json!({ "allowed": false, "days": 3 });
    let invitation = world.invite_with("boss", body).await;
    world.accept("mia", invitation, &["ben"]).await.ok("accept");
    let partner = world.partner_of("boss").await;
    assert_eq!(partner.change_control.of(ControlEvent::Roles), Approval::Manual);
    assert_eq!(partner.change_control.of(ControlEvent::Rooms), Approval::Auto);
    assert_eq!(partner.ceiling.to_string(), "rooms.view, rooms.unenroll");
    assert!(!partner.offline.allowed);
}

#[tokio::test]
async fn r25_rooms_are_chosen_and_terms_agreed_to_before_it_is_sent() {
    let world = World::start().await;
    let mut body = world.invitation_body("partner.example", &["a1"]);
    body["termsAccepted"] = json!(false);
    let answer = world.post("chief", "/v1/partners", body).await;
    answer.bad("without the terms");
    assert_eq!((answer.detail().contains("terms"), answer.fields()), (true, vec!["#/termsAccepted terms-not-accepted".to_owned()]));
    // Another customer's room, and one that nobody has, are told apart by nothing.
    let mut foreign = world.invitation_body("partner.example", &["a1"]);
    foreign["rooms"] = json!([world.room("b1")]);
    let mut unknown = world.invitation_body("partner.example", &["a1"]);
    let nowhere = RoomId::from_uuid(id(999));
    unknown["rooms"] = json!([nowhere]);
    let (foreign, unknown) = (world.post("chief", "/v1/partners", foreign).await, world.post("chief", "/v1/partners", unknown).await);
    foreign.bad("another customer's room");
    assert_eq!(foreign.fields(), ["#/rooms room-unknown"]);
    let (foreign, unknown) = (foreign.without_request_id(), unknown.without_request_id());
    let named = |text: &str| text.replace(&world.room("b1").to_string(), "ROOM").replace(&nowhere.to_string(), "ROOM");
    assert_eq!(named(&foreign.2.to_string()), named(&unknown.2.to_string()));
    assert_eq!(world.waiting("chief").await, None);
    // A room that is named twice is delegated once.
    let invitation = world.invite("chief", &["a1", "a1"]).await;
    world.accept("mia", invitation, &["ann"]).await.ok("accept");
    assert_eq!(world.rooms_of("ann").await, ["a1"], "and of the others nothing");
}

#[tokio::test]
async fn fault_9_12_r25_an_invitation_without_a_room_is_refused_at_its_field() {
    let world = World::start().await;
    let answer = world.post("chief", "/v1/partners", world.invitation_body("partner.example", &[])).await;
    answer.bad("without a room");
    assert_eq!(answer.fields(), ["#/rooms rooms-none"]);
    assert_eq!(world.waiting("chief").await, None, "nothing was sent");
}

#[tokio::test]
async fn a2_r35_an_expired_invitation_is_over_to_the_second() {
    let world = World::start().await;
    let invitation = world.invite("chief", &["a1"]).await;
    let path = format!("/v1/invitations/{invitation}");
    world.app.clock.advance(7 * DAY - Duration::from_micros(1));
    assert_eq!(world.get("mia", &path).await.status, StatusCode::OK);
    assert!(world.waiting("chief").await.is_some());
    world.app.clock.advance(Duration::from_micros(1));
    world.get("mia", &path).await.hidden("dropped from the partner's list");
    assert_eq!(world.waiting("chief").await, None);
    world.accept("mia", invitation, &["ann"]).await.conflicts("accept");
    world.post("mia", &format!("{path}/deny"), json!({})).await.conflicts("deny");
    world.accept("nemo", invitation, &["ann"]).await.hidden("it is not even there for others");
    assert_eq!(world.rooms_of("ann").await, [""; 0]);
    // The customer keeps it to read, until it clears it away or sends another one.
    let rows: Vec<PartnerRow> = world.get("chief", "/v1/partners").await.json();
    assert_eq!(rows.iter().map(|it| it.status).collect::<Vec<_>>(), [PartnerStatus::Expired]);
    let again = world.invite("chief", &["a2"]).await;
    assert_ne!(again, invitation);
    let log = world.log("chief").await;
    assert!(log.contains(&"PartnerInvitation Delete Successful Partner, by chief".to_owned()), "the expired one made place (A24): {log:?}");
    world.accept("mia", again, &["ann"]).await.ok("the new one");
    assert_eq!(world.rooms_of("ann").await, ["a2"]);
}

#[tokio::test]
async fn a3_withdrawing_deletes_it() {
    let world = World::start().await;
    let invitation = world.invite("chief", &["a1"]).await;
    let path = format!("/v1/partners/{}/invitation", world.partner);
    for who in ["agnes", "boss", "mia"] {
        world.delete(who, &path, None).await.hidden(who);
    }
    world.delete("chief", &path, None).await.ok("withdraw");
    assert_eq!(world.last("chief").await, "PartnerInvitation Delete Successful Partner, by chief");
    assert_eq!(world.waiting("chief").await, None);
    world.accept("mia", invitation, &["ann"]).await.hidden("nothing to accept");
    world.delete("chief", &path, None).await.hidden("nothing to withdraw");
    let rows: Vec<PartnerRow> = world.get("chief", "/v1/partners").await.json();
    assert_eq!(rows, []);
}

#[tokio::test]
async fn a3_at_most_one_invitation_waits_and_none_while_the_partner_works_there() {
    let world = World::start().await;
    let body = || world.invitation_body("partner.example", &["a1"]);
    let invitation = world.invite("chief", &["a1"]).await;
    let second = world.post("chief", "/v1/partners", body()).await;
    second.conflicts("a second one");
    assert_eq!(second.fields(), ["#/domain domain-invited"]);
    world.post("chief", "/v1/partners", world.invitation_body("rival.example", &["a1"])).await.ok("another partner");
    world.post("boss", "/v1/partners", world.invitation_body("partner.example", &["b1"])).await.ok("another customer");
    world.accept("mia", invitation, &["ann"]).await.ok("accept");
    let related = world.post("chief", "/v1/partners", body()).await;
    related.conflicts("while it works there");
    assert_eq!(related.fields(), ["#/domain domain-partner"]);
    let version = world.partner_of("chief").await.version;
    world.delete("chief", &format!("/v1/partners/{}", world.partner), Some(version)).await.ok("removed");
    world.invite("chief", &["a1"]).await;
}

#[tokio::test]
async fn a4_domains_that_cannot_be_invited_are_told_apart_and_case_does_not_matter() {
    let world = World::start().await;
    for (domain, code) in
        [("nowhere.example", "domain-unknown"), ("plain.example", "domain-not-onboarded"), ("ALPHA.example", "domain-own")]
    {
        let answer = world.post("chief", "/v1/partners", world.invitation_body(domain, &["a1"])).await;
        answer.bad(domain);
        assert_eq!(answer.fields(), [format!("#/domain {code}")], "{domain}");
    }
    world.post("chief", "/v1/partners", world.invitation_body("no domain", &["a1"])).await.bad("no domain at all");
    world.invite_with("chief", world.invitation_body("PARTNER.Example", &["a1"])).await;
}

#[tokio::test]
async fn fault_9_12_a4_what_sending_would_say_of_a_domain_is_said_before_anything_is_sent() {
    let world = World::start().await;
    let check = async |domain: &str| world.get("chief", &format!("/v1/partner-domain?domain={domain}")).await;
    let before = world.all_records("chief").await;
    for (domain, status, code) in [
        ("nowhere.example", StatusCode::BAD_REQUEST, "domain-unknown"),
        ("plain.example", StatusCode::BAD_REQUEST, "domain-not-onboarded"),
        ("ALPHA.example", StatusCode::BAD_REQUEST, "domain-own"),
    ] {
        let answer = check(domain).await;
        assert_eq!((answer.status, answer.fields()), (status, vec![format!("#/domain {code}")]), "{domain}");
    }
    assert_eq!(check("192.168.1.1").await.status, StatusCode::BAD_REQUEST);
    assert_eq!(check("PARTNER.example").await.status, StatusCode::NO_CONTENT);
    assert_eq!(world.waiting("chief").await, None, "asking sends nothing");
    assert_eq!(world.all_records("chief").await, before, "and leaves no record");
    world.invite("chief", &["a1"]).await;
    let answer = check("partner.example").await;
    assert_eq!((answer.status, answer.fields()), (StatusCode::CONFLICT, vec!["#/domain domain-invited".to_owned()]));
}

#[tokio::test]
async fn a24_an_expiry_is_recorded_once_by_the_service_when_it_falls_due_or_when_it_is_up_again() {
    let world = World::start().await;
    let random = SeededRandom::new(3);
    let expiries = async || {
        tick(&world.app.store, &random).await.unwrap();
        let expired = |it: &AuditRecord| it.detail.iter().any(|it| it.after.as_deref() == Some("expired"));
        world.all_records("chief").await.into_iter().filter(expired).collect::<Vec<_>>()
    };
    world.invite("chief", &["a1"]).await;
    world.app.clock.advance(7 * DAY - Duration::from_micros(1));
    assert_eq!(expiries().await, []);
    let bed = Bed::of(&world.app);
    bed.forget_changes().await;
    world.app.clock.advance(Duration::from_micros(1));
    let recorded = expiries().await;
    let mut both = [world.partner, world.alpha].map(|tenant| format!("tenant {tenant} - -"));
    both.sort();
    assert_eq!(bed.recorded().await, both, "both sides list it otherwise now");
    let [record] = recorded.as_slice() else { panic!("{recorded:?}") };
    assert_eq!((record.category, record.operation), (AuditCategory::PartnerInvitation, AuditOperation::Update));
    assert_eq!((record.object_name.as_str(), record.creation_time), ("Partner", world.app.clock.now()));
    assert_eq!((record.user_id, record.user_tenant_id), (None, None), "nobody did it");
    assert_eq!(expiries().await.len(), 1, "and never again");

    // Cleared away, replaced or found long after, each has its one row.
    world.delete("chief", &format!("/v1/partners/{}/invitation", world.partner), None).await.ok("clear away");
    assert_eq!(expiries().await.len(), 1);
    world.invite("chief", &["a1"]).await;
    world.app.clock.advance(8 * DAY);
    world.invite("chief", &["a1"]).await;
    assert_eq!(expiries().await.len(), 2, "before the service came to it, another one took its place");
    world.app.clock.advance(100 * DAY);
    assert_eq!(expiries().await.len(), 3, "no service ran when it fell due");
}
