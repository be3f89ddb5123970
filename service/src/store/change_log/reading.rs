//! The log of changes, as sync and event streams read it.

use tenantry_model::id::{PrincipalId, TenantId};
use tenantry_model::tenancy::UserKey;
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;

use crate::error::{Error, Result};
use crate::store::Tx;
use crate::store::change_log::ChangeKind;
use crate::store::change_log::audiences::Audience;
use crate::store::column::Column;
use crate::store::db::{self, BATCH, Conn, QueryBuilder};

/// How far the log reaches in a snapshot of the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Horizon {
    /// The last row's number; 0 while there is none.
    pub seq: i64,
    /// The last row's time: a restored backup that wrote on has another one at the same number.
    pub at: Timestamp,
}

/// Where the log ends in this transaction.
pub async fn horizon(conn: &mut Conn) -> Result<Horizon> {
    let last: Option<(i64, i64)> = db::query_as("SELECT seq, at FROM changes ORDER BY seq DESC LIMIT 1").fetch_optional(conn).await?;
    Ok(last.map_or_else(Horizon::default, |(seq, at)| Horizon { seq, at: Timestamp::from_micros(at) }))
}

/// Whether the log still has everything that followed this horizon: the row is there, and it is the same row.
pub async fn reaches_back_to(conn: &mut Conn, known: Horizon) -> Result<bool> {
    if known.seq == 0 {
        let first: Option<i64> = db::query_scalar("SELECT seq FROM changes ORDER BY seq LIMIT 1").fetch_optional(conn).await?;
        return Ok(first.is_none_or(|first| first == 1));
    }
    let at: Option<i64> = db::query_scalar("SELECT at FROM changes WHERE seq = $1").bind(known.seq).fetch_optional(conn).await?;
    Ok(at == Some(known.at.micros()))
}

/// What a row of the log says to look at again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoggedChange {
    Customer(TenantId),
    Room(TenantId, tenantry_model::id::RoomId),
    Incident(TenantId, TicketNumber),
    /// Lists of a tenant that are not synced.
    Tenant(TenantId),
    /// What this user has read, or saved for themselves.
    Marks(UserKey),
    /// What these users see of it.
    Rights {
        customer: TenantId,
        /// Whose users; none for those of all tenants.
        tenant: Option<TenantId>,
        /// Which user; none for all of the tenant.
        principal: Option<PrincipalId>,
        /// Who may have lost the customer by it; none for all of those users.
        lost_by: Option<Audience>,
    },
}

#[derive(sqlx::FromRow)]
struct ChangeRow {
    seq: i64,
    customer_id: String,
    kind: String,
    entity: Option<String>,
    tenant_id: Option<String>,
    principal_id: Option<String>,
    audience: Option<i64>,
}

impl ChangeRow {
    fn parse(self) -> Result<(i64, LoggedChange)> {
        const TABLE: &str = "changes";
        let id = self.seq.to_string();
        let customer: TenantId = self.customer_id.parse().column(TABLE, "customer_id", &id)?;
        let entity = || self.entity.as_deref().ok_or_else(|| Error::bad_row(TABLE, "entity", self.seq, "names nothing"));
        let kind = ChangeKind::parse(&self.kind).ok_or_else(|| Error::bad_row(TABLE, "kind", &id, "no such kind"))?;
        let change = match kind {
            ChangeKind::Customer => LoggedChange::Customer(customer),
            ChangeKind::Room => LoggedChange::Room(customer, entity()?.parse().column(TABLE, "entity", &id)?),
            ChangeKind::Incident => LoggedChange::Incident(customer, entity()?.parse().column(TABLE, "entity", &id)?),
            ChangeKind::Tenant => LoggedChange::Tenant(customer),
            ChangeKind::Marks => {
                let user = self.principal_id.as_deref().ok_or_else(|| Error::bad_row(TABLE, "principal_id", self.seq, "names nobody"))?;
                LoggedChange::Marks(UserKey { tenant_id: customer, user_id: user.parse().column(TABLE, "principal_id", &id)? })
            }
            ChangeKind::Rights => LoggedChange::Rights {
                customer,
                tenant: self.tenant_id.as_deref().map(str::parse).transpose().column(TABLE, "tenant_id", &id)?,
                principal: self.principal_id.as_deref().map(str::parse).transpose().column(TABLE, "principal_id", &id)?,
                lost_by: self.audience.map(Audience::from_row),
            },
        };
        Ok((self.seq, change))
    }
}

macro_rules! rows {
    ($which:literal) => {
        concat!("SELECT seq, customer_id, kind, entity, tenant_id, principal_id, audience FROM changes WHERE ", $which)
    };
}

macro_rules! rights {
    ($which:literal) => {
        concat!(
            "SELECT MAX(seq) AS seq, customer_id, kind, CAST(NULL AS TEXT) AS entity, tenant_id, principal_id, audience FROM changes
             WHERE kind = 'rights' AND ",
            $which,
            " GROUP BY customer_id, kind, tenant_id, principal_id, audience"
        )
    };
}

/// Rows of the log with `after < seq <= until`, at most `limit`, each with its number.
pub async fn between(conn: &mut Conn, after: i64, until: i64, limit: u32) -> Result<Vec<(i64, LoggedChange)>> {
    let rows: Vec<ChangeRow> =
        db::query_as(rows!("seq > $1 AND seq <= $2 ORDER BY seq LIMIT $3")).bind(after).bind(until).bind(limit).fetch_all(conn).await?;
    rows.into_iter().map(ChangeRow::parse).collect()
}

/// How many rows with `after < seq <= until` name one of these customers, counted up to `most`.
pub async fn count_concerning(conn: &mut Conn, customers: &[TenantId], after: i64, until: i64, most: i64) -> Result<i64> {
    let mut count = 0;
    for batch in customers.chunks(BATCH) {
        let mut query = QueryBuilder::new("SELECT COUNT(*) FROM (SELECT 1 FROM changes WHERE customer_id IN ");
        query.push_keys(batch);
        query.push(" AND seq > ").push_bind(after).push(" AND seq <= ").push_bind(until);
        query.push(" LIMIT ").push_bind(most - count).push(") some");
        count += query.build_query_scalar::<i64>().fetch_one(conn).await?;
        if count >= most {
            break;
        }
    }
    Ok(count)
}

/// What rows with `after < seq <= until` say of these customers, and of this user's rights; what users have read is found elsewhere. Each thing once and in no order: it is read from
/// indexes, so that rows about others cost nothing but those about the rights of colleagues, which are passed over.
pub async fn concerning(conn: &mut Conn, customers: &[TenantId], user: UserKey, after: i64, until: i64) -> Result<Vec<LoggedChange>> {
    let (tenant, principal) = (user.tenant_id.to_string(), user.user_id.to_string());
    let mut rows: Vec<ChangeRow> =
        db::query_as(rights!("tenant_id = $1 AND (principal_id IS NULL OR principal_id = $2) AND seq > $3 AND seq <= $4"))
            .bind(tenant)
            .bind(&principal)
            .bind(after)
            .bind(until)
            .fetch_all(conn)
            .await?;
    let of_all: Vec<ChangeRow> =
        db::query_as(rights!("tenant_id IS NULL AND (principal_id IS NULL OR principal_id = $1) AND seq > $2 AND seq <= $3"))
            .bind(principal)
            .bind(after)
            .bind(until)
            .fetch_all(conn)
            .await?;
    rows.extend(of_all);
    for batch in customers.chunks(BATCH) {
        let mut query = QueryBuilder::new(
            "SELECT MAX(seq) AS seq, customer_id, kind, entity, CAST(NULL AS TEXT) AS tenant_id,
                    CAST(NULL AS TEXT) AS principal_id, CAST(NULL AS BIGINT) AS audience FROM changes
             WHERE customer_id IN ",
        );
        query.push_keys(batch);
        query.push(" AND seq > ").push_bind(after).push(" AND seq <= ").push_bind(until);
        query.push(" AND kind NOT IN ('rights', 'marks') GROUP BY customer_id, kind, entity");
        rows.extend(query.build_query_as::<ChangeRow>().fetch_all(conn).await?);
    }
    rows.into_iter().map(|row| Ok(row.parse()?.1)).collect()
}

impl Tx {
    /// Forgets rows of the log that were written before `before`, at most `limit` of them; the last row always stays. Who has not synced
    /// since then starts anew. Returns how many were forgotten.
    pub async fn forget_changes(&mut self, before: Timestamp, limit: u32) -> Result<u64> {
        let done = run!(
            self.conn(),
            "DELETE FROM changes WHERE seq IN (SELECT seq FROM changes ORDER BY seq LIMIT $2) AND at < $1 AND seq < (SELECT MAX(seq) FROM changes)",
            before,
            limit
        );
        self.forget_audiences().await?;
        Ok(done)
    }
}
