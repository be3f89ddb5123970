//! Staying signed in: the access token in memory, the refresh token in the store.
//!
//! One renewal at a time, whoever asks; it runs on a task of its own, so that a caller who goes away cannot lose a token that the provider
//! has already replaced. The new refresh token is kept before the new access token is used; where the store refuses it, it is kept as soon as the
//! store takes it, and meanwhile nothing is traded in that need not be. A refresh token that no longer holds ends it all: it is erased, as soon as
//! the store lets it, and nothing asks again until somebody signs in.

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
    /// Whether the store has refused that one so far, or to forget the one before where there is none.
    is_unkept: bool,
    /// Whether somebody else keeps a token in the store.
    has_left: bool,
}

impl TokenKeeper {
    /// From the store: with the refresh token that is kept there, and no access token yet.
    pub(crate) fn new(
        refresh: Option<SecretString>,
        source: Arc<dyn TokenSource>,
        store: Arc<dyn TokenStore>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { held: Arc::new(Mutex::new(Held { access: None, refresh, is_unkept: false, has_left: false })), source, store, clock }
    }

    /// Takes over what a sign-in brought. Keeps the refresh token first.
    pub(crate) async fn adopt(&self, tokens: Renewed) {
        let mut held = self.held.lock().await;
        self.take_over(&mut held, tokens).await;
    }

    /// Waits until no renewal is under way and what came of it is kept, if it can be: a provider that replaces refresh tokens has already forgotten
    /// the one that is on disk.
    pub(crate) async fn settled(&self) {
        let mut held = self.held.lock().await;
        self.keep(&mut held).await;
    }

    /// Keeps, or erases, a refresh token where the store has refused that so far.
    pub(crate) async fn keep_again(&self) {
        // A renewal that is under way does so itself.
        if let Ok(mut held) = self.held.try_lock() {
            self.keep(&mut held).await;
        }
    }

    /// What is held, for another keeper of the same sign-in: this one keeps and erases nothing any more.
    pub(crate) async fn hand_over(&self) -> Result<Renewed, Error> {
        let access = self.access().await?;
        let mut held = self.held.lock().await;
        held.has_left = true;
        let now = self.clock.now();
        let expires_in = held.access.as_ref().map_or(Duration::ZERO, |(_, until)| until.since(now));
        Ok(Renewed { access, expires_in, refresh: held.refresh.clone() })
    }

    /// Keeps and erases nothing any more, not even what it still owes: somebody else keeps a token in the store from now on.
    pub(crate) async fn leave_the_store(&self) {
        self.held.lock().await.has_left = true;
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
            keeper.keep(&mut held).await;
            if let Some((access, until)) = &held.access {
                let is_rejected = rejected.is_some_and(|rejected| rejected.expose_secret() == access.expose_secret());
                if !is_rejected && keeper.clock.now() < *until {
                    return Ok(access.clone());
                }
            }
            held.access = None;
            let refresh = held.refresh.clone().ok_or(Error::SignInExpired)?;
            match keeper.source.renew(&refresh).await {
                Ok(tokens) => Ok(keeper.take_over(&mut held, tokens).await),
                Err(Error::SignInExpired) => {
                    held.refresh = None;
                    held.is_unkept = true;
                    keeper.keep(&mut held).await;
                    Err(Error::SignInExpired)
                }
                Err(error) => Err(error),
            }
        });
        renewal.await.unwrap_or(Err(Error::Closed))
    }

    async fn take_over(&self, held: &mut Held, tokens: Renewed) -> SecretString {
        if let Some(refresh) = tokens.refresh {
            held.refresh = Some(refresh);
            held.is_unkept = true;
            self.keep(held).await;
        }
        let until = self.clock.now().plus(tokens.expires_in.saturating_sub(MARGIN.min(tokens.expires_in / 2)));
        held.access = Some((tokens.access.clone(), until));
        tokens.access
    }

    /// Keeps the refresh token, or erases it, where that is still to be done. What the store refuses is held in memory: the process can go on with it.
    async fn keep(&self, held: &mut Held) {
        if !held.is_unkept || held.has_left {
            return;
        }
        let kept = match held.refresh.clone() {
            Some(refresh) => self.store.keep(refresh).await,
            None => self.store.erase().await,
        };
        match kept {
            Ok(()) => held.is_unkept = false,
            Err(error) => tracing::warn!(%error, "the refresh token could not be kept or erased yet: it is tried again"),
        }
    }
}

#[cfg(test)]
#[path = "tokens_tests.rs"]
mod tests;
