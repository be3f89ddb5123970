//! What the parts of the engine share: its configuration, its state, and what it tells.

use std::path::PathBuf;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tenantry_model::ipc::{ClockOff, MemoryOnly, Preferences, Session, SyncState, SyncStatus};
use tenantry_model::time::Timestamp;
use tokio::runtime::Runtime;
use tokio::sync::{broadcast, watch};
use tokio_util::sync::CancellationToken;

use super::account::Account;
use super::accounts::Remembered;
use super::config::EngineConfig;
use super::data_folder::FolderLock;
use super::event::{EngineEvent, EventSink};
use super::monotonic_clock::MonotonicClock;
use super::outbox_events::OutboxEvents;
use super::store_choice::StoreChoice;
use crate::cache::Contact;
use crate::error::Error;
use crate::keychain::KeychainCalls;
use crate::random::{OsRandom, Random};
use crate::service::ServiceAddress;

pub(super) struct Shared {
    pub(super) config: EngineConfig,
    pub(super) clock: MonotonicClock,
    pub(super) random: Arc<dyn Random>,
    pub(super) generation: Arc<AtomicU64>,
    pub(super) events: EventSink,
    pub(super) outbox_events: OutboxEvents,
    transfer_events: OutboxEvents,
    /// One sign-in, sign-out or change of service at a time.
    pub(super) session_lock: tokio::sync::Mutex<()>,
    /// Gives up the sign-in that is under way.
    pub(super) attempt: Mutex<Option<CancellationToken>>,
    /// Gives up the opening of the last session, while it waits for keychain or disk.
    opening: Mutex<CancellationToken>,
    pub(super) keychain: KeychainCalls,
    pub(super) store_choices: broadcast::Sender<StoreChoice>,
    opened: watch::Sender<bool>,
    state: Mutex<State>,
    /// Where the engine was started outside any runtime: its own.
    runtime: Mutex<Option<Runtime>>,
    folder: Mutex<Option<FolderLock>>,
}

pub(super) struct State {
    pub(super) remembered: Remembered,
    /// What of it has reached the disk.
    pub(super) on_disk: Remembered,
    pub(super) service: Option<ServiceAddress>,
    pub(super) session: Session,
    pub(super) sync: SyncStatus,
    /// Since when there is no contact with the service.
    pub(super) lost: Timestamp,
    pub(super) preferences: Preferences,
    pub(super) account: Option<Arc<Account>>,
    /// What the user went on without.
    without: Option<MemoryOnly>,
    /// Why the store of whoever was signed in last was left closed, where it was.
    pub(super) left_closed: Option<MemoryOnly>,
    /// Where the last export of this run lies.
    pub(super) export_folder: Option<PathBuf>,
}

/// Clicks that wait to be heard.
const WAITING_CHOICES: usize = 16;

/// A clock that is off by more is told of.
const CLOCK_OFF: Duration = Duration::from_secs(5 * 60);

pub(super) const NO_SYNC: SyncStatus = SyncStatus { state: SyncState::SignedOut, as_of: None, history_pending: false, done_percent: None };

impl Drop for Shared {
    fn drop(&mut self) {
        // A runtime must not be dropped where it may be waited for.
        if let Some(runtime) = self.runtime.get_mut().unwrap_or_else(PoisonError::into_inner).take() {
            runtime.shutdown_background();
        }
    }
}

impl Shared {
    /// The state of an engine that has opened no store yet.
    pub(super) fn new(config: EngineConfig, folder: FolderLock, remembered: Remembered, runtime: Option<Runtime>) -> Self {
        let address = config.service.clone().or_else(|| remembered.service.clone());
        let service = address.and_then(|text| match text.parse::<ServiceAddress>() {
            Ok(service) => Some(service),
            Err(error) => {
                tracing::warn!(%error, "the service's address cannot be used");
                None
            }
        });
        let clock = MonotonicClock::new(Arc::clone(&config.clock));
        let state = State {
            preferences: remembered.preferences.clone(),
            on_disk: remembered.clone(),
            remembered,
            service,
            session: Session::Opening,
            sync: NO_SYNC,
            lost: config.clock.now(),
            account: None,
            without: None,
            left_closed: None,
            export_folder: None,
        };
        let events = EventSink::new();
        Self {
            outbox_events: OutboxEvents::new(events.clone()),
            transfer_events: OutboxEvents::of(events.clone(), EngineEvent::Transfers),
            keychain: KeychainCalls::new(Arc::clone(&config.keychain)),
            config,
            clock,
            random: Arc::new(OsRandom),
            generation: Arc::new(AtomicU64::new(0)),
            events,
            session_lock: tokio::sync::Mutex::new(()),
            attempt: Mutex::new(None),
            opening: Mutex::default(),
            store_choices: broadcast::channel(WAITING_CHOICES).0,
            opened: watch::channel(false).0,
            state: Mutex::new(state),
            runtime: Mutex::new(runtime),
            folder: Mutex::new(Some(folder)),
        }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on nothing is kept on disk, until somebody signs out, tries again or closes the app.
    pub(super) fn go_without(&self, what: MemoryOnly) {
        self.state().without = Some(what);
    }

    /// From now on keychain and disk are asked again.
    pub(super) fn go_with_all(&self) {
        self.state().without = None;
    }

    pub(super) fn without(&self) -> Option<MemoryOnly> {
        self.state().without
    }

    /// What gives up the opening that is under way, or the next one.
    pub(super) fn opening(&self) -> CancellationToken {
        self.opening.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Lets the last session be opened anew, after it was given up.
    pub(super) fn renew_opening(&self) {
        *self.opening.lock().unwrap_or_else(PoisonError::into_inner) = CancellationToken::new();
    }

    /// Waits until the store of the last session is open, or known not to be.
    pub(super) async fn opened(&self) {
        // The sender lives as long as the engine.
        let _ = self.opened.subscribe().wait_for(|opened| *opened).await;
    }

    pub(super) fn set_opened(&self) {
        self.opened.send_replace(true);
    }

    /// The account of whoever is signed in, once it is known.
    pub(super) async fn account(&self) -> Result<Arc<Account>, Error> {
        self.opened().await;
        self.state().account.clone().ok_or(Error::SignedOut)
    }

    /// Ends what outlives no shutdown: the engine's own runtime, and its hold on the data folder.
    pub(super) fn release(&self) {
        if let Some(runtime) = self.runtime.lock().unwrap_or_else(PoisonError::into_inner).take() {
            runtime.shutdown_background();
        }
        drop(self.folder.lock().unwrap_or_else(PoisonError::into_inner).take());
    }

    /// Whether the service is in contact, and what time it is.
    pub(super) fn contact(&self) -> Contact {
        let now = self.clock.now();
        let state = self.state();
        Contact { live: state.sync.state == SyncState::Current, now, clock: self.config.clock.now(), lost: state.lost }
    }

    /// How far this machine's clock is off from the service's, where that is more than clocks are.
    pub(super) fn clock_off(&self, service: Option<Timestamp>) -> Option<ClockOff> {
        let (here, service) = (self.config.clock.now(), service?);
        let off = here.since(service).max(service.since(here)) > CLOCK_OFF;
        off.then(|| {
            tracing::warn!(%here, %service, "this machine's clock is off");
            ClockOff { here, service }
        })
    }

    /// Whether the browser is open, for the first time or again.
    pub(super) fn is_signing_in(&self) -> bool {
        matches!(self.state().session, Session::SigningIn | Session::SignedIn { again: true, .. })
    }

    pub(super) fn cancel_attempt(&self) {
        if let Some(attempt) = self.attempt.lock().unwrap_or_else(PoisonError::into_inner).take() {
            attempt.cancel();
        }
    }

    pub(super) fn take_account(&self) -> Option<Arc<Account>> {
        self.state().account.take()
    }

    pub(super) fn set_session(&self, session: Session) {
        let mut state = self.state();
        if state.session != session {
            state.session = session.clone();
            // While the state is held: events are told in the order of the changes.
            self.emit(EngineEvent::Session(session));
        }
    }

    /// Changes the sync's status. Answers whether contact was made or lost by it.
    pub(super) fn set_sync(&self, change: impl FnOnce(&mut SyncStatus)) -> bool {
        let now = self.config.clock.now();
        let mut state = self.state();
        let before = state.sync.clone();
        change(&mut state.sync);
        if state.sync == before {
            return false;
        }
        let (was, is) = (before.state == SyncState::Current, state.sync.state == SyncState::Current);
        if was && !is {
            state.lost = now;
        }
        // While the state is held: events are told in the order of the changes.
        self.emit(EngineEvent::Sync(state.sync.clone()));
        was != is
    }

    pub(super) fn emit(&self, event: EngineEvent) {
        self.events.emit(event);
    }

    /// A file on its way moved.
    pub(super) fn transfers_changed(&self) {
        self.transfer_events.changed();
    }

    /// Tells the screens to ask again for what is about relationships, roles and requests: cached answers are no longer current.
    pub(super) fn relations_changed(&self, account: &Account) {
        account.queries.nudge();
        self.emit(EngineEvent::Relations);
    }

    /// Tells the screens to ask again for everything.
    pub(super) async fn data_changed(&self, account: &Account) {
        self.relations_changed(account);
        if let Ok(change) = account.cache.run(|store| Ok(store.changed(vec![], None))).await {
            self.emit(EngineEvent::Data(change));
        }
    }
}
