//! The filters of the list (A16): each a button, and once set a chip that can be taken away.

use tenantry_model::api::IncidentTab;
use tenantry_model::api::saved_views::ViewPage;
use tenantry_model::collation::sort_key;
use tenantry_model::filter::{Age, Filter, Flag, Holder};
use tenantry_model::incident::{Category, IncidentStatus, IncidentType, Severity};
use yew::prelude::*;

use super::view_model::{AgeFilter, Facet, View, ViewAction, WORK};
use super::view_name::view_name;
use crate::components::facet::{self, Facet as Chip, between_facets, facet_choice, facet_switch, facet_value};
use crate::components::icon::{Icon, glyph};
use crate::domain_view::customer_picker::CustomerPicker;
use crate::domain_view::filter_text::{typed, use_customers_said, whole};
use crate::domain_view::saved_views::Views;
use crate::hooks::{Whose, dispatches, said, sets, use_place};
use crate::i18n::{I18n, t, use_i18n};
use crate::route::Route;

fn age_label(i18n: &I18n, age: AgeFilter) -> String {
    match age {
        AgeFilter::Day => t!(i18n, "age-under-day"),
        AgeFilter::OverDay => t!(i18n, "age-over-day"),
        AgeFilter::OverWeek => t!(i18n, "age-over-week"),
        AgeFilter::OverMonth => t!(i18n, "age-over-month"),
    }
}

/// One that was typed is said as it is typed: the sign and the number are the same in every language.
pub(super) fn age_said(i18n: &I18n, age: Age) -> Option<String> {
    match AgeFilter::of(age) {
        Some(known) => Some(age_label(i18n, known)),
        None => Some(Filter { age, ..Filter::default() }.to_string()).filter(|typed| !typed.is_empty()),
    }
}

pub(super) fn work_label(i18n: &I18n, flag: Flag) -> String {
    match flag {
        Flag::Mine => t!(i18n, "filter-work-mine"),
        Flag::Claimed => t!(i18n, "filter-work-claimed"),
        Flag::Free => t!(i18n, "filter-work-free"),
        Flag::Snoozed => t!(i18n, "snoozed"),
        Flag::Unread | Flag::Resolved => String::new(),
    }
}

pub(super) fn holder_said(i18n: &I18n, holder: &Holder) -> String {
    match holder {
        Holder::Me => t!(i18n, "filter-holder-me"),
        Holder::Named(name) => name.said(),
    }
}

/// What names a filter for tests, and what it is called.
fn facet_words(i18n: &I18n, facet: Facet) -> (&'static str, String) {
    match facet {
        Facet::Customer => ("customer", t!(i18n, "column-customer")),
        Facet::Status => ("status", t!(i18n, "column-status")),
        Facet::Severity => ("severity", t!(i18n, "column-severity")),
        Facet::Category => ("category", t!(i18n, "column-category")),
        Facet::Type => ("type", t!(i18n, "column-type")),
        Facet::Age => ("age", t!(i18n, "filter-age")),
        Facet::Unread => ("unread", t!(i18n, "column-unread")),
        Facet::Work => ("work", t!(i18n, "filter-work")),
        Facet::Room => ("room", t!(i18n, "column-room")),
        Facet::Holder => ("holder", t!(i18n, "filter-holder")),
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct FiltersProps {
    pub(super) tab: IncidentTab,
    pub(super) over_all: bool,
    pub(super) narrowed: bool,
    /// Whose list it is; none while that is not known.
    pub(super) whose: Option<Whose>,
    pub(super) view: UseReducerHandle<View>,
}

#[component]
pub(super) fn Filters(props: &FiltersProps) -> Html {
    let (i18n, place) = (use_i18n(), use_place());
    let open = use_state(|| None::<Facet>);
    let customers_said = use_customers_said(&props.view.filter().customers);
    let view = &props.view;
    let (tab, filter) = (props.tab, view.filter());
    let statuses = || IncidentStatus::ALL.iter().copied().filter(move |status| View::fits(*status, tab));

    // What a closed one would show is not made: there are dozens of values, and this is drawn at each keystroke of the search.
    let facet = |facet: Facet, chosen: Vec<String>, panel: &dyn Fn() -> Html| {
        let on_toggle = sets(&open, move |to: bool| to.then_some(facet));
        let on_clear = dispatches(view, move |()| ViewAction::Clear(facet));
        let panel_class = if facet == Facet::Customer { "popover__panel--customers" } else { "popover__panel--menu" };
        let (name, label) = facet_words(&i18n, facet);
        let is_open = *open == Some(facet);
        let control = Some((is_open, on_toggle));
        html! { <Chip key={name} {name} {label} {chosen} {on_clear} {control} {panel_class}>if is_open { {panel()} }</Chip> }
    };
    let check = |value: &'static str, label: String, checked: bool, action: ViewAction| {
        facet_value(value, label, checked, dispatches(view, move |_: Event| action.clone()))
    };

    let customers = || {
        let on_pick = dispatches(view, ViewAction::Customer);
        html! { <CustomerPicker id="filter-customers" chosen={vec![]} named={whole(&filter.customers)} {on_pick} /> }
    };
    let severities = || {
        let values = Severity::ALL
            .iter()
            .map(|value| check(value.as_str(), i18n.label(*value), filter.severities.contains(value), ViewAction::Severity(*value)));
        html! { {for values} }
    };
    let categories = || {
        let values = Category::ALL
            .iter()
            .map(|value| check(value.as_str(), i18n.label(*value), filter.categories.contains(value), ViewAction::Category(*value)));
        html! { {for values} }
    };
    let status_items = || {
        let values =
            statuses().map(|value| check(value.as_str(), i18n.label(value), filter.statuses.contains(&value), ViewAction::Status(value)));
        html! { {for values} }
    };
    let kinds = || {
        let mut kinds: Vec<(String, IncidentType)> =
            <IncidentType as crate::i18n::Label>::all().into_iter().map(|kind| (i18n.label(kind), kind)).collect();
        kinds.sort_by_cached_key(|(label, _)| sort_key(label));
        let values =
            kinds.into_iter().map(|(label, kind)| check(kind.as_str(), label, filter.types.contains(&kind), ViewAction::Type(kind)));
        html! { {for values} }
    };
    let ages = || {
        let values = AgeFilter::ALL.into_iter().map(|age| {
            let (view, open, on) = (view.clone(), open.clone(), AgeFilter::of(filter.age) == Some(age));
            let onclick = Callback::from(move |_: MouseEvent| {
                view.dispatch(ViewAction::Age((!on).then_some(age)));
                open.set(None);
            });
            facet_choice(age_label(&i18n, age), on, onclick)
        });
        html! { {for values} }
    };
    let work = || {
        let values = WORK
            .into_iter()
            .map(|flag| check(flag.as_str(), work_label(&i18n, flag), filter.flags.contains(&flag), ViewAction::Work(flag)));
        html! { {for values} }
    };
    let is_unread = view.is_unread();
    let unread = dispatches(view, move |_: MouseEvent| ViewAction::Unread(!is_unread));
    // What is typed, or chosen elsewhere: a chip that can be taken away and no more.
    let chip = |facet: Facet, said: Vec<String>| {
        let ((name, label), said) = (facet_words(&i18n, facet), said.join(", "));
        let onclick = dispatches(view, move |_: MouseEvent| ViewAction::Clear(facet));
        html! {
            if !said.is_empty() {
                <div class="chip chip--on" data-testid={format!("filter-{name}")}>
                    <span class="chip__button"><span>{label}</span><span class="chip__value clip" title={said.clone()}>{&said}</span></span>
                    <button type="button" class="chip__remove" aria-label={t!(i18n, "filter-remove", name = said.clone())} {onclick}>{glyph(Icon::Close)}</button>
                </div>
            }
        }
    };
    let clear_all = dispatches(view, move |_: MouseEvent| ViewAction::ClearAll);
    let views = |whose: &Whose| {
        let filter = said(filter, tab, whose);
        let preset = view_name(&i18n, &filter);
        let on_text = {
            let (view, place) = (view.dispatcher(), place.clone());
            Callback::from(move |text: String| {
                let tab = Filter::understood(ViewPage::Incidents, &text).0.tab().unwrap_or(IncidentTab::Active);
                view.dispatch(ViewAction::Text(text));
                place.push(Route::Incidents { tab });
            })
        };
        let is_bare = *view.filter() == Filter::default();
        html! { <Views page={ViewPage::Incidents} {filter} {is_bare} understood={view.wrong().is_none()} whose={whose.clone()} {preset} {on_text} /> }
    };
    html! {
        <div class="filters" role="group" aria-label={t!(i18n, "filters")} onkeydown={Callback::from(|event: KeyboardEvent| between_facets(&event))}>
            {chip(Facet::Room, typed(&filter.rooms))}
            {chip(Facet::Holder, filter.holders.iter().map(|holder| holder_said(&i18n, holder)).collect())}
            if props.over_all || !filter.customers.is_empty() {
                {facet(Facet::Customer, customers_said, &customers)}
            }
            {facet(Facet::Severity, filter.severities.iter().map(|value| i18n.label(*value)).collect(), &severities)}
            {facet(Facet::Status, statuses().filter(|status| filter.statuses.contains(status)).map(|value| i18n.label(value)).collect(), &status_items)}
            {facet(Facet::Category, filter.categories.iter().map(|value| i18n.label(*value)).collect(), &categories)}
            {facet(Facet::Type, filter.types.iter().map(|value| i18n.label(*value)).collect(), &kinds)}
            if tab == IncidentTab::Active {
                {facet(Facet::Work, WORK.into_iter().filter(|flag| filter.flags.contains(flag)).map(|flag| work_label(&i18n, flag)).collect(), &work)}
            }
            {facet(Facet::Age, age_said(&i18n, filter.age).into_iter().collect(), &ages)}
            {facet_switch("unread", t!(i18n, "filter-unread"), is_unread, unread)}
            if props.narrowed { {facet::clear_all(&i18n, clear_all)} }
            {props.whose.as_ref().map(views).unwrap_or_default()}
        </div>
    }
}
