//! Changes that wait for a customer's approval, and decided ones.

use tenantry_model::api::requests::{RequestRow, RequestedChange};
use tenantry_model::id::{ChangeRequestId, PrincipalId, RelationshipId, TenantId};
use tenantry_model::tenancy::{ControlEvent, PrincipalKind, PrincipalRef, RequestState};
use tenantry_model::time::Timestamp;

use crate::error::{Error, Result};
use crate::store::column::Column;
use crate::store::db::{self, Conn, QueryBuilder};

const TABLE: &str = "change_requests";

const COLUMNS: &str = "SELECT q.id, q.customer_id, c.display_name AS customer_name, q.partner_id, p.display_name AS partner_name, q.event, \
                       q.operation, q.shown, q.requested_by, q.requester_name, q.requester_global, q.requested_at, q.state, q.decided_at, q.version \
                       FROM change_requests q JOIN tenants c ON c.id = q.customer_id JOIN tenants p ON p.id = q.partner_id";

#[derive(Debug, Clone)]
pub struct NewRequest {
    pub id: ChangeRequestId,
    /// Under which relationship; it lapses with it (A19).
    pub relationship: RelationshipId,
    pub customer: TenantId,
    pub partner: TenantId,
    pub event: ControlEvent,
    /// What is done when it is approved: JSON that [`crate::domain::requests`] reads.
    pub operation: String,
    pub shown: RequestedChange,
    pub requested_by: PrincipalId,
    pub requester_name: String,
    /// Whether their token named them a Global Administrator.
    pub requester_global: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRequest {
    pub row: RequestRow,
    pub operation: String,
    /// Whether the token of who asked named them a Global Administrator.
    pub requester_global: bool,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    customer_id: String,
    customer_name: String,
    partner_id: String,
    partner_name: String,
    event: String,
    operation: String,
    shown: String,
    requested_by: String,
    requester_name: String,
    requester_global: i64,
    requested_at: i64,
    state: String,
    decided_at: Option<i64>,
    version: i64,
}

impl Row {
    fn parse(self) -> Result<StoredRequest> {
        let id = &self.id;
        let row = RequestRow {
            id: id.parse().column(TABLE, "id", id)?,
            customer_id: self.customer_id.parse().column(TABLE, "customer_id", id)?,
            customer_name: self.customer_name,
            partner_id: self.partner_id.parse().column(TABLE, "partner_id", id)?,
            partner_name: self.partner_name,
            event: self.event.parse().column(TABLE, "event", id)?,
            change: serde_json::from_str(&self.shown).column(TABLE, "shown", id)?,
            requested_by: PrincipalRef {
                id: self.requested_by.parse().column(TABLE, "requested_by", id)?,
                kind: PrincipalKind::User,
                display_name: self.requester_name,
                upn: None,
            },
            requested_at: Timestamp::from_micros(self.requested_at),
            state: self.state.parse().column(TABLE, "state", id)?,
            decided_at: self.decided_at.map(Timestamp::from_micros),
            version: u64::try_from(self.version).column(TABLE, "version", id)?,
        };
        Ok(StoredRequest { row, operation: self.operation, requester_global: self.requester_global != 0 })
    }
}

pub async fn insert(conn: &mut Conn, new: &NewRequest, at: Timestamp) -> Result<()> {
    let shown = serde_json::to_string(&new.shown).map_err(|error| Error::Internal(format!("a request cannot be written: {error}")))?;
    run!(
        conn,
        "INSERT INTO change_requests
             (id, relationship_id, customer_id, partner_id, event, operation, shown, requested_by, requester_name, requester_global,
              requested_at, state)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'pending')",
        new.id,
        new.relationship,
        new.customer,
        new.partner,
        new.event.as_str(),
        &new.operation,
        shown,
        new.requested_by,
        &new.requester_name,
        new.requester_global,
        at
    );
    Ok(())
}

pub async fn find(conn: &mut Conn, id: ChangeRequestId) -> Result<Option<StoredRequest>> {
    let mut query = QueryBuilder::new(COLUMNS);
    query.push(" WHERE q.id = ").push_bind(id);
    query.build_query_as::<Row>().fetch_optional(conn).await?.map(Row::parse).transpose()
}

/// The requests to a customer: those that wait, oldest first, or the last `limit` decided ones, newest first.
pub async fn of_customer(conn: &mut Conn, customer: TenantId, pending: bool, limit: u32) -> Result<Vec<RequestRow>> {
    let mut query = QueryBuilder::new(COLUMNS);
    query.push(" WHERE q.customer_id = ").push_bind(customer);
    query.push(if pending {
        " AND q.state = 'pending' ORDER BY q.requested_at, q.id"
    } else {
        " AND q.state IN ('approved', 'rejected', 'lapsed') ORDER BY q.decided_at DESC, q.id"
    });
    query.push(" LIMIT ").push_bind(limit);
    let rows = query.build_query_as::<Row>().fetch_all(conn).await?;
    rows.into_iter().map(|row| row.parse().map(|it| it.row)).collect()
}

/// The requests of a partner to a customer that wait, oldest first.
pub async fn waiting(conn: &mut Conn, partner: TenantId, customer: TenantId) -> Result<Vec<RequestRow>> {
    let mut query = QueryBuilder::new(COLUMNS);
    query.push(" WHERE q.partner_id = ").push_bind(partner).push(" AND q.customer_id = ").push_bind(customer);
    query.push(" AND q.state = 'pending' ORDER BY q.requested_at, q.id");
    let rows = query.build_query_as::<Row>().fetch_all(conn).await?;
    rows.into_iter().map(|row| row.parse().map(|it| it.row)).collect()
}

/// The requests of a partner that wait, to these customers or, where none is named, to all, oldest first, after the end of a page.
pub async fn waiting_of(
    conn: &mut Conn,
    partner: TenantId,
    customers: &[TenantId],
    after: Option<(Timestamp, ChangeRequestId)>,
    limit: u32,
) -> Result<Vec<StoredRequest>> {
    let mut query = QueryBuilder::new(COLUMNS);
    query.push(" WHERE q.partner_id = ").push_bind(partner).push(" AND q.state = 'pending'");
    if let Some((at, id)) = after {
        query.push(" AND (q.requested_at, q.id) > (").push_bind(at).push(", ").push_bind(id).push(")");
    }
    let end = format!(" ORDER BY q.requested_at, q.id LIMIT {limit}");
    let rows: Vec<Row> = if customers.is_empty() {
        query.push(&end);
        query.build_query_as().fetch_all(conn).await?
    } else {
        query.push(" AND q.customer_id IN ");
        query.fetch_in(conn, customers, &end).await?
    };
    let mut found = rows.into_iter().map(Row::parse).collect::<Result<Vec<_>>>()?;
    found.sort_by_key(|it| (it.row.requested_at, it.row.id));
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(found)
}

/// The request for exactly this operation that waits under a relationship.
pub async fn same(conn: &mut Conn, relationship: RelationshipId, operation: &str) -> Result<Option<StoredRequest>> {
    let mut query = QueryBuilder::new(COLUMNS);
    query.push(" WHERE q.relationship_id = ").push_bind(relationship);
    query.push(" AND q.state = 'pending' AND q.operation = ").push_bind(operation).push(" ORDER BY q.requested_at, q.id LIMIT 1");
    query.build_query_as::<Row>().fetch_optional(conn).await?.map(Row::parse).transpose()
}

/// The requests to a customer that wait, with this id somewhere in their operations.
pub async fn naming(conn: &mut Conn, customer: TenantId, id: &str) -> Result<Vec<StoredRequest>> {
    let mut query = QueryBuilder::new(COLUMNS);
    query.push(" WHERE q.customer_id = ").push_bind(customer);
    query.push(" AND q.state = 'pending' AND q.operation LIKE ").push_bind(format!("%{id}%"));
    let rows = query.build_query_as::<Row>().fetch_all(conn).await?;
    rows.into_iter().map(Row::parse).collect()
}

/// Somebody else asked for the same.
pub async fn take_over(conn: &mut Conn, id: ChangeRequestId, by: PrincipalId, name: &str, global: bool) -> Result<()> {
    let sql =
        "UPDATE change_requests SET requested_by = $1, requester_name = $2, requester_global = $3, version = version + 1 WHERE id = $4";
    db::query(sql).bind(by).bind(name).bind(global).bind(id).execute(conn).await?;
    Ok(())
}

/// Decides a request that is pending. Whether it was.
pub async fn decide(conn: &mut Conn, id: ChangeRequestId, state: RequestState, by: PrincipalId, at: Timestamp) -> Result<bool> {
    let done = run!(
        conn,
        "UPDATE change_requests SET state = $1, decided_by = $2, decided_at = $3, version = version + 1 WHERE id = $4 AND state = 'pending'",
        state.as_str(),
        by,
        at,
        id
    );
    Ok(done > 0)
}

/// What waits under a relationship lapses: it ended (A19).
pub async fn lapse(conn: &mut Conn, relationship: RelationshipId, at: Timestamp) -> Result<()> {
    run!(
        conn,
        "UPDATE change_requests SET state = 'lapsed', decided_at = $1, version = version + 1 WHERE relationship_id = $2 AND state = 'pending'",
        at,
        relationship
    );
    Ok(())
}
