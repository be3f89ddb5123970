//! What rooms run, and how far they are with updates. Whoever changes either takes the rooms out of the counts before and puts them in again after
//! ([`super::counts::count`]).

use tenantry_model::api::updates::InstalledVersion;
use tenantry_model::id::{RoomId, TenantId, UpdateId, UpdateRingId};
use tenantry_model::time::Timestamp;
use tenantry_model::update::{ForcedWhen, PackageName, PackageVersion, UpdateProgress};

use crate::error::Result;
use crate::store::column::Column;
use crate::store::db::{self, BATCH, Conn, QueryBuilder};

const TABLE: &str = "room_updates";

/// How far a room is with an update.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomProgress {
    pub room: RoomId,
    pub update: UpdateId,
    /// Counts from 1, and anew with each time that somebody has it retried.
    pub attempt: u32,
    pub progress: Option<UpdateProgress>,
    /// Why it failed.
    pub reason: Option<String>,
    pub forced: Option<ForcedWhen>,
    /// Since when it is so.
    pub at: Timestamp,
}

impl RoomProgress {
    /// Of a room of which nothing is known yet.
    pub const fn none(room: RoomId, update: UpdateId, at: Timestamp) -> Self {
        Self { room, update, attempt: 1, progress: None, reason: None, forced: None, at }
    }

    /// Whether it failed once, and is not installed since.
    pub const fn has_failed(&self) -> bool {
        matches!(self.progress, Some(UpdateProgress::Failed)) || self.attempt > 1
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    room_id: String,
    update_id: String,
    attempt: i64,
    progress: Option<String>,
    reason: Option<String>,
    forced: Option<String>,
    at: i64,
}

impl Row {
    fn parse(self) -> Result<RoomProgress> {
        let id = &self.room_id;
        Ok(RoomProgress {
            room: id.parse().column(TABLE, "room_id", id)?,
            update: self.update_id.parse().column(TABLE, "update_id", id)?,
            attempt: u32::try_from(self.attempt).column(TABLE, "attempt", id)?,
            progress: self.progress.as_deref().map(str::parse).transpose().column(TABLE, "progress", id)?,
            reason: self.reason,
            forced: self.forced.as_deref().map(str::parse).transpose().column(TABLE, "forced", id)?,
            at: Timestamp::from_micros(self.at),
        })
    }
}

const COLUMNS: &str = "SELECT room_id, update_id, attempt, progress, reason, forced, at FROM room_updates";

/// What a room runs, by package.
pub async fn packages(conn: &mut Conn, room: RoomId) -> Result<Vec<InstalledVersion>> {
    let query = db::query_as("SELECT package, version, since FROM room_packages WHERE room_id = $1 ORDER BY package");
    let rows: Vec<(String, String, i64)> = query.bind(room).fetch_all(conn).await?;
    let id = room.to_string();
    let parsed = rows.into_iter().map(|(package, version, since)| {
        Ok(InstalledVersion {
            package: package.parse().column("room_packages", "package", &id)?,
            version: version.parse().column("room_packages", "version", &id)?,
            since: Timestamp::from_micros(since),
        })
    });
    parsed.collect()
}

/// Writes what rooms run of packages.
pub async fn put_packages(conn: &mut Conn, rows: &[(RoomId, InstalledVersion)]) -> Result<()> {
    const HEAD: &str = "INSERT INTO room_packages (room_id, package, version, since)";
    const AGAIN: &str = "ON CONFLICT (room_id, package) DO UPDATE SET version = excluded.version, since = excluded.since";
    QueryBuilder::insert(conn, HEAD, rows, AGAIN, |row, (room, installed)| {
        row.push_bind(*room).push_bind(installed.package.as_str()).push_bind(installed.version.as_str()).push_bind(installed.since);
    })
    .await
}

/// Forgets packages that a room does not run any more.
pub async fn drop_packages(conn: &mut Conn, room: RoomId, packages: &[&PackageName]) -> Result<()> {
    for batch in packages.chunks(BATCH) {
        let mut query = QueryBuilder::new("DELETE FROM room_packages WHERE room_id = ");
        query.push_bind(room).push(" AND package IN ").push_keys(batch);
        query.build().execute(&mut *conn).await?;
    }
    Ok(())
}

/// Which managed rooms of a customer run which version of a package, and in which ring they are; of these rooms, or of all.
pub async fn running(
    conn: &mut Conn,
    customer: TenantId,
    package: &PackageName,
    only: Option<&[RoomId]>,
) -> Result<Vec<(RoomId, UpdateRingId, PackageVersion)>> {
    const SELECT: &str = "SELECT r.id, r.ring_id, p.version FROM rooms r JOIN room_packages p ON p.room_id = r.id
        WHERE r.enrolment <> 'unenrolled' AND r.ring_id IS NOT NULL";
    let start = || {
        let mut query = QueryBuilder::new(SELECT);
        query.push(" AND r.customer_id = ").push_bind(customer).push(" AND p.package = ").push_bind(package.as_str());
        query
    };
    let rows: Vec<(String, String, String)> = match only {
        None => start().build_query_as().fetch_all(conn).await?,
        Some(rooms) => {
            let mut found = Vec::new();
            for batch in rooms.chunks(BATCH) {
                let mut query = start();
                query.push(" AND r.id IN ").push_keys(batch);
                found.extend(query.build_query_as::<(String, String, String)>().fetch_all(&mut *conn).await?);
            }
            found
        }
    };
    let parsed = rows.into_iter().map(|(id, ring, version)| {
        Ok((
            id.parse().column("rooms", "id", &id)?,
            ring.parse().column("rooms", "ring_id", &id)?,
            version.parse().column("room_packages", "version", &id)?,
        ))
    });
    parsed.collect()
}

/// How far a room is with updates that it does not run yet.
pub async fn of_room(conn: &mut Conn, room: RoomId) -> Result<Vec<RoomProgress>> {
    let mut query = QueryBuilder::new(COLUMNS);
    query.push(" WHERE room_id = ").push_bind(room).push(" ORDER BY update_id");
    query.build_query_as::<Row>().fetch_all(conn).await?.into_iter().map(Row::parse).collect()
}

/// How far these rooms are with an update; those of which nothing is known are missing.
pub async fn of_update(conn: &mut Conn, update: UpdateId, rooms: &[RoomId]) -> Result<Vec<RoomProgress>> {
    let mut query = QueryBuilder::new(COLUMNS);
    query.push(" WHERE update_id = ").push_bind(update).push(" AND room_id IN ");
    query.fetch_in::<Row>(conn, rooms, "").await?.into_iter().map(Row::parse).collect()
}

/// The rooms of a customer in which an update failed.
pub async fn failed(conn: &mut Conn, update: UpdateId, customer: TenantId) -> Result<Vec<RoomProgress>> {
    let mut query = QueryBuilder::new(COLUMNS);
    query.push(" WHERE progress = 'failed' AND update_id = ").push_bind(update).push(" AND customer_id = ").push_bind(customer);
    query.push(" ORDER BY room_id");
    query.build_query_as::<Row>().fetch_all(conn).await?.into_iter().map(Row::parse).collect()
}

/// The rooms of all customers in which an update failed, or is tried again.
pub async fn concerned(conn: &mut Conn, update: UpdateId) -> Result<Vec<RoomId>> {
    let query =
        db::query_as("SELECT room_id FROM room_updates WHERE update_id = $1 AND (progress = 'failed' OR attempt > 1) ORDER BY room_id");
    let rows: Vec<(String,)> = query.bind(update).fetch_all(conn).await?;
    rows.iter().map(|(id,)| id.parse().column(TABLE, "room_id", id)).collect()
}

/// Writes how far rooms of a customer are.
pub async fn put_progress(conn: &mut Conn, customer: TenantId, rows: &[RoomProgress]) -> Result<()> {
    const HEAD: &str = "INSERT INTO room_updates (room_id, update_id, customer_id, attempt, progress, reason, forced, at)";
    const AGAIN: &str = "ON CONFLICT (room_id, update_id) DO UPDATE SET attempt = excluded.attempt, progress = excluded.progress, \
                         reason = excluded.reason, forced = excluded.forced, at = excluded.at";
    QueryBuilder::insert(conn, HEAD, rows, AGAIN, |row, it| {
        row.push_bind(it.room)
            .push_bind(it.update)
            .push_bind(customer)
            .push_bind(it.attempt)
            .push_bind(it.progress.map(|progress| progress.as_str().to_owned()))
            .push_bind(it.reason.clone())
            .push_bind(it.forced.map(|when| when.as_str().to_owned()))
            .push_bind(it.at);
    })
    .await
}

/// Forgets how far a room was with updates that it runs by now.
pub async fn forget(conn: &mut Conn, room: RoomId, updates: &[UpdateId]) -> Result<()> {
    for batch in updates.chunks(BATCH) {
        let mut query = QueryBuilder::new("DELETE FROM room_updates WHERE room_id = ");
        query.push_bind(room).push(" AND update_id IN ").push_keys(batch);
        query.build().execute(&mut *conn).await?;
    }
    Ok(())
}
