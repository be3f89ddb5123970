//! What was typed and has not been sent.

use std::rc::Rc;

use tenantry_model::ipc::{DiscardEntry, DoWork, GetOutbox, IpcError, OutboxEntry, WorkItem, WorkOutcome};
use yew::prelude::*;

use super::command::use_command;
use super::task::tell;
use crate::api;
use crate::context::use_app;

/// The entries, in the order in which they were typed; none until they are known.
#[hook]
pub fn use_outbox() -> Rc<Vec<OutboxEntry>> {
    let app = use_app();
    let entries = use_command::<GetOutbox>(app.user().map(|_| ()), app.model.outbox);
    let known = entries.remote.data().cloned().unwrap_or_default();
    Rc::new(known)
}

/// Does it, or keeps it until it can be done.
///
/// # Errors
/// What was refused: the form that asks has it, so it need not be kept besides.
pub async fn do_work(item: WorkItem) -> Result<WorkOutcome, IpcError> {
    let form = item.form;
    let outcome = api::call::<DoWork>(item).await;
    if outcome.is_err() {
        tell::<DiscardEntry>(form);
    }
    outcome
}
