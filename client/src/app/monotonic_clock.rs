//! The current time as A28 needs it: never earlier than one that was seen since the last contact, whatever is done to the machine's clock.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use tenantry_model::time::{Clock, Timestamp};

/// A clock that does not run backwards. While the app runs it goes on even if the machine's clock is held back.
#[derive(Clone)]
pub(super) struct MonotonicClock {
    clock: Arc<dyn Clock>,
    seen: Arc<Mutex<(Timestamp, Instant)>>,
}

impl MonotonicClock {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        let now = clock.now();
        Self { clock, seen: Arc::new(Mutex::new((now, Instant::now()))) }
    }

    /// The latest time seen.
    pub(super) fn now(&self) -> Timestamp {
        self.advance_to(Timestamp::default())
    }

    /// Takes over what an earlier run of the app had seen.
    pub(super) fn advance_to(&self, earlier: Timestamp) -> Timestamp {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let by_timer = seen.0.plus(seen.1.elapsed());
        *seen = (self.clock.now().max(by_timer).max(earlier), Instant::now());
        seen.0
    }

    /// Forgets what was seen beyond the service's time: the machine's clock was wrong then.
    pub(super) fn forget_beyond(&self, service: Timestamp) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let by_timer = seen.0.plus(seen.1.elapsed());
        *seen = (by_timer.min(service), Instant::now());
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tenantry_test_kit::ManualClock;

    use super::*;

    #[test]
    fn a28_a_clock_set_back_does_not_turn_back_the_watch() {
        let clock = Arc::new(ManualClock::at(Timestamp::from_micros(1_000_000_000)));
        let monotonic = MonotonicClock::new(Arc::clone(&clock) as Arc<dyn Clock>);
        clock.advance(Duration::from_secs(1_000));
        let late = monotonic.now();
        clock.set_back(Duration::from_secs(1_999));
        assert!(monotonic.now() >= late);
        assert!(monotonic.advance_to(Timestamp::from_micros(9_000_000_000)) >= Timestamp::from_micros(9_000_000_000));
    }

    #[test]
    fn a28_contact_takes_back_what_a_clock_that_was_ahead_had_shown() {
        const DAY: Duration = Duration::from_secs(86_400);
        let right = Timestamp::from_micros(1_000_000_000);
        let clock = Arc::new(ManualClock::at(right));
        let monotonic = MonotonicClock::new(Arc::clone(&clock) as Arc<dyn Clock>);
        clock.advance(100 * DAY);
        monotonic.now();
        clock.set_back(100 * DAY);
        assert!(monotonic.now() >= right.plus(100 * DAY));
        monotonic.forget_beyond(right);
        assert!(monotonic.now() < right.plus(DAY));
        clock.advance(DAY);
        assert!(monotonic.now() >= right.plus(DAY), "it goes on from there");
    }
}
