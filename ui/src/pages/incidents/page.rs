//! See the folder.

use std::rc::Rc;

use tenantry_model::api::IncidentTab;
use tenantry_model::ipc::{CustomerRow, Freshness, IncidentRef, IncidentScope};
use tenantry_model::permission::Permission;
use web_sys::HtmlInputElement;
use yew::prelude::*;
use yew_router::prelude::{Navigator, use_navigator};

use super::counters::counters;
use super::detail::Detail;
use super::filters::Filters;
use super::list::{List, Query};
use super::reliability::reliability;
use super::view_model::{PERIODS_DAYS, View, ViewAction};
use crate::components::empty::{Empty, Failed};
use crate::components::icon::Icon;
use crate::components::tabs::{Tab, Tabs};
use crate::context::{App, use_app};
use crate::hooks::{use_now, use_rows};
use crate::i18n::{I18n, t, type_words, use_i18n};
use crate::remote::{LoadState, Remote};
use crate::route::Route;

/// Properties of [`Incidents`].
#[derive(Properties, PartialEq)]
pub struct IncidentsProps {
    /// Where one is.
    pub route: Route,
    /// What the list is asked to show.
    pub view: UseReducerHandle<View>,
    /// The customer of the dropdown.
    pub customer: Rc<Remote<CustomerRow>>,
    /// Asks for the customer again.
    pub on_retry: Callback<()>,
}

/// The page.
#[component]
pub fn Incidents(props: &IncidentsProps) -> Html {
    let (i18n, app, now) = (use_i18n(), use_app(), use_now());
    let navigator = use_navigator();
    let (tab, view) = (props.route.tab(), &props.view);
    let preferences = &app.model.preferences;
    let scope =
        if preferences.all_tickets { Some(IncidentScope::All) } else { preferences.customer.map(|id| IncidentScope::Customer { id }) };
    let refused = if preferences.all_tickets { None } else { refusal(&props.customer) };
    let asked = scope.filter(|_| refused.is_none()).map(|scope| {
        let mut query = view.query(scope, tab);
        query.filter.type_words = type_words(&i18n, &query.filter.text);
        Query(query)
    });
    let list = use_rows(asked, app.model.tick);
    let head = list.rows.head().cloned();
    let scope = scope.unwrap_or(IncidentScope::All);

    let on_open = {
        let (navigator, route) = (navigator.clone(), props.route);
        Callback::from(move |key: Option<IncidentRef>| {
            let to = key.map_or(route.list(), |key| route.with_incident(key));
            match &navigator {
                Some(_) if key == route.open_incident() => {}
                // Walking through the list with the pane open is one step of the way back, not one for each row.
                Some(navigator) if route.open_incident().is_some() && key.is_some() => navigator.replace(&to),
                Some(navigator) => navigator.push(&to),
                None => {}
            }
        })
    };
    let on_tab = {
        let navigator = navigator.clone();
        Callback::from(move |at: usize| {
            if let Some(navigator) = &navigator {
                navigator.push(&Route::Incidents { tab: if at == 0 { IncidentTab::Active } else { IncidentTab::Resolved } });
            }
        })
    };
    let tabs = vec![
        Tab { label: t!(i18n, "tab-active").into(), count: None, testid: "tab-active".into() },
        Tab { label: t!(i18n, "tab-resolved").into(), count: None, testid: "tab-resolved".into() },
    ];
    let over_all = scope == IncidentScope::All;
    let narrowed = view.is_narrowed(scope, tab);
    html! {
        <div class={classes!("page", props.route.open_incident().is_some().then_some("page--split"))}>
            <section class="page__list" aria-label={t!(i18n, "incidents")}>
                <div class="page__head">
                    <h1 class="page__title">{t!(i18n, "incidents")}</h1>
                    {all_tickets(&i18n, &app, navigator.as_ref())}
                </div>
                {match &refused {
                    Some(refused) => html! { <div class="list-message">{refusal_message(&i18n, refused, now, props)}</div> },
                    None => html! { <>
                        {counters(&i18n, tab, head.as_ref().map(|head| head.counters), view)}
                        <div class="page__bar">
                            <Tabs label={t!(i18n, "incidents")} {tabs} selected={usize::from(tab == IncidentTab::Resolved)} on_select={on_tab} />
                            if tab == IncidentTab::Resolved { {period(&i18n, view)} }
                            if !over_all { {grouping(&i18n, view)} }
                            <span class="page__count" role="status" aria-live="polite" data-testid="matches">
                                if let Some(head) = &head { {t!(i18n, "rows-incidents", count = head.matches)} }
                            </span>
                        </div>
                        <Filters {tab} {over_all} {narrowed} view={view.clone()} />
                        if let Some(head) = &head { {reliability(&i18n, &head.unreliable, head.unreliable_total, now)} }
                        if let Some(error) = list.rows.error().filter(|_| list.rows.total().is_some()) {
                            <p class="inline-error" role="alert">{i18n.label(error.kind)}{" "}<button type="button" class="link" onclick={let retry = list.retry.clone(); move |_| retry.emit(())}>{t!(i18n, "try-again")}</button></p>
                        }
                        <List {scope} {tab} view={view.clone()} rows={list.rows.clone()} on_visible={list.on_visible.clone()} on_retry={list.retry.clone()} open={props.route.open_incident()} on_open={on_open.clone()} {now} />
                    </> },
                }}
            </section>
            if let Some(key) = props.route.open_incident() {
                <Detail incident={key} route={props.route} view={view.clone()} {now} on_close={on_open.reform(|()| None)} />
            }
        </div>
    }
}

/// Why the incidents of the chosen customer cannot be listed at all.
enum Refusal {
    NoCustomer,
    Failed(tenantry_model::ipc::IpcError),
    Locked(String, tenantry_model::time::Timestamp),
    NoRight(String),
}

fn refusal(customer: &Remote<CustomerRow>) -> Option<Refusal> {
    match customer.load_state() {
        LoadState::Loading => None,
        LoadState::Failed(error) if error.kind == tenantry_model::ipc::IpcErrorKind::NotFound => Some(Refusal::NoCustomer),
        LoadState::Failed(error) => Some(Refusal::Failed(error.clone())),
        LoadState::Ready(row, _) => match row.freshness {
            Freshness::Locked { since } => Some(Refusal::Locked(row.display_name.clone(), since)),
            _ if !row.permissions.contains(Permission::TicketsView) => Some(Refusal::NoRight(row.display_name.clone())),
            _ => None,
        },
    }
}

fn refusal_message(i18n: &I18n, refusal: &Refusal, now: tenantry_model::time::Timestamp, props: &IncidentsProps) -> Html {
    match refusal {
        Refusal::NoCustomer => {
            html! { <Empty icon={Icon::Building} title={t!(i18n, "customer-gone-title")} text={t!(i18n, "customer-gone-text")} testid="customer-gone" /> }
        }
        Refusal::Failed(error) => html! { <Failed error={error.clone()} on_retry={props.on_retry.clone()} /> },
        Refusal::Locked(name, since) => html! {
            <Empty icon={Icon::Lock} title={t!(i18n, "customer-locked-title", name = name.clone())} text={t!(i18n, "customer-locked-text", age = i18n.age(*since, now), moment = i18n.moment(*since))} testid="locked" />
        },
        Refusal::NoRight(name) => html! {
            <Empty icon={Icon::Lock} title={t!(i18n, "no-tickets-title")} text={t!(i18n, "no-tickets-text", name = name.clone())} testid="no-right" />
        },
    }
}

/// The toggle over all customers (W8, A17).
fn all_tickets(i18n: &I18n, app: &App, navigator: Option<&Navigator>) -> Html {
    let on = app.model.preferences.all_tickets;
    let onchange = {
        let (app, navigator) = (app.clone(), navigator.cloned());
        Callback::from(move |event: Event| {
            let on = event.target_unchecked_into::<HtmlInputElement>().checked();
            app.prefer(move |preferences| preferences.all_tickets = on);
            if let Some(navigator) = &navigator {
                navigator.push(&Route::START);
            }
        })
    };
    html! {
        <label class="switch" title={t!(i18n, "all-tickets-title")}>
            <input type="checkbox" role="switch" class="switch__input" checked={on} data-testid="all-tickets-toggle" {onchange} />
            <span class="switch__track" aria-hidden="true" />
            <span>{t!(i18n, "all-tickets")}</span>
        </label>
    }
}

/// The period of the Resolved tab.
fn period(i18n: &I18n, view: &UseReducerHandle<View>) -> Html {
    html! {
        <div class="segments" role="group" aria-label={t!(i18n, "period")}>
            {for PERIODS_DAYS.into_iter().map(|days| {
                let (view, on) = (view.clone(), view.days == days);
                html! {
                    <button type="button" key={days} class={classes!("segment", on.then_some("segment--on"))} aria-pressed={on.to_string()} data-testid={format!("period-{days}")}
                        onclick={move |_| view.dispatch(ViewAction::Days(days))}>{t!(i18n, "period-days", days = days)}</button>
                }
            })}
        </div>
    }
}

/// Whether rows stand under their categories.
fn grouping(i18n: &I18n, view: &UseReducerHandle<View>) -> Html {
    let onchange = {
        let view = view.clone();
        Callback::from(move |event: Event| {
            view.dispatch(ViewAction::ByCategory(event.target_unchecked_into::<HtmlInputElement>().checked()))
        })
    };
    html! {
        <label class="check"><input type="checkbox" checked={view.by_category} data-testid="by-category" {onchange} /><span>{t!(i18n, "by-category")}</span></label>
    }
}
