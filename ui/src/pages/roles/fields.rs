//! The parts that the forms of roles and assignments share.

use tenantry_model::api::people::DirectoryEntry;
use tenantry_model::id::TenantId;
use tenantry_model::ipc::IpcError;
use tenantry_model::permission::Permission;
use yew::prelude::*;

use super::draft::{AssignmentDraft, RoleDraft};
use super::page::FormContext;
use super::view_model::{people, scope_of, toggled};
use crate::components::form::TextField;
use crate::components::notice::{Tone, failed, standing};
use crate::components::pane::fact;
use crate::domain_view::permission_matrix::Matrix;
use crate::domain_view::pickers::{PeoplePicker, Picked, RoomPicker};
use crate::hooks::UseDraft;
use crate::i18n::{I18n, t};

/// What stands above a form's buttons: that it becomes a request, once that is to be said, and why the last attempt failed.
pub(super) fn notices(i18n: &I18n, context: &FormContext, says_request: bool, error: Option<&IpcError>) -> Html {
    html! { <>
        if context.terms.needs_approval && says_request {
            {standing(Tone::Waiting, "needs-approval", html! { {t!(i18n, "needs-approval", name = context.target.name.to_string())} })}
        }
        if let Some(error) = error { {failed(i18n, error)} }
    </> }
}

/// Name and description of a role.
pub(super) fn role_words(i18n: &I18n, draft: &UseDraft<RoleDraft>) -> Html {
    html! { <>
        <TextField id="role-name" label={t!(i18n, "column-name")} required=true value={draft.name.clone()} on_input={draft.edit(|draft, text| draft.name = text)} />
        <TextField id="role-description" label={t!(i18n, "form-optional", what = t!(i18n, "description"))} value={draft.description.clone()} on_input={draft.edit(|draft, text| draft.description = text)} />
    </> }
}

/// Permissions of a role, up to the customer's ceiling.
pub(super) fn permissions(i18n: &I18n, draft: &UseDraft<RoleDraft>, context: &FormContext) -> Html {
    let ceiling = context.terms.ceiling;
    let on_toggle = draft.edit(move |draft, (permission, on): (Permission, bool)| {
        draft.permissions = toggled(draft.permissions, permission, on, ceiling);
    });
    html! { <Matrix set={draft.permissions} {ceiling} beyond={t!(i18n, "matrix-beyond", name = context.target.name.to_string())} {on_toggle} /> }
}

/// Name and description of an assignment (R51). Whether its members get mail (R56) is kept as it is, and not asked: nothing sends any yet.
pub(super) fn general(i18n: &I18n, draft: &UseDraft<AssignmentDraft>, preset: bool) -> Html {
    let hint = if preset { t!(i18n, "assignment-preset") } else { String::new() };
    html! { <>
        <TextField id="assignment-name" label={t!(i18n, "column-name")} {hint} required=true readonly={preset} value={draft.name.clone()} on_input={draft.edit(|draft, text| draft.name = text)} />
        <TextField id="assignment-description" label={t!(i18n, "form-optional", what = t!(i18n, "description"))} readonly={preset} value={draft.description.clone()} on_input={draft.edit(|draft, text| draft.description = text)} />
    </> }
}

/// Members of an assignment (R52).
pub(super) fn members(i18n: &I18n, draft: &UseDraft<AssignmentDraft>) -> Html {
    html! {
        <PeoplePicker id="assignment-members" label={t!(i18n, "assignment-members")} hint={t!(i18n, "assignment-members-hint")} required=true
            chosen={draft.members.clone()} on_change={draft.edit(|draft, members: Vec<DirectoryEntry>| draft.members = members)} />
    }
}

/// Scope of an assignment (R52). So many rooms and groups are named in it that the user may not see.
pub(super) fn scope(i18n: &I18n, customer: TenantId, draft: &UseDraft<AssignmentDraft>, (hidden, groups): (u32, u32)) -> Html {
    let choice = |everywhere: bool, testid: &'static str, label: String, hint: String| {
        let onchange = draft.edit(move |draft, _: Event| draft.everywhere = everywhere);
        html! {
            <label class="tick">
                <input type="radio" name="scope" checked={draft.everywhere == everywhere} data-testid={testid} {onchange} />
                <span class="tick__text"><span>{label}</span><span class="tick__hint">{hint}</span></span>
            </label>
        }
    };
    html! { <>
        <fieldset class="checks">
            <legend class="checks__legend">{t!(i18n, "scope-legend")}</legend>
            {choice(true, "scope-all", t!(i18n, "scope-all"), t!(i18n, "scope-all-hint"))}
            {choice(false, "scope-some", t!(i18n, "scope-some"), t!(i18n, "scope-some-hint"))}
        </fieldset>
        if hidden > 0 { <p class="pane__why">{t!(i18n, "scope-hidden", count = hidden)}</p> }
        if groups > 0 { <p class="pane__why">{t!(i18n, "scope-hidden-groups", count = groups)}</p> }
        if !draft.everywhere {
            <RoomPicker id="scope-rooms" owner={customer} groups=true picked={draft.picked.clone()} on_change={draft.edit(|draft, picked: Picked| draft.picked = picked.into())} />
        }
    </> }
}

pub(super) fn review(i18n: &I18n, draft: &AssignmentDraft) -> Html {
    html! { <>
        {fact(t!(i18n, "assignment"), html! { {&draft.name} })}
        if !draft.description.trim().is_empty() { {fact(t!(i18n, "description"), html! { {&draft.description} })} }
        {fact(t!(i18n, "assignment-members"), html! { {people(draft)} })}
        {fact(t!(i18n, "assignment-scope"), html! { {scope_of(i18n, draft)} })}
    </> }
}
