//! Assignments: who holds a role where.

use tenantry_model::collation::sort_key;
use tenantry_model::id::{AssignmentId, PrincipalId, RoleId, TenantId};
use tenantry_model::role::Scope;

use crate::error::Result;
use crate::store::column::{self, Column};
use crate::store::db::{self, Conn, QueryBuilder};
use crate::store::roles;

const ASSIGNMENTS: &str = "SELECT id, role_id, name, description, email_notifications, scope_all, version FROM assignments";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAssignment {
    pub id: AssignmentId,
    pub role: RoleId,
    pub name: String,
    pub description: String,
    pub email_notifications: bool,
    pub members: Vec<PrincipalId>,
    pub scope: Scope,
    pub version: u64,
}

#[derive(sqlx::FromRow)]
struct AssignmentRow {
    id: String,
    role_id: String,
    name: String,
    description: String,
    email_notifications: i64,
    scope_all: i64,
    version: i64,
}

/// The assignments of a role, by name.
pub async fn of_role(conn: &mut Conn, role: RoleId) -> Result<Vec<StoredAssignment>> {
    let mut query = QueryBuilder::new(ASSIGNMENTS);
    query.push(" WHERE role_id = ").push_bind(role);
    let mut rows: Vec<AssignmentRow> = query.build_query_as().fetch_all(&mut *conn).await?;
    rows.sort_by_cached_key(|it| (sort_key(&it.name), it.id.clone()));
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        found.push(complete(conn, row).await?);
    }
    Ok(found)
}

pub async fn find(conn: &mut Conn, id: AssignmentId) -> Result<Option<StoredAssignment>> {
    let mut query = QueryBuilder::new(ASSIGNMENTS);
    query.push(" WHERE id = ").push_bind(id);
    match query.build_query_as::<AssignmentRow>().fetch_optional(conn).await? {
        Some(row) => Ok(Some(complete(conn, row).await?)),
        None => Ok(None),
    }
}

async fn complete(conn: &mut Conn, row: AssignmentRow) -> Result<StoredAssignment> {
    const TABLE: &str = "assignments";
    let key = row.id;
    let members = ids(conn, "SELECT principal_id FROM assignment_members WHERE assignment_id = $1 ORDER BY principal_id", &key).await?;
    let scope = if row.scope_all != 0 {
        Scope::All
    } else {
        Scope::Some {
            rooms: ids(conn, "SELECT room_id FROM assignment_rooms WHERE assignment_id = $1 ORDER BY room_id", &key).await?,
            groups: ids(conn, "SELECT group_id FROM assignment_groups WHERE assignment_id = $1 ORDER BY group_id", &key).await?,
        }
    };
    Ok(StoredAssignment {
        id: key.parse().column(TABLE, "id", &key)?,
        role: row.role_id.parse().column(TABLE, "role_id", &key)?,
        name: row.name,
        description: row.description,
        email_notifications: row.email_notifications != 0,
        members,
        scope,
        version: u64::try_from(row.version).column(TABLE, "version", &key)?,
    })
}

async fn ids<T: std::str::FromStr<Err: std::fmt::Display>>(conn: &mut Conn, sql: &'static str, key: &str) -> Result<Vec<T>> {
    db::query_scalar(sql).bind(key).fetch_parsed(conn, "assignments", "members or scope").await
}

/// The Primary admins role of a partner at a customer, and its preset assignment (R39, R48).
pub async fn primary_admins(conn: &mut Conn, partner: TenantId, customer: TenantId) -> Result<Option<(RoleId, StoredAssignment)>> {
    let there = roles::at(conn, customer, Some(partner)).await?;
    let Some(role) = there.iter().find(|it| it.role.built_in.is_some()).map(|it| it.role.id) else { return Ok(None) };
    Ok(of_role(conn, role).await?.into_iter().next().map(|assignment| (role, assignment)))
}

/// Whether one of these is in the Primary admins of a partner at a customer: one question, that costs the same whatever the answer.
pub async fn has_primary_admin(conn: &mut Conn, partner: TenantId, customer: TenantId, any_of: &[PrincipalId]) -> Result<bool> {
    let mut query = QueryBuilder::new(
        "SELECT COUNT(*) FROM roles r JOIN assignments a ON a.role_id = r.id JOIN assignment_members m ON m.assignment_id = a.id
         WHERE r.built_in = 'primary_admins' AND r.partner_id = ",
    );
    query.push_bind(partner).push(" AND r.customer_id = ").push_bind(customer).push(" AND m.principal_id IN ");
    query.push_keys(any_of);
    let (found,): (i64,) = query.build_query_as().fetch_one(conn).await?;
    Ok(found > 0)
}

/// An assignment to be inserted, without members and scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAssignment {
    pub id: AssignmentId,
    pub role: RoleId,
    pub name: String,
    pub description: String,
    /// Whether its members get mail (R56).
    pub email_notifications: bool,
}

pub async fn insert(conn: &mut Conn, new: &NewAssignment, members: &[PrincipalId], scope: &Scope) -> Result<()> {
    run!(
        conn,
        "INSERT INTO assignments (id, role_id, name, description, email_notifications, scope_all) VALUES ($1, $2, $3, $4, $5, 0)",
        new.id,
        new.role,
        &new.name,
        &new.description,
        new.email_notifications,
    );
    add_members(conn, new.id, members).await?;
    set_scope(conn, new.id, scope).await
}

/// Changes what an assignment is called; what is none stays.
pub async fn describe(
    conn: &mut Conn,
    id: AssignmentId,
    name: Option<&str>,
    description: Option<&str>,
    email_notifications: Option<bool>,
) -> Result<()> {
    run!(
        conn,
        "UPDATE assignments SET name = COALESCE($1, name), description = COALESCE($2, description),
                email_notifications = COALESCE($3, email_notifications) WHERE id = $4",
        name,
        description,
        email_notifications,
        id,
    );
    Ok(())
}

pub async fn delete(conn: &mut Conn, assignment: AssignmentId) -> Result<()> {
    let id = assignment.to_string();
    run!(conn, "DELETE FROM assignment_members WHERE assignment_id = $1", &id);
    run!(conn, "DELETE FROM assignment_rooms WHERE assignment_id = $1", &id);
    run!(conn, "DELETE FROM assignment_groups WHERE assignment_id = $1", &id);
    run!(conn, "DELETE FROM assignments WHERE id = $1", id);
    Ok(())
}

pub async fn add_members(conn: &mut Conn, assignment: AssignmentId, members: &[PrincipalId]) -> Result<()> {
    let id = assignment.to_string();
    QueryBuilder::insert(
        conn,
        "INSERT INTO assignment_members (assignment_id, principal_id)",
        members,
        "ON CONFLICT DO NOTHING",
        |row, member| {
            row.push_bind(&id).push_bind(member);
        },
    )
    .await
}

pub async fn remove_members(conn: &mut Conn, assignment: AssignmentId, members: &[PrincipalId]) -> Result<()> {
    for member in members {
        run!(conn, "DELETE FROM assignment_members WHERE assignment_id = $1 AND principal_id = $2", assignment, member,);
    }
    Ok(())
}

pub async fn set_scope(conn: &mut Conn, assignment: AssignmentId, scope: &Scope) -> Result<()> {
    let id = assignment.to_string();
    let (all, rooms, groups) = match scope {
        Scope::All => (1_i64, &[][..], &[][..]),
        Scope::Some { rooms, groups } => (0, rooms.as_slice(), groups.as_slice()),
    };
    run!(conn, "UPDATE assignments SET scope_all = $1 WHERE id = $2", all, &id);
    run!(conn, "DELETE FROM assignment_rooms WHERE assignment_id = $1", &id);
    run!(conn, "DELETE FROM assignment_groups WHERE assignment_id = $1", &id);
    QueryBuilder::insert(conn, "INSERT INTO assignment_rooms (assignment_id, room_id)", rooms, "ON CONFLICT DO NOTHING", |row, room| {
        row.push_bind(&id).push_bind(room);
    })
    .await?;
    QueryBuilder::insert(conn, "INSERT INTO assignment_groups (assignment_id, group_id)", groups, "ON CONFLICT DO NOTHING", |row, group| {
        row.push_bind(&id).push_bind(group);
    })
    .await
}

/// Raises the version. Answers the new one.
pub async fn raise_version(conn: &mut Conn, id: AssignmentId) -> Result<u64> {
    column::raise_version(conn, "assignments", id).await
}
