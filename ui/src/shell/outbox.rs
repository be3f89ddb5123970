//! What was typed and has not been sent: how much there is, in the header, and a list of it (A35).

use tenantry_model::ipc::{
    DiscardEntry, FormId, GetIncident, GetRoom, IncidentRest, IpcError, IpcErrorKind, OutboxEntry, SendAgain, SendAgainArgs, Work,
};
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use super::conflict::{Conflict, Theirs, conflict};
use crate::components::button::Button;
use crate::components::confirm::{Confirm, compared};
use crate::components::dialog::Dialog;
use crate::components::icon::{Icon, glyph};
use crate::components::notice::failed;
use crate::context::use_app;
use crate::hooks::{sets, use_command, use_now, use_outbox, use_question, use_task};
use crate::i18n::{I18n, t, use_i18n};
use crate::remote::{LoadState, Remote};

/// How many wait, and how many were refused.
pub(super) fn counted(entries: &[OutboxEntry]) -> (usize, usize) {
    let refused = entries.iter().filter(|entry| entry.failure.is_some()).count();
    (entries.len() - refused, refused)
}

/// The button; nothing where nothing is to be sent.
#[component]
pub(super) fn OutboxState() -> Html {
    let (i18n, entries, now) = (use_i18n(), use_outbox(), use_now());
    let open = use_state(|| false);
    let on_open = sets(&open, move |to: bool| to);
    let (waits, refused) = counted(&entries);
    if entries.is_empty() && !*open {
        return html! {};
    }
    let (class, icon, text) = if refused > 0 {
        ("sync outbox-button outbox--refused", Icon::Important, t!(i18n, "outbox-refused", count = refused))
    } else {
        ("sync outbox-button", Icon::Pending, t!(i18n, "outbox-waits", count = waits))
    };
    html! { <>
        if !entries.is_empty() {
            <button type="button" {class} data-testid="outbox-open" title={t!(i18n, "outbox-title")} onclick={on_open.reform(|_: MouseEvent| true)}>{glyph(icon)}<span class="sync__text">{text}</span></button>
        }
        if *open {
            <Dialog title={t!(i18n, "outbox-title")} on_cancel={on_open.reform(|()| false)} wide=true>
                <div class="dialog__text" data-testid="outbox">
                    if entries.is_empty() { <p>{t!(i18n, "outbox-empty")}</p> }
                    <ul class="outbox">
                        {for entries.iter().enumerate().map(|(at, entry)| html! {
                            <Entry key={entry.form.0.to_string()} entry={entry.clone()} held={is_held(&entries[..at], entry)} {now} />
                        })}
                    </ul>
                </div>
                <div class="dialog__buttons">
                    <button type="button" class="button" data-testid="outbox-close" onclick={on_open.reform(|_: MouseEvent| false)}>{t!(i18n, "close")}</button>
                </div>
            </Dialog>
        }
    </> }
}

/// Whether it waits for one before it, of the same incident or room, that was refused.
fn is_held(before: &[OutboxEntry], entry: &OutboxEntry) -> bool {
    let about = entry.about();
    about.is_some() && before.iter().any(|other| other.failure.is_some() && other.about() == about)
}

/// What an entry is, in a line.
fn title(i18n: &I18n, entry: &OutboxEntry) -> String {
    let name = entry.customer_name.clone().unwrap_or_else(|| t!(i18n, "outbox-unnamed"));
    match &entry.work {
        Work::Record { .. } => t!(i18n, "outbox-record", name = name),
        Work::Message { number, .. } => t!(i18n, "outbox-message", number = number.to_string(), name = name),
        Work::Close { number, .. } => t!(i18n, "outbox-close", number = number.to_string(), name = name),
        Work::Claim { number, .. } => t!(i18n, "outbox-claim", number = number.to_string(), name = name),
        Work::Snooze { number, .. } => t!(i18n, "outbox-snooze", number = number.to_string(), name = name),
        Work::Edit { number, .. } => t!(i18n, "outbox-edit", number = number.to_string(), name = name),
        Work::ChangeRoom { was: Some(was), .. } => t!(i18n, "outbox-room", room = was.display_name.clone(), name = name),
        Work::ChangeRoom { was: None, .. } => t!(i18n, "outbox-room-unnamed", name = name),
        Work::EnrolRoom { name: Some(room), .. } => t!(i18n, "outbox-enrol", room = room.clone(), name = name),
        Work::EnrolRoom { name: None, .. } => t!(i18n, "outbox-enrol-unnamed", name = name),
        Work::Words { .. } => t!(i18n, "outbox-words"),
    }
}

/// Why what holds now cannot be had.
fn refused<T>(remote: &Remote<T>) -> Option<&IpcError> {
    match remote.load_state() {
        LoadState::Failed(error) => Some(error),
        _ => None,
    }
}

#[derive(Properties, PartialEq)]
struct EntryProps {
    entry: OutboxEntry,
    /// Whether one before it has to be seen to first.
    held: bool,
    now: Timestamp,
}

#[component]
fn Entry(props: &EntryProps) -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let entry = &props.entry;
    let (sending, discarding) = (use_task(), use_question::<FormId>());
    let is_stale = entry.failure.as_ref().is_some_and(|why| why.kind == IpcErrorKind::Stale);
    let incident = use_command::<GetIncident>(entry.incident().filter(|_| is_stale), app.model.tick);
    let room = use_command::<GetRoom>(entry.room().filter(|_| is_stale), app.model.tick);
    // Of an incident whose rest is not here, nobody has seen what would be overwritten.
    let whole = incident.remote.data().filter(|known| known.rest == IncidentRest::Here);
    let theirs =
        (whole.map(|known| Theirs::Incident(&known.incident))).or_else(|| room.remote.data().map(|known| Theirs::Room(&known.room)));
    let unreadable = refused(&incident.remote).or(refused(&room.remote)).filter(|_| is_stale);
    let differs = theirs.filter(|_| is_stale).and_then(|theirs| conflict(&i18n, entry, theirs));
    let form = entry.form;
    let again = differs.as_ref().map_or(SendAgainArgs { form, version: None, settings: None }, |differs| differs.anyway.clone());
    let on_again = sending.sends::<SendAgain>(|()| ()).reform(move |_: MouseEvent| again.clone());
    let on_discard = discarding.sends::<DiscardEntry>(|form| *form, |_, ()| ());
    let is_words = matches!(entry.work, Work::Words { .. });
    let words = entry.work.words();
    let reason = match &entry.work {
        Work::Close { change, .. } => Some(i18n.label(change.reason)),
        _ => None,
    };
    html! {
        <li class="outbox__entry" data-testid="outbox-entry">
            <p class="outbox__head"><strong>{title(&i18n, entry)}</strong><span class="dim">{i18n.ago(entry.at, props.now)}</span></p>
            if let Some(reason) = reason { <p class="dim">{reason}</p> }
            if !words.is_empty() { <p class="outbox__words selectable">{words}</p> }
            {match &entry.failure {
                None => html! { <p class="dim">{glyph(Icon::Pending)}{if props.held { t!(i18n, "outbox-entry-held") } else { t!(i18n, "outbox-entry-waits") }}</p> },
                Some(_) if is_words => html! { <p class="outbox__why">{glyph(Icon::Lock)}{t!(i18n, "outbox-right-lost")}</p> },
                Some(_) if is_stale => html! { <>
                    <p class="outbox__why">{glyph(Icon::Important)}{t!(i18n, "outbox-stale")}</p>
                    {match (&differs, unreadable) {
                        (Some(Conflict { lines, .. }), _) => compared(&i18n, lines.as_slice()),
                        (None, Some(error)) => failed(&i18n, error),
                        (None, None) => html! { <p class="dim" role="status">{t!(i18n, "outbox-theirs-coming")}</p> },
                    }}
                </> },
                Some(why) => failed(&i18n, why),
            }}
            if let Some(error) = sending.error() { {failed(&i18n, error)} }
            <div class="pane__buttons">
                <button type="button" class="button button--small" data-testid="outbox-discard" onclick={discarding.on_ask(move |_: MouseEvent| form)}>{t!(i18n, "form-discard")}</button>
                if entry.failure.is_some() && !is_words {
                    <Button class="button button--small button--primary" testid="outbox-again" busy={sending.is_busy()} why={(is_stale && differs.is_none()).then(|| t!(i18n, "outbox-theirs-coming"))} onclick={on_again}>
                        {if is_stale { t!(i18n, "outbox-anyway") } else { t!(i18n, "outbox-again") }}
                    </Button>
                }
            </div>
            if discarding.about().is_some() {
                <Confirm title={t!(i18n, "discard-title")} action={t!(i18n, "form-discard")} busy={discarding.task.is_busy()} on_confirm={on_discard} on_cancel={discarding.on_cancel()} testid="confirm-discard-entry">
                    <p>{t!(i18n, "discard-text")}</p>
                </Confirm>
            }
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tenantry_model::api::incidents::PostMessage;
    use tenantry_model::id::{RoomId, TenantId};
    use uuid::Uuid;

    #[test]
    fn a35_what_waits_and_what_was_refused_is_counted_and_named() {
        let entry = |n: u128, failure| OutboxEntry {
            form: FormId(Uuid::from_u128(n)),
            customer: Some(TenantId::from_uuid(Uuid::from_u128(1))),
            customer_name: Some("Contoso".into()),
            work: Work::Message { number: "LBT9KC-XDBORS".parse().unwrap(), new: PostMessage { text: "Seen".into(), assign_to: None } },
            at: Timestamp::from_micros(0),
            failure,
        };
        let refused = Some(IpcError::new(IpcErrorKind::Conflict, "no", false));
        let entries = [entry(1, None), entry(2, refused), entry(3, None)];
        assert_eq!((counted(&entries), counted(&[])), ((2, 1), (0, 0)));
        assert!(is_held(&entries[..2], &entries[2]) && !is_held(&entries[..1], &entries[1]));
        let enrol = |n, failure| OutboxEntry {
            work: Work::EnrolRoom { room: RoomId::from_uuid(Uuid::from_u128(5)), name: None },
            ..entry(n, failure)
        };
        let why = Some(IpcError::new(IpcErrorKind::Invalid, "no", false));
        assert!(is_held(&[enrol(5, why)], &enrol(6, None)), "a room is one thing as well");
        assert_eq!(title(&I18n::default(), &entries[0]), "Message to LBT9KC-XDBORS, Contoso");
        let words = OutboxEntry { work: Work::Words { text: "Mine".into() }, customer_name: None, ..entry(4, None) };
        assert_eq!(title(&I18n::default(), &words), "Your words");
    }
}
