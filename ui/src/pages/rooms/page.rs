//! See the folder.

use std::rc::Rc;

use tenantry_model::id::RoomId;
use tenantry_model::ipc::{CustomerRow, Freshness, IpcErrorKind, RoomKey};
use tenantry_model::permission::Permission;
use yew::prelude::*;
use yew_router::prelude::use_navigator;

use super::counters::counters;
use super::detail::Detail;
use super::list::{List, Query};
use super::view_model::View;
use crate::components::empty::{Empty, Failed};
use crate::components::icon::{Icon, glyph};
use crate::context::use_app;
use crate::domain_view::freshness::reason;
use crate::hooks::{use_now, use_rows};
use crate::i18n::{t, use_i18n};
use crate::remote::{LoadState, Remote};
use crate::route::Route;

/// Properties of [`Rooms`].
#[derive(Properties, PartialEq)]
pub struct RoomsProps {
    /// Where one is.
    pub route: Route,
    /// What the list is asked to show.
    pub view: UseReducerHandle<View>,
    /// The customer of the dropdown.
    pub customer: Rc<Remote<CustomerRow>>,
    /// Asks for the customer again.
    pub on_retry: Callback<()>,
    /// Makes the incident list show the incidents of one room.
    pub on_room: Callback<(RoomId, String)>,
}

/// The page.
#[component]
pub fn Rooms(props: &RoomsProps) -> Html {
    let (i18n, app, now) = (use_i18n(), use_app(), use_now());
    let navigator = use_navigator();
    let chosen = app.model.preferences.customer;
    let refused = refusal(&i18n, chosen.is_none(), props, now);
    let asked = chosen.filter(|_| refused.is_none()).map(|customer| Query(props.view.query(customer)));
    let list = use_rows(asked, app.model.tick);
    let head = list.rows.head().cloned();
    let open = match props.route {
        Route::Room { room } => Some(room),
        _ => None,
    };
    let on_open = {
        let route = props.route;
        Callback::from(move |room: Option<RoomId>| {
            let to = room.map_or(Route::Rooms, |room| Route::Room { room });
            if let Some(navigator) = navigator.as_ref().filter(|_| to != route) {
                navigator.push(&to);
            }
        })
    };
    html! {
        <div class={classes!("page", open.is_some().then_some("page--split"))}>
            <section class="page__list" aria-label={t!(i18n, "rooms")}>
                <div class="page__head">
                    <h1 class="page__title">{t!(i18n, "rooms")}</h1>
                    <span class="page__count" role="status" aria-live="polite">if let Some(total) = list.rows.total() { {t!(i18n, "rows-rooms", count = total)} }</span>
                </div>
                {match (refused, chosen) {
                    (Some(refused), _) => html! { <div class="list-message">{refused}</div> },
                    (None, None) => html! {},
                    (None, Some(customer)) => html! { <>
                        {counters(&i18n, head.as_ref().map(|head| head.counters), &props.view)}
                        if let Some(head) = head.as_ref().filter(|head| head.freshness != Freshness::Current) {
                            <p class="reliability__line reliability__line--alone">{glyph(Icon::Important)}{reason(&i18n, head.freshness, now)}</p>
                        }
                        if let Some(error) = list.rows.error().filter(|_| list.rows.total().is_some()) {
                            <p class="inline-error" role="alert">{i18n.label(error.kind)}{" "}<button type="button" class="link" onclick={let retry = list.retry.clone(); move |_| retry.emit(())}>{t!(i18n, "try-again")}</button></p>
                        }
                        <List {customer} view={props.view.clone()} rows={list.rows.clone()} on_visible={list.on_visible.clone()} on_retry={list.retry.clone()} {open} on_open={on_open.clone()} {now} />
                    </> },
                }}
            </section>
            if let (Some(id), Some(customer_id)) = (open, chosen) {
                <Detail room={RoomKey { customer_id, id }} on_room={props.on_room.clone()} {now} on_close={on_open.reform(|()| None)} />
            }
        </div>
    }
}

/// Why the rooms of the chosen customer cannot be listed at all.
fn refusal(i18n: &crate::i18n::I18n, nothing_chosen: bool, props: &RoomsProps, now: tenantry_model::time::Timestamp) -> Option<Html> {
    if nothing_chosen {
        return Some(
            html! { <Empty icon={Icon::Building} title={t!(i18n, "rooms-choose-title")} text={t!(i18n, "rooms-choose-text")} testid="rooms-choose" /> },
        );
    }
    match props.customer.load_state() {
        LoadState::Loading => None,
        LoadState::Failed(error) if error.kind == IpcErrorKind::NotFound => Some(
            html! { <Empty icon={Icon::Building} title={t!(i18n, "customer-gone-title")} text={t!(i18n, "customer-gone-text")} testid="customer-gone" /> },
        ),
        LoadState::Failed(error) => Some(html! { <Failed error={error.clone()} on_retry={props.on_retry.clone()} /> }),
        LoadState::Ready(row, _) => match row.freshness {
            Freshness::Locked { since } => Some(html! {
                <Empty icon={Icon::Lock} title={t!(i18n, "customer-locked-title", name = row.display_name.clone())} text={t!(i18n, "customer-locked-text", age = i18n.age(since, now), moment = i18n.moment(since))} testid="locked" />
            }),
            _ if !row.permissions.contains(Permission::RoomsView) => Some(
                html! { <Empty icon={Icon::Lock} title={t!(i18n, "no-rooms-right-title")} text={t!(i18n, "no-rooms-right-text", name = row.display_name.clone())} testid="no-right" /> },
            ),
            _ => None,
        },
    }
}
