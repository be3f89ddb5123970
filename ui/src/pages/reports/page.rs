use std::rc::Rc;

use tenantry_model::api::reports::ReportPeriod;
use tenantry_model::id::{RoomGroupId, TenantId};
use tenantry_model::ipc::{CustomerRow, GetHealthReport, GetOverviewReport, GetRoomGroups, GetUsageReport, IpcErrorKind};
use tenantry_model::permission::Permission;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::export::use_export;
use super::health::health;
use super::overview::overview;
use super::usage::usage;
use super::view_model::{PERIODS, View, narrowed};
use crate::components::button::Button;
use crate::components::empty::Empty;
use crate::components::icon::{Icon, glyph};
use crate::components::list_page::{ListPage, list_of, message};
use crate::components::notice::{cached, why_not_now};
use crate::components::segments::{Segment, segments};
use crate::components::tabs::tabs_of;
use crate::context::use_app;
use crate::hooks::{use_command, use_now, use_page_title, use_place};
use crate::i18n::{I18n, t, use_i18n};
use crate::remote::{LoadState, Remote};
use crate::route::{ReportTab, Route};

#[derive(Properties, PartialEq)]
pub struct ReportsProps {
    pub customer: Rc<Remote<CustomerRow>>,
}

#[component]
pub fn Reports(props: &ReportsProps) -> Html {
    let (i18n, app, now, place) = (use_i18n(), use_app(), use_now(), use_place());
    let title = use_page_title();
    let view = use_state(View::default);
    let chosen = app.model.preferences.customer;
    let tab = match place.here {
        Route::Report { tab } => tab,
        _ => ReportTab::Overview,
    };
    let row = props.customer.data();
    let name = row.map(|row| row.display_name.clone()).unwrap_or_default();
    let tick = app.model.relations;
    let sees_groups = row.is_some_and(|row| row.permissions.contains(Permission::GroupsView));
    let groups = use_command::<GetRoomGroups>(chosen.filter(|_| sees_groups), tick);
    let known = groups.remote.data().map(|seen| seen.value.iter().map(|group| (group.id, group.name.clone())).collect::<Vec<_>>());
    let query = chosen.map(|customer| narrowed(view.query(customer), row.is_some(), sees_groups, known.as_deref()));
    let export = use_export(query);
    let asks = |of: ReportTab| query.filter(|_| of == tab);
    let at_a_glance = use_command::<GetOverviewReport>(asks(ReportTab::Overview), tick);
    let fared = use_command::<GetHealthReport>(asks(ReportTab::Health), tick);
    let used = use_command::<GetUsageReport>(asks(ReportTab::Usage), tick);

    let (failure, age) = match tab {
        ReportTab::Overview => (failure(&at_a_glance.remote), cached(&i18n, &app, at_a_glance.remote.data())),
        ReportTab::Health => (failure(&fared.remote), cached(&i18n, &app, fared.remote.data())),
        ReportTab::Usage => (failure(&used.remote), cached(&i18n, &app, used.remote.data())),
    };
    let has_no_right =
        matches!(failure, Some(IpcErrorKind::NotFound | IpcErrorKind::Refused)) && query.is_some_and(|query| query.group.is_none());
    let none = |rooms: usize| (rooms == 0).then(|| no_rooms(&i18n, query.is_some_and(|query| query.group.is_some())));
    let of_group =
        query.and_then(|query| query.group).and_then(|id| known.as_ref()?.iter().find(|(group, _)| *group == id)).map(|(_, name)| name);
    let scrolled = |period: ReportPeriod, content: Html| {
        let [from, to] = [period.from, period.to].map(|day| i18n.day_shown(&day.to_string()));
        html! {
            <div class="report" tabindex="0" role="tabpanel" aria-label={tab_label(&i18n, tab)}>
                // What it is of, on paper too.
                <p class="report__of" data-testid="report-of">
                    {t!(i18n, "report-over", name = name.to_string(), from = from, to = to)}
                    if let Some(group) = of_group { {" · "}<bdi>{group}</bdi> }
                </p>
                {content}
            </div>
        }
    };
    let tables = view.tables;
    let content = match chosen {
        None => message(html! {
            <Empty icon={Icon::Building} title={t!(i18n, "rooms-choose-title")} text={t!(i18n, "report-choose-text")} testid="report-choose" />
        }),
        Some(_) if has_no_right => message(html! {
            <Empty icon={Icon::Lock} title={t!(i18n, "report-no-right-title")} text={t!(i18n, "report-no-right-text", name = name.clone())} testid="no-right" />
        }),
        Some(_) => match tab {
            ReportTab::Overview => list_of(&at_a_glance.remote, &at_a_glance.retry, |seen| {
                none(seen.value.rooms as usize).unwrap_or_else(|| scrolled(seen.value.period, overview(&i18n, &seen.value, tables)))
            }),
            ReportTab::Health => list_of(&fared.remote, &fared.retry, |seen| {
                none(seen.value.rooms.len()).unwrap_or_else(|| scrolled(seen.value.period, health(&i18n, &seen.value, tables, now)))
            }),
            ReportTab::Usage => list_of(&used.remote, &used.retry, |seen| {
                none(seen.value.rooms.len()).unwrap_or_else(|| scrolled(seen.value.period, usage(&i18n, &seen.value, tables, now)))
            }),
        },
    };
    let why_not_print =
        chosen.is_none().then(|| t!(i18n, "choose-customer")).or_else(|| has_no_right.then(|| t!(i18n, "report-no-right-title")));
    let why = why_not_now(&i18n, &app).or_else(|| why_not_print.clone());
    let print = Callback::from(|_: MouseEvent| {
        // Nothing is printed where the system has no way to; then there is nothing to say of it either.
        let _ = web_sys::window().map(|window| window.print());
    });
    let head = html! { <>
        {age}
        <div class="page__buttons">
            <Button class="button" testid="report-print" why={why_not_print} onclick={print}>{glyph(Icon::File)}{t!(i18n, "report-print")}</Button>
            {export.buttons(&i18n, query, why.as_ref())}
        </div>
    </> };
    let on_tab = {
        let place = place.clone();
        move |tab: ReportTab| place.walk(Route::Report { tab })
    };
    let tabs = tabs_of(t!(i18n, "reports"), ReportTab::ALL, tab, |tab| (tab_id(tab), tab_label(&i18n, tab), None), on_tab);
    html! {
        <ListPage {title} {head}>
            <div class="page__bar report__bar">
                {tabs}
                <div class="report__choices">
                    {period(&i18n, &view)}
                    {chosen.map(|customer| group(&i18n, &view, (customer, query.and_then(|query| query.group)), known.clone().unwrap_or_default()))}
                    {shape(&i18n, &view)}
                </div>
            </div>
            {export.said(&i18n, query)}
            {content}
        </ListPage>
    }
}

fn failure<T>(remote: &Remote<T>) -> Option<IpcErrorKind> {
    match remote.load_state() {
        LoadState::Failed(error) => Some(error.kind),
        _ => None,
    }
}

fn no_rooms(i18n: &I18n, of_group: bool) -> Html {
    let (title, text) = if of_group {
        (t!(i18n, "report-group-empty-title"), t!(i18n, "report-group-empty-text"))
    } else {
        (t!(i18n, "report-empty-title"), t!(i18n, "report-empty-text"))
    };
    message(html! { <Empty icon={Icon::Rooms} {title} {text} testid="report-empty" /> })
}

fn tab_label(i18n: &I18n, tab: ReportTab) -> String {
    match tab {
        ReportTab::Overview => t!(i18n, "report-tab-overview"),
        ReportTab::Health => t!(i18n, "report-tab-health"),
        ReportTab::Usage => t!(i18n, "report-tab-usage"),
    }
}

const fn tab_id(tab: ReportTab) -> &'static str {
    match tab {
        ReportTab::Overview => "report-tab-overview",
        ReportTab::Health => "report-tab-health",
        ReportTab::Usage => "report-tab-usage",
    }
}

fn period(i18n: &I18n, view: &UseStateHandle<View>) -> Html {
    let choices = PERIODS.iter().map(|days| Segment {
        label: t!(i18n, "report-days", count = *days),
        testid: format!("report-days-{days}"),
        on: *days == view.days,
    });
    let choose = {
        let view = view.clone();
        Callback::from(move |at: usize| {
            if let Some(days) = PERIODS.get(at) {
                view.set(View { days: *days, ..*view });
            }
        })
    };
    segments(t!(i18n, "report-period"), choices.collect(), &choose)
}

/// Which rooms: all, or those of a group. Nothing where there are no groups, or none that one may see.
fn group(
    i18n: &I18n,
    view: &UseStateHandle<View>,
    (customer, on): (TenantId, Option<RoomGroupId>),
    groups: Vec<(RoomGroupId, String)>,
) -> Html {
    if groups.is_empty() {
        return html! {};
    }
    let onchange = {
        let view = view.clone();
        Callback::from(move |event: Event| {
            let value = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value()).unwrap_or_default();
            view.set(View { group: value.parse().ok().map(|group| (customer, group)), ..*view });
        })
    };
    html! {
        <select class="select" data-testid="report-group" aria-label={t!(i18n, "report-group")} {onchange}>
            <option value="" selected={on.is_none()}>{t!(i18n, "report-all-rooms")}</option>
            <>{for groups.into_iter().map(|(id, name)| html! { <option key={id.to_string()} value={id.to_string()} selected={on == Some(id)}>{name}</option> })}</>
        </select>
    }
}

fn shape(i18n: &I18n, view: &UseStateHandle<View>) -> Html {
    let choice = |tables: bool, label: String, testid: &str| Segment { label, testid: testid.to_owned(), on: view.tables == tables };
    let choices = vec![choice(false, t!(i18n, "report-chart"), "report-chart"), choice(true, t!(i18n, "report-table"), "report-table")];
    let choose = {
        let view = view.clone();
        Callback::from(move |at: usize| view.set(View { tables: at == 1, ..*view }))
    };
    segments(t!(i18n, "report-shape"), choices, &choose)
}
