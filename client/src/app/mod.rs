//! The engine: ties session, service, cache and sync together, and answers the window's commands. Each file names those above it alone.
//!
//! 1. `config`, `event`, `ipc_error`, `key_choice`, `monotonic_clock`, `data_folder`: what an engine is given, what it tells, errors as the window gets
//!    them, what the user decides where the keychain is locked, a clock that does not run backwards, and the lock on its folder. 2. `accounts`: what is remembered on disk before any store is open.
//! 3. `query_cache`: which questions are being asked, and how current their cached answers are. 4. `adapters`: the ports of session and sync over
//!    service and cache. 5. `account`: a signed-in person. 6. `shared`: the state. 7. `syncing`: the sync of an account. 8. `store_key`: the key of a store, from
//!    the keychain. 9. `session_flow`: signing in and out. 10. `engine`: [`Engine`], its start and its end. 11. `commands`: one method per command of `tenantry_model::ipc`, by its name;
//!    `relations`: those about relationships, roles, requests and the audit log.

mod config;
mod data_folder;
mod event;
mod ipc_error;
mod key_choice;
mod monotonic_clock;

mod account;
mod accounts;
mod adapters;
mod query_cache;
mod shared;

mod commands;
mod engine;
mod relations;
mod session_flow;
mod store_key;
mod syncing;

pub use config::{Browser, EngineConfig};
pub use data_folder::OpenError;
pub use engine::Engine;
pub use event::EngineEvent;
