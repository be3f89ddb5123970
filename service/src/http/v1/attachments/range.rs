//! Which bytes of a file are asked for (RFC 9110, 14).

use std::ops::Range;

use http::HeaderMap;
use http::header::{IF_RANGE, RANGE};
use tenantry_model::problem::ProblemKind;

use crate::error::{Error, Result};

/// One range; none for all of it, also where several are asked for, or in another way: all of it answers any of these. [`ProblemKind::RangeNotSatisfiable`]
/// where nothing lies there.
pub(super) fn asked(headers: &HeaderMap, size: u64, tag: &str) -> Result<Option<Range<u64>>> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    // A part of another version would be no part of what its reader has.
    if text(IF_RANGE).is_some_and(|known| known != tag) {
        return Ok(None);
    }
    let Some((first, last)) = text(RANGE).and_then(|range| range.trim().strip_prefix("bytes=")?.split_once('-')) else { return Ok(None) };
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u64>().ok()).flatten();
    let range = match (first, last) {
        ("", last) => number(last).map(|length| size.saturating_sub(length)..if length == 0 { 0 } else { size }),
        (first, "") => number(first).map(|first| first..size),
        (first, last) => number(first)
            .zip(number(last))
            .filter(|(first, last)| first <= last)
            .map(|(first, last)| first..size.min(last.saturating_add(1))),
    };
    match range {
        None => Ok(None),
        Some(range) if range.start < range.end => Ok(Some(range)),
        Some(_) => Err(Error::refused_because(ProblemKind::RangeNotSatisfiable, format!("It has {size} bytes."))),
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn of_ten(range: &'static str, known: Option<&'static str>) -> Option<Option<Range<u64>>> {
        let mut headers = HeaderMap::from_iter([(RANGE, HeaderValue::from_static(range))]);
        headers.extend(known.map(|known| (IF_RANGE, HeaderValue::from_static(known))));
        asked(&headers, 10, "\"x\"").ok()
    }

    #[test]
    fn r82_a_range_is_what_rfc_9110_says() {
        for (range, found) in [
            ("bytes=0-3", Some(Some(0..4))),
            ("bytes=4-", Some(Some(4..10))),
            ("bytes=-3", Some(Some(7..10))),
            ("bytes=-30", Some(Some(0..10))),
            ("bytes=9-30", Some(Some(9..10))),
            ("bytes=10-", None),
            ("bytes=-0", None),
            ("bytes=3-2", Some(None)),
            ("bytes=0-1,3-4", Some(None)),
            ("bytes=+1-2", Some(None)),
            ("lines=1-2", Some(None)),
            ("bytes=", Some(None)),
            ("bytes=99999999999999999999-", Some(None)),
        ] {
            assert_eq!(of_ten(range, None), found, "{range}");
        }
        assert_eq!(of_ten("bytes=0-3", Some("\"x\"")), Some(Some(0..4)));
        assert_eq!(of_ten("bytes=0-3", Some("\"y\"")), Some(None), "of another version");
    }
}
