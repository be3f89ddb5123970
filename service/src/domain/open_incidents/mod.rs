//! The open incidents of all customers, in memory, in list order, each with its JSON: what the Active tab is answered from.
//!
//! 1. [`row`]: one incident, with what filters look at.
//! 2. [`shelf`]: rows in an order, in pieces that snapshots share.
//! 3. [`snapshot`]: all rows as one moment of the database had them; it never changes.
//! 4. [`index`]: the latest moment, and how a transaction gets the one it sees.
//! 5. [`page`]: what of it one reader is shown.
//!
//! **Every answer is of one moment.** Rights must never be older than the rows they are held against: an incident that was raised after a
//! right was withdrawn would be shown to somebody who at no moment could see it. Nor may rows be older than the rights. So a reader never
//! takes "the latest": it takes the moment whose [`Horizon`](crate::store::change_log::Horizon) its own rights were read at, and no other.
//! A withdrawal that was acknowledged before a request began is in the rights of that request, whatever is in memory.
//!
//! **The log drives it.** What a moment lacks is read from the rows that the log of changes names, in the transaction that needs it; so any
//! number of services beside one database are right, and nobody has to be told. Where the log no longer reaches back (it was shortened,
//! or a backup was restored), everything is read anew. That is right only because whatever a list shows is recorded when it changes:
//! see [`ChangeKind`](crate::store::ChangeKind), which names the incidents of a renamed room too.

mod index;
mod page;
mod row;
mod shelf;
mod snapshot;

pub use index::OpenIncidentIndex;
pub use page::page;
pub use snapshot::Snapshot;
