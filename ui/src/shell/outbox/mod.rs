//! What was typed and has not been sent: how much there is, in the header, and a list of it (A35).

mod conflict;
mod entry;
mod files;
mod words;

use std::collections::HashSet;

use tenantry_model::ipc::{FormId, OutboxMark};
use yew::prelude::*;

use self::entry::Entry;
use self::files::WaitingFileEntry;
use crate::components::button::Button;
use crate::components::dialog::Dialog;
use crate::components::empty::Failed;
use crate::components::icon::{Icon, glyph};
use crate::components::list_page::not_renewed;
use crate::hooks::{Entries, OutboxPlace, use_entries, use_now, use_outbox, use_waiting_files};
use crate::i18n::{t, use_i18n};

/// How many are shown at once.
const PAGE: usize = 25;

/// How many wait, and how many were refused.
fn counted(marks: &[OutboxMark]) -> (usize, usize) {
    let refused = marks.iter().filter(|mark| mark.refused).count();
    (marks.len() - refused, refused)
}

/// The button; nothing where nothing is to be sent.
#[component]
pub(super) fn OutboxState() -> Html {
    let (i18n, outbox, files) = (use_i18n(), use_outbox(), use_waiting_files());
    let (entries, of_files) = (counted(&outbox), files::counted(&files));
    let (waits, refused) = (entries.0 + of_files.0, entries.1 + of_files.1);
    let (class, icon, text) = if refused > 0 {
        ("sync outbox-button outbox--refused", Icon::Important, t!(i18n, "outbox-refused", count = refused))
    } else {
        ("sync outbox-button", Icon::Pending, t!(i18n, "outbox-waits", count = waits))
    };
    let onclick = outbox.on_open.reform(|_: MouseEvent| Some(OutboxPlace { at: None }));
    html! { <>
        if waits + refused > 0 {
            <button type="button" {class} data-testid="outbox-open" title={t!(i18n, "outbox-title")} {onclick}>{glyph(icon)}<span class="sync__text">{text}</span></button>
        }
        if let Some(place) = outbox.open { <OutboxList at={place.at} /> }
    </> }
}

#[derive(Properties, PartialEq)]
struct OutboxListProps {
    at: Option<FormId>,
}

/// A page of it at a time, whatever its length.
#[component]
fn OutboxList(props: &OutboxListProps) -> Html {
    let (i18n, outbox, files, now) = (use_i18n(), use_outbox(), use_waiting_files(), use_now());
    let place = props.at.and_then(|form| outbox.iter().position(|mark| mark.form == form));
    let first = use_state_eq(|| place.map_or(0, |place| place / PAGE * PAGE));
    // What stood on the last page may have been sent.
    let from = (*first).min(outbox.len().saturating_sub(1) / PAGE * PAGE);
    let to = outbox.len().min(from + PAGE);
    let Entries { shown: entries, remote, retry } = use_entries(outbox[from..to].iter().map(|mark| mark.form).collect());
    // Once it has the focus, that stays where it is moved to: also where one turns the page, and comes back.
    let wanted = use_mut_ref(|| props.at);
    let is_wanted = |form: FormId| *wanted.borrow() == Some(form);
    let is_found = entries.iter().any(|entry| is_wanted(entry.form));
    use_effect_with(is_found, {
        let wanted = wanted.clone();
        move |is_found| {
            if *is_found {
                wanted.take();
            }
        }
    });
    let held = held(&outbox);
    let on_close = outbox.on_open.reform(|()| None);
    let turn = |to: usize| {
        let first = first.clone();
        Callback::from(move |_: MouseEvent| first.set(to))
    };
    let at_end = t!(i18n, "outbox-no-more");
    html! {
        <Dialog title={t!(i18n, "outbox-title")} on_cancel={on_close.clone()} wide=true begins_at_title=true>
            <div class="dialog__text" data-testid="outbox">
                if outbox.is_empty() && files.is_empty() { <p>{t!(i18n, "outbox-empty")}</p> }
                if let (false, Some(error)) = (outbox.is_empty(), remote.error()) {
                    if entries.is_empty() { <Failed error={error.clone()} on_retry={retry} /> } else { {not_renewed(&i18n, error, &retry)} }
                }
                <ul class="outbox">
                    <>{for entries.iter().map(|entry| html! {
                        <Entry key={entry.form.0.to_string()} held={held.contains(&entry.form)} is_asked_for={is_wanted(entry.form)} {now} entry={entry.clone()} />
                    })}</>
                    // They stand behind what was typed.
                    <>{for files.iter().filter(|_| to == outbox.len()).map(|file| html! { <WaitingFileEntry key={file.form.0.to_string()} file={file.clone()} {now} /> })}</>
                </ul>
                if outbox.len() > PAGE {
                    <div class="outbox__pages">
                        <Button class="button button--small" testid="outbox-earlier" why={(from == 0).then(|| at_end.clone())} onclick={turn(from.saturating_sub(PAGE))}>{t!(i18n, "outbox-earlier")}</Button>
                        <span role="status">{t!(i18n, "outbox-page", first = from + 1, last = to, total = outbox.len())}</span>
                        <Button class="button button--small" testid="outbox-later" why={(to == outbox.len()).then_some(at_end)} onclick={turn(from + PAGE)}>{t!(i18n, "outbox-later")}</Button>
                    </div>
                }
            </div>
            <div class="dialog__buttons">
                <button type="button" class="button" data-testid="outbox-close" onclick={on_close.reform(|_: MouseEvent| ())}>{t!(i18n, "close")}</button>
            </div>
        </Dialog>
    }
}

/// Those that wait for one before them, of the same incident or room, that was refused.
fn held(marks: &[OutboxMark]) -> HashSet<FormId> {
    let mut stopped = HashSet::new();
    let mut held = HashSet::new();
    for mark in marks {
        let Some(about) = mark.about() else { continue };
        if stopped.contains(&about) {
            held.insert(mark.form);
        }
        if mark.refused {
            stopped.insert(about);
        }
    }
    held
}

#[cfg(test)]
mod tests {
    use super::*;
    use tenantry_model::id::{RoomId, TenantId};
    use tenantry_model::ipc::WorkKind;
    use uuid::Uuid;

    #[test]
    fn a35_what_waits_and_what_was_refused_is_counted_and_what_is_held_up_is_known() {
        let room = RoomId::from_uuid(Uuid::from_u128(5));
        let mark = |n: u128, kind, refused| OutboxMark {
            form: FormId(Uuid::from_u128(n)),
            kind,
            refused,
            customer: Some(TenantId::from_uuid(Uuid::from_u128(1))),
            number: (kind == WorkKind::Message).then(|| "LBT9KC-XDBORS".parse().unwrap()),
            rooms: if kind == WorkKind::Message { vec![] } else { vec![room] },
            events: vec![],
        };
        let message = |n, refused| mark(n, WorkKind::Message, refused);
        let marks = [message(1, false), message(2, true), message(3, false)];
        assert_eq!((counted(&marks), counted(&[])), ((2, 1), (0, 0)));
        let forms = |marks: &[OutboxMark]| {
            let mut forms: Vec<u128> = held(marks).iter().map(|form| form.0.as_u128()).collect();
            forms.sort_unstable();
            forms
        };
        assert_eq!(forms(&marks), [3]);
        // A room is one thing as well; an issue that is reported there is in nobody's way, and nobody in its.
        let enrol = |n, refused| mark(n, WorkKind::EnrolRoom, refused);
        assert_eq!(forms(&[enrol(5, true), enrol(6, false), mark(7, WorkKind::Record, false)]), [6]);
    }
}
