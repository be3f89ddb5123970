//! The shell: one window around the engine. The only place that names `tauri`.
//!
//! 1. `start`: from the command line to the running app.
//! 2. `shell`: what surrounds the window: display, folders, log, single instance, opener, places.
//! 3. `commands`: adapters from the window to the engine, one file per area.
//!
//! One more command: declare it in `tenantry_model::ipc`, write its adapter, name that in `commands::handlers!`, and permit it in
//! `capabilities/main.json`. A test fails while one of these is missing.

mod commands;
mod shell;
mod start;

pub use start::start;
