//! What is to be done at each of the customers.

use tenantry_model::api::people::DirectoryEntry;
use tenantry_model::permission::BuiltInRole;
use yew::prelude::*;

use super::view_model::Draft;
use crate::components::form::TextField;
use crate::domain_view::pickers::PeoplePicker;
use crate::domain_view::role_labels::permission_names;
use crate::domain_view::role_templates::{TEMPLATES, Template};
use crate::hooks::UseDraft;
use crate::i18n::{I18n, t};

/// The fields. `on_enter` goes on to the preview.
pub(super) fn step(i18n: &I18n, draft: &UseDraft<Draft>, on_enter: Callback<()>) -> Html {
    let set = |template: Option<Template>| {
        let i18n = i18n.clone();
        draft.edit(move |draft, _: Event| {
            let (name, description) = template.map(|it| (it.name(&i18n), it.text(&i18n))).unwrap_or_default();
            *draft = Draft { template, name, description, people: std::mem::take(&mut draft.people) };
        })
    };
    let choice = |template: Option<Template>, testid: String, label: String, hint: String| {
        html! {
            <label key={testid.clone()} class="tick">
                <input type="radio" name="plan-step" checked={draft.template == template} data-testid={testid} onchange={set(template)} />
                <span class="tick__text"><span>{label}</span><span class="tick__hint">{hint}</span></span>
            </label>
        }
    };
    let on_people = draft.edit(|draft, people: Vec<DirectoryEntry>| draft.people = people);
    let on_name = draft.edit(|draft, name: String| draft.name = name);
    let preset = BuiltInRole::PrimaryAdmins.permissions();
    let label = if draft.template.is_some() { t!(i18n, "plan-members") } else { t!(i18n, "admins-add-label") };
    html! { <>
        <PeoplePicker id="plan-people" {label} required=true chosen={draft.people.clone()} on_change={on_people} {on_enter} />
        <fieldset class="checks">
            <legend class="checks__legend">{t!(i18n, "plan-what")}</legend>
            {choice(None, "plan-admins".into(), t!(i18n, "plan-admins"), t!(i18n, "plan-admins-hint"))}
            <>{for TEMPLATES.into_iter().map(|template| choice(
                Some(template),
                format!("plan-{}", template.word()),
                t!(i18n, "plan-template", role = template.name(i18n)),
                permission_names(i18n, template.within(preset)),
            ))}</>
        </fieldset>
        if draft.template.is_some() {
            <TextField id="plan-role-name" label={t!(i18n, "plan-role-name")} hint={t!(i18n, "plan-role-hint")} required=true value={draft.name.clone()} on_input={on_name} />
        }
    </> }
}
