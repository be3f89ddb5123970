//! Signals in, incidents out (R67–R79, A12, A14, A15).
//!
//! 1. [`rules`]: what a reading, a passing moment, a suppression or an enrolment does to one room. Pure, and the heart of it.
//! 2. [`reports`]: a device's report, and the work that time alone brings, each in one transaction.
//! 3. [`enrolment`]: a device introduces itself; [`keys`]: by which key it may.
//! 4. [`words`]: what a ticket says.
//!
//! Events count from the moment when they fell due, not from when they were worked off: a service that was down, or that worked late,
//! comes to the same tickets with the same times.

pub(crate) mod enrolment;
pub(crate) mod keys;
pub mod reports;
pub mod rules;
mod words;

#[cfg(test)]
mod oracle;

pub use rules::{CLOSE_AFTER, OFFLINE_AFTER, SEEN_EVERY, SILENT_AFTER};
pub(crate) use words::ticket_text;
