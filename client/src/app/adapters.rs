//! The ports of `session`, and the remote end of `sync`, over service and cache.

use std::sync::Arc;

use futures_util::StreamExt;
use futures_util::future::BoxFuture;
use secrecy::SecretString;
use tenantry_model::api::ServiceInfo;

use super::config::Browser;
use crate::cache::Cache;
use crate::error::Error;
use crate::service::ServiceClient;
use crate::session::{Provider, Renewed, SignInBrowser, TokenKeeper, TokenSource, TokenStore};
use crate::sync::{Bytes, Remote};
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
        // Somebody is signed in: that their provider cannot be asked now refuses nobody.
        let provider = discover(&self.service).await.map_err(|error| match error {
            Error::Refused(why) => Error::Unreachable(why),
            error => error,
        });
        let provider = provider?.1;
        *known = Some(provider.clone());
        Ok(provider)
    }
}

/// Asks a service who it is, and who signs its people in.
pub(super) async fn discover(service: &ServiceClient) -> Result<(ServiceInfo, Provider), Error> {
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
pub(super) struct ShellBrowser(pub(super) Arc<dyn Browser>);

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
