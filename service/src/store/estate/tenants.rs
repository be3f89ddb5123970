//! Tenants, their domains, their preset rings.

use tenantry_model::id::{TenantId, UpdateRingId};
use tenantry_model::tenancy::Tenant;
use tenantry_model::text::DomainName;

use crate::error::Result;
use crate::store::base::Column;
use crate::store::db::{self, Conn, QueryBuilder};

/// A tenant to be inserted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTenant {
    /// Who it is.
    pub tenant: Tenant,
    /// The first group of its ticket numbers.
    pub ticket_prefix: String,
    /// Its verified domains.
    pub domains: Vec<DomainName>,
}

/// A preset ring to be inserted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRing {
    /// Its id.
    pub id: UpdateRingId,
    /// Whose it is.
    pub customer: TenantId,
    /// Its name.
    pub name: &'static str,
    /// Where it stands in the order of updates.
    pub order: u8,
}

/// Inserts tenants with their domains.
pub async fn insert(conn: &mut Conn, tenants: &[NewTenant]) -> Result<()> {
    const HEAD: &str = "INSERT INTO tenants (id, display_name, is_partner, is_customer, ticket_prefix)";
    QueryBuilder::insert(conn, HEAD, tenants, "", |row, NewTenant { tenant, ticket_prefix, .. }| {
        row.push_bind(tenant.id.to_string())
            .push_bind(tenant.display_name.clone())
            .push_bind(i64::from(tenant.is_partner))
            .push_bind(i64::from(tenant.is_customer))
            .push_bind(ticket_prefix.clone());
    })
    .await?;
    let domains: Vec<(TenantId, &DomainName)> =
        tenants.iter().flat_map(|new| new.domains.iter().map(|domain| (new.tenant.id, domain))).collect();
    insert_domains(conn, &domains).await
}

/// Inserts domains.
pub async fn insert_domains(conn: &mut Conn, domains: &[(TenantId, &DomainName)]) -> Result<()> {
    QueryBuilder::insert(conn, "INSERT INTO tenant_domains (domain, tenant_id)", domains, "", |row, (tenant, domain)| {
        row.push_bind(domain.as_str().to_owned()).push_bind(tenant.to_string());
    })
    .await
}

/// Inserts rings.
pub async fn insert_rings(conn: &mut Conn, rings: &[NewRing]) -> Result<()> {
    QueryBuilder::insert(conn, "INSERT INTO update_rings (id, customer_id, name, ring_order, built_in)", rings, "", |row, ring| {
        row.push_bind(ring.id.to_string())
            .push_bind(ring.customer.to_string())
            .push_bind(ring.name)
            .push_bind(i64::from(ring.order))
            .push_bind(1_i64);
    })
    .await
}

/// Whether a tenant has this prefix already.
pub async fn has_prefix(conn: &mut Conn, prefix: &str) -> Result<bool> {
    let query = db::query_scalar::<i64>("SELECT COUNT(*) FROM tenants WHERE ticket_prefix = $1");
    Ok(query.bind(prefix.to_owned()).fetch_one(conn).await? > 0)
}

/// Renames a tenant. Whether there is one.
pub async fn rename(conn: &mut Conn, tenant: TenantId, display_name: &str) -> Result<bool> {
    Ok(run!(conn, "UPDATE tenants SET display_name = $1 WHERE id = $2", display_name.to_owned(), tenant.to_string()) > 0)
}

/// How many tenants there are.
pub async fn count(conn: &mut Conn) -> Result<i64> {
    Ok(db::query_scalar("SELECT COUNT(*) FROM tenants").fetch_one(conn).await?)
}

/// The tenant that a domain belongs to.
pub async fn of_domain(conn: &mut Conn, domain: &DomainName) -> Result<Option<TenantId>> {
    let id: Option<String> = db::query_scalar("SELECT tenant_id FROM tenant_domains WHERE domain = $1")
        .bind(domain.as_str().to_owned())
        .fetch_optional(conn)
        .await?;
    id.map(|id| id.parse().column("tenant_domains", "tenant_id", domain.as_str())).transpose()
}
