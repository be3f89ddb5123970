//! Failed attempts are records too (R111).

use tenantry_model::audit::AuditChange;

use crate::error::{Error, Result};
use crate::store::Store;
use crate::store::audit::NewAudit;

/// Hands on what came of an attempt; of one that failed, first writes the record. Call it once for every change that somebody asked for,
/// after its transaction was committed or dropped (this one waits for the writer).
///
/// What the attempt's own record could not know is added: the kind of the problem. A record that cannot be written does not change what
/// the caller is told; it is in the service's log instead. Nobody can write into the log of a tenant that they have nothing to do with:
/// [`Store::audit_failed`].
pub async fn or_failed<T>(store: &Store, done: Result<T>, mut attempt: NewAudit) -> Result<T> {
    let Err(refused) = &done else { return done };
    attempt.detail.insert(0, problem(refused));
    if let Err(error) = store.audit_failed(attempt).await {
        tracing::error!(%error, "a failed attempt could not be recorded");
    }
    done
}

fn problem(error: &Error) -> AuditChange {
    AuditChange { field: "problem".to_owned(), before: None, after: Some(error.kind().as_str().to_owned()) }
}
