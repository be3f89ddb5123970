//! What a first start fills the database with: customers, people, rooms, and ninety days in which rooms failed and recovered.
//!
//! [`size`] says how much, [`history`] generates each room's past by the rules of ingest, [`seeding`] writes it, and [`threads`] adds
//! recorded issues and messages.

mod history;
mod seeding;
mod size;
mod threads;

pub(super) use history::{House, device_of};
pub(super) use seeding::fill;
pub use size::EstateSize;
