//! Away with a custom role, or with an assignment.

use tenantry_model::api::requests::Outcome;
use tenantry_model::api::roles::{AssignmentDetail, RoleDetail};
use tenantry_model::ipc::{AssignmentKey, DeleteAssignment, DeleteRole, EndOf, RoleKey};
use yew::prelude::*;

use crate::components::confirm::Confirm;
use crate::components::notice::{Tone, failed, notice};
use crate::hooks::{self, FormTarget, use_task};
use crate::i18n::{t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct DeleteProps {
    pub(super) target: FormTarget,
    pub(super) role: RoleDetail,
    /// The assignment, where not the whole role goes.
    pub(super) assignment: Option<AssignmentDetail>,
    pub(super) needs_approval: bool,
    pub(super) on_done: Callback<(Outcome, String)>,
    pub(super) on_cancel: Callback<()>,
}

#[component]
pub(super) fn Delete(props: &DeleteProps) -> Html {
    let i18n = use_i18n();
    let task = use_task();
    let role = &props.role.role;
    let what = props.assignment.as_ref().map_or_else(|| role.name.clone(), |assignment| assignment.name.clone());
    let customer = props.target.name.to_string();
    let on_confirm = {
        let (task, on_done, version) = (task.clone(), props.on_done.clone(), props.target.version);
        let key = RoleKey { customer: props.target.customer, role: role.id };
        let assignment = props.assignment.as_ref().map(|assignment| assignment.id);
        let told = t!(i18n, "delete-done", what = what.clone(), name = customer.clone());
        Callback::from(move |()| {
            let (on_done, told) = (on_done.clone(), told.clone());
            task.run(async move {
                let answer = match assignment {
                    None => hooks::call::<DeleteRole>(EndOf { key, version }).await?,
                    Some(assignment) => {
                        let key = AssignmentKey { customer: key.customer, role: key.role, assignment };
                        hooks::call::<DeleteAssignment>(EndOf { key, version }).await?
                    }
                };
                on_done.emit((answer, told));
                Ok(())
            });
        })
    };
    let text = match &props.assignment {
        None => t!(i18n, "delete-role-text", count = props.role.assignments.len()),
        Some(assignment) => t!(i18n, "delete-assignment-text", count = assignment.members.len()),
    };
    html! {
        <Confirm
            title={t!(i18n, "delete-title", what = what.clone(), name = customer.clone())}
            action={t!(i18n, "delete-action", what = what, name = customer.clone())}
            busy={task.is_busy()}
            {on_confirm}
            on_cancel={props.on_cancel.clone()}
            testid="delete-confirm"
        >
            <p>{text}</p>
            if props.needs_approval { {notice(Tone::Waiting, "needs-approval", html! { {t!(i18n, "needs-approval", name = customer)} })} }
            if let Some(error) = task.error() { {failed(&i18n, error)} }
        </Confirm>
    }
}
