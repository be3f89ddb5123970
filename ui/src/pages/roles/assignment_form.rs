//! A new assignment of a role, or other words, members or scope of one (W5, W6, R48, R50–R56).

use tenantry_model::api::roles::{AssignmentDetail, ChangeAssignment as Change};
use tenantry_model::ipc::{AssignmentKey, ChangeAssignment, ChangeOf, CreateAssignment, CreateIn, GetRole, RoleKey};
use tenantry_model::role::Role;
use yew::prelude::*;

use super::draft::AssignmentDraft;
use super::fields;
use super::page::FormContext;
use super::view_model::compare_assignment;
use crate::components::confirm::Stale;
use crate::components::notice::why_not_now;
use crate::components::pane::fact;
use crate::components::wizard::{Step, Wizard};
use crate::context::use_app;
use crate::domain_view::role_labels::role_name;
use crate::hooks::{FormTarget, gives, use_command, use_draft, use_versioned_task};
use crate::i18n::{t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct AssignmentFormProps {
    pub(super) context: FormContext,
    pub(super) role: Role,
    /// As it was when the form was opened; none for a new one.
    pub(super) was: Option<AssignmentDetail>,
}

/// The wizard. What exists opens at its members: that is what mostly changes.
#[component]
pub(super) fn AssignmentForm(props: &AssignmentFormProps) -> Html {
    let (i18n, app, context) = (use_i18n(), use_app(), &props.context);
    let FormTarget { customer, version, form, .. } = context.target;
    let key = RoleKey { customer, role: props.role.id };
    let current = use_command::<GetRole>(props.was.is_some().then_some(key), app.model.relations);
    let at = use_draft(|| usize::from(props.was.is_some()));
    let draft = use_draft(|| props.was.as_ref().map_or_else(AssignmentDraft::new, AssignmentDraft::of));
    let task = use_versioned_task(&current.retry);
    let preset = props.was.as_ref().is_some_and(|was| was.preset);
    let send = {
        let on_done = context.on_done.clone();
        let told = t!(i18n, "assignment-saved", assignment = draft.name.trim().to_owned(), name = context.target.name.to_string());
        let done = move |answer| on_done.emit((answer, told.clone()));
        match &props.was {
            None => {
                let new = draft.create();
                task.sends::<CreateAssignment>(done).reform(move |_: u64| CreateIn { key, form, new: new.clone() })
            }
            Some(was) => {
                let key = AssignmentKey { customer, role: key.role, assignment: was.id };
                let change = draft.change(was);
                task.sends::<ChangeAssignment>(done).reform(move |version: u64| ChangeOf { key, version, change: change.clone() })
            }
        }
    };
    let mut steps =
        vec![Step::new(t!(i18n, "step-assignment"), draft.has_name()), Step::new(t!(i18n, "step-members"), draft.has_members())];
    if !preset {
        steps.push(Step::new(t!(i18n, "step-scope"), draft.has_scope()));
    }
    steps.push(Step::new(t!(i18n, "step-review"), true));
    let last = steps.len() - 1;
    let hidden = props.was.as_ref().map_or((0, 0), |was| (was.scope.hidden_rooms, was.scope.hidden_groups));
    let content = match *at {
        0 => fields::general(&i18n, &draft, preset),
        1 => fields::members(&i18n, &draft),
        2 if !preset => fields::scope(&i18n, customer, &draft, hidden),
        _ => html! {
            <dl class="facts" data-testid="review">
                {fact(t!(i18n, "column-customer"), html! { {&context.target.name} })}
                {fact(t!(i18n, "role"), html! { {role_name(&i18n, &props.role)} })}
                {fields::review(&i18n, &draft)}
            </dl>
        },
    };
    let name = context.target.name.to_string();
    let unchanged = props.was.as_ref().is_some_and(|was| draft.change(was) == Change::default());
    let blocked = why_not_now(&i18n, &app).or_else(|| unchanged.then(|| t!(i18n, "form-unchanged")));
    let (title, finish) = match &props.was {
        None => (t!(i18n, "assignment-new"), t!(i18n, "assignment-add", name = name)),
        Some(was) => (
            t!(i18n, "assignment-edit", assignment = was.name.clone()),
            t!(i18n, "assignment-save", assignment = was.name.clone(), name = name),
        ),
    };
    let stale = task.is_stale();
    let now = props.was.as_ref().and_then(|was| {
        let detail = &current.remote.data()?.value;
        detail.assignments.iter().find(|one| one.id == was.id && one.version != was.version)
    });
    let on_mine = gives::<(), _>(&send, now.map_or(version, |now| now.version));
    html! { <>
        <Wizard
            {title}
            over={&context.target.name}
            {steps}
            at={*at}
            on_step={at.on_change()}
            {finish}
            blocked={blocked.map(AttrValue::from)}
            busy={task.is_busy()}
            on_finish={gives(&send, version)}
            entered={draft.is_changed()}
            on_cancel={context.on_cancel.clone()}
            testid="assignment-form"
            notices={fields::notices(&i18n, context, *at == last, task.error().filter(|_| !stale))}
        >{content}</Wizard>
        if let Some(was) = props.was.as_ref().filter(|_| stale) {
            <Stale name={was.name.clone()} lines={now.map(|now| compare_assignment(&i18n, was, now, &draft))} on_theirs={context.on_cancel.clone()} {on_mine} on_cancel={task.on_reset()} />
        }
    </> }
}
