//! Simulated rooms: they report over HTTP with their own keys, as devices do, and every few seconds something happens in one of them.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::StreamExt as _;
use rand::seq::IndexedRandom as _;
use rand::{Rng, SeedableRng as _};
use rand_chacha::ChaCha20Rng;
use serde::Serialize;
use tenantry_model::api::room_events::EventsReport;
use tenantry_model::api::updates::{ReportedProgress, UpdatesAnswer, UpdatesReport};
use tenantry_model::api::{EnrolRequest, Reading, SignalState, SignalsReport};
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::report::REPORT_DAYS;
use tenantry_model::signal::SignalId;
use tenantry_model::update::UpdateProgress;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::estate::updates::FAILURES;
use super::estate::{device_of, happenings, usage};
use super::keyring::Keyring;
use super::names;
use crate::demo::estate::House;
use crate::error::{Error, Result};
use crate::store::Store;
use crate::store::ingest::{self, SignalKey};

/// How long a round takes in which every room reports once that it is there: half of what makes it silent.
const ROUND: Duration = Duration::from_secs(30 * 60);

/// How often a part of the round is sent.
const BEAT: Duration = Duration::from_millis(500);

/// How many reports are in flight at the same time.
const AT_ONCE: usize = 4;

/// How many rooms report meetings and calls in a beat: the first time, ninety days of them.
const USED_A_BEAT: usize = 2;

/// How many days before today a room reports again after that.
const USED_DAYS: u32 = 2;

/// How long it is until the next thing happens, in milliseconds, whatever the size of the estate.
const PAUSE_MS: std::ops::Range<u64> = 3_000..6_000;

/// How many rooms may be silent at the same time for every thousand.
const SILENT_OF_1000: usize = 15;

/// How many rooms may register while a demo runs.
const MOST_NEW: usize = 25;

/// Signals without a watch time: they show at once.
const PROMPT: [SignalId; 8] = [
    SignalId::DiskHealth,
    SignalId::WsusEnabled,
    SignalId::AppVersion,
    SignalId::TimeDrift,
    SignalId::WifiStrength,
    SignalId::BluetoothDisabled,
    SignalId::OsActivation,
    SignalId::DefaultCredentials,
];

/// Signals that show after a few minutes.
const PATIENT: [SignalId; 5] =
    [SignalId::CameraRoom, SignalId::DisplayConsole, SignalId::ConferencingMicrophone, SignalId::CalendarSync, SignalId::SignInTeams];

pub(super) struct Simulation {
    base: String,
    client: reqwest::Client,
    store: Store,
    keyring: Keyring,
    seed: u64,
    paused: AtomicBool,
}

struct State {
    rng: ChaCha20Rng,
    rooms: Vec<(RoomId, TenantId)>,
    failing: Vec<(RoomId, SignalKey)>,
    /// About how many signals fail at the same time.
    usual: usize,
    silent: HashSet<RoomId>,
    /// Those that have reported all their meetings and calls.
    told_usage: HashSet<RoomId>,
    next: usize,
    fresh: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sent {
    Taken,
    /// The key is no longer valid: the room is not simulated any more.
    Refused,
    /// The service did not answer, or with an error: try again later.
    Failed,
}

impl Simulation {
    pub(super) fn new(base: String, store: Store, keyring: Keyring, seed: u64) -> Result<Arc<Self>> {
        let client = reqwest::Client::builder().timeout(Duration::from_secs(10)).no_proxy().build();
        let client = client.map_err(|error| Error::Internal(format!("the simulated devices have no HTTP client: {error}")))?;
        Ok(Arc::new(Self { base, client, store, keyring, seed, paused: AtomicBool::new(false) }))
    }

    pub(super) fn pause(&self, paused: bool) {
        self.paused.store(paused, Ordering::SeqCst);
    }

    pub(super) fn start(self: Arc<Self>, shutdown: CancellationToken) {
        tokio::spawn(async move {
            tokio::select! {
                () = shutdown.cancelled() => {}
                () = self.live() => {}
            }
        });
    }

    async fn live(&self) {
        let mut state = match self.begin().await {
            Ok(state) if state.rooms.is_empty() => return,
            Ok(state) => state,
            Err(error) => return tracing::error!(%error, "the rooms of the demo cannot live"),
        };
        let mut beat = tokio::time::interval(BEAT);
        beat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut last = beat.tick().await;
        let mut next_event = last + Duration::from_secs(5);
        loop {
            let now = beat.tick().await;
            if self.paused.load(Ordering::SeqCst) {
                last = now;
                continue;
            }
            self.touch_base(&mut state, now - last).await;
            last = now;
            if now >= next_event {
                self.something_happens(&mut state).await;
                next_event = Instant::now() + Duration::from_millis(state.rng.random_range(PAUSE_MS));
            }
        }
    }

    async fn begin(&self) -> Result<State> {
        let mut read = self.store.read().await?;
        let rooms = ingest::reporting(read.conn()).await?;
        let mut failing = ingest::failing(read.conn()).await?;
        // What the service notices itself no device reports.
        failing.retain(|(_, key)| !key.0.is_noticed());
        let silent = rooms.iter().filter(|room| !room.connected).map(|room| room.id).collect();
        Ok(State {
            rng: ChaCha20Rng::seed_from_u64(self.seed ^ 0x11fe),
            usual: failing.len().max(10),
            failing,
            silent,
            told_usage: HashSet::new(),
            rooms: rooms.into_iter().map(|room| (room.id, room.customer)).collect(),
            next: 0,
            fresh: 0,
        })
    }

    /// Sends the part of the round that is due.
    async fn touch_base(&self, state: &mut State, passed: Duration) {
        let due = (state.rooms.len() as f64 * passed.as_secs_f64() / ROUND.as_secs_f64()).ceil() as usize;
        let mut turn: Vec<RoomId> = Vec::with_capacity(due);
        for _ in 0..due.min(state.rooms.len()) {
            let at = state.next % state.rooms.len();
            state.next = at + 1;
            if let Some((room, _)) = state.rooms.get(at).filter(|(room, _)| !state.silent.contains(room)) {
                turn.push(*room);
            }
        }
        let used: Vec<RoomId> = turn.iter().take(USED_A_BEAT).copied().collect();
        let gone = Mutex::new(HashSet::new());
        let dice: u64 = state.rng.random();
        futures_util::stream::iter(turn)
            .for_each_concurrent(AT_ONCE, async |room| {
                if self.report(room, vec![], None).await == Sent::Refused {
                    gone.lock().unwrap_or_else(PoisonError::into_inner).insert(room);
                    return;
                }
                self.keep_up(room, dice.wrapping_add(room.uuid().as_u64_pair().1)).await;
            })
            .await;
        state.forget(&gone.into_inner().unwrap_or_else(PoisonError::into_inner));
        for room in used {
            self.report_usage(state, room).await;
        }
    }

    /// Meetings and calls: all that are kept, and from then on the last ones.
    async fn report_usage(&self, state: &mut State, room: RoomId) {
        let days = if state.told_usage.contains(&room) { USED_DAYS } else { REPORT_DAYS - 1 };
        for report in usage::reports(room, days, self.store.now()) {
            if self.send("usage", &self.keyring.room_key(room), &report).await != Sent::Taken {
                return;
            }
        }
        state.told_usage.insert(room);
    }

    /// A device asks which updates it is to install, and goes on with those whose time it is: most succeed, and some take their time.
    async fn keep_up(&self, room: RoomId, dice: u64) {
        let key = self.keyring.room_key(room);
        let Some(answer) = self.ask_updates(&key, &UpdatesReport::default()).await else { return };
        let now = self.store.now();
        let mut rng = ChaCha20Rng::seed_from_u64(dice);
        let due = answer.install.into_iter().filter(|it| it.window.is_none_or(|window| window.from <= now && now < window.until));
        let progress: Vec<ReportedProgress> = due
            .map(|it| {
                let state = match rng.random_range(0..100) {
                    chance if chance < 20 => UpdateProgress::Downloading,
                    chance if chance < 30 => UpdateProgress::Installing,
                    chance if chance < 92 => UpdateProgress::Installed,
                    _ => UpdateProgress::Failed,
                };
                let why = FAILURES.choose(&mut rng).map(|why| (*why).to_owned());
                let reason = why.filter(|_| state == UpdateProgress::Failed);
                ReportedProgress { package: it.package, version: it.version, state, attempt: Some(it.attempt), reason }
            })
            .collect();
        if !progress.is_empty() {
            let _ = self.ask_updates(&key, &UpdatesReport { installed: vec![], progress }).await;
        }
    }

    async fn ask_updates(&self, key: &str, body: &UpdatesReport) -> Option<UpdatesAnswer> {
        let request = self.client.post(format!("{}/v1/agent/updates", self.base)).bearer_auth(key).json(body);
        request.send().await.ok()?.error_for_status().ok()?.json().await.ok()
    }

    async fn something_happens(&self, state: &mut State) {
        let Some((room, customer)) = state.rooms.choose(&mut state.rng).copied() else { return };
        // The more fails, the more recovers: the estate keeps its usual number of open incidents.
        let crowd = (state.failing.len() as f64 / state.usual as f64).clamp(0.2, 2.0);
        let sent = match state.rng.random_range(0.0..100.0) {
            chance if chance < 40.0 * crowd => return self.recover(state).await,
            chance if chance < 90.0 => self.fail(state, room).await,
            chance if chance < 92.0 => {
                let events = vec![happenings::draw(&mut state.rng, self.store.now())];
                self.send("events", &self.keyring.room_key(room), &EventsReport { events }).await
            }
            chance if chance < 95.0 => self.report(room, vec![], Some(state.rng.random_ratio(1, 2))).await,
            chance if chance < 99.0 => return self.drop_out_or_return(state, room).await,
            _ => return self.introduce(state, customer).await,
        };
        if sent == Sent::Refused {
            state.forget(&HashSet::from([room]));
        }
    }

    async fn fail(&self, state: &mut State, room: RoomId) -> Sent {
        let from: &[SignalId] = if state.rng.random_ratio(3, 4) { &PROMPT } else { &PATIENT };
        let Some(signal) = from.choose(&mut state.rng).copied() else { return Sent::Failed };
        let key = (signal, String::new());
        if state.silent.contains(&room) || state.failing.contains(&(room, key.clone())) {
            return Sent::Failed;
        }
        let sent = self.report(room, vec![reading(key.clone(), SignalState::Failing)], None).await;
        if sent == Sent::Taken {
            state.failing.push((room, key));
        }
        sent
    }

    async fn recover(&self, state: &mut State) {
        if state.failing.is_empty() {
            return;
        }
        let at = state.rng.random_range(0..state.failing.len());
        let (room, key) = state.failing.swap_remove(at);
        let silent = state.silent.contains(&room);
        if silent || self.report(room, vec![reading(key.clone(), SignalState::Healthy)], None).await == Sent::Failed {
            state.failing.push((room, key));
        }
    }

    async fn drop_out_or_return(&self, state: &mut State, room: RoomId) {
        let most = (state.rooms.len() * SILENT_OF_1000).div_ceil(1_000);
        if state.silent.len() < most && state.rng.random_ratio(1, 2) {
            state.silent.insert(room);
            return;
        }
        // A set has no reproducible order: sorted, so that the same seed makes the same choice.
        let mut silent: Vec<RoomId> = state.silent.iter().copied().collect();
        silent.sort_unstable();
        if let Some(back) = silent.choose(&mut state.rng).copied()
            && self.report(back, vec![], None).await != Sent::Failed
        {
            state.silent.remove(&back);
        }
    }

    /// A new device registers with its customer's enrolment key, and takes part from then on with the key that it was given.
    async fn introduce(&self, state: &mut State, customer: TenantId) {
        if state.fresh >= MOST_NEW {
            return;
        }
        state.fresh += 1;
        let house = House { customer, domain: "rooms.example", style: names::style(&mut state.rng), zone: "Europe/Berlin" };
        let n = 90_000 + state.rng.random_range(0..9_000);
        let device = device_of(house, n, &mut state.rng);
        let request = EnrolRequest {
            display_name: device.display_name,
            capacity: device.capacity,
            host_name: device.host_name,
            account: device.account,
            timezone: device.timezone,
            licence: device.licence,
            peripherals: device.peripherals,
        };
        let sent = self.send("enrol", &self.keyring.enrolment_key(customer), &request).await;
        tracing::debug!(?sent, "a new device introduced itself");
    }

    async fn report(&self, room: RoomId, readings: Vec<Reading>, occupied: Option<bool>) -> Sent {
        self.send("signals", &self.keyring.room_key(room), &SignalsReport { readings, occupied }).await
    }

    async fn send(&self, door: &str, key: &str, body: &impl Serialize) -> Sent {
        let request = self.client.post(format!("{}/v1/agent/{door}", self.base)).bearer_auth(key).json(body);
        match request.send().await {
            Ok(response) if response.status().is_success() => Sent::Taken,
            Ok(response) if response.status() == reqwest::StatusCode::UNAUTHORIZED => Sent::Refused,
            Ok(response) => {
                tracing::debug!(status = %response.status(), door, "a simulated device was turned away");
                Sent::Failed
            }
            Err(error) => {
                tracing::debug!(%error, door, "a simulated device did not get through");
                Sent::Failed
            }
        }
    }
}

impl State {
    fn forget(&mut self, gone: &HashSet<RoomId>) {
        if gone.is_empty() {
            return;
        }
        self.rooms.retain(|(room, _)| !gone.contains(room));
        self.failing.retain(|(room, _)| !gone.contains(room));
        self.silent.retain(|room| !gone.contains(room));
    }
}

fn reading((signal, instance): SignalKey, state: SignalState) -> Reading {
    Reading { signal, instance: Some(instance).filter(|instance| !instance.is_empty()), state }
}
