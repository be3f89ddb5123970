//! The demo as a whole: through a real listener, as the app and a tester meet it.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::incident::{IncidentRow, IncidentStatus, IncidentType, Severity};
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;
use tenantry_service::attachments::Objects;
use tenantry_service::clock::AdvancingClock;
use tenantry_service::config::Limits;
use tenantry_service::demo::{Demo, EstateSize, Options};
use tenantry_service::http::{AppState, router};
use tenantry_service::serve::serve;
use tenantry_service::store::ingest::{self, ReportingRoom, Watched, WatchedRoom};
use tenantry_service::store::{Store, incident_writes, incidents, relationships, room_events, rooms};
use tokio::net::TcpListener;

use crate::support::{inactive_of, principal, tenant};

/// Who the sign-in page offers, and what they are called.
const PEOPLE: [(&str, &str); 8] = [
    ("technician", "Lena Brandt"),
    ("primary-admin", "Jonas Petersen"),
    ("tenant-manager", "Miriam Vogt"),
    ("global-admin", "Henrik Sørensen"),
    ("nobody", "Paul Niemand"),
    ("customer-admin", "Dr. Katharina Weiß"),
    ("new-customer-admin", "Sabine Köhler"),
    ("other-partner", "Amélie Fournier"),
];

const DATABASE: &str = "demo.db";

struct Running {
    base: String,
    client: reqwest::Client,
    store: Store,
    state: AppState,
    _folder: Arc<tempfile::TempDir>,
}

async fn start(estate: EstateSize, seed: u64) -> Running {
    start_in(Arc::new(tempfile::tempdir().unwrap()), estate, seed).await
}

async fn start_in(folder: Arc<tempfile::TempDir>, estate: EstateSize, seed: u64) -> Running {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let clock = Arc::new(AdvancingClock::default());
    let database = folder.path().join(DATABASE);
    Demo::discard_unfinished(folder.path(), &database).unwrap();
    let store = Store::open(&database, clock.clone()).await.unwrap();
    let options =
        Options { base: base.clone(), estate, seed, data_dir: folder.path().to_owned(), token_lifetime: Duration::from_secs(600) };
    let demo = Demo::prepare(options, store.clone(), clock.clone()).await.unwrap();
    let objects = Objects::in_folder(&folder.path().join("attachments")).unwrap();
    let state = AppState::new(demo.settings(Limits::default()).unwrap(), store.clone(), objects, clock).unwrap();
    tokio::spawn(serve(listener, router(state.clone(), demo.routes()), state.clone()));
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap();
    Running { base, client, store, state, _folder: folder }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.state.shutdown().cancel();
    }
}

impl Running {
    async fn control(&self, changes: Value) -> (u16, Value) {
        let response = self.client.post(format!("{}/demo/control", self.base)).json(&json!({ "changes": changes })).send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    }

    async fn done(&self, changes: Value) -> Value {
        let (status, answer) = self.control(changes).await;
        assert_eq!(status, 200, "{answer}");
        answer
    }

    /// Signs a person in, as the app does, and answers with their access token.
    async fn token(&self, person: &str) -> String {
        let verifier = "a-verifier-of-at-least-forty-three-characters";
        let info: Value = self.client.get(format!("{}/.well-known/tenantry", self.base)).send().await.unwrap().json().await.unwrap();
        let discovery = format!("{}/.well-known/openid-configuration", info["authority"].as_str().unwrap());
        let provider: Value = self.client.get(discovery).send().await.unwrap().json().await.unwrap();
        let scopes: Vec<&str> = info["scopes"].as_array().unwrap().iter().map(|scope| scope.as_str().unwrap()).collect();
        let fields = HashMap::from([
            ("client_id", info["clientId"].as_str().unwrap().to_owned()),
            ("redirect_uri", "http://127.0.0.1:9/cb".to_owned()),
            ("response_type", "code".to_owned()),
            ("scope", scopes.join(" ")),
            ("state", "s".to_owned()),
            ("nonce", "n".to_owned()),
            ("code_challenge", URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))),
            ("code_challenge_method", "S256".to_owned()),
            ("person", person.to_owned()),
        ]);
        let response = self.client.post(provider["authorization_endpoint"].as_str().unwrap()).form(&fields).send().await.unwrap();
        assert_eq!(response.status(), 303, "{person}");
        let back: url::Url = response.headers()["location"].to_str().unwrap().parse().unwrap();
        let code = back.query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned();
        let fields = HashMap::from([
            ("client_id", info["clientId"].as_str().unwrap()),
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", "http://127.0.0.1:9/cb"),
            ("code_verifier", verifier),
        ]);
        let answer: Value =
            self.client.post(provider["token_endpoint"].as_str().unwrap()).form(&fields).send().await.unwrap().json().await.unwrap();
        answer["access_token"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
    }

    async fn get(&self, path: &str, token: &str) -> (u16, Value) {
        let response = self.client.get(format!("{}{path}", self.base)).bearer_auth(token).send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    }

    /// Every room that is managed or onboarding.
    async fn rooms(&self) -> Vec<ReportingRoom> {
        ingest::reporting(self.store.read().await.unwrap().conn()).await.unwrap()
    }

    /// Whether the one room reports.
    async fn is_connected(&self) -> bool {
        let rooms = self.rooms().await;
        assert_eq!(rooms.len(), 1);
        rooms[0].connected
    }

    /// The customers that have rooms.
    async fn customers(&self) -> BTreeSet<TenantId> {
        self.rooms().await.iter().map(|room| room.customer).collect()
    }

    /// What the seed decides of rooms, times left out: they are counted back from the moment of the start.
    async fn faces(&self) -> Vec<String> {
        let ids: Vec<RoomId> = self.rooms().await.iter().map(|room| room.id).collect();
        let mut tx = self.store.read().await.unwrap();
        let shown = rooms::load(tx.conn(), &ids).await.unwrap();
        let face = |Watched { room: WatchedRoom { id, facts, .. }, .. }: &Watched| {
            let room = &shown[id];
            let (serious, warnings) = (facts.open_serious, facts.open_warnings);
            format!("{} {} {serious} {warnings} {}", room.display_name, room.enrolment, room.host_name)
        };
        let mut faces: Vec<String> = ingest::load(tx.conn(), &ids).await.unwrap().iter().map(face).collect();
        faces.sort_unstable();
        faces
    }

    /// Every incident, by number.
    async fn incidents(&self) -> Vec<IncidentRow> {
        let customers = self.customers().await;
        let mut tx = self.store.read().await.unwrap();
        let mut numbers = incident_writes::open_numbers(tx.conn()).await.unwrap();
        for customer in customers {
            numbers.extend(inactive_of(tx.conn(), customer).await);
        }
        numbers.sort_unstable();
        let rows = incidents::rows_of(tx.conn(), &numbers).await.unwrap();
        let mut rows: Vec<IncidentRow> = rows.into_iter().map(|stored| stored.row).collect();
        rows.sort_unstable_by_key(|row| row.number);
        rows
    }
}

fn states(incidents: &[IncidentRow]) -> Vec<(TicketNumber, IncidentStatus)> {
    incidents.iter().map(|row| (row.number, row.status)).collect()
}

#[tokio::test]
async fn fault_9_20_the_estate_is_written_in_parts_and_an_interrupted_one_is_made_anew() {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let demo = start_in(folder.clone(), EstateSize::S, 7).await;
    let size = |name: &str| std::fs::metadata(folder.path().join(name)).unwrap().len();
    let (database, log) = (size(DATABASE), size(&format!("{DATABASE}-wal")));
    assert!(log < database, "the log is as long as its longest part, not as the estate: {log} of {database} bytes");
    let rooms = demo.faces().await;
    let marker = folder.path().join("demo/estate-unfinished");
    assert!(!marker.exists());
    // As if it had been interrupted: what is there is not all, and must not be taken for it.
    demo.done(json!([{ "unenrolRoom": { "room": demo.rooms().await[0].id } }])).await;
    demo.state.shutdown().cancel();
    demo.store.close().await;
    drop(demo);
    std::fs::write(&marker, "").unwrap();
    let again = start_in(folder.clone(), EstateSize::S, 7).await;
    assert!(!marker.exists());
    assert_eq!(again.faces().await, rooms);
}

#[tokio::test]
async fn the_estate_is_that_of_its_seed_and_is_made_once() {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let demo = start_in(folder.clone(), EstateSize::S, 7).await;
    let rooms = demo.faces().await;
    let mut relationships = 0;
    for customer in demo.customers().await {
        relationships += relationships::of_customer(demo.store.read().await.unwrap().conn(), customer).await.unwrap().len();
    }
    assert_eq!(relationships, 54, "50 customers, 4 of them twice");
    assert!(rooms.len() >= 2_000);
    let incidents = demo.incidents().await;
    assert!((4_750..5_250).contains(&incidents.len()), "{}", incidents.len());
    let open: Vec<&IncidentRow> = incidents.iter().filter(|row| row.status.is_active()).collect();
    assert!((175..325).contains(&open.len()), "{}", open.len());
    // By the signals that were drawn: warnings that were left alone are important by now (A34).
    let drawn = |row: &IncidentRow| match row.kind {
        IncidentType::Signal(signal) => signal.facts().severity,
        IncidentType::CustomerReported => Severity::Critical,
    };
    for (severity, wanted) in Severity::ALL.iter().zip([3, 12, 35, 50_usize]) {
        let part = incidents.iter().filter(|row| drawn(row) == *severity).count() * 100 / incidents.len();
        assert!(part.abs_diff(wanted) <= 5, "{severity:?}: {part}");
    }
    let mut serious: HashMap<RoomId, u32> = HashMap::new();
    for row in open.iter().filter(|row| row.severity.is_serious()) {
        row.rooms.iter().for_each(|room| *serious.entry(room.id).or_default() += 1);
    }
    let ids: Vec<RoomId> = demo.rooms().await.iter().map(|room| room.id).collect();
    for Watched { room, .. } in ingest::load(demo.store.read().await.unwrap().conn(), &ids).await.unwrap() {
        assert_eq!(room.facts.open_serious, serious.get(&room.id).copied().unwrap_or_default(), "{}", room.id);
    }
    let mut with_events = 0;
    for room in &ids {
        let mut tx = demo.store.read().await.unwrap();
        with_events += usize::from(!room_events::of_room(tx.conn(), *room, Timestamp::from_micros(0), None, 9).await.unwrap().is_empty());
    }
    assert!((200..500).contains(&with_events), "{with_events}");
    let before = states(&incidents);
    drop(demo);

    let again = start_in(folder, EstateSize::S, 8).await;
    assert_eq!(states(&again.incidents().await), before, "a later start goes on with what is there");
    drop(again);
    let twin = start(EstateSize::S, 7).await;
    assert_eq!(twin.faces().await, rooms);
    assert_eq!(states(&twin.incidents().await), before);
    drop(twin);
    assert_ne!(start(EstateSize::S, 9).await.faces().await, rooms);
}

#[tokio::test]
async fn each_person_of_the_page_may_what_the_page_says() {
    let demo = start(EstateSize::S, 1).await;
    let mut facts = HashMap::new();
    for (slug, name) in PEOPLE {
        let token = demo.token(slug).await;
        let (status, me) = demo.get("/v1/me", &token).await;
        assert_eq!(status, 200, "{me}");
        assert_eq!(me["displayName"], name);
        let roles: Vec<&str> = me["portalRoles"].as_array().unwrap().iter().map(|role| role.as_str().unwrap()).collect();
        let permissions: Vec<&str> =
            me["customers"][0]["permissions"].as_array().map(|all| all.iter().map(|it| it.as_str().unwrap()).collect()).unwrap_or_default();
        facts.insert(slug, (roles.join(","), me["customers"].as_array().unwrap().len(), permissions.len()));
    }
    assert_eq!(facts["technician"], (String::new(), 18, 2));
    assert_eq!(facts["primary-admin"], (String::new(), 50, 11));
    assert_eq!(facts["tenant-manager"], ("tenant_manager".into(), 0, 0));
    assert_eq!(facts["global-admin"], ("global_administrator".into(), 0, 0));
    assert_eq!(facts["nobody"], (String::new(), 0, 0));
    assert_eq!(facts["customer-admin"], ("managed_service_administrator".into(), 1, 19));
    assert_eq!(facts["new-customer-admin"], ("managed_service_administrator".into(), 1, 19));
    assert_eq!(facts["other-partner"], (String::new(), 4, 11));
}

#[tokio::test]
async fn control_changes_the_estate_in_one_transaction_and_puts_time_forward() {
    let demo = start(EstateSize::Empty, 1).await;
    let (partner, customer) = (tenant(1), tenant(2));
    let (admin, boss) = (principal(1), principal(2));
    let room_id: RoomId = "01a203ac-0f39-7708-bc92-377a08a74176".parse().unwrap();
    let room = json!(room_id);
    demo.done(json!([
        {"createTenant": {"id": partner, "displayName": "Partner", "isPartner": true}},
        {"createTenant": {"id": customer, "displayName": "Kunde", "isCustomer": true}},
        {"createPrincipal": {"id": admin, "tenant": partner, "kind": "user", "displayName": "Admin"}},
        {"createPrincipal": {"id": boss, "tenant": partner, "kind": "user", "displayName": "Boss"}},
        {"createRoom": {"id": room, "customer": customer, "displayName": "Isar"}},
        {"createRelationship": {"partner": partner, "customer": customer, "rooms": [room], "primaryAdmins": [admin]}},
        {"reportSignals": {"room": room, "readings": [{"signal": "calendar_sync", "state": "failing"}]}},
        {"setGlobalAdministrator": {"principal": boss, "holds": true}},
    ]))
    .await;
    let token = demo.token(&admin.to_string()).await;
    let open = async |token: &str| demo.get("/v1/incidents", token).await.1["items"].as_array().unwrap().len();
    assert_eq!(open(&token).await, 0, "the watch time runs");
    let before: tenantry_model::time::Timestamp = demo.done(json!([])).await["now"].as_str().unwrap().parse().unwrap();
    let answer =
        demo.done(json!([{"advanceClock": {"seconds": 1_800}}, {"renameTenant": {"tenant": customer, "displayName": "Kundin"}}])).await;
    let after: tenantry_model::time::Timestamp = answer["now"].as_str().unwrap().parse().unwrap();
    assert!(after.since(before) >= Duration::from_secs(1_800), "{before} {after}");
    let token = demo.token(&admin.to_string()).await;
    assert_eq!(open(&token).await, 1);
    assert!(demo.is_connected().await, "it reported all the while");
    demo.done(json!([{"advanceClock": {"seconds": 4_000, "roomsFallSilent": true}}])).await;
    assert!(!demo.is_connected().await);

    let (_, me) = demo.get("/v1/me", &demo.token(&boss.to_string()).await).await;
    assert_eq!(me["portalRoles"], json!(["global_administrator"]));

    let (status, problem) =
        demo.control(json!([{"renameRoom": {"room": room, "displayName": "Elbe"}}, {"enrolRoom": {"room": room}}])).await;
    assert_eq!(status, 409);
    assert!(problem["detail"].as_str().unwrap().starts_with("change 1: "), "{problem}");
    let stored = rooms::name(demo.store.read().await.unwrap().conn(), room_id).await.unwrap();
    assert_eq!(stored.unwrap().display_name, "Isar", "nothing was applied");
    assert_eq!(demo.control(json!([{"burnDown": {}}])).await.0, 400);

    let token = demo.token(&admin.to_string()).await;
    demo.done(json!([{"rollOverKeys": {}}, {"setTokenLifetime": {"seconds": 60}}])).await;
    assert_eq!(demo.get("/v1/me", &token).await.0, 200, "what the old key signed holds until it ends");
    let fresh = demo.token(&admin.to_string()).await;
    assert_eq!(demo.get("/v1/me", &fresh).await.0, 200, "and the new key is found");
}

#[tokio::test]
async fn control_is_for_this_machine_alone_and_not_there_at_all_without_the_demo() {
    use axum::body::Body;
    use axum::extract::ConnectInfo;
    use http::{Request, StatusCode};
    use tower::ServiceExt as _;
    let demo = start(EstateSize::Empty, 1).await;
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(AdvancingClock::default());
    let options = Options {
        base: demo.base.clone(),
        estate: EstateSize::Empty,
        seed: 1,
        data_dir: folder.path().to_owned(),
        token_lifetime: Duration::from_secs(60),
    };
    let prepared = Demo::prepare(options.clone(), demo.store.clone(), clock.clone()).await.unwrap();
    let with = router(demo.state.clone(), prepared.routes());
    let without = router(demo.state.clone(), axum::Router::new());
    let ask = async |router: &axum::Router, from: &str| {
        let mut request =
            Request::post("/demo/control").header("content-type", "application/json").body(Body::from(r#"{"changes":[]}"#)).unwrap();
        let peer: std::net::SocketAddr = from.parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request).await.unwrap().status()
    };
    assert_eq!(ask(&with, "127.0.0.1:5").await, StatusCode::OK);
    assert_eq!(ask(&with, "[::ffff:127.0.0.1]:5").await, StatusCode::OK);
    assert_eq!(ask(&with, "192.0.2.7:5").await, StatusCode::NOT_FOUND);
    assert_eq!(ask(&without, "127.0.0.1:5").await, StatusCode::NOT_FOUND);
    let abroad = Options { base: "http://0.0.0.0:8400".into(), ..options };
    let refused = Demo::prepare(abroad, demo.store.clone(), clock).await.err().unwrap().to_string();
    assert!(refused.contains("this machine alone"), "{refused}");
}
