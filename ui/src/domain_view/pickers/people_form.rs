//! Forms that are a people picker and a button: a form is open while somebody is chosen.

use tenantry_model::api::people::DirectoryEntry;
use tenantry_model::id::PrincipalId;
use tenantry_model::ipc::FormId;
use yew::prelude::*;

use crate::hooks::{UseDraft, new_form, sets, use_draft, use_open_form};
use crate::i18n::{I18n, t};
use crate::route::Route;

/// See [`use_people_form`].
#[derive(Clone, PartialEq)]
pub struct UsePeopleForm {
    pub chosen: UseDraft<Vec<DirectoryEntry>>,
    /// Names the form, so that what is sent twice is done once.
    form: UseStateHandle<FormId>,
    awaits: UseStateHandle<bool>,
}

impl UsePeopleForm {
    pub fn form_id(&self) -> FormId {
        *self.form
    }

    pub fn principals(&self) -> Vec<PrincipalId> {
        self.chosen.iter().map(|one| one.principal.id).collect()
    }

    /// These were sent: who was chosen meanwhile stays, in a form of its own.
    pub fn sent(&self, principals: Vec<PrincipalId>) {
        self.chosen.update(move |chosen| chosen.retain(|one| !principals.contains(&one.principal.id)));
        self.form.set(new_form());
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
    let (form, awaits) = (use_state(new_form), use_state_eq(|| false));
    use_open_form(place, may_be_sent && !chosen.is_empty());
    UsePeopleForm { chosen, form, awaits }
}
