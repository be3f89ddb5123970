//! The log of changes: every transaction records what it changed, sync and event streams read it.

pub mod audiences;
mod reading;
mod recording;

pub use reading::{Horizon, LoggedChange, between, concerning, count_concerning, horizon, reaches_back_to};
pub use recording::{Change, ChangeKind, RightsChange};
