//! A room with its signals and their tickets, as the ingest reads and writes them: loaded whole, changed in memory by
//! [`crate::domain::ingest`], saved by difference.

mod postponed;
mod reading;
mod saving;
mod watched;

pub use postponed::postpone_silence;
pub use reading::{ReportingRoom, due, failing, load, reporting, suppressions};
pub use saving::{save, say_why};
pub use watched::{RoomState, SignalKey, TicketText, Watched, WatchedRoom, WatchedSignal, WatchedTicket};
