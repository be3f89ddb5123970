//! Letting somebody in: all that a session needs, of provider, service, keychain and disk, before anything of the one before is touched.

use std::sync::Arc;

use tenantry_model::api::Me;
use tenantry_model::ipc::{ClockOff, MemoryOnly, Preferences};
use tenantry_model::problem::ProblemKind;
use tenantry_model::tenancy::ActingAs;
use tenantry_model::time::Timestamp;

use super::account::Account;
use super::accounts::AccountKey;
use super::adapters::{ShellBrowser, discover, with_token};
use super::disk_wait::{DiskWait, disk_problem};
use super::shared::Shared;
use super::store_choice::StoreChoice;
use super::store_key::Asked;
use super::transfers::Transfers;
use crate::cache::Cache;
use crate::db::{Location, StoreKey};
use crate::error::Error;
use crate::outbox::Outbox;
use crate::service::ServiceClient;
use crate::session::{Provider, Renewed, SignIn, SignedIn};

/// Somebody who may sign in, with all that their session is made of.
pub(super) struct Admitted {
    pub(super) key: AccountKey,
    pub(super) store: PersonStore,
    pub(super) service: ServiceClient,
    /// None where it is not known yet.
    pub(super) provider: Option<Provider>,
    pub(super) tokens: Renewed,
    pub(super) me: Me,
    pub(super) clock_off: Option<ClockOff>,
}

/// The open store of somebody who signs in.
pub(super) struct PersonStore {
    pub(super) cache: Cache,
    pub(super) outbox: Outbox,
    pub(super) transfers: Arc<Transfers>,
    pub(super) memory_only: Option<MemoryOnly>,
    pub(super) stored: Stored,
    /// The account that it belongs to, where they were signed in before. It stays open, and with it what their screens show.
    pub(super) again: Option<Arc<Account>>,
}

/// What a session takes over from a store.
pub(super) struct Stored {
    pub(super) preferences: Option<Preferences>,
    pub(super) as_of: Option<Timestamp>,
    pub(super) history_pending: bool,
    pub(super) seen: Timestamp,
}

impl PersonStore {
    async fn close(self) {
        self.cache.close().await;
        self.outbox.close().await;
        self.transfers.stop().await;
    }
}

/// What a store is told apart by: the partner is what everybody else is, too.
fn as_customer(acting_as: Option<ActingAs>) -> Option<ActingAs> {
    acting_as.filter(|it| *it == ActingAs::Customer)
}

/// Why somebody is not let in.
fn refusal(error: Error) -> Error {
    match error {
        error if error.is(ProblemKind::TenantRefused) => Error::Refused("this organisation is not onboarded at the service".into()),
        error if error.is_unauthorized() => Error::Refused("the service does not accept the provider's token".into()),
        error => error,
    }
}

impl Stored {
    async fn read(cache: &Cache) -> Result<Self, Error> {
        let read = cache.run(|store| Ok((store.preferences()?, store.as_of(), store.latest_time()))).await;
        read.map(|(preferences, (as_of, history_pending), seen)| Self { preferences, as_of, history_pending, seen })
    }
}

impl Shared {
    pub(super) async fn admit(&self) -> Result<Admitted, Error> {
        let (service, provider, signed_in) = self.authenticate().await?;
        let access = &signed_in.tokens.access;
        let (mut me, time) = service.me(access).await.map_err(refusal)?;
        let clock_off = self.clock_off(time);
        if me.user != signed_in.user {
            return Err(Error::Refused("the service knows the person by another identity than the provider".into()));
        }
        let mut key = AccountKey { service: service.address().to_string(), user: signed_in.user, acting_as: None };
        // Where the organisation is partner and customer, they go on as the one that they chose (A37).
        let chosen = {
            let state = self.state();
            let last = state.account.as_ref().map(|account| &account.key).or(state.remembered.account.as_ref());
            last.filter(|it| it.is_same_person(&key)).and_then(|it| it.acting_as)
        };
        let acting_as = me.acting_as.map(|preset| chosen.unwrap_or(preset));
        let service = service.acting_as(acting_as);
        if acting_as != me.acting_as {
            (me, _) = service.me(access).await.map_err(refusal)?;
        }
        key.acting_as = as_customer(me.acting_as);
        // Whoever signs in again has their store open.
        let open = self.state().account.clone().filter(|account| account.key == key);
        let store = match open {
            Some(account) => self.store_again(account, &me).await?,
            None => self.store_of(&key, &me).await?,
        };
        let tokens = Renewed::from(signed_in.tokens);
        Ok(Admitted { key, store, service, provider: Some(provider), tokens, me, clock_off })
    }

    /// The same person with the same sign-in, as the other of the two that their organisation is (A37).
    pub(super) async fn admit_as(&self, account: &Account, acting_as: ActingAs) -> Result<Admitted, Error> {
        let service = account.service.clone().acting_as(Some(acting_as));
        let asked = with_token(&account.tokens, |token| {
            let service = service.clone();
            async move { service.me(&token).await }
        });
        let (me, time) = asked.await.map_err(refusal)?;
        if me.user != account.key.user || me.acting_as != Some(acting_as) {
            return Err(Error::Refused("the organisation is not both, a partner and a customer".into()));
        }
        let key = AccountKey { acting_as: as_customer(me.acting_as), ..account.key.clone() };
        let store = self.store_of(&key, &me).await?;
        // Last: from here on the account before keeps no token any more.
        let tokens = match account.tokens.hand_over().await {
            Ok(tokens) => tokens,
            Err(error) => {
                store.close().await;
                // Something may be kept for them from before.
                self.erase(&key, true).await;
                return Err(error);
            }
        };
        Ok(Admitted { key, store, service, provider: None, tokens, me, clock_off: self.clock_off(time) })
    }

    async fn authenticate(&self) -> Result<(ServiceClient, Provider, SignedIn), Error> {
        let address = self.state().service.clone().ok_or_else(|| Error::Invalid("name the service's address first".into()))?;
        let service = ServiceClient::new(address)?;
        let (info, provider) = discover(&service).await?;
        if let Err(error) = self.remember_service(service.address(), &info) {
            tracing::warn!(%error, "what the service says of itself could not be kept yet");
        }
        let choose_account = self.state().remembered.choose_account;
        let browser = ShellBrowser(Arc::clone(&self.config.browser));
        let attempt = SignIn { provider: &provider, browser: &browser, random: &*self.random, clock: &self.config.clock, choose_account };
        let signed_in = attempt.run().await?;
        Ok((service, provider, signed_in))
    }

    async fn store_again(&self, account: Arc<Account>, me: &Me) -> Result<PersonStore, Error> {
        let (cache, outbox, me) = (account.cache.clone(), account.outgoing.outbox(), me.clone());
        if let Err(error) = cache.run(move |store| store.set_me(me)).await {
            // What was kept before stands; the service is asked again.
            tracing::warn!(%error, "who signed in again could not be kept");
        }
        let stored = Stored::read(&cache).await?;
        let transfers = Arc::clone(&account.transfers);
        Ok(PersonStore { cache, outbox, transfers, memory_only: account.memory_only, stored, again: Some(account) })
    }

    /// The store of somebody who is not signed in. Where the disk does not let it be opened, that is said and waited for.
    async fn store_of(&self, key: &AccountKey, me: &Me) -> Result<PersonStore, Error> {
        let memory_only = match self.key_for(key).await? {
            Asked::Answered(store_key) => {
                let folder = &self.config.data_dir;
                let files = [key.file(folder), key.outbox_file(folder), key.waiting_files(folder)].map(Location::File);
                let mut wait = None;
                loop {
                    let error = match self.open_for(me, files.clone(), Some(store_key.clone()), None).await {
                        Ok(store) => return Ok(store),
                        Err(error) => error,
                    };
                    let Some(problem) = disk_problem(&error) else { return Err(error) };
                    let wait = wait.get_or_insert_with(|| DiskWait::new(self.store_choices.subscribe()));
                    self.say_disk_problem(problem, &error);
                    if wait.next().await == StoreChoice::GoWithout {
                        self.go_without(MemoryOnly::WithoutDisk);
                        break MemoryOnly::WithoutDisk;
                    }
                }
            }
            Asked::Without(why) => why,
        };
        self.open_for(me, [Location::Memory, Location::Memory, Location::Memory], None, Some(memory_only)).await
    }

    /// Opens a store, and keeps in it whose it is.
    async fn open_for(
        &self,
        me: &Me,
        [location, outbox, files]: [Location; 3],
        key: Option<StoreKey>,
        memory_only: Option<MemoryOnly>,
    ) -> Result<PersonStore, Error> {
        let outbox = self.open_outbox(outbox, key.clone()).await?;
        let transfers = self.open_transfers(files, key.clone()).await?;
        let cache = self.open_cache(location, key).await?;
        let me = me.clone();
        cache.run(move |store| store.set_me(me)).await?;
        let stored = Stored::read(&cache).await?;
        Ok(PersonStore { cache, outbox, transfers, memory_only, stored, again: None })
    }
}
