//! What a first start fills the database with: customers, people, rooms, and ninety days in which rooms failed and recovered.
//!
//! [`size`] says how much, [`history`] lets each room live through its days by the rules of the ingest, [`seeding`] writes, and
//! [`threads`] adds what people and the service said.

mod history;
mod seeding;
mod size;
mod threads;

pub(super) use history::{House, device_of};
pub(super) use seeding::fill;
pub use size::EstateSize;
