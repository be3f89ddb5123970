//! The keychain of Linux: whatever answers as the Secret Service on the session bus.

use std::collections::HashMap;

use secret_service::blocking::{Collection, Item, SecretService};
use secret_service::{EncryptionType, Error as ServiceError};
use zeroize::Zeroizing;

use super::{Keychain, KeychainError, Prompt, SERVICE};

/// What the specification calls the collection for new items.
const DEFAULT: &str = "default";
const CONTENT_TYPE: &str = "application/octet-stream";

/// The operating system's own. Opened anew for each call, since it may come and go while the app runs.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsKeychain;

impl Keychain for OsKeychain {
    fn get(&self, name: &str, prompt: Prompt) -> Result<Vec<Zeroizing<String>>, KeychainError> {
        let service = connect()?;
        // An item whose secret is no text is none that this app wrote.
        let secret = |item: &Item| Ok(String::from_utf8(item.get_secret()?).map(Zeroizing::new).unwrap_or_default());
        items(&service, name, prompt)?.iter().map(secret).collect::<Result<_, ServiceError>>().map_err(refused)
    }

    fn set(&self, name: &str, secret: &str, prompt: Prompt) -> Result<(), KeychainError> {
        let service = connect()?;
        let items = items(&service, name, prompt)?;
        let Some((kept, others)) = items.split_first() else {
            let collection = new_items(&service, prompt)?;
            let label = format!("{SERVICE}: {name}");
            collection.create_item(&label, attributes(name), secret.as_bytes(), true, CONTENT_TYPE).map_err(refused)?;
            return Ok(());
        };
        kept.set_secret(secret.as_bytes(), CONTENT_TYPE).map_err(refused)?;
        others.iter().try_for_each(Item::delete).map_err(refused)
    }

    fn delete(&self, name: &str) -> Result<(), KeychainError> {
        let service = connect()?;
        items(&service, name, Prompt::Allowed)?.iter().try_for_each(Item::delete).map_err(refused)
    }
}

fn connect() -> Result<SecretService<'static>, KeychainError> {
    SecretService::connect(EncryptionType::Dh).map_err(refused)
}

fn attributes(name: &str) -> HashMap<&str, &str> {
    HashMap::from([("service", SERVICE), ("username", name)])
}

/// The items of this name, unlocked, the one that was changed last first. Two programs, or a keychain that was restored beside the present one,
/// can leave several.
fn items<'a>(service: &'a SecretService<'_>, name: &str, prompt: Prompt) -> Result<Vec<Item<'a>>, KeychainError> {
    let search = || service.search_items(attributes(name)).map_err(refused);
    let mut found = search()?;
    if found.unlocked.is_empty() && found.locked.is_empty() && unlock_default(service, prompt)? {
        // Not every service finds what is in a locked collection.
        found = search()?;
    }
    if !found.locked.is_empty() {
        if prompt == Prompt::Never {
            return Err(KeychainError::Locked);
        }
        service.unlock_all(&found.locked.iter().collect::<Vec<_>>()).map_err(refused)?;
        found = search()?;
        if found.unlocked.is_empty() && !found.locked.is_empty() {
            return Err(KeychainError::Locked);
        }
    }
    let mut items = found.unlocked;
    // Where the service does not say when, its own order stays.
    items.sort_by_key(|item| std::cmp::Reverse(item.get_modified().unwrap_or_default()));
    Ok(items)
}

/// Unlocks the default collection where it is locked. Answers whether it was.
fn unlock_default(service: &SecretService<'_>, prompt: Prompt) -> Result<bool, KeychainError> {
    match service.get_collection_by_alias(DEFAULT) {
        Err(ServiceError::NoResult) => Ok(false),
        Err(error) => Err(refused(error)),
        Ok(collection) => unlock(&collection, prompt),
    }
}

fn unlock(collection: &Collection<'_>, prompt: Prompt) -> Result<bool, KeychainError> {
    if !collection.is_locked().map_err(refused)? {
        return Ok(false);
    }
    if prompt == Prompt::Never {
        return Err(KeychainError::Locked);
    }
    collection.unlock().map_err(refused)?;
    // A prompt that is closed is no error to every service.
    collection.ensure_unlocked().map_err(refused)?;
    Ok(true)
}

/// The collection for new items; where there is none yet, the service asks the user for its password.
fn new_items<'a>(service: &'a SecretService<'_>, prompt: Prompt) -> Result<Collection<'a>, KeychainError> {
    match service.get_collection_by_alias(DEFAULT) {
        Err(ServiceError::NoResult) if prompt == Prompt::Never => Err(KeychainError::Locked),
        Err(ServiceError::NoResult) => service.create_collection("Default", DEFAULT).map_err(refused),
        Err(error) => Err(refused(error)),
        Ok(collection) => {
            unlock(&collection, prompt)?;
            Ok(collection)
        }
    }
}

fn refused(error: ServiceError) -> KeychainError {
    match error {
        ServiceError::Locked | ServiceError::Prompt | ServiceError::PromptDisconnected => KeychainError::Locked,
        ServiceError::Unavailable => KeychainError::NoKeychain(error.to_string()),
        error => {
            let text = error.to_string();
            // Errors of the bus itself: nobody answers to the name, or whoever did went away.
            let is_of_the_bus = text.contains("org.freedesktop.DBus.Error.")
                || matches!(error, ServiceError::Zbus(_)) && !text.contains("org.freedesktop.Secret");
            if text.contains("org.freedesktop.Secret.Error.IsLocked") {
                KeychainError::Locked
            } else if is_of_the_bus {
                KeychainError::NoKeychain(text)
            } else {
                KeychainError::Failed(text)
            }
        }
    }
}
