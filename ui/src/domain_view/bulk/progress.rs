//! How a bulk action goes: what was done, what waits and what was not done, with the reason of each.

use tenantry_model::ipc::{About, BulkRow, BulkRowState, BulkRun, BulkState, BulkStep};
use yew::prelude::*;

use super::words;
use crate::components::button::Button;
use crate::components::dialog::Dialog;
use crate::components::icon::{Icon, glyph};
use crate::components::notice::failed;
use crate::hooks::UseTask;
use crate::i18n::{I18n, t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct ProgressProps {
    pub(super) run: BulkRun,
    pub(super) task: UseTask,
    pub(super) on_step: Callback<BulkStep>,
    /// Closes it; with true, what was not done becomes what is selected.
    pub(super) on_close: Callback<bool>,
}

/// For so long after the end a press on what closes it was meant for what stood there before.
const UNREAD_MS: f64 = 500.0;

#[component]
pub(super) fn Progress(props: &ProgressProps) -> Html {
    let (i18n, run) = (use_i18n(), &props.run);
    let counts = run.counts;
    let action = words::action(&i18n, &run.action);
    let title = if run.undoes { t!(i18n, "bulk-undo-title", action = action) } else { t!(i18n, "bulk-run-title", action = action) };
    let goes_on = run.state == BulkState::Running;
    let step = |step: BulkStep| props.on_step.reform(move |_: MouseEvent| step);
    // Whoever meant to stop it as it ended has not read the result yet.
    let ended = use_mut_ref(|| 0.0);
    use_effect_with(goes_on, {
        let ended = ended.clone();
        move |goes_on| {
            if !goes_on {
                *ended.borrow_mut() = js_sys::Date::now();
            }
        }
    });
    let on_close = {
        let on_close = props.on_close.clone();
        Callback::from(move |keep: bool| {
            if js_sys::Date::now() - *ended.borrow() >= UNREAD_MS {
                on_close.emit(keep);
            }
        })
    };
    // Esc begins nothing more, and closes what has ended: what was not done stays selected.
    let not_done = run.not_done;
    let on_cancel = {
        let (on_step, on_close) = (props.on_step.clone(), on_close.clone());
        Callback::from(move |()| if goes_on { on_step.emit(BulkStep::Stop) } else { on_close.emit(not_done > 0) })
    };
    let close = |keep: bool| on_close.reform(move |_: MouseEvent| keep);
    let hidden = (counts.all as usize).saturating_sub(run.rows.len());
    html! {
        <Dialog {title} {on_cancel} wide=true>
            <div class="dialog__text" data-testid="bulk-run" data-state={run.state.as_str()}>
                <progress class="bulk-run__bar" max={counts.all.to_string()} value={(counts.done + counts.requested + counts.refused + counts.waiting).to_string()} aria-label={t!(i18n, "bulk-progress")} />
                <p data-testid="bulk-summary">{words::summary(&i18n, run)}</p>
                // While it goes on, a number that rises is not spoken: how it ended is.
                <p class="spoken" role="status">if !goes_on { {words::summary(&i18n, run)} }</p>
                <p class="bulk-run__counts">
                    if counts.refused > 0 { <span data-testid="bulk-refused">{t!(i18n, "bulk-count-refused", number = counts.refused)}</span> }
                    if counts.requested > 0 { <span data-testid="bulk-requested">{t!(i18n, "bulk-count-requested", number = counts.requested)}</span> }
                    if counts.waiting > 0 { <span data-testid="bulk-waiting">{t!(i18n, "bulk-count-waiting", number = counts.waiting)}</span> }
                    if counts.to_do > 0 { <span data-testid="bulk-to-do">{t!(i18n, "bulk-count-to-do", number = counts.to_do)}</span> }
                </p>
                <ul class="bulk-run" aria-label={if run.action.is_of_rooms() { t!(i18n, "rooms") } else { t!(i18n, "incidents") }}>
                    <>{for run.rows.iter().map(|row| html! {
                        <li key={key_of(row)} class="bulk-run__row" data-testid="bulk-row">
                            {what(&i18n, row)}
                            <span class="clip" title={row.customer_name.clone()}>{row.customer_name.clone().unwrap_or_else(|| t!(i18n, "outbox-unnamed"))}</span>
                            <span class="bulk-run__state">{glyph(icon(&row.state))}{words::row_state(&i18n, &row.state)}</span>
                        </li>
                    })}</>
                    if hidden > 0 { <li class="dim">{t!(i18n, "bulk-rows-hidden", number = hidden)}</li> }
                </ul>
                if !goes_on && run.undoable > 0 && counts.waiting > 0 { <p class="dim" data-testid="bulk-undo-why">{t!(i18n, "bulk-undo-waits")}</p> }
                if let Some(error) = props.task.error() { {failed(&i18n, error)} }
            </div>
            <div class="dialog__buttons">{buttons(&i18n, props, goes_on, &step, &close)}</div>
        </Dialog>
    }
}

fn buttons(
    i18n: &I18n,
    props: &ProgressProps,
    goes_on: bool,
    step: &dyn Fn(BulkStep) -> Callback<MouseEvent>,
    close: &dyn Fn(bool) -> Callback<MouseEvent>,
) -> Html {
    let (run, busy) = (&props.run, props.task.is_busy());
    let waits = (run.counts.waiting > 0).then(|| AttrValue::from(t!(i18n, "bulk-undo-waits")));
    // One button in one place: whoever has pressed it, or waits, keeps the focus.
    let (label, testid, onclick) = if goes_on {
        (t!(i18n, "bulk-stop"), "bulk-stop", step(BulkStep::Stop))
    } else {
        (t!(i18n, "bulk-close-run"), "bulk-done", close(false))
    };
    html! { <>
        if !goes_on {
            if run.undoable > 0 { <Button testid="bulk-undo" {busy} why={waits} onclick={step(BulkStep::Undo)}>{t!(i18n, "bulk-undo", number = run.undoable)}</Button> }
            if run.not_done > 0 { <Button testid="bulk-keep" {busy} onclick={close(true)}>{t!(i18n, "bulk-keep", number = run.not_done)}</Button> }
            if run.counts.waiting > 0 { <Button testid="bulk-take-back" {busy} onclick={step(BulkStep::Stop)}>{t!(i18n, "bulk-take-back")}</Button> }
            if run.state == BulkState::Stopped { <Button testid="bulk-go-on" {busy} onclick={step(BulkStep::GoOn)}>{t!(i18n, "bulk-go-on")}</Button> }
        }
        <Button key="main" class="button button--primary" {testid} autofocus=true {busy} {onclick}>{label}</Button>
    </> }
}

fn key_of(row: &BulkRow) -> String {
    match row.about {
        About::Incident(incident) => format!("{} {}", incident.customer_id, incident.number),
        About::Room(room) => format!("{} {}", room.customer_id, room.id),
    }
}

/// An incident by its number, and a room by its name.
fn what(i18n: &I18n, row: &BulkRow) -> Html {
    match row.about {
        About::Incident(incident) => html! { <span class="number">{incident.number.to_string()}</span> },
        About::Room(_) => {
            let name = row.name.clone().unwrap_or_else(|| t!(i18n, "bulk-room-unnamed"));
            html! { <span class="clip" title={name.clone()}>{name}</span> }
        }
    }
}

const fn icon(state: &BulkRowState) -> Icon {
    match state {
        BulkRowState::ToDo | BulkRowState::UnderWay | BulkRowState::Waiting | BulkRowState::Requested => Icon::Pending,
        BulkRowState::Refused { .. } => Icon::Important,
        BulkRowState::Done => Icon::Check,
    }
}
