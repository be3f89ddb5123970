//! What can be done with the incident that is open: buttons under its title.

use tenantry_model::incident::{IncidentType, SnoozedBy};
use tenantry_model::ipc::{About, CustomerRow, IncidentDetail, IncidentRef, IncidentRest, OutboxMark, WorkKind};
use tenantry_model::permission::Permission;
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use super::claim::ClaimButton;
use super::forms::Form;
use super::unsent_suppressions::UnsentSuppressions;
use crate::components::button::Button;
use crate::components::icon::{Icon, glyph};
use crate::components::notice::no_right;
use crate::domain_view::unsent::{unsent_line, unsent_text};
use crate::hooks::Outbox;
use crate::i18n::{I18n, t};

#[derive(Clone, PartialEq)]
pub(super) struct Actions {
    /// Shows the thread, with the focus where one writes.
    pub(super) on_write: Callback<()>,
    pub(super) on_form: Callback<Form>,
    /// Fetches it back into sight.
    pub(super) on_wake: Callback<()>,
    /// What of its room and its signal there was not sent.
    pub(super) of_room: UnsentSuppressions,
    /// Why no form can be opened: there is one.
    pub(super) form_open: Option<AttrValue>,
}

pub(super) fn actions(
    i18n: &I18n,
    known: &IncidentDetail,
    customer: Option<&CustomerRow>,
    actions: &Actions,
    now: Timestamp,
    (outbox, incident): (&Outbox, IncidentRef),
) -> Html {
    let row = &known.incident.row;
    let why = no_right(i18n, customer, Permission::TicketsUpdate).or_else(|| actions.form_open.as_ref().map(ToString::to_string));
    let is_issue = row.kind == IncidentType::CustomerReported;
    // What is not here cannot be changed as it was read.
    let lacks_rest = match known.rest {
        IncidentRest::Here => None,
        IncidentRest::Coming => Some(t!(i18n, "rest-coming")),
        IncidentRest::OffLine => Some(t!(i18n, "rest-off-line-open")),
        IncidentRest::Failed => Some(t!(i18n, "rest-failed")),
    };
    // Closed once is closed, though it is not sent yet.
    let unsent: Vec<&OutboxMark> = outbox.about(About::Incident(incident)).collect();
    let is_kept =
        |mark: &OutboxMark| !mark.refused && matches!(mark.kind, WorkKind::Claim | WorkKind::Release | WorkKind::Snooze | WorkKind::Wake);
    let kept = unsent.iter().find(|mark| is_kept(mark));
    let why_waits = kept.map(|_| t!(i18n, "outbox-kept"));
    let of_room = &actions.of_room;
    let why_not_woken = match row.snoozed_by.filter(|by| *by != SnoozedBy::Incident) {
        Some(by) => {
            no_right(i18n, customer, Permission::RoomsModify).or_else(|| of_room.of_what_holds(by).map(|mark| unsent_text(i18n, mark)))
        }
        None => why.clone().or_else(|| why_waits.clone()),
    };
    let why_not_snoozed = why.clone().or_else(|| why_waits.clone()).or_else(|| of_room.that_hides().map(|mark| unsent_text(i18n, mark)));
    let of = |kind: WorkKind| unsent.iter().find(|mark| mark.kind == kind);
    let closes = of(WorkKind::Close);
    let closing = closes.map(|mark| if mark.refused { t!(i18n, "close-refused") } else { t!(i18n, "close-waits") });
    // What a second edit would be made of is not known before the first is sent.
    let edits = of(WorkKind::Edit);
    let editing = edits.map(|mark| if mark.refused { t!(i18n, "edit-refused") } else { t!(i18n, "edit-waits") });
    let why_not_edited = why.clone().or_else(|| editing.clone()).or_else(|| closing.clone());
    let why_not_closed = if is_issue { closing.clone().or_else(|| lacks_rest.clone()) } else { Some(t!(i18n, "close-signal")) };
    let open = |form: Form| actions.on_form.reform(move |_: MouseEvent| form.clone());
    html! {
        <>
        if let Some(mark) = kept { {unsent_line(outbox, mark, t!(i18n, "outbox-kept"), "work-unsent")} }
        <>{for of_room.iter().map(|mark| unsent_line(outbox, mark, unsent_text(i18n, mark), "suppression-unsent"))}</>
        if let Some((mark, closing)) = closes.zip(closing) { {unsent_line(outbox, mark, closing, "close-unsent")} }
        if let Some((mark, editing)) = edits.zip(editing) { {unsent_line(outbox, mark, editing, "edit-unsent")} }
        <div class="pane__actions">
            <Button class="button button--small" testid="incident-write" letter="n" onclick={actions.on_write.reform(|_: MouseEvent| ())}>{glyph(Icon::Message)}{t!(i18n, "message-write")}</Button>
            if row.status.is_active() {
                if is_issue {
                    <Button class="button button--small" testid="incident-edit" why={why_not_edited.or(lacks_rest)} onclick={open(Form::Edit(Box::new(known.clone())))}>{glyph(Icon::Pen)}{t!(i18n, "edit")}</Button>
                }
                <ClaimButton key={row.number.to_string()} row={row.clone()} customer_name={known.customer_name.clone()} {now} why={why.clone().or(why_waits).map(AttrValue::from)} />
                if row.snooze_at(now).is_some() {
                    <Button class="button button--small" testid="incident-wake" letter="z" why={why_not_woken} onclick={actions.on_wake.reform(|_: MouseEvent| ())}>{glyph(Icon::Pending)}{match row.snoozed_by {
                        Some(SnoozedBy::Signal) => t!(i18n, "snooze-lift-signal"),
                        Some(SnoozedBy::Room) => t!(i18n, "snooze-lift-room"),
                        _ => t!(i18n, "snooze-wake"),
                    }}</Button>
                } else {
                    <Button class="button button--small" testid="incident-snooze" letter="z" why={why_not_snoozed} onclick={open(Form::Snooze(Box::new(known.clone())))}>{glyph(Icon::Quiet)}{t!(i18n, "snooze")}</Button>
                }
                <Button class="button button--small" testid="incident-close" letter="e" why={why_not_closed.or(why)} onclick={open(Form::Close(Box::new(known.clone())))}>{glyph(Icon::Closed)}{t!(i18n, "close-action")}</Button>
            }
        </div>
        </>
    }
}
