//! The engine: ties session, service, cache and sync together, and answers the window's commands.
//!
//! 1. `engine`: [`Engine`], its configuration, its start and its end. 2. `commands`: one method per command of `tenantry_model::ipc`.
//! 3. `account`: a signed-in person with their cache, tokens and sync. 4. `accounts`: what is remembered on disk before any store is open.
//! 5. `session_flow`: signing in and out. 6. `adapters`: the ends of sync and session tied to service and cache. 7. `ipc_error`: errors as the
//!    window gets them. 8. `relations`: commands about relationships, roles, requests and the audit log, and the kept answers to them.
//! 9. `monotonic_clock`: the present moment, never running backwards.

mod account;
mod accounts;
mod adapters;
mod commands;
mod engine;
mod ipc_error;
mod monotonic_clock;
mod relations;
mod session_flow;

pub use engine::{Browser, Engine, EngineConfig, EngineEvent};
