//! What the room list is asked to show. Pure.

use std::rc::Rc;
use std::time::Duration;

use tenantry_model::api::saved_views::ViewPage;
use tenantry_model::filter::{Age, Filter, FilterError, Name};
use tenantry_model::ipc::{CustomerRow, IncidentScope, RoomColumn, RoomFilter, RoomQuery};
use tenantry_model::permission::Permission;
use tenantry_model::room::{Enrolment, Health, Room, RoomCounters};
use tenantry_model::time::Timestamp;
use yew::Reducible;

use super::list::Head;
use crate::components::facet::toggle;
use crate::domain_view::filter_text::{FilterText, choose_customer};

/// When a room was last heard of, as a filter has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeenFilter {
    WithinDay,
    NotForDay,
    NotForWeek,
    NotForMonth,
}

impl SeenFilter {
    pub(super) const ALL: [Self; 4] = [Self::WithinDay, Self::NotForDay, Self::NotForWeek, Self::NotForMonth];

    const fn bounds(self) -> Age {
        let (at_least_h, less_than_h) = match self {
            Self::WithinDay => (None, Some(24)),
            Self::NotForDay => (Some(24), None),
            Self::NotForWeek => (Some(7 * 24), None),
            Self::NotForMonth => (Some(30 * 24), None),
        };
        Age { at_least_h, less_than_h }
    }

    /// The one with these bounds, which may have been typed.
    pub(super) fn of(seen: Age) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.bounds() == seen)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Facet {
    Customer,
    Health,
    Warnings,
    Group,
    Ring,
    LastSeen,
    Enrolment,
}

/// What of a room's surroundings the reader is told: columns, filters and facts of the rest would be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) groups: bool,
    pub(super) rings: bool,
}

impl Told {
    /// At one customer: what their permissions there say.
    pub(super) fn at(customer: Option<&CustomerRow>) -> Self {
        let holds = |permission| customer.is_none_or(|row| row.permissions.contains(permission));
        Self { groups: holds(Permission::GroupsView), rings: holds(Permission::RingsView) }
    }

    /// Over all customers: what any of them tells.
    pub(super) fn of(head: Option<&Head>) -> Self {
        Self { groups: head.is_none_or(|head| !head.groups.is_empty()), rings: head.is_none_or(|head| !head.rings.is_empty()) }
    }
}

/// What the list is asked to show, whatever page is up.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    asked: FilterText,
    pub(super) sort: RoomColumn,
    pub(super) descending: bool,
}

impl Default for View {
    fn default() -> Self {
        Self { asked: FilterText::of(ViewPage::Rooms), sort: RoomColumn::Name, descending: false }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum ViewAction {
    /// Another text in the search box.
    Text(String),
    /// Presses a counter: rooms of these buckets; none is all rooms.
    Counter(Vec<Health>),
    /// Chooses a customer, or takes it away.
    Customer(CustomerRow),
    Health(Health),
    Warnings(bool),
    Group(String),
    Ring(String),
    /// Chooses when rooms were last heard of, or takes that away.
    Seen(Option<SeenFilter>),
    Enrolment(Enrolment),
    /// One customer instead of all: which ones of all is of no use.
    OneCustomer,
    Clear(Facet),
    ClearAll,
    Sort(RoomColumn),
}

/// The counters in their order; none is the sum of managed rooms.
pub(super) const COUNTERS: [Option<Health>; 6] =
    [None, Some(Health::Healthy), Some(Health::Unhealthy), Some(Health::Disconnected), Some(Health::Suppressed), Some(Health::Onboarding)];

/// The buckets that a counter stands for. Rooms that are not enrolled yet are not managed (A15), and the list has them, too.
pub(super) fn buckets(counter: Option<Health>) -> Vec<Health> {
    match counter {
        Some(health) => vec![health],
        None => COUNTERS.into_iter().flatten().filter(|health| *health != Health::Onboarding).collect(),
    }
}

/// Whether the list shows just what a counter counts.
pub(super) fn is_pressed(filter: &Filter, counter: Option<Health>) -> bool {
    let buckets = buckets(counter);
    filter.healths.len() == buckets.len() && buckets.iter().all(|health| filter.healths.contains(health))
}

/// What a counter counts (R72).
pub(super) fn counted(counters: &RoomCounters, health: Option<Health>) -> u32 {
    match health {
        None => counters.managed,
        Some(Health::Healthy) => counters.healthy,
        Some(Health::Unhealthy) => counters.unhealthy,
        Some(Health::Disconnected) => counters.disconnected,
        Some(Health::Suppressed) => counters.suppressed,
        Some(Health::Onboarding) => counters.onboarding,
    }
}

impl View {
    /// What is understood of the text.
    pub fn filter(&self) -> &Filter {
        &self.asked.filter
    }

    pub fn text(&self) -> &str {
        &self.asked.text
    }

    /// What is wrong with the text.
    pub fn wrong(&self) -> Option<&FilterError> {
        self.asked.wrong.as_ref()
    }

    pub(super) fn query(&self, scope: IncidentScope) -> RoomQuery {
        let over_all = scope == IncidentScope::All;
        RoomQuery {
            scope,
            filter: RoomFilter::from(&self.asked.filter),
            // A column that this list does not show cannot order it.
            sort: if !over_all && self.sort == RoomColumn::Customer { RoomColumn::Name } else { self.sort },
            descending: self.descending,
            offset: 0,
            limit: 0,
        }
    }

    pub(super) fn is_narrowed(&self, scope: IncidentScope) -> bool {
        self.query(scope).filter != RoomFilter::default()
    }
}

fn clear(filter: &mut Filter, facet: Facet) {
    match facet {
        Facet::Customer => filter.customers.clear(),
        Facet::Health => filter.healths.clear(),
        Facet::Warnings => filter.warnings = false,
        Facet::Group => filter.groups.clear(),
        Facet::Ring => filter.rings.clear(),
        Facet::LastSeen => filter.seen = Age::default(),
        Facet::Enrolment => filter.enrolments.clear(),
    }
}

impl Reducible for View {
    type Action = ViewAction;

    fn reduce(self: Rc<Self>, action: ViewAction) -> Rc<Self> {
        let mut view = (*self).clone();
        match action {
            ViewAction::Text(text) => view.asked.read(text),
            ViewAction::Counter(healths) => view.asked.narrow(|filter| filter.healths = healths),
            ViewAction::Customer(row) => view.asked.narrow(|filter| choose_customer(&mut filter.customers, &row)),
            ViewAction::Health(health) => view.asked.narrow(|filter| toggle(&mut filter.healths, health)),
            ViewAction::Warnings(warnings) => view.asked.narrow(|filter| filter.warnings = warnings),
            ViewAction::Group(name) => view.asked.narrow(|filter| toggle(&mut filter.groups, Name::Whole(name))),
            ViewAction::Ring(name) => view.asked.narrow(|filter| toggle(&mut filter.rings, Name::Whole(name))),
            ViewAction::Seen(seen) => view.asked.narrow(|filter| filter.seen = seen.map(SeenFilter::bounds).unwrap_or_default()),
            ViewAction::Enrolment(enrolment) => view.asked.narrow(|filter| toggle(&mut filter.enrolments, enrolment)),
            ViewAction::OneCustomer => view.asked.narrow(|filter| filter.customers.clear()),
            ViewAction::Clear(facet) => view.asked.narrow(|filter| clear(filter, facet)),
            ViewAction::ClearAll => view.asked.read(String::new()),
            ViewAction::Sort(column) => match (view.sort == column, view.descending) {
                (false, _) => (view.sort, view.descending) = (column, false),
                (true, descending) => view.descending = !descending,
            },
        }
        Rc::new(view)
    }
}

/// When a room was last heard of, as exactly as that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    At(Timestamp),
    WithinTheHour,
    Never,
}

const HOUR: Duration = Duration::from_secs(60 * 60);

/// That of a connected room is kept to the hour, and a room that says nothing for an hour is no longer connected: so such a room was heard of within
/// the last hour, whatever minute is written. What is not told is whether one is connected that is suppressed or has not been enrolled.
pub(super) fn seen(room: &Room, now: Timestamp) -> Seen {
    let Some(at) = room.last_seen else { return Seen::Never };
    let vague = match room.health {
        Health::Disconnected => Duration::ZERO,
        Health::Suppressed | Health::Onboarding => HOUR,
        // A copy of the last hour at most; an older one, as off line, says how old it is.
        Health::Healthy | Health::Unhealthy => 2 * HOUR,
    };
    if now.since(at) < vague { Seen::WithinTheHour } else { Seen::At(at) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r72_the_counters_of_managed_rooms_sum_to_the_first() {
        let mut counters = RoomCounters::default();
        Health::ALL.iter().chain([&Health::Healthy]).for_each(|health| counters.count(*health));
        let managed: u32 = COUNTERS[1..5].iter().map(|health| counted(&counters, *health)).sum();
        assert_eq!((counted(&counters, None), managed, counted(&counters, Some(Health::Onboarding))), (5, 5, 1));
    }

    #[test]
    fn r72_the_sum_of_managed_rooms_is_pressed_where_the_list_shows_those_alone() {
        let pressed = |view: &View| COUNTERS.into_iter().filter(|counter| is_pressed(view.filter(), *counter)).collect::<Vec<_>>();
        assert_eq!(pressed(&View::default()), [], "the list has rooms that are not enrolled yet, too");
        let managed = after([ViewAction::Counter(buckets(None))]);
        assert_eq!(pressed(&managed), [None]);
        assert_eq!(pressed(&after([ViewAction::Text(managed.text().to_owned())])), [None], "in whatever order it is written");
        assert!(!managed.filter().healths.contains(&Health::Onboarding));
        assert_eq!(pressed(&after([ViewAction::Counter(buckets(Some(Health::Healthy)))])), [Some(Health::Healthy)]);
    }

    #[test]
    fn fault_9_13_what_is_kept_to_the_hour_is_not_told_to_the_minute() {
        let now: Timestamp = "2026-07-01T10:30:00Z".parse().unwrap();
        let room = |health: &str, seen: Option<u64>| -> Room {
            let id = "018f4e2a-7c1b-7d3e-9a4f-2b6c8d0e1f23";
            let last_seen = seen.map(|minutes| now.minus(Duration::from_secs(60 * minutes)));
            serde_json::from_value(serde_json::json!({
                "id": id, "customerId": id, "displayName": "Isar", "capacity": null, "hostName": "h", "account": "a", "enrolment": "enrolled",
                "health": health, "hasWarnings": false, "occupied": null, "timezone": "Europe/Berlin", "licence": "Pro", "peripherals": [],
                "groups": [], "ring": null, "lastSeen": last_seen, "version": 1
            }))
            .unwrap()
        };
        let at = |minutes: u64| Seen::At(now.minus(Duration::from_secs(60 * minutes)));
        for (health, minutes, expected) in [
            ("healthy", 0, Seen::WithinTheHour),
            ("healthy", 43, Seen::WithinTheHour),
            ("unhealthy", 110, Seen::WithinTheHour),
            ("healthy", 180, at(180)),
            ("disconnected", 43, at(43)),
            ("suppressed", 43, Seen::WithinTheHour),
            ("suppressed", 70, at(70)),
            ("onboarding", 59, Seen::WithinTheHour),
        ] {
            assert_eq!(seen(&room(health, Some(minutes)), now), expected, "{health}, {minutes} minutes");
        }
        assert_eq!(seen(&room("healthy", None), now), Seen::Never);
    }

    #[test]
    fn a_heading_turns_its_order_round() {
        let press = |view: Rc<View>| view.reduce(ViewAction::Sort(RoomColumn::Health));
        let once = press(Rc::new(View::default()));
        assert_eq!((once.sort, once.descending), (RoomColumn::Health, false));
        let twice = press(once);
        assert!(twice.descending && !press(twice).descending);
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

    fn after(actions: impl IntoIterator<Item = ViewAction>) -> View {
        (*actions.into_iter().fold(Rc::new(View::default()), Reducible::reduce)).clone()
    }

    #[test]
    fn a16_the_question_carries_every_filter_and_clearing_takes_all_away() {
        let view = after([
            ViewAction::Text(" isar ".into()),
            ViewAction::Counter(vec![Health::Unhealthy]),
            ViewAction::Warnings(true),
            ViewAction::Group("Floor 1".into()),
            ViewAction::Ring("General".into()),
            ViewAction::Seen(Some(SeenFilter::NotForWeek)),
            ViewAction::Enrolment(Enrolment::Onboarding),
        ]);
        let filter = RoomFilter {
            customer_names: vec![],
            healths: vec![Health::Unhealthy],
            warnings: true,
            groups: vec![Name::Whole("Floor 1".into())],
            rings: vec![Name::Whole("General".into())],
            enrolments: vec![Enrolment::Onboarding],
            seen_within_h: None,
            silent_for_h: Some(168),
            text: "isar".into(),
        };
        assert_eq!(view.query(one()).filter, filter);
        for facet in [Facet::Health, Facet::Warnings, Facet::Group, Facet::Ring, Facet::LastSeen, Facet::Enrolment] {
            let less = (*Rc::new(view.clone()).reduce(ViewAction::Clear(facet))).clone();
            assert_ne!(less.query(one()).filter, filter, "{facet:?}");
        }
        assert!(view.is_narrowed(one()) && !Rc::new(view).reduce(ViewAction::ClearAll).is_narrowed(one()));
    }

    #[test]
    fn a16_what_only_the_list_over_all_has_does_not_touch_the_list_of_one() {
        let view = after([ViewAction::Customer(row("Contoso")), ViewAction::Sort(RoomColumn::Customer)]);
        let all = view.query(IncidentScope::All);
        assert_eq!((all.filter.customer_names.len(), all.sort), (1, RoomColumn::Customer));
        let single = Rc::new(view).reduce(ViewAction::OneCustomer);
        assert_eq!(single.text(), "", "nothing that is asked stands there unheard");
        assert_eq!(single.query(one()).sort, RoomColumn::Name);
    }

    #[test]
    fn a16_chips_write_the_words_and_the_words_press_the_chips() {
        let view = after([
            ViewAction::Text("isar".into()),
            ViewAction::Counter(vec![Health::Unhealthy]),
            ViewAction::Warnings(true),
            ViewAction::Customer(row("Contoso, Ltd")),
            ViewAction::Group("Floor 1".into()),
            ViewAction::Seen(Some(SeenFilter::NotForWeek)),
        ]);
        assert_eq!(view.text(), "health:unhealthy warn:yes group:=\"Floor 1\" cust:=\"Contoso, Ltd\" seen>7d isar");
        let typed = after([ViewAction::Text(view.text().to_owned())]);
        assert_eq!((typed.filter(), SeenFilter::of(typed.filter().seen)), (view.filter(), Some(SeenFilter::NotForWeek)));
        let without =
            after([ViewAction::Text("health:unhealthy warn:yes".into()), ViewAction::Warnings(false), ViewAction::Counter(vec![])]);
        assert_eq!(without.text(), "");
    }

    #[test]
    fn a_word_that_this_page_does_not_have_is_said_and_the_list_keeps_to_the_rest() {
        let view = after([ViewAction::Text("health:unhealthy sev:critical".into())]);
        assert_eq!((view.wrong().map(|wrong| wrong.at), view.filter().healths.as_slice()), (Some(17), &[Health::Unhealthy][..]));
    }

    #[test]
    fn groups_and_rings_show_where_somebody_is_told_of_them() {
        let id = "018f4e2a-7c1b-7d3e-9a4f-2b6c8d0e1f23";
        let row: CustomerRow = serde_json::from_value(serde_json::json!({
            "id": id, "displayName": "Contoso", "open": 0, "worst": null, "permissions": ["rooms.view", "groups.view"],
            "freshness": { "state": "current" }
        }))
        .unwrap();
        assert_eq!(Told::at(Some(&row)), Told { groups: true, rings: false });
        let head = |groups: &[&str], rings: &[&str]| Head {
            counters: RoomCounters::default(),
            groups: groups.iter().map(|name| (*name).to_owned()).collect(),
            rings: rings.iter().map(|name| (*name).to_owned()).collect(),
            unreliable: vec![],
            unreliable_total: 0,
        };
        assert_eq!(Told::of(Some(&head(&[], &["General"]))), Told { groups: false, rings: true });
        assert_eq!(Told::of(None), Told { groups: true, rings: true }, "not known yet: nothing comes and goes");
    }
}
