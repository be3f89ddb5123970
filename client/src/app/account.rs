//! A signed-in person: their cache, their tokens, and a handle on the sync that keeps the one current by the other.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tenantry_model::api::Me;
use tenantry_model::ipc::{ClockOff, MemoryOnly, Session, SignedInUser};
use tenantry_model::time::Timestamp;
use tokio::sync::Notify;
use tokio::task::{AbortHandle, JoinHandle};

use super::accounts::AccountKey;
use super::asked_incidents::{AskedIncidents, Unkept};
use super::bulk::Bulk;
use super::outgoing::Outgoing;
use super::query_cache::QueryCache;
use super::transfers::Transfers;
use crate::cache::{Cache, Store};
use crate::outbox::Outbox;
use crate::service::ServiceClient;
use crate::session::TokenKeeper;
use crate::sync::Wake;

/// How long closing waits for a renewal of tokens that is under way.
const RENEWAL: Duration = Duration::from_secs(2);

pub(super) struct Account {
    pub(super) key: AccountKey,
    pub(super) cache: Cache,
    pub(super) tokens: TokenKeeper,
    pub(super) service: ServiceClient,
    pub(super) memory_only: Option<MemoryOnly>,
    pub(super) wake: Wake,
    /// There may be something read that the service does not know, or a way to tell it.
    pub(super) marks_due: Arc<Notify>,
    /// What keeps cache and service in step.
    sync: Mutex<Vec<AbortHandle>>,
    pub(super) queries: QueryCache,
    pub(super) asked_incidents: AskedIncidents,
    pub(super) unkept: Unkept,
    pub(super) outgoing: Outgoing,
    pub(super) bulk: Bulk,
    pub(super) transfers: Arc<Transfers>,
    /// Held by whoever reads who wrote in threads: one does it for all who ask.
    reading_authors: Arc<tokio::sync::Mutex<()>>,
}

impl Account {
    /// Of a person whose store is open. Nothing is started yet.
    pub(super) fn new(
        key: AccountKey,
        (cache, outbox, transfers): (Cache, Outbox, Arc<Transfers>),
        tokens: TokenKeeper,
        service: ServiceClient,
        memory_only: Option<MemoryOnly>,
    ) -> Self {
        Self {
            key,
            cache,
            tokens,
            service,
            memory_only,
            wake: Wake::default(),
            marks_due: Arc::default(),
            sync: Mutex::default(),
            queries: QueryCache::default(),
            asked_incidents: AskedIncidents::default(),
            unkept: Unkept::default(),
            outgoing: Outgoing::new(outbox),
            bulk: Bulk::default(),
            transfers,
            reading_authors: Arc::default(),
        }
    }

    /// Reads the open rows into memory in the background: piece by piece, so that questions of a screen come in between.
    pub(super) fn load_open_rows(&self) {
        let cache = self.cache.clone();
        tokio::spawn(async move { while cache.run(Store::load_more).await.unwrap_or(false) {} });
    }

    /// Reads who wrote in the threads of open rows, likewise; what was read is found from then on.
    pub(super) fn read_authors(&self) -> JoinHandle<()> {
        let (cache, reading) = (self.cache.clone(), Arc::clone(&self.reading_authors));
        tokio::spawn(async move {
            let _alone = reading.lock().await;
            while cache.run(Store::load_more_authors).await.unwrap_or(false) {}
        })
    }

    /// Whether something that was typed or chosen has not been sent, or cannot be known to have been.
    pub(super) async fn has_unsent(&self) -> bool {
        self.outgoing.has_unsent().await || self.transfers.has_unsent().await
    }

    /// Stops the sync and closes the store.
    pub(super) async fn stop(&self, now: Timestamp) {
        self.stop_sync();
        self.transfers.stop().await;
        self.bulk.stop_task();
        self.outgoing.stop().await;
        if tokio::time::timeout(RENEWAL, self.tokens.settled()).await.is_err() {
            tracing::warn!("closing while the sign-in is being renewed: it may have to be done again");
        }
        // What cannot be noted down any more is not worth a failure.
        let _ = self.cache.run(move |store| store.record_time(now)).await;
        self.cache.close().await;
    }

    /// Keeps a task of the sync, to be stopped with the account.
    pub(super) fn add_sync_task(&self, task: AbortHandle) {
        self.sync.lock().unwrap_or_else(PoisonError::into_inner).push(task);
    }

    pub(super) fn stop_sync(&self) {
        for task in self.sync.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            task.abort();
        }
    }

    /// The session of this person.
    pub(super) fn session(&self, me: &Me, clock_off: Option<ClockOff>) -> Session {
        Session::SignedIn {
            user: Box::new(SignedInUser {
                id: self.key.user,
                display_name: me.display_name.clone(),
                tenant: me.tenant.clone(),
                acting_as: me.acting_as,
                portal_roles: me.portal_roles.clone(),
                memory_only: self.memory_only,
                clock_off,
            }),
            again: false,
        }
    }
}
