//! The directory: its options, its state, and its routes.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::routing::{get, post};
use tenantry_model::id::{PrincipalId, TenantId};
use tenantry_model::time::{Clock, Timestamp};

use super::codes::Codes;
use super::keys::SigningKeys;
use super::memory::Memory;
use super::people::{FeaturedPerson, People};
use super::{authorize, metadata, token};
use crate::error::Result;
use crate::random::Random;

/// The app's client id: a public client, with no secret.
pub(crate) const CLIENT_ID: &str = "5e0d2b1c-6a4f-4c7e-9d38-1b7f0a9c2e64";

/// The API's client id: the audience of access tokens.
pub(crate) const AUDIENCE: &str = "9a3c7d52-0f6b-4e18-8c2d-64b5e7f1a093";

/// The scope that the app requests for the API.
pub(crate) const API_SCOPE: &str = "api://9a3c7d52-0f6b-4e18-8c2d-64b5e7f1a093/access_as_user";

/// The part of [`API_SCOPE`] that `scp` carries.
pub(crate) const SCOPE_NAME: &str = "access_as_user";

pub(crate) struct DirectorySettings {
    /// The service's own address, without a slash at the end.
    pub(crate) base: String,
    /// Where keys and memory are kept.
    pub(crate) folder: PathBuf,
    pub(crate) token_lifetime: Duration,
    /// Whom the sign-in page offers, in this order.
    pub(crate) featured: Vec<FeaturedPerson>,
}

pub(crate) struct Directory {
    pub(super) settings: DirectorySettings,
    pub(super) people: Arc<dyn People>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) random: Arc<dyn Random>,
    token_lifetime: Mutex<Duration>,
    keys: Mutex<SigningKeys>,
    codes: Mutex<Codes>,
    memory: Mutex<Memory>,
}

impl Directory {
    pub(crate) fn open(
        settings: DirectorySettings,
        people: Arc<dyn People>,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> Result<Arc<Self>> {
        let keys = SigningKeys::open(&settings.folder, random.as_ref())?;
        let memory = Memory::open(&settings.folder)?;
        Ok(Arc::new(Self {
            token_lifetime: Mutex::new(settings.token_lifetime),
            settings,
            people,
            clock,
            random,
            keys: Mutex::new(keys),
            codes: Mutex::default(),
            memory: Mutex::new(memory),
        }))
    }

    /// All under `/directory`.
    pub(crate) fn routes(self: &Arc<Self>) -> Router {
        Router::new()
            .route("/directory/{authority}/v2.0/.well-known/openid-configuration", get(metadata::configuration))
            .route("/directory/discovery/v2.0/keys", get(metadata::keys))
            .route("/directory/{authority}/oauth2/v2.0/authorize", get(authorize::show).post(authorize::choose))
            .route("/directory/{authority}/oauth2/v2.0/token", post(token::redeem))
            .with_state(self.clone())
    }

    /// The authority that the app is pointed at: any organisation's people may sign in.
    pub(crate) fn authority(&self) -> String {
        format!("{}/directory/organizations/v2.0", self.settings.base)
    }

    /// A new key signs from now on.
    pub(crate) fn roll_over(&self) -> Result<()> {
        self.keys().roll_over(self.clock.now(), self.random.as_ref())
    }

    /// Ends every refresh family. How many there were.
    pub(crate) fn end_all_sessions(&self) -> Result<usize> {
        self.memory().end_all()
    }

    pub(crate) fn set_global_administrator(&self, person: PrincipalId, holds: bool) -> Result<()> {
        self.memory().set_global_administrator(person, holds)
    }

    pub(crate) fn set_token_lifetime(&self, lifetime: Duration) {
        *lock(&self.token_lifetime) = lifetime;
    }

    pub(super) fn token_lifetime(&self) -> Duration {
        *lock(&self.token_lifetime)
    }

    pub(super) fn issuer_template(&self) -> String {
        format!("{}/directory/{{tenantid}}/v2.0", self.settings.base)
    }

    pub(super) fn issuer(&self, tenant: TenantId) -> String {
        format!("{}/directory/{tenant}/v2.0", self.settings.base)
    }

    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(super) fn keys(&self) -> MutexGuard<'_, SigningKeys> {
        lock(&self.keys)
    }

    pub(super) fn codes(&self) -> MutexGuard<'_, Codes> {
        lock(&self.codes)
    }

    pub(super) fn memory(&self) -> MutexGuard<'_, Memory> {
        lock(&self.memory)
    }
}

/// A thread that panicked while it held one of these left nothing half done: each step is one assignment or one file.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The first part of a directory path: who may sign in there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Authority {
    Organizations,
    Tenant(TenantId),
}

impl std::str::FromStr for Authority {
    type Err = ();

    fn from_str(text: &str) -> std::result::Result<Self, ()> {
        match text {
            "organizations" => Ok(Self::Organizations),
            _ => text.parse().map(Self::Tenant).map_err(|_| ()),
        }
    }
}

impl Authority {
    pub(super) fn admits(self, tenant: TenantId) -> bool {
        match self {
            Self::Organizations => true,
            Self::Tenant(only) => only == tenant,
        }
    }
}

impl std::fmt::Display for Authority {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Organizations => f.write_str("organizations"),
            Self::Tenant(tenant) => tenant.fmt(f),
        }
    }
}
