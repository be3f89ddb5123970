//! The Primary admins of a customer (W4, A5–A7, R36).

use tenantry_model::api::people::AddMembers;
use tenantry_model::api::requests::Outcome;
use tenantry_model::id::TenantId;
use tenantry_model::ipc::{AddPrimaryAdmins, AdminKey, CreateAt, GetPrimaryAdmins, RemovePrimaryAdmin};
use tenantry_model::tenancy::PrincipalRef;
use yew::prelude::*;

use crate::components::confirm::Confirm;
use crate::components::icon::{Icon, glyph};
use crate::components::notice::{failed, outcome, why_not_now};
use crate::context::use_app;
use crate::domain_view::pickers::{PeoplePicker, person, use_people_form};
use crate::hooks::{self, use_command, use_task};
use crate::i18n::{t, use_i18n};
use crate::remote::LoadState;
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
    let form = use_people_form(Route::Tenant { customer }, props.may_change);
    let chosen = &form.chosen;
    let removing = use_state(|| None::<PrincipalRef>);
    let went = use_state(|| None::<(Outcome, String)>);
    let (adding, taking) = (use_task(), use_task());
    if !props.may_change {
        return html! {
            <section class="pane__section">
                <header class="pane__section-head"><h3 class="pane__heading">{t!(i18n, "primary-admins")}</h3></header>
                <p class="dim">{t!(i18n, "admins-hidden")}</p>
            </section>
        };
    }
    let add = {
        let (task, form, went, retry) = (adding.clone(), form.clone(), went.clone(), list.retry.clone());
        let told = t!(i18n, "admins-added", count = chosen.len(), name = name.clone());
        Callback::from(move |()| {
            if form.chosen.is_empty() {
                return;
            }
            let new = AddMembers { principals: form.principals() };
            let args = CreateAt { customer, form: form.form_id(), new };
            let (form, went, retry, told) = (form.clone(), went.clone(), retry.clone(), told.clone());
            task.run(async move {
                went.set(None);
                let answer = hooks::call::<AddPrimaryAdmins>(args).await?;
                went.set(Some((answer, told)));
                form.clear();
                retry.emit(());
                Ok(())
            });
        })
    };
    let remove = {
        let (task, removing, went, retry) = (taking.clone(), removing.clone(), went.clone(), list.retry.clone());
        let i18n = i18n.clone();
        Callback::from(move |()| {
            let Some(principal) = (*removing).clone() else { return };
            let (removing, went, retry) = (removing.clone(), went.clone(), retry.clone());
            let told = t!(i18n, "admins-removed", who = principal.display_name.clone());
            task.run(async move {
                went.set(None);
                let answer = hooks::call::<RemovePrimaryAdmin>(AdminKey { customer, principal: principal.id }).await;
                removing.set(None);
                went.set(Some((answer?, told)));
                retry.emit(());
                Ok(())
            });
        })
    };
    let ask = {
        let (removing, taking) = (removing.clone(), taking.clone());
        Callback::from(move |one: Option<PrincipalRef>| {
            taking.reset();
            removing.set(one);
        })
    };
    let blocked = why_not_now(&i18n, &app);
    let why = blocked.clone().or_else(|| chosen.is_empty().then(|| t!(i18n, "admins-nobody")));
    let members = list.remote.data().map(|seen| seen.value.members.clone()).unwrap_or_default();
    html! {
        <section class="pane__section" data-testid="primary-admins-section">
            <header class="pane__section-head">
                <h3 class="pane__heading">{t!(i18n, "primary-admins")}</h3>
                if let Some(seen) = list.remote.data() { <span class="dim">{t!(i18n, "users-count", count = seen.value.users)}</span> }
            </header>
            if let Some((answer, told)) = &*went { {outcome(&i18n, answer, told.clone())} }
            if let Some(error) = adding.error().or(taking.error()) { {failed(&i18n, error)} }
            {match list.remote.load_state() {
                LoadState::Loading => html! { <div class="pane__waiting" aria-busy="true"><span class="skeleton" /><span class="skeleton" /></div> },
                LoadState::Failed(error) => failed(&i18n, error),
                LoadState::Ready(..) => html! {
                    <ul class="persons">
                        {for members.iter().map(|member| {
                            let label = t!(i18n, "admins-remove", who = member.display_name.clone());
                            let one = member.clone();
                            html! {
                                <li key={member.id.to_string()} class="persons__row" data-testid="primary-admin" data-id={member.id.to_string()}>
                                    {person(&i18n, member, None)}
                                    <button type="button" class="icon-button icon-button--small" aria-label={label.clone()} title={blocked.clone().unwrap_or(label)} disabled={blocked.is_some()} data-testid="primary-admin-remove" onclick={ask.reform(move |_: MouseEvent| Some(one.clone()))}>{glyph(Icon::Close)}</button>
                                </li>
                            }
                        })}
                    </ul>
                },
            }}
            <PeoplePicker id="add-admins" label={t!(i18n, "admins-add-label")} chosen={(**chosen).clone()} already={members.iter().map(|member| member.id).collect::<Vec<_>>()} on_change={chosen.on_change()} on_enter={add.clone()} />
            <button type="button" class="button" data-testid="add-admins-button" disabled={why.is_some() || adding.is_busy()} title={why.clone()} onclick={add.reform(|_: MouseEvent| ())}>
                if adding.is_busy() { <span class="spinner" aria-hidden="true" /> }
                <span class="clip">{t!(i18n, "admins-add", name = name.clone())}</span>
            </button>
            if let Some(why) = &blocked { <p class="pane__why">{why}</p> }
            if let Some(one) = &*removing {
                <Confirm
                    title={t!(i18n, "admins-remove-title", who = one.display_name.clone(), name = name.clone())}
                    action={t!(i18n, "admins-remove", who = one.display_name.clone())}
                    busy={taking.is_busy()}
                    on_confirm={remove}
                    on_cancel={ask.reform(|()| None)}
                    testid="admin-remove-confirm"
                ><p>{t!(i18n, "admins-remove-text", who = one.display_name.clone(), name = name.clone())}</p></Confirm>
            }
        </section>
    }
}
