//! Signing in, signing out, changing the service.

use std::sync::{Arc, PoisonError};

use tenantry_model::api::ServiceInfo;
use tenantry_model::ipc::{MemoryOnly, ServiceState, Session, SyncState, SyncStatus};
use tenantry_model::tenancy::ActingAs;
use tokio_util::sync::CancellationToken;

use super::account::Account;
use super::accounts::{AccountKey, Remembered};
use super::adapters::{LazyProvider, TokensInCache};
use super::admission::{Admitted, PersonStore};
use super::event::EngineEvent;
use super::shared::{NO_SYNC, Shared};
use crate::db::erase_files;
use crate::error::Error;
use crate::service::{ServiceAddress, ServiceClient};
use crate::session::TokenKeeper;

impl Shared {
    /// One sign-in, from the browser to a running sync.
    pub(super) async fn sign_in(self: &Arc<Self>) -> Result<Session, Error> {
        self.opened().await;
        let _alone = match self.session_lock.try_lock() {
            Ok(alone) => alone,
            Err(_) if self.is_signing_in() => {
                return Err(Error::Invalid("a sign-in is already under way".into()));
            }
            // The screen is there before a sign-out has put everything away.
            Err(_) => self.session_lock.lock().await,
        };
        let (before, sync) = {
            let state = self.state();
            (state.session.clone(), state.sync.state.clone())
        };
        if matches!(before, Session::SignedIn { .. }) && !matches!(sync, SyncState::AccessEnded { .. }) {
            return Ok(before);
        }
        self.opening().cancel();
        let cancel = CancellationToken::new();
        *self.attempt.lock().unwrap_or_else(PoisonError::into_inner) = Some(cancel.clone());
        // Whoever signs in again keeps what they have on the screen.
        self.set_session(match before.clone() {
            Session::SignedIn { user, .. } => Session::SignedIn { user, again: true },
            _ => Session::SigningIn,
        });
        let admitted = tokio::select! {
            () = cancel.cancelled() => Err(Error::Cancelled),
            admitted = self.admit() => admitted,
        };
        *self.attempt.lock().unwrap_or_else(PoisonError::into_inner) = None;
        match admitted {
            Ok(admitted) => {
                let session = self.start_session(admitted).await;
                self.set_session(session.clone());
                Ok(session)
            }
            Err(error) => {
                if matches!(error, Error::Refused(_) | Error::ProviderRefused(_)) {
                    tracing::warn!(%error, "the sign-in was refused");
                    self.ask_for_the_account();
                }
                // Whoever was signed in still is.
                let session = if self.state().account.is_some() { before } else { Session::SignedOut };
                self.set_session(session);
                Err(error)
            }
        }
    }

    /// Goes on as the other of the two that the organisation is, with the same sign-in (A37). What is kept of the one before is deleted, as when somebody
    /// signs out: nothing on disk ever holds both.
    pub(super) async fn act_as(self: &Arc<Self>, acting_as: ActingAs) -> Result<(), Error> {
        self.opened().await;
        let _alone = self.session_lock.lock().await;
        let account = self.state().account.clone().ok_or(Error::SignedOut)?;
        if account.key.acting_as.unwrap_or(ActingAs::Partner) == acting_as {
            return Ok(());
        }
        if account.has_unsent().await {
            return Err(Error::Invalid("something has not been sent yet: send it, or discard it, first".into()));
        }
        let before = self.state().session.clone();
        let admitted = match self.admit_as(&account, acting_as).await {
            Ok(admitted) => admitted,
            Err(error) => {
                // Disk or keychain may have been waited for: whoever was signed in still is.
                self.set_session(before);
                return Err(error);
            }
        };
        // Nothing of the one is shown beside anything of the other.
        self.set_session(Session::Opening);
        let session = self.start_session(admitted).await;
        self.set_session(session);
        Ok(())
    }

    /// From here on the disk refuses nothing that a session needs.
    async fn start_session(self: &Arc<Self>, admitted: Admitted) -> Session {
        let Admitted { key, store, service, provider, tokens: brought, me, clock_off } = admitted;
        let PersonStore { cache, outbox, transfers, memory_only, stored, again } = store;
        let known = LazyProvider { service: service.clone(), known: tokio::sync::Mutex::new(provider) };
        let tokens = TokenKeeper::new(None, Arc::new(known), Arc::new(TokensInCache(cache.clone())), Arc::clone(&self.config.clock));
        if let Some(again) = &again {
            // It would erase, later, what the new one keeps now.
            again.tokens.leave_the_store().await;
        }
        tokens.adopt(brought).await;
        match again {
            Some(again) => {
                again.stop_sync();
                // The outbox goes on with the new session.
                again.outgoing.end().await;
            }
            None => self.end_the_one_before(&key, memory_only).await,
        }
        self.clock.advance_to(stored.seen);
        let (on_disk, mine) = (memory_only.is_none().then(|| key.clone()), key.clone());
        {
            let mut state = self.state();
            state.left_closed = state.left_closed.filter(|_| on_disk.is_none());
            let device = state.remembered.preferences.clone();
            state.preferences = stored.preferences.unwrap_or(device);
        }
        let remembered = self.remember(|remembered| {
            remembered.choose_account = false;
            let stays = |it: &AccountKey| *it == mine || !it.is_same_person(&mine);
            remembered.account = on_disk.or(remembered.account.take().filter(stays));
        });
        if let Err(error) = remembered {
            tracing::warn!(%error, "who is signed in could not be kept yet");
        }
        let (as_of, history_pending) = (stored.as_of, stored.history_pending);
        self.set_sync(|status| *status = SyncStatus { state: SyncState::Connecting, as_of, history_pending, done_percent: None });
        let account = Account::new(key, (cache, outbox, transfers), tokens, service, memory_only);
        let session = account.session(&me, clock_off);
        self.install(account);
        session
    }

    /// Puts away what there is of whoever was there before somebody else.
    async fn end_the_one_before(&self, key: &AccountKey, memory_only: Option<MemoryOnly>) {
        let former = self.take_account();
        let was = former.as_ref().map(|account| account.key.clone()).or_else(|| self.state().remembered.account.clone());
        let unsent = match &former {
            Some(former) => former.has_unsent().await,
            None => true,
        };
        if let Some(former) = former {
            former.stop(self.clock.now()).await;
        }
        // Going on without keychain or disk deletes nothing: the store that stays closed may be somebody else's.
        let Some(was) = was.filter(|was| was != key) else { return };
        // The same person's other one goes in any case (A37).
        if !is_by_choice(memory_only) || was.is_same_person(key) {
            return self.erase(&was, unsent).await;
        }
        let mut state = self.state();
        if state.remembered.account.as_ref() == Some(&was) {
            state.left_closed = memory_only;
        }
    }

    /// The next sign-in asks which account it shall be.
    fn ask_for_the_account(&self) {
        if let Err(error) = self.remember(|remembered| remembered.choose_account = true) {
            tracing::warn!(%error, "that the account is to be asked for holds for this run alone");
        }
    }

    /// Forgets everything of whoever is signed in, on line or off.
    pub(super) async fn sign_out(self: &Arc<Self>) -> Result<(), Error> {
        self.cancel_attempt();
        self.opened().await;
        let _alone = self.session_lock.lock().await;
        // The window has asked: what was typed and not sent goes, too.
        self.end_session(false).await
    }

    /// `keeps_unsent`: nobody was asked whether what was typed may go.
    async fn end_session(self: &Arc<Self>, keeps_unsent: bool) -> Result<(), Error> {
        self.opening().cancel();
        let account = self.take_account();
        let keys = {
            let mut state = self.state();
            let remembered = state.remembered.account.clone();
            let mut keys: Vec<AccountKey> = remembered.clone().into_iter().collect();
            if let Some(account) = &account {
                if is_by_choice(account.memory_only) && remembered.as_ref() != Some(&account.key) {
                    // They went on without keychain or disk: the store that stays closed is somebody else's, who has not signed out.
                    keys.clear();
                }
                if !keys.contains(&account.key) {
                    keys.push(account.key.clone());
                }
            }
            state.left_closed = state.left_closed.filter(|_| remembered.is_some_and(|remembered| !keys.contains(&remembered)));
            keys
        };
        self.go_with_all();
        self.set_sync(|status| *status = NO_SYNC);
        self.set_session(Session::SignedOut);
        let mut unsent = keeps_unsent;
        if let Some(account) = account {
            unsent = keeps_unsent && account.has_unsent().await;
            account.stop(self.clock.now()).await;
        }
        for key in &keys {
            self.erase(key, unsent).await;
        }
        self.state().preferences = self.device_preferences();
        self.remember(|remembered| {
            remembered.account = remembered.account.take().filter(|account| !keys.contains(account));
            remembered.choose_account = true;
        })
    }

    fn device_preferences(&self) -> tenantry_model::ipc::Preferences {
        self.state().remembered.preferences.clone()
    }

    /// Deletes the cache, and with it the outbox, the files that wait and their key, unless there may be something `unsent`: then it is there for whoever typed it, at their
    /// next sign-in. Each on its own: what one of them refuses must not save the other.
    pub(super) async fn erase(&self, key: &AccountKey, unsent: bool) {
        let folder = &self.config.data_dir;
        let own = [key.outbox_file(folder), key.waiting_files(folder)];
        let keeps = unsent && own.iter().any(|file| file.exists());
        let files = std::iter::once(key.file(folder)).chain(own.into_iter().filter(|_| !keeps));
        for file in files {
            if let Err(error) = erase_files(&file) {
                tracing::error!(%error, "a file could not be deleted; without its key it cannot be read");
            }
        }
        if keeps {
            tracing::info!("somebody else was signed in, and has something that was not sent: it is kept for them");
        } else if let Err(error) = self.keychain.erase(&key.key_name()).await {
            tracing::warn!(%error, "the key of a deleted cache could not be deleted");
        }
    }

    /// Names the service to use, and signs out of the one before.
    pub(super) async fn set_service(self: &Arc<Self>, address: &str) -> Result<ServiceState, Error> {
        if self.config.service.is_some() {
            return Err(Error::Invalid("the service's address is set by the administrator".into()));
        }
        let address: ServiceAddress = address.parse()?;
        let info = ServiceClient::new(address.clone())?.info().await?;
        self.cancel_attempt();
        self.opened().await;
        let _alone = self.session_lock.lock().await;
        let is_another = self.state().service.as_ref() != Some(&address);
        if is_another {
            self.end_session(true).await?;
            self.state().service = Some(address.clone());
        }
        self.remember_service(&address, &info)?;
        Ok(ServiceState { address: address.to_string(), demo: Some(info.demo) })
    }

    /// Asks the service in use who it is, where that is not known yet.
    pub(super) async fn identify_service(&self) -> Result<(), Error> {
        let address = {
            let state = self.state();
            let is_known = state.remembered.demo.is_some() && state.remembered.service == state.service.as_ref().map(ToString::to_string);
            if is_known { None } else { state.service.clone() }
        };
        let Some(address) = address else { return Ok(()) };
        let info = ServiceClient::new(address.clone())?.info().await?;
        self.remember_service(&address, &info)?;
        // There is no event for the service: this one makes the window ask again.
        let session = self.state().session.clone();
        self.emit(EngineEvent::Session(session));
        Ok(())
    }

    pub(super) fn remember_service(&self, address: &ServiceAddress, info: &ServiceInfo) -> Result<(), Error> {
        self.remember(|remembered| {
            remembered.service = Some(address.to_string());
            remembered.demo = Some(info.demo);
        })
    }

    /// Changes what is remembered, and keeps it on disk. Where the disk refuses, it holds for this run, and is kept at the next change or tick.
    pub(super) fn remember(&self, change: impl FnOnce(&mut Remembered)) -> Result<(), Error> {
        let mut state = self.state();
        change(&mut state.remembered);
        if state.remembered != state.on_disk {
            state.remembered.save(&self.config.data_dir)?;
            state.on_disk = state.remembered.clone();
        }
        Ok(())
    }
}

/// Whether nothing is kept on disk because the user went on without something, and not for want of a keychain.
fn is_by_choice(memory_only: Option<MemoryOnly>) -> bool {
    matches!(memory_only, Some(MemoryOnly::WithoutKeychain | MemoryOnly::WithoutDisk))
}
