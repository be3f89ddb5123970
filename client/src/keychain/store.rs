//! What the engine needs of a keychain.

use zeroize::Zeroizing;

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
