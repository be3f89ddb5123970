//! When a room may install updates: between midnight and five in the morning of its own time (R105).

use std::time::Duration;

use chrono::{DateTime, Datelike as _, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeZone as _};
use chrono_tz::Tz;
use tenantry_model::api::updates::InstallWindow;
use tenantry_model::time::Timestamp;

/// The hour of the room's clock at which a night ends.
const ENDS_AT: u32 = 5;
/// Beyond what clocks ever skipped, in steps of a quarter of an hour: a whole day, where the date line moved.
const MOST_SKIPPED: u32 = 26 * 4;

/// The time zone of this name, if there is one.
pub fn zone(name: &str) -> Option<Tz> {
    name.parse().ok()
}

/// The night that this moment lies in, or the next one; of a room whose time zone is not known in UTC. The clock's change makes a night longer or shorter; where
/// midnight does not exist it begins with what comes after, and where an hour comes twice, the first one counts.
pub fn night(zone: Option<Tz>, at: Timestamp) -> InstallWindow {
    let zone = zone.unwrap_or(Tz::UTC);
    let moment = DateTime::from_timestamp_micros(at.micros()).filter(|moment| (1970..9999).contains(&moment.year())).unwrap_or_default();
    let today = moment.with_timezone(&zone).date_naive();
    let nights = (0..4).filter_map(|days| of_day(zone, today.checked_add_days(Days::new(days))?));
    let mut later = nights.filter(|night| night.until > at);
    later.next().unwrap_or(InstallWindow { from: at, until: at.plus(Duration::from_secs(u64::from(ENDS_AT) * 60 * 60)) })
}

/// None on a day that its clocks skipped.
fn of_day(zone: Tz, day: NaiveDate) -> Option<InstallWindow> {
    let from = first(zone, day.and_time(NaiveTime::MIN))?;
    let until = first(zone, day.and_time(NaiveTime::from_hms_opt(ENDS_AT, 0, 0)?))?;
    (from < until).then_some(InstallWindow { from, until })
}

/// The first moment at which the clocks there show this time, or one after it.
fn first(zone: Tz, time: NaiveDateTime) -> Option<Timestamp> {
    (0..MOST_SKIPPED).find_map(|quarters| {
        let time = time.checked_add_signed(chrono::TimeDelta::minutes(i64::from(quarters) * 15))?;
        zone.from_local_datetime(&time).earliest().map(|moment| Timestamp::from(moment.to_utc()))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn r105_nights_of_rooms_all_over_the_world() {
        let table = [
            // In winter and in summer, before, within and at the end of a night.
            ("Europe/Berlin", "2026-01-15T12:00:00Z", "2026-01-15T23:00:00Z", "2026-01-16T04:00:00Z"),
            ("Europe/Berlin", "2026-01-16T03:59:59Z", "2026-01-15T23:00:00Z", "2026-01-16T04:00:00Z"),
            ("Europe/Berlin", "2026-01-16T04:00:00Z", "2026-01-16T23:00:00Z", "2026-01-17T04:00:00Z"),
            ("Europe/Berlin", "2026-07-15T12:00:00Z", "2026-07-15T22:00:00Z", "2026-07-16T03:00:00Z"),
            // The clock goes forward at two: four hours. It goes back at three: six.
            ("Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-28T23:00:00Z", "2026-03-29T03:00:00Z"),
            ("Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-24T22:00:00Z", "2026-10-25T04:00:00Z"),
            ("America/New_York", "2026-03-07T20:00:00Z", "2026-03-08T05:00:00Z", "2026-03-08T09:00:00Z"),
            ("America/New_York", "2026-11-01T04:30:00Z", "2026-11-01T04:00:00Z", "2026-11-01T10:00:00Z"),
            // Midnight itself is skipped in Beirut, and comes twice in Havana.
            ("Asia/Beirut", "2026-03-28T12:00:00Z", "2026-03-28T22:00:00Z", "2026-03-29T02:00:00Z"),
            ("America/Havana", "2026-10-31T12:00:00Z", "2026-11-01T04:00:00Z", "2026-11-01T10:00:00Z"),
            // Half and quarter hours, and the far ends of the day.
            ("Asia/Kolkata", "2026-06-01T00:00:00Z", "2026-06-01T18:30:00Z", "2026-06-01T23:30:00Z"),
            ("Asia/Kathmandu", "2026-06-01T00:00:00Z", "2026-06-01T18:15:00Z", "2026-06-01T23:15:00Z"),
            ("Pacific/Kiritimati", "2026-06-01T12:00:00Z", "2026-06-01T10:00:00Z", "2026-06-01T15:00:00Z"),
            ("Pacific/Pago_Pago", "2026-06-01T12:00:00Z", "2026-06-01T11:00:00Z", "2026-06-01T16:00:00Z"),
            // Samoa had no 30 December 2011.
            ("Pacific/Apia", "2011-12-30T08:00:00Z", "2011-12-30T10:00:00Z", "2011-12-30T15:00:00Z"),
            ("Lord Howe, by a slip", "2026-06-01T12:00:00Z", "2026-06-02T00:00:00Z", "2026-06-02T05:00:00Z"),
        ];
        for (name, now, from, until) in table {
            let expected = InstallWindow { from: at(from), until: at(until) };
            assert_eq!(night(zone(name), at(now)), expected, "{name} at {now}");
        }
    }

    proptest! {
        #[test]
        fn r105_a_night_is_ahead_or_now_and_of_the_rooms_own_clock(place in 0..chrono_tz::TZ_VARIANTS.len(), seconds in 0..4_102_444_800_i64) {
            use chrono::Timelike as _;
            let zone = chrono_tz::TZ_VARIANTS[place];
            let now = Timestamp::from_micros(seconds * 1_000_000);
            let night = night(Some(zone), now);
            prop_assert!(now < night.until && night.from < night.until);
            prop_assert!(night.from.since(now) <= Duration::from_secs(49 * 60 * 60), "{night:?}");
            prop_assert!(night.until.since(night.from) <= Duration::from_secs(8 * 60 * 60), "{night:?}");
            // Also its last moment is of the night.
            let last = DateTime::from_timestamp_micros(night.until.micros() - 1).unwrap().with_timezone(&zone);
            prop_assert!(last.hour() < ENDS_AT, "{last}");
        }

        #[test]
        fn r105_no_moment_is_out_of_reach(micros in any::<i64>(), place in 0..chrono_tz::TZ_VARIANTS.len()) {
            let window = night(Some(chrono_tz::TZ_VARIANTS[place]), Timestamp::from_micros(micros));
            prop_assert!(window.from <= window.until);
        }
    }
}
