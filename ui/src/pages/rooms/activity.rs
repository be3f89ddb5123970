//! The tab Activity of a room: what happened there in the last 90 days, as far as its incidents tell.

use std::time::Duration;

use tenantry_model::incident::IncidentRow;
use tenantry_model::room::Room;
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use super::events::{Event, Turn, events};
use crate::components::empty::Empty;
use crate::components::icon::{Icon, glyph};
use crate::i18n::{I18n, problem, t};

/// As long as resolved incidents are kept.
const SINCE: Duration = Duration::from_secs(90 * 24 * 60 * 60);

pub(super) fn activity(
    i18n: &I18n,
    room: &Room,
    rows: &[IncidentRow],
    now: Timestamp,
    on_incident: &Callback<(TicketNumber, bool)>,
) -> Html {
    let events = events(room, rows, now.minus(SINCE));
    if events.is_empty() {
        return html! { <Empty icon={Icon::Pending} title={t!(i18n, "room-activity-none")} /> };
    }
    html! { <>
        <ol class="history">{for events.iter().enumerate().map(|(at, event)| line(i18n, at, event, now, on_incident))}</ol>
        <p class="dim">{t!(i18n, "room-activity-hint")}</p>
    </> }
}

fn line(i18n: &I18n, at: usize, event: &Event, now: Timestamp, on_incident: &Callback<(TicketNumber, bool)>) -> Html {
    let (icon, class, words) = match event.turn {
        Turn::Raised => (Icon::Important, "history__mark history__mark--activated", t!(i18n, "turn-raised")),
        Turn::Again => (Icon::Important, "history__mark history__mark--activated", t!(i18n, "turn-again")),
        Turn::Message => (Icon::Info, "history__mark", t!(i18n, "turn-message")),
        Turn::Resolved => (Icon::Resolved, "history__mark history__mark--deactivated", t!(i18n, "turn-resolved")),
        Turn::Closed => (Icon::Closed, "history__mark", t!(i18n, "turn-closed")),
        Turn::Silent => (Icon::Unplugged, "history__mark history__mark--activated", t!(i18n, "turn-silent")),
    };
    let about = event.row.as_ref().map(|row| {
        let (number, is_active) = (row.number, row.status.is_active());
        let onclick = on_incident.reform(move |_: MouseEvent| (number, is_active));
        let what = problem(i18n, row);
        html! { <button type="button" class="link clip history__about" title={what.clone()} data-testid="room-event" data-number={number.to_string()} {onclick}>{what}</button> }
    });
    html! {
        <li key={at} class="history__row">
            <span {class}>{glyph(icon)}</span>
            <span class="history__kind">{words}</span>
            <span class="history__time" title={i18n.ago(event.at, now)}>{i18n.moment(event.at)}</span>
            {about.unwrap_or_default()}
        </li>
    }
}
