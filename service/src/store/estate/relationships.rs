//! Relationships, what they delegate, and invitations.

use tenantry_model::id::{InvitationId, PrincipalId, RelationshipId, RoomId, TenantId};
use tenantry_model::permission::PermissionSet;
use tenantry_model::tenancy::{ChangeControl, OfflineTerms};
use tenantry_model::text::DomainName;
use tenantry_model::time::Timestamp;

use crate::error::Result;
use crate::store::base::Column;
use crate::store::db::{self, Conn, QueryBuilder};

/// A relationship to be inserted, active.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRelationship {
    /// Its id.
    pub id: RelationshipId,
    /// The partner.
    pub partner: TenantId,
    /// The customer.
    pub customer: TenantId,
    /// Since when.
    pub established_at: Timestamp,
    /// The most that any role of the partner may hold (A9).
    pub ceiling: PermissionSet,
    /// What may be kept off line (A28).
    pub offline: OfflineTerms,
}

/// An invitation to be inserted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInvitation {
    /// Its id.
    pub id: InvitationId,
    /// Who invites.
    pub customer: TenantId,
    /// Who is invited.
    pub partner: TenantId,
    /// The domain it is addressed to.
    pub domain: DomainName,
    /// When it was sent.
    pub created_at: Timestamp,
    /// When it expires (A2).
    pub expires_at: Timestamp,
    /// Which changes would wait for approval.
    pub change_control: ChangeControl,
    /// The most that any role of the partner could hold (A9).
    pub ceiling: PermissionSet,
    /// What could be kept off line (A28).
    pub offline: OfflineTerms,
    /// Who sent it.
    pub created_by: Option<PrincipalId>,
}

/// Inserts a relationship.
pub async fn insert(conn: &mut Conn, new: &NewRelationship) -> Result<()> {
    run!(
        conn,
        "INSERT INTO relationships (id, partner_id, customer_id, status, established_at, ceiling, offline_allowed, offline_days)
         VALUES ($1, $2, $3, 'active', $4, $5, $6, $7)",
        new.id.to_string(),
        new.partner.to_string(),
        new.customer.to_string(),
        new.established_at.micros(),
        new.ceiling.to_bits(),
        i64::from(new.offline.allowed),
        i64::from(new.offline.days.days()),
    );
    Ok(())
}

/// The active relationship of the two.
pub async fn active(conn: &mut Conn, partner: TenantId, customer: TenantId) -> Result<Option<RelationshipId>> {
    let id: Option<String> =
        db::query_scalar("SELECT id FROM relationships WHERE partner_id = $1 AND customer_id = $2 AND status = 'active'")
            .bind(partner.to_string())
            .bind(customer.to_string())
            .fetch_optional(conn)
            .await?;
    id.map(|id| id.parse().column("relationships", "id", &id)).transpose()
}

/// Delegates more rooms.
pub async fn add_rooms(conn: &mut Conn, relationship: RelationshipId, rooms: &[RoomId]) -> Result<()> {
    let id = relationship.to_string();
    QueryBuilder::insert(conn, "INSERT INTO relationship_rooms (relationship_id, room_id)", rooms, "ON CONFLICT DO NOTHING", |row, room| {
        row.push_bind(id.clone()).push_bind(room.to_string());
    })
    .await
}

/// Delegates no room any more.
pub async fn clear_rooms(conn: &mut Conn, relationship: RelationshipId) -> Result<()> {
    run!(conn, "DELETE FROM relationship_rooms WHERE relationship_id = $1", relationship.to_string());
    Ok(())
}

/// Sets the ceiling.
pub async fn set_ceiling(conn: &mut Conn, relationship: RelationshipId, ceiling: PermissionSet) -> Result<()> {
    run!(conn, "UPDATE relationships SET ceiling = $1 WHERE id = $2", ceiling.to_bits(), relationship.to_string());
    Ok(())
}

/// Sets the offline terms.
pub async fn set_offline(conn: &mut Conn, relationship: RelationshipId, offline: OfflineTerms) -> Result<()> {
    run!(
        conn,
        "UPDATE relationships SET offline_allowed = $1, offline_days = $2 WHERE id = $3",
        i64::from(offline.allowed),
        i64::from(offline.days.days()),
        relationship.to_string(),
    );
    Ok(())
}

/// Ends a relationship. `by` is `partner` or `customer`.
pub async fn end(conn: &mut Conn, relationship: RelationshipId, at: Timestamp, by: &'static str) -> Result<()> {
    run!(
        conn,
        "UPDATE relationships SET status = 'ended', ended_at = $1, ended_by = $2 WHERE id = $3",
        at.micros(),
        by,
        relationship.to_string(),
    );
    Ok(())
}

/// Inserts an invitation with its rooms.
pub async fn invite(conn: &mut Conn, new: &NewInvitation, rooms: &[RoomId]) -> Result<()> {
    run!(
        conn,
        "INSERT INTO invitations (id, customer_id, partner_id, domain, created_at, expires_at, manual_events, ceiling, offline_allowed,
                                  offline_days, created_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        new.id.to_string(),
        new.customer.to_string(),
        new.partner.to_string(),
        new.domain.as_str().to_owned(),
        new.created_at.micros(),
        new.expires_at.micros(),
        new.change_control.to_bits(),
        new.ceiling.to_bits(),
        i64::from(new.offline.allowed),
        i64::from(new.offline.days.days()),
        new.created_by.map(|id| id.to_string()),
    );
    let id = new.id.to_string();
    QueryBuilder::insert(conn, "INSERT INTO invitation_rooms (invitation_id, room_id)", rooms, "", |row, room| {
        row.push_bind(id.clone()).push_bind(room.to_string());
    })
    .await
}
