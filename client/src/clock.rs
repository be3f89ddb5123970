//! The system's clock: the one place that asks for the current time.

use tenantry_model::time::{Clock, Timestamp};

/// The machine's own clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one real clock")]
    fn now(&self) -> Timestamp {
        chrono::Utc::now().into()
    }
}
