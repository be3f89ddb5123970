//! What keeps the cache current. The protocol and the invariant: docs/sync.md.
//!
//! 1. `plan`: pure; what to do after an answer or a failure, and how long to wait. 2. `ports`: what the loop needs of the network and of
//!    the cache. 3. `run`: the one loop that does the I/O.

mod plan;
mod ports;
mod run;

pub(crate) use ports::{Applied, Bytes, Local, Received, Remote, Reporter};
pub(crate) use run::{Loop, Wake};
