//! The events that an issue was recorded for (R113), in its overview.

use tenantry_model::api::room_events::RoomEvent;
use tenantry_model::incident::RoomRef;
use tenantry_model::ipc::{GetIncidentEvents, IncidentRef};
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use crate::components::notice::{cached, missing};
use crate::context::use_app;
use crate::domain_view::room_event::lines;
use crate::hooks::use_command;
use crate::i18n::{t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct IssueEventsProps {
    pub(super) incident: IncidentRef,
    /// Of the issue: with another one its rooms may be others.
    pub(super) version: u64,
    /// Its rooms: where there are several, each event says which is its own.
    pub(super) rooms: Vec<RoomRef>,
    pub(super) now: Timestamp,
}

#[component]
pub(super) fn IssueEvents(props: &IssueEventsProps) -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let events = use_command::<GetIncidentEvents>(Some(props.incident), app.model.relations.wrapping_add(props.version));
    let shown = events.remote.data().map(|seen| seen.value.events.as_slice()).unwrap_or_default();
    if let Some(missing) = missing(&i18n, &events.remote, &events.retry, t!(i18n, "issue-events-offline"), "issue-events-missing") {
        return missing;
    }
    let room = |event: &RoomEvent| props.rooms.iter().filter(|_| props.rooms.len() > 1).find(|room| room.id == event.room_id);
    // Most issues have none, and nothing to say about it.
    if shown.is_empty() {
        return html! {};
    }
    html! {
        <section class="prose" data-testid="issue-events">
            <h3 class="prose__title">{t!(i18n, "room-events")}</h3>
            {cached(&i18n, &app, events.remote.data())}
            <ul class="events">{for shown.iter().map(|event| html! { <li key={event.id.to_string()}><div class="event">
                {lines(&i18n, event, props.now)}
                if let Some(room) = room(event) { <span class="event__words dim">{&room.name}</span> }
            </div></li> })}</ul>
        </section>
    }
}
