//! Small made-up estates, as lines of the sync, and a cache to put them in.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::incident::{Incident, IncidentRow, IncidentStatus, IncidentType, RoomRef, Severity};
use tenantry_model::ipc::{IncidentRef, SeenMessages};
use tenantry_model::permission::PermissionSet;
use tenantry_model::room::{Enrolment, Health, Room};
use tenantry_model::signal::SignalId;
use tenantry_model::sync::{Begin, Checkpoint, SyncCustomer, SyncLine};
use tenantry_model::tenancy::OfflineTerms;
use tenantry_model::time::Timestamp;
use uuid::Uuid;

use crate::cache::apply::Applied;
use crate::cache::{Cache, Contact, Spool};
use crate::db::Location;
use crate::error::Error;

pub(super) const DAY: Duration = Duration::from_secs(86_400);

/// The time at which these tests run.
pub(super) fn now() -> Timestamp {
    "2026-03-01T08:00:00Z".parse().unwrap()
}

pub(super) fn live() -> Contact {
    Contact { live: true, now: now(), clock: now(), lost: now() }
}

pub(super) fn tenant(n: u128) -> TenantId {
    TenantId::from_uuid(Uuid::from_u128(0xC000 + n))
}

pub(super) fn room_id(n: u128) -> RoomId {
    RoomId::from_uuid(Uuid::from_u128(0xA000 + n))
}

pub(super) fn customer(n: u128, name: &str) -> SyncCustomer {
    SyncCustomer {
        id: tenant(n),
        display_name: name.into(),
        permissions: PermissionSet::ALL,
        offline: OfflineTerms::default(),
        reset: false,
    }
}

pub(in crate::cache) fn incident(n: u128, number: &str, status: IncidentStatus, severity: Severity) -> Incident {
    let raised = now().minus(DAY);
    let inactive = !status.is_active();
    let signal = SignalId::CameraRoom;
    let row = IncidentRow {
        number: number.parse().unwrap(),
        customer_id: tenant(n),
        category: signal.facts().category,
        kind: IncidentType::Signal(signal),
        severity,
        status,
        rooms: vec![RoomRef { id: room_id(n), name: format!("Zugspitze {n}") }],
        redacted_rooms: 0,
        problem: "Kamera 2".into(),
        created_at: raised,
        last_updated: raised,
        active_since: raised,
        last_resolved: inactive.then_some(raised.plus(Duration::from_secs(60))),
        last_closed: None,
        messages: 0,
        last_message_at: None,
        claim: None,
        snooze: None,
        snoozed_by: None,
        version: 1,
    };
    Incident { description: "Das Bild bleibt schwarz".into(), ..row.alone() }
}

/// All messages of an incident were on screen.
pub(super) fn all_of(incident: IncidentRef) -> SeenMessages {
    SeenMessages { incident, first: 1, last: u32::MAX }
}

pub(in crate::cache) fn room(n: u128, id: u128) -> Room {
    Room {
        id: room_id(id),
        customer_id: tenant(n),
        display_name: format!("Zugspitze {id}"),
        capacity: Some(6),
        host_name: format!("host-{id}"),
        account: format!("room{id}@kunde.example"),
        enrolment: Enrolment::Enrolled,
        health: Health::Healthy,
        awaits_device: false,
        has_warnings: false,
        occupied: None,
        timezone: "Europe/Berlin".into(),
        licence: "Pro".into(),
        peripherals: vec![],
        groups: vec![],
        ring: None,
        last_seen: None,
        suppression: None,
        version: 1,
    }
}

pub(super) fn begin(snapshot: bool) -> SyncLine {
    SyncLine::Begin(Begin { snapshot })
}

pub(super) fn checkpoint(cursor: &str) -> SyncLine {
    SyncLine::Checkpoint(Checkpoint { cursor: cursor.into(), at: now(), history_pending: false, done_percent: None })
}

/// A whole answer around these lines.
pub(super) fn answer(snapshot: bool, lines: impl IntoIterator<Item = SyncLine>) -> Vec<u8> {
    text([begin(snapshot)].into_iter().chain(lines).chain([checkpoint("c")]))
}

pub(super) fn text(lines: impl IntoIterator<Item = SyncLine>) -> Vec<u8> {
    lines.into_iter().flat_map(|line| serde_json::to_string(&line).unwrap().into_bytes().into_iter().chain([b'\n'])).collect()
}

pub(super) async fn in_memory() -> Cache {
    Cache::open(Location::Memory, None, Arc::new(AtomicU64::new(0))).await.unwrap().0
}

/// Applies it in pieces that end anywhere.
pub(super) async fn apply(cache: &Cache, answer: &[u8]) -> Result<Applied, Error> {
    let mut spool = Spool::new(cache.clone()).await?;
    for piece in answer.chunks(97) {
        spool.push(piece).await?;
    }
    spool.finish(now()).await
}
