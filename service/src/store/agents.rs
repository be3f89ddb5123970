//! Devices: the keys they come by, and the rows of rooms that they make.

use tenantry_model::id::{RoomId, TenantId, UpdateRingId};
use tenantry_model::room::Peripheral;

use crate::error::{Error, Result};
use crate::store::column::Column;
use crate::store::db::{self, Conn, QueryBuilder};
use crate::store::ingest::Watched;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomDevice {
    pub display_name: String,
    pub capacity: Option<u32>,
    pub host_name: String,
    /// The room account's sign-in name.
    pub account: String,
    pub timezone: String,
    pub licence: String,
    pub peripherals: Vec<Peripheral>,
}

/// A room to be inserted. Of `watched`, the facts are; its signals are saved by [`crate::store::ingest::save`].
#[derive(Debug, Clone)]
pub struct NewRoom {
    pub device: RoomDevice,
    pub ring_id: Option<UpdateRingId>,
    pub key_hash: String,
    /// Its id, its customer and its facts.
    pub watched: Watched,
}

pub async fn enrolment_key_hash(conn: &mut Conn, customer: TenantId) -> Result<Option<String>> {
    let query = db::query_scalar("SELECT key_hash FROM enrolment_keys WHERE customer_id = $1");
    Ok(query.bind(customer).fetch_optional(conn).await?)
}

/// Replaces the hash of a customer's enrolment key: the key before opens nothing any more.
pub async fn set_enrolment_key_hash(conn: &mut Conn, customer: TenantId, hash: &str) -> Result<()> {
    run!(
        conn,
        "INSERT INTO enrolment_keys (customer_id, key_hash) VALUES ($1, $2) ON CONFLICT (customer_id) DO UPDATE SET key_hash = excluded.key_hash",
        customer,
        hash
    );
    Ok(())
}

pub async fn room_key_hash(conn: &mut Conn, room: RoomId) -> Result<Option<String>> {
    let query = db::query_scalar("SELECT key_hash FROM rooms WHERE id = $1 AND enrolment <> 'unenrolled'");
    Ok(query.bind(room).fetch_optional(conn).await?)
}

/// The room that this device belongs to already.
pub async fn room_of_device(conn: &mut Conn, customer: TenantId, host_name: &str, account: &str) -> Result<Option<RoomId>> {
    let id: Option<String> = db::query_scalar("SELECT id FROM rooms WHERE customer_id = $1 AND host_name = $2 AND account = $3")
        .bind(customer)
        .bind(host_name)
        .bind(account)
        .fetch_optional(conn)
        .await?;
    id.map(|id| id.parse().column("rooms", "id", &id)).transpose()
}

/// What a known device says of itself anew, and its new key. Name, capacity and time zone of the room stay: its people may have set them.
pub async fn update_device(conn: &mut Conn, room: RoomId, device: &RoomDevice, key_hash: &str) -> Result<()> {
    run!(
        conn,
        "UPDATE rooms SET licence = $1, peripherals = $2, key_hash = $3, version = version + 1 WHERE id = $4",
        &device.licence,
        peripherals_column(&device.peripherals)?,
        key_hash,
        room
    );
    Ok(())
}

pub async fn insert_rooms(conn: &mut Conn, rooms: &[NewRoom]) -> Result<()> {
    const HEAD: &str = "INSERT INTO rooms (id, customer_id, display_name, capacity, host_name, account, enrolment, suppressed, connected, \
                        occupied, open_serious, open_warnings, timezone, licence, peripherals, ring_id, last_seen, silent_due, key_hash, version, enrolled_at)";
    let peripherals = rooms.iter().map(|room| peripherals_column(&room.device.peripherals)).collect::<Result<Vec<_>>>()?;
    let rows: Vec<(&NewRoom, String)> = rooms.iter().zip(peripherals).collect();
    QueryBuilder::insert(conn, HEAD, &rows, "", |row, (NewRoom { device, ring_id, key_hash, watched }, peripherals)| {
        let room = &watched.room;
        let facts = &room.facts;
        row.push_bind(room.id)
            .push_bind(room.customer)
            .push_bind(&device.display_name)
            .push_bind(device.capacity)
            .push_bind(&device.host_name)
            .push_bind(&device.account)
            .push_bind(facts.enrolment.as_str())
            .push_bind(facts.suppressed)
            .push_bind(facts.connected)
            .push_bind(facts.occupied)
            .push_bind(facts.open_serious)
            .push_bind(facts.open_warnings)
            .push_bind(&device.timezone)
            .push_bind(&device.licence)
            .push_bind(peripherals)
            .push_bind(ring_id)
            .push_bind(facts.last_seen)
            .push_bind(room.silent_due)
            .push_bind(key_hash)
            .push_bind(1)
            .push_bind(facts.enrolled_at);
    })
    .await
}

fn peripherals_column(peripherals: &[Peripheral]) -> Result<String> {
    serde_json::to_string(peripherals).map_err(|error| Error::Internal(format!("peripherals cannot be written: {error}")))
}
