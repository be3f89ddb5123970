//! The operating system's keychain, which keeps the key of the local store and nothing else.
//!
//! 1. `store`: what a keychain must do. 2. `secret_service`, `native`: the real ones, of Linux and of the other systems. 3. `memory`: one for tests. `macos_status`: the codes of macOS.

#[cfg(any(target_os = "macos", test))]
mod macos_status;
mod memory;
#[cfg(not(target_os = "linux"))]
mod native;
#[cfg(target_os = "linux")]
mod secret_service;
mod store;

pub use memory::MemoryKeychain;
#[cfg(not(target_os = "linux"))]
pub use native::OsKeychain;
#[cfg(target_os = "linux")]
pub use secret_service::OsKeychain;
pub(crate) use store::{FoundKeys, erase_key, find_keys, keep_key, on_own_thread};
pub use store::{Keychain, KeychainError, Prompt};

/// What secrets are filed under.
const SERVICE: &str = "Tenantry";
