//! Away with a custom role, or with an assignment.

use tenantry_model::api::roles::{AssignmentDetail, RoleDetail};
use tenantry_model::ipc::{AssignmentKey, DeleteAssignment, DeleteRole, EndOf, RoleKey};
use yew::prelude::*;

use super::fields;
use super::page::FormContext;
use crate::components::confirm::Confirm;
use crate::hooks::{FormTarget, use_task};
use crate::i18n::{I18n, t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct DeleteProps {
    pub(super) context: FormContext,
    pub(super) role: RoleDetail,
    /// The assignment, where not the whole role goes.
    pub(super) assignment: Option<AssignmentDetail>,
}

/// What goes: which of the two it is, with its name.
pub(super) fn told(i18n: &I18n, role: &RoleDetail, assignment: Option<&AssignmentDetail>) -> String {
    match assignment {
        None => t!(i18n, "delete-role", name = role.role.name.clone()),
        Some(assignment) => t!(i18n, "delete-assignment", name = assignment.name.clone()),
    }
}

#[component]
pub(super) fn Delete(props: &DeleteProps) -> Html {
    let (i18n, context) = (use_i18n(), &props.context);
    let task = use_task();
    let role = props.role.role.id;
    let what = told(&i18n, &props.role, props.assignment.as_ref());
    let customer = context.target.name.to_string();
    let on_confirm = {
        let (on_done, told) = (context.on_done.clone(), t!(i18n, "delete-done", what = what.clone(), name = customer.clone()));
        let done = move |answer| on_done.emit((answer, told.clone()));
        let FormTarget { customer, version, .. } = context.target;
        match &props.assignment {
            None => task.sends::<DeleteRole>(done).reform(move |()| EndOf { key: RoleKey { customer, role }, version }),
            Some(AssignmentDetail { id: assignment, .. }) => {
                let key = AssignmentKey { customer, role, assignment: *assignment };
                task.sends::<DeleteAssignment>(done).reform(move |()| EndOf { key, version })
            }
        }
    };
    let text = match &props.assignment {
        None => t!(i18n, "delete-role-text", count = props.role.assignments.len()),
        Some(assignment) => t!(i18n, "delete-assignment-text", count = assignment.members.len()),
    };
    html! {
        <Confirm
            title={t!(i18n, "delete-title", what = what.clone(), name = customer.clone())}
            action={t!(i18n, "delete-action", what = what, name = customer)}
            busy={task.is_busy()}
            {on_confirm}
            on_cancel={context.on_cancel.clone()}
            testid="delete-confirm"
        >
            <p>{text}</p>
            {fields::notices(&i18n, context, true, task.error())}
        </Confirm>
    }
}
