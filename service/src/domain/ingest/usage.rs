//! Meetings and calls that a room's device reports (R97, R98).

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use tenantry_model::api::usage::{MOST_USES, ReportedCall, ReportedMeeting, RoomUsage, UsageAnswer};
use tenantry_model::id::RoomId;
use tenantry_model::time::{Timestamp, UtcDay};
use uuid::Uuid;

use super::reports::{Admitted, refused};
use crate::domain::reports::usage::{LONGEST, Place, keep_days, place};
use crate::error::{Error, Result};
use crate::store::room_usage::{Use, What};
use crate::store::{Conn, Store, Tx, agents, room_usage};

/// How long meetings and calls are kept.
pub const KEPT_FOR: Duration = Duration::from_secs(90 * DAY.as_secs());
/// How many meetings and calls of a room are kept of one day.
pub const MOST_A_DAY: usize = 200;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// How far a device's clock may be ahead.
const AHEAD: Duration = DAY;
/// How many one transaction deletes.
const AT_ONCE: u32 = 1_000;

/// Takes a report. What is on disk when it answers stays: the device sends it no second time.
///
/// # Errors
/// [`ProblemKind::KeyRefused`](tenantry_model::problem::ProblemKind::KeyRefused) where the room has another key by now;
/// [`ProblemKind::BadRequest`](tenantry_model::problem::ProblemKind::BadRequest) for times that make no sense: then nothing is kept.
pub async fn take(store: &Store, Admitted { room, hash }: Admitted, report: RoomUsage) -> Result<UsageAnswer> {
    let uses = checked(report)?;
    // What is reported again must not wait for the writer: looked at before, and once more under it.
    let mut reading = store.read().await?;
    let Some(at) = place(reading.conn(), room).await? else { return Err(refused()) };
    let sifted = sift(reading.conn(), (room, at), &uses, store.now()).await?;
    drop(reading);
    if sifted.new.is_empty() {
        return Ok(UsageAnswer { kept: 0, dropped: sifted.dropped });
    }
    let mut tx = store.write().await?;
    if agents::room_key_hash(tx.conn(), room).await? != hash {
        return Err(refused());
    }
    let answer = keep(&mut tx, room, &uses).await?;
    tx.commit().await?;
    Ok(answer)
}

/// Keeps what was checked, at the transaction's time. No change is recorded: nobody's copy has usage.
pub async fn keep(tx: &mut Tx, room: RoomId, uses: &[Use]) -> Result<UsageAnswer> {
    let Some(at) = place(tx.conn(), room).await? else { return Err(refused()) };
    let now = tx.now();
    let Sifted { new, replaced, dropped } = sift(tx.conn(), (room, at), uses, now).await?;
    room_usage::upsert(tx.conn(), room, &new).await?;
    // What is corrected may have lain on other days.
    keep_days(tx, room, at, new.iter().chain(&replaced)).await?;
    Ok(UsageAnswer { kept: u32::try_from(new.len()).unwrap_or(u32::MAX), dropped })
}

#[derive(Default)]
struct Sifted {
    /// To be kept.
    new: Vec<Use>,
    /// What was known of these before, where it was.
    replaced: Vec<Use>,
    dropped: u32,
}

async fn sift(conn: &mut Conn, (room, at): (RoomId, Place), uses: &[Use], now: Timestamp) -> Result<Sifted> {
    let names: Vec<Uuid> = uses.iter().map(|it| it.id).collect();
    let known = room_usage::known(conn, room, &names).await?;
    let known: HashMap<_, Use> = known.into_iter().map(|it| (name(&it), it)).collect();
    let mut left = left_by_day(conn, (room, at), uses).await?;
    let mut sifted = Sifted::default();
    for it in uses {
        let before = known.get(&name(it));
        if before == Some(it) {
            continue;
        }
        let day = at.day_of(it);
        let was_there = before.is_some_and(|before| at.day_of(before) == day);
        let in_time = it.start >= now.minus(KEPT_FOR) && it.start <= now.plus(AHEAD);
        match left.get_mut(&day) {
            Some(_) if in_time && was_there => {}
            Some(left) if in_time && *left > 0 => *left -= 1,
            _ => {
                sifted.dropped += 1;
                continue;
            }
        }
        sifted.new.push(*it);
        sifted.replaced.extend(before);
    }
    Ok(sifted)
}

/// How many more are kept of each day that one of these begins on.
async fn left_by_day(conn: &mut Conn, (room, at): (RoomId, Place), uses: &[Use]) -> Result<BTreeMap<UtcDay, usize>> {
    let mut left: BTreeMap<UtcDay, usize> = uses.iter().map(|it| (at.day_of(it), MOST_A_DAY)).collect();
    let (Some((first, _)), Some((last, _))) = (left.first_key_value(), left.last_key_value()) else { return Ok(left) };
    for it in room_usage::begun(conn, room, at.bounds(*first).0, at.bounds(*last).1).await? {
        if let Some(left) = left.get_mut(&at.day_of(&it)) {
            *left = left.saturating_sub(1);
        }
    }
    Ok(left)
}

/// A call may be called as a meeting is.
const fn name(it: &Use) -> (bool, Uuid) {
    (matches!(it.what, What::Call(_)), it.id)
}

/// Meetings and calls as they are kept; of what a report names twice, what it says last.
pub fn checked(report: RoomUsage) -> Result<Vec<Use>> {
    let count = report.meetings.len() + report.calls.len();
    if count > MOST_USES {
        return Err(Error::bad_request(format!(
            "a report holds at most {MOST_USES} meetings and calls, not {count}: send fewer at a time"
        )));
    }
    let meeting = |it: ReportedMeeting| {
        let what = What::Meeting { booked: it.booked, online: it.teams_link };
        Use { id: it.id, start: it.start, end: it.end, what }
    };
    let call = |it: ReportedCall| Use { id: it.id, start: it.start, end: it.end, what: What::Call(it.quality) };
    let meetings = report.meetings.into_iter().map(meeting).enumerate().map(|(at, it)| (format!("#/meetings/{at}/end"), it));
    let calls = report.calls.into_iter().map(call).enumerate().map(|(at, it)| (format!("#/calls/{at}/end"), it));
    let mut found: BTreeMap<_, Use> = BTreeMap::new();
    for (at, it) in meetings.chain(calls) {
        if it.end <= it.start {
            return Err(Error::bad_request(format!("{at}: must be later than start")));
        }
        if it.end.since(it.start) > LONGEST {
            return Err(Error::bad_request(format!("{at}: must be within 24 hours of start")));
        }
        found.insert(name(&it), it);
    }
    Ok(found.into_values().collect())
}

/// Deletes some of what was kept long enough; what its days came to stays. How many.
pub async fn forget_old(tx: &mut Tx) -> Result<usize> {
    // A day more than is taken: what a day comes to is computed anew from all that it holds.
    let before = tx.now().minus(KEPT_FOR).minus(DAY * 2);
    room_usage::delete_before(tx.conn(), before, AT_ONCE).await
}
