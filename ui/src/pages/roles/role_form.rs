//! A new custom role with its first assignment, step by step (W6, R46, R53).

use tenantry_model::ipc::{CreateAt, CreateRole};
use tenantry_model::permission::PermissionSet;
use yew::prelude::*;

use super::draft::{AssignmentDraft, RoleDraft};
use super::fields;
use super::page::FormContext;
use crate::components::notice::why_not_now;
use crate::components::pane::fact;
use crate::components::wizard::{Step, Wizard};
use crate::context::use_app;
use crate::domain_view::role_labels::permission_names;
use crate::domain_view::role_templates::TEMPLATES;
use crate::hooks::{FormTarget, UseDraft, use_draft, use_task};
use crate::i18n::{I18n, t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct RoleFormProps {
    pub(super) context: FormContext,
}

#[component]
pub(super) fn RoleForm(props: &RoleFormProps) -> Html {
    let (i18n, app, context) = (use_i18n(), use_app(), &props.context);
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
        let (on_done, new) = (context.on_done.clone(), role.create(&assignment));
        let FormTarget { customer, form, .. } = context.target;
        let told = t!(i18n, "role-created", role = new.name.clone(), name = context.target.name.to_string());
        let send = task.sends::<CreateRole>(move |answer| on_done.emit((answer, told.clone())));
        send.reform(move |()| CreateAt { customer, form, new: new.clone() })
    };
    let content = match *at {
        0 => html! { <>
            {templates(&i18n, &role, context.terms.ceiling)}
            {fields::role_words(&i18n, &role)}
        </> },
        1 => fields::permissions(&i18n, &role, context),
        2 => fields::general(&i18n, &assignment, false),
        3 => fields::members(&i18n, &assignment),
        4 => fields::scope(&i18n, context.target.customer, &assignment, (0, 0)),
        _ => html! {
            <dl class="facts" data-testid="review">
                {fact(t!(i18n, "column-customer"), html! { {&context.target.name} })}
                {fact(t!(i18n, "role"), html! { {&role.name} })}
                if !role.description.trim().is_empty() { {fact(t!(i18n, "description"), html! { {&role.description} })} }
                {fact(t!(i18n, "role-permissions"), html! { {permission_names(&i18n, role.permissions)} })}
                {fields::review(&i18n, &assignment)}
            </dl>
        },
    };
    html! {
        <Wizard
            title={t!(i18n, "role-new")}
            over={&context.target.name}
            {steps}
            at={*at}
            {on_step}
            finish={t!(i18n, "role-add", name = context.target.name.to_string())}
            blocked={why_not_now(&i18n, &app).map(AttrValue::from)}
            busy={task.is_busy()}
            {on_finish}
            entered={role.is_changed() || assignment.is_changed()}
            on_cancel={context.on_cancel.clone()}
            testid="role-form"
            notices={fields::notices(&i18n, context, *at == 5, task.error())}
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
