//! What a first start fills the database with: customers, people, rooms, and ninety days in which rooms failed and recovered.
//!
//! [`size`] says how much, [`history`] generates each room's past by the rules of ingest, [`seeding`] writes it, and [`threads`] adds
//! recorded issues and messages, [`happenings`] what is no incident, [`own_settings`] what a customer set for itself, [`usage`] meetings and calls. [`unfinished`] tells an estate that was
//! interrupted from one that is whole.

pub(super) mod happenings;
mod history;
mod own_settings;
mod seeding;
mod size;
mod threads;
pub(super) mod unfinished;
pub(super) mod updates;
pub(super) mod usage;

pub(super) use history::{House, device_of};
pub(super) use seeding::fill;
pub use size::EstateSize;
