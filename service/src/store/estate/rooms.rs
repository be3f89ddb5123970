//! Rooms and their groups, as people change them.

use tenantry_model::id::{RoomGroupId, RoomId, TenantId};

use crate::error::Result;
use crate::store::base::Column;
use crate::store::db::{self, BATCH, Conn, QueryBuilder};

/// The customer that owns a room.
pub async fn customer(conn: &mut Conn, room: RoomId) -> Result<Option<TenantId>> {
    let id: Option<String> =
        db::query_scalar("SELECT customer_id FROM rooms WHERE id = $1").bind(room.to_string()).fetch_optional(conn).await?;
    id.map(|id| id.parse().column("rooms", "customer_id", &id)).transpose()
}

/// Which of these rooms are the customer's.
pub async fn owned(conn: &mut Conn, customer: TenantId, rooms: &[RoomId]) -> Result<Vec<RoomId>> {
    let mut found = Vec::with_capacity(rooms.len());
    for batch in rooms.chunks(BATCH) {
        let keys: Vec<String> = batch.iter().map(ToString::to_string).collect();
        let mut query = QueryBuilder::new("SELECT id FROM rooms WHERE customer_id = ");
        query.push_bind(customer.to_string()).push(" AND id IN ");
        query.push_keys(&keys);
        for id in query.build_query_scalar::<String>().fetch_all(&mut *conn).await? {
            found.push(id.parse().column("rooms", "id", &id)?);
        }
    }
    Ok(found)
}

/// Renames a room, and counts that as a change of every incident that shows its name.
pub async fn rename(conn: &mut Conn, room: RoomId, display_name: &str) -> Result<()> {
    run!(conn, "UPDATE rooms SET display_name = $1, version = version + 1 WHERE id = $2", display_name.to_owned(), room.to_string(),);
    run!(
        conn,
        "UPDATE incidents SET version = version + 1 WHERE number IN (SELECT number FROM incident_rooms WHERE room_id = $1)",
        room.to_string(),
    );
    Ok(())
}

/// Takes a room's key away.
pub async fn forget_key(conn: &mut Conn, room: RoomId) -> Result<()> {
    run!(conn, "UPDATE rooms SET key_hash = '' WHERE id = $1", room.to_string());
    Ok(())
}

/// Counts a change of what is shown of these rooms.
pub async fn touch(conn: &mut Conn, rooms: &[RoomId]) -> Result<()> {
    for batch in rooms.chunks(BATCH) {
        let keys: Vec<String> = batch.iter().map(ToString::to_string).collect();
        let mut query = QueryBuilder::new("UPDATE rooms SET version = version + 1 WHERE id IN ");
        query.push_keys(&keys);
        query.build().execute(&mut *conn).await?;
    }
    Ok(())
}

/// Inserts a room group.
pub async fn insert_group(conn: &mut Conn, id: RoomGroupId, customer: TenantId, name: &str) -> Result<()> {
    run!(
        conn,
        "INSERT INTO room_groups (id, customer_id, name) VALUES ($1, $2, $3)",
        id.to_string(),
        customer.to_string(),
        name.to_owned(),
    );
    Ok(())
}

/// The customer that owns a room group.
pub async fn customer_of_group(conn: &mut Conn, group: RoomGroupId) -> Result<Option<TenantId>> {
    let id: Option<String> =
        db::query_scalar("SELECT customer_id FROM room_groups WHERE id = $1").bind(group.to_string()).fetch_optional(conn).await?;
    id.map(|id| id.parse().column("room_groups", "customer_id", &id)).transpose()
}

/// Renames a room group.
pub async fn rename_group(conn: &mut Conn, group: RoomGroupId, name: &str) -> Result<()> {
    run!(conn, "UPDATE room_groups SET name = $1 WHERE id = $2", name.to_owned(), group.to_string());
    Ok(())
}

/// The rooms in a group.
pub async fn group_rooms(conn: &mut Conn, group: RoomGroupId) -> Result<Vec<RoomId>> {
    let ids: Vec<String> =
        db::query_scalar("SELECT room_id FROM room_group_rooms WHERE group_id = $1").bind(group.to_string()).fetch_all(conn).await?;
    ids.iter().map(|id| id.parse().column("room_group_rooms", "room_id", id)).collect()
}

/// Sets the rooms in a group.
pub async fn set_group_rooms(conn: &mut Conn, group: RoomGroupId, rooms: &[RoomId]) -> Result<()> {
    let id = group.to_string();
    run!(conn, "DELETE FROM room_group_rooms WHERE group_id = $1", id.clone());
    QueryBuilder::insert(conn, "INSERT INTO room_group_rooms (group_id, room_id)", rooms, "ON CONFLICT DO NOTHING", |row, room| {
        row.push_bind(id.clone()).push_bind(room.to_string());
    })
    .await
}

/// Deletes a room group; assignments lose it.
pub async fn delete_group(conn: &mut Conn, group: RoomGroupId) -> Result<()> {
    let id = group.to_string();
    run!(conn, "DELETE FROM assignment_groups WHERE group_id = $1", id.clone());
    run!(conn, "DELETE FROM room_group_rooms WHERE group_id = $1", id.clone());
    run!(conn, "DELETE FROM room_groups WHERE id = $1", id);
    Ok(())
}

/// The room groups of a customer, by name.
pub async fn groups(conn: &mut Conn, customer: TenantId) -> Result<Vec<RoomGroupId>> {
    let ids: Vec<String> = db::query_scalar("SELECT id FROM room_groups WHERE customer_id = $1 ORDER BY name, id")
        .bind(customer.to_string())
        .fetch_all(conn)
        .await?;
    ids.iter().map(|id| id.parse().column("room_groups", "id", id)).collect()
}
