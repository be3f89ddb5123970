//! Other words or permissions of a custom role.

use tenantry_model::api::requests::Outcome;
use tenantry_model::api::roles::{ChangeRole as Change, RoleDetail};
use tenantry_model::ipc::{ChangeOf, ChangeRole, GetRole, RoleKey};
use tenantry_model::permission::{Permission, PermissionSet};
use yew::prelude::*;

use super::draft::RoleDraft;
use super::view_model::{compare_role, toggled};
use crate::components::confirm::Stale;
use crate::components::form::TextField;
use crate::components::notice::{Tone, failed, notice, why_not_now};
use crate::components::wizard::{Step, Wizard};
use crate::context::use_app;
use crate::domain_view::permission_matrix::Matrix;
use crate::hooks::{self, FormTarget, use_command, use_draft, use_versioned_task};
use crate::i18n::{t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct RoleEditProps {
    pub(super) target: FormTarget,
    /// As it was when the form was opened.
    pub(super) was: RoleDetail,
    pub(super) ceiling: PermissionSet,
    pub(super) needs_approval: bool,
    pub(super) on_done: Callback<(Outcome, String)>,
    pub(super) on_cancel: Callback<()>,
}

/// The form: one step, so that whoever comes for the name need not pass the permissions.
#[component]
pub(super) fn RoleEdit(props: &RoleEditProps) -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let key = RoleKey { customer: props.target.customer, role: props.was.role.id };
    let current = use_command::<GetRole>(Some(key), app.model.relations);
    let draft = use_draft(|| RoleDraft::of(&props.was));
    let task = use_versioned_task(&current.retry);
    let send = {
        let (task, on_done) = (task.clone(), props.on_done.clone());
        let change = draft.change(&props.was);
        let told = t!(i18n, "role-changed", role = draft.name.trim().to_owned(), name = props.target.name.to_string());
        Callback::from(move |version: u64| {
            let args = ChangeOf { key, version, change: change.clone() };
            let (on_done, told) = (on_done.clone(), told.clone());
            task.run(async move {
                on_done.emit((hooks::call::<ChangeRole>(args).await?, told));
                Ok(())
            });
        })
    };
    let ceiling = props.ceiling;
    let on_toggle = draft.edit(move |draft, (permission, on): (Permission, bool)| {
        draft.permissions = toggled(draft.permissions, permission, on, ceiling);
    });
    let name = props.target.name.to_string();
    let unchanged = draft.change(&props.was) == Change::default();
    let blocked = why_not_now(&i18n, &app)
        .or_else(|| unchanged.then(|| t!(i18n, "form-unchanged")))
        .or_else(|| (!draft.has_name() || draft.permissions.is_empty()).then(|| t!(i18n, "role-incomplete")));
    let stale = task.is_stale();
    let now = current.remote.data().map(|seen| &seen.value).filter(|now| now.version != props.target.version);
    let notices = html! { <>
        if props.needs_approval { {notice(Tone::Waiting, "needs-approval", html! { {t!(i18n, "needs-approval", name = name.clone())} })} }
        if let Some(error) = task.error().filter(|_| !stale) { {failed(&i18n, error)} }
    </> };
    let on_mine = {
        let (send, version) = (send.clone(), now.map_or(props.target.version, |now| now.version));
        Callback::from(move |()| send.emit(version))
    };
    html! { <>
        <Wizard
            title={t!(i18n, "role-edit", role = props.was.role.name.clone())}
            over={&props.target.name}
            steps={vec![Step::new(t!(i18n, "step-role"), true)]}
            at={0}
            on_step={Callback::noop()}
            finish={t!(i18n, "role-save", role = props.was.role.name.clone(), name = name.clone())}
            blocked={blocked.map(AttrValue::from)}
            busy={task.is_busy()}
            on_finish={send.reform({ let version = props.target.version; move |()| version })}
            on_cancel={props.on_cancel.clone()}
            testid="role-edit-form"
            {notices}
        >
            <TextField id="role-name" label={t!(i18n, "column-name")} required=true value={draft.name.clone()} on_input={draft.edit(|draft, text| draft.name = text)} />
            <TextField id="role-description" label={t!(i18n, "form-optional", what = t!(i18n, "description"))} value={draft.description.clone()} on_input={draft.edit(|draft, text| draft.description = text)} />
            <Matrix set={draft.permissions} ceiling={props.ceiling} beyond={t!(i18n, "matrix-beyond", name = name)} {on_toggle} />
        </Wizard>
        if stale {
            <Stale name={props.was.role.name.clone()} lines={now.map(|now| compare_role(&i18n, &props.was, now, &draft))} on_theirs={props.on_cancel.clone()} {on_mine} on_cancel={task.on_reset()} />
        }
    </> }
}
