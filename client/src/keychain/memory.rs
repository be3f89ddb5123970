//! A keychain for tests: kept in memory, and able to be locked or absent.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use zeroize::Zeroizing;

use super::{Keychain, KeychainError};

/// Keeps secrets in memory. Clones of an `Arc` of it are the same keychain, so that one can outlive an engine.
#[derive(Debug, Default)]
pub struct MemoryKeychain {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    secrets: HashMap<String, String>,
    failure: Option<KeychainError>,
}

impl MemoryKeychain {
    /// From now on every call fails so; with none, calls succeed again and find what was there before.
    pub fn fail(&self, failure: Option<KeychainError>) {
        self.state().failure = failure;
    }

    /// How many secrets it keeps.
    pub fn len(&self) -> usize {
        self.state().secrets.len()
    }

    /// Whether it keeps none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Replaces every secret, as a keychain that was restored from elsewhere would.
    pub fn replace_all(&self, secret: &str) {
        self.state().secrets.values_mut().for_each(|kept| secret.clone_into(kept));
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn open(&self) -> Result<MutexGuard<'_, State>, KeychainError> {
        let state = self.state();
        match &state.failure {
            Some(failure) => Err(failure.clone()),
            None => Ok(state),
        }
    }
}

impl Keychain for MemoryKeychain {
    fn get(&self, name: &str) -> Result<Option<Zeroizing<String>>, KeychainError> {
        Ok(self.open()?.secrets.get(name).cloned().map(Zeroizing::new))
    }

    fn set(&self, name: &str, secret: &str) -> Result<(), KeychainError> {
        self.open()?.secrets.insert(name.to_owned(), secret.to_owned());
        Ok(())
    }

    fn delete(&self, name: &str) -> Result<(), KeychainError> {
        self.open()?.secrets.remove(name);
        Ok(())
    }
}
