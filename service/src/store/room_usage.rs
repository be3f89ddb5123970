//! Meetings and calls in rooms, as their devices report them.

use tenantry_model::api::usage::CallQuality;
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::time::Timestamp;
use uuid::Uuid;

use crate::error::Result;
use crate::store::column::Column;
use crate::store::db::{self, Conn, QueryBuilder};

const TABLE: &str = "room_usage";
const MEETING: &str = "meeting";
const CALL: &str = "call";

/// A meeting or a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Use {
    /// The device's own name for it; one of its calls may have that of a meeting.
    pub id: Uuid,
    pub start: Timestamp,
    pub end: Timestamp,
    pub what: What,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    Meeting { booked: bool, online: bool },
    Call(CallQuality),
}

impl What {
    const fn kind(self) -> &'static str {
        match self {
            Self::Meeting { .. } => MEETING,
            Self::Call(_) => CALL,
        }
    }
}

/// A booked meeting: the device's name for it, and when it began and ended.
pub type Booked = (Uuid, (Timestamp, Timestamp));

#[derive(sqlx::FromRow)]
struct Row {
    kind: String,
    device_use: String,
    begin_at: i64,
    end_at: i64,
    booked: i64,
    online: i64,
    quality: Option<String>,
}

impl Row {
    fn parse(self) -> Result<Use> {
        let id = &self.device_use;
        let what = match self.quality {
            None => What::Meeting { booked: self.booked != 0, online: self.online != 0 },
            Some(quality) => What::Call(quality.parse().column(TABLE, "quality", id)?),
        };
        if what.kind() != self.kind {
            return Err(crate::error::Error::bad_row(TABLE, "kind", id, "a call has a quality, and a meeting none"));
        }
        Ok(Use {
            id: Uuid::try_parse(id).column(TABLE, "device_use", id)?,
            start: Timestamp::from_micros(self.begin_at),
            end: Timestamp::from_micros(self.end_at),
            what,
        })
    }
}

const COLUMNS: &str = "SELECT kind, device_use, begin_at, end_at, booked, online, quality FROM room_usage WHERE room_id = ";

/// Of these, what the room has reported already, as it was reported last.
pub async fn known(conn: &mut Conn, room: RoomId, uses: &[Uuid]) -> Result<Vec<Use>> {
    let mut query = QueryBuilder::new(COLUMNS);
    query.push_bind(room).push(" AND kind IN ('meeting', 'call') AND device_use IN ");
    query.fetch_in::<Row>(conn, uses, "").await?.into_iter().map(Row::parse).collect()
}

/// Keeps meetings and calls; of one that is known, what is said now.
pub async fn upsert(conn: &mut Conn, room: RoomId, uses: &[Use]) -> Result<()> {
    const HEAD: &str = "INSERT INTO room_usage (room_id, kind, device_use, begin_at, end_at, booked, online, quality)";
    const AGAIN: &str = "ON CONFLICT (room_id, kind, device_use) DO UPDATE SET begin_at = excluded.begin_at, end_at = excluded.end_at, \
                         booked = excluded.booked, online = excluded.online, quality = excluded.quality";
    QueryBuilder::insert(conn, HEAD, uses, AGAIN, |row, it| {
        let (booked, online, quality) = match it.what {
            What::Meeting { booked, online } => (booked, online, None),
            What::Call(quality) => (false, false, Some(quality.as_str().to_owned())),
        };
        row.push_bind(room).push_bind(it.what.kind()).push_bind(it.id.to_string()).push_bind(it.start).push_bind(it.end);
        row.push_bind(booked).push_bind(online).push_bind(quality);
    })
    .await
}

/// What began in a room within this time.
pub async fn begun(conn: &mut Conn, room: RoomId, from: Timestamp, until: Timestamp) -> Result<Vec<Use>> {
    let mut query = QueryBuilder::new(COLUMNS);
    query.push_bind(room).push(" AND kind IN ('meeting', 'call') AND begin_at >= ").push_bind(from);
    query.push(" AND begin_at < ").push_bind(until).push(" ORDER BY begin_at, kind, device_use");
    query.build_query_as::<Row>().fetch_all(conn).await?.into_iter().map(Row::parse).collect()
}

/// The booked meetings of a room that began in the first of these times and lasted beyond the second: the device's name of each, and when it began and ended.
pub async fn booked(conn: &mut Conn, room: RoomId, begun: (Timestamp, Timestamp), beyond: Timestamp) -> Result<Vec<Booked>> {
    let query = db::query_as(
        "SELECT device_use, begin_at, end_at FROM room_usage
         WHERE room_id = $1 AND kind = 'meeting' AND begin_at >= $2 AND begin_at < $3 AND end_at > $4 AND booked = 1",
    );
    let rows: Vec<(String, i64, i64)> = query.bind(room).bind(begun.0).bind(begun.1).bind(beyond).fetch_all(conn).await?;
    let parse = |(id, begin, end): (String, i64, i64)| {
        let id = Uuid::try_parse(&id).column(TABLE, "device_use", &id)?;
        Ok((id, (Timestamp::from_micros(begin), Timestamp::from_micros(end))))
    };
    rows.into_iter().map(parse).collect()
}

/// Whose a room is, and in which time zone it lies.
pub async fn place(conn: &mut Conn, room: RoomId) -> Result<Option<(TenantId, String)>> {
    let query = db::query_as("SELECT customer_id, timezone FROM rooms WHERE id = $1").bind(room);
    let found: Option<(String, String)> = query.fetch_optional(conn).await?;
    found.map(|(customer, zone)| Ok((customer.parse().column("rooms", "customer_id", &room.to_string())?, zone))).transpose()
}

/// Deletes the oldest of what began before then. How many.
pub async fn delete_before(conn: &mut Conn, before: Timestamp, limit: u32) -> Result<usize> {
    let done = run!(
        conn,
        "DELETE FROM room_usage WHERE (room_id, kind, device_use) IN (
             SELECT room_id, kind, device_use FROM room_usage WHERE begin_at < $1 ORDER BY begin_at LIMIT $2)",
        before,
        limit
    );
    usize::try_from(done).column(TABLE, "begin_at", "deleted")
}
