//! The provider's keys, kept through rollover: asked for again every day and when a key id is unknown, but never more than once a minute.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use tenantry_model::problem::ProblemKind;
use tenantry_model::time::{Clock, Timestamp};
use tokio::sync::Mutex;
use url::Url;

use crate::error::{Error, Result};
use crate::http::auth::metadata::{self, Provider};

/// After this long the provider is asked again.
const FRESH_FOR: Duration = Duration::from_secs(24 * 60 * 60);
/// So long it is left alone after it was asked, whatever key ids arrive.
const LEFT_ALONE_FOR: Duration = Duration::from_secs(60);
/// The same, while there are no keys at all: nobody can sign in meanwhile.
const LEFT_ALONE_AT_FIRST: Duration = Duration::from_secs(5);

struct Kept {
    provider: Arc<Provider>,
    at: Timestamp,
}

/// The provider's keys.
pub(super) struct ProviderKeys {
    authority: Url,
    client: reqwest::Client,
    clock: Arc<dyn Clock>,
    kept: RwLock<Option<Kept>>,
    /// When the provider was last asked. Held while asking: whoever waits for it finds the answer.
    asked: Mutex<Option<Timestamp>>,
}

impl ProviderKeys {
    pub(super) fn new(authority: Url, clock: Arc<dyn Clock>) -> Result<Self> {
        Ok(Self { authority, client: metadata::client()?, clock, kept: RwLock::new(None), asked: Mutex::new(None) })
    }

    /// What the provider said, with this key in it if the provider has it.
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
            // Somebody asks already: a key that was good yesterday is good until they are answered.
            (Err(_), Some(provider)) => return Ok(provider),
            (Err(_), None) => self.asked.lock().await,
        };
        // Another request may have asked while this one waited.
        if let Some(provider) = self.fresh_with(kid) {
            return Ok(provider);
        }
        let now = self.clock.now();
        let known = self.any();
        let left_alone = if known.is_some() { LEFT_ALONE_FOR } else { LEFT_ALONE_AT_FIRST };
        if asked.is_none_or(|at| now >= at.plus(left_alone)) {
            *asked = Some(now);
            match metadata::fetch(&self.client, &self.authority).await {
                Ok(provider) => {
                    tracing::info!(keys = provider.keys.len(), "the provider's keys were read");
                    *self.kept.write().unwrap_or_else(PoisonError::into_inner) = Some(Kept { provider: Arc::new(provider), at: now });
                }
                Err(error) => tracing::warn!(%error, "the provider's keys could not be read; the ones before stay"),
            }
        }
        self.any().ok_or_else(|| {
            let detail = "The sign-in provider cannot be reached from the service at the moment.";
            Error::later(ProblemKind::Unavailable, detail, LEFT_ALONE_AT_FIRST.as_secs())
        })
    }

    fn any(&self) -> Option<Arc<Provider>> {
        self.kept.read().unwrap_or_else(PoisonError::into_inner).as_ref().map(|kept| kept.provider.clone())
    }

    /// What is kept, if it is fresh and holds the key.
    fn fresh_with(&self, kid: &str) -> Option<Arc<Provider>> {
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        let kept = kept.as_ref()?;
        let fresh = self.clock.now() < kept.at.plus(FRESH_FOR);
        (fresh && kept.provider.keys.contains_key(kid)).then(|| kept.provider.clone())
    }
}
