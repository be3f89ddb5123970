//! One room beside the list (W11).

use tenantry_model::api::IncidentTab;
use tenantry_model::api::incidents::SnoozeIncident;
use tenantry_model::filter::Name;
use tenantry_model::id::{RoomEventId, RoomId};
use tenantry_model::incident::IncidentRow;
use tenantry_model::ipc::{Freshness, GetCustomer, GetRoom, IncidentRef, ListIncidents, NavigationTarget, RoomDetail, RoomKey};
use tenantry_model::permission::Permission;
use tenantry_model::room::Room;
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use super::actions::{Actions, suppress_hint};
use super::activity::activity;
use super::room_events::RoomEvents;
use super::settings::settings;
use super::status::Status;
use super::tickets::{Tickets, resolved_of, rows_of, tickets};
use super::updates::RoomUpdates;
use super::view_model::Told;
use crate::components::icon::{Icon, glyph};
use crate::components::loading::text_of;
use crate::components::notice::{failed, no_right};
use crate::components::pane::{Pane, fact};
use crate::components::tabs::tabs_of;
use crate::context::use_app;
use crate::domain_view::badges::room_badge;
use crate::domain_view::copying::Copying;
use crate::domain_view::filter_text::named;
use crate::domain_view::freshness::reason;
use crate::domain_view::reliability::unreliable_alone;
use crate::domain_view::requested::{Concerned, WaitingLine};
use crate::domain_view::room_event::IssueStart;
use crate::domain_view::snooze_form::{SnoozeForm, Snoozing};
use crate::domain_view::suppression::{Suppressible, suppress};
use crate::hooks::{new_form, sets, use_command, use_place, use_task};
use crate::i18n::{I18n, t, use_i18n};
use crate::route::{RoomTab, Route, Section};

#[derive(Properties, PartialEq)]
pub(super) struct DetailProps {
    pub(super) room: RoomKey,
    /// The list of incidents is to show this room alone; over all customers, with its customer's name.
    pub(super) on_room: Callback<(String, Option<Name>)>,
    /// Opens the form for an issue in the room.
    pub(super) on_record: Callback<IssueStart>,
    /// Opens the form for the room's settings, with the customer's name.
    pub(super) on_edit: Callback<(Room, String)>,
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
    let key = props.room;
    let suppressing = use_task();
    let quieting = use_state(|| None::<(Suppressible, String)>);
    let tab = match place.here {
        Route::Room { tab, .. } => tab,
        _ => RoomTab::Status,
    };
    let detail = use_command::<GetRoom>(Some(key), app.model.tick);
    let customer = use_command::<GetCustomer>(Some(key.customer_id), app.model.tick);
    let known = detail.remote.data();
    let sees_incidents = known.is_some_and(|known| known.incidents.is_some());
    let tells = matches!(tab, RoomTab::Activity | RoomTab::Tickets) && sees_incidents;
    let resolved = use_command::<ListIncidents>(tells.then(|| resolved_of(key)), app.model.tick);
    let on_incident = {
        let (app, place) = (app.clone(), place.clone());
        Callback::from(move |(number, is_active): (TicketNumber, bool)| {
            app.prefer(move |preferences| preferences.customer = Some(key.customer_id));
            let tab = if is_active { IncidentTab::Active } else { IncidentTab::Resolved };
            place.push(Route::incident(tab, IncidentRef { customer_id: key.customer_id, number }));
        })
    };
    let (title, over, under) = match known {
        Some(known) => (known.room.display_name.clone(), known.customer_name.clone(), {
            let name = known.customer_name.clone();
            let on_edit = props.on_edit.reform({
                let name = name.clone();
                move |room| (room, name.clone())
            });
            // The form is of this room's customer, whatever the dropdown says: it goes along.
            let on_record = {
                let (app, on_record) = (app.clone(), props.on_record.clone());
                Callback::from(move |id: RoomId| {
                    app.prefer(move |preferences| preferences.customer = Some(key.customer_id));
                    let room = RoomKey { id, ..key };
                    on_record.emit(IssueStart { room, customer: name.clone(), description: String::new(), events: vec![] });
                })
            };
            html! { <>
                {lead(&i18n, known, props.now)}
                {why_quiet(&i18n, known)}
                <WaitingLine customer={key.customer_id} name={known.customer_name.clone()} concerned={Concerned::Room(key.id)} />
                <Actions known={known.clone()} customer={customer.remote.clone()} {on_record} {on_edit} form_open={props.form_open.clone()} on_told={props.on_told.clone()} on_gone={props.on_close.clone()} />
                if let Some(error) = suppressing.error().filter(|_| quieting.is_none()) { <div class="pane__actions">{failed(&i18n, error)}</div> }
            </> }
        }),
        None => (t!(i18n, "room"), customer.remote.data().map(|row| row.display_name.clone()).unwrap_or_default(), html! {}),
    };
    let tools = known.map(|_| html! { <Copying link={NavigationTarget::Room { key }} /> });
    let count = |count: usize| Some(i18n.number(count as u32)).filter(|_| count > 0);
    let words = |tab: RoomTab| match tab {
        RoomTab::Status => ("room-tab-status", t!(i18n, "room-status"), None),
        RoomTab::Settings => ("room-tab-settings", t!(i18n, "room-settings"), None),
        RoomTab::Activity => ("room-tab-activity", t!(i18n, "room-activity"), None),
        RoomTab::Events => ("room-tab-events", t!(i18n, "room-events"), None),
        RoomTab::Updates => ("room-tab-updates", t!(i18n, "updates"), None),
        RoomTab::Tickets => {
            let open = known.and_then(|known| known.incidents.as_ref()).map_or(0, Vec::len);
            ("room-tab-tickets", t!(i18n, "room-tickets"), count(open))
        }
        RoomTab::Peripherals => {
            ("room-tab-peripherals", t!(i18n, "peripherals"), known.and_then(|known| count(known.room.peripherals.len())))
        }
    };
    let on_tab = {
        let place = place.clone();
        move |tab: RoomTab| place.replace(Route::Room { customer: key.customer_id, room: key.id, tab })
    };
    let on_show = |known: &RoomDetail| {
        let (app, place, on_room) = (app.clone(), place.clone(), props.on_room.clone());
        let room = known.room.display_name.clone();
        let name = named(customer.remote.data(), key.customer_id, &known.customer_name);
        Callback::from(move |_: MouseEvent| {
            let over_all = app.show_incidents_of(key.customer_id, false);
            on_room.emit((room.clone(), over_all.then(|| name.clone())));
            place.push(Route::START);
        })
    };
    let why_not_suppressed = no_right(&i18n, customer.remote.data(), Permission::RoomsModify).map(AttrValue::from);
    let suppresses = {
        let (i18n, task, told, quieting) = (i18n.clone(), suppressing.clone(), props.on_told.clone(), quieting.setter());
        Callback::from(move |(of, wanted): (Suppressible, Option<SnoozeIncident>)| {
            let (i18n, told, quieting) = (i18n.clone(), told.clone(), quieting.clone());
            task.run(async move {
                let done = if wanted.is_some() { t!(i18n, "signal-suppressed") } else { t!(i18n, "signal-lifted") };
                told.emit(suppress(&i18n, new_form(), of, wanted, done).await?.told);
                quieting.set(None);
                Ok(())
            });
        })
    };
    // Lifting needs nothing to be said; suppressing needs a reason and an end.
    let on_suppress = {
        let (suppresses, task, quieting) = (suppresses.clone(), suppressing.clone(), quieting.setter());
        Callback::from(move |(of, called): (Suppressible, String)| {
            task.reset();
            if of.holds.is_some() { suppresses.emit((of, None)) } else { quieting.set(Some((of, called))) }
        })
    };
    let quiet = quieting.as_ref().map(|(of, called)| {
        let on_submit = suppresses.reform({
            let of = of.clone();
            move |Snoozing { reason, until, .. }: Snoozing| (of.clone(), Some(SnoozeIncident { reason, until }))
        });
        let title = t!(i18n, "signal-suppress-title", signal = called.clone(), room = of.name.clone(), name = over.clone());
        let hint = suppress_hint(&i18n, &app, t!(i18n, "signal-suppress-hint"));
        html! { <SnoozeForm action={t!(i18n, "room-suppress")} {title} what={vec![]} {hint} busy={suppressing.is_busy()} error={suppressing.error().cloned()} {on_submit} on_cancel={sets(&quieting, |()| None)} /> }
    });
    let on_flag = |known: &RoomDetail| {
        let (app, place, on_record, customer) = (app.clone(), place.clone(), props.on_record.clone(), known.customer_name.clone());
        Callback::from(move |(description, events): (String, Vec<RoomEventId>)| {
            app.prefer(move |preferences| {
                preferences.customer = Some(key.customer_id);
                preferences.all_tickets = false;
            });
            on_record.emit(IssueStart { room: key, customer: customer.clone(), description, events });
            place.push(Route::START);
        })
    };
    // The page of incidents has one form at a time.
    let report_open = app.model.forms.iter().any(|form| form.section() == Section::Incidents);
    let why_not_flagged = no_right(&i18n, customer.remote.data(), Permission::IncidentsCreate)
        .or_else(|| report_open.then(|| t!(i18n, "record-one-open")))
        .map(AttrValue::from);
    let hidden = || html! { <p class="dim">{t!(i18n, "room-incidents-hidden")}</p> };
    let content = |known: &RoomDetail| match (tab, &known.incidents) {
        (RoomTab::Status, _) => {
            html! { <Status key={key.id.to_string()} known={known.clone()} now={props.now} on_incident={on_incident.clone()} on_suppress={on_suppress.clone()} why_not_suppressed={why_not_suppressed.clone()} /> }
        }
        (RoomTab::Events, _) => {
            html! { <RoomEvents key={key.id.to_string()} known={known.clone()} now={props.now} on_incident={on_incident.clone()} on_flag={on_flag(known)} why_not={why_not_flagged.clone()} /> }
        }
        (RoomTab::Updates, _) => {
            html! { <RoomUpdates key={key.id.to_string()} known={known.clone()} on_told={props.on_told.clone()} /> }
        }
        (RoomTab::Settings, _) => settings(&i18n, known, Told::at(customer.remote.data()), props.now),
        (RoomTab::Peripherals, _) => peripherals(&i18n, &known.room),
        (RoomTab::Activity | RoomTab::Tickets, None) => hidden(),
        (RoomTab::Activity, Some(open)) => text_of(&resolved.remote, &resolved.retry, 3, |page| {
            let rows: Vec<IncidentRow> = open.iter().chain(rows_of(&page.rows)).cloned().collect();
            html! { <>{unreliable_alone(&i18n, &page.unreliable, props.now)}{activity(&i18n, &known.room, &rows, props.now, &on_incident)}</> }
        }),
        (RoomTab::Tickets, Some(open)) => text_of(&resolved.remote, &resolved.retry, 3, |page| {
            let shown = Tickets {
                open,
                resolved: rows_of(&page.rows).collect(),
                total: page.matches,
                now: props.now,
                on_incident: &on_incident,
                on_show: on_show(known),
            };
            html! { <>{unreliable_alone(&i18n, &page.unreliable, props.now)}{tickets(&i18n, &shown)}</> }
        }),
    };
    html! { <>
        <Pane {title} {over} {tools} {under} testid="room-detail" on_close={props.on_close.clone()}>
            {tabs_of(t!(i18n, "room"), RoomTab::ALL, tab, words, on_tab)}
            <div class="pane__body" role="tabpanel" tabindex="0">{text_of(&detail.remote, &detail.retry, 3, content)}</div>
        </Pane>
        {quiet.unwrap_or_default()}
    </> }
}

fn lead(i18n: &I18n, known: &RoomDetail, now: Timestamp) -> Html {
    let room = &known.room;
    html! {
        <div class="pane__lead">
            {room_badge(i18n, room)}
            if room.has_warnings { <span class="badge badge--severity-warning">{glyph(Icon::Warning)}{t!(i18n, "has-warnings")}</span> }
            if let Some(occupied) = room.occupied { <span class="tag">{if occupied { t!(i18n, "occupied") } else { t!(i18n, "free") }}</span> }
            if known.freshness != Freshness::Current { <span class="tag tag--stale" title={reason(i18n, known.freshness, now)}>{t!(i18n, "maybe-stale")}</span> }
        </div>
    }
}

/// Who suppressed it, why, and until when (R73, A33).
fn why_quiet(i18n: &I18n, known: &RoomDetail) -> Html {
    let Some(suppression) = &known.room.suppression else { return html! {} };
    let who = suppression.by.iter().map(|by| format!(" · {by}")).collect::<String>();
    html! {
        <p class="pane__actions dim" data-testid="room-quiet">{glyph(Icon::Quiet)}{i18n.suppressed(suppression)}{who}
            if !suppression.reason.is_empty() { {": "}<span class="selectable">{&suppression.reason}</span> }
        </p>
    }
}

fn peripherals(i18n: &I18n, room: &Room) -> Html {
    if room.peripherals.is_empty() {
        return html! { <p class="dim">{t!(i18n, "peripherals-none")}</p> };
    }
    html! {
        <dl class="facts">
            {for room.peripherals.iter().map(|peripheral| html! { {fact(i18n.peripheral(&peripheral.kind), html! { {&peripheral.name} })} })}
        </dl>
    }
}
