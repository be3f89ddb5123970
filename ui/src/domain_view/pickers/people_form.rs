//! Forms that are a people picker and a button: a form is open while somebody is chosen.

use tenantry_model::api::people::DirectoryEntry;
use tenantry_model::id::PrincipalId;
use tenantry_model::ipc::FormId;
use yew::prelude::*;

use crate::hooks::{UseDraft, new_form, use_draft, use_open_form};
use crate::route::Route;

/// See [`use_people_form`].
#[derive(Clone, PartialEq)]
pub struct UsePeopleForm {
    pub chosen: UseDraft<Vec<DirectoryEntry>>,
    /// Names the form, so that what is sent twice is done once.
    form: UseStateHandle<FormId>,
}

impl UsePeopleForm {
    pub fn form_id(&self) -> FormId {
        *self.form
    }

    /// What is sent.
    pub fn principals(&self) -> Vec<PrincipalId> {
        self.chosen.iter().map(|one| one.principal.id).collect()
    }

    /// Sent: the picker is empty, and a form of its own again.
    pub fn clear(&self) {
        self.chosen.set(vec![]);
        self.form.set(new_form());
    }
}

/// The form at this place. While somebody is chosen it outlives going to another page; where `may_be_sent` ends, so does that.
#[hook]
pub fn use_people_form(place: Route, may_be_sent: bool) -> UsePeopleForm {
    let chosen = use_draft(Vec::<DirectoryEntry>::new);
    let form = use_state(new_form);
    use_open_form(place, may_be_sent && !chosen.is_empty());
    UsePeopleForm { chosen, form }
}
