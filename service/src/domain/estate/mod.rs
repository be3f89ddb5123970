//! Changes of the estate: tenants, people, relationships, roles, rooms, issues.
//!
//! Each function is one change within a transaction that the caller commits. It checks that what it names exists and belongs together,
//! writes, and records what others must look at again; who may ask for it is the caller's business. [`EstateChange`] is the same as data.
//!
//! One more change: a variant in [`change`], a function in the file of its noun, a row in the table of [`crate::store::ChangeKind`] if it
//! shows in a new place.

pub mod change;
pub mod issues;
pub mod people;
pub mod relationships;
pub mod roles;
pub mod rooms;
pub mod tenants;

#[cfg(test)]
mod tests;

pub(crate) use change::placed;
pub use change::{EstateChange, Outcome, apply, apply_all};
