//! What can be done with the incident that is open: buttons under its title.

use tenantry_model::incident::{IncidentType, SnoozedBy};
use tenantry_model::ipc::{CustomerRow, IncidentDetail, IncidentRest, OutboxEntry, Work};
use tenantry_model::permission::Permission;
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use super::claim::ClaimButton;
use super::forms::Form;
use crate::components::button::Button;
use crate::components::icon::{Icon, glyph};
use crate::components::notice::{no_right, why_not_now};
use crate::context::App;
use crate::i18n::{I18n, t};

#[derive(Clone, PartialEq)]
pub(super) struct Actions {
    /// Shows the thread, with the focus where one writes.
    pub(super) on_write: Callback<()>,
    pub(super) on_form: Callback<Form>,
    /// Fetches it back into sight.
    pub(super) on_wake: Callback<()>,
    /// Why no form can be opened: there is one.
    pub(super) form_open: Option<AttrValue>,
}

pub(super) fn actions<'a>(
    i18n: &I18n,
    app: &App,
    known: &IncidentDetail,
    customer: Option<&CustomerRow>,
    actions: &Actions,
    now: Timestamp,
    unsent: impl Iterator<Item = &'a OutboxEntry>,
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
    let unsent: Vec<&OutboxEntry> = unsent.collect();
    let kept = unsent.iter().any(|entry| entry.failure.is_none() && matches!(entry.work, Work::Claim { .. } | Work::Snooze { .. }));
    let why_waits = kept.then(|| t!(i18n, "outbox-kept"));
    let with_suppression = matches!(row.snoozed_by, Some(SnoozedBy::Signal | SnoozedBy::Room));
    let why_not_woken = if with_suppression {
        no_right(i18n, customer, Permission::RoomsModify).or_else(|| why_not_now(i18n, app))
    } else {
        why.clone().or_else(|| why_waits.clone())
    };
    let closing = unsent.iter().find(|entry| matches!(entry.work, Work::Close { .. })).map(|entry| match entry.failure {
        None => t!(i18n, "close-waits"),
        Some(_) => t!(i18n, "close-refused"),
    });
    // What a second edit would be made of is not known before the first is sent.
    let editing = unsent.iter().find(|entry| matches!(entry.work, Work::Edit { .. })).map(|entry| match entry.failure {
        None => t!(i18n, "edit-waits"),
        Some(_) => t!(i18n, "edit-refused"),
    });
    let why_not_edited = why.clone().or_else(|| editing.clone()).or_else(|| closing.clone());
    let why_not_closed = if is_issue { closing.clone().or_else(|| lacks_rest.clone()) } else { Some(t!(i18n, "close-signal")) };
    let open = |form: Form| actions.on_form.reform(move |_: MouseEvent| form.clone());
    html! {
        <>
        if kept { <p class="pane__actions dim" role="status" data-testid="work-unsent">{glyph(Icon::Pending)}{t!(i18n, "outbox-kept")}</p> }
        if let Some(closing) = closing { <p class="pane__actions dim" role="status" data-testid="close-unsent">{glyph(Icon::Pending)}{closing}</p> }
        if let Some(editing) = editing { <p class="pane__actions dim" role="status" data-testid="edit-unsent">{glyph(Icon::Pending)}{editing}</p> }
        <div class="pane__actions">
            <Button class="button button--small" testid="incident-write" letter="n" onclick={actions.on_write.reform(|_: MouseEvent| ())}>{glyph(Icon::Message)}{t!(i18n, "message-write")}</Button>
            if row.status.is_active() {
                if is_issue {
                    <Button class="button button--small" testid="incident-edit" why={why_not_edited.or(lacks_rest)} onclick={open(Form::Edit(Box::new(known.clone())))}>{glyph(Icon::Pen)}{t!(i18n, "edit")}</Button>
                }
                <ClaimButton key={row.number.to_string()} row={row.clone()} customer_name={known.customer_name.clone()} {now} why={why.clone().or_else(|| why_waits.clone()).map(AttrValue::from)} />
                if row.snooze_at(now).is_some() {
                    <Button class="button button--small" testid="incident-wake" letter="z" why={why_not_woken} onclick={actions.on_wake.reform(|_: MouseEvent| ())}>{glyph(Icon::Pending)}{match row.snoozed_by {
                        Some(SnoozedBy::Signal) => t!(i18n, "snooze-lift-signal"),
                        Some(SnoozedBy::Room) => t!(i18n, "snooze-lift-room"),
                        _ => t!(i18n, "snooze-wake"),
                    }}</Button>
                } else {
                    <Button class="button button--small" testid="incident-snooze" letter="z" why={why.clone().or(why_waits)} onclick={open(Form::Snooze(Box::new(known.clone())))}>{glyph(Icon::Quiet)}{t!(i18n, "snooze")}</Button>
                }
                <Button class="button button--small" testid="incident-close" letter="e" why={why_not_closed.or(why)} onclick={open(Form::Close(Box::new(known.clone())))}>{glyph(Icon::Closed)}{t!(i18n, "close-action")}</Button>
            }
        </div>
        </>
    }
}
