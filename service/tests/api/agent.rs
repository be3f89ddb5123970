//! The API as devices use it.

use axum::body::Body;
use http::{Request, StatusCode, header};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::support::{Bed, TestApp, tenant};

struct Door {
    app: TestApp,
    bed: Bed,
    key: String,
}

impl Door {
    async fn new() -> Self {
        let app = TestApp::start().await;
        let bed = Bed::of(&app);
        let key = bed.change(json!({"createTenant": {"id": tenant(1), "displayName": "Kunde", "isCustomer": true}})).await.key.unwrap();
        Self { app, bed, key }
    }

    async fn send(&self, door: &str, key: Option<&str>, kind: &str, body: impl Into<Body>) -> (StatusCode, Value) {
        let mut request = Request::post(format!("/v1/agent/{door}")).header(header::CONTENT_TYPE, kind);
        if let Some(key) = key {
            request = request.header(header::AUTHORIZATION, format!("Bearer {key}"));
        }
        let response = self.app.router.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap();
        let status = response.status();
        let body = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
        (status, serde_json::from_slice(&body).unwrap())
    }

    async fn json(&self, door: &str, key: &str, body: Value) -> (StatusCode, Value) {
        self.send(door, Some(key), "application/json", body.to_string()).await
    }
}

fn device() -> Value {
    json!({
        "displayName": "Isar", "capacity": 6, "hostName": "MTR-1", "account": "isar@kunde.example", "timezone": "Europe/Berlin",
        "licence": "Teams Rooms Pro", "peripherals": [{"kind": "camera", "name": "Kestrel"}],
    })
}

fn failing(signal: &str) -> Value {
    json!({"readings": [{"signal": signal, "state": "failing"}], "occupied": true})
}

#[tokio::test]
async fn a_device_enrols_reports_and_is_told_when_to_come_again() {
    let door = Door::new().await;
    let (status, answer) = door.json("enrol", &door.key, device()).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    let (key, room) = (answer["roomKey"].as_str().unwrap(), answer["roomId"].as_str().unwrap().parse().unwrap());
    let (status, answer) = door.json("signals", key, failing("disk_health")).await;
    assert_eq!((status, &answer), (StatusCode::OK, &json!({"nextReportS": 300})));
    let room = door.bed.watched(room).await;
    assert_eq!(room.facts.occupied, Some(true));
    assert_eq!(room.signals.values().filter(|signal| signal.failing).count(), 1);
    assert_eq!(door.bed.incidents(tenant(1)).await, [], "R67: it is onboarding");
}

#[tokio::test]
async fn wrong_keys_are_refused_in_one_voice_and_never_say_whether_the_customer_exists() {
    let door = Door::new().await;
    let (_, enrolled) = door.json("enrol", &door.key, device()).await;
    let room_key = enrolled["roomKey"].as_str().unwrap().to_owned();
    let swap = |key: &str, of: &str| key.replace(&tenant(1).uuid().simple().to_string(), of);
    let unknown = swap(&door.key, &"7".repeat(32));
    let wrong = format!("{}x{}", &door.key[..40], &door.key[41..]);
    let mut voices = Vec::new();
    for key in [unknown.as_str(), wrong.as_str(), "nonsense", &room_key] {
        let (status, mut problem) = door.json("enrol", key, device()).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{key}");
        assert_eq!(problem["type"], "urn:tenantry:problem:key-refused");
        problem.as_object_mut().unwrap().remove("requestId");
        voices.push(problem.to_string());
    }
    voices.dedup();
    assert_eq!(voices.len(), 1, "{voices:?}");
    for key in [door.key.as_str(), "nonsense"] {
        assert_eq!(door.json("signals", key, failing("disk_health")).await.0, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(door.send("signals", None, "application/json", "{}").await.0, StatusCode::UNAUTHORIZED);
    let long = "k".repeat(10_000);
    assert_eq!(door.json("signals", &long, failing("disk_health")).await.0, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn bodies_out_of_form_are_problems_that_say_what_is_wrong() {
    let door = Door::new().await;
    let (_, enrolled) = door.json("enrol", &door.key, device()).await;
    let key = enrolled["roomKey"].as_str().unwrap();
    let with = |field: &str, value: Value| {
        let mut device = device();
        device[field] = value;
        device
    };
    for (door_name, key, body, says) in [
        ("enrol", door.key.as_str(), with("displayName", json!("x".repeat(121))), "displayName must be 1 to 120"),
        ("enrol", &door.key, with("unknown", json!(1)), "unknown"),
        ("enrol", &door.key, with("account", json!("kein Konto")), "account must be"),
        ("signals", key, failing("no_such_signal"), "no_such_signal"),
        ("signals", key, failing("offline"), "noticed by the service"),
        ("signals", key, json!({"readings": vec![json!({"signal": "disk_health", "state": "healthy"}); 201]}), "at most 200"),
        ("signals", key, json!({"readings": [{"signal": "camera_room", "instance": "x".repeat(81), "state": "failing"}]}), "1 to 80"),
        ("signals", key, json!({"readings": [{"signal": "camera_room", "state": "broken"}]}), "broken"),
    ] {
        let (status, problem) = door.json(door_name, key, body).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{problem}");
        assert!(problem["detail"].as_str().unwrap().contains(says), "{says}: {problem}");
    }
    let (status, _) = door.send("signals", Some(key), "text/plain", "{}").await;
    assert_eq!(status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let (status, _) = door.send("signals", Some(key), "application/json", "{").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    let (status, _) = door.send("signals", Some(key), "application/json", vec![b' '; 100_000]).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
}
