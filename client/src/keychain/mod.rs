//! The operating system's keychain, which keeps the key of the local store and nothing else.
//!
//! 1. `store`: what a keychain must do. 2. `calls`, `turns`: how the engine asks it. 3. `secret_service`, `native`: the real ones, of Linux and of the
//!    other systems. 4. `memory`: one for tests. `macos_status`: the codes of macOS.

mod calls;
#[cfg(any(target_os = "macos", test))]
mod macos_status;
mod memory;
#[cfg(not(target_os = "linux"))]
mod native;
#[cfg(target_os = "linux")]
mod secret_service;
mod store;
mod turns;

pub(crate) use calls::{FoundKeys, KeychainCalls};
pub use memory::MemoryKeychain;
#[cfg(not(target_os = "linux"))]
pub use native::OsKeychain;
#[cfg(target_os = "linux")]
pub use secret_service::OsKeychain;
pub use store::{Keychain, KeychainError, Prompt};

/// What secrets are filed under.
const SERVICE: &str = "Tenantry";
