//! Rooms of one customer are put into one of its groups.

use std::rc::Rc;

use tenantry_model::api::room_groups::{ChangeRoomGroup as Change, MOST_ROOMS, RoomGroupRow};
use tenantry_model::id::{RoomGroupId, RoomId, TenantId};
use tenantry_model::ipc::{ChangeOf, ChangeRoomGroup, GetCustomer, GetRoomGroup, GetRoomGroups, IpcError, RoomGroupKey};
use tenantry_model::room::RoomGroup;
use yew::prelude::*;

use crate::components::form_dialog::FormDialog;
use crate::components::icon::Icon;
use crate::components::loading::early;
use crate::components::notice::{failed, why_not_now};
use crate::components::tick_list::{TickItem, TickList, one_of};
use crate::context::use_app;
use crate::domain_view::delegated_group::delegated_group;
use crate::hooks::{call, sent_again, use_command, use_task};
use crate::i18n::{t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct AddToGroupProps {
    pub(super) customer: TenantId,
    pub(super) rooms: Rc<[RoomId]>,
    /// The room's name, where it is one.
    #[prop_or_default]
    pub(super) name: Option<AttrValue>,
    /// The groups that all of them are in.
    #[prop_or_default]
    pub(super) has: Vec<RoomGroup>,
    /// It was done: what to say about it.
    pub(super) on_done: Callback<String>,
    pub(super) on_cancel: Callback<()>,
}

/// Puts rooms into a group, as many at once as a request may name; those that are in it already stay.
async fn add(key: RoomGroupKey, rooms: &[RoomId]) -> Result<(), IpcError> {
    for part in rooms.chunks(MOST_ROOMS) {
        sent_again(|| async move {
            let version = call::<GetRoomGroup>(key).await?.value.version;
            let change = Change { add: part.to_vec(), ..Change::default() };
            call::<ChangeRoomGroup>(ChangeOf { key, version, change }).await
        })
        .await?;
    }
    Ok(())
}

/// The groups that are none of these.
fn offered(groups: &[RoomGroupRow], has: &[RoomGroup]) -> Vec<RoomGroupRow> {
    groups.iter().filter(|group| has.iter().all(|one| one.id != group.id)).cloned().collect()
}

#[component]
pub(super) fn AddToGroup(props: &AddToGroupProps) -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let AddToGroupProps { customer, rooms, .. } = props;
    let (customer, count) = (*customer, rooms.len());
    let known = use_command::<GetCustomer>(Some(customer), app.model.tick);
    let whose = known.remote.data().map(|row| row.display_name.clone()).unwrap_or_default();
    let groups = use_command::<GetRoomGroups>(Some(customer), app.model.relations);
    let chosen = use_state(|| None::<RoomGroupId>);
    // Who sees the rooms by it, too.
    let about = use_command::<GetRoomGroup>((*chosen).map(|group| RoomGroupKey { customer, group }), app.model.relations);
    let partners = about.remote.data().map(|seen| seen.value.delegated_to.clone()).unwrap_or_default();
    let task = use_task();
    let rows = groups.remote.data().map(|seen| offered(&seen.value, &props.has)).unwrap_or_default();
    let group = chosen.and_then(|chosen| rows.iter().find(|row| row.id == chosen)).map(|row| row.name.clone());
    let blocked = why_not_now(&i18n, &app).or_else(|| group.is_none().then(|| t!(i18n, "room-group-choose")));
    let group = group.unwrap_or_default();
    let (title, told) = match &props.name {
        Some(room) => (
            t!(i18n, "room-group-title", room = room.to_string(), name = whose),
            t!(i18n, "room-grouped", room = room.to_string(), group = group),
        ),
        None => (t!(i18n, "rooms-group-title", count = count, name = whose), t!(i18n, "rooms-grouped", count = count, group = group)),
    };
    let onsubmit = {
        let (task, on_done, chosen, rooms) = (task.clone(), props.on_done.clone(), *chosen, rooms.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(group) = chosen else { return };
            let (on_done, told, rooms) = (on_done.clone(), told.clone(), rooms.clone());
            task.run(async move {
                add(RoomGroupKey { customer, group }, &rooms).await?;
                on_done.emit(told);
                Ok(())
            });
        })
    };
    let (ticked, on_change) = one_of(&chosen, rows.iter().map(|row| row.id).collect());
    let item = |row: &RoomGroupRow| TickItem {
        key: row.id.to_string().into(),
        name: row.name.clone().into(),
        more: Some(t!(i18n, "rooms-group-of", count = row.rooms).into()),
        icon: Icon::Several,
        apart: false,
    };
    html! {
        <FormDialog id="room-group" {title} action={t!(i18n, "room-group-action")} {blocked} busy={task.is_busy()} {onsubmit} on_cancel={props.on_cancel.clone()}>
            {early(&groups.remote, &groups.retry, |known| html! {
                <TickList id="room-group" label={t!(i18n, "room-groups")} search={t!(i18n, "search-groups")} nothing={t!(i18n, "groups-no-match")} items={rows.iter().map(item).collect::<Rc<[TickItem]>>()} {ticked} {on_change} single=true waiting={known.is_none()} />
            })}
            {delegated_group(&i18n, &partners)}
            if let Some(error) = task.error() { {failed(&i18n, error)} }
        </FormDialog>
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn rooms_are_offered_the_groups_that_they_are_not_all_in() {
        let id = |n: u128| RoomGroupId::from_uuid(Uuid::from_u128(n));
        let row = |n: u128| RoomGroupRow { id: id(n), name: format!("Group {n}"), rooms: 0 };
        let has = [RoomGroup { id: id(2), name: "Group 2".into() }];
        assert_eq!(offered(&[row(1), row(2), row(3)], &has), [row(1), row(3)]);
    }
}
