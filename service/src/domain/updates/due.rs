//! What a room is to do with an update, and when (R103, R105).

use std::time::Duration;

use tenantry_model::api::updates::{InstallWhen, InstallWindow};
use tenantry_model::room::Room;
use tenantry_model::time::Timestamp;
use tenantry_model::update::{ForcedWhen, PackageVersion, RingPhase, RoomFacts, UpdateStatus, room_status};

use super::night::{night, zone};
use super::schedule::Schedule;
use crate::store::updates::catalogue::Update;
use crate::store::updates::rooms::RoomProgress;

/// How long ahead a device is told of a night: what is paused meanwhile it hears when it asks again.
const TOLD_AHEAD: Duration = Duration::from_secs(24 * 60 * 60);

/// An update in a room that has the package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::domain) struct Due {
    pub(in crate::domain) status: UpdateStatus,
    /// When the room may install it; none while it may not, and none where that is more than a day away.
    pub(in crate::domain) when: Option<(InstallWhen, Option<InstallWindow>)>,
}

/// Where an update stands in a room that runs this version of its package.
pub(in crate::domain) fn due(
    schedule: &Schedule,
    room: &Room,
    update: &Update,
    runs: &PackageVersion,
    row: Option<&RoomProgress>,
    now: Timestamp,
) -> Due {
    let facts = RoomFacts {
        installed: runs.is_at_least(&update.version),
        progress: row.and_then(|row| row.progress),
        forced: row.is_some_and(|row| row.forced.is_some()),
    };
    let at = room.ring.as_ref().and_then(|ring| schedule.at(update, ring.id, now));
    let phase = at.map_or(RingPhase::Ahead, |(times, passed)| times.phase(passed));
    let status = room_status(facts, phase, schedule.stopped(update));
    if !matches!(status, UpdateStatus::Scheduled | UpdateStatus::InProgress) {
        return Due { status, when: None };
    }
    let when = match (row.and_then(|row| row.forced), at) {
        (Some(ForcedWhen::Now), _) => Some((InstallWhen::Now, None)),
        (Some(ForcedWhen::WhenFree), _) => Some((InstallWhen::WhenFree, None)),
        (None, Some((times, passed))) if phase != RingPhase::Ahead => {
            let turn = times.turn(room.id, update.id);
            let begins = now.plus(turn.saturating_sub(passed));
            let zone = zone(&room.timezone);
            let mut window = night(zone, begins);
            window.from = window.from.max(if turn > passed { begins } else { window.from });
            let how = if zone.is_some() { InstallWhen::Window } else { InstallWhen::WindowWhenFree };
            (window.from <= now.plus(TOLD_AHEAD)).then_some((how, Some(window)))
        }
        _ => None,
    };
    Due { status, when }
}
