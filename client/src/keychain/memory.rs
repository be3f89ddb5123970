//! A keychain for tests: kept in memory, and able to be locked, absent or without an answer.

use std::collections::HashMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use zeroize::Zeroizing;

use super::{Keychain, KeychainError, Prompt};

/// Keeps secrets in memory. Clones of an `Arc` of it are the same keychain, so that one can outlive an engine.
#[derive(Debug, Default)]
pub struct MemoryKeychain {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    secrets: HashMap<String, Vec<String>>,
    failure: Option<KeychainError>,
    hangs: bool,
    deletions_hang: bool,
    calls: u32,
    prompts: u32,
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

    /// Whether calls are left without an answer from now on. Those that wait get theirs when it ends.
    pub fn hang(&self, hangs: bool) {
        self.state().hangs = hangs;
        self.changed.notify_all();
    }

    /// The same for deletions alone: their prompt is open, and nobody answers it.
    pub fn hang_deletions(&self, hangs: bool) {
        self.state().deletions_hang = hangs;
        self.changed.notify_all();
    }

    /// How often it would have shown a prompt: it did not give what was asked for, and might have asked the user.
    pub fn prompts(&self) -> u32 {
        self.state().prompts
    }

    /// How often it was asked for something.
    pub fn calls(&self) -> u32 {
        self.state().calls
    }

    /// Forgets everything, as a keychain that was made anew.
    pub fn forget_all(&self) {
        self.state().secrets.clear();
    }

    /// Replaces every secret, as a keychain that was restored from elsewhere would.
    pub fn replace_all(&self, secret: &str) {
        self.state().secrets.values_mut().for_each(|kept| *kept = vec![secret.to_owned()]);
    }

    /// Adds a later secret under each name, as another program may.
    pub fn add_to_all(&self, secret: &str) {
        self.state().secrets.values_mut().for_each(|kept| kept.insert(0, secret.to_owned()));
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn open(&self, prompt: Prompt) -> Result<MutexGuard<'_, State>, KeychainError> {
        let mut state = self.state();
        state.calls += 1;
        state.prompts += u32::from(prompt == Prompt::Allowed && state.failure.is_some());
        while state.hangs {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        match &state.failure {
            Some(failure) => Err(failure.clone()),
            None => Ok(state),
        }
    }
}

impl Keychain for MemoryKeychain {
    fn get(&self, name: &str, prompt: Prompt) -> Result<Vec<Zeroizing<String>>, KeychainError> {
        Ok(self.open(prompt)?.secrets.get(name).into_iter().flatten().cloned().map(Zeroizing::new).collect())
    }

    fn set(&self, name: &str, secret: &str, prompt: Prompt) -> Result<(), KeychainError> {
        self.open(prompt)?.secrets.insert(name.to_owned(), vec![secret.to_owned()]);
        Ok(())
    }

    fn delete(&self, name: &str) -> Result<(), KeychainError> {
        let mut state = self.open(Prompt::Allowed)?;
        while state.deletions_hang {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.secrets.remove(name);
        Ok(())
    }
}
