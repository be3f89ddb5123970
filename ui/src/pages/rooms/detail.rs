//! One room beside the list.

use std::rc::Rc;

use tenantry_model::api::IncidentTab;
use tenantry_model::id::RoomId;
use tenantry_model::ipc::{CustomerRow, Freshness, GetRoom, IncidentRef, NavigationTarget, RoomDetail, RoomKey};
use tenantry_model::room::Room;
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use super::actions::Actions;
use super::view_model::{Seen, seen};
use crate::components::icon::{Icon, glyph};
use crate::components::loading::text_of;
use crate::components::pane::{Pane, fact};
use crate::context::{App, use_app};
use crate::domain_view::badges::{health_badge, severity_badge, status_badge};
use crate::domain_view::copying::Copying;
use crate::hooks::{Place, use_command, use_place};
use crate::i18n::{I18n, Names, problem, t, use_i18n};
use crate::remote::Remote;
use crate::route::Route;

#[derive(Properties, PartialEq)]
pub(super) struct DetailProps {
    pub(super) room: RoomKey,
    pub(super) on_room: Callback<(RoomId, String)>,
    pub(super) on_record: Callback<RoomId>,
    pub(super) customer: Rc<Remote<CustomerRow>>,
    pub(super) on_edit: Callback<Room>,
    /// Why no form can be opened: there is one.
    pub(super) form_open: Option<AttrValue>,
    /// Something was done: what to say about it.
    pub(super) on_told: Callback<String>,
    pub(super) now: Timestamp,
    pub(super) on_close: Callback<()>,
}

#[component]
pub(super) fn Detail(props: &DetailProps) -> Html {
    let (i18n, app, place) = (use_i18n(), use_app(), use_place());
    let detail = use_command::<GetRoom>(Some(props.room), app.model.tick);
    let (title, over, under) = match detail.remote.data() {
        Some(known) => (
            known.room.display_name.clone(),
            known.customer_name.clone(),
            html! { <>
                {lead(&i18n, known)}
                {why_quiet(&i18n, known)}
                <Actions known={known.clone()} customer={props.customer.clone()} on_record={props.on_record.clone()} on_edit={props.on_edit.clone()} form_open={props.form_open.clone()} on_told={props.on_told.clone()} on_gone={props.on_close.clone()} />
                <Copying link={NavigationTarget::Room { key: props.room }} />
            </> },
        ),
        None => (t!(i18n, "room"), String::new(), html! {}),
    };
    html! {
        <Pane {title} {over} {under} testid="room-detail" on_close={props.on_close.clone()}>
            <div class="pane__body" tabindex="0">
                {text_of(&detail.remote, &detail.retry, 3, |known| html! { <>
                        {open_incidents(&i18n, &app, &place, known, props)}
                        {facts(&i18n, &known.room, props.now)}
                        {peripherals(&i18n, &known.room)}
                    </> })}
            </div>
        </Pane>
    }
}

fn lead(i18n: &I18n, known: &RoomDetail) -> Html {
    let room = &known.room;
    html! {
        <div class="pane__lead">
            {health_badge(i18n, room.health)}
            if room.has_warnings { <span class="badge badge--severity-warning">{glyph(Icon::Warning)}{t!(i18n, "has-warnings")}</span> }
            if let Some(occupied) = room.occupied { <span class="tag">{if occupied { t!(i18n, "occupied") } else { t!(i18n, "free") }}</span> }
            if known.freshness != Freshness::Current { <span class="tag tag--stale">{t!(i18n, "maybe-stale")}</span> }
        </div>
    }
}

/// Who suppressed it, why, and until when (R73, A33).
fn why_quiet(i18n: &I18n, known: &RoomDetail) -> Html {
    let Some(suppression) = &known.room.suppression else { return html! {} };
    let until = suppression.until.map_or_else(|| t!(i18n, "snoozed"), |until| t!(i18n, "snoozed-until", until = i18n.moment(until)));
    let who = suppression.by.iter().map(|by| format!(" · {by}")).collect::<String>();
    html! { <p class="pane__actions dim" data-testid="room-quiet">{glyph(Icon::Quiet)}{until}{who}{": "}<span class="selectable">{&suppression.reason}</span></p> }
}

/// What is open in the room, gravest first; each leads to the incident.
fn open_incidents(i18n: &I18n, app: &App, place: &Place, known: &RoomDetail, props: &DetailProps) -> Html {
    let show_all = {
        let (app, place, on_room) = (app.clone(), place.clone(), props.on_room.clone());
        let (id, name) = (known.room.id, known.room.display_name.clone());
        Callback::from(move |_: MouseEvent| {
            app.prefer(|preferences| preferences.all_tickets = false);
            on_room.emit((id, name.clone()));
            place.push(Route::START);
        })
    };
    let content = match known.incidents.as_deref() {
        None => html! { <p class="dim">{t!(i18n, "room-incidents-hidden")}</p> },
        Some([]) => html! { <p class="room-fine">{glyph(Icon::Resolved)}{t!(i18n, "room-incidents-none")}</p> },
        Some(rows) => html! {
            <ul class="cards">
                {for rows.iter().map(|row| {
                    let (app, place) = (app.clone(), place.clone());
                    let key = IncidentRef { customer_id: props.room.customer_id, number: row.number };
                    let onclick = Callback::from(move |_: MouseEvent| {
                        app.prefer(move |preferences| preferences.customer = Some(key.customer_id));
                        place.push(Route::incident(IncidentTab::Active, key));
                    });
                    html! {
                        <li key={row.number.to_string()}>
                            <button type="button" class="card" data-testid="room-incident" data-number={row.number.to_string()} {onclick}>
                                <span class="card__title clip" title={problem(i18n, row)}>{problem(i18n, row)}</span>
                                <span class="card__line">{severity_badge(i18n, row.severity)}{status_badge(i18n, row.status)}<span class="card__time" title={i18n.moment(row.active_since)}>{i18n.age(row.active_since, props.now)}</span></span>
                            </button>
                        </li>
                    }
                })}
            </ul>
        },
    };
    html! {
        <section class="pane__section">
            <header class="pane__section-head">
                <h3 class="prose__title">{t!(i18n, "room-incidents")}</h3>
                if known.incidents.as_ref().is_some_and(|rows| !rows.is_empty()) {
                    <button type="button" class="link" data-testid="room-show-incidents" onclick={show_all}>{t!(i18n, "room-incidents-show")}</button>
                }
            </header>
            {content}
        </section>
    }
}

fn facts(i18n: &I18n, room: &Room, now: Timestamp) -> Html {
    let groups = room.groups.iter().map(|group| group.name.as_str()).collect::<Names>().text();
    html! {
        <dl class="facts">
            {fact(t!(i18n, "column-host"), html! { <span class="selectable">{&room.host_name}</span> })}
            {fact(t!(i18n, "column-account"), html! { <span class="selectable">{&room.account}</span> })}
            if let Some(capacity) = room.capacity { {fact(t!(i18n, "capacity"), html! { {t!(i18n, "seats", count = capacity)} })} }
            {fact(t!(i18n, "enrolment"), html! { {i18n.label(room.enrolment)} })}
            {fact(t!(i18n, "column-group"), html! { {if groups.is_empty() { "–".to_owned() } else { groups }} })}
            {fact(t!(i18n, "column-ring"), html! { {room.ring.as_ref().map_or_else(|| "–".to_owned(), |ring| ring.name.clone())} })}
            {fact(t!(i18n, "licence"), html! { {&room.licence} })}
            {fact(t!(i18n, "timezone"), html! { {&room.timezone} })}
            {fact(t!(i18n, "column-last-seen"), html! {
                {match seen(room, now) {
                    Seen::At(at) => html! { <>{i18n.moment(at)}<span class="fact__ago">{i18n.ago(at, now)}</span></> },
                    Seen::WithinTheHour => html! { {t!(i18n, "last-seen-hour")} },
                    Seen::Never => html! { {t!(i18n, "never")} },
                }}
             })}
        </dl>
    }
}

fn peripherals(i18n: &I18n, room: &Room) -> Html {
    html! {
        <section class="pane__section">
            <header class="pane__section-head"><h3 class="prose__title">{t!(i18n, "peripherals")}</h3></header>
            if room.peripherals.is_empty() {
                <p class="dim">{t!(i18n, "peripherals-none")}</p>
            } else {
                <dl class="facts">
                    {for room.peripherals.iter().map(|peripheral| html! { {fact(i18n.peripheral(&peripheral.kind), html! { {&peripheral.name} })} })}
                </dl>
            }
        </section>
    }
}
