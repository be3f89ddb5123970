//! The operating system's keychain, which keeps the key of the local store and nothing else.
//!
//! 1. `store`: what a keychain must do. 2. `os`: the real ones. 3. `memory`: one for tests.

mod memory;
mod os;
mod store;

pub use memory::MemoryKeychain;
pub use os::OsKeychain;
pub use store::{Keychain, KeychainError};
pub(crate) use store::{erase_key, find_key, make_key};
