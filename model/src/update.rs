//! Updates: a version of a package, on its way from ring to ring (R103–R105). What holds of one follows from its moments, the days of the rings and how many
//! rooms are how far: nothing here is stored by day.
//!
//! Time is counted as what has passed since the publication without the time that the update was paused. It reaches a ring once the ring before is
//! complete, the first one at once; there it waits the ring's deferral, rolls out over its rooms, and is watched for the days of test. A ring without rooms
//! takes no time and holds nothing up.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::id::{RoomId, UpdateId};
use crate::name::is_name;
use crate::time::Timestamp;
use crate::update_ring::RingDays;
use crate::word::words;

/// How long the name of a package may be, in characters.
pub const LONGEST_PACKAGE: usize = 80;
/// How long a version may be, in characters.
pub const LONGEST_VERSION: usize = 40;
/// How long the reason may be for which an installation failed, in characters.
pub const LONGEST_FAILURE: usize = 300;
/// How many packages a room has at most.
pub const MOST_PACKAGES: usize = 40;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

words! {
    /// Where an update stands: over all rings, in a ring, or in a room (W12).
    UpdateStatus = "the status of an update" {
        /// It has come so far, and begins after the deferral, or in the next night.
        Scheduled = "scheduled",
        /// It is being installed and watched.
        InProgress = "in_progress",
        /// It is through, and failed in some rooms.
        CompletedWithFailures = "completed_with_failures",
        /// It is installed in all rooms that have the package.
        Completed = "completed",
        /// It was withdrawn before it was installed everywhere.
        Deprecated = "deprecated",
        /// Somebody stopped it.
        Paused = "paused",
        /// No room has the package, or it has not come so far yet (R103).
        NotRequired = "not_required",
    }
    /// How far a device is with an update.
    UpdateProgress = "the progress of an update" {
        /// It gets the files.
        Downloading = "downloading",
        /// It installs them.
        Installing = "installing",
        /// It runs the new version.
        Installed = "installed",
        /// It could not.
        Failed = "failed",
    }
    /// When an update that somebody forces is installed (R105).
    ForcedWhen = "when to install" {
        /// At once.
        Now = "now",
        /// As soon as nobody is in the room.
        WhenFree = "when_free",
    }
}

/// A text that is no package or version.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotAPackage(String);

macro_rules! parsed {
    ($name:ident) => {
        impl $name {
            /// As it is written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotAPackage;

            fn try_from(text: String) -> Result<Self, NotAPackage> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }
    };
}

/// The name of a package, such as `Teams Rooms app`: as devices and catalogue call it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, min_length = 1, max_length = 80))]
pub struct PackageName(String);

parsed!(PackageName);

impl FromStr for PackageName {
    type Err = NotAPackage;

    fn from_str(text: &str) -> Result<Self, NotAPackage> {
        let text = text.trim();
        if is_name(text, LONGEST_PACKAGE) {
            return Ok(Self(text.to_owned()));
        }
        Err(NotAPackage(format!("a package must be 1 to {LONGEST_PACKAGE} characters without control characters")))
    }
}

/// A version, such as `5.3.117.0`. Numbers in it count as numbers: 5.10 is later than 5.9, 5.3 the same as 5.3.0, and 5.3-beta earlier.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, min_length = 1, max_length = 40, pattern = "^[0-9A-Za-z][0-9A-Za-z.+_-]*$"))]
pub struct PackageVersion(String);

parsed!(PackageVersion);

impl FromStr for PackageVersion {
    type Err = NotAPackage;

    fn from_str(text: &str) -> Result<Self, NotAPackage> {
        let fits = |c: char| c.is_ascii_alphanumeric() || ".+_-".contains(c);
        if text.len() <= LONGEST_VERSION && text.starts_with(|c: char| c.is_ascii_alphanumeric()) && text.chars().all(fits) {
            return Ok(Self(text.to_owned()));
        }
        Err(NotAPackage(format!(
            "a version must be 1 to {LONGEST_VERSION} letters, digits, dots, hyphens, plus signs and underscores, and begin with a letter or a digit"
        )))
    }
}

/// A part of a version: words come before numbers, so that a version with a word behind it comes before the one without.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part<'a> {
    Word(&'a str),
    /// Its digits without leading zeros: the longer one is the larger number.
    Number(usize, &'a str),
}

impl PackageVersion {
    fn parts(&self) -> Vec<Part<'_>> {
        let mut parts = Vec::new();
        for piece in self.0.split(|c: char| !c.is_ascii_alphanumeric()).filter(|piece| !piece.is_empty()) {
            let mut rest = piece;
            while let Some(first) = rest.chars().next() {
                let is_number = first.is_ascii_digit();
                let end = rest.find(|c: char| c.is_ascii_digit() != is_number).unwrap_or(rest.len());
                let (part, after) = rest.split_at(end);
                let digits = part.trim_start_matches('0');
                parts.push(if is_number { Part::Number(digits.len(), digits) } else { Part::Word(part) });
                rest = after;
            }
        }
        parts
    }

    /// Which of the two is later.
    pub fn compare(&self, other: &Self) -> Ordering {
        let (mine, theirs) = (self.parts(), other.parts());
        let zero = Part::Number(0, "");
        let length = mine.len().max(theirs.len());
        (0..length)
            .map(|at| mine.get(at).unwrap_or(&zero).cmp(theirs.get(at).unwrap_or(&zero)))
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    }

    /// Whether who has this needs no update to that one.
    pub fn is_at_least(&self, other: &Self) -> bool {
        self.compare(other).is_ge()
    }
}

/// For how long an update stood still at a customer, and whether it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Held {
    /// Since when it is paused, if it is.
    pub since: Option<Timestamp>,
    /// How long it was paused before that.
    pub before: Duration,
}

impl Held {
    /// How far an update has come that was published then.
    pub const fn passed(self, published: Timestamp, now: Timestamp) -> Duration {
        let until = match self.since {
            Some(since) => since,
            None => now,
        };
        until.since(published).saturating_sub(self.before)
    }

    /// When that much will have passed; of one that is paused, if it went on now.
    pub const fn moment(self, published: Timestamp, passed: Duration, now: Timestamp) -> Timestamp {
        let held = match self.since {
            Some(since) => self.before.saturating_add(now.since(since)),
            None => self.before,
        };
        published.plus(passed).plus(held)
    }
}

/// When an update passes through a ring, counted from its publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RingTimes {
    /// When it reaches the ring.
    pub reached: Duration,
    /// When its deferral is over.
    pub begins: Duration,
    /// When the last room's turn has come.
    pub rolled_out: Duration,
    /// When it has been watched, too.
    pub complete: Duration,
}

impl RingTimes {
    /// Where an update is in the ring once that much has passed.
    pub fn phase(self, passed: Duration) -> RingPhase {
        match passed {
            passed if passed < self.reached => RingPhase::Ahead,
            passed if passed < self.begins => RingPhase::Deferred,
            passed if passed < self.complete => RingPhase::Running,
            _ => RingPhase::Over,
        }
    }

    /// When it is this room's turn: rooms are spread over the days of the rollout, each at a place of its own that nobody has to keep.
    pub fn turn(self, room: RoomId, update: UpdateId) -> Duration {
        let low = |id: uuid::Uuid| id.as_u64_pair().1;
        let place = (low(room.uuid()) ^ low(update.uuid())).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
        let days = u128::from(place) * self.rolled_out.saturating_sub(self.begins).as_micros() / (1 << 32);
        self.begins.saturating_add(Duration::from_micros(u64::try_from(days).unwrap_or(u64::MAX)))
    }
}

/// Where an update is in a ring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RingPhase {
    /// It has not reached it.
    Ahead,
    /// It waits for the deferral.
    Deferred,
    /// It is rolled out and watched.
    Running,
    /// All days are over.
    Over,
}

/// When an update passes through these rings, which stand in their order; `has` says whether there is any room in the ring.
pub fn ring_times(rings: impl IntoIterator<Item = (RingDays, bool)>) -> Vec<RingTimes> {
    let days = |days: u32| DAY.saturating_mul(days);
    let mut reached = Duration::ZERO;
    let times = |(ring, has): (RingDays, bool)| {
        let ring = if has { ring } else { RingDays::default() };
        let begins = reached.saturating_add(days(ring.deferral_days));
        let rolled_out = begins.saturating_add(days(ring.rollout_days));
        let complete = rolled_out.saturating_add(days(ring.test_days));
        let times = RingTimes { reached, begins, rolled_out, complete };
        reached = complete;
        times
    };
    rings.into_iter().map(times).collect()
}

/// How many rooms are how far with an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UpdateCounts {
    /// That have the package.
    pub rooms: u32,
    /// Of these, that have this version of it, or a later one.
    pub installed: u32,
    /// In which it failed.
    pub failed: u32,
    /// That get or install it.
    pub active: u32,
}

impl UpdateCounts {
    /// Both together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            rooms: self.rooms.saturating_add(other.rooms),
            installed: self.installed.saturating_add(other.installed),
            failed: self.failed.saturating_add(other.failed),
            active: self.active.saturating_add(other.active),
        }
    }

    /// That have it before them still.
    pub const fn waiting(self) -> u32 {
        self.rooms.saturating_sub(self.installed).saturating_sub(self.failed).saturating_sub(self.active)
    }
}

/// What holds of an update in all rings of a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stopped {
    /// The operator withdrew it.
    pub deprecated: bool,
    /// Somebody paused it.
    pub paused: bool,
}

/// Where an update stands in a ring.
pub const fn ring_status(counts: UpdateCounts, phase: RingPhase, stopped: Stopped) -> UpdateStatus {
    if counts.rooms == 0 {
        return UpdateStatus::NotRequired;
    }
    if counts.installed >= counts.rooms {
        return UpdateStatus::Completed;
    }
    if stopped.deprecated {
        return UpdateStatus::Deprecated;
    }
    let is_through = counts.waiting() + counts.active == 0 || matches!(phase, RingPhase::Over);
    if counts.failed > 0 && is_through {
        return UpdateStatus::CompletedWithFailures;
    }
    match phase {
        _ if stopped.paused => UpdateStatus::Paused,
        _ if counts.active > 0 => UpdateStatus::InProgress,
        // R103: before it reaches the ring nothing is asked of its rooms.
        RingPhase::Ahead => UpdateStatus::NotRequired,
        RingPhase::Deferred => UpdateStatus::Scheduled,
        RingPhase::Running | RingPhase::Over => UpdateStatus::InProgress,
    }
}

/// Where an update stands over all rings: each with its rooms and how it stands there.
pub fn overall_status(rings: &[(UpdateCounts, UpdateStatus)], stopped: Stopped) -> UpdateStatus {
    let with_rooms: Vec<UpdateStatus> = rings.iter().filter(|(counts, _)| counts.rooms > 0).map(|(_, status)| *status).collect();
    let all = |statuses: &[UpdateStatus]| with_rooms.iter().all(|status| statuses.contains(status));
    let any = |status: UpdateStatus| with_rooms.contains(&status);
    match () {
        () if with_rooms.is_empty() => UpdateStatus::NotRequired,
        () if all(&[UpdateStatus::Completed]) => UpdateStatus::Completed,
        () if stopped.deprecated => UpdateStatus::Deprecated,
        () if all(&[UpdateStatus::Completed, UpdateStatus::CompletedWithFailures]) => UpdateStatus::CompletedWithFailures,
        () if stopped.paused => UpdateStatus::Paused,
        () if all(&[UpdateStatus::NotRequired]) => UpdateStatus::NotRequired,
        () if any(UpdateStatus::InProgress) || any(UpdateStatus::Completed) || any(UpdateStatus::CompletedWithFailures) => {
            UpdateStatus::InProgress
        }
        () => UpdateStatus::Scheduled,
    }
}

/// What is known of a room that has the package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RoomFacts {
    /// Whether it has this version, or a later one.
    pub installed: bool,
    /// What its device said last.
    pub progress: Option<UpdateProgress>,
    /// Whether somebody forced it here.
    pub forced: bool,
}

/// Where an update stands in a room that has the package (R103).
pub const fn room_status(room: RoomFacts, phase: RingPhase, stopped: Stopped) -> UpdateStatus {
    match room.progress {
        _ if room.installed => UpdateStatus::Completed,
        _ if stopped.deprecated => UpdateStatus::Deprecated,
        Some(UpdateProgress::Failed) => UpdateStatus::CompletedWithFailures,
        _ if stopped.paused => UpdateStatus::Paused,
        Some(UpdateProgress::Downloading | UpdateProgress::Installing) => UpdateStatus::InProgress,
        _ if room.forced => UpdateStatus::Scheduled,
        _ => match phase {
            RingPhase::Ahead => UpdateStatus::NotRequired,
            RingPhase::Deferred | RingPhase::Running | RingPhase::Over => UpdateStatus::Scheduled,
        },
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use UpdateStatus::*;

    fn version(text: &str) -> PackageVersion {
        text.parse().unwrap()
    }

    fn day(days: u32) -> Duration {
        DAY * days
    }

    fn at(days: u32) -> Timestamp {
        Timestamp::from_micros(0).plus(day(days))
    }

    fn counts(rooms: u32, installed: u32, failed: u32, active: u32) -> UpdateCounts {
        UpdateCounts { rooms, installed, failed, active }
    }

    const RUNS: Stopped = Stopped { deprecated: false, paused: false };
    const PAUSED: Stopped = Stopped { deprecated: false, paused: true };
    const DEPRECATED: Stopped = Stopped { deprecated: true, paused: true };

    #[test]
    fn r103_versions_are_compared_by_their_numbers() {
        let order = ["4.20", "5.3-beta", "5.3", "5.3.1", "5.9", "5.10", "5.10.0.7", "22H2", "23H2", "23H2.1"];
        for (place, earlier) in order.iter().enumerate() {
            for later in &order[place + 1..] {
                assert_eq!(version(earlier).compare(&version(later)), Ordering::Less, "{earlier} {later}");
                assert!(version(later).is_at_least(&version(earlier)), "{earlier} {later}");
            }
        }
        for (one, same) in [("5.3", "5.3.0"), ("5.03", "5.3"), ("1-0", "1.0"), ("18446744073709551616", "018446744073709551616")] {
            assert_eq!(version(one).compare(&version(same)), Ordering::Equal, "{one} {same}");
        }
        for bad in ["", " 1", "-1", "1 2", "1;2", "ü1", &"1".repeat(41)] {
            assert!(bad.parse::<PackageVersion>().is_err(), "{bad:?}");
        }
        assert!(
            "".parse::<PackageName>().is_err() && "a\nb".parse::<PackageName>().is_err() && "a".repeat(81).parse::<PackageName>().is_err()
        );
    }

    #[test]
    fn w12_an_update_passes_from_ring_to_ring_by_hand() {
        let ring = |deferral_days, rollout_days, test_days| RingDays { deferral_days, rollout_days, test_days };
        let table = [(ring(1, 2, 5), true), (ring(3, 9, 9), false), (ring(2, 10, 5), true)];
        let of = |times: RingTimes| [times.reached, times.begins, times.rolled_out, times.complete].map(|it| it.as_secs() / DAY.as_secs());
        let times = ring_times(table);
        // The second has no room: it takes no day.
        assert_eq!(times.iter().copied().map(of).collect::<Vec<_>>(), [[0, 1, 3, 8], [8, 8, 8, 8], [8, 10, 20, 25]]);
        let phases = |passed: Duration| times.iter().map(|ring| ring.phase(passed)).collect::<Vec<_>>();
        use RingPhase::*;
        for (passed, expected) in [
            (day(0), [Deferred, Ahead, Ahead]),
            (day(1), [Running, Ahead, Ahead]),
            (day(8) - Duration::from_micros(1), [Running, Ahead, Ahead]),
            (day(8), [Over, Over, Deferred]),
            (day(10), [Over, Over, Running]),
            (day(25), [Over, Over, Over]),
        ] {
            assert_eq!(phases(passed), expected, "{passed:?}");
        }
        assert!(ring_times([]).is_empty());
    }

    #[test]
    fn w12_paused_days_do_not_count() {
        let published = at(10);
        let table = [
            (Held::default(), at(15), 5),
            (Held::default(), at(9), 0),
            (Held { since: Some(at(12)), before: Duration::ZERO }, at(15), 2),
            (Held { since: Some(at(12)), before: day(1) }, at(90), 1),
            (Held { since: None, before: day(3) }, at(15), 2),
            (Held { since: None, before: day(30) }, at(15), 0),
        ];
        for (held, now, passed) in table {
            assert_eq!(held.passed(published, now), day(passed), "{held:?} {now}");
        }
        assert_eq!(Held { since: None, before: day(3) }.moment(published, day(7), at(15)), at(20));
        assert_eq!(Held { since: Some(at(12)), before: day(1) }.moment(published, day(7), at(15)), at(21), "if it went on now");
    }

    #[test]
    fn r103_w12_the_status_of_a_ring_by_hand() {
        use RingPhase::{Ahead, Deferred, Over, Running};
        let table = [
            (counts(0, 0, 0, 0), Running, RUNS, NotRequired),
            (counts(0, 0, 0, 0), Running, DEPRECATED, NotRequired),
            (counts(4, 4, 0, 0), Ahead, RUNS, Completed),
            (counts(4, 4, 0, 0), Over, DEPRECATED, Completed),
            (counts(4, 3, 1, 0), Running, DEPRECATED, Deprecated),
            (counts(4, 0, 0, 0), Ahead, RUNS, NotRequired),
            (counts(4, 0, 0, 0), Ahead, PAUSED, Paused),
            (counts(4, 0, 0, 1), Ahead, RUNS, InProgress),
            (counts(4, 0, 0, 0), Deferred, RUNS, Scheduled),
            (counts(4, 0, 0, 0), Running, RUNS, InProgress),
            (counts(4, 2, 1, 0), Running, RUNS, InProgress),
            (counts(4, 2, 1, 0), Running, PAUSED, Paused),
            // All have tried: nothing is left to wait for.
            (counts(4, 3, 1, 0), Running, RUNS, CompletedWithFailures),
            (counts(4, 3, 1, 0), Running, PAUSED, CompletedWithFailures),
            (counts(4, 2, 1, 0), Over, RUNS, CompletedWithFailures),
            // Nobody failed, and some are not there yet: it goes on.
            (counts(4, 2, 0, 0), Over, RUNS, InProgress),
            (counts(4, 2, 0, 0), Over, PAUSED, Paused),
        ];
        for (counts, phase, stopped, expected) in table {
            assert_eq!(ring_status(counts, phase, stopped), expected, "{counts:?} {phase:?} {stopped:?}");
        }
    }

    #[test]
    fn w12_the_status_over_all_rings_by_hand() {
        let some = counts(2, 0, 0, 0);
        let none = counts(0, 0, 0, 0);
        type Rings<'a> = &'a [(UpdateCounts, UpdateStatus)];
        let table: [(Rings<'_>, Stopped, UpdateStatus); 13] = [
            (&[], RUNS, NotRequired),
            (&[(none, NotRequired), (none, NotRequired)], DEPRECATED, NotRequired),
            (&[(some, Completed), (none, NotRequired), (some, Completed)], DEPRECATED, Completed),
            (&[(some, Completed), (some, Deprecated)], DEPRECATED, Deprecated),
            (&[(some, Completed), (some, CompletedWithFailures)], RUNS, CompletedWithFailures),
            (&[(some, Completed), (some, CompletedWithFailures)], PAUSED, CompletedWithFailures),
            (&[(some, Completed), (some, Paused)], PAUSED, Paused),
            (&[(some, Scheduled), (some, NotRequired)], RUNS, Scheduled),
            // What a reader sees of it alone has not been reached.
            (&[(some, NotRequired)], RUNS, NotRequired),
            (&[(none, NotRequired), (some, NotRequired), (some, Scheduled)], RUNS, Scheduled),
            (&[(some, InProgress), (some, NotRequired)], RUNS, InProgress),
            (&[(some, Completed), (some, NotRequired)], RUNS, InProgress),
            (&[(some, CompletedWithFailures), (some, Scheduled)], RUNS, InProgress),
        ];
        for (rings, stopped, expected) in table {
            assert_eq!(overall_status(rings, stopped), expected, "{rings:?} {stopped:?}");
        }
    }

    #[test]
    fn r103_a_room_is_scheduled_once_the_update_reaches_its_ring() {
        use RingPhase::{Ahead, Deferred, Over, Running};
        use UpdateProgress::{Downloading, Failed, Installing};
        let room = |progress| RoomFacts { progress, ..RoomFacts::default() };
        let forced = RoomFacts { forced: true, ..RoomFacts::default() };
        let installed = RoomFacts { installed: true, ..RoomFacts::default() };
        let table = [
            (room(None), Ahead, RUNS, NotRequired),
            (room(None), Deferred, RUNS, Scheduled),
            (room(None), Running, RUNS, Scheduled),
            (room(None), Over, RUNS, Scheduled),
            (room(None), Running, PAUSED, Paused),
            (room(None), Running, DEPRECATED, Deprecated),
            (room(Some(Downloading)), Running, RUNS, InProgress),
            (room(Some(Installing)), Ahead, RUNS, InProgress),
            (room(Some(Failed)), Running, RUNS, CompletedWithFailures),
            (room(Some(Failed)), Running, PAUSED, CompletedWithFailures),
            (room(Some(Failed)), Running, DEPRECATED, Deprecated),
            (forced, Ahead, RUNS, Scheduled),
            (forced, Ahead, PAUSED, Paused),
            (installed, Ahead, DEPRECATED, Completed),
        ];
        for (facts, phase, stopped, expected) in table {
            assert_eq!(room_status(facts, phase, stopped), expected, "{facts:?} {phase:?} {stopped:?}");
        }
    }

    proptest! {
        #[test]
        fn w12_rooms_have_their_turn_within_the_rollout(
            rings in prop::collection::vec((0..90_u32, 0..60_u32, 0..60_u32, any::<bool>()), 1..9),
            room in any::<u128>(),
            update in any::<u128>(),
        ) {
            let rings = rings.into_iter().map(|(deferral_days, rollout_days, test_days, has)| {
                (RingDays { deferral_days, rollout_days, test_days }, has)
            });
            let times = ring_times(rings);
            let (room, update) = (RoomId::from_uuid(Uuid::from_u128(room)), UpdateId::from_uuid(Uuid::from_u128(update)));
            for pair in times.windows(2) {
                prop_assert_eq!(pair[0].complete, pair[1].reached);
            }
            for ring in times {
                let turn = ring.turn(room, update);
                prop_assert!(ring.reached <= ring.begins && ring.begins <= turn && turn <= ring.rolled_out && ring.rolled_out <= ring.complete);
            }
        }

        #[test]
        fn w12_what_has_passed_and_the_moment_of_it_agree(published in 0..90_u32, before in 0..30_u32, now in 120..200_u32) {
            let held = Held { since: None, before: day(before) };
            let passed = held.passed(at(published), at(now));
            prop_assert_eq!(held.moment(at(published), passed, at(now)), at(now));
        }
    }
}
