//! What ties a customer to a partner, while it is active.

use tenantry_model::id::{RelationshipId, TenantId};
use tenantry_model::permission::PermissionSet;
use tenantry_model::tenancy::{ChangeControl, OfflineTerms};
use tenantry_model::text::OfflineDays;
use tenantry_model::time::Timestamp;

use crate::error::Result;
use crate::store::column::{self, Column};
use crate::store::db::{self, Conn, QueryBuilder};

const TABLE: &str = "relationships";

const COLUMNS: &str = "SELECT r.id, r.partner_id, p.display_name AS partner_name, r.customer_id, c.display_name AS customer_name, \
                       r.established_at, r.ceiling, r.manual_events, r.offline_allowed, r.offline_days, r.version \
                       FROM relationships r JOIN tenants p ON p.id = r.partner_id JOIN tenants c ON c.id = r.customer_id";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relationship {
    pub id: RelationshipId,
    pub partner: TenantId,
    pub partner_name: String,
    pub customer: TenantId,
    pub customer_name: String,
    pub established_at: Timestamp,
    /// The most that any role of the partner may hold (A9).
    pub ceiling: PermissionSet,
    /// Which of the partner's changes wait for approval (R21).
    pub change_control: ChangeControl,
    /// What may be kept off line (A28).
    pub offline: OfflineTerms,
    pub version: u64,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    partner_id: String,
    partner_name: String,
    customer_id: String,
    customer_name: String,
    established_at: i64,
    ceiling: i64,
    manual_events: i64,
    offline_allowed: i64,
    offline_days: i64,
    version: i64,
}

impl Row {
    fn parse(self) -> Result<Relationship> {
        let id = &self.id;
        Ok(Relationship {
            id: id.parse().column(TABLE, "id", id)?,
            partner: self.partner_id.parse().column(TABLE, "partner_id", id)?,
            partner_name: self.partner_name,
            customer: self.customer_id.parse().column(TABLE, "customer_id", id)?,
            customer_name: self.customer_name,
            established_at: Timestamp::from_micros(self.established_at),
            ceiling: PermissionSet::from_bits(self.ceiling),
            change_control: ChangeControl::from_bits(self.manual_events),
            offline: offline(self.offline_allowed, self.offline_days).column(TABLE, "offline_days", id)?,
            version: u64::try_from(self.version).column(TABLE, "version", id)?,
        })
    }
}

/// The offline terms of two columns.
pub(super) fn offline(allowed: i64, days: i64) -> Result<OfflineTerms, String> {
    let days = u16::try_from(days).map_err(|error| error.to_string())?;
    Ok(OfflineTerms { allowed: allowed != 0, days: OfflineDays::try_from(days).map_err(|error| error.to_string())? })
}

pub async fn active(conn: &mut Conn, partner: TenantId, customer: TenantId) -> Result<Option<Relationship>> {
    let mut query = QueryBuilder::new(COLUMNS);
    query.push(" WHERE r.status = 'active' AND r.partner_id = ").push_bind(partner);
    query.push(" AND r.customer_id = ").push_bind(customer);
    query.build_query_as::<Row>().fetch_optional(conn).await?.map(Row::parse).transpose()
}

pub async fn of_customer(conn: &mut Conn, customer: TenantId) -> Result<Vec<Relationship>> {
    let mut query = QueryBuilder::new(COLUMNS);
    query.push(" WHERE r.status = 'active' AND r.customer_id = ").push_bind(customer);
    query.build_query_as::<Row>().fetch_all(conn).await?.into_iter().map(Row::parse).collect()
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRelationship {
    pub id: RelationshipId,
    pub partner: TenantId,
    pub customer: TenantId,
    pub established_at: Timestamp,
    /// The most that any role of the partner may hold (A9).
    pub ceiling: PermissionSet,
    /// Which of the partner's changes wait for approval (R21).
    pub change_control: ChangeControl,
    /// What may be kept off line (A28).
    pub offline: OfflineTerms,
}

/// Delegates nothing yet.
pub async fn insert(conn: &mut Conn, new: &NewRelationship) -> Result<()> {
    run!(
        conn,
        "INSERT INTO relationships (id, partner_id, customer_id, status, established_at, ceiling, manual_events, offline_allowed,
                                    offline_days)
         VALUES ($1, $2, $3, 'active', $4, $5, $6, $7, $8)",
        new.id,
        new.partner,
        new.customer,
        new.established_at,
        new.ceiling.to_bits(),
        new.change_control.to_bits(),
        new.offline.allowed,
        i64::from(new.offline.days.days()),
    );
    Ok(())
}

pub async fn set_ceiling(conn: &mut Conn, relationship: RelationshipId, ceiling: PermissionSet) -> Result<()> {
    run!(conn, "UPDATE relationships SET ceiling = $1 WHERE id = $2", ceiling.to_bits(), relationship);
    Ok(())
}

pub async fn set_offline(conn: &mut Conn, relationship: RelationshipId, offline: OfflineTerms) -> Result<()> {
    run!(
        conn,
        "UPDATE relationships SET offline_allowed = $1, offline_days = $2 WHERE id = $3",
        offline.allowed,
        i64::from(offline.days.days()),
        relationship,
    );
    Ok(())
}

/// Ends a relationship. `by` is `partner` or `customer`.
pub async fn end(conn: &mut Conn, relationship: RelationshipId, at: Timestamp, by: &'static str) -> Result<()> {
    run!(conn, "UPDATE relationships SET status = 'ended', ended_at = $1, ended_by = $2 WHERE id = $3", at, by, relationship,);
    Ok(())
}

pub async fn set_change_control(conn: &mut Conn, id: RelationshipId, control: ChangeControl) -> Result<()> {
    run!(conn, "UPDATE relationships SET manual_events = $1 WHERE id = $2", control.to_bits(), id);
    Ok(())
}

/// Raises the version. Answers the new one.
pub async fn raise_version(conn: &mut Conn, id: RelationshipId) -> Result<u64> {
    column::raise_version(conn, "relationships", id).await
}
