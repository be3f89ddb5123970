//! Which days are answered (R110, A26).

use std::time::Duration;

use tenantry_model::audit::AUDIT_DAYS;
use tenantry_model::time::{Timestamp, UtcDay};

use crate::error::{Error, Result};

const KEPT: Duration = Duration::from_secs(AUDIT_DAYS as u64 * 24 * 60 * 60);

/// The time at which a range of days begins, and that at which it is over. Both days are included, and are days in UTC (A26); what is
/// older than 180 days is gone, to the minute (R110).
///
/// # Errors
/// A refusal that says what may be asked for: the days are the wrong way round, or the first one is gone altogether.
pub fn window(from: Option<UtcDay>, to: Option<UtcDay>, now: Timestamp) -> Result<(Timestamp, Timestamp)> {
    let oldest = now.minus(KEPT);
    if let Some(from) = from
        && from < UtcDay::of(oldest)
    {
        let first = UtcDay::of(oldest);
        return Err(Error::bad_request(format!("from: records are kept for {AUDIT_DAYS} days; choose {first} or a later day")));
    }
    let until = to.map_or(Timestamp::from_micros(i64::MAX), UtcDay::end);
    if until <= oldest {
        let first = UtcDay::of(oldest);
        return Err(Error::bad_request(format!("to: records are kept for {AUDIT_DAYS} days; choose {first} or a later day")));
    }
    if let (Some(from), Some(to)) = (from, to)
        && from > to
    {
        return Err(Error::bad_request(format!("from: {from} is after {to}, the last day; exchange the two")));
    }
    Ok((from.map_or(oldest, UtcDay::begin).max(oldest), until))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<UtcDay> {
        Some(text.parse().unwrap())
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    const NOW: &str = "2026-07-01T10:30:00Z";

    #[test]
    fn a26_both_days_are_included_from_midnight_to_midnight_in_utc() {
        let range = window(day("2026-06-01"), day("2026-06-02"), at(NOW)).unwrap();
        assert_eq!(range, (at("2026-06-01T00:00:00Z"), at("2026-06-03T00:00:00Z")));
        let one = window(day("2026-06-01"), day("2026-06-01"), at(NOW)).unwrap();
        assert_eq!(one, (at("2026-06-01T00:00:00Z"), at("2026-06-02T00:00:00Z")));
    }

    #[test]
    fn r110_what_is_older_than_180_days_is_gone_to_the_minute() {
        // 180 days before the first of July at half past ten is the second of January at half past ten.
        assert_eq!(window(None, None, at(NOW)).unwrap().0, at("2026-01-02T10:30:00Z"));
        assert_eq!(window(day("2026-01-02"), None, at(NOW)).unwrap().0, at("2026-01-02T10:30:00Z"));
        assert_eq!(window(day("2026-01-03"), None, at(NOW)).unwrap().0, at("2026-01-03T00:00:00Z"));
        assert_eq!(window(None, day("2026-01-02"), at(NOW)).unwrap().1, at("2026-01-03T00:00:00Z"));
    }

    #[test]
    fn a_range_that_cannot_be_answered_says_which_can() {
        let said = |from, to| window(from, to, at(NOW)).unwrap_err().to_string();
        let early = said(day("2026-01-01"), day("2026-02-01"));
        assert!(early.contains("from:") && early.contains("180 days") && early.contains("2026-01-02"), "{early}");
        let gone = said(None, day("2026-01-01"));
        assert!(gone.contains("to:") && gone.contains("2026-01-02"), "{gone}");
        let crossed = said(day("2026-06-02"), day("2026-06-01"));
        assert!(crossed.contains("2026-06-02 is after 2026-06-01"), "{crossed}");
    }

    #[test]
    fn a_last_day_that_lies_ahead_means_up_to_now() {
        assert!(window(day("2026-06-01"), day("9999-12-31"), at(NOW)).is_ok());
    }
}
