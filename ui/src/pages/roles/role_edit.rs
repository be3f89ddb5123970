//! Other words or permissions of a custom role.

use tenantry_model::api::roles::{ChangeRole as Change, RoleDetail};
use tenantry_model::ipc::{ChangeOf, ChangeRole, GetRole, RoleKey};
use yew::prelude::*;

use super::draft::RoleDraft;
use super::fields;
use super::page::FormContext;
use super::view_model::compare_role;
use crate::components::confirm::Stale;
use crate::components::notice::why_not_now;
use crate::components::wizard::{Step, Wizard};
use crate::context::use_app;
use crate::hooks::{FormTarget, gives, use_command, use_draft, use_versioned_task};
use crate::i18n::{t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct RoleEditProps {
    pub(super) context: FormContext,
    /// As it was when the form was opened.
    pub(super) was: RoleDetail,
}

/// The form: one step, so that whoever comes for the name need not pass the permissions.
#[component]
pub(super) fn RoleEdit(props: &RoleEditProps) -> Html {
    let (i18n, app, context) = (use_i18n(), use_app(), &props.context);
    let FormTarget { customer, version, .. } = context.target;
    let key = RoleKey { customer, role: props.was.role.id };
    let current = use_command::<GetRole>(Some(key), app.model.relations);
    let draft = use_draft(|| RoleDraft::of(&props.was));
    let task = use_versioned_task(&current.retry);
    let send = {
        let (on_done, change) = (context.on_done.clone(), draft.change(&props.was));
        let told = t!(i18n, "role-changed", role = draft.name.trim().to_owned(), name = context.target.name.to_string());
        let send = task.sends::<ChangeRole>(move |answer| on_done.emit((answer, told.clone())));
        send.reform(move |version: u64| ChangeOf { key, version, change: change.clone() })
    };
    let name = context.target.name.to_string();
    let unchanged = draft.change(&props.was) == Change::default();
    let blocked = why_not_now(&i18n, &app)
        .or_else(|| unchanged.then(|| t!(i18n, "form-unchanged")))
        .or_else(|| (!draft.has_name() || draft.permissions.is_empty()).then(|| t!(i18n, "role-incomplete")));
    let stale = task.is_stale();
    let now = current.remote.data().map(|seen| &seen.value).filter(|now| now.version != version);
    let on_mine = gives::<(), _>(&send, now.map_or(version, |now| now.version));
    html! { <>
        <Wizard
            title={t!(i18n, "role-edit", role = props.was.role.name.clone())}
            over={&context.target.name}
            steps={vec![Step::new(t!(i18n, "step-role"), true)]}
            at={0}
            on_step={Callback::noop()}
            finish={t!(i18n, "role-save", role = props.was.role.name.clone(), name = name)}
            blocked={blocked.map(AttrValue::from)}
            busy={task.is_busy()}
            on_finish={gives(&send, version)}
            entered={draft.is_changed()}
            on_cancel={context.on_cancel.clone()}
            testid="role-edit-form"
            notices={fields::notices(&i18n, context, true, task.error().filter(|_| !stale))}
        >
            {fields::role_words(&i18n, &draft)}
            {fields::permissions(&i18n, &draft, context)}
        </Wizard>
        if stale {
            <Stale name={props.was.role.name.clone()} lines={now.map(|now| compare_role(&i18n, &props.was, now, &draft))} on_theirs={context.on_cancel.clone()} {on_mine} on_cancel={task.on_reset()} />
        }
    </> }
}
