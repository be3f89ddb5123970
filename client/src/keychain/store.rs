//! What the engine needs of a keychain, and how it asks: on a thread of its own and for a limited time, since a keychain may show
//! a prompt and wait for the user.

use std::sync::Arc;
use std::time::Duration;

use zeroize::Zeroizing;

use crate::db::StoreKey;
use crate::error::Error;
use crate::random::Random;

/// How long a prompt of the keychain may stay open before the engine goes on without it.
const LIMIT: Duration = Duration::from_secs(60);

/// Why a keychain gives no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeychainError {
    #[error("there is no keychain: {0}")]
    NoKeychain(String),
    /// It is locked, and was not unlocked.
    #[error("the keychain is locked")]
    Locked,
}

/// A place for small secrets by name. Calls may block, for as long as a prompt is open.
pub trait Keychain: Send + Sync {
    /// The secret of this name; none where there is none.
    fn get(&self, name: &str) -> Result<Option<Zeroizing<String>>, KeychainError>;
    /// Keeps a secret under this name, instead of the one before.
    fn set(&self, name: &str, secret: &str) -> Result<(), KeychainError>;
    /// Forgets the secret of this name. Nothing happens where there is none.
    fn delete(&self, name: &str) -> Result<(), KeychainError>;
}

/// The key of this name; none where there is none, or where it has not the form of one.
pub(crate) async fn find_key(keychain: &Arc<dyn Keychain>, name: &str) -> Result<Option<StoreKey>, KeychainError> {
    let name = name.to_owned();
    let text = ask(keychain, move |keychain| keychain.get(&name)).await?;
    Ok(text.and_then(|text| StoreKey::from_hex(&text)))
}

/// Makes a key and keeps it under this name.
pub(crate) async fn make_key(keychain: &Arc<dyn Keychain>, name: &str, random: &dyn Random) -> Result<StoreKey, Error> {
    let key = StoreKey::random(random)?;
    let (name, text) = (name.to_owned(), key.to_hex());
    ask(keychain, move |keychain| keychain.set(&name, &text)).await?;
    Ok(key)
}

/// Forgets the key of this name.
pub(crate) async fn erase_key(keychain: &Arc<dyn Keychain>, name: &str) -> Result<(), KeychainError> {
    let name = name.to_owned();
    ask(keychain, move |keychain| keychain.delete(&name)).await
}

async fn ask<T: Send + 'static>(
    keychain: &Arc<dyn Keychain>,
    call: impl FnOnce(&dyn Keychain) -> Result<T, KeychainError> + Send + 'static,
) -> Result<T, KeychainError> {
    let keychain = Arc::clone(keychain);
    let (answer, asked) = tokio::sync::oneshot::channel();
    // A plain thread: a prompt that nobody answers must not keep the runtime from shutting down.
    std::thread::Builder::new()
        .name("keychain".into())
        .spawn(move || answer.send(call(&*keychain)).is_ok())
        .map_err(|error| KeychainError::NoKeychain(error.to_string()))?;
    match tokio::time::timeout(LIMIT, asked).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(_)) => Err(KeychainError::NoKeychain("the keychain's own code failed".into())),
        Err(_) => Err(KeychainError::Locked),
    }
}
