//! The API as devices use it.

use axum::body::Body;
use http::{Request, StatusCode, header};
use serde_json::{Value, json};
use tenantry_model::time::{Clock, Timestamp};
use tenantry_service::store::{room_days, room_events};
use tower::ServiceExt as _;

use crate::support::{Bed, TestApp, id, tenant};

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

fn poor_call(n: u128) -> Value {
    json!({ "id": id(n), "at": "2026-03-01T07:30:00Z", "kind": "poor_call", "problem": "network", "durationS": 900, "packetLossPercent": 12 })
}

#[tokio::test]
async fn r113_a_device_reports_events_once_and_no_flood_of_them_keeps_its_signals_out() {
    let door = Door::new().await;
    let (_, enrolled) = door.json("enrol", &door.key, device()).await;
    let (key, room) = (enrolled["roomKey"].as_str().unwrap(), enrolled["roomId"].as_str().unwrap().parse().unwrap());
    let report = async |events: Vec<Value>| door.json("events", key, json!({ "events": events })).await;
    let kept = |kept: u32, dropped: u32| (StatusCode::OK, json!({ "kept": kept, "dropped": dropped }));
    let said = json!({ "id": id(2), "at": "2026-03-01T07:31:00Z", "kind": "room_report", "text": " Kein Bild " });
    let silent = json!({ "id": id(3), "at": "2099-01-01T00:00:00Z", "kind": "room_report", "text": " " });
    assert_eq!(report(vec![poor_call(1), said.clone(), said.clone(), silent]).await, kept(3, 0), "one that is named twice is one");
    assert_eq!(report(vec![poor_call(1), said]).await, kept(0, 0), "sent again, they change nothing");
    let old = json!({ "id": id(4), "at": "2025-11-01T00:00:00Z", "kind": "room_report" });
    assert_eq!(report(vec![old]).await, kept(0, 1), "older than 90 days");
    let events = async || {
        let mut tx = door.app.store.read().await.unwrap();
        room_events::of_room(tx.conn(), room, Timestamp::from_micros(0), None, 999).await.unwrap()
    };
    let [ahead, said, call] = &events().await[..] else { panic!("three") };
    assert_eq!((ahead.at, ahead.text.as_deref()), (door.app.clock.now(), None), "a clock that is ahead puts nothing on top for ever");
    assert_eq!(said.text.as_deref(), Some("Kein Bild"));
    assert_eq!((call.duration_s, call.participants, call.packet_loss_percent), (Some(900), None, Some(12)));

    assert_eq!(report((10..60).map(poor_call).collect()).await, kept(50, 0));
    assert_eq!(report((60..110).map(poor_call).collect()).await, kept(49, 1), "100 of a kind a day");
    // Nothing of it is to be kept: it need not wait for whoever is writing.
    let writer = door.app.store.write().await.unwrap();
    let flood = tokio::time::timeout(std::time::Duration::from_secs(1), report(vec![poor_call(10), poor_call(200)]));
    assert_eq!(flood.await.expect("it waits for the writer"), kept(0, 1));
    drop(writer);
    let pressed = json!({ "id": id(201), "at": "2026-03-01T07:32:00Z", "kind": "room_report" });
    assert_eq!(report(vec![pressed]).await, kept(1, 0), "poor calls keep out nobody who reports a problem");
    assert_eq!(door.json("signals", key, failing("disk_health")).await.0, StatusCode::OK);
    door.app.clock.advance(std::time::Duration::from_secs(24 * 60 * 60));
    assert_eq!(report(vec![poor_call(200)]).await, kept(1, 0), "the next day");
    assert_eq!(events().await.len(), 104);
    assert_eq!(door.bed.incidents(tenant(1)).await, [], "events are no incidents");
}

#[tokio::test]
async fn r113_events_that_make_no_sense_are_refused_as_a_whole() {
    let door = Door::new().await;
    let (_, enrolled) = door.json("enrol", &door.key, device()).await;
    let key = enrolled["roomKey"].as_str().unwrap();
    let with = |field: &str, value: Value| {
        let mut event = poor_call(1);
        event[field] = value;
        event
    };
    for (event, says) in [
        (with("problem", Value::Null), "#/events/1/problem: say what was poor"),
        (with("problem", json!("boring")), "boring"),
        (with("kind", json!("party")), "party"),
        (with("packetLossPercent", json!(101)), "#/events/1/packetLossPercent: must be 0 to 100"),
        (with("durationS", json!(-1)), "-1"),
        (with("participants", json!("Ann and Ben")), "Ann and Ben"),
        (with("text", json!("Ann spoke")), "#/events/1/text: poor_call has no text"),
        (with("kind", json!("room_report")), "#/events/1: room_report says nothing of a call"),
        (json!({ "id": id(1), "at": "2026-03-01T07:30:00Z", "kind": "room_report", "text": "x".repeat(1_001) }), "#/events/1/text"),
        (with("organizer", json!("Ann")), "organizer"),
        (with("id", json!("1")), "UUID"),
    ] {
        let (status, problem) = door.json("events", key, json!({ "events": [poor_call(2), event] })).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{problem}");
        assert!(problem.to_string().contains(says), "{says}: {problem}");
    }
    let many: Vec<Value> = (0..51).map(poor_call).collect();
    let (_, problem) = door.json("events", key, json!({ "events": many })).await;
    assert!(problem["detail"].as_str().unwrap().contains("at most 50"), "{problem}");
    assert_eq!(
        door.json("events", &door.key, json!({ "events": [] })).await.0,
        StatusCode::UNAUTHORIZED,
        "the customer's key opens no room"
    );
    assert_eq!(door.json("events", key, json!({ "events": [poor_call(2)] })).await, (StatusCode::OK, json!({ "kept": 1, "dropped": 0 })));
}

async fn enrolled(door: &Door) -> String {
    let (_, answer) = door.json("enrol", &door.key, device()).await;
    answer["roomKey"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn r105_a_device_is_told_which_updates_to_install_in_the_nights_of_its_room() {
    let door = Door::new().await;
    let key = enrolled(&door).await;
    door.bed.change(json!({"publishUpdate": {"package": "App", "version": "5.3"}})).await;
    door.bed.change(json!({"publishUpdate": {"package": "App", "version": "5.4"}})).await;
    door.bed.change(json!({"publishUpdate": {"package": "Other", "version": "1"}})).await;
    let (status, answer) = door.json("updates", &key, json!({})).await;
    assert_eq!(
        (status, &answer),
        (StatusCode::OK, &json!({"install": [], "ignored": 0, "nextReportS": 3600})),
        "it runs nothing that is known"
    );
    let report = json!({"installed": [{"package": "App", "version": "5.2"}]});
    // General rolls out over ten days: by then each room has had its turn.
    door.app.clock.advance(std::time::Duration::from_secs(11 * 24 * 60 * 60));
    let (_, answer) = door.json("updates", &key, report.clone()).await;
    let [line] = answer["install"].as_array().unwrap().as_slice() else { panic!("{answer}") };
    assert_eq!(
        (&line["package"], &line["version"], &line["attempt"], &line["when"]),
        (&json!("App"), &json!("5.4"), &json!(1), &json!("window"))
    );
    let at = |of: &str| line["window"][of].as_str().unwrap().parse::<Timestamp>().unwrap();
    assert!(at("until") > door.app.clock.now() && at("until").since(at("from")).as_secs() == 5 * 60 * 60, "{line}");
    // Sent again, it says and changes the same.
    door.bed.forget_changes().await;
    assert_eq!(door.json("updates", &key, report).await.1, answer);
    let progress = |state: &str| json!({"progress": [{"package": "App", "version": "5.4", "state": state, "attempt": 1}]});
    for _ in 0..2 {
        let (_, same) = door.json("updates", &key, progress("downloading")).await;
        assert_eq!((&same["install"], &same["ignored"]), (&answer["install"], &json!(0)));
    }
    let (_, done) = door.json("updates", &key, progress("installed")).await;
    assert_eq!((&done["install"], &done["ignored"]), (&json!([]), &json!(0)));
    let (_, again) = door.json("updates", &key, progress("installed")).await;
    assert_eq!((&again["install"], &again["ignored"]), (&json!([]), &json!(1)), "it runs it already");
    assert_eq!(door.bed.recorded().await, Vec::<String>::new(), "no desk holds any of it");
}

#[tokio::test]
async fn r105_a_room_of_an_unknown_time_zone_installs_in_the_nights_of_utc_while_it_is_free() {
    let door = Door::new().await;
    let mut device = device();
    device["timezone"] = json!("Lummerland/Hauptstadt");
    let (_, enrolled) = door.json("enrol", &door.key, device).await;
    let key = enrolled["roomKey"].as_str().unwrap();
    door.bed.change(json!({"publishUpdate": {"package": "App", "version": "5.4"}})).await;
    door.app.clock.advance(std::time::Duration::from_secs(11 * 24 * 60 * 60));
    let (_, answer) = door.json("updates", key, json!({"installed": [{"package": "App", "version": "5.2"}]})).await;
    let line = &answer["install"][0];
    assert_eq!(line["when"], "window_when_free", "{answer}");
    assert!(line["window"]["until"].as_str().unwrap().ends_with("T05:00:00Z"), "{line}");
}

#[tokio::test]
async fn r104_reports_of_updates_have_bounds_and_what_is_beyond_them_is_said() {
    let door = Door::new().await;
    let key = enrolled(&door).await;
    let versions = |count: usize, from: usize| -> Vec<Value> {
        (from..from + count).map(|n| json!({"package": format!("Package {n}"), "version": "1"})).collect()
    };
    let line = |fields: Value| {
        let mut line = json!({"package": "App", "version": "1", "state": "failed", "reason": "No space"});
        line.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        json!({"progress": [line]})
    };
    for (body, says) in [
        (json!({"installed": versions(41, 0)}), "at most 40"),
        (json!({"progress": vec![json!({"package": "App", "version": "1", "state": "installing"}); 41]}), "at most 40"),
        (json!({"installed": [{"package": "", "version": "1"}]}), "1 to 80"),
        (json!({"installed": [{"package": "A", "version": "1 2"}]}), "1 to 40"),
        (line(json!({"reason": null})), "say why"),
        (line(json!({"reason": "x".repeat(301)})), "1 to 300"),
        (line(json!({"reason": "a\u{0}b"})), "1 to 300"),
        (line(json!({"state": "installing"})), "leave reason out"),
        (line(json!({"state": "thinking"})), "thinking"),
        (line(json!({"more": 1})), "more"),
    ] {
        let (status, problem) = door.json("updates", &key, body).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{problem}");
        assert!(problem["detail"].as_str().unwrap().contains(says), "{says}: {problem}");
    }
    assert_eq!(door.json("updates", &key, json!({"installed": versions(40, 0)})).await.0, StatusCode::OK);
    assert_eq!(door.json("updates", &key, json!({"installed": versions(1, 40)})).await.0, StatusCode::OK, "the others are gone");
    // What the service does not know of it ignores, and says so.
    let (status, answer) = door.json("updates", &key, line(json!({}))).await;
    assert_eq!((status, &answer["ignored"]), (StatusCode::OK, &json!(1)));
    let other = door.key.clone();
    for key in [other.as_str(), "nonsense"] {
        assert_eq!(door.json("updates", key, json!({})).await.0, StatusCode::UNAUTHORIZED);
    }
}

fn meeting(n: u128, start: &str, end: &str) -> Value {
    json!({ "id": id(n), "start": start, "end": end, "booked": true, "teamsLink": true })
}

#[tokio::test]
async fn r8_r97_r98_a_device_reports_meetings_and_calls_once_and_corrects_them() {
    let door = Door::new().await;
    let (_, enrolled) = door.json("enrol", &door.key, device()).await;
    let (key, room): (_, tenantry_model::id::RoomId) =
        (enrolled["roomKey"].as_str().unwrap(), enrolled["roomId"].as_str().unwrap().parse().unwrap());
    let report =
        async |meetings: Vec<Value>, calls: Vec<Value>| door.json("usage", key, json!({ "meetings": meetings, "calls": calls })).await;
    let kept = |kept: u32, dropped: u32| (StatusCode::OK, json!({ "kept": kept, "dropped": dropped }));
    let call = json!({ "id": id(1), "start": "2026-03-01T10:00:00Z", "end": "2026-03-01T10:20:00Z", "quality": "good" });
    let first = meeting(1, "2026-03-01T10:00:00Z", "2026-03-01T11:00:00Z");
    assert_eq!(report(vec![first.clone()], vec![call.clone()]).await, kept(2, 0), "a call may be called as a meeting is");
    assert_eq!(report(vec![first], vec![call]).await, kept(0, 0), "sent again, they change nothing");
    let facts = async || {
        let mut tx = door.app.store.read().await.unwrap();
        let (from, to) = ("2026-02-01".parse().unwrap(), "2026-04-01".parse().unwrap());
        let days = room_days::of_customer(tx.conn(), tenant(1), from, to).await.unwrap().remove(&room).unwrap_or_default();
        days.into_iter().map(|(day, facts)| (day.to_string(), facts.used.booked_min, facts.used.calls)).collect::<Vec<_>>()
    };
    assert_eq!(facts().await, [("2026-03-01".to_owned(), 60, 1)]);
    // It was another day, and longer.
    let corrected = meeting(1, "2026-02-28T10:00:00Z", "2026-02-28T12:00:00Z");
    assert_eq!(report(vec![corrected], vec![]).await, kept(1, 0));
    assert_eq!(facts().await, [("2026-02-28".to_owned(), 120, 0), ("2026-03-01".to_owned(), 0, 1)]);
    let old = meeting(2, "2025-11-01T10:00:00Z", "2025-11-01T12:00:00Z");
    let ahead = meeting(3, "2026-03-09T10:00:00Z", "2026-03-09T12:00:00Z");
    assert_eq!(report(vec![old, ahead], vec![]).await, kept(0, 2));
    let flood = |from: u128| (from..from + 199).map(|n| meeting(n, "2026-02-27T10:00:00Z", "2026-02-27T10:01:00Z")).collect::<Vec<_>>();
    assert_eq!(report(flood(100), vec![]).await, kept(199, 0));
    assert_eq!(report(flood(500), vec![]).await, kept(1, 198), "200 a day");
    let writer = door.app.store.write().await.unwrap();
    let again = tokio::time::timeout(std::time::Duration::from_secs(1), report(flood(100), vec![]));
    assert_eq!(again.await.expect("it waits for the writer"), kept(0, 0));
    drop(writer);
    assert_eq!(
        report(
            flood(100)
                .into_iter()
                .map(|mut it| {
                    it["end"] = json!("2026-02-27T10:02:00Z");
                    it
                })
                .collect(),
            vec![]
        )
        .await,
        kept(199, 0),
        "what is known may be corrected"
    );
}

#[tokio::test]
async fn r97_usage_that_makes_no_sense_is_refused_as_a_whole() {
    let door = Door::new().await;
    let (_, enrolled) = door.json("enrol", &door.key, device()).await;
    let key = enrolled["roomKey"].as_str().unwrap();
    let good = meeting(1, "2026-03-01T10:00:00Z", "2026-03-01T11:00:00Z");
    for (bad, says) in [
        (meeting(2, "2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z"), "#/meetings/1/end: must be later than start"),
        (meeting(2, "2026-03-01T10:00:00Z", "2026-03-02T10:00:01Z"), "#/meetings/1/end: must be within 24 hours"),
        (meeting(2, "yesterday", "2026-03-02T10:00:01Z"), "yesterday"),
        (json!({ "id": id(2), "start": "2026-03-01T10:00:00Z", "end": "2026-03-01T11:00:00Z" }), "booked"),
        (
            json!({ "id": id(2), "start": "2026-03-01T10:00:00Z", "end": "2026-03-01T11:00:00Z", "booked": true, "organizer": "Ann" }),
            "organizer",
        ),
    ] {
        let (status, problem) = door.json("usage", key, json!({ "meetings": [good, bad] })).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{problem}");
        assert!(problem.to_string().contains(says), "{says}: {problem}");
    }
    let many: Vec<Value> = (0..201).map(|n| meeting(n, "2026-03-01T10:00:00Z", "2026-03-01T11:00:00Z")).collect();
    let (_, problem) = door.json("usage", key, json!({ "meetings": many })).await;
    assert!(problem["detail"].as_str().unwrap().contains("at most 200"), "{problem}");
    assert_eq!(door.json("usage", &door.key, json!({})).await.0, StatusCode::UNAUTHORIZED, "the customer's key opens no room");
    assert_eq!(door.json("usage", key, json!({ "meetings": [good] })).await, (StatusCode::OK, json!({ "kept": 1, "dropped": 0 })));
}
