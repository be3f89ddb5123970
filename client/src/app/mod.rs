//! The engine: ties session, service, cache and sync together, and answers the window's commands. Each file names those above it alone.
//!
//! 1. `config`, `event`, `ipc_error`, `store_choice`, `monotonic_clock`, `data_folder`, `suppression`: what an engine is given, what it tells, errors as the window gets
//!    them, what the user decides while a store cannot be opened, a clock that does not run backwards, the lock on its folder, and whether what is suppressed is as it was read. 2. `accounts`: what is
//!    remembered on disk before any store is open.
//! 3. `query_cache`: which questions are being asked, and how current their cached answers are; `asked_incidents`: for which incidents the service is
//!    being asked. 4. `adapters`: the ports of session and sync over
//!    service and cache. 5. `account`: a signed-in person. 6. `shared`: the state. 7. `syncing`: the sync of an account; `telling_marks`: what was read here, told to the service. 8. `store_key`, `disk_wait`: the key
//!    of a store, from the keychain, and waiting for a disk that does not let it be opened. 9. `opening`: the store of whoever was signed in last.
//!    10. `admission`, `session_flow`: letting somebody in; signing in and out. 11. `engine`: [`Engine`], its start and its end. 12. `commands`: one method
//!    per command of `tenantry_model::ipc`, by its name; `incident`: the one that opens an incident; `delivery`: what is sent from the outbox, and by `dispatch` with `suppress_request` how; `relations`: those about relationships, roles, requests and the audit log; `bulk`: one action at many incidents; `saved_views`: filters that the user saved; `transfers`: files of incidents, on
//!    their way, each written by way of a `draft_file`.

mod config;
mod data_folder;
mod event;
mod ipc_error;
mod monotonic_clock;
mod store_choice;
mod suppression;

mod account;
mod accounts;
mod adapters;
mod asked_incidents;
mod outgoing;
mod query_cache;
mod shared;

mod admission;
mod bulk;
mod commands;
mod delivery;
mod disk_wait;
mod dispatch;
mod draft_file;
mod engine;
mod incident;
mod opening;
mod outbox_commands;
mod outbox_events;
mod relations;
mod saved_views;
mod session_flow;
mod store_key;
mod suppress_request;
mod syncing;
mod telling_marks;
mod transfers;

pub use config::{Browser, EngineConfig};
pub use data_folder::OpenError;
pub use engine::Engine;
pub use event::EngineEvent;
