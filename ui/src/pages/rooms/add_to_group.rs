//! The open room is put into a group of its customer's.

use std::rc::Rc;

use tenantry_model::api::room_groups::{ChangeRoomGroup as Change, RoomGroupRow};
use tenantry_model::id::RoomGroupId;
use tenantry_model::ipc::{ChangeOf, ChangeRoomGroup, GetRoomGroup, GetRoomGroups, IpcErrorKind, RoomGroupKey};
use tenantry_model::room::{Room, RoomGroup};
use yew::prelude::*;

use crate::components::button::Button;
use crate::components::dialog::Dialog;
use crate::components::icon::Icon;
use crate::components::loading::early;
use crate::components::notice::failed;
use crate::components::tick_list::{TickItem, TickList};
use crate::context::use_app;
use crate::hooks::{call, use_command, use_task};
use crate::i18n::{t, use_i18n};

/// How often it is sent again where somebody else was faster.
const TRIES: u32 = 2;

#[derive(Properties, PartialEq)]
pub(super) struct AddToGroupProps {
    pub(super) room: Room,
    pub(super) customer_name: AttrValue,
    /// It was done: what to say about it.
    pub(super) on_done: Callback<String>,
    pub(super) on_cancel: Callback<()>,
}

/// The groups that are none of these, which the room is in.
fn offered(groups: &[RoomGroupRow], has: &[RoomGroup]) -> Vec<RoomGroupRow> {
    groups.iter().filter(|group| has.iter().all(|one| one.id != group.id)).cloned().collect()
}

#[component]
pub(super) fn AddToGroup(props: &AddToGroupProps) -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let room = &props.room;
    let customer = room.customer_id;
    let groups = use_command::<GetRoomGroups>(Some(customer), app.model.relations);
    let chosen = use_state(|| None::<RoomGroupId>);
    let task = use_task();
    let rows = groups.remote.data().map(|seen| offered(&seen.value, &room.groups)).unwrap_or_default();
    let name = chosen.and_then(|chosen| rows.iter().find(|row| row.id == chosen)).map(|row| row.name.clone());
    let blocked = name.is_none().then(|| t!(i18n, "room-group-choose"));
    let onsubmit = {
        let (task, on_done, chosen, room_id) = (task.clone(), props.on_done.clone(), *chosen, room.id);
        let told = t!(i18n, "room-grouped", room = room.display_name.clone(), group = name.clone().unwrap_or_default());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(group) = chosen else { return };
            let (on_done, told, key) = (on_done.clone(), told.clone(), RoomGroupKey { customer, group });
            task.run(async move {
                // One more room overwrites nothing that anybody else does: the version that holds now will do. The first answer may be one that was kept, and
                // the next ones, which were asked for meanwhile, too.
                let mut tries = 0;
                loop {
                    let version = call::<GetRoomGroup>(key).await?.value.version;
                    let change = Change { add: vec![room_id], ..Change::default() };
                    match call::<ChangeRoomGroup>(ChangeOf { key, version, change }).await {
                        Err(error) if error.kind == IpcErrorKind::Stale && tries < TRIES => tries += 1,
                        Err(error) => return Err(error),
                        Ok(_) => break,
                    }
                }
                on_done.emit(told);
                Ok(())
            });
        })
    };
    let on_change = {
        let (chosen, ids) = (chosen.setter(), rows.iter().map(|row| row.id).collect::<Vec<_>>());
        Callback::from(move |ticked: Rc<[bool]>| chosen.set(ids.iter().zip(ticked.iter()).find(|(_, on)| **on).map(|(id, _)| *id)))
    };
    let item = |row: &RoomGroupRow| TickItem {
        key: row.id.to_string().into(),
        name: row.name.clone().into(),
        more: Some(t!(i18n, "rooms-group-of", count = row.rooms).into()),
        icon: Icon::Several,
        apart: false,
    };
    let ticked: Rc<[bool]> = rows.iter().map(|row| Some(row.id) == *chosen).collect();
    html! {
        <Dialog title={t!(i18n, "room-group-title", room = room.display_name.clone(), name = props.customer_name.to_string())} on_cancel={props.on_cancel.clone()} wide=true>
            <form {onsubmit} data-testid="room-group-form">
                <div class="dialog__text">
                    {early(&groups.remote, &groups.retry, |known| html! {
                        <TickList id="room-group" label={t!(i18n, "room-groups")} search={t!(i18n, "search-groups")} nothing={t!(i18n, "groups-no-match")} items={rows.iter().map(item).collect::<Rc<[TickItem]>>()} {ticked} {on_change} single=true waiting={known.is_none()} />
                    })}
                    if let Some(error) = task.error() { {failed(&i18n, error)} }
                </div>
                <div class="dialog__buttons">
                    <Button testid="room-group-no" busy={task.is_busy()} onclick={props.on_cancel.reform(|_: MouseEvent| ())}>{t!(i18n, "cancel")}</Button>
                    <Button class="button button--primary" testid="room-group-yes" submit=true why={blocked.map(AttrValue::from)} busy={task.is_busy()}>
                        if task.is_busy() { <span class="spinner" aria-hidden="true" /> }
                        {t!(i18n, "room-group-action")}
                    </Button>
                </div>
            </form>
        </Dialog>
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_room_is_offered_the_groups_that_it_is_not_in() {
        let id = |n: u128| RoomGroupId::from_uuid(Uuid::from_u128(n));
        let row = |n: u128| RoomGroupRow { id: id(n), name: format!("Group {n}"), rooms: 0 };
        let has = [RoomGroup { id: id(2), name: "Group 2".into() }];
        assert_eq!(offered(&[row(1), row(2), row(3)], &has), [row(1), row(3)]);
    }
}
