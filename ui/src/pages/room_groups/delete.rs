//! Away with a group.

use tenantry_model::api::requests::Done;
use tenantry_model::api::room_groups::RoomGroupDetail;
use tenantry_model::ipc::{DeleteRoomGroup, EndOf, RoomGroupKey};
use yew::prelude::*;

use super::page::FormContext;
use crate::components::confirm::Confirm;
use crate::components::notice::failed;
use crate::hooks::{FormTarget, use_task};
use crate::i18n::{I18n, t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct DeleteProps {
    pub(super) context: FormContext,
    pub(super) was: RoomGroupDetail,
}

/// What goes: that it is a group, with its name.
pub(super) fn told(i18n: &I18n, was: &RoomGroupDetail) -> String {
    t!(i18n, "delete-group", name = was.group.name.clone())
}

#[component]
pub(super) fn Delete(props: &DeleteProps) -> Html {
    let (i18n, context) = (use_i18n(), &props.context);
    let task = use_task();
    let (what, name) = (told(&i18n, &props.was), context.target.name.to_string());
    let FormTarget { customer, version, .. } = context.target;
    let on_confirm = {
        let (on_done, told) = (context.on_done.clone(), t!(i18n, "delete-done", what = what.clone(), name = name.clone()));
        let key = RoomGroupKey { customer, group: props.was.group.id };
        task.sends::<DeleteRoomGroup>(move |()| on_done.emit((Done::default(), told.clone()))).reform(move |()| EndOf { key, version })
    };
    html! {
        <Confirm
            title={t!(i18n, "delete-title", what = what.clone(), name = name.clone())}
            action={t!(i18n, "delete-action", what = what, name = name)}
            busy={task.is_busy()}
            {on_confirm}
            on_cancel={context.on_cancel.clone()}
            testid="group-delete-confirm"
        >
            <p>{t!(i18n, "group-delete-text")}</p>
            if let Some(error) = task.error() { {failed(&i18n, error)} }
        </Confirm>
    }
}
