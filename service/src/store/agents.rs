//! Devices: the keys they report by, and the rows of rooms that they make.

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

/// Says of a room that it waits for its device.
pub async fn await_device(conn: &mut Conn, room: RoomId) -> Result<()> {
    run!(conn, "UPDATE rooms SET awaits_device = 1 WHERE id = $1", room);
    Ok(())
}

/// Whether the room waits for its device.
pub async fn awaits_device(conn: &mut Conn, room: RoomId) -> Result<bool> {
    let found: Option<i64> = db::query_scalar("SELECT awaits_device FROM rooms WHERE id = $1").bind(room).fetch_optional(conn).await?;
    Ok(found == Some(1))
}

/// The device that a room waited for, with its key. Name, capacity and time zone of the room stay: its people have set them.
pub async fn take_device(conn: &mut Conn, room: RoomId, device: &RoomDevice, key_hash: &str) -> Result<()> {
    run!(
        conn,
        "UPDATE rooms SET awaits_device = 0, host_name = $1, account = $2, licence = $3, peripherals = $4, key_hash = $5, version = version + 1
         WHERE id = $6",
        &device.host_name,
        &device.account,
        &device.licence,
        peripherals_column(&device.peripherals)?,
        key_hash,
        room
    );
    Ok(())
}

/// No device comes any more. Its account may wait in another room then: what stands for the device's name is this room's alone.
pub async fn give_up_device(conn: &mut Conn, room: RoomId) -> Result<()> {
    run!(conn, "UPDATE rooms SET awaits_device = 0, host_name = id, version = version + 1 WHERE id = $1", room);
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
