//! The desktop's engine, with no window: sign-in, service client, encrypted cache, sync.
//!
//! One way only: [`app`] may use `session`, `service`, `cache` and `sync`; those four know the model and the small things below,
//! and not each other. What `sync` needs of the network and of the cache it names in its own traits; `app` ties the ends together.
//!
//! 1. [`error`], [`clock`], [`keychain`], [`raw_json`], `random`, `transport`, `system_proxy`, `db`: what all parts share, and what they need of the machine.
//! 2. `service`: the typed HTTP client.
//! 3. `session`: signing in, and keeping signed in.
//! 4. `cache`: the encrypted store, and every query that a screen asks.
//! 5. `sync`: what keeps the cache current.
//! 6. [`app`]: [`app::Engine`], with one method per command of `tenantry_model::ipc`.
//!
//! One more command: the query in `cache` (or the call in `service`), then the method on the engine in `app`.

pub mod clock;
mod db;
pub mod error;
pub mod keychain;
mod random;
pub mod raw_json;
#[cfg(target_os = "linux")]
mod system_proxy;
mod transport;

mod cache;
mod outbox;
mod service;
mod session;
mod sync;

pub mod app;
