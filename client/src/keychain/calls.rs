//! How the engine asks a keychain: on a thread of its own, since it may show a prompt and wait for the user, and in order.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use super::turns::Turns;
use super::{Keychain, KeychainError, Prompt};
use crate::db::StoreKey;

/// How long is waited for a key to be deleted; the call itself goes on.
const PATIENCE: Duration = Duration::from_secs(2);

/// What a keychain has under the name of a key.
#[derive(Clone)]
pub(crate) enum FoundKeys {
    Keys(Vec<StoreKey>),
    None,
    /// Something that is no key.
    Unreadable,
}

/// A keychain, asked in order. Clones are the same one.
#[derive(Clone)]
pub(crate) struct KeychainCalls {
    keychain: Arc<dyn Keychain>,
    turns: Arc<Turns>,
}

impl KeychainCalls {
    pub(crate) fn new(keychain: Arc<dyn Keychain>) -> Self {
        Self { keychain, turns: Arc::default() }
    }

    /// What there is under this name.
    pub(crate) fn find(&self, name: &str, prompt: Prompt, answer: impl FnOnce(Result<FoundKeys, KeychainError>) + Clone + Send + 'static) {
        let (turn, name) = (self.turns.read(name), name.to_owned());
        self.on_own_thread(
            move |keychain| {
                turn.wait();
                find_keys(keychain, &name, prompt)
            },
            answer,
        );
    }

    /// The keys of this name; where there are none, this one from now on.
    pub(crate) fn find_or_keep(
        &self,
        name: &str,
        new: &StoreKey,
        prompt: Prompt,
        answer: impl FnOnce(Result<Vec<StoreKey>, KeychainError>) + Clone + Send + 'static,
    ) {
        let (turns, turn, name, new) = (Arc::clone(&self.turns), self.turns.read(name), name.to_owned(), new.clone());
        self.on_own_thread(
            move |keychain| {
                turn.wait();
                if let FoundKeys::Keys(keys) = find_keys(keychain, &name, prompt)? {
                    return Ok(keys);
                }
                let turn = turns.write(&name);
                turn.wait();
                // An earlier call may have kept one meanwhile.
                match find_keys(keychain, &name, prompt)? {
                    FoundKeys::Keys(keys) => Ok(keys),
                    FoundKeys::None | FoundKeys::Unreadable => keychain.set(&name, &new.to_hex(), prompt).map(|()| vec![new]),
                }
            },
            answer,
        );
    }

    /// Forgets the keys of this name. A deletion that takes longer is waited for here no more, and by later calls all the same.
    pub(crate) async fn erase(&self, name: &str) -> Result<(), KeychainError> {
        let (turn, name) = (self.turns.write(name), name.to_owned());
        let (answer, mut answered) = tokio::sync::mpsc::unbounded_channel();
        self.on_own_thread(
            move |keychain| {
                turn.wait();
                keychain.delete(&name)
            },
            move |result| drop(answer.send(result)),
        );
        match tokio::time::timeout(PATIENCE, answered.recv()).await {
            Ok(Some(answer)) => answer,
            Ok(None) | Err(_) => Err(KeychainError::Locked),
        }
    }

    /// On a plain thread: a prompt that nobody answers must not keep the runtime from shutting down. It always answers, however late.
    fn on_own_thread<T: Send + 'static>(
        &self,
        call: impl FnOnce(&dyn Keychain) -> Result<T, KeychainError> + Send + 'static,
        answer: impl FnOnce(Result<T, KeychainError>) + Clone + Send + 'static,
    ) {
        let keychain = Arc::clone(&self.keychain);
        let otherwise = answer.clone();
        let thread = std::thread::Builder::new().name("keychain".into()).spawn(move || {
            let result = catch_unwind(AssertUnwindSafe(|| call(&*keychain)));
            answer(result.unwrap_or_else(|_| Err(KeychainError::Failed("its own code failed".into()))));
        });
        if let Err(error) = thread {
            otherwise(Err(KeychainError::Failed(error.to_string())));
        }
    }
}

fn find_keys(keychain: &dyn Keychain, name: &str, prompt: Prompt) -> Result<FoundKeys, KeychainError> {
    let texts = keychain.get(name, prompt)?;
    let keys: Vec<_> = texts.iter().filter_map(|text| StoreKey::from_hex(text)).collect();
    Ok(match (keys.is_empty(), texts.is_empty()) {
        (false, _) => FoundKeys::Keys(keys),
        (true, true) => FoundKeys::None,
        (true, false) => FoundKeys::Unreadable,
    })
}
