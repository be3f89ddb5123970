//! What can be done at the incidents that are selected: buttons above the list, and the forms of what has to be said first.

use tenantry_model::api::incidents::{CloseIssue, SnoozeIncident};
use tenantry_model::ipc::{BulkAction, IncidentRef};
use yew::prelude::*;

use super::close_form::CloseForm;
use crate::components::button::Button;
use crate::components::icon::{Icon, glyph};
use crate::domain_view::bulk::{Bulk, Form};
use crate::domain_view::snooze_form::{SnoozeForm, Snoozing};
use crate::i18n::{I18n, t};

pub(in crate::pages::incidents) fn buttons(i18n: &I18n, bulk: &Bulk<IncidentRef>) -> Html {
    let (class, busy) = ("button button--small", bulk.is_busy());
    html! { <>
        <Button {class} testid="bulk-claim" letter="c" {busy} onclick={bulk.plans(BulkAction::Claim)}>{glyph(Icon::User)}{t!(i18n, "claim")}</Button>
        <Button {class} testid="bulk-release" {busy} onclick={bulk.plans(BulkAction::Release)}>{glyph(Icon::User)}{t!(i18n, "claim-release")}</Button>
        <Button {class} testid="bulk-snooze" letter="z" {busy} onclick={bulk.on_form(Form::Snoozing)}>{glyph(Icon::Quiet)}{t!(i18n, "snooze")}</Button>
        <Button {class} testid="bulk-wake" {busy} onclick={bulk.plans(BulkAction::Wake)}>{glyph(Icon::Pending)}{t!(i18n, "snooze-wake")}</Button>
        <Button {class} testid="bulk-close" letter="e" {busy} onclick={bulk.on_form(Form::Closing)}>{glyph(Icon::Closed)}{t!(i18n, "bulk-close")}</Button>
        <Button {class} testid="bulk-mark-read" {busy} onclick={bulk.plans(BulkAction::MarkRead)}>{glyph(Icon::Message)}{t!(i18n, "bulk-mark-read")}</Button>
    </> }
}

pub(in crate::pages::incidents) fn form(i18n: &I18n, bulk: &Bulk<IncidentRef>) -> Html {
    let (on_plan, on_cancel, count) = (bulk.on_plan(), bulk.on_back(), bulk.count());
    let (busy, error) = (bulk.is_busy(), bulk.form_error());
    match bulk.form() {
        Form::Snoozing => {
            let on_submit =
                on_plan.reform(|Snoozing { reason, until, .. }| BulkAction::Snooze { snooze: SnoozeIncident { reason, until } });
            html! { <SnoozeForm title={t!(i18n, "bulk-snooze-title", count = count)} action={t!(i18n, "bulk-to-plan")} what={vec![]} {busy} {error} {on_submit} {on_cancel} /> }
        }
        Form::Closing => {
            let on_submit = on_plan.reform(|change: CloseIssue| BulkAction::Close { change });
            html! { <CloseForm {count} {busy} {error} {on_submit} {on_cancel} /> }
        }
        Form::Nothing | Form::Suppressing | Form::Grouping => html! {},
    }
}
