//! The keychain of the operating system: Keychain on macOS, Credential Manager on Windows.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};

use keyring_core::api::CredentialStoreApi;
use keyring_core::{Entry, Error as KeyringError};
use zeroize::Zeroizing;

use super::{Keychain, KeychainError, Prompt, SERVICE};

/// The operating system's own. Opened anew for each call, since it may come and go while the app runs.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsKeychain;

/// One call at a time: neither store can be told to show no prompt, so a call that may show none must not add a second to one that is open.
static ASKING: Mutex<()> = Mutex::new(());

fn turn(prompt: Prompt) -> Result<MutexGuard<'static, ()>, KeychainError> {
    match (prompt, ASKING.try_lock()) {
        (_, Ok(turn)) => Ok(turn),
        (_, Err(TryLockError::Poisoned(turn))) => Ok(turn.into_inner()),
        (Prompt::Never, Err(TryLockError::WouldBlock)) => Err(KeychainError::Locked),
        (Prompt::Allowed, Err(TryLockError::WouldBlock)) => Ok(ASKING.lock().unwrap_or_else(PoisonError::into_inner)),
    }
}

fn entry(name: &str) -> Result<Entry, KeychainError> {
    let modifiers = HashMap::from_iter(MODIFIERS.iter().copied());
    store()?.build(SERVICE, name, Some(&modifiers).filter(|modifiers| !modifiers.is_empty())).map_err(refused)
}

/// Windows: left alone, an entry roams with the user's profile to other machines (`CRED_PERSIST_ENTERPRISE`), and the key of this machine's files with it.
const MODIFIERS: &[(&str, &str)] = if cfg!(windows) { &[("persistence", "Local")] } else { &[] };

#[cfg(target_os = "macos")]
fn store() -> Result<std::sync::Arc<impl CredentialStoreApi>, KeychainError> {
    apple_native_keyring_store::keychain::Store::new().map_err(refused)
}

#[cfg(windows)]
fn store() -> Result<std::sync::Arc<impl CredentialStoreApi>, KeychainError> {
    windows_native_keyring_store::Store::new().map_err(refused)
}

impl Keychain for OsKeychain {
    fn get(&self, name: &str, prompt: Prompt) -> Result<Vec<Zeroizing<String>>, KeychainError> {
        let _turn = turn(prompt)?;
        let secret = |entry: &Entry| match entry.get_password() {
            Ok(secret) => Ok(vec![Zeroizing::new(secret)]),
            Err(KeyringError::NoEntry) => Ok(vec![]),
            // No text, so none that this app wrote.
            Err(KeyringError::BadEncoding(_) | KeyringError::BadDataFormat(..)) => Ok(vec![Zeroizing::default()]),
            Err(error) => Err(error),
        };
        match secret(&entry(name)?) {
            Err(KeyringError::Ambiguous(entries)) => {
                Ok(entries.iter().map(secret).collect::<Result<Vec<_>, _>>().map_err(refused)?.into_iter().flatten().collect())
            }
            answer => answer.map_err(refused),
        }
    }

    fn set(&self, name: &str, secret: &str, prompt: Prompt) -> Result<(), KeychainError> {
        let _turn = turn(prompt)?;
        let entry = entry(name)?;
        match entry.set_password(secret) {
            Err(KeyringError::Ambiguous(entries)) => {
                delete_all(&entries)?;
                entry.set_password(secret).map_err(refused)
            }
            answer => answer.map_err(refused),
        }
    }

    fn delete(&self, name: &str) -> Result<(), KeychainError> {
        let _turn = turn(Prompt::Allowed)?;
        match entry(name)?.delete_credential() {
            Ok(()) | Err(KeyringError::NoEntry) => Ok(()),
            Err(KeyringError::Ambiguous(entries)) => delete_all(&entries),
            Err(error) => Err(refused(error)),
        }
    }
}

fn delete_all(entries: &[Entry]) -> Result<(), KeychainError> {
    entries.iter().try_for_each(Entry::delete_credential).map_err(refused)
}

fn refused(error: KeyringError) -> KeychainError {
    #[cfg(target_os = "macos")]
    if let KeyringError::PlatformFailure(cause) | KeyringError::NoStorageAccess(cause) = &error
        && let Some(status) = cause.downcast_ref::<security_framework::base::Error>()
    {
        return super::macos_status::meaning(status.code());
    }
    match error {
        KeyringError::NoStorageAccess(_) => KeychainError::Locked,
        KeyringError::PlatformFailure(cause) => KeychainError::Failed(cause.to_string()),
        KeyringError::NoDefaultStore | KeyringError::NotSupportedByStore(_) => KeychainError::NoKeychain("this system has none".into()),
        // Of the rest only the kind: a message may quote what is stored.
        _ => KeychainError::Failed("the keychain refused".into()),
    }
}
