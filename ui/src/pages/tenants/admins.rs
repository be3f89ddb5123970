//! The Primary admins of a customer (W4, A5–A7, R36).

use tenantry_model::api::people::AddMembers;
use tenantry_model::api::requests::Outcome;
use tenantry_model::id::TenantId;
use tenantry_model::ipc::{AddPrimaryAdmins, AdminKey, CreateAt, GetPrimaryAdmins, RemovePrimaryAdmin};
use tenantry_model::tenancy::PrincipalRef;
use yew::prelude::*;

use crate::components::button::Button;
use crate::components::confirm::Confirm;
use crate::components::loading::text_of;
use crate::components::notice::{failed, outcome, why_not_now};
use crate::context::use_app;
use crate::domain_view::pickers::{PeoplePicker, removable, use_people_form};
use crate::hooks::{use_command, use_question, use_task};
use crate::i18n::{t, use_i18n};
use crate::route::Route;

#[derive(Properties, PartialEq)]
pub(super) struct AdminsProps {
    pub(super) customer: TenantId,
    pub(super) name: AttrValue,
    /// Whether the caller may see and change them (A7).
    pub(super) may_change: bool,
}

#[component]
pub(super) fn Admins(props: &AdminsProps) -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let (customer, name) = (props.customer, props.name.to_string());
    let list = use_command::<GetPrimaryAdmins>(props.may_change.then_some(customer), app.model.relations);
    let form = use_people_form(Route::Tenant { customer }, props.may_change.then(|| (customer, props.name.clone())));
    let chosen = form.chosen();
    let went = use_state(|| None::<(Outcome, String)>);
    let (adding, removing) = (use_task(), use_question::<PrincipalRef>());
    if !props.may_change {
        return html! {
            <section class="pane__section">
                <header class="pane__section-head"><h3 class="pane__heading">{t!(i18n, "primary-admins")}</h3></header>
                <p class="dim">{t!(i18n, "admins-hidden")}</p>
            </section>
        };
    }
    let told = {
        let (went, retry) = (went.setter(), list.retry.clone());
        Callback::from(move |told: (Outcome, String)| {
            went.set(Some(told));
            retry.emit(());
        })
    };
    let add = {
        let (told, said) = (told.clone(), t!(i18n, "admins-added", count = chosen.len(), name = name.clone()));
        let args = {
            let went = went.setter();
            move |form, principals| {
                went.set(None);
                CreateAt { customer, form, new: AddMembers { principals } }
            }
        };
        form.sends::<AddPrimaryAdmins>(&adding, args, move |answer| told.emit((answer, said.clone())))
    };
    let on_confirm = {
        let (went, i18n) = (went.setter(), i18n.clone());
        let args = move |one: &PrincipalRef| {
            went.set(None);
            AdminKey { customer, principal: one.id }
        };
        removing
            .sends::<RemovePrimaryAdmin>(args, move |one, answer| told.emit((answer, t!(i18n, "admins-removed", who = one.display_name))))
    };
    let blocked = why_not_now(&i18n, &app);
    let why = blocked.clone().or_else(|| form.why_not_yet(&i18n, t!(i18n, "admins-nobody")));
    let members = list.remote.data().map(|seen| seen.value.members.clone()).unwrap_or_default();
    html! {
        <section class="pane__section" data-testid="primary-admins-section">
            <header class="pane__section-head">
                <h3 class="pane__heading">{t!(i18n, "primary-admins")}</h3>
                if let Some(seen) = list.remote.data() { <span class="dim">{t!(i18n, "users-count", count = seen.value.users)}</span> }
            </header>
            if let Some((answer, told)) = &*went { {outcome(&i18n, answer, told.clone())} }
            if let Some(error) = adding.error().or(removing.task.error()) { {failed(&i18n, error)} }
            {text_of(&list.remote, &list.retry, 2, |_| html! {
                <ul class="persons">
                    {removable(&i18n, &members, "primary-admin", blocked.as_ref(), |who| t!(i18n, "admins-remove", who = who), &removing.on_ask(|one| one))}
                </ul>
            })}
            <PeoplePicker id="add-admins" label={t!(i18n, "admins-add-label")} {chosen} already={members.iter().map(|member| member.id).collect::<Vec<_>>()} on_change={form.on_change()} on_enter={add.clone()} on_awaits={form.on_awaits()} />
            <Button class="button button--long" testid="add-admins-button" why={why.clone()} busy={adding.is_busy()} onclick={add.reform(|_: MouseEvent| ())}>
                if adding.is_busy() { <span class="spinner" aria-hidden="true" /> }
                <span>{t!(i18n, "admins-add", name = name.clone())}</span>
            </Button>
            if let Some(why) = &blocked { <p class="pane__why">{why}</p> }
            if let Some(one) = removing.about() {
                <Confirm
                    title={t!(i18n, "admins-remove-title", who = one.display_name.clone(), name = name.clone())}
                    action={t!(i18n, "admins-remove", who = one.display_name.clone())}
                    busy={removing.task.is_busy()}
                    {on_confirm}
                    on_cancel={removing.on_cancel()}
                    testid="admin-remove-confirm"
                ><p>{t!(i18n, "admins-remove-text", who = one.display_name.clone(), name = name.clone())}</p></Confirm>
            }
        </section>
    }
}
