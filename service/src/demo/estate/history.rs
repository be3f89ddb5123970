//! The history of one room: its device, its failures in ninety days, and the tickets that the rules of ingest make of them.

use std::time::Duration;

use rand::Rng;
use rand::seq::IndexedRandom as _;
use rand_chacha::ChaCha20Rng;
use tenantry_model::api::{Reading, SignalState};
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::incident::Severity;
use tenantry_model::room::Peripheral;
use tenantry_model::signal::SignalId;
use tenantry_model::time::Timestamp;

use crate::demo::names::{self, Style};
use crate::domain::ingest::{OFFLINE_AFTER, SILENT_AFTER, rules};
use crate::store::agents::RoomDevice;
use crate::store::ingest::{RoomState, SignalKey, WatchedRoom};

const MINUTE: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// How far back the history goes.
pub(super) const DAYS: u32 = 90;

/// Of a thousand incidents, how many of each severity, from gravest to mildest; recorded issues come on top of the critical ones. There are
/// two signals of the mildest kind, so a room that has both makes up the difference with warnings: hence a little more than a half.
const SEVERITIES: [u32; 4] = [20, 120, 340, 520];

/// How a customer of the estate names and sees its rooms.
#[derive(Debug, Clone, Copy)]
pub(crate) struct House<'a> {
    pub(crate) customer: TenantId,
    pub(crate) domain: &'a str,
    pub(crate) style: Style,
    pub(crate) zone: &'static str,
}

/// What is special about a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lot {
    Managed,
    /// Nobody has enrolled it yet.
    Onboarding,
    /// It was suppressed some days ago.
    Suppressed,
    /// It fell silent an hour or two ago.
    Silent,
}

/// Draws what is special about a room.
pub(super) fn lot(rng: &mut ChaCha20Rng) -> Lot {
    match rng.random_range(0..1_000) {
        0..30 => Lot::Onboarding,
        30..45 => Lot::Suppressed,
        45..55 => Lot::Silent,
        _ => Lot::Managed,
    }
}

/// A device, the n-th of its customer.
pub(crate) fn device_of(house: House<'_>, n: usize, rng: &mut ChaCha20Rng) -> RoomDevice {
    let capacity = *[2, 4, 4, 6, 6, 6, 8, 8, 10, 12, 16, 20, 24, 40, 120].choose(rng).unwrap_or(&6);
    let display_name = names::room(house.style, capacity, rng);
    let many = |kind: &str, name: &str, count: usize| vec![Peripheral { kind: kind.to_owned(), name: name.to_owned() }; count];
    let displays = if capacity >= 20 { 3 } else { 1 + usize::from(capacity >= 8) };
    let mut peripherals = many("display", "Panoramic 65 Pro", displays);
    peripherals.extend(many("camera", "Kestrel 4K", 1 + usize::from(capacity >= 40)));
    peripherals.extend(many("microphone", "Ceiling Array M2", 1 + usize::from(capacity >= 16)));
    peripherals.extend(many("speaker", "Soundbar 40", 1 + usize::from(capacity >= 20)));
    peripherals.extend(many("console", "Touch 10", 1));
    RoomDevice {
        host_name: format!("MTR-{:05}", n + 1),
        account: format!("room-{:05}@{}", n + 1, house.domain),
        display_name,
        capacity: Some(capacity),
        timezone: house.zone.to_owned(),
        licence: if rng.random_ratio(1, 12) { "Teams Rooms Basic" } else { "Teams Rooms Pro" }.to_owned(),
        peripherals,
    }
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Fail(SignalKey),
    Recover(SignalKey),
    SilentUntil(Timestamp),
    Enrol,
    Suppress,
}

/// A room of this lot, as `incidents` incidents and ninety days left it.
pub(super) fn live(
    id: RoomId,
    house: House<'_>,
    device: &RoomDevice,
    lot: Lot,
    incidents: usize,
    now: Timestamp,
    rng: &mut ChaCha20Rng,
) -> WatchedRoom {
    let age = match lot {
        Lot::Onboarding => DAY.mul_f64(rng.random_range(0.02..6.0)),
        _ if rng.random_ratio(1, 12) => DAY.mul_f64(rng.random_range(10.0..60.0)),
        _ => DAY.mul_f64(f64::from(DAYS) + rng.random_range(0.0..1.0)),
    };
    let begin = now.minus(age);
    let mut room = WatchedRoom {
        id,
        customer: house.customer,
        facts: RoomState::onboarding(begin),
        silent_due: Some(begin.plus(SILENT_AFTER)),
        lifted: None,
        switched_off: Default::default(),
        signals: Default::default(),
    };
    let mut events: Vec<(Timestamp, Event)> = Vec::new();
    if lot != Lot::Onboarding {
        events.push((begin.plus(MINUTE * rng.random_range(10..600)), Event::Enrol));
    }
    let first = begin.plus(Duration::from_secs(11 * 60 * 60));
    let mut taken: Vec<SignalKey> = Vec::new();
    for _ in 0..incidents {
        let Some(key) = choose(device, &taken, rng) else { break };
        episodes(&key, first, now, lot, rng, &mut events);
        taken.push(key);
    }
    match lot {
        Lot::Suppressed => events.push((now.minus(DAY.mul_f64(rng.random_range(0.1..9.0))), Event::Suppress)),
        Lot::Silent => events.push((now.minus(MINUTE * rng.random_range(64..170)), Event::SilentUntil(now))),
        Lot::Managed | Lot::Onboarding => {}
    }
    events.sort();
    play(&mut room, events, now, rng);
    if room.facts.connected {
        room.facts = room.facts.occupied(Some(rng.random_ratio(1, 3)));
    }
    room
}

fn play(room: &mut WatchedRoom, events: Vec<(Timestamp, Event)>, now: Timestamp, rng: &mut ChaCha20Rng) {
    let mut reached = Timestamp::default();
    for (at, event) in events {
        // Failures of a silent room show when it is back.
        let at = at.max(reached);
        if at >= now {
            break;
        }
        rules::stay_in_touch(room, at);
        match event {
            Event::Fail(key) => rules::report(room, &[reading(key, SignalState::Failing)], None, at),
            Event::Recover(key) => rules::report(room, &[reading(key, SignalState::Healthy)], None, at),
            Event::Enrol => rules::enrol(room, at).unwrap_or(()),
            Event::Suppress => rules::suppress(room, true, None, at),
            Event::SilentUntil(until) if until >= now => {
                rules::advance(room, now);
                return;
            }
            Event::SilentUntil(until) => {
                rules::report(room, &[], None, until);
                reached = until;
            }
        }
    }
    rules::stay_in_touch(room, now.minus(Duration::from_secs(rng.random_range(5..300))));
    rules::advance(room, now);
}

fn reading((signal, instance): SignalKey, state: SignalState) -> Reading {
    Reading { signal, instance: Some(instance).filter(|instance| !instance.is_empty()), state }
}

/// A signal instance that the room has and that has not been chosen yet, by the severity mix.
fn choose(device: &RoomDevice, taken: &[SignalKey], rng: &mut ChaCha20Rng) -> Option<SignalKey> {
    let mut at = rng.random_range(0..SEVERITIES.iter().sum::<u32>());
    let mut severity = Severity::Warning;
    for (candidate, weight) in Severity::ALL.iter().zip(SEVERITIES) {
        if at < weight {
            severity = *candidate;
            break;
        }
        at -= weight;
    }
    // A second severity for a room that has all of the first.
    [severity, Severity::Warning, Severity::Important].into_iter().find_map(|severity| {
        let free: Vec<SignalKey> = SignalId::ALL
            .iter()
            .filter(|signal| signal.facts().severity == severity && **signal != SignalId::UpdateFailed)
            .flat_map(|signal| instances(*signal, device).into_iter().map(|instance| (*signal, instance)))
            .filter(|key| !taken.contains(key))
            .collect();
        free.choose(rng).cloned()
    })
}

/// The instances of a signal in a room with this device: one for each peripheral of its kind, where there are several (R76).
pub(super) fn instances(signal: SignalId, device: &RoomDevice) -> Vec<String> {
    let (kind, label) = match signal {
        SignalId::DisplayFrontOfRoom => ("display", "Display"),
        SignalId::CameraRoom => ("camera", "Camera"),
        SignalId::ConferencingMicrophone => ("microphone", "Microphone"),
        SignalId::ConferencingSpeaker => ("speaker", "Speaker"),
        _ => return vec![String::new()],
    };
    match device.peripherals.iter().filter(|it| it.kind == kind).count() {
        0 | 1 => vec![String::new()],
        count => (1..=count).map(|n| format!("{label} {n}")).collect(),
    }
}

/// When the signal failed and recovered: once or a few times. About one in twenty still fails: six of a hundred are drawn, and some of those
/// are in rooms that are silent or quiet.
fn episodes(key: &SignalKey, first: Timestamp, now: Timestamp, lot: Lot, rng: &mut ChaCha20Rng, events: &mut Vec<(Timestamp, Event)>) {
    let offline = key.0 == SignalId::Offline;
    let watch = if offline { OFFLINE_AFTER } else { key.0.facts().watch };
    let span = now.since(first);
    let shortest = watch + MINUTE * 5;
    if span <= shortest * 2 {
        return;
    }
    let still = lot == Lot::Managed && rng.random_ratio(6, 100);
    let mut end_of_last = first;
    let count = *[1, 1, 1, 1, 1, 1, 1, 2, 2, 3].choose(rng).unwrap_or(&1);
    let mut starts: Vec<Timestamp> = (0..count).map(|_| first.plus(span.mul_f64(rng.random_range(0.0..0.97)))).collect();
    if still {
        // Most open ones are fresh; a few have been open for a fortnight.
        let age = log_uniform(shortest.as_secs_f64(), DAY.as_secs_f64() * 14.0, rng).min(span.as_secs_f64());
        starts.pop();
        starts.push(now.minus(Duration::from_secs_f64(age)));
    }
    starts.sort();
    let last = starts.last().copied();
    for start in starts {
        if start < end_of_last {
            continue;
        }
        let ends = start.plus(shortest + Duration::from_secs_f64(log_uniform(600.0, DAY.as_secs_f64() * 3.0, rng)));
        let open = still && Some(start) == last;
        let ends = if open { now } else { ends.min(now.minus(MINUTE)) };
        if !open && ends.since(start) < watch {
            continue;
        }
        if offline {
            events.push((start, Event::SilentUntil(ends)));
        } else {
            events.push((start, Event::Fail(key.clone())));
            if !open {
                events.push((ends, Event::Recover(key.clone())));
            }
        }
        end_of_last = ends.plus(MINUTE * 30);
    }
}

fn log_uniform(from: f64, to: f64, rng: &mut ChaCha20Rng) -> f64 {
    if to <= from { from } else { rng.random_range(from.ln()..to.ln()).exp() }
}
