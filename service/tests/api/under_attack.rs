//! One client that means no good, over real connections: what it sends costs others nothing.

use std::time::Duration;

use http::{Method, StatusCode};
use serde_json::{Value, json};
use tenantry_model::tenancy::UserKey;
use tenantry_service::config::Limits;
use tenantry_service::serve::serve;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::support::TestApp;

/// A service on a port of its own.
struct Served {
    app: TestApp,
    address: std::net::SocketAddr,
    user: UserKey,
    other: UserKey,
}

impl Served {
    async fn with(limits: Limits) -> Self {
        let app = TestApp::with_limits(limits).await;
        let partner = app.estate().tenant(1, "Partner", "PARTNR", true, false).await;
        let [user, other] = [app.estate().user(partner, 100, "Ada").await, app.estate().user(partner, 101, "Eve").await];
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(serve(listener, app.router.clone(), app.state.clone()));
        Self { app, address, user, other }
    }

    /// Sends these bytes over a connection of their own, which stays open.
    async fn say(&self, text: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(text.as_bytes()).await.unwrap();
        stream
    }

    /// The status that these headers get over a connection of their own.
    async fn status(&self, path: &str, headers: &str) -> Option<u16> {
        let stream = self.say(&format!("GET {path} HTTP/1.1\r\nConnection: close\r\n{headers}\r\n")).await;
        status_of(stream).await
    }

    /// What somebody gets who is signed in.
    async fn me(&self, token: &str) -> Option<u16> {
        self.status("/v1/me", &format!("Host: x\r\nAuthorization: Bearer {token}\r\n")).await
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.app.state.shutdown().cancel();
    }
}

/// The status of the answer; none where the connection is closed without one.
async fn status_of(mut stream: TcpStream) -> Option<u16> {
    let mut answer = Vec::new();
    // A connection that is reset has answered nothing more.
    let _ = tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut answer)).await.expect("it answers, or hangs up");
    String::from_utf8_lossy(&answer).split(' ').nth(1)?.parse().ok()
}

const SLOW_BODY: &str = "Host: x\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n{";

#[tokio::test]
async fn fault_14_slow_bodies_of_one_anonymous_address_take_nobody_s_place() {
    let served = Served::with(Limits::default()).await;
    let token = served.app.token(served.user);
    assert_eq!(served.me(&token).await, Some(200));
    let mut slow = vec![];
    for n in 0..520 {
        slow.push(served.say(&format!("POST /v1/agent/enrol HTTP/1.1\r\nAuthorization: Bearer nonsense{n}\r\n{SLOW_BODY}")).await);
        if n % 40 == 0 {
            assert_eq!(served.status("/healthz", "Host: x\r\n").await, Some(200), "after {n}");
            assert_eq!(served.me(&token).await, Some(200), "after {n}: a token that was verified has a share of its own");
        }
    }
    // The key is looked at before the body: each is answered although its body never came.
    let mut first = [0; 12];
    slow[0].read_exact(&mut first).await.unwrap();
    assert_eq!(&first, b"HTTP/1.1 401");
}

#[tokio::test]
async fn fault_14_a_body_that_does_not_arrive_in_time_is_given_up_and_one_address_has_but_its_places() {
    let limits = Limits { body_timeout: Duration::from_secs(3), concurrent_per_address: 3, ..Limits::default() };
    let served = Served::with(limits).await;
    let token = served.app.token(served.user);
    // Somebody else at the same address has places of their own.
    let other = served.app.token(served.other);
    assert_eq!(served.me(&other).await, Some(200));
    let slow = format!("POST /v1/plans/preview HTTP/1.1\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n{SLOW_BODY}");
    let held = [served.say(&slow).await, served.say(&slow).await, served.say(&slow).await];
    tokio::time::timeout(Duration::from_secs(20), async { while served.me(&token).await != Some(429) {} })
        .await
        .expect("the places are taken");
    assert_eq!((served.status("/healthz", "Host: x\r\n").await, served.me(&other).await), (Some(200), Some(200)));
    for stream in held {
        assert_eq!(status_of(stream).await, Some(408));
    }
    assert_eq!(served.me(&token).await, Some(200));
}

#[tokio::test]
async fn fault_14_heads_that_never_end_are_hung_up_on_and_let_others_in() {
    let limits = Limits { head_timeout: Duration::from_millis(500), connections: 20, behind_proxy: true, ..Limits::default() };
    let served = Served::with(limits).await;
    let mut endless = vec![];
    for n in 0..30 {
        let begun = ["", "P", "PRI * HTTP/2.0\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "GET /healthz HTTP/1.1\r\nHost: x\r\nX-More: "];
        endless.push(served.say(begun[n % begun.len()]).await);
    }
    assert_eq!(served.status("/healthz", "Host: x\r\n").await, Some(200), "once the others are hung up on");
    for stream in endless {
        assert_ne!(status_of(stream).await, Some(200));
    }
    // A connection that was answered is not kept for ever either.
    let mut idle = served.say("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").await;
    let mut answer = Vec::new();
    tokio::time::timeout(Duration::from_secs(10), idle.read_to_end(&mut answer)).await.expect("it is hung up on").unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 200"));
    // What one read of the socket brings may be a little more than 32 KiB; a connection that is reset has answered nothing.
    let huge = format!("Host: x\r\nX-Huge: {}\r\n", "x".repeat(400_000));
    let refused = served.status("/healthz", &huge).await;
    assert!(matches!(refused, None | Some(431)), "{refused:?}");
}

#[tokio::test]
async fn fault_14_one_address_has_but_a_part_of_the_connections() {
    let served = Served::with(Limits { connections: 32, ..Limits::default() }).await;
    let held = [served.say("").await, served.say("").await, served.say("").await, served.say("").await];
    assert_eq!(served.status("/healthz", "Host: x\r\n").await, None, "the fifth is hung up on");
    drop(held);
    let again = async { while served.status("/healthz", "Host: x\r\n").await != Some(200) {} };
    tokio::time::timeout(Duration::from_secs(20), again).await.expect("there is room again");
}

#[tokio::test]
async fn fault_21_two_hosts_or_two_tokens_are_no_request() {
    let served = Served::with(Limits::default()).await;
    let token = served.app.token(served.user);
    let bearer = format!("Authorization: Bearer {token}\r\n");
    assert_eq!(served.status("/v1/me", &format!("Host: x\r\nHost: y\r\n{bearer}")).await, Some(400));
    assert_eq!(served.status("/v1/me", &format!("Host: x\r\n{bearer}{bearer}")).await, Some(400));
    assert_eq!(served.me(&token).await, Some(200));
}

#[tokio::test]
async fn fault_20_a_flood_from_behind_one_address_does_not_lock_its_users_out() {
    let app = TestApp::with_limits(Limits { requests_per_s: Some(1), burst: 20, ..Limits::default() }).await;
    let partner = app.estate().tenant(1, "Partner", "PARTNR", true, false).await;
    let [ada, eve] = [app.estate().user(partner, 100, "Ada").await, app.estate().user(partner, 101, "Eve").await];
    assert_eq!(app.get("/v1/me", ada).await.status, StatusCode::OK);
    let mut refused = 0;
    for _ in 0..60 {
        let answer = app.send(Method::GET, "/v1/me", Some("no.such.token")).await;
        refused += u32::from(answer.status == StatusCode::TOO_MANY_REQUESTS);
    }
    assert!(refused >= 30, "{refused}");
    assert_eq!(app.get("/v1/me", ada).await.status, StatusCode::OK, "her token was verified before");
    assert_eq!(app.get("/v1/me", eve).await.status, StatusCode::TOO_MANY_REQUESTS, "hers was not");
    // Her own share is hers, and not endless.
    let mut own = vec![];
    for _ in 0..30 {
        own.push(app.get("/v1/me", ada).await.status);
    }
    assert!(own.contains(&StatusCode::TOO_MANY_REQUESTS));
}

#[tokio::test]
async fn fault_20_a_known_token_takes_of_its_users_share_whatever_it_is_sent_to() {
    let app = TestApp::with_limits(Limits { requests_per_s: Some(1), burst: 20, ..Limits::default() }).await;
    let partner = app.estate().tenant(1, "Partner", "PARTNR", true, false).await;
    let token = app.token(app.estate().user(partner, 100, "Ada").await);
    let document = serde_json::to_value(tenantry_service::http::openapi()).unwrap();
    let paths = document["paths"].as_object().unwrap().iter();
    let mut asked: Vec<(Method, String)> = paths
        .flat_map(|(path, operations)| operations.as_object().unwrap().keys().map(move |method| (method, path)))
        .map(|(method, path)| (method.to_uppercase().parse().unwrap(), path.replace(['{', '}'], "")))
        .filter(|(_, path)| path != "/healthz")
        .collect();
    assert!(asked.len() > 40, "{asked:?}");
    asked.extend([(Method::GET, "/no/such/path".to_owned()), (Method::PUT, "/v1/me".to_owned())]);
    let mut free = vec![];
    for (method, path) in &asked {
        let mut refused = false;
        // It gets one back each second: perhaps just between the two.
        for _ in 0..3 {
            while app.send(Method::GET, "/v1/me", Some(&token)).await.status != StatusCode::TOO_MANY_REQUESTS {}
            refused = refused || app.send(method.clone(), path, Some(&token)).await.status == StatusCode::TOO_MANY_REQUESTS;
        }
        if !refused {
            free.push(format!("{method} {path}"));
        }
    }
    assert!(free.is_empty(), "{free:#?}");
}

#[tokio::test]
async fn fault_14_whether_it_is_well_is_answered_while_nothing_else_is() {
    let app = TestApp::with_limits(Limits { requests_per_s: Some(1), burst: 1, concurrent: 0, ..Limits::default() }).await;
    for _ in 0..5 {
        assert_eq!(app.send(Method::GET, "/healthz", None).await.status, StatusCode::OK);
    }
    assert_eq!(app.send(Method::GET, "/.well-known/tenantry", None).await.status, StatusCode::SERVICE_UNAVAILABLE);
}

/// Each object in a body, with one member that it does not have.
fn with_surplus(body: &Value) -> Vec<Value> {
    let mut found = vec![];
    match body {
        Value::Object(members) => {
            let mut more = members.clone();
            more.insert("surplus".into(), json!(["00000000-0000-0000-0000-000000000001"]));
            found.push(Value::Object(more));
            for (name, inner) in members {
                found.extend(with_surplus(inner).into_iter().map(|inner| {
                    let mut members = members.clone();
                    members.insert(name.clone(), inner);
                    Value::Object(members)
                }));
            }
        }
        Value::Array(items) => {
            for (at, inner) in items.iter().enumerate() {
                found.extend(with_surplus(inner).into_iter().map(|inner| {
                    let mut items = items.clone();
                    items[at] = inner;
                    Value::Array(items)
                }));
            }
        }
        _ => {}
    }
    found
}

/// A body of each schema that the document names as one, in each of its variants; how deep it goes in them is up to these.
fn bodies() -> Vec<(&'static str, Value)> {
    const ID: &str = "00000000-0000-0000-0000-000000000001";
    let delegate = json!({ "rooms": [ID], "groups": [{ "id": ID, "future": true }], "all": { "future": true } });
    let some = json!({ "kind": "some", "rooms": [ID], "groups": [ID] });
    let assignment =
        |scope: &Value| json!({ "name": "n", "description": "d", "emailNotifications": true, "members": [ID], "scope": scope });
    let role = |scope: &Value| json!({ "name": "n", "description": "d", "permissions": ["rooms.view"], "assignment": assignment(scope) });
    let all = json!({ "kind": "all" });
    let admins = json!({ "addPrimaryAdmins": { "principals": [ID] } });
    let template = json!({ "applyTemplate": { "name": "n", "description": "", "permissions": ["rooms.view"], "members": [ID] } });
    let offline = json!({ "allowed": true, "days": 3 });
    let control = json!({ "roles.modify": "manual" });
    let reading = json!({ "signal": "camera_room", "instance": "1", "state": "failing" });
    let event = json!({
        "id": ID, "at": "2026-03-01T08:00:00Z", "kind": "poor_call", "problem": "audio", "durationS": 60, "participants": 3,
        "packetLossPercent": 5, "text": "t",
    });
    let device = json!({
        "displayName": "n", "capacity": 4, "hostName": "h", "account": "a@b.example", "timezone": "UTC", "licence": "l",
        "peripherals": [{ "kind": "camera", "name": "c" }],
    });
    let meeting = json!({ "id": ID, "start": "2026-03-01T08:00:00Z", "end": "2026-03-01T09:00:00Z", "booked": true, "teamsLink": true });
    let call = json!({ "id": ID, "start": "2026-03-01T08:00:00Z", "end": "2026-03-01T09:00:00Z", "quality": "good" });
    let progress = json!({ "package": "App", "version": "2", "state": "failed", "attempt": 1, "reason": "r" });
    vec![
        ("AcceptInvitation", json!({ "primaryAdmins": [ID] })),
        ("AddAttachment", json!({ "fileName": "a.png", "size": 1, "sha256": "00" })),
        ("AddMembers", json!({ "principals": [ID] })),
        ("ApplyPlan", json!({ "customers": [{ "id": ID, "version": "v" }], "step": admins })),
        ("ApplyPlan", json!({ "customers": [{ "id": ID, "version": "v" }], "step": template })),
        ("ChangeAssignment", assignment(&all)),
        ("ChangeAssignment", assignment(&some)),
        (
            "ChangePartner",
            json!({ "add": delegate, "remove": { "rooms": [ID], "groups": [ID], "all": true }, "ceiling": ["rooms.view"], "offline": offline, "changeControl": control }),
        ),
        ("ChangeRole", json!({ "name": "n", "description": "d", "permissions": ["rooms.view"] })),
        ("ChangeRoom", json!({ "displayName": "n", "capacity": 4, "timezone": "UTC" })),
        ("ChangeRoomGroup", json!({ "name": "n", "add": [ID], "remove": [ID] })),
        (
            "ChangeSettings",
            json!({
                "contacts": [{ "firstName": "n", "lastName": "n", "email": "a@b.example" }],
                "mail": { "acceptance": true, "roles": false, "removal": true }, "mailLanguage": "de",
            }),
        ),
        ("ChangeUpdateRing", json!({ "order": 4, "name": "n", "description": "d", "deferralDays": 0, "rolloutDays": 1, "testDays": 1 })),
        ("ClaimIncident", json!({ "takeOver": true })),
        ("CloseIssue", json!({ "reason": "unknown", "comment": "c" })),
        ("CreateAssignment", assignment(&all)),
        ("CreateAssignment", assignment(&some)),
        ("CreateRole", role(&all)),
        ("CreateRole", role(&some)),
        ("CreateRoomGroup", json!({ "name": "n", "rooms": [ID] })),
        ("CreateUpdateRing", json!({ "order": 4, "name": "n", "description": "d", "deferralDays": 0, "rolloutDays": 1, "testDays": 1 })),
        ("CreateWaitingRoom", json!({ "displayName": "n", "capacity": 4, "timezone": "UTC", "account": "a@b.example" })),
        ("EditIssue", json!({ "description": "d", "rooms": [ID], "highImpactReason": "h" })),
        ("EnrolRequest", device),
        ("EventsReport", json!({ "events": [event] })),
        (
            "InvitePartner",
            json!({
                "domain": "partner.example", "expiresInDays": 7, "rooms": [ID], "groups": [{ "id": ID, "future": true }], "all": { "future": true }, "ceiling": ["rooms.view"], "offline": offline,
                "changeControl": control, "termsAccepted": true,
            }),
        ),
        ("MoveRooms", json!({ "rooms": [ID] })),
        ("Plan", json!({ "customers": [ID], "step": admins })),
        ("Plan", json!({ "customers": [ID], "step": template })),
        ("PostMessage", json!({ "text": "t", "assignTo": "service" })),
        ("RaiseReadMarks", json!({ "marks": [{ "customerId": ID, "number": "ALPHAA-000001", "messages": 3 }] })),
        ("RecordIssue", json!({ "description": "d", "rooms": [ID], "highImpactReason": "h", "events": [ID] })),
        ("RoomUsage", json!({ "meetings": [meeting], "calls": [call] })),
        ("SaveView", json!({ "name": "n", "page": "incidents", "filter": "is:unread", "position": 0 })),
        ("SignalsReport", json!({ "readings": [reading], "occupied": true })),
        ("SnoozeIncident", json!({ "reason": "r", "until": "2026-03-01T08:00:00Z" })),
        ("SuppressRoom", json!({ "signal": { "signal": "camera_room", "instance": "2" }, "reason": "r", "until": "2026-03-01T08:00:00Z" })),
        ("SwitchSignals", json!({ "to": "disabled", "signals": ["camera_room"] })),
        ("UpdateAction", json!({ "kind": "pause", "reason": "r" })),
        ("UpdateAction", json!({ "kind": "resume" })),
        ("UpdateAction", json!({ "kind": "retry" })),
        ("UpdateAction", json!({ "kind": "force", "when": "now", "ring": ID, "room": ID })),
        ("UpdatesReport", json!({ "installed": [{ "package": "App", "version": "1" }], "progress": [progress] })),
    ]
}

fn read(schema: &str, body: Value) -> Result<(), String> {
    use tenantry_model::api::{
        EnrolRequest, SignalsReport, attachments, incidents, invitations, partners, people, plans, read_marks, roles, room_events,
        room_groups, rooms, saved_views, settings, signal_switches, update_rings, updates, usage, waiting_rooms,
    };
    fn as_one<T: serde::de::DeserializeOwned>(body: Value) -> Result<(), String> {
        serde_json::from_value::<T>(body).map(drop).map_err(|error| error.to_string())
    }
    match schema {
        "AcceptInvitation" => as_one::<invitations::AcceptInvitation>(body),
        "AddAttachment" => as_one::<attachments::AddAttachment>(body),
        "AddMembers" => as_one::<people::AddMembers>(body),
        "ApplyPlan" => as_one::<plans::ApplyPlan>(body),
        "ChangeAssignment" => as_one::<roles::ChangeAssignment>(body),
        "ChangePartner" => as_one::<partners::ChangePartner>(body),
        "ChangeRole" => as_one::<roles::ChangeRole>(body),
        "ChangeRoom" => as_one::<rooms::ChangeRoom>(body),
        "ChangeRoomGroup" => as_one::<room_groups::ChangeRoomGroup>(body),
        "ChangeUpdateRing" => as_one::<update_rings::ChangeUpdateRing>(body),
        "ClaimIncident" => as_one::<incidents::ClaimIncident>(body),
        "CloseIssue" => as_one::<incidents::CloseIssue>(body),
        "CreateAssignment" => as_one::<roles::CreateAssignment>(body),
        "CreateRole" => as_one::<roles::CreateRole>(body),
        "CreateRoomGroup" => as_one::<room_groups::CreateRoomGroup>(body),
        "CreateUpdateRing" => as_one::<update_rings::CreateUpdateRing>(body),
        "EditIssue" => as_one::<incidents::EditIssue>(body),
        "EnrolRequest" => as_one::<EnrolRequest>(body),
        "EventsReport" => as_one::<room_events::EventsReport>(body),
        "InvitePartner" => as_one::<partners::InvitePartner>(body),
        "MoveRooms" => as_one::<update_rings::MoveRooms>(body),
        "Plan" => as_one::<plans::Plan>(body),
        "PostMessage" => as_one::<incidents::PostMessage>(body),
        "RaiseReadMarks" => as_one::<read_marks::RaiseReadMarks>(body),
        "RecordIssue" => as_one::<incidents::RecordIssue>(body),
        "SaveView" => as_one::<saved_views::SaveView>(body),
        "SignalsReport" => as_one::<SignalsReport>(body),
        "SnoozeIncident" => as_one::<incidents::SnoozeIncident>(body),
        "ChangeSettings" => as_one::<settings::ChangeSettings>(body),
        "CreateWaitingRoom" => as_one::<waiting_rooms::CreateWaitingRoom>(body),
        "RoomUsage" => as_one::<usage::RoomUsage>(body),
        "SwitchSignals" => as_one::<signal_switches::SwitchSignals>(body),
        "UpdateAction" => as_one::<updates::UpdateAction>(body),
        "UpdatesReport" => as_one::<updates::UpdatesReport>(body),
        "SuppressRoom" => as_one::<rooms::SuppressRoom>(body),
        other => panic!("{other} is a body: add it here and to bodies()"),
    }
}

#[test]
fn fault_21_what_a_body_does_not_have_is_refused_in_every_variant_of_every_body() {
    let mut taken = vec![];
    for (schema, body) in bodies() {
        read(schema, body.clone()).unwrap_or_else(|error| panic!("{schema} {body}: {error}"));
        taken.extend(
            with_surplus(&body).into_iter().filter(|more| read(schema, more.clone()).is_ok()).map(|more| format!("{schema} {more}")),
        );
    }
    assert!(taken.is_empty(), "{taken:#?}");
    let document = serde_json::to_value(tenantry_service::http::openapi()).unwrap();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for operation in operations.as_object().unwrap().values() {
            let Some(named) = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].as_str() else { continue };
            let schema = named.rsplit('/').next().unwrap();
            assert!(bodies().iter().any(|(known, _)| *known == schema), "{path} takes {schema}: add it to bodies()");
        }
    }
}
