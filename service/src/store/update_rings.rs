//! Update rings, and which rooms are in them.

use std::collections::HashMap;

use tenantry_model::id::{RoomId, TenantId, UpdateRingId};
use tenantry_model::update_ring::{RingDays, RingPreset};

use crate::error::Result;
use crate::store::column::{self, Column};
use crate::store::db::{self, BATCH, Conn, QueryBuilder};
use crate::store::updates::counts::{self, Way};

const TABLE: &str = "update_rings";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpdateRing {
    pub id: UpdateRingId,
    pub customer: TenantId,
    /// Where it stands in the order of updates: no two of a customer's stand in one place.
    pub order: u8,
    pub name: String,
    pub description: String,
    pub days: RingDays,
    /// Which of the preset ones it is; a customer has each once.
    pub preset: Option<RingPreset>,
    pub version: u64,
}

#[derive(sqlx::FromRow)]
struct RingRow {
    id: String,
    customer_id: String,
    ring_order: i64,
    name: String,
    description: String,
    deferral_days: i64,
    rollout_days: i64,
    test_days: i64,
    preset: Option<String>,
    version: i64,
}

impl RingRow {
    fn parse(self) -> Result<UpdateRing> {
        let id = &self.id;
        let days = |days: i64, column| u32::try_from(days).column(TABLE, column, id);
        Ok(UpdateRing {
            id: id.parse().column(TABLE, "id", id)?,
            customer: self.customer_id.parse().column(TABLE, "customer_id", id)?,
            order: u8::try_from(self.ring_order).column(TABLE, "ring_order", id)?,
            name: self.name,
            description: self.description,
            days: RingDays {
                deferral_days: days(self.deferral_days, "deferral_days")?,
                rollout_days: days(self.rollout_days, "rollout_days")?,
                test_days: days(self.test_days, "test_days")?,
            },
            preset: self.preset.as_deref().map(str::parse).transpose().column(TABLE, "preset", id)?,
            version: u64::try_from(self.version).column(TABLE, "version", id)?,
        })
    }
}

/// New ones, in their first version.
pub async fn insert(conn: &mut Conn, rings: &[UpdateRing]) -> Result<()> {
    const HEAD: &str =
        "INSERT INTO update_rings (id, customer_id, ring_order, name, description, deferral_days, rollout_days, test_days, preset)";
    QueryBuilder::insert(conn, HEAD, rings, "", |row, ring| {
        row.push_bind(ring.id)
            .push_bind(ring.customer)
            .push_bind(ring.order)
            .push_bind(&ring.name)
            .push_bind(&ring.description)
            .push_bind(ring.days.deferral_days)
            .push_bind(ring.days.rollout_days)
            .push_bind(ring.days.test_days)
            .push_bind(ring.preset.map(|preset| preset.as_str().to_owned()));
    })
    .await
}

/// The rings of a customer, in their order.
pub async fn of_customer(conn: &mut Conn, customer: TenantId) -> Result<Vec<UpdateRing>> {
    let query = db::query_as(
        "SELECT id, customer_id, ring_order, name, description, deferral_days, rollout_days, test_days, preset, version
         FROM update_rings WHERE customer_id = $1 ORDER BY ring_order",
    );
    let rows: Vec<RingRow> = query.bind(customer).fetch_all(conn).await?;
    rows.into_iter().map(RingRow::parse).collect()
}

/// The ring with this id, whoever's it is.
pub async fn find(conn: &mut Conn, id: UpdateRingId) -> Result<Option<UpdateRing>> {
    let query = db::query_as(
        "SELECT id, customer_id, ring_order, name, description, deferral_days, rollout_days, test_days, preset, version
         FROM update_rings WHERE id = $1",
    );
    query.bind(id).fetch_optional(conn).await?.map(RingRow::parse).transpose()
}

/// This preset ring of a customer.
pub async fn preset(conn: &mut Conn, customer: TenantId, preset: RingPreset) -> Result<Option<UpdateRingId>> {
    let query = db::query_scalar("SELECT id FROM update_rings WHERE customer_id = $1 AND preset = $2");
    let id: Option<String> = query.bind(customer).bind(preset.as_str()).fetch_optional(conn).await?;
    id.map(|id| id.parse().column(TABLE, "id", &id)).transpose()
}

/// Writes what the ring is now, and counts that as a change of it.
pub async fn update(conn: &mut Conn, ring: &UpdateRing) -> Result<()> {
    run!(
        conn,
        "UPDATE update_rings SET ring_order = $1, name = $2, description = $3, deferral_days = $4, rollout_days = $5, test_days = $6,
         version = version + 1 WHERE id = $7",
        ring.order,
        &ring.name,
        &ring.description,
        ring.days.deferral_days,
        ring.days.rollout_days,
        ring.days.test_days,
        ring.id
    );
    Ok(())
}

/// Deletes a ring without rooms.
pub async fn delete(conn: &mut Conn, ring: UpdateRingId) -> Result<()> {
    run!(conn, "DELETE FROM update_rings WHERE id = $1", ring);
    Ok(())
}

/// Which rooms are in which ring of a customer, without rooms that are not managed any more; rings without rooms are missing.
pub async fn managed_rooms(conn: &mut Conn, customer: TenantId) -> Result<HashMap<UpdateRingId, Vec<RoomId>>> {
    let query = db::query_as(
        "SELECT ring_id, id FROM rooms WHERE customer_id = $1 AND enrolment <> 'unenrolled' AND ring_id IS NOT NULL ORDER BY ring_id, id",
    );
    column::by_first(query.bind(customer).fetch_all(conn).await?, "rooms", ["ring_id", "id"])
}

/// The rings of a customer in which there is any managed room.
pub async fn with_rooms(conn: &mut Conn, customer: TenantId) -> Result<Vec<UpdateRingId>> {
    let query = db::query_as(
        "SELECT u.id FROM update_rings u WHERE u.customer_id = $1
         AND EXISTS (SELECT 1 FROM rooms r WHERE r.ring_id = u.id AND r.enrolment <> 'unenrolled') ORDER BY u.ring_order",
    );
    let rows: Vec<(String,)> = query.bind(customer).fetch_all(conn).await?;
    rows.iter().map(|(id,)| id.parse().column(TABLE, "id", id)).collect()
}

/// All rooms of a ring, also those that are not managed any more.
pub async fn rooms(conn: &mut Conn, ring: UpdateRingId) -> Result<Vec<RoomId>> {
    let rows: Vec<(String,)> = db::query_as("SELECT id FROM rooms WHERE ring_id = $1 ORDER BY id").bind(ring).fetch_all(conn).await?;
    rows.iter().map(|(id,)| id.parse().column("rooms", "id", id)).collect()
}

/// Puts rooms into a ring, and counts that as a change of them.
pub async fn put_rooms(conn: &mut Conn, ring: UpdateRingId, rooms: &[RoomId]) -> Result<()> {
    counts::count(conn, rooms, Way::Out).await?;
    for batch in rooms.chunks(BATCH) {
        let mut query = QueryBuilder::new("UPDATE rooms SET version = version + 1, ring_id = ");
        query.push_bind(ring).push(" WHERE id IN ").push_keys(batch);
        query.build().execute(&mut *conn).await?;
    }
    counts::count(conn, rooms, Way::In).await
}
