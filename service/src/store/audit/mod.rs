//! The audit log: a chain that rows are only ever added to (R107–R112, A24).
//!
//! 1. [`chain`]: what a row is, and what of it is hashed.
//! 2. [`actor`]: who acted; [`adding`]: [`Tx::audit`](crate::store::Tx::audit) in the transaction of a change; [`Store::audit_failed`](crate::store::Store::audit_failed)
//!    in one of its own, for an attempt whose transaction was undone.
//! 3. [`reading`]: pages and exports of one tenant; all rows, for whoever checks the chain.
//! 4. [`naming`]: what ids in records are called now.
//!
//! Nothing is ever deleted: rows past the 180 days of R110 stay in the chain, and are not answered any more.

mod actor;
mod adding;
mod chain;
mod naming;
mod reading;

pub use actor::AuditActor;
pub use adding::NewAudit;
pub use chain::{Digest, Head, Link, StoredAudit};
pub use naming::{objects, users};
pub use reading::{AuditKey, AuditRange, chain_after, head, head_if_readable, holds, newest_before, oldest_after, open_to_check};
