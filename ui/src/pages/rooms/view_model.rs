//! What the room list is asked to show. Pure.

use std::rc::Rc;
use std::time::Duration;

use tenantry_model::id::TenantId;
use tenantry_model::ipc::{RoomColumn, RoomQuery};
use tenantry_model::room::{Health, Room, RoomCounters};
use tenantry_model::time::Timestamp;
use yew::{AttrValue, Reducible};

#[derive(Debug, Clone, PartialEq)]
pub struct View {
    pub text: AttrValue,
    pub(super) health: Option<Health>,
    pub(super) sort: RoomColumn,
    pub(super) descending: bool,
}

impl Default for View {
    fn default() -> Self {
        Self { text: AttrValue::Static(""), health: None, sort: RoomColumn::Name, descending: false }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum ViewAction {
    Text(String),
    /// Presses a counter; none is all rooms.
    Health(Option<Health>),
    Sort(RoomColumn),
    ClearAll,
}

/// The counters in their order; none is the sum of managed rooms.
pub(super) const COUNTERS: [Option<Health>; 6] =
    [None, Some(Health::Healthy), Some(Health::Unhealthy), Some(Health::Disconnected), Some(Health::Suppressed), Some(Health::Onboarding)];

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
    pub(super) fn query(&self, customer_id: TenantId) -> RoomQuery {
        RoomQuery {
            customer_id,
            health: self.health,
            text: self.text.trim().to_owned(),
            sort: self.sort,
            descending: self.descending,
            offset: 0,
            limit: 0,
        }
    }

    pub(super) fn is_narrowed(&self) -> bool {
        self.health.is_some() || !self.text.trim().is_empty()
    }
}

impl Reducible for View {
    type Action = ViewAction;

    fn reduce(self: Rc<Self>, action: ViewAction) -> Rc<Self> {
        let mut view = (*self).clone();
        match action {
            ViewAction::Text(text) => view.text = text.into(),
            ViewAction::Health(health) => view.health = health,
            ViewAction::Sort(column) => match (view.sort == column, view.descending) {
                (false, _) => (view.sort, view.descending) = (column, false),
                (true, descending) => view.descending = !descending,
            },
            ViewAction::ClearAll => (view.text, view.health) = (AttrValue::Static(""), None),
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

    #[test]
    fn the_question_carries_health_and_text() {
        let view = Rc::new(View::default()).reduce(ViewAction::Text(" isar ".into())).reduce(ViewAction::Health(Some(Health::Unhealthy)));
        let query = view.query("018f4e2a-7c1b-7d3e-9a4f-2b6c8d0e1f23".parse().unwrap());
        assert_eq!((query.text.as_str(), query.health), ("isar", Some(Health::Unhealthy)));
        assert!(view.is_narrowed() && !view.reduce(ViewAction::ClearAll).is_narrowed());
    }
}
