use tenantry_model::api::people::AddMembers;
use tenantry_model::ipc::{AddTenantManagers, GetTenantManagers, RemoveTenantManager};
use tenantry_model::tenancy::PrincipalRef;
use yew::prelude::*;

use crate::components::button::Button;
use crate::components::confirm::Confirm;
use crate::components::empty::Empty;
use crate::components::icon::Icon;
use crate::components::list_page::ListPage;
use crate::components::loading::{Loading, early};
use crate::components::notice::{Tone, cached, failed, notice, why_not_now};
use crate::context::use_app;
use crate::domain_view::pickers::{PeoplePicker, removable, use_people_form};
use crate::hooks::{use_command, use_page_title, use_question, use_task};
use crate::i18n::{t, use_i18n};
use crate::route::Route;

/// The page. Administrators alone have it (R12): for anybody else it says so.
#[component]
pub fn TenantManagers() -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let title = use_page_title();
    let allowed = app.is_administrator();
    let list = use_command::<GetTenantManagers>(allowed.then_some(()), app.model.relations);
    let own = app.user().filter(|_| allowed).map(|user| (user.tenant.id, AttrValue::from(user.tenant.display_name.clone())));
    let form = use_people_form(Route::TenantManagers, own);
    let chosen = form.chosen();
    let told = use_state(|| None::<String>);
    let (adding, removing) = (use_task(), use_question::<PrincipalRef>());
    let on_told = {
        let (told, retry) = (told.setter(), list.retry.clone());
        Callback::from(move |text: String| {
            told.set(Some(text));
            retry.emit(());
        })
    };
    let add = {
        let (on_told, text) = (on_told.clone(), t!(i18n, "managers-added", count = chosen.len()));
        let args = {
            let told = told.setter();
            move |_, principals| {
                told.set(None);
                AddMembers { principals }
            }
        };
        form.sends::<AddTenantManagers>(&adding, args, move |_| on_told.emit(text.clone()))
    };
    let on_confirm = {
        let (told, i18n) = (told.setter(), i18n.clone());
        let args = move |one: &PrincipalRef| {
            told.set(None);
            one.id
        };
        removing.sends::<RemoveTenantManager>(args, move |one, _| on_told.emit(t!(i18n, "managers-removed", who = one.display_name)))
    };
    let blocked = why_not_now(&i18n, &app);
    let why = blocked.clone().or_else(|| form.why_not_yet(&i18n, t!(i18n, "admins-nobody")));
    let members = list.remote.data().map(|seen| seen.value.members.clone()).unwrap_or_default();
    let content = if allowed {
        early(&list.remote, &list.retry, |known| {
            html! { <>
                <p class="sheet__text">{t!(i18n, "managers-text")}</p>
                if let Some(text) = &*told { {notice(Tone::Good, "managers-told", html! { {text} })} }
                if let Some(error) = adding.error().or(removing.task.error()) { {failed(&i18n, error)} }
                <div class="sheet__add">
                    <PeoplePicker id="add-managers" label={t!(i18n, "managers-add-label")} autofocus=true {chosen} already={members.iter().map(|member| member.id).collect::<Vec<_>>()} on_change={form.on_change()} on_enter={add.clone()} on_awaits={form.on_awaits()} />
                    <Button class="button button--primary" testid="add-managers-button" why={why.clone()} busy={adding.is_busy()} onclick={add.reform(|_: MouseEvent| ())}>{t!(i18n, "managers-add")}</Button>
                </div>
                if known.is_none() {
                    <Loading lines={2} />
                } else if members.is_empty() {
                    <Empty icon={Icon::Group} title={t!(i18n, "managers-none-title")} text={t!(i18n, "managers-none-text")} testid="managers-none" />
                } else {
                    <ul class="persons persons--cards">
                        {removable(&i18n, &members, "tenant-manager", blocked.as_ref(), |who| t!(i18n, "managers-remove", who = who), &removing.on_ask(|one| one))}
                    </ul>
                }
            </> }
        })
    } else {
        html! { <Empty icon={Icon::Lock} title={t!(i18n, "managers-no-right-title")} text={t!(i18n, "managers-no-right-text")} testid="no-right" /> }
    };

    let head = html! { <>
        {cached(&i18n, &app, list.remote.data())}
        // A group may have nobody in it: that is worth a word.
        <span class="page__count">if let Some(seen) = list.remote.data().filter(|_| !members.is_empty()) { {t!(i18n, "users-count", count = seen.value.users)} }</span>
    </> };
    html! { <>
        <ListPage {title} {head}><div class="sheet"><div class="sheet__column">{content}</div></div></ListPage>
            if let Some(one) = removing.about() {
                <Confirm
                    title={t!(i18n, "managers-remove-title", who = one.display_name.clone())}
                    action={t!(i18n, "managers-remove", who = one.display_name.clone())}
                    busy={removing.task.is_busy()}
                    {on_confirm}
                    on_cancel={removing.on_cancel()}
                    testid="manager-remove-confirm"
                ><p>{t!(i18n, "managers-remove-text", who = one.display_name.clone())}</p></Confirm>
            }
    </> }
}
