//! What `GET /v1/sync` answers. The invariant: after applying a checkpoint, the cache holds exactly what the service would have shown this
//! user in one state of the database, of what a cache keeps (A40, [`tenantry_model::sync::Kept`]) and has been sent to begin with.
//!
//! 1. [`start`] reads the cursor: the first time, or where to go on; one that cannot be continued is refused before the first line.
//! 2. [`answer`] writes the lines, all from one read transaction: a snapshot of customers and open incidents; or what changed ([`changed`]), then
//!    the next page of what a snapshot leaves for later ([`history`]): rooms and inactive incidents. Who takes them gets what they have read as well
//!    ([`marks`]), and what they have saved ([`views`]).
//!
//! Lines carry present state, never differences, so that applying them twice is harmless, and so are changes of what is still to be sent. What the
//! caller may not see now and could not see at the cursor gets no line at all: the log names it, the answer does not. That follows from
//! [`crate::store::ChangeKind`]: whatever changes what somebody may see is recorded as a change of rights, and resets the customer for them.
//! What only grew older gets no line either: the cache itself drops it, by the same rule, at the checkpoint's time.

mod answer;
mod changed;
mod cursor;
mod history;
mod marks;
mod marks_along;
mod rows;
mod views;
mod writer;

pub use answer::answer;
pub use cursor::{Start, is_long, start};
pub use writer::{Chunk, LineWriter, Takes};
