//! How the rooms of the demo's estate are used (R97, R98): the same meetings and calls of a room and day whenever they are drawn, so that what its device
//! reports again is what it reported before.

use std::time::Duration;

use rand::{Rng, SeedableRng as _};
use rand_chacha::ChaCha20Rng;
use tenantry_model::api::usage::{CallQuality, MOST_USES, ReportedCall, ReportedMeeting, RoomUsage};
use tenantry_model::id::RoomId;
use tenantry_model::report::REPORT_DAYS;
use tenantry_model::time::{Timestamp, UtcDay};
use uuid::Uuid;

use super::seeding::Customer;
use crate::domain::ingest::usage;
use crate::error::Result;
use crate::store::Tx;

/// So many rooms have their history from the start; the devices of the others report it in their turn.
const ROOMS: usize = 400;
const ROOMS_OF_CUSTOMER: usize = 10;

const QUARTER: Duration = Duration::from_secs(15 * 60);
/// When the first meeting of a day may begin and the last one ends, in quarters of an hour in UTC.
const WORK: std::ops::Range<u32> = 28..68;

/// What a room was used for on a day, up to now.
fn of_day(room: RoomId, day: UtcDay, now: Timestamp) -> RoomUsage {
    let days = day.begin().micros().unsigned_abs() / 86_400_000_000;
    let (high, low) = room.uuid().as_u64_pair();
    let room_seed = high ^ low;
    // How much a room is used is its own; weekends are quiet.
    let popularity = (room_seed >> 7) % 100;
    let mut rng = ChaCha20Rng::seed_from_u64(room_seed.rotate_left(17) ^ days);
    let is_weekend = matches!((days + 4) % 7, 0 | 6);
    let mut found = RoomUsage::default();
    let mut quarter = WORK.start + rng.random_range(0..8);
    while quarter < WORK.end {
        let length = [2, 2, 4, 4, 4, 6, 8][rng.random_range(0..7)];
        let (start, end) = (day.begin().plus(QUARTER * quarter), day.begin().plus(QUARTER * (quarter + length)));
        let happens = !is_weekend && u64::from(rng.random_range(0_u32..100)) < 25 + popularity / 2;
        let (booked, teams_link) = (rng.random_ratio(5, 6), rng.random_ratio(3, 4));
        let quality = match rng.random_range(0..20) {
            0 | 1 => CallQuality::Poor,
            2 => CallQuality::Unknown,
            _ => CallQuality::Good,
        };
        let id = Uuid::from_u128(rng.random());
        if happens && end <= now {
            found.meetings.push(ReportedMeeting { id, start, end, booked, teams_link });
            if teams_link {
                found.calls.push(ReportedCall { id, start, end, quality });
            }
        }
        quarter += length + rng.random_range(0..5);
    }
    found
}

/// What its device reports of so many days: reports that are no longer than they may be.
pub(in crate::demo) fn reports(room: RoomId, days: u32, now: Timestamp) -> Vec<RoomUsage> {
    let mut found: Vec<RoomUsage> = vec![];
    for day in UtcDay::of(now).days_before(days).up_to(UtcDay::of(now)) {
        let next = of_day(room, day, now);
        let count = |it: &RoomUsage| it.meetings.len() + it.calls.len();
        match found.last_mut().filter(|last| count(last) + count(&next) <= MOST_USES) {
            Some(last) => {
                last.meetings.extend(next.meetings);
                last.calls.extend(next.calls);
            }
            None => found.push(next),
        }
    }
    found.retain(|report| !report.meetings.is_empty() || !report.calls.is_empty());
    found
}

/// The history of some rooms of each customer.
pub(super) async fn write(tx: &mut Tx, customers: &[Customer], now: Timestamp) -> Result<()> {
    let rooms = customers.iter().flat_map(|customer| customer.rooms.iter().take(ROOMS_OF_CUSTOMER)).take(ROOMS);
    for room in rooms {
        for report in reports(*room, REPORT_DAYS - 1, now) {
            usage::keep(tx, *room, &usage::checked(report)?).await?;
        }
    }
    Ok(())
}
