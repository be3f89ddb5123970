//! Every route × person × (in scope, out of scope, other customer) has one expected answer, derived from the permission matrix. A route that
//! has no row in [`NEEDS`], or in the table of [`crate::write_requests`], fails here: write down what it needs when you add it.

use std::collections::{BTreeMap, BTreeSet};

use http::{Method, StatusCode};
use serde_json::Value;
use tenantry_model::api::{IncidentPage, Me, Page, RoomPage, TenantRow};
use tenantry_model::attachment::FileType;
use tenantry_model::id::{AttachmentId, RoomId, TenantId};
use tenantry_model::permission::{BuiltInRole, Permission, PermissionSet};
use tenantry_model::room::Room;
use tenantry_model::sync::SyncLine;
use tenantry_model::tenancy::{PortalRole, PrincipalKind, TenantStatus};
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Clock;
use tenantry_service::http::openapi;

use crate::support::{Alike, Answer, NewIncident, TestApp, first_sync, id, number};

/// What a route needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Needs {
    /// Nothing: asked before anybody signs in.
    Nothing,
    /// A device's key: a user's token opens nothing.
    DeviceKey,
    /// A signed-in user; what they see is checked by contents.
    SignIn,
    /// Administration of their own organisation (R109, A25).
    Administrator,
    /// This permission somewhere at the customer.
    AtCustomer(Permission),
    /// This permission on the room.
    OnRoom(Permission),
    /// This permission on one of the incident's rooms.
    OnIncident(Permission),
}

const NEEDS: &[(&str, &str, Needs)] = &[
    ("get", "/.well-known/tenantry", Needs::Nothing),
    ("get", "/healthz", Needs::Nothing),
    ("get", "/readyz", Needs::Nothing),
    ("get", "/metrics", Needs::Nothing),
    ("get", "/openapi.json", Needs::Nothing),
    ("post", "/v1/agent/enrol", Needs::DeviceKey),
    ("post", "/v1/agent/signals", Needs::DeviceKey),
    ("post", "/v1/agent/events", Needs::DeviceKey),
    ("post", "/v1/agent/updates", Needs::DeviceKey),
    ("post", "/v1/agent/usage", Needs::DeviceKey),
    ("get", "/v1/me", Needs::SignIn),
    ("get", "/v1/me/views", Needs::SignIn),
    ("get", "/v1/me/organisation", Needs::SignIn),
    ("get", "/v1/tenants", Needs::SignIn),
    ("get", "/v1/incidents", Needs::SignIn),
    ("get", "/v1/sync", Needs::SignIn),
    ("get", "/v1/events", Needs::SignIn),
    ("get", "/v1/audit", Needs::Administrator),
    ("get", "/v1/audit/export", Needs::Administrator),
    ("get", "/v1/customers/{customer}/rooms", Needs::AtCustomer(Permission::RoomsView)),
    ("get", "/v1/customers/{customer}/rooms/{room}", Needs::OnRoom(Permission::RoomsView)),
    ("get", "/v1/customers/{customer}/rooms/{room}/signals", Needs::OnRoom(Permission::RoomsView)),
    ("get", "/v1/customers/{customer}/rooms/{room}/events", Needs::OnRoom(Permission::RoomsView)),
    ("get", "/v1/customers/{customer}/groups", Needs::AtCustomer(Permission::GroupsView)),
    ("get", "/v1/customers/{customer}/rings", Needs::AtCustomer(Permission::RingsView)),
    ("get", "/v1/customers/{customer}/reports/overview", Needs::AtCustomer(Permission::ReportsView)),
    ("get", "/v1/customers/{customer}/reports/health", Needs::AtCustomer(Permission::ReportsView)),
    ("get", "/v1/customers/{customer}/reports/usage", Needs::AtCustomer(Permission::ReportsView)),
    ("get", "/v1/customers/{customer}/reports/rooms", Needs::AtCustomer(Permission::ReportsView)),
    ("get", "/v1/customers/{customer}/reports/incidents", Needs::AtCustomer(Permission::ReportsView)),
    ("get", "/v1/customers/{customer}/incidents", Needs::AtCustomer(Permission::TicketsView)),
    ("get", "/v1/customers/{customer}/incidents/{number}", Needs::OnIncident(Permission::TicketsView)),
    ("get", "/v1/customers/{customer}/incidents/{number}/events", Needs::OnIncident(Permission::TicketsView)),
    ("get", "/v1/customers/{customer}/incidents/{number}/attachments/{attachment}/content", Needs::OnIncident(Permission::TicketsView)),
];

/// All routes that the service has, as its own document lists them.
fn routes() -> BTreeSet<(String, String)> {
    let document: Value = serde_json::to_value(openapi()).unwrap();
    let paths = document["paths"].as_object().unwrap();
    paths.iter().flat_map(|(path, methods)| methods.as_object().unwrap().keys().map(move |method| (method.clone(), path.clone()))).collect()
}

#[test]
fn every_route_says_what_it_needs() {
    let here = NEEDS.iter().map(|(method, path, _)| ((*method).to_owned(), (*path).to_owned()));
    let written: Vec<(String, String)> = here.chain(crate::write_requests::written()).collect();
    assert_eq!(routes(), written.iter().cloned().collect::<BTreeSet<_>>());
    assert_eq!(written.len(), routes().len(), "a route stands there twice");
}

/// Somebody, and what they may do at customer A: on its first room, or on all of it.
struct Person {
    name: String,
    token: String,
    permissions: PermissionSet,
    whole_customer: bool,
    /// Whether they administer their own organisation, whichever it is.
    administrator: bool,
}

struct World {
    app: TestApp,
    people: Vec<Person>,
    customers: BTreeMap<&'static str, TenantId>,
    rooms: BTreeMap<&'static str, RoomId>,
    incidents: BTreeMap<&'static str, TicketNumber>,
    /// One of each incident.
    attachments: BTreeMap<&'static str, AttachmentId>,
}

/// Three customers, two of them of the partner. A: one room in everybody's scope, one delegated but in nobody's, one not delegated.
async fn world() -> World {
    let app = TestApp::start().await;
    let estate = app.estate();
    let partner = estate.tenant(1, "Partner", "PARTNR", true, false).await;
    let a = estate.tenant(2, "Alpha", "ALPHAA", false, true).await;
    let b = estate.tenant(3, "Beta", "BETABB", false, true).await;
    let c = estate.tenant(4, "Gamma", "GAMMAC", false, true).await;
    estate.general_ring(a, 70).await;
    let mut rooms = BTreeMap::new();
    for (n, customer, name) in [(21, a, "a1"), (22, a, "a2"), (23, a, "a3"), (31, b, "b1"), (41, c, "c1")] {
        rooms.insert(name, estate.room(customer, n, name).await);
    }
    let column = BuiltInRole::PrimaryAdmins.permissions();
    estate.room_group(a, 71, &[rooms["a1"], rooms["a2"], rooms["a3"]]).await;
    estate.delegate(partner, a, &[rooms["a1"], rooms["a2"]], column).await;
    estate.delegate(partner, b, &[rooms["b1"]], column).await;
    estate.invite(90, c, partner, app.clock.now().plus(std::time::Duration::from_secs(60))).await;
    let (mut incidents, mut attachments) = (BTreeMap::new(), BTreeMap::new());
    for (n, customer, prefix, name) in
        [(1, a, "ALPHAA", "a1"), (2, a, "ALPHAA", "a2"), (3, a, "ALPHAA", "a3"), (1, b, "BETABB", "b1"), (1, c, "GAMMAC", "c1")]
    {
        let number = number(prefix, n);
        estate.incident(NewIncident::new(number, customer, &[rooms[name]], app.clock.now())).await;
        incidents.insert(name, number);
    }
    let sender = estate.user(partner, 95, "Sender").await;
    for (n, (name, number)) in (0..).zip(&incidents) {
        let attachment = estate.attachment(900 + n, *number, sender, Some(FileType::Png)).await;
        std::fs::write(app.folder().join("attachments").join(attachment.id.to_string()), "abc").unwrap();
        attachments.insert(*name, attachment.id);
    }

    let mut people = Vec::new();
    let mut next = 1_000;
    let mut add = async |tenant: TenantId, name: &str, permissions: PermissionSet, ceiling: PermissionSet| {
        next += 1;
        let user = estate.user(tenant, next, name).await;
        if !permissions.is_empty() {
            let side = (tenant == partner).then_some(partner);
            estate.assign(next + 10_000, a, side, user, permissions, &[rooms["a1"]], &[]).await;
        }
        let token = if name.starts_with("global administrator") { app.admin_token(user) } else { app.token(user) };
        people.push(Person {
            name: name.to_owned(),
            token,
            permissions: permissions.and(ceiling),
            whole_customer: false,
            administrator: false,
        });
        user
    };
    let all = PermissionSet::ALL;
    let none = PermissionSet::NONE;
    let incidents_only = PermissionSet::of(&[Permission::TicketsView, Permission::TicketsUpdate, Permission::IncidentsCreate]);
    for role in BuiltInRole::ALL {
        match role {
            // The Managed Service Administrator is a portal role: below.
            BuiltInRole::ManagedServiceAdministrator => {}
            BuiltInRole::SiteLead | BuiltInRole::SiteTech => {
                add(a, role.as_str(), role.permissions(), all).await;
            }
            BuiltInRole::PrimaryAdmins => {
                add(partner, role.as_str(), role.permissions(), column).await;
            }
        }
    }
    add(partner, "incidents only", incidents_only, column).await;
    add(partner, "a partner role beyond the ceiling", all, column).await;
    for permission in Permission::ALL {
        add(a, &format!("customer's {permission}"), PermissionSet::of(&[*permission]), all).await;
        add(partner, &format!("partner's {permission}"), PermissionSet::of(&[*permission]), column).await;
    }
    let elsewhere = add(partner, "primary admin of another customer", none, none).await;
    let tenant_manager = add(partner, "tenant manager", none, none).await;
    let partner_msa = add(partner, "the partner's own administrator", none, none).await;
    let customer_msa = add(a, "administrator of the customer", none, none).await;
    let stranger = add(c, "administrator of a customer that is not the partner's", none, none).await;
    add(partner, "nobody", none, none).await;
    add(partner, "global administrator of the partner", none, none).await;
    add(a, "global administrator of the customer", none, none).await;
    estate.assign(99_000, b, Some(partner), elsewhere, column, &[], &[]).await;
    estate.portal_role(tenant_manager, PortalRole::TenantManager).await;
    estate.portal_role(partner_msa, PortalRole::ManagedServiceAdministrator).await;
    estate.portal_role(customer_msa, PortalRole::ManagedServiceAdministrator).await;
    estate.portal_role(stranger, PortalRole::ManagedServiceAdministrator).await;
    for person in &mut people {
        person.administrator = person.name.starts_with("global administrator")
            || person.name.contains("administrator of")
            || person.name == "the partner's own administrator";
        if ["administrator of the customer", "global administrator of the customer"].contains(&person.name.as_str()) {
            person.permissions = all;
            person.whole_customer = true;
        }
    }
    let customers = BTreeMap::from([("a", a), ("b", b), ("c", c)]);
    World { app, people, customers, rooms, incidents, attachments }
}

impl World {
    async fn get(&self, person: &Person, path: &str) -> Answer {
        self.app.send(Method::GET, path, Some(&person.token)).await
    }

    /// Rooms and incidents of A that the person may see, by the matrix.
    fn in_scope(&self, person: &Person, permission: Permission) -> Vec<&'static str> {
        match (person.permissions.contains(permission), person.whole_customer) {
            (false, _) => vec![],
            (true, false) => vec!["a1"],
            (true, true) => vec!["a1", "a2", "a3"],
        }
    }

    /// Every address of a route, with whether this person gets an answer there.
    fn addresses(&self, path: &str, needs: Needs, person: &Person) -> Vec<(String, bool)> {
        let unknown = id(987_654).to_string();
        let customers =
            [("a", self.customers["a"].to_string()), ("b", self.customers["b"].to_string()), ("c", self.customers["c"].to_string())];
        let odd = [unknown.clone(), "nonsense".to_owned(), "%FF".to_owned(), format!("{}x", self.customers["a"])];
        // Two people are somebody elsewhere: there they get answers, and elsewhere is not what this table is about.
        let elsewhere = match person.name.as_str() {
            "primary admin of another customer" => Some("b"),
            "administrator of a customer that is not the partner's" => Some("c"),
            _ => None,
        };
        let mut found = Vec::new();
        match needs {
            Needs::AtCustomer(permission) => {
                for (name, customer) in &customers {
                    let seen = Some(*name) == elsewhere || (*name == "a" && person.permissions.contains(permission));
                    found.push((path.replace("{customer}", customer), seen));
                }
                found.extend(odd.iter().map(|customer| (path.replace("{customer}", customer), false)));
            }
            Needs::OnRoom(permission) | Needs::OnIncident(permission) => {
                let room = matches!(needs, Needs::OnRoom(_));
                let things: Vec<(&str, String)> = if room {
                    self.rooms.iter().map(|(name, room)| (*name, room.to_string())).collect()
                } else {
                    self.incidents.iter().map(|(name, number)| (*name, number.to_string())).collect()
                };
                let attached = |thing: &str| {
                    let of_incident = self.incidents.iter().find(|(_, number)| number.as_str() == thing);
                    of_incident.map_or_else(|| self.attachments["a1"].to_string(), |(name, _)| self.attachments[name].to_string())
                };
                let fill = |customer: &str, thing: &str| {
                    let path = path.replace("{customer}", customer).replace("{room}", thing).replace("{number}", thing);
                    path.replace("{attachment}", &attached(thing))
                };
                let in_scope = self.in_scope(person, permission);
                for (customer_name, customer) in &customers {
                    for (name, thing) in &things {
                        let theirs = name.starts_with(customer_name);
                        let seen = theirs && (in_scope.contains(name) || Some(*customer_name) == elsewhere);
                        found.push((fill(customer, thing), seen));
                    }
                    let no_such = if room { unknown.clone() } else { "ALPHAA-999999".to_owned() };
                    for thing in [no_such, "nonsense".to_owned(), "%FF".to_owned()] {
                        found.push((fill(customer, &thing), false));
                    }
                }
                for customer in &odd {
                    found.push((fill(customer, &things[0].1), false));
                }
            }
            Needs::Administrator => {
                let good = ["", "?log=product&q=x", "?from=2026-03-01&to=2026-03-02"];
                let questions = if path.ends_with("export") { &good[2..] } else { &good[..] };
                found.extend(questions.iter().map(|question| (format!("{path}{question}"), person.administrator)));
                // How to ask is no business of those who may not.
                let bad = ["", "?nonsense=1", "?from=1990-01-01&to=1990-01-02", "?from=x&to=y"];
                if !person.administrator {
                    found.extend(bad.iter().map(|question| (format!("{path}{question}"), false)));
                }
            }
            Needs::Nothing | Needs::DeviceKey | Needs::SignIn => found.push((path.to_owned(), true)),
        }
        found
    }
}

#[tokio::test]
async fn every_route_answers_every_person_as_the_matrix_says_and_hides_the_rest_alike() {
    let world = world().await;
    assert_eq!(world.people.len(), 3 + 2 + 2 * 19 + 8);
    let mut hidden: Option<Alike> = None;
    let (mut shown, mut refused) = (0, 0);
    for (method, path, needs) in NEEDS {
        let method: Method = method.to_uppercase().parse().unwrap();
        // An event stream does not end by itself: tests/api/events.rs reads it.
        if *path == "/v1/events" {
            continue;
        }
        for person in &world.people {
            for (address, seen) in world.addresses(path, *needs, person) {
                let answer = world.app.send(method.clone(), &address, Some(&person.token)).await;
                let what = format!("{method} {address} for {}", person.name);
                if *needs == Needs::DeviceKey {
                    assert!(
                        [StatusCode::UNAUTHORIZED, StatusCode::UNSUPPORTED_MEDIA_TYPE].contains(&answer.status),
                        "{what}: {}",
                        answer.status
                    );
                } else if seen {
                    assert_eq!(answer.status, StatusCode::OK, "{what}");
                    shown += 1;
                } else {
                    assert_eq!(answer.status, StatusCode::NOT_FOUND, "{what}");
                    let answer = answer.without_request_id();
                    assert_eq!(*hidden.get_or_insert_with(|| answer.clone()), answer, "{what}: told apart from another 404");
                    refused += 1;
                }
            }
        }
        let nobody = world.app.send(method.clone(), &path.replace("{customer}", &world.customers["a"].to_string()), None).await;
        let expected = if *needs == Needs::Nothing { StatusCode::OK } else { StatusCode::UNAUTHORIZED };
        if *needs != Needs::DeviceKey {
            assert_eq!(nobody.status, expected, "{method} {path} without a token");
        }
    }
    assert!(shown > 300 && refused > 2_000, "{shown} shown, {refused} refused");
}

/// The groups and the ring of a room are told to who may see them, as the matrix says.
fn assert_surroundings(person: &Person, room: &Room) {
    let told = (!room.groups.is_empty(), room.ring.is_some());
    let may = [Permission::GroupsView, Permission::RingsView].map(|permission| person.permissions.contains(permission));
    assert_eq!(told, (may[0], may[1]), "{}: {room:?}", person.name);
}

#[tokio::test]
async fn lists_counters_and_sync_show_every_person_what_the_matrix_says_and_no_more() {
    let world = world().await;
    let a = world.customers["a"];
    for person in &world.people {
        let who = &person.name;
        if who.contains("another customer") || who.contains("not the partner's") {
            continue;
        }
        let rooms: BTreeSet<RoomId> = world.in_scope(person, Permission::RoomsView).iter().map(|name| world.rooms[name]).collect();
        let incidents: BTreeSet<TicketNumber> =
            world.in_scope(person, Permission::TicketsView).iter().map(|name| world.incidents[name]).collect();

        let me: Me = world.get(person, "/v1/me").await.json();
        let at: Vec<(TenantId, PermissionSet)> = me.customers.iter().map(|it| (it.id, it.permissions)).collect();
        let expected = if person.permissions.is_empty() { vec![] } else { vec![(a, person.permissions)] };
        assert_eq!(at, expected, "{who}");

        if !rooms.is_empty() {
            let page: RoomPage = world.get(person, &format!("/v1/customers/{a}/rooms")).await.json();
            assert_eq!(page.items.iter().map(|room| room.id).collect::<BTreeSet<_>>(), rooms, "{who}");
            assert_eq!(page.counters.managed as usize, rooms.len(), "{who}: the counters count what is shown (R72)");
            page.items.iter().for_each(|room| assert_surroundings(person, room));
        }
        if !incidents.is_empty() {
            let page: IncidentPage = world.get(person, &format!("/v1/customers/{a}/incidents")).await.json();
            assert_eq!(page.items.iter().map(|row| row.number).collect::<BTreeSet<_>>(), incidents, "{who}");
        }
        let page: IncidentPage = world.get(person, "/v1/incidents").await.json();
        assert_eq!(page.items.iter().map(|row| row.number).collect::<BTreeSet<_>>(), incidents, "{who}: over all customers (R66)");

        let (mut synced_rooms, mut synced_customers) = (BTreeSet::new(), vec![]);
        let (mut synced_incidents, mut synced_rows) = (BTreeSet::new(), BTreeSet::new());
        for line in first_sync(async |path| world.get(person, &path).await).await.0 {
            match line {
                SyncLine::Customer(customer) => synced_customers.push((customer.id, customer.permissions)),
                SyncLine::Room(room) => {
                    assert_surroundings(person, &room);
                    assert!(synced_rooms.insert(room.id));
                }
                SyncLine::Incident(incident) => assert!(synced_incidents.insert(incident.row.number)),
                // All are active: their rows come first.
                SyncLine::IncidentRow(row) => assert!(page.items.contains(&row) && synced_rows.insert(row.number)),
                gone => panic!("{who}: {gone:?} in a snapshot"),
            }
        }
        assert_eq!((&synced_rows, synced_rooms, synced_customers), (&incidents, rooms, expected), "{who}");
        assert_eq!(synced_incidents, incidents, "{who}");

        let tenants: Page<TenantRow> = world.get(person, "/v1/tenants").await.json();
        let named: Vec<(TenantId, TenantStatus)> = tenants.items.iter().map(|row| (row.id, row.status)).collect();
        let b = world.customers["b"];
        let expected = match who.as_str() {
            "tenant manager" | "the partner's own administrator" | "global administrator of the partner" => {
                vec![(a, TenantStatus::Active), (b, TenantStatus::Active), (world.customers["c"], TenantStatus::Pending)]
            }
            _ if person.permissions.is_empty() => vec![],
            _ => vec![(a, TenantStatus::Active)],
        };
        assert_eq!(named, expected, "{who} (R4, R27, R28)");
    }
}

#[tokio::test]
async fn r62_a_change_of_rights_counts_from_the_next_request_on() {
    let world = world().await;
    let a = world.customers["a"];
    let partner = TenantId::from_uuid(id(1));
    let estate = world.app.estate();
    let admin = world.people.iter().find(|person| person.name == "primary_admins").unwrap();
    let tech = world.people.iter().find(|person| person.name == "site_tech").unwrap();
    let room = format!("/v1/customers/{a}/rooms/{}", world.rooms["a1"]);
    let status = async |person: &Person| world.get(person, &room).await.status;
    assert_eq!((status(admin).await, status(tech).await), (StatusCode::OK, StatusCode::OK));

    estate.end_relationship(partner, a).await;
    assert_eq!((status(admin).await, status(tech).await), (StatusCode::NOT_FOUND, StatusCode::OK), "the customer's own staff stays");
    let page: IncidentPage = world.get(admin, "/v1/incidents").await.json();
    assert!(page.items.is_empty());
}

#[tokio::test]
async fn a20_groups_of_people_and_of_rooms_are_looked_at_when_access_is_asked_for() {
    let world = world().await;
    let (a, partner) = (world.customers["a"], TenantId::from_uuid(id(1)));
    let estate = world.app.estate();
    let inner = estate.principal(partner, 50, "Inner", PrincipalKind::SecurityGroup).await;
    let outer = estate.principal(partner, 51, "Outer", PrincipalKind::SecurityGroup).await;
    let user = estate.user(partner, 52, "Nested").await;
    let rooms = estate.room_group(a, 53, &[world.rooms["a2"], world.rooms["a3"]]).await;
    estate.assign(54, a, Some(partner), outer, PermissionSet::of(&[Permission::RoomsView]), &[], &[rooms]).await;
    let seen = async || -> Vec<RoomId> {
        let answer = world.app.get(&format!("/v1/customers/{a}/rooms"), user).await;
        if answer.status == StatusCode::NOT_FOUND { vec![] } else { answer.json::<RoomPage>().items.iter().map(|room| room.id).collect() }
    };
    assert_eq!(seen().await, []);
    estate.member(outer, inner).await;
    estate.member(inner, user).await;
    // Groups in a ring must not turn the service in circles.
    estate.member(inner, outer).await;
    assert_eq!(seen().await, [world.rooms["a2"]], "in the group and delegated: a3 is in the group alone (R41)");
}
