//! Rooms, as they are read, and as people change them. What their devices report is written by [`super::ingest`].

use std::collections::HashMap;

use tenantry_model::api::roles::Named;
use tenantry_model::collation::sort_key;
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::incident::Snooze;
use tenantry_model::room::{Enrolment, Health, HealthFacts, Room, RoomGroup, UpdateRing};
use tenantry_model::time::Timestamp;

use crate::error::Result;
use crate::store::column::Column;
use crate::store::db::{self, BATCH, Conn, QueryBuilder};

const COLUMNS: &str = "SELECT r.id, r.customer_id, r.display_name, r.capacity, r.host_name, r.account, r.enrolment, r.suppressed, r.connected, \
                       r.open_serious, r.open_warnings, r.occupied, r.timezone, r.licence, r.peripherals, r.last_seen, r.version, r.awaits_device, \
                       r.suppress_by, r.suppress_reason, r.suppress_since, r.suppress_until, \
                       g.id AS ring_id, g.name AS ring_name, g.ring_order \
                       FROM rooms r LEFT JOIN update_rings g ON g.id = r.ring_id ";

#[derive(sqlx::FromRow)]
struct RoomRow {
    id: String,
    customer_id: String,
    display_name: String,
    capacity: Option<i64>,
    host_name: String,
    account: String,
    enrolment: String,
    suppressed: i64,
    connected: i64,
    open_serious: i64,
    open_warnings: i64,
    occupied: Option<i64>,
    timezone: String,
    licence: String,
    peripherals: String,
    last_seen: Option<i64>,
    version: i64,
    awaits_device: i64,
    suppress_by: Option<String>,
    suppress_reason: Option<String>,
    suppress_since: Option<i64>,
    suppress_until: Option<i64>,
    ring_id: Option<String>,
    ring_name: Option<String>,
    ring_order: Option<i64>,
}

fn health(id: &str, enrolment: &str, suppressed: i64, connected: i64, open_serious: i64) -> Result<(Enrolment, Option<Health>)> {
    let enrolment = enrolment.parse().column("rooms", "enrolment", id)?;
    let open_serious = u32::try_from(open_serious).column("rooms", "open_serious", id)?;
    Ok((enrolment, Health::derive(HealthFacts { enrolment, suppressed: suppressed != 0, connected: connected != 0, open_serious })))
}

impl RoomRow {
    /// None for a room that is no longer managed (R68).
    fn parse(self, groups: &mut HashMap<RoomId, Vec<RoomGroup>>) -> Result<Option<Room>> {
        let key = &self.id;
        let id = key.parse().column("rooms", "id", key)?;
        let (enrolment, health) = health(key, &self.enrolment, self.suppressed, self.connected, self.open_serious)?;
        let Some(health) = health else { return Ok(None) };
        let ring = match (&self.ring_id, self.ring_name, self.ring_order) {
            (Some(ring), Some(name), Some(order)) => Some(UpdateRing {
                id: ring.parse().column("rooms", "ring_id", key)?,
                name,
                order: u8::try_from(order).column("update_rings", "ring_order", ring)?,
            }),
            _ => None,
        };
        Ok(Some(Room {
            id,
            customer_id: self.customer_id.parse().column("rooms", "customer_id", key)?,
            display_name: self.display_name,
            capacity: self.capacity.map(u32::try_from).transpose().column("rooms", "capacity", key)?,
            host_name: self.host_name,
            account: self.account,
            enrolment,
            health,
            awaits_device: self.awaits_device != 0,
            has_warnings: self.open_warnings > 0,
            occupied: self.occupied.map(|occupied| occupied != 0),
            timezone: self.timezone,
            licence: self.licence,
            peripherals: serde_json::from_str(&self.peripherals).column("rooms", "peripherals", key)?,
            groups: groups.remove(&id).unwrap_or_default(),
            ring,
            last_seen: self.last_seen.map(Timestamp::from_micros),
            suppression: (self.suppressed != 0).then(|| Snooze {
                by: self.suppress_by,
                reason: self.suppress_reason.unwrap_or_default(),
                since: Timestamp::from_micros(self.suppress_since.unwrap_or_default()),
                until: self.suppress_until.map(Timestamp::from_micros),
            }),
            version: u64::try_from(self.version).column("rooms", "version", key)?,
        }))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoomHealth {
    pub id: RoomId,
    pub health: Health,
}

/// The buckets of all managed and onboarding rooms of a customer.
pub async fn healths(conn: &mut Conn, customer: TenantId) -> Result<Vec<RoomHealth>> {
    let rows: Vec<(String, String, i64, i64, i64)> = db::query_as(
        "SELECT id, enrolment, suppressed, connected, open_serious FROM rooms WHERE customer_id = $1 AND enrolment <> 'unenrolled'",
    )
    .bind(customer)
    .fetch_all(conn)
    .await?;
    let mut found = Vec::with_capacity(rows.len());
    for (id, enrolment, suppressed, connected, open_serious) in rows {
        if let (_, Some(health)) = health(&id, &enrolment, suppressed, connected, open_serious)? {
            found.push(RoomHealth { id: id.parse().column("rooms", "id", &id)?, health });
        }
    }
    Ok(found)
}

/// Where a list of rooms goes on: after this name and id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomKey {
    pub display_name: String,
    pub id: RoomId,
}

/// Ids of a customer's rooms by name, unenrolled ones left out, after `key`.
pub async fn names_after(conn: &mut Conn, customer: TenantId, key: Option<&RoomKey>, limit: u32) -> Result<Vec<RoomKey>> {
    const FIRST: &str = "SELECT display_name, id FROM rooms WHERE customer_id = $1 AND enrolment <> 'unenrolled'
                         ORDER BY display_name, id LIMIT $2";
    const NEXT: &str = "SELECT display_name, id FROM rooms WHERE customer_id = $1 AND enrolment <> 'unenrolled'
                        AND (display_name, id) > ($3, $4) ORDER BY display_name, id LIMIT $2";
    let query = db::query_as(if key.is_some() { NEXT } else { FIRST }).bind(customer).bind(limit);
    let query = match key {
        Some(key) => query.bind(&key.display_name).bind(key.id),
        None => query,
    };
    let rows: Vec<(String, String)> = query.fetch_all(conn).await?;
    rows.into_iter().map(|(display_name, id)| Ok(RoomKey { id: id.parse().column("rooms", "id", &id)?, display_name })).collect()
}

/// These rooms of any customer, whole; those that do not exist or are unenrolled are missing.
pub async fn load(conn: &mut Conn, ids: &[RoomId]) -> Result<HashMap<RoomId, Room>> {
    let query = QueryBuilder::new(
        "SELECT m.room_id, g.id, g.name FROM room_group_rooms m JOIN room_groups g ON g.id = m.group_id WHERE m.room_id IN ",
    );
    let mut groups = by_room(query.fetch_in(conn, ids, "").await?)?;
    let mut query = QueryBuilder::new(COLUMNS);
    query.push("WHERE r.id IN ");
    let mut found = HashMap::with_capacity(ids.len());
    for row in query.fetch_in::<RoomRow>(conn, ids, "").await? {
        found.extend(row.parse(&mut groups)?.map(|room| (room.id, room)));
    }
    Ok(found)
}

/// All managed and onboarding rooms of these customers, whole, customer by customer, by name.
pub async fn of_customers(conn: &mut Conn, customers: &[TenantId]) -> Result<Vec<Room>> {
    let query = QueryBuilder::new(
        "SELECT m.room_id, g.id, g.name FROM room_groups g JOIN room_group_rooms m ON m.group_id = g.id WHERE g.customer_id IN ",
    );
    let mut groups = by_room(query.fetch_in(conn, customers, "").await?)?;
    let mut query = QueryBuilder::new(COLUMNS);
    query.push("WHERE r.customer_id IN ");
    let rows: Vec<RoomRow> = query.fetch_in(conn, customers, " ORDER BY r.customer_id, r.display_name, r.id").await?;
    rows.into_iter().filter_map(|row| row.parse(&mut groups).transpose()).collect()
}

/// How many rooms these customers have, unenrolled ones included.
pub async fn count(conn: &mut Conn, customers: &[TenantId]) -> Result<u64> {
    let query = QueryBuilder::new("SELECT COUNT(*) FROM rooms WHERE customer_id IN ");
    let found: Vec<(i64,)> = query.fetch_in(conn, customers, "").await?;
    found.iter().map(|(count,)| u64::try_from(*count).column("rooms", "count", "")).sum()
}

fn by_room(rows: Vec<(String, String, String)>) -> Result<HashMap<RoomId, Vec<RoomGroup>>> {
    let mut groups: HashMap<RoomId, Vec<RoomGroup>> = HashMap::new();
    for (room, id, name) in rows {
        let room = room.parse().column("room_group_rooms", "room_id", &id)?;
        groups.entry(room).or_default().push(RoomGroup { id: id.parse().column("room_groups", "id", &id)?, name });
    }
    groups.values_mut().for_each(|groups| groups.sort_by_cached_key(|it| (sort_key(&it.name), it.id)));
    Ok(groups)
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomName {
    pub customer: TenantId,
    pub display_name: String,
}

/// Of any room, an unenrolled one too.
pub async fn name(conn: &mut Conn, room: RoomId) -> Result<Option<RoomName>> {
    let row: Option<(String, String)> =
        db::query_as("SELECT customer_id, display_name FROM rooms WHERE id = $1").bind(room).fetch_optional(conn).await?;
    row.map(|(customer, display_name)| {
        Ok(RoomName { customer: customer.parse().column("rooms", "customer_id", &room.to_string())?, display_name })
    })
    .transpose()
}

/// The names of these rooms of a customer, by name; those that are gone are missing.
pub async fn names(conn: &mut Conn, customer: TenantId, rooms: &[RoomId]) -> Result<Vec<Named<RoomId>>> {
    names_of(conn, "SELECT id, display_name FROM rooms WHERE customer_id = ", customer, rooms).await
}

pub(super) async fn names_of<Id>(conn: &mut Conn, sql: &'static str, customer: TenantId, ids: &[Id]) -> Result<Vec<Named<Id>>>
where
    Id: std::str::FromStr<Err: std::fmt::Display> + ToString,
{
    let mut query = QueryBuilder::new(sql);
    query.push_bind(customer).push(" AND id IN ");
    let rows: Vec<(String, String)> = query.fetch_in(conn, ids, "").await?;
    let named = rows.into_iter().map(|(id, name)| Ok(Named { id: id.parse().column("rooms", "id", &id)?, name }));
    let mut found = named.collect::<Result<Vec<_>>>()?;
    found.sort_by_cached_key(|it| sort_key(&it.name));
    Ok(found)
}

/// Which of these rooms are the customer's.
pub async fn owned(conn: &mut Conn, customer: TenantId, rooms: &[RoomId]) -> Result<Vec<RoomId>> {
    let mut query = QueryBuilder::new("SELECT id FROM rooms WHERE customer_id = ");
    query.push_bind(customer).push(" AND id IN ");
    let rows: Vec<(String,)> = query.fetch_in(conn, rooms, "").await?;
    rows.iter().map(|(id,)| id.parse().column("rooms", "id", id)).collect()
}

/// Which of these rooms are the customer's, and managed or about to be (R68).
pub async fn managed(conn: &mut Conn, customer: TenantId, rooms: &[RoomId]) -> Result<Vec<RoomId>> {
    let mut query = QueryBuilder::new("SELECT id FROM rooms WHERE enrolment <> 'unenrolled' AND customer_id = ");
    query.push_bind(customer).push(" AND id IN ");
    let rows: Vec<(String,)> = query.fetch_in(conn, rooms, "").await?;
    rows.iter().map(|(id,)| id.parse().column("rooms", "id", id)).collect()
}

/// Every room of a customer that is managed, or about to be.
pub async fn all_managed(conn: &mut Conn, customer: TenantId) -> Result<Vec<RoomId>> {
    db::query_scalar("SELECT id FROM rooms WHERE customer_id = $1 AND enrolment <> 'unenrolled'")
        .bind(customer)
        .fetch_parsed(conn, "rooms", "id")
        .await
}

/// Renames a room, and counts that as a change of every incident that shows its name.
pub async fn rename(conn: &mut Conn, room: RoomId, display_name: &str) -> Result<()> {
    run!(conn, "UPDATE rooms SET display_name = $1, version = version + 1 WHERE id = $2", display_name, room);
    run!(conn, "UPDATE incidents SET version = version + 1 WHERE number IN (SELECT number FROM incident_rooms WHERE room_id = $1)", room);
    Ok(())
}

/// Sets what people say of a room beside its name.
pub async fn set(conn: &mut Conn, room: RoomId, capacity: Option<u32>, timezone: &str) -> Result<()> {
    run!(conn, "UPDATE rooms SET capacity = $1, timezone = $2, version = version + 1 WHERE id = $3", capacity, timezone, room);
    Ok(())
}

pub async fn forget_key(conn: &mut Conn, room: RoomId) -> Result<()> {
    run!(conn, "UPDATE rooms SET key_hash = '' WHERE id = $1", room);
    Ok(())
}

/// Counts a change of what is shown of these rooms.
pub async fn touch(conn: &mut Conn, rooms: &[RoomId]) -> Result<()> {
    for batch in rooms.chunks(BATCH) {
        let mut query = QueryBuilder::new("UPDATE rooms SET version = version + 1 WHERE id IN ");
        query.push_keys(batch);
        query.build().execute(&mut *conn).await?;
    }
    Ok(())
}
