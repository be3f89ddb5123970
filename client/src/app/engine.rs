//! The engine: its configuration, its state, its start and its end.

use std::path::PathBuf;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tenantry_model::ipc::{DataChange, Preferences, Session, SyncState, SyncStatus};
use tenantry_model::time::{Clock, Timestamp};
use tokio::sync::{broadcast, watch};
use tokio_util::sync::CancellationToken;

use super::account::Account;
use super::accounts::Remembered;
use super::monotonic_clock::MonotonicClock;
use crate::cache::Contact;
use crate::keychain::Keychain;
use crate::random::{OsRandom, Random};
use crate::service::ServiceAddress;

/// How often the present moment is noted down, and the terms of A28 are looked at.
const TICK: Duration = Duration::from_secs(30);
/// Events that wait for a slow listener; one that is slower still misses some, and asks for everything again.
const WAITING_EVENTS: usize = 256;

/// What opens the system's browser.
pub trait Browser: Send + Sync {
    /// Opens it at this address. Answers why, where it cannot.
    fn open(&self, url: &str) -> Result<(), String>;
}

/// What an engine is given.
#[derive(Clone)]
pub struct EngineConfig {
    /// Where everything is kept: `state.json` and `caches/`.
    pub data_dir: PathBuf,
    /// The service's address, where the environment or the administrator sets it.
    pub service: Option<String>,
    /// The app's version.
    pub app_version: String,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The keychain that keeps the key of the cache.
    pub keychain: Arc<dyn Keychain>,
    /// What opens the browser for a sign-in.
    pub browser: Arc<dyn Browser>,
    /// Where files go that the user asks for; none where the system names no such folder.
    pub downloads: Option<PathBuf>,
}

/// What the engine tells by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EngineEvent {
    /// The session changed.
    Session(Session),
    /// The sync's state changed.
    Sync(SyncStatus),
    /// The cache changed.
    Data(DataChange),
    /// Something about relationships, roles or requests may have changed.
    Relations,
}

/// The engine. Clones are the same one.
#[derive(Clone)]
pub struct Engine {
    pub(super) inner: Arc<Inner>,
}

pub(super) struct Inner {
    pub(super) config: EngineConfig,
    pub(super) clock: MonotonicClock,
    pub(super) random: Arc<dyn Random>,
    pub(super) generation: Arc<AtomicU64>,
    pub(super) events: broadcast::Sender<EngineEvent>,
    /// One sign-in, sign-out or change of service at a time.
    pub(super) session_lock: tokio::sync::Mutex<()>,
    /// Gives up the sign-in that is under way.
    pub(super) attempt: Mutex<Option<CancellationToken>>,
    opened: watch::Sender<bool>,
    state: Mutex<State>,
    /// Where the engine was started outside any runtime: its own.
    runtime: Mutex<Option<tokio::runtime::Runtime>>,
}

pub(super) struct State {
    pub(super) remembered: Remembered,
    pub(super) service: Option<ServiceAddress>,
    pub(super) session: Session,
    pub(super) sync: SyncStatus,
    /// Since when there is no contact with the service.
    pub(super) lost: Timestamp,
    pub(super) preferences: Preferences,
    pub(super) account: Option<Arc<Account>>,
}

pub(super) const NO_SYNC: SyncStatus = SyncStatus { state: SyncState::SignedOut, as_of: None, history_pending: false };

impl Engine {
    /// Starts it, and returns at once: the store is opened in the background. On the runtime of the caller; outside one, on its own.
    pub fn start(config: EngineConfig) -> Self {
        let remembered = Remembered::load(&config.data_dir);
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
            remembered,
            service,
            session: Session::Opening,
            sync: NO_SYNC,
            lost: clock.now(),
            account: None,
        };
        let (handle, runtime) = runtime();
        let inner = Arc::new(Inner {
            config,
            clock,
            random: Arc::new(OsRandom),
            generation: Arc::new(AtomicU64::new(0)),
            events: broadcast::channel(WAITING_EVENTS).0,
            session_lock: tokio::sync::Mutex::new(()),
            attempt: Mutex::new(None),
            opened: watch::channel(false).0,
            state: Mutex::new(state),
            runtime: Mutex::new(runtime),
        });
        let engine = Self { inner };
        if let Some(handle) = handle {
            let opening = engine.clone();
            handle.spawn(async move {
                opening.inner.open_last().await;
                opening.inner.opened.send_replace(true);
                drop(opening.inner.identify_service().await);
            });
            handle.spawn(tick(Arc::downgrade(&engine.inner)));
        }
        engine
    }

    /// What the engine tells from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<EngineEvent> {
        self.inner.events.subscribe()
    }

    /// Stops the sync and closes the store. Nothing works any more afterwards.
    pub async fn shutdown(&self) {
        self.inner.cancel_attempt();
        self.inner.opened().await;
        let _alone = self.inner.session_lock.lock().await;
        if let Some(account) = self.inner.take_account() {
            account.stop(self.inner.clock.now()).await;
        }
        let runtime = self.inner.runtime.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(runtime) = runtime {
            runtime.shutdown_background();
        }
    }
}

/// The caller's runtime, or one of our own where there is none; none at all where the machine gives no threads.
fn runtime() -> (Option<tokio::runtime::Handle>, Option<tokio::runtime::Runtime>) {
    if let Ok(handle) = tokio::runtime::Handle::try_current() {
        return (Some(handle), None);
    }
    match tokio::runtime::Builder::new_multi_thread().worker_threads(2).thread_name("engine").enable_all().build() {
        Ok(runtime) => (Some(runtime.handle().clone()), Some(runtime)),
        Err(error) => {
            tracing::error!(%error, "the engine cannot start");
            (None, None)
        }
    }
}

/// Notes the present moment down, and tells the screens when a customer's terms have run out. Ends with the engine.
async fn tick(inner: std::sync::Weak<Inner>) {
    let mut locked = 0;
    loop {
        tokio::time::sleep(TICK).await;
        let Some(inner) = inner.upgrade() else { return };
        let Some(account) = inner.state().account.clone() else { continue };
        let contact = inner.contact();
        let now_locked = account.cache.run(move |store| {
            store.record_time(contact.now)?;
            Ok(store.locked(contact))
        });
        if let Ok(now_locked) = now_locked.await
            && std::mem::replace(&mut locked, now_locked) != now_locked
        {
            inner.data_changed(&account).await;
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        // A runtime must not be dropped where it may be waited for.
        if let Some(runtime) = self.runtime.get_mut().unwrap_or_else(PoisonError::into_inner).take() {
            runtime.shutdown_background();
        }
    }
}

impl Inner {
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until the store of the last session is open, or known not to be.
    pub(super) async fn opened(&self) {
        // The sender lives as long as the engine.
        let _ = self.opened.subscribe().wait_for(|opened| *opened).await;
    }

    /// Whether the service is in contact, and what time it is.
    pub(super) fn contact(&self) -> Contact {
        let now = self.clock.now();
        let state = self.state();
        Contact { live: state.sync.state == SyncState::Current, now, lost: state.lost }
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
        let changed = {
            let mut state = self.state();
            let changed = state.session != session;
            state.session = session.clone();
            changed
        };
        if changed {
            self.emit(EngineEvent::Session(session));
        }
    }

    /// Changes the sync's status. Answers whether contact was made or lost by it.
    pub(super) fn set_sync(&self, change: impl FnOnce(&mut SyncStatus)) -> bool {
        let now = self.clock.now();
        let (status, turned) = {
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
            (state.sync.clone(), was != is)
        };
        self.emit(EngineEvent::Sync(status));
        turned
    }

    pub(super) fn emit(&self, event: EngineEvent) {
        // Nobody listens: nobody needs to know.
        let _ = self.events.send(event);
    }

    /// Tells the screens to ask again for what is about relationships, roles and requests: what is kept of it is no longer current.
    pub(super) fn relations_changed(&self, account: &Account) {
        account.queries.nudge();
        self.emit(EngineEvent::Relations);
    }

    /// Tells the screens to ask again for everything.
    pub(super) async fn data_changed(&self, account: &Account) {
        self.relations_changed(account);
        if let Ok(change) = account.cache.run(|store| Ok(store.changed(vec![]))).await {
            self.emit(EngineEvent::Data(change));
        }
    }
}
