//! What an engine is given.

use std::path::PathBuf;
use std::sync::Arc;

use tenantry_model::time::Clock;

use crate::keychain::Keychain;

/// What opens the system's browser.
pub trait Browser: Send + Sync {
    /// Opens it at this address. Answers why, where it cannot.
    fn open(&self, url: &str) -> Result<(), String>;
}

/// What an engine is given.
#[derive(Clone)]
pub struct EngineConfig {
    /// Where everything is kept: `state.json` and `caches/`.
    pub data_dir: PathBuf,
    /// The service's address, where the environment or the administrator sets it.
    pub service: Option<String>,
    pub app_version: String,
    pub clock: Arc<dyn Clock>,
    /// The keychain that keeps the key of the cache.
    pub keychain: Arc<dyn Keychain>,
    /// What opens the browser for a sign-in.
    pub browser: Arc<dyn Browser>,
    /// Where files go that the user asks for; none where the system names no such folder.
    pub downloads: Option<PathBuf>,
}
