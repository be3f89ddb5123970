//! Every route that writes, and those beside it × person × (in scope, out of scope, other customer, declined, ended): one
//! expected answer, derived from the permission matrix. [`super::rights`] counts these routes too: one that stands in neither table fails there.
//!
//! Changing requests are sent so that nobody's is done: with a version that nobody read, or a body that nobody may send. Whoever may ask at all is
//! told so (anything but 404); for everybody else there is nothing there.

use std::collections::BTreeMap;

use http::{Method, StatusCode};
use serde_json::{Value, json};
use tenantry_model::id::{RoomGroupId, RoomId, TenantId};
use tenantry_model::incident::IncidentType;
use tenantry_model::permission::{BuiltInRole, Permission, PermissionSet};
use tenantry_model::signal::SignalId;
use tenantry_model::tenancy::{PortalRole, UserKey};
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Clock;

use crate::support::{Answer, NewIncident, TestApp, id, number};

/// Who gets an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    /// Anybody who is signed in.
    Anybody,
    /// Global and Managed Service Administrators and tenant managers of the partner, at an invitation that waits (R27, A1).
    Answers,
    /// Global and Managed Service Administrators of the partner (R12).
    PartnerAdministrators,
    /// Those, tenant managers, and whoever holds anything at the customer (R28).
    KnowsCustomer,
    /// A Primary admin of the customer (R59).
    PrimaryAdmin,
    /// Those who answer invitations, and who changes roles over all that is delegated (A7).
    ChangesAdmins,
    /// This permission somewhere at the customer, at one's own side's role where one is named (R44).
    Permission(Permission),
    /// `tickets.view` and `tickets.update` in one of the incident's rooms (R87).
    WorksOnIncident,
    /// Whoever has begun to send the file, who is none of these people.
    Sends,
    /// Whoever has saved the view, likewise.
    Saves,
    /// `rooms.view` and this one in the room.
    OnRoom(Permission),
    /// `groups.view` and this one at a group of which they see a room.
    OnGroup(Permission),
    /// `rings.view` and `rings.modify` somewhere at the customer.
    OnRings,
    /// `rooms.download_key` or `rooms.reset_key` somewhere at the customer.
    Keys,
    /// `roles.modify` and, on the customer's own side, its administration (R54).
    MakesRoles,
    /// Whoever has something to give to somebody.
    Gives,
    /// Administrators of the customer (R19, R61).
    CustomerAdministrators,
}

/// What is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sent {
    Nothing,
    /// A version that nobody read.
    Stale,
    /// This JSON.
    Body(&'static str),
    /// Both.
    StaleBody(&'static str),
    /// A part of a file.
    Bytes,
}

const ROLES: &str = "/v1/customers/{customer}/roles";
const ROLE: &str = "/v1/customers/{customer}/roles/{role}";
const ASSIGNMENTS: &str = "/v1/customers/{customer}/roles/{role}/assignments";
const ASSIGNMENT: &str = "/v1/customers/{customer}/roles/{role}/assignments/{assignment}";
const INCIDENT: &str = "/v1/customers/{customer}/incidents/{number}";
const UPLOAD: &str = "/v1/customers/{customer}/incidents/{number}/attachments/{attachment}/upload";
const GROUP: &str = "/v1/customers/{customer}/groups/{group}";
const RING: &str = "/v1/customers/{customer}/rings/{ring}";
const UPDATE: &str = "/v1/customers/{customer}/updates/{update}";
const ACT_ON_UPDATE: &str = "/v1/customers/{customer}/updates/{update}/actions";
const NAMELESS: &str = r#"{"name":"","members":[],"scope":{"kind":"all"}}"#;

const NO_ROOM: &str = r#"{"displayName":"","timezone":"","account":""}"#;

/// Every route of this kind.
const ROUTES: &[(&str, &str, Who, Sent)] = &[
    ("get", "/v1/invitations/{invitation}", Who::Answers, Sent::Nothing),
    ("post", "/v1/invitations/{invitation}/accept", Who::Answers, Sent::Body(r#"{"primaryAdmins":[]}"#)),
    ("post", "/v1/invitations/{invitation}/deny", Who::Answers, Sent::Nothing),
    ("get", "/v1/tenant-managers", Who::PartnerAdministrators, Sent::Nothing),
    ("post", "/v1/tenant-managers", Who::PartnerAdministrators, Sent::Body(r#"{"principals":[]}"#)),
    ("delete", "/v1/tenant-managers/{principal}", Who::PartnerAdministrators, Sent::Nothing),
    ("get", "/v1/customers/{customer}", Who::KnowsCustomer, Sent::Nothing),
    ("delete", "/v1/customers/{customer}", Who::PrimaryAdmin, Sent::Stale),
    ("get", "/v1/customers/{customer}/primary-admins", Who::ChangesAdmins, Sent::Nothing),
    ("post", "/v1/customers/{customer}/primary-admins", Who::ChangesAdmins, Sent::Body(r#"{"principals":[]}"#)),
    ("delete", "/v1/customers/{customer}/primary-admins/{principal}", Who::ChangesAdmins, Sent::Nothing),
    ("get", ROLES, Who::Permission(Permission::RolesView), Sent::Nothing),
    (
        "post",
        ROLES,
        Who::MakesRoles,
        Sent::Body(r#"{"name":"","permissions":[],"assignment":{"name":"","members":[],"scope":{"kind":"all"}}}"#),
    ),
    ("get", ROLE, Who::Permission(Permission::RolesView), Sent::Nothing),
    ("patch", ROLE, Who::MakesRoles, Sent::StaleBody("{}")),
    ("delete", ROLE, Who::MakesRoles, Sent::Stale),
    ("post", ASSIGNMENTS, Who::Permission(Permission::RolesModify), Sent::Body(NAMELESS)),
    ("patch", ASSIGNMENT, Who::Permission(Permission::RolesModify), Sent::StaleBody("{}")),
    ("delete", ASSIGNMENT, Who::Permission(Permission::RolesModify), Sent::Stale),
    ("get", "/v1/customers/{customer}/access", Who::Permission(Permission::RolesView), Sent::Nothing),
    (
        "post",
        "/v1/customers/{customer}/incidents",
        Who::Permission(Permission::IncidentsCreate),
        Sent::Body(r#"{"description":"","rooms":[]}"#),
    ),
    ("patch", INCIDENT, Who::WorksOnIncident, Sent::StaleBody("{}")),
    ("post", "/v1/customers/{customer}/incidents/{number}/messages", Who::WorksOnIncident, Sent::Body(r#"{"text":""}"#)),
    (
        "post",
        "/v1/customers/{customer}/incidents/{number}/attachments",
        Who::WorksOnIncident,
        Sent::Body(r#"{"fileName":"","size":1,"sha256":""}"#),
    ),
    ("delete", "/v1/customers/{customer}/incidents/{number}/attachments/{attachment}", Who::Sends, Sent::Nothing),
    ("get", UPLOAD, Who::Sends, Sent::Nothing),
    ("patch", UPLOAD, Who::Sends, Sent::Bytes),
    ("post", "/v1/customers/{customer}/incidents/{number}/close", Who::WorksOnIncident, Sent::StaleBody(r#"{"reason":"unknown"}"#)),
    ("put", "/v1/customers/{customer}/incidents/{number}/claim", Who::WorksOnIncident, Sent::Body("{}")),
    ("delete", "/v1/customers/{customer}/incidents/{number}/claim", Who::WorksOnIncident, Sent::Nothing),
    ("put", "/v1/customers/{customer}/incidents/{number}/snooze", Who::WorksOnIncident, Sent::Body(r#"{"reason":""}"#)),
    ("delete", "/v1/customers/{customer}/incidents/{number}/snooze", Who::WorksOnIncident, Sent::Nothing),
    ("put", "/v1/customers/{customer}/rooms/{room}/suppression", Who::OnRoom(Permission::RoomsModify), Sent::Body(r#"{"reason":""}"#)),
    ("delete", "/v1/customers/{customer}/rooms/{room}/suppression", Who::OnRoom(Permission::RoomsModify), Sent::Nothing),
    ("patch", "/v1/customers/{customer}/rooms/{room}", Who::OnRoom(Permission::RoomsModify), Sent::StaleBody("{}")),
    ("put", "/v1/customers/{customer}/rooms/{room}/enrolment", Who::OnRoom(Permission::RoomsCreate), Sent::Nothing),
    ("delete", "/v1/customers/{customer}/rooms/{room}/enrolment", Who::OnRoom(Permission::RoomsUnenroll), Sent::Stale),
    ("post", "/v1/customers/{customer}/waiting-rooms", Who::Permission(Permission::RoomsCreate), Sent::Body(NO_ROOM)),
    ("post", "/v1/customers/{customer}/waiting-rooms/{room}/key", Who::OnRoom(Permission::RoomsCreate), Sent::Nothing),
    ("delete", "/v1/customers/{customer}/waiting-rooms/{room}", Who::OnRoom(Permission::RoomsCreate), Sent::Stale),
    ("get", "/v1/customers/{customer}/enrolment-keys", Who::Keys, Sent::Nothing),
    ("post", "/v1/customers/{customer}/enrolment-keys", Who::Permission(Permission::RoomsDownloadKey), Sent::Nothing),
    ("post", "/v1/customers/{customer}/enrolment-keys/reset", Who::Permission(Permission::RoomsResetKey), Sent::Nothing),
    ("get", "/v1/customers/{customer}/settings", Who::Permission(Permission::SettingsView), Sent::Nothing),
    ("get", "/v1/customers/{customer}/signals", Who::Permission(Permission::SettingsView), Sent::Nothing),
    ("patch", "/v1/customers/{customer}/settings", Who::Permission(Permission::SettingsModify), Sent::StaleBody("{}")),
    ("patch", "/v1/customers/{customer}/signals", Who::Permission(Permission::SettingsModify), Sent::StaleBody(r#"{"to":"default"}"#)),
    ("post", "/v1/customers/{customer}/groups", Who::Permission(Permission::GroupsCreate), Sent::Body(r#"{"name":""}"#)),
    ("get", GROUP, Who::OnGroup(Permission::GroupsView), Sent::Nothing),
    ("get", "/v1/customers/{customer}/groups/{group}/rooms", Who::OnGroup(Permission::GroupsView), Sent::Nothing),
    ("patch", GROUP, Who::OnGroup(Permission::GroupsModify), Sent::StaleBody("{}")),
    ("delete", GROUP, Who::OnGroup(Permission::GroupsModify), Sent::Stale),
    (
        "post",
        "/v1/customers/{customer}/rings",
        Who::OnRings,
        Sent::Body(r#"{"order":0,"name":"","deferralDays":0,"rolloutDays":1,"testDays":1}"#),
    ),
    ("patch", RING, Who::OnRings, Sent::StaleBody("{}")),
    ("delete", RING, Who::OnRings, Sent::Stale),
    ("post", "/v1/customers/{customer}/rings/{ring}/rooms", Who::OnRings, Sent::StaleBody(r#"{"rooms":[]}"#)),
    ("get", "/v1/customers/{customer}/updates", Who::Permission(Permission::RingsView), Sent::Nothing),
    ("get", UPDATE, Who::Permission(Permission::RingsView), Sent::Nothing),
    ("post", ACT_ON_UPDATE, Who::OnRings, Sent::StaleBody(r#"{"kind":"resume"}"#)),
    ("get", "/v1/customers/{customer}/rooms/{room}/updates", Who::OnRoom(Permission::RingsView), Sent::Nothing),
    // What somebody does not see they may name all the same: nothing comes of it, and nothing is said.
    (
        "put",
        "/v1/me/read-marks",
        Who::Anybody,
        Sent::Body(r#"{"marks":[{"customerId":"CUSTOMER","number":"ALPHAA-000001","messages":1}]}"#),
    ),
    ("put", "/v1/me/views/{view}", Who::Anybody, Sent::Body(r#"{"name":"","page":"incidents","filter":""}"#)),
    ("delete", "/v1/me/views/{view}", Who::Saves, Sent::Stale),
    ("get", "/v1/directory", Who::Gives, Sent::Nothing),
    ("post", "/v1/plans/preview", Who::Anybody, Sent::Body(r#"{"customers":["CUSTOMER"],"step":{"addPrimaryAdmins":{"principals":[]}}}"#)),
    (
        "post",
        "/v1/plans/apply",
        Who::Anybody,
        Sent::Body(r#"{"customers":[{"id":"CUSTOMER","version":"x"}],"step":{"addPrimaryAdmins":{"principals":[]}}}"#),
    ),
    ("get", "/v1/partners", Who::CustomerAdministrators, Sent::Nothing),
    ("get", "/v1/partner-domain", Who::CustomerAdministrators, Sent::Nothing),
    (
        "post",
        "/v1/partners",
        Who::CustomerAdministrators,
        Sent::Body(r#"{"domain":"partnr.example","expiresInDays":7,"rooms":[],"termsAccepted":false}"#),
    ),
    ("get", "/v1/partners/{partner}", Who::CustomerAdministrators, Sent::Nothing),
    ("patch", "/v1/partners/{partner}", Who::CustomerAdministrators, Sent::StaleBody("{}")),
    ("delete", "/v1/partners/{partner}", Who::CustomerAdministrators, Sent::Stale),
    ("delete", "/v1/partners/{invited}/invitation", Who::CustomerAdministrators, Sent::Nothing),
    ("delete", "/v1/partners/{partner}/roles/{builtin}", Who::CustomerAdministrators, Sent::Stale),
    // Who sees nothing of it gets nothing of it: what is in it is looked at in [`crate::relations`].
    ("get", "/v1/waiting-requests", Who::Anybody, Sent::Nothing),
    ("get", "/v1/change-requests", Who::CustomerAdministrators, Sent::Nothing),
    ("post", "/v1/change-requests/{request}/approve", Who::CustomerAdministrators, Sent::Stale),
    ("post", "/v1/change-requests/{request}/reject", Who::CustomerAdministrators, Sent::Stale),
];

/// The routes of the table, as the service's document spells them.
pub(crate) fn written() -> impl Iterator<Item = (String, String)> {
    let spelled = |path: &str| path.replace("{invited}", "{partner}").replace("{builtin}", "{role}");
    ROUTES.iter().map(move |(method, path, ..)| ((*method).to_owned(), spelled(path)))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Partner,
    Customer,
    /// Of an organisation that has nothing to do with A.
    Elsewhere,
}

struct Person {
    name: String,
    side: Side,
    token: String,
    /// What they hold at A.
    permissions: PermissionSet,
    /// Whether over everything there.
    everywhere: bool,
    /// Global or Managed Service Administrator of their own organisation.
    administrator: bool,
    tenant_manager: bool,
    primary_admin: bool,
}

struct World {
    app: TestApp,
    people: Vec<Person>,
    ids: BTreeMap<&'static str, String>,
    rooms: BTreeMap<&'static str, RoomId>,
    /// One of each room, by its room's name, and one without rooms, which is A's own.
    groups: BTreeMap<&'static str, RoomGroupId>,
    /// One in each room, and at A one without a room.
    incidents: Vec<(&'static str, TicketNumber)>,
}

/// The partner works for A and B; C invites it, D's invitation it declined, with E it has ended. A has its own roles, and the partner has there.
async fn world() -> World {
    let app = TestApp::start().await;
    let estate = app.estate();
    let partner = estate.tenant(1, "Partner", "PARTNR", true, false).await;
    let invited = estate.tenant(9, "Invited", "INVTED", true, false).await;
    let names =
        [("a", "Alpha", "ALPHAA"), ("b", "Beta", "BETABB"), ("c", "Gamma", "GAMMAC"), ("d", "Delta", "DELTAD"), ("e", "Epsilon", "EPSILO")];
    let (mut customers, mut rooms) = (BTreeMap::new(), BTreeMap::new());
    for (n, (short, name, prefix)) in (2u128..).zip(names) {
        customers.insert(short, estate.tenant(n, name, prefix, false, true).await);
    }
    for (n, customer, name) in [(21, "a", "a1"), (22, "a", "a2"), (23, "a", "a3"), (31, "b", "b1"), (61, "e", "e1")] {
        rooms.insert(name, estate.room(customers[customer], n, name).await);
    }
    let (a, b, e) = (customers["a"], customers["b"], customers["e"]);
    let mut groups = BTreeMap::from([("a", estate.room_group(a, 170, &[]).await)]);
    for (n, name) in (171..).zip(["a1", "a2", "a3", "b1", "e1"]) {
        groups.insert(name, estate.room_group(customers[&name[..1]], n, &[rooms[name]]).await);
    }
    let [ring_of_a, ring_of_b] = [estate.ring(a, 180, 9).await, estate.ring(b, 181, 9).await];
    let update = estate.update(190, "Teams Rooms app", "5.4").await;
    let mut incidents = Vec::new();
    for (n, prefix, name) in [(1, "ALPHAA", "a1"), (2, "ALPHAA", "a2"), (3, "ALPHAA", "a3"), (1, "BETABB", "b1"), (1, "EPSILO", "e1")] {
        let customer = customers[&name[..1]];
        let kind = if name == "a2" { IncidentType::Signal(SignalId::CameraRoom) } else { IncidentType::CustomerReported };
        let number = number(prefix, n);
        estate.incident(NewIncident { kind, ..NewIncident::new(number, customer, &[rooms[name]], app.clock.now()) }).await;
        incidents.push((name, number));
    }
    let roomless = NewIncident { kind: IncidentType::CustomerReported, ..NewIncident::new(number("ALPHAA", 9), a, &[], app.clock.now()) };
    incidents.push(("a", roomless.number));
    estate.incident(roomless).await;
    let column = BuiltInRole::PrimaryAdmins.permissions();
    estate.delegate(partner, a, &[rooms["a1"], rooms["a2"]], column).await;
    estate.delegate(partner, b, &[rooms["b1"]], column).await;
    estate.delegate(partner, e, &[rooms["e1"]], column).await;

    let mut people = Vec::new();
    let mut next = 1_000;
    let mut add = async |tenant: TenantId, name: &str, permissions: PermissionSet, everywhere: bool| -> UserKey {
        next += 1;
        let user = estate.user(tenant, next, name).await;
        let side = if tenant == partner {
            Side::Partner
        } else if tenant == a {
            Side::Customer
        } else {
            Side::Elsewhere
        };
        if !permissions.is_empty() {
            let rooms: &[RoomId] = if everywhere { &[] } else { &[rooms["a1"]] };
            estate.assign(next + 10_000, a, (side == Side::Partner).then_some(partner), user, permissions, rooms, &[]).await;
        }
        let token = if name.contains("Global Administrator") { app.admin_token(user) } else { app.token(user) };
        people.push(Person {
            name: name.to_owned(),
            side,
            token,
            permissions,
            everywhere,
            administrator: name.contains("Administrator"),
            tenant_manager: name.contains("tenant manager"),
            primary_admin: false,
        });
        user
    };
    let none = PermissionSet::NONE;
    for permission in Permission::ALL {
        for (tenant, side) in [(partner, "partner's"), (a, "customer's")] {
            for everywhere in [true, false] {
                let reach = if everywhere { "everywhere" } else { "in one room" };
                // Beyond the ceiling a partner's role conveys nothing (A9).
                let holds = PermissionSet::of(&[*permission]);
                add(tenant, &format!("{side} {permission} {reach}"), holds, everywhere).await;
            }
        }
    }
    add(a, "site lead", BuiltInRole::SiteLead.permissions(), true).await;
    add(a, "site tech", BuiltInRole::SiteTech.permissions(), true).await;
    let works = PermissionSet::of(&[Permission::TicketsView, Permission::TicketsUpdate]);
    add(partner, "helpdesk in one room", works, false).await;
    add(partner, "helpdesk everywhere", works, true).await;
    add(a, "own helpdesk in one room", works, false).await;
    let keeps = PermissionSet::of(&[Permission::RoomsView, Permission::RoomsModify]);
    add(partner, "keeper of one room", keeps, false).await;
    let groups_of_one = PermissionSet::of(&[Permission::GroupsView, Permission::GroupsModify, Permission::GroupsCreate]);
    add(a, "own keeper of the groups of one room", groups_of_one, false).await;
    let rings_of_one = PermissionSet::of(&[Permission::RoomsView, Permission::RingsView, Permission::RingsModify]);
    add(partner, "keeper of the rings of one room", rings_of_one, false).await;
    add(a, "own keeper of the rings of one room", rings_of_one, false).await;
    let hands = PermissionSet::of(&[Permission::RoomsView, Permission::RoomsCreate, Permission::RoomsUnenroll]);
    add(a, "own hands in one room", hands, false).await;
    add(partner, "nobody", none, false).await;
    add(partner, "Global Administrator of the partner", none, false).await;
    add(a, "Global Administrator of the customer", none, false).await;
    add(invited, "Global Administrator of another partner", none, false).await;
    add(customers["b"], "Global Administrator of another customer", none, false).await;
    let msa = add(partner, "Administrator of the partner", none, false).await;
    let tm = add(partner, "tenant manager", none, false).await;
    let customer_msa = add(a, "Administrator of the customer", none, false).await;
    let primary = add(partner, "primary admin", none, true).await;
    let ended = add(partner, "once primary admin of a customer that is gone", none, false).await;
    estate.portal_role(msa, PortalRole::ManagedServiceAdministrator).await;
    estate.portal_role(tm, PortalRole::TenantManager).await;
    estate.portal_role(customer_msa, PortalRole::ManagedServiceAdministrator).await;
    let kept = estate.user(partner, 60, "A manager to remove").await;
    for (n, customer, admin) in [(700, a, primary), (710, b, msa), (720, e, ended)] {
        estate.primary_admins(n, partner, customer, column, admin).await;
    }
    estate.end_relationship(partner, e).await;
    for person in &mut people {
        match person.name.as_str() {
            "primary admin" => (person.permissions, person.primary_admin) = (column, true),
            "Administrator of the customer" | "Global Administrator of the customer" => {
                (person.permissions, person.everywhere) = (PermissionSet::ALL, true);
            }
            _ => {}
        }
        if person.side == Side::Partner {
            person.permissions = person.permissions.and(column);
        }
    }
    // The roles that are asked for: one of each side at A, and one of the partner's at B.
    let subject = estate.user(partner, 61, "Subject").await;
    let own = estate.user(a, 62, "Own").await;
    let view = PermissionSet::of(&[Permission::TicketsView]);
    estate.assign(800, a, Some(partner), subject, view, &[rooms["a1"]], &[]).await;
    estate.assign(801, a, None, own, view, &[rooms["a1"]], &[]).await;
    estate.assign(802, b, Some(partner), subject, view, &[], &[]).await;
    // She works on A's incidents, and has begun to send a file to the first.
    let sender = estate.user(partner, 63, "Sender").await;
    estate.assign(803, a, Some(partner), sender, works, &[], &[]).await;
    let upload = estate.attachment(860, number("ALPHAA", 1), sender, None).await;
    estate.waiting_request(850, partner, a, subject).await;

    let mut ids: BTreeMap<&'static str, String> = customers.iter().map(|(name, customer)| (*name, customer.to_string())).collect();
    ids.extend([
        ("partner", partner.to_string()),
        ("invited", invited.to_string()),
        ("role of the partner", id(800).to_string()),
        ("role of the customer", id(801).to_string()),
        ("role at b", id(802).to_string()),
        ("built in", id(700).to_string()),
        ("request", id(850).to_string()),
        ("manager", kept.user_id.to_string()),
        ("admin", primary.user_id.to_string()),
        ("subject", subject.user_id.to_string()),
        ("own", own.user_id.to_string()),
        ("upload", upload.id.to_string()),
        ("invitation", id(90).to_string()),
        ("denied invitation", id(91).to_string()),
        ("invitation of another", id(92).to_string()),
        ("ring of a", ring_of_a.to_string()),
        ("ring of b", ring_of_b.to_string()),
        ("update", update.to_string()),
        ("unknown", id(987_654).to_string()),
    ]);
    World { app, people, ids, rooms, groups, incidents }
}

/// The assignment that [`crate::support`] writes with a role.
fn assignment_of(role: &str) -> String {
    role.parse::<uuid::Uuid>().map_or_else(|_| role.to_owned(), |role| uuid::Uuid::from_u128(role.as_u128() + 500_000).to_string())
}

impl World {
    fn customer(&self, name: &str) -> TenantId {
        self.ids[name].parse().unwrap()
    }

    /// What one request may use up is there again for the next.
    async fn restore(&self, path: &str) {
        let estate = self.app.estate();
        let later = self.app.clock.now().plus(std::time::Duration::from_secs(3_600));
        if path.contains("{invitation}") {
            estate.invite_again(90, self.customer("c"), self.customer("partner"), later).await;
            estate.invite_again(92, self.customer("c"), self.customer("invited"), later).await;
        }
        if path.contains("{invited}") {
            estate.invite_again(93, self.customer("a"), self.customer("invited"), later).await;
        }
        if path.contains("/tenant-managers/") {
            let manager = UserKey { tenant_id: self.customer("partner"), user_id: self.ids["manager"].parse().unwrap() };
            estate.portal_role(manager, PortalRole::TenantManager).await;
        }
    }

    fn answers(person: &Person) -> bool {
        person.side == Side::Partner && (person.administrator || person.tenant_manager)
    }

    /// Every address of a route, with whether this person gets an answer there.
    fn addresses(&self, path: &str, who: Who, person: &Person) -> Vec<(String, bool)> {
        let ids = &self.ids;
        let odd = ["nonsense".to_owned(), ids["unknown"].clone()];
        let may = |customer: &str| match who {
            Who::Anybody => true,
            Who::Answers => Self::answers(person),
            Who::PartnerAdministrators => {
                // The administrators of another partner see their own managers at the same address.
                let elsewhere = person.name == "Global Administrator of another partner" && !path.contains("{principal}");
                person.administrator && (person.side == Side::Partner || elsewhere)
            }
            Who::CustomerAdministrators => {
                // The administrators of B see what is B's own at the same addresses.
                let at_b = person.name == "Global Administrator of another customer";
                let of_a = ["{invited}", "{builtin}", "{request}"].iter().any(|part| path.contains(part));
                person.administrator && (person.side == Side::Customer || (at_b && !of_a))
            }
            Who::Gives => {
                person.permissions.contains(Permission::RolesModify)
                    || Self::answers(person)
                    || (person.administrator && person.name.contains("partner"))
                    || (person.administrator && person.name.contains("customer"))
            }
            Who::KnowsCustomer => match customer {
                "a" => Self::answers(person) || (person.side == Side::Partner && !person.permissions.is_empty()),
                "b" => Self::answers(person),
                _ => false,
            },
            Who::PrimaryAdmin => {
                (customer == "a" && person.primary_admin) || (customer == "b" && person.name == "Administrator of the partner")
            }
            Who::ChangesAdmins => match customer {
                "a" => {
                    Self::answers(person)
                        || (person.side == Side::Partner && person.everywhere && person.permissions.contains(Permission::RolesModify))
                }
                "b" => Self::answers(person),
                _ => false,
            },
            Who::Permission(permission) => self.holds(person, customer, permission),
            Who::Keys => {
                self.holds(person, customer, Permission::RoomsDownloadKey) || self.holds(person, customer, Permission::RoomsResetKey)
            }
            Who::WorksOnIncident => {
                self.holds(person, customer, Permission::TicketsView) && self.holds(person, customer, Permission::TicketsUpdate)
            }
            Who::Sends | Who::Saves => false,
            Who::OnRoom(permission) => self.holds(person, customer, Permission::RoomsView) && self.holds(person, customer, permission),
            Who::OnGroup(permission) => self.holds(person, customer, Permission::GroupsView) && self.holds(person, customer, permission),
            Who::OnRings => self.holds(person, customer, Permission::RingsView) && self.holds(person, customer, Permission::RingsModify),
            Who::MakesRoles => {
                self.holds(person, customer, Permission::RolesModify) && (person.side == Side::Partner || person.administrator)
            }
        };
        if path.contains("{invitation}") {
            let fill = |invitation: &str| path.replace("{invitation}", invitation);
            let others = person.name == "Global Administrator of another partner";
            let mut found = vec![(fill(&ids["invitation"]), may("c")), (fill(&ids["invitation of another"]), others)];
            found.extend(odd.iter().chain([&ids["denied invitation"]]).map(|odd| (fill(odd), false)));
            return found;
        }
        if path.contains("{view}") {
            // Of the unknown ids, one may save under each that is one; the other is no id at all.
            return odd.iter().map(|odd| (path.replace("{view}", odd), may("a") && odd == &ids["unknown"])).collect();
        }
        if !path.contains("{customer}") {
            let fill = |partner: &str| {
                path.replace("{partner}", partner)
                    .replace("{invited}", &ids["invited"])
                    .replace("{builtin}", &ids["built in"])
                    .replace("{request}", &ids["request"])
                    .replace("{principal}", &ids["manager"])
            };
            let query = match path {
                "/v1/directory" => "?q=a",
                "/v1/partner-domain" => "?domain=partnr.example",
                _ => "",
            };
            let mut found = vec![(fill(&ids["partner"]) + query, may("a"))];
            if path.contains("{partner}") {
                // For an administrator of A there is no such partner either.
                found.extend(odd.iter().map(|odd| (fill(odd), false)));
            }
            return found;
        }
        let mut found = Vec::new();
        for customer in ["a", "b", "c", "d", "e"] {
            let fill = |role: &str| {
                path.replace("{customer}", &ids[customer])
                    .replace("{role}", role)
                    .replace("{assignment}", &assignment_of(role))
                    .replace("{principal}", &ids["admin"])
                    .replace("{attachment}", &ids["upload"])
            };
            if path.contains("{role}") {
                let partners = person.side == Side::Partner;
                found.push((fill(&ids["role of the partner"]), customer == "a" && partners && may("a")));
                found.push((fill(&ids["role of the customer"]), customer == "a" && person.side == Side::Customer && may("a")));
                found.push((fill(&ids["role at b"]), customer == "b" && partners && may("b")));
                found.extend(odd.iter().map(|odd| (fill(odd), false)));
            } else if path.ends_with("/access") {
                // Nobody of A's people is B's: what its administrators ask is no question of this table.
                if customer == "b" && person.side == Side::Elsewhere {
                    continue;
                }
                for (name, room) in &self.rooms {
                    let who = if person.side == Side::Partner { &ids["subject"] } else { &ids["own"] };
                    let in_reach = match (person.side, person.everywhere) {
                        (Side::Customer, true) => name.starts_with('a'),
                        (_, true) => ["a1", "a2"].contains(name),
                        (_, false) => *name == "a1",
                    };
                    let address = format!("{}?user={who}&permission=rooms.view&room={room}", fill(""));
                    let there = (customer == "a" && in_reach) || (customer == "b" && *name == "b1");
                    found.push((address, there && may(customer)));
                }
            } else if path.contains("{number}") {
                // At other addresses than its own one of them stands for all.
                for (name, number) in
                    self.incidents.iter().filter(|(name, _)| customer == "a" || name.starts_with(customer) || *name == "a1")
                {
                    // The one without a room is the customer's own: a partner does not see it (A23), and one room is not everything.
                    let in_reach = match (person.side, person.everywhere) {
                        (Side::Customer, true) => name.starts_with('a'),
                        (_, true) => ["a1", "a2"].contains(name),
                        (_, false) => *name == "a1",
                    };
                    let there = (customer == "a" && in_reach) || (customer == "b" && *name == "b1");
                    found.push((fill("").replace("{number}", number.as_str()), there && may(customer)));
                }
                let odd = if customer == "a" { &["nonsense", "ALPHAA-ZZZZZZ"][..] } else { &[] };
                found.extend(odd.iter().map(|odd| (fill("").replace("{number}", odd), false)));
            } else if path.contains("{group}") {
                for (name, group) in self.groups.iter().filter(|(name, _)| customer == "a" || name.starts_with(customer) || **name == "a1")
                {
                    // The one without rooms is the customer's own, as an incident without rooms is (A23).
                    let in_reach = match (person.side, person.everywhere) {
                        (Side::Customer, true) => name.starts_with('a'),
                        (_, true) => ["a1", "a2"].contains(name),
                        (_, false) => *name == "a1",
                    };
                    let there = (customer == "a" && in_reach) || (customer == "b" && *name == "b1");
                    found.push((fill("").replace("{group}", &group.to_string()), there && may(customer)));
                }
                if customer == "a" {
                    found.extend(odd.iter().map(|odd| (fill("").replace("{group}", odd), false)));
                }
            } else if path.contains("{ring}") {
                // Whoever may change rings at a customer is told of each of its rings.
                for owner in ["a", "b"] {
                    found.push((fill("").replace("{ring}", &ids[&*format!("ring of {owner}")]), customer == owner && may(customer)));
                }
                if customer == "a" {
                    found.extend(odd.iter().map(|odd| (fill("").replace("{ring}", odd), false)));
                }
            } else if path.contains("{update}") {
                // The catalogue is everybody's, and there it is for whoever sees rings.
                found.push((fill("").replace("{update}", &ids["update"]), may(customer)));
                if customer == "a" {
                    found.extend(odd.iter().map(|odd| (fill("").replace("{update}", odd), false)));
                }
            } else if path.contains("{room}") {
                for (name, room) in self.rooms.iter().filter(|(name, _)| customer == "a" || name.starts_with(customer) || **name == "a1") {
                    let in_reach = match (person.side, person.everywhere) {
                        (Side::Customer, true) => name.starts_with('a'),
                        (_, true) => ["a1", "a2"].contains(name),
                        (_, false) => *name == "a1",
                    };
                    let there = (customer == "a" && in_reach) || (customer == "b" && *name == "b1");
                    found.push((fill("").replace("{room}", &room.to_string()), there && may(customer)));
                }
                if customer == "a" {
                    found.extend(odd.iter().map(|odd| (fill("").replace("{room}", odd), false)));
                }
            } else if path.contains("{principal}") {
                // At B somebody else is the last one.
                found.push((fill(""), customer == "a" && may("a")));
            } else {
                found.push((fill(""), may(customer)));
            }
        }
        found.extend(odd.iter().map(|odd| {
            (
                path.replace("{customer}", odd)
                    .replace("{number}", "ALPHAA-ZZZZZZ")
                    .replace("{room}", odd)
                    .replace("{group}", odd)
                    .replace("{ring}", odd)
                    .replace("{update}", odd)
                    .replace("{role}", odd)
                    .replace("{assignment}", odd)
                    .replace("{principal}", odd)
                    .replace("{attachment}", odd),
                false,
            )
        }));
        found
    }

    /// What a person holds at a customer: at A by the table, at B the one administrator who is its Primary admin, and a customer's own administrators.
    fn holds(&self, person: &Person, customer: &str, permission: Permission) -> bool {
        match customer {
            "a" => person.permissions.contains(permission),
            "b" => {
                let column = BuiltInRole::PrimaryAdmins.permissions();
                (person.name == "Administrator of the partner" && column.contains(permission))
                    || person.name == "Global Administrator of another customer"
            }
            _ => false,
        }
    }

    /// How many times longer one of two addresses takes, whichever it is.
    async fn ratio(&self, method: &str, addresses: [&String; 2], token: &str, sent: Sent) -> f64 {
        const PAIRS: usize = 500;
        let mut times = [Vec::with_capacity(PAIRS), Vec::with_capacity(PAIRS)];
        for round in 0..PAIRS {
            for turn in 0..2 {
                // Who goes first changes, so that what a pair leaves behind falls on both.
                let at = (round + turn) % 2;
                let start = std::time::Instant::now();
                let answer = self.send(method, addresses[at], Some(token), sent).await;
                times[at].push(start.elapsed());
                assert_eq!(answer.status, StatusCode::NOT_FOUND);
            }
        }
        times.iter_mut().for_each(|times| times.sort_unstable());
        let [one, other] = times.map(|times| times[PAIRS / 2].as_secs_f64());
        (one / other).max(other / one)
    }

    async fn send(&self, method: &str, address: &str, token: Option<&str>, sent: Sent) -> Answer {
        if sent == Sent::Bytes {
            return self.app.send_bytes(address, token, &[("upload-offset", "0")], "abc".into()).await;
        }
        let (stale, body) = match sent {
            Sent::Nothing | Sent::Bytes => (false, None),
            Sent::Stale => (true, None),
            Sent::Body(body) => (false, Some(body)),
            Sent::StaleBody(body) => (true, Some(body)),
        };
        let body: Option<Value> = body.map(|body| serde_json::from_str(&body.replace("CUSTOMER", &self.ids["a"])).unwrap());
        let headers: &[(&str, &str)] = if stale { &[("if-match", "\"999999\"")] } else { &[] };
        self.app.ask(method.to_uppercase().parse::<Method>().unwrap(), address, token, headers, body.as_ref()).await
    }
}

#[tokio::test]
async fn every_changing_route_answers_every_person_as_the_matrix_says_and_hides_the_rest_alike() {
    ask_every_second_route(0).await;
}

#[tokio::test]
async fn every_other_changing_route_answers_so_too() {
    ask_every_second_route(1).await;
}

/// Every second of the routes, from that place: it takes minutes, which two tests share.
async fn ask_every_second_route(from: usize) {
    let world = world().await;
    assert_eq!(world.people.len(), 19 * 4 + 20);
    // Both halves compare with the same.
    let nobody = world.people.iter().find(|person| person.name == "nobody").unwrap();
    let unknown = format!("/v1/customers/{}/roles", world.ids["unknown"]);
    let hidden = world.send("get", &unknown, Some(&nobody.token), Sent::Nothing).await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);
    let hidden = hidden.without_request_id();
    let (mut shown, mut refused) = (0, 0);
    for (method, path, who, sent) in ROUTES.iter().skip(from).step_by(2) {
        for person in &world.people {
            for (address, seen) in world.addresses(path, *who, person) {
                world.restore(path).await;
                let answer = world.send(method, &address, Some(&person.token), *sent).await;
                let what = format!("{method} {address} for {}", person.name);
                if seen {
                    let expected: &[u16] = match sent {
                        Sent::Nothing => &[200, 201, 204, 409],
                        Sent::Stale | Sent::StaleBody(_) => &[409, 412],
                        Sent::Body(_) => &[200, 204, 400, 409],
                        Sent::Bytes => &[200, 409],
                    };
                    assert!(
                        expected.contains(&answer.status.as_u16()),
                        "{what}: {} {}",
                        answer.status,
                        String::from_utf8_lossy(&answer.body)
                    );
                    shown += 1;
                } else {
                    assert_eq!(answer.status, StatusCode::NOT_FOUND, "{what}: {}", String::from_utf8_lossy(&answer.body));
                    assert_eq!(hidden, answer.without_request_id(), "{what}: told apart from another 404");
                    refused += 1;
                }
            }
        }
        world.restore(path).await;
        let address = world.addresses(path, *who, &world.people[0]).remove(0).0;
        let nobody = world.send(method, &address, None, *sent).await;
        assert_eq!(nobody.status, StatusCode::UNAUTHORIZED, "{method} {path} without a token");
    }
    assert!(shown > 150 && refused > 10_000, "{shown} shown, {refused} refused");
}

#[tokio::test]
async fn a_version_must_be_named_before_anything_is_looked_up() {
    let world = world().await;
    let nobody = world.people.iter().find(|person| person.name == "nobody").unwrap();
    for (method, path, who, sent) in ROUTES {
        let bare = match sent {
            Sent::Stale => Sent::Nothing,
            Sent::StaleBody(body) => Sent::Body(body),
            _ => continue,
        };
        for (address, _) in world.addresses(path, *who, nobody) {
            if address.contains("nonsense") {
                continue;
            }
            let answer = world.send(method, &address, Some(&nobody.token), bare).await;
            assert_eq!(answer.status, StatusCode::PRECONDITION_REQUIRED, "{method} {address}");
        }
    }
}

/// Forbidden and unknown take equally long: the median of the one over that of the other, asked in turn. Where a machine that is busy with other
/// things says otherwise, it is asked again: a difference that is there shows every time.
#[tokio::test]
async fn what_is_forbidden_takes_as_long_as_what_is_unknown() {
    const MOST: f64 = 1.3;
    let world = world().await;
    let nobody = &world.people.iter().find(|person| person.name == "nobody").unwrap().token;
    let (a, unknown) = (&world.ids["a"], &world.ids["unknown"]);
    let pairs = [
        ("get", format!("/v1/customers/{a}/rooms/{}", world.rooms["a1"]), format!("/v1/customers/{a}/rooms/{unknown}"), Sent::Nothing),
        ("get", format!("/v1/customers/{a}/roles"), format!("/v1/customers/{unknown}/roles"), Sent::Nothing),
        ("delete", format!("/v1/customers/{a}"), format!("/v1/customers/{unknown}"), Sent::Stale),
        ("patch", format!("/v1/customers/{a}/roles/{}", id(800)), format!("/v1/customers/{a}/roles/{unknown}"), Sent::StaleBody("{}")),
        (
            "post",
            format!("/v1/customers/{a}/incidents/{}/messages", world.incidents[0].1),
            format!("/v1/customers/{a}/incidents/ALPHAA-ZZZZZZ/messages"),
            Sent::Body(r#"{"text":"x"}"#),
        ),
        ("post", format!("/v1/invitations/{}/deny", id(90)), format!("/v1/invitations/{unknown}/deny"), Sent::Nothing),
    ];
    world.restore("{invitation}").await;
    for (method, forbidden, missing, sent) in pairs {
        let mut ratios = Vec::new();
        while ratios.len() < 3 && ratios.last().is_none_or(|ratio| *ratio > MOST) {
            ratios.push(world.ratio(method, [&forbidden, &missing], nobody, sent).await);
        }
        assert!(ratios.last().is_some_and(|ratio| *ratio <= MOST), "{method} {forbidden}: {ratios:?}");
    }
}

#[tokio::test]
async fn plans_say_of_a_customer_that_is_not_ones_own_what_they_say_of_none() {
    let world = world().await;
    for person in &world.people {
        for customer in ["a", "b", "c", "d", "e", "unknown"] {
            let customer = &world.ids[customer];
            let plan = json!({ "customers": [customer], "step": { "addPrimaryAdmins": { "principals": [] } } });
            let answer = world.app.ask(Method::POST, "/v1/plans/preview", Some(&person.token), &[], Some(&plan)).await;
            let rows: Vec<tenantry_model::api::plans::PlanRow> = answer.json();
            let may = world.addresses("/v1/customers/{customer}/primary-admins", Who::ChangesAdmins, person);
            let expected = may.iter().find(|(address, _)| address.contains(customer.as_str())).is_some_and(|(_, seen)| *seen);
            assert_eq!(rows[0].refusal.is_none(), expected, "{} at {customer}", person.name);
            if !expected {
                assert_eq!((rows[0].display_name.as_str(), rows[0].version.as_str()), ("", ""), "{}", person.name);
            }
        }
    }
}
