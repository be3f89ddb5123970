//! The shell: one window around the engine. The only place that names `tauri`.
//!
//! 1. `start`: from the command line to the running app.
//! 2. `shell`: what surrounds the window: display, folders, log, single instance, opener, places.
//! 3. `commands`: adapters from the window to the engine, made from the list of commands in `tenantry_model::ipc`; `build.rs` makes the
//!    window's permissions from the same list.

mod commands;
mod shell;
mod start;

pub use start::start;
