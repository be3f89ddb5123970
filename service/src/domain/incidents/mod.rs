//! Incidents.
//!
//! 1. [`read`]: as far as their reader may see them. 2. [`write`]: issues that people record, and the threads of all incidents. Tickets of signals
//!    open, resolve and close by [`crate::domain::ingest`].

pub mod read;
pub mod write;
