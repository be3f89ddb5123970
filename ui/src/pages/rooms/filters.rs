//! The filters of the list (A16): each a button, and once set a chip that can be taken away.

use tenantry_model::api::IncidentTab;
use tenantry_model::api::saved_views::ViewPage;
use tenantry_model::filter::{Age, Filter};
use tenantry_model::room::{Enrolment, Health};
use yew::prelude::*;

use super::view_model::{Facet, SeenFilter, Told, View, ViewAction};
use super::view_name::view_name;
use crate::components::facet::{self, Facet as Chip, between_facets, facet_choice, facet_switch, facet_value};
use crate::domain_view::customer_picker::CustomerPicker;
use crate::domain_view::filter_text::{typed, use_customers_said, whole};
use crate::domain_view::saved_views::Views;
use crate::hooks::{Whose, dispatches, said, sets};
use crate::i18n::{I18n, t, use_i18n};

fn seen_label(i18n: &I18n, seen: SeenFilter) -> String {
    match seen {
        SeenFilter::WithinDay => t!(i18n, "seen-within-day"),
        SeenFilter::NotForDay => t!(i18n, "seen-not-for-day"),
        SeenFilter::NotForWeek => t!(i18n, "seen-not-for-week"),
        SeenFilter::NotForMonth => t!(i18n, "seen-not-for-month"),
    }
}

/// One that was typed is said as it is typed: the sign and the number are the same in every language.
pub(super) fn seen_said(i18n: &I18n, seen: Age) -> Option<String> {
    match SeenFilter::of(seen) {
        Some(known) => Some(seen_label(i18n, known)),
        None => Some(Filter { seen, ..Filter::default() }.to_string()).filter(|typed| !typed.is_empty()),
    }
}

/// What names a filter for tests, and what it is called.
fn facet_words(i18n: &I18n, facet: Facet) -> (&'static str, String) {
    match facet {
        Facet::Customer => ("customer", t!(i18n, "column-customer")),
        Facet::Health => ("health", t!(i18n, "column-health")),
        Facet::Warnings => ("warnings", t!(i18n, "filter-warnings")),
        Facet::Group => ("group", t!(i18n, "column-group")),
        Facet::Ring => ("ring", t!(i18n, "column-ring")),
        Facet::LastSeen => ("last-seen", t!(i18n, "column-last-seen")),
        Facet::Enrolment => ("enrolment", t!(i18n, "enrolment")),
    }
}

/// The names to choose from: those that are there, and those that are chosen and are there no longer.
fn choices<'a>(there: &'a [String], chosen: &'a [String]) -> impl Iterator<Item = &'a String> {
    there.iter().chain(chosen.iter().filter(|name| !there.contains(name)))
}

#[derive(Properties, PartialEq)]
pub(super) struct FiltersProps {
    pub(super) over_all: bool,
    pub(super) told: Told,
    /// Names of groups and rings to choose from.
    pub(super) groups: Vec<String>,
    pub(super) rings: Vec<String>,
    pub(super) narrowed: bool,
    /// Whose list it is; none while that is not known.
    pub(super) whose: Option<Whose>,
    pub(super) view: UseReducerHandle<View>,
}

#[component]
pub(super) fn Filters(props: &FiltersProps) -> Html {
    let i18n = use_i18n();
    let open = use_state(|| None::<Facet>);
    let customers_said = use_customers_said(&props.view.filter().customers);
    let (view, filter) = (&props.view, props.view.filter());

    // What a closed one would show is not made: this is drawn at each keystroke of the search.
    let facet = |facet: Facet, chosen: Vec<String>, panel: &dyn Fn() -> Html| {
        let on_toggle = sets(&open, move |to: bool| to.then_some(facet));
        let on_clear = dispatches(view, move |()| ViewAction::Clear(facet));
        let panel_class = if facet == Facet::Customer { "popover__panel--customers" } else { "popover__panel--menu" };
        let (name, label) = facet_words(&i18n, facet);
        let is_open = *open == Some(facet);
        let control = Some((is_open, on_toggle));
        html! { <Chip key={name} {name} {label} {chosen} {on_clear} {control} {panel_class}>if is_open { {panel()} }</Chip> }
    };
    let check = |value: &str, label: String, checked: bool, action: ViewAction| {
        facet_value(value, label, checked, dispatches(view, move |_: Event| action.clone()))
    };
    let names = |there: &[String], chosen: &[String], action: fn(String) -> ViewAction| {
        let values = choices(there, chosen).map(|name| check(name, name.clone(), chosen.contains(name), action(name.clone())));
        html! { {for values} }
    };
    let customers = || {
        let on_pick = dispatches(view, ViewAction::Customer);
        html! { <CustomerPicker id="filter-customers" chosen={vec![]} named={whole(&filter.customers)} {on_pick} /> }
    };
    let healths = || {
        let values = Health::ALL
            .iter()
            .map(|value| check(value.as_str(), i18n.label(*value), filter.healths.contains(value), ViewAction::Health(*value)));
        html! { {for values} }
    };
    let enrolments = || {
        // No list has unenrolled rooms.
        let values = [Enrolment::Onboarding, Enrolment::Enrolled];
        let values = values
            .iter()
            .map(|value| check(value.as_str(), i18n.label(*value), filter.enrolments.contains(value), ViewAction::Enrolment(*value)));
        html! { {for values} }
    };
    let seen = || {
        let values = SeenFilter::ALL.into_iter().map(|seen| {
            let (view, open, on) = (view.clone(), open.clone(), SeenFilter::of(filter.seen) == Some(seen));
            let onclick = Callback::from(move |_: MouseEvent| {
                view.dispatch(ViewAction::Seen(Some(seen).filter(|_| !on)));
                open.set(None);
            });
            facet_choice(seen_label(&i18n, seen), on, onclick)
        });
        html! { {for values} }
    };
    let warnings = dispatches(view, {
        let on = filter.warnings;
        move |_: MouseEvent| ViewAction::Warnings(!on)
    });
    let clear_all = dispatches(view, move |_: MouseEvent| ViewAction::ClearAll);
    let views = |whose: &Whose| {
        let filter = said(filter, IncidentTab::Active, whose);
        let preset = view_name(&i18n, &filter);
        let (is_bare, understood) = (*view.filter() == Filter::default(), view.wrong().is_none());
        let on_text = dispatches(view, ViewAction::Text);
        html! { <Views page={ViewPage::Rooms} {filter} {is_bare} {understood} whose={whose.clone()} {preset} {on_text} /> }
    };
    html! {
        <div class="filters" role="group" aria-label={t!(i18n, "filters")} onkeydown={Callback::from(|event: KeyboardEvent| between_facets(&event))}>
            if props.over_all || !filter.customers.is_empty() {
                {facet(Facet::Customer, customers_said, &customers)}
            }
            {facet(Facet::Health, filter.healths.iter().map(|value| i18n.label(*value)).collect(), &healths)}
            if props.told.groups || !filter.groups.is_empty() {
                {facet(Facet::Group, typed(&filter.groups), &|| names(&props.groups, &typed(&whole(&filter.groups)), ViewAction::Group))}
            }
            if props.told.rings || !filter.rings.is_empty() {
                {facet(Facet::Ring, typed(&filter.rings), &|| names(&props.rings, &typed(&whole(&filter.rings)), ViewAction::Ring))}
            }
            {facet(Facet::LastSeen, seen_said(&i18n, filter.seen).into_iter().collect(), &seen)}
            {facet(Facet::Enrolment, filter.enrolments.iter().map(|value| i18n.label(*value)).collect(), &enrolments)}
            {facet_switch("warnings", facet_words(&i18n, Facet::Warnings).1, filter.warnings, warnings)}
            if props.narrowed { {facet::clear_all(&i18n, clear_all)} }
            {props.whose.as_ref().map(views).unwrap_or_default()}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_chosen_can_be_taken_away_where_no_room_has_it_any_more() {
        let named = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let (there, chosen) = (named(&["Etage 1", "Etage 2"]), named(&["Etage 2", "Keller"]));
        assert_eq!(choices(&there, &chosen).collect::<Vec<_>>(), ["Etage 1", "Etage 2", "Keller"]);
    }
}
