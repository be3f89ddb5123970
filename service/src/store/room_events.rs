//! What happened in rooms and is no incident by itself (R113).

use tenantry_model::api::room_events::{ReportedEvent, RoomEvent, RoomEventKind};
use tenantry_model::id::{RoomEventId, RoomId};
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;

use crate::error::Result;
use crate::store::column::Column;
use crate::store::db::{self, Conn, QueryBuilder};

const TABLE: &str = "room_events";

// An event is part of an issue while the issue concerns its room: one that lost the room may be out of the reader's sight.
const COLUMNS: &str =
    "SELECT e.id, e.room_id, e.at, e.kind, e.problem, e.duration_s, e.participants, e.packet_loss, e.body, x.number AS number
     FROM room_events e LEFT JOIN incident_rooms x ON x.number = e.number AND x.room_id = e.room_id";
const NEWEST_FIRST: &str = " ORDER BY e.at DESC, e.id DESC";

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    room_id: String,
    at: i64,
    kind: String,
    problem: Option<String>,
    duration_s: Option<i64>,
    participants: Option<i64>,
    packet_loss: Option<i64>,
    body: Option<String>,
    number: Option<String>,
}

impl Row {
    fn parse(self) -> Result<RoomEvent> {
        let id = &self.id;
        let count = |value: Option<i64>, column| value.map(u32::try_from).transpose().column(TABLE, column, id);
        Ok(RoomEvent {
            id: id.parse().column(TABLE, "id", id)?,
            room_id: self.room_id.parse().column(TABLE, "room_id", id)?,
            at: Timestamp::from_micros(self.at),
            kind: self.kind.parse().column(TABLE, "kind", id)?,
            problem: self.problem.map(|problem| problem.parse()).transpose().column(TABLE, "problem", id)?,
            duration_s: count(self.duration_s, "duration_s")?,
            participants: count(self.participants, "participants")?,
            packet_loss_percent: count(self.packet_loss, "packet_loss")?,
            text: self.body,
            taken: self.number.is_some(),
            issue: self.number.map(|number| number.parse()).transpose().column(TABLE, "number", id)?,
        })
    }
}

/// Where a page of a room's events ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventKey {
    pub at: Timestamp,
    pub id: RoomEventId,
}

/// Which of these the room has reported already, by the device's names for them.
pub async fn known(conn: &mut Conn, room: RoomId, device_events: &[uuid::Uuid]) -> Result<Vec<uuid::Uuid>> {
    let mut query = QueryBuilder::new("SELECT device_event FROM room_events WHERE room_id = ");
    query.push_bind(room);
    query.push(" AND device_event IN ");
    let found: Vec<(String,)> = query.fetch_in(conn, device_events, "").await?;
    found.into_iter().map(|(id,)| uuid::Uuid::try_parse(&id).column(TABLE, "device_event", &id)).collect()
}

/// How many events of this kind have come in from a room since then.
pub async fn count_since(conn: &mut Conn, room: RoomId, kind: RoomEventKind, since: Timestamp) -> Result<usize> {
    let query = db::query_scalar("SELECT COUNT(*) FROM room_events WHERE room_id = $1 AND received_at > $2 AND kind = $3");
    let count: i64 = query.bind(room).bind(since).bind(kind.as_str()).fetch_one(conn).await?;
    usize::try_from(count).column(TABLE, "room_id", &room.to_string())
}

/// Adds events of a room, under these ids.
pub async fn insert(conn: &mut Conn, room: RoomId, new: &[(RoomEventId, ReportedEvent)], received_at: Timestamp) -> Result<()> {
    const HEAD: &str =
        "INSERT INTO room_events (id, room_id, device_event, at, received_at, kind, problem, duration_s, participants, packet_loss, body)";
    QueryBuilder::insert(conn, HEAD, new, "", |row, (id, event)| {
        row.push_bind(*id)
            .push_bind(room)
            .push_bind(event.id.to_string())
            .push_bind(event.at)
            .push_bind(received_at)
            .push_bind(event.kind.as_str())
            .push_bind(event.problem.map(|problem| problem.as_str().to_owned()))
            .push_bind(event.duration_s)
            .push_bind(event.participants)
            .push_bind(event.packet_loss_percent)
            .push_bind(&event.text);
    })
    .await
}

/// A room's events that are no older than `since`, newest first, after the end of a page.
pub async fn of_room(conn: &mut Conn, room: RoomId, since: Timestamp, after: Option<EventKey>, limit: u32) -> Result<Vec<RoomEvent>> {
    let mut query = QueryBuilder::new(COLUMNS);
    query.push(" WHERE e.room_id = ").push_bind(room).push(" AND e.at >= ").push_bind(since);
    if let Some(EventKey { at, id }) = after {
        query.push(" AND (e.at, e.id) < (").push_bind(at).push(", ").push_bind(id).push(")");
    }
    query.push(NEWEST_FIRST).push(" LIMIT ").push_bind(limit);
    query.build_query_as::<Row>().fetch_all(conn).await?.into_iter().map(Row::parse).collect()
}

/// These events; those that do not exist are missing.
pub async fn load(conn: &mut Conn, ids: &[RoomEventId]) -> Result<Vec<RoomEvent>> {
    let mut query = QueryBuilder::new(COLUMNS);
    query.push(" WHERE e.id IN ");
    query.fetch_in::<Row>(conn, ids, NEWEST_FIRST).await?.into_iter().map(Row::parse).collect()
}

/// The events that are part of an issue, in whichever of its rooms, newest first.
pub async fn of_issue(conn: &mut Conn, number: TicketNumber) -> Result<Vec<RoomEvent>> {
    let mut query = QueryBuilder::new(COLUMNS);
    query.push(" WHERE e.number = ").push_bind(number).push(" AND x.number IS NOT NULL").push(NEWEST_FIRST);
    query.build_query_as::<Row>().fetch_all(conn).await?.into_iter().map(Row::parse).collect()
}

/// Makes events part of an issue.
pub async fn join_issue(conn: &mut Conn, ids: &[RoomEventId], number: TicketNumber) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let mut query = QueryBuilder::new("UPDATE room_events SET number = ");
    query.push_bind(number).push(" WHERE id IN ");
    query.push_keys(ids);
    query.build().execute(conn).await?;
    Ok(())
}

/// Deletes the oldest of those that happened before then; of an issue's, those of one that ended before then. How many.
pub async fn delete_before(conn: &mut Conn, before: Timestamp, limit: u32) -> Result<usize> {
    let done = run!(
        conn,
        "DELETE FROM room_events WHERE id IN (
             SELECT e.id FROM room_events e
             LEFT JOIN incident_rooms x ON x.number = e.number AND x.room_id = e.room_id
             LEFT JOIN incidents i ON i.number = x.number
             WHERE e.at < $1 AND (i.number IS NULL OR (i.status = 'closed' AND i.last_closed < $1) OR (i.status = 'resolved' AND i.last_resolved < $1))
             ORDER BY e.at LIMIT $2)",
        before,
        limit
    );
    usize::try_from(done).column(TABLE, "at", "deleted")
}
