//! What was typed and has not been sent.

use std::ops::Deref;
use std::rc::Rc;

use tenantry_model::ipc::{DiscardEntry, DoWork, GetOutbox, IpcError, OutboxEntry, WorkItem, WorkOutcome};
use yew::prelude::*;

use super::command::use_command;
use super::task::tell;
use crate::api;
use crate::context::use_app;
use crate::remote::Remote;

/// The entries, in the order in which they were typed; none until they are known.
#[derive(Clone, PartialEq, Default)]
pub struct Outbox(Rc<Remote<Vec<OutboxEntry>>>);

impl Deref for Outbox {
    type Target = [OutboxEntry];

    fn deref(&self) -> &Self::Target {
        self.0.data().map_or(&[], Vec::as_slice)
    }
}

/// Asks for them, once for all of the window: whoever does gives them to the others as their context.
#[hook]
pub fn use_outbox_of_user() -> Outbox {
    let app = use_app();
    Outbox(use_command::<GetOutbox>(app.user().map(|_| ()), app.model.outbox).remote)
}

#[hook]
pub fn use_outbox() -> Outbox {
    use_context::<Outbox>().unwrap_or_default()
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
