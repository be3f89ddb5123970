//! Stretches of time, from a moment up to another.

use std::time::Duration;

use tenantry_model::time::Timestamp;

pub(super) type Span = (Timestamp, Timestamp);

/// The same time, in order, with nothing in it twice: what overlaps counts once.
pub(super) fn union(mut spans: Vec<Span>) -> Vec<Span> {
    spans.retain(|(from, until)| from < until);
    spans.sort_unstable();
    let mut found: Vec<Span> = Vec::with_capacity(spans.len());
    for (from, until) in spans {
        match found.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(until),
            _ => found.push((from, until)),
        }
    }
    found
}

/// How long spans, in order and without overlaps, are within this time.
pub(super) fn within(spans: &[Span], (from, until): Span) -> Duration {
    let begin = spans.partition_point(|span| span.1 <= from);
    let inside = spans.iter().skip(begin).take_while(|span| span.0 < until);
    inside.map(|span| span.1.min(until).since(span.0.max(from))).sum()
}

pub(super) fn overlap(a: Span, b: Span) -> bool {
    a.0.max(b.0) < a.1.min(b.1)
}
