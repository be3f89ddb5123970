//! Roles at a customer.

use tenantry_model::collation::sort_key;
use tenantry_model::id::{RoleId, TenantId};
use tenantry_model::permission::{BuiltInRole, PermissionSet};
use tenantry_model::role::Role;

use crate::error::Result;
use crate::store::column::{self, Column};
use crate::store::db::{self, Conn, QueryBuilder};

const ROLES: &str = "SELECT id, customer_id, partner_id, name, description, built_in, permissions, version FROM roles";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRole {
    pub role: Role,
    pub customer: TenantId,
    /// Whose it is; none for the customer's own (R44).
    pub partner: Option<TenantId>,
    pub version: u64,
}

impl StoredRole {
    pub fn tenant(&self) -> TenantId {
        self.partner.unwrap_or(self.customer)
    }

    /// Whether it is this partner's at this customer, or with none the customer's own.
    pub fn is_at(&self, customer: TenantId, partner: Option<TenantId>) -> bool {
        (self.customer, self.partner) == (customer, partner)
    }
}

#[derive(sqlx::FromRow)]
struct RoleRow {
    id: String,
    customer_id: String,
    partner_id: Option<String>,
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
            customer: self.customer_id.parse().column("roles", "customer_id", id)?,
            partner: self.partner_id.as_deref().map(str::parse).transpose().column("roles", "partner_id", id)?,
            version: u64::try_from(self.version).column("roles", "version", id)?,
        })
    }
}

/// The roles that a partner has at a customer, or the customer's own: built-in ones first, then by name.
pub async fn at(conn: &mut Conn, customer: TenantId, partner: Option<TenantId>) -> Result<Vec<StoredRole>> {
    let mut query = QueryBuilder::new(ROLES);
    query.push(" WHERE customer_id = ").push_bind(customer);
    match partner {
        Some(partner) => query.push(" AND partner_id = ").push_bind(partner),
        None => query.push(" AND partner_id IS NULL"),
    };
    let mut found: Vec<StoredRole> =
        query.build_query_as::<RoleRow>().fetch_all(conn).await?.into_iter().map(RoleRow::parse).collect::<Result<_>>()?;
    found.sort_by_cached_key(|it| (it.role.built_in.is_none(), sort_key(&it.role.name), it.role.id));
    Ok(found)
}

/// A role, whoever's it is.
pub async fn find(conn: &mut Conn, role: RoleId) -> Result<Option<StoredRole>> {
    let mut query = QueryBuilder::new(ROLES);
    query.push(" WHERE id = ").push_bind(role);
    query.build_query_as::<RoleRow>().fetch_optional(conn).await?.map(RoleRow::parse).transpose()
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRole {
    pub id: RoleId,
    pub customer: TenantId,
    /// Whose it is; none for the customer's own (R44).
    pub partner: Option<TenantId>,
    pub name: String,
    pub description: String,
    pub built_in: Option<BuiltInRole>,
    pub permissions: PermissionSet,
}

pub async fn insert(conn: &mut Conn, roles: &[NewRole]) -> Result<()> {
    const HEAD: &str = "INSERT INTO roles (id, customer_id, partner_id, name, description, built_in, permissions)";
    QueryBuilder::insert(conn, HEAD, roles, "", |row, role| {
        row.push_bind(role.id)
            .push_bind(role.customer)
            .push_bind(role.partner)
            .push_bind(&role.name)
            .push_bind(&role.description)
            .push_bind(role.built_in.map(BuiltInRole::as_str))
            .push_bind(role.permissions.to_bits());
    })
    .await
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
        name,
        description,
        permissions.map(PermissionSet::to_bits),
        role,
    );
    Ok(())
}

pub async fn delete(conn: &mut Conn, role: RoleId) -> Result<()> {
    for table in ["assignment_members", "assignment_rooms", "assignment_groups"] {
        let mut query = QueryBuilder::new("DELETE FROM ");
        query.push(table).push(" WHERE assignment_id IN (SELECT id FROM assignments WHERE role_id = ").push_bind(role).push(")");
        query.build().execute(conn).await?;
    }
    run!(conn, "DELETE FROM assignments WHERE role_id = $1", role);
    run!(conn, "DELETE FROM roles WHERE id = $1", role);
    Ok(())
}

/// Raises the version. Answers the new one.
pub async fn raise_version(conn: &mut Conn, role: RoleId) -> Result<u64> {
    column::raise_version(conn, "roles", role).await
}
