//! One incident beside the list (W9).

use tenantry_model::incident::IncidentType;
use tenantry_model::ipc::{
    CustomerRow, Freshness, GetCustomer, GetIncident, IncidentDetail, IncidentRef, IncidentRest, IpcErrorKind, NavigationTarget,
    RetryIncident, RoomKey, Work, WorkItem,
};
use tenantry_model::permission::Permission;
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use super::actions::{Actions, actions};
use super::attachments::{AttachmentsTab, counted, use_adding};
use super::claim::{Held, held};
use super::compose::Composer;
use super::forms::Form;
use super::history::{self, History};
use super::issue_events::IssueEvents;
use super::rest::RestLine;
use super::snooze::suppressed_with;
use super::thread::Thread;
use super::unsent::UnsentMessages;
use super::unsent_suppressions::use_unsent_suppressions;
use super::view_model::{View, ViewAction};
use crate::components::empty::Empty;
use crate::components::icon::{Icon, glyph};
use crate::components::loading::text_of;
use crate::components::notice::{failed, no_right};
use crate::components::pane::{Pane as PaneFrame, fact};
use crate::components::tabs::tabs_of;
use crate::context::{App, use_app};
use crate::domain_view::badges::{severity_badge, status_badge};
use crate::domain_view::copying::Copying;
use crate::domain_view::filter_text::named;
use crate::domain_view::freshness::reason;
use crate::domain_view::requested::{Concerned, WaitingLine};
use crate::domain_view::suppression::suppress;
use crate::hooks::{self, Place, do_work, new_form, sets, use_command, use_outbox, use_place, use_task};
use crate::i18n::{I18n, problem, t, use_i18n};
use crate::remote::LoadState;
use crate::route::{Pane, Route};

#[derive(Properties, PartialEq)]
pub(super) struct DetailProps {
    pub(super) incident: IncidentRef,
    pub(super) view: UseReducerHandle<View>,
    pub(super) now: Timestamp,
    pub(super) on_form: Callback<OpenedFor>,
    /// Why no form can be opened: there is one.
    pub(super) form_open: Option<AttrValue>,
    pub(super) on_close: Callback<()>,
}

/// A form of one incident, with the name of its customer.
pub(super) type OpenedFor = (IncidentRef, String, Form);

/// A message that was sent and has not come back with the thread yet.
#[derive(Clone, PartialEq)]
struct Sent {
    incident: IncidentRef,
    /// How many messages there were.
    before: u32,
    text: AttrValue,
}

#[component]
pub(super) fn Detail(props: &DetailProps) -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let place = use_place();
    let detail = use_command::<GetIncident>(Some(props.incident), app.model.tick);
    let retry = {
        let (again, incident) = (detail.retry.clone(), props.incident);
        Callback::from(move |()| {
            let again = again.clone();
            wasm_bindgen_futures::spawn_local(async move {
                // Where that fails, so does the question.
                drop(hooks::call::<RetryIncident>(incident).await);
                again.emit(());
            });
        })
    };
    let customer = use_command::<GetCustomer>(Some(props.incident.customer_id), app.model.tick);
    let came = use_state_eq(|| None::<IncidentRef>);
    let sent = use_state(|| None::<Sent>);
    let outbox = use_outbox();
    let of_room = use_unsent_suppressions(detail.remote.data().map(|known| &known.incident.row));
    let waking = use_task();
    let span = use_state_eq(|| history::FIRST);
    let messages = detail.remote.data().map(|detail| detail.incident.row.messages);
    let attachments = detail.remote.data().map(|detail| counted(&detail.incident.attachments));
    let pane = match place.here {
        Route::Incident { pane, .. } => pane,
        _ => Pane::Overview,
    };
    let body = use_node_ref();
    let on_added = {
        let place = place.clone();
        Callback::from(move |()| {
            // Who writes a message stays there.
            if let Route::Incident { tab, customer, number, pane } = place.here
                && !matches!(pane, Pane::Messages | Pane::Attachments)
            {
                place.replace(Route::Incident { tab, customer, number, pane: Pane::Attachments });
            }
        })
    };
    let files = detail.remote.data().filter(|known| known.rest == IncidentRest::Here).map(|known| known.incident.attachments.as_slice());
    let adding = use_adding(props.incident, files, customer.remote.data(), &body, on_added);
    let count = |count: u32| Some(i18n.number(count)).filter(|_| count > 0);
    let tab = |pane: Pane| match pane {
        Pane::Overview => ("pane-overview", t!(i18n, "pane-overview"), None),
        Pane::Messages => ("pane-messages", t!(i18n, "pane-messages"), messages.and_then(count)),
        Pane::Attachments => ("pane-attachments", t!(i18n, "pane-attachments"), attachments.and_then(count)),
        Pane::History => ("pane-history", t!(i18n, "pane-history"), None),
    };
    let on_tab = {
        let place = place.clone();
        move |pane: Pane| {
            if let Route::Incident { tab, customer, number, .. } = place.here {
                place.replace(Route::Incident { tab, customer, number, pane });
            }
        }
    };
    let doing = Actions {
        on_write: {
            let (came, on_tab, incident) = (came.setter(), on_tab.clone(), props.incident);
            Callback::from(move |()| {
                on_tab(Pane::Messages);
                came.set(Some(incident));
            })
        },
        on_form: {
            let (incident, name) = (props.incident, detail.remote.data().map(|known| known.customer_name.clone()).unwrap_or_default());
            props.on_form.reform(move |form: Form| (incident, name.clone(), form))
        },
        on_wake: {
            let (i18n, key, waking) = (i18n.clone(), props.incident, waking.clone());
            let suppressed = detail.remote.data().and_then(suppressed_with);
            Callback::from(move |()| {
                if let Some(of) = suppressed.clone() {
                    let i18n = i18n.clone();
                    return waking.run(async move { suppress(&i18n, new_form(), of, None, String::new()).await.map(drop) });
                }
                let work = Work::Snooze { number: key.number, snooze: None };
                waking.run(async move { do_work(WorkItem { form: new_form(), customer: key.customer_id, work }).await.map(drop) });
            })
        },
        of_room,
        form_open: props.form_open.clone(),
    };
    let (over, under) = match detail.remote.data() {
        Some(known) => (
            format!("{} · {}", known.incident.row.number, known.customer_name),
            html! { <>{lead(&i18n, &app, known, props.now)}<WaitingLine customer={props.incident.customer_id} name={known.customer_name.clone()} concerned={Concerned::Incident(Box::new(known.incident.row.clone()))} />{actions(&i18n, known, customer.remote.data(), &doing, props.now, (&outbox, props.incident))}if let Some(error) = waking.error() { <div class="pane__actions">{failed(&i18n, error)}</div> }</> },
        ),
        None => (props.incident.number.to_string(), html! {}),
    };
    let tools = detail.remote.data().map(
        |_| html! { <Copying number={props.incident.number.to_string()} link={NavigationTarget::Incident { key: props.incident }} /> },
    );
    let title = detail.remote.data().map_or_else(|| props.incident.number.to_string(), |known| problem(&i18n, &known.incident.row));
    html! {
        <PaneFrame {title} {over} {tools} {under} testid="incident-detail" on_close={props.on_close.clone()}>
            {tabs_of(t!(i18n, "incident"), Pane::ALL, pane, tab, on_tab)}
            <div ref={body} class="pane__body" role="tabpanel" tabindex="0">
                {adding.drop_zone(&i18n, props.incident)}
                if let LoadState::Failed(error) = detail.remote.load_state() && error.kind == IpcErrorKind::Offline {
                    {not_kept(&i18n, &retry)}
                } else {
                if let Some(known) = detail.remote.data().filter(|_| pane == Pane::Messages) {
                    {compose(&i18n, &app, known, customer.remote.data(), props, (&came, &sent))}
                    <UnsentMessages incident={props.incident} />
                    {adding.beside(&i18n)}
                }
                {text_of(&detail.remote, &retry, 3, |known| match pane {
                        Pane::Messages | Pane::Attachments | Pane::History if known.rest != IncidentRest::Here => html! { <RestLine rest={known.rest} is_open={known.incident.row.status.is_active()} on_retry={retry.clone()} /> },
                        Pane::Overview => overview(&i18n, known, room_links(&i18n, &app, &place, known, customer.remote.data(), &props.view), retry.clone(), props.now),
                        Pane::Messages => html! { <Thread incident={props.incident} messages={known.incident.messages.clone()} sent={on_the_way(&sent, known)} now={props.now} /> },
                        Pane::Attachments => html! { <AttachmentsTab key={props.incident.number.to_string()} incident={props.incident} adding={adding.clone()} now={props.now} /> },
                        Pane::History => html! { <History history={known.incident.history.clone()} span={*span} on_span={sets(&span, |span| span)} now={props.now} /> },
                    })}
                }
            </div>
        </PaneFrame>
    }
}

/// Where one writes to it, or why one may not.
fn compose(
    i18n: &I18n,
    app: &App,
    known: &IncidentDetail,
    customer: Option<&CustomerRow>,
    props: &DetailProps,
    (came, sent): (&UseStateHandle<Option<IncidentRef>>, &UseStateHandle<Option<Sent>>),
) -> Html {
    if let Some(why) = no_right(i18n, customer, Permission::TicketsUpdate) {
        return html! { <p class="dim composer" data-testid="composer-no-right">{why}</p> };
    }
    let incident = props.incident;
    let on_sent = {
        let (sent, before) = (sent.setter(), known.incident.row.messages);
        Callback::from(move |text: String| sent.set(Some(Sent { incident, before, text: text.into() })))
    };
    let waits = app.is_cut_off();
    let wanted = **came == Some(incident);
    let on_focused = sets(came, |()| None);
    let row = &known.incident.row;
    html! {
        <Composer key={incident.number.to_string()} {incident} status={row.status} messages={row.messages} begun={props.view.begun.clone()} {waits} {wanted} {on_focused} {on_sent} />
    }
}

/// What was sent, as long as the thread is still the one from before.
fn on_the_way(sent: &UseStateHandle<Option<Sent>>, known: &IncidentDetail) -> Option<AttrValue> {
    let row = &known.incident.row;
    let here = IncidentRef { customer_id: row.customer_id, number: row.number };
    sent.as_ref().filter(|sent| sent.incident == here && sent.before == row.messages).map(|sent| sent.text.clone())
}

/// An incident that is not kept here, and that nobody can be asked for now.
fn not_kept(i18n: &I18n, retry: &Callback<()>) -> Html {
    let retry = retry.clone();
    html! {
        <Empty icon={Icon::Offline} title={t!(i18n, "offline-title")} text={t!(i18n, "incident-not-kept")} tone="empty--bad" testid="failed">
            <button type="button" class="button" onclick={move |_| retry.emit(())}>{t!(i18n, "try-again")}</button>
        </Empty>
    }
}

fn lead(i18n: &I18n, app: &App, known: &IncidentDetail, now: Timestamp) -> Html {
    let row = &known.incident.row;
    let claim = match held(row, app.user().map(|user| user.id.user_id), now) {
        Held::Nobody => None,
        Held::Me(claim) => Some(t!(i18n, "claim-mine", count = claim.minutes_left(now))),
        Held::Other(claim) => Some(t!(i18n, "claim-other", who = claim.name.clone(), count = claim.minutes_left(now))),
    };
    html! {
        <div class="pane__lead">
            {severity_badge(i18n, row.severity)}{status_badge(i18n, row.status)}
            if known.incident.high_impact { <span class="tag tag--strong">{t!(i18n, "high-impact")}</span> }
            if known.freshness != Freshness::Current { <span class="tag tag--stale" title={reason(i18n, known.freshness, now)}>{reason(i18n, known.freshness, now)}</span> }
            if let Some(claim) = claim { <span class="tag" data-testid="incident-claimed">{glyph(Icon::User)}<span>{claim}</span></span> }
            if let Some(snooze) = row.snooze_at(now) { <span class="tag" data-testid="incident-snoozed">{glyph(Icon::Quiet)}<span>{i18n.snoozed(snooze)}</span></span> }
        </div>
    }
}

fn overview(i18n: &I18n, known: &IncidentDetail, links: Html, on_retry: Callback<()>, now: Timestamp) -> Html {
    let (incident, row) = (&known.incident, &known.incident.row);
    let (description, action) = i18n.incident_words(incident);
    let moment = |at: Timestamp| html! { <>{i18n.moment(at)}<span class="fact__ago">{i18n.ago(at, now)}</span></> };
    // What only the rest says must not be taken for nothing.
    let has_rest = known.rest == IncidentRest::Here;
    html! {
        <>
            <RestLine rest={known.rest} is_open={known.incident.row.status.is_active()} {on_retry} />
            if !description.is_empty() {
                <section class="prose"><h3 class="prose__title">{t!(i18n, "description")}</h3><p>{description}</p></section>
            }
            if row.kind == IncidentType::CustomerReported {
                <IssueEvents incident={IncidentRef { customer_id: row.customer_id, number: row.number }} version={row.version} rooms={row.rooms.clone()} {now} />
            }
            if !action.is_empty() {
                <section class="prose prose--action"><h3 class="prose__title">{t!(i18n, "what-to-do")}</h3><p>{action}</p></section>
            }
            if let Some(snooze) = row.snooze_at(now) {
                <section class="prose"><h3 class="prose__title">{snooze.by.as_ref().map_or_else(|| t!(i18n, "snoozed"), |by| t!(i18n, "snoozed-by", who = by.clone()))}</h3><p>{&snooze.reason}</p></section>
            }
            if let Some(why) = incident.high_impact_reason.as_ref().filter(|_| incident.high_impact) {
                <section class="prose"><h3 class="prose__title">{t!(i18n, "high-impact")}</h3><p>{why}</p></section>
            }
            <dl class="facts">
                {fact(t!(i18n, "column-customer"), html! { {&known.customer_name} })}
                {fact(t!(i18n, "fact-rooms", count = row.rooms.len()), html! { {links} })}
                {fact(t!(i18n, "column-ticket"), html! { <span class="number selectable">{row.number.to_string()}</span> })}
                {fact(t!(i18n, "column-category"), html! { {i18n.label(row.category)} })}
                {fact(t!(i18n, "column-type"), html! { {i18n.label(row.kind)} })}
                {fact(t!(i18n, "created"), html! { {moment(row.created_at)} })}
                if row.status.is_active() && row.active_since != row.created_at { {fact(t!(i18n, "column-since"), html! { {moment(row.active_since)} })} }
                {fact(t!(i18n, "updated"), html! { {moment(row.last_updated)} })}
                if let Some(at) = row.last_resolved.filter(|_| !row.status.is_active()) { {fact(t!(i18n, "column-resolved"), html! { {moment(at)} })} }
                if let Some(at) = row.last_closed.filter(|_| !row.status.is_active()) {
                    {fact(t!(i18n, "closed"), html! { {moment(at)} })}
                    if has_rest { {fact(t!(i18n, "closed-by"), html! { {incident.closed_by.clone().unwrap_or_else(|| t!(i18n, "the-service"))} })} }
                }
                if let Some(why) = incident.closure_reason { {fact(t!(i18n, "closure-reason"), html! { {i18n.label(why)} })} }
                if let Some(comment) = &incident.closure_comment { {fact(t!(i18n, "closure-comment"), html! { {comment} })} }
            </dl>
        </>
    }
}

fn room_links(
    i18n: &I18n,
    app: &App,
    place: &Place,
    known: &IncidentDetail,
    customer: Option<&CustomerRow>,
    view: &UseReducerHandle<View>,
) -> Html {
    let row = &known.incident.row;
    if row.rooms.is_empty() {
        return html! { {super::columns::rooms(i18n, row)} };
    }
    let not_here = if app.model.sync.history_pending { t!(i18n, "room-coming") } else { t!(i18n, "room-not-yours") };
    html! {
        <ul class="room-links">
            <>{for row.rooms.iter().map(|room| {
                let show_room = {
                    let (app, place, customer, id) = (app.clone(), place.clone(), row.customer_id, room.id);
                    Callback::from(move |_: MouseEvent| {
                        app.prefer(move |preferences| preferences.customer = Some(customer));
                        place.push(Route::room(RoomKey { customer_id: customer, id }));
                    })
                };
                let only_room = {
                    let name = named(customer, row.customer_id, &known.customer_name);
                    let (app, view, customer, room) = (app.clone(), view.dispatcher(), row.customer_id, room.name.clone());
                    Callback::from(move |_: MouseEvent| {
                        let over_all = app.show_incidents_of(customer, true);
                        view.dispatch(ViewAction::Room { room: room.clone(), customer: over_all.then(|| name.clone()) });
                    })
                };
                html! {
                    <li key={room.id.to_string()}>
                        if known.open_rooms.contains(&room.id) {
                            <button type="button" class="link clip" title={room.name.clone()} data-testid="room-link" onclick={show_room}>{&room.name}</button>
                        } else {
                            <span class="clip" title={not_here.clone()} data-testid="room-name">{&room.name}</span>
                        }
                        <button type="button" class="link link--quiet" data-testid="room-filter" onclick={only_room}>{t!(i18n, "room-only")}</button>
                    </li>
                }
            })}</>
            if row.rooms.iter().any(|room| !known.open_rooms.contains(&room.id)) { <li class="dim">{not_here.clone()}</li> }
            if row.redacted_rooms > 0 { <li>{t!(i18n, "rooms-redacted", count = row.redacted_rooms)}</li> }
        </ul>
    }
}
