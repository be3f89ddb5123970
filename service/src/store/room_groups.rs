//! Groups of rooms.

use tenantry_model::api::roles::Named;
use tenantry_model::id::{RoomGroupId, RoomId, TenantId};

use crate::error::Result;
use crate::store::column::Column;
use crate::store::db::{self, Conn, QueryBuilder};
use crate::store::rooms;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomGroup {
    pub id: RoomGroupId,
    pub customer: TenantId,
    pub name: String,
}

pub async fn insert(conn: &mut Conn, group: &RoomGroup) -> Result<()> {
    run!(conn, "INSERT INTO room_groups (id, customer_id, name) VALUES ($1, $2, $3)", group.id, group.customer, &group.name,);
    Ok(())
}

/// The group with this id, whoever's it is.
pub async fn find(conn: &mut Conn, id: RoomGroupId) -> Result<Option<RoomGroup>> {
    let row: Option<(String, String)> =
        db::query_as("SELECT customer_id, name FROM room_groups WHERE id = $1").bind(id).fetch_optional(conn).await?;
    row.map(|(customer, name)| {
        Ok(RoomGroup { id, customer: customer.parse().column("room_groups", "customer_id", &id.to_string())?, name })
    })
    .transpose()
}

pub async fn rename(conn: &mut Conn, group: RoomGroupId, name: &str) -> Result<()> {
    run!(conn, "UPDATE room_groups SET name = $1 WHERE id = $2", name, group);
    Ok(())
}

pub async fn rooms(conn: &mut Conn, group: RoomGroupId) -> Result<Vec<RoomId>> {
    db::query_scalar("SELECT room_id FROM room_group_rooms WHERE group_id = $1")
        .bind(group)
        .fetch_parsed(conn, "room_group_rooms", "room_id")
        .await
}

pub async fn set_rooms(conn: &mut Conn, group: RoomGroupId, rooms: &[RoomId]) -> Result<()> {
    run!(conn, "DELETE FROM room_group_rooms WHERE group_id = $1", group);
    QueryBuilder::insert(conn, "INSERT INTO room_group_rooms (group_id, room_id)", rooms, "ON CONFLICT DO NOTHING", |row, room| {
        row.push_bind(group).push_bind(room);
    })
    .await
}

/// Deletes a room group; assignments lose it.
pub async fn delete(conn: &mut Conn, group: RoomGroupId) -> Result<()> {
    run!(conn, "DELETE FROM assignment_groups WHERE group_id = $1", group);
    run!(conn, "DELETE FROM room_group_rooms WHERE group_id = $1", group);
    run!(conn, "DELETE FROM room_groups WHERE id = $1", group);
    Ok(())
}

pub async fn of_customer(conn: &mut Conn, customer: TenantId) -> Result<Vec<RoomGroupId>> {
    db::query_scalar("SELECT id FROM room_groups WHERE customer_id = $1 ORDER BY name, id")
        .bind(customer)
        .fetch_parsed(conn, "room_groups", "id")
        .await
}

pub async fn names(conn: &mut Conn, customer: TenantId, groups: &[RoomGroupId]) -> Result<Vec<Named<RoomGroupId>>> {
    rooms::names_of(conn, "SELECT id, name FROM room_groups WHERE customer_id = ", customer, groups).await
}
