//! What the incident list is asked to show. Pure.

use std::rc::Rc;

use tenantry_model::api::IncidentTab;
use tenantry_model::api::saved_views::ViewPage;
use tenantry_model::filter::{Age, Filter, FilterError, Flag, Name};
use tenantry_model::incident::{Category, IncidentStatus, IncidentType, Severity};
use tenantry_model::ipc::{CustomerRow, IncidentColumn, IncidentFilter, IncidentQuery, IncidentScope};
use yew::Reducible;

use super::draft::Begun;
use crate::components::facet::toggle;
use crate::domain_view::filter_text::{FilterText, choose_customer};
use crate::domain_view::room_event::IssueStart;

/// The periods of the Resolved tab, in days (W7).
pub(super) const PERIODS_DAYS: [u32; 3] = [7, 30, 90];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgeFilter {
    Day,
    OverDay,
    OverWeek,
    OverMonth,
}

impl AgeFilter {
    pub(super) const ALL: [Self; 4] = [Self::Day, Self::OverDay, Self::OverWeek, Self::OverMonth];

    const fn bounds(self) -> Age {
        let (at_least_h, less_than_h) = match self {
            Self::Day => (None, Some(24)),
            Self::OverDay => (Some(24), None),
            Self::OverWeek => (Some(7 * 24), None),
            Self::OverMonth => (Some(30 * 24), None),
        };
        Age { at_least_h, less_than_h }
    }

    /// The one with these bounds, which may have been typed.
    pub(super) fn of(age: Age) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.bounds() == age)
    }
}

/// Who works on it, of which one holds at a time, and whether it is out of sight.
pub(super) const WORK: [Flag; 4] = [Flag::Mine, Flag::Claimed, Flag::Free, Flag::Snoozed];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Facet {
    Customer,
    Status,
    Severity,
    Category,
    Type,
    Age,
    Unread,
    /// By who works on it, and whether it is out of sight.
    Work,
    /// By room; set by a room's link, or typed.
    Room,
    /// By the names of who works on it; set by the palette, or typed.
    Holder,
}

/// What the list is asked to show, whatever page is up. The filter has one form, the text in the search box: chips and counters write that.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    asked: FilterText,
    pub(super) days: u32,
    pub(super) sort: IncidentColumn,
    pub(super) descending: bool,
    pub(super) by_category: bool,
    pub(super) collapsed: Vec<Category>,
    /// An issue that is to be recorded in a room, until the form for it is open.
    pub(super) record: Option<IssueStart>,
    /// Messages that were begun.
    pub(super) begun: Begun,
}

impl Default for View {
    fn default() -> Self {
        Self {
            asked: FilterText::of(ViewPage::Incidents),
            days: PERIODS_DAYS[0],
            sort: IncidentColumn::Urgency,
            descending: false,
            by_category: false,
            collapsed: vec![],
            record: None,
            begun: Begun::default(),
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum ViewAction {
    /// Asks for the form for an issue in a room, or says that it is open.
    Record(Option<IssueStart>),
    /// Another text in the search box.
    Text(String),
    /// Presses a counter; none is All.
    Counter(Option<IncidentStatus>),
    /// Chooses a customer, or takes it away.
    Customer(CustomerRow),
    Status(IncidentStatus),
    Severity(Severity),
    Category(Category),
    Type(IncidentType),
    /// Chooses an age, or takes it away.
    Age(Option<AgeFilter>),
    Unread(bool),
    /// One of [`WORK`].
    Work(Flag),
    /// One room alone, by its name; of a customer, where the list is over all.
    Room {
        room: String,
        customer: Option<Name>,
    },
    /// Chose another customer: the room of the one before is of no use.
    OtherCustomer,
    /// One customer instead of all: which ones of all is of no use.
    OneCustomer,
    /// Went to a tab: what can only be on the other is of no use.
    Tab(IncidentTab),
    Clear(Facet),
    ClearAll,
    Sort(IncidentColumn),
    Days(u32),
    ByCategory(bool),
    Fold(Category, bool),
}

impl View {
    /// What is understood of the text.
    pub fn filter(&self) -> &Filter {
        &self.asked.filter
    }

    pub fn text(&self) -> &str {
        &self.asked.text
    }

    /// The period of the Resolved tab.
    pub fn days(&self) -> u32 {
        self.days
    }

    /// What is wrong with the text.
    pub fn wrong(&self) -> Option<&FilterError> {
        self.asked.wrong.as_ref()
    }

    pub(super) const fn fits(status: IncidentStatus, tab: IncidentTab) -> bool {
        status.is_active() == matches!(tab, IncidentTab::Active)
    }

    pub(super) fn is_unread(&self) -> bool {
        self.asked.filter.flags.contains(&Flag::Unread)
    }

    pub(crate) fn query(&self, scope: IncidentScope, tab: IncidentTab) -> IncidentQuery {
        let over_all = scope == IncidentScope::All;
        let mut filter = IncidentFilter::from(&self.asked.filter);
        filter.statuses.retain(|status| Self::fits(*status, tab));
        IncidentQuery {
            scope,
            tab,
            resolved_days: self.days,
            filter,
            // A column that this list does not show cannot order it.
            sort: if !over_all && self.sort == IncidentColumn::Customer { IncidentColumn::Urgency } else { self.sort },
            descending: self.descending,
            titles: vec![],
            by_category: self.groups(over_all),
            collapsed: if self.groups(over_all) { self.collapsed.clone() } else { vec![] },
            offset: 0,
            limit: 0,
        }
    }

    /// Whether rows stand under their categories: in the list of one customer only (W7).
    pub(super) fn groups(&self, over_all: bool) -> bool {
        self.by_category && !over_all
    }

    pub(super) fn is_narrowed(&self, scope: IncidentScope, tab: IncidentTab) -> bool {
        self.query(scope, tab).filter != IncidentFilter::default()
    }

    fn press(&mut self, column: IncidentColumn) {
        match (self.sort == column, self.descending) {
            (false, _) => (self.sort, self.descending) = (column, false),
            (true, false) => self.descending = true,
            // The third press gives the list its own order back.
            (true, true) => (self.sort, self.descending) = (IncidentColumn::Urgency, false),
        }
    }
}

fn clear(filter: &mut Filter, facet: Facet) {
    match facet {
        Facet::Customer => filter.customers.clear(),
        Facet::Status => filter.statuses.clear(),
        Facet::Severity => filter.severities.clear(),
        Facet::Category => filter.categories.clear(),
        Facet::Type => filter.types.clear(),
        Facet::Age => filter.age = Age::default(),
        Facet::Unread => filter.flags.retain(|flag| *flag != Flag::Unread),
        Facet::Work => filter.flags.retain(|flag| !WORK.contains(flag)),
        Facet::Room => filter.rooms.clear(),
        Facet::Holder => filter.holders.clear(),
    }
}

impl Reducible for View {
    type Action = ViewAction;

    fn reduce(self: Rc<Self>, action: ViewAction) -> Rc<Self> {
        let mut view = (*self).clone();
        match action {
            ViewAction::Record(start) => view.record = start,
            ViewAction::Text(text) => view.asked.read(text),
            ViewAction::Counter(status) => view.asked.narrow(|filter| filter.statuses = status.into_iter().collect()),
            ViewAction::Customer(row) => view.asked.narrow(|filter| choose_customer(&mut filter.customers, &row)),
            ViewAction::Status(status) => view.asked.narrow(|filter| toggle(&mut filter.statuses, status)),
            ViewAction::Severity(severity) => view.asked.narrow(|filter| toggle(&mut filter.severities, severity)),
            ViewAction::Category(category) => view.asked.narrow(|filter| toggle(&mut filter.categories, category)),
            ViewAction::Type(kind) => view.asked.narrow(|filter| toggle(&mut filter.types, kind)),
            ViewAction::Age(age) => view.asked.narrow(|filter| filter.age = age.map(AgeFilter::bounds).unwrap_or_default()),
            ViewAction::Unread(unread) => {
                if unread != view.is_unread() {
                    view.asked.narrow(|filter| toggle(&mut filter.flags, Flag::Unread));
                }
            }
            ViewAction::Work(flag) => view.asked.narrow(|filter| {
                let on = !filter.flags.contains(&flag);
                filter.flags.retain(|other| *other != flag && (flag == Flag::Snoozed || *other == Flag::Snoozed || !WORK.contains(other)));
                if on {
                    toggle(&mut filter.flags, flag);
                }
                if flag.says_who_works() {
                    filter.holders.clear();
                }
            }),
            ViewAction::Room { room, customer } => {
                view.asked.narrow(|filter| {
                    let customers = customer.into_iter().collect();
                    *filter = Filter { rooms: vec![Name::Whole(room)], customers, ..Filter::default() };
                });
                (view.by_category, view.collapsed, view.record) = (false, vec![], None);
            }
            ViewAction::OtherCustomer => view.asked.narrow(|filter| filter.rooms.retain(|room| matches!(room, Name::Words(_)))),
            ViewAction::OneCustomer => view.asked.narrow(|filter| filter.customers.clear()),
            ViewAction::Tab(tab) => view.asked.narrow(|filter| filter.keep_to(tab)),
            ViewAction::Clear(facet) => view.asked.narrow(|filter| clear(filter, facet)),
            ViewAction::ClearAll => {
                view.record = None;
                view.asked.read(String::new());
            }
            ViewAction::Sort(column) => view.press(column),
            ViewAction::Days(days) => view.days = days,
            ViewAction::ByCategory(by_category) => view.by_category = by_category,
            ViewAction::Fold(category, fold) => {
                view.collapsed.retain(|held| *held != category);
                if fold {
                    view.collapsed.push(category);
                }
            }
        }
        Rc::new(view)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(actions: impl IntoIterator<Item = ViewAction>) -> View {
        (*actions.into_iter().fold(Rc::new(View::default()), Reducible::reduce)).clone()
    }

    fn row(name: &str) -> CustomerRow {
        serde_json::from_value(serde_json::json!({
            "id": "018f4e2a-7c1b-7d3e-9a4f-2b6c8d0e1f23", "displayName": name, "open": 0, "worst": null, "permissions": [],
            "freshness": { "state": "current" }
        }))
        .unwrap()
    }

    fn one() -> IncidentScope {
        IncidentScope::Customer { id: "018f4e2a-7c1b-7d3e-9a4f-2b6c8d0e1f23".parse().unwrap() }
    }

    #[test]
    fn r80_the_list_starts_with_what_needs_action() {
        let query = View::default().query(IncidentScope::All, IncidentTab::Active);
        assert_eq!((query.sort, query.descending), (IncidentColumn::Urgency, false));
        assert!(!View::default().is_narrowed(IncidentScope::All, IncidentTab::Active));
    }

    #[test]
    fn w7_a_counter_is_a_filter_of_its_own_tab_alone() {
        let view = after([ViewAction::Counter(Some(IncidentStatus::NeedsAction))]);
        assert_eq!(view.query(one(), IncidentTab::Active).filter.statuses, [IncidentStatus::NeedsAction]);
        assert!(view.query(one(), IncidentTab::Resolved).filter.statuses.is_empty());
        let none = after([ViewAction::Counter(Some(IncidentStatus::NeedsAction)), ViewAction::Counter(None)]);
        assert!(none.asked.filter.statuses.is_empty());
        let gone = after([ViewAction::Counter(Some(IncidentStatus::NeedsAction)), ViewAction::Tab(IncidentTab::Resolved)]);
        assert_eq!(gone.asked.text, "", "what stands in the search box is what the list shows");
    }

    #[test]
    fn a_heading_turns_the_order_round_and_then_gives_it_back() {
        let press = || ViewAction::Sort(IncidentColumn::Ticket);
        let order = |presses: usize| {
            let view = after((0..presses).map(|_| press()));
            (view.sort, view.descending)
        };
        assert_eq!(order(1), (IncidentColumn::Ticket, false));
        assert_eq!(order(2), (IncidentColumn::Ticket, true));
        assert_eq!(order(3), (IncidentColumn::Urgency, false));
    }

    #[test]
    fn a16_values_of_one_filter_are_alternatives_and_can_be_taken_away() {
        let view = after([
            ViewAction::Severity(Severity::Critical),
            ViewAction::Severity(Severity::Warning),
            ViewAction::Severity(Severity::Critical),
        ]);
        assert_eq!(view.asked.filter.severities, [Severity::Warning]);
        let view = after([ViewAction::Text(" hall ".into()), ViewAction::Age(Some(AgeFilter::OverWeek)), ViewAction::Unread(true)]);
        let filter = view.query(one(), IncidentTab::Active).filter;
        assert_eq!((filter.older_than_h, filter.younger_than_h, filter.unread, filter.text.as_str()), (Some(168), None, true, "hall"));
        assert!(!(*Rc::new(view).reduce(ViewAction::ClearAll)).is_narrowed(one(), IncidentTab::Active));
    }

    #[test]
    fn r63_what_only_the_list_over_all_has_does_not_touch_the_list_of_one() {
        let view =
            after([ViewAction::Customer(row("Contoso Ltd")), ViewAction::Sort(IncidentColumn::Customer), ViewAction::ByCategory(true)]);
        let all = view.query(IncidentScope::All, IncidentTab::Active);
        assert_eq!((all.filter.customer_names.len(), all.sort, all.by_category), (1, IncidentColumn::Customer, false));
        let single = Rc::new(view).reduce(ViewAction::OneCustomer);
        assert_eq!(single.asked.text, "", "nothing that is asked stands there unheard");
        let single = single.query(one(), IncidentTab::Active);
        assert_eq!((single.filter.customer_names.len(), single.sort, single.by_category), (0, IncidentColumn::Urgency, true));
    }

    #[test]
    fn a16_chips_write_the_text_and_the_text_presses_the_chips() {
        let view = after([
            ViewAction::Text("printer is:unread".into()),
            ViewAction::Severity(Severity::Important),
            ViewAction::Customer(row("Contoso, Ltd")),
            ViewAction::Age(Some(AgeFilter::OverWeek)),
        ]);
        assert_eq!(view.asked.text, "sev:important cust:=\"Contoso, Ltd\" age>7d is:unread printer");
        let typed = after([ViewAction::Text(view.asked.text.clone())]);
        assert_eq!((&typed.asked.filter, AgeFilter::of(typed.asked.filter.age)), (&view.asked.filter, Some(AgeFilter::OverWeek)));
        let without =
            after([ViewAction::Text("sev:important is:unread".into()), ViewAction::Unread(false), ViewAction::Clear(Facet::Severity)]);
        assert_eq!(without.asked.text, "");
    }

    #[test]
    fn a_text_that_is_not_understood_says_so_and_the_list_keeps_to_the_rest() {
        let view = after([ViewAction::Text("sev:important".into()), ViewAction::Text("sev:important cust:contoso stat:x".into())]);
        assert_eq!(view.asked.wrong.as_ref().map(|wrong| wrong.at), Some(27));
        assert_eq!((view.asked.filter.severities.as_slice(), view.asked.filter.customers.len()), (&[Severity::Important][..], 1));
        assert_eq!(view.asked.text, "sev:important cust:contoso stat:x", "what was typed stays");
        let chip = Rc::new(view).reduce(ViewAction::Unread(true));
        assert_eq!((chip.asked.text.as_str(), &chip.asked.wrong), ("sev:important cust:contoso is:unread", &None));
    }

    #[test]
    fn a_text_that_is_not_understood_stays_until_the_filter_becomes_another_one_or_all_is_cleared() {
        let typed = || ViewAction::Text("sev:important stat:x".into());
        for action in [
            ViewAction::OtherCustomer,
            ViewAction::OneCustomer,
            ViewAction::Tab(IncidentTab::Active),
            ViewAction::Unread(false),
            ViewAction::Clear(Facet::Room),
        ] {
            let view = after([typed(), action.clone()]);
            assert_eq!((view.asked.text.as_str(), view.asked.wrong.is_some()), ("sev:important stat:x", true), "{action:?}");
        }
        let cleared = after([ViewAction::Text("stat:x".into()), ViewAction::ClearAll]);
        assert_eq!((cleared.asked.text.as_str(), &cleared.asked.wrong), ("", &None));
    }

    #[test]
    fn a_chip_writes_nothing_that_is_refused_and_says_why() {
        let long = "x".repeat(tenantry_model::filter::LONGEST_FILTER - 5);
        let view = after([ViewAction::Text(long.clone()), ViewAction::Severity(Severity::Important)]);
        assert_eq!((&view.asked.text, view.asked.filter.severities.len()), (&long, 0));
        assert_eq!(view.asked.wrong.as_ref().map(|wrong| &wrong.problem), Some(&tenantry_model::filter::FilterProblem::TooLong));
        let view = after([ViewAction::Text("is:mine".into()), ViewAction::Work(Flag::Free), ViewAction::Work(Flag::Snoozed)]);
        assert_eq!((view.asked.text.as_str(), &view.asked.wrong), ("is:snoozed,free", &None));
    }

    #[test]
    fn a32_a_chip_that_says_who_works_takes_the_place_of_names_and_names_are_taken_away_by_theirs() {
        let typed = || ViewAction::Text("is:unread by:anna,me".into());
        let text = |action| after([typed(), action]).asked.text;
        assert_eq!(text(ViewAction::Work(Flag::Free)), "is:unread,free");
        assert_eq!(text(ViewAction::Work(Flag::Snoozed)), "is:unread,snoozed by:me,anna");
        assert_eq!(text(ViewAction::Clear(Facet::Holder)), "is:unread");
        assert_eq!(text(ViewAction::Clear(Facet::Work)), "is:unread by:anna,me", "what is not there is not taken away");
        assert_eq!(text(ViewAction::Tab(IncidentTab::Resolved)), "is:unread", "nobody works on what is resolved");
        let query = after([typed()]).query(IncidentScope::All, IncidentTab::Active);
        assert!(query.filter.claim.is_some() && after([typed()]).is_narrowed(IncidentScope::All, IncidentTab::Active));
    }

    #[test]
    fn another_customer_takes_the_room_of_the_one_before_away_and_leaves_words_for_a_room() {
        let view = after([ViewAction::Room { room: "Board 4".into(), customer: Some(Name::Whole("Contoso".into())) }]);
        assert_eq!(view.asked.text, "cust:=Contoso room:=\"Board 4\"");
        let one = Name::of_customer("018f4e2a-7c1b-7d3e-9a4f-2b6c8d0e1f23".parse().unwrap(), "Contoso", true);
        let view = after([ViewAction::Room { room: "Board 4".into(), customer: Some(one) }]);
        assert_eq!(view.asked.text, "cust:=\"Contoso\"#2b6c8d0e1f23 room:=\"Board 4\"", "of two of one name");
        assert_eq!(after([ViewAction::Text("room:=x is:unread".into()), ViewAction::OtherCustomer]).asked.text, "is:unread");
        assert_eq!(after([ViewAction::Text(" room:board".into()), ViewAction::OtherCustomer]).asked.text, " room:board");
    }
}
