//! The ingest against a model that is too simple to be wrong: it goes through time minute by minute and knows no due times at all.

use std::collections::BTreeMap;
use std::time::Duration;

use proptest::prelude::*;
use serde_json::json;
use tenantry_model::api::{EnrolRequest, Reading, SignalState};
use tenantry_model::incident::{HistoryKind, Incident, IncidentStatus, IncidentType, Severity};
use tenantry_model::room::{Enrolment, Health, HealthFacts};
use tenantry_model::signal::SignalId;
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;
use tenantry_service::domain::ingest::{enrolment, keys, reports};
use tenantry_service::domain::timed_work;
use tenantry_service::random::Random;
use tenantry_service::store::incident_list::ListKey;
use tenantry_service::store::ingest::{self, SignalKey};
use tenantry_service::store::{Tx, agents, enrolment_keys, incident_list, incident_writes, rooms};

use crate::support::{BEGIN, Bed, room, tenant};

const MINUTE: Duration = Duration::from_secs(60);

/// A signal of each watch time that matters: 30, 5 with two instances, none at all, and the service's own.
const SIGNALS: [(SignalId, &str); 5] = [
    (SignalId::CalendarSync, ""),
    (SignalId::DisplayFrontOfRoom, "Display 1"),
    (SignalId::DisplayFrontOfRoom, "Display 2"),
    (SignalId::DiskHealth, ""),
    (SignalId::TimeDrift, ""),
];

#[derive(Debug, Clone)]
enum Step {
    Wait(u32),
    /// Which signals are named, and which of those fail; and whether the process dies before it commits.
    Report {
        named: u8,
        failing: u8,
        lost: bool,
    },
    Tick {
        lost: bool,
    },
    Suppress(bool),
    Enrol,
    Unenrol,
    Introduce,
}

/// How many rooms are disconnected.
async fn disconnected(bed: &Bed) -> usize {
    ingest::reporting(bed.read().await.conn()).await.unwrap().iter().filter(|it| !it.connected).count()
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let wait = prop::sample::select(vec![1, 4, 5, 6, 29, 30, 31, 60, 61, 62, 120, 181, 600, 10_079, 10_080, 11_000]).prop_map(Step::Wait);
    let report =
        (any::<u8>(), any::<u8>(), prop::bool::weighted(0.1)).prop_map(|(named, failing, lost)| Step::Report { named, failing, lost });
    let step = prop_oneof![
        10 => wait,
        10 => report,
        4 => any::<bool>().prop_map(|lost| Step::Tick { lost }),
        2 => any::<bool>().prop_map(Step::Suppress),
        2 => Just(Step::Enrol),
        1 => Just(Step::Unenrol),
        1 => Just(Step::Introduce),
    ];
    prop::collection::vec(step, 1..60)
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Ticket {
    status: IncidentStatus,
    created: i64,
    active_since: i64,
    resolved: Option<i64>,
    closed: Option<i64>,
    severity: Severity,
    history: Vec<(i64, HistoryKind)>,
}

#[derive(Debug, Clone, Default)]
struct Signal {
    failing: bool,
    since: i64,
    ticket: Option<Ticket>,
    /// Since when its ticket is left alone (A34).
    alone: i64,
}

/// Minutes since the beginning.
#[derive(Debug)]
struct Model {
    now: i64,
    enrolment: Enrolment,
    suppressed: bool,
    connected: bool,
    heard: i64,
    signals: BTreeMap<(SignalId, String), Signal>,
}

impl Model {
    fn new() -> Self {
        Self { now: 0, enrolment: Enrolment::Onboarding, suppressed: false, connected: true, heard: 0, signals: BTreeMap::new() }
    }

    fn quiet(&self) -> bool {
        self.suppressed || self.enrolment != Enrolment::Enrolled
    }

    fn minute(&mut self) {
        self.now += 1;
        self.look();
    }

    /// What anybody who looks at the room in this minute must find.
    fn look(&mut self) {
        let now = self.now;
        if self.connected && self.enrolment != Enrolment::Unenrolled && now - self.heard >= 61 {
            self.connected = false;
            self.set((SignalId::Offline, String::new()), true);
        }
        let quiet = self.quiet();
        for ((id, _), signal) in &mut self.signals {
            let watch = if *id == SignalId::Offline { 120 } else { i64::try_from(id.facts().watch.as_secs() / 60).unwrap() };
            let active = signal.ticket.as_ref().is_some_and(|ticket| ticket.status.is_active());
            if signal.failing && !quiet && !active && now - signal.since >= watch {
                let new = Ticket {
                    status: IncidentStatus::NeedsAction,
                    created: now,
                    active_since: now,
                    resolved: None,
                    closed: None,
                    severity: id.facts().severity,
                    history: vec![],
                };
                let ticket = signal.ticket.get_or_insert(new);
                ticket.status = IncidentStatus::NeedsAction;
                ticket.severity = id.facts().severity;
                ticket.active_since = now;
                ticket.history.push((now, HistoryKind::Activated));
                signal.alone = now;
            }
            // What is out of sight is not left alone (A34): its day begins when it comes back.
            if self.suppressed {
                signal.alone = now;
            }
            if let Some(ticket) = &mut signal.ticket
                && ticket.status.is_active()
                && ticket.severity == Severity::Warning
                && now - signal.alone >= 24 * 60
            {
                ticket.severity = Severity::Important;
                ticket.history.push((now, HistoryKind::Escalated));
            }
            if let Some(ticket) = &mut signal.ticket
                && !signal.failing
                && ticket.status == IncidentStatus::Resolved
                && now - signal.since >= 7 * 24 * 60
            {
                ticket.status = IncidentStatus::Closed;
                ticket.closed = Some(now);
            }
        }
    }

    fn set(&mut self, key: (SignalId, String), failing: bool) {
        if !failing && !self.signals.contains_key(&key) {
            return;
        }
        let now = self.now;
        let signal = self.signals.entry(key).or_default();
        if signal.failing == failing {
            return;
        }
        signal.failing = failing;
        signal.since = now;
        if let Some(ticket) = signal.ticket.as_mut().filter(|ticket| !failing && ticket.status.is_active()) {
            ticket.status = IncidentStatus::Resolved;
            ticket.resolved = Some(now);
            ticket.history.push((now, HistoryKind::Deactivated));
        }
    }

    fn hear(&mut self) {
        self.heard = self.now;
        if !self.connected {
            self.connected = true;
            self.set((SignalId::Offline, String::new()), false);
        }
    }
}

fn readings(named: u8, failing: u8) -> Vec<Reading> {
    let reading = |at: usize| Reading {
        signal: SIGNALS[at].0,
        instance: Some(SIGNALS[at].1.to_owned()).filter(|instance| !instance.is_empty()),
        state: if failing & (1 << at) == 0 { SignalState::Healthy } else { SignalState::Failing },
    };
    (0..SIGNALS.len()).filter(|at| named & (1 << at) != 0).map(reading).collect()
}

fn device() -> EnrolRequest {
    EnrolRequest {
        display_name: "Isar".into(),
        capacity: Some(6),
        host_name: "MTR-ISAR".into(),
        account: "isar@kunde.example".into(),
        timezone: "Europe/Berlin".into(),
        licence: "Teams Rooms Pro".into(),
        peripherals: vec![],
    }
}

async fn finish(tx: Tx, lost: bool) {
    if lost { drop(tx) } else { tx.commit().await.unwrap() }
}

async fn play(bed: &Bed, model: &mut Model, step: &Step, numbers: &mut BTreeMap<SignalKey, TicketNumber>) {
    // What is due is worked off by whatever touches the room next; a step that did not get to touch it leaves it as it was.
    let mut touched = true;
    match step {
        Step::Wait(minutes) => {
            bed.clock.advance(MINUTE * *minutes);
            (0..*minutes).for_each(|_| model.minute());
            touched = false;
        }
        Step::Report { named, failing, lost } => {
            let readings = readings(*named, *failing);
            let mut tx = bed.store.write().await.unwrap();
            reports::apply(&mut tx, room(1), &readings, Some(true), &bed.random).await.unwrap();
            finish(tx, *lost).await;
            touched = !lost && model.enrolment != Enrolment::Unenrolled;
            if touched {
                model.hear();
                for Reading { signal, instance, state } in readings {
                    model.set((signal, instance.unwrap_or_default()), state == SignalState::Failing);
                }
                model.look();
            }
        }
        Step::Tick { lost } => {
            let mut tx = bed.store.write().await.unwrap();
            reports::step(&mut tx, &bed.random).await.unwrap();
            finish(tx, *lost).await;
            touched = !lost;
        }
        Step::Suppress(suppressed) => {
            bed.change(json!({"suppressRoom": {"room": room(1), "suppressed": suppressed}})).await;
            model.suppressed = *suppressed;
            model.look();
        }
        Step::Enrol => {
            let done = bed.try_change(json!({"enrolRoom": {"room": room(1)}})).await;
            assert_eq!(done.is_ok(), model.enrolment == Enrolment::Onboarding);
            touched = done.is_ok();
            if touched {
                model.enrolment = Enrolment::Enrolled;
                model.look();
            }
        }
        Step::Unenrol => {
            bed.change(json!({"unenrolRoom": {"room": room(1)}})).await;
            for key in model.signals.keys().cloned().collect::<Vec<_>>() {
                model.set(key, false);
            }
            model.enrolment = Enrolment::Unenrolled;
        }
        Step::Introduce => {
            let mut tx = bed.store.write().await.unwrap();
            let device = enrolment::checked(&device()).unwrap();
            let answer = enrolment::introduce(&mut tx, tenant(1), device, None, &bed.random).await.unwrap();
            assert_eq!(answer.room_id, room(1), "the same host name and account are the same room");
            tx.commit().await.unwrap();
            if model.enrolment == Enrolment::Unenrolled {
                model.enrolment = Enrolment::Onboarding;
            }
            model.hear();
        }
    }
    if touched {
        compare(bed, model, numbers).await;
    }
}

async fn compare(bed: &Bed, model: &Model, numbers: &mut BTreeMap<SignalKey, TicketNumber>) {
    let minutes = |at: Timestamp| (at.micros() - BEGIN.micros()) / 60_000_000;
    let watched = bed.watched(room(1)).await;
    let mut incidents: BTreeMap<TicketNumber, Incident> =
        bed.incidents(tenant(1)).await.into_iter().map(|incident| (incident.row.number, incident)).collect();
    let (mut tickets, mut active) = (BTreeMap::new(), Vec::new());
    for (key, signal) in &watched.signals {
        let Some(ticket) = &signal.ticket else { continue };
        let number = ticket.number.unwrap();
        assert_eq!(*numbers.entry(key.clone()).or_insert(number), number, "R75, A12: one number for ever");
        let Incident { row, history, .. } = incidents.remove(&number).expect("an incident, and no other signal's");
        assert_eq!((row.customer_id, row.kind, &row.problem), (tenant(1), IncidentType::Signal(key.0), &key.1));
        assert_eq!(row.rooms.iter().map(|it| it.id).collect::<Vec<_>>(), [room(1)]);
        assert_eq!((row.status, row.created_at, row.last_updated), (ticket.status, ticket.created_at, ticket.last_updated));
        assert_eq!((row.active_since, row.last_resolved, row.last_closed), (ticket.active_since, ticket.last_resolved, ticket.last_closed));
        if row.status.is_active() {
            active.push(ListKey { severity: row.severity as i64, newest: -row.active_since.micros(), number });
        }
        let ticket = Ticket {
            status: row.status,
            created: minutes(row.created_at),
            active_since: minutes(row.active_since),
            resolved: row.last_resolved.map(minutes),
            closed: row.last_closed.map(minutes),
            severity: row.severity,
            // That it is out of sight with its room is another rule's (A33).
            history: history
                .iter()
                .rev()
                .filter(|it| !matches!(it.kind, HistoryKind::Snoozed | HistoryKind::Woken))
                .map(|it| (minutes(it.at), it.kind))
                .collect(),
        };
        tickets.insert(key.clone(), ticket);
    }
    assert!(incidents.is_empty(), "of no signal: {incidents:?}");
    let expected: BTreeMap<SignalKey, Ticket> =
        model.signals.iter().filter_map(|(key, signal)| signal.ticket.clone().map(|ticket| (key.clone(), ticket))).collect();
    assert_eq!(tickets, expected);
    active.sort_unstable();
    check_places(bed, &active).await;

    let facts = watched.facts;
    let open = |such: fn(Severity) -> bool| {
        let tickets = model.signals.values().filter_map(|signal| signal.ticket.as_ref());
        u32::try_from(tickets.filter(|ticket| ticket.status.is_active() && such(ticket.severity)).count()).unwrap()
    };
    let truth = HealthFacts {
        enrolment: model.enrolment,
        suppressed: model.suppressed,
        connected: model.connected,
        open_serious: open(Severity::is_serious),
    };
    let stored = HealthFacts {
        enrolment: facts.enrolment,
        suppressed: facts.suppressed,
        connected: facts.connected,
        open_serious: facts.open_serious,
    };
    assert_eq!(stored, truth);
    assert_eq!(Health::derive(stored), Health::derive(truth));
    assert_eq!(facts.open_warnings, open(|severity| severity == Severity::Warning));
}

/// The hot table holds exactly what is open, each at its very place.
async fn check_places(bed: &Bed, active: &[ListKey]) {
    let mut tx = bed.read().await;
    let numbers: Vec<TicketNumber> = active.iter().map(|key| key.number).collect();
    assert_eq!(incident_writes::open_numbers(tx.conn()).await.unwrap(), numbers);
    assert_eq!(incident_list::open_of(tx.conn(), &[tenant(1)]).await.unwrap(), numbers, "all are that customer's");
    for key in active {
        // Going on from its place starts behind it, and from a moment before with it.
        for from in [*key, ListKey { newest: key.newest - 1, ..*key }] {
            let rest: Vec<TicketNumber> = active.iter().filter(|key| **key > from).map(|key| key.number).collect();
            let found = incident_list::open_rows_after(tx.conn(), Some(from), u32::MAX).await.unwrap();
            assert_eq!(found.iter().map(|stored| stored.row.number).collect::<Vec<_>>(), rest, "after {from:?}");
        }
    }
}

fn run(steps: &[Step]) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let bed = Bed::new().await;
        bed.change(json!({"createTenant": {"id": tenant(1), "displayName": "Kunde", "isCustomer": true}})).await;
        let mut tx = bed.store.write().await.unwrap();
        enrolment::introduce(&mut tx, tenant(1), enrolment::checked(&device()).unwrap(), Some(room(1)), &bed.random).await.unwrap();
        tx.commit().await.unwrap();
        let (mut model, mut numbers) = (Model::new(), BTreeMap::new());
        for step in steps {
            play(&bed, &mut model, step, &mut numbers).await;
        }
        timed_work::tick(&bed.store, &bed.random).await.unwrap();
        compare(&bed, &model, &mut numbers).await;
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, max_shrink_iters: 400, ..ProptestConfig::default() })]

    #[test]
    fn r75_to_r78_whatever_happens_the_tickets_are_those_of_the_model(steps in steps()) {
        run(&steps);
    }
}

fn fails(signals: u8) -> Step {
    Step::Report { named: 0xff, failing: signals, lost: false }
}

#[test]
fn r78_calendar_sync_opens_after_its_watch_time_and_not_before() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let bed = Bed::new().await;
        bed.change(json!({"createTenant": {"id": tenant(1), "displayName": "Kunde", "isCustomer": true, "ticketPrefix": "LBT9KC"}})).await;
        bed.change(json!({"createRoom": {"id": room(1), "customer": tenant(1), "displayName": "Isar"}})).await;
        bed.change(json!({"reportSignals": {"room": room(1), "readings": [{"signal": "calendar_sync", "state": "failing"}]}})).await;
        bed.clock.advance(MINUTE * 30 - Duration::from_micros(1));
        timed_work::tick(&bed.store, &bed.random).await.unwrap();
        assert_eq!(bed.incidents(tenant(1)).await, []);
        bed.clock.advance(Duration::from_micros(1));
        timed_work::tick(&bed.store, &bed.random).await.unwrap();
        let incidents = bed.incidents(tenant(1)).await;
        assert_eq!(incidents.iter().map(|it| it.row.status).collect::<Vec<_>>(), [IncidentStatus::NeedsAction]);
        assert!(incidents[0].row.number.as_str().starts_with("LBT9KC-"), "{incidents:?}");
    });
}

#[test]
fn r76_three_displays_are_three_tickets_and_r77_a_relapse_after_closing_is_the_same_one() {
    run(&[
        Step::Enrol,
        fails(0b00110),
        Step::Wait(6),
        fails(0),
        Step::Wait(11_000),
        fails(0b00010),
        Step::Wait(6),
        Step::Tick { lost: false },
    ]);
}

#[test]
fn r67_an_onboarding_room_raises_nothing_until_it_is_enrolled() {
    run(&[fails(0xff), Step::Wait(31), fails(0xff), Step::Tick { lost: false }, Step::Enrol, Step::Tick { lost: false }]);
}

#[test]
fn r73_a_suppressed_room_raises_nothing_until_that_is_lifted() {
    run(&[Step::Enrol, Step::Suppress(true), fails(0xff), Step::Wait(31), Step::Tick { lost: false }, Step::Suppress(false)]);
}

#[test]
fn r71_a_room_that_says_nothing_is_disconnected_after_61_minutes_and_a_ticket_after_181() {
    run(&[Step::Enrol, Step::Wait(60), Step::Tick { lost: false }, Step::Wait(1), Step::Tick { lost: false }, Step::Wait(120), fails(0)]);
}

#[tokio::test]
async fn fault_9_20_the_start_of_the_service_writes_no_more_the_more_rooms_there_are() {
    let mut written = vec![];
    for rooms in [1, 600] {
        let bed = Bed::new().await;
        bed.change(json!({"createTenant": {"id": tenant(1), "displayName": "Kunde", "isCustomer": true}})).await;
        for n in 1..=rooms {
            bed.change(json!({"createRoom": {"id": room(n), "customer": tenant(1), "displayName": format!("Room {n}")}})).await;
        }
        // Its log begins anew then: the length is what the start writes.
        let bed = bed.reopened().await;
        bed.clock.advance(MINUTE * 600);
        reports::resume(&bed.store).await.unwrap();
        written.push(std::fs::metadata(bed.store.folder().join("test.db-wal")).unwrap().len());
    }
    assert_eq!(written[0], written[1]);
}

#[test]
fn a_service_that_was_down_does_not_hold_that_against_the_rooms() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let bed = Bed::new().await;
        bed.change(json!({"createTenant": {"id": tenant(1), "displayName": "Kunde", "isCustomer": true}})).await;
        for n in [1, 2] {
            bed.change(json!({"createRoom": {"id": room(n), "customer": tenant(1), "displayName": format!("Room {n}")}})).await;
        }
        bed.clock.advance(MINUTE * 50);
        bed.change(json!({"reportSignals": {"room": room(1), "readings": []}})).await;
        bed.clock.advance(MINUTE * 15);
        timed_work::tick(&bed.store, &bed.random).await.unwrap();
        assert_eq!(disconnected(&bed).await, 1, "room 2 fell silent while the service ran");
        bed.clock.advance(MINUTE * 600);
        reports::resume(&bed.store).await.unwrap();
        timed_work::tick(&bed.store, &bed.random).await.unwrap();
        assert_eq!(disconnected(&bed).await, 1);
        assert_eq!(bed.incidents(tenant(1)).await, []);
        bed.clock.advance(MINUTE * 120);
        timed_work::tick(&bed.store, &bed.random).await.unwrap();
        assert_eq!(disconnected(&bed).await, 2);
        let kinds: Vec<IncidentType> = bed.incidents(tenant(1)).await.iter().map(|it| it.row.kind).collect();
        assert_eq!(kinds, [IncidentType::Signal(SignalId::Offline)], "room 2 alone has been silent for long enough");
    });
}

#[tokio::test]
async fn a_key_opens_its_own_room_and_every_other_is_refused_alike() {
    use tenantry_model::api::SignalsReport;
    use tenantry_model::problem::ProblemKind;
    let bed = Bed::new().await;
    let created = bed.change(json!({"createTenant": {"id": tenant(1), "displayName": "Kunde", "isCustomer": true}})).await;
    let enrolment_key = created.key.unwrap();
    let wrong = keys::new_enrolment_key(tenant(1), &bed.random);
    let unknown = keys::new_enrolment_key(tenant(2), &bed.random);
    let mut refusals = Vec::new();
    for key in [wrong.as_str(), unknown.as_str(), "tke_nonsense", ""] {
        let refusal = enrolment::admit(&bed.store, key).await.unwrap_err();
        assert_eq!(refusal.kind(), ProblemKind::KeyRefused);
        refusals.push(refusal.to_string());
    }
    refusals.dedup();
    assert_eq!(refusals.len(), 1, "{refusals:?}");
    let first =
        enrolment::enrol(&bed.store, enrolment::admit(&bed.store, &enrolment_key).await.unwrap(), &device(), &bed.random).await.unwrap();
    let again =
        enrolment::enrol(&bed.store, enrolment::admit(&bed.store, &enrolment_key).await.unwrap(), &device(), &bed.random).await.unwrap();
    assert_eq!(first.room_id, again.room_id);
    assert_eq!(rooms::of_customers(bed.read().await.conn(), &[tenant(1)]).await.unwrap().len(), 1);
    let empty = SignalsReport { readings: vec![], occupied: None };
    let refused = reports::admit(&bed.store, &first.room_key).await.unwrap_err();
    assert_eq!(refused.kind(), ProblemKind::KeyRefused, "the old key stopped working");
    reports::take(&bed.store, reports::admit(&bed.store, &again.room_key).await.unwrap(), &empty, &bed.random).await.unwrap();
    let hashes = async || {
        let mut tx = bed.read().await;
        let of_customer = enrolment_keys::of_customer(tx.conn(), tenant(1)).await.unwrap().pop().map(|key| key.hash);
        let of_room = agents::room_key_hash(tx.conn(), first.room_id).await.unwrap();
        of_customer.into_iter().chain(of_room).collect::<Vec<String>>()
    };
    let stored = hashes().await;
    assert_eq!(stored.len(), 2);
    assert!(stored.iter().all(|hash| !hash.contains(&enrolment_key[..10]) && !hash.contains(&again.room_key[..10])), "{stored:?}");
    bed.change(json!({"unenrolRoom": {"room": first.room_id}})).await;
    assert!(reports::admit(&bed.store, &again.room_key).await.is_err(), "R68");
    bed.change(json!({"resetEnrolmentKey": {"customer": tenant(1)}})).await;
    assert!(enrolment::admit(&bed.store, &enrolment_key).await.is_err(), "R106");
    assert!(hashes().await.iter().all(|hash| !hash.contains(&enrolment_key[..10])));
}

#[tokio::test]
async fn readings_and_devices_out_of_bounds_are_refused_in_words() {
    let reading = |signal, instance: Option<&str>| Reading { signal, instance: instance.map(str::to_owned), state: SignalState::Failing };
    let long = "x".repeat(81);
    for (bad, says) in [
        (vec![reading(SignalId::Offline, None)], "noticed by the service"),
        (vec![reading(SignalId::CalendarSync, Some("1"))], "no instances"),
        (vec![reading(SignalId::CameraRoom, Some(&long))], "1 to 80"),
        (vec![reading(SignalId::CameraRoom, Some("a\nb"))], "1 to 80"),
        (vec![reading(SignalId::CameraRoom, Some(" "))], "1 to 80"),
        (vec![reading(SignalId::CameraRoom, Some("Display\u{202e}"))], "1 to 80"),
        (vec![reading(SignalId::CameraRoom, None); 201], "at most 200"),
    ] {
        let error = reports::check(&bad).unwrap_err().to_string();
        assert!(error.contains(says), "{error}");
    }
    assert!(reports::check(&vec![reading(SignalId::CameraRoom, Some(&"ü".repeat(80))); 200]).is_ok());
    let bad_devices: [fn(&mut EnrolRequest); 9] = [
        |it| it.display_name = "Isar\u{202e}".into(),
        |it| it.display_name = "\u{200b}".into(),
        |it| it.display_name = " ".into(),
        |it| it.display_name = "x".repeat(121),
        |it| it.host_name = "a\u{7}".into(),
        |it| it.account = "nobody".into(),
        |it| it.capacity = Some(0),
        |it| it.timezone = String::new(),
        |it| it.peripherals = vec![tenantry_model::room::Peripheral { kind: "camera".into(), name: "C".into() }; 51],
    ];
    for spoil in bad_devices {
        let mut request = device();
        spoil(&mut request);
        assert!(enrolment::checked(&request).is_err(), "{request:?}");
    }
    assert!(enrolment::checked(&device()).is_ok());
}

/// Says the same again and again before it says something new.
struct Stammering(std::sync::atomic::AtomicUsize);

impl Random for Stammering {
    fn fill(&self, bytes: &mut [u8]) {
        let said = self.0.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        bytes.fill(u8::try_from(said / 60).unwrap());
    }
}

#[tokio::test]
async fn a12_a_number_that_is_taken_is_drawn_again_within_one_transaction_and_in_the_next() {
    let bed = Bed::new().await;
    bed.change(json!({"createTenant": {"id": tenant(1), "displayName": "Kunde", "isCustomer": true}})).await;
    bed.change(json!({"createRoom": {"id": room(1), "customer": tenant(1), "displayName": "Isar"}})).await;
    let random = Stammering(Default::default());
    for signals in [vec![SignalId::DiskHealth, SignalId::TimeDrift, SignalId::AppVersion], vec![SignalId::OsVersion, SignalId::SleepTimer]]
    {
        let readings: Vec<_> = signals.into_iter().map(|signal| Reading { signal, instance: None, state: SignalState::Failing }).collect();
        let mut tx = bed.store.write().await.unwrap();
        reports::apply(&mut tx, room(1), &readings, None, &random).await.unwrap();
        tx.commit().await.unwrap();
    }
    let incidents = bed.incidents(tenant(1)).await;
    let of_signals = bed.watched(room(1)).await.signals.into_iter();
    let of_signals: BTreeMap<_, _> =
        of_signals.map(|((signal, _), it)| (it.ticket.unwrap().number.unwrap(), IncidentType::Signal(signal))).collect();
    assert_eq!((incidents.len(), of_signals.len()), (5, 5));
    assert!(incidents.iter().all(|it| of_signals[&it.row.number] == it.row.kind));
}

#[tokio::test]
async fn last_seen_is_kept_to_the_hour_and_is_exact_for_a_room_that_fell_silent() {
    let bed = Bed::new().await;
    bed.change(json!({"createTenant": {"id": tenant(1), "displayName": "Kunde", "isCustomer": true}})).await;
    bed.change(json!({"createRoom": {"id": room(1), "customer": tenant(1), "displayName": "Isar"}})).await;
    let seen = async || (bed.watched(room(1)).await.facts.last_seen.unwrap().micros() - BEGIN.micros()) / 60_000_000;
    for (wait, expected) in [(20, 0), (20, 0), (25, 65), (10, 65)] {
        bed.clock.advance(MINUTE * wait);
        bed.forget_changes().await;
        bed.change(json!({"reportSignals": {"room": room(1), "readings": []}})).await;
        assert_eq!(seen().await, expected);
        assert_eq!(
            bed.recorded().await.is_empty(),
            expected != 65 || wait == 10,
            "a report that brings nothing new leaves no trace for readers"
        );
    }
    bed.clock.advance(MINUTE * 200);
    timed_work::tick(&bed.store, &bed.random).await.unwrap();
    assert_eq!(seen().await, 75, "the very moment of its last report");
    bed.change(json!({"reportSignals": {"room": room(1), "readings": []}})).await;
    assert_eq!(seen().await, 275);
    bed.clock.advance(MINUTE * 600);
    reports::resume(&bed.store).await.unwrap();
    bed.clock.advance(MINUTE * 61);
    timed_work::tick(&bed.store, &bed.random).await.unwrap();
    assert_eq!(seen().await, 275, "the start of the service is no report");
    assert_eq!(disconnected(&bed).await, 1);
}
