//! When the counts of saved views are asked for again: with what changes them, gathered, and each minute, since filters go by the time.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::{Interval, Timeout};
use tenantry_model::ipc::{DataChange, DataChanged};
use yew::prelude::*;

use super::event::use_event;
use crate::context::use_app;

/// Changes within this time are counted at once: while the sync goes on, they come many a second.
const SOON_MS: u32 = 500;
/// The same of what is read from the disk for it.
const LATER_MS: u32 = 5_000;
const AGAIN_MS: u32 = 60_000;

/// Which counts may be others by now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Stale {
    open: bool,
    resolved: bool,
    rooms: bool,
}

impl Stale {
    const ALL: Self = Self { open: true, resolved: true, rooms: true };

    /// After a change: what is counted soon, and what can wait.
    fn after(change: &DataChange, history_pending: bool) -> (Self, Self) {
        let touched = change.touched.as_ref().filter(|touched| touched.whole.is_empty());
        // While the first sync goes on, each answer is of customers, and what it brings of rooms and history would be read from the disk each time.
        let of_customers = touched.is_none() && !history_pending;
        let soon = Self {
            open: true,
            resolved: of_customers,
            rooms: of_customers || (!history_pending && has(touched, |it| !it.rooms.is_empty())),
        };
        let later = Self {
            open: false,
            resolved: !soon.resolved && (touched.is_none() || has(touched, |it| !it.incidents.is_empty())),
            rooms: !soon.rooms && (touched.is_none() || has(touched, |it| !it.rooms.is_empty())),
        };
        (soon, later)
    }

    const fn with(self, other: Self) -> Self {
        Self { open: self.open || other.open, resolved: self.resolved || other.resolved, rooms: self.rooms || other.rooms }
    }
}

fn has<T>(touched: Option<&T>, holds: impl Fn(&T) -> bool) -> bool {
    touched.is_some_and(holds)
}

/// A number each, which is another one whenever it is to be counted anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Due {
    pub(super) open: u64,
    pub(super) resolved: u64,
    pub(super) rooms: u64,
}

impl Reducible for Due {
    type Action = Stale;

    fn reduce(self: Rc<Self>, stale: Stale) -> Rc<Self> {
        let next = |count: u64, stale: bool| count.wrapping_add(u64::from(stale));
        Rc::new(Self {
            open: next(self.open, stale.open),
            resolved: next(self.resolved, stale.resolved),
            rooms: next(self.rooms, stale.rooms),
        })
    }
}

/// What waits to be counted.
#[derive(Clone, Default)]
struct Gathered(Rc<RefCell<Stale>>);

impl Gathered {
    fn add(&self, stale: Stale, ms: u32, due: &UseReducerDispatcher<Due>) {
        let before = *self.0.borrow();
        self.0.replace(before.with(stale));
        if before == Stale::default() && stale != before {
            let (waiting, due) = (self.0.clone(), due.clone());
            Timeout::new(ms, move || due.dispatch(waiting.take())).forget();
        }
    }
}

#[hook]
pub(super) fn use_recounts() -> Due {
    let app = use_app();
    let due = use_reducer(Due::default);
    let history_pending = use_mut_ref(|| false);
    *history_pending.borrow_mut() = app.model.sync.history_pending;
    use_event::<DataChanged>({
        let (due, gathered) = (due.dispatcher(), [Gathered::default(), Gathered::default()]);
        move |change| {
            let (soon, later) = Stale::after(&change, *history_pending.borrow());
            gathered[0].add(soon, SOON_MS, &due);
            gathered[1].add(later, LATER_MS, &due);
        }
    });
    // Another user; contact, without which some rows may not be read (A28); once the history has come.
    let state = (app.user().map(|user| user.id), app.model.sync.state.clone(), app.model.sync.history_pending);
    use_effect_with(state, {
        let due = due.dispatcher();
        move |_| due.dispatch(Stale::ALL)
    });
    use_effect_with((), {
        let due = due.dispatcher();
        move |()| {
            let interval = Interval::new(AGAIN_MS, move || due.dispatch(Stale::ALL));
            move || drop(interval)
        }
    });
    *due
}

#[cfg(test)]
mod tests {
    use tenantry_model::id::{RoomId, TenantId};
    use tenantry_model::ipc::{IncidentRef, RoomKey, Touched};
    use uuid::Uuid;

    use super::*;

    fn customer() -> TenantId {
        TenantId::from_uuid(Uuid::nil())
    }

    fn after(touched: Option<Touched>, history_pending: bool) -> (Stale, Stale) {
        Stale::after(&DataChange { touched, ..DataChange::of_anything(1) }, history_pending)
    }

    #[test]
    fn a28_a_change_of_customers_recounts_all_at_once() {
        for touched in [None, Some(Touched { whole: vec![customer()], ..Touched::default() })] {
            assert_eq!(after(touched.clone(), false), (Stale::ALL, Stale::default()));
            let open = Stale { open: true, ..Stale::default() };
            assert_eq!(after(touched, true), (open, Stale { open: false, ..Stale::ALL }), "in the first sync each answer is one");
        }
    }

    #[test]
    fn rooms_are_counted_anew_when_rooms_changed_and_the_history_a_little_after_incidents_did() {
        let open = Stale { open: true, ..Stale::default() };
        let incidents = vec![IncidentRef { customer_id: customer(), number: "AAAAAA-000001".parse().unwrap() }];
        let touched = Touched { incidents, ..Touched::default() };
        assert_eq!(after(Some(touched), false), (open, Stale { resolved: true, ..Stale::default() }));
        let rooms = vec![RoomKey { customer_id: customer(), id: RoomId::from_uuid(Uuid::nil()) }];
        let touched = Touched { rooms, ..Touched::default() };
        let of_rooms = Stale { rooms: true, ..Stale::default() };
        assert_eq!(after(Some(touched.clone()), false), (Stale { rooms: true, ..open }, Stale::default()));
        assert_eq!(after(Some(touched), true), (open, of_rooms));
        assert_eq!(after(Some(Touched::default()), false), (open, Stale::default()), "the views themselves");
    }

    #[test]
    fn each_count_is_asked_for_by_its_own_number() {
        let due = Rc::new(Due::default()).reduce(Stale { rooms: true, ..Stale::default() });
        assert_eq!(*due.reduce(Stale::ALL), Due { open: 1, resolved: 1, rooms: 2 });
    }
}
