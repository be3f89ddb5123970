//! Events that a room's device reports (R113): kept for people to look at, and never an incident by themselves.

use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

use tenantry_model::api::room_events::{EventsAnswer, EventsReport, LONGEST_EVENT_TEXT, MOST_REPORTED, ReportedEvent, RoomEventKind};
use tenantry_model::id::{RoomEventId, RoomId};
use tenantry_model::time::Timestamp;
use uuid::Uuid;

use super::reports::{Admitted, refused};
use crate::domain::text;
use crate::error::{Error, Result};
use crate::random::{Random, uuid_v7};
use crate::store::{Conn, Store, Tx, agents, room_events};

/// How long events are kept.
pub const KEPT_FOR: Duration = Duration::from_secs(90 * DAY.as_secs());
/// How many events of one kind and room are taken within a day: a device that reports poor calls without end fills nothing, and keeps out nobody who reports a problem.
pub const MOST_A_DAY: usize = 100;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// How many one transaction deletes.
const AT_ONCE: u32 = 500;

/// Takes a report. What is on disk when it answers stays: the device sends it no second time.
///
/// # Errors
/// [`ProblemKind::KeyRefused`](tenantry_model::problem::ProblemKind::KeyRefused) where the room has another key by now;
/// [`ProblemKind::BadRequest`](tenantry_model::problem::ProblemKind::BadRequest) for events that make no sense: then none is kept.
pub async fn take(store: &Store, Admitted { room, hash }: Admitted, report: EventsReport, random: &dyn Random) -> Result<EventsAnswer> {
    let events = checked(report.events)?;
    // A flood, and what is reported again, must not wait for the writer: looked at before, and once more under it.
    let mut reading = store.read().await?;
    let (new, dropped) = sifted(reading.conn(), room, events.clone(), store.now()).await?;
    drop(reading);
    if new.is_empty() {
        return Ok(EventsAnswer { kept: 0, dropped });
    }
    let mut tx = store.write().await?;
    if agents::room_key_hash(tx.conn(), room).await? != hash {
        return Err(refused());
    }
    let answer = keep(&mut tx, room, events, random).await?;
    tx.commit().await?;
    Ok(answer)
}

/// Keeps what was checked, at the transaction's time. No change is recorded: nobody's copy has events.
pub async fn keep(tx: &mut Tx, room: RoomId, events: Vec<ReportedEvent>, random: &dyn Random) -> Result<EventsAnswer> {
    let now = tx.now();
    let (new, dropped) = sifted(tx.conn(), room, events, now).await?;
    let new: Vec<_> = new.into_iter().map(|event| (RoomEventId::from_uuid(uuid_v7(event.at, random)), event)).collect();
    room_events::insert(tx.conn(), room, &new, now).await?;
    Ok(EventsAnswer { kept: u32::try_from(new.len()).unwrap_or(u32::MAX), dropped })
}

/// Those that are to be kept, and how many are not, besides those that are known.
async fn sifted(conn: &mut Conn, room: RoomId, events: Vec<ReportedEvent>, now: Timestamp) -> Result<(Vec<ReportedEvent>, u32)> {
    let names: Vec<Uuid> = events.iter().map(|event| event.id).collect();
    let mut known: HashSet<Uuid> = room_events::known(conn, room, &names).await?.into_iter().collect();
    let mut room_for = BTreeMap::new();
    for kind in RoomEventKind::ALL {
        room_for.insert(*kind, MOST_A_DAY.saturating_sub(room_events::count_since(conn, room, *kind, now.minus(DAY)).await?));
    }
    let (mut new, mut dropped) = (Vec::new(), 0);
    for mut event in events {
        if !known.insert(event.id) {
            continue;
        }
        // A clock that is ahead must not keep it on top of the list.
        event.at = event.at.min(now);
        match room_for.get_mut(&event.kind) {
            Some(left) if *left > 0 && event.at >= now.minus(KEPT_FOR) => *left -= 1,
            _ => {
                dropped += 1;
                continue;
            }
        }
        new.push(event);
    }
    Ok((new, dropped))
}

/// Events as they are kept.
pub fn checked(events: Vec<ReportedEvent>) -> Result<Vec<ReportedEvent>> {
    if events.len() > MOST_REPORTED {
        return Err(Error::bad_request(format!("a report holds at most {MOST_REPORTED} events, not {}", events.len())));
    }
    events.into_iter().enumerate().map(|(place, event)| check(&format!("#/events/{place}"), event)).collect()
}

/// `at` says which of the report's it is.
fn check(at: &str, event: ReportedEvent) -> Result<ReportedEvent> {
    let kind = event.kind;
    let of_call = event.problem.is_some() || event.duration_s.or(event.participants).or(event.packet_loss_percent).is_some();
    match kind {
        RoomEventKind::PoorCall if event.problem.is_none() => {
            return Err(Error::bad_request(format!("{at}/problem: say what was poor about the call, other where nothing fits")));
        }
        RoomEventKind::PoorCall if event.text.is_some() => {
            return Err(Error::bad_request(format!("{at}/text: {kind} has no text: leave text out, it might name somebody")));
        }
        RoomEventKind::RoomReport if of_call => {
            return Err(Error::bad_request(format!(
                "{at}: {kind} says nothing of a call: leave problem, durationS, participants and packetLossPercent out"
            )));
        }
        _ => {}
    }
    if event.packet_loss_percent.is_some_and(|percent| percent > 100) {
        return Err(Error::bad_request(format!("{at}/packetLossPercent: must be 0 to 100")));
    }
    let text = event.text.filter(|text| !text.trim().is_empty());
    let text = text.map(|text| text::lines_at(&format!("{at}/text"), &text, LONGEST_EVENT_TEXT)).transpose()?;
    Ok(ReportedEvent { text, ..event })
}

/// Deletes some of what was kept long enough. How many.
pub async fn forget_old(tx: &mut Tx) -> Result<usize> {
    let before = tx.now().minus(KEPT_FOR);
    room_events::delete_before(tx.conn(), before, AT_ONCE).await
}
