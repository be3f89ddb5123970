//! Moments and days, in UTC; moments with microseconds: what PostgreSQL keeps and what every table here stores.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, SecondsFormat, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A moment: microseconds since 1970-01-01T00:00:00Z. RFC 3339 in JSON, the bare number in tables.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, format = "date-time"))]
pub struct Timestamp(i64);

impl Timestamp {
    /// From microseconds since 1970 in UTC.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since 1970 in UTC.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// This moment and a while more; stays at the last moment there is rather than wrap.
    pub const fn plus(self, while_: Duration) -> Self {
        Self(self.0.saturating_add(micros_of(while_)))
    }

    /// This moment less a while; stays at the first moment there is rather than wrap.
    pub const fn minus(self, while_: Duration) -> Self {
        Self(self.0.saturating_sub(micros_of(while_)))
    }

    /// How long ago `earlier` was; nothing if it lies ahead.
    pub const fn since(self, earlier: Self) -> Duration {
        let micros = self.0.saturating_sub(earlier.0);
        if micros <= 0 { Duration::ZERO } else { Duration::from_micros(micros.unsigned_abs()) }
    }
}

const fn micros_of(while_: Duration) -> i64 {
    let micros = while_.as_micros();
    if micros > i64::MAX as u128 { i64::MAX } else { micros as i64 }
}

impl From<DateTime<Utc>> for Timestamp {
    fn from(moment: DateTime<Utc>) -> Self {
        Self(moment.timestamp_micros())
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match DateTime::from_timestamp_micros(self.0) {
            Some(moment) => f.write_str(&moment.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
            None => write!(f, "{} µs", self.0),
        }
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A text that is not a moment in RFC 3339.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a time must look like 2026-03-01T08:30:00Z (RFC 3339), not {0:?}")]
pub struct NotATimestamp(String);

impl FromStr for Timestamp {
    type Err = NotATimestamp;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        DateTime::parse_from_rfc3339(text).map(|moment| Self(moment.timestamp_micros())).map_err(|_| NotATimestamp(text.to_owned()))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A day in UTC, of the years 1970 to 9999: `2026-03-01`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, format = "date"))]
pub struct UtcDay(NaiveDate);

impl UtcDay {
    /// The day that holds this moment; the first or the last day there is for a moment out of its reach.
    pub fn of(moment: Timestamp) -> Self {
        let day = DateTime::from_timestamp_micros(moment.0.max(0)).map(|moment| Self(moment.date_naive()));
        day.filter(|day| day.0.year() <= LAST_YEAR).unwrap_or(Self(last_day()))
    }

    /// Its first moment.
    pub fn begin(self) -> Timestamp {
        Timestamp(self.0.and_time(NaiveTime::MIN).and_utc().timestamp_micros())
    }

    /// The first moment that is not of it any more.
    pub fn end(self) -> Timestamp {
        self.begin().plus(Duration::from_secs(24 * 60 * 60))
    }

    /// The day so many days before; the first one there is rather than one before that.
    pub fn days_before(self, days: u32) -> Self {
        let before = self.0.checked_sub_days(Days::new(u64::from(days))).filter(|day| day.year() >= FIRST_YEAR);
        before.map_or(Self::of(Timestamp(0)), Self)
    }

    /// The day so many days after; the last one there is rather than one after that.
    pub fn days_after(self, days: u32) -> Self {
        let after = self.0.checked_add_days(Days::new(u64::from(days))).filter(|day| day.year() <= LAST_YEAR);
        after.map_or(Self(last_day()), Self)
    }

    /// The days from this one to another, both included; none where that one is earlier.
    pub fn up_to(self, last: Self) -> impl Iterator<Item = Self> {
        let count = u32::try_from((last.0 - self.0).num_days() + 1).unwrap_or(0);
        (0..count).map(move |days| self.days_after(days))
    }

    /// The calendar day itself.
    pub const fn date(self) -> NaiveDate {
        self.0
    }
}

impl TryFrom<NaiveDate> for UtcDay {
    type Error = NotADay;

    fn try_from(day: NaiveDate) -> Result<Self, Self::Error> {
        if (FIRST_YEAR..=LAST_YEAR).contains(&day.year()) { Ok(Self(day)) } else { Err(NotADay(day.to_string())) }
    }
}

const FIRST_YEAR: i32 = 1970;
const LAST_YEAR: i32 = 9999;

fn last_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(LAST_YEAR, 12, 31).unwrap_or(NaiveDate::MAX)
}

impl fmt::Display for UtcDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for UtcDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A text that is not a day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a day must look like 2026-03-01, not {0:?}")]
pub struct NotADay(String);

impl FromStr for UtcDay {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let day: Option<NaiveDate> = text.parse().ok();
        // chrono takes other spellings too: what is written back must be what was read.
        let day = day.filter(|day| (FIRST_YEAR..=LAST_YEAR).contains(&day.year()) && day.to_string() == text);
        day.map(Self).ok_or_else(|| NotADay(text.chars().take(40).collect()))
    }
}

impl Serialize for UtcDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for UtcDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Where the current time comes from. Handed in, so that tests can hold it still.
pub trait Clock: Send + Sync {
    /// The current time.
    fn now(&self) -> Timestamp;
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_moment_survives_json(micros in 0i64..4_000_000_000_000_000) {
            let moment = Timestamp::from_micros(micros);
            let json = serde_json::to_string(&moment).unwrap();
            prop_assert_eq!(serde_json::from_str::<Timestamp>(&json).unwrap(), moment);
        }
    }

    #[test]
    fn a_day_has_one_spelling_and_24_hours() {
        let day: UtcDay = "2024-02-29".parse().unwrap();
        assert_eq!(day.begin().to_string(), "2024-02-29T00:00:00Z");
        assert_eq!(day.end().to_string(), "2024-03-01T00:00:00Z");
        assert_eq!(UtcDay::of(day.end().minus(Duration::from_micros(1))), day);
        assert_eq!(UtcDay::of(day.begin()), day);
        assert_eq!(serde_json::to_string(&day).unwrap(), "\"2024-02-29\"");
        assert_eq!(serde_json::from_str::<UtcDay>("\"2024-02-29\"").unwrap(), day);
        for bad in
            ["2024-2-29", "2023-02-29", "24-02-29", "2024-02-29T00:00:00Z", " 2024-02-29", "+2024-02-29", "1969-12-31", "10000-01-01", ""]
        {
            assert!(bad.parse::<UtcDay>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn counting_days_back_ends_at_the_first_one() {
        let day: UtcDay = "2026-03-01".parse().unwrap();
        assert_eq!(day.days_before(1).to_string(), "2026-02-28");
        assert_eq!(day.days_before(u32::MAX).to_string(), "1970-01-01");
        assert_eq!(UtcDay::of(Timestamp::from_micros(i64::MAX)).to_string(), "9999-12-31");
        assert_eq!(UtcDay::of(Timestamp::from_micros(i64::MIN)).to_string(), "1970-01-01");
    }

    #[test]
    fn days_are_counted_on_from_one_to_another() {
        let day = |text: &str| text.parse::<UtcDay>().unwrap();
        let days: Vec<String> = day("2024-02-28").up_to(day("2024-03-01")).map(|day| day.to_string()).collect();
        assert_eq!(days, ["2024-02-28", "2024-02-29", "2024-03-01"]);
        assert_eq!(day("2024-03-01").up_to(day("2024-02-28")).count(), 0);
        assert_eq!(day("9999-12-30").days_after(9), day("9999-12-31"));
        assert_eq!(UtcDay::try_from(day("2024-02-28").date()), Ok(day("2024-02-28")));
    }

    #[test]
    fn time_does_not_run_backwards_in_a_difference() {
        let early = Timestamp::from_micros(5);
        let late = early.plus(Duration::from_secs(1));
        assert_eq!(late.since(early), Duration::from_secs(1));
        assert_eq!(early.since(late), Duration::ZERO);
    }
}
