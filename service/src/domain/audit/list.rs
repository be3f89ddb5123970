//! Who reads which records, and how: pages for a screen, a walk for the export.

use serde::{Deserialize, Serialize};
use tenantry_model::api::Page;
use tenantry_model::audit::{AuditFilter, AuditLog, AuditNames, AuditRecord};
use tenantry_model::id::TenantId;
use tenantry_model::search::{finds, words};
use tenantry_model::time::{Timestamp, UtcDay};

use super::naming;
use super::window::window;
use crate::domain::caller::Caller;
use crate::domain::cursor;
use crate::error::{Error, Result};
use crate::store::Conn;
use crate::store::audit::{self, AuditKey, AuditRange};

/// How many records one request looks at to fill its page. A page may be short; only a missing `nextCursor` ends a list.
const LOOKED_AT: usize = 10_000;
/// How many records are read at once at most.
const STEP: u32 = 1_000;
/// How many records of an export are read at once.
const EXPORT_STEP: u32 = 2_000;

/// The tenant whose log the caller reads: their own, and only if they administer it (R109). A customer's holds what partners did there
/// (R107, R112); a partner's holds what was done to the partner itself, and nothing of its customers (A25).
pub fn read_by(caller: &Caller) -> Result<TenantId> {
    if caller.administers() { Ok(caller.tenant.id) } else { Err(Error::not_found()) }
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListQuery {
    pub filter: AuditFilter,
    pub cursor: Option<String>,
    pub limit: u32,
}

/// Where a list goes on. It names its log, so that a cursor of the other is refused.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AuditCursor {
    log: AuditLog,
    at: i64,
    seq: i64,
}

/// A page of the caller's log, newest first.
pub async fn list(conn: &mut Conn, caller: &Caller, now: Timestamp, query: ListQuery) -> Result<Page<AuditRecord>> {
    let tenant = read_by(caller)?;
    let ListQuery { filter, cursor, limit } = query;
    let (from, until) = window(filter.from, filter.to, now)?;
    let mut key = cursor.as_deref().map(|cursor| start(cursor, filter.log)).transpose()?;
    let words = words(&filter.q);
    let range = AuditRange {
        tenant,
        log: filter.log,
        from,
        until,
        categories: filter.categories,
        operations: filter.operations,
        results: filter.results,
    };
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut items = Vec::new();
    let mut looked_at = 0;
    let mut step = limit.saturating_add(1).min(STEP);
    let mut next = None;
    'walk: while looked_at < LOOKED_AT {
        let mut records = audit::newest_before(conn, &range, key, step).await?;
        naming::fill(conn, tenant, records.iter_mut().map(|(_, record)| record).collect()).await?;
        let last = u32::try_from(records.len()).unwrap_or(u32::MAX) < step;
        looked_at += records.len();
        for (here, record) in records {
            if holds_words(&record, &words) {
                if items.len() == wanted {
                    // There is at least one more: the next page begins after the last one of this.
                    next = key;
                    break 'walk;
                }
                items.push(record);
            }
            key = Some(here);
        }
        if last {
            break;
        }
        if looked_at >= LOOKED_AT {
            next = key;
        }
        step = step.saturating_mul(4).min(STEP);
    }
    let next_cursor = next.map(|AuditKey { at, seq }| cursor::pack(&AuditCursor { log: range.log, at: at.micros(), seq }));
    Ok(Page { items, next_cursor })
}

fn start(cursor: &str, log: AuditLog) -> Result<AuditKey> {
    let unpacked: Option<AuditCursor> = cursor::unpack(cursor);
    let AuditCursor { at, seq, .. } = unpacked
        .filter(|cursor| cursor.log == log)
        .ok_or_else(|| Error::bad_request("cursor: pass the nextCursor of the page before of the same log, or none"))?;
    Ok(AuditKey { at: Timestamp::from_micros(at), seq })
}

fn holds_words(record: &AuditRecord, words: &[String]) -> bool {
    if words.is_empty() {
        return true;
    }
    let id = |id: Option<String>| id.unwrap_or_default();
    let AuditNames { user, user_tenant, object, .. } = &record.names;
    let text = [
        record.object_name.clone(),
        id(record.user_id.map(|id| id.to_string())),
        id(record.user_tenant_id.map(|id| id.to_string())),
        [user, user_tenant, object].into_iter().flatten().cloned().collect::<Vec<_>>().join("\n"),
    ];
    finds(&text.join("\n"), words)
}

/// A walk over the records of an export, oldest first. It shows the log as it was when it began, though it takes a transaction for each step:
/// a slow reader holds no connection.
#[derive(Debug, Clone)]
pub struct Export {
    range: AuditRange,
    horizon: i64,
    after: Option<AuditKey>,
    done: bool,
}

/// Begins the export of the caller's eight-column log, both days included (A26).
pub async fn export(conn: &mut Conn, caller: &Caller, now: Timestamp, from: UtcDay, to: UtcDay) -> Result<Export> {
    let tenant = read_by(caller)?;
    let (from, until) = window(Some(from), Some(to), now)?;
    let range = AuditRange { tenant, log: AuditLog::Export, from, until, categories: vec![], operations: vec![], results: vec![] };
    Ok(Export { range, horizon: audit::head(conn).await?.seq, after: None, done: false })
}

impl Export {
    /// The next records; none once all were told.
    pub async fn next(&mut self, conn: &mut Conn) -> Result<Option<Vec<AuditRecord>>> {
        if self.done {
            return Ok(None);
        }
        let step = audit::oldest_after(conn, &self.range, self.after, self.horizon, EXPORT_STEP).await?;
        self.done = u32::try_from(step.len()).unwrap_or(u32::MAX) < EXPORT_STEP;
        self.after = step.last().map(|(key, _)| *key).or(self.after);
        Ok(Some(step.into_iter().map(|(_, record)| record).collect()))
    }

    pub const fn is_done(&self) -> bool {
        self.done
    }
}
