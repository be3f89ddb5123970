//! Staying signed in: the access token in memory, the refresh token in the store.
//!
//! One renewal at a time, whoever asks; it runs on a task of its own, so that a caller who goes away cannot lose a token that the provider
//! has already replaced. The new refresh token is kept before the new access token is used. A refresh token that no longer holds ends it
//! all: it is erased, and nothing asks again until somebody signs in.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use secrecy::{ExposeSecret, SecretString};
use tenantry_model::time::{Clock, Timestamp};
use tokio::sync::Mutex;

use super::Provider;
use super::exchange::Tokens;
use crate::error::Error;

/// An access token is renewed so long before it runs out.
const MARGIN: Duration = Duration::from_secs(60);

/// Where the refresh token is kept.
pub(crate) trait TokenStore: Send + Sync {
    /// Keeps it instead of the one before. On return it is on disk, or wherever it is to be.
    fn keep(&self, refresh: SecretString) -> BoxFuture<'_, Result<(), Error>>;
    /// Forgets it.
    fn erase(&self) -> BoxFuture<'_, Result<(), Error>>;
}

/// Where fresh tokens come from.
pub(crate) trait TokenSource: Send + Sync {
    /// Trades a refresh token in. [`Error::SignInExpired`] where it no longer holds.
    fn renew<'a>(&'a self, refresh: &'a SecretString) -> BoxFuture<'a, Result<Renewed, Error>>;
}

/// What a renewal brings.
pub(crate) struct Renewed {
    pub(crate) access: SecretString,
    pub(crate) expires_in: Duration,
    pub(crate) refresh: Option<SecretString>,
}

impl From<Tokens> for Renewed {
    fn from(tokens: Tokens) -> Self {
        Self { access: tokens.access, expires_in: tokens.expires_in, refresh: tokens.refresh }
    }
}

impl TokenSource for Provider {
    fn renew<'a>(&'a self, refresh: &'a SecretString) -> BoxFuture<'a, Result<Renewed, Error>> {
        Box::pin(async move { self.refresh(refresh).await.map(Renewed::from) })
    }
}

/// The tokens of one signed-in person.
#[derive(Clone)]
pub(crate) struct TokenKeeper {
    held: Arc<Mutex<Held>>,
    source: Arc<dyn TokenSource>,
    store: Arc<dyn TokenStore>,
    clock: Arc<dyn Clock>,
}

struct Held {
    access: Option<(SecretString, Timestamp)>,
    refresh: Option<SecretString>,
}

impl TokenKeeper {
    /// From the store: with the refresh token that is kept there, and no access token yet.
    pub(crate) fn new(
        refresh: Option<SecretString>,
        source: Arc<dyn TokenSource>,
        store: Arc<dyn TokenStore>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { held: Arc::new(Mutex::new(Held { access: None, refresh })), source, store, clock }
    }

    /// Takes over what a sign-in brought. Keeps the refresh token first.
    pub(crate) async fn adopt(&self, tokens: Renewed) -> Result<(), Error> {
        let mut held = self.held.lock().await;
        self.take_over(&mut held, tokens).await.map(|_| ())
    }

    /// Waits until no renewal is under way: a provider that replaces refresh tokens has already forgotten the one that is on disk.
    pub(crate) async fn settled(&self) {
        drop(self.held.lock().await);
    }

    /// An access token that should hold.
    pub(crate) async fn access(&self) -> Result<SecretString, Error> {
        self.fresh(None).await
    }

    /// Another access token than this one, which the service rejected.
    pub(crate) async fn instead_of(&self, rejected: &SecretString) -> Result<SecretString, Error> {
        self.fresh(Some(rejected.clone())).await
    }

    async fn fresh(&self, rejected: Option<SecretString>) -> Result<SecretString, Error> {
        let keeper = self.clone();
        let renewal = tokio::spawn(async move {
            let mut held = keeper.held.lock().await;
            if let Some((access, until)) = &held.access {
                let is_rejected = rejected.is_some_and(|rejected| rejected.expose_secret() == access.expose_secret());
                if !is_rejected && keeper.clock.now() < *until {
                    return Ok(access.clone());
                }
            }
            held.access = None;
            let refresh = held.refresh.clone().ok_or(Error::SignInExpired)?;
            match keeper.source.renew(&refresh).await {
                Ok(tokens) => keeper.take_over(&mut held, tokens).await,
                Err(Error::SignInExpired) => {
                    held.refresh = None;
                    keeper.store.erase().await?;
                    Err(Error::SignInExpired)
                }
                Err(error) => Err(error),
            }
        });
        renewal.await.unwrap_or(Err(Error::Closed))
    }

    async fn take_over(&self, held: &mut Held, tokens: Renewed) -> Result<SecretString, Error> {
        if let Some(refresh) = tokens.refresh {
            // In memory first: if the disk refuses, this process can still go on with it.
            held.refresh = Some(refresh.clone());
            self.store.keep(refresh).await?;
        }
        let until = self.clock.now().plus(tokens.expires_in.saturating_sub(MARGIN.min(tokens.expires_in / 2)));
        held.access = Some((tokens.access.clone(), until));
        Ok(tokens.access)
    }
}

#[cfg(test)]
#[path = "tokens_tests.rs"]
mod tests;
