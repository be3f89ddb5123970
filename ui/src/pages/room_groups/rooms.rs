//! The rooms of a group, in its pane: from the copy, so that they can be read off line.

use tenantry_model::api::room_groups::{ChangeRoomGroup as Change, RoomGroupDetail};
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::ipc::{ChangeOf, ChangeRoomGroup, ListRooms, RoomGroupKey};
use yew::prelude::*;

use super::view_model::rooms_of;
use crate::components::button::Button;
use crate::components::form::TextField;
use crate::components::icon::{Icon, glyph};
use crate::components::loading::text_of;
use crate::components::notice::failed;
use crate::context::use_app;
use crate::hooks::{sets, use_command, use_versioned_task};
use crate::i18n::{t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct RoomsProps {
    pub(super) customer: TenantId,
    pub(super) group: RoomGroupDetail,
    /// Why none can be taken out.
    pub(super) blocked: Option<String>,
    /// Asks for the group anew.
    pub(super) on_changed: Callback<()>,
}

#[component]
pub(super) fn Rooms(props: &RoomsProps) -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let text = use_state(String::new);
    let group = &props.group.group;
    let list = use_command::<ListRooms>(Some(rooms_of(props.customer, &group.name, &text)), app.model.tick);
    let task = use_versioned_task(&props.on_changed);
    let remove = {
        let (key, version) = (RoomGroupKey { customer: props.customer, group: group.id }, props.group.version);
        let on_changed = props.on_changed.clone();
        let send = task.sends::<ChangeRoomGroup>(move |_| on_changed.emit(()));
        send.reform(move |room: RoomId| ChangeOf { key, version, change: Change { remove: vec![room], ..Change::default() } })
    };
    html! {
        <section class="pane__section" data-testid="group-rooms-list">
            <header class="pane__section-head"><h3 class="prose__title">{t!(i18n, "rooms")}</h3></header>
            <TextField id="group-room-search" kind="search" label={t!(i18n, "search-rooms")} value={(*text).clone()} on_input={sets(&text, |typed: String| typed)} />
            if let Some(error) = task.error() { {failed(&i18n, error)} }
            {text_of(&list.remote, &list.retry, 3, |page| {
                let more = page.total.saturating_sub(page.rows.len() as u32);
                html! { <>
                    if page.rows.is_empty() { <p class="dim" data-testid="group-no-rooms">{if text.trim().is_empty() { t!(i18n, "group-no-rooms") } else { t!(i18n, "no-room-match-title") }}</p> }
                    <ul class="persons">
                        {for page.rows.iter().map(|row| {
                            let (id, name) = (row.room.id, row.room.display_name.clone());
                            let label = t!(i18n, "group-remove-room", room = name.clone(), group = group.name.clone());
                            html! {
                                <li key={id.to_string()} class="persons__row" data-testid="group-room">
                                    <span class="person">{glyph(Icon::Rooms)}<span class="clip" title={name.clone()}>{name}</span></span>
                                    <Button class="icon-button icon-button--small" testid="group-room-remove" label={Some(AttrValue::from(label.clone()))} title={Some(AttrValue::from(label))} why={props.blocked.clone()} busy={task.is_busy()} onclick={remove.reform(move |_: MouseEvent| id)}>{glyph(Icon::Close)}</Button>
                                </li>
                            }
                        })}
                    </ul>
                    if more > 0 { <p class="dim">{t!(i18n, "group-more-rooms", count = more)}</p> }
                </> }
            })}
        </section>
    }
}
