//! What can be done with the rooms that are selected: buttons above the list, and the form of what has to be said first.

use tenantry_model::api::incidents::SnoozeIncident;
use tenantry_model::ipc::{BulkAction, RoomKey};
use yew::prelude::*;

use crate::components::button::Button;
use crate::components::icon::{Icon, glyph};
use crate::domain_view::bulk::{Bulk, Form};
use crate::domain_view::snooze_form::{SnoozeForm, Snoozing};
use crate::i18n::{I18n, t};

/// `enrols` says whether the user may take rooms under management anywhere: what nearly nobody may is shown to those who may.
pub(super) fn buttons(i18n: &I18n, bulk: &Bulk<RoomKey>, enrols: bool) -> Html {
    let (class, busy) = ("button button--small", bulk.is_busy());
    html! { <>
        <Button {class} testid="bulk-suppress" letter="z" {busy} onclick={bulk.on_form(Form::Suppressing)}>{glyph(Icon::Quiet)}{t!(i18n, "room-suppress")}</Button>
        <Button {class} testid="bulk-lift" {busy} onclick={bulk.plans(BulkAction::Lift)}>{glyph(Icon::Pending)}{t!(i18n, "room-lift")}</Button>
        if enrols { <Button {class} testid="bulk-enrol" {busy} onclick={bulk.plans(BulkAction::Enrol)}>{glyph(Icon::Check)}{t!(i18n, "room-enrol")}</Button> }
    </> }
}

pub(super) fn form(i18n: &I18n, bulk: &Bulk<RoomKey>) -> Html {
    if bulk.form() != Form::Suppressing {
        return html! {};
    }
    let (on_plan, on_cancel) = (bulk.on_plan(), bulk.on_back());
    let on_submit = on_plan.reform(|Snoozing { reason, until, .. }| BulkAction::Suppress { suppress: SnoozeIncident { reason, until } });
    let hint = html! { <p class="dim">{t!(i18n, "bulk-suppress-hint")}</p> };
    html! { <SnoozeForm title={t!(i18n, "bulk-suppress-title", count = bulk.count())} action={t!(i18n, "bulk-to-plan")} what={vec![]} {hint} busy={bulk.is_busy()} error={bulk.form_error()} {on_submit} {on_cancel} /> }
}
