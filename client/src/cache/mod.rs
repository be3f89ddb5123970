//! The encrypted store of one signed-in person, and every query that a screen asks.
//!
//! One connection, owned by one thread (`db::worker`); whoever wants something sends it a closure. No transaction ever outlives its closure,
//! so nobody reads a half-applied answer.
//!
//! - Opening: `store` (what the thread owns, rebuilding it), `schema.sql`, `answers.sql`, `refold.sql` with `refold`, `kept.sql`, `snoozed.sql`, `told.sql`, `aged.sql` (append-only migrations;
//!   one more: a line in `store::steps`), `before` (rows of earlier versions).
//! - Writing: `spool` (an answer of the sync while it arrives), `apply` (the whole of it), `incidents` (the tables of incidents), `keeping` (how long what is kept of them), `touches` (what changed), `waking` (what was snoozed comes back), `body`, `packed` and `compact` (how they are kept), `meta` (single values),
//!   `marks` (what was read, and what of that the service knows), `views` (saved filters).
//! - Both: `answers` (what the service said last to each question that is not synced).
//! - Reading: `freshness` (A28), `customers`, `detail`, the room list: `room_entry` and `room_index` (rooms in memory) with `rooms`, and the incident list: `entry` (what is known of a row without reading it),
//!   `index` (open rows in memory), `history` (the others by SQL), `words` with `hosts` and `history_words` (what holds the words of a search), `sieve` (whether a row holds a filter), `counts` (of several filters at once), `list` (count, sort, group,
//!   cut), `names` (which names a filter means), `page` (the rows as they cross to the window), `selected` and `selected_rooms` (all that match, for bulk actions). The command palette: `palette`, with `room_names`
//!   and `people`, who are in `authors`, too.

mod answers;
mod apply;
mod authors;
mod before;
mod body;
mod compact;
mod counts;
mod customers;
mod detail;
mod entry;
mod freshness;
mod history;
mod history_words;
mod hosts;
mod incidents;
mod index;
mod keeping;
mod likeness;
mod list;
mod marks;
mod meta;
mod names;
mod packed;
mod page;
mod palette;
mod people;
mod refold;
mod room_entry;
mod room_index;
mod room_names;
mod room_sieve;
mod rooms;
mod selected;
mod selected_rooms;
mod sieve;
mod spool;
mod store;
mod touches;
mod views;
mod waking;
mod words;

#[cfg(test)]
mod tests;

pub(crate) use answers::{CachedAnswer, Invalidations, StoreOutcome};
pub(crate) use counts::RoomsCounted;
pub(crate) use freshness::Contact;
pub(crate) use marks::AllRead;
pub(crate) use selected::{Selected, SelectedCustomer};
pub(crate) use selected_rooms::SelectedRoom;
pub(crate) use spool::Spool;
pub(crate) use store::{Cache, Store};
