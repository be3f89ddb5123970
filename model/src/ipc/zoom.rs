//! How large the screens are.

use serde::{Deserialize, Serialize};

/// How large the screens are, in percent of their plain size: one of the steps that a user goes through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "u16", into = "u16")]
pub struct Zoom(u16);

/// Up to 200 %: so far the screens are laid out for a window of 1280 × 800.
const STEPS: [u16; 9] = [75, 80, 90, 100, 110, 125, 150, 175, 200];

impl Zoom {
    /// The plain size.
    pub const PLAIN: Self = Self(100);

    /// In percent.
    #[must_use]
    pub const fn percent(self) -> u16 {
        self.0
    }

    /// The next step up; the largest stays.
    #[must_use]
    pub fn larger(self) -> Self {
        STEPS.into_iter().find(|step| *step > self.0).map_or(self, Self)
    }

    /// The next step down; the smallest stays.
    #[must_use]
    pub fn smaller(self) -> Self {
        STEPS.into_iter().rfind(|step| *step < self.0).map_or(self, Self)
    }
}

impl Default for Zoom {
    fn default() -> Self {
        Self::PLAIN
    }
}

impl From<u16> for Zoom {
    /// The nearest step: what an older or newer version of the app kept is a size as well.
    fn from(percent: u16) -> Self {
        STEPS.into_iter().min_by_key(|step| step.abs_diff(percent)).map_or(Self::PLAIN, Self)
    }
}

impl From<Zoom> for u16 {
    fn from(zoom: Zoom) -> Self {
        zoom.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fault_9_06_zoom_goes_from_step_to_step_and_stops_at_both_ends() {
        let up: Vec<u16> = std::iter::successors(Some(Zoom::PLAIN), |zoom| Some(zoom.larger())).take(7).map(Zoom::percent).collect();
        assert_eq!(up, [100, 110, 125, 150, 175, 200, 200]);
        let down: Vec<u16> = std::iter::successors(Some(Zoom::PLAIN), |zoom| Some(zoom.smaller())).take(5).map(Zoom::percent).collect();
        assert_eq!(down, [100, 90, 80, 75, 75]);
    }

    #[test]
    fn fault_9_06_a_size_that_is_no_step_becomes_the_nearest() {
        let read: Vec<Zoom> = serde_json::from_str("[100, 0, 130, 60000]").unwrap();
        assert_eq!(read.into_iter().map(Zoom::percent).collect::<Vec<_>>(), [100, 75, 125, 200]);
    }
}
