//! The clock of all tests.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use tenantry_model::time::{Clock, Timestamp};

/// A clock that a test moves. It stands still, or runs with another one.
pub struct ManualClock {
    runs_with: Option<Arc<dyn Clock>>,
    micros: AtomicI64,
}

impl ManualClock {
    /// One that stands still.
    pub const fn at(now: Timestamp) -> Self {
        Self { runs_with: None, micros: AtomicI64::new(now.micros()) }
    }

    /// One that runs with another, ahead or behind by what it was moved.
    pub fn with(clock: Arc<dyn Clock>) -> Self {
        Self { runs_with: Some(clock), micros: AtomicI64::new(0) }
    }

    /// Puts it forward.
    pub fn advance(&self, by: Duration) {
        self.micros.fetch_add(micros(by), Ordering::SeqCst);
    }

    /// Puts it back.
    pub fn set_back(&self, by: Duration) {
        self.micros.fetch_sub(micros(by), Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        let base = self.runs_with.as_ref().map_or(0, |clock| clock.now().micros());
        Timestamp::from_micros(base.saturating_add(self.micros.load(Ordering::SeqCst)))
    }
}

fn micros(span: Duration) -> i64 {
    i64::try_from(span.as_micros()).unwrap_or(i64::MAX)
}
