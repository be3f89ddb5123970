//! One update beside the list: where it stands in each ring, and where it failed.

use tenantry_model::api::updates::{MOST_FAILED, UpdateInRing, UpdateList, UpdateRow};
use tenantry_model::id::TenantId;
use tenantry_model::ipc::{GetUpdate, RoomKey, UpdateKey};
use yew::prelude::*;

use super::view_model::{left, why_not_force, why_not_pause, why_not_retry};
use crate::components::button::Button;
use crate::components::icon::{Icon, glyph};
use crate::components::loading::text_of;
use crate::components::pane::{Pane, fact};
use crate::context::use_app;
use crate::domain_view::badges::update_badge;
use crate::domain_view::update_action::{Asked, Forced};
use crate::hooks::{gives, use_command, use_place};
use crate::i18n::{I18n, t, use_i18n};
use crate::route::{RoomTab, Route};

#[derive(Properties, PartialEq)]
pub(super) struct DetailProps {
    pub(super) customer: TenantId,
    pub(super) customer_name: AttrValue,
    pub(super) list: UpdateList,
    pub(super) update: UpdateRow,
    /// Why nothing can be done.
    pub(super) blocked: Option<String>,
    pub(super) on_ask: Callback<Asked>,
    pub(super) on_close: Callback<()>,
}

#[component]
pub(super) fn Detail(props: &DetailProps) -> Html {
    let (i18n, app, place, update) = (use_i18n(), use_app(), use_place(), &props.update);
    let key = UpdateKey { customer: props.customer, update: update.id };
    // Asked again when the list is: what it says of the update then is what these rooms are of.
    let detail =
        use_command::<GetUpdate>(Some(key), app.model.relations.wrapping_add(update.version).wrapping_add(update.counts.failed.into()));
    let rings = props.list.rings.iter().zip(&update.rings);
    html! {
        <Pane title={update.name()} over={props.customer_name.clone()} testid="update-pane" on_close={props.on_close.clone()}>
            <div class="pane__body" tabindex="0">
                <dl class="facts">
                    {fact(t!(i18n, "update-status"), update_badge(&i18n, update.status))}
                    {fact(t!(i18n, "update-published"), html! { {i18n.moment(update.published_at)} })}
                    if let Some(at) = update.deprecated_at { {fact(t!(i18n, "update-deprecated"), html! { {i18n.moment(at)} })} }
                    {fact(t!(i18n, "rooms"), html! { {counts(&i18n, update)} })}
                </dl>
                if let Some(paused) = &update.paused {
                    <p class="prose" data-testid="update-paused-by">{glyph(Icon::Quiet)}{" "}{t!(i18n, "update-paused-by", by = paused.by.clone(), moment = i18n.moment(paused.since))}{": "}<span class="selectable">{&paused.reason}</span></p>
                }
                <section class="pane__section">
                    <header class="pane__section-head"><h3 class="prose__title">{t!(i18n, "updates-rings")}</h3></header>
                    <ul class="update-rings">
                        {for rings.map(|(name, ring)| html! { <li key={ring.ring.to_string()} class="update-rings__row" data-testid="update-in-ring">{in_ring(&i18n, props, &name.name, ring)}</li> })}
                    </ul>
                </section>
                <section class="pane__section">
                    <header class="pane__section-head"><h3 class="prose__title">{t!(i18n, "update-failed-rooms")}</h3></header>
                    {text_of(&detail.remote, &detail.retry, 2, |seen| {
                        let failed = &seen.value.failed;
                        html! { <>
                            if failed.is_empty() { <p class="dim" data-testid="update-none-failed">{t!(i18n, "update-none-failed")}</p> }
                            <ul class="update-rings">
                                {for failed.iter().map(|room| {
                                    let room_key = RoomKey { customer_id: props.customer, id: room.room };
                                    let onclick = {
                                        let place = place.clone();
                                        Callback::from(move |_: MouseEvent| place.push(Route::Room { customer: room_key.customer_id, room: room_key.id, tab: RoomTab::Updates }))
                                    };
                                    html! {
                                        <li key={room.room.to_string()} class="update-rings__row" data-testid="update-failed-room">
                                            <button type="button" class="link clip" title={room.name.clone()} {onclick}>{&room.name}</button>
                                            <span class="update-rings__more selectable">{&room.reason}</span>
                                            <span class="update-rings__more dim">{i18n.moment(room.at)}</span>
                                        </li>
                                    }
                                })}
                            </ul>
                            if failed.len() >= MOST_FAILED { <p class="dim">{t!(i18n, "update-failed-first", most = MOST_FAILED)}</p> }
                        </> }
                    })}
                </section>
            </div>
            {foot(&i18n, props)}
        </Pane>
    }
}

/// How many rooms have the package, and how they stand.
fn counts(i18n: &I18n, update: &UpdateRow) -> String {
    told(i18n, update.counts)
}

fn told(i18n: &I18n, counts: tenantry_model::update::UpdateCounts) -> String {
    t!(
        i18n,
        "update-counts",
        installed = i18n.number(counts.installed),
        rooms = i18n.number(counts.rooms),
        failed = i18n.number(counts.failed),
        active = i18n.number(counts.active),
        waiting = i18n.number(counts.waiting())
    )
}

fn in_ring(i18n: &I18n, props: &DetailProps, name: &str, ring: &UpdateInRing) -> Html {
    let why = props.blocked.clone().or_else(|| why_not_force(i18n, &props.list, &props.update, Some(ring)));
    let asked = Asked::Force(Forced::Ring(ring.ring, name.to_owned(), left(ring.counts)));
    let moment = match (ring.begins_at, ring.complete_at) {
        (Some(at), _) => Some(t!(i18n, "update-begins", moment = i18n.moment(at))),
        (None, Some(at)) => Some(t!(i18n, "update-completes", moment = i18n.moment(at))),
        (None, None) => None,
    };
    html! { <>
        <span class="update-rings__head">
            <span class="clip" title={name.to_owned()}>{name}</span>
            {update_badge(i18n, ring.status)}
            <Button class="button button--small" testid="update-force-ring" label={t!(i18n, "update-force-ring", ring = name.to_owned())} {why} onclick={gives::<MouseEvent, _>(&props.on_ask, asked)}>{t!(i18n, "update-force")}</Button>
        </span>
        if ring.counts.rooms > 0 { <span class="update-rings__more dim">{told(i18n, ring.counts)}</span> }
        if let Some(moment) = moment { <span class="update-rings__more dim">{moment}</span> }
    </> }
}

fn foot(i18n: &I18n, props: &DetailProps) -> Html {
    let (list, update) = (&props.list, &props.update);
    let or = |why: Option<String>| props.blocked.clone().or(why);
    let (pause, retry) = (or(why_not_pause(i18n, list, update)), or(why_not_retry(i18n, list, update)));
    let force = or(why_not_force(i18n, list, update, None));
    let on = |asked: Asked| gives::<MouseEvent, _>(&props.on_ask, asked);
    let is_paused = update.paused.is_some();
    html! {
        <footer class="pane__foot">
            <div class="pane__buttons">
                if is_paused {
                    <Button testid="update-resume" why={pause.clone()} onclick={on(Asked::Resume)}>{t!(i18n, "update-resume")}</Button>
                } else {
                    <Button testid="update-pause" why={pause.clone()} onclick={on(Asked::Pause)}>{t!(i18n, "update-pause")}</Button>
                }
                <Button testid="update-retry" why={retry} onclick={on(Asked::Retry(update.counts.failed))}>{t!(i18n, "update-retry")}</Button>
                <Button testid="update-force" why={force.clone()} onclick={on(Asked::Force(Forced::All(left(update.counts))))}>{t!(i18n, "update-force")}</Button>
            </div>
            if let Some(why) = pause.or(force) { <p class="pane__why">{why}</p> }
        </footer>
    }
}
