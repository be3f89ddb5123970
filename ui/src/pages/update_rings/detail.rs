//! One ring beside the list: its days and its rooms.

use tenantry_model::api::update_rings::{RingList, UpdateRingRow};
use tenantry_model::id::TenantId;
use tenantry_model::ipc::ListRooms;
use yew::prelude::*;

use super::page::Form;
use super::view_model::{in_ring, rooms_of, why_not_change, why_not_delete, why_not_move};
use crate::components::button::Button;
use crate::components::icon::{Icon, glyph};
use crate::components::loading::text_of;
use crate::components::pane::{Pane, fact};
use crate::context::use_app;
use crate::hooks::{gives, use_command};
use crate::i18n::{I18n, t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct DetailProps {
    pub(super) customer: TenantId,
    pub(super) customer_name: AttrValue,
    pub(super) list: RingList,
    pub(super) ring: UpdateRingRow,
    /// Why nothing can be changed.
    pub(super) blocked: Option<String>,
    pub(super) on_form: Callback<Form>,
    pub(super) on_close: Callback<()>,
}

#[component]
pub(super) fn Detail(props: &DetailProps) -> Html {
    let (i18n, app, ring) = (use_i18n(), use_app(), &props.ring);
    let rooms = use_command::<ListRooms>(Some(rooms_of(props.customer, &ring.name)), app.model.tick);
    let days = |count: u32| html! { {t!(i18n, "days-count", count = count)} };
    html! {
        <Pane title={ring.name.clone()} over={props.customer_name.clone()} testid="ring-pane" on_close={props.on_close.clone()}>
            <div class="pane__body" tabindex="0">
                if !ring.description.is_empty() { <p class="prose" data-testid="ring-description-text">{&ring.description}</p> }
                <dl class="facts">
                    {fact(t!(i18n, "ring-order"), html! { {i18n.number(ring.order.into())} })}
                    {fact(t!(i18n, "ring-deferral-label"), days(ring.days.deferral_days))}
                    {fact(t!(i18n, "ring-rollout-label"), days(ring.days.rollout_days))}
                    {fact(t!(i18n, "ring-test-label"), days(ring.days.test_days))}
                    {fact(t!(i18n, "ring-completion"), html! { {t!(i18n, "ring-day", day = ring.completion_day)} })}
                </dl>
                <section class="pane__section">
                    <header class="pane__section-head"><h3 class="prose__title">{t!(i18n, "rooms")}</h3></header>
                    {text_of(&rooms.remote, &rooms.retry, 3, |page| {
                        let (rows, more) = (in_ring(&page.rows, ring.id), page.total.saturating_sub(page.rows.len() as u32));
                        // The list comes from the service, the rooms from the copy, which follows.
                        let none = if ring.rooms > 0 { t!(i18n, "ring-rooms-coming") } else { t!(i18n, "ring-no-rooms") };
                        html! { <>
                            if rows.is_empty() { <p class="dim" data-testid="ring-no-rooms">{none}</p> }
                            <ul class="persons">
                                {for rows.iter().map(|row| {
                                    let name = row.room.display_name.clone();
                                    html! {
                                        <li key={row.room.id.to_string()} class="persons__row" data-testid="ring-room">
                                            <span class="person">{glyph(Icon::Rooms)}<span class="clip" title={name.clone()}>{name}</span></span>
                                        </li>
                                    }
                                })}
                            </ul>
                            if more > 0 { <p class="dim">{t!(i18n, "ring-more-rooms", count = more)}</p> }
                        </> }
                    })}
                </section>
            </div>
            {foot(&i18n, props)}
        </Pane>
    }
}

fn foot(i18n: &I18n, props: &DetailProps) -> Html {
    let (list, ring) = (&props.list, &props.ring);
    let or = |why: Option<String>| props.blocked.clone().or(why);
    let (moves, edit, delete) = (or(why_not_move(i18n, list)), or(why_not_change(i18n, ring)), or(why_not_delete(i18n, list, ring)));
    let on = |form: Form| gives::<MouseEvent, _>(&props.on_form, form);
    let whole = || Box::new(ring.clone());
    html! {
        <footer class="pane__foot">
            <div class="pane__buttons">
                <Button class="button button--danger" testid="ring-delete" why={delete.clone()} onclick={on(Form::Delete(whole()))}>{t!(i18n, "ring-delete")}</Button>
                <Button testid="ring-edit" why={edit.clone()} onclick={on(Form::Edit(whole()))}>{glyph(Icon::Pen)}{t!(i18n, "edit")}</Button>
                <Button testid="ring-move" why={moves} onclick={on(Form::Move(whole()))}>{glyph(Icon::Rooms)}{t!(i18n, "ring-move")}</Button>
            </div>
            if let Some(why) = edit.or(delete) { <p class="pane__why">{why}</p> }
        </footer>
    }
}
