//! The numbers that rooms are judged by (R91–R99, A22).
//!
//! 1. [`calendar`]: days and hours where a room is. [`spans`]: stretches of time. [`lives`]: when an incident was grave, and who held it. Pure.
//! 2. [`health`]: how long incidents troubled a room, day by day; computed once the day in UTC is over. [`usage`]: what meetings and calls come to, day by
//!    day; kept as they are reported.
//! 3. [`scope`]: the rooms and days of a report. [`overview`], [`by_room`]: the reports, and the latter's table as CSV. [`impact`]: meetings that met an
//!    incident. [`export`]: incidents as JSON.

mod by_room;
mod calendar;
mod export;
pub mod health;
mod impact;
mod lives;
mod overview;
mod scope;
mod spans;
pub(in crate::domain) mod usage;

pub use by_room::{csv, health, usage};
pub use export::incidents;
pub use overview::overview;
pub use scope::{Asked, Days};

#[cfg(test)]
mod tests;
