//! Two customers, a partner, a rival, and how they are asked.

mod effects;

use http::{Method, StatusCode};
use serde_json::{Value, json};
use tenantry_model::api::customers::CustomerDetail;
use tenantry_model::api::partners::PartnerDetail;
use tenantry_model::api::roles::RoleDetail;
use tenantry_model::api::{Page, TenantRow};
use tenantry_model::id::{ChangeRequestId, InvitationId, PrincipalId, RoleId, RoomGroupId, RoomId, TenantId};
use tenantry_model::permission::Permission;
use tenantry_model::tenancy::{PortalRole, PrincipalKind, TenantStatus, UserKey};
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Clock;
use tenantry_test_kit::Change;

use crate::support::{Answer, NewIncident, TestApp, id, number};

/// Somebody who signs in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Person {
    pub(crate) name: &'static str,
    pub(crate) key: UserKey,
    /// Whether their token names them a Global Administrator.
    global: bool,
}

impl Person {
    pub(crate) fn id(&self) -> PrincipalId {
        self.key.user_id
    }
}

/// Nobody is related to anybody at the start.
pub(crate) struct World {
    pub(crate) app: TestApp,
    /// The partner: partner.example.
    pub(crate) partner: TenantId,
    /// Another partner: rival.example.
    pub(crate) rival: TenantId,
    /// Customers: alpha.example, beta.example.
    pub(crate) alpha: TenantId,
    pub(crate) beta: TenantId,
    /// Rooms a1, a2, a3 of Alpha, b1 and b2 of Beta; each with one incident of its name.
    rooms: Vec<(&'static str, TenantId, RoomId, TicketNumber)>,
    /// A room group of Alpha: a1 and a3.
    pub(crate) floor: RoomGroupId,
    /// Everybody, the groups too.
    people: Vec<Person>,
}

const ROOMS: [(&str, u128); 5] = [("a1", 21), ("a2", 22), ("a3", 23), ("b1", 31), ("b2", 32)];

/// Name, number, tenant's number, group, portal role.
const PEOPLE: &[(&str, u128, u128, bool, Option<PortalRole>)] = &[
    ("gus", 101, 1, false, Some(PortalRole::GlobalAdministrator)),
    ("mia", 102, 1, false, Some(PortalRole::ManagedServiceAdministrator)),
    ("tom", 103, 1, false, Some(PortalRole::TenantManager)),
    ("ann", 104, 1, false, None),
    ("ben", 105, 1, false, None),
    ("cleo", 106, 1, false, None),
    ("nemo", 107, 1, false, None),
    ("inside", 108, 1, false, None),
    ("outer", 110, 1, true, None),
    ("inner", 111, 1, true, None),
    ("empty", 112, 1, true, None),
    ("rita", 201, 2, false, Some(PortalRole::ManagedServiceAdministrator)),
    ("rolf", 202, 2, false, None),
    ("chief", 301, 3, false, Some(PortalRole::ManagedServiceAdministrator)),
    ("global", 302, 3, false, Some(PortalRole::GlobalAdministrator)),
    ("agnes", 303, 3, false, None),
    ("alex", 304, 3, false, None),
    ("crew", 310, 3, true, None),
    ("boss", 401, 4, false, Some(PortalRole::ManagedServiceAdministrator)),
];

impl World {
    pub(crate) async fn start() -> Self {
        let app = TestApp::start().await;
        let tenant = |n: u128| TenantId::from_uuid(id(n));
        let (partner, rival, alpha, beta) = (tenant(1), tenant(2), tenant(3), tenant(4));
        let mut changes = Vec::new();
        for (n, name, is_partner, prefix) in [
            (1, "Partner", true, "PARTNR"),
            (2, "Rival", true, "RIVALX"),
            (3, "Alpha", false, "ALPHAA"),
            (4, "Beta", false, "BETABB"),
            (5, "Plain", false, "PLAINX"),
        ] {
            changes.push(Change::CreateTenant {
                id: tenant(n),
                display_name: name.to_owned(),
                is_partner,
                is_customer: !is_partner,
                ticket_prefix: Some(prefix.to_owned()),
                domains: vec![format!("{}.example", name.to_lowercase()).parse().unwrap()],
            });
        }
        let mut people = Vec::new();
        for (name, n, of, group, role) in PEOPLE {
            let key = UserKey { tenant_id: tenant(*of), user_id: PrincipalId::from_uuid(id(*n)) };
            let global = *role == Some(PortalRole::GlobalAdministrator);
            people.push(Person { name, key, global });
            changes.push(Change::CreatePrincipal {
                id: key.user_id,
                tenant: key.tenant_id,
                kind: if *group { PrincipalKind::SecurityGroup } else { PrincipalKind::User },
                display_name: (*name).to_owned(),
                upn: (!group).then(|| format!("{name}@{of}.example")),
            });
            if let Some(role) = role.filter(|_| !global) {
                changes.push(Change::GrantPortalRole { principal: key.user_id, role });
            }
        }
        let of = |name: &str| people.iter().find(|it: &&Person| it.name == name).unwrap().key.user_id;
        for (group, member) in [("outer", "inner"), ("inner", "inside"), ("crew", "alex")] {
            changes.push(Change::AddGroupMember { group: of(group), member: of(member) });
        }
        let room = |name: &str| RoomId::from_uuid(id(ROOMS.iter().find(|it| it.0 == name).unwrap().1));
        for (name, _) in ROOMS {
            changes.push(Change::CreateRoom {
                id: room(name),
                customer: if name.starts_with('a') { alpha } else { beta },
                display_name: name.to_owned(),
                host_name: Some(format!("HOST-{name}")),
                account: Some(format!("{name}@rooms.example")),
                onboarding: false,
            });
        }
        let floor = RoomGroupId::from_uuid(id(60));
        let held = vec![room("a1"), room("a3")];
        changes.push(Change::CreateRoomGroup { id: floor, customer: alpha, name: "Floor".into(), rooms: held });
        app.estate().apply(changes).await;

        let now = app.clock.now();
        let mut rooms = Vec::new();
        let mut incidents = Vec::new();
        for (n, (name, _)) in (1..).zip(ROOMS) {
            let (customer, prefix) = if name.starts_with('a') { (alpha, "ALPHAA") } else { (beta, "BETABB") };
            let number = number(prefix, n);
            rooms.push((name, customer, room(name), number));
            incidents.push(NewIncident::new(number, customer, &[room(name)], now));
        }
        app.estate().incidents(incidents).await;
        Self { app, partner, rival, alpha, beta, rooms, floor, people }
    }

    /// Alpha delegates a1 and a2 with `ann` as Primary admin, Beta b1 with `ben`.
    pub(crate) async fn related() -> Self {
        let world = Self::start().await;
        world.relate("chief", &["a1", "a2"], "ann").await;
        world.relate("boss", &["b1"], "ben").await;
        world
    }

    /// Changes the directory data and the rooms, as their own administration does.
    pub(crate) async fn apply(&self, changes: Vec<Change>) {
        self.app.estate().apply(changes).await;
    }

    pub(crate) fn person(&self, name: &str) -> Person {
        *self.people.iter().find(|it| it.name == name).unwrap()
    }

    /// The id of a person or group.
    pub(crate) fn who(&self, name: &str) -> PrincipalId {
        self.person(name).id()
    }

    pub(crate) fn room(&self, name: &str) -> RoomId {
        self.rooms.iter().find(|it| it.0 == name).unwrap().2
    }

    pub(crate) fn scope(&self, rooms: &[&str]) -> Value {
        json!({ "kind": "some", "rooms": rooms.iter().map(|it| self.room(it)).collect::<Vec<_>>(), "groups": [] })
    }

    // ── asking ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    pub(crate) fn token(&self, who: &str) -> String {
        let person = self.person(who);
        if person.global { self.app.admin_token(person.key) } else { self.app.token(person.key) }
    }

    pub(crate) async fn get(&self, who: &str, path: &str) -> Answer {
        self.app.send(Method::GET, path, Some(&self.token(who))).await
    }

    pub(crate) async fn send(&self, who: &str, method: Method, path: &str, headers: &[(&str, &str)], body: Option<Value>) -> Answer {
        self.app.ask(method, path, Some(&self.token(who)), headers, body.as_ref()).await
    }

    pub(crate) async fn post(&self, who: &str, path: &str, body: Value) -> Answer {
        self.send(who, Method::POST, path, &[], Some(body)).await
    }

    /// With the version that was read.
    pub(crate) async fn patch(&self, who: &str, path: &str, version: u64, body: Value) -> Answer {
        self.send(who, Method::PATCH, path, &[("if-match", &format!("\"{version}\""))], Some(body)).await
    }

    pub(crate) async fn delete(&self, who: &str, path: &str, version: Option<u64>) -> Answer {
        let version = version.map(|version| format!("\"{version}\""));
        let headers: Vec<(&str, &str)> = version.iter().map(|version| ("if-match", version.as_str())).collect();
        self.send(who, Method::DELETE, path, &headers, None).await
    }

    // ── steps ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    pub(crate) fn invitation_body(&self, domain: &str, rooms: &[&str]) -> Value {
        let rooms: Vec<RoomId> = rooms.iter().map(|it| self.room(it)).collect();
        json!({ "domain": domain, "expiresInDays": 7, "rooms": rooms, "termsAccepted": true })
    }

    /// The invitation that the customer of this administrator sent to the partner, as the partner's administrator finds it.
    pub(crate) async fn waiting(&self, administrator: &str) -> Option<InvitationId> {
        let customer = self.person(administrator).key.tenant_id;
        let page: Page<TenantRow> = self.get("mia", "/v1/tenants").await.json();
        let row = page.items.into_iter().find(|it| it.id == customer && it.status == TenantStatus::Pending);
        row.and_then(|row| row.invitation).map(|it| it.id)
    }

    /// Invites the partner with a body of one's own.
    pub(crate) async fn invite_with(&self, administrator: &str, body: Value) -> InvitationId {
        let answer = self.post(administrator, "/v1/partners", body).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
        self.waiting(administrator).await.expect("the partner finds the invitation")
    }

    pub(crate) async fn invite(&self, administrator: &str, rooms: &[&str]) -> InvitationId {
        self.invite_with(administrator, self.invitation_body("partner.example", rooms)).await
    }

    pub(crate) async fn accept(&self, who: &str, invitation: InvitationId, admins: &[&str]) -> Answer {
        let admins: Vec<PrincipalId> = admins.iter().map(|it| self.who(it)).collect();
        self.post(who, &format!("/v1/invitations/{invitation}/accept"), json!({ "primaryAdmins": admins })).await
    }

    pub(crate) async fn relate(&self, administrator: &str, rooms: &[&str], admin: &str) {
        let invitation = self.invite(administrator, rooms).await;
        assert_eq!(self.accept("mia", invitation, &[admin]).await.status, StatusCode::OK);
    }

    /// What the customer's administrator sees of the partner.
    pub(crate) async fn partner_of(&self, administrator: &str) -> PartnerDetail {
        self.get(administrator, &format!("/v1/partners/{}", self.partner)).await.json()
    }

    /// Changes the partner, and must succeed. `rooms` stands for the rooms that are delegated one by one afterwards: what comes and what leaves is sent.
    pub(crate) async fn steer(&self, administrator: &str, mut body: Value) {
        let partner = self.partner_of(administrator).await;
        if let Some(rooms) = body.as_object_mut().and_then(|body| body.remove("rooms")) {
            let gone: Vec<RoomId> =
                partner.room_ids.iter().filter(|room| !rooms.as_array().unwrap().contains(&json!(room))).copied().collect();
            body["add"] = json!({ "rooms": rooms });
            body["remove"] = json!({ "rooms": gone });
        }
        let version = partner.version;
        let answer = self.patch(administrator, &format!("/v1/partners/{}", self.partner), version, body).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    }

    pub(crate) async fn customer(&self, who: &str, customer: TenantId) -> CustomerDetail {
        self.get(who, &format!("/v1/customers/{customer}")).await.json()
    }

    /// A role with its first assignment.
    pub(crate) fn role_body(&self, name: &str, permissions: &[Permission], members: &[&str], scope: Value) -> Value {
        let members: Vec<PrincipalId> = members.iter().map(|it| self.who(it)).collect();
        json!({
            "name": name,
            "permissions": permissions,
            "assignment": { "name": format!("{}: first", name.trim()), "members": members, "scope": scope },
        })
    }

    pub(crate) async fn try_role(&self, by: &str, customer: TenantId, body: Value) -> Answer {
        self.post(by, &format!("/v1/customers/{customer}/roles"), body).await
    }

    /// Creates a role and must succeed.
    pub(crate) async fn role(
        &self,
        by: &str,
        customer: TenantId,
        name: &str,
        permissions: &[Permission],
        members: &[&str],
        scope: Value,
    ) -> RoleDetail {
        let answer = self.try_role(by, customer, self.role_body(name, permissions, members, scope)).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
        let role: RoleId = answer.value()["done"]["id"].as_str().unwrap().parse().unwrap();
        self.role_detail(by, customer, role).await
    }

    pub(crate) async fn role_detail(&self, by: &str, customer: TenantId, role: RoleId) -> RoleDetail {
        self.get(by, &format!("/v1/customers/{customer}/roles/{role}")).await.json()
    }

    /// The Primary admins role of the partner at a customer.
    pub(crate) async fn primary(&self, administrator: &str) -> RoleDetail {
        self.partner_of(administrator).await.roles.into_iter().find(|it| it.role.built_in.is_some()).unwrap()
    }

    /// The one request that waits at a customer.
    pub(crate) async fn request(&self, administrator: &str) -> (ChangeRequestId, u64) {
        let rows: Vec<tenantry_model::api::requests::RequestRow> = self.get(administrator, "/v1/change-requests").await.json();
        let waiting: Vec<_> = rows.iter().filter(|it| it.state == tenantry_model::tenancy::RequestState::Pending).collect();
        assert_eq!(waiting.len(), 1, "{rows:?}");
        (waiting[0].id, waiting[0].version)
    }

    pub(crate) async fn decide(&self, administrator: &str, request: (ChangeRequestId, u64), how: &str) -> Answer {
        let path = format!("/v1/change-requests/{}/{how}", request.0);
        self.send(administrator, Method::POST, &path, &[("if-match", &format!("\"{}\"", request.1))], None).await
    }
}
