//! A keychain that a test can look into.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use tenantry_client::keychain::{Keychain, KeychainError, MemoryKeychain, Prompt};
use zeroize::Zeroizing;

/// The client's keychain for tests, which also remembers under which names secrets were kept.
#[derive(Debug, Default)]
pub struct OpenKeychain {
    inner: MemoryKeychain,
    names: Mutex<BTreeSet<String>>,
}

impl OpenKeychain {
    /// From now on every call fails so; with none, calls succeed again and find what was there before.
    pub fn fail(&self, failure: Option<KeychainError>) {
        self.inner.fail(failure);
    }

    /// The secrets that it keeps at present.
    pub fn secrets(&self) -> Vec<String> {
        let names = self.names.lock().unwrap_or_else(PoisonError::into_inner).clone();
        names.iter().filter_map(|name| self.inner.get(name, Prompt::Never).ok()).flatten().map(|secret| secret.to_string()).collect()
    }

    /// Forgets everything, as a keychain that was made anew.
    pub fn forget_all(&self) {
        self.inner.forget_all();
    }
}

impl Keychain for OpenKeychain {
    fn get(&self, name: &str, prompt: Prompt) -> Result<Vec<Zeroizing<String>>, KeychainError> {
        self.inner.get(name, prompt)
    }

    fn set(&self, name: &str, secret: &str, prompt: Prompt) -> Result<(), KeychainError> {
        self.names.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned());
        self.inner.set(name, secret, prompt)
    }

    fn delete(&self, name: &str) -> Result<(), KeychainError> {
        self.inner.delete(name)
    }
}
