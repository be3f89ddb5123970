//! A clock for an engine that a test can put forward and back.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use tenantry_client::clock::SystemClock;
use tenantry_model::time::{Clock, Timestamp};

/// The machine's clock, and as much more or less as it was moved by.
#[derive(Debug, Default)]
pub struct MovedClock {
    micros: AtomicI64,
}

impl MovedClock {
    /// Puts it forward.
    pub fn forward(&self, by: Duration) {
        self.micros.fetch_add(micros(by), Ordering::SeqCst);
    }

    /// Puts it back: what a user does who wants to read on.
    pub fn back(&self, by: Duration) {
        self.micros.fetch_sub(micros(by), Ordering::SeqCst);
    }
}

fn micros(span: Duration) -> i64 {
    i64::try_from(span.as_micros()).unwrap_or(i64::MAX)
}

impl Clock for MovedClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(SystemClock.now().micros().saturating_add(self.micros.load(Ordering::SeqCst)))
    }
}
