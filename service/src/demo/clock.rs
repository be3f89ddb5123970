//! The demo's clock: how far it was advanced is saved, so that time never runs backwards over a restart.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::clock::AdvancingClock;
use crate::error::{Error, Result};
use crate::files;

pub(super) struct DemoClock {
    clock: Arc<AdvancingClock>,
    file: PathBuf,
    ahead: std::sync::Mutex<Duration>,
}

impl DemoClock {
    /// Advances the clock as far as it was when the demo ended.
    pub(super) fn resume(clock: Arc<AdvancingClock>, folder: &Path) -> Result<Self> {
        let file = folder.join("clock-ahead-s");
        let kept = files::read(&file).map_err(|error| unusable(&file, &error))?;
        let seconds: u64 = match &kept {
            Some(text) => String::from_utf8_lossy(text).trim().parse().map_err(|error| unusable(&file, &error))?,
            None => 0,
        };
        let ahead = Duration::from_secs(seconds);
        clock.advance(ahead);
        Ok(Self { clock, file, ahead: std::sync::Mutex::new(ahead) })
    }

    /// Advances it, and saves that.
    pub(super) fn advance(&self, by: Duration) -> Result<()> {
        let mut ahead = self.ahead.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let total = ahead.saturating_add(by);
        // A part of a second is rounded up: the clock may start a little ahead, never behind.
        let seconds = total.as_secs() + u64::from(total.subsec_nanos() > 0);
        files::write_private(&self.file, seconds.to_string().as_bytes()).map_err(|error| unusable(&self.file, &error))?;
        self.clock.advance(by);
        *ahead = total;
        Ok(())
    }
}

fn unusable(file: &Path, error: &dyn std::fmt::Display) -> Error {
    Error::Config(format!("{} cannot be used: {error}; mend the file, or begin with an empty data folder", file.display()))
}

#[cfg(test)]
mod tests {
    use tenantry_model::time::Clock as _;

    use super::*;

    #[test]
    fn a_clock_that_was_put_forward_stays_so_over_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        DemoClock::resume(Arc::default(), folder.path()).unwrap().advance(Duration::from_millis(86_400_500)).unwrap();
        let again = Arc::new(AdvancingClock::default());
        DemoClock::resume(again.clone(), folder.path()).unwrap();
        let ahead = again.now().since(crate::clock::SystemClock.now());
        assert!(ahead > Duration::from_secs(86_399), "{ahead:?}");
    }
}
