//! What `GET /v1/sync` answers. The invariant: after applying a checkpoint, the cache holds exactly what the service would have shown this
//! user in one state of the database.
//!
//! 1. [`start`] reads the cursor: the first time, or where to go on; one that cannot be continued is refused before the first line.
//! 2. [`answer`] writes the lines, all from one read transaction: a snapshot, or what changed ([`changed`]), then history ([`history`]).
//!
//! Lines carry present state, never differences, so that applying them twice is harmless. What the caller may not see now and could not
//! see at the cursor gets no line at all: the log names it, the answer does not. That follows from [`crate::store::ChangeKind`]: whatever
//! changes what somebody may see is recorded as a change of rights, and resets the customer for them.

mod answer;
mod changed;
mod cursor;
mod customer;
mod history;
mod writer;

pub use answer::answer;
pub use cursor::{Start, is_long, start};
pub use writer::{Chunk, LineWriter};
