//! What the functions that write answer a caller who may not: those that no route calls yet, too.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::json;
use tenantry_model::access::Subject;
use tenantry_model::api::signal_switches::{SwitchSignals, SwitchTo};
use tenantry_model::api::update_rings::CreateUpdateRing;
use tenantry_model::api::waiting_rooms::CreateWaitingRoom;
use tenantry_model::id::{InvitationId, PrincipalId, RoomGroupId, RoomId, TenantId, UpdateRingId};
use tenantry_model::incident::{ClosureReason, IncidentStatus};
use tenantry_model::problem::ProblemKind;
use tenantry_model::role::Scope;
use tenantry_model::tenancy::{PortalRole, PrincipalKind, Tenant, UserKey};
use tenantry_service::domain::actor::Actor;
use tenantry_service::domain::caller::Caller;
use tenantry_service::domain::estate_change::apply_all;
use tenantry_service::domain::incidents::issues::{self, Closing, Issue};
use tenantry_service::domain::incidents::thread::{self, Posted};
use tenantry_service::domain::invitations::write::{self as invitations, Terms};
use tenantry_service::domain::relationships::write::{self as relationships, Side};
use tenantry_service::domain::rights::{Access, AccessCache};
use tenantry_service::domain::room_groups::write as room_groups;
use tenantry_service::domain::rooms::{waiting, write as rooms};
use tenantry_service::domain::settings::{general, keys, signals};
use tenantry_service::domain::update_rings::write as update_rings;
use tenantry_service::domain::{people, portal_roles};
use tenantry_service::random::SeededRandom;
use tenantry_service::store::people::Principal;
use tenantry_service::store::relationships::NewRelationship;
use tenantry_service::store::tenants;

use crate::support::{TestApp, id, whole};

/// Somebody of this tenant who holds nothing but these portal roles.
fn somebody(tenant: TenantId, is_partner: bool, portal_roles: Vec<PortalRole>) -> Caller {
    let user = UserKey { tenant_id: tenant, user_id: PrincipalId::from_uuid(id(99)) };
    let subject = Subject { user: user.user_id, groups: vec![] };
    Caller {
        user,
        display_name: "Somebody".into(),
        tenant: Tenant { id: tenant, display_name: "Theirs".into(), is_partner, is_customer: !is_partner },
        acting_as: None,
        global_admin: false,
        access: Arc::new(Access { subject, display_name: None, portal_roles, customers: BTreeMap::new() }),
    }
}

#[tokio::test]
async fn a_caller_writes_in_no_name_but_their_own() {
    let app = TestApp::start().await;
    let random = SeededRandom::new(3);
    let (partner, customer, room) = (TenantId::from_uuid(id(1)), TenantId::from_uuid(id(2)), RoomId::from_uuid(id(4)));
    let [member, colleague] = [PrincipalId::from_uuid(id(5)), PrincipalId::from_uuid(id(6))];
    let changes = [
        json!({"createTenant": {"id": partner, "displayName": "Partner", "isPartner": true, "domains": ["partner.example"]}}),
        json!({"createTenant": {"id": customer, "displayName": "Customer", "isCustomer": true}}),
        json!({"createPrincipal": {"id": member, "tenant": partner, "kind": "user", "displayName": "Member"}}),
        json!({"createPrincipal": {"id": colleague, "tenant": partner, "kind": "user", "displayName": "Colleague"}}),
        json!({"createRoom": {"id": room, "customer": customer, "displayName": "Room"}}),
        json!({"createRelationship": {"partner": partner, "customer": customer, "rooms": [room], "primaryAdmins": [member]}}),
    ];
    let changes = changes.map(|change| serde_json::from_value(change).unwrap()).to_vec();
    apply_all(&app.store, changes, &random).await.unwrap();
    let mut tx = app.store.write().await.unwrap();
    let known = tenants::find(tx.conn(), partner).await.unwrap().unwrap();
    let user = UserKey { tenant_id: partner, user_id: member };
    let access = AccessCache::default().resolve(tx.conn(), &known, user, false).await.unwrap();
    let caller = Caller { user, display_name: "Member".into(), tenant: known.tenant, acting_as: None, global_admin: false, access };
    let actor = Actor::Caller(&caller);
    let issue = Issue {
        customer,
        description: "No sound".into(),
        rooms: vec![room],
        high_impact_reason: None,
        events: vec![],
        created_by: Some(colleague),
    };
    let number = issues::record(&mut tx, actor, issue, &random).await.unwrap().number;
    let post = |author, text| Posted { customer: None, number, text, assign_to: None, author };
    thread::post(&mut tx, actor, post(Some(colleague), "Seen")).await.unwrap();
    thread::post(&mut tx, actor, post(None, "Not the service's")).await.unwrap();
    let closing = Closing { reason: ClosureReason::PhysicalIssue, comment: None, closed_by: Some(colleague) };
    issues::close(&mut tx, actor, (None, number), None, closing).await.unwrap();
    let stored = whole(tx.conn(), &[number]).await.remove(0);
    assert_eq!(stored.closed_by.as_deref(), Some("Member"));
    let authors: Vec<_> = stored.messages.iter().map(|message| message.author.as_deref()).collect();
    assert_eq!(authors, [Some("Member"); 2]);
}

macro_rules! refuses {
    ($name:expr, $($call:expr),+ $(,)?) => {
        $(assert_eq!($call.await.unwrap_err().kind(), ProblemKind::NotFound, "{}: {}", $name, stringify!($call));)+
    };
}

#[tokio::test]
async fn whoever_may_nothing_at_a_customer_is_refused_by_whatever_writes() {
    let app = TestApp::start().await;
    let random = SeededRandom::new(3);
    let (partner, customer, other) = (TenantId::from_uuid(id(1)), TenantId::from_uuid(id(2)), TenantId::from_uuid(id(3)));
    let (room, member) = (RoomId::from_uuid(id(4)), PrincipalId::from_uuid(id(5)));
    let group = RoomGroupId::from_uuid(id(6));
    let ring = UpdateRingId::from_uuid(id(11));
    let new_ring =
        CreateUpdateRing { order: 5, name: "x".into(), description: String::new(), deferral_days: 0, rollout_days: 1, test_days: 1 };
    let issue = json!({"customer": customer, "description": "No sound", "rooms": [room], "createdBy": member});
    let changes = [
        json!({"createTenant": {"id": partner, "displayName": "Partner", "isPartner": true, "domains": ["partner.example"]}}),
        json!({"createTenant": {"id": customer, "displayName": "Customer", "isCustomer": true}}),
        json!({"createTenant": {"id": other, "displayName": "Other", "isCustomer": true}}),
        json!({"createPrincipal": {"id": member, "tenant": partner, "kind": "user", "displayName": "Member"}}),
        json!({"createRoom": {"id": room, "customer": customer, "displayName": "Room"}}),
        json!({"createRoomGroup": {"id": group, "customer": customer, "name": "Group", "rooms": [room]}}),
        json!({"createUpdateRing": {"id": ring, "customer": customer, "order": 4, "name": "Ring", "rolloutDays": 1, "testDays": 1}}),
        json!({"createRelationship": {"partner": partner, "customer": customer, "rooms": [room], "primaryAdmins": [member]}}),
        json!({ "recordIssue": issue }),
    ];
    let changes = changes.map(|change| serde_json::from_value(change).unwrap()).to_vec();
    let number = apply_all(&app.store, changes, &random).await.unwrap().pop().unwrap().number.unwrap();
    let both = (partner, customer);
    let relationship = NewRelationship {
        id: tenantry_model::id::RelationshipId::from_uuid(id(7)),
        partner,
        customer: other,
        established_at: app.store.write().await.unwrap().now(),
        ceiling: tenantry_model::permission::PermissionSet::ALL,
        change_control: Default::default(),
        offline: Default::default(),
    };
    let principal =
        Principal { id: PrincipalId::from_uuid(id(8)), tenant: partner, kind: PrincipalKind::User, display_name: "New".into(), upn: None };
    let terms = Terms {
        domain: "partner.example".parse().unwrap(),
        expires_in_days: 7.try_into().unwrap(),
        delegate: Default::default(),
        change_control: Default::default(),
        ceiling: tenantry_model::permission::PermissionSet::ALL,
        offline: Default::default(),
        created_by: None,
    };
    let invitation = InvitationId::from_uuid(id(9));
    let all_off = SwitchSignals { to: SwitchTo::Default, signals: None };
    let awaited = CreateWaitingRoom { display_name: "x".into(), capacity: None, timezone: "UTC".into(), account: "x@y.example".into() };
    let issue = || Issue {
        customer,
        description: "x".into(),
        rooms: vec![room],
        high_impact_reason: None,
        events: vec![],
        created_by: Some(member),
    };
    let message = || Posted { customer: None, number, text: "x", assign_to: None, author: Some(member) };
    let closing = || Closing { reason: ClosureReason::PhysicalIssue, comment: None, closed_by: Some(member) };
    for (name, caller) in [
        ("a user of the partner", somebody(partner, true, vec![])),
        ("a tenant manager of the partner", somebody(partner, true, vec![PortalRole::TenantManager])),
        ("an administrator of another customer", somebody(other, false, vec![PortalRole::ManagedServiceAdministrator])),
    ] {
        let actor = Actor::Caller(&caller);
        let mut tx = app.store.write().await.unwrap();
        let tx = &mut tx;
        refuses!(
            name,
            rooms::rename(tx, actor, room, "x"),
            rooms::suppress(tx, actor, room, true, &random),
            rooms::enrol(tx, actor, room, &random),
            rooms::unenrol(tx, actor, room, &random),
            keys::reset(tx, actor, customer, &random),
            keys::download(tx, actor, customer, &random),
            general::change(tx, actor, customer, &Default::default(), None),
            signals::switch(tx, actor, customer, &all_off, None, &random),
            waiting::create(tx, actor, RoomId::from_uuid(id(13)), customer, &awaited, &random),
            waiting::issue_key(tx, actor, (customer, room), &random),
            waiting::cancel(tx, actor, (customer, room), 1, &random),
            room_groups::create(tx, actor, RoomGroupId::from_uuid(id(10)), customer, "x", &[room]),
            room_groups::rename(tx, actor, group, "x"),
            room_groups::set_rooms(tx, actor, group, &[]),
            room_groups::delete(tx, actor, group),
            update_rings::create(tx, actor, UpdateRingId::from_uuid(id(12)), customer, &new_ring),
            update_rings::change(tx, actor, (customer, ring), &Default::default()),
            update_rings::delete(tx, actor, (customer, ring), None),
            update_rings::move_rooms(tx, actor, (customer, ring), &[room]),
            issues::record(tx, actor, issue(), &random),
            issues::edit(tx, actor, (customer, number), None, &Default::default()),
            thread::post(tx, actor, message()),
            thread::set_status(tx, actor, number, IncidentStatus::AssignedToService),
            issues::close(tx, actor, (None, number), None, closing()),
            people::create(tx, actor, principal.clone()),
            people::delete(tx, actor, member),
            people::add_member(tx, actor, member, member),
            people::remove_member(tx, actor, member, member),
            portal_roles::grant(tx, actor, partner, PortalRole::TenantManager, &[member]),
            portal_roles::revoke(tx, actor, partner, PortalRole::TenantManager, member),
            relationships::create(tx, actor, &relationship, &Scope::All, &[], &random),
            relationships::set_delegated(tx, actor, both, &Scope::All),
            relationships::change(tx, actor, both, &Default::default(), None),
            relationships::end(tx, actor, both, Side::Customer, None),
            relationships::end(tx, actor, both, Side::Partner, None),
            invitations::create(tx, actor, invitation, customer, terms.clone()),
            invitations::withdraw(tx, actor, customer, partner),
        );
    }
}
