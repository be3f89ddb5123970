//! The audit log's rules: who reads which records, for how long, in which form; and whether it is still what was written.
//!
//! A handler that changes something writes its record with [`Tx::audit`](crate::store::Tx::audit) in the transaction of the change, and
//! passes what came of it through [`or_failed`], which writes the record of a failure (R111):
//!
//! ```ignore
//! let attempt = NewAudit::by(caller.user, customer, AuditCategory::Role, AuditOperation::Update, &name).asked_by(request);
//! let done = rename(&state, &caller, &attempt, change).await; // store.write() … tx.audit(attempt.clone().changed(…)) … tx.commit()
//! or_failed(state.store(), done, attempt).await
//! ```

mod anchor;
mod attempt;
mod csv;
mod list;
mod naming;
mod verify;
mod window;

pub use anchor::{HEAD_FILE, keep_head_file, read_head_file};
pub use attempt::or_failed;
pub use csv::{header, line};
pub use list::{Export, ListQuery, export, list, read_by};
pub use verify::{Fault, FaultKind, HeadSource, KnownHead, Verdict, verify};
pub use window::window;
