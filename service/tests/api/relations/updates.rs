//! Updates on their way through a customer's rings: where they stand, what is done with them, by whom, and how their rooms are counted.

use std::time::Duration;

use http::{Method, StatusCode};
use serde_json::{Value, json};
use tenantry_model::api::requests::{Outcome, RequestRow, RequestedAction, WaitingRequest};
use tenantry_model::api::update_rings::RingList;
use tenantry_model::api::updates::{ReportedProgress, ReportedVersion, RoomUpdates, UpdateDetail, UpdateList, UpdateRow};
use tenantry_model::api::{Page, SignalState};
use tenantry_model::id::{RoomId, UpdateId, UpdateRingId};
use tenantry_model::incident::{IncidentStatus, IncidentType};
use tenantry_model::permission::Permission::{RingsModify, RingsView, RoomsView};
use tenantry_model::signal::SignalId;
use tenantry_model::tenancy::RequestState;
use tenantry_model::time::{Clock as _, Timestamp};
use tenantry_model::update::{UpdateProgress, UpdateStatus};
use tenantry_service::store::ingest;
use tenantry_service::store::updates::counts::{self, Counted};
use tenantry_test_kit::Change;

use super::World;
use crate::support::{Answer, Bed, id};

const APP: &str = "Teams Rooms app";
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn runs(package: &str, version: &str) -> ReportedVersion {
    ReportedVersion { package: package.parse().unwrap(), version: version.parse().unwrap() }
}

fn progress(version: &str, state: UpdateProgress) -> ReportedProgress {
    let reason = (state == UpdateProgress::Failed).then(|| "The disk is full".to_owned());
    ReportedProgress { package: APP.parse().unwrap(), version: version.parse().unwrap(), state, attempt: None, reason }
}

impl World {
    fn updates_path(&self) -> String {
        format!("/v1/customers/{}/updates", self.alpha)
    }

    async fn publish(&self, version: &str) -> UpdateId {
        let update = UpdateId::from_uuid(id(9_000 + version.len() as u128 * 100 + u128::from(version.bytes().last().unwrap())));
        let (package, version) = (APP.parse().unwrap(), version.parse().unwrap());
        self.apply(vec![Change::PublishUpdate { id: update, package, version, published_at: None }]).await;
        update
    }

    /// What a device says.
    async fn device_says(&self, room: &str, installed: &[(&str, &str)], progress: &[ReportedProgress]) {
        let installed = installed.iter().map(|(package, version)| runs(package, version)).collect();
        self.apply(vec![Change::ReportUpdates { room: self.room(room), installed, progress: progress.to_vec() }]).await;
    }

    async fn all_run(&self, version: &str) {
        for room in ["a1", "a2", "a3"] {
            self.device_says(room, &[(APP, version)], &[]).await;
        }
    }

    async fn update(&self, who: &str, update: UpdateId) -> UpdateRow {
        let list: UpdateList = self.get(who, &self.updates_path()).await.json();
        list.updates.into_iter().find(|row| row.id == update).unwrap()
    }

    async fn detail(&self, who: &str, update: UpdateId) -> UpdateDetail {
        self.get(who, &format!("{}/{update}", self.updates_path())).await.json()
    }

    /// Overall, and in Staging, General and Executive.
    async fn stands(&self, who: &str, update: UpdateId) -> Vec<UpdateStatus> {
        let row = self.update(who, update).await;
        std::iter::once(row.status).chain(row.rings.iter().take(3).map(|ring| ring.status)).collect()
    }

    async fn in_room(&self, who: &str, room: &str) -> RoomUpdates {
        self.get(who, &format!("{}/updates", self.room_path(room))).await.json()
    }

    async fn acts(&self, who: &str, update: UpdateId, action: Value) -> Answer {
        let version = format!("\"{}\"", self.update("chief", update).await.version);
        let path = format!("{}/{update}/actions", self.updates_path());
        self.send(who, Method::POST, &path, &[("if-match", &version)], Some(action)).await
    }

    async fn ring_id(&self, name: &str) -> UpdateRingId {
        let list: RingList = self.get("chief", &format!("/v1/customers/{}/rings", self.alpha)).await.json();
        list.rings.into_iter().find(|ring| ring.name == name).unwrap().id
    }

    async fn put_into_ring(&self, name: &str, rooms: &[&str]) {
        let ring = self.ring_id(name).await;
        let rooms: Vec<RoomId> = rooms.iter().map(|room| self.room(room)).collect();
        let mut tx = self.app.store.write().await.unwrap();
        tenantry_service::store::update_rings::put_rooms(tx.conn(), ring, &rooms).await.unwrap();
        tx.commit().await.unwrap();
    }

    fn now(&self) -> Timestamp {
        self.app.clock.now()
    }

    fn later(&self, days: u32) {
        self.app.clock.advance(DAY * days);
    }

    /// How its signal of a failed update stands in a room, and its incident.
    async fn failing(&self, room: &str) -> Option<(bool, Option<IncidentStatus>)> {
        let mut tx = self.app.store.read().await.unwrap();
        let watched = ingest::load(tx.conn(), &[self.room(room)]).await.unwrap().remove(0).room;
        let signal = watched.signals.get(&(SignalId::UpdateFailed, APP.to_owned()))?;
        Some((signal.failing, signal.ticket.as_ref().map(|ticket| ticket.status)))
    }
}

fn waits(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{answer:?}");
    assert!(matches!(serde_json::from_slice::<Outcome>(&answer.body).unwrap(), Outcome::Requested(_)));
}

#[tokio::test]
async fn w12_r103_an_update_passes_from_ring_to_ring_and_is_asked_of_no_room_before_its_ring() {
    use UpdateStatus::*;
    let world = World::related().await;
    world.put_into_ring("Staging", &["a1"]).await;
    world.put_into_ring("Executive", &["a3"]).await;
    world.all_run("5.3").await;
    let update = world.publish("5.4").await;
    // Staging takes 7 days, General 15, Executive 8.
    assert_eq!(world.stands("chief", update).await, [InProgress, InProgress, NotRequired, NotRequired]);
    let row = world.update("chief", update).await;
    assert_eq!(row.rings[1].begins_at, Some(row.published_at.plus(DAY * 7)));
    assert_eq!((row.counts.rooms, row.counts.installed, row.counts.waiting()), (3, 0, 3));
    assert_eq!(world.in_room("chief", "a1").await.updates[0].status, Scheduled);
    assert_eq!(world.in_room("chief", "a2").await.updates[0].status, NotRequired);
    world.device_says("a1", &[], &[progress("5.4", UpdateProgress::Installed)]).await;
    assert_eq!(world.stands("chief", update).await, [InProgress, Completed, NotRequired, NotRequired]);
    assert_eq!(world.in_room("chief", "a1").await.installed[0].version.as_str(), "5.4");
    world.later(7);
    assert_eq!(world.stands("chief", update).await, [InProgress, Completed, InProgress, NotRequired]);
    assert_eq!(world.in_room("chief", "a2").await.updates[0].status, Scheduled);
    world.device_says("a2", &[], &[progress("5.4", UpdateProgress::Failed)]).await;
    assert_eq!(world.stands("chief", update).await, [InProgress, Completed, CompletedWithFailures, NotRequired]);
    world.later(15);
    assert_eq!(world.stands("chief", update).await[3], InProgress, "failures hold nobody up");
    world.device_says("a3", &[(APP, "5.4.0")], &[]).await;
    assert_eq!(world.stands("chief", update).await, [CompletedWithFailures, Completed, CompletedWithFailures, Completed]);
    let failed = world.detail("chief", update).await.failed;
    assert_eq!(failed.iter().map(|room| (room.name.as_str(), room.reason.as_str())).collect::<Vec<_>>(), [("a2", "The disk is full")]);
    // A ring with a deferral has it scheduled while it lasts, and one without rooms takes no time.
    let next = world.publish("5.5").await;
    world.put_into_ring("General", &["a1"]).await;
    assert_eq!(world.stands("chief", next).await, [InProgress, NotRequired, InProgress, NotRequired]);
    let ring = world.ring_id("General").await;
    let path = format!("/v1/customers/{}/rings/{ring}", world.alpha);
    world.patch("chief", &path, 1, json!({ "deferralDays": 2 })).await.ok("a deferral");
    assert_eq!(world.stands("chief", next).await, [Scheduled, NotRequired, Scheduled, NotRequired]);
    world.later(2);
    assert_eq!(world.stands("chief", next).await[2], InProgress);
    world.apply(vec![Change::DeprecateUpdate { update: next }]).await;
    assert_eq!(world.stands("chief", next).await, [Deprecated, NotRequired, Deprecated, Deprecated]);
    assert!(world.update("chief", next).await.is_past());
    assert_eq!(world.in_room("chief", "a1").await.updates, [], "nobody waits for it any more");
}

#[tokio::test]
async fn r104_a_failed_update_opens_an_incident_that_ends_once_it_is_installed_or_withdrawn() {
    let world = World::related().await;
    world.all_run("5.3").await;
    let update = world.publish("5.4").await;
    assert_eq!(world.failing("a1").await, None);
    world.device_says("a1", &[], &[progress("5.4", UpdateProgress::Downloading)]).await;
    assert_eq!(world.failing("a1").await, None);
    world.device_says("a1", &[], &[progress("5.4", UpdateProgress::Failed)]).await;
    let open = Some((true, Some(IncidentStatus::NeedsAction)));
    assert_eq!(world.failing("a1").await, open);
    let bed = Bed::of(&world.app);
    let of_update = |incidents: Vec<tenantry_model::incident::Incident>| {
        incidents.into_iter().filter(|it| it.row.kind == IncidentType::Signal(SignalId::UpdateFailed)).collect::<Vec<_>>()
    };
    let incidents = of_update(bed.incidents(world.alpha).await);
    assert_eq!((incidents.len(), incidents[0].row.problem.as_str()), (1, APP), "one for each package");
    // Told again, and late, it is the same.
    world.device_says("a1", &[], &[progress("5.4", UpdateProgress::Failed), progress("5.4", UpdateProgress::Installing)]).await;
    assert_eq!(of_update(bed.incidents(world.alpha).await).len(), 1);
    assert_eq!(world.update("chief", update).await.counts.failed, 1);
    // Retrying alone does not end it.
    world.acts("chief", update, json!({ "kind": "retry" })).await.ok("again");
    assert_eq!((world.failing("a1").await, world.update("chief", update).await.counts.failed), (open, 0));
    let stale = ReportedProgress { attempt: Some(1), ..progress("5.4", UpdateProgress::Failed) };
    world.device_says("a1", &[], &[stale]).await;
    assert_eq!(world.update("chief", update).await.counts.failed, 0, "of the attempt before");
    world.device_says("a1", &[], &[ReportedProgress { attempt: Some(2), ..progress("5.4", UpdateProgress::Installed) }]).await;
    assert_eq!(world.failing("a1").await, Some((false, Some(IncidentStatus::Resolved))));
    // What starts over has nothing of it, and fails anew (R68).
    let anew = json!({ "createRoom": { "id": world.room("a3"), "customer": world.alpha, "displayName": "a3", "hostName": "HOST-a3", "account": "a3@rooms.example" } });
    world.device_says("a3", &[], &[progress("5.4", UpdateProgress::Failed)]).await;
    world.apply(vec![Change::UnenrolRoom { room: world.room("a3") }]).await;
    bed.change(anew).await;
    assert_eq!(world.update("chief", update).await.counts.failed, 0);
    world.device_says("a3", &[(APP, "5.3")], &[progress("5.4", UpdateProgress::Failed)]).await;
    assert_eq!(world.failing("a3").await, open);
    // A package that is gone takes its incident along.
    world.device_says("a3", &[("Another app", "1")], &[]).await;
    assert_eq!(world.failing("a3").await, Some((false, Some(IncidentStatus::Resolved))));
    // What is withdrawn is nobody's to mend.
    world.device_says("a2", &[], &[progress("5.4", UpdateProgress::Failed)]).await;
    assert_eq!(world.failing("a2").await, open);
    world.apply(vec![Change::DeprecateUpdate { update }]).await;
    assert_eq!(world.failing("a2").await, Some((false, Some(IncidentStatus::Resolved))));
    let line = bed.try_change(json!({ "reportSignals": { "room": world.room("a1"), "readings": [
        { "signal": "update_failed", "instance": APP, "state": SignalState::Failing } ] } }));
    assert!(line.await.is_err(), "no device reports it as a reading");
}

#[tokio::test]
async fn r104_a_pause_has_its_reason_stops_the_days_opens_nothing_and_is_lifted() {
    use UpdateStatus::*;
    let world = World::related().await;
    world.all_run("5.3").await;
    let update = world.publish("5.4").await;
    assert_eq!(world.acts("chief", update, json!({ "kind": "pause", "reason": " " })).await.fields(), ["#/reason text-empty"]);
    assert_eq!(
        world.acts("chief", update, json!({ "kind": "pause", "reason": "x".repeat(201) })).await.fields(),
        ["#/reason text-too-long"]
    );
    assert_eq!(world.acts("chief", update, json!({ "kind": "resume" })).await.fields(), ["# update-not-so"]);
    let before = Bed::of(&world.app).incidents(world.alpha).await.len();
    world.later(3);
    world.acts("chief", update, json!({ "kind": "pause", "reason": "Cameras go dark" })).await.ok("pause");
    assert_eq!(Bed::of(&world.app).incidents(world.alpha).await.len(), before, "it opens nothing");
    let last = world.worked("chief").await.pop().unwrap();
    assert_eq!(world.line(&last), "UpdateRing Update Successful Teams Rooms app 5.4, by chief");
    let told: Vec<_> = last.detail.iter().map(|it| (it.field.as_str(), it.after.as_deref())).collect();
    assert_eq!(told, [("paused", Some("yes")), ("reason", Some("Cameras go dark"))]);
    let row = world.update("chief", update).await;
    let paused = row.paused.clone().unwrap();
    assert_eq!((paused.by.as_str(), paused.reason.as_str(), row.version), ("chief", "Cameras go dark", 2));
    assert_eq!(world.stands("chief", update).await, [Paused, NotRequired, Paused, NotRequired]);
    assert_eq!(row.rings[1].complete_at, None, "nobody knows when");
    assert_eq!(world.in_room("chief", "a1").await.updates[0].window, None);
    for kind in [json!({ "kind": "pause", "reason": "x" }), json!({ "kind": "retry" }), json!({ "kind": "force", "when": "now" })] {
        assert_eq!(world.acts("chief", update, kind).await.fields(), ["# update-not-so"]);
    }
    let path = format!("{}/{update}/actions", world.updates_path());
    let resume = Some(json!({ "kind": "resume" }));
    let bare = world.send("chief", Method::POST, &path, &[], resume.clone()).await;
    assert_eq!(bare.status, StatusCode::PRECONDITION_REQUIRED);
    let stale = world.send("chief", Method::POST, &path, &[("if-match", "\"1\"")], resume.clone()).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
    world.later(30);
    // Sent again, it is one.
    let headers = [("if-match", "\"2\""), ("idempotency-key", "resume-1")];
    for _ in 0..2 {
        let answer = world.send("chief", Method::POST, &path, &headers, resume.clone()).await;
        assert_eq!((answer.status, answer.value()["done"]["version"].as_u64()), (StatusCode::OK, Some(3)));
    }
    let row = world.update("chief", update).await;
    assert_eq!((row.status, row.paused, row.version), (InProgress, None, 3));
    // Three of the 15 days are over.
    assert_eq!(row.rings[1].complete_at, Some(world.now().plus(DAY * 12)));
}

#[tokio::test]
async fn r105_forcing_waits_for_no_ring_and_stands_in_the_log() {
    use UpdateStatus::*;
    let world = World::related().await;
    world.put_into_ring("Staging", &["a1"]).await;
    world.all_run("5.3").await;
    let update = world.publish("5.4").await;
    assert_eq!(world.in_room("chief", "a2").await.updates[0].status, NotRequired);
    world.acts("chief", update, json!({ "kind": "force", "when": "when_free", "room": world.room("a2") })).await.ok("one room");
    let last = world.worked("chief").await.pop().unwrap();
    let told: Vec<_> = last.detail.iter().map(|it| (it.field.as_str(), it.after.as_deref())).collect();
    assert_eq!(told, [("forced", Some("when_free")), ("rooms", Some("a2"))]);
    assert_eq!(world.in_room("chief", "a2").await.updates[0].status, Scheduled);
    assert_eq!(world.in_room("chief", "a3").await.updates[0].status, NotRequired);
    let general = world.ring_id("General").await;
    world.acts("chief", update, json!({ "kind": "force", "when": "now", "ring": general })).await.ok("a ring");
    let last = world.worked("chief").await.pop().unwrap();
    assert_eq!(last.detail[1].after.as_deref(), Some("a2, a3"));
    let executive = world.ring_id("Executive").await;
    let none = world.acts("chief", update, json!({ "kind": "force", "when": "now", "ring": executive })).await;
    assert_eq!((none.fields(), none.status), (vec!["# update-no-rooms".to_owned()], StatusCode::CONFLICT));
    // Of a room where it failed it is another attempt.
    world.device_says("a3", &[], &[progress("5.4", UpdateProgress::Failed)]).await;
    world.acts("chief", update, json!({ "kind": "force", "when": "now" })).await.ok("all");
    assert_eq!(world.update("chief", update).await.counts.failed, 0);
    for room in ["a1", "a2", "a3"] {
        world.device_says(room, &[(APP, "5.4")], &[]).await;
    }
    for kind in [json!({ "kind": "force", "when": "now" }), json!({ "kind": "retry" })] {
        assert_eq!(world.acts("chief", update, kind).await.fields(), ["# update-no-rooms"]);
    }
    assert_eq!(world.acts("chief", update, json!({ "kind": "pause", "reason": "x" })).await.fields(), ["# update-not-so"]);
}

#[tokio::test]
async fn a21_a_partner_acts_on_its_own_rooms_sees_no_others_and_pauses_what_concerns_no_others() {
    let world = World::related().await;
    world.all_run("5.3").await;
    let update = world.publish("5.4").await;
    for room in ["a1", "a3"] {
        world.device_says(room, &[], &[progress("5.4", UpdateProgress::Failed)]).await;
    }
    let row = world.update("ann", update).await;
    assert_eq!((row.counts.rooms, row.counts.failed, row.may_pause), (2, 1, false), "those that she sees");
    assert_eq!(world.update("chief", update).await.counts.rooms, 3);
    let failed = world.detail("ann", update).await.failed;
    assert_eq!(failed.iter().map(|room| room.name.as_str()).collect::<Vec<_>>(), ["a1"]);
    let pause = json!({ "kind": "pause", "reason": "x" });
    let refused = world.acts("ann", update, pause.clone()).await;
    assert_eq!((refused.fields(), refused.status), (vec!["# update-beyond-reach".to_owned()], StatusCode::CONFLICT));
    world.acts("ann", update, json!({ "kind": "retry" })).await.ok("hers");
    assert_eq!(world.update("chief", update).await.counts.failed, 1, "not the customer's room");
    world.acts("ann", update, json!({ "kind": "force", "when": "now" })).await.ok("hers");
    assert_eq!(world.worked("chief").await.pop().unwrap().detail[1].after.as_deref(), Some("a1, a2"));
    let hidden = world.acts("ann", update, json!({ "kind": "force", "when": "now", "room": world.room("a3") })).await;
    assert_eq!(hidden.fields(), ["#/room room-unknown"]);
    world.get("ann", &format!("{}/updates", world.room_path("a3"))).await.hidden("a room of others");
    assert!(world.in_room("ann", "a1").await.may_force);
    // The customer's pause is the customer's to end.
    world.acts("chief", update, pause.clone()).await.ok("pause");
    assert_eq!(world.acts("ann", update, json!({ "kind": "resume" })).await.fields(), ["# update-beyond-reach"]);
    world.acts("chief", update, json!({ "kind": "resume" })).await.ok("resume");
    // Nor is a ring hers in which another room has reported nothing of it.
    world.device_says("a3", &[("Another app", "1")], &[]).await;
    assert!(!world.update("ann", update).await.may_pause);
    // Once no other room is in its rings, it is hers to pause.
    world.apply(vec![Change::UnenrolRoom { room: world.room("a3") }]).await;
    assert!(world.update("ann", update).await.may_pause);
    world.acts("ann", update, pause).await.ok("pause");
    // Who may only look, and who sees no rings.
    world.role("ann", world.alpha, "Lookers", &[RoomsView, RingsView], &["cleo"], json!({ "kind": "all" })).await;
    let list: UpdateList = world.get("cleo", &world.updates_path()).await.json();
    assert_eq!((list.may_act, list.needs_approval, list.updates[0].may_pause), (false, false, false));
    world.acts("cleo", update, json!({ "kind": "resume" })).await.hidden("no right");
    world.get("nemo", &world.updates_path()).await.hidden("no role");
    // Of the customer's own, one with the right in one room.
    world.role("chief", world.alpha, "Own", &[RoomsView, RingsView, RingsModify], &["agnes"], world.scope(&["a1"])).await;
    assert_eq!(world.acts("agnes", update, json!({ "kind": "resume" })).await.fields(), ["# update-beyond-reach"]);
}

#[tokio::test]
async fn a18_a19_where_the_customer_says_so_a_partners_action_waits_and_lapses_when_it_is_out_of_date() {
    let world = World::related().await;
    world.all_run("5.3").await;
    let update = world.publish("5.4").await;
    world.device_says("a1", &[], &[progress("5.4", UpdateProgress::Failed)]).await;
    world.steer("chief", json!({ "changeControl": { "rings.modify": "manual" } })).await;
    let retry = json!({ "kind": "retry" });
    waits(&world.acts("ann", update, retry.clone()).await);
    assert_eq!(world.update("chief", update).await.counts.failed, 1, "nothing happens before the customer approves (R24)");
    let rows: Vec<RequestRow> = world.get("chief", "/v1/change-requests").await.json();
    let row = rows.iter().find(|row| row.state == RequestState::Pending).unwrap();
    assert_eq!(
        (row.change.action, row.change.update.as_deref(), row.change.rooms),
        (RequestedAction::RetryUpdate, Some("Teams Rooms app 5.4"), Some(1))
    );
    let waiting: Page<WaitingRequest> = world.get("ann", "/v1/waiting-requests").await.json();
    assert_eq!(waiting.items[0].room_id, Some(world.room("a1")));
    let request = world.request("chief").await;
    world.decide("chief", request, "approve").await.ok("approve");
    assert_eq!(world.update("chief", update).await.counts.failed, 0);
    // The customer's own act at once.
    world.acts("chief", update, json!({ "kind": "force", "when": "now", "room": world.room("a1") })).await.ok("at once");
    let outdated = async |what: &str| {
        let request = world.request("chief").await;
        assert_eq!(world.decide("chief", request, "approve").await.fields(), ["# request-outdated"], "{what}");
        world.decide("chief", request, "reject").await.ok("reject");
    };
    let lapses = async |what: &str| {
        let request = world.request("chief").await;
        assert_eq!(world.decide("chief", request, "approve").await.fields(), ["# request-sender"], "{what}");
    };
    let force = json!({ "kind": "force", "when": "now" });
    waits(&world.acts("ann", update, force.clone()).await);
    world.acts("chief", update, json!({ "kind": "pause", "reason": "x" })).await.ok("the customer was faster");
    outdated("it was paused").await;
    world.acts("chief", update, json!({ "kind": "resume" })).await.ok("resume");
    waits(&world.acts("ann", update, force.clone()).await);
    for room in ["a1", "a2"] {
        world.device_says(room, &[(APP, "5.4")], &[]).await;
    }
    outdated("it is installed").await;
    world.device_says("a1", &[(APP, "5.3")], &[]).await;
    waits(&world.acts("ann", update, force.clone()).await);
    world.apply(vec![Change::DeprecateUpdate { update }]).await;
    outdated("it was withdrawn").await;
    let update = world.publish("5.6").await;
    waits(&world.acts("ann", update, force).await);
    world.steer("chief", json!({ "rooms": [world.room("a1")] })).await;
    lapses("a2 is not delegated any more").await;
}

/// A stream of numbers that a seed makes.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % sides
    }
}

fn sorted(counted: Counted) -> (Vec<String>, Vec<String>) {
    let mut packages: Vec<String> = counted.packages.iter().map(|it| format!("{it:?}")).collect();
    let mut progress: Vec<String> = counted.progress.iter().map(|it| format!("{it:?}")).collect();
    packages.sort_unstable();
    progress.sort_unstable();
    (packages, progress)
}

#[tokio::test]
async fn w12_whatever_happens_to_rooms_rings_and_updates_what_is_kept_is_what_counting_all_rooms_gives() {
    const ROOMS: [&str; 3] = ["a1", "a2", "a3"];
    for seed in [3_u64, 77, 20_261_201] {
        let world = World::related().await;
        let bed = Bed::of(&world.app);
        let mut dice = Dice(seed);
        let versions = ["5.3", "5.4", "5.5"];
        let updates = [world.publish("5.4").await, world.publish("5.5").await];
        let mut compared = 0;
        for step in 0..120 {
            let room = ROOMS[dice.roll(3)];
            let id = world.room(room);
            let version = versions[dice.roll(3)];
            match dice.roll(9) {
                0 => drop(
                    bed.try_change(json!({ "reportUpdates": { "room": id, "installed": [{ "package": APP, "version": version }] } })).await,
                ),
                1..=3 => {
                    let state = UpdateProgress::ALL[dice.roll(4)];
                    let reason = (state == UpdateProgress::Failed).then_some("x");
                    let line = json!({ "package": APP, "version": version, "state": state, "reason": reason });
                    drop(bed.try_change(json!({ "reportUpdates": { "room": id, "progress": [line] } })).await);
                }
                4 => world.put_into_ring(["Staging", "General", "Executive"][dice.roll(3)], &[room]).await,
                5 if dice.roll(4) == 0 => drop(bed.try_change(json!({ "unenrolRoom": { "room": id } })).await),
                5 | 6 => {
                    let device = json!({ "id": id, "customer": world.alpha, "displayName": room, "hostName": format!("HOST-{room}"), "account": format!("{room}@rooms.example") });
                    drop(bed.try_change(json!({ "createRoom": device })).await);
                }
                7 => drop(world.acts("chief", updates[dice.roll(2)], json!({ "kind": "force", "when": "now" })).await),
                _ => drop(world.acts("chief", updates[dice.roll(2)], json!({ "kind": "retry" })).await),
            }
            let all: Vec<RoomId> = ROOMS.iter().map(|room| world.room(room)).collect();
            let mut tx = world.app.store.read().await.unwrap();
            let kept = sorted(counts::of_customer(tx.conn(), world.alpha).await.unwrap());
            let counted = sorted(counts::of_rooms(tx.conn(), world.alpha, &all).await.unwrap());
            assert_eq!(kept, counted, "seed {seed}, step {step}");
            compared += counted.0.len() + counted.1.len();
        }
        assert!(compared > 200, "{compared}: the estate was not empty");
    }
}
