//! When an incident was active, when it was grave enough to trouble its rooms, and who held it.

use tenantry_model::incident::{HistoryKind, IncidentType, Severity};
use tenantry_model::time::{Timestamp, UtcDay};

use super::spans::{Span, within};
use crate::store::report_incidents::Lived;

/// How grave it is each time that it begins.
fn severity_at_first(kind: IncidentType) -> Severity {
    match kind {
        IncidentType::Signal(signal) => signal.facts().severity,
        // R84.
        IncidentType::CustomerReported => Severity::Critical,
    }
}

/// How grave it is where it counts at all.
pub(super) fn severity(lived: &Lived) -> Severity {
    severity_at_first(lived.kind).min(Severity::Important)
}

/// When it was active. What still is, is so until now.
pub(super) fn active(lived: &Lived, now: Timestamp) -> Vec<Span> {
    read(lived, now, true)
}

/// When it was Critical or Important: a warning that was left alone is from then on (R91, A34).
pub(super) fn serious(lived: &Lived, now: Timestamp) -> Vec<Span> {
    read(lived, now, severity_at_first(lived.kind).is_serious())
}

fn read(lived: &Lived, now: Timestamp, from_the_beginning: bool) -> Vec<Span> {
    let (mut found, mut since) = (Vec::new(), None);
    for (at, kind) in &lived.history {
        match kind {
            HistoryKind::Activated if from_the_beginning => since = since.or(Some(*at)),
            HistoryKind::Escalated => since = since.or(Some(*at)),
            HistoryKind::Deactivated => found.extend(since.take().map(|since| (since, *at))),
            _ => {}
        }
    }
    found.extend(since.map(|since| (since, now)));
    found
}

/// When the service held it, of when it was active. Each time that it becomes active it is the helpdesk's at first.
fn held_by_service(lived: &Lived, active: &[Span]) -> Vec<Span> {
    let mut found = Vec::new();
    for (begin, end) in active {
        let mut since = None;
        for (at, to_service) in lived.handed.iter().filter(|(at, _)| (*begin..*end).contains(at)) {
            if *to_service {
                since = since.or(Some(*at));
            } else {
                found.extend(since.take().map(|since| (since, *at)));
            }
        }
        found.extend(since.map(|since| (since, *end)));
    }
    found
}

/// Whether the service, and not the helpdesk, held it for most of the time that it was active on each of these days, where it was at all; a day of halves is
/// the helpdesk's (R95).
pub(super) fn held(lived: &Lived, days: impl Iterator<Item = UtcDay>, now: Timestamp) -> Vec<(UtcDay, bool)> {
    let active = super::spans::union(active(lived, now));
    let service = held_by_service(lived, &active);
    let day = |day: UtcDay| {
        let time = (day.begin(), day.end());
        let (all, theirs) = (within(&active, time), within(&service, time));
        (!all.is_zero()).then_some((day, theirs * 2 > all))
    };
    days.filter_map(day).collect()
}

#[cfg(test)]
mod tests {
    use tenantry_model::incident::HistoryKind::{Activated, Deactivated, Escalated};
    use tenantry_model::signal::SignalId;

    use super::*;

    fn at(text: &str) -> Timestamp {
        format!("2026-03-{text}:00Z").parse().unwrap()
    }

    fn lived(kind: IncidentType, history: &[(&str, HistoryKind)], handed: &[(&str, bool)]) -> Lived {
        Lived {
            number: "ALPHAA-000001".parse().unwrap(),
            kind,
            rooms: vec![],
            history: history.iter().map(|(text, kind)| (at(text), *kind)).collect(),
            handed: handed.iter().map(|(text, to_service)| (at(text), *to_service)).collect(),
        }
    }

    #[test]
    fn r91_a34_a_warning_counts_from_when_it_became_important_and_each_activation_anew() {
        let warning = IncidentType::Signal(SignalId::TimeDrift);
        let history = [
            ("01T10:00", Activated),
            ("02T10:00", Escalated),
            ("02T12:00", Deactivated),
            ("03T10:00", Activated),
            ("03T11:00", Deactivated),
            ("04T10:00", Activated),
        ];
        let now = at("05T00:00");
        assert_eq!(serious(&lived(warning, &history, &[]), now), [(at("02T10:00"), at("02T12:00"))]);
        let all = [(at("01T10:00"), at("02T12:00")), (at("03T10:00"), at("03T11:00")), (at("04T10:00"), now)];
        assert_eq!(active(&lived(warning, &history, &[]), now), all);
        assert_eq!(serious(&lived(IncidentType::CustomerReported, &history, &[]), now), all);
        assert_eq!(serious(&lived(IncidentType::Signal(SignalId::DiskHealth), &history, &[]), now), all);
    }

    #[test]
    fn r95_a_day_counts_for_the_side_that_held_the_incident_for_most_of_it() {
        let history = [("01T18:00", Activated), ("05T12:00", Deactivated), ("06T08:00", Activated)];
        let handed = [("02T09:00", true), ("03T12:00", false), ("04T12:00", true), ("04T13:00", true)];
        let it = lived(IncidentType::CustomerReported, &history, &handed);
        let days = at("01T00:00");
        let days = UtcDay::of(days).up_to(UtcDay::of(days).days_after(6));
        let held: Vec<_> = held(&it, days, at("06T10:00")).into_iter().map(|(day, service)| (day.to_string(), service)).collect();
        let expected = [
            ("2026-03-01", false),
            ("2026-03-02", true),
            // Half and half.
            ("2026-03-03", false),
            ("2026-03-04", false),
            // Of the twelve hours that it was active.
            ("2026-03-05", true),
            ("2026-03-06", false),
        ];
        assert_eq!(held, expected.map(|(day, service)| (day.to_owned(), service)));
    }
}
