//! Forms that are a people picker and a button: a form is open while somebody is chosen.

use std::rc::Rc;

use tenantry_model::api::people::DirectoryEntry;
use tenantry_model::id::PrincipalId;
use tenantry_model::ipc::{Command, FormId};
use yew::prelude::*;

use crate::hooks::{UseDraft, UseTask, new_form, sets, use_draft, use_open_form};
use crate::i18n::{I18n, t};
use crate::route::Route;

#[derive(Clone, PartialEq)]
pub struct UsePeopleForm {
    pub chosen: UseDraft<Vec<DirectoryEntry>>,
    /// Names what is sent, so that the same people sent twice are added once. Others are another form: the service refuses one with other content.
    form: Rc<FormId>,
    awaits: UseStateHandle<bool>,
}

impl UsePeopleForm {
    /// Sends those who are chosen, if anybody is, and tells the answer. Who is chosen meanwhile stays.
    pub fn sends<C: Command + 'static>(
        &self,
        task: &UseTask,
        args: impl Fn(FormId, Vec<PrincipalId>) -> C::Args + 'static,
        done: impl Fn(C::Answer) + 'static,
    ) -> Callback<()> {
        let principals: Vec<PrincipalId> = self.chosen.iter().map(|one| one.principal.id).collect();
        let (chosen, sent) = (self.chosen.clone(), principals.clone());
        let send = task.sends::<C>(move |answer| {
            done(answer);
            let sent = sent.clone();
            chosen.update(move |chosen| chosen.retain(|one| !sent.contains(&one.principal.id)));
        });
        let form = *self.form;
        Callback::from(move |()| {
            if !principals.is_empty() {
                send.emit(args(form, principals.clone()));
            }
        })
    }

    pub fn on_awaits(&self) -> Callback<bool> {
        sets(&self.awaits, |awaits| awaits)
    }

    /// Why it cannot be sent: somebody is still to come, or nobody is chosen.
    pub fn why_not_yet(&self, i18n: &I18n, nobody: String) -> Option<String> {
        if *self.awaits { Some(t!(i18n, "people-searching")) } else { self.chosen.is_empty().then_some(nobody) }
    }
}

/// The form at this place. While somebody is chosen it outlives going to another page; where `may_be_sent` ends, so does that.
#[hook]
pub fn use_people_form(place: Route, may_be_sent: bool) -> UsePeopleForm {
    let chosen = use_draft(Vec::<DirectoryEntry>::new);
    let form = use_memo(chosen.iter().map(|one| one.principal.id).collect::<Vec<_>>(), |_| new_form());
    let awaits = use_state_eq(|| false);
    use_open_form(place, may_be_sent && !chosen.is_empty());
    UsePeopleForm { chosen, form, awaits }
}
