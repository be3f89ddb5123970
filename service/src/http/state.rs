//! What every handler can reach.

use std::sync::Arc;

use tenantry_model::time::Clock;
use tokio_util::sync::CancellationToken;

use crate::attachments::{Objects, Staging};
use crate::config::Settings;
use crate::domain::change_feed::ChangeFeed;
use crate::domain::open_incidents::OpenIncidentIndex;
use crate::domain::rights::AccessCache;
use crate::error::Result;
use crate::http::auth::TokenValidator;
use crate::http::frame::Limiter;
use crate::http::spool::SpoolSpace;
use crate::http::transfers::Transfers;
use crate::random::{Random, SystemRandom};
use crate::store::Store;

/// Where files lie that are not whole yet, beside the database.
const UPLOADS: &str = "uploads";

/// What every handler can reach. Cheap to clone.
#[derive(Clone)]
pub struct AppState {
    inner: Arc<Inner>,
}

struct Inner {
    settings: Settings,
    store: Store,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    tokens: TokenValidator,
    access: AccessCache,
    open_incidents: OpenIncidentIndex,
    changes: ChangeFeed,
    limits: Limiter,
    spools: Arc<SpoolSpace>,
    objects: Objects,
    staging: Staging,
    transfers: Transfers,
    shutdown: CancellationToken,
}

impl AppState {
    pub fn new(settings: Settings, store: Store, objects: Objects, clock: Arc<dyn Clock>) -> Result<Self> {
        Ok(Self {
            inner: Arc::new(Inner {
                tokens: TokenValidator::new(&settings, clock.clone())?,
                limits: Limiter::new(&settings.limits),
                spools: Arc::new(SpoolSpace::new(store.folder().to_owned(), settings.limits.spool_bytes, settings.limits.spool_reserve)),
                staging: Staging::new(store.folder().join(UPLOADS), settings.limits.spool_reserve, objects.is_folder()),
                objects,
                transfers: Transfers::new(&settings.limits),
                settings,
                changes: ChangeFeed::new(store.clone()),
                store,
                clock,
                random: Arc::new(SystemRandom),
                access: AccessCache::default(),
                open_incidents: OpenIncidentIndex::default(),
                shutdown: CancellationToken::new(),
            }),
        })
    }

    pub fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    pub fn store(&self) -> &Store {
        &self.inner.store
    }

    pub fn clock(&self) -> &dyn Clock {
        &*self.inner.clock
    }

    pub fn random(&self) -> &dyn Random {
        &*self.inner.random
    }

    /// Cancelled when the service stops: streams end, tasks end.
    pub fn shutdown(&self) -> &CancellationToken {
        &self.inner.shutdown
    }

    pub(crate) fn tokens(&self) -> &TokenValidator {
        &self.inner.tokens
    }

    pub(crate) fn access(&self) -> &AccessCache {
        &self.inner.access
    }

    pub(crate) fn open_incidents(&self) -> &OpenIncidentIndex {
        &self.inner.open_incidents
    }

    pub(crate) fn changes(&self) -> &ChangeFeed {
        &self.inner.changes
    }

    pub(crate) fn spools(&self) -> &Arc<SpoolSpace> {
        &self.inner.spools
    }

    pub(crate) fn objects(&self) -> &Objects {
        &self.inner.objects
    }

    pub(crate) fn staging(&self) -> &Staging {
        &self.inner.staging
    }

    pub(crate) fn transfers(&self) -> &Transfers {
        &self.inner.transfers
    }

    pub(crate) fn limits(&self) -> &Limiter {
        &self.inner.limits
    }
}
