//! Customers, as their partners and their own staff are told of them.

use std::collections::HashMap;

use tenantry_model::id::TenantId;
use tenantry_model::tenancy::OfflineTerms;
use tenantry_model::time::Timestamp;

use crate::error::Result;
use crate::store::column::Column;
use crate::store::db::{self, Conn, QueryBuilder};
use crate::store::relationships::offline;

/// A customer as its partner, or its own staff, are told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerFacts {
    pub id: TenantId,
    pub display_name: String,
    /// What may be kept of it without contact; the preset for its own staff.
    pub offline: OfflineTerms,
    /// Since when it is a customer; none for its own staff.
    pub established_at: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct CustomerRow {
    id: String,
    display_name: String,
    offline_allowed: Option<i64>,
    offline_days: Option<i64>,
    established_at: Option<i64>,
}

impl CustomerRow {
    fn parse(self) -> Result<CustomerFacts> {
        let terms = match (self.offline_allowed, self.offline_days) {
            (Some(allowed), Some(days)) => offline(allowed, days).column("relationships", "offline_days", &self.id)?,
            _ => OfflineTerms::default(),
        };
        Ok(CustomerFacts {
            id: self.id.parse().column("tenants", "id", &self.id)?,
            display_name: self.display_name,
            offline: terms,
            established_at: self.established_at.map(Timestamp::from_micros),
        })
    }
}

/// Facts of these customers, as staff of `own` are told of them; those that do not exist are missing.
pub async fn facts(conn: &mut Conn, own: TenantId, ids: &[TenantId]) -> Result<HashMap<TenantId, CustomerFacts>> {
    let mut query = QueryBuilder::new(
        "SELECT t.id, t.display_name, r.offline_allowed, r.offline_days, r.established_at FROM tenants t
         LEFT JOIN relationships r ON r.partner_id = ",
    );
    query.push_bind(own).push(" AND r.customer_id = t.id AND r.status = 'active' WHERE t.id IN ");
    let rows: Vec<CustomerRow> = query.fetch_in(conn, ids, "").await?;
    rows.into_iter().map(|row| row.parse().map(|facts| (facts.id, facts))).collect()
}

/// Ids of all customers with an active relationship to this partner.
pub async fn active_customers(conn: &mut Conn, partner: TenantId) -> Result<Vec<TenantId>> {
    db::query_scalar("SELECT customer_id FROM relationships WHERE partner_id = $1 AND status = 'active'")
        .bind(partner)
        .fetch_parsed(conn, "relationships", "customer_id")
        .await
}
