//! Which updates there are, and what a customer holds back of them.

use std::time::Duration;

use tenantry_model::api::updates::PausedUpdate;
use tenantry_model::id::{TenantId, UpdateId};
use tenantry_model::time::Timestamp;
use tenantry_model::update::{Held, PackageName, PackageVersion};

use crate::error::Result;
use crate::store::column::Column;
use crate::store::db::{self, Conn, QueryBuilder};

const TABLE: &str = "updates";
const HOLDS: &str = "customer_updates";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    pub id: UpdateId,
    pub package: PackageName,
    pub version: PackageVersion,
    pub published_at: Timestamp,
    pub deprecated_at: Option<Timestamp>,
}

impl Update {
    /// As logs and screens call it.
    pub fn name(&self) -> String {
        format!("{} {}", self.package, self.version)
    }
}

#[derive(sqlx::FromRow)]
struct UpdateRow {
    id: String,
    package: String,
    version: String,
    published_at: i64,
    deprecated_at: Option<i64>,
}

impl UpdateRow {
    fn parse(self) -> Result<Update> {
        let id = &self.id;
        Ok(Update {
            id: id.parse().column(TABLE, "id", id)?,
            package: self.package.parse().column(TABLE, "package", id)?,
            version: self.version.parse().column(TABLE, "version", id)?,
            published_at: Timestamp::from_micros(self.published_at),
            deprecated_at: self.deprecated_at.map(Timestamp::from_micros),
        })
    }
}

const COLUMNS: &str = "SELECT id, package, version, published_at, deprecated_at FROM updates";

pub async fn insert(conn: &mut Conn, update: &Update) -> Result<()> {
    run!(
        conn,
        "INSERT INTO updates (id, package, version, published_at, deprecated_at) VALUES ($1, $2, $3, $4, $5)",
        update.id,
        update.package.as_str(),
        update.version.as_str(),
        update.published_at,
        update.deprecated_at
    );
    Ok(())
}

/// Withdraws an update.
pub async fn deprecate(conn: &mut Conn, update: UpdateId, at: Timestamp) -> Result<()> {
    run!(conn, "UPDATE updates SET deprecated_at = $1 WHERE id = $2", at, update);
    Ok(())
}

pub async fn find(conn: &mut Conn, update: UpdateId) -> Result<Option<Update>> {
    let mut query = QueryBuilder::new(COLUMNS);
    query.push(" WHERE id = ").push_bind(update);
    query.build_query_as::<UpdateRow>().fetch_optional(conn).await?.map(UpdateRow::parse).transpose()
}

/// Those that were published last, newest first.
pub async fn newest(conn: &mut Conn, limit: usize) -> Result<Vec<Update>> {
    let mut query = QueryBuilder::new(COLUMNS);
    query.push(" ORDER BY published_at DESC, id DESC LIMIT ").push_bind(i64::try_from(limit).unwrap_or(i64::MAX));
    query.build_query_as::<UpdateRow>().fetch_all(conn).await?.into_iter().map(UpdateRow::parse).collect()
}

/// Those of these packages, newest first; withdrawn ones too.
pub async fn of_packages(conn: &mut Conn, packages: &[&PackageName]) -> Result<Vec<Update>> {
    let mut query = QueryBuilder::new(COLUMNS);
    query.push(" WHERE package IN ");
    let rows: Vec<UpdateRow> = query.fetch_in(conn, packages, "").await?;
    let mut updates = rows.into_iter().map(UpdateRow::parse).collect::<Result<Vec<_>>>()?;
    updates.sort_unstable_by_key(|update| std::cmp::Reverse((update.published_at, update.id)));
    Ok(updates)
}

/// What a customer holds back of an update.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    pub update: UpdateId,
    /// Counts pauses and resumptions, from 1 on.
    pub version: u64,
    /// For how long it was paused before.
    pub before: Duration,
    pub paused: Option<PausedUpdate>,
}

impl Hold {
    /// Of an update that nobody ever paused.
    pub const fn none(update: UpdateId) -> Self {
        Self { update, version: 1, before: Duration::ZERO, paused: None }
    }

    pub fn held(&self) -> Held {
        Held { since: self.paused.as_ref().map(|paused| paused.since), before: self.before }
    }
}

#[derive(sqlx::FromRow)]
struct HoldRow {
    update_id: String,
    version: i64,
    held: i64,
    paused_at: Option<i64>,
    paused_by: Option<String>,
    paused_reason: Option<String>,
}

impl HoldRow {
    fn parse(self) -> Result<Hold> {
        let id = &self.update_id;
        let paused = self.paused_at.map(|since| PausedUpdate {
            by: self.paused_by.unwrap_or_default(),
            reason: self.paused_reason.unwrap_or_default(),
            since: Timestamp::from_micros(since),
        });
        Ok(Hold {
            update: id.parse().column(HOLDS, "update_id", id)?,
            version: u64::try_from(self.version).column(HOLDS, "version", id)?,
            before: Duration::from_micros(u64::try_from(self.held).column(HOLDS, "held", id)?),
            paused,
        })
    }
}

/// What a customer holds back, or held back once.
pub async fn holds(conn: &mut Conn, customer: TenantId) -> Result<Vec<Hold>> {
    let query = db::query_as(
        "SELECT update_id, version, held, paused_at, paused_by, paused_reason FROM customer_updates WHERE customer_id = $1
         ORDER BY update_id",
    );
    let rows: Vec<HoldRow> = query.bind(customer).fetch_all(conn).await?;
    rows.into_iter().map(HoldRow::parse).collect()
}

/// Writes what a customer holds back of an update.
pub async fn put_hold(conn: &mut Conn, customer: TenantId, hold: &Hold) -> Result<()> {
    let paused = hold.paused.as_ref();
    run!(
        conn,
        "INSERT INTO customer_updates (customer_id, update_id, version, held, paused_at, paused_by, paused_reason)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (customer_id, update_id) DO UPDATE SET version = excluded.version, held = excluded.held, paused_at = excluded.paused_at,
             paused_by = excluded.paused_by, paused_reason = excluded.paused_reason",
        customer,
        hold.update,
        i64::try_from(hold.version).unwrap_or(i64::MAX),
        i64::try_from(hold.before.as_micros()).unwrap_or(i64::MAX),
        paused.map(|paused| paused.since),
        paused.map(|paused| paused.by.clone()),
        paused.map(|paused| paused.reason.clone())
    );
    Ok(())
}
