//! The audit log's rules: who reads which records, for how long, in which form; and whether it is still what was written.
//!
//! Whatever changes something writes its record with [`Tx::audit`](crate::store::Tx::audit) in the transaction of the change; what came of a
//! request passes through [`or_failed`], which writes the record of a failure (R111).

mod anchor;
mod attempt;
mod csv;
mod list;
mod naming;
mod verify;
mod window;

pub use anchor::{HEAD_FILE, keep_head_file, read_head_file};
pub use attempt::or_failed;
pub(in crate::domain) use csv::joined as csv_line;
pub use csv::{header, line};
pub use list::{Export, ListQuery, export, list, read_by};
pub use verify::{Fault, FaultKind, HeadSource, KnownHead, Verdict, verify};
pub use window::window;
