//! Invitations, as they are read and ended. [`crate::store::estate::relationships`] writes them.

use tenantry_model::id::{InvitationId, PrincipalId, RoomId, TenantId};
use tenantry_model::permission::PermissionSet;
use tenantry_model::tenancy::{ChangeControl, OfflineTerms};
use tenantry_model::text::DomainName;
use tenantry_model::time::Timestamp;

use crate::error::Result;
use crate::store::base::Column;
use crate::store::db::{self, Conn, QueryBuilder};
use crate::store::relationships::offline;

const TABLE: &str = "invitations";

const COLUMNS: &str = "SELECT i.id, i.customer_id, c.display_name AS customer_name, i.partner_id, p.display_name AS partner_name, i.domain, \
                       i.created_at, i.expires_at, i.manual_events, i.ceiling, i.offline_allowed, i.offline_days, i.created_by, \
                       (SELECT COUNT(*) FROM invitation_rooms r WHERE r.invitation_id = i.id) AS rooms \
                       FROM invitations i JOIN tenants c ON c.id = i.customer_id JOIN tenants p ON p.id = i.partner_id";

/// An invitation that nobody has answered; it may have expired (A2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredInvitation {
    /// Its id.
    pub id: InvitationId,
    /// Who invites.
    pub customer: TenantId,
    /// The customer's name.
    pub customer_name: String,
    /// Who is invited.
    pub partner: TenantId,
    /// The partner's name.
    pub partner_name: String,
    /// The domain that it is addressed to (R18).
    pub domain: DomainName,
    /// When it was sent.
    pub created_at: Timestamp,
    /// When it expires.
    pub expires_at: Timestamp,
    /// Which changes would wait for approval.
    pub change_control: ChangeControl,
    /// The most that any role of the partner could hold.
    pub ceiling: PermissionSet,
    /// What could be kept off line.
    pub offline: OfflineTerms,
    /// Who sent it.
    pub created_by: Option<PrincipalId>,
    /// How many rooms would be delegated.
    pub rooms: u32,
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
    rooms: i64,
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
            rooms: u32::try_from(self.rooms).column("invitation_rooms", "room_id", id)?,
        })
    }
}

/// The invitation with this id.
pub async fn find(conn: &mut Conn, id: InvitationId) -> Result<Option<StoredInvitation>> {
    let mut query = QueryBuilder::new(COLUMNS);
    query.push(" WHERE i.id = ").push_bind(id.to_string());
    query.build_query_as::<Row>().fetch_optional(conn).await?.map(Row::parse).transpose()
}

/// The invitation of this customer to this partner; there is at most one (A3).
pub async fn between(conn: &mut Conn, customer: TenantId, partner: TenantId) -> Result<Option<StoredInvitation>> {
    let mut query = QueryBuilder::new(COLUMNS);
    query.push(" WHERE i.customer_id = ").push_bind(customer.to_string()).push(" AND i.partner_id = ").push_bind(partner.to_string());
    query.build_query_as::<Row>().fetch_optional(conn).await?.map(Row::parse).transpose()
}

/// All invitations that this customer sent, expired ones included (A2).
pub async fn of_customer(conn: &mut Conn, customer: TenantId) -> Result<Vec<StoredInvitation>> {
    let mut query = QueryBuilder::new(COLUMNS);
    query.push(" WHERE i.customer_id = ").push_bind(customer.to_string());
    query.build_query_as::<Row>().fetch_all(conn).await?.into_iter().map(Row::parse).collect()
}

/// The rooms that it would delegate.
pub async fn rooms(conn: &mut Conn, id: InvitationId) -> Result<Vec<RoomId>> {
    let rooms: Vec<String> = db::query_scalar("SELECT room_id FROM invitation_rooms WHERE invitation_id = $1 ORDER BY room_id")
        .bind(id.to_string())
        .fetch_all(conn)
        .await?;
    rooms.iter().map(|room| room.parse().column("invitation_rooms", "room_id", room)).collect()
}

/// Away with it: accepted, denied (R33) or withdrawn (A3). Whether it was there.
pub async fn delete(conn: &mut Conn, id: InvitationId) -> Result<bool> {
    let id = id.to_string();
    db::query("DELETE FROM invitation_rooms WHERE invitation_id = $1").bind(id.clone()).execute(&mut *conn).await?;
    Ok(db::query("DELETE FROM invitations WHERE id = $1").bind(id).execute(conn).await? > 0)
}
