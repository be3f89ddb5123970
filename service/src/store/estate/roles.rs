//! Roles and assignments.

use tenantry_model::id::{AssignmentId, PrincipalId, RoleId, TenantId};
use tenantry_model::permission::{BuiltInRole, PermissionSet};
use tenantry_model::role::Scope;

use crate::error::Result;
use crate::store::base::Column;
use crate::store::db::{self, Conn, QueryBuilder};

/// A role to be inserted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRole {
    /// Its id.
    pub id: RoleId,
    /// For which customer.
    pub customer: TenantId,
    /// Whose it is; none for the customer's own (R44).
    pub partner: Option<TenantId>,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Which built-in one it is.
    pub built_in: Option<BuiltInRole>,
    /// What its holders may do.
    pub permissions: PermissionSet,
}

/// Whose a role is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RolePlace {
    /// The role.
    pub role: RoleId,
    /// For which customer.
    pub customer: TenantId,
    /// Whose it is; none for the customer's own.
    pub partner: Option<TenantId>,
    /// Whether it is a built-in one (R49).
    pub built_in: bool,
}

impl RolePlace {
    /// The tenant whose users hold it.
    pub fn tenant(&self) -> TenantId {
        self.partner.unwrap_or(self.customer)
    }
}

/// An assignment to be inserted, without members and scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAssignment {
    /// Its id.
    pub id: AssignmentId,
    /// Of which role.
    pub role: RoleId,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
}

/// Inserts roles.
pub async fn insert(conn: &mut Conn, roles: &[NewRole]) -> Result<()> {
    const HEAD: &str = "INSERT INTO roles (id, customer_id, partner_id, name, description, built_in, permissions)";
    QueryBuilder::insert(conn, HEAD, roles, "", |row, role| {
        row.push_bind(role.id.to_string())
            .push_bind(role.customer.to_string())
            .push_bind(role.partner.map(|partner| partner.to_string()))
            .push_bind(role.name.clone())
            .push_bind(role.description.clone())
            .push_bind(role.built_in.map(BuiltInRole::as_str))
            .push_bind(role.permissions.to_bits());
    })
    .await
}

/// Whose a role is.
pub async fn place(conn: &mut Conn, role: RoleId) -> Result<Option<RolePlace>> {
    let row: Option<(String, String, Option<String>, Option<String>)> =
        db::query_as("SELECT id, customer_id, partner_id, built_in FROM roles WHERE id = $1")
            .bind(role.to_string())
            .fetch_optional(conn)
            .await?;
    row.map(place_of).transpose()
}

/// Whose the role of an assignment is.
pub async fn place_of_assignment(conn: &mut Conn, assignment: AssignmentId) -> Result<Option<RolePlace>> {
    let row: Option<(String, String, Option<String>, Option<String>)> = db::query_as(
        "SELECT r.id, r.customer_id, r.partner_id, r.built_in FROM assignments a JOIN roles r ON r.id = a.role_id WHERE a.id = $1",
    )
    .bind(assignment.to_string())
    .fetch_optional(conn)
    .await?;
    row.map(place_of).transpose()
}

fn place_of((id, customer, partner, built_in): (String, String, Option<String>, Option<String>)) -> Result<RolePlace> {
    Ok(RolePlace {
        role: id.parse().column("roles", "id", &id)?,
        customer: customer.parse().column("roles", "customer_id", &id)?,
        partner: partner.map(|partner| partner.parse()).transpose().column("roles", "partner_id", &id)?,
        built_in: built_in.is_some(),
    })
}

/// Changes what stands in a role; what is none stays.
pub async fn change(
    conn: &mut Conn,
    role: RoleId,
    name: Option<&str>,
    description: Option<&str>,
    permissions: Option<PermissionSet>,
) -> Result<()> {
    run!(
        conn,
        "UPDATE roles SET name = COALESCE($1, name), description = COALESCE($2, description), permissions = COALESCE($3, permissions)
         WHERE id = $4",
        name.map(str::to_owned),
        description.map(str::to_owned),
        permissions.map(PermissionSet::to_bits),
        role.to_string(),
    );
    Ok(())
}

/// The assignments of a role.
pub async fn assignments(conn: &mut Conn, role: RoleId) -> Result<Vec<AssignmentId>> {
    let ids: Vec<String> = db::query_scalar("SELECT id FROM assignments WHERE role_id = $1").bind(role.to_string()).fetch_all(conn).await?;
    ids.iter().map(|id| id.parse().column("assignments", "id", id)).collect()
}

/// The roles of a partner at a customer.
pub async fn of_partner(conn: &mut Conn, partner: TenantId, customer: TenantId) -> Result<Vec<RoleId>> {
    let ids: Vec<String> = db::query_scalar("SELECT id FROM roles WHERE customer_id = $1 AND partner_id = $2")
        .bind(customer.to_string())
        .bind(partner.to_string())
        .fetch_all(conn)
        .await?;
    ids.iter().map(|id| id.parse().column("roles", "id", id)).collect()
}

/// Deletes a role with its assignments.
pub async fn delete(conn: &mut Conn, role: RoleId) -> Result<()> {
    for assignment in assignments(conn, role).await? {
        delete_assignment(conn, assignment).await?;
    }
    run!(conn, "DELETE FROM roles WHERE id = $1", role.to_string());
    Ok(())
}

/// Inserts an assignment.
pub async fn insert_assignment(conn: &mut Conn, new: &NewAssignment, members: &[PrincipalId], scope: &Scope) -> Result<()> {
    run!(
        conn,
        "INSERT INTO assignments (id, role_id, name, description, email_notifications, scope_all) VALUES ($1, $2, $3, $4, 0, 0)",
        new.id.to_string(),
        new.role.to_string(),
        new.name.clone(),
        new.description.clone(),
    );
    add_members(conn, new.id, members).await?;
    set_scope(conn, new.id, scope).await
}

/// Changes what an assignment is called; what is none stays.
pub async fn describe(conn: &mut Conn, id: AssignmentId, name: Option<&str>, description: Option<&str>) -> Result<()> {
    run!(
        conn,
        "UPDATE assignments SET name = COALESCE($1, name), description = COALESCE($2, description) WHERE id = $3",
        name.map(str::to_owned),
        description.map(str::to_owned),
        id.to_string(),
    );
    Ok(())
}

/// Deletes an assignment.
pub async fn delete_assignment(conn: &mut Conn, assignment: AssignmentId) -> Result<()> {
    let id = assignment.to_string();
    run!(conn, "DELETE FROM assignment_members WHERE assignment_id = $1", id.clone());
    run!(conn, "DELETE FROM assignment_rooms WHERE assignment_id = $1", id.clone());
    run!(conn, "DELETE FROM assignment_groups WHERE assignment_id = $1", id.clone());
    run!(conn, "DELETE FROM assignments WHERE id = $1", id);
    Ok(())
}

/// The members of an assignment.
pub async fn members(conn: &mut Conn, assignment: AssignmentId) -> Result<Vec<PrincipalId>> {
    let ids: Vec<String> = db::query_scalar("SELECT principal_id FROM assignment_members WHERE assignment_id = $1")
        .bind(assignment.to_string())
        .fetch_all(conn)
        .await?;
    ids.iter().map(|id| id.parse().column("assignment_members", "principal_id", id)).collect()
}

/// Adds members.
pub async fn add_members(conn: &mut Conn, assignment: AssignmentId, members: &[PrincipalId]) -> Result<()> {
    let id = assignment.to_string();
    QueryBuilder::insert(
        conn,
        "INSERT INTO assignment_members (assignment_id, principal_id)",
        members,
        "ON CONFLICT DO NOTHING",
        |row, member| {
            row.push_bind(id.clone()).push_bind(member.to_string());
        },
    )
    .await
}

/// Removes members.
pub async fn remove_members(conn: &mut Conn, assignment: AssignmentId, members: &[PrincipalId]) -> Result<()> {
    for member in members {
        run!(
            conn,
            "DELETE FROM assignment_members WHERE assignment_id = $1 AND principal_id = $2",
            assignment.to_string(),
            member.to_string(),
        );
    }
    Ok(())
}

/// Sets where an assignment holds.
pub async fn set_scope(conn: &mut Conn, assignment: AssignmentId, scope: &Scope) -> Result<()> {
    let id = assignment.to_string();
    let (all, rooms, groups) = match scope {
        Scope::All => (1_i64, &[][..], &[][..]),
        Scope::Some { rooms, groups } => (0, rooms.as_slice(), groups.as_slice()),
    };
    run!(conn, "UPDATE assignments SET scope_all = $1 WHERE id = $2", all, id.clone());
    run!(conn, "DELETE FROM assignment_rooms WHERE assignment_id = $1", id.clone());
    run!(conn, "DELETE FROM assignment_groups WHERE assignment_id = $1", id.clone());
    QueryBuilder::insert(conn, "INSERT INTO assignment_rooms (assignment_id, room_id)", rooms, "ON CONFLICT DO NOTHING", |row, room| {
        row.push_bind(id.clone()).push_bind(room.to_string());
    })
    .await?;
    QueryBuilder::insert(conn, "INSERT INTO assignment_groups (assignment_id, group_id)", groups, "ON CONFLICT DO NOTHING", |row, group| {
        row.push_bind(id.clone()).push_bind(group.to_string());
    })
    .await
}
