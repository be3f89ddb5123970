//! How long incidents troubled rooms, day by day: computed once a day is over in UTC, for all rooms in small steps (R91, R92).

use std::collections::HashMap;
use std::time::Duration;

use chrono_tz::Tz;
use tenantry_model::id::RoomId;
use tenantry_model::report::{REPORT_DAYS, is_unhealthy};
use tenantry_model::time::{Timestamp, UtcDay};

use super::spans::{Span, union, within};
use super::{calendar, lives};
use crate::error::Result;
use crate::store::room_days::{self, DayHealth, Progress};
use crate::store::{Conn, Tx, report_incidents};

/// How many rooms one transaction computes.
const ROOMS_A_STEP: u32 = 200;
/// For how long what days come to is kept after them.
const KEPT_DAYS: u32 = 125;
/// How many months of rooms one transaction deletes.
const MONTHS_A_STEP: u32 = 500;

/// The day that is over in UTC, and how far the computing has come. The first time, it begins with the days that reports reach back to.
async fn standing(conn: &mut Conn, now: Timestamp) -> Result<(UtcDay, Progress)> {
    let yesterday = UtcDay::of(now).days_before(1);
    let begin = yesterday.days_before(REPORT_DAYS);
    let progress = room_days::progress(conn).await?.unwrap_or(Progress { done: begin, until: begin, after: None });
    Ok((yesterday, progress))
}

/// Whether a day is over that is not done.
pub async fn is_due(conn: &mut Conn, now: Timestamp) -> Result<bool> {
    let (yesterday, progress) = standing(conn, now).await?;
    Ok(progress.until != progress.done || progress.done < yesterday)
}

/// Computes some rooms, for all days that are not done. Whether there are more.
pub async fn step(tx: &mut Tx) -> Result<bool> {
    let now = tx.now();
    let (yesterday, mut progress) = standing(tx.conn(), now).await?;
    if progress.until == progress.done {
        if progress.done >= yesterday {
            return Ok(false);
        }
        progress.until = yesterday;
        progress.after = None;
    }
    let rooms = room_days::rooms_after(tx.conn(), progress.after, ROOMS_A_STEP).await?;
    let Some((_, last)) = rooms.last() else {
        // What is old goes first, a part in each step: only then is the day done.
        if room_days::delete_before(tx.conn(), yesterday.days_before(KEPT_DAYS), MONTHS_A_STEP).await? > 0 {
            return Ok(true);
        }
        progress = Progress { done: progress.until, until: progress.until, after: None };
        room_days::set_progress(tx.conn(), progress).await?;
        return Ok(progress.done < yesterday);
    };
    progress.after = Some(last.id);
    let first = progress.done.days_after(1).max(progress.until.days_before(REPORT_DAYS - 1));
    let ids: Vec<RoomId> = rooms.iter().map(|(_, room)| room.id).collect();
    let mut serious = serious_in(tx.conn(), &ids, (first.begin(), now)).await?;
    for (customer, room) in rooms {
        let spans = union(serious.remove(&room.id).unwrap_or_default());
        let zone = calendar::zone(&room.timezone);
        let days = touched(&spans, first, progress.until);
        room_days::change(tx.conn(), (customer, room.id), days, |day, facts| facts.health = of_day(&spans, zone, day)).await?;
    }
    room_days::set_progress(tx.conn(), progress).await?;
    Ok(true)
}

/// When Critical and Important incidents were active in these rooms, since then.
async fn serious_in(conn: &mut Conn, rooms: &[RoomId], (since, now): Span) -> Result<HashMap<RoomId, Vec<Span>>> {
    let numbers = report_incidents::numbers_in(conn, rooms, since).await?;
    let mut found: HashMap<RoomId, Vec<Span>> = HashMap::new();
    for lived in report_incidents::lived(conn, &numbers).await? {
        let spans = lives::serious(&lived, now);
        for room in &lived.rooms {
            found.entry(*room).or_default().extend(&spans);
        }
    }
    Ok(found)
}

/// The days on which there was anything.
fn touched(spans: &[Span], first: UtcDay, last: UtcDay) -> Vec<UtcDay> {
    let is_touched = |day: &UtcDay| !within(spans, (day.begin(), day.end())).is_zero();
    first.up_to(last).filter(is_touched).collect()
}

/// What a day comes to, from when Critical and Important incidents were active; in order and without overlaps, so that two at a time count once.
pub(super) fn of_day(serious: &[Span], zone: Tz, day: UtcDay) -> DayHealth {
    let troubled: Duration = calendar::counted(zone, day).into_iter().map(|hours| within(serious, hours)).sum();
    DayHealth { troubled_min: u32::try_from(troubled.as_secs() / 60).unwrap_or(u32::MAX), unhealthy: is_unhealthy(troubled) }
}
