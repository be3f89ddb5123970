//! The open room goes to another update ring of its customer's (W12: Assigned ring → Change).

use std::rc::Rc;

use tenantry_model::api::update_rings::{MoveRooms, UpdateRingRow};
use tenantry_model::id::UpdateRingId;
use tenantry_model::ipc::{ChangeOf, GetUpdateRings, MoveToUpdateRing, UpdateRingKey};
use tenantry_model::room::{Room, UpdateRing};
use yew::prelude::*;

use crate::components::form_dialog::FormDialog;
use crate::components::icon::Icon;
use crate::components::loading::early;
use crate::components::notice::{Tone, failed, said, standing, why_not_now};
use crate::components::tick_list::{TickItem, TickList, one_of};
use crate::context::use_app;
use crate::hooks::{call, sent_again, use_command, use_task};
use crate::i18n::{t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct ChangeRingProps {
    pub(super) room: Room,
    pub(super) customer_name: AttrValue,
    /// It was sent: what to say about it.
    pub(super) on_done: Callback<String>,
    pub(super) on_cancel: Callback<()>,
}

/// The rings that are not the room's own.
fn offered(rings: &[UpdateRingRow], has: Option<&UpdateRing>) -> Vec<UpdateRingRow> {
    rings.iter().filter(|ring| has.is_none_or(|has| has.id != ring.id)).cloned().collect()
}

#[component]
pub(super) fn ChangeRing(props: &ChangeRingProps) -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let room = &props.room;
    let customer = room.customer_id;
    let rings = use_command::<GetUpdateRings>(Some(customer), app.model.relations);
    let chosen = use_state(|| None::<UpdateRingId>);
    let task = use_task();
    let known = rings.remote.data().map(|seen| &seen.value);
    let rows = known.map(|list| offered(&list.rings, room.ring.as_ref())).unwrap_or_default();
    let asks = known.is_some_and(|list| list.needs_approval);
    let name = chosen.and_then(|chosen| rows.iter().find(|row| row.id == chosen)).map(|row| row.name.clone());
    let blocked = why_not_now(&i18n, &app).or_else(|| name.is_none().then(|| t!(i18n, "room-ring-choose")));
    let onsubmit = {
        let (i18n, task, on_done, chosen, room_id) = (i18n.clone(), task.clone(), props.on_done.clone(), *chosen, room.id);
        let told = t!(i18n, "room-ring-changed", room = room.display_name.clone(), ring = name.unwrap_or_default());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(ring) = chosen else { return };
            let (i18n, on_done, told, key) = (i18n.clone(), on_done.clone(), told.clone(), UpdateRingKey { customer, ring });
            task.run(async move {
                let outcome = sent_again(|| async move {
                    let list = call::<GetUpdateRings>(customer).await?.value;
                    let version = list.rings.iter().find(|one| one.id == ring).map_or(0, |one| one.version);
                    call::<MoveToUpdateRing>(ChangeOf { key, version, change: MoveRooms { rooms: vec![room_id] } }).await
                })
                .await?;
                on_done.emit(said(&i18n, &outcome, told));
                Ok(())
            });
        })
    };
    let (ticked, on_change) = one_of(&chosen, rows.iter().map(|row| row.id).collect());
    let item = |row: &UpdateRingRow| TickItem {
        key: row.id.to_string().into(),
        name: row.name.clone().into(),
        more: Some(t!(i18n, "ring-day", day = row.completion_day).into()),
        icon: Icon::Rings,
        apart: false,
    };
    html! {
        <FormDialog id="room-ring" title={t!(i18n, "room-ring-title", room = room.display_name.clone(), name = props.customer_name.to_string())} action={t!(i18n, "room-ring-action")} {blocked} busy={task.is_busy()} {onsubmit} on_cancel={props.on_cancel.clone()}>
            if let Some(ring) = &room.ring { <p class="dim">{t!(i18n, "room-ring-now", ring = ring.name.clone())}</p> }
            {early(&rings.remote, &rings.retry, |known| html! {
                <TickList id="room-ring" label={t!(i18n, "update-rings")} search={t!(i18n, "search-rings")} nothing={t!(i18n, "rings-no-match")} items={rows.iter().map(item).collect::<Rc<[TickItem]>>()} {ticked} {on_change} single=true waiting={known.is_none()} />
            })}
            if asks { {standing(Tone::Waiting, "needs-approval", html! { {t!(i18n, "needs-approval-rings", name = props.customer_name.to_string())} })} }
            if let Some(error) = task.error() { {failed(&i18n, error)} }
        </FormDialog>
    }
}

#[cfg(test)]
mod tests {
    use tenantry_model::update_ring::RingDays;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_room_is_offered_the_rings_that_it_is_not_in() {
        let id = |n: u8| UpdateRingId::from_uuid(Uuid::from_u128(u128::from(n)));
        let row = |n: u8| UpdateRingRow {
            id: id(n),
            order: n,
            name: format!("Ring {n}"),
            description: String::new(),
            days: RingDays::default(),
            completion_day: 0,
            rooms: 0,
            built_in: None,
            may_change: false,
            version: 1,
        };
        let has = UpdateRing { id: id(2), name: "Ring 2".into(), order: 2 };
        let all = [row(1), row(2), row(3)];
        assert_eq!(offered(&all, Some(&has)), [row(1), row(3)]);
        assert_eq!(offered(&all, None), all, "nobody is told which ring it is in");
    }
}
