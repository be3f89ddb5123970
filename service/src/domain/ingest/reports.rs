//! A device's report, and what falls due with time. Each is one transaction, so a crash leaves it done or not begun.

use std::time::Duration;

use tenantry_model::api::{Reading, SignalsAnswer, SignalsReport};
use tenantry_model::id::RoomId;
use tenantry_model::name::is_name;
use tenantry_model::problem::ProblemKind;
use tenantry_model::signal::SignalId;

use super::rules::{self, OFFLINE_AFTER, SILENT_AFTER};
use super::ticket_text::ticket_text;
use crate::domain::ingest::keys;
use crate::error::{Error, Result};
use crate::random::Random;
use crate::store::{Store, Tx, agents, ingest};

pub const MOST_READINGS: usize = 200;

/// How long the name of a peripheral may be, in characters.
pub const LONGEST_INSTANCE: usize = 80;

/// How soon a device reports again: the shortest poll time of the catalogue.
const NEXT_REPORT: Duration = Duration::from_secs(5 * 60);

/// How many due rooms one transaction processes: short enough that reports need not wait.
const ROOMS_A_STEP: u32 = 200;

/// A room whose key was shown: what is sent under it is read only then.
#[derive(Debug)]
pub struct Admitted {
    pub(super) room: RoomId,
    pub(super) hash: Option<String>,
}

pub(super) fn refused() -> Error {
    Error::refused_because(ProblemKind::KeyRefused, "enrol this device again to get a new key")
}

/// The room that `key` belongs to.
///
/// # Errors
/// [`ProblemKind::KeyRefused`] for a key that is not, or no longer, a room's.
pub async fn admit(store: &Store, key: &str) -> Result<Admitted> {
    let key = keys::room_key(key).ok_or_else(refused)?;
    // In a read transaction, so that wrong keys never wait for the writer.
    let hash = agents::room_key_hash(store.read().await?.conn(), key.of).await?;
    if key.opens(hash.as_deref()) { Ok(Admitted { room: key.of, hash }) } else { Err(refused()) }
}

/// Takes a report.
///
/// # Errors
/// [`ProblemKind::KeyRefused`] where the room has another key by now; [`ProblemKind::BadRequest`] for readings that make no sense.
pub async fn take(store: &Store, Admitted { room, hash }: Admitted, report: &SignalsReport, random: &dyn Random) -> Result<SignalsAnswer> {
    check(&report.readings)?;
    // It may wait for the disk: who answers for each report waits for none, and after a loss of power the device reports anew.
    let mut tx = store.write_intake().await?;
    if agents::room_key_hash(tx.conn(), room).await? != hash {
        return Err(refused());
    }
    apply(&mut tx, room, &report.readings, report.occupied, random).await?;
    tx.commit().await?;
    Ok(SignalsAnswer { next_report_s: u32::try_from(NEXT_REPORT.as_secs()).unwrap_or(u32::MAX) })
}

/// A report of a room whose key was verified, at the transaction's time.
pub async fn apply(tx: &mut Tx, room: RoomId, readings: &[Reading], occupied: Option<bool>, random: &dyn Random) -> Result<()> {
    let now = tx.now();
    let mut watched = ingest::load(tx.conn(), &[room]).await?;
    for it in &mut watched {
        rules::report(&mut it.room, readings, occupied, now);
    }
    ingest::save(tx, &mut watched, random, ticket_text).await
}

/// What the service itself notices of a room, as if it had been reported: it says nothing of whether the device is there.
pub(in crate::domain) async fn notice(tx: &mut Tx, room: RoomId, readings: &[Reading], random: &dyn Random) -> Result<()> {
    let now = tx.now();
    let mut watched = ingest::load(tx.conn(), &[room]).await?;
    for it in &mut watched {
        rules::notice(&mut it.room, readings, now);
    }
    ingest::save(tx, &mut watched, random, ticket_text).await
}

pub fn check(readings: &[Reading]) -> Result<()> {
    if readings.len() > MOST_READINGS {
        return Err(Error::bad_request(format!("a report holds at most {MOST_READINGS} readings, not {}", readings.len())));
    }
    for Reading { signal, instance, .. } in readings {
        if signal.is_noticed() {
            return Err(Error::bad_request(format!(
                "{signal} is noticed by the service: a device that reports is not offline, and how updates go is told at /v1/agent/updates"
            )));
        }
        check_instance(*signal, instance.as_deref())?;
    }
    Ok(())
}

/// Which peripheral it is: of a signal that has several (R76).
pub(in crate::domain) fn check_instance(signal: SignalId, instance: Option<&str>) -> Result<()> {
    let Some(instance) = instance else { return Ok(()) };
    if !signal.facts().per_peripheral {
        return Err(Error::bad_request(format!("{signal} has no instances: leave instance out")));
    }
    if !is_name(instance, LONGEST_INSTANCE) {
        return Err(Error::bad_request(format!(
            "the instance of {signal} must be 1 to {LONGEST_INSTANCE} characters without control characters; leave it out where there is only one"
        )));
    }
    Ok(())
}

/// Processes what is due in the rooms that are the longest overdue, in one transaction. Answers how many rooms it changed.
pub async fn step(tx: &mut Tx, random: &dyn Random) -> Result<usize> {
    let now = tx.now();
    let rooms = ingest::due(tx.conn(), now, ROOMS_A_STEP).await?;
    if rooms.is_empty() {
        return Ok(0);
    }
    let mut watched = ingest::load(tx.conn(), &rooms).await?;
    for it in &mut watched {
        rules::advance(&mut it.room, now);
    }
    ingest::save(tx, &mut watched, random, ticket_text).await?;
    Ok(rooms.len())
}

/// For the start of the service: no room could report while it was down, so each gets its full time again.
pub async fn resume(store: &Store) -> Result<()> {
    let mut tx = store.write().await?;
    postpone_silence(&mut tx).await?;
    tx.commit().await
}

/// [`resume`] within a transaction.
pub async fn postpone_silence(tx: &mut Tx) -> Result<()> {
    let now = tx.now();
    ingest::postpone_silence(tx.conn(), now.plus(SILENT_AFTER), now.plus(OFFLINE_AFTER.saturating_sub(SILENT_AFTER))).await
}
