//! A new group, or another name and other rooms of one: one step.

use std::collections::BTreeSet;

use tenantry_model::api::room_groups::{ChangeRoomGroup as Change, MOST_ROOMS, RoomGroupDetail};
use tenantry_model::id::RoomId;
use tenantry_model::ipc::{ChangeOf, ChangeRoomGroup, CreateAt, CreateRoomGroup, GetRoomGroup, IpcError, RoomGroupKey};
use yew::prelude::*;

use super::draft::{Before, GroupDraft};
use super::page::FormContext;
use super::view_model::{compare, name_error, why_not_whole};
use crate::components::confirm::Stale;
use crate::components::form::TextField;
use crate::components::notice::{failed, why_not_now};
use crate::components::wizard::{Step, Wizard};
use crate::context::use_app;
use crate::domain_view::delegated_group::delegated_group;
use crate::domain_view::pickers::{Picked, RoomPicker, every_room};
use crate::hooks::{FormTarget, gives, use_command, use_draft, use_versioned_task};
use crate::i18n::{t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct GroupEditProps {
    pub(super) context: FormContext,
    /// As it was when the form was opened.
    pub(super) was: RoomGroupDetail,
}

/// The form of a group that there is. Which rooms are in it comes after its name.
#[component]
pub(super) fn GroupEdit(props: &GroupEditProps) -> Html {
    let rooms = use_state(|| None::<Result<BTreeSet<RoomId>, IpcError>>);
    use_effect_with((), {
        let (known, customer, group) = (rooms.setter(), props.context.target.customer, props.was.group.id);
        move |()| {
            wasm_bindgen_futures::spawn_local(async move {
                let rooms = every_room(customer)
                    .await
                    .map(|rooms| rooms.iter().filter(|room| room.groups.iter().any(|one| one.id == group)).map(|room| room.id).collect());
                known.set(Some(rooms));
            });
        }
    });
    let (rooms, lacking) = match &*rooms {
        Some(Ok(rooms)) => (Some(rooms.clone()), None),
        Some(Err(error)) => (None, Some(error.clone())),
        None => (None, None),
    };
    html! { <GroupForm context={props.context.clone()} was={Some(props.was.clone())} {rooms} {lacking} /> }
}

#[derive(Properties, PartialEq)]
pub(super) struct GroupFormProps {
    pub(super) context: FormContext,
    /// As it was when the form was opened; none for a new one.
    pub(super) was: Option<RoomGroupDetail>,
    /// Its rooms by then; none while they are not known.
    pub(super) rooms: Option<BTreeSet<RoomId>>,
    /// Why they are not.
    #[prop_or_default]
    pub(super) lacking: Option<IpcError>,
}

#[component]
pub(super) fn GroupForm(props: &GroupFormProps) -> Html {
    let (i18n, app, context) = (use_i18n(), use_app(), &props.context);
    let FormTarget { customer, version, form, .. } = context.target;
    let key = props.was.as_ref().map(|was| RoomGroupKey { customer, group: was.group.id });
    let current = use_command::<GetRoomGroup>(key, app.model.relations);
    let before = use_memo((props.was.as_ref().map(|was| was.group.name.clone()), props.rooms.clone()), |(name, rooms)| Before {
        name: name.clone().unwrap_or_default(),
        rooms: rooms.clone().unwrap_or_default(),
    });
    let draft = use_draft(|| GroupDraft::of(&before));
    let task = use_versioned_task(&current.retry);
    let (name, called) = (context.target.name.to_string(), draft.name.trim().to_owned());
    let send = {
        let on_done = context.on_done.clone();
        let told = if key.is_some() {
            t!(i18n, "group-changed", group = called.clone(), name = name.clone())
        } else {
            t!(i18n, "group-created", group = called.clone(), name = name.clone())
        };
        match key {
            None => {
                let new = draft.create();
                let send = task.sends::<CreateRoomGroup>(move |done| on_done.emit((done, told.clone())));
                send.reform(move |_: u64| CreateAt { customer, form, new: new.clone() })
            }
            Some(key) => {
                let change = draft.change(&before);
                let send = task.sends::<ChangeRoomGroup>(move |done| on_done.emit((done, told.clone())));
                send.reform(move |version: u64| ChangeOf { key, version, change: change.clone() })
            }
        }
    };
    let stale = task.is_stale();
    let error = task.error().filter(|_| !stale);
    let name_error = name_error(&i18n, error);
    let fixed = props.was.as_ref().and_then(|was| why_not_whole(&i18n, was));
    let unchanged = props.was.is_some() && draft.change(&before) == Change::default();
    let blocked = why_not_now(&i18n, &app)
        .or_else(|| unchanged.then(|| t!(i18n, "form-unchanged")))
        .or_else(|| (!draft.has_name()).then(|| t!(i18n, "group-incomplete")))
        .or_else(|| draft.is_too_much(&before).then(|| t!(i18n, "group-too-many", most = MOST_ROOMS)));
    let (title, finish) = match &props.was {
        None => (t!(i18n, "group-new"), t!(i18n, "group-add", name = name)),
        Some(was) => {
            (t!(i18n, "group-edit", group = was.group.name.clone()), t!(i18n, "group-save", group = was.group.name.clone(), name = name))
        }
    };
    let now = current.remote.data().map(|seen| &seen.value).filter(|now| now.version != version);
    let on_mine = gives::<(), _>(&send, now.map_or(version, |now| now.version));
    // What is wrong with the name stands at the name.
    let other = error.filter(|_| name_error.is_none()).or(props.lacking.as_ref()).map(|error| failed(&i18n, error));
    let on_rooms = draft.edit({
        let before = before.clone();
        move |draft: &mut GroupDraft, picked: Picked| draft.pick(picked, &before)
    });
    html! { <>
        <Wizard
            {title}
            over={&context.target.name}
            steps={vec![Step::new(t!(i18n, "group"), true)]}
            at={0}
            on_step={Callback::noop()}
            {finish}
            blocked={blocked.map(AttrValue::from)}
            busy={task.is_busy()}
            on_finish={gives(&send, version)}
            entered={draft.is_changed()}
            on_cancel={context.on_cancel.clone()}
            testid="group-form"
            notices={other.unwrap_or_default()}
        >
            <TextField id="group-name" label={t!(i18n, "column-name")} required=true readonly={fixed.is_some()} hint={fixed.unwrap_or_default()} error={name_error.map(AttrValue::from)} value={draft.name.clone()} on_input={draft.edit(|draft, text| draft.name = text)} />
            <p class="field__hint">{t!(i18n, "group-rooms-hint")}</p>
            {props.was.as_ref().map(|was| delegated_group(&i18n, &was.delegated_to)).unwrap_or_default()}
            <RoomPicker id="group-rooms" owner={customer} waiting={props.rooms.is_none()} picked={draft.picked(&before)} on_change={on_rooms} />
        </Wizard>
        if let Some(was) = props.was.as_ref().filter(|_| stale) {
            <Stale name={was.group.name.clone()} lines={now.map(|now| compare(&i18n, was, now, &draft, &before))} on_theirs={context.on_cancel.clone()} {on_mine} on_cancel={task.on_reset()} />
        }
    </> }
}
