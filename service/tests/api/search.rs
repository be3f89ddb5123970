//! What a search finds at the service: the same as at the desk, and nothing that its caller is not shown.

use serde_json::Value;
use tenantry_model::api::people::DirectoryEntry;
use tenantry_model::api::{IncidentPage, Me};
use tenantry_model::id::TenantId;
use tenantry_model::incident::{IncidentStatus, IncidentType};
use tenantry_model::permission::{BuiltInRole, Permission, PermissionSet};
use tenantry_model::tenancy::{PortalRole, UserKey};
use tenantry_model::time::Clock;
use tenantry_test_kit::Change;
use tenantry_test_kit::search::{CUSTOMER, FINDS, HOST, MISSES, PROBLEM, ROOM};

use crate::support::{NewIncident, TestApp, id, number};

const TABS: [&str; 2] = ["active", "resolved"];

struct World {
    app: TestApp,
    customer: TenantId,
    /// Sees rooms and incidents of the room.
    lead: UserKey,
    /// Sees incidents of the room, and not the room.
    desk: UserKey,
    /// Sees incidents of the other room, and both rooms.
    other: UserKey,
}

/// The incident of the list, open and over, beside one that is found by nothing of it.
async fn world() -> World {
    let app = TestApp::start().await;
    let estate = app.estate();
    let customer = estate.tenant(2, CUSTOMER, "XXXXXX", false, true).await;
    let room = tenantry_model::id::RoomId::from_uuid(id(21));
    let host_name = Some(HOST.to_owned());
    let device = Change::CreateRoom { id: room, customer, display_name: ROOM.into(), host_name, account: None, onboarding: false };
    estate.apply(vec![device]).await;
    let beside = estate.room(customer, 22, "Kleines Zimmer").await;
    let [lead, desk, other] =
        [estate.user(customer, 11, "Lead").await, estate.user(customer, 12, "Desk").await, estate.user(customer, 13, "Other").await];
    let [tickets, rooms] = [Permission::TicketsView, Permission::RoomsView].map(|one| PermissionSet::of(&[one]));
    estate.assign(31, customer, None, lead, tickets.or(rooms), &[room], &[]).await;
    estate.assign(32, customer, None, desk, tickets, &[room], &[]).await;
    estate.assign(33, customer, None, other, tickets, &[beside], &[]).await;
    estate.assign(34, customer, None, other, rooms, &[], &[]).await;
    for (n, status) in [(1, IncidentStatus::NeedsAction), (2, IncidentStatus::Resolved)] {
        let mut one = NewIncident::new(number("XXXXXX", n), customer, &[room, beside], app.clock.now());
        (one.status, one.kind, one.problem) = (status, IncidentType::CustomerReported, PROBLEM);
        estate.incident(one).await;
    }
    World { app, customer, lead, desk, other }
}

impl World {
    async fn found(&self, tab: &str, text: &str, user: UserKey) -> usize {
        let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("tab", tab).append_pair("q", text).finish();
        let page: IncidentPage = self.app.get(&format!("/v1/incidents?{query}"), user).await.json();
        let of_customer: IncidentPage = self.app.get(&format!("/v1/customers/{}/incidents?{query}", self.customer), user).await.json();
        assert_eq!(page.items, of_customer.items);
        page.items.len()
    }
}

#[tokio::test]
async fn fault_9_01_the_service_finds_an_incident_by_any_word_on_both_tabs() {
    let world = world().await;
    for tab in TABS {
        for text in FINDS {
            assert_eq!(world.found(tab, text, world.lead).await, 1, "{text} in {tab}");
        }
        for text in MISSES {
            assert_eq!(world.found(tab, text, world.lead).await, 0, "{text} in {tab}");
        }
    }
}

#[tokio::test]
async fn fault_9_01_a_devices_name_finds_incidents_for_those_alone_who_see_both() {
    let world = world().await;
    for tab in TABS {
        assert_eq!(world.found(tab, HOST, world.lead).await, 1);
        assert_eq!(world.found(tab, HOST, world.desk).await, 0, "the room is not theirs to look at");
        assert_eq!(world.found(tab, "reederei", world.desk).await, 1);
        assert_eq!(world.found(tab, HOST, world.other).await, 0, "that the incident is in this room is not told");
        assert_eq!(world.found(tab, "HOST-22", world.other).await, 1);
    }
}

#[tokio::test]
async fn fault_9_01_people_are_found_by_any_words_of_their_names() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let customer = estate.tenant(2, "Alpha", "ALPHAA", false, true).await;
    let admin = estate.user(customer, 11, "Zoe Admin").await;
    estate.portal_role(admin, PortalRole::ManagedServiceAdministrator).await;
    for (n, name) in (100..).zip(["Jens Sørensen", "Anna Mu\u{308}ller", "Bert Mueller", "Raum 10", "Raum 2"]) {
        estate.user(customer, n, name).await;
    }
    let found = async |text: &str| {
        let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("q", text).finish();
        let people: Vec<DirectoryEntry> = app.get(&format!("/v1/directory?{query}"), admin).await.json();
        people.into_iter().map(|it| it.principal.display_name.replace("u\u{308}", "ü")).collect::<Vec<_>>()
    };
    for text in ["Sorensen", "Soerensen, Jens", "sørensen jens", "ENSEN"] {
        assert_eq!(found(text).await, ["Jens Sørensen"], "{text}");
    }
    for text in ["Müller", "mueller", "MULLER", "Mu\u{308}ll"] {
        assert_eq!(found(text).await, ["Anna Müller", "Bert Mueller"], "{text}");
    }
    assert_eq!(found("Müller, Anna").await, ["Anna Müller"]);
    assert_eq!(found("raum").await, ["Raum 2", "Raum 10"], "in their order");
    assert_eq!(found(",").await, [""; 0], "no word finds nobody");
}

#[tokio::test]
async fn fault_9_01_who_asks_for_one_more_than_they_show_knows_of_more() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let customer = estate.tenant(2, "Alpha", "ALPHAA", false, true).await;
    let admin = estate.user(customer, 11, "Admin").await;
    estate.portal_role(admin, PortalRole::ManagedServiceAdministrator).await;
    for n in 0..60 {
        estate.user(customer, 100 + n, &format!("Many {n}")).await;
    }
    let found = async |query: &str| app.get(&format!("/v1/directory?q=many{query}"), admin).await.json::<Vec<Value>>().len();
    assert_eq!((found("").await, found("&limit=51").await, found("&limit=3").await, found("&limit=200").await), (50, 51, 3, 60));
    for limit in ["0", "201", "x"] {
        assert_eq!(app.get(&format!("/v1/directory?q=many&limit={limit}"), admin).await.problem(), "bad-request", "{limit}");
    }
}

#[tokio::test]
async fn fault_9_02_customers_stand_in_the_order_of_a_dictionary() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let partner = estate.tenant(1, "Partner", "PARTNR", true, false).await;
    let tech = estate.user(partner, 10, "Tech").await;
    estate.portal_role(tech, PortalRole::TenantManager).await;
    for (n, name) in (1..).zip(["Ülker", "Hochschule", "Werk 10", "Häfner", "Werk 2"]) {
        let customer = estate.tenant(n * 1_000, name, &format!("C{n:05}"), false, true).await;
        let room = estate.room(customer, n * 1_000 + 1, "Isar").await;
        estate.delegate(partner, customer, &[room], BuiltInRole::PrimaryAdmins.permissions()).await;
        estate.assign(n * 1_000 + 2, customer, Some(partner), tech, PermissionSet::of(&[Permission::RoomsView]), &[], &[]).await;
    }
    let sorted = ["Häfner", "Hochschule", "Ülker", "Werk 2", "Werk 10"];
    let me: Me = app.get("/v1/me", tech).await.json();
    assert_eq!(me.customers.iter().map(|it| it.display_name.as_str()).collect::<Vec<_>>(), sorted);
    let (mut names, mut cursor) = (vec![], String::new());
    loop {
        let page: Value = app.get(&format!("/v1/tenants?limit=2{cursor}"), tech).await.json();
        names.extend(page["items"].as_array().unwrap().iter().map(|row| row["displayName"].as_str().unwrap().to_owned()));
        let Some(next) = page["nextCursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(names, sorted);
}
