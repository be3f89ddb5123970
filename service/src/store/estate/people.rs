//! Principals, groups, portal roles.

use tenantry_model::id::{PrincipalId, TenantId};
use tenantry_model::tenancy::{PortalRole, PrincipalKind};

use crate::error::Result;
use crate::store::base::Column;
use crate::store::db::{self, Conn, QueryBuilder};
use crate::store::people::folded;

/// A user or a security group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// Their object id.
    pub id: PrincipalId,
    /// Their tenant.
    pub tenant: TenantId,
    /// What they are.
    pub kind: PrincipalKind,
    /// Their name.
    pub display_name: String,
    /// Their sign-in name; none for a group.
    pub upn: Option<String>,
}

#[derive(sqlx::FromRow)]
struct PrincipalRow {
    id: String,
    tenant_id: String,
    kind: String,
    display_name: String,
    upn: Option<String>,
}

/// Where a group's members hold something: at which customer, as whose users.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Foothold {
    /// The customer.
    pub customer: TenantId,
    /// The tenant whose roles they are.
    pub tenant: TenantId,
}

/// Inserts principals.
pub async fn insert(conn: &mut Conn, principals: &[Principal]) -> Result<()> {
    QueryBuilder::insert(conn, "INSERT INTO principals (id, tenant_id, kind, display_name, upn, folded)", principals, "", |row, it| {
        row.push_bind(it.id.to_string())
            .push_bind(it.tenant.to_string())
            .push_bind(it.kind.as_str())
            .push_bind(it.display_name.clone())
            .push_bind(it.upn.clone())
            .push_bind(folded(&it.display_name, it.upn.as_deref()));
    })
    .await
}

/// The principal with this id.
pub async fn find(conn: &mut Conn, id: PrincipalId) -> Result<Option<Principal>> {
    let row: Option<PrincipalRow> = db::query_as("SELECT id, tenant_id, kind, display_name, upn FROM principals WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(conn)
        .await?;
    row.map(|row| {
        Ok(Principal {
            id: row.id.parse().column("principals", "id", &row.id)?,
            tenant: row.tenant_id.parse().column("principals", "tenant_id", &row.id)?,
            kind: row.kind.parse().column("principals", "kind", &row.id)?,
            display_name: row.display_name,
            upn: row.upn,
        })
    })
    .transpose()
}

/// Deletes a principal and everything that names it.
pub async fn delete(conn: &mut Conn, id: PrincipalId) -> Result<()> {
    let id = id.to_string();
    run!(conn, "DELETE FROM group_members WHERE group_id = $1 OR member_id = $1", id.clone());
    run!(conn, "DELETE FROM assignment_members WHERE principal_id = $1", id.clone());
    run!(conn, "DELETE FROM portal_roles WHERE principal_id = $1", id.clone());
    run!(conn, "DELETE FROM principals WHERE id = $1", id);
    Ok(())
}

/// Puts a principal into a group. Whether it was not there.
pub async fn add_member(conn: &mut Conn, group: PrincipalId, member: PrincipalId) -> Result<bool> {
    const SQL: &str = "INSERT INTO group_members (group_id, member_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    Ok(run!(conn, SQL, group.to_string(), member.to_string()) > 0)
}

/// Takes a principal out of a group. Whether it was there.
pub async fn remove_member(conn: &mut Conn, group: PrincipalId, member: PrincipalId) -> Result<bool> {
    Ok(run!(conn, "DELETE FROM group_members WHERE group_id = $1 AND member_id = $2", group.to_string(), member.to_string()) > 0)
}

/// Where this principal holds something: by itself, or through a group around it, however deep.
pub async fn footholds(conn: &mut Conn, principal: PrincipalId) -> Result<Vec<Foothold>> {
    let rows: Vec<(String, String)> = db::query_as(
        "WITH RECURSIVE around (id) AS (
             SELECT $1 UNION SELECT m.group_id FROM group_members m JOIN around a ON m.member_id = a.id
         )
         SELECT r.customer_id, COALESCE(r.partner_id, r.customer_id) FROM assignment_members m
         JOIN assignments a ON a.id = m.assignment_id JOIN roles r ON r.id = a.role_id WHERE m.principal_id IN (SELECT id FROM around)
         UNION SELECT tenant_id, tenant_id FROM portal_roles WHERE principal_id IN (SELECT id FROM around)",
    )
    .bind(principal.to_string())
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|(customer, tenant)| {
            Ok(Foothold {
                customer: customer.parse().column("roles", "customer_id", customer)?,
                tenant: tenant.parse().column("roles", "partner_id", tenant)?,
            })
        })
        .collect()
}

/// Everybody who holds a role of a partner at a customer, of this partner or of all of them, by name or through groups.
pub async fn holders(conn: &mut Conn, customer: TenantId, partner: Option<TenantId>) -> Result<Vec<PrincipalId>> {
    let ids: Vec<String> = db::query_scalar(
        "WITH RECURSIVE inside (id) AS (
             SELECT m.principal_id FROM assignment_members m JOIN assignments a ON a.id = m.assignment_id JOIN roles r ON r.id = a.role_id
             WHERE r.customer_id = $1 AND r.partner_id = COALESCE($2, r.partner_id)
             UNION SELECT m.member_id FROM group_members m JOIN inside i ON m.group_id = i.id
         )
         SELECT p.id FROM principals p JOIN inside i ON i.id = p.id WHERE p.kind = 'user'",
    )
    .bind(customer.to_string())
    .bind(partner.map(|id| id.to_string()))
    .fetch_all(conn)
    .await?;
    ids.iter().map(|id| id.parse().column("principals", "id", id)).collect()
}

/// Grants a portal role. Whether it was not held.
pub async fn grant(conn: &mut Conn, tenant: TenantId, principal: PrincipalId, role: PortalRole) -> Result<bool> {
    const SQL: &str = "INSERT INTO portal_roles (tenant_id, principal_id, role) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    Ok(run!(conn, SQL, tenant.to_string(), principal.to_string(), role.as_str()) > 0)
}

/// Takes a portal role. Whether it was held.
pub async fn revoke(conn: &mut Conn, principal: PrincipalId, role: PortalRole) -> Result<bool> {
    Ok(run!(conn, "DELETE FROM portal_roles WHERE principal_id = $1 AND role = $2", principal.to_string(), role.as_str()) > 0)
}
