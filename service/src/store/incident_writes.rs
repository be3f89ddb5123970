//! Recorded issues, and the threads of all incidents.

use std::time::Duration;

use tenantry_model::id::{PrincipalId, RoomId, TenantId};
use tenantry_model::incident::{Category, ClosureReason, HistoryKind, HistoryRow, IncidentStatus, IncidentType, Severity};
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;

use crate::error::{Error, Result};
use crate::random::Random;
use crate::store::column::Column;
use crate::store::db::{self, Conn, QueryBuilder};
use crate::store::incident_rows::{IncidentBatch, IncidentState, NewIncident, Progress, close_row, forget};
use crate::store::incident_work::note;
use crate::store::numbers;

/// An issue to be recorded: always critical, never anything but stand-alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewIssue {
    pub customer: TenantId,
    /// What is wrong, as its reporter wrote it.
    pub description: String,
    /// The rooms it concerns; may be none.
    pub rooms: Vec<RoomId>,
    /// Why it is of high impact, if it is (R83).
    pub high_impact_reason: Option<String>,
    pub created_by: (TenantId, PrincipalId),
    pub created_at: Timestamp,
}

/// How long a warning is left alone before it becomes important (A34).
pub const ALONE_FOR: Duration = Duration::from_secs(24 * 60 * 60);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMessage {
    pub at: Timestamp,
    /// The author's name; none for the service.
    pub author: Option<String>,
    pub text: String,
    /// Whether it hands the incident to the service (R81).
    pub assigned_to_service: bool,
}

/// Inserts an issue, open, and counts it in its rooms (R84).
pub async fn record(conn: &mut Conn, new: &NewIssue, random: &dyn Random) -> Result<TicketNumber> {
    let mut drawn = numbers::draw(conn, &[new.customer], random).await?;
    let number = drawn.pop().ok_or_else(|| Error::Internal("no ticket number was drawn".into()))?;
    let mut batch = IncidentBatch::default();
    let incident = NewIncident {
        number,
        customer: new.customer,
        category: Category::Reported,
        kind: IncidentType::CustomerReported,
        severity: Severity::Critical,
        problem: &new.description,
        description: &new.description,
        action: "",
        rooms: &new.rooms,
        high_impact_reason: new.high_impact_reason.as_deref(),
        created_by: Some(new.created_by),
        created_at: new.created_at,
        progress: Progress::raised(new.created_at),
    };
    batch.insert(incident, &[HistoryRow::of_itself(new.created_at, HistoryKind::Activated)]);
    batch.write(conn).await?;
    count_in_rooms(conn, &new.rooms, 1).await?;
    Ok(number)
}

/// An incident as its writers read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownIncident {
    pub state: IncidentState,
    pub version: u64,
    /// The tenant whose user recorded it; none for a signal ticket (A23).
    pub created_by_tenant: Option<TenantId>,
}

#[derive(sqlx::FromRow)]
struct KnownColumns {
    customer_id: String,
    kind: String,
    severity: i64,
    status: String,
    active_since: i64,
    version: i64,
    created_by_tenant: Option<String>,
}

pub async fn find(conn: &mut Conn, number: TicketNumber) -> Result<Option<KnownIncident>> {
    const SQL: &str =
        "SELECT customer_id, kind, severity, status, active_since, version, created_by_tenant FROM incidents WHERE number = $1";
    let id = number.as_str();
    let row: Option<KnownColumns> = db::query_as(SQL).bind(number).fetch_optional(conn).await?;
    row.map(|row| {
        let severity = usize::try_from(row.severity).ok().and_then(|place| Severity::ALL.get(place)).ok_or("is no severity");
        let state = IncidentState {
            number,
            customer: row.customer_id.parse().column("incidents", "customer_id", id)?,
            kind: row.kind.parse().column("incidents", "kind", id)?,
            severity: *severity.column("incidents", "severity", id)?,
            status: row.status.parse().column("incidents", "status", id)?,
            active_since: Timestamp::from_micros(row.active_since),
        };
        Ok(KnownIncident {
            state,
            version: u64::try_from(row.version).column("incidents", "version", id)?,
            created_by_tenant: row.created_by_tenant.map(|tenant| tenant.parse()).transpose().column(
                "incidents",
                "created_by_tenant",
                id,
            )?,
        })
    })
    .transpose()
}

/// What its reporter wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueText {
    pub description: String,
    /// Why it is of high impact, if it is (R83).
    pub high_impact_reason: Option<String>,
}

pub async fn text(conn: &mut Conn, number: TicketNumber) -> Result<Option<IssueText>> {
    let row: Option<(String, Option<String>)> =
        db::query_as("SELECT description, high_impact_reason FROM incidents WHERE number = $1").bind(number).fetch_optional(conn).await?;
    Ok(row.map(|(description, high_impact_reason)| IssueText { description, high_impact_reason }))
}

/// Other words of a recorded issue that is open.
pub async fn edit(conn: &mut Conn, number: TicketNumber, text: &IssueText, at: Timestamp) -> Result<()> {
    run!(
        conn,
        "UPDATE incidents SET problem = $1, description = $1, high_impact = $2, high_impact_reason = $3, version = version + 1,
                last_updated = CASE WHEN last_updated > $4 THEN last_updated ELSE $4 END WHERE number = $5",
        &text.description,
        text.high_impact_reason.is_some(),
        &text.high_impact_reason,
        at,
        number,
    );
    Ok(())
}

/// Other rooms of a recorded issue that is open, which counts in them (R84).
pub async fn set_rooms(conn: &mut Conn, number: TicketNumber, before: &[RoomId], after: &[RoomId]) -> Result<()> {
    run!(conn, "DELETE FROM incident_rooms WHERE number = $1", number);
    let rows: Vec<(i64, RoomId)> = (0..).zip(after.iter().copied()).collect();
    QueryBuilder::insert(conn, "INSERT INTO incident_rooms (number, position, room_id)", &rows, "", |row, (position, room)| {
        row.push_bind(number).push_bind(*position).push_bind(room);
    })
    .await?;
    let only_in =
        |these: &[RoomId], others: &[RoomId]| -> Vec<RoomId> { these.iter().copied().filter(|room| !others.contains(room)).collect() };
    count_in_rooms(conn, &only_in(before, after), -1).await?;
    count_in_rooms(conn, &only_in(after, before), 1).await
}

pub async fn rooms(conn: &mut Conn, number: TicketNumber) -> Result<Vec<RoomId>> {
    db::query_scalar("SELECT room_id FROM incident_rooms WHERE number = $1 ORDER BY position")
        .bind(number)
        .fetch_parsed(conn, "incident_rooms", "room_id")
        .await
}

pub async fn post(conn: &mut Conn, number: TicketNumber, message: &NewMessage) -> Result<()> {
    run!(
        conn,
        "INSERT INTO incident_messages (number, position, at, author, body, assigned_to_service)
         SELECT $1, COUNT(*), $2, $3, $4, $5 FROM incident_messages WHERE number = $1",
        number,
        message.at,
        &message.author,
        &message.text,
        message.assigned_to_service,
    );
    run!(
        conn,
        // Never back, whatever the clock did: what was resolved was not last updated before (A40's walk relies on it).
        "UPDATE incidents SET messages = messages + 1, last_message_at = $1, version = version + 1,
                alone_due = CASE WHEN alone_due < $2 THEN $2 ELSE alone_due END,
                last_updated = CASE WHEN last_updated > $1 THEN last_updated ELSE $1 END WHERE number = $3",
        message.at,
        message.at.plus(ALONE_FOR),
        number,
    );
    Ok(())
}

/// Moves an active incident to another active status, and keeps who holds it from then on (R95).
pub async fn set_status(conn: &mut Conn, number: TicketNumber, status: IncidentStatus, at: Timestamp) -> Result<()> {
    run!(conn, "UPDATE incidents SET status = $1, last_updated = $2, version = version + 1 WHERE number = $3", status.as_str(), at, number,);
    let to_service = status != IncidentStatus::NeedsAction;
    run!(conn, "INSERT INTO incident_handovers (number, at, to_service) VALUES ($1, $2, $3)", number, at, to_service);
    Ok(())
}

/// Closes a recorded issue that is open (R85, R86).
pub async fn close(
    conn: &mut Conn,
    state: &IncidentState,
    by: &str,
    reason: ClosureReason,
    comment: Option<&str>,
    at: Timestamp,
) -> Result<()> {
    run!(
        conn,
        "UPDATE incidents SET status = 'closed', last_updated = $1, last_resolved = $1, last_closed = $1, closed_by = $2, closure_reason = $3,
                closure_comment = $4, version = version + 1 WHERE number = $5",
        at,
        by,
        reason.as_str(),
        comment,
        state.number,
    );
    note(conn, state.number, at, HistoryKind::Deactivated, None).await?;
    forget(conn, state.number).await?;
    close_row(conn, state.severity, -state.active_since.micros(), state.number).await?;
    let rooms = rooms(conn, state.number).await?;
    count_in_rooms(conn, &rooms, -1).await
}

async fn count_in_rooms(conn: &mut Conn, rooms: &[RoomId], more: i64) -> Result<()> {
    if rooms.is_empty() {
        return Ok(());
    }
    let mut query = QueryBuilder::new("UPDATE rooms SET version = version + 1, open_serious = open_serious + ");
    query.push_bind(more).push(" WHERE id IN ");
    query.push_keys(rooms);
    query.build().execute(conn).await?;
    Ok(())
}

/// The numbers of all open incidents, in the order of every list.
pub async fn open_numbers(conn: &mut Conn) -> Result<Vec<TicketNumber>> {
    db::query_scalar("SELECT number FROM open_incidents ORDER BY severity, newest, number")
        .fetch_parsed(conn, "open_incidents", "number")
        .await
}
