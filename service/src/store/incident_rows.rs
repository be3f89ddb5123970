//! The rows of incidents, in all tables that must agree: whoever inserts incidents, or moves them between statuses, writes them here.

use tenantry_model::id::{PrincipalId, RoomId, TenantId};
use tenantry_model::incident::{Category, HistoryRow, IncidentStatus, IncidentType, Severity};
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;

use crate::error::Result;
use crate::store::db::{self, Conn, QueryBuilder};

/// An incident to be inserted, by whatever raised it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewIncident<'a> {
    pub number: TicketNumber,
    pub customer: TenantId,
    pub category: Category,
    pub kind: IncidentType,
    pub severity: Severity,
    pub problem: &'a str,
    pub description: &'a str,
    pub action: &'a str,
    /// The rooms it concerns, in their order; may be none.
    pub rooms: &'a [RoomId],
    /// Why it is of high impact, if it is (R83).
    pub high_impact_reason: Option<&'a str>,
    /// Who recorded it; none for a signal ticket (A23).
    pub created_by: Option<(TenantId, PrincipalId)>,
    pub created_at: Timestamp,
    pub progress: Progress,
}

/// How far an incident has come: its status and the times that change with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub status: IncidentStatus,
    pub last_updated: Timestamp,
    pub active_since: Timestamp,
    pub last_resolved: Option<Timestamp>,
    pub last_closed: Option<Timestamp>,
    /// When it becomes important, if it is a warning that can (A34).
    pub alone_due: Option<Timestamp>,
}

impl Progress {
    /// That of an incident that is raised now.
    pub const fn raised(at: Timestamp) -> Self {
        Self {
            status: IncidentStatus::NeedsAction,
            last_updated: at,
            active_since: at,
            last_resolved: None,
            last_closed: None,
            alone_due: None,
        }
    }
}

/// What the writers of threads and statuses need to know of an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IncidentState {
    pub number: TicketNumber,
    pub customer: TenantId,
    pub kind: IncidentType,
    pub severity: Severity,
    pub status: IncidentStatus,
    pub active_since: Timestamp,
}

/// A place among the open ones: severity, the negative of the time, number; and whose it is.
type OpenRow = (Severity, i64, TicketNumber, TenantId);

/// Incidents that are written together: the inserts take one statement per table, however many there are.
#[derive(Debug, Default)]
pub struct IncidentBatch<'a> {
    inserted: Vec<NewIncident<'a>>,
    updated: Vec<(TicketNumber, Severity, Progress)>,
    history: Vec<(TicketNumber, u32, HistoryRow)>,
    no_longer_open: Vec<OpenRow>,
    now_open: Vec<OpenRow>,
}

impl<'a> IncidentBatch<'a> {
    /// An incident with its first rows of history, in the order of events.
    pub fn insert(&mut self, new: NewIncident<'a>, history: &[HistoryRow]) {
        self.add_history(new.number, 0, history);
        self.now_open.extend(place(new.number, new.customer, new.severity, new.progress.status, new.progress.active_since));
        self.inserted.push(new);
    }

    /// Moves an incident on from the state that the tables have it in.
    pub fn update(&mut self, before: &IncidentState, severity: Severity, progress: Progress) {
        let IncidentState { number, customer, status, active_since, .. } = *before;
        let open_before = place(number, customer, before.severity, status, active_since);
        let open_now = place(number, customer, severity, progress.status, progress.active_since);
        if open_before != open_now {
            self.no_longer_open.extend(open_before);
            self.now_open.extend(open_now);
        }
        self.updated.push((number, severity, progress));
    }

    /// Rows of history behind the `saved` ones that are there.
    pub fn add_history(&mut self, number: TicketNumber, saved: u32, rows: &[HistoryRow]) {
        self.history.extend((saved..).zip(rows).map(|(position, row)| (number, position, row.clone())));
    }

    pub async fn write(self, conn: &mut Conn) -> Result<()> {
        for (number, severity, progress) in &self.updated {
            run!(
                conn,
                "UPDATE incidents SET status = $1, last_updated = $2, active_since = $3, last_resolved = $4, last_closed = $5,
                        severity = $6, alone_due = $7, version = version + 1 WHERE number = $8",
                progress.status.as_str(),
                progress.last_updated,
                progress.active_since,
                progress.last_resolved,
                progress.last_closed,
                severity_column(*severity),
                progress.alone_due,
                number,
            );
            if !progress.status.is_active() {
                forget(conn, *number).await?;
            }
        }
        insert_incidents(conn, &self.inserted).await?;
        insert_history(conn, &self.history).await?;
        for (severity, newest, number, _) in self.no_longer_open {
            close_row(conn, severity, newest, number).await?;
        }
        insert_open(conn, &self.now_open).await
    }
}

/// Nobody works on it any more, and nothing of it is out of sight: it is no longer active. What comes when it is active again begins anew.
pub async fn forget(conn: &mut Conn, number: TicketNumber) -> Result<()> {
    run!(
        conn,
        "UPDATE incidents SET claim_holder = NULL, claim_name = NULL, claim_until = NULL, snooze_of = NULL, snooze_by = NULL,
                snooze_reason = NULL, snooze_since = NULL, snooze_until = NULL
         WHERE number = $1 AND (claim_holder IS NOT NULL OR snooze_of IS NOT NULL)",
        number,
    );
    Ok(())
}

/// Where an active incident stands in the order of the open ones; none for one that is not active.
fn place(number: TicketNumber, customer: TenantId, severity: Severity, status: IncidentStatus, active_since: Timestamp) -> Option<OpenRow> {
    status.is_active().then(|| (severity, -active_since.micros(), number, customer))
}

async fn insert_incidents(conn: &mut Conn, rows: &[NewIncident<'_>]) -> Result<()> {
    const HEAD: &str = "INSERT INTO incidents (number, customer_id, category, kind, severity, status, problem, description, action, high_impact, \
                        high_impact_reason, created_by_tenant, created_by, created_at, last_updated, active_since, last_resolved, \
                        last_closed, alone_due, version)";
    QueryBuilder::insert(conn, HEAD, rows, "", |row, new| {
        row.push_bind(new.number)
            .push_bind(new.customer)
            .push_bind(new.category.as_str())
            .push_bind(new.kind.as_str())
            .push_bind(severity_column(new.severity))
            .push_bind(new.progress.status.as_str())
            .push_bind(new.problem)
            .push_bind(new.description)
            .push_bind(new.action)
            .push_bind(new.high_impact_reason.is_some())
            .push_bind(new.high_impact_reason)
            .push_bind(new.created_by.map(|(tenant, _)| tenant))
            .push_bind(new.created_by.map(|(_, principal)| principal))
            .push_bind(new.created_at)
            .push_bind(new.progress.last_updated)
            .push_bind(new.progress.active_since)
            .push_bind(new.progress.last_resolved)
            .push_bind(new.progress.last_closed)
            .push_bind(new.progress.alone_due)
            .push_bind(1);
    })
    .await?;
    let rooms: Vec<(TicketNumber, i64, RoomId)> =
        rows.iter().flat_map(|new| (0..).zip(new.rooms).map(|(position, room)| (new.number, position, *room))).collect();
    QueryBuilder::insert(conn, "INSERT INTO incident_rooms (number, position, room_id)", &rooms, "", |row, (number, position, room)| {
        row.push_bind(number).push_bind(*position).push_bind(room);
    })
    .await
}

async fn insert_history(conn: &mut Conn, rows: &[(TicketNumber, u32, HistoryRow)]) -> Result<()> {
    const HEAD: &str = "INSERT INTO incident_history (number, position, at, kind, author)";
    QueryBuilder::insert(conn, HEAD, rows, "", |row, (number, position, HistoryRow { at, kind, by })| {
        row.push_bind(number).push_bind(*position).push_bind(*at).push_bind(kind.as_str()).push_bind(by);
    })
    .await
}

async fn insert_open(conn: &mut Conn, rows: &[OpenRow]) -> Result<()> {
    const HEAD: &str = "INSERT INTO open_incidents (severity, newest, number, customer_id)";
    QueryBuilder::insert(conn, HEAD, rows, "", |row, (severity, newest, number, customer)| {
        row.push_bind(severity_column(*severity)).push_bind(*newest).push_bind(number).push_bind(customer);
    })
    .await
}

pub(in crate::store) async fn close_row(conn: &mut Conn, severity: Severity, newest: i64, number: TicketNumber) -> Result<()> {
    run!(conn, "DELETE FROM open_incidents WHERE severity = $1 AND newest = $2 AND number = $3", severity_column(severity), newest, number);
    Ok(())
}

/// The place of a severity in [`Severity::ALL`], as the tables keep it.
fn severity_column(severity: Severity) -> i64 {
    Severity::ALL.iter().position(|it| *it == severity).and_then(|place| i64::try_from(place).ok()).unwrap_or(i64::MAX)
}
