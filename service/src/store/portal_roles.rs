//! Portal roles of a tenant's people. Global Administrator comes from the token alone.

use tenantry_model::id::{PrincipalId, TenantId};
use tenantry_model::tenancy::PortalRole;

use crate::error::Result;
use crate::store::db::{self, Conn};

/// Grants a portal role. Whether it was not held.
pub async fn grant(conn: &mut Conn, tenant: TenantId, principal: PrincipalId, role: PortalRole) -> Result<bool> {
    const SQL: &str = "INSERT INTO portal_roles (tenant_id, principal_id, role) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    Ok(run!(conn, SQL, tenant, principal, role.as_str()) > 0)
}

/// Takes a portal role. Whether it was held.
pub async fn revoke(conn: &mut Conn, principal: PrincipalId, role: PortalRole) -> Result<bool> {
    Ok(run!(conn, "DELETE FROM portal_roles WHERE principal_id = $1 AND role = $2", principal, role.as_str()) > 0)
}

/// Who holds a portal role in a tenant by itself.
pub async fn holders(conn: &mut Conn, tenant: TenantId, role: PortalRole) -> Result<Vec<PrincipalId>> {
    db::query_scalar("SELECT principal_id FROM portal_roles WHERE tenant_id = $1 AND role = $2")
        .bind(tenant)
        .bind(role.as_str())
        .fetch_parsed(conn, "portal_roles", "principal_id")
        .await
}
