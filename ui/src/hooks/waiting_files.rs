//! Files that were chosen and have not arrived at the service.

use std::ops::Deref;
use std::rc::Rc;

use tenantry_model::ipc::{GetWaitingFiles, TransfersChanged, WaitingFile};
use yew::prelude::*;

use super::command::use_command;
use super::event::use_event;
use crate::context::use_app;

/// How often something has moved.
#[derive(Clone, PartialEq, Default)]
struct Moves(u64);

impl Reducible for Moves {
    type Action = ();

    fn reduce(self: std::rc::Rc<Self>, (): ()) -> std::rc::Rc<Self> {
        Self(self.0 + 1).into()
    }
}

/// In the order in which they were chosen; none until they are known.
#[derive(Clone, PartialEq, Default)]
pub struct WaitingFiles(Rc<Vec<WaitingFile>>);

impl Deref for WaitingFiles {
    type Target = [WaitingFile];

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

#[derive(Properties, PartialEq)]
pub struct WithWaitingFilesProps {
    pub children: Html,
}

/// Asks for them, once for all that is in it.
#[component]
pub fn WithWaitingFiles(props: &WithWaitingFilesProps) -> Html {
    let (app, moves) = (use_app(), use_reducer(Moves::default));
    use_event::<TransfersChanged>({
        let moves = moves.dispatcher();
        move |()| moves.dispatch(())
    });
    // What is held follows the outbox; a customer may be locked, withdrawn or renamed. All three numbers only rise.
    let files = use_command::<GetWaitingFiles>(app.user().map(|_| ()), moves.0 + app.model.outbox + app.model.tick);
    let known = WaitingFiles(Rc::new(files.remote.data().cloned().unwrap_or_default()));
    html! { <ContextProvider<WaitingFiles> context={known}>{props.children.clone()}</ContextProvider<WaitingFiles>> }
}

#[hook]
pub fn use_waiting_files() -> WaitingFiles {
    use_context().unwrap_or_default()
}
