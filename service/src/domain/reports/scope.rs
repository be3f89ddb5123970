//! The rooms and the days of a report. Whatever is counted, summed or averaged is of these rooms alone: nothing tells of any other (A22).

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono_tz::Tz;
use tenantry_model::access::Rights;
use tenantry_model::api::reports::{HealthDay, ReportPeriod};
use tenantry_model::collation::sort_key;
use tenantry_model::id::{RoomGroupId, RoomId, TenantId};
use tenantry_model::permission::Permission;
use tenantry_model::report::{PRESET_DAYS, REPORT_DAYS, Share, utilisation};
use tenantry_model::text::TicketNumber;
use tenantry_model::time::{Timestamp, UtcDay};

use super::calendar;
use crate::domain::caller::Caller;
use crate::domain::room_groups::group_for_report;
use crate::error::{Error, Result};
use crate::store::Conn;
use crate::store::report_incidents::{self, Lived};
use crate::store::room_days::{self, DayFacts, ReportRoom};

/// Up to so many rooms, only what is theirs is read, and not what is the customer's.
const FEW_ROOMS: usize = 200;
/// How many incidents are read at once.
const AT_ONCE: usize = 1_000;

/// Which days somebody asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Days {
    /// So many, up to yesterday.
    Last(u32),
    From(UtcDay, UtcDay),
}

/// What somebody asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    pub days: Days,
    /// Only rooms of this group.
    pub group: Option<RoomGroupId>,
}

impl Default for Asked {
    /// R93.
    fn default() -> Self {
        Self { days: Days::Last(PRESET_DAYS), group: None }
    }
}

/// What a report is over.
pub(super) struct Scope<'a> {
    pub(super) customer: TenantId,
    pub(super) rights: &'a Rights,
    pub(super) period: ReportPeriod,
    /// By name.
    pub(super) rooms: Vec<ScopedRoom>,
    pub(super) now: Timestamp,
    /// Up to which day health is known.
    known_until: UtcDay,
}

pub(super) struct ScopedRoom {
    pub(super) room: ReportRoom,
    zone: Tz,
}

impl<'a> Scope<'a> {
    pub(super) async fn of(conn: &mut Conn, caller: &'a Caller, customer: TenantId, asked: Asked, now: Timestamp) -> Result<Self> {
        let rights = caller.rights_with(customer, Permission::ReportsView)?;
        let within: Option<HashSet<RoomId>> = match asked.group {
            Some(group) => Some(group_for_report(conn, caller, (customer, group)).await?.into_iter().collect()),
            None => None,
        };
        let period = period(asked.days, now)?;
        let mut rooms = room_days::rooms(conn, customer).await?;
        rooms.retain(|room| rights.report_room(room.id) && within.as_ref().is_none_or(|within| within.contains(&room.id)));
        rooms.sort_by_cached_key(|room| (sort_key(&room.name), room.id));
        let yesterday = UtcDay::of(now).days_before(1);
        let known_until = room_days::progress(conn).await?.map_or(yesterday.days_before(REPORT_DAYS), |progress| progress.done);
        let rooms = rooms.into_iter().map(|room| ScopedRoom { zone: calendar::zone(&room.timezone), room }).collect();
        Ok(Self { customer, rights, period, rooms, now, known_until })
    }

    /// The days that health is shown back to (R93).
    pub(super) fn history(&self) -> ReportPeriod {
        let oldest = UtcDay::of(self.now).days_before(REPORT_DAYS);
        ReportPeriod { from: self.period.to.days_before(REPORT_DAYS - 1).max(oldest), to: self.period.to }
    }

    pub(super) async fn facts(&self, conn: &mut Conn, of: ReportPeriod) -> Result<Facts> {
        let ids: Vec<RoomId> = self.rooms.iter().map(|it| it.room.id).collect();
        // Of few rooms, only what is theirs is read.
        Ok(Facts(if ids.len() <= FEW_ROOMS {
            room_days::of_rooms(conn, (self.customer, &ids), of.from, of.to).await?
        } else {
            room_days::of_customer(conn, self.customer, of.from, of.to).await?
        }))
    }

    /// The incidents that were active at some time of the period in some room of it, with those rooms alone.
    pub(super) async fn incidents(&self, conn: &mut Conn) -> Result<Vec<Lived>> {
        self.incidents_after(conn, None, usize::MAX, |_| true).await
    }

    /// The same by number, behind this one, in rooms that `keeps` says: at least `wanted`, where there are as many.
    pub(super) async fn incidents_after(
        &self,
        conn: &mut Conn,
        after: Option<TicketNumber>,
        wanted: usize,
        keeps: impl Fn(RoomId) -> bool,
    ) -> Result<Vec<Lived>> {
        let ids: Vec<RoomId> = self.rooms.iter().map(|it| it.room.id).collect();
        let time = self.time();
        // Of few rooms, only what is theirs is read.
        let mut numbers = if ids.len() <= FEW_ROOMS {
            report_incidents::numbers_in(conn, &ids, time.0).await?
        } else {
            report_incidents::numbers(conn, self.customer, time.0).await?
        };
        numbers.retain(|number| after.is_none_or(|after| *number > after));
        let here: HashSet<RoomId> = ids.into_iter().filter(|room| keeps(*room)).collect();
        let mut found = Vec::new();
        for some in numbers.chunks(AT_ONCE) {
            let mut lived = report_incidents::lived(conn, some).await?;
            lived.retain_mut(|lived| {
                lived.rooms.retain(|room| here.contains(room));
                let was_active = || super::lives::active(lived, self.now).into_iter().any(|span| super::spans::overlap(span, time));
                !lived.rooms.is_empty() && was_active()
            });
            found.extend(lived);
            if found.len() >= wanted {
                break;
            }
        }
        Ok(found)
    }

    /// The period as time.
    pub(super) fn time(&self) -> super::spans::Span {
        (self.period.from.begin(), self.period.to.end())
    }

    /// Whether health of this day counts: it is computed, and the room was managed all day (R92).
    fn counts(&self, room: &ReportRoom, day: UtcDay) -> bool {
        day <= self.known_until && room.enrolled_at.is_none_or(|at| at <= day.begin())
    }

    /// The healthy days of a room, of those that count, with the unhealthy ones and the minutes of trouble.
    pub(super) fn health(&self, facts: &Facts, room: &ReportRoom, of: ReportPeriod) -> RoomHealthFacts {
        let mut found = RoomHealthFacts::default();
        for day in of.from.up_to(of.to).filter(|day| self.counts(room, *day)) {
            let health = facts.of(room.id, day).health;
            found.healthy = found.healthy.and(Share::of(u64::from(!health.unhealthy), 1));
            found.troubled_min += u64::from(health.troubled_min);
            if health.unhealthy {
                found.unhealthy.push(day);
            }
        }
        found
    }

    /// The healthy rooms of each day.
    pub(super) fn health_by_day(&self, facts: &Facts, of: ReportPeriod) -> Vec<HealthDay> {
        let day = |day: UtcDay| {
            let counted = self.rooms.iter().filter(|it| self.counts(&it.room, day));
            let healthy = counted.map(|it| Share::of(u64::from(!facts.of(it.room.id, day).health.unhealthy), 1));
            HealthDay { day, healthy: healthy.fold(Share::default(), Share::and) }
        };
        of.from.up_to(of.to).map(day).collect()
    }

    /// How a room was used over all selected days that are over where it is (R97).
    pub(super) fn usage(&self, facts: &Facts, it: &ScopedRoom) -> RoomUseFacts {
        let mut found = RoomUseFacts::default();
        for day in self.period.from.up_to(self.period.to).filter(|day| self.is_over(it, *day)) {
            let used = facts.of(it.room.id, day).used;
            found.utilisation = found.utilisation.and(utilisation(u64::from(used.booked_min), 1));
            found.booked_online = found.booked_online.and(Share::of(u64::from(used.online), u64::from(used.booked)));
            found.good_calls = found.good_calls.and(Share::of(u64::from(used.good_calls), u64::from(used.calls)));
        }
        found
    }

    pub(super) fn is_over(&self, it: &ScopedRoom, day: UtcDay) -> bool {
        calendar::local_day(it.zone, self.now) > day
    }
}

/// What days of rooms come to; a day of which nothing is kept comes to nothing.
pub(super) struct Facts(HashMap<RoomId, BTreeMap<UtcDay, DayFacts>>);

impl Facts {
    pub(super) fn of(&self, room: RoomId, day: UtcDay) -> DayFacts {
        self.0.get(&room).and_then(|days| days.get(&day)).copied().unwrap_or_default()
    }
}

#[derive(Default)]
pub(super) struct RoomHealthFacts {
    pub(super) healthy: Share,
    pub(super) troubled_min: u64,
    pub(super) unhealthy: Vec<UtcDay>,
}

#[derive(Default)]
pub(super) struct RoomUseFacts {
    pub(super) utilisation: Share,
    pub(super) booked_online: Share,
    pub(super) good_calls: Share,
}

impl RoomUseFacts {
    pub(super) fn and(&self, other: &Self) -> Self {
        Self {
            utilisation: self.utilisation.and(other.utilisation),
            booked_online: self.booked_online.and(other.booked_online),
            good_calls: self.good_calls.and(other.good_calls),
        }
    }
}

/// Days that are over in UTC, and that reports reach back to (R93).
fn period(days: Days, now: Timestamp) -> Result<ReportPeriod> {
    let yesterday = UtcDay::of(now).days_before(1);
    let oldest = UtcDay::of(now).days_before(REPORT_DAYS);
    match days {
        Days::Last(count) => Ok(ReportPeriod { from: UtcDay::of(now).days_before(count), to: yesterday }),
        Days::From(from, _) if from < oldest => {
            Err(Error::bad_request(format!("from: reports reach back {REPORT_DAYS} days; choose {oldest} or a later day")))
        }
        Days::From(_, to) if to > yesterday => {
            Err(Error::bad_request(format!("to: {to} is not over yet in UTC; choose {yesterday} or an earlier day")))
        }
        Days::From(from, to) if from > to => Err(Error::bad_request(format!("from: {from} is after {to}, the last day; exchange the two"))),
        Days::From(from, to) => Ok(ReportPeriod { from, to }),
    }
}
