//! The rooms of a group, in its pane: from the copy, so that they can be read off line.

use tenantry_model::api::room_groups::{ChangeRoomGroup as Change, RoomGroupDetail};
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::ipc::{ChangeOf, ChangeRoomGroup, ListRooms, RoomGroupKey};
use yew::prelude::*;

use super::view_model::{in_group, rooms_of, uses};
use crate::components::button::Button;
use crate::components::confirm::Confirm;
use crate::components::focus::focus_first;
use crate::components::form::TextField;
use crate::components::icon::{Icon, glyph};
use crate::components::loading::text_of;
use crate::components::notice::failed;
use crate::context::use_app;
use crate::hooks::{gives, sets, use_command, use_question, use_versioned_task};
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
    let section = use_node_ref();
    let removed = use_mut_ref(|| false);
    let question = use_question::<(RoomId, String)>();
    let task = use_versioned_task(&props.on_changed);
    let remove = {
        let (key, version) = (RoomGroupKey { customer: props.customer, group: group.id }, props.group.version);
        let (on_changed, removed) = (props.on_changed.clone(), removed.clone());
        let send = task.sends::<ChangeRoomGroup>(move |_| {
            *removed.borrow_mut() = true;
            on_changed.emit(());
        });
        send.reform(move |room: RoomId| ChangeOf { key, version, change: Change { remove: vec![room], ..Change::default() } })
    };
    // Where assignments name the group, somebody may lose the room with it.
    let uses = uses(&props.group);
    let ask = question.on_ask(|about: (RoomId, String)| about);
    let take = {
        let remove = remove.clone();
        Callback::from(move |(id, name): (RoomId, String)| if uses > 0 { ask.emit((id, name)) } else { remove.emit(id) })
    };
    let on_confirm = {
        let (about, on_cancel) = (question.about().map(|(id, _)| *id), question.on_cancel());
        Callback::from(move |()| {
            about.iter().for_each(|id| remove.emit(*id));
            on_cancel.emit(());
        })
    };
    let rows = list.remote.data().map(|page| in_group(&page.rows, group.id)).unwrap_or_default();
    // The row goes with the button that had the focus: the search box has it then.
    use_effect_with(rows.iter().map(|row| row.room.id).collect::<Vec<_>>(), {
        let section = section.clone();
        move |_| {
            if std::mem::take(&mut *removed.borrow_mut()) {
                focus_first(&section, "input");
            }
        }
    });
    html! {
        <section ref={section} class="pane__section" data-testid="group-rooms-list">
            <header class="pane__section-head"><h3 class="prose__title">{t!(i18n, "rooms")}</h3></header>
            <TextField id="group-room-search" kind="search" label={t!(i18n, "search-rooms")} value={(*text).clone()} on_input={sets(&text, |typed: String| typed)} />
            if let Some(error) = task.error() { {failed(&i18n, error)} }
            {text_of(&list.remote, &list.retry, 3, |page| {
                let more = page.total.saturating_sub(page.rows.len() as u32);
                html! { <>
                    if rows.is_empty() { <p class="dim" data-testid="group-no-rooms">{if text.trim().is_empty() { t!(i18n, "group-no-rooms") } else { t!(i18n, "no-room-match-title") }}</p> }
                    <ul class="persons">
                        {for rows.iter().map(|row| {
                            let (id, name) = (row.room.id, row.room.display_name.clone());
                            let onclick = gives::<MouseEvent, _>(&take, (id, name.clone()));
                            let label = t!(i18n, "group-remove-room", room = name.clone(), group = group.name.clone());
                            html! {
                                <li key={id.to_string()} class="persons__row" data-testid="group-room">
                                    <span class="person">{glyph(Icon::Rooms)}<span class="clip" title={name.clone()}>{name}</span></span>
                                    <Button class="icon-button icon-button--small" testid="group-room-remove" label={Some(AttrValue::from(label.clone()))} title={Some(AttrValue::from(label))} why={props.blocked.clone()} busy={task.is_busy()} {onclick}>{glyph(Icon::Close)}</Button>
                                </li>
                            }
                        })}
                    </ul>
                    if more > 0 { <p class="dim">{t!(i18n, "group-more-rooms", count = more)}</p> }
                </> }
            })}
            if let Some((_, name)) = question.about() {
                <Confirm
                    title={t!(i18n, "group-remove-title", room = name.clone(), group = group.name.clone())}
                    action={t!(i18n, "group-remove-room", room = name.clone(), group = group.name.clone())}
                    blocked={props.blocked.clone().map(AttrValue::from)}
                    {on_confirm}
                    on_cancel={question.on_cancel()}
                    testid="group-remove-confirm"
                >
                    <p>{t!(i18n, "group-remove-text", count = uses)}</p>
                </Confirm>
            }
        </section>
    }
}
