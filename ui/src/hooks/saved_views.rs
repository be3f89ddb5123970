//! The filters that the user has saved, and how many incidents or rooms each of them finds.

use std::ops::Deref;
use std::rc::Rc;

use tenantry_model::api::IncidentTab;
use tenantry_model::api::saved_views::{SavedView, ViewPage};
use tenantry_model::filter::{Filter, Flag, Name};
use tenantry_model::id::{SavedViewId, TenantId};
use tenantry_model::ipc::{
    CountIncidents, CountQuery, CountResolved, CountRooms, CustomerRow, IncidentFilter, ListViews, Preferences, ResolvedCountQuery,
    RoomCountQuery, RoomFilter, TypeWord, ViewCount,
};
use yew::prelude::*;

use super::command::use_command;
use super::recounts::use_recounts;
use crate::context::use_app;
use crate::i18n::{type_words, use_i18n};

/// One of them.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedFilter {
    pub view: SavedView,
    /// The filter in its one spelling; none of what another version of the app saved and this one does not understand.
    pub spelled: Option<String>,
    /// How many it finds; none while that is not known, and of one about a customer that is not here. What stands on the Resolved tab goes by that
    /// tab's period.
    pub count: Option<ViewCount>,
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
    /// The one that says what the list of a page shows; of several, the one that was opened last.
    pub fn showing(&self, page: ViewPage, filter: &Filter, opened: Option<SavedViewId>) -> Option<&SavedFilter> {
        let spelled = filter.to_string();
        let says = |saved: &&SavedFilter| saved.view.page == page && saved.spelled.as_ref() == Some(&spelled);
        self.iter().filter(says).find(|saved| Some(saved.view.id) == opened).or_else(|| self.iter().find(says))
    }
}

/// Whose incidents or rooms a list shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Whose {
    All,
    /// One customer's, with what it is called, and how a filter names it.
    One(TenantId, AttrValue, Name),
}

impl Whose {
    /// None while the name of the one customer is not known: the row may be missing, or still be that of the customer before.
    pub fn of(page: ViewPage, preferences: &Preferences, row: Option<&CustomerRow>) -> Option<Self> {
        let over_all = match page {
            ViewPage::Incidents => preferences.all_tickets,
            ViewPage::Rooms => preferences.all_rooms,
        };
        if over_all {
            return Some(Self::All);
        }
        let row = row.filter(|row| Some(row.id) == preferences.customer)?;
        Some(Self::One(row.id, row.display_name.clone().into(), row.named()))
    }
}

/// What a list shows, as a view says it: over all customers, and with the tab of the incidents, which stands beside the filter.
pub fn said(filter: &Filter, tab: IncidentTab, whose: &Whose) -> Filter {
    let mut said = filter.clone();
    if let Whose::One(id, customer, named) = whose
        && (said.customers.is_empty() || said.customers.iter().any(|name| name.means_customer(*id, customer)))
    {
        said.customers = vec![named.clone()];
    }
    if tab == IncidentTab::Resolved && said.tab().is_none() {
        said.flags.push(Flag::Resolved);
    }
    said
}

/// What is counted of a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counted {
    Open,
    Resolved,
    Rooms,
}

impl Counted {
    fn of(page: ViewPage, filter: &Filter) -> Self {
        match page {
            ViewPage::Rooms => Self::Rooms,
            ViewPage::Incidents if filter.tab() == Some(IncidentTab::Resolved) => Self::Resolved,
            ViewPage::Incidents => Self::Open,
        }
    }
}

/// What the engine is asked for all of them.
#[derive(Debug, Clone, PartialEq, Default)]
struct Questions {
    open: Vec<IncidentFilter>,
    resolved: Vec<IncidentFilter>,
    rooms: Vec<RoomFilter>,
}

/// A view with its filter; without one, where it is not understood.
type Understood = (SavedView, Option<Filter>);

fn questions(views: &[Understood], type_words: impl Fn(&Filter) -> Vec<TypeWord>) -> Questions {
    let mut asked = Questions::default();
    for (view, filter) in views.iter().filter_map(|(view, filter)| Some((view, filter.as_ref()?))) {
        let of_incidents = || IncidentFilter { type_words: type_words(filter), ..IncidentFilter::from(filter) };
        match Counted::of(view.page, filter) {
            Counted::Open => asked.open.push(of_incidents()),
            Counted::Resolved => asked.resolved.push(of_incidents()),
            Counted::Rooms => asked.rooms.push(RoomFilter::from(filter)),
        }
    }
    asked
}

/// The answers, in the order of the questions.
#[derive(Debug, Clone, PartialEq, Default)]
struct Answers {
    open: Vec<Option<ViewCount>>,
    resolved: Vec<Option<ViewCount>>,
    rooms: Vec<Option<ViewCount>>,
}

fn answered(views: &[Understood], answers: &Answers) -> Vec<SavedFilter> {
    let (mut open, mut resolved, mut rooms) = (answers.open.iter(), answers.resolved.iter(), answers.rooms.iter());
    let count = |(view, filter): &Understood| {
        let counts = match Counted::of(view.page, filter.as_ref()?) {
            Counted::Open => &mut open,
            Counted::Resolved => &mut resolved,
            Counted::Rooms => &mut rooms,
        };
        counts.next().copied().flatten()
    };
    let counts: Vec<Option<ViewCount>> = views.iter().map(count).collect();
    let of = |((view, filter), count): (&Understood, Option<ViewCount>)| SavedFilter {
        view: view.clone(),
        spelled: filter.as_ref().map(ToString::to_string),
        count,
    };
    views.iter().zip(counts).map(of).collect()
}

/// Asks for them, once for all of the window: whoever does gives them to the others as their context. `days` is the period of the Resolved tab.
#[hook]
pub fn use_saved_filters_of_user(days: u32) -> SavedFilters {
    let (app, i18n) = (use_app(), use_i18n());
    let views = use_command::<ListViews>(app.user().map(|_| ()), app.model.tick).remote;
    let read = use_memo(views, |views| {
        let views = views.data().map_or(&[][..], Vec::as_slice);
        views.iter().map(|view| (view.clone(), Filter::of(view.page, &view.filter).ok())).collect::<Vec<Understood>>()
    });
    let due = use_recounts();
    let asked = use_memo((read.clone(), i18n.clone()), |(read, i18n)| questions(read, |filter| type_words(i18n, &filter.text())));
    let open = (!asked.open.is_empty()).then(|| CountQuery { filters: asked.open.clone() });
    let resolved = (!asked.resolved.is_empty()).then(|| ResolvedCountQuery { filters: asked.resolved.clone(), days });
    let rooms = (!asked.rooms.is_empty()).then(|| RoomCountQuery { filters: asked.rooms.clone() });
    let open = use_command::<CountIncidents>(open, due.open).remote;
    let resolved = use_command::<CountResolved>(resolved, due.resolved).remote;
    let rooms = use_command::<CountRooms>(rooms, due.rooms).remote;
    let all = use_memo((read, open, resolved, rooms), |(read, open, resolved, rooms)| {
        let answers = Answers {
            open: open.data().map(|found| found.counts.clone()).unwrap_or_default(),
            resolved: resolved.data().map(|found| found.counts.clone()).unwrap_or_default(),
            rooms: rooms.data().map(|found| found.counts.clone()).unwrap_or_default(),
        };
        Rc::new(answered(read, &answers))
    });
    SavedFilters((*all).clone())
}

#[hook]
pub fn use_saved_filters() -> SavedFilters {
    use_context::<SavedFilters>().unwrap_or_default()
}

#[cfg(test)]
mod tests {
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
        let shown = |opened: u128| {
            all.showing(ViewPage::Incidents, &filter, Some(SavedViewId::from_uuid(Uuid::from_u128(opened)))).unwrap().view.name.clone()
        };
        assert_eq!([shown(1), shown(2), shown(9)], ["View 1", "View 2", "View 1"]);
        assert!(all.showing(ViewPage::Incidents, &Filter::default(), None).is_none(), "what is not understood is no filter of nothing");
    }

    fn one(name: &'static str) -> Whose {
        Whose::One(TenantId::from_uuid(Uuid::from_u128(1)), name.into(), Name::Whole(name.into()))
    }

    #[test]
    fn r63_a_view_of_one_customers_list_names_the_customer() {
        let of = |text: &str, whose: &Whose| said(&text.parse().unwrap(), IncidentTab::Active, whose).to_string();
        assert_eq!(of("is:unread", &Whose::All), "is:unread");
        assert_eq!(of("is:unread", &one("Contoso, Ltd")), "cust:=\"Contoso, Ltd\" is:unread");
        assert_eq!(of("cust:contoso", &one("Contoso, Ltd")), "cust:=\"Contoso, Ltd\"");
        let id = TenantId::from_uuid(Uuid::from_u128(1));
        let marked = Whose::One(id, "Contoso".into(), Name::of_customer(id, "Contoso", true));
        let text = "cust:=\"Contoso\"#000000000001 is:unread";
        assert_eq!(
            [of("is:unread", &marked), of("cust:=Contoso is:unread", &marked), of(text, &marked)],
            [text; 3],
            "of several of one name"
        );
        assert_eq!(of("cust:fabrikam", &one("Contoso, Ltd")), "cust:fabrikam", "what found nothing there is no other customer's");
    }

    #[test]
    fn r63_whose_list_it_is_is_not_known_before_the_row_of_the_chosen_customer_is_there() {
        let row = |n| CustomerRow {
            id: TenantId::from_uuid(Uuid::from_u128(n)),
            display_name: format!("Customer {n}"),
            shares_name: false,
            open: None,
            worst: None,
            permissions: PermissionSet::NONE,
            freshness: Freshness::Incomplete,
        };
        let preferences = |n, all_tickets| Preferences { customer: Some(row(n).id), all_tickets, ..Preferences::default() };
        assert_eq!(Whose::of(ViewPage::Incidents, &preferences(1, false), None), None, "not the list over all");
        assert_eq!(Whose::of(ViewPage::Incidents, &preferences(1, false), Some(&row(2))), None, "the one before");
        assert!(matches!(Whose::of(ViewPage::Incidents, &preferences(1, false), Some(&row(1))), Some(Whose::One(..))));
        assert_eq!(Whose::of(ViewPage::Incidents, &preferences(1, true), None), Some(Whose::All));
    }

    #[test]
    fn w7_a_view_of_the_resolved_tab_says_so_and_none_of_the_active_one_is_shown_there() {
        let of = |text: &str, tab| said(&text.parse().unwrap(), tab, &Whose::All);
        assert_eq!(of("sev:critical", IncidentTab::Resolved).to_string(), "sev:critical is:resolved");
        assert_eq!(of("is:resolved", IncidentTab::Resolved).to_string(), "is:resolved");
        assert_eq!(of("sev:critical", IncidentTab::Active).to_string(), "sev:critical");
        let all = SavedFilters(Rc::new(vec![saved(1, "sev:critical")]));
        assert!(all.showing(ViewPage::Incidents, &of("sev:critical", IncidentTab::Resolved), None).is_none());
    }

    #[test]
    fn each_view_gets_the_answer_to_its_own_question() {
        let of = |n, page, text: &str| (SavedView { page, ..saved(n, text).view }, Filter::of(page, text).ok());
        let views = [
            of(1, ViewPage::Rooms, "health:unhealthy"),
            of(2, ViewPage::Incidents, "is:resolved"),
            of(3, ViewPage::Incidents, "stat:x"),
            of(4, ViewPage::Incidents, "is:unread"),
            of(5, ViewPage::Rooms, "sev:critical"),
            of(6, ViewPage::Rooms, ""),
        ];
        let asked = questions(&views, |_| vec![]);
        assert_eq!((asked.open.len(), asked.resolved.len(), asked.rooms.len()), (1, 1, 2));
        let count = |count| Some(ViewCount { count, at_least: false });
        let answers =
            Answers { open: vec![count(4)], resolved: vec![Some(ViewCount { count: 2, at_least: true })], rooms: vec![count(1), None] };
        let counts: Vec<Option<u32>> = answered(&views, &answers).iter().map(|saved| saved.count.map(|count| count.count)).collect();
        assert_eq!(counts, [Some(1), Some(2), None, Some(4), None, None]);
    }

    #[test]
    fn a_view_of_rooms_is_shown_on_its_page_alone() {
        let mut rooms = saved(1, "cust:contoso");
        rooms.view.page = ViewPage::Rooms;
        let (all, filter) = (SavedFilters(Rc::new(vec![rooms])), "cust:contoso".parse().unwrap());
        assert!(all.showing(ViewPage::Rooms, &filter, None).is_some() && all.showing(ViewPage::Incidents, &filter, None).is_none());
    }
}
