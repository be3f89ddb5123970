//! The provider's keys, cached: fetched again every day and when a key id is unknown (rollover), but at most once a minute.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use tenantry_model::problem::ProblemKind;
use tenantry_model::time::{Clock, Timestamp};
use tokio::sync::Mutex;
use url::Url;

use crate::error::{Error, Result};
use crate::http::auth::metadata::{self, Provider};

/// How old the cached answer may be before the provider is asked again.
const FRESH_FOR: Duration = Duration::from_secs(24 * 60 * 60);
/// The shortest time between two requests to the provider, whatever key ids arrive.
const SHORTEST_INTERVAL: Duration = Duration::from_secs(60);
/// The same while there are no keys at all: nobody can sign in meanwhile.
const SHORTEST_INTERVAL_AT_FIRST: Duration = Duration::from_secs(5);

struct Cached {
    provider: Arc<Provider>,
    at: Timestamp,
}

pub(super) struct ProviderKeys {
    authority: Url,
    client: reqwest::Client,
    clock: Arc<dyn Clock>,
    cached: RwLock<Option<Cached>>,
    /// When the provider was last asked. Held while asking: whoever waited for it finds the answer.
    asked: Mutex<Option<Timestamp>>,
}

impl ProviderKeys {
    pub(super) fn new(authority: Url, clock: Arc<dyn Clock>) -> Result<Self> {
        Ok(Self { authority, client: metadata::client()?, clock, cached: RwLock::new(None), asked: Mutex::new(None) })
    }

    /// The provider's latest answer, with this key in it if the provider has it.
    ///
    /// # Errors
    /// [`ProblemKind::Unavailable`] while the provider has never answered.
    pub(super) async fn with_key(&self, kid: &str) -> Result<Arc<Provider>> {
        if let Some(provider) = self.fresh_with(kid) {
            return Ok(provider);
        }
        let stale = self.any().filter(|provider| provider.keys.contains_key(kid));
        let mut asked = match (self.asked.try_lock(), stale) {
            (Ok(asked), _) => asked,
            // Another request is asking already: a key that was valid yesterday counts until it has the answer.
            (Err(_), Some(provider)) => return Ok(provider),
            (Err(_), None) => self.asked.lock().await,
        };
        // Another request may have asked while this one waited.
        if let Some(provider) = self.fresh_with(kid) {
            return Ok(provider);
        }
        let now = self.clock.now();
        let known = self.any();
        let interval = if known.is_some() { SHORTEST_INTERVAL } else { SHORTEST_INTERVAL_AT_FIRST };
        if asked.is_none_or(|at| now >= at.plus(interval)) {
            *asked = Some(now);
            match metadata::fetch(&self.client, &self.authority).await {
                Ok(provider) => {
                    tracing::info!(keys = provider.keys.len(), "the provider's keys were read");
                    *self.cached.write().unwrap_or_else(PoisonError::into_inner) = Some(Cached { provider: Arc::new(provider), at: now });
                }
                Err(error) => tracing::warn!(%error, "the provider's keys could not be read; the ones before stay"),
            }
        }
        self.any().ok_or_else(|| {
            let detail = "The sign-in provider cannot be reached from the service at the moment.";
            Error::later(ProblemKind::Unavailable, detail, SHORTEST_INTERVAL_AT_FIRST.as_secs())
        })
    }

    fn any(&self) -> Option<Arc<Provider>> {
        self.cached.read().unwrap_or_else(PoisonError::into_inner).as_ref().map(|cached| cached.provider.clone())
    }

    /// The cached answer, if it is fresh and has the key.
    fn fresh_with(&self, kid: &str) -> Option<Arc<Provider>> {
        let cached = self.cached.read().unwrap_or_else(PoisonError::into_inner);
        let cached = cached.as_ref()?;
        let fresh = self.clock.now() < cached.at.plus(FRESH_FOR);
        (fresh && cached.provider.keys.contains_key(kid)).then(|| cached.provider.clone())
    }
}
