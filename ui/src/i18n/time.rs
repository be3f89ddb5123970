//! Ages and moments as people say them.

use std::time::Duration;

use tenantry_model::time::Timestamp;

use super::{I18n, intl, t};

/// A while in its largest sensible unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Age {
    pub count: u32,
    pub unit: Unit,
}

/// A unit of time. Its words are ours and not those of `Intl`, which shortens a length ("3 mins") otherwise than what is past ("3 min ago").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    Minute,
    Hour,
    Day,
    Month,
    Year,
}

impl From<Duration> for Age {
    fn from(while_: Duration) -> Self {
        let minutes = while_.as_secs() / 60;
        let days = minutes / 1440;
        let (count, unit) = match (minutes, days) {
            (0..60, _) => (minutes, Unit::Minute),
            (60..1440, _) => (minutes / 60, Unit::Hour),
            (_, 0..30) => (days, Unit::Day),
            // Nobody counts on when a month has 31.
            (_, 30..365) => ((days / 30).min(11), Unit::Month),
            _ => (days / 365, Unit::Year),
        };
        Self { count: u32::try_from(count).unwrap_or(u32::MAX), unit }
    }
}

/// Whether the web view knows a time zone of this name.
pub fn is_timezone(name: &str) -> bool {
    intl::is_timezone(name)
}

impl I18n {
    /// How long ago, as a bare length: "3 hr", "3 Std.".
    pub fn age(&self, then: Timestamp, now: Timestamp) -> String {
        let Age { count, unit } = Age::from(now.since(then));
        match unit {
            _ if count == 0 => t!(self, "ago-moment"),
            Unit::Minute => t!(self, "age-minutes", minutes = count),
            Unit::Hour => t!(self, "age-hours", hours = count),
            Unit::Day => t!(self, "age-days", count = count),
            Unit::Month => t!(self, "age-months", count = count),
            Unit::Year => t!(self, "age-years", count = count),
        }
    }

    /// How long ago, as an adverb: "3 hr ago", "vor 3 Std.".
    pub fn ago(&self, then: Timestamp, now: Timestamp) -> String {
        let Age { count, unit } = Age::from(now.since(then));
        match unit {
            _ if count == 0 => t!(self, "ago-moment"),
            Unit::Minute => t!(self, "ago-minutes", minutes = count),
            Unit::Hour => t!(self, "ago-hours", hours = count),
            Unit::Day => t!(self, "ago-days", count = count),
            Unit::Month => t!(self, "ago-months", count = count),
            Unit::Year => t!(self, "ago-years", count = count),
        }
    }

    pub fn moment(&self, at: Timestamp) -> String {
        intl::moment(self.language(), at)
    }

    /// The day of a moment, where the user is.
    pub fn day(&self, at: Timestamp) -> String {
        intl::day(self.language(), at)
    }

    pub fn number(&self, number: u32) -> String {
        intl::number(self.language(), f64::from(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tenantry_model::ipc::Language;

    #[test]
    fn an_age_is_told_in_its_largest_unit() {
        let of = |secs| {
            let age = Age::from(Duration::from_secs(secs));
            (age.count, age.unit)
        };
        assert_eq!(of(59), (0, Unit::Minute));
        assert_eq!(of(60), (1, Unit::Minute));
        assert_eq!(of(3599), (59, Unit::Minute));
        assert_eq!(of(3600), (1, Unit::Hour));
        assert_eq!(of(86_399), (23, Unit::Hour));
        assert_eq!(of(86_400 * 12), (12, Unit::Day));
    }

    #[test]
    fn fault_9_13_a_long_while_is_told_in_months_and_years_and_none_in_symbols() {
        let of = |days: u64| {
            let age = Age::from(Duration::from_secs(days * 86_400));
            (age.count, age.unit)
        };
        for (days, count, unit) in [
            (29, 29, Unit::Day),
            (30, 1, Unit::Month),
            (59, 1, Unit::Month),
            (60, 2, Unit::Month),
            (364, 11, Unit::Month),
            (365, 1, Unit::Year),
            (393, 1, Unit::Year),
            (731, 2, Unit::Year),
        ] {
            assert_eq!(of(days), (count, unit), "{days} days");
        }
        let (english, german) = (I18n::new(Language::English), I18n::new(Language::German));
        let now = Timestamp::from_micros(1_000_000_000);
        for then in [now, now.minus(Duration::from_secs(59))] {
            assert_eq!((english.age(then, now), german.age(then, now)), ("just now".into(), "gerade eben".into()));
            assert_eq!((english.ago(then, now), german.ago(then, now)), ("just now".into(), "gerade eben".into()));
        }
    }
    #[test]
    fn a_length_and_what_is_past_have_the_same_words() {
        const DAY: u64 = 86_400;
        let now = Timestamp::from_micros(1_000_000_000_000_000);
        let said = |language, secs| {
            let (i18n, then) = (I18n::new(language), now.minus(Duration::from_secs(secs)));
            (i18n.age(then, now), i18n.ago(then, now))
        };
        for (secs, english, german, dative) in [
            (60, "1 min", "1 Min.", "1 Min."),
            (180, "3 min", "3 Min.", "3 Min."),
            (3 * 3600, "3 hr", "3 Std.", "3 Std."),
            (DAY, "1 day", "1 Tag", "1 Tag"),
            (2 * DAY, "2 days", "2 Tage", "2 Tagen"),
            (31 * DAY, "1 month", "1 Monat", "1 Monat"),
            (61 * DAY, "2 months", "2 Monate", "2 Monaten"),
            (365 * DAY, "1 year", "1 Jahr", "1 Jahr"),
            (731 * DAY, "2 years", "2 Jahre", "2 Jahren"),
        ] {
            assert_eq!(said(Language::English, secs), (english.into(), format!("{english} ago")));
            assert_eq!(said(Language::German, secs), (german.into(), format!("vor {dative}")));
        }
    }
}
