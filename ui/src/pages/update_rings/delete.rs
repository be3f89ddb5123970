//! Away with a ring; its rooms come to General.

use tenantry_model::api::requests::{Done, Outcome};
use tenantry_model::api::update_rings::UpdateRingRow;
use tenantry_model::ipc::{DeleteUpdateRing, EndOf, UpdateRingKey};
use yew::prelude::*;

use super::page::{FormContext, use_rings};
use super::view_model::ring;
use crate::components::confirm::Confirm;
use crate::components::notice::failed;
use crate::hooks::{FormTarget, use_task};
use crate::i18n::{I18n, t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct DeleteProps {
    pub(super) context: FormContext,
    pub(super) was: UpdateRingRow,
    /// What the ring is called that its rooms come to.
    pub(super) general: AttrValue,
}

/// What goes: that it is a ring, with its name.
pub(super) fn told(i18n: &I18n, was: &UpdateRingRow) -> String {
    t!(i18n, "delete-ring", name = was.name.clone())
}

#[component]
pub(super) fn Delete(props: &DeleteProps) -> Html {
    let (i18n, context) = (use_i18n(), &props.context);
    let task = use_task();
    // How many rooms there are by now: they may have come after the question.
    let (list, _) = use_rings(context);
    let count = ring(&list, props.was.id).map_or(props.was.rooms, |now| now.rooms);
    let (what, name) = (told(&i18n, &props.was), context.target.name.to_string());
    let FormTarget { customer, version, .. } = context.target;
    let on_confirm = {
        let (on_done, told) = (context.on_done.clone(), t!(i18n, "delete-done", what = what.clone(), name = name.clone()));
        let key = UpdateRingKey { customer, ring: props.was.id };
        let done = move |()| on_done.emit((Outcome::Done(Done::default()), told.clone()));
        task.sends::<DeleteUpdateRing>(done).reform(move |()| EndOf { key, version })
    };
    html! {
        <Confirm
            title={t!(i18n, "delete-title", what = what.clone(), name = name.clone())}
            action={t!(i18n, "delete-action", what = what, name = name)}
            busy={task.is_busy()}
            {on_confirm}
            on_cancel={context.on_cancel.clone()}
            testid="ring-delete-confirm"
        >
            <p>{t!(i18n, "ring-delete-text", count = count, ring = props.general.to_string())}</p>
            if let Some(error) = task.error() { {failed(&i18n, error)} }
        </Confirm>
    }
}
