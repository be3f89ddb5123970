//! Who is in which security group, and what is held through groups.

use tenantry_model::id::{PrincipalId, TenantId};

use crate::error::Result;
use crate::store::column::Column;
use crate::store::db::{self, Conn};

/// Where a group's members hold something: at which customer, as whose users.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Foothold {
    pub customer: TenantId,
    /// The tenant whose roles they are.
    pub tenant: TenantId,
}

/// Puts a principal into a group. Whether it was not there.
pub async fn add(conn: &mut Conn, group: PrincipalId, member: PrincipalId) -> Result<bool> {
    const SQL: &str = "INSERT INTO group_members (group_id, member_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    Ok(run!(conn, SQL, group, member) > 0)
}

/// Takes a principal out of a group. Whether it was there.
pub async fn remove(conn: &mut Conn, group: PrincipalId, member: PrincipalId) -> Result<bool> {
    Ok(run!(conn, "DELETE FROM group_members WHERE group_id = $1 AND member_id = $2", group, member) > 0)
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
    .bind(principal)
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
pub async fn role_holders(conn: &mut Conn, customer: TenantId, partner: Option<TenantId>) -> Result<Vec<PrincipalId>> {
    db::query_scalar(
        "WITH RECURSIVE inside (id) AS (
             SELECT m.principal_id FROM assignment_members m JOIN assignments a ON a.id = m.assignment_id JOIN roles r ON r.id = a.role_id
             WHERE r.customer_id = $1 AND r.partner_id = COALESCE($2, r.partner_id)
             UNION SELECT m.member_id FROM group_members m JOIN inside i ON m.group_id = i.id
         )
         SELECT p.id FROM principals p JOIN inside i ON i.id = p.id WHERE p.kind = 'user'",
    )
    .bind(customer)
    .bind(partner)
    .fetch_parsed(conn, "principals", "id")
    .await
}
