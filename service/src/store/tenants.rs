//! Tenants and their domains.

use std::collections::HashMap;

use tenantry_model::id::TenantId;
use tenantry_model::tenancy::Tenant;
use tenantry_model::text::DomainName;
use tenantry_model::time::Timestamp;

use crate::error::Result;
use crate::store::change_log::Horizon;
use crate::store::column::{Column, by_first};
use crate::store::db::{self, Conn, QueryBuilder};

#[derive(sqlx::FromRow)]
struct TenantRow {
    id: String,
    display_name: String,
    is_partner: i64,
    is_customer: i64,
    rights_epoch: i64,
}

impl TenantRow {
    fn parse(self) -> Result<KnownTenant> {
        let tenant = Tenant {
            id: self.id.parse().column("tenants", "id", &self.id)?,
            display_name: self.display_name,
            is_partner: self.is_partner != 0,
            is_customer: self.is_customer != 0,
        };
        Ok(KnownTenant { tenant, rights_epoch: self.rights_epoch })
    }
}

/// A tenant and the number that its users' compiled rights must carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownTenant {
    pub tenant: Tenant,
    /// Raised with every change that may alter what its users may see.
    pub rights_epoch: i64,
}

/// A tenant and the end of the log, in one statement and so of one snapshot, inside a transaction or outside.
pub(super) async fn find_with_horizon(conn: &mut Conn, id: TenantId) -> Result<Option<(KnownTenant, Horizon)>> {
    #[derive(sqlx::FromRow)]
    struct Row {
        #[sqlx(flatten)]
        tenant: TenantRow,
        seq: Option<i64>,
        at: Option<i64>,
    }
    let row: Option<Row> = db::query_as(
        "SELECT t.id, t.display_name, t.is_partner, t.is_customer, t.rights_epoch, c.seq, c.at
         FROM tenants t LEFT JOIN (SELECT seq, at FROM changes ORDER BY seq DESC LIMIT 1) c ON 1 = 1 WHERE t.id = $1",
    )
    .bind(id)
    .fetch_optional(conn)
    .await?;
    row.map(|Row { tenant, seq, at }| {
        let horizon = seq.zip(at).map(|(seq, at)| Horizon { seq, at: Timestamp::from_micros(at) });
        Ok((tenant.parse()?, horizon.unwrap_or_default()))
    })
    .transpose()
}

pub async fn find(conn: &mut Conn, id: TenantId) -> Result<Option<KnownTenant>> {
    let row: Option<TenantRow> = db::query_as("SELECT id, display_name, is_partner, is_customer, rights_epoch FROM tenants WHERE id = $1")
        .bind(id)
        .fetch_optional(conn)
        .await?;
    row.map(TenantRow::parse).transpose()
}

/// The names of these tenants; those that do not exist are missing.
pub async fn names(conn: &mut Conn, ids: &[TenantId]) -> Result<HashMap<TenantId, String>> {
    let query = QueryBuilder::new("SELECT id, display_name FROM tenants WHERE id IN ");
    let rows: Vec<(String, String)> = query.fetch_in(conn, ids, "").await?;
    rows.into_iter().map(|(id, name)| Ok((id.parse().column("tenants", "id", &id)?, name))).collect()
}

/// The verified domains of these tenants, in order of their names.
pub async fn domains(conn: &mut Conn, ids: &[TenantId]) -> Result<HashMap<TenantId, Vec<DomainName>>> {
    let query = QueryBuilder::new("SELECT tenant_id, domain FROM tenant_domains WHERE tenant_id IN ");
    let rows = query.fetch_in(conn, ids, " ORDER BY tenant_id, domain").await?;
    by_first(rows, "tenant_domains", ["tenant_id", "domain"])
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTenant {
    pub tenant: Tenant,
    /// The first group of its ticket numbers.
    pub ticket_prefix: String,
    pub domains: Vec<DomainName>,
}

pub async fn insert(conn: &mut Conn, tenants: &[NewTenant]) -> Result<()> {
    const HEAD: &str = "INSERT INTO tenants (id, display_name, is_partner, is_customer, ticket_prefix)";
    QueryBuilder::insert(conn, HEAD, tenants, "", |row, NewTenant { tenant, ticket_prefix, .. }| {
        row.push_bind(tenant.id)
            .push_bind(&tenant.display_name)
            .push_bind(tenant.is_partner)
            .push_bind(tenant.is_customer)
            .push_bind(ticket_prefix);
    })
    .await?;
    let domains: Vec<(TenantId, &DomainName)> =
        tenants.iter().flat_map(|new| new.domains.iter().map(|domain| (new.tenant.id, domain))).collect();
    insert_domains(conn, &domains).await
}

pub async fn insert_domains(conn: &mut Conn, domains: &[(TenantId, &DomainName)]) -> Result<()> {
    QueryBuilder::insert(conn, "INSERT INTO tenant_domains (domain, tenant_id)", domains, "", |row, (tenant, domain)| {
        row.push_bind(*domain).push_bind(tenant);
    })
    .await
}

pub async fn has_prefix(conn: &mut Conn, prefix: &str) -> Result<bool> {
    let query = db::query_scalar::<i64>("SELECT COUNT(*) FROM tenants WHERE ticket_prefix = $1");
    Ok(query.bind(prefix).fetch_one(conn).await? > 0)
}

/// Renames a tenant. Whether there is one.
pub async fn rename(conn: &mut Conn, tenant: TenantId, display_name: &str) -> Result<bool> {
    Ok(run!(conn, "UPDATE tenants SET display_name = $1 WHERE id = $2", display_name, tenant) > 0)
}

pub async fn count(conn: &mut Conn) -> Result<i64> {
    Ok(db::query_scalar("SELECT COUNT(*) FROM tenants").fetch_one(conn).await?)
}

pub async fn of_domain(conn: &mut Conn, domain: &DomainName) -> Result<Option<TenantId>> {
    let id: Option<String> =
        db::query_scalar("SELECT tenant_id FROM tenant_domains WHERE domain = $1").bind(domain).fetch_optional(conn).await?;
    id.map(|id| id.parse().column("tenant_domains", "tenant_id", domain.as_str())).transpose()
}
