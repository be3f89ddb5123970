use std::rc::Rc;

use tenantry_model::api::IncidentTab;
use tenantry_model::api::saved_views::ViewPage;
use tenantry_model::id::TenantId;
use tenantry_model::ipc::{CustomerRow, IncidentColumn, IncidentQuery, IncidentRef, IncidentScope, ListRow};
use tenantry_model::permission::Permission;
use tenantry_model::time::Timestamp;
use yew::prelude::*;
use yew_router::Routable as _;
use yew_router::prelude::use_location;

use super::bulk;
use super::columns::{category, columns};
use super::counters::counters;
use super::detail::{Detail, OpenedFor};
use super::draft::IssueDraft;
use super::filters::Filters;
use super::forms::{Form, Went, form};
use super::list::Query;
use super::recorder::Recorder;
use super::unsent::UnsentIssues;
use super::view_model::{PERIODS_DAYS, View, ViewAction};
use crate::components::empty::{Empty, Failed};
use crate::components::form::ticked;
use crate::components::icon::Icon;
use crate::components::list_page::{ListPage, message, no_match, not_renewed};
use crate::components::live::Count;
use crate::components::notice::{Tone, notice};
use crate::components::segments::{Segment, segments};
use crate::components::table::{Group, Sorting, Table};
use crate::components::tabs::tabs_of;
use crate::context::{App, use_app};
use crate::domain_view::bulk::{BulkList, use_bulk};
use crate::domain_view::refusal::refusal;
use crate::domain_view::reliability::reliability;
use crate::domain_view::room_event::IssueStart;
use crate::hooks::{
    FormTarget, FormsOf, Place, UseRows, Whose, dispatches, use_changes, use_filter_address, use_form, use_now, use_outbox, use_page_title,
    use_place, use_rows,
};
use crate::i18n::{I18n, t, type_titles, type_words, use_i18n};
use crate::remote::Remote;
use crate::route::{Route, Section};
use crate::row_source::{RowSource, SharedRows};

#[derive(Properties, PartialEq)]
pub struct IncidentsProps {
    pub view: UseReducerHandle<View>,
    pub customer: Rc<Remote<CustomerRow>>,
    pub on_retry: Callback<()>,
}

#[component]
pub fn Incidents(props: &IncidentsProps) -> Html {
    let (i18n, app, now, place) = (use_i18n(), use_app(), use_now(), use_place());
    let title = use_page_title();
    let over_all = app.model.preferences.all_tickets;
    // Over all customers the form says whose it is, and there is no other choice to take it for.
    let opened = use_form::<Form>(place.here, if over_all { FormsOf::Place } else { FormsOf::ChosenCustomer });
    let went = use_state(|| None::<Went>);
    let taken = use_state(|| None::<IncidentRef>);
    let outbox = use_outbox();
    let view = &props.view;
    let tab = view.filter().tab().unwrap_or(place.here.tab());
    let preferences = &app.model.preferences;
    let scope =
        if preferences.all_tickets { Some(IncidentScope::All) } else { preferences.customer.map(|id| IncidentScope::Customer { id }) };
    let refused = if preferences.all_tickets {
        None
    } else {
        refusal(&i18n, now, &props.customer, &props.on_retry, Permission::TicketsView, |name| {
            (t!(i18n, "no-tickets-title"), t!(i18n, "no-tickets-text", name = name))
        })
    };
    let asked = scope.filter(|_| refused.is_none()).map(|scope| {
        let mut query = view.query(scope, tab);
        query.filter.type_words = type_words(&i18n, &query.filter.text);
        if matches!(query.sort, IncidentColumn::Problem | IncidentColumn::Type) {
            query.titles = type_titles(&i18n);
        }
        Query(query)
    });
    let list = use_rows(asked.clone(), app.model.tick);
    let settled = asked.as_ref().is_some_and(|asked| list.rows.answers(asked));
    let matches = list.rows.head().map_or(0, |head| head.matches);
    let listed = BulkList { query: asked.map(|asked| asked.0), matches, settled };
    let selected = use_bulk(scope.unwrap_or(IncidentScope::All), listed);
    let scope = scope.unwrap_or(IncidentScope::All);
    // Folding a category is no other list: its position stays.
    let reset = use_changes(IncidentQuery { collapsed: vec![], ..view.query(scope, tab) });
    let on_open = {
        let place = place.clone();
        Callback::from(move |key: Option<IncidentRef>| place.walk(key.map_or(place.here.list(), |key| place.here.with_incident(key))))
    };
    let open = place.here.open_incident();
    let open_form = {
        let (opened, went) = (opened.clone(), went.clone());
        Callback::from(move |(customer, name, form): (TenantId, String, Form)| {
            went.set(None);
            opened.open(customer, name, form.version(), form);
        })
    };
    // Asked for from the page of rooms.
    use_effect_with(view.record.clone(), {
        let (view, open_form) = (view.dispatcher(), open_form.clone());
        move |record: &Option<IssueStart>| {
            if let Some(start) = record {
                open_form.emit((start.room.customer_id, start.customer.clone(), Form::Record(Box::new(IssueDraft::begun(start)))));
                view.dispatch(ViewAction::Record(None));
            }
        }
    });
    // An answer leads to what was made only whoever is still there.
    let here = use_location().and_then(|location| Route::recognize(location.path())).map(Route::section) == Some(Section::Incidents);
    use_filter_address(view.text(), here && !opened.is_parked(), dispatches(view, ViewAction::Text));
    // What the filter asks for may be on the other tab alone.
    use_effect_with((tab, place.clone(), here), |(tab, place, here)| {
        if *here && place.here.tab() != *tab {
            place.replace(place.here.with_tab(*tab));
        }
    });
    let stays = use_mut_ref(|| true);
    *stays.borrow_mut() = here && !opened.is_parked();
    let on_done = {
        let (opened, went, place, stays, taken) = (opened.clone(), went.clone(), place.clone(), stays.clone(), taken.setter());
        Callback::from(move |(target, done): (FormTarget, Went)| {
            opened.close(target.form);
            // Closed or snoozed, it leaves the list.
            taken.set(open);
            if let Some(made) = done.made.filter(|_| *stays.borrow()) {
                place.walk(Route::incident(IncidentTab::Active, made));
            }
            went.set(Some(done));
        })
    };
    let form_open = opened
        .get()
        .map(|form| AttrValue::from(t!(i18n, "form-one-open", title = form.form.title(&i18n), name = form.target.name.to_string())));
    let form_here = opened.get().is_some_and(|form| !form.form.is_dialog()) && !opened.is_parked();
    let detail = open.filter(|_| !form_here).map(|incident| {
        let on_form = {
            let (app, open_form) = (app.clone(), open_form.clone());
            Callback::from(move |(incident, name, form): OpenedFor| {
                // A link or the way back may lead to another customer's incident than the dropdown shows.
                if !over_all {
                    app.prefer(move |preferences| preferences.customer = Some(incident.customer_id));
                }
                open_form.emit((incident.customer_id, name, form));
            })
        };
        html! {
            <Detail {incident} view={view.clone()} {now} {on_form} form_open={form_open.clone()} on_close={on_open.reform(|()| None)} />
        }
    });
    // A parked form says so below the page; what is open beside the list makes place for itself.
    let pane = html! { <>{detail.unwrap_or_default()}{form(&i18n, &opened, on_done)}</> };
    let recorder = html! { <Recorder customer={props.customer.clone()} {over_all} {form_open} on_form={open_form} /> };
    let whose = Whose::of(ViewPage::Incidents, preferences, props.customer.data());
    let content = match (refused, nothing(&i18n, &app, view, (scope, tab), &list)) {
        (Some(refused), _) => message(refused),
        (None, nothing) => html! { <>
            {above(&i18n, view, (scope, tab, whose), &list, &place, now, (reset, settled))}
            if tab == IncidentTab::Active { <UnsentIssues customer={match scope { IncidentScope::Customer { id } => Some(id), IncidentScope::All => None }} {now} /> }
            {selected.bar(bulk::buttons(&i18n, &selected))}
            {match nothing {
                Some(nothing) => message(nothing),
                None => {
                    let (over_all, resolved) = (scope == IncidentScope::All, tab == IncidentTab::Resolved);
                    let grouped = view.groups(over_all);
                    let class = classes!("table--incidents", grouped.then_some("table--grouped"));
                    let group = groups(&i18n, view, &list);
                    let sorting = Sorting { by: view.sort, descending: view.descending, on_sort: dispatches(view, ViewAction::Sort) };
                    html! {
                        <Table<ListRow> label={&title} {class} columns={columns(over_all, resolved)} rows={Rc::new(list.rows.clone()) as SharedRows<_>} {now} {sorting} {group} {grouped} {open} {on_open} selection={Some(selected.selection())} {reset} taken={*taken} on_visible={list.on_visible.clone()} />
                    }
                }
            }}
        </> },
    };
    let head = html! { <>{all_tickets(&i18n, &app, &place)}<div class="page__buttons">{recorder}</div></> };
    let said = went.as_ref().filter(|went| over_all || Some(went.customer) == preferences.customer);
    let said = said.filter(|went| !went.waits || !outbox.is_empty()).map(|went| went.told.clone());
    let told = said.map(|text| html! { <div class="page__notice">{notice(Tone::Good, "incident-done", html! { {text} })}</div> });
    html! { <ListPage {title} {head} {pane} split={open.is_some() || form_here}>{told.unwrap_or_default()}{content}{selected.dialog(bulk::form(&i18n, &selected))}</ListPage> }
}

fn above(
    i18n: &I18n,
    view: &UseReducerHandle<View>,
    (scope, tab, whose): (IncidentScope, IncidentTab, Option<Whose>),
    list: &UseRows<Query>,
    place: &Place,
    now: Timestamp,
    (cause, settled): (u32, bool),
) -> Html {
    let head = list.rows.head();
    let over_all = scope == IncidentScope::All;
    let on_tab = {
        let (place, view) = (place.clone(), view.dispatcher());
        move |tab| {
            view.dispatch(ViewAction::Tab(tab));
            place.push(Route::Incidents { tab });
        }
    };
    let words = |tab: IncidentTab| match tab {
        IncidentTab::Active => ("tab-active", t!(i18n, "tab-active"), None),
        IncidentTab::Resolved => ("tab-resolved", t!(i18n, "tab-resolved"), None),
    };
    html! { <>
        {counters(i18n, tab, head.map(|head| head.counters), view)}
        <div class="page__bar">
            {tabs_of(t!(i18n, "incidents"), &[IncidentTab::Active, IncidentTab::Resolved], tab, words, on_tab)}
            if tab == IncidentTab::Resolved { {period(i18n, view)} }
            if !over_all { {grouping(i18n, view)} }
            <Count text={head.map(|head| AttrValue::from(t!(i18n, "rows-incidents", count = head.matches)))} none={head.is_some_and(|head| head.matches == 0)} {cause} {settled} testid="matches" />
        </div>
        <Filters {tab} {over_all} narrowed={view.is_narrowed(scope, tab)} {whose} view={view.clone()} />
        if let Some(head) = head { {reliability(i18n, &head.unreliable, head.unreliable_total, now)} }
        if let Some(error) = list.rows.error().filter(|_| list.rows.total().is_some()) { {not_renewed(i18n, error, &list.retry)} }
    </> }
}

fn groups(i18n: &I18n, view: &UseReducerHandle<View>, list: &UseRows<Query>) -> Callback<u32, Option<Group>> {
    let (i18n, view, rows) = (i18n.clone(), view.clone(), list.rows.clone());
    Callback::from(move |at: u32| {
        let view = view.clone();
        let collapsed = view.collapsed.clone();
        category(&i18n, rows.row(at)?, &collapsed, move |category, fold| view.dispatch(ViewAction::Fold(category, fold)))
    })
}

/// What stands in the place of the list where it has no rows: because all is well, because the filters leave none, or because none have arrived.
fn nothing(
    i18n: &I18n,
    app: &App,
    view: &UseReducerHandle<View>,
    (scope, tab): (IncidentScope, IncidentTab),
    list: &UseRows<Query>,
) -> Option<Html> {
    let on_clear = dispatches(view, move |_: MouseEvent| ViewAction::ClearAll);
    match (list.rows.total(), list.rows.error()) {
        (None, Some(error)) => Some(html! { <Failed error={error.clone()} on_retry={list.retry.clone()} /> }),
        (Some(0), _) if view.is_narrowed(scope, tab) => Some(no_match(i18n, t!(i18n, "no-match-title"), Some(on_clear))),
        (Some(0), _) if app.model.sync.as_of.is_none() => Some(html! { <Empty icon={Icon::Sync} title={t!(i18n, "first-sync")} /> }),
        (Some(0), _) if tab == IncidentTab::Resolved => Some(html! {
            <Empty icon={Icon::Resolved} title={t!(i18n, "none-resolved-title", days = view.days)} text={t!(i18n, "none-resolved-text")} />
        }),
        (Some(0), _) => Some(html! {
            <Empty icon={Icon::Party} tone="empty--good" title={t!(i18n, "all-well-title")} text={t!(i18n, "all-well-text")} testid="all-well" />
        }),
        _ => None,
    }
}

/// The toggle over all customers (W8, A17).
fn all_tickets(i18n: &I18n, app: &App, place: &Place) -> Html {
    let on = app.model.preferences.all_tickets;
    let onchange = {
        let (app, place) = (app.clone(), place.clone());
        Callback::from(move |event: Event| {
            let on = ticked(event);
            app.prefer(move |preferences| preferences.all_tickets = on);
            place.push(Route::START);
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

fn period(i18n: &I18n, view: &UseReducerHandle<View>) -> Html {
    let choices = PERIODS_DAYS.into_iter().map(|days| Segment {
        label: t!(i18n, "period-days", days = days),
        testid: format!("period-{days}"),
        on: view.days == days,
    });
    let on_choose = dispatches(view, |at: usize| ViewAction::Days(PERIODS_DAYS[at]));
    html! { {segments(t!(i18n, "period"), choices.collect(), &on_choose)} }
}

fn grouping(i18n: &I18n, view: &UseReducerHandle<View>) -> Html {
    let onchange = dispatches(view, |event| ViewAction::ByCategory(ticked(event)));
    html! {
        <label class="check"><input type="checkbox" checked={view.by_category} data-testid="by-category" {onchange} /><span>{t!(i18n, "by-category")}</span></label>
    }
}
