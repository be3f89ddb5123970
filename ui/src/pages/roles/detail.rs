//! One role beside the list: properties, permissions, assignments (W5).

use tenantry_model::api::roles::RoleDetail;
use tenantry_model::id::TenantId;
use tenantry_model::ipc::{GetRole, RoleKey};
use tenantry_model::permission::PermissionSet;
use yew::prelude::*;

use super::assignments::assignments;
use super::page::Form;
use super::view_model::description;
use crate::components::button::Button;
use crate::components::icon::{Icon, glyph};
use crate::components::loading::text_of;
use crate::components::notice::{Tone, cached, standing};
use crate::components::pane::{Pane, fact};
use crate::components::tabs::tabs_of;
use crate::context::use_app;
use crate::domain_view::permission_matrix::matrix_of;
use crate::domain_view::role_labels::role_name;
use crate::hooks::{gives, use_command, use_place};
use crate::i18n::{I18n, t, use_i18n};
use crate::route::{RoleTab, Route};

#[derive(Properties, PartialEq)]
pub(super) struct DetailProps {
    pub(super) customer: TenantId,
    pub(super) customer_name: AttrValue,
    pub(super) role: tenantry_model::id::RoleId,
    pub(super) tab: RoleTab,
    pub(super) ceiling: PermissionSet,
    /// Why nothing can be changed.
    pub(super) blocked: Option<String>,
    /// Why the role itself cannot be.
    pub(super) make_blocked: Option<String>,
    pub(super) on_form: Callback<Form>,
    pub(super) on_close: Callback<()>,
}

#[component]
pub(super) fn Detail(props: &DetailProps) -> Html {
    let (i18n, app, place) = (use_i18n(), use_app(), use_place());
    let key = RoleKey { customer: props.customer, role: props.role };
    let role = use_command::<GetRole>(Some(key), app.model.relations);
    let known = role.remote.data().map(|seen| &seen.value);
    let count = |of: fn(&RoleDetail) -> u32| known.map(|known| i18n.number(of(known)));
    let tab = |tab: RoleTab| match tab {
        RoleTab::Properties => ("role-tab-properties", t!(i18n, "role-properties"), None),
        RoleTab::Permissions => ("role-tab-permissions", t!(i18n, "role-permissions"), count(|known| known.role.permissions.len())),
        RoleTab::Assignments => ("role-tab-assignments", t!(i18n, "role-assignments"), count(|known| known.assignments.len() as u32)),
    };
    let role_id = props.role;
    let on_tab = move |tab| place.replace(Route::Role { role: role_id, tab });
    html! {
        <Pane title={known.map(|known| role_name(&i18n, &known.role)).unwrap_or_else(|| t!(i18n, "role"))} over={props.customer_name.clone()} age={cached(&i18n, &app, role.remote.data())} testid="role-pane" on_close={props.on_close.clone()}>
            {tabs_of(t!(i18n, "role"), RoleTab::ALL, props.tab, tab, on_tab)}
            <div class="pane__body" tabindex="0">
                {text_of(&role.remote, &role.retry, 3, |seen| html! { <>
                        if seen.value.role.built_in.is_some() && props.tab != RoleTab::Assignments { {standing(Tone::Note, "built-in", html! { {t!(i18n, "role-built-in-why")} })} }
                        {match props.tab {
                            RoleTab::Properties => properties(&i18n, &seen.value),
                            RoleTab::Permissions => matrix_of(&i18n, seen.value.role.permissions, props.ceiling),
                            RoleTab::Assignments => assignments(&i18n, &seen.value, props.blocked.as_ref(), &props.on_form),
                        }}
                    </> })}
            </div>
            if let Some(known) = known { {foot(&i18n, known, props)} }
        </Pane>
    }
}

fn properties(i18n: &I18n, detail: &RoleDetail) -> Html {
    let role = &detail.role;
    let kind = if role.built_in.is_some() { t!(i18n, "role-built-in") } else { t!(i18n, "role-custom") };
    html! {
        <dl class="facts">
            {fact(t!(i18n, "column-name"), html! { {role_name(i18n, role)} })}
            {fact(t!(i18n, "description"), html! { {description(i18n, role)} })}
            {fact(t!(i18n, "column-type"), html! { {kind} })}
            {fact(t!(i18n, "role-permissions"), html! { {t!(i18n, "permissions-count", count = role.permissions.len())} })}
        </dl>
    }
}

/// The buttons: what can be done with the role, whichever tab is up. Built-in ones are fixed (R49).
fn foot(i18n: &I18n, detail: &RoleDetail, props: &DetailProps) -> Html {
    use tenantry_model::permission::BuiltInRole;
    let built_in = detail.role.built_in;
    let blocked = props.blocked.clone();
    let fixed = props.make_blocked.clone().or_else(|| built_in.map(|_| t!(i18n, "role-built-in-why")));
    let full = blocked.clone().or_else(|| (built_in == Some(BuiltInRole::PrimaryAdmins)).then(|| t!(i18n, "assignments-one")));
    let edit = gives::<MouseEvent, _>(&props.on_form, Form::EditRole(Box::new(detail.clone())));
    let delete = gives::<MouseEvent, _>(&props.on_form, Form::Delete(Box::new(detail.clone()), None));
    let add = gives::<MouseEvent, _>(&props.on_form, Form::NewAssignment(detail.role.clone()));
    html! {
        <footer class="pane__foot">
            <div class="pane__buttons">
                if built_in.is_none() {
                    <Button class="button button--danger" testid="role-delete" why={fixed.clone()} onclick={delete}>{t!(i18n, "role-delete-button")}</Button>
                    <Button testid="role-edit" why={fixed.clone()} onclick={edit}>{t!(i18n, "role-edit-button")}</Button>
                }
                <Button testid="assignment-new" why={full.clone()} onclick={add}>{glyph(Icon::Plus)}{t!(i18n, "assignment-new")}</Button>
            </div>
            if let Some(why) = full { <p class="pane__why">{why}</p> }
        </footer>
    }
}
