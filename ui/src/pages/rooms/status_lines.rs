//! What the tab Status shows of a room: what is open there, and how its signals stand. Pure.

use tenantry_model::api::SignalState;
use tenantry_model::api::rooms::SignalOf;
use tenantry_model::api::signals::{RoomSignal, SignalIncident};
use tenantry_model::incident::{Category, IncidentRow, IncidentType, Severity, Snooze};
use tenantry_model::signal::SignalId;
use tenantry_model::time::Timestamp;

/// What a line is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    /// A recorded issue, in its own words.
    Issue(String),
    /// A signal, and which peripheral where a room has several (R76).
    Signal(SignalId, Option<String>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) what: What,
    pub(super) severity: Severity,
    /// How the signal stands, and since when; none where no failure of it has been reported, or it is not known.
    pub(super) stands: Option<(SignalState, Timestamp)>,
    /// Whether it raises nothing, and until when (R73).
    pub(super) suppression: Option<Snooze>,
    /// Its incident; none where it has none, or the reader sees none.
    pub(super) incident: Option<SignalIncident>,
}

impl Line {
    /// Whether it is something to look at: open, or failing.
    pub(super) fn is_problem(&self) -> bool {
        let is_open = self.incident.is_some_and(|incident| incident.status.is_active());
        is_open || self.stands.is_some_and(|(state, _)| state == SignalState::Failing)
    }

    /// Which signal of the room it is, where it can be suppressed alone: of one that each peripheral has, only what has failed is known.
    pub(super) fn signal(&self) -> Option<SignalOf> {
        let What::Signal(signal, which) = &self.what else { return None };
        let per_peripheral = signal.facts().per_peripheral;
        let is_known = !per_peripheral || self.stands.is_some();
        is_known.then(|| SignalOf { signal: *signal, instance: which.clone().filter(|_| per_peripheral) })
    }
}

/// By category, in the order of the catalogue; within one what is a problem first, then what is gravest. `open` are the room's open incidents, `signals`
/// what the service says of its signals. Without `all` only what is a problem.
pub(super) fn by_category(open: &[IncidentRow], signals: &[RoomSignal], all: bool) -> Vec<(Category, Vec<Line>)> {
    let mut lines: Vec<(Category, Line)> = open.iter().map(|row| (row.category, of_incident(row, signals))).collect();
    let is_listed = |signal: &&RoomSignal| signal.incident.is_some_and(|told| open.iter().any(|row| row.number == told.number));
    lines.extend(signals.iter().filter(|signal| !is_listed(signal)).map(of_signal));
    if all {
        let known =
            |id: SignalId| signals.iter().any(|signal| signal.signal == id) || open.iter().any(|row| row.kind == IncidentType::Signal(id));
        let others = SignalId::ALL.iter().copied().filter(|id| !known(*id));
        lines.extend(others.map(|id| {
            let facts = id.facts();
            (
                facts.category,
                Line { what: What::Signal(id, None), severity: facts.severity, stands: None, suppression: None, incident: None },
            )
        }));
    } else {
        // What is suppressed must be found to be lifted, also while it is well.
        lines.retain(|(_, line)| line.is_problem() || line.suppression.is_some());
    }
    lines.sort_by_key(|(_, line)| (!line.is_problem(), line.severity));
    let of = |category: Category| lines.iter().filter(move |(of, _)| *of == category).map(|(_, line)| line.clone()).collect::<Vec<_>>();
    Category::ALL.iter().map(|category| (*category, of(*category))).filter(|(_, lines)| !lines.is_empty()).collect()
}

fn of_incident(row: &IncidentRow, signals: &[RoomSignal]) -> Line {
    let what = match row.kind {
        IncidentType::CustomerReported => What::Issue(row.problem.clone()),
        IncidentType::Signal(signal) => {
            let which = row.problem.trim();
            // Some services repeat the signal's own name here: it says nothing new.
            let says_which = !which.is_empty() && !which.eq_ignore_ascii_case(signal.facts().title);
            What::Signal(signal, says_which.then(|| which.to_owned()))
        }
    };
    let signal = signals.iter().find(|signal| signal.incident.is_some_and(|told| told.number == row.number));
    Line {
        what,
        severity: row.severity,
        stands: signal.map(|signal| (signal.state, signal.since)),
        suppression: signal.and_then(|signal| signal.suppression.clone()),
        incident: Some(SignalIncident { number: row.number, status: row.status, last_updated: row.last_updated }),
    }
}

fn of_signal(signal: &RoomSignal) -> (Category, Line) {
    let facts = signal.signal.facts();
    let line = Line {
        what: What::Signal(signal.signal, signal.instance.clone()),
        severity: facts.severity,
        stands: Some((signal.state, signal.since)),
        suppression: signal.suppression.clone(),
        incident: signal.incident,
    };
    (facts.category, line)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "018f4e2a-7c1b-7d3e-9a4f-2b6c8d0e1f23";

    fn row(number: &str, kind: &str, category: &str, severity: &str, problem: &str) -> IncidentRow {
        let at = "2026-07-01T10:00:00Z";
        serde_json::from_value(serde_json::json!({
            "number": number, "customerId": ID, "category": category, "type": kind, "severity": severity, "status": "needs_action",
            "rooms": [], "redactedRooms": 0, "problem": problem, "createdAt": at, "lastUpdated": at, "activeSince": at, "lastResolved": null,
            "lastClosed": null, "messages": 0, "lastMessageAt": null, "version": 1
        }))
        .unwrap()
    }

    fn signal(id: SignalId, instance: Option<&str>, state: SignalState, incident: Option<(&str, &str)>) -> RoomSignal {
        let since: Timestamp = "2026-07-01T09:00:00Z".parse().unwrap();
        let incident = incident.map(|(number, status)| SignalIncident {
            number: number.parse().unwrap(),
            status: status.parse().unwrap(),
            last_updated: since,
        });
        RoomSignal { signal: id, instance: instance.map(str::to_owned), state, since, suppression: None, incident }
    }

    fn shown(groups: &[(Category, Vec<Line>)]) -> Vec<String> {
        let line = |line: &Line| {
            let what = match &line.what {
                What::Issue(words) => words.clone(),
                What::Signal(signal, which) => format!("{signal}{}", which.as_ref().map(|which| format!("/{which}")).unwrap_or_default()),
            };
            let stands = line.stands.map_or("-", |(state, _)| state.as_str());
            format!("{what} {stands} {}", line.incident.map_or_else(|| "-".to_owned(), |incident| incident.number.to_string()))
        };
        groups.iter().flat_map(|(category, lines)| lines.iter().map(move |it| format!("{category}: {}", line(it)))).collect()
    }

    #[test]
    fn w11_status_shows_what_is_open_and_what_fails_by_category_and_each_once() {
        use SignalState::{Failing, Healthy};
        let open = [
            row("AAAAAA-000001", "display_front_of_room", "display", "important", "Display 2"),
            row("AAAAAA-000002", "customer_reported", "reported", "critical", "No picture"),
        ];
        let signals = [
            signal(SignalId::DisplayFrontOfRoom, Some("Display 2"), Failing, Some(("AAAAAA-000001", "needs_action"))),
            signal(SignalId::DisplayFrontOfRoom, Some("Display 1"), Healthy, Some(("AAAAAA-000003", "resolved"))),
            signal(SignalId::HdmiIngest, None, Failing, None),
        ];
        let expected = [
            "reported: No picture - AAAAAA-000002",
            "display: display_front_of_room/Display 2 failing AAAAAA-000001",
            "display: hdmi_ingest failing -",
        ];
        assert_eq!(shown(&by_category(&open, &signals, false)), expected);
        assert_eq!(
            shown(&by_category(&open, &[], false)),
            ["reported: No picture - AAAAAA-000002", "display: display_front_of_room/Display 2 - AAAAAA-000001"]
        );
        assert_eq!(by_category(&[], &[], false), []);
    }

    #[test]
    fn w11_all_signals_are_those_of_the_catalogue_and_those_that_failed_by_what_they_are_about() {
        let signals = [
            signal(SignalId::DisplayFrontOfRoom, Some("Display 1"), SignalState::Healthy, None),
            signal(SignalId::DisplayFrontOfRoom, Some("Display 2"), SignalState::Failing, None),
        ];
        let all = by_category(&[], &signals, true);
        let lines: usize = all.iter().map(|(_, lines)| lines.len()).sum();
        assert_eq!(lines, SignalId::ALL.len() + 1, "the one with two displays stands there twice");
        let (_, display) = all.iter().find(|(category, _)| *category == Category::Display).unwrap();
        assert_eq!(display[0].what, What::Signal(SignalId::DisplayFrontOfRoom, Some("Display 2".into())), "what fails comes first");
        assert!(display.iter().any(|line| line.what == What::Signal(SignalId::HdmiIngest, None) && line.stands.is_none()));
    }

    #[test]
    fn w11_a_signal_can_be_suppressed_where_it_is_known_which_one_it_is() {
        let line = |what, stands| Line { what, severity: Severity::Important, stands, suppression: None, incident: None };
        let failed = Some((SignalState::Failing, "2026-07-01T10:00:00Z".parse().unwrap()));
        let display = |which: Option<&str>| What::Signal(SignalId::DisplayFrontOfRoom, which.map(str::to_owned));
        let of = |signal, instance: Option<&str>| Some(SignalOf { signal, instance: instance.map(str::to_owned) });
        assert_eq!(line(display(Some("Display 2")), failed).signal(), of(SignalId::DisplayFrontOfRoom, Some("Display 2")));
        assert_eq!(line(display(None), failed).signal(), of(SignalId::DisplayFrontOfRoom, None), "where there is one alone");
        assert_eq!(line(display(None), None).signal(), None, "none has failed, so none is known");
        let calendar = What::Signal(SignalId::CalendarSync, Some("says something".into()));
        assert!(!SignalId::CalendarSync.facts().per_peripheral);
        assert_eq!(line(calendar, None).signal(), of(SignalId::CalendarSync, None), "the service knows no instances of it");
        assert_eq!(line(What::Issue("No picture".into()), None).signal(), None);
    }

    #[test]
    fn r73_a_suppressed_signal_is_found_to_be_lifted_though_it_is_well() {
        let well = signal(SignalId::HdmiIngest, None, SignalState::Healthy, None);
        assert!(by_category(&[], std::slice::from_ref(&well), false).is_empty());
        let since = well.since;
        let quiet = Snooze { by: None, reason: "Umbau".into(), since, until: None };
        let lines = by_category(&[], &[RoomSignal { suppression: Some(quiet.clone()), ..well }], false);
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].1[0].suppression, Some(quiet));
    }
}
