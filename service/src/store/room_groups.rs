//! Groups of rooms.

use std::collections::HashMap;

use tenantry_model::api::roles::Named;
use tenantry_model::api::room_groups::RoomGroupUse;
use tenantry_model::collation::sort_key;
use tenantry_model::id::{RoomGroupId, RoomId, TenantId};

use crate::error::Result;
use crate::store::column::{self, Column};
use crate::store::db::{self, BATCH, Conn, QueryBuilder};
use crate::store::rooms::{self, RoomKey};

const TABLE: &str = "room_groups";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomGroup {
    pub id: RoomGroupId,
    pub customer: TenantId,
    pub name: String,
    /// The partner that made it; none for the customer itself.
    pub made_by: Option<TenantId>,
    pub version: u64,
}

#[derive(sqlx::FromRow)]
struct GroupRow {
    id: String,
    customer_id: String,
    name: String,
    made_by: Option<String>,
    version: i64,
}

impl GroupRow {
    fn parse(self) -> Result<RoomGroup> {
        let id = &self.id;
        Ok(RoomGroup {
            id: id.parse().column(TABLE, "id", id)?,
            customer: self.customer_id.parse().column(TABLE, "customer_id", id)?,
            name: self.name,
            made_by: self.made_by.as_deref().map(str::parse).transpose().column(TABLE, "made_by", id)?,
            version: u64::try_from(self.version).column(TABLE, "version", id)?,
        })
    }
}

/// A new one, in its first version.
pub async fn insert(conn: &mut Conn, group: &RoomGroup) -> Result<()> {
    const SQL: &str = "INSERT INTO room_groups (id, customer_id, name, made_by) VALUES ($1, $2, $3, $4)";
    run!(conn, SQL, group.id, group.customer, &group.name, group.made_by);
    Ok(())
}

/// The group with this id, whoever's it is.
pub async fn find(conn: &mut Conn, id: RoomGroupId) -> Result<Option<RoomGroup>> {
    let query = db::query_as("SELECT id, customer_id, name, made_by, version FROM room_groups WHERE id = $1").bind(id);
    query.fetch_optional(conn).await?.map(GroupRow::parse).transpose()
}

/// The groups of a customer, by name.
pub async fn of_customer(conn: &mut Conn, customer: TenantId) -> Result<Vec<RoomGroup>> {
    let query = db::query_as("SELECT id, customer_id, name, made_by, version FROM room_groups WHERE customer_id = $1").bind(customer);
    let rows: Vec<GroupRow> = query.fetch_all(conn).await?;
    let mut found = rows.into_iter().map(GroupRow::parse).collect::<Result<Vec<_>>>()?;
    found.sort_by_cached_key(|it| (sort_key(&it.name), it.id));
    Ok(found)
}

pub async fn rename(conn: &mut Conn, group: RoomGroupId, name: &str) -> Result<()> {
    run!(conn, "UPDATE room_groups SET name = $1 WHERE id = $2", name, group);
    Ok(())
}

/// Raises the version. Answers the new one.
pub async fn raise_version(conn: &mut Conn, group: RoomGroupId) -> Result<u64> {
    column::raise_version(conn, TABLE, group).await
}

/// All that it holds, rooms that are not managed any more too.
pub async fn rooms(conn: &mut Conn, group: RoomGroupId) -> Result<Vec<RoomId>> {
    db::query_scalar("SELECT room_id FROM room_group_rooms WHERE group_id = $1")
        .bind(group)
        .fetch_parsed(conn, "room_group_rooms", "room_id")
        .await
}

/// What each of these groups holds, without rooms that are not managed any more; groups without rooms are missing.
pub async fn managed_rooms(conn: &mut Conn, groups: &[RoomGroupId]) -> Result<HashMap<RoomGroupId, Vec<RoomId>>> {
    let query = QueryBuilder::new(
        "SELECT m.group_id, m.room_id FROM room_group_rooms m JOIN rooms r ON r.id = m.room_id
         WHERE r.enrolment <> 'unenrolled' AND m.group_id IN ",
    );
    column::by_first(query.fetch_in(conn, groups, "").await?, "room_group_rooms", ["group_id", "room_id"])
}

/// Ids of a group's rooms by name, those that are not managed any more left out, after `key`.
pub async fn names_after(conn: &mut Conn, group: RoomGroupId, key: Option<&RoomKey>, limit: u32) -> Result<Vec<RoomKey>> {
    const FIRST: &str = "SELECT r.display_name, r.id FROM room_group_rooms m JOIN rooms r ON r.id = m.room_id
                         WHERE m.group_id = $1 AND r.enrolment <> 'unenrolled' ORDER BY r.display_name, r.id LIMIT $2";
    const NEXT: &str = "SELECT r.display_name, r.id FROM room_group_rooms m JOIN rooms r ON r.id = m.room_id
                        WHERE m.group_id = $1 AND r.enrolment <> 'unenrolled' AND (r.display_name, r.id) > ($3, $4)
                        ORDER BY r.display_name, r.id LIMIT $2";
    let query = db::query_as(if key.is_some() { NEXT } else { FIRST }).bind(group).bind(limit);
    let query = match key {
        Some(key) => query.bind(&key.display_name).bind(key.id),
        None => query,
    };
    let rows: Vec<(String, String)> = query.fetch_all(conn).await?;
    rows.into_iter().map(|(display_name, id)| Ok(RoomKey { id: id.parse().column("rooms", "id", &id)?, display_name })).collect()
}

/// Puts rooms into a group; those that are in it stay.
pub async fn add_rooms(conn: &mut Conn, group: RoomGroupId, rooms: &[RoomId]) -> Result<()> {
    QueryBuilder::insert(conn, "INSERT INTO room_group_rooms (group_id, room_id)", rooms, "ON CONFLICT DO NOTHING", |row, room| {
        row.push_bind(group).push_bind(room);
    })
    .await
}

pub async fn remove_rooms(conn: &mut Conn, group: RoomGroupId, rooms: &[RoomId]) -> Result<()> {
    for batch in rooms.chunks(BATCH) {
        let mut query = QueryBuilder::new("DELETE FROM room_group_rooms WHERE group_id = ");
        query.push_bind(group).push(" AND room_id IN ").push_keys(batch);
        query.build().execute(&mut *conn).await?;
    }
    Ok(())
}

/// Deletes a room group; assignments and delegations lose it.
pub async fn delete(conn: &mut Conn, group: RoomGroupId) -> Result<()> {
    run!(conn, "DELETE FROM assignment_groups WHERE group_id = $1", group);
    run!(conn, "DELETE FROM relationship_groups WHERE group_id = $1", group);
    run!(conn, "DELETE FROM invitation_groups WHERE group_id = $1", group);
    run!(conn, "DELETE FROM room_group_rooms WHERE group_id = $1", group);
    run!(conn, "DELETE FROM room_groups WHERE id = $1", group);
    Ok(())
}

pub async fn names(conn: &mut Conn, customer: TenantId, groups: &[RoomGroupId]) -> Result<Vec<Named<RoomGroupId>>> {
    rooms::names_of(conn, "SELECT id, name FROM room_groups WHERE customer_id = ", customer, groups).await
}

/// An assignment that names a group in its scope, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredUse {
    pub shown: RoomGroupUse,
    /// The partner whose role it is; none for the customer's own (R44).
    pub partner: Option<TenantId>,
}

#[derive(sqlx::FromRow)]
struct UseRow {
    assignment: String,
    name: String,
    role: String,
    role_name: String,
    partner_id: Option<String>,
    partner_name: Option<String>,
}

/// Every assignment that names the group, by role and name.
pub async fn uses(conn: &mut Conn, group: RoomGroupId) -> Result<Vec<StoredUse>> {
    let query = db::query_as(
        "SELECT a.id AS assignment, a.name AS name, r.id AS role, r.name AS role_name, r.partner_id AS partner_id,
                t.display_name AS partner_name
         FROM assignment_groups g JOIN assignments a ON a.id = g.assignment_id JOIN roles r ON r.id = a.role_id
         LEFT JOIN tenants t ON t.id = r.partner_id WHERE g.group_id = $1",
    );
    let rows: Vec<UseRow> = query.bind(group).fetch_all(conn).await?;
    let parse = |row: UseRow| {
        Ok(StoredUse {
            partner: row.partner_id.as_deref().map(str::parse).transpose().column("roles", "partner_id", &row.role)?,
            shown: RoomGroupUse {
                assignment: row.assignment.parse().column("assignments", "id", &row.assignment)?,
                name: row.name,
                role: row.role.parse().column("roles", "id", &row.role)?,
                role_name: row.role_name,
                partner: row.partner_name,
            },
        })
    };
    let mut found = rows.into_iter().map(parse).collect::<Result<Vec<_>>>()?;
    found.sort_by_cached_key(|StoredUse { shown, .. }| (sort_key(&shown.role_name), sort_key(&shown.name), shown.assignment));
    Ok(found)
}
