//! Reading the log: pages and exports of one tenant, and the whole chain.

use std::path::Path;

use tenantry_model::audit::{AuditCategory, AuditLog, AuditNames, AuditOperation, AuditRecord, AuditResult};
use tenantry_model::id::TenantId;
use tenantry_model::time::Timestamp;

use super::actor::OPERATOR;
use super::chain::{Head, Link, Linked, StoredAudit};
use crate::error::{Error, Result};
use crate::store::ReadTx;
use crate::store::column::Column;
use crate::store::db::{self, Conn, QueryBuilder, Row};

const TABLE: &str = "audit_log";
/// All columns, in the order of [`stored`].
const COLUMNS: &str =
    "seq, at, log, category, object_name, operation, result, tenant_id, user_id, user_tenant_id, detail, request_id, prev, hash";

/// Where a record stands among those of its tenant: by its time, then by its position in the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct AuditKey {
    pub at: Timestamp,
    pub seq: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRange {
    /// Acted upon.
    pub tenant: TenantId,
    pub log: AuditLog,
    pub from: Timestamp,
    pub until: Timestamp,
    /// Only these kinds; empty for all.
    pub categories: Vec<AuditCategory>,
    /// Only these operations; empty for all.
    pub operations: Vec<AuditOperation>,
    /// Only these results; empty for all.
    pub results: Vec<AuditResult>,
}

/// The next records before `key`, newest first, at most `limit`.
pub async fn newest_before(conn: &mut Conn, range: &AuditRange, key: Option<AuditKey>, limit: u32) -> Result<Vec<(AuditKey, AuditRecord)>> {
    let mut query = of_range(range);
    if let Some(key) = key {
        query.push(" AND (at, seq) < (").push_bind(key.at).push(", ").push_bind(key.seq).push(")");
    }
    query.push(" ORDER BY at DESC, seq DESC LIMIT ").push_bind(limit);
    records(conn, query).await
}

/// The next records after `key`, oldest first, at most `limit`, and none that came to the chain after `horizon`.
pub async fn oldest_after(
    conn: &mut Conn,
    range: &AuditRange,
    key: Option<AuditKey>,
    horizon: i64,
    limit: u32,
) -> Result<Vec<(AuditKey, AuditRecord)>> {
    let mut query = of_range(range);
    if let Some(key) = key {
        query.push(" AND (at, seq) > (").push_bind(key.at).push(", ").push_bind(key.seq).push(")");
    }
    // The plus keeps the walk in its order rather than along the chain.
    query.push(" AND +seq <= ").push_bind(horizon).push(" ORDER BY at, seq LIMIT ").push_bind(limit);
    records(conn, query).await
}

fn of_range(range: &AuditRange) -> QueryBuilder {
    let mut query = QueryBuilder::new("SELECT ");
    query.push(COLUMNS).push(" FROM audit_log WHERE tenant_id = ").push_bind(range.tenant);
    query.push(" AND log = ").push_bind(range.log.as_str());
    query.push(" AND at >= ").push_bind(range.from).push(" AND at < ").push_bind(range.until);
    query.push_any_of("category", range.categories.iter().map(|word| word.as_str()));
    query.push_any_of("operation", range.operations.iter().map(|word| word.as_str()));
    query.push_any_of("result", range.results.iter().map(|word| word.as_str()));
    query
}

async fn records(conn: &mut Conn, query: QueryBuilder) -> Result<Vec<(AuditKey, AuditRecord)>> {
    let rows = query.build().fetch_all(conn).await?;
    rows.iter().map(|row| stored(row).map_err(Error::from).and_then(parse)).collect()
}

fn stored(row: &Row) -> sqlx::Result<StoredAudit> {
    Ok(StoredAudit {
        seq: row.try_get(0)?,
        at: row.try_get(1)?,
        log: row.try_get(2)?,
        category: row.try_get(3)?,
        object_name: row.try_get(4)?,
        operation: row.try_get(5)?,
        result: row.try_get(6)?,
        tenant_id: row.try_get(7)?,
        user_id: row.try_get(8)?,
        user_tenant_id: row.try_get(9)?,
        detail: row.try_get(10)?,
        request_id: row.try_get(11)?,
        prev: row.try_get(12)?,
        hash: row.try_get(13)?,
    })
}

fn parse(row: StoredAudit) -> Result<(AuditKey, AuditRecord)> {
    let id = row.seq.to_string();
    let key = AuditKey { at: Timestamp::from_micros(row.at), seq: row.seq };
    let record = AuditRecord {
        category: row.category.parse().column(TABLE, "category", &id)?,
        operation: row.operation.parse().column(TABLE, "operation", &id)?,
        result_status: row.result.parse().column(TABLE, "result", &id)?,
        tenant_id: row.tenant_id.parse().column(TABLE, "tenant_id", &id)?,
        creation_time: key.at,
        user_id: row.user_id.as_deref().filter(|id| *id != OPERATOR).map(str::parse).transpose().column(TABLE, "user_id", &id)?,
        user_tenant_id: row.user_tenant_id.as_deref().map(str::parse).transpose().column(TABLE, "user_tenant_id", &id)?,
        detail: serde_json::from_str(&row.detail).column(TABLE, "detail", &id)?,
        object_name: row.object_name,
        id: row.hash,
        names: AuditNames::default(),
    };
    Ok((key, record))
}

/// Where the chain ends, as the row outside of it says.
pub async fn head(conn: &mut Conn) -> Result<Head> {
    let (seq, hash): (i64, String) = db::query_as("SELECT seq, hash FROM audit_head WHERE id = 1").fetch_one(conn).await?;
    Ok(Head { seq, hash: hash.parse().column("audit_head", "hash", "1")? })
}

/// As [`head`], for whoever checks the chain: none where the row says nothing, since that is a finding and no failure.
pub async fn head_if_readable(conn: &mut Conn) -> Result<Option<Head>> {
    match head(conn).await {
        Ok(head) => Ok(Some(head)),
        Err(Error::BadRow { .. } | Error::Database(sqlx::Error::RowNotFound | sqlx::Error::ColumnDecode { .. })) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether the chain has, at the place that `known` names, the row that it names.
pub async fn holds(conn: &mut Conn, known: Head) -> Result<bool> {
    let hash: Option<String> = db::query_scalar("SELECT hash FROM audit_log WHERE seq = $1").bind(known.seq).fetch_optional(conn).await?;
    Ok(hash.is_some_and(|hash| hash.parse() == Ok(known.hash)))
}

/// The next rows of the chain, of all tenants, at most `limit`; from its first row on where there is no `seq`. A row that cannot be read is no
/// error here: it is what whoever checks the chain is looking for.
pub async fn chain_after(conn: &mut Conn, seq: Option<i64>, limit: u32) -> Result<Vec<Link>> {
    let mut query = QueryBuilder::new("SELECT ");
    query.push(COLUMNS).push(" FROM audit_log");
    if let Some(seq) = seq {
        query.push(" WHERE seq > ").push_bind(seq);
    }
    query.push(" ORDER BY seq LIMIT ").push_bind(limit);
    let rows = query.build().fetch_all(conn).await?;
    rows.iter().map(|row| Ok(Link { seq: row.try_get(0)?, read: link(row) })).collect()
}

fn link(row: &Row) -> std::result::Result<Linked, String> {
    let row = stored(row).map_err(|error| error.to_string())?;
    let digest = |text: &str| text.parse().map_err(|error: super::chain::NotADigest| error.to_string());
    Ok(Linked { prev: digest(&row.prev)?, hash: digest(&row.hash)?, row })
}

/// A snapshot of a database that is opened for nothing else: nothing is written, and the service may be running on it.
///
/// # Errors
/// [`Error::Config`] when there is no database, or one from before there was an audit log; [`Error::SchemaTooNew`].
pub async fn open_to_check(file: &Path) -> Result<ReadTx> {
    if !file.is_file() {
        return Err(Error::Config(format!("there is no database {}: name the service's folder with --data", file.display())));
    }
    ReadTx::alone(file, AUDIT_SINCE).await
}

/// The migration that made the log.
const AUDIT_SINCE: i64 = 2;
