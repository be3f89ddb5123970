//! The keys by which devices enrol. A customer has a few; they are read as one list.

use tenantry_model::id::{EnrolmentKeyId, RoomId, TenantId};
use tenantry_model::time::Timestamp;

use crate::error::Result;
use crate::store::column::Column;
use crate::store::db::{self, Conn};

const TABLE: &str = "enrolment_keys";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnrolmentKey {
    pub id: EnrolmentKeyId,
    pub customer: TenantId,
    /// The one room that it is for, whose device enrols by it once.
    pub room: Option<RoomId>,
    pub hash: String,
    pub issued_at: Timestamp,
    /// Of which organisation, and what they are called; none where the operator had it made.
    pub issued_by: Option<(TenantId, String)>,
    pub last_used: Option<Timestamp>,
    /// How many rooms came by it.
    pub devices: u32,
}

#[derive(sqlx::FromRow)]
struct KeyRow {
    id: String,
    customer_id: String,
    room_id: Option<String>,
    key_hash: String,
    issued_at: i64,
    issued_by_tenant: Option<String>,
    issued_by: Option<String>,
    last_used: Option<i64>,
    devices: i64,
}

impl KeyRow {
    fn parse(self) -> Result<EnrolmentKey> {
        let id = &self.id;
        let issuer = self.issued_by_tenant.as_deref().map(|tenant| tenant.parse().column(TABLE, "issued_by_tenant", id)).transpose()?;
        Ok(EnrolmentKey {
            id: id.parse().column(TABLE, "id", id)?,
            customer: self.customer_id.parse().column(TABLE, "customer_id", id)?,
            room: self.room_id.as_deref().map(|room| room.parse().column(TABLE, "room_id", id)).transpose()?,
            hash: self.key_hash,
            issued_at: Timestamp::from_micros(self.issued_at),
            issued_by: issuer.zip(self.issued_by),
            last_used: self.last_used.map(Timestamp::from_micros),
            devices: u32::try_from(self.devices).column(TABLE, "devices", id)?,
        })
    }
}

/// A new one; that of a room takes the place of the one before.
pub async fn insert(conn: &mut Conn, key: &EnrolmentKey) -> Result<()> {
    run!(conn, "DELETE FROM enrolment_keys WHERE room_id = $1", key.room);
    run!(
        conn,
        "INSERT INTO enrolment_keys (id, customer_id, room_id, key_hash, issued_at, issued_by_tenant, issued_by, last_used, devices)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        key.id,
        key.customer,
        key.room,
        &key.hash,
        key.issued_at,
        key.issued_by.as_ref().map(|(tenant, _)| *tenant),
        key.issued_by.as_ref().map(|(_, name)| name.clone()),
        key.last_used,
        key.devices,
    );
    Ok(())
}

/// The one with this hash, of this customer.
pub async fn by_hash(conn: &mut Conn, customer: TenantId, hash: &str) -> Result<Option<EnrolmentKey>> {
    let row: Option<KeyRow> = db::query_as(
        "SELECT id, customer_id, room_id, key_hash, issued_at, issued_by_tenant, issued_by, last_used, devices FROM enrolment_keys
         WHERE customer_id = $1 AND key_hash = $2",
    )
    .bind(customer)
    .bind(hash)
    .fetch_optional(conn)
    .await?;
    row.map(KeyRow::parse).transpose()
}

/// The self-enrolment keys of a customer, newest first; those of single rooms are none of them.
pub async fn of_customer(conn: &mut Conn, customer: TenantId) -> Result<Vec<EnrolmentKey>> {
    let rows: Vec<KeyRow> = db::query_as(
        "SELECT id, customer_id, room_id, key_hash, issued_at, issued_by_tenant, issued_by, last_used, devices FROM enrolment_keys
         WHERE customer_id = $1 AND room_id IS NULL ORDER BY issued_at DESC, id DESC",
    )
    .bind(customer)
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(KeyRow::parse).collect()
}

/// A device enrolled by it, as a room that was not there before or not.
pub async fn note_use(conn: &mut Conn, key: EnrolmentKeyId, at: Timestamp, is_new: bool) -> Result<()> {
    run!(conn, "UPDATE enrolment_keys SET last_used = $1, devices = devices + $2 WHERE id = $3", at, is_new, key);
    Ok(())
}

pub async fn delete(conn: &mut Conn, key: EnrolmentKeyId) -> Result<()> {
    run!(conn, "DELETE FROM enrolment_keys WHERE id = $1", key);
    Ok(())
}

/// All of a customer, those of single rooms too. How many.
pub async fn delete_all(conn: &mut Conn, customer: TenantId) -> Result<u64> {
    Ok(run!(conn, "DELETE FROM enrolment_keys WHERE customer_id = $1", customer))
}

/// That of a room, if it has any.
pub async fn delete_of_room(conn: &mut Conn, room: RoomId) -> Result<()> {
    run!(conn, "DELETE FROM enrolment_keys WHERE room_id = $1", room);
    Ok(())
}
