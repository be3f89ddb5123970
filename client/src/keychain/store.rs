//! What the engine needs of a keychain, and how it asks: on a thread of its own, since a keychain may show a prompt and wait for the user.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use zeroize::Zeroizing;

use crate::db::StoreKey;

/// How long is waited for a key to be deleted; the call itself goes on.
const PATIENCE: Duration = Duration::from_secs(2);

/// Why a keychain gives no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeychainError {
    /// Nothing answers as one.
    #[error("there is no keychain: {0}")]
    NoKeychain(String),
    /// It is locked, and was not unlocked.
    #[error("the keychain is locked")]
    Locked,
    /// The user, or the system for them, refused access.
    #[error("access to the keychain was refused")]
    Refused,
    /// It failed at something that should have worked.
    #[error("the keychain failed: {0}")]
    Failed(String),
}

/// Whether a keychain may show a prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prompt {
    /// Where it is locked, it may ask the user, and the call takes as long as they do.
    Allowed,
    /// Where it is locked, it answers so.
    Never,
}

/// A place for small secrets by name. Calls may block, for as long as a prompt is open.
pub trait Keychain: Send + Sync {
    /// The secrets of this name: none, one, or several where something else wrote there too, the one that was changed last first.
    fn get(&self, name: &str, prompt: Prompt) -> Result<Vec<Zeroizing<String>>, KeychainError>;
    /// Keeps a secret under this name, instead of those before.
    fn set(&self, name: &str, secret: &str, prompt: Prompt) -> Result<(), KeychainError>;
    /// Forgets the secrets of this name. Nothing happens where there is none.
    fn delete(&self, name: &str) -> Result<(), KeychainError>;
}

/// What a keychain has under the name of a key.
#[derive(Clone)]
pub(crate) enum FoundKeys {
    Keys(Vec<StoreKey>),
    None,
    /// Something that is no key.
    Unreadable,
}

pub(crate) fn find_keys(keychain: &dyn Keychain, name: &str, prompt: Prompt) -> Result<FoundKeys, KeychainError> {
    let texts = keychain.get(name, prompt)?;
    let keys: Vec<_> = texts.iter().filter_map(|text| StoreKey::from_hex(text)).collect();
    Ok(match (keys.is_empty(), texts.is_empty()) {
        (false, _) => FoundKeys::Keys(keys),
        (true, true) => FoundKeys::None,
        (true, false) => FoundKeys::Unreadable,
    })
}

pub(crate) fn keep_key(keychain: &dyn Keychain, name: &str, key: &StoreKey, prompt: Prompt) -> Result<(), KeychainError> {
    keychain.set(name, &key.to_hex(), prompt)
}

/// Forgets the key of this name. One that takes longer is waited for no more, and forgotten all the same.
pub(crate) async fn erase_key(keychain: &Arc<dyn Keychain>, name: &str) -> Result<(), KeychainError> {
    let name = name.to_owned();
    let (answer, mut answered) = tokio::sync::mpsc::unbounded_channel();
    on_own_thread(keychain, move |keychain| keychain.delete(&name), move |result| drop(answer.send(result)));
    match tokio::time::timeout(PATIENCE, answered.recv()).await {
        Ok(Some(answer)) => answer,
        Ok(None) | Err(_) => Err(KeychainError::Locked),
    }
}

/// Asks on a plain thread: a prompt that nobody answers must not keep the runtime from shutting down. It always answers, however late.
pub(crate) fn on_own_thread<T: Send + 'static>(
    keychain: &Arc<dyn Keychain>,
    call: impl FnOnce(&dyn Keychain) -> Result<T, KeychainError> + Send + 'static,
    answer: impl FnOnce(Result<T, KeychainError>) + Clone + Send + 'static,
) {
    let keychain = Arc::clone(keychain);
    let otherwise = answer.clone();
    let thread = std::thread::Builder::new().name("keychain".into()).spawn(move || {
        let result = catch_unwind(AssertUnwindSafe(|| call(&*keychain)));
        answer(result.unwrap_or_else(|_| Err(KeychainError::Failed("its own code failed".into()))));
    });
    if let Err(error) = thread {
        otherwise(Err(KeychainError::Failed(error.to_string())));
    }
}
