//! The tab Status of a room (W11): what is open or fails, by category, and on request all of its signals.

use tenantry_model::api::SignalState;
use tenantry_model::api::rooms::SignalOf;
use tenantry_model::api::signals::SignalIncident;
use tenantry_model::ipc::{About, GetRoomSignals, OutboxMark, RoomDetail, RoomKey, WorkKind};
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use super::status_lines::{Line, What, by_category};
use crate::components::button::Button;
use crate::components::form::ticked;
use crate::components::icon::{Icon, glyph};
use crate::components::notice::{cached, missing};
use crate::context::use_app;
use crate::domain_view::badges::{severity_badge, status_badge};
use crate::domain_view::suppression::{Suppressible, unsent_of};
use crate::domain_view::unsent::{unsent_line, unsent_text};
use crate::hooks::{use_command, use_entries, use_outbox};
use crate::i18n::{I18n, signal_problem, t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct StatusProps {
    pub(super) known: RoomDetail,
    pub(super) now: Timestamp,
    /// Opens an incident; whether it is active.
    pub(super) on_incident: Callback<(TicketNumber, bool)>,
    /// Suppresses a signal, or lifts that: what it is called.
    pub(super) on_suppress: Callback<(Suppressible, String)>,
    /// Why neither can be done.
    pub(super) why_not_suppressed: Option<AttrValue>,
}

#[component]
pub(super) fn Status(props: &StatusProps) -> Html {
    let (i18n, app, outbox) = (use_i18n(), use_app(), use_outbox());
    let all = use_state_eq(|| false);
    let room = &props.known.room;
    let key = RoomKey { customer_id: room.customer_id, id: room.id };
    // Asked again when the room changed here, and when the service says that anything like it may have.
    let signals = use_command::<GetRoomSignals>(Some(key), app.model.relations.wrapping_add(room.version));
    let known = signals.remote.data().map(|seen| seen.value.signals.as_slice());
    let open = props.known.incidents.as_deref().unwrap_or_default();
    let groups = by_category(open, known.unwrap_or_default(), *all && known.is_some());
    let unsent: Vec<&OutboxMark> =
        outbox.about(About::Room(key)).filter(|mark| matches!(mark.kind, WorkKind::SuppressSignal | WorkKind::LiftSignal)).collect();
    let entries = use_entries(unsent.iter().map(|mark| mark.form).collect()).shown;
    let unsent_at = |line: &Line| {
        let SignalOf { signal, instance } = line.signal()?;
        let entry = unsent_of(&entries, signal, instance.as_deref())?;
        unsent.iter().find(|mark| mark.form == entry.form).copied()
    };
    let onchange = {
        let all = all.setter();
        Callback::from(move |event: Event| all.set(ticked(event)))
    };
    let line = |line: &Line| {
        let title = title(&i18n, line);
        let content = html! { <>
            <span class="card__title clip" title={title.clone()}>{title}</span>
            // How grave it would be is no news of what is well.
            <span class="card__line">if line.is_problem() { {severity_badge(&i18n, line.severity)} }{stands(&i18n, line)}{since(&i18n, line, props.now)}</span>
        </> };
        match line.incident {
            Some(SignalIncident { number, status, .. }) => {
                let onclick = props.on_incident.reform(move |_: MouseEvent| (number, status.is_active()));
                html! { <button type="button" class="card" data-testid="room-incident" data-number={number.to_string()} {onclick}>{content}</button> }
            }
            None => html! { <div class="card" data-testid="room-signal">{content}</div> },
        }
    };
    let quiet = |line: &Line| {
        let mark = unsent_at(line);
        let waits = mark.map(|mark| unsent_line(&outbox, mark, unsent_text(&i18n, mark), "signal-unsent")).unwrap_or_default();
        // While it is not known how signals stand, nobody knows what is suppressed.
        let Some(signal) = line.signal().filter(|_| known.is_some()) else { return waits };
        let called = called(&i18n, &signal);
        let of = Suppressible { room: key, name: room.display_name.clone(), signal: Some(signal), holds: line.suppression.clone() };
        let onclick = props.on_suppress.reform({
            let called = called.clone();
            move |_: MouseEvent| (of.clone(), called.clone())
        });
        let why = props.why_not_suppressed.clone().or_else(|| mark.map(|mark| unsent_text(&i18n, mark).into()));
        let (testid, says, label) = match line.suppression {
            Some(_) => ("signal-lift", t!(i18n, "room-lift"), t!(i18n, "signal-lift-name", signal = called)),
            None => ("signal-suppress", t!(i18n, "room-suppress"), t!(i18n, "signal-suppress-name", signal = called)),
        };
        html! { <>
            {waits}
            <p class="status-quiet dim">
                if let Some(suppression) = &line.suppression {
                    {glyph(Icon::Quiet)}<span class="clip" title={suppression.reason.clone()}>{i18n.suppressed(suppression)}{": "}{&suppression.reason}</span>
                }
                <Button class="button button--small" {testid} {label} {why} {onclick}>{says}</Button>
            </p>
        </> }
    };
    let missing = missing(&i18n, &signals.remote, &signals.retry, t!(i18n, "room-signals-offline"), "room-signals-missing");
    html! { <>
        <div class="pane__row">
            if known.is_some() {
                <label class="check"><input type="checkbox" checked={*all} data-testid="room-all-signals" {onchange} /><span>{t!(i18n, "room-all-signals")}</span></label>
            }
            {cached(&i18n, &app, signals.remote.data())}
        </div>
        if props.known.incidents.is_none() { <p class="dim">{t!(i18n, "room-incidents-hidden")}</p> }
        if let Some(missing) = missing { {missing} }
        if let Some(off) = signals.remote.data().map(|seen| &seen.value.switched_off).filter(|off| !off.is_empty()) {
            <p class="dim" data-testid="room-signals-off">{glyph(Icon::Quiet)}{t!(i18n, "room-signals-off", names = off.iter().map(|signal| i18n.label(*signal)).collect::<Vec<_>>().join(", "))}</p>
        }
        if groups.is_empty() && known.is_some() { <p class="room-fine">{glyph(Icon::Resolved)}{t!(i18n, "room-status-fine")}</p> }
        <>{for groups.iter().map(|(category, lines)| html! {
            <details key={category.as_str()} class="status-group" open=true>
                <summary class="status-group__title"><span>{i18n.label(*category)}</span><span class="tab__count">{i18n.number(lines.len() as u32)}</span></summary>
                <ul class="cards">{for lines.iter().map(|one| html! { <li key={key_of(one)}>{line(one)}{quiet(one)}</li> })}</ul>
            </details>
        })}</>
    </> }
}

fn key_of(line: &Line) -> String {
    match (&line.what, line.incident) {
        (_, Some(incident)) => incident.number.to_string(),
        (What::Issue(words), None) => words.clone(),
        (What::Signal(signal, which), None) => format!("{signal}/{}", which.as_deref().unwrap_or_default()),
    }
}

/// What a signal is called, with which of several it is about.
fn called(i18n: &I18n, of: &SignalOf) -> String {
    match &of.instance {
        Some(which) => format!("{} · {which}", i18n.label(of.signal)),
        None => i18n.label(of.signal),
    }
}

/// What is wrong where something is, and what the signal is called where nothing is.
fn title(i18n: &I18n, line: &Line) -> String {
    match &line.what {
        What::Issue(words) => words.clone(),
        What::Signal(signal, which) if line.is_problem() => signal_problem(i18n, *signal, which.as_deref().unwrap_or_default()),
        What::Signal(signal, which) => called(i18n, &SignalOf { signal: *signal, instance: which.clone() }),
    }
}

/// The incident's status where it is open; else how the signal stands, by icon and word.
fn stands(i18n: &I18n, line: &Line) -> Html {
    if let Some(incident) = line.incident.filter(|incident| incident.status.is_active()) {
        return status_badge(i18n, incident.status);
    }
    match line.stands {
        Some((SignalState::Failing, _)) => {
            html! { <span class="badge badge--signal-failing">{glyph(Icon::Important)}{i18n.label(SignalState::Failing)}</span> }
        }
        Some((SignalState::Healthy, _)) => {
            html! { <span class="badge badge--signal-healthy">{glyph(Icon::Resolved)}{i18n.label(SignalState::Healthy)}</span> }
        }
        None => html! { <span class="dim">{t!(i18n, "signal-never-failed")}</span> },
    }
}

/// Since when it stands so; the moment is in its title.
fn since(i18n: &I18n, line: &Line, now: Timestamp) -> Html {
    let Some((_, since)) = line.stands else { return html! {} };
    let title = t!(i18n, "signal-since", moment = i18n.moment(since));
    html! { <span class="card__time" {title}>{i18n.age(since, now)}</span> }
}
