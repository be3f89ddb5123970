//! The store of whoever was signed in last: opened without network, and without any prompt but the keychain's own. Where keychain or disk refuse, it
//! stays closed and is tried again, as long as the user does not go on without it; and then, too, there is a way back to it.

use std::sync::Arc;

use tenantry_model::ipc::{KeyProblem, MemoryOnly, Session, SyncState, SyncStatus};
use tokio_util::sync::CancellationToken;

use super::account::Account;
use super::accounts::AccountKey;
use super::adapters::{LazyProvider, TokensInCache};
use super::delivery;
use super::disk_wait::{DiskWait, disk_problem};
use super::shared::Shared;
use super::store_choice::StoreChoice;
use super::store_key::{Asked, fitting};
use super::syncing;
use super::telling_marks;
use super::transfers::{self, Transfers};
use crate::cache::Cache;
use crate::db::{Location, StoreKey};
use crate::error::Error;
use crate::keychain::FoundKeys;
use crate::outbox::{Files, Outbox};
use crate::service::{ServiceAddress, ServiceClient};
use crate::session::TokenKeeper;

impl Shared {
    /// Opens the store of whoever was signed in last. Comes back with it, when it can never be opened, or when that is given up. `left`: why it was
    /// left closed before; where it cannot be opened now, it is still.
    pub(super) async fn open_last(self: &Arc<Self>, left: Option<MemoryOnly>) {
        let opening = self.opening();
        let last = {
            let state = self.state();
            state.remembered.account.clone().zip(state.service.clone())
        };
        let Some((key, service)) = last else { return self.set_session(Session::SignedOut) };
        if key.service != service.to_string() {
            // The administrator moved this app to another service: nothing of the one before stays.
            self.erase(&key, true).await;
            if let Err(error) = self.remember(|remembered| remembered.account = None) {
                tracing::warn!(%error, "that nobody is signed in any more could not be kept");
            }
            return self.set_session(Session::SignedOut);
        }
        // While the keychain is waited for, somebody may sign in, or go to another service: then this is over.
        let asked = tokio::select! {
            biased;
            () = opening.cancelled() => return,
            asked = self.find_store_keys(&key) => asked,
        };
        match asked {
            Asked::Answered(FoundKeys::Keys(keys)) => self.open_when_the_disk_lets(&opening, key, service, keys, left).await,
            Asked::Answered(FoundKeys::None) => self.key_is_lost(&opening, KeyProblem::KeyGone).await,
            Asked::Answered(FoundKeys::Unreadable) => self.key_is_lost(&opening, KeyProblem::KeyUnreadable).await,
            Asked::Without(why) => self.leave_closed(&opening, why).await,
        }
    }

    /// Opens the store that was left closed, as at the start. Nothing happens while something else is under way.
    pub(super) async fn open_last_anew(self: &Arc<Self>) {
        let left = {
            let Ok(_alone) = self.session_lock.try_lock() else { return };
            let mut state = self.state();
            if state.session != Session::SignedOut {
                return;
            }
            let Some(left) = state.left_closed.take() else { return };
            drop(state);
            self.go_with_all();
            self.renew_opening();
            self.set_session(Session::Opening);
            left
        };
        self.open_last(Some(left)).await;
    }

    async fn open_when_the_disk_lets(
        self: &Arc<Self>,
        opening: &CancellationToken,
        key: AccountKey,
        service: ServiceAddress,
        keys: Vec<StoreKey>,
        left: Option<MemoryOnly>,
    ) {
        let mut wait = None;
        loop {
            let (problem, error) = {
                let _alone = self.session_lock.lock().await;
                if opening.is_cancelled() {
                    return;
                }
                let error = match self.reopen(key.clone(), service.clone(), keys.clone()).await {
                    Ok(session) => return self.set_session(session),
                    Err(error) => error,
                };
                let Some(problem) = disk_problem(&error) else {
                    tracing::warn!(%error, "the last session could not be opened");
                    self.state().left_closed = left;
                    return self.set_session(Session::SignedOut);
                };
                (problem, error)
            };
            let wait = wait.get_or_insert_with(|| DiskWait::new(self.store_choices.subscribe()));
            self.say_disk_problem(problem, &error);
            let choice = tokio::select! {
                biased;
                () = opening.cancelled() => return,
                choice = wait.next() => choice,
            };
            if choice == StoreChoice::GoWithout {
                self.go_without(MemoryOnly::WithoutDisk);
                return self.leave_closed(opening, MemoryOnly::WithoutDisk).await;
            }
        }
    }

    async fn key_is_lost(&self, opening: &CancellationToken, problem: KeyProblem) {
        let _alone = self.session_lock.lock().await;
        if !opening.is_cancelled() {
            tracing::warn!(problem = problem.as_str(), "the key of the cache cannot be had: sign in again");
            self.set_session(Session::KeyUnavailable { problem });
        }
    }

    async fn leave_closed(&self, opening: &CancellationToken, why: MemoryOnly) {
        let _alone = self.session_lock.lock().await;
        if !opening.is_cancelled() {
            self.state().left_closed = Some(why);
            self.set_session(Session::SignedOut);
        }
    }

    async fn reopen(self: &Arc<Self>, key: AccountKey, service: ServiceAddress, keys: Vec<StoreKey>) -> Result<Session, Error> {
        let file = key.file(&self.config.data_dir);
        let store_key = fitting(&file, keys).await?;
        let outbox = self.open_outbox(Location::File(key.outbox_file(&self.config.data_dir)), Some(store_key.clone())).await?;
        let transfers = self.open_transfers(Location::File(key.waiting_files(&self.config.data_dir)), Some(store_key.clone())).await?;
        let cache = self.open_cache(Location::File(file), Some(store_key)).await?;
        let (refresh, me, preferences, (as_of, history_pending), seen) =
            cache.run(|store| Ok((store.refresh_token()?, store.me()?, store.preferences()?, store.as_of(), store.latest_time()))).await?;
        self.clock.advance_to(seen);
        let Some(me) = me else {
            cache.close().await;
            outbox.close().await;
            transfers.stop().await;
            return Ok(Session::SignedOut);
        };
        let service = ServiceClient::new(service)?.acting_as(key.acting_as);
        let provider = LazyProvider { service: service.clone(), known: tokio::sync::Mutex::new(None) };
        let tokens = TokenKeeper::new(refresh, Arc::new(provider), Arc::new(TokensInCache(cache.clone())), Arc::clone(&self.config.clock));
        let account = Account::new(key, (cache, outbox, transfers), tokens, service, None);
        let session = account.session(&me, None);
        if let Some(preferences) = preferences {
            self.state().preferences = preferences;
        }
        self.set_sync(|status| *status = SyncStatus { state: SyncState::Connecting, as_of, history_pending, done_percent: None });
        self.install(account);
        Ok(session)
    }

    /// From now on this person is the one who is signed in.
    pub(super) fn install(self: &Arc<Self>, account: Account) {
        let account = Arc::new(account);
        self.state().account = Some(Arc::clone(&account));
        syncing::start(&account, self);
        delivery::start(&account, self);
        telling_marks::start(&account, self);
        transfers::start(&account, self);
    }

    /// The outbox is never rebuilt with the cache. One that cannot be read by any means lies beside the new one.
    pub(super) async fn open_outbox(&self, location: Location, key: Option<StoreKey>) -> Result<Outbox, Error> {
        let (outbox, aside) = Outbox::open(location, key).await?;
        if let Some(aside) = aside {
            tracing::error!(to = %aside.display(), "the outbox cannot be read: it lies there, and a new one was begun");
        }
        Ok(outbox)
    }

    /// The same of files that wait to be sent.
    pub(super) async fn open_transfers(&self, location: Location, key: Option<StoreKey>) -> Result<Arc<Transfers>, Error> {
        let (files, aside) = Files::open(location, key).await?;
        if let Some(aside) = aside {
            tracing::error!(to = %aside.display(), "the files that wait to be sent cannot be read: they lie there");
        }
        Ok(Arc::new(Transfers::load(files).await?))
    }

    pub(super) async fn open_cache(&self, location: Location, key: Option<StoreKey>) -> Result<Cache, Error> {
        let (cache, aside) = Cache::open(location, key, Arc::clone(&self.generation)).await?;
        if let Some(aside) = aside {
            tracing::warn!(why = aside.why, to = %aside.to.display(), "the cache could not be used: set aside and rebuilt");
        }
        Ok(cache)
    }
}
