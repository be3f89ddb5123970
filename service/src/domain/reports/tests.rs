//! What days come to, against a count of single minutes.

use std::time::Duration;

use chrono::{DateTime, Timelike as _, Utc};
use chrono_tz::Tz;
use proptest::prelude::*;
use tenantry_model::api::usage::CallQuality;
use tenantry_model::report::COUNTED_HOURS;
use tenantry_model::time::{Timestamp, UtcDay};
use uuid::Uuid;

use super::spans::{Span, union};
use super::{calendar, health, usage};
use crate::store::room_days::DayUse;
use crate::store::room_usage::{Use, What};

/// Half an hour, a quarter, and a day apart from UTC; with clocks that change on different days, at midnight too.
const ZONES: [&str; 8] = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Kiritimati",
    "America/Havana",
    "not a zone",
];
/// Days around which clocks change in some of them.
const DAYS: [&str; 5] = ["2026-03-08", "2026-03-29", "2026-04-05", "2026-10-25", "2026-11-01"];

fn day(text: &str) -> UtcDay {
    text.parse().unwrap()
}

fn minutes(count: u64) -> Duration {
    Duration::from_secs(count * 60)
}

/// What clocks show there, in minutes of the day, and on which day.
fn shown(zone: Tz, at: Timestamp) -> (UtcDay, u32) {
    let local = DateTime::<Utc>::from_timestamp_micros(at.micros()).unwrap().with_timezone(&zone);
    (UtcDay::try_from(local.date_naive()).unwrap(), local.hour() * 60 + local.minute())
}

fn holds(spans: &[Span], at: Timestamp) -> bool {
    spans.iter().any(|span| (span.0..span.1).contains(&at))
}

/// In minutes after the beginning of the day before.
fn spans() -> impl Strategy<Value = Vec<(u64, u64)>> {
    prop::collection::vec((0_u64..3 * 1_440, 0_u64..400), 0..6)
}

fn of(begin: Timestamp, spans: &[(u64, u64)]) -> Vec<Span> {
    spans.iter().map(|(from, long)| (begin.plus(minutes(*from)), begin.plus(minutes(from + long)))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn r91_r92_daily_health_is_what_a_count_of_minutes_says(zone in 0..ZONES.len(), of_day in 0..DAYS.len(), incidents in spans()) {
        let (zone, of_day) = (calendar::zone(ZONES[zone]), day(DAYS[of_day]));
        let incidents = of(of_day.days_before(1).begin(), &incidents);
        let counted = (0..1_440).filter(|minute| {
            let at = of_day.begin().plus(minutes(*minute));
            let hour = shown(zone, at).1 / 60;
            COUNTED_HOURS.contains(&hour) && holds(&incidents, at)
        });
        let counted = counted.count();
        let found = health::of_day(&union(incidents), zone, of_day);
        prop_assert_eq!((found.troubled_min as usize, found.unhealthy), (counted, counted > 20));
    }

    #[test]
    fn r97_r98_daily_usage_is_what_a_count_of_minutes_says(
        zone in 0..ZONES.len(), of_day in 0..DAYS.len(), meetings in spans(), kinds in any::<u64>(),
    ) {
        let (zone, of_day) = (calendar::zone(ZONES[zone]), day(DAYS[of_day]));
        let spans = of(of_day.days_before(1).begin(), &meetings);
        let uses: Vec<Use> = spans.iter().enumerate().map(|(at, (start, end))| {
            let bit = |n: usize| kinds >> (at * 3 + n) & 1 == 1;
            let what = if bit(0) {
                What::Meeting { booked: bit(1), online: bit(2) }
            } else {
                What::Call(if bit(1) { CallQuality::Good } else { CallQuality::Poor })
            };
            Use { id: Uuid::nil(), start: *start, end: *end, what }
        }).collect();
        let is_booked = |it: &&Use| matches!(it.what, What::Meeting { booked: true, .. });
        let booked: Vec<Span> = uses.iter().filter(is_booked).map(|it| (it.start, it.end)).collect();
        // Every day of a calendar lies within three in UTC.
        let all = (0..5 * 1_440).map(|minute| of_day.days_before(2).begin().plus(minutes(minute)));
        let booked_min = all.filter(|at| shown(zone, *at).0 == of_day && holds(&booked, *at)).count() as u32;
        let count = |wanted: fn(&What) -> bool| uses.iter().filter(|it| wanted(&it.what) && shown(zone, it.start).0 == of_day).count() as u32;
        let expected = DayUse {
            booked_min,
            booked: count(|what| matches!(what, What::Meeting { booked: true, .. })),
            online: count(|what| matches!(what, What::Meeting { booked: true, online: true })),
            calls: count(|what| matches!(what, What::Call(_))),
            good_calls: count(|what| matches!(what, What::Call(CallQuality::Good))),
        };
        prop_assert_eq!(usage::of_day(&uses, calendar::bounds(zone, of_day)), expected);
    }
}

#[test]
fn r91_the_worked_examples_and_overlaps_that_count_once() {
    let of_day = |spans: &[(&str, u64)]| {
        let spans = spans.iter().map(|(from, long)| {
            let from: Timestamp = format!("2026-03-03T{from}:00Z").parse().unwrap();
            (from, from.plus(minutes(*long)))
        });
        let found = health::of_day(&union(spans.collect()), Tz::UTC, day("2026-03-03"));
        (found.troubled_min, found.unhealthy)
    };
    assert_eq!(of_day(&[("09:00", 15), ("14:00", 10)]), (25, true));
    assert_eq!(of_day(&[("09:00", 15)]), (15, false));
    assert_eq!(of_day(&[("09:00", 21)]), (21, true));
    assert_eq!(of_day(&[("09:00", 20)]), (20, false));
    assert_eq!(of_day(&[("09:00", 15), ("09:05", 10)]), (15, false), "two at a time are one time");
    assert_eq!(of_day(&[("03:00", 135), ("20:55", 120)]), (20, false), "what is before five and after nine does not count");
}

#[test]
fn r97_forty_booked_hours_of_a_week_are_71_percent() {
    let begin = day("2026-03-02").begin();
    let booked = |days: u64, from: u64, hours: u64| Use {
        id: Uuid::nil(),
        start: begin.plus(minutes((days * 24 + from) * 60)),
        end: begin.plus(minutes((days * 24 + from + hours) * 60)),
        what: What::Meeting { booked: true, online: false },
    };
    let uses: Vec<Use> = (0..5).flat_map(|day| [booked(day, 8, 4), booked(day, 13, 4)]).collect();
    let days = day("2026-03-02").up_to(day("2026-03-08"));
    let minutes: u32 = days.map(|day| usage::of_day(&uses, calendar::bounds(Tz::UTC, day)).booked_min).sum();
    assert_eq!(tenantry_model::report::utilisation(minutes.into(), 7).percent(), Some(71));
}
