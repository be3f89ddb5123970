//! Rooms as the ingest reads them.

use std::collections::BTreeMap;

use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::incident::{Severity, Snooze};
use tenantry_model::signal::SignalId;
use tenantry_model::time::Timestamp;

use super::postponed::Postponed;
use super::{RoomState, SignalKey, Watched, WatchedRoom, WatchedSignal, WatchedTicket};
use crate::error::{Error, Result};
use crate::store::column::Column;
use crate::store::db::{self, Conn, QueryBuilder};
use crate::store::settings::SwitchedOff;

#[derive(sqlx::FromRow)]
struct RoomRow {
    id: String,
    customer_id: String,
    enrolment: String,
    enrolled_at: Option<i64>,
    suppressed: i64,
    connected: i64,
    occupied: Option<i64>,
    last_seen: Option<i64>,
    silent_due: Option<i64>,
    suppress_until: Option<i64>,
    open_serious: i64,
    open_warnings: i64,
    /// The signals that its customer switched off.
    signals_off: Option<String>,
    /// Of the whole estate; read along, since each report reads it.
    postponed_silent: Option<i64>,
    postponed_offline: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct SignalRow {
    room_id: String,
    signal: String,
    instance: String,
    failing: i64,
    since: i64,
    due: Option<i64>,
    suppressed: i64,
    suppress_until: Option<i64>,
    number: Option<String>,
    status: Option<String>,
    severity: Option<i64>,
    alone_due: Option<i64>,
    created_at: Option<i64>,
    last_updated: Option<i64>,
    active_since: Option<i64>,
    last_resolved: Option<i64>,
    last_closed: Option<i64>,
    history: i64,
}

impl RoomRow {
    fn postponed(&self) -> Postponed {
        Postponed::of(self.postponed_silent.zip(self.postponed_offline))
    }

    fn parse(self) -> Result<WatchedRoom> {
        let id = &self.id;
        Ok(WatchedRoom {
            id: id.parse().column("rooms", "id", id)?,
            customer: self.customer_id.parse().column("rooms", "customer_id", id)?,
            facts: RoomState {
                enrolment: self.enrolment.parse().column("rooms", "enrolment", id)?,
                enrolled_at: self.enrolled_at.map(Timestamp::from_micros),
                suppressed: self.suppressed != 0,
                connected: self.connected != 0,
                occupied: self.occupied.map(|occupied| occupied != 0),
                last_seen: self.last_seen.map(Timestamp::from_micros),
                open_serious: u32::try_from(self.open_serious).column("rooms", "open_serious", id)?,
                open_warnings: u32::try_from(self.open_warnings).column("rooms", "open_warnings", id)?,
            },
            silent_due: self.silent_due.map(Timestamp::from_micros),
            lifted: self.suppress_until.filter(|_| self.suppressed != 0).map(Timestamp::from_micros),
            switched_off: SwitchedOff::parse(self.signals_off.as_deref().unwrap_or_default())?,
            signals: BTreeMap::new(),
        })
    }
}

impl SignalRow {
    fn parse(self) -> Result<(SignalKey, WatchedSignal)> {
        let id = format!("{}/{}/{}", self.room_id, self.signal, self.instance);
        let key = (self.signal.parse().column("signal_states", "signal", &id)?, self.instance);
        let moment = |value: Option<i64>, column| value.map(Timestamp::from_micros).ok_or("is missing").column("incidents", column, &id);
        let ticket = match (&self.number, &self.status) {
            (Some(number), Some(status)) => Some(WatchedTicket {
                number: Some(number.parse().column("signal_states", "number", &id)?),
                status: status.parse().column("incidents", "status", number)?,
                severity: severity(self.severity, number)?,
                alone_due: self.alone_due.map(Timestamp::from_micros),
                created_at: moment(self.created_at, "created_at")?,
                last_updated: moment(self.last_updated, "last_updated")?,
                active_since: moment(self.active_since, "active_since")?,
                last_resolved: self.last_resolved.map(Timestamp::from_micros),
                last_closed: self.last_closed.map(Timestamp::from_micros),
                saved_history: u32::try_from(self.history).column("incident_history", "position", number)?,
                new_history: vec![],
            }),
            (Some(number), None) => return Err(Error::bad_row("signal_states", "number", id, format!("no incident {number}"))),
            (None, _) => None,
        };
        let signal = WatchedSignal {
            failing: self.failing != 0,
            since: Timestamp::from_micros(self.since),
            due: self.due.map(Timestamp::from_micros),
            suppressed: self.suppressed != 0,
            lifted: self.suppress_until.filter(|_| self.suppressed != 0).map(Timestamp::from_micros),
            ticket,
        };
        Ok((key, signal))
    }
}

fn severity(place: Option<i64>, number: &str) -> Result<Severity> {
    let severity = place.and_then(|place| usize::try_from(place).ok()).and_then(|place| Severity::ALL.get(place));
    severity.copied().ok_or("no such severity").column("incidents", "severity", number)
}

/// Reads rooms whole; those that do not exist are missing.
pub async fn load(conn: &mut Conn, rooms: &[RoomId]) -> Result<Vec<Watched>> {
    let query = QueryBuilder::new(
        "SELECT id, customer_id, enrolment, enrolled_at, suppressed, connected, occupied, last_seen, silent_due, suppress_until, open_serious,
                open_warnings, (SELECT signals_off FROM tenant_settings WHERE tenant_id = customer_id) AS signals_off,
                (SELECT silent FROM silence_postponed) AS postponed_silent, (SELECT offline FROM silence_postponed) AS postponed_offline
         FROM rooms WHERE id IN ",
    );
    let rows: Vec<RoomRow> = query.fetch_in(conn, rooms, "").await?;
    let Some(postponed) = rows.first().map(RoomRow::postponed) else { return Ok(vec![]) };
    let found = rows.into_iter().map(|row| Ok((row.id.clone(), row.parse()?)));
    let mut found = found.collect::<Result<BTreeMap<String, WatchedRoom>>>()?;
    let query = QueryBuilder::new(
        "SELECT s.room_id, s.signal, s.instance, s.failing, s.since, s.due, s.suppressed, s.suppress_until, s.number, i.status, i.severity, i.alone_due, i.created_at, i.last_updated,
                i.active_since, i.last_resolved, i.last_closed,
                (SELECT COUNT(*) FROM incident_history h WHERE h.number = s.number) AS history
         FROM signal_states s LEFT JOIN incidents i ON i.number = s.number WHERE s.room_id IN ",
    );
    for row in query.fetch_in::<SignalRow>(conn, rooms, "").await? {
        let Some(room) = found.get_mut(&row.room_id) else { continue };
        let (key, signal) = row.parse()?;
        room.signals.insert(key, signal);
    }
    Ok(found
        .into_values()
        .map(|mut room| {
            postponed.apply(&mut room);
            Watched { before: room.clone(), room }
        })
        .collect())
}

/// The signals of a room that are suppressed, with who did it, why, and until when.
pub async fn suppressions(conn: &mut Conn, room: RoomId) -> Result<BTreeMap<SignalKey, Snooze>> {
    type Row = (String, String, Option<String>, Option<String>, Option<i64>, Option<i64>);
    let rows: Vec<Row> = db::query_as(
        "SELECT signal, instance, suppress_by, suppress_reason, suppress_since, suppress_until FROM signal_states
         WHERE room_id = $1 AND suppressed = 1",
    )
    .bind(room)
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|(signal, instance, by, reason, since, until)| {
            let signal = signal.parse().column("signal_states", "signal", &room.to_string())?;
            let since = Timestamp::from_micros(since.unwrap_or_default());
            let snooze = Snooze { by, reason: reason.unwrap_or_default(), since, until: until.map(Timestamp::from_micros) };
            Ok(((signal, instance), snooze))
        })
        .collect()
}

/// Rooms in which something is due by `now`: a watch time, a closing, a silence. The longest overdue first, `most` at a time.
pub async fn due(conn: &mut Conn, now: Timestamp, most: u32) -> Result<Vec<RoomId>> {
    let postponed = Postponed::load(conn).await?;
    let mut rooms: Vec<RoomId> = vec![];
    if postponed.silent <= now {
        let silent = db::query_scalar("SELECT id FROM rooms WHERE silent_due <= $1 ORDER BY silent_due LIMIT $2");
        rooms = silent.bind(now).bind(most).fetch_parsed(conn, "rooms", "id").await?;
    }
    // No signal has an empty name: then none is left out.
    let left_out = if postponed.offline <= now { "" } else { SignalId::Offline.as_str() };
    let signals =
        db::query_scalar("SELECT room_id FROM signal_states WHERE due <= $1 AND NOT (signal = $3 AND failing = 1) ORDER BY due LIMIT $2");
    rooms.extend(signals.bind(now).bind(most).bind(left_out).fetch_parsed::<RoomId>(conn, "signal_states", "room_id").await?);
    const LIFTED: &str = "SELECT id FROM rooms WHERE suppress_until <= $1 AND suppressed = 1 ORDER BY suppress_until LIMIT $2";
    const SIGNAL_LIFTED: &str =
        "SELECT room_id FROM signal_states WHERE suppress_until <= $1 AND suppressed = 1 ORDER BY suppress_until LIMIT $2";
    // Of a signal that is known: nothing else can become important.
    const ALONE: &str = "SELECT s.room_id FROM incidents i JOIN incident_rooms x ON x.number = i.number
                         JOIN signal_states s ON s.room_id = x.room_id AND s.number = i.number
                         WHERE i.alone_due <= $1 ORDER BY i.alone_due LIMIT $2";
    for (sql, table) in [(LIFTED, "rooms"), (SIGNAL_LIFTED, "signal_states"), (ALONE, "signal_states")] {
        rooms.extend(db::query_scalar(sql).bind(now).bind(most).fetch_parsed::<RoomId>(conn, table, "room_id").await?);
    }
    rooms.sort_unstable();
    rooms.dedup();
    Ok(rooms)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReportingRoom {
    pub id: RoomId,
    pub customer: TenantId,
    pub connected: bool,
}

/// Every room that is managed or onboarding, and has a device.
pub async fn reporting(conn: &mut Conn) -> Result<Vec<ReportingRoom>> {
    let rows: Vec<(String, String, i64)> =
        db::query_as("SELECT id, customer_id, connected FROM rooms WHERE enrolment <> 'unenrolled' AND awaits_device = 0 ORDER BY id")
            .fetch_all(conn)
            .await?;
    rows.into_iter()
        .map(|(id, customer, connected)| {
            Ok(ReportingRoom {
                customer: customer.parse().column("rooms", "customer_id", &id)?,
                id: id.parse().column("rooms", "id", &id)?,
                connected: connected != 0,
            })
        })
        .collect()
}

/// Every signal that fails and that a device reports.
pub async fn failing(conn: &mut Conn) -> Result<Vec<(RoomId, SignalKey)>> {
    let rows: Vec<(String, String, String)> = db::query_as(
        "SELECT room_id, signal, instance FROM signal_states WHERE failing = 1 AND signal <> $1 ORDER BY room_id, signal, instance",
    )
    .bind(SignalId::Offline.as_str())
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|(room, signal, instance)| {
            let signal = signal.parse().column("signal_states", "signal", &room)?;
            Ok((room.parse().column("signal_states", "room_id", &room)?, (signal, instance)))
        })
        .collect()
}
