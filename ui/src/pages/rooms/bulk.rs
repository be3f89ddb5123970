//! What can be done with the rooms that are selected: buttons above the list, and the form of what has to be said first.

use std::rc::Rc;

use tenantry_model::api::incidents::SnoozeIncident;
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::ipc::{BulkAction, RoomKey};
use yew::prelude::*;

use super::add_to_group::AddToGroup;
use crate::components::button::Button;
use crate::components::icon::{Icon, glyph};
use crate::domain_view::bulk::{Bulk, Form};
use crate::domain_view::snooze_form::{SnoozeForm, Snoozing};
use crate::i18n::{I18n, t};

/// What the user may do anywhere in the list: what nearly nobody may is shown to those who may.
#[derive(Debug, Clone, Copy)]
pub(super) struct May {
    pub(super) enrol: bool,
    pub(super) group: bool,
}

/// `why_not_now` says why nothing can be done that the service has to do at once.
pub(super) fn buttons(i18n: &I18n, bulk: &Bulk<RoomKey>, may: May, why_not_now: Option<String>) -> Html {
    let (class, busy) = ("button button--small", bulk.is_busy());
    let several = customer_of(bulk.selected()).is_none().then(|| t!(i18n, "bulk-group-one"));
    let why_no_group = why_not_now.or(several).map(AttrValue::from);
    html! { <>
        <Button {class} testid="bulk-suppress" letter="z" {busy} onclick={bulk.on_form(Form::Suppressing)}>{glyph(Icon::Quiet)}{t!(i18n, "room-suppress")}</Button>
        <Button {class} testid="bulk-lift" {busy} onclick={bulk.plans(BulkAction::Lift)}>{glyph(Icon::Pending)}{t!(i18n, "room-lift")}</Button>
        if may.group { <Button {class} testid="bulk-group" {busy} why={why_no_group} onclick={bulk.on_form(Form::Grouping)}>{glyph(Icon::Several)}{t!(i18n, "room-group-add")}</Button> }
        if may.enrol { <Button {class} testid="bulk-enrol" {busy} onclick={bulk.plans(BulkAction::Enrol)}>{glyph(Icon::Check)}{t!(i18n, "room-enrol")}</Button> }
    </> }
}

/// The customer of all of these rooms; none where they are of several. Groups are of one.
fn customer_of(rooms: &[RoomKey]) -> Option<TenantId> {
    let customer = rooms.first()?.customer_id;
    rooms.iter().all(|room| room.customer_id == customer).then_some(customer)
}

/// `on_told` gets what was done, and at whose rooms.
pub(super) fn form(i18n: &I18n, bulk: &Bulk<RoomKey>, on_told: &Callback<(TenantId, String)>) -> Html {
    let on_cancel = bulk.on_back();
    match (bulk.form(), customer_of(bulk.selected())) {
        (Form::Suppressing, _) => {
            let on_submit =
                bulk.on_plan().reform(|Snoozing { reason, until, .. }| BulkAction::Suppress { suppress: SnoozeIncident { reason, until } });
            let hint = html! { <p class="dim">{t!(i18n, "bulk-suppress-hint")}</p> };
            html! { <SnoozeForm title={t!(i18n, "bulk-suppress-title", count = bulk.count())} action={t!(i18n, "bulk-to-plan")} what={vec![]} {hint} busy={bulk.is_busy()} error={bulk.form_error()} {on_submit} {on_cancel} /> }
        }
        (Form::Grouping, Some(customer)) => {
            let rooms: Rc<[RoomId]> = bulk.selected().iter().map(|room| room.id).collect();
            let on_done = {
                let (on_told, on_cancel) = (on_told.clone(), on_cancel.clone());
                Callback::from(move |told: String| {
                    on_cancel.emit(());
                    on_told.emit((customer, told));
                })
            };
            html! { <AddToGroup {customer} {rooms} {on_done} {on_cancel} /> }
        }
        _ => html! {},
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn bulk_rooms_of_one_customer_alone_are_put_into_a_group() {
        let room = |customer: u128, room: u128| RoomKey {
            customer_id: TenantId::from_uuid(Uuid::from_u128(customer)),
            id: RoomId::from_uuid(Uuid::from_u128(room)),
        };
        assert_eq!(customer_of(&[room(1, 1), room(1, 2)]), Some(room(1, 1).customer_id));
        assert_eq!(customer_of(&[room(1, 1), room(2, 2)]), None);
        assert_eq!(customer_of(&[]), None);
    }
}
