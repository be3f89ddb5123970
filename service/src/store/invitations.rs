//! Invitations that nobody has answered.

use tenantry_model::id::{InvitationId, PrincipalId, TenantId};
use tenantry_model::permission::PermissionSet;
use tenantry_model::tenancy::{ChangeControl, OfflineTerms};
use tenantry_model::text::DomainName;
use tenantry_model::time::Timestamp;

use crate::error::Result;
use crate::store::column::Column;
use crate::store::db::{self, Conn, QueryBuilder};
use crate::store::relationships::offline;

const TABLE: &str = "invitations";

const COLUMNS: &str = "SELECT i.id, i.customer_id, c.display_name AS customer_name, i.partner_id, p.display_name AS partner_name, i.domain, \
                       i.created_at, i.expires_at, i.manual_events, i.ceiling, i.offline_allowed, i.offline_days, i.created_by, i.expiry_recorded \
                       FROM invitations i JOIN tenants c ON c.id = i.customer_id JOIN tenants p ON p.id = i.partner_id";

/// An invitation that nobody has answered; it may have expired (A2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredInvitation {
    pub id: InvitationId,
    pub customer: TenantId,
    pub customer_name: String,
    pub partner: TenantId,
    pub partner_name: String,
    /// The domain that it is addressed to (R18).
    pub domain: DomainName,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub change_control: ChangeControl,
    /// The most that any role of the partner could hold.
    pub ceiling: PermissionSet,
    pub offline: OfflineTerms,
    pub created_by: Option<PrincipalId>,
    pub expiry_recorded: bool,
}

impl StoredInvitation {
    /// Whether it has expired (A2): computed, never stored.
    pub fn is_expired(&self, now: Timestamp) -> bool {
        self.expires_at <= now
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    customer_id: String,
    customer_name: String,
    partner_id: String,
    partner_name: String,
    domain: String,
    created_at: i64,
    expires_at: i64,
    manual_events: i64,
    ceiling: i64,
    offline_allowed: i64,
    offline_days: i64,
    created_by: Option<String>,
    expiry_recorded: i64,
}

impl Row {
    fn parse(self) -> Result<StoredInvitation> {
        let id = &self.id;
        Ok(StoredInvitation {
            id: id.parse().column(TABLE, "id", id)?,
            customer: self.customer_id.parse().column(TABLE, "customer_id", id)?,
            customer_name: self.customer_name,
            partner: self.partner_id.parse().column(TABLE, "partner_id", id)?,
            partner_name: self.partner_name,
            domain: self.domain.parse().column(TABLE, "domain", id)?,
            created_at: Timestamp::from_micros(self.created_at),
            expires_at: Timestamp::from_micros(self.expires_at),
            change_control: ChangeControl::from_bits(self.manual_events),
            ceiling: PermissionSet::from_bits(self.ceiling),
            offline: offline(self.offline_allowed, self.offline_days).column(TABLE, "offline_days", id)?,
            created_by: self.created_by.as_deref().map(str::parse).transpose().column(TABLE, "created_by", id)?,
            expiry_recorded: self.expiry_recorded != 0,
        })
    }
}

pub async fn find(conn: &mut Conn, id: InvitationId) -> Result<Option<StoredInvitation>> {
    let mut query = QueryBuilder::new(COLUMNS);
    query.push(" WHERE i.id = ").push_bind(id);
    query.build_query_as::<Row>().fetch_optional(conn).await?.map(Row::parse).transpose()
}

/// The invitation of this customer to this partner; there is at most one (A3).
pub async fn between(conn: &mut Conn, customer: TenantId, partner: TenantId) -> Result<Option<StoredInvitation>> {
    let mut query = QueryBuilder::new(COLUMNS);
    query.push(" WHERE i.customer_id = ").push_bind(customer).push(" AND i.partner_id = ").push_bind(partner);
    query.build_query_as::<Row>().fetch_optional(conn).await?.map(Row::parse).transpose()
}

/// All invitations that this customer sent, expired ones included (A2).
pub async fn of_customer(conn: &mut Conn, customer: TenantId) -> Result<Vec<StoredInvitation>> {
    let mut query = QueryBuilder::new(COLUMNS);
    query.push(" WHERE i.customer_id = ").push_bind(customer);
    query.build_query_as::<Row>().fetch_all(conn).await?.into_iter().map(Row::parse).collect()
}

/// The invitations to this partner that have not expired at `now` (A2).
pub async fn waiting(conn: &mut Conn, partner: TenantId, now: Timestamp) -> Result<Vec<StoredInvitation>> {
    let mut query = QueryBuilder::new(COLUMNS);
    query.push(" WHERE i.partner_id = ").push_bind(partner).push(" AND i.expires_at > ").push_bind(now);
    query.build_query_as::<Row>().fetch_all(conn).await?.into_iter().map(Row::parse).collect()
}

/// Those that have expired by `now` and of which the audit log does not say so yet, at most `most`, the first to expire first.
pub async fn expired_unrecorded(conn: &mut Conn, now: Timestamp, most: u32) -> Result<Vec<StoredInvitation>> {
    let mut query = QueryBuilder::new(COLUMNS);
    query.push(" WHERE i.expiry_recorded = 0 AND i.expires_at <= ").push_bind(now);
    query.push(" ORDER BY i.expires_at, i.id LIMIT ").push_bind(most);
    query.build_query_as::<Row>().fetch_all(conn).await?.into_iter().map(Row::parse).collect()
}

pub async fn set_expiry_recorded(conn: &mut Conn, id: InvitationId) -> Result<()> {
    run!(conn, "UPDATE invitations SET expiry_recorded = 1 WHERE id = $1", id);
    Ok(())
}

/// Away with it: accepted, denied (R33) or withdrawn (A3). Whether it was there.
pub async fn delete(conn: &mut Conn, id: InvitationId) -> Result<bool> {
    let id = id.to_string();
    run!(conn, "DELETE FROM invitation_rooms WHERE invitation_id = $1", &id);
    run!(conn, "DELETE FROM invitation_groups WHERE invitation_id = $1", &id);
    Ok(db::query("DELETE FROM invitations WHERE id = $1").bind(id).execute(conn).await? > 0)
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInvitation {
    pub id: InvitationId,
    pub customer: TenantId,
    pub partner: TenantId,
    pub domain: DomainName,
    pub created_at: Timestamp,
    /// When it expires (A2).
    pub expires_at: Timestamp,
    pub change_control: ChangeControl,
    /// The most that any role of the partner could hold (A9).
    pub ceiling: PermissionSet,
    /// What could be kept off line (A28).
    pub offline: OfflineTerms,
    pub created_by: Option<PrincipalId>,
}

/// Delegates nothing yet.
pub async fn insert(conn: &mut Conn, new: &NewInvitation) -> Result<()> {
    run!(
        conn,
        "INSERT INTO invitations (id, customer_id, partner_id, domain, created_at, expires_at, manual_events, ceiling, offline_allowed,
                                  offline_days, created_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        new.id,
        new.customer,
        new.partner,
        &new.domain,
        new.created_at,
        new.expires_at,
        new.change_control.to_bits(),
        new.ceiling.to_bits(),
        new.offline.allowed,
        i64::from(new.offline.days.days()),
        new.created_by,
    );
    Ok(())
}
