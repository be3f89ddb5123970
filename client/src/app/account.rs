//! A signed-in person: their cache, their tokens, and the sync that keeps the one current by the other.

use std::sync::{Arc, Mutex, PoisonError};

use tenantry_model::api::Me;
use tenantry_model::ipc::{MemoryOnly, Session, SignedInUser, SyncState, SyncStatus};
use tenantry_model::time::Timestamp;
use tokio::task::AbortHandle;

use super::accounts::AccountKey;
use super::adapters::{AppReporter, CacheStore, ServiceRemote};
use super::engine::{EngineEvent, Inner};
use super::relations::QueryCache;
use crate::cache::Cache;
use crate::service::ServiceClient;
use crate::session::TokenKeeper;
use crate::sync::{Loop, Wake};

pub(super) struct Account {
    pub(super) key: AccountKey,
    pub(super) cache: Cache,
    pub(super) tokens: TokenKeeper,
    pub(super) service: ServiceClient,
    pub(super) memory_only: Option<MemoryOnly>,
    pub(super) wake: Wake,
    pub(super) sync: Mutex<Option<AbortHandle>>,
    pub(super) queries: QueryCache,
}

impl Account {
    /// Of a person whose store is open. Nothing is started yet.
    pub(super) fn new(key: AccountKey, cache: Cache, tokens: TokenKeeper, service: ServiceClient, memory_only: Option<MemoryOnly>) -> Self {
        Self { key, cache, tokens, service, memory_only, wake: Wake::default(), sync: Mutex::default(), queries: QueryCache::default() }
    }

    /// Starts the sync.
    pub(super) fn start(self: &Arc<Self>, inner: &Arc<Inner>) {
        let worker = Loop {
            remote: ServiceRemote { service: self.service.clone(), tokens: self.tokens.clone() },
            local: CacheStore { account: Arc::downgrade(self), inner: Arc::downgrade(inner) },
            reporter: AppReporter { account: Arc::downgrade(self), inner: Arc::downgrade(inner) },
            wake: self.wake.clone(),
        };
        let (engine, wake) = (Arc::downgrade(inner), self.wake.clone());
        self.cache.when_rebuilt(move |change| {
            let Some(inner) = engine.upgrade() else { return };
            // An empty cache stands for no moment, and is nothing that the service shows: on line, the sync fills it at once.
            inner.set_sync(|status| {
                let state = if status.state == SyncState::Current { SyncState::Connecting } else { status.state.clone() };
                *status = SyncStatus { state, as_of: None, history_pending: false };
            });
            inner.emit(EngineEvent::Data(change));
            inner.emit(EngineEvent::Relations);
            wake.now();
        });
        let task = tokio::spawn(worker.run()).abort_handle();
        *self.sync.lock().unwrap_or_else(PoisonError::into_inner) = Some(task);
        self.load_open_rows();
    }

    /// Reads the open rows into memory in the background: piece by piece, so that questions of a screen come in between.
    pub(super) fn load_open_rows(&self) {
        let cache = self.cache.clone();
        tokio::spawn(async move { while cache.run(crate::cache::Store::load_more).await.unwrap_or(false) {} });
    }

    /// Stops the sync and closes the store.
    pub(super) async fn stop(&self, now: Timestamp) {
        self.stop_sync();
        // What cannot be noted down any more is not worth a failure.
        let _ = self.cache.run(move |store| store.record_time(now)).await;
        self.cache.close().await;
    }

    pub(super) fn stop_sync(&self) {
        if let Some(task) = self.sync.lock().unwrap_or_else(PoisonError::into_inner).take() {
            task.abort();
        }
    }

    /// The session of this person.
    pub(super) fn session(&self, me: &Me) -> Session {
        Session::SignedIn {
            user: Box::new(SignedInUser {
                display_name: me.display_name.clone(),
                tenant: me.tenant.clone(),
                portal_roles: me.portal_roles.clone(),
                memory_only: self.memory_only,
            }),
        }
    }
}
