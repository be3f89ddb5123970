//! The order of lists of incidents, and walking along it. Statements are built for the filter that is asked for, so that each has its index.

use tenantry_model::api::IncidentTab;
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::incident::{Category, IncidentStatus, IncidentType, Severity};
use tenantry_model::text::TicketNumber;

use crate::error::Result;
use crate::store::column::Column;
use crate::store::db::{Conn, QueryBuilder};
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
    /// What is snoozed and nothing else, rather than all but that (A33). Nothing that is inactive is.
    pub snoozed: bool,
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
    if filter.snoozed {
        query.push(" AND 1 = 0");
    }
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

/// How many open incidents these customers have.
pub async fn count_open(conn: &mut Conn, customers: &[TenantId]) -> Result<u64> {
    let query = QueryBuilder::new("SELECT COUNT(*) FROM open_incidents WHERE customer_id IN ");
    let found: Vec<(i64,)> = query.fetch_in(conn, customers, "").await?;
    found.iter().map(|(count,)| u64::try_from(*count).column("open_incidents", "count", "")).sum()
}

/// Numbers of these customers' open incidents, customer by customer, gravest first.
pub async fn open_of(conn: &mut Conn, customers: &[TenantId]) -> Result<Vec<TicketNumber>> {
    let query = QueryBuilder::new("SELECT number FROM open_incidents WHERE customer_id IN ");
    let rows: Vec<(String,)> = query.fetch_in(conn, customers, " ORDER BY customer_id, severity, newest, number").await?;
    rows.iter().map(|(number,)| number.parse().column("open_incidents", "number", number)).collect()
}
