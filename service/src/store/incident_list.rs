//! The order of lists of incidents, and walking along it. Statements are built for the filter that is asked for, so that each has its index.

use tenantry_model::api::IncidentTab;
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::incident::{Category, IncidentStatus, IncidentType, Severity};
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;

use crate::error::Result;
use crate::store::column::Column;
use crate::store::db::{self, BATCH, Conn, QueryBuilder};
use crate::store::incidents::{StoredRow, rows_picked};

/// With so few customers, each one's rows are read in order from its index and merged: nothing of others is touched.
const MERGED: usize = 24;
/// With so few, the rows of these customers are picked and sorted; with more, the order is walked and the rest skipped.
const PICKED: usize = 512;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Walk {
    Of(Vec<TenantId>),
    /// All; the reader skips what is not theirs.
    All,
}

impl Walk {
    /// The cheaper walk for a reader who sees these customers.
    pub fn over(customers: Vec<TenantId>) -> Self {
        if customers.len() <= PICKED { Self::Of(customers) } else { Self::All }
    }
}

/// A position in the order of a list: gravest, then newest, then by number. On the Resolved tab last updated first, whatever the severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ListKey {
    /// The place of the severity in [`Severity::ALL`]; 0 on the Resolved tab.
    pub severity: i64,
    /// The negative of the time, in microseconds.
    pub newest: i64,
    pub number: TicketNumber,
}

impl ListKey {
    pub const fn of(tab: IncidentTab, stored: &StoredRow) -> Self {
        let row = &stored.row;
        match tab {
            IncidentTab::Active => Self { severity: row.severity as i64, newest: -row.active_since.micros(), number: row.number },
            IncidentTab::Resolved => Self { severity: 0, newest: -row.last_updated.micros(), number: row.number },
        }
    }
}

/// What the database filters by. Values within one are alternatives; an empty one holds always. Rooms and words are filtered by the reader,
/// who alone knows what of an incident may be compared.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RowFilter {
    pub severities: Vec<Severity>,
    pub statuses: Vec<IncidentStatus>,
    pub categories: Vec<Category>,
    pub types: Vec<IncidentType>,
    pub rooms: Vec<RoomId>,
}

/// The next rows of the Resolved tab after `key`, at most `limit`.
pub async fn resolved_after(conn: &mut Conn, walk: &Walk, filter: &RowFilter, key: Option<ListKey>, limit: u32) -> Result<Vec<StoredRow>> {
    if matches!(walk, Walk::Of(customers) if customers.is_empty()) {
        return Ok(vec![]);
    }
    rows_picked(conn, "o.last_updated DESC, o.number", |query| {
        match walk {
            Walk::All => branch(query, filter, key),
            Walk::Of(customers) if customers.len() <= MERGED => {
                for (at, customer) in customers.iter().enumerate() {
                    query.push(if at == 0 { "" } else { " UNION ALL " });
                    branch(query, filter, key);
                    query.push(" AND o.customer_id = ").push_bind(customer);
                }
            }
            Walk::Of(customers) => {
                branch(query, filter, key);
                query.push(" AND o.customer_id IN ");
                query.push_keys(customers);
            }
        }
        // By place: the columns of a UNION have no table to be named by.
        query.push(" ORDER BY 1 DESC, 2 LIMIT ").push_bind(limit);
    })
    .await
}

fn branch(query: &mut QueryBuilder, filter: &RowFilter, key: Option<ListKey>) {
    // The statuses stand in the text, or the partial index cannot be used.
    query.push("SELECT o.last_updated, o.number FROM incidents o");
    if !(filter.statuses.is_empty() && filter.categories.is_empty() && filter.types.is_empty()) {
        query.push(" JOIN incidents f ON f.number = o.number");
    }
    query.push(" WHERE o.status IN ('resolved', 'closed')");
    if let Some(key) = key {
        query.push(" AND o.last_updated <= ").push_bind(-key.newest).push(" AND (o.last_updated < ").push_bind(-key.newest);
        query.push(" OR o.number > ").push_bind(key.number).push(")");
    }
    // The plus keeps the walk in its order rather than jump between severities and sort.
    query.push_any_of("+o.severity", filter.severities.iter().map(|severity| *severity as i64));
    query.push_any_of("f.status", filter.statuses.iter().map(|word| word.as_str()));
    query.push_any_of("f.category", filter.categories.iter().map(|word| word.as_str()));
    query.push_any_of("f.kind", filter.types.iter().map(|word| word.as_str()));
    if !filter.rooms.is_empty() {
        query.push(" AND EXISTS (SELECT 1 FROM incident_rooms x WHERE x.number = o.number AND x.room_id IN ");
        query.push_keys(&filter.rooms);
        query.push(")");
    }
}

/// The next open rows of all customers after `key`, in the order of the Active tab.
pub async fn open_rows_after(conn: &mut Conn, key: Option<ListKey>, limit: u32) -> Result<Vec<StoredRow>> {
    rows_picked(conn, "o.severity, o.newest, o.number", |query| {
        query.push("SELECT severity, newest, number FROM open_incidents");
        if let Some(key) = key {
            query.push(" WHERE (severity, newest, number) > (").push_bind(key.severity).push(", ").push_bind(key.newest);
            query.push(", ").push_bind(key.number).push(")");
        }
        query.push(" ORDER BY severity, newest, number LIMIT ").push_bind(limit);
    })
    .await
}

/// The rows of these incidents, open or not; those that do not exist are missing.
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

/// Numbers of a customer's open incidents, gravest first.
pub async fn open_of(conn: &mut Conn, customer: TenantId) -> Result<Vec<TicketNumber>> {
    db::query_scalar("SELECT number FROM open_incidents WHERE customer_id = $1 ORDER BY severity, newest, number")
        .bind(customer)
        .fetch_parsed(conn, "open_incidents", "number")
        .await
}

/// A position among a customer's inactive incidents: last updated first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InactivePosition {
    pub last_updated: Timestamp,
    pub number: TicketNumber,
}

/// The next inactive incidents of a customer after `position`.
pub async fn inactive_after(
    conn: &mut Conn,
    customer: TenantId,
    position: Option<InactivePosition>,
    limit: u32,
) -> Result<Vec<InactivePosition>> {
    let mut query =
        QueryBuilder::new("SELECT last_updated, number FROM incidents WHERE status IN ('resolved', 'closed') AND customer_id = ");
    query.push_bind(customer);
    if let Some(position) = position {
        query.push(" AND last_updated <= ").push_bind(position.last_updated);
        query.push(" AND (last_updated < ").push_bind(position.last_updated);
        query.push(" OR number > ").push_bind(position.number).push(")");
    }
    query.push(" ORDER BY last_updated DESC, number LIMIT ").push_bind(limit);
    query
        .build_query_as::<(i64, String)>()
        .fetch_all(conn)
        .await?
        .into_iter()
        .map(|(at, number)| {
            let number = number.parse().column("incidents", "number", &number)?;
            Ok(InactivePosition { last_updated: Timestamp::from_micros(at), number })
        })
        .collect()
}
