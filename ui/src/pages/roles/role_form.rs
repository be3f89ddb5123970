//! A new custom role with its first assignment, step by step (W6, R46, R53).

use tenantry_model::api::requests::Outcome;
use tenantry_model::ipc::{CreateAt, CreateRole};
use tenantry_model::permission::{Permission, PermissionSet};
use yew::prelude::*;

use super::draft::{AssignmentDraft, RoleDraft};
use super::fields;
use super::view_model::toggled;
use crate::components::form::TextField;
use crate::components::notice::{Tone, failed, notice, why_not_now};
use crate::components::pane::fact;
use crate::components::wizard::{Step, Wizard};
use crate::context::use_app;
use crate::domain_view::permission_matrix::Matrix;
use crate::domain_view::role_labels::permission_names;
use crate::domain_view::role_templates::TEMPLATES;
use crate::hooks::{self, FormTarget, UseDraft, use_draft, use_task};
use crate::i18n::{I18n, t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct RoleFormProps {
    pub(super) target: FormTarget,
    pub(super) ceiling: PermissionSet,
    /// Whether it becomes a request to the customer (R24).
    pub(super) needs_approval: bool,
    /// It was sent: how it went, and in words what was done.
    pub(super) on_done: Callback<(Outcome, String)>,
    pub(super) on_cancel: Callback<()>,
}

#[component]
pub(super) fn RoleForm(props: &RoleFormProps) -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let at = use_draft(|| 0_usize);
    let role = use_draft(RoleDraft::default);
    let assignment = use_draft(AssignmentDraft::new);
    let task = use_task();
    let steps = vec![
        Step::new(t!(i18n, "step-general"), role.has_name()),
        Step::new(t!(i18n, "step-permissions"), !role.permissions.is_empty()),
        Step::new(t!(i18n, "step-assignment"), assignment.has_name()),
        Step::new(t!(i18n, "step-members"), assignment.has_members()),
        Step::new(t!(i18n, "step-scope"), assignment.has_scope()),
        Step::new(t!(i18n, "step-review"), true),
    ];
    let on_step = {
        let (at, assignment) = (at.clone(), assignment.clone());
        let role_name = role.name.trim().to_owned();
        Callback::from(move |to: usize| {
            // The first assignment is mostly called as the role is.
            if to == 2 && assignment.name.is_empty() {
                assignment.set(AssignmentDraft { name: role_name.clone(), ..(*assignment).clone() });
            }
            at.set(to);
        })
    };
    let on_finish = {
        let (task, target, on_done) = (task.clone(), props.target.clone(), props.on_done.clone());
        let new = role.create(&assignment);
        let told = t!(i18n, "role-created", role = new.name.clone(), name = target.name.to_string());
        Callback::from(move |()| {
            let args = CreateAt { customer: target.customer, form: target.form, new: new.clone() };
            let (on_done, told) = (on_done.clone(), told.clone());
            task.run(async move {
                on_done.emit((hooks::call::<CreateRole>(args).await?, told));
                Ok(())
            });
        })
    };
    let ceiling = props.ceiling;
    let on_toggle = role.edit(move |role, (permission, on): (Permission, bool)| {
        role.permissions = toggled(role.permissions, permission, on, ceiling);
    });
    let name = props.target.name.to_string();
    let content = match *at {
        0 => html! { <>
            {templates(&i18n, &role, props.ceiling)}
            <TextField id="role-name" label={t!(i18n, "column-name")} required=true value={role.name.clone()} on_input={role.edit(|role, text| role.name = text)} />
            <TextField id="role-description" label={t!(i18n, "form-optional", what = t!(i18n, "description"))} value={role.description.clone()} on_input={role.edit(|role, text| role.description = text)} />
        </> },
        1 => {
            html! { <Matrix set={role.permissions} ceiling={props.ceiling} beyond={t!(i18n, "matrix-beyond", name = name.clone())} {on_toggle} /> }
        }
        2 => fields::general(&i18n, &assignment, false),
        3 => fields::members(&i18n, &assignment),
        4 => fields::scope(&i18n, props.target.customer, &assignment, 0),
        _ => html! {
            <dl class="facts" data-testid="review">
                {fact(t!(i18n, "column-customer"), html! { {&props.target.name} })}
                {fact(t!(i18n, "role"), html! { {&role.name} })}
                if !role.description.trim().is_empty() { {fact(t!(i18n, "description"), html! { {&role.description} })} }
                {fact(t!(i18n, "role-permissions"), html! { {permission_names(&i18n, role.permissions)} })}
                {fields::review(&i18n, &assignment)}
            </dl>
        },
    };
    let notices = html! { <>
        if props.needs_approval && *at == 5 { {notice(Tone::Waiting, "needs-approval", html! { {t!(i18n, "needs-approval", name = name.clone())} })} }
        if let Some(error) = task.error() { {failed(&i18n, error)} }
    </> };
    html! {
        <Wizard
            title={t!(i18n, "role-new")}
            over={&props.target.name}
            {steps}
            at={*at}
            {on_step}
            finish={t!(i18n, "role-add", name = name)}
            blocked={why_not_now(&i18n, &app).map(AttrValue::from)}
            busy={task.is_busy()}
            {on_finish}
            on_cancel={props.on_cancel.clone()}
            testid="role-form"
            {notices}
        >{content}</Wizard>
    }
}

fn templates(i18n: &I18n, role: &UseDraft<RoleDraft>, ceiling: PermissionSet) -> Html {
    html! {
        <div class="templates" role="group" aria-label={t!(i18n, "templates")}>
            <p class="checks__legend">{t!(i18n, "templates")}</p>
            <div class="templates__row">
                {for TEMPLATES.into_iter().map(|template| {
                    let (permissions, name, text) = (template.within(ceiling), template.name(i18n), template.text(i18n));
                    let on = role.permissions == permissions && role.name == name;
                    let onclick = {
                        let (role, name, text) = (role.clone(), name.clone(), text.clone());
                        Callback::from(move |_: MouseEvent| role.set(RoleDraft { name: name.clone(), description: text.clone(), permissions }))
                    };
                    let cut = permissions != template.permissions();
                    html! {
                        <button key={template.word()} type="button" class={classes!("template", on.then_some("template--on"))} aria-pressed={on.to_string()} data-testid={format!("template-{}", template.word())} {onclick}>
                            <span class="template__name">{name}</span>
                            <span class="template__text">{text}</span>
                            <span class="template__text">{t!(i18n, "permissions-count", count = permissions.len())}if cut { {" · "}{t!(i18n, "template-cut")} }</span>
                        </button>
                    }
                })}
            </div>
        </div>
    }
}
