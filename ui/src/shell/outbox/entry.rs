//! One entry of the outbox: all that it says, why it was refused, and what its author can do with it.

use tenantry_model::ipc::{
    DiscardEntry, FormId, GetIncident, GetRoom, GetRoomSignals, IncidentRest, IpcError, IpcErrorKind, OutboxEntry, SendAgain,
    SendAgainArgs, WorkKind,
};
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use super::conflict::{Conflict, Theirs, conflict};
use super::words::{Changed, Contents, Why, contents, title, why};
use crate::components::button::Button;
use crate::components::confirm::{Confirm, compared};
use crate::components::focus::{reveal, use_focused};
use crate::components::folded::Folded;
use crate::components::icon::{Icon, glyph};
use crate::components::notice::failed;
use crate::components::pane::fact;
use crate::context::use_app;
use crate::hooks::{use_command, use_question, use_task};
use crate::i18n::{I18n, t, use_i18n};
use crate::remote::{LoadState, Remote};

#[derive(Properties, PartialEq)]
pub(super) struct EntryProps {
    pub(super) entry: OutboxEntry,
    /// Whether one before it has to be seen to first.
    pub(super) held: bool,
    /// Whether the list was opened for it: the focus begins there.
    pub(super) is_asked_for: bool,
    pub(super) now: Timestamp,
}

#[component]
pub(super) fn Entry(props: &EntryProps) -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let entry = &props.entry;
    let (sending, discarding) = (use_task(), use_question::<FormId>());
    let node = use_focused(props.is_asked_for);
    use_effect_with(node.clone(), {
        let is_asked_for = props.is_asked_for;
        move |node| reveal(node.cast().filter(|_| is_asked_for))
    });
    let is_stale = entry.failure.as_ref().is_some_and(|why| why.kind == IpcErrorKind::Stale);
    let incident = use_command::<GetIncident>(entry.incident().filter(|_| is_stale), app.model.tick);
    let room = use_command::<GetRoom>(entry.room().filter(|_| is_stale), app.model.tick);
    // How signals stand changes without their room: what is kept of before is not what was decided since.
    let of_signal = matches!(entry.work.kind(), WorkKind::SuppressSignal | WorkKind::LiftSignal);
    let signals = use_command::<GetRoomSignals>(entry.room().filter(|_| is_stale && of_signal), app.model.relations + app.model.tick);
    let current = signals.remote.data().filter(|seen| seen.current).map(|seen| Theirs::Signals(&seen.value.signals));
    // Of an incident whose rest is not here, nobody has seen what would be overwritten.
    let whole = incident.remote.data().filter(|known| known.rest == IncidentRest::Here);
    let of_room = || room.remote.data().filter(|_| !of_signal).map(|known| Theirs::Room(&known.room));
    let theirs = (whole.map(|known| Theirs::Incident(&known.incident))).or(current).or_else(of_room);
    let unreadable = refused(&incident.remote).or(refused(&room.remote)).or(refused(&signals.remote)).filter(|_| is_stale);
    let differs = theirs.filter(|_| is_stale).and_then(|theirs| conflict(&i18n, entry, theirs));
    let form = entry.form;
    let again = differs.as_ref().map_or(SendAgainArgs::of(form), |differs| differs.anyway.clone());
    let on_again = sending.sends::<SendAgain>(|()| ()).reform(move |_: MouseEvent| again.clone());
    let on_discard = discarding.sends::<DiscardEntry>(|form| *form, |_, ()| ());
    let refusal = entry.failure.as_ref().map(|failure| (why(&i18n, entry, failure, props.now), failure));
    let may_again = refusal.as_ref().is_some_and(|(why, _)| !why.is_final);
    let head = format!("outbox-entry-{}", form.0);
    let name = title(&i18n, entry);
    html! {
        <li ref={node} class="outbox__entry" tabindex="-1" aria-labelledby={head.clone()} data-testid="outbox-entry">
            <p class="outbox__head"><strong id={head}>{name.clone()}</strong><span class="dim">{i18n.moment(entry.at)}<span class="fact__ago">{i18n.ago(entry.at, props.now)}</span></span></p>
            // Beside what holds now, the table says all of it.
            if differs.is_none() { {said(&i18n, contents(&i18n, entry))} }
            {match refusal {
                None => html! { <p class="dim">{glyph(Icon::Pending)}{if props.held { t!(i18n, "outbox-entry-held") } else { t!(i18n, "outbox-entry-waits") }}</p> },
                Some((why, failure)) => failure_of(&i18n, why, failure),
            }}
            if is_stale {
                {match (&differs, unreadable) {
                    (Some(Conflict { lines, .. }), _) => compared(&i18n, lines.as_slice()),
                    (None, Some(error)) => failed(&i18n, error),
                    (None, None) => html! { <p class="dim" role="status">{t!(i18n, "outbox-theirs-coming")}</p> },
                }}
            }
            if let Some(error) = sending.error() { {failed(&i18n, error)} }
            <div class="pane__buttons">
                <button type="button" class="button button--small" data-testid="outbox-discard" aria-label={t!(i18n, "outbox-discard-name", name = name.clone())} onclick={discarding.on_ask(move |_: MouseEvent| form)}>{t!(i18n, "form-discard")}</button>
                if may_again {
                    <Button class="button button--small button--primary" testid="outbox-again" busy={sending.is_busy()} why={(is_stale && differs.is_none()).then(|| t!(i18n, "outbox-theirs-coming"))} onclick={on_again}>
                        {if is_stale { t!(i18n, "outbox-anyway") } else { t!(i18n, "outbox-again") }}
                    </Button>
                }
            </div>
            if discarding.about().is_some() {
                <Confirm title={t!(i18n, "discard-entry-title", what = name.clone())} action={t!(i18n, "outbox-discard-name", name = name.clone())} busy={discarding.task.is_busy()} on_confirm={on_discard} on_cancel={discarding.on_cancel()} testid="confirm-discard-entry">
                    <p>{t!(i18n, "discard-text")}</p>
                </Confirm>
            }
        </li>
    }
}

/// Why what holds now cannot be had.
fn refused<T>(remote: &Remote<T>) -> Option<&IpcError> {
    match remote.load_state() {
        LoadState::Failed(error) => Some(error),
        _ => None,
    }
}

/// All that it says.
fn said(i18n: &I18n, contents: Contents) -> Html {
    let Contents { text, facts, changes } = contents;
    html! { <>
        if !text.is_empty() { <Folded {text} class="outbox__words" /> }
        if !facts.is_empty() { <dl class="facts outbox__facts">{for facts.into_iter().map(|(name, value)| fact(name, html! { <Folded text={value} /> }))}</dl> }
        if !changes.is_empty() { {changed(i18n, changes)} }
    </> }
}

/// What it was, and what it is to be.
fn changed(i18n: &I18n, lines: Vec<Changed>) -> Html {
    html! {
        <table class="compare" data-testid="outbox-change">
            <thead><tr><td></td><th scope="col">{t!(i18n, "stale-was")}</th><th scope="col">{t!(i18n, "stale-mine")}</th></tr></thead>
            <tbody>
                {for lines.into_iter().map(|Changed { label, was, mine }| html! {
                    <tr key={label.clone()}><th scope="row">{label}</th><td><Folded text={was} /></td><td><Folded text={mine} /></td></tr>
                })}
            </tbody>
        </table>
    }
}

fn failure_of(i18n: &I18n, why: Why, failure: &IpcError) -> Html {
    html! { <div data-testid="outbox-why">
        <p class="outbox__why">{glyph(why.icon)}{why.what}{" "}{why.reason}</p>
        if !why.is_all {
            if failure.fields.is_empty() {
                <p class="notice__detail selectable" lang="en">{&failure.message}</p>
            } else {
                {for failure.fields.iter().map(|field| html! { <p class="notice__detail selectable">{i18n.field_error(field)}</p> })}
            }
        }
    </div> }
}
