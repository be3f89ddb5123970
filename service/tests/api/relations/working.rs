//! Who works on an incident, and what is out of sight (A32–A34, R73, R79).

use std::time::Duration;

use http::{Method, StatusCode};
use serde_json::{Value, json};
use tenantry_model::incident::{HistoryKind, Incident, IncidentStatus, Severity, SnoozedBy};
use tenantry_model::permission::Permission;
use tenantry_model::room::{Health, Room};
use tenantry_model::time::Clock;
use tenantry_service::domain::timed_work::tick;
use tenantry_service::random::SeededRandom;
use tenantry_test_kit::Change;

use super::World;
use crate::support::Answer;

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);

impl World {
    async fn put(&self, who: &str, path: &str, body: Value) -> Answer {
        self.send(who, Method::PUT, path, &[], Some(body)).await
    }

    async fn claims(&self, who: &str, path: &str, body: Value) -> Answer {
        self.put(who, &format!("{path}/claim"), body).await
    }

    async fn whole(&self, who: &str, path: &str) -> Incident {
        self.get(who, path).await.json()
    }

    async fn numbers(&self, who: &str, query: &str) -> Vec<String> {
        let page: Value = self.get(who, &format!("/v1/incidents?{query}")).await.json();
        page["items"].as_array().unwrap().iter().map(|row| row["number"].as_str().unwrap().to_owned()).collect()
    }

    async fn passes(&self, time: Duration) {
        self.app.clock.advance(time);
        tick(&self.app.store, &SeededRandom::new(7)).await.unwrap();
    }

    fn after(&self, time: Duration) -> String {
        self.app.clock.now().plus(time).to_string()
    }

    /// The room's device says so, now.
    async fn says(&self, room: &str, signal: &str, state: &str) {
        let readings = serde_json::from_value(json!([{ "signal": signal, "state": state }])).unwrap();
        self.app.estate().apply(vec![Change::ReportSignals { room: self.room(room), readings, occupied: None }]).await;
    }

    async fn seen(&self, room: &str) -> Room {
        self.get("ann", &self.room_path(room)).await.json()
    }
}

fn kinds(incident: &Incident) -> Vec<(HistoryKind, Option<&str>)> {
    incident.history.iter().map(|row| (row.kind, row.by.as_deref())).collect()
}

#[tokio::test]
async fn a32_a_claim_lasts_fifteen_minutes_locks_nothing_and_is_taken_over_by_asking_once() {
    let world = World::related().await;
    world
        .role("ann", world.alpha, "Desk", &[Permission::TicketsView, Permission::TicketsUpdate], &["cleo"], json!({ "kind": "all" }))
        .await;
    let path = world.incident_path("a1");
    let before = world.whole("ann", &path).await.row.version;
    let answer = world.claims("ann", &path, json!({})).await;
    assert_eq!((answer.status, answer.value()["version"].as_u64()), (StatusCode::OK, Some(before)), "{answer:?}");
    let claim = world.whole("chief", &path).await.row.claim.expect("the customer sees it, too");
    assert_eq!((claim.name.as_str(), claim.until), ("ann", world.app.clock.now().plus(MINUTE * 15)));
    let number = world.whole("ann", &path).await.row.number;
    assert_eq!(world.last_work("chief").await, format!("Incident Update Successful {number}, by ann"));

    // Renewed: no news to the log.
    world.passes(MINUTE * 10).await;
    let records = world.worked("chief").await.len();
    world.claims("ann", &path, json!({})).await.ok("renewed");
    assert_eq!(world.whole("ann", &path).await.row.claim.unwrap().until, world.app.clock.now().plus(MINUTE * 15));
    assert_eq!(world.worked("chief").await.len(), records);

    let refused = world.claims("cleo", &path, json!({})).await;
    assert_eq!((refused.status, refused.fields()), (StatusCode::CONFLICT, vec!["#/takeOver claimed-by-other".to_owned()]));
    world.post("cleo", &format!("{path}/messages"), json!({ "text": "Seen" })).await.ok("it locks nothing");
    world.claims("cleo", &path, json!({ "takeOver": true })).await.ok("taken over");
    let taken = world.whole("ann", &path).await;
    assert_eq!(taken.row.claim.as_ref().map(|claim| claim.name.as_str()), Some("cleo"));
    assert_eq!(kinds(&taken)[0], (HistoryKind::TakenOver, Some("cleo")));
    // Only one's own is ended.
    world.delete("ann", &format!("{path}/claim"), None).await.ok("nothing of hers");
    assert!(world.whole("ann", &path).await.row.claim.is_some());
    // Over by itself: then nobody has to be asked.
    world.passes(MINUTE * 15).await;
    world.claims("ann", &path, json!({})).await.ok("free again");
    assert_eq!(kinds(&world.whole("ann", &path).await).len(), kinds(&taken).len(), "no taking over");
    world.delete("ann", &format!("{path}/claim"), None).await.ok("ended");
    assert!(world.whole("ann", &path).await.row.claim.is_none());

    world.claims("nemo", &path, json!({})).await.hidden("no right");
    world.claims("ann", &world.incident_path("a3"), json!({})).await.hidden("not delegated");
    world.claims("ann", &path, json!({ "for": 7 })).await.bad("no such member");
}

#[tokio::test]
async fn a33_a_snoozed_incident_is_in_no_list_that_does_not_ask_and_comes_back_by_itself() {
    let world = World::related().await;
    let path = world.incident_path("a1");
    let row = world.whole("ann", &path).await.row;
    let (number, of) = (row.number.to_string(), format!("type={}&room={}", row.kind.as_str(), world.room("a1")));
    let snooze = format!("{path}/snooze");
    for (body, field) in [
        (json!({ "reason": "" }), "#/reason text-empty"),
        (json!({ "reason": "x".repeat(201) }), "#/reason text-too-long"),
        (json!({ "reason": "x", "until": world.after(Duration::ZERO) }), "#/until snooze-end-invalid"),
        (json!({ "reason": "x", "until": world.after(HOUR * 24 * 30 + MINUTE) }), "#/until snooze-end-invalid"),
    ] {
        assert_eq!(world.put("ann", &snooze, body.clone()).await.fields(), [field], "{body}");
    }
    world.put("nemo", &snooze, json!({ "reason": "x" })).await.hidden("no right");
    world.put("ann", &snooze, json!({ "reason": " Umbau ", "until": world.after(HOUR) })).await.ok("snoozed");
    let seen = world.whole("chief", &path).await;
    let why = seen.row.snooze.clone().unwrap();
    assert_eq!((why.by.as_deref(), why.reason.as_str(), seen.row.snoozed_by), (Some("ann"), "Umbau", Some(SnoozedBy::Incident)));
    assert_eq!(kinds(&seen)[0], (HistoryKind::Snoozed, Some("ann")));
    assert_eq!(world.numbers("ann", &of).await.len(), 0);
    assert_eq!(world.numbers("ann", "snoozed=true").await, [&*number]);
    assert!(world.numbers("ann", "snoozed=true&tab=resolved").await.is_empty());

    world.passes(HOUR - MINUTE).await;
    assert_eq!(world.numbers("ann", "snoozed=true").await, [&*number]);
    world.passes(MINUTE).await;
    assert_eq!((world.numbers("ann", &of).await, world.numbers("ann", "snoozed=true").await), (vec![number.clone()], vec![]));
    assert_eq!(kinds(&world.whole("ann", &path).await)[0], (HistoryKind::Woken, None));

    // Without an end, until somebody fetches it.
    world.put("ann", &snooze, json!({ "reason": "For good" })).await.ok("suppressed");
    world.passes(HOUR * 24 * 40).await;
    assert_eq!(world.numbers("ann", "snoozed=true").await, [number]);
    world.delete("chief", &snooze, None).await.ok("fetched by the customer");
    assert_eq!(kinds(&world.whole("ann", &path).await)[0], (HistoryKind::Woken, Some("chief")));
    assert_eq!(world.numbers("ann", &of).await.len(), 1);
}

#[tokio::test]
async fn r73_a_suppressed_signal_opens_nothing_its_sibling_does_and_what_failed_meanwhile_opens_when_it_is_over() {
    let world = World::related().await;
    let suppression = format!("{}/suppression", world.room_path("a1"));
    let camera = json!({ "signal": "hdmi_ingest" });
    world.put("ann", &suppression, json!({ "signal": camera, "reason": "Umbau", "until": world.after(HOUR * 5) })).await.ok("one signal");
    assert_eq!(world.last_work("chief").await, "Room Update Successful a1, by ann");
    world.says("a1", "hdmi_ingest", "failing").await;
    world.says("a1", "content_camera", "failing").await;
    let of = |kind: &str| format!("type={kind}&room={}", world.room("a1"));
    // Its device goes on reporting.
    for _ in 0..4 {
        world.passes(MINUTE * 50).await;
        world.says("a1", "content_camera", "failing").await;
    }
    assert_eq!((world.numbers("ann", &of("hdmi_ingest")).await.len(), world.numbers("ann", &of("content_camera")).await.len()), (0, 1));
    for _ in 0..2 {
        world.passes(MINUTE * 50).await;
        world.says("a1", "content_camera", "failing").await;
    }
    world.passes(MINUTE * 5).await;
    let opened = world.numbers("ann", &of("hdmi_ingest")).await;
    assert_eq!(opened.len(), 1, "it has failed for its watch time by then");

    // One that is open is out of sight with its signal, and comes back with it.
    world.put("ann", &suppression, json!({ "signal": camera, "reason": "Umbau" })).await.ok("again");
    assert_eq!(world.numbers("ann", &format!("snoozed=true&{}", of("hdmi_ingest"))).await, opened);
    assert_eq!(world.numbers("ann", &of("hdmi_ingest")).await.len(), 0);
    world.delete("ann", &format!("{suppression}?signal=hdmi_ingest"), None).await.ok("lifted");
    assert_eq!(world.numbers("ann", &of("hdmi_ingest")).await, opened);

    world.delete("ann", &format!("{suppression}?instance=2"), None).await.bad("of which signal");
    world.put("ann", &suppression, json!({ "signal": { "signal": "nonsense" }, "reason": "x" })).await.bad("no such signal");
    world.put("ann", &suppression, json!({ "reason": "" })).await.bad("no reason");
    world.put("ann", &format!("{}/suppression", world.room_path("a3")), json!({ "reason": "x" })).await.hidden("not delegated");
    world.put("nemo", &suppression, json!({ "reason": "x" })).await.hidden("no right");
}

#[tokio::test]
async fn a33_a_snoozed_room_counts_as_suppressed_its_incidents_go_with_it_and_both_come_back_by_themselves() {
    let world = World::related().await;
    world.says("a1", "hdmi_ingest", "failing").await;
    for _ in 0..2 {
        world.passes(MINUTE * 50).await;
        world.says("a1", "hdmi_ingest", "failing").await;
    }
    let of = format!("type=hdmi_ingest&room={}", world.room("a1"));
    let open = world.numbers("ann", &of).await;
    assert_eq!(open.len(), 1);
    let health = world.seen("a1").await.health;
    let suppression = format!("{}/suppression", world.room_path("a1"));
    world.put("ann", &suppression, json!({ "reason": "Umbau", "until": world.after(MINUTE * 30) })).await.ok("the room");
    let room = world.seen("a1").await;
    let why = room.suppression.unwrap();
    assert_eq!((room.health, why.by.as_deref(), why.reason.as_str()), (Health::Suppressed, Some("ann"), "Umbau"));
    assert_eq!(world.numbers("ann", &of).await.len(), 0);
    world.passes(MINUTE * 30).await;
    let room = world.seen("a1").await;
    assert_eq!((room.health, room.suppression, world.numbers("ann", &of).await), (health, None, open.clone()));
    // By hand.
    world.put("ann", &suppression, json!({ "reason": "Umbau" })).await.ok("without an end");
    assert_eq!(world.numbers("ann", &of).await.len(), 0);
    world.delete("chief", &suppression, None).await.ok("lifted by the customer");
    assert_eq!((world.seen("a1").await.health, world.numbers("ann", &of).await), (health, open));
}

#[tokio::test]
async fn a18_where_the_customer_says_so_a_suppression_waits_and_is_done_in_the_name_of_who_asked() {
    let world = World::related().await;
    world.steer("chief", json!({ "changeControl": { "rooms.suppress": "manual" } })).await;
    let suppression = format!("{}/suppression", world.room_path("a1"));
    let asked = world.put("ann", &suppression, json!({ "reason": "Umbau", "until": world.after(HOUR) })).await;
    assert_eq!(asked.status, StatusCode::ACCEPTED, "{asked:?}");
    assert_ne!(world.seen("a1").await.health, Health::Suppressed);
    let waiting = world.request("chief").await;
    world.decide("chief", waiting, "approve").await.ok("approved");
    let room = world.seen("a1").await;
    assert_eq!((room.health, room.suppression.unwrap().by.as_deref()), (Health::Suppressed, Some("ann")));
    // Its own administrators need nobody's approval.
    world.delete("chief", &suppression, None).await.ok("at once");
    assert_ne!(world.seen("a1").await.health, Health::Suppressed);
    // What would have ended by now is not done any more.
    let asked = world.put("ann", &suppression, json!({ "reason": "Umbau", "until": world.after(HOUR) })).await;
    assert_eq!(asked.status, StatusCode::ACCEPTED);
    world.passes(HOUR).await;
    let waiting = world.request("chief").await;
    assert_eq!(world.decide("chief", waiting, "approve").await.fields(), ["# request-outdated"]);
    world.decide("chief", waiting, "reject").await.ok("rejected");
    // A right that was lost meanwhile.
    let role = world
        .role("ann", world.alpha, "Rooms", &[Permission::RoomsView, Permission::RoomsModify], &["cleo"], json!({ "kind": "all" }))
        .await;
    assert_eq!(world.put("cleo", &suppression, json!({ "reason": "Mine" })).await.status, StatusCode::ACCEPTED);
    world.delete("ann", &format!("/v1/customers/{}/roles/{}", world.alpha, role.role.id), Some(1)).await.ok("away");
    let waiting = world.request("chief").await;
    assert_eq!(world.decide("chief", waiting, "approve").await.fields(), ["# request-sender"]);
}

#[tokio::test]
async fn r79_a34_a_warning_that_is_left_alone_for_a_day_becomes_important_once_each_time_it_is_active() {
    let world = World::related().await;
    let day = HOUR * 24;
    let failing = async |hours: u32| {
        for _ in 0..hours {
            world.says("a1", "camera_default", "failing").await;
            world.passes(HOUR).await;
        }
    };
    world.says("a1", "camera_default", "failing").await;
    failing(3).await;
    let of = format!("type=camera_default&room={}", world.room("a1"));
    let numbers = world.numbers("ann", &of).await;
    assert_eq!(numbers.len(), 1, "open within its watch time");
    let path = format!("/v1/customers/{}/incidents/{}", world.alpha, numbers[0]);
    let opened = world.whole("ann", &path).await.row;
    assert_eq!(opened.severity, Severity::Warning);

    // A message begins the day anew.
    failing(19).await;
    world.post("ann", &format!("{path}/messages"), json!({ "text": "Seen" })).await.ok("a message");
    failing(23).await;
    assert_eq!(world.whole("ann", &path).await.row.severity, Severity::Warning);
    // So does a claim, from its end.
    world.claims("ann", &path, json!({})).await.ok("claimed");
    failing(24).await;
    assert_eq!(world.whole("ann", &path).await.row.severity, Severity::Warning);
    let before = world.seen("a1").await;
    failing(1).await;
    let important = world.whole("ann", &path).await;
    assert_eq!((important.row.severity, important.row.active_since), (Severity::Important, opened.active_since));
    assert_eq!(kinds(&important)[0], (HistoryKind::Escalated, None));
    assert_eq!((before.has_warnings, world.seen("a1").await.has_warnings), (true, false), "it counts as what it is now");
    assert_eq!(world.numbers("ann", &format!("severity=important&{of}")).await, numbers, "in the open list, too");
    failing(30).await;
    let once = world.whole("ann", &path).await;
    assert_eq!(kinds(&once).iter().filter(|(kind, _)| *kind == HistoryKind::Escalated).count(), 1);

    // Resolved, and active again: a warning again, with a day of its own.
    world.says("a1", "camera_default", "healthy").await;
    assert_eq!(world.whole("ann", &path).await.row.status, IncidentStatus::Resolved);
    world.says("a1", "camera_default", "failing").await;
    failing(3).await;
    let again = world.whole("ann", &path).await;
    assert_eq!((again.row.severity, again.row.status), (Severity::Warning, IncidentStatus::NeedsAction));
    // Out of sight, nobody leaves it alone.
    world.put("ann", &format!("{path}/snooze"), json!({ "reason": "Umbau" })).await.ok("snoozed");
    failing(30).await;
    assert_eq!(world.whole("ann", &path).await.row.severity, Severity::Warning);
    world.delete("ann", &format!("{path}/snooze"), None).await.ok("back");
    failing(23).await;
    assert_eq!(world.whole("ann", &path).await.row.severity, Severity::Warning);
    failing(2).await;
    assert_eq!(world.whole("ann", &path).await.row.severity, Severity::Important);
    assert!(world.app.clock.now().since(opened.active_since) > day);
}

impl World {
    /// One camera fails until its incident is open; the query that lists it.
    async fn hdmi_fails(&self) -> (String, Vec<String>) {
        self.says("a1", "hdmi_ingest", "failing").await;
        self.passes(MINUTE * 15).await;
        let of = format!("type=hdmi_ingest&room={}", self.room("a1"));
        let open = self.numbers("ann", &of).await;
        assert_eq!(open.len(), 1);
        (of, open)
    }
}

#[tokio::test]
async fn a33_what_was_snoozed_and_resolved_is_in_sight_when_it_is_active_again() {
    let world = World::related().await;
    let suppression = format!("{}/suppression", world.room_path("a1"));
    let (of, open) = world.hdmi_fails().await;
    world.put("ann", &suppression, json!({ "reason": "Umbau" })).await.ok("the room, without an end");
    world.says("a1", "hdmi_ingest", "healthy").await;
    world.delete("ann", &suppression, None).await.ok("lifted while it is resolved");
    assert_eq!(world.hdmi_fails().await.1, open, "under its number, and in sight");
    // The same of one that was snoozed and claimed by itself.
    let path = format!("/v1/customers/{}/incidents/{}", world.alpha, open[0]);
    world.claims("ann", &path, json!({})).await.ok("claimed");
    world.put("ann", &format!("{path}/snooze"), json!({ "reason": "Later" })).await.ok("snoozed");
    assert_eq!(world.numbers("ann", &of).await.len(), 0);
    world.says("a1", "hdmi_ingest", "healthy").await;
    assert_eq!(world.hdmi_fails().await.1, open);
    let again = world.whole("ann", &path).await.row;
    assert_eq!((again.claim, again.snooze), (None, None));
}

#[tokio::test]
async fn a33_r73_what_is_open_follows_what_of_its_room_is_suppressed_whatever_comes_first_and_ends_first() {
    let world = World::related().await;
    let suppression = format!("{}/suppression", world.room_path("a1"));
    let (of, open) = world.hdmi_fails().await;
    let path = format!("/v1/customers/{}/incidents/{}", world.alpha, open[0]);
    let signal = json!({ "signal": "hdmi_ingest" });
    let in_sight = async || world.numbers("ann", &of).await.len() == 1;
    let snoozed_by = async || world.whole("ann", &path).await.row.snoozed_by;
    // Another end: the last word holds.
    world.put("ann", &suppression, json!({ "reason": "Umbau" })).await.ok("without an end");
    world.put("ann", &suppression, json!({ "reason": "Umbau", "until": world.after(HOUR) })).await.ok("for an hour");
    world.put("ann", &suppression, json!({ "reason": "Umbau", "until": world.after(HOUR * 2) })).await.ok("for two");
    world.passes(HOUR).await;
    assert!(!in_sight().await);
    world.passes(HOUR).await;
    assert!(in_sight().await);
    // Signal and room: it is out of sight until both are over, and fetched by lifting, not by itself.
    world.put("ann", &suppression, json!({ "reason": "Umbau" })).await.ok("the room");
    world.put("ann", &suppression, json!({ "signal": signal, "reason": "Kabel" })).await.ok("and the signal");
    assert_eq!(snoozed_by().await, Some(SnoozedBy::Signal));
    let refused = world.delete("ann", &format!("{path}/snooze"), None).await;
    assert_eq!(refused.fields(), ["# snoozed-with-suppression"]);
    let signals: Value = world.get("ann", &format!("{}/signals", world.room_path("a1"))).await.json();
    let hdmi = signals["signals"].as_array().unwrap().iter().find(|it| it["signal"] == "hdmi_ingest").unwrap();
    assert_eq!((&hdmi["suppression"]["reason"], &hdmi["suppression"]["by"]), (&json!("Kabel"), &json!("ann")));
    world.delete("ann", &suppression, None).await.ok("the room is lifted");
    assert!(!in_sight().await, "its signal is suppressed");
    world.put("ann", &suppression, json!({ "reason": "Umbau" })).await.ok("again");
    world.delete("ann", &format!("{suppression}?signal=hdmi_ingest"), None).await.ok("the signal is lifted");
    assert_eq!((in_sight().await, snoozed_by().await), (false, Some(SnoozedBy::Room)));
    // Snoozed by itself for less than its room: it comes back with the room.
    world.put("ann", &format!("{path}/snooze"), json!({ "reason": "Later", "until": world.after(MINUTE * 5) })).await.ok("by itself");
    world.passes(MINUTE * 5).await;
    assert_eq!((in_sight().await, snoozed_by().await), (false, Some(SnoozedBy::Room)));
    // The operator lifts what somebody suppressed, and nothing is left of their words.
    world.app.estate().apply(vec![Change::SuppressRoom { room: world.room("a1"), suppressed: false }]).await;
    assert!(in_sight().await);
    world.app.estate().apply(vec![Change::SuppressRoom { room: world.room("a1"), suppressed: true }]).await;
    let why = world.seen("a1").await.suppression.unwrap();
    assert_eq!((in_sight().await, why.by, why.reason.as_str()), (false, None, ""));
    world.delete("ann", &suppression, None).await.ok("and somebody what the operator did");
    assert!(in_sight().await);
    let unknown = json!({ "signal": { "signal": "hdmi_ingest", "instance": "made up" }, "reason": "x" });
    world.put("ann", &suppression, unknown).await.bad("no such peripheral");
}

#[tokio::test]
async fn a18_an_approval_undoes_nothing_that_was_decided_since() {
    let world = World::related().await;
    world.steer("chief", json!({ "changeControl": { "rooms.suppress": "manual" } })).await;
    let suppression = format!("{}/suppression", world.room_path("a1"));
    world.put("chief", &suppression, json!({ "reason": "First" })).await.ok("at once");
    assert_eq!(world.delete("ann", &suppression, None).await.status, StatusCode::ACCEPTED);
    world.passes(MINUTE).await;
    world.put("chief", &suppression, json!({ "reason": "Anew" })).await.ok("decided anew");
    let waiting = world.request("chief").await;
    assert_eq!(world.decide("chief", waiting, "approve").await.fields(), ["# request-outdated"]);
    assert_eq!(world.seen("a1").await.suppression.unwrap().reason, "Anew");
}

#[tokio::test]
async fn a35_a_claim_that_is_sent_again_is_made_once() {
    let world = World::related().await;
    world
        .role("ann", world.alpha, "Desk", &[Permission::TicketsView, Permission::TicketsUpdate], &["cleo"], json!({ "kind": "all" }))
        .await;
    let path = world.incident_path("a1");
    world.claims("cleo", &path, json!({})).await.ok("hers");
    let claim = format!("{path}/claim");
    let again = async || world.send("ann", Method::PUT, &claim, &[("idempotency-key", "one")], Some(json!({ "takeOver": true }))).await;
    again().await.ok("taken over");
    world.claims("cleo", &path, json!({ "takeOver": true })).await.ok("taken back");
    again().await.ok("answered as before");
    assert_eq!(world.whole("ann", &path).await.row.claim.unwrap().name, "cleo");
}

#[tokio::test]
async fn a35_a_suppression_that_is_sent_again_is_made_or_asked_for_once() {
    let world = World::related().await;
    let suppression = format!("{}/suppression", world.room_path("a1"));
    let send = async |method: Method, key: &str, at: &str, body: Option<Value>| {
        world.send("ann", method, &format!("{suppression}{at}"), &[("idempotency-key", key)], body).await
    };
    let quiet = json!({ "reason": "Umbau" });
    let first = send(Method::PUT, "one", "", Some(quiet.clone())).await;
    first.ok("suppressed");
    world.delete("chief", &suppression, None).await.ok("lifted since");
    let records = world.worked("chief").await.len();
    let again = send(Method::PUT, "one", "", Some(quiet.clone())).await;
    assert_eq!((again.status, again.value()), (first.status, first.value()), "answered as before");
    assert_eq!((world.seen("a1").await.suppression, world.worked("chief").await.len()), (None, records), "and not done again");
    send(Method::PUT, "one", "", Some(json!({ "reason": "Messe" }))).await.conflicts("the key of another one");
    world.put("ann", &suppression, quiet.clone()).await.ok("suppressed");
    send(Method::DELETE, "two", "", None).await.ok("lifted");
    world.put("chief", &suppression, quiet.clone()).await.ok("suppressed anew");
    send(Method::DELETE, "two", "", None).await.ok("answered as before");
    assert!(world.seen("a1").await.suppression.is_some(), "and not lifted again");
    send(Method::DELETE, "two", "?signal=hdmi_ingest", None).await.conflicts("of the signal it is another one");
    world.delete("chief", &suppression, None).await.ok("lifted");

    world.steer("chief", json!({ "changeControl": { "rooms.suppress": "manual" } })).await;
    let asked = send(Method::PUT, "three", "", Some(quiet.clone())).await;
    assert_eq!(asked.status, StatusCode::ACCEPTED, "{asked:?}");
    let waiting = world.request("chief").await;
    world.decide("chief", waiting, "reject").await.ok("rejected");
    let again = send(Method::PUT, "three", "", Some(quiet)).await;
    assert_eq!((again.status, again.value()), (asked.status, asked.value()));
    let requests: Value = world.get("chief", "/v1/change-requests").await.json();
    let pending = requests["items"].as_array().or(requests.as_array()).unwrap().iter().filter(|row| row["state"] == "pending").count();
    assert_eq!(pending, 0, "it is not asked for again: {requests}");
    // What is not suppressed needs nobody's approval to stay so.
    send(Method::DELETE, "four", "", None).await.ok("nothing to lift");
}

#[tokio::test]
async fn a35_a_suppression_overwrites_nothing_that_was_decided_since_the_room_was_read() {
    let world = World::related().await;
    let suppression = format!("{}/suppression", world.room_path("a1"));
    world.says("a1", "hdmi_ingest", "failing").await;
    let of = async |version: u64, method: Method, at: &str, body: Option<Value>| {
        let tag = format!("\"{version}\"");
        world.send("ann", method, &format!("{suppression}{at}"), &[("if-match", &tag)], body).await.status
    };
    let signal = json!({ "signal": { "signal": "hdmi_ingest" }, "reason": "Kabel" });
    for (body, at) in [(json!({ "reason": "Umbau" }), ""), (signal, "?signal=hdmi_ingest")] {
        let read = world.seen("a1").await.version;
        world.put("chief", &suppression, body.clone()).await.ok("decided meanwhile");
        assert_eq!(of(read, Method::PUT, "", Some(body.clone())).await, StatusCode::PRECONDITION_FAILED, "{at}");
        assert_eq!(of(read, Method::DELETE, at, None).await, StatusCode::PRECONDITION_FAILED, "{at}");
        let read = world.seen("a1").await.version;
        assert_eq!(of(read, Method::DELETE, at, None).await, StatusCode::OK, "{at}");
        assert_eq!(of(read, Method::PUT, "", Some(body)).await, StatusCode::PRECONDITION_FAILED, "lifted meanwhile: {at}");
    }
}
