//! The sync of an account: what it reads and writes here, and whom it tells.

use std::sync::{Arc, Weak};

use futures_util::StreamExt;
use tenantry_model::ipc::{AccessEndedReason, Session, SyncState, SyncStatus};
use tenantry_model::time::Timestamp;

use super::account::Account;
use super::adapters::{ServiceRemote, with_token};
use super::event::EngineEvent;
use super::shared::Shared;
use crate::cache::{Spool, Store};
use crate::error::Error;
use crate::sync::{Applied, Bytes, Local, Loop, Received, Reporter};

/// Starts the sync of an account.
pub(super) fn start(account: &Arc<Account>, shared: &Arc<Shared>) {
    let worker = Loop {
        remote: ServiceRemote { service: account.service.clone(), tokens: account.tokens.clone() },
        local: CacheStore { account: Arc::downgrade(account), shared: Arc::downgrade(shared) },
        reporter: AppReporter { account: Arc::downgrade(account), shared: Arc::downgrade(shared) },
        wake: account.wake.clone(),
    };
    let (engine, wake) = (Arc::downgrade(shared), account.wake.clone());
    account.cache.when_rebuilt(move |change| {
        let Some(shared) = engine.upgrade() else { return };
        // An empty cache is no snapshot, and nothing that the service shows: on line, the sync fills it at once.
        shared.set_sync(|status| {
            let state = if status.state == SyncState::Current { SyncState::Connecting } else { status.state.clone() };
            *status = SyncStatus { state, as_of: None, history_pending: false, done_percent: None };
        });
        shared.emit(EngineEvent::Data(change));
        shared.emit(EngineEvent::Relations);
        wake.now();
    });
    account.add_sync_task(tokio::spawn(worker.run()).abort_handle());
    account.load_open_rows();
}

/// The cache, as the sync fills it.
struct CacheStore {
    account: Weak<Account>,
    shared: Weak<Shared>,
}

impl CacheStore {
    fn both(&self) -> Result<(Arc<Account>, Arc<Shared>), Error> {
        self.account.upgrade().zip(self.shared.upgrade()).ok_or(Error::Closed)
    }
}

impl Local for CacheStore {
    async fn cursor(&self) -> Result<Option<String>, Error> {
        self.both()?.0.cache.run(|store| Ok(store.cursor())).await
    }

    type Received = Spool;

    async fn receive(&self, mut answer: Bytes) -> Result<Spool, Error> {
        let mut spool = Spool::new(self.both()?.0.cache.clone()).await?;
        while let Some(part) = answer.next().await {
            spool.push(&part?).await?;
        }
        Ok(spool)
    }

    async fn apply(&self, spool: Spool) -> Result<Applied, Error> {
        let (account, shared) = self.both()?;
        let applied = spool.finish(shared.config.clock.now()).await?;
        shared.clock.forget_beyond(applied.at);
        shared.set_sync(|status| {
            status.as_of = Some(applied.as_of);
            status.history_pending = applied.history_pending;
            status.done_percent = applied.done_percent;
        });
        if let Some(change) = applied.change {
            account.unkept.forget_if(|key| change.touches_incident(key));
            shared.emit(EngineEvent::Data(change));
            // A customer may be gone, of which nothing may stay.
            account.outgoing.due();
            account.load_open_rows();
            lose_sight(&account, &shared).await;
        }
        while let Some(change) = account.cache.run(Store::keep_less).await? {
            shared.emit(EngineEvent::Data(change));
        }
        if !applied.history_pending {
            // A snapshot leaves to be told again what it did not bring.
            account.marks_due.notify_one();
            shared.relations_changed(&account);
        }
        Ok(Applied { history_pending: applied.history_pending })
    }
}

impl Received for Spool {
    fn next(&self) -> Option<String> {
        self.next_cursor()
    }
}

/// Who wants to know how the sync is doing: the engine.
struct AppReporter {
    account: Weak<Account>,
    shared: Weak<Shared>,
}

impl Reporter for AppReporter {
    async fn state(&self, state: SyncState) {
        let Some((account, shared)) = self.account.upgrade().zip(self.shared.upgrade()) else { return };
        if matches!(state, SyncState::AccessEnded { reason: AccessEndedReason::TenantRefused }) {
            if let Err(error) = account.cache.run(Store::wipe).await {
                tracing::error!(%error, "rows that may no longer be seen could not be deleted");
            }
            account.outgoing.strip_customers_data().await;
            shared.outbox_events.changed();
        }
        let ended = matches!(state, SyncState::AccessEnded { .. });
        let is_current = state == SyncState::Current;
        let turned = shared.set_sync(|status| status.state = state);
        if turned {
            account.asked_incidents.retry_all();
            account.unkept.forget_if(|_| true);
        }
        if turned || ended {
            shared.data_changed(&account).await;
            lose_sight(&account, &shared).await;
        }
        if turned && is_current {
            account.outgoing.due();
            account.marks_due.notify_one();
            tokio::spawn(refresh_me(shared, account));
        }
    }

    fn now(&self) -> Timestamp {
        self.shared.upgrade().map(|shared| shared.config.clock.now()).unwrap_or_default()
    }

    fn chance(&self) -> u32 {
        let mut bytes = [0; 4];
        match self.shared.upgrade().map(|shared| shared.random.fill(&mut bytes)) {
            Some(Ok(())) => u32::from_le_bytes(bytes),
            _ => 0,
        }
    }
}

/// A bulk action may be on the screen, with names of a customer that is gone or locked.
async fn lose_sight(account: &Account, shared: &Shared) {
    if account.bulk.lose_sight(&account.cache, shared.contact()).await {
        shared.emit(EngineEvent::Bulk);
    }
}

/// Asks the service again who is signed in: a name or a portal role may have changed.
async fn refresh_me(shared: Arc<Shared>, account: Arc<Account>) {
    let asked = with_token(&account.tokens, |token| {
        let service = account.service.clone();
        async move { service.me(&token).await }
    });
    let (me, time) = match asked.await {
        Ok(answer) => answer,
        Err(error) => return tracing::debug!(%error, "who is signed in could not be asked"),
    };
    let session = account.session(&me, shared.clock_off(time));
    if let Err(error) = account.cache.run(move |store| store.set_me(me)).await {
        return tracing::debug!(%error, "who is signed in could not be kept");
    }
    // Only while this person still is.
    let is_still = shared.state().account.as_ref().is_some_and(|current| Arc::ptr_eq(current, &account));
    let waits = matches!(shared.state().session, Session::KeyUnavailable { .. } | Session::DiskUnavailable { .. });
    if is_still && !waits && !shared.is_signing_in() {
        shared.set_session(session);
    }
}
