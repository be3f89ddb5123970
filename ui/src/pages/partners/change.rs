//! A change of a partner on its way: sent with the version that was read, and, where somebody was faster, with what holds now beside it.

use std::rc::Rc;

use tenantry_model::api::partners::{ChangePartner as Change, PartnerDetail};
use tenantry_model::ipc::relations::ChangeOf;
use tenantry_model::ipc::{ChangePartner, GetPartner, IpcErrorKind};
use yew::prelude::*;

use crate::context::use_app;
use crate::hooks::{self, UseTask, use_command, use_task};

/// See [`use_change`].
pub(super) struct Saved {
    /// How it stands.
    pub(super) task: UseTask,
    /// The partner as it is now, where that is other than when the form was opened.
    pub(super) now: Option<Rc<PartnerDetail>>,
    /// Sends a change of this version.
    pub(super) save: Callback<(u64, Change)>,
}

/// Changes a partner; `told` is what to say once it is done.
#[hook]
pub(super) fn use_change(was: &Rc<PartnerDetail>, told: String, on_done: &Callback<String>) -> Saved {
    let app = use_app();
    let partner = was.row.id;
    let current = use_command::<GetPartner>(Some(partner), app.model.relations);
    let task = use_task();
    let save = {
        let (task, on_done, retry) = (task.clone(), on_done.clone(), current.retry.clone());
        Callback::from(move |(version, change): (u64, Change)| {
            let (on_done, retry, told) = (on_done.clone(), retry.clone(), told.clone());
            task.run(async move {
                match hooks::call::<ChangePartner>(ChangeOf { key: partner, version, change }).await {
                    Ok(_) => {
                        on_done.emit(told);
                        Ok(())
                    }
                    Err(error) => {
                        if error.kind == IpcErrorKind::Stale {
                            retry.emit(());
                        }
                        Err(error)
                    }
                }
            });
        })
    };
    let now = current.remote.data().map(|seen| &seen.value).filter(|now| now.version != was.version);
    Saved { task, now: now.cloned().map(Rc::new), save }
}
