//! Forms that are a people picker and a button: a form is open while somebody is chosen.

use tenantry_model::api::people::DirectoryEntry;
use tenantry_model::id::{PrincipalId, TenantId};
use tenantry_model::ipc::{Command, FormId};
use yew::prelude::*;

use crate::hooks::{FormsOf, UseForm, UseTask, sets, use_form_while};
use crate::i18n::{I18n, t};
use crate::route::Route;

#[derive(Clone, PartialEq)]
pub struct UsePeopleForm {
    form: UseForm<Vec<DirectoryEntry>>,
    about: Option<(TenantId, AttrValue)>,
    awaits: UseStateHandle<bool>,
}

impl UsePeopleForm {
    pub fn chosen(&self) -> Vec<DirectoryEntry> {
        self.form.get().map(|open| open.form.clone()).unwrap_or_default()
    }

    pub fn on_change(&self) -> Callback<Vec<DirectoryEntry>> {
        let form = self.clone();
        Callback::from(move |next: Vec<DirectoryEntry>| form.fill(|_| next))
    }

    fn fill(&self, change: impl FnOnce(Vec<DirectoryEntry>) -> Vec<DirectoryEntry> + 'static) {
        if let Some((customer, name)) = &self.about {
            self.form.fill(*customer, name, |chosen| Some(change(chosen.cloned().unwrap_or_default())).filter(|chosen| !chosen.is_empty()));
        }
    }

    /// Sends those who are chosen, if anybody is, and tells the answer. Who is chosen meanwhile stays.
    pub fn sends<C: Command + 'static>(
        &self,
        task: &UseTask,
        args: impl Fn(FormId, Vec<PrincipalId>) -> C::Args + 'static,
        done: impl Fn(C::Answer) + 'static,
    ) -> Callback<()> {
        let Some(open) = self.form.get() else { return Callback::noop() };
        let (id, principals) = (open.target.form, open.form.iter().map(|one| one.principal.id).collect::<Vec<_>>());
        let (form, sent) = (self.clone(), principals.clone());
        let send = task.sends::<C>(move |answer| {
            done(answer);
            let sent = sent.clone();
            form.fill(move |chosen| chosen.into_iter().filter(|one| !sent.contains(&one.principal.id)).collect());
        });
        send.reform(move |()| args(id, principals.clone()))
    }

    pub fn on_awaits(&self) -> Callback<bool> {
        sets(&self.awaits, |awaits| awaits)
    }

    /// Why it cannot be sent: somebody is still to come, or nobody is chosen.
    pub fn why_not_yet(&self, i18n: &I18n, nobody: String) -> Option<String> {
        if *self.awaits { Some(t!(i18n, "people-searching")) } else { (!self.form.is_open()).then_some(nobody) }
    }
}

/// The form at this place, about this customer or the own organisation; about none where nothing may be sent.
#[hook]
pub fn use_people_form(place: Route, about: Option<(TenantId, AttrValue)>) -> UsePeopleForm {
    let form = use_form_while(place, FormsOf::Place, about.is_some());
    UsePeopleForm { form, about, awaits: use_state_eq(|| false) }
}
