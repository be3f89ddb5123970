//! A partner's roles with their people and where they hold (R45, A27). Changing them is the partner's; taking custom ones away is the customer's.

use tenantry_model::api::partners::PartnerDetail;
use tenantry_model::api::roles::{AssignmentDetail, RoleDetail};
use tenantry_model::collation::sort_key;
use tenantry_model::ipc::{DeletePartnerRole, EndOf, PartnerRoleKey};
use yew::prelude::*;

use super::invite::some_names;
use crate::components::button::Button;
use crate::components::confirm::Confirm;
use crate::components::icon::{Icon, glyph};
use crate::components::notice::{Tone, failed, notice, why_not_now};
use crate::context::use_app;
use crate::domain_view::pickers::person;
use crate::domain_view::role_labels::{permission_names, role_called, role_name, scope_line};
use crate::hooks::{self, gives, use_question};
use crate::i18n::{I18n, Names, Value, t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct PeopleProps {
    pub(super) detail: PartnerDetail,
    /// It changed, or may have: asks for it again.
    pub(super) on_changed: Callback<()>,
}

#[component]
pub(super) fn People(props: &PeopleProps) -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let question = use_question::<RoleDetail>();
    let done = use_state(|| None::<String>);
    let partner = props.detail.row.id;
    let blocked = why_not_now(&i18n, &app);
    let on_confirm = {
        let (done, on_changed, i18n) = (done.setter(), props.on_changed.clone(), i18n.clone());
        question.on_confirm(move |role: RoleDetail| {
            let (done, on_changed) = (done.clone(), on_changed.clone());
            let told = t!(i18n, "partner-role-deleted", role = role.role.name.clone());
            async move {
                done.set(None);
                let key = PartnerRoleKey { partner, role: role.role.id };
                let answer = hooks::call::<DeletePartnerRole>(EndOf { key, version: role.version }).await;
                on_changed.emit(());
                answer?;
                done.set(Some(told));
                Ok(())
            }
        })
    };
    let (task, ask) = (&question.task, question.on_ask(|role: RoleDetail| role));
    html! { <>
        if let Some(told) = &*done { {notice(Tone::Good, "partner-role-deleted", html! { {told} })} }
        if task.is_stale() {
            {notice(Tone::Care, "partner-end-stale", html! { {t!(i18n, "partner-end-stale")} })}
        } else if let Some(error) = task.error() {
            {failed(&i18n, error)}
        }
        if props.detail.roles.is_empty() { <p class="dim">{t!(i18n, "partner-roles-none")}</p> }
        <>{for props.detail.roles.iter().map(|role| card(&i18n, role, blocked.as_ref(), &ask))}</>
        if let Some(role) = question.about() {
            <Confirm
                title={t!(i18n, "partner-role-delete-title", role = role.role.name.clone(), name = props.detail.row.display_name.clone())}
                action={t!(i18n, "partner-role-delete-action", role = role.role.name.clone())}
                busy={task.is_busy()} blocked={blocked.clone().map(AttrValue::from)} {on_confirm} on_cancel={question.on_cancel()} testid="confirm-partner-role"
            >
                <p>{t!(i18n, "partner-role-delete-text", count = role.assignments.len(), people = everybody(&i18n, role))}</p>
            </Confirm>
        }
    </> }
}

fn everybody(i18n: &I18n, role: &RoleDetail) -> Value<'static> {
    let mut names: Vec<&str> =
        role.assignments.iter().flat_map(|assignment| &assignment.members).map(|member| member.display_name.as_str()).collect();
    names.sort_by_cached_key(|name| sort_key(name));
    names.dedup();
    if names.is_empty() { t!(i18n, "members-none").into() } else { names.into_iter().collect::<Names>().into() }
}

fn card(i18n: &I18n, role: &RoleDetail, blocked: Option<&String>, ask: &Callback<RoleDetail>) -> Html {
    let custom = role.role.built_in.is_none();
    let (icon, kind) = if custom { (Icon::Roles, t!(i18n, "role-custom")) } else { (Icon::Lock, t!(i18n, "role-built-in")) };
    let names = permission_names(i18n, role.role.permissions);
    let onclick = gives::<MouseEvent, _>(ask, role.clone());
    html! {
        <section key={role.role.id.to_string()} class="pane__section" data-testid="partner-role" data-id={role.role.id.to_string()}>
            <header class="assignment__head">
                <h3 class="assignment__name">{role_name(i18n, &role.role)}</h3>
                <span class="tag">{glyph(icon)}{kind}</span>
                if custom {
                    <Button class="button button--small button--danger" testid="partner-role-delete" label={t!(i18n, "partner-role-delete-action", role = role.role.name.clone())} why={blocked.cloned()} {onclick}>{t!(i18n, "delete")}</Button>
                }
            </header>
            if custom && !role.role.description.is_empty() { <p class="dim">{&role.role.description}</p> }
            <details class="fold fold--bare">
                <summary class="fold__line"><span class="fold__sum">{t!(i18n, "permissions-count", count = role.role.permissions.len())}</span></summary>
                <p class="dim">{names}</p>
            </details>
            <ul class="assignments">
                <>{for role.assignments.iter().map(|assignment| assigned(i18n, assignment))}</>
                if role.assignments.is_empty() { <li class="dim">{t!(i18n, "assignments-none")}</li> }
            </ul>
        </section>
    }
}

fn assigned(i18n: &I18n, assignment: &AssignmentDetail) -> Html {
    let scope = &assignment.scope;
    let names: Vec<&str> =
        scope.groups.iter().map(|group| group.name.as_str()).chain(scope.rooms.iter().map(|room| room.name.as_str())).collect();
    html! {
        <li key={assignment.id.to_string()} class="assignment">
            <h4 class="assignment__name clip" title={role_called(i18n, &assignment.name)}>{role_called(i18n, &assignment.name)}</h4>
            <p class="assignment__line">{glyph(Icon::Rooms)}{if scope.all { t!(i18n, "approval-all-rooms") } else { scope_line(i18n, scope) }}</p>
            if !names.is_empty() { <p class="dim">{some_names(i18n, &names)}</p> }
            <ul class="persons">
                <>{for assignment.members.iter().map(|member| html! { <li key={member.id.to_string()} class="persons__row">{person(i18n, member, None)}</li> })}</>
                if assignment.members.is_empty() { <li class="dim">{t!(i18n, "members-none")}</li> }
            </ul>
        </li>
    }
}
