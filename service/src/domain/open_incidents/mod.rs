//! The open incidents of all customers, in memory, in list order, each with its JSON: the Active tab is answered from them, and a first
//! sync.
//!
//! 1. [`row`]: one incident, with what filters look at.
//! 2. [`ordered_rows`]: a sorted map of rows that snapshots share.
//! 3. [`snapshot`]: all rows in one state of the database; immutable.
//! 4. [`index`]: the latest snapshot, and how a transaction gets the one that belongs to it.
//! 5. [`page`]: what one reader sees of a snapshot.
//!
//! **An answer shows one state of the database.** Rights must never be older than the rows they are applied to: an incident that was raised
//! after a right was withdrawn would be shown to somebody who could never see it. Nor may rows be older than the rights. So a reader never
//! takes "the latest" snapshot, but the one whose [`Horizon`](crate::store::change_log::Horizon) its own rights were read at. A withdrawal that
//! was acknowledged before a request began is in the rights of that request, whatever is in memory.
//!
//! **The log of changes drives it.** What a snapshot lacks is read from the rows that the log names, in the transaction that needs it; so any
//! number of services beside one database are right, and nobody has to be told. Where the log no longer reaches back (it was trimmed, or a
//! backup was restored), everything is read again. This is correct only because whatever a list shows is recorded when it changes:
//! see [`ChangeKind`](crate::store::ChangeKind), which names the incidents of a renamed room too.

mod index;
mod ordered_rows;
mod page;
mod row;
mod snapshot;

pub use index::OpenIncidentIndex;
pub use page::{page, rows};
pub use snapshot::Snapshot;
