//! Rooms into a ring: they are picked from those of the customer.

use std::rc::Rc;

use tenantry_model::api::update_rings::{MOST_MOVED, MoveRooms as Move, UpdateRingRow};
use tenantry_model::ipc::{ChangeOf, MoveToUpdateRing, UpdateRingKey};
use yew::prelude::*;

use super::page::{FormContext, use_rings};
use super::view_model::ring;
use crate::components::notice::{failed, why_not_now};
use crate::components::wizard::{Step, Wizard};
use crate::context::use_app;
use crate::domain_view::pickers::{Picked, RoomPicker};
use crate::hooks::{gives, use_draft, use_versioned_task};
use crate::i18n::{t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct MoveProps {
    pub(super) context: FormContext,
    /// As it was when the form was opened.
    pub(super) was: UpdateRingRow,
}

#[component]
pub(super) fn MoveRooms(props: &MoveProps) -> Html {
    let (i18n, app, context) = (use_i18n(), use_app(), &props.context);
    let (list, reload) = use_rings(context);
    // As it is now: rooms that come to it overwrite nothing that anybody else does.
    let ring = ring(&list, props.was.id).unwrap_or(&props.was);
    let draft = use_draft(|| Rc::new(Picked::default()));
    let task = use_versioned_task(&reload);
    let count = draft.rooms.len();
    let name = context.target.name.to_string();
    let send = {
        let key = UpdateRingKey { customer: context.target.customer, ring: ring.id };
        let (on_done, told) =
            (context.on_done.clone(), t!(i18n, "ring-moved", count = count, ring = ring.name.clone(), name = name.clone()));
        let change = Move { rooms: draft.rooms.iter().copied().collect() };
        let send = task.sends::<MoveToUpdateRing>(move |outcome| on_done.emit((outcome, told.clone())));
        send.reform(move |version: u64| ChangeOf { key, version, change: change.clone() })
    };
    let blocked = why_not_now(&i18n, &app)
        .or_else(|| (count == 0).then(|| t!(i18n, "ring-move-choose")))
        .or_else(|| (count > MOST_MOVED).then(|| t!(i18n, "ring-move-too-many", most = MOST_MOVED)));
    let notices = html! { <>
        {context.asks(&i18n, &list)}
        if let Some(error) = task.error() { {failed(&i18n, error)} }
    </> };
    html! {
        <Wizard
            title={t!(i18n, "ring-move-title", ring = ring.name.clone())}
            over={&context.target.name}
            steps={vec![Step::new(t!(i18n, "rooms"), true)]}
            at={0}
            on_step={Callback::noop()}
            finish={t!(i18n, "ring-move-action", ring = ring.name.clone(), name = name)}
            blocked={blocked.map(AttrValue::from)}
            busy={task.is_busy()}
            on_finish={gives(&send, ring.version)}
            entered={draft.is_changed()}
            on_cancel={context.on_cancel.clone()}
            testid="ring-move-form"
            {notices}
        >
            <p class="field__hint">{t!(i18n, "ring-move-hint")}</p>
            <RoomPicker id="ring-rooms" owner={context.target.customer} picked={(*draft).clone()} on_change={draft.edit(|draft, picked: Picked| *draft = picked.into())} />
        </Wizard>
    }
}
