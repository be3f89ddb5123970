//! Signals in, incidents out (R67–R79, A12, A14, A15).
//!
//! 1. [`rules`]: how a reading, time, suppression or enrolment changes one room. Pure.
//! 2. [`reports`]: a device's report, and what falls due with time, each in one transaction.
//! 3. [`enrolment`]: a device registers itself; [`keys`], [`issuing`]: the keys that it does so with. [`events`], [`usage`]: what it reports that is no signal.
//!    [`updates`]: which versions it runs, and how its updates go.
//! 4. [`ticket_text`]: the text of a signal's ticket.
//!
//! An event counts from the time when it fell due, not from when it was processed: a service that was down or late comes to the same tickets
//! with the same times.

pub mod enrolment;
pub mod events;
pub(crate) mod issuing;
pub mod keys;
pub mod reports;
pub mod rules;
pub(crate) mod ticket_text;
pub mod updates;
pub mod usage;

pub use rules::{CLOSE_AFTER, OFFLINE_AFTER, SEEN_EVERY, SILENT_AFTER};
pub(crate) use ticket_text::ticket_text;
