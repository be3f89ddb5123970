//! Incidents.
//!
//! 1. [`read`]: as far as their reader may see them. 2. [`issues`]: what people record, edit and close. 3. [`thread`]: messages, and whose turn it is. 4. [`claims`]: who
//!    works on it. 5. [`snoozes`]: what is out of sight. 6. [`attachments`]: files.
//!    Tickets of signals open, resolve and close by [`crate::domain::ingest`]. The log never has the text of a message or an issue, and no name of a file.

pub mod attachments;
pub mod claims;
mod found;
pub mod issues;
pub mod read;
pub mod snoozes;
pub mod thread;
