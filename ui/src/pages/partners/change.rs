//! A change of a partner on its way: sent with the version that was read, and, where somebody was faster, with what holds now beside it.

use std::rc::Rc;

use tenantry_model::api::partners::{ChangePartner as Change, PartnerDetail};
use tenantry_model::ipc::{ChangeOf, ChangePartner, GetPartner};
use yew::prelude::*;

use super::invite::why;
use crate::components::notice::failed;
use crate::context::use_app;
use crate::hooks::{UseTask, use_command, use_versioned_task};
use crate::i18n::{I18n, t};

pub(super) struct Saved {
    pub(super) task: UseTask,
    /// The partner as it is now, where that is other than when the form was opened.
    pub(super) now: Option<Rc<PartnerDetail>>,
    pub(super) save: Callback<(u64, Change)>,
}

impl Saved {
    /// Callbacks that send what `send` makes of the partner: as it was, and as it is by now.
    pub(super) fn sends(&self, was: &Rc<PartnerDetail>, send: impl Fn(&PartnerDetail) + 'static) -> (Callback<()>, Callback<()>) {
        let (was, now, send) = (was.clone(), self.now.clone(), Rc::new(send));
        let mine = Rc::clone(&send);
        let on_mine = Callback::from(move |()| {
            if let Some(now) = &now {
                mine(now);
            }
        });
        (Callback::from(move |()| send(&was)), on_mine)
    }

    /// Why it failed, where that is not somebody else's change, and that nothing has been changed yet.
    pub(super) fn notices(&self, i18n: &I18n, unchanged: bool) -> Html {
        html! { <>
            if let Some(error) = self.task.error().filter(|_| !self.task.is_stale()) { {failed(i18n, error)} }
            {why(unchanged.then(|| t!(i18n, "form-unchanged")))}
        </> }
    }
}

/// Changes a partner; `told` is what to say once it is done.
#[hook]
pub(super) fn use_change(was: &Rc<PartnerDetail>, told: String, on_done: &Callback<String>) -> Saved {
    let app = use_app();
    let partner = was.row.id;
    let current = use_command::<GetPartner>(Some(partner), app.model.relations);
    let task = use_versioned_task(&current.retry);
    let save = {
        let on_done = on_done.clone();
        let send = task.sends::<ChangePartner>(move |_| on_done.emit(told.clone()));
        send.reform(move |(version, change): (u64, Change)| ChangeOf { key: partner, version, change })
    };
    let now = current.remote.data().map(|seen| &seen.value).filter(|now| now.version != was.version);
    Saved { task, now: now.cloned().map(Rc::new), save }
}
