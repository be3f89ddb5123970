//! What the app and the service share: parsed types, states, rights, and the words they speak to each other.
//!
//! Pure: no clock, no I/O, no randomness of its own, and it builds for `wasm32`. Read it in this order:
//!
//! 1. [`id`], [`text`], [`time`]: the small parsed values. One more id: a line in `id.rs`. [`search`], [`collation`]: how texts are found and sorted.
//! 2. [`tenancy`], [`permission`], [`role`], [`room`], [`update_ring`], [`update`], [`signal`], [`incident`], [`attachment`], [`report`]: the domain's nouns.
//! 3. [`access`]: the one function that decides who may do what (R57).
//! 4. [`api`], [`audit`], [`sync`], [`problem`]: what travels between app and service.
//! 5. [`filter`]: the language in which lists are narrowed. [`ipc`]: what travels between the app's window and its engine.

#![warn(missing_docs)]

pub mod collation;
pub mod id;
pub mod search;
pub mod text;
pub mod time;
pub mod word;

pub mod attachment;
pub mod incident;
pub mod name;
pub mod permission;
pub mod report;
mod requested;
pub mod role;
pub mod room;
pub mod signal;
pub mod tenancy;
pub mod update;
pub mod update_ring;

pub mod access;

pub mod api;
pub mod audit;
pub mod problem;
pub mod sync;

pub mod filter;
pub mod ipc;
