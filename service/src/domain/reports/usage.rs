//! What meetings and calls come to, day by day of the room's own calendar (R97, R98).

use std::collections::BTreeSet;
use std::time::Duration;

use chrono_tz::Tz;
use tenantry_model::api::usage::CallQuality;
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::time::UtcDay;

use super::calendar;
use super::spans::{Span, union, within};
use crate::error::Result;
use crate::store::room_days::{self, DayUse};
use crate::store::room_usage::{self, Use, What};
use crate::store::{Conn, Tx};

/// The longest that a meeting or a call lasts.
pub(in crate::domain) const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// Where a room is, for whoever reports its usage.
#[derive(Clone, Copy)]
pub(in crate::domain) struct Place {
    pub(in crate::domain) customer: TenantId,
    zone: Tz,
}

/// None where there is no such room.
pub(in crate::domain) async fn place(conn: &mut Conn, room: RoomId) -> Result<Option<Place>> {
    let found = room_usage::place(conn, room).await?;
    Ok(found.map(|(customer, zone)| Place { customer, zone: calendar::zone(&zone) }))
}

impl Place {
    /// The day that it begins on.
    pub(in crate::domain) fn day_of(self, it: &Use) -> UtcDay {
        calendar::local_day(self.zone, it.start)
    }

    pub(in crate::domain) fn bounds(self, day: UtcDay) -> Span {
        calendar::bounds(self.zone, day)
    }
}

/// Computes anew the days that these meetings and calls lie on, from all that is kept of them.
pub(in crate::domain) async fn keep_days(tx: &mut Tx, room: RoomId, place: Place, uses: impl Iterator<Item = &Use>) -> Result<()> {
    let days: BTreeSet<UtcDay> = uses.flat_map(|it| place.day_of(it).up_to(calendar::local_day(place.zone, it.end))).collect();
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return Ok(()) };
    let all = room_usage::begun(tx.conn(), room, place.bounds(*first).0.minus(LONGEST), place.bounds(*last).1).await?;
    let of = |day: UtcDay| {
        let (begin, end) = place.bounds(day);
        // By when they began: what could reach into the day lies together.
        let from = all.partition_point(|it| it.start < begin.minus(LONGEST));
        let until = all.partition_point(|it| it.start < end);
        of_day(all.get(from..until).unwrap_or_default(), (begin, end))
    };
    room_days::change(tx.conn(), (place.customer, room), days.iter().copied(), |day, facts| facts.used = of(day)).await
}

/// What a day comes to. Meetings and calls count on the day on which they begin; booked time counts where it lies, and once where bookings overlap: nobody can
/// use a room twice.
pub(super) fn of_day(uses: &[Use], day: Span) -> DayUse {
    let mut found = DayUse::default();
    let mut booked_time: Vec<Span> = Vec::new();
    for it in uses {
        let begins = (day.0..day.1).contains(&it.start);
        match it.what {
            What::Meeting { booked: true, online } => {
                booked_time.push((it.start, it.end));
                found.booked += u32::from(begins);
                found.online += u32::from(begins && online);
            }
            What::Meeting { booked: false, .. } => {}
            What::Call(quality) => {
                found.calls += u32::from(begins);
                found.good_calls += u32::from(begins && quality == CallQuality::Good);
            }
        }
    }
    let minutes = within(&union(booked_time), day).as_secs() / 60;
    DayUse { booked_min: u32::try_from(minutes).unwrap_or(u32::MAX), ..found }
}
