//! What each day of a room comes to, and how far that has been computed.

use std::collections::{BTreeMap, HashMap};

use chrono::Datelike as _;
use serde::{Deserialize, Serialize};
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::time::{Timestamp, UtcDay};

use crate::error::Result;
use crate::store::column::Column;
use crate::store::db::{self, Conn, QueryBuilder};

const TABLE: &str = "room_months";

/// What a day of a room comes to. Usage is of its own calendar's day, health of the day in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "[u32; 7]", into = "[u32; 7]")]
pub struct DayFacts {
    pub used: DayUse,
    pub health: DayHealth,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DayUse {
    /// For how many minutes the room was booked.
    pub booked_min: u32,
    /// Booked meetings.
    pub booked: u32,
    /// Those with a Teams link.
    pub online: u32,
    pub calls: u32,
    pub good_calls: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DayHealth {
    /// For how many minutes incidents troubled it in the counted hours.
    pub troubled_min: u32,
    pub unhealthy: bool,
}

// An array and not a map: names would make most of what is read.
impl From<[u32; 7]> for DayFacts {
    fn from([booked_min, booked, online, calls, good_calls, troubled_min, unhealthy]: [u32; 7]) -> Self {
        Self {
            used: DayUse { booked_min, booked, online, calls, good_calls },
            health: DayHealth { troubled_min, unhealthy: unhealthy != 0 },
        }
    }
}

impl From<DayFacts> for [u32; 7] {
    fn from(DayFacts { used, health }: DayFacts) -> Self {
        let DayUse { booked_min, booked, online, calls, good_calls } = used;
        [booked_min, booked, online, calls, good_calls, health.troubled_min, u32::from(health.unhealthy)]
    }
}

/// A room as reports need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportRoom {
    pub id: RoomId,
    pub name: String,
    pub timezone: String,
    /// Since when it has been managed; none where that began before it was kept.
    pub enrolled_at: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct RoomRow {
    id: String,
    display_name: String,
    timezone: String,
    enrolled_at: Option<i64>,
}

impl RoomRow {
    fn parse(self) -> Result<ReportRoom> {
        Ok(ReportRoom {
            id: self.id.parse().column("rooms", "id", &self.id)?,
            name: self.display_name,
            timezone: self.timezone,
            enrolled_at: self.enrolled_at.map(Timestamp::from_micros),
        })
    }
}

/// The managed rooms of a customer: onboarding ones are in no report (R92), nor are those that are not managed any more (R68).
pub async fn rooms(conn: &mut Conn, customer: TenantId) -> Result<Vec<ReportRoom>> {
    let query = db::query_as("SELECT id, display_name, timezone, enrolled_at FROM rooms WHERE customer_id = $1 AND enrolment = 'enrolled'");
    query.bind(customer).fetch_all(conn).await?.into_iter().map(RoomRow::parse).collect()
}

/// The managed rooms behind this one, of whichever customer, by id.
pub async fn rooms_after(conn: &mut Conn, after: Option<RoomId>, limit: u32) -> Result<Vec<(TenantId, ReportRoom)>> {
    #[derive(sqlx::FromRow)]
    struct Row {
        customer_id: String,
        #[sqlx(flatten)]
        room: RoomRow,
    }
    let query = db::query_as(
        "SELECT customer_id, id, display_name, timezone, enrolled_at FROM rooms WHERE id > $1 AND enrolment = 'enrolled' ORDER BY id LIMIT $2",
    );
    let rows: Vec<Row> = query.bind(after.map_or(String::new(), |id| id.to_string())).bind(limit).fetch_all(conn).await?;
    let parse = |Row { customer_id, room }: Row| Ok((customer_id.parse().column("rooms", "customer_id", &room.id)?, room.parse()?));
    rows.into_iter().map(parse).collect()
}

fn month(day: UtcDay) -> i64 {
    i64::from(day.date().year()) * 12 + i64::from(day.date().month0())
}

fn day_of(month: i64, number: u32) -> Option<UtcDay> {
    let year = i32::try_from(month.div_euclid(12)).ok()?;
    let date = chrono::NaiveDate::from_ymd_opt(year, u32::try_from(month.rem_euclid(12)).ok()? + 1, number)?;
    UtcDay::try_from(date).ok()
}

type Days = BTreeMap<u32, DayFacts>;

fn parsed(days: &str, room: &str) -> Result<Days> {
    serde_json::from_str(days).column(TABLE, "days", room)
}

/// The facts of all rooms of a customer, of those days that have any.
pub async fn of_customer(
    conn: &mut Conn,
    customer: TenantId,
    from: UtcDay,
    to: UtcDay,
) -> Result<HashMap<RoomId, BTreeMap<UtcDay, DayFacts>>> {
    let query = db::query_as("SELECT month, room_id, days FROM room_months WHERE customer_id = $1 AND month >= $2 AND month <= $3");
    gathered(query.bind(customer).bind(month(from)).bind(month(to)).fetch_all(conn).await?, from, to)
}

/// The same of these rooms of a customer alone.
pub async fn of_rooms(
    conn: &mut Conn,
    (customer, rooms): (TenantId, &[RoomId]),
    from: UtcDay,
    to: UtcDay,
) -> Result<HashMap<RoomId, BTreeMap<UtcDay, DayFacts>>> {
    let mut rows = Vec::new();
    for month in month(from)..=month(to) {
        let mut query = QueryBuilder::new("SELECT month, room_id, days FROM room_months WHERE customer_id = ");
        query.push_bind(customer).push(" AND month = ").push_bind(month).push(" AND room_id IN ");
        rows.extend(query.fetch_in::<MonthRow>(conn, rooms, "").await?);
    }
    gathered(rows, from, to)
}

type MonthRow = (i64, String, String);

fn gathered(rows: Vec<MonthRow>, from: UtcDay, to: UtcDay) -> Result<HashMap<RoomId, BTreeMap<UtcDay, DayFacts>>> {
    let mut found: HashMap<RoomId, BTreeMap<UtcDay, DayFacts>> = HashMap::new();
    for (month, room, days) in rows {
        let facts = found.entry(room.parse().column(TABLE, "room_id", &room)?).or_default();
        for (number, day) in parsed(&days, &room)? {
            let of = day_of(month, number).ok_or("no such day").column(TABLE, "days", &room)?;
            if (from..=to).contains(&of) {
                facts.insert(of, day);
            }
        }
    }
    Ok(found)
}

/// Changes what these days of a room come to.
pub async fn change(
    conn: &mut Conn,
    (customer, room): (TenantId, RoomId),
    days: impl IntoIterator<Item = UtcDay>,
    mut change: impl FnMut(UtcDay, &mut DayFacts),
) -> Result<()> {
    let mut by_month: BTreeMap<i64, Vec<UtcDay>> = BTreeMap::new();
    for day in days {
        by_month.entry(month(day)).or_default().push(day);
    }
    for (month, of_month) in by_month {
        let query = db::query_scalar("SELECT days FROM room_months WHERE customer_id = $1 AND month = $2 AND room_id = $3");
        let text: Option<String> = query.bind(customer).bind(month).bind(room).fetch_optional(&mut *conn).await?;
        let before = text.as_deref().map_or(Ok(Days::new()), |text| parsed(text, &room.to_string()))?;
        let mut days = before.clone();
        for day in of_month {
            change(day, days.entry(day.date().day()).or_default());
        }
        days.retain(|_, facts| *facts != DayFacts::default());
        if days != before {
            let text = serde_json::to_string(&days).column(TABLE, "days", &room.to_string())?;
            run!(
                conn,
                "INSERT INTO room_months (customer_id, month, room_id, days) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (customer_id, month, room_id) DO UPDATE SET days = excluded.days",
                customer,
                month,
                room,
                text
            );
        }
    }
    Ok(())
}

/// Deletes some of the months that were over on this day. How many.
pub async fn delete_before(conn: &mut Conn, day: UtcDay, limit: u32) -> Result<usize> {
    let done = run!(
        conn,
        "DELETE FROM room_months WHERE (customer_id, month, room_id) IN (
             SELECT customer_id, month, room_id FROM room_months WHERE month < $1 LIMIT $2)",
        month(day),
        limit
    );
    usize::try_from(done).column(TABLE, "month", "deleted")
}

/// How far the daily health has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// The last day of which all rooms are done.
    pub done: UtcDay,
    /// The day up to which rooms are being done; `done` where none are.
    pub until: UtcDay,
    /// The last room that is done up to then.
    pub after: Option<RoomId>,
}

pub async fn progress(conn: &mut Conn) -> Result<Option<Progress>> {
    let query = db::query_as("SELECT done, until, after_room FROM health_progress");
    let found: Option<(String, String, String)> = query.fetch_optional(conn).await?;
    let parse = |(done, until, after): (String, String, String)| {
        let after = Some(after).filter(|after| !after.is_empty());
        Ok(Progress {
            done: done.parse().column("health_progress", "done", &done)?,
            until: until.parse().column("health_progress", "until", &until)?,
            after: after.map(|after| after.parse().column("health_progress", "after_room", &after)).transpose()?,
        })
    };
    found.map(parse).transpose()
}

pub async fn set_progress(conn: &mut Conn, Progress { done, until, after }: Progress) -> Result<()> {
    run!(
        conn,
        "INSERT INTO health_progress (only_row, done, until, after_room) VALUES (1, $1, $2, $3)
         ON CONFLICT (only_row) DO UPDATE SET done = excluded.done, until = excluded.until, after_room = excluded.after_room",
        done.to_string(),
        until.to_string(),
        after.map_or(String::new(), |after| after.to_string())
    );
    Ok(())
}
