//! The keychain of the operating system: Secret Service on Linux, Keychain on macOS, Credential Manager on Windows.

use keyring_core::api::CredentialStoreApi;
use keyring_core::{Entry, Error as KeyringError};
use zeroize::Zeroizing;

use super::{Keychain, KeychainError};

/// What secrets are filed under.
const SERVICE: &str = "Tenantry";

/// The operating system's own. Opened anew for each call, since it may come and go while the app runs.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsKeychain;

impl OsKeychain {
    fn entry(name: &str) -> Result<Entry, KeychainError> {
        store()?.build(SERVICE, name, None).map_err(refused)
    }
}

#[cfg(target_os = "linux")]
fn store() -> Result<std::sync::Arc<impl CredentialStoreApi>, KeychainError> {
    zbus_secret_service_keyring_store::Store::new().map_err(refused)
}

#[cfg(target_os = "macos")]
fn store() -> Result<std::sync::Arc<impl CredentialStoreApi>, KeychainError> {
    apple_native_keyring_store::keychain::Store::new().map_err(refused)
}

#[cfg(windows)]
fn store() -> Result<std::sync::Arc<impl CredentialStoreApi>, KeychainError> {
    windows_native_keyring_store::Store::new().map_err(refused)
}

impl Keychain for OsKeychain {
    fn get(&self, name: &str) -> Result<Option<Zeroizing<String>>, KeychainError> {
        match Self::entry(name)?.get_password() {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(KeyringError::NoEntry) => Ok(None),
            Err(error) => Err(refused(error)),
        }
    }

    fn set(&self, name: &str, secret: &str) -> Result<(), KeychainError> {
        Self::entry(name)?.set_password(secret).map_err(refused)
    }

    fn delete(&self, name: &str) -> Result<(), KeychainError> {
        match Self::entry(name)?.delete_credential() {
            Ok(()) | Err(KeyringError::NoEntry) => Ok(()),
            Err(error) => Err(refused(error)),
        }
    }
}

fn refused(error: KeyringError) -> KeychainError {
    match error {
        KeyringError::NoStorageAccess(_) => KeychainError::Locked,
        // Of the rest only the kind: a message may quote what is stored.
        KeyringError::PlatformFailure(cause) => KeychainError::NoKeychain(cause.to_string()),
        KeyringError::BadEncoding(_) | KeyringError::BadDataFormat(..) => KeychainError::NoKeychain("an entry cannot be read".into()),
        _ => KeychainError::NoKeychain("the keychain refused".into()),
    }
}
