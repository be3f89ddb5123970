//! Update rings: in which order rooms get updates, and how many days that takes (R100–R102). Updates pass from ring to ring: once one is complete, the next
//! waits for its deferral, rolls out, and tests.

use serde::{Deserialize, Serialize};

use crate::word::words;

/// How many days rollout and test may take over all rings of a customer (R101).
pub const MOST_DAYS: u32 = 60;
/// The last place in the order of rings; the first is 1 (R100).
pub const LAST_ORDER: u8 = 9;

words! {
    /// The rings that every customer has. They can't be deleted (R102).
    RingPreset = "a preset ring" {
        /// The first one, always (R100).
        Staging = "staging",
        /// New rooms start in it (R100), and those of a ring that is deleted come to it.
        General = "general",
        /// For rooms that get what proved itself elsewhere.
        Executive = "executive",
    }
}

impl RingPreset {
    /// What it is called at first.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Staging => "Staging",
            Self::General => "General",
            Self::Executive => "Executive",
        }
    }

    /// Where it stands at first; Staging stays there.
    pub const fn order(self) -> u8 {
        match self {
            Self::Staging => 1,
            Self::General => 2,
            Self::Executive => 3,
        }
    }

    /// How many days it takes at first.
    pub const fn days(self) -> RingDays {
        let (rollout_days, test_days) = match self {
            Self::Staging => (2, 5),
            Self::General => (10, 5),
            Self::Executive => (5, 3),
        };
        RingDays { deferral_days: 0, rollout_days, test_days }
    }
}

/// How many days a ring takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RingDays {
    /// How many days it waits once the ring before it is complete, the first ring once an update is published. Not of the 60.
    pub deferral_days: u32,
    /// Over how many days its rooms get an update.
    pub rollout_days: u32,
    /// How many days it is watched then.
    pub test_days: u32,
}

impl RingDays {
    /// What counts of the 60 (R101).
    pub const fn counted(self) -> u32 {
        self.rollout_days.saturating_add(self.test_days)
    }

    /// The three together.
    pub const fn whole(self) -> u32 {
        self.deferral_days.saturating_add(self.counted())
    }
}

/// How many of the 60 days these rings take (R101).
pub fn counted_days(rings: impl IntoIterator<Item = RingDays>) -> u32 {
    rings.into_iter().fold(0, |sum, ring| sum.saturating_add(ring.counted()))
}

/// How many of the 60 days these rings leave: the most that another one may take (R101).
pub fn days_left(rings: impl IntoIterator<Item = RingDays>) -> u32 {
    MOST_DAYS.saturating_sub(counted_days(rings))
}

/// On which day after its publication an update is complete in each of these rings, which stand in their order: all days so far.
pub fn completion_days(rings: impl IntoIterator<Item = RingDays>) -> Vec<u32> {
    let mut day = 0_u32;
    let complete = |ring: RingDays| {
        day = day.saturating_add(ring.whole());
        day
    };
    rings.into_iter().map(complete).collect()
}

/// The place in the order of rings that this number names; none where it names none (R100).
pub fn place(number: u32) -> Option<u8> {
    u8::try_from(number).ok().filter(|order| (1..=LAST_ORDER).contains(order))
}

/// The places that none of these rings has, in order (R100).
pub fn free_orders(taken: impl IntoIterator<Item = u8>) -> Vec<u8> {
    let taken: Vec<u8> = taken.into_iter().collect();
    (1..=LAST_ORDER).filter(|order| !taken.contains(order)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn days(deferral_days: u32, rollout_days: u32, test_days: u32) -> RingDays {
        RingDays { deferral_days, rollout_days, test_days }
    }

    fn presets() -> Vec<RingDays> {
        RingPreset::ALL.iter().map(|preset| preset.days()).collect()
    }

    #[test]
    fn r101_days_are_counted_by_hand() {
        assert_eq!(completion_days(presets()), [7, 22, 30]);
        assert_eq!((counted_days(presets()), days_left(presets())), (30, 30));
        // A deferral takes time, and none of the 60 days.
        let rings = [days(0, 2, 5), days(7, 10, 5), days(3, 30, 8)];
        assert_eq!(completion_days(rings), [7, 29, 70]);
        assert_eq!((counted_days(rings), days_left(rings)), (60, 0));
        // Nothing at all, and a ring that takes no day.
        assert_eq!((completion_days([]), days_left([])), (vec![], 60));
        assert_eq!(completion_days([days(0, 1, 0), days(0, 0, 0), days(0, 0, 1)]), [1, 1, 2]);
    }

    #[test]
    fn r101_no_number_of_days_overflows() {
        let most = days(u32::MAX, u32::MAX, u32::MAX);
        assert_eq!((most.counted(), most.whole(), days_left([most, most])), (u32::MAX, u32::MAX, 0));
        assert_eq!(completion_days([most, most]), [u32::MAX, u32::MAX]);
    }

    #[test]
    fn r100_staging_is_first_and_places_are_one_to_nine() {
        assert_eq!(RingPreset::ALL.iter().map(|preset| preset.order()).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(free_orders([1, 2, 3]), [4, 5, 6, 7, 8, 9]);
        assert_eq!(free_orders([9, 1, 5]), [2, 3, 4, 6, 7, 8]);
        assert!(free_orders(1..=9).is_empty());
        assert_eq!([0, 1, 9, 10, 257, u32::MAX].map(place), [None, Some(1), Some(9), None, None, None]);
    }

    proptest! {
        #[test]
        fn r101_what_is_left_is_the_most_that_one_more_ring_may_take(
            rings in prop::collection::vec((0..90_u32, 0..12_u32, 0..12_u32), 0..9),
            more in 0..70_u32,
        ) {
            let rings: Vec<RingDays> = rings.into_iter().map(|(a, b, c)| days(a, b, c)).collect();
            let left = days_left(rings.iter().copied());
            let with_more = counted_days(rings.iter().copied().chain([days(0, more, 0)]));
            if counted_days(rings.iter().copied()) <= MOST_DAYS {
                prop_assert_eq!(more <= left, with_more <= MOST_DAYS);
            } else {
                prop_assert_eq!(left, 0);
            }
            let complete = completion_days(rings.iter().copied());
            prop_assert!(complete.is_sorted(), "nobody is complete before those before them");
            prop_assert_eq!(complete.last().copied().unwrap_or(0), rings.iter().map(|ring| ring.whole()).sum::<u32>());
        }
    }
}
