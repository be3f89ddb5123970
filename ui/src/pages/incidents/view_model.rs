//! What the incident list is asked to show. Pure.

use std::rc::Rc;

use tenantry_model::api::IncidentTab;
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::incident::{Category, IncidentStatus, IncidentType, Severity};
use tenantry_model::ipc::{IncidentColumn, IncidentFilter, IncidentQuery, IncidentScope, RoomKey};
use yew::Reducible;

use super::draft::Begun;
use crate::components::facet::toggle;

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

    /// The bounds in hours: at least, less than.
    const fn bounds_h(self) -> (Option<u32>, Option<u32>) {
        match self {
            Self::Day => (None, Some(24)),
            Self::OverDay => (Some(24), None),
            Self::OverWeek => (Some(7 * 24), None),
            Self::OverMonth => (Some(30 * 24), None),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Facet {
    /// By customer; over all customers only.
    Customer,
    Status,
    Severity,
    Category,
    Type,
    Age,
    Unread,
    /// By room; set by a room's link.
    Room,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named<Id> {
    pub id: Id,
    pub name: String,
}

/// What the list is asked to show, whatever page is up.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    pub(super) text: String,
    pub(super) customers: Vec<Named<TenantId>>,
    pub(super) statuses: Vec<IncidentStatus>,
    pub(super) severities: Vec<Severity>,
    pub(super) categories: Vec<Category>,
    pub(super) types: Vec<IncidentType>,
    pub(super) room: Option<Named<RoomId>>,
    pub(super) unread: bool,
    pub(super) age: Option<AgeFilter>,
    pub(super) days: u32,
    pub(super) sort: IncidentColumn,
    pub(super) descending: bool,
    pub(super) by_category: bool,
    pub(super) collapsed: Vec<Category>,
    /// A room in which an issue is to be recorded, with its customer's name, until the form for it is open.
    pub(super) record: Option<(RoomKey, String)>,
    /// Messages that were begun.
    pub(super) begun: Begun,
}

impl Default for View {
    fn default() -> Self {
        Self {
            text: String::new(),
            customers: vec![],
            statuses: vec![],
            severities: vec![],
            categories: vec![],
            types: vec![],
            room: None,
            unread: false,
            age: None,
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
    Record(Option<(RoomKey, String)>),
    Text(String),
    /// Presses a counter; none is All.
    Counter(Option<IncidentStatus>),
    Customer(Named<TenantId>),
    Status(IncidentStatus),
    Severity(Severity),
    Category(Category),
    Type(IncidentType),
    /// Chooses an age, or takes it away.
    Age(Option<AgeFilter>),
    Unread(bool),
    Room(Named<RoomId>),
    /// Chose another customer: the room of the one before is of no use.
    OtherCustomer,
    Clear(Facet),
    ClearAll,
    Sort(IncidentColumn),
    Days(u32),
    ByCategory(bool),
    Fold(Category, bool),
}

impl View {
    pub fn text(&self) -> &str {
        &self.text
    }

    pub(super) const fn fits(status: IncidentStatus, tab: IncidentTab) -> bool {
        status.is_active() == matches!(tab, IncidentTab::Active)
    }

    pub(crate) fn query(&self, scope: IncidentScope, tab: IncidentTab) -> IncidentQuery {
        let over_all = scope == IncidentScope::All;
        let (older_than_h, younger_than_h) = self.age.map_or((None, None), AgeFilter::bounds_h);
        let filter = IncidentFilter {
            customers: if over_all { self.customers.iter().map(|customer| customer.id).collect() } else { vec![] },
            statuses: self.statuses.iter().copied().filter(|status| Self::fits(*status, tab)).collect(),
            severities: self.severities.clone(),
            categories: self.categories.clone(),
            types: self.types.clone(),
            room: self.room.as_ref().map(|room| room.id),
            unread: self.unread,
            older_than_h,
            younger_than_h,
            text: self.text.trim().to_owned(),
            type_words: vec![],
        };
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

    fn clear(&mut self, facet: Facet) {
        match facet {
            Facet::Customer => self.customers.clear(),
            Facet::Status => self.statuses.clear(),
            Facet::Severity => self.severities.clear(),
            Facet::Category => self.categories.clear(),
            Facet::Type => self.types.clear(),
            Facet::Age => self.age = None,
            Facet::Unread => self.unread = false,
            Facet::Room => self.room = None,
        }
    }
}

impl Reducible for View {
    type Action = ViewAction;

    fn reduce(self: Rc<Self>, action: ViewAction) -> Rc<Self> {
        let mut view = (*self).clone();
        match action {
            ViewAction::Record(room) => view.record = room,
            ViewAction::Text(text) => view.text = text,
            ViewAction::Counter(status) => view.statuses = status.into_iter().collect(),
            ViewAction::Customer(customer) => toggle(&mut view.customers, customer),
            ViewAction::Status(status) => toggle(&mut view.statuses, status),
            ViewAction::Severity(severity) => toggle(&mut view.severities, severity),
            ViewAction::Category(category) => toggle(&mut view.categories, category),
            ViewAction::Type(kind) => toggle(&mut view.types, kind),
            ViewAction::Age(age) => view.age = age,
            ViewAction::Unread(unread) => view.unread = unread,
            ViewAction::Room(room) => {
                view = Self {
                    room: Some(room),
                    sort: view.sort,
                    descending: view.descending,
                    days: view.days,
                    begun: view.begun,
                    ..Self::default()
                }
            }
            ViewAction::OtherCustomer => view.room = None,
            ViewAction::Clear(facet) => view.clear(facet),
            ViewAction::ClearAll => {
                view = Self {
                    days: view.days,
                    sort: view.sort,
                    descending: view.descending,
                    by_category: view.by_category,
                    collapsed: view.collapsed,
                    begun: view.begun,
                    ..Self::default()
                };
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
        assert!(after([ViewAction::Counter(Some(IncidentStatus::NeedsAction)), ViewAction::Counter(None)]).statuses.is_empty());
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
        assert_eq!(view.severities, [Severity::Warning]);
        let view = after([ViewAction::Age(Some(AgeFilter::OverWeek)), ViewAction::Unread(true), ViewAction::Text(" hall ".into())]);
        let filter = view.query(one(), IncidentTab::Active).filter;
        assert_eq!((filter.older_than_h, filter.younger_than_h, filter.unread, filter.text.as_str()), (Some(168), None, true, "hall"));
        assert!(!(*Rc::new(view).reduce(ViewAction::ClearAll)).is_narrowed(one(), IncidentTab::Active));
    }

    #[test]
    fn r63_what_only_the_list_over_all_has_does_not_touch_the_list_of_one() {
        let id = "018f4e2a-7c1b-7d3e-9a4f-2b6c8d0e1f23".parse().unwrap();
        let view = after([
            ViewAction::Customer(Named { id, name: "Contoso".into() }),
            ViewAction::Sort(IncidentColumn::Customer),
            ViewAction::ByCategory(true),
        ]);
        let (all, single) = (view.query(IncidentScope::All, IncidentTab::Active), view.query(one(), IncidentTab::Active));
        assert_eq!((all.filter.customers.len(), all.sort, all.by_category), (1, IncidentColumn::Customer, false));
        assert_eq!((single.filter.customers.len(), single.sort, single.by_category), (0, IncidentColumn::Urgency, true));
    }
}
