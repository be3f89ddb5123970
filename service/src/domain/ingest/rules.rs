//! How events change one room. Pure: the time is an argument.
//!
//! A signal has been failing or healthy since some time. What follows depends on how long:
//!
//! - failing for its watch time without a break → its ticket opens, or opens again under the same number (R78, A12);
//! - healthy again → the ticket is Resolved at once (R77), and after seven healthy days without a break Closed;
//! - the room says nothing for [`SILENT_AFTER`] → disconnected (R71); for [`OFFLINE_AFTER`] → the signal Offline opens its ticket.
//!
//! While a room is quiet (onboarding, suppressed, unenrolled: R67, R73, R68) no ticket opens, but its states are kept: when it is no
//! longer quiet, what has failed for its watch time opens then.

use std::time::Duration;

use tenantry_model::api::{Reading, SignalState};
use tenantry_model::incident::{HistoryKind, HistoryRow, IncidentStatus};
use tenantry_model::signal::SignalId;
use tenantry_model::time::Timestamp;

use crate::domain::rooms::state::NotOnboarding;
use crate::store::ingest::{SignalKey, WatchedRoom, WatchedSignal, WatchedTicket};

/// How long a room may say nothing before it counts as disconnected: the poll and watch time of the signal Monitoring.
pub const SILENT_AFTER: Duration = after(SignalId::Monitoring);

/// How long it may say nothing before that is a ticket: the poll and watch time of the signal Offline.
pub const OFFLINE_AFTER: Duration = after(SignalId::Offline);

/// How long a signal must be healthy without a break before its ticket closes (R77, A12).
pub const CLOSE_AFTER: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// How exactly `last_seen` is kept while a room reports: updating 200,000 rooms every minute would only be noise in every reader's cache.
/// When a room falls silent it is set to the exact time of its last report (or within this, if the service was restarted after that).
pub const SEEN_EVERY: Duration = Duration::from_secs(60 * 60);

const fn after(signal: SignalId) -> Duration {
    let facts = signal.facts();
    facts.poll.saturating_add(facts.watch)
}

/// How long a signal must have failed. Offline begins when the room counts as silent: what is left of its time then.
const fn watch_time(signal: SignalId) -> Duration {
    match signal {
        SignalId::Offline => OFFLINE_AFTER.saturating_sub(SILENT_AFTER),
        signal => signal.facts().watch,
    }
}

/// Processes everything that fell due up to `now`, in that order. Idempotent, and the result does not depend on how late it runs.
pub fn advance(room: &mut WatchedRoom, now: Timestamp) {
    loop {
        let silence = room.silent_due.map(|due| (due, None));
        let signals = room.signals.iter().filter_map(|(key, signal)| signal.due.map(|due| (due, Some(key))));
        let next = silence.into_iter().chain(signals).filter(|(due, _)| *due <= now).min();
        match next.map(|(due, key)| (due, key.cloned())) {
            None => return,
            Some((at, None)) => fall_silent(room, at),
            Some((at, Some(key))) => fall_due(room, &key, at),
        }
    }
}

/// The device reports. Signals that it does not name keep their state.
pub fn report(room: &mut WatchedRoom, readings: &[Reading], occupied: Option<bool>, now: Timestamp) {
    if !room.facts.is_ours() {
        return;
    }
    hear(room, now);
    room.facts = room.facts.occupied(occupied);
    for reading in readings {
        let key = (reading.signal, reading.instance.clone().unwrap_or_default());
        match reading.state {
            SignalState::Failing => fail(room, key, now),
            SignalState::Healthy => recover(room, &key, now),
        }
    }
}

/// As if the device had reported regularly up to `until`, with nothing new. `until` must be in the past.
pub fn stay_in_touch(room: &mut WatchedRoom, until: Timestamp) {
    if room.facts.connected && room.facts.is_ours() {
        room.silent_due = Some(until.plus(SILENT_AFTER));
        room.facts = room.facts.seen(until);
    }
    advance(room, until);
}

fn hear(room: &mut WatchedRoom, now: Timestamp) {
    advance(room, now);
    room.silent_due = Some(now.plus(SILENT_AFTER));
    let again = !room.facts.connected;
    if again {
        recover(room, &(SignalId::Offline, String::new()), now);
    }
    if again || room.facts.last_seen.is_none_or(|seen| now.since(seen) >= SEEN_EVERY) {
        room.facts = room.facts.seen(now);
    }
}

fn fall_silent(room: &mut WatchedRoom, at: Timestamp) {
    room.silent_due = None;
    let reported = at.minus(SILENT_AFTER);
    // A report would have moved `last_seen` along: where it lies further back, the service itself was away, and the silence was postponed.
    let exact = room.facts.last_seen.is_none_or(|seen| reported.since(seen) < SEEN_EVERY);
    room.facts = room.facts.silent(exact.then_some(reported));
    fail(room, (SignalId::Offline, String::new()), at);
}

fn fail(room: &mut WatchedRoom, key: SignalKey, now: Timestamp) {
    let quiet = room.facts.is_quiet();
    let due = (!quiet).then(|| now.plus(watch_time(key.0)));
    let signal = room.signals.entry(key.clone()).or_insert(WatchedSignal { failing: false, since: now, due: None, ticket: None });
    if signal.failing {
        return;
    }
    signal.failing = true;
    signal.since = now;
    signal.due = due;
    if due.is_some_and(|due| due <= now) {
        fall_due(room, &key, now);
    }
}

fn recover(room: &mut WatchedRoom, key: &SignalKey, now: Timestamp) {
    let Some(signal) = room.signals.get_mut(key).filter(|signal| signal.failing) else { return };
    signal.failing = false;
    signal.since = now;
    signal.due = None;
    let Some(ticket) = &mut signal.ticket else { return };
    let was_active = ticket.status.is_active();
    if was_active {
        ticket.status = IncidentStatus::Resolved;
        ticket.last_resolved = Some(now);
        ticket.last_updated = now;
        ticket.new_history.push(HistoryRow { at: now, kind: HistoryKind::Deactivated });
    }
    if ticket.status == IncidentStatus::Resolved {
        signal.due = Some(now.plus(CLOSE_AFTER));
    }
    if was_active {
        room.facts = room.facts.resolved(key.0.facts().severity);
    }
}

/// The watch time of a failing signal, or the seven days of a healthy one, have passed.
fn fall_due(room: &mut WatchedRoom, key: &SignalKey, at: Timestamp) {
    let Some(signal) = room.signals.get_mut(key) else { return };
    signal.due = None;
    if signal.failing {
        open(room, key, at);
    } else if let Some(ticket) = &mut signal.ticket
        && ticket.status == IncidentStatus::Resolved
    {
        ticket.status = IncidentStatus::Closed;
        ticket.last_closed = Some(at);
        ticket.last_updated = at;
    }
}

fn open(room: &mut WatchedRoom, key: &SignalKey, at: Timestamp) {
    let Some(signal) = room.signals.get_mut(key) else { return };
    let ticket = signal.ticket.get_or_insert(WatchedTicket {
        number: None,
        status: IncidentStatus::Closed,
        created_at: at,
        last_updated: at,
        active_since: at,
        last_resolved: None,
        last_closed: None,
        saved_history: 0,
        new_history: vec![],
    });
    if ticket.status.is_active() {
        return;
    }
    ticket.status = IncidentStatus::NeedsAction;
    ticket.active_since = at;
    ticket.last_updated = at;
    ticket.new_history.push(HistoryRow { at, kind: HistoryKind::Activated });
    room.facts = room.facts.opened(key.0.facts().severity);
}

/// Suppresses the room, or lifts that (R73). Open tickets stay open; they may still resolve.
pub fn suppress(room: &mut WatchedRoom, suppressed: bool, now: Timestamp) {
    advance(room, now);
    let was_quiet = room.facts.is_quiet();
    room.facts = room.facts.suppress(suppressed);
    quiet_changed(room, was_quiet, now);
}

/// Takes an onboarding room under management: from now on it raises tickets (R67).
pub fn enrol(room: &mut WatchedRoom, now: Timestamp) -> Result<(), NotOnboarding> {
    advance(room, now);
    let was_quiet = room.facts.is_quiet();
    room.facts = room.facts.enrol()?;
    quiet_changed(room, was_quiet, now);
    Ok(())
}

/// Ends management: its open tickets are resolved, and none opens any more (R68).
pub fn unenrol(room: &mut WatchedRoom, now: Timestamp) {
    advance(room, now);
    let failing: Vec<SignalKey> = room.signals.iter().filter(|(_, signal)| signal.failing).map(|(key, _)| key.clone()).collect();
    for key in failing {
        recover(room, &key, now);
    }
    room.facts = room.facts.unenrol();
    room.silent_due = None;
}

/// The device registers again: an unenrolled room starts over as an onboarding one.
pub fn introduce(room: &mut WatchedRoom, now: Timestamp) {
    room.facts = room.facts.introduce();
    hear(room, now);
}

fn quiet_changed(room: &mut WatchedRoom, was_quiet: bool, now: Timestamp) {
    let quiet = room.facts.is_quiet();
    if quiet == was_quiet {
        return;
    }
    let mut overdue = Vec::new();
    for (key, signal) in &mut room.signals {
        let is_open = signal.ticket.as_ref().is_some_and(|ticket| ticket.status.is_active());
        if !signal.failing || is_open {
            continue;
        }
        let due = signal.since.plus(watch_time(key.0));
        signal.due = (!quiet).then_some(due.max(now));
        if !quiet && due <= now {
            overdue.push(key.clone());
        }
    }
    for key in overdue {
        fall_due(room, &key, now);
    }
}
