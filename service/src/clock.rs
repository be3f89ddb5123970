//! The real clock, and one that can be put forward: the demo shows in minutes what takes days.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

use tenantry_model::time::{Clock, Timestamp};

#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where the service reads the machine's clock")]
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        Timestamp::from_micros(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
    }
}

/// The machine's clock and as much more as it was put forward. It is never put back.
#[derive(Debug, Default)]
pub struct AdvancingClock {
    ahead_micros: AtomicI64,
}

impl AdvancingClock {
    pub fn advance(&self, by: Duration) {
        let micros = i64::try_from(by.as_micros()).unwrap_or(i64::MAX);
        let add = |ahead: i64| Some(ahead.saturating_add(micros));
        let _ = self.ahead_micros.fetch_update(Ordering::SeqCst, Ordering::SeqCst, add);
    }
}

impl Clock for AdvancingClock {
    fn now(&self) -> Timestamp {
        let ahead = self.ahead_micros.load(Ordering::SeqCst).unsigned_abs();
        SystemClock.now().plus(Duration::from_micros(ahead))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_advancing_clock_runs_ahead_by_what_it_was_put_forward() {
        let clock = AdvancingClock::default();
        let before = SystemClock.now();
        clock.advance(Duration::from_secs(3_600));
        clock.advance(Duration::from_secs(60));
        assert!(clock.now() >= before.plus(Duration::from_secs(3_660)));
        assert!(clock.now() < before.plus(Duration::from_secs(3_720)));
    }
}
