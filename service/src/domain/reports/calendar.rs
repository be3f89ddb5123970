//! Days and hours where a room is.

use chrono::{DateTime, Duration, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeZone as _, Utc};
use chrono_tz::Tz;
use tenantry_model::report::COUNTED_HOURS;
use tenantry_model::time::{Timestamp, UtcDay};

use super::spans::Span;

/// The longest that clocks were ever put forward at once: Samoa left out a day.
const LONGEST_GAP_QUARTERS: i32 = 25 * 4;

/// The zone of this name. A room without one that is known counts in UTC: its device could not say more.
pub(super) fn zone(name: &str) -> Tz {
    name.parse().unwrap_or(Tz::UTC)
}

/// The day of the zone's calendar that holds this moment.
pub(super) fn local_day(zone: Tz, at: Timestamp) -> UtcDay {
    let local = DateTime::<Utc>::from_timestamp_micros(at.micros()).map(|at| at.with_timezone(&zone).date_naive());
    local.and_then(|day| UtcDay::try_from(day).ok()).unwrap_or_else(|| UtcDay::of(at))
}

/// A day of the zone's calendar: of 24 hours but where clocks are changed.
pub(super) fn bounds(zone: Tz, day: UtcDay) -> Span {
    (moment(zone, day.date(), 0), moment(zone, day.days_after(1).date(), 0))
}

/// The counted hours of a room's own days, as far as they are within this day in UTC (R91, R92).
pub(super) fn counted(zone: Tz, day: UtcDay) -> Vec<Span> {
    let (begin, end) = (day.begin(), day.end());
    let last = local_day(zone, end.minus(std::time::Duration::from_micros(1)));
    let hours = |local: UtcDay| {
        let (from, until) = (moment(zone, local.date(), COUNTED_HOURS.start), moment(zone, local.date(), COUNTED_HOURS.end));
        (from.max(begin), until.min(end))
    };
    local_day(zone, begin).up_to(last).map(hours).filter(|(from, until)| from < until).collect()
}

/// The moment at which clocks there show this hour: the first one where they show it twice, the next one that they show where they leave it out.
fn moment(zone: Tz, day: NaiveDate, hour: u32) -> Timestamp {
    let at: NaiveDateTime = day.and_time(NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default());
    for quarters in 0..LONGEST_GAP_QUARTERS {
        match zone.from_local_datetime(&(at + Duration::minutes(15 * i64::from(quarters)))) {
            LocalResult::Single(found) | LocalResult::Ambiguous(found, _) => return found.to_utc().into(),
            LocalResult::None => {}
        }
    }
    at.and_utc().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> UtcDay {
        text.parse().unwrap()
    }

    fn shown((from, until): Span) -> String {
        format!("{from}..{until}")
    }

    #[test]
    fn r97_a_day_goes_from_one_midnight_where_the_room_is_to_the_next() {
        for (name, of, expected) in [
            ("UTC", "2026-03-29", "2026-03-29T00:00:00Z..2026-03-30T00:00:00Z"),
            ("Europe/Berlin", "2026-03-28", "2026-03-27T23:00:00Z..2026-03-28T23:00:00Z"),
            // 23 hours, and 25.
            ("Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00Z..2026-03-29T22:00:00Z"),
            ("Europe/Berlin", "2026-10-25", "2026-10-24T22:00:00Z..2026-10-25T23:00:00Z"),
            // Clocks leave out the hour from midnight on.
            ("America/Asuncion", "2023-10-01", "2023-10-01T04:00:00Z..2023-10-02T03:00:00Z"),
            // They show it twice.
            ("America/Havana", "2026-11-01", "2026-11-01T04:00:00Z..2026-11-02T05:00:00Z"),
            ("Asia/Kathmandu", "2026-01-01", "2025-12-31T18:15:00Z..2026-01-01T18:15:00Z"),
            ("Pacific/Kiritimati", "2026-01-01", "2025-12-31T10:00:00Z..2026-01-01T10:00:00Z"),
            // A day that there was not.
            ("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z..2011-12-30T10:00:00Z"),
            ("Moon/Crater", "2026-03-29", "2026-03-29T00:00:00Z..2026-03-30T00:00:00Z"),
            ("", "2026-03-29", "2026-03-29T00:00:00Z..2026-03-30T00:00:00Z"),
        ] {
            assert_eq!(shown(bounds(zone(name), day(of))), expected, "{name}");
            let (begin, end) = bounds(zone(name), day(of));
            if begin < end {
                assert_eq!(local_day(zone(name), begin), day(of), "{name}");
                assert_eq!(local_day(zone(name), end), day(of).days_after(1), "{name}");
            }
        }
    }

    #[test]
    fn r91_r92_the_counted_hours_are_the_rooms_and_the_day_is_that_in_utc() {
        let counted = |name, of| counted(zone(name), day(of)).into_iter().map(shown).collect::<Vec<_>>();
        assert_eq!(counted("UTC", "2026-03-29"), ["2026-03-29T05:00:00Z..2026-03-29T21:00:00Z"]);
        assert_eq!(counted("Europe/Berlin", "2026-03-28"), ["2026-03-28T04:00:00Z..2026-03-28T20:00:00Z"]);
        assert_eq!(counted("Europe/Berlin", "2026-03-29"), ["2026-03-29T03:00:00Z..2026-03-29T19:00:00Z"]);
        // The rest of one day there, and the beginning of the next.
        let tokyo = ["2026-03-29T00:00:00Z..2026-03-29T12:00:00Z", "2026-03-29T20:00:00Z..2026-03-30T00:00:00Z"];
        assert_eq!(counted("Asia/Tokyo", "2026-03-29"), tokyo);
        let los_angeles = ["2026-01-29T00:00:00Z..2026-01-29T05:00:00Z", "2026-01-29T13:00:00Z..2026-01-30T00:00:00Z"];
        assert_eq!(counted("America/Los_Angeles", "2026-01-29"), los_angeles);
    }
}
