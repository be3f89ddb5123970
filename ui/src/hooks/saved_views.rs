//! The filters that the user has saved, and how many incidents each of them finds.

use std::ops::Deref;
use std::rc::Rc;

use gloo::timers::callback::{Interval, Timeout};
use tenantry_model::api::IncidentTab;
use tenantry_model::api::saved_views::SavedView;
use tenantry_model::filter::{Filter, Flag, Name};
use tenantry_model::id::{SavedViewId, TenantId};
use tenantry_model::ipc::{CountIncidents, CountQuery, CustomerRow, IncidentFilter, ListViews, Preferences};
use yew::prelude::*;

use super::command::use_command;
use crate::context::use_app;
use crate::i18n::{type_words, use_i18n};

/// Changes within this time are counted at once: while the sync goes on, they come many a second.
const GATHER_MS: u32 = 500;
/// What goes by the time is counted anew after this.
const AGAIN_MS: u32 = 60_000;

/// One of them.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedFilter {
    pub view: SavedView,
    /// The filter in its one spelling; none of what another version of the app saved and this one does not understand.
    spelled: Option<String>,
    /// How many open incidents it finds; none while that is not known, of one about a customer that is not here, and of what stands on the Resolved tab, which goes by a period.
    pub count: Option<u32>,
}

/// All of them, in their order; none until they are known.
#[derive(Clone, PartialEq, Default)]
pub struct SavedFilters(Rc<Vec<SavedFilter>>);

impl Deref for SavedFilters {
    type Target = [SavedFilter];

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl SavedFilters {
    /// The one that says what the list shows; of several, the one that was opened last.
    pub fn showing(&self, filter: &Filter, opened: Option<SavedViewId>) -> Option<&SavedFilter> {
        let spelled = filter.to_string();
        let says = |saved: &&SavedFilter| saved.spelled.as_ref() == Some(&spelled);
        self.iter().filter(says).find(|saved| Some(saved.view.id) == opened).or_else(|| self.iter().find(says))
    }
}

/// Whose incidents a list shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Whose {
    All,
    /// One customer's, with its name.
    One(TenantId, AttrValue),
}

impl Whose {
    /// None while the name of the one customer is not known: the row may be missing, or still be that of the customer before.
    pub fn of(preferences: &Preferences, row: Option<&CustomerRow>) -> Option<Self> {
        if preferences.all_tickets {
            return Some(Self::All);
        }
        let row = row.filter(|row| Some(row.id) == preferences.customer)?;
        Some(Self::One(row.id, row.display_name.clone().into()))
    }
}

/// What a list shows, as a view says it: over all customers, and with the tab, which stands beside the filter.
pub fn said(filter: &Filter, tab: IncidentTab, whose: &Whose) -> Filter {
    let mut said = filter.clone();
    if let Whose::One(_, customer) = whose {
        if said.customers.is_empty() || said.customers.iter().any(|name| name.means(customer)) {
            said.customers = vec![Name::Whole(customer.to_string())];
        }
    }
    if tab == IncidentTab::Resolved && said.tab().is_none() {
        said.flags.push(Flag::Resolved);
    }
    said
}

#[derive(Default, PartialEq)]
struct Due(u64);

impl Reducible for Due {
    type Action = ();

    fn reduce(self: Rc<Self>, (): ()) -> Rc<Self> {
        Rc::new(Self(self.0.wrapping_add(1)))
    }
}

/// Asks for them, once for all of the window: whoever does gives them to the others as their context.
#[hook]
pub fn use_saved_filters_of_user() -> SavedFilters {
    let (app, i18n) = (use_app(), use_i18n());
    let views = use_command::<ListViews>(app.user().map(|_| ()), app.model.tick).remote;
    let read = use_memo(views, |views| {
        let views = views.data().map_or(&[][..], Vec::as_slice);
        views.iter().map(|view| (view.clone(), view.filter.parse::<Filter>().ok())).collect::<Vec<_>>()
    });
    let (due, waits) = (use_reducer(Due::default), use_mut_ref(|| false));
    use_effect_with(app.model.tick, {
        let due = due.dispatcher();
        move |_| {
            if !waits.replace(true) {
                let timeout = Timeout::new(GATHER_MS, move || {
                    waits.replace(false);
                    due.dispatch(());
                });
                timeout.forget();
            }
        }
    });
    use_effect_with((), {
        let due = due.dispatcher();
        move |()| {
            let interval = Interval::new(AGAIN_MS, move || due.dispatch(()));
            move || drop(interval)
        }
    });
    let counted = |filter: &Filter| filter.tab() != Some(IncidentTab::Resolved);
    let filters = use_memo((read.clone(), i18n.clone()), |(read, i18n)| {
        let asked = |filter: &Filter| IncidentFilter { type_words: type_words(i18n, &filter.text()), ..IncidentFilter::from(filter) };
        read.iter().filter_map(|(_, filter)| filter.as_ref()).filter(|filter| counted(filter)).map(asked).collect::<Vec<_>>()
    });
    let query = (!filters.is_empty()).then(|| CountQuery { filters: (*filters).clone() });
    let counts = use_command::<CountIncidents>(query, due.0).remote;
    let all = use_memo((read, counts), |(read, counts)| {
        let mut counts = counts.data().map(|found| found.counts.clone()).unwrap_or_default().into_iter();
        let of = |(view, filter): &(SavedView, Option<Filter>)| SavedFilter {
            view: view.clone(),
            spelled: filter.as_ref().map(ToString::to_string),
            count: filter.as_ref().filter(|filter| counted(filter)).and_then(|_| counts.next().flatten()),
        };
        Rc::new(read.iter().map(of).collect::<Vec<_>>())
    });
    SavedFilters((*all).clone())
}

#[hook]
pub fn use_saved_filters() -> SavedFilters {
    use_context::<SavedFilters>().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use tenantry_model::api::saved_views::ViewPage;
    use tenantry_model::ipc::Freshness;
    use tenantry_model::permission::PermissionSet;
    use uuid::Uuid;

    use super::*;

    fn saved(n: u128, filter: &str) -> SavedFilter {
        let view = SavedView {
            id: SavedViewId::from_uuid(Uuid::from_u128(n)),
            name: format!("View {n}"),
            page: ViewPage::Incidents,
            filter: filter.into(),
            version: 1,
        };
        SavedFilter { spelled: filter.parse::<Filter>().ok().map(|filter| filter.to_string()), view, count: None }
    }

    #[test]
    fn a_view_is_shown_however_its_filter_is_spelled_and_of_two_alike_the_one_that_was_opened() {
        let all = SavedFilters(Rc::new(vec![saved(1, "hall sev:critical"), saved(2, "sev:Critical hall"), saved(3, "stat:x")]));
        let filter: Filter = "sev:CRITICAL hall".parse().unwrap();
        let shown = |opened: u128| all.showing(&filter, Some(SavedViewId::from_uuid(Uuid::from_u128(opened)))).unwrap().view.name.clone();
        assert_eq!([shown(1), shown(2), shown(9)], ["View 1", "View 2", "View 1"]);
        assert!(all.showing(&Filter::default(), None).is_none(), "what is not understood is no filter of nothing");
    }

    fn one(name: &'static str) -> Whose {
        Whose::One(TenantId::from_uuid(Uuid::from_u128(1)), name.into())
    }

    #[test]
    fn r63_a_view_of_one_customers_list_names_the_customer() {
        let of = |text: &str, whose: &Whose| said(&text.parse().unwrap(), IncidentTab::Active, whose).to_string();
        assert_eq!(of("is:unread", &Whose::All), "is:unread");
        assert_eq!(of("is:unread", &one("Contoso, Ltd")), "cust:=\"Contoso, Ltd\" is:unread");
        assert_eq!(of("cust:contoso", &one("Contoso, Ltd")), "cust:=\"Contoso, Ltd\"");
        assert_eq!(of("cust:fabrikam", &one("Contoso, Ltd")), "cust:fabrikam", "what found nothing there is no other customer's");
    }

    #[test]
    fn r63_whose_list_it_is_is_not_known_before_the_row_of_the_chosen_customer_is_there() {
        let row = |n| CustomerRow {
            id: TenantId::from_uuid(Uuid::from_u128(n)),
            display_name: format!("Customer {n}"),
            open: None,
            worst: None,
            permissions: PermissionSet::NONE,
            freshness: Freshness::Incomplete,
        };
        let preferences = |n, all_tickets| Preferences { customer: Some(row(n).id), all_tickets, ..Preferences::default() };
        assert_eq!(Whose::of(&preferences(1, false), None), None, "not the list over all");
        assert_eq!(Whose::of(&preferences(1, false), Some(&row(2))), None, "the one before");
        assert!(matches!(Whose::of(&preferences(1, false), Some(&row(1))), Some(Whose::One(..))));
        assert_eq!(Whose::of(&preferences(1, true), None), Some(Whose::All));
    }

    #[test]
    fn w7_a_view_of_the_resolved_tab_says_so_and_none_of_the_active_one_is_shown_there() {
        let of = |text: &str, tab| said(&text.parse().unwrap(), tab, &Whose::All);
        assert_eq!(of("sev:critical", IncidentTab::Resolved).to_string(), "sev:critical is:resolved");
        assert_eq!(of("is:resolved", IncidentTab::Resolved).to_string(), "is:resolved");
        assert_eq!(of("sev:critical", IncidentTab::Active).to_string(), "sev:critical");
        let all = SavedFilters(Rc::new(vec![saved(1, "sev:critical")]));
        assert!(all.showing(&of("sev:critical", IncidentTab::Resolved), None).is_none());
    }
}
