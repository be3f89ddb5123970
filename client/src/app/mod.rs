//! The engine: ties session, service, cache and sync together, and answers the window's commands.
//!
//! 1. `engine`: [`Engine`], its configuration, its start and its end. 2. `commands`: one method per command of `tenantry_model::ipc`.
//! 3. `account`: a signed-in person with their cache, tokens and sync. 4. `accounts`: what is remembered on disk before any store is open.
//! 5. `entrance`: signing in and out. 6. `wires`: the ends of sync and session tied to service and cache. 7. `refusal`: errors as the
//!    window gets them. 8. `relations`: commands about relationships, roles, requests and the audit log, and the kept answers to them.
//! 9. `watch`: the present moment, never running backwards.

mod account;
mod accounts;
mod commands;
mod engine;
mod entrance;
mod refusal;
mod relations;
mod watch;
mod wires;

pub use engine::{Browser, Engine, EngineConfig, EngineEvent};
