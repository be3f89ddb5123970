//! Opening the last session, signing in, signing out, changing the service.

use std::sync::{Arc, PoisonError};

use tenantry_model::api::{Me, ServiceInfo};
use tenantry_model::ipc::{ClockOff, KeyProblem, MemoryOnly, ServiceState, Session, SyncState, SyncStatus};
use tenantry_model::problem::ProblemKind;
use tokio_util::sync::CancellationToken;

use super::account::Account;
use super::accounts::{AccountKey, Remembered};
use super::adapters::{LazyProvider, ShellBrowser, TokensInCache, discover};
use super::event::EngineEvent;
use super::shared::{NO_SYNC, Shared};
use super::store_key::{Asked, fitting};
use super::syncing;
use crate::cache::Cache;
use crate::db::{Location, StoreKey, erase_files};
use crate::error::Error;
use crate::keychain::{FoundKeys, erase_key};
use crate::service::{ServiceAddress, ServiceClient};
use crate::session::{Provider, Renewed, SignIn, SignedIn, TokenKeeper};

/// Somebody who may sign in, with all that their session is made of.
struct Admitted {
    key: AccountKey,
    store: PersonStore,
    service: ServiceClient,
    provider: Provider,
    signed_in: SignedIn,
    me: Me,
    clock_off: Option<ClockOff>,
}

/// Where the store of somebody who signs in stands.
enum PersonStore {
    /// They were signed in before.
    Open(Arc<Account>),
    /// With what the keychain has for it.
    Closed(Asked<StoreKey>),
}

impl Shared {
    /// Opens the store of whoever was signed in last: without network, and without any prompt but the keychain's own.
    pub(super) async fn open_last(self: &Arc<Self>) {
        let last = {
            let state = self.state();
            state.remembered.account.clone().zip(state.service.clone())
        };
        let Some((key, service)) = last else { return self.set_session(Session::SignedOut) };
        if key.service != service.to_string() {
            // The administrator moved this app to another service: nothing of the one before stays.
            self.erase(&key).await;
            if let Err(error) = self.remember(|remembered| remembered.account = None) {
                tracing::warn!(%error, "that nobody is signed in any more could not be kept");
            }
            return self.set_session(Session::SignedOut);
        }
        // While the keychain is waited for, somebody may sign in, or go to another service: then this is over.
        let asked = tokio::select! {
            biased;
            () = self.opening.cancelled() => return,
            asked = self.find_store_keys(&key) => asked,
        };
        let _alone = self.session_lock.lock().await;
        if self.opening.is_cancelled() {
            return;
        }
        let session = match asked {
            Asked::Answered(FoundKeys::Keys(keys)) => self.reopen(key, service, keys).await.unwrap_or_else(|error| {
                tracing::warn!(%error, "the last session could not be opened");
                Session::SignedOut
            }),
            Asked::Answered(FoundKeys::None) => Session::KeyUnavailable { problem: KeyProblem::KeyGone },
            Asked::Answered(FoundKeys::Unreadable) => Session::KeyUnavailable { problem: KeyProblem::KeyUnreadable },
            Asked::Without(_) => Session::SignedOut,
        };
        if let Session::KeyUnavailable { problem } = &session {
            tracing::warn!(problem = problem.as_str(), "the key of the cache cannot be had: sign in again");
        }
        self.set_session(session);
    }

    async fn reopen(self: &Arc<Self>, key: AccountKey, service: ServiceAddress, keys: Vec<StoreKey>) -> Result<Session, Error> {
        let file = key.file(&self.config.data_dir);
        let store_key = fitting(&file, keys).await?;
        let cache = self.open_cache(Location::File(file), Some(store_key)).await?;
        let (refresh, me, preferences, (as_of, history_pending), seen) =
            cache.run(|store| Ok((store.refresh_token()?, store.me()?, store.preferences()?, store.as_of(), store.latest_time()))).await?;
        self.clock.advance_to(seen);
        let Some(me) = me else {
            cache.close().await;
            return Ok(Session::SignedOut);
        };
        let service = ServiceClient::new(service)?;
        let provider = LazyProvider { service: service.clone(), known: tokio::sync::Mutex::new(None) };
        let tokens = TokenKeeper::new(refresh, Arc::new(provider), Arc::new(TokensInCache(cache.clone())), Arc::clone(&self.config.clock));
        let account = Account::new(key, cache, tokens, service, None);
        let session = account.session(&me, None);
        if let Some(preferences) = preferences {
            self.state().preferences = preferences;
        }
        self.set_sync(|status| *status = SyncStatus { state: SyncState::Connecting, as_of, history_pending });
        self.install(account);
        Ok(session)
    }

    fn install(self: &Arc<Self>, account: Account) {
        let account = Arc::new(account);
        self.state().account = Some(Arc::clone(&account));
        syncing::start(&account, self);
    }

    async fn open_cache(&self, location: Location, key: Option<StoreKey>) -> Result<Cache, Error> {
        let (cache, aside) = Cache::open(location, key, Arc::clone(&self.generation)).await?;
        if let Some(aside) = aside {
            tracing::warn!(why = aside.why, to = %aside.to.display(), "the cache could not be used: set aside and rebuilt");
        }
        Ok(cache)
    }

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
        self.opening.cancel();
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
        let started = match admitted {
            Ok(admitted) => self.start_session(admitted).await,
            Err(error) => Err(error),
        };
        match started {
            Ok(session) => {
                self.set_session(session.clone());
                Ok(session)
            }
            Err(error) => {
                if matches!(error, Error::Refused(_) | Error::ProviderRefused(_)) {
                    tracing::warn!(%error, "the sign-in was refused");
                    self.ask_for_the_account();
                }
                // Whoever was signed in still is, unless their store had to be closed on the way.
                let session = if self.state().account.is_some() { before } else { Session::SignedOut };
                self.set_session(session);
                Err(error)
            }
        }
    }

    async fn authenticate(&self) -> Result<(ServiceClient, Provider, SignedIn), Error> {
        let address = self.state().service.clone().ok_or_else(|| Error::Invalid("name the service's address first".into()))?;
        let service = ServiceClient::new(address)?;
        let (info, provider) = discover(&service).await?;
        self.remember_service(service.address(), &info)?;
        let choose_account = self.state().remembered.choose_account;
        let browser = ShellBrowser(Arc::clone(&self.config.browser));
        let attempt = SignIn { provider: &provider, browser: &browser, random: &*self.random, clock: &self.config.clock, choose_account };
        let signed_in = attempt.run().await?;
        Ok((service, provider, signed_in))
    }

    /// All that a session needs, of provider, service and keychain, before anything of the one before is touched.
    async fn admit(&self) -> Result<Admitted, Error> {
        let (service, provider, signed_in) = self.authenticate().await?;
        let (me, time) = service.me(&signed_in.tokens.access).await.map_err(|error| match error {
            error if error.is(ProblemKind::TenantRefused) => Error::Refused("this organisation is not onboarded at the service".into()),
            error if error.is_unauthorized() => Error::Refused("the service does not accept the provider's token".into()),
            error => error,
        })?;
        let clock_off = self.clock_off(time);
        if me.user != signed_in.user {
            return Err(Error::Refused("the service knows the person by another identity than the provider".into()));
        }
        let key = AccountKey { service: service.address().to_string(), user: signed_in.user };
        // Whoever signs in again has their store open.
        let open = self.state().account.clone().filter(|account| account.key == key);
        let store = match open {
            Some(account) => PersonStore::Open(account),
            None => PersonStore::Closed(self.key_for(&key).await?),
        };
        Ok(Admitted { key, store, service, provider, signed_in, me, clock_off })
    }

    async fn start_session(self: &Arc<Self>, admitted: Admitted) -> Result<Session, Error> {
        let Admitted { key, store, service, provider, signed_in, me, clock_off } = admitted;
        let (cache, memory_only, again) = match store {
            // It stays open, and with it what their screens show.
            PersonStore::Open(account) => (account.cache.clone(), account.memory_only, Some(account)),
            PersonStore::Closed(store_key) => {
                let (cache, memory_only) = self.store_instead(&key, store_key).await?;
                (cache, memory_only, None)
            }
        };
        let known = LazyProvider { service: service.clone(), known: tokio::sync::Mutex::new(Some(provider)) };
        let tokens = TokenKeeper::new(None, Arc::new(known), Arc::new(TokensInCache(cache.clone())), Arc::clone(&self.config.clock));
        tokens.adopt(Renewed::from(signed_in.tokens)).await?;
        let kept = me.clone();
        let device = self.state().remembered.preferences.clone();
        let (preferences, (as_of, history_pending), seen) = cache
            .run(move |store| {
                store.set_me(kept)?;
                Ok((store.preferences()?, store.as_of(), store.latest_time()))
            })
            .await?;
        self.clock.advance_to(seen);
        self.state().preferences = preferences.unwrap_or(device);
        let on_disk = memory_only.is_none().then(|| key.clone());
        self.remember(|remembered| {
            remembered.choose_account = false;
            remembered.account = on_disk.or(remembered.account.take());
        })?;
        if let Some(again) = again {
            again.stop_sync();
        }
        self.set_sync(|status| *status = SyncStatus { state: SyncState::Connecting, as_of, history_pending });
        let account = Account::new(key, cache, tokens, service, memory_only);
        let session = account.session(&me, clock_off);
        self.install(account);
        Ok(session)
    }

    /// The store of a person, instead of that of whoever was there before.
    async fn store_instead(&self, key: &AccountKey, store_key: Asked<StoreKey>) -> Result<(Cache, Option<MemoryOnly>), Error> {
        let former = self.take_account();
        let was = former.as_ref().map(|account| account.key.clone()).or_else(|| self.state().remembered.account.clone());
        if let Some(former) = former {
            former.stop(self.clock.now()).await;
        }
        let (location, store_key, memory_only) = match store_key {
            Asked::Answered(store_key) => (Location::File(key.file(&self.config.data_dir)), Some(store_key), None),
            Asked::Without(why) => (Location::Memory, None, Some(why)),
        };
        // Going on without the keychain deletes nothing: the store that it keeps closed may be somebody else's.
        if let Some(was) = was.filter(|was| was != key && memory_only != Some(MemoryOnly::WithoutKeychain)) {
            self.erase(&was).await;
        }
        Ok((self.open_cache(location, store_key).await?, memory_only))
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
        self.end_session().await
    }

    async fn end_session(self: &Arc<Self>) -> Result<(), Error> {
        self.opening.cancel();
        self.go_with_keychain();
        let account = self.take_account();
        self.set_sync(|status| *status = NO_SYNC);
        self.set_session(Session::SignedOut);
        let remembered = self.state().remembered.account.clone();
        let mut keys: Vec<AccountKey> = remembered.clone().into_iter().collect();
        if let Some(account) = account {
            account.stop(self.clock.now()).await;
            if account.memory_only == Some(MemoryOnly::WithoutKeychain) && remembered.as_ref() != Some(&account.key) {
                // They went on without the keychain: the store that it keeps closed is somebody else's, who has not signed out.
                keys.clear();
            }
            if !keys.contains(&account.key) {
                keys.push(account.key.clone());
            }
        }
        for key in &keys {
            self.erase(key).await;
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

    /// Deletes the file and its key. Each on its own: what one of them refuses must not save the other.
    async fn erase(&self, key: &AccountKey) {
        if let Err(error) = erase_files(&key.file(&self.config.data_dir)) {
            tracing::error!(%error, "a cache file could not be deleted; without its key it cannot be read");
        }
        if let Err(error) = erase_key(&self.config.keychain, &key.key_name()).await {
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
            self.end_session().await?;
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

    fn remember_service(&self, address: &ServiceAddress, info: &ServiceInfo) -> Result<(), Error> {
        self.remember(|remembered| {
            remembered.service = Some(address.to_string());
            remembered.demo = Some(info.demo);
        })
    }

    /// Changes what is remembered on disk.
    pub(super) fn remember(&self, change: impl FnOnce(&mut Remembered)) -> Result<(), Error> {
        let mut state = self.state();
        let before = state.remembered.clone();
        change(&mut state.remembered);
        if state.remembered == before { Ok(()) } else { state.remembered.save(&self.config.data_dir) }
    }
}
