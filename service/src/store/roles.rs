//! Roles and assignments, as lists and panes show them. [`crate::store::estate::roles`] writes them.

use tenantry_model::api::roles::Named;
use tenantry_model::id::{AssignmentId, PrincipalId, RoleId, RoomGroupId, RoomId, TenantId};
use tenantry_model::permission::PermissionSet;
use tenantry_model::role::{Role, Scope};

use crate::error::Result;
use crate::store::base::Column;
use crate::store::db::{self, BATCH, Conn, QueryBuilder};

const ROLES: &str = "SELECT id, name, description, built_in, permissions, version FROM roles";
const ASSIGNMENTS: &str = "SELECT id, role_id, name, description, email_notifications, scope_all, version FROM assignments";

/// A role at a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRole {
    /// The role.
    pub role: Role,
    /// Raised with every change of it.
    pub version: u64,
}

#[derive(sqlx::FromRow)]
struct RoleRow {
    id: String,
    name: String,
    description: String,
    built_in: Option<String>,
    permissions: i64,
    version: i64,
}

impl RoleRow {
    fn parse(self) -> Result<StoredRole> {
        let id = &self.id;
        Ok(StoredRole {
            role: Role {
                id: id.parse().column("roles", "id", id)?,
                name: self.name,
                description: self.description,
                built_in: self.built_in.as_deref().map(str::parse).transpose().column("roles", "built_in", id)?,
                permissions: PermissionSet::from_bits(self.permissions),
            },
            version: u64::try_from(self.version).column("roles", "version", id)?,
        })
    }
}

/// The roles that a partner has at a customer, or the customer's own: built-in ones first, then by name.
pub async fn at(conn: &mut Conn, customer: TenantId, partner: Option<TenantId>) -> Result<Vec<StoredRole>> {
    let mut query = QueryBuilder::new(ROLES);
    query.push(" WHERE customer_id = ").push_bind(customer.to_string());
    push_side(&mut query, partner);
    query.push(" ORDER BY built_in IS NULL, name, id");
    query.build_query_as::<RoleRow>().fetch_all(conn).await?.into_iter().map(RoleRow::parse).collect()
}

/// One of [`at`].
pub async fn find(conn: &mut Conn, customer: TenantId, partner: Option<TenantId>, role: RoleId) -> Result<Option<StoredRole>> {
    let mut query = QueryBuilder::new(ROLES);
    query.push(" WHERE id = ").push_bind(role.to_string()).push(" AND customer_id = ").push_bind(customer.to_string());
    push_side(&mut query, partner);
    query.build_query_as::<RoleRow>().fetch_optional(conn).await?.map(RoleRow::parse).transpose()
}

fn push_side(query: &mut QueryBuilder, partner: Option<TenantId>) {
    match partner {
        Some(partner) => query.push(" AND partner_id = ").push_bind(partner.to_string()),
        None => query.push(" AND partner_id IS NULL"),
    };
}

/// Who holds a role where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAssignment {
    /// Its id.
    pub id: AssignmentId,
    /// Its role.
    pub role: RoleId,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Whether its members get mail.
    pub email_notifications: bool,
    /// Users and groups.
    pub members: Vec<PrincipalId>,
    /// Where it holds.
    pub scope: Scope,
    /// Raised with every change of it.
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
pub async fn assignments(conn: &mut Conn, role: RoleId) -> Result<Vec<StoredAssignment>> {
    let mut query = QueryBuilder::new(ASSIGNMENTS);
    query.push(" WHERE role_id = ").push_bind(role.to_string()).push(" ORDER BY name, id");
    let mut found = Vec::new();
    for row in query.build_query_as::<AssignmentRow>().fetch_all(&mut *conn).await? {
        found.push(complete(conn, row).await?);
    }
    Ok(found)
}

/// One of [`assignments`].
pub async fn assignment(conn: &mut Conn, role: RoleId, id: AssignmentId) -> Result<Option<StoredAssignment>> {
    let mut query = QueryBuilder::new(ASSIGNMENTS);
    query.push(" WHERE id = ").push_bind(id.to_string()).push(" AND role_id = ").push_bind(role.to_string());
    match query.build_query_as::<AssignmentRow>().fetch_optional(&mut *conn).await? {
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
    let found: Vec<String> = db::query_scalar(sql).bind(key.to_owned()).fetch_all(conn).await?;
    found.iter().map(|id| id.parse().column("assignments", "members or scope", key)).collect()
}

/// The names of these rooms of a customer, by name; those that are gone are missing.
pub async fn room_names(conn: &mut Conn, customer: TenantId, rooms: &[RoomId]) -> Result<Vec<Named<RoomId>>> {
    names(
        conn,
        "SELECT id, display_name FROM rooms WHERE customer_id = ",
        customer,
        &rooms.iter().map(ToString::to_string).collect::<Vec<_>>(),
    )
    .await
}

/// The names of these room groups of a customer, by name.
pub async fn group_names(conn: &mut Conn, customer: TenantId, groups: &[RoomGroupId]) -> Result<Vec<Named<RoomGroupId>>> {
    names(
        conn,
        "SELECT id, name FROM room_groups WHERE customer_id = ",
        customer,
        &groups.iter().map(ToString::to_string).collect::<Vec<_>>(),
    )
    .await
}

async fn names<Id>(conn: &mut Conn, sql: &'static str, customer: TenantId, keys: &[String]) -> Result<Vec<Named<Id>>>
where
    Id: std::str::FromStr<Err: std::fmt::Display>,
{
    let mut found = Vec::with_capacity(keys.len());
    for batch in keys.chunks(BATCH) {
        let mut query = QueryBuilder::new(sql);
        query.push_bind(customer.to_string()).push(" AND id IN ");
        query.push_keys(batch);
        for (id, name) in query.build_query_as::<(String, String)>().fetch_all(&mut *conn).await? {
            found.push(Named { id: id.parse().column("rooms", "id", &id)?, name });
        }
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

/// The Primary admins role of a partner at a customer, and its preset assignment (R39, R48).
pub async fn primary_admins(conn: &mut Conn, partner: TenantId, customer: TenantId) -> Result<Option<(RoleId, StoredAssignment)>> {
    let roles = at(conn, customer, Some(partner)).await?;
    let Some(role) = roles.iter().find(|it| it.role.built_in.is_some()).map(|it| it.role.id) else { return Ok(None) };
    Ok(assignments(conn, role).await?.into_iter().next().map(|assignment| (role, assignment)))
}

/// Whether one of these is in the Primary admins of a partner at a customer: one question, that costs the same whatever the answer.
pub async fn has_primary_admin(conn: &mut Conn, partner: TenantId, customer: TenantId, any_of: &[PrincipalId]) -> Result<bool> {
    let mut query = QueryBuilder::new(
        "SELECT COUNT(*) FROM roles r JOIN assignments a ON a.role_id = r.id JOIN assignment_members m ON m.assignment_id = a.id
         WHERE r.built_in = 'primary_admins' AND r.partner_id = ",
    );
    query.push_bind(partner.to_string()).push(" AND r.customer_id = ").push_bind(customer.to_string()).push(" AND m.principal_id IN ");
    query.push_keys(&any_of.iter().map(ToString::to_string).collect::<Vec<_>>());
    let (found,): (i64,) = query.build_query_as().fetch_one(conn).await?;
    Ok(found > 0)
}

/// Raises the version of a role. Answers the new one.
pub async fn raise_role(conn: &mut Conn, role: RoleId) -> Result<u64> {
    raise(conn, "UPDATE roles SET version = version + 1 WHERE id = $1 RETURNING version", &role.to_string()).await
}

/// Raises the version of an assignment. Answers the new one.
pub async fn raise_assignment(conn: &mut Conn, id: AssignmentId) -> Result<u64> {
    raise(conn, "UPDATE assignments SET version = version + 1 WHERE id = $1 RETURNING version", &id.to_string()).await
}

/// Sets whether an assignment's members get mail (R56).
pub async fn set_mail(conn: &mut Conn, id: AssignmentId, mail: bool) -> Result<()> {
    let query = db::query("UPDATE assignments SET email_notifications = $1 WHERE id = $2");
    query.bind(i64::from(mail)).bind(id.to_string()).execute(conn).await?;
    Ok(())
}

async fn raise(conn: &mut Conn, sql: &'static str, id: &str) -> Result<u64> {
    let version: i64 = db::query_scalar(sql).bind(id.to_owned()).fetch_one(conn).await?;
    u64::try_from(version).column("roles", "version", id)
}
