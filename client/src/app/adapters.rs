//! The ends of sync and session, tied to service and cache.

use std::sync::{Arc, Weak};

use futures_util::StreamExt;
use futures_util::future::BoxFuture;
use secrecy::SecretString;
use tenantry_model::ipc::{AccessEndedReason, SyncState};
use tenantry_model::time::Timestamp;

use super::account::Account;
use super::engine::{EngineEvent, Inner};
use crate::cache::{Cache, Spool};
use crate::error::Error;
use crate::service::ServiceClient;
use crate::session::{Provider, Renewed, SignInBrowser, TokenKeeper, TokenSource, TokenStore};
use crate::sync::{Applied, Bytes, Local, Remote, Reporter};
use crate::transport::{http_client, is_loopback};

/// The refresh token, in the cache's store.
pub(super) struct TokensInCache(pub(super) Cache);

impl TokenStore for TokensInCache {
    fn keep(&self, refresh: SecretString) -> BoxFuture<'_, Result<(), Error>> {
        Box::pin(self.0.run(move |store| store.set_refresh_token(Some(&refresh))))
    }

    fn erase(&self) -> BoxFuture<'_, Result<(), Error>> {
        Box::pin(self.0.run(|store| store.set_refresh_token(None)))
    }
}

/// The provider of a service, asked for when it is first needed: a silent start needs no network.
pub(super) struct LazyProvider {
    pub(super) service: ServiceClient,
    pub(super) known: tokio::sync::Mutex<Option<Provider>>,
}

impl LazyProvider {
    async fn get(&self) -> Result<Provider, Error> {
        let mut known = self.known.lock().await;
        if let Some(provider) = &*known {
            return Ok(provider.clone());
        }
        let provider = discover(&self.service).await?.1;
        *known = Some(provider.clone());
        Ok(provider)
    }
}

/// Asks a service who it is, and who signs its people in.
pub(super) async fn discover(service: &ServiceClient) -> Result<(tenantry_model::api::ServiceInfo, Provider), Error> {
    let info = service.info().await?;
    let authority = info.authority.parse().map_err(|_| Error::Refused("the service names a sign-in provider without an address".into()))?;
    let http = http_client(is_loopback(&authority))?;
    let provider = Provider::discover(&info, &http).await?;
    Ok((info, provider))
}

impl TokenSource for LazyProvider {
    fn renew<'a>(&'a self, refresh: &'a SecretString) -> BoxFuture<'a, Result<Renewed, Error>> {
        Box::pin(async move { self.get().await?.renew(refresh).await })
    }
}

/// The browser that the shell handed in.
pub(super) struct ShellBrowser(pub(super) Arc<dyn super::Browser>);

impl SignInBrowser for ShellBrowser {
    fn open(&self, url: &str) -> Result<(), String> {
        self.0.open(url)
    }
}

/// The service, with a token that is renewed once where it is rejected.
pub(super) struct ServiceRemote {
    pub(super) service: ServiceClient,
    pub(super) tokens: TokenKeeper,
}

/// Calls with an access token; once more with a fresh one where the service rejects it. Rejected again, the sign-in no longer holds.
pub(super) async fn with_token<T, F: Future<Output = Result<T, Error>>>(
    tokens: &TokenKeeper,
    call: impl Fn(SecretString) -> F,
) -> Result<T, Error> {
    let token = tokens.access().await?;
    match call(token.clone()).await {
        Err(error) if error.is_unauthorized() => {}
        answer => return answer,
    }
    let token = tokens.instead_of(&token).await?;
    match call(token).await {
        Err(error) if error.is_unauthorized() => Err(Error::SignInExpired),
        answer => answer,
    }
}

fn bytes(answer: reqwest::Response) -> Bytes {
    answer.bytes_stream().map(|part| part.map(|part| part.to_vec()).map_err(Error::from)).boxed()
}

impl Remote for ServiceRemote {
    async fn changes(&self, cursor: Option<String>) -> Result<Bytes, Error> {
        let answer = with_token(&self.tokens, |token| {
            let (service, cursor) = (self.service.clone(), cursor.clone());
            async move { service.changes(&token, cursor.as_deref()).await }
        });
        Ok(bytes(answer.await?))
    }

    async fn events(&self) -> Result<Bytes, Error> {
        let answer = with_token(&self.tokens, |token| {
            let service = self.service.clone();
            async move { service.events(&token).await }
        });
        Ok(bytes(answer.await?))
    }
}

/// The cache, as the sync fills it.
pub(super) struct CacheStore {
    pub(super) account: Weak<Account>,
    pub(super) inner: Weak<Inner>,
}

impl CacheStore {
    fn both(&self) -> Result<(Arc<Account>, Arc<Inner>), Error> {
        self.account.upgrade().zip(self.inner.upgrade()).ok_or(Error::Closed)
    }
}

impl Local for CacheStore {
    async fn cursor(&self) -> Result<Option<String>, Error> {
        self.both()?.0.cache.run(|store| Ok(store.cursor())).await
    }

    async fn apply(&self, mut answer: Bytes) -> Result<Applied, Error> {
        let (account, inner) = self.both()?;
        let mut spool = Spool::new(account.cache.clone()).await?;
        while let Some(part) = answer.next().await {
            spool.push(&part?).await?;
        }
        let applied = spool.finish(inner.clock.now()).await?;
        inner.set_sync(|status| {
            status.as_of = Some(applied.as_of);
            status.history_pending = applied.history_pending;
        });
        if let Some(change) = applied.change {
            inner.emit(EngineEvent::Data(change));
            account.load_open_rows();
        }
        if !applied.history_pending {
            inner.relations_changed(&account);
        }
        Ok(Applied { history_pending: applied.history_pending })
    }
}

/// Who wants to know how the sync is doing: the engine.
pub(super) struct AppReporter {
    pub(super) account: Weak<Account>,
    pub(super) inner: Weak<Inner>,
}

impl Reporter for AppReporter {
    async fn state(&self, state: SyncState) {
        let Some((account, inner)) = self.account.upgrade().zip(self.inner.upgrade()) else { return };
        if matches!(state, SyncState::AccessEnded { reason: AccessEndedReason::TenantRefused })
            && let Err(error) = account.cache.run(crate::cache::Store::wipe).await
        {
            tracing::error!(%error, "rows that may no longer be seen could not be deleted");
        }
        let ended = matches!(state, SyncState::AccessEnded { .. });
        let is_current = state == SyncState::Current;
        let turned = inner.set_sync(|status| status.state = state);
        if turned || ended {
            inner.data_changed(&account).await;
        }
        if turned && is_current {
            tokio::spawn(refresh_me(inner, account));
        }
    }

    fn now(&self) -> Timestamp {
        self.inner.upgrade().map(|inner| inner.clock.now()).unwrap_or_default()
    }

    fn chance(&self) -> u32 {
        let mut bytes = [0; 4];
        match self.inner.upgrade().map(|inner| inner.random.fill(&mut bytes)) {
            Some(Ok(())) => u32::from_le_bytes(bytes),
            _ => 0,
        }
    }
}

/// Asks the service again who is signed in: a name or a portal role may have changed.
async fn refresh_me(inner: Arc<Inner>, account: Arc<Account>) {
    let asked = with_token(&account.tokens, |token| {
        let service = account.service.clone();
        async move { service.me(&token).await }
    });
    let me = match asked.await {
        Ok(me) => me,
        Err(error) => return tracing::debug!(%error, "who is signed in could not be asked"),
    };
    let session = account.session(&me);
    if let Err(error) = account.cache.run(move |store| store.set_me(me)).await {
        return tracing::debug!(%error, "who is signed in could not be kept");
    }
    // Only while this person still is.
    let is_still = inner.state().account.as_ref().is_some_and(|current| Arc::ptr_eq(current, &account));
    if is_still && !matches!(inner.state().session, tenantry_model::ipc::Session::SigningIn) {
        inner.set_session(session);
    }
}
