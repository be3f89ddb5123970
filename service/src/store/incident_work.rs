//! Who works on an incident (A32), and what of it is out of sight (A33).

use tenantry_model::id::RoomId;
use tenantry_model::incident::{Claim, HistoryKind, Severity, Snooze, SnoozedBy};
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;

use crate::error::Result;
use crate::store::column::Column;
use crate::store::db::{self, Conn, QueryBuilder};
use crate::store::ingest::SignalKey;

/// What of an incident is read along with its row.
pub(super) const WORK_COLUMNS: &str = "i.claim_holder, i.claim_name, i.claim_until, i.snooze_of, i.snooze_by, i.snooze_reason, \
                                       i.snooze_since, i.snooze_until";

#[derive(sqlx::FromRow)]
pub(super) struct WorkColumns {
    claim_holder: Option<String>,
    claim_name: Option<String>,
    claim_until: Option<i64>,
    snooze_of: Option<String>,
    snooze_by: Option<String>,
    snooze_reason: Option<String>,
    snooze_since: Option<i64>,
    snooze_until: Option<i64>,
}

/// What is said of an incident while it is active.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IncidentWork {
    pub claim: Option<Claim>,
    pub snooze: Option<(SnoozedBy, Snooze)>,
}

impl WorkColumns {
    pub(super) fn parse(self, number: &str) -> Result<IncidentWork> {
        const TABLE: &str = "incidents";
        let claim = match (self.claim_holder, self.claim_until) {
            (Some(holder), Some(until)) => Some(Claim {
                holder: holder.parse().column(TABLE, "claim_holder", number)?,
                name: self.claim_name.unwrap_or_default(),
                until: Timestamp::from_micros(until),
            }),
            _ => None,
        };
        let snooze = match self.snooze_of {
            Some(of) => Some((
                of.parse().column(TABLE, "snooze_of", number)?,
                Snooze {
                    by: self.snooze_by,
                    reason: self.snooze_reason.unwrap_or_default(),
                    since: Timestamp::from_micros(self.snooze_since.unwrap_or_default()),
                    until: self.snooze_until.map(Timestamp::from_micros),
                },
            )),
            None => None,
        };
        Ok(IncidentWork { claim, snooze })
    }
}

/// What is said of an incident, active or not.
pub async fn of(conn: &mut Conn, number: TicketNumber) -> Result<Option<IncidentWork>> {
    let mut query = QueryBuilder::new("SELECT ");
    query.push(WORK_COLUMNS).push(" FROM incidents i WHERE i.number = ").push_bind(number);
    let row: Option<WorkColumns> = query.build_query_as().fetch_optional(conn).await?;
    row.map(|row| row.parse(number.as_str())).transpose()
}

/// A warning that somebody works on is not left alone before `alone_due` (A34).
pub async fn claim(conn: &mut Conn, number: TicketNumber, claim: Option<&Claim>, alone_due: Timestamp) -> Result<()> {
    run!(
        conn,
        "UPDATE incidents SET claim_holder = $1, claim_name = $2, claim_until = $3,
                alone_due = CASE WHEN alone_due < $4 THEN $4 ELSE alone_due END WHERE number = $5",
        claim.map(|claim| claim.holder),
        claim.map(|claim| &claim.name),
        claim.map(|claim| claim.until),
        alone_due,
        number,
    );
    Ok(())
}

/// Puts an incident out of sight. A warning is not left alone while it is (A34).
pub async fn snooze(conn: &mut Conn, number: TicketNumber, of: SnoozedBy, snooze: &Snooze, alone_due: Option<Timestamp>) -> Result<()> {
    run!(
        conn,
        "UPDATE incidents SET snooze_of = $1, snooze_by = $2, snooze_reason = $3, snooze_since = $4, snooze_until = $5, alone_due =
                CASE WHEN alone_due IS NULL THEN NULL ELSE $6 END WHERE number = $7",
        of.as_str(),
        &snooze.by,
        &snooze.reason,
        snooze.since,
        snooze.until,
        alone_due,
        number,
    );
    Ok(())
}

/// Brings it back. A warning of a signal that is active is left alone from `alone_due` on (A34).
pub async fn wake(conn: &mut Conn, number: TicketNumber, alone_due: Timestamp) -> Result<()> {
    run!(
        conn,
        "UPDATE incidents SET snooze_of = NULL, snooze_by = NULL, snooze_reason = NULL, snooze_since = NULL, snooze_until = NULL,
                alone_due = CASE WHEN severity = $1 AND kind <> 'customer_reported' AND status NOT IN ('resolved', 'closed') THEN $2
                                 ELSE alone_due END
         WHERE number = $3",
        Severity::Warning as i64,
        alone_due,
        number,
    );
    Ok(())
}

/// A row at the end of an incident's history.
pub async fn note(conn: &mut Conn, number: TicketNumber, at: Timestamp, kind: HistoryKind, by: Option<&str>) -> Result<()> {
    run!(
        conn,
        "INSERT INTO incident_history (number, position, at, kind, author)
         SELECT $1, COUNT(*), $2, $3, $4 FROM incident_history WHERE number = $1",
        number,
        at,
        kind.as_str(),
        by,
    );
    Ok(())
}

/// Incidents whose snooze has ended by now, the longest ago first.
pub async fn waking(conn: &mut Conn, now: Timestamp, most: u32) -> Result<Vec<TicketNumber>> {
    db::query_scalar("SELECT number FROM incidents WHERE snooze_until <= $1 ORDER BY snooze_until LIMIT $2")
        .bind(now)
        .bind(most)
        .fetch_parsed(conn, "incidents", "number")
        .await
}

#[derive(sqlx::FromRow)]
struct OfSignal {
    number: String,
    signal: String,
    instance: String,
    #[sqlx(flatten)]
    work: WorkColumns,
}

/// The incidents of a room's signals that are active, each with its signal and what is said of it.
pub async fn of_room(conn: &mut Conn, room: RoomId) -> Result<Vec<(TicketNumber, SignalKey, IncidentWork)>> {
    let mut query = QueryBuilder::new("SELECT s.number, s.signal, s.instance, ");
    query.push(WORK_COLUMNS).push(" FROM signal_states s JOIN incidents i ON i.number = s.number WHERE s.room_id = ").push_bind(room);
    query.push(" AND i.status NOT IN ('resolved', 'closed') ORDER BY s.number");
    let rows: Vec<OfSignal> = query.build_query_as().fetch_all(conn).await?;
    rows.into_iter()
        .map(|OfSignal { number, signal, instance, work }| {
            let signal = signal.parse().column("signal_states", "signal", &number)?;
            let work = work.parse(&number)?;
            Ok((number.parse().column("signal_states", "number", &number)?, (signal, instance), work))
        })
        .collect()
}

/// Whose incident it is: of which room, and of which signal of it; none for a recorded issue.
pub async fn signal_of(conn: &mut Conn, number: TicketNumber) -> Result<Option<(RoomId, SignalKey)>> {
    let found: Option<(String, String, String)> = db::query_as(
        "SELECT s.room_id, s.signal, s.instance FROM incident_rooms x JOIN signal_states s ON s.room_id = x.room_id AND s.number = x.number WHERE x.number = $1",
    )
    .bind(number)
    .fetch_optional(conn)
    .await?;
    found
        .map(|(room, signal, instance)| {
            let signal = signal.parse().column("signal_states", "signal", number.as_str())?;
            Ok((room.parse().column("signal_states", "room_id", number.as_str())?, (signal, instance)))
        })
        .transpose()
}
