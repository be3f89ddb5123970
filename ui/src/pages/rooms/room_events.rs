//! The tab Events of a room: what happened there and is no incident, and an issue for those that matter (R113).

use std::collections::BTreeSet;

use tenantry_model::api::room_events::{MOST_EVENTS, RoomEvent};
use tenantry_model::id::RoomEventId;
use tenantry_model::ipc::{About, GetRoomEvents, RoomDetail, RoomKey};
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use crate::components::button::Button;
use crate::components::empty::Empty;
use crate::components::form::ticked;
use crate::components::icon::{Icon, glyph};
use crate::components::loading::Loading;
use crate::components::notice::{cached, missing};
use crate::context::use_app;
use crate::domain_view::room_event::{description, lines, waiting};
use crate::hooks::{use_command, use_outbox};
use crate::i18n::{t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct RoomEventsProps {
    pub(super) known: RoomDetail,
    pub(super) now: Timestamp,
    /// Opens an incident; whether it is active.
    pub(super) on_incident: Callback<(TicketNumber, bool)>,
    /// Opens the form for an issue that says this at first, for these events.
    pub(super) on_flag: Callback<(String, Vec<RoomEventId>)>,
    /// Why none can be recorded.
    pub(super) why_not: Option<AttrValue>,
}

#[component]
pub(super) fn RoomEvents(props: &RoomEventsProps) -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let room = &props.known.room;
    let key = RoomKey { customer_id: room.customer_id, id: room.id };
    let chosen = use_state_eq(BTreeSet::<RoomEventId>::new);
    // Asked again when the room changed here: so it does when an issue is recorded in it.
    let events = use_command::<GetRoomEvents>(Some(key), app.model.relations.wrapping_add(room.version));
    let page = events.remote.data().map(|seen| &seen.value);
    let shown = page.map(|page| page.items.as_slice()).unwrap_or_default();
    let waiting = waiting(use_outbox().about(About::Room(key)));
    let is_free = |event: &RoomEvent| event.issue.is_none() && !event.taken && !waiting.contains(&event.id);
    // What became part of an issue meanwhile is chosen no longer.
    let flagged: Vec<&RoomEvent> = shown.iter().filter(|event| is_free(event) && chosen.contains(&event.id)).collect();
    let why = if flagged.is_empty() {
        Some(AttrValue::from(t!(i18n, "events-choose")))
    } else if flagged.len() > MOST_EVENTS {
        Some(AttrValue::from(t!(i18n, "events-too-many", most = MOST_EVENTS)))
    } else {
        None
    };
    let on_flag = {
        let ids: Vec<RoomEventId> = flagged.iter().map(|event| event.id).collect();
        let words = description(&i18n, &flagged);
        props.on_flag.reform(move |_: MouseEvent| (words.clone(), ids.clone()))
    };
    let on_retry = events.retry.reform(|_: MouseEvent| ());
    let line = |event: &RoomEvent| {
        let content = lines(&i18n, event, props.now);
        match event.issue {
            Some(number) => {
                let is_active = props.known.incidents.iter().flatten().any(|row| row.number == number);
                let onclick = props.on_incident.reform(move |_: MouseEvent| (number, is_active));
                html! { <div class="event">{content}
                <button type="button" class="link event__issue" data-testid="event-issue" data-number={number.to_string()} {onclick}>{t!(i18n, "event-issue", number = number.to_string())}</button></div> }
            }
            None if !is_free(event) => {
                let why = if event.taken { t!(i18n, "event-taken") } else { t!(i18n, "event-waits") };
                html! { <div class="event">{content}<span class="event__words dim" data-testid="event-taken">{why}</span></div> }
            }
            None => {
                let (id, chosen) = (event.id, chosen.clone());
                let checked = chosen.contains(&id);
                let onchange = Callback::from(move |event: Event| {
                    let mut now = (*chosen).clone();
                    if ticked(event) {
                        now.insert(id)
                    } else {
                        now.remove(&id)
                    };
                    chosen.set(now);
                });
                // The label is all that is known of it: who hears it knows what they choose.
                html! { <label class="event event--open"><input type="checkbox" {checked} data-testid="event-choose" {onchange} />{content}</label> }
            }
        }
    };
    let missing = missing(&i18n, &events.remote, &events.retry, t!(i18n, "room-events-offline"), "room-events-missing");
    html! { <>
        <div class="pane__row">
            if page.is_some() {
                <Button class="button button--small" testid="event-record" why={props.why_not.clone().or(why)} onclick={on_flag}>{glyph(Icon::Plus)}{t!(i18n, "events-record", count = flagged.len())}</Button>
                <button type="button" class="link" data-testid="events-again" onclick={on_retry}>{t!(i18n, "events-again")}</button>
            }
            {cached(&i18n, &app, events.remote.data())}
        </div>
        if let Some(missing) = missing {
            {missing}
        } else if page.is_none() {
            <Loading lines={3} />
        } else if shown.is_empty() {
            <Empty icon={Icon::Resolved} title={t!(i18n, "room-events-none")} />
        }
        if !shown.is_empty() {
            <ul class="events">{for shown.iter().map(|event| html! { <li key={event.id.to_string()} data-testid="event">{line(event)}</li> })}</ul>
            <p class="dim">{t!(i18n, "room-events-hint")}</p>
        }
        if page.is_some_and(|page| page.next_cursor.is_some()) { <p class="dim">{t!(i18n, "room-events-newest", most = shown.len())}</p> }
    </> }
}
