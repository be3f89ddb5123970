//! How events change one room. Pure: the time is an argument.
//!
//! A signal has been failing or healthy since some time. What follows depends on how long:
//!
//! - failing for its watch time without a break → its ticket opens, or opens again under the same number (R78, A12);
//! - healthy again → the ticket is Resolved at once (R77), and after seven healthy days without a break Closed;
//! - the room says nothing for [`SILENT_AFTER`] → disconnected (R71); for [`OFFLINE_AFTER`] → the signal Offline opens its ticket.
//!
//! While a room is quiet (onboarding, suppressed, unenrolled: R67, R73, R68), or a signal of it is suppressed (R73), no ticket opens, but states are
//! kept: when that is over, what has failed for its watch time opens then. A suppression may end by itself (A33).
//!
//! A signal that its customer switched off raises nothing, whatever is reported of it (R74).
//!
//! A warning that is left alone for a day becomes important, once each time that it is active (R79, A34).

use std::time::Duration;

use tenantry_model::api::{Reading, SignalState};
use tenantry_model::incident::{HistoryKind, HistoryRow, IncidentStatus, Severity};
use tenantry_model::signal::SignalId;
use tenantry_model::time::Timestamp;

use crate::domain::rooms::state::NotOnboarding;
use crate::store::incident_writes::ALONE_FOR;
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

/// What falls due; of several at one moment, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Due<'a> {
    Silence,
    /// A watch time, or the closing of a ticket.
    Signal(&'a SignalKey),
    /// The end of the room's suppression.
    Lift,
    /// The end of a signal's.
    LiftSignal(&'a SignalKey),
    /// A warning was left alone for long enough.
    Alone(&'a SignalKey),
}

/// Processes everything that fell due up to `now`, in that order. Idempotent, and the result does not depend on how late it runs.
pub fn advance(room: &mut WatchedRoom, now: Timestamp) {
    loop {
        let of_room = [(room.silent_due, Due::Silence), (room.lifted, Due::Lift)];
        let of_signals = room.signals.iter().flat_map(|(key, signal)| {
            let alone = signal.ticket.as_ref().and_then(|ticket| ticket.alone_due);
            [(signal.due, Due::Signal(key)), (signal.lifted, Due::LiftSignal(key)), (alone, Due::Alone(key))]
        });
        let all = of_room.into_iter().chain(of_signals).filter_map(|(at, due)| at.filter(|at| *at <= now).map(|at| (at, due)));
        let Some((at, next)) = all.min() else { return };
        match next {
            Due::Silence => fall_silent(room, at),
            Due::Lift => suppress_at(room, false, None, at),
            Due::Signal(key) => fall_due(room, &key.clone(), at),
            Due::LiftSignal(key) => suppress_signal_at(room, &key.clone(), false, None, at),
            Due::Alone(key) => escalate(room, &key.clone(), at),
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
    take(room, readings, now);
}

/// The service notices something of a room that is managed.
pub fn notice(room: &mut WatchedRoom, readings: &[Reading], now: Timestamp) {
    if room.facts.is_ours() {
        advance(room, now);
        take(room, readings, now);
    }
}

fn take(room: &mut WatchedRoom, readings: &[Reading], now: Timestamp) {
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
    // While nothing is raised of that, it is looked at again and again: it may count once the signal is switched on.
    room.silent_due = room.switched_off.has(SignalId::Offline).then(|| at.plus(SILENT_AFTER));
    let reported = at.minus(SILENT_AFTER);
    // A report would have moved `last_seen` along: where it lies further back, the service itself was away, and the silence was postponed.
    let exact = room.facts.last_seen.is_none_or(|seen| reported.since(seen) < SEEN_EVERY);
    room.facts = room.facts.silent(exact.then_some(reported));
    fail(room, (SignalId::Offline, String::new()), at);
}

fn fail(room: &mut WatchedRoom, key: SignalKey, now: Timestamp) {
    if room.switched_off.has(key.0) {
        return;
    }
    let signal = room.signals.entry(key.clone()).or_insert_with(|| healthy(now));
    if signal.failing {
        return;
    }
    let quiet = room.facts.is_quiet() || signal.suppressed;
    let due = (!quiet).then(|| now.plus(watch_time(key.0)));
    signal.failing = true;
    signal.since = now;
    signal.due = due;
    if due.is_some_and(|due| due <= now) {
        fall_due(room, &key, now);
    }
}

const fn healthy(since: Timestamp) -> WatchedSignal {
    WatchedSignal { failing: false, since, due: None, suppressed: false, lifted: None, ticket: None }
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
        ticket.alone_due = None;
        ticket.new_history.push(HistoryRow::of_itself(now, HistoryKind::Deactivated));
    }
    let severity = ticket.severity;
    if ticket.status == IncidentStatus::Resolved {
        signal.due = Some(now.plus(CLOSE_AFTER));
    }
    if was_active {
        room.facts = room.facts.resolved(severity);
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
    let off = room.switched_off.has(key.0);
    let Some(signal) = room.signals.get_mut(key) else { return };
    if off {
        // It failed before its signal was switched off, and nothing was open of it: what is reported later counts anew (R74).
        signal.failing = false;
        signal.since = at;
        if key.0 == SignalId::Offline {
            room.silent_due = Some(at.plus(SILENT_AFTER));
        }
        return;
    }
    let ticket = signal.ticket.get_or_insert(WatchedTicket {
        number: None,
        status: IncidentStatus::Closed,
        severity: key.0.facts().severity,
        alone_due: None,
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
    ticket.severity = key.0.facts().severity;
    ticket.alone_due = (ticket.severity == Severity::Warning).then(|| at.plus(ALONE_FOR));
    ticket.active_since = at;
    ticket.last_updated = at;
    ticket.new_history.push(HistoryRow::of_itself(at, HistoryKind::Activated));
    room.facts = room.facts.opened(ticket.severity);
}

fn escalate(room: &mut WatchedRoom, key: &SignalKey, at: Timestamp) {
    let Some(ticket) = room.signals.get_mut(key).and_then(|signal| signal.ticket.as_mut()) else { return };
    ticket.alone_due = None;
    if !(ticket.status.is_active() && ticket.severity == Severity::Warning) {
        return;
    }
    ticket.severity = Severity::Important;
    ticket.last_updated = at;
    ticket.new_history.push(HistoryRow::of_itself(at, HistoryKind::Escalated));
    room.facts = room.facts.resolved(Severity::Warning).opened(Severity::Important);
}

/// Suppresses the room, until this moment if it is to end by itself, or lifts that (R73, A33). Open tickets stay open; they may still resolve.
pub fn suppress(room: &mut WatchedRoom, suppressed: bool, until: Option<Timestamp>, now: Timestamp) {
    advance(room, now);
    suppress_at(room, suppressed, until, now);
}

fn suppress_at(room: &mut WatchedRoom, suppressed: bool, until: Option<Timestamp>, now: Timestamp) {
    let was_quiet = room.facts.is_quiet();
    room.facts = room.facts.suppress(suppressed);
    room.lifted = until.filter(|_| suppressed);
    quiet_changed(room, was_quiet, now);
}

/// The same of one of its signals; a sibling is unaffected.
pub fn suppress_signal(room: &mut WatchedRoom, key: &SignalKey, suppressed: bool, until: Option<Timestamp>, now: Timestamp) {
    advance(room, now);
    suppress_signal_at(room, key, suppressed, until, now);
}

fn suppress_signal_at(room: &mut WatchedRoom, key: &SignalKey, suppressed: bool, until: Option<Timestamp>, now: Timestamp) {
    let quiet_room = room.facts.is_quiet();
    let signal = room.signals.entry(key.clone()).or_insert_with(|| healthy(now));
    signal.suppressed = suppressed;
    signal.lifted = until.filter(|_| suppressed);
    if watch_anew(key.0, signal, quiet_room, now) {
        fall_due(room, key, now);
    }
}

/// What follows for a signal from its room, or itself, being quiet or not. Whether its watch time is over already.
fn watch_anew(signal: SignalId, state: &mut WatchedSignal, quiet_room: bool, now: Timestamp) -> bool {
    let is_open = state.ticket.as_ref().is_some_and(|ticket| ticket.status.is_active());
    if !state.failing || is_open {
        return false;
    }
    let quiet = quiet_room || state.suppressed;
    let due = state.since.plus(watch_time(signal));
    state.due = (!quiet).then_some(due.max(now));
    !quiet && due <= now
}

/// Takes an onboarding room under management: from now on it raises tickets (R67).
pub fn enrol(room: &mut WatchedRoom, now: Timestamp) -> Result<(), NotOnboarding> {
    advance(room, now);
    let was_quiet = room.facts.is_quiet();
    room.facts = room.facts.enrol(now)?;
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

/// Its signal was switched off for the whole customer, by whom: what was open of it by `open_at` is closed (R74). A failure that is reported once it is
/// switched on again is a new one. How many.
pub fn switch_off(room: &mut WatchedRoom, signal: SignalId, open_at: Timestamp, by: Option<&str>, now: Timestamp) -> usize {
    advance(room, now);
    let mut closed = Vec::new();
    for (_, state) in room.signals.iter_mut().filter(|(key, _)| key.0 == signal) {
        let open = state.ticket.as_mut().filter(|ticket| ticket.status.is_active() && ticket.active_since <= open_at);
        let Some(ticket) = open else { continue };
        ticket.status = IncidentStatus::Closed;
        ticket.last_resolved = Some(now);
        ticket.last_closed = Some(now);
        ticket.last_updated = now;
        ticket.alone_due = None;
        ticket.new_history.push(HistoryRow { at: now, kind: HistoryKind::SwitchedOff, by: by.map(str::to_owned) });
        closed.push(ticket.severity);
        state.failing = false;
        state.since = now;
        state.due = None;
    }
    for severity in &closed {
        room.facts = room.facts.resolved(*severity);
    }
    if signal == SignalId::Offline && !closed.is_empty() && room.facts.is_ours() {
        room.silent_due = Some(now.plus(SILENT_AFTER));
    }
    closed.len()
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
    let signals = room.signals.iter_mut();
    let overdue: Vec<SignalKey> = signals.filter_map(|(key, signal)| watch_anew(key.0, signal, quiet, now).then(|| key.clone())).collect();
    for key in overdue {
        fall_due(room, &key, now);
    }
}
