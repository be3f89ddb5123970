//! What a customer sets for itself: keys of devices, rooms ahead of their devices, which signals raise incidents, whom to notify.

use http::{Method, StatusCode};
use serde_json::{Value, json};
use tenantry_model::api::enrolment_keys::{EnrolmentKeyList, IssuedKey, MOST_KEYS};
use tenantry_model::api::settings::{CustomerSettings, MailLanguage, Organisation};
use tenantry_model::api::signal_switches::SignalSwitches;
use tenantry_model::id::RoomId;
use tenantry_model::incident::{HistoryKind, Incident, IncidentStatus, IncidentType};
use tenantry_model::permission::Permission::{
    self, RoomsCreate, RoomsDownloadKey, RoomsResetKey, RoomsView, SettingsModify, SettingsView, TicketsView,
};
use tenantry_model::permission::{BuiltInRole, PermissionSet};
use tenantry_model::room::{Enrolment, Health, Room};
use tenantry_model::signal::SignalId;
use tenantry_model::sync::SyncLine;
use tenantry_service::domain::timed_work;
use tenantry_service::random::SeededRandom;

use super::World;
use crate::support::{Answer, Bed, first_sync};

fn all() -> Value {
    json!({ "kind": "all" })
}

fn device(host: &str) -> Value {
    json!({
        "displayName": host, "capacity": 4, "hostName": host, "account": format!("{host}@alpha.example"), "timezone": "Europe/Berlin",
        "licence": "Pro", "peripherals": [{"kind": "camera", "name": "Kestrel"}],
    })
}

impl World {
    fn of_alpha(&self, what: &str) -> String {
        format!("/v1/customers/{}/{what}", self.alpha)
    }

    async fn issued(&self, who: &str, what: &str) -> IssuedKey {
        let answer = self.send(who, Method::POST, &self.of_alpha(what), &[], None).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
        serde_json::from_value(answer.value()).unwrap()
    }

    async fn keys(&self, who: &str) -> EnrolmentKeyList {
        self.get(who, &self.of_alpha("enrolment-keys")).await.json()
    }

    async fn device_enrols(&self, key: &str, device: Value) -> Answer {
        self.app.ask(Method::POST, "/v1/agent/enrol", Some(key), &[], Some(&device)).await
    }

    /// Widens what the partner's roles may hold, and gives `ben` such a role.
    async fn installer(&self, permissions: &[Permission]) {
        let ceiling = PermissionSet::of(permissions).or(BuiltInRole::PrimaryAdmins.permissions());
        self.steer("chief", json!({ "ceiling": ceiling })).await;
        self.role("ann", self.alpha, "Installer", permissions, &["ben"], all()).await;
    }

    async fn own_of(&self, who: &str, permissions: &[Permission], scope: Value) {
        self.role("chief", self.alpha, &format!("Own of {who}"), permissions, &[who], scope).await;
    }

    async fn await_room(&self, who: &str, name: &str) -> Answer {
        let new = json!({ "displayName": name, "capacity": 8, "timezone": "europe/zurich", "account": format!("{name}@alpha.example") });
        self.post(who, &self.of_alpha("waiting-rooms"), new).await
    }

    async fn room_of(&self, who: &str, room: RoomId) -> Room {
        self.get(who, &self.of_alpha(&format!("rooms/{room}"))).await.json()
    }

    async fn switches(&self, who: &str) -> SignalSwitches {
        self.get(who, &self.of_alpha("signals")).await.json()
    }

    async fn switch(&self, who: &str, body: Value) -> Answer {
        let version = self.switches("chief").await.version;
        self.patch(who, &self.of_alpha("signals"), version, body).await
    }

    async fn signal_is(&self, room: &str, signal: &str, state: &str) {
        let readings = json!([{ "signal": signal, "state": state }]);
        Bed::of(&self.app).change(json!({ "reportSignals": { "room": self.room(room), "readings": readings } })).await;
    }

    async fn minutes_pass(&self, minutes: u64) {
        self.app.clock.advance(std::time::Duration::from_secs(60 * minutes));
        timed_work::tick(&self.app.store, &SeededRandom::new(5)).await.unwrap();
    }

    /// The incidents of a signal at Alpha, with their status and the last row of their history.
    async fn of_signal(&self, signal: SignalId) -> Vec<(String, IncidentStatus, Option<HistoryKind>)> {
        let all: Vec<Incident> = Bed::of(&self.app).incidents(self.alpha).await;
        let mut found: Vec<_> = all
            .into_iter()
            .filter(|it| it.row.kind == IncidentType::Signal(signal))
            .map(|it| (it.row.number.to_string(), it.row.status, it.history.iter().max_by_key(|row| row.at).map(|row| row.kind)))
            .collect();
        found.sort();
        found
    }
}

#[tokio::test]
async fn r106_a_key_that_was_downloaded_enrols_devices_and_reset_ends_it_at_once() {
    let world = World::related().await;
    let pass = || world.app.clock.advance(std::time::Duration::from_secs(1));
    pass();
    let first = world.issued("chief", "enrolment-keys").await;
    assert_eq!((first.customer.name.as_str(), &first.room), ("Alpha", &None));
    assert_eq!(world.last_work("chief").await, "EnrolmentKey Create Successful Alpha, by chief");
    world.device_enrols(&first.key, device("one")).await.ok("a device");
    world.device_enrols(&first.key, device("one")).await.ok("the same device");
    world.device_enrols(&first.key, device("two")).await.ok("another device");
    pass();
    let second = world.issued("global", "enrolment-keys").await;
    let list = world.keys("chief").await;
    let told: Vec<_> = list.keys.iter().map(|key| (key.issued_by.as_deref(), key.devices, key.last_used.is_some())).collect();
    assert_eq!(told[..2], [(Some("global"), 0, false), (Some("chief"), 2, true)]);
    assert_eq!((list.keys.len(), list.keys[2].issued_by.as_deref()), (3, None), "the one that the customer was made with");
    assert!(list.may_download && list.may_reset);

    let admitted = world.device_enrols(&second.key, device("three")).await;
    admitted.ok("a key that holds");
    let room_key = admitted.value()["roomKey"].as_str().unwrap().to_owned();
    let reset = world.issued("chief", "enrolment-keys/reset").await;
    assert_eq!(world.last_work("chief").await, "EnrolmentKey Update Successful Alpha, by chief");
    for old in [&first.key, &second.key] {
        let refused = world.device_enrols(old, device("four")).await;
        assert_eq!(
            (refused.status, refused.value()["type"].as_str()),
            (StatusCode::UNAUTHORIZED, Some("urn:tenantry:problem:key-refused"))
        );
    }
    world.device_enrols(&reset.key, device("four")).await.ok("the new one");
    let report = json!({ "readings": [], "occupied": true });
    world.app.ask(Method::POST, "/v1/agent/signals", Some(&room_key), &[], Some(&report)).await.ok("rooms that came by an old one go on");
    let list = world.keys("chief").await;
    assert_eq!(list.keys.iter().map(|key| (key.id, key.devices)).collect::<Vec<_>>(), [(reset.id, 1)]);

    // Nothing but the one answer ever says a key.
    let secrets = [&first, &second, &reset].map(|issued| issued.key.rsplit('_').next().unwrap().to_owned());
    let log = format!("{:?} {list:?} {reset:?}", world.all_records("chief").await);
    let mut stored = Vec::new();
    for file in std::fs::read_dir(world.app.store.folder()).unwrap() {
        stored.extend(std::fs::read(file.unwrap().path()).unwrap_or_default());
    }
    assert!(stored.len() > 10_000, "the database is looked at");
    for secret in secrets {
        assert!(!log.contains(&secret));
        assert!(!stored.windows(secret.len()).any(|bytes| bytes == secret.as_bytes()), "in plain text on disk");
    }
}

#[tokio::test]
async fn r106_an_unused_key_makes_room_and_keys_in_use_do_not() {
    let world = World::related().await;
    world.issued("chief", "enrolment-keys/reset").await;
    let mut keys = Vec::new();
    for _ in 1..MOST_KEYS {
        keys.push(world.issued("chief", "enrolment-keys").await);
        world.app.clock.advance(std::time::Duration::from_secs(1));
    }
    for (n, key) in keys.iter().enumerate() {
        world.device_enrols(&key.key, device(&format!("d{n}"))).await.ok("a device");
    }
    let new = world.send("chief", Method::POST, &world.of_alpha("enrolment-keys"), &[], None).await;
    assert_eq!(new.fields(), ["# keys-too-many"], "one of these days may be on its way to a device");
    world.app.clock.advance(std::time::Duration::from_secs(7 * 24 * 3_600));
    let last = world.issued("chief", "enrolment-keys").await;
    assert_eq!(world.keys("chief").await.keys.len(), MOST_KEYS, "that of the reset was never used");
    world.device_enrols(&last.key, device("last")).await.ok("a device");
    let full = world.send("chief", Method::POST, &world.of_alpha("enrolment-keys"), &[], None).await;
    assert_eq!((full.status, full.fields()), (StatusCode::CONFLICT, vec!["# keys-too-many".to_owned()]), "{full:?}");
}

#[tokio::test]
async fn r106_a9_downloading_and_resetting_are_two_rights_and_a_partner_resets_nothing() {
    let world = World::related().await;
    let path = world.of_alpha("enrolment-keys");
    world.get("ann", &path).await.hidden("a Primary admin");
    world.send("ann", Method::POST, &path, &[], None).await.hidden("a Primary admin");
    world.own_of("agnes", &[RoomsView, RoomsDownloadKey], all()).await;
    world.issued("agnes", "enrolment-keys").await;
    let list = world.keys("agnes").await;
    assert!(list.may_download && !list.may_reset);
    world.send("agnes", Method::POST, &world.of_alpha("enrolment-keys/reset"), &[], None).await.hidden("it is a right of its own");
    world.own_of("alex", &[RoomsDownloadKey, RoomsResetKey], world.scope(&["a1"])).await;
    for what in ["enrolment-keys", "enrolment-keys/reset"] {
        let partly = world.send("alex", Method::POST, &world.of_alpha(what), &[], None).await;
        assert_eq!(partly.fields(), ["# settings-beyond-reach"], "{partly:?}");
    }
    assert_eq!(world.keys("alex").await.keys, [], "what came by them is counted over all rooms");
    world.installer(&[RoomsDownloadKey, RoomsResetKey]).await;
    let list = world.keys("ben").await;
    assert_eq!((list.keys.len(), list.may_download, list.may_reset), (0, false, false));
    for what in ["enrolment-keys", "enrolment-keys/reset"] {
        // A key would give a partner's people the room of any device whose name they know, delegated or not.
        let refused = world.send("ben", Method::POST, &world.of_alpha(what), &[], None).await;
        assert_eq!((refused.status, refused.fields()), (StatusCode::CONFLICT, vec!["# settings-beyond-reach".to_owned()]), "{refused:?}");
    }
    world.steer("chief", json!({ "ceiling": BuiltInRole::PrimaryAdmins.permissions() })).await;
    world.send("ben", Method::POST, &path, &[], None).await.hidden("a lower ceiling counts at once");
}

#[tokio::test]
async fn r67_r106_a_room_waits_for_its_device_which_comes_by_a_key_of_its_own_once() {
    let world = World::related().await;
    world.steer("chief", json!({ "add": { "all": { "future": true } } })).await;
    let made = world.await_room("chief", "Aare").await;
    assert_eq!(made.status, StatusCode::CREATED, "{made:?}");
    let id: RoomId = made.value()["id"].as_str().unwrap().parse().unwrap();
    assert_eq!(world.last_work("chief").await, "Room Create Successful Aare, by chief");
    let room = world.room_of("ann", id).await;
    assert_eq!((room.awaits_device, room.enrolment, room.health), (true, Enrolment::Onboarding, Health::Onboarding));
    assert_eq!((room.capacity, room.timezone.as_str(), room.host_name.as_str()), (Some(8), "Europe/Zurich", ""));
    assert_eq!(room.last_seen, None);
    let page: Value = world.get("chief", &world.of_alpha("rooms")).await.json();
    assert_eq!((page["counters"]["onboarding"].as_u64(), page["counters"]["managed"].as_u64()), (Some(1), Some(3)));
    let (lines, _) = first_sync(async |path| world.get("ann", &path).await).await;
    assert!(lines.iter().any(|line| matches!(line, SyncLine::Room(room) if room.id == id && room.awaits_device)), "its partner has it");
    let enrol = world.send("chief", Method::PUT, &world.of_alpha(&format!("rooms/{id}/enrolment")), &[], None).await;
    assert_eq!(enrol.fields(), ["# room-waits"], "{enrol:?}");
    // Time alone changes nothing of it: there is nothing that could be silent.
    world.minutes_pass(60 * 24).await;
    assert_eq!(world.room_of("chief", id).await.health, Health::Onboarding);

    let lost = world.issued("chief", &format!("waiting-rooms/{id}/key")).await;
    let key = world.issued("chief", &format!("waiting-rooms/{id}/key")).await;
    assert_eq!(key.room.as_ref().map(|room| (room.id, room.name.as_str())), Some((id, "Aare")));
    assert_eq!(world.last_work("chief").await, "EnrolmentKey Create Successful Aare, by chief");
    assert_eq!(world.device_enrols(&lost.key, device("x")).await.status, StatusCode::UNAUTHORIZED, "another one took its place");
    assert_eq!(world.keys("chief").await.keys.len(), 1, "it is none of the self-enrolment keys");
    world.device_enrols(&key.key, json!({ "displayName": "a1" })).await.bad("no device");
    let taken = json!({
        "displayName": "x", "capacity": 1, "hostName": "HOST-a1", "account": "a1@rooms.example", "timezone": "UTC", "licence": "Pro", "peripherals": [],
    });
    world.device_enrols(&key.key, taken).await.conflicts("a device that has a room");
    let arrived = world.device_enrols(&key.key, device("aare-box")).await;
    arrived.ok("its device");
    assert_eq!(arrived.value()["roomId"].as_str(), Some(id.to_string().as_str()), "it becomes this room");
    assert_eq!(world.device_enrols(&key.key, device("other-box")).await.status, StatusCode::UNAUTHORIZED, "once");
    let room = world.room_of("ann", id).await;
    assert_eq!(
        (room.awaits_device, room.enrolment, room.display_name.as_str(), room.capacity),
        (false, Enrolment::Onboarding, "Aare", Some(8))
    );
    assert_eq!((room.host_name.as_str(), room.timezone.as_str()), ("aare-box", "Europe/Zurich"), "what people set of it stays");
    assert!(room.last_seen.is_some());
    let late = world.send("chief", Method::POST, &world.of_alpha(&format!("waiting-rooms/{id}/key")), &[], None).await;
    assert_eq!(late.fields(), ["# room-has-device"], "{late:?}");
    world.send("chief", Method::PUT, &world.of_alpha(&format!("rooms/{id}/enrolment")), &[], None).await;
    assert_eq!(world.room_of("chief", id).await.enrolment, Enrolment::Enrolled);
}

#[tokio::test]
async fn r68_r106_the_device_of_a_room_that_is_not_managed_any_more_goes_to_another() {
    let world = World::related().await;
    let path = world.of_alpha(&format!("rooms/{}/enrolment", world.room("a1")));
    let version = world.room_of("chief", world.room("a1")).await.version;
    assert_eq!(world.delete("chief", &path, Some(version)).await.status, StatusCode::NO_CONTENT);
    let made = world.await_room("chief", "Aare").await;
    let id = made.value()["id"].as_str().unwrap().to_owned();
    let key = world.issued("chief", &format!("waiting-rooms/{id}/key")).await;
    let moved = json!({
        "displayName": "x", "capacity": 1, "hostName": "HOST-a1", "account": "a1@rooms.example", "timezone": "UTC", "licence": "Pro", "peripherals": [],
    });
    let arrived = world.device_enrols(&key.key, moved).await;
    arrived.ok("its room was unenrolled");
    assert_eq!(arrived.value()["roomId"].as_str(), Some(&*id));
}

#[tokio::test]
async fn r74_r71_a_room_that_is_silent_while_offline_is_off_counts_once_it_is_on() {
    let world = World::related().await;
    world.switch("chief", json!({ "to": "disabled", "signals": ["offline"] })).await.ok("off");
    world.minutes_pass(60 * 24).await;
    assert_eq!(world.room_of("chief", world.room("a1")).await.health, Health::Disconnected);
    assert_eq!(world.of_signal(SignalId::Offline).await, []);
    world.switch("chief", json!({ "to": "enabled", "signals": ["offline"] })).await.ok("on");
    world.minutes_pass(60 * 24).await;
    let open = |found: Vec<(String, IncidentStatus, Option<HistoryKind>)>| found.iter().filter(|it| it.1.is_active()).count();
    assert_eq!(open(world.of_signal(SignalId::Offline).await), 3);
    world.switch("chief", json!({ "to": "disabled", "signals": ["offline"] })).await.ok("off again");
    assert_eq!(open(world.of_signal(SignalId::Offline).await), 0);
    world.switch("chief", json!({ "to": "default" })).await.ok("on again");
    world.minutes_pass(60 * 24).await;
    assert_eq!(open(world.of_signal(SignalId::Offline).await), 3, "silent all the while");
}

#[tokio::test]
async fn r106_a_waiting_room_is_cancelled_and_a_reset_ends_its_key() {
    let world = World::related().await;
    let made = world.await_room("chief", "Aare").await;
    let id: RoomId = made.value()["id"].as_str().unwrap().parse().unwrap();
    let again = world.await_room("chief", "Aare").await;
    assert_eq!(again.fields(), ["#/account account-taken"], "{again:?}");
    let key = world.issued("chief", &format!("waiting-rooms/{id}/key")).await;
    world.issued("chief", "enrolment-keys/reset").await;
    assert_eq!(world.device_enrols(&key.key, device("x")).await.status, StatusCode::UNAUTHORIZED, "a reset ends this one, too");
    let key = world.issued("chief", &format!("waiting-rooms/{id}/key")).await;
    let path = world.of_alpha(&format!("waiting-rooms/{id}"));
    assert_eq!(world.delete("chief", &path, Some(99)).await.status, StatusCode::PRECONDITION_FAILED);
    let version = world.room_of("chief", id).await.version;
    assert_eq!(world.delete("chief", &path, Some(version)).await.status, StatusCode::NO_CONTENT);
    assert_eq!(world.device_enrols(&key.key, device("x")).await.status, StatusCode::UNAUTHORIZED);
    world.get("chief", &world.of_alpha(&format!("rooms/{id}"))).await.hidden("it is gone");
    assert_eq!(world.await_room("chief", "Aare").await.status, StatusCode::CREATED, "its account may wait again");
    let other = world.delete("chief", &world.of_alpha(&format!("waiting-rooms/{}", world.room("a1"))), Some(1)).await;
    assert_eq!(other.fields(), ["# room-has-device"]);
    for (field, body) in [
        ("#/displayName name-invalid", json!({ "displayName": "a\u{202e}b", "timezone": "UTC", "account": "x@y.example" })),
        ("#/timezone timezone-invalid", json!({ "displayName": "x", "timezone": "Mars/Base", "account": "x@y.example" })),
        ("#/account account-invalid", json!({ "displayName": "x", "timezone": "UTC", "account": "nobody" })),
        ("#/account account-invalid", json!({ "displayName": "x", "timezone": "UTC", "account": "a@b\r\nX-Head: 1" })),
        ("#/capacity capacity-invalid", json!({ "displayName": "x", "timezone": "UTC", "account": "x@y.example", "capacity": 10_001 })),
    ] {
        assert_eq!(world.post("chief", &world.of_alpha("waiting-rooms"), body).await.fields(), [field]);
    }
}

#[tokio::test]
async fn a18_a_partner_creates_no_rooms_switches_nothing_and_changes_no_settings() {
    let world = World::related().await;
    world.await_room("ann", "Aare").await.hidden("a Primary admin");
    for what in ["settings", "signals"] {
        world.get("ann", &world.of_alpha(what)).await.hidden("a Primary admin");
    }
    world.installer(&[RoomsCreate, RoomsView, SettingsView, SettingsModify]).await;
    let settings: CustomerSettings = world.get("ben", &world.of_alpha("settings")).await.json();
    assert!(!settings.may_modify);
    let switches = world.switches("ben").await;
    assert!(
        !switches.may_modify && switches.signals.iter().all(|it| it.open.is_none()),
        "rooms that are not delegated are counted nowhere"
    );
    let refused = [
        world.await_room("ben", "Aare").await,
        world.switch("ben", json!({ "to": "disabled", "signals": ["offline"] })).await,
        world.patch("ben", &world.of_alpha("settings"), 1, json!({ "contacts": [] })).await,
    ];
    for answer in refused {
        assert_eq!((answer.status, answer.fields()), (StatusCode::CONFLICT, vec!["# settings-beyond-reach".to_owned()]), "{answer:?}");
    }
}

#[tokio::test]
async fn r74_disabling_a_signal_closes_what_is_open_and_enabling_it_reopens_nothing() {
    let world = World::related().await;
    let camera = SignalId::DiskHealth;
    world.signal_is("a1", "disk_health", "failing").await;
    world.signal_is("a3", "disk_health", "failing").await;
    world.signal_is("a2", "time_drift", "failing").await;
    world.minutes_pass(1).await;
    let open = |list: &SignalSwitches, signal| list.signals.iter().find(|it| it.signal == signal).unwrap().open;
    let before = open(&world.switches("chief").await, camera).unwrap();
    assert_eq!(world.of_signal(camera).await.iter().map(|it| it.1).collect::<Vec<_>>(), [IncidentStatus::NeedsAction; 2]);
    assert_eq!(before, 2);
    let a1 = world.room_of("chief", world.room("a1")).await;
    assert_eq!(a1.health, Health::Unhealthy);

    let done = world.switch("chief", json!({ "to": "disabled", "signals": ["disk_health"] })).await;
    done.ok("the customer's administrator");
    assert_eq!(world.last_work("chief").await, "Settings Update Successful Alpha, by chief");
    let closed = world.of_signal(camera).await;
    let expected = (IncidentStatus::Closed, Some(HistoryKind::SwitchedOff));
    assert_eq!(closed.iter().map(|it| (it.1, it.2)).collect::<Vec<_>>(), [expected; 2]);
    let list = world.switches("chief").await;
    assert_eq!((open(&list, camera), open(&list, SignalId::TimeDrift)), (Some(0), Some(1)), "another signal's is left alone");
    assert_eq!(list.signals.iter().filter(|it| !it.enabled).map(|it| it.signal).collect::<Vec<_>>(), [camera]);
    let stands: tenantry_model::api::signals::RoomSignals = world.get("ann", &format!("{}/signals", world.room_path("a1"))).await.json();
    assert_eq!(stands.switched_off, [camera], "a room says so");
    // None opens while it is off, whatever is reported, and none when it is on again.
    world.signal_is("a1", "disk_health", "failing").await;
    world.signal_is("a2", "disk_health", "failing").await;
    world.minutes_pass(300).await;
    assert_eq!(world.of_signal(camera).await, closed);
    world.switch("chief", json!({ "to": "enabled", "signals": ["disk_health"] })).await.ok("again");
    world.minutes_pass(60).await;
    assert_eq!(world.of_signal(camera).await, closed, "R74: enabling reopens none");
    // A failure that is reported then is a new one: of a room that had one, under its number (R75).
    world.signal_is("a1", "disk_health", "failing").await;
    world.signal_is("a2", "disk_health", "failing").await;
    world.minutes_pass(1).await;
    let after = world.of_signal(camera).await;
    assert_eq!(after.len(), 3);
    assert_eq!(after.iter().filter(|it| it.1 == IncidentStatus::NeedsAction).count(), 2);
}

#[tokio::test]
async fn r74_switches_have_a_version_and_a_reset_and_nobody_else_changes_them() {
    let world = World::related().await;
    let path = world.of_alpha("signals");
    world.switch("chief", json!({ "to": "disabled", "signals": ["offline", "time_drift", "usb_suspend"] })).await.ok("three");
    let stale = world.patch("chief", &path, 1, json!({ "to": "default" })).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
    let same = world.switch("chief", json!({ "to": "disabled", "signals": ["offline"] })).await;
    assert_eq!((same.status, same.value()["version"].as_u64()), (StatusCode::OK, Some(2)), "nothing changes");
    world.switch("chief", json!({ "to": "default", "signals": ["offline"] })).await.ok("one");
    let off = |list: SignalSwitches| list.signals.into_iter().filter(|it| !it.enabled).map(|it| it.signal).collect::<Vec<_>>();
    assert_eq!(off(world.switches("chief").await), [SignalId::TimeDrift, SignalId::UsbSuspend]);
    world.switch("chief", json!({ "to": "disabled" })).await.bad("everything at once");
    world.switch("chief", json!({ "to": "default" })).await.ok("all");
    assert_eq!(off(world.switches("chief").await), []);
    world.own_of("agnes", &[SettingsView, SettingsModify], world.scope(&["a1"])).await;
    assert_eq!(world.switch("agnes", json!({ "to": "default" })).await.fields(), ["# settings-beyond-reach"]);
    assert!(world.switches("agnes").await.signals.iter().all(|it| it.open.is_none()));
    world.own_of("alex", &[SettingsView, TicketsView], all()).await;
    assert!(world.switches("alex").await.signals.iter().all(|it| it.open.is_some()));
    world.switch("alex", json!({ "to": "default" })).await.hidden("without the right");
}

#[tokio::test]
async fn r74_thousands_are_closed_in_steps_and_all_of_them_where_it_is_switched_on_before_the_last() {
    let world = World::related().await;
    let estate = world.app.estate();
    let rooms = 2_100;
    estate.apply(many(world.alpha, rooms)).await;
    let bed = Bed::of(&world.app);
    for n in 0..rooms {
        let room = RoomId::from_uuid(crate::support::id(50_000 + u128::from(n)));
        let readings = json!([{ "signal": "disk_health", "state": "failing" }]);
        bed.change(json!({ "reportSignals": { "room": room, "readings": readings } })).await;
    }
    world.switch("chief", json!({ "to": "disabled", "signals": ["disk_health"] })).await.ok("one request");
    let open = |list: SignalSwitches| list.signals.iter().find(|it| it.signal == SignalId::DiskHealth).unwrap().open.unwrap();
    let left = open(world.switches("chief").await);
    assert!((1..rooms).contains(&left), "some of them at once, not all: {left}");
    world.switch("chief", json!({ "to": "enabled", "signals": ["disk_health"] })).await.ok("at once again");
    timed_work::tick(&world.app.store, &SeededRandom::new(5)).await.unwrap();
    assert_eq!(open(world.switches("chief").await), 0);
    let page: Value = world.get("chief", &world.of_alpha("rooms")).await.json();
    assert_eq!(page["counters"]["unhealthy"].as_u64(), Some(0), "{page}");
}

fn many(customer: tenantry_model::id::TenantId, rooms: u32) -> Vec<tenantry_test_kit::Change> {
    let room = |n: u32| tenantry_test_kit::Change::CreateRoom {
        id: RoomId::from_uuid(crate::support::id(50_000 + u128::from(n))),
        customer,
        display_name: format!("many {n}"),
        host_name: Some(format!("HOST-many-{n}")),
        account: Some(format!("many{n}@rooms.example")),
        onboarding: false,
    };
    (0..rooms).map(room).collect()
}

#[tokio::test]
async fn contacts_are_kept_checked_and_hear_nothing_until_that_is_switched_on() {
    let world = World::related().await;
    let path = world.of_alpha("settings");
    let first: CustomerSettings = world.get("chief", &path).await.json();
    assert_eq!((first.display_name.as_str(), first.version, first.contacts.len()), ("Alpha", 1, 0));
    assert_eq!(first.domains.iter().map(|it| it.as_str()).collect::<Vec<_>>(), ["alpha.example"]);
    assert_eq!((first.mail, first.mail_language, first.may_modify), (Default::default(), MailLanguage::English, true));
    let contact = |first: &str, last: &str, email: &str| json!({ "firstName": first, "lastName": last, "email": email });
    let body = json!({
        "contacts": [contact(" Ju\u{308}rg ", "Frei", "juerg.frei@alpha.example"), contact("Ida", "Roth", "ida+rooms@alpha.example")],
        "mail": { "acceptance": true, "roles": false, "removal": true }, "mailLanguage": "de",
    });
    let done = world.patch("chief", &path, 1, body).await;
    assert_eq!((done.status, done.value()["version"].as_u64()), (StatusCode::OK, Some(2)), "{done:?}");
    assert_eq!(world.last_work("chief").await, "Settings Update Successful Alpha, by chief");
    let now: CustomerSettings = world.get("global", &path).await.json();
    assert_eq!(now.contacts.iter().map(|it| it.first_name.as_str()).collect::<Vec<_>>(), ["Jürg", "Ida"]);
    assert_eq!((now.mail.acceptance, now.mail.roles, now.mail.removal, now.mail_language), (true, false, true, MailLanguage::German));
    let kept = world.patch("chief", &path, 2, json!({ "mailLanguage": "en" })).await;
    assert_eq!(kept.status, StatusCode::OK);
    assert_eq!(world.get("chief", &path).await.json::<CustomerSettings>().contacts, now.contacts, "what is left out stays");
    assert_eq!(world.patch("chief", &path, 2, json!({})).await.status, StatusCode::PRECONDITION_FAILED);

    for (field, contacts) in [
        ("#/contacts/0/firstName name-invalid", json!([contact("", "x", "a@b.example")])),
        ("#/contacts/1/lastName name-invalid", json!([contact("a", "b", "a@b.example"), contact("a", "\u{202e}evil", "c@b.example")])),
        ("#/contacts/0/email email-invalid", json!([contact("a", "b", "a@b.example\r\nBcc: all@b.example")])),
        ("#/contacts/0/email email-invalid", json!([contact("a", "b", "a@b.example, c@d.example")])),
        ("#/contacts/0/email email-invalid", json!([contact("a", "b", "a@localhost")])),
        ("#/contacts/1/email email-taken", json!([contact("a", "b", "a@b.example"), contact("c", "d", "A@B.example")])),
    ] {
        assert_eq!(world.patch("chief", &path, 3, json!({ "contacts": contacts })).await.fields(), [field]);
    }
    let crowd =
        |last: &str| (0..7).map(|n| contact("a", "b", &format!("a{n}@b.example"))).chain([contact("c", "d", last)]).collect::<Vec<_>>();
    world.patch("chief", &path, 3, json!({ "contacts": crowd("x@b.example") })).await.ok("eight");
    world.patch("chief", &path, 4, json!({ "contacts": crowd("y@b.example") })).await.ok("another eighth");
    let told = world.worked("chief").await.pop().unwrap().detail;
    let told: Vec<_> = told.iter().map(|it| (it.before.as_deref(), it.after.as_deref())).collect();
    assert_eq!(told, [(Some("c d <x@b.example>"), Some("c d <y@b.example>"))], "who came and who went, wherever they stand");
    let crowd: Vec<Value> = (0..21).map(|n| contact("a", "b", &format!("a{n}@b.example"))).collect();
    assert_eq!(world.patch("chief", &path, 5, json!({ "contacts": crowd })).await.fields(), ["#/contacts contacts-too-many"]);
}

#[tokio::test]
async fn r18_everybody_is_told_the_domains_of_their_own_organisation() {
    let world = World::related().await;
    for (who, name, domain, kind) in
        [("nemo", "Partner", "partner.example", (true, false)), ("agnes", "Alpha", "alpha.example", (false, true))]
    {
        let own: Organisation = world.get(who, "/v1/me/organisation").await.json();
        assert_eq!((own.display_name.as_str(), own.domains.iter().map(|it| it.as_str()).collect::<Vec<_>>()), (name, vec![domain]));
        assert_eq!((own.is_partner, own.is_customer), kind);
    }
}

#[tokio::test]
async fn r21_a19_change_control_that_is_edited_later_counts_from_the_next_request_on_and_leaves_what_waits() {
    let world = World::related().await;
    let room = |world: &World| world.room_path("a1");
    let rename = async |world: &World, name: &str| {
        let version = world.get("ann", &room(world)).await.json::<Room>().version;
        world.patch("ann", &room(world), version, json!({ "displayName": name })).await
    };
    assert_eq!(rename(&world, "one").await.status, StatusCode::OK);
    world.steer("chief", json!({ "changeControl": { "rooms.modify": "manual" } })).await;
    assert_eq!(world.last("chief").await, "PartnerInvitation Update Successful Partner, by chief");
    assert_eq!(rename(&world, "two").await.status, StatusCode::ACCEPTED);
    world.steer("chief", json!({ "changeControl": {} })).await;
    assert_eq!(rename(&world, "three").await.status, StatusCode::OK, "from the next request on");
    let request = world.request("chief").await;
    world.decide("chief", request, "approve").await.conflicts("it waits still, and what it was asked of has changed");
    assert_eq!(world.decide("chief", request, "reject").await.status, StatusCode::NO_CONTENT);
}
