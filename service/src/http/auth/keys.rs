//! The provider's keys, cached: fetched again every day and when a key id is unknown (rollover), but at most once a minute.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use quick_cache::sync::Cache;
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

/// How many key ids that the provider did not have are remembered: forged ones push each other out.
const MISSED: usize = 1_000;
/// The longest id of a key that is remembered.
const LONGEST_ID: usize = 128;
/// How long an id counts as missing: a key may be published later than the first token that it signs.
const MISSING_FOR: Duration = Duration::from_secs(10 * 60);

struct Cached {
    provider: Arc<Provider>,
    at: Timestamp,
}

pub(super) struct ProviderKeys {
    authority: Url,
    client: reqwest::Client,
    clock: Arc<dyn Clock>,
    cached: RwLock<Option<Cached>>,
    /// When ids that no answer has had so far were first seen.
    missed: Cache<Box<str>, Timestamp>,
    /// When the provider was last asked. Held while asking: whoever waited for it finds the answer.
    asked: Mutex<Option<Timestamp>>,
}

impl ProviderKeys {
    pub(super) fn new(authority: Url, clock: Arc<dyn Clock>) -> Result<Self> {
        Ok(Self {
            authority,
            client: metadata::client()?,
            clock,
            cached: RwLock::new(None),
            missed: Cache::new(MISSED),
            asked: Mutex::new(None),
        })
    }

    /// The provider's latest answer, with this key in it if the provider has it: the answer is later than the first token with this id.
    ///
    /// # Errors
    /// [`ProblemKind::Unavailable`] while the provider has never answered, and while it may not be asked again yet about an id that is not known: the
    /// provider may have rolled its keys over since, and a refusal would end a session that is good.
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
            // Seen before the answer that is asked for now.
            self.first_seen(kid, now.minus(Duration::from_micros(1)));
            *asked = Some(now);
            match metadata::fetch(&self.client, &self.authority).await {
                Ok(provider) => {
                    tracing::info!(keys = provider.keys.len(), "the provider's keys were read");
                    *self.cached.write().unwrap_or_else(PoisonError::into_inner) = Some(Cached { provider: Arc::new(provider), at: now });
                }
                Err(error) => tracing::warn!(%error, "the provider's keys could not be read; the ones before stay"),
            }
        }
        let Some(provider) = self.any() else {
            let detail = "The sign-in provider cannot be reached from the service at the moment.";
            return Err(Error::later(ProblemKind::Unavailable, detail, SHORTEST_INTERVAL_AT_FIRST.as_secs()));
        };
        if provider.keys.contains_key(kid) || self.is_missing(kid, now) {
            return Ok(provider);
        }
        let next = asked.map_or(now, |at| at.plus(SHORTEST_INTERVAL));
        let detail = "The token's key is not known yet, and the sign-in provider was asked a moment ago.";
        Err(Error::later(ProblemKind::Unavailable, detail, next.since(now).as_secs().max(1)))
    }

    /// Whether the provider was asked since this id was first seen, and did not have it.
    fn is_missing(&self, kid: &str, now: Timestamp) -> bool {
        let first = self.first_seen(kid, now);
        self.answered_at().is_some_and(|at| at > first)
    }

    /// When the id was first seen: now, unless it was before.
    fn first_seen(&self, kid: &str, now: Timestamp) -> Timestamp {
        if kid.len() > LONGEST_ID {
            return Timestamp::default();
        }
        let known = self.missed.get(kid).filter(|first| now < first.plus(MISSING_FOR));
        known.unwrap_or_else(|| {
            self.missed.insert(kid.into(), now);
            now
        })
    }

    /// When the provider gave its latest answer.
    fn answered_at(&self) -> Option<Timestamp> {
        self.cached.read().unwrap_or_else(PoisonError::into_inner).as_ref().map(|cached| cached.at)
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
