//! Incidents as they are read: rows for lists, whole ones for detail and sync. Rooms stand in them unredacted, so nothing from here may leave
//! the service before [`crate::domain::incidents`] has cut it to its reader (A23).

use std::collections::HashMap;

use tenantry_model::id::TenantId;
use tenantry_model::incident::{HistoryRow, Incident, IncidentRow, IncidentStatus, Message, RoomRef, Severity};
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;

use crate::error::{Error, Result};
use crate::store::attachments;
use crate::store::column::Column;
use crate::store::db::{BATCH, Conn, QueryBuilder};
use crate::store::incident_work::{IncidentWork, WORK_COLUMNS, WorkColumns};

/// An incident's row with all its rooms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRow {
    pub row: IncidentRow,
    /// The tenant whose user recorded it; none for a signal ticket (A23).
    pub created_by_tenant: Option<TenantId>,
    /// What the devices of its rooms are called, in the order of the rooms; nothing where it was not read for a list.
    pub hosts: Vec<String>,
}

const ROW_COLUMNS: &str = "i.number, i.customer_id, i.category, i.kind, i.severity, i.status, i.problem, i.created_by_tenant, i.created_at, \
                           i.last_updated, i.active_since, i.last_resolved, i.last_closed, i.messages, i.last_message_at, i.version, ";

#[derive(sqlx::FromRow)]
struct IncidentColumns {
    number: String,
    customer_id: String,
    category: String,
    kind: String,
    severity: i64,
    status: String,
    problem: String,
    created_by_tenant: Option<String>,
    created_at: i64,
    last_updated: i64,
    active_since: i64,
    last_resolved: Option<i64>,
    last_closed: Option<i64>,
    messages: i64,
    last_message_at: Option<i64>,
    version: i64,
    #[sqlx(flatten)]
    work: WorkColumns,
}

impl IncidentColumns {
    fn parse(self) -> Result<StoredRow> {
        const TABLE: &str = "incidents";
        let id = &self.number;
        let severity = usize::try_from(self.severity).ok().and_then(|place| Severity::ALL.get(place));
        let status: IncidentStatus = self.status.parse().column(TABLE, "status", id)?;
        // Of what is not active, nobody works on anything, and nothing is out of sight.
        let IncidentWork { claim, snooze } = if status.is_active() { self.work.parse(id)? } else { IncidentWork::default() };
        let (snoozed_by, snooze) = snooze.unzip();
        Ok(StoredRow {
            hosts: vec![],
            created_by_tenant: self.created_by_tenant.map(|tenant| tenant.parse()).transpose().column(TABLE, "created_by_tenant", id)?,
            row: IncidentRow {
                number: id.parse().column(TABLE, "number", id)?,
                customer_id: self.customer_id.parse().column(TABLE, "customer_id", id)?,
                category: self.category.parse().column(TABLE, "category", id)?,
                kind: self.kind.parse().column(TABLE, "kind", id)?,
                severity: *severity.ok_or_else(|| Error::bad_row(TABLE, "severity", id, "no such severity"))?,
                status,
                rooms: vec![],
                redacted_rooms: 0,
                problem: self.problem,
                created_at: Timestamp::from_micros(self.created_at),
                last_updated: Timestamp::from_micros(self.last_updated),
                active_since: Timestamp::from_micros(self.active_since),
                last_resolved: self.last_resolved.map(Timestamp::from_micros),
                last_closed: self.last_closed.map(Timestamp::from_micros),
                messages: u32::try_from(self.messages).column(TABLE, "messages", id)?,
                last_message_at: self.last_message_at.map(Timestamp::from_micros),
                claim,
                snooze,
                snoozed_by,
                version: u64::try_from(self.version).column(TABLE, "version", id)?,
            },
        })
    }
}

#[derive(sqlx::FromRow)]
struct ListedColumns {
    #[sqlx(flatten)]
    columns: IncidentColumns,
    room_id: Option<String>,
    room_name: Option<String>,
    host_name: Option<String>,
}

/// Runs `SELECT` [`ROW_COLUMNS`]` … FROM (picked) …` and puts each incident's rooms together. `picked` has the column `number`, and those that
/// `order` names.
async fn rows(conn: &mut Conn, query: QueryBuilder) -> Result<Vec<StoredRow>> {
    let mut found: Vec<StoredRow> = Vec::new();
    for listed in query.build_query_as::<ListedColumns>().fetch_all(conn).await? {
        let room = match (listed.room_id, listed.room_name) {
            (Some(id), Some(name)) => Some(RoomRef { id: id.parse().column("incident_rooms", "room_id", &listed.columns.number)?, name }),
            _ => None,
        };
        match found.last_mut().filter(|last| last.row.number.as_str() == listed.columns.number) {
            Some(last) => {
                last.row.rooms.extend(room);
                last.hosts.extend(listed.host_name);
            }
            None => {
                let mut stored = listed.columns.parse()?;
                stored.row.rooms.extend(room);
                stored.hosts.extend(listed.host_name);
                found.push(stored);
            }
        }
    }
    Ok(found)
}

/// Puts a statement around the one that picks numbers: the rows of the picked incidents with their rooms, in `order`.
pub(super) async fn rows_picked(
    conn: &mut Conn,
    order: &'static str,
    pick: impl FnOnce(&mut QueryBuilder) + Send,
) -> Result<Vec<StoredRow>> {
    let mut query = QueryBuilder::new("SELECT ");
    query.push(ROW_COLUMNS).push(WORK_COLUMNS).push(", x.room_id, r.display_name AS room_name, r.host_name FROM (");
    pick(&mut query);
    query
        .push(
            ") o JOIN incidents i ON i.number = o.number LEFT JOIN incident_rooms x ON x.number = o.number
             LEFT JOIN rooms r ON r.id = x.room_id ORDER BY ",
        )
        .push(order)
        .push(", x.position");
    rows(conn, query).await
}

/// The rows of these incidents, open or not, by number; those that do not exist are missing.
pub async fn rows_of(conn: &mut Conn, numbers: &[TicketNumber]) -> Result<Vec<StoredRow>> {
    let mut found = Vec::with_capacity(numbers.len());
    for batch in numbers.chunks(BATCH) {
        let pick = |query: &mut QueryBuilder| {
            query.push("SELECT number FROM incidents WHERE number IN ").push_keys(batch);
        };
        found.extend(rows_picked(conn, "o.number", pick).await?);
    }
    Ok(found)
}

#[derive(sqlx::FromRow)]
struct RestColumns {
    number: String,
    description: String,
    action: String,
    high_impact: i64,
    high_impact_reason: Option<String>,
    closed_by: Option<String>,
    closure_reason: Option<String>,
    closure_comment: Option<String>,
}

/// The same incidents whole, with thread, attachments and history, in their order. The rows stay as they are, cut to a reader or not.
pub async fn complete(conn: &mut Conn, rows: Vec<IncidentRow>) -> Result<Vec<Incident>> {
    let numbers: Vec<TicketNumber> = rows.iter().map(|row| row.number).collect();
    let with_thread: Vec<TicketNumber> = rows.iter().filter(|row| row.messages > 0).map(|row| row.number).collect();
    let mut places: HashMap<TicketNumber, usize> = HashMap::with_capacity(rows.len());
    let mut found: Vec<Incident> = Vec::with_capacity(rows.len());
    for row in rows {
        places.insert(row.number, found.len());
        found.push(row.alone());
    }
    let place = |table: &'static str, number: &str| -> Result<usize> {
        let parsed: TicketNumber = number.parse().column(table, "number", number)?;
        places.get(&parsed).copied().ok_or_else(|| Error::bad_row(table, "number", number, "nobody asked for it"))
    };

    let query = QueryBuilder::new(
        "SELECT number, description, action, high_impact, high_impact_reason, closed_by, closure_reason, closure_comment
         FROM incidents WHERE number IN ",
    );
    for rest in query.fetch_in::<RestColumns>(conn, &numbers, "").await? {
        let incident = &mut found[place("incidents", &rest.number)?];
        incident.description = rest.description;
        incident.action = rest.action;
        incident.high_impact = rest.high_impact != 0;
        incident.high_impact_reason = rest.high_impact_reason;
        incident.closed_by = rest.closed_by;
        incident.closure_reason =
            rest.closure_reason.map(|reason| reason.parse()).transpose().column("incidents", "closure_reason", &rest.number)?;
        incident.closure_comment = rest.closure_comment;
    }

    let query = QueryBuilder::new("SELECT number, at, author, body, assigned_to_service FROM incident_messages WHERE number IN ");
    let messages: Vec<(String, i64, Option<String>, String, i64)> =
        query.fetch_in(conn, &with_thread, " ORDER BY number, position DESC").await?;
    for (number, at, author, text, assigned) in messages {
        let message = Message { at: Timestamp::from_micros(at), author, text, assigned_to_service: assigned != 0 };
        found[place("incident_messages", &number)?].messages.push(message);
    }

    for stored in attachments::of_incidents(conn, &numbers).await? {
        found[place("incident_attachments", stored.number.as_str())?].attachments.push(stored.attachment);
    }

    let query = QueryBuilder::new("SELECT number, at, kind, author FROM incident_history WHERE number IN ");
    let history: Vec<(String, i64, String, Option<String>)> = query.fetch_in(conn, &numbers, " ORDER BY number, position DESC").await?;
    for (number, at, kind, by) in history {
        let kind = kind.parse().column("incident_history", "kind", &number)?;
        found[place("incident_history", &number)?].history.push(HistoryRow { at: Timestamp::from_micros(at), kind, by });
    }
    Ok(found)
}
