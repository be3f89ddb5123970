//! What the tables say about one user's rights, raw: [`crate::domain::rights`] compiles it.

use std::collections::HashMap;

use tenantry_model::access::Grant;
use tenantry_model::id::{AssignmentId, PrincipalId, RelationshipId, RoomGroupId, RoomId, TenantId};
use tenantry_model::permission::PermissionSet;
use tenantry_model::role::Scope;
use tenantry_model::tenancy::{PortalRole, UserKey};

use crate::error::Result;
use crate::store::column::{Column, by_first};
use crate::store::db::{self, Conn, QueryBuilder};

/// The user, every group around them, their groups' groups included: the text of every statement here begins with it.
macro_rules! subject {
    ($rest:literal) => {
        concat!(
            "WITH RECURSIVE subject (id) AS (
                 SELECT $1 UNION SELECT m.group_id FROM group_members m JOIN subject s ON m.member_id = s.id
             ) ",
            $rest
        )
    };
}

/// A user as the directory data knows them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KnownUser {
    pub display_name: Option<String>,
    /// Every security group that they are in, nested ones included.
    pub groups: Vec<PrincipalId>,
    /// The portal roles that tables grant; Global Administrator comes from the token alone.
    pub portal_roles: Vec<PortalRole>,
}

/// Reads what is known of a user; of one that is not known, nothing. `as_customer`: whether their organisation's own roles count (A37).
pub async fn user(conn: &mut Conn, user: UserKey, as_customer: bool) -> Result<KnownUser> {
    let (id, tenant) = (user.user_id, user.tenant_id);
    let query = db::query_scalar("SELECT display_name FROM principals WHERE id = $1 AND tenant_id = $2 AND kind = 'user'");
    let display_name: Option<String> = query.bind(id).bind(tenant).fetch_optional(conn).await?;
    if display_name.is_none() {
        return Ok(KnownUser::default());
    }
    let groups = db::query_scalar(subject!("SELECT id FROM subject WHERE id <> $1"));
    let groups = groups.bind(id).fetch_parsed(conn, "group_members", "group_id").await?;
    // R55: whoever holds the customer's built-in administrator role administers it.
    let roles = db::query_scalar(subject!(
        "SELECT role FROM portal_roles WHERE tenant_id = $2 AND principal_id IN (SELECT id FROM subject)
         UNION SELECT r.built_in FROM roles r JOIN assignments a ON a.role_id = r.id JOIN assignment_members m ON m.assignment_id = a.id
         WHERE r.customer_id = $2 AND r.partner_id IS NULL AND r.built_in = 'managed_service_administrator'
           AND m.principal_id IN (SELECT id FROM subject) AND $3 = 1
         ORDER BY 1"
    ));
    let portal_roles = roles.bind(id).bind(tenant).bind(i64::from(as_customer)).fetch_parsed(conn, "portal_roles", "role").await?;
    Ok(KnownUser { display_name, groups, portal_roles })
}

/// The assignments that name a user at one customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerGrants {
    pub customer: TenantId,
    /// Whether they are the customer's own roles, rather than the partner's (R44).
    pub own: bool,
    pub grants: Vec<Grant>,
}

#[derive(sqlx::FromRow)]
struct GrantRow {
    id: String,
    scope_all: i64,
    customer_id: String,
    own: i64,
    permissions: i64,
    principal_id: String,
}

/// Every assignment that names the user or one of their groups: of roles that their tenant holds as a partner, and of its own roles.
pub async fn grants(conn: &mut Conn, user: UserKey) -> Result<Vec<CustomerGrants>> {
    let (id, tenant) = (user.user_id, user.tenant_id);
    let rows: Vec<GrantRow> = db::query_as(subject!(
        "SELECT a.id, a.scope_all, r.customer_id, CASE WHEN r.partner_id IS NULL THEN 1 ELSE 0 END AS own, r.permissions, m.principal_id
         FROM assignment_members m JOIN assignments a ON a.id = m.assignment_id JOIN roles r ON r.id = a.role_id
         WHERE m.principal_id IN (SELECT id FROM subject)
           AND (r.partner_id = $2 OR (r.partner_id IS NULL AND r.customer_id = $2))
         ORDER BY r.customer_id, own, a.id"
    ))
    .bind(id)
    .bind(tenant)
    .fetch_all(&mut *conn)
    .await?;
    if rows.is_empty() {
        return Ok(vec![]);
    }
    let mut rooms: HashMap<AssignmentId, Vec<RoomId>> = HashMap::new();
    let mut groups: HashMap<AssignmentId, Vec<RoomGroupId>> = HashMap::new();
    if rows.iter().any(|row| row.scope_all == 0) {
        let named = db::query_as(subject!(
            "SELECT DISTINCT s.assignment_id, s.room_id FROM assignment_rooms s JOIN assignment_members m ON m.assignment_id = s.assignment_id
             WHERE m.principal_id IN (SELECT id FROM subject)"
        ));
        rooms = by_first(named.bind(id).fetch_all(conn).await?, "assignment_rooms", ["assignment_id", "room_id"])?;
        let named = db::query_as(subject!(
            "SELECT DISTINCT s.assignment_id, s.group_id FROM assignment_groups s JOIN assignment_members m ON m.assignment_id = s.assignment_id
             WHERE m.principal_id IN (SELECT id FROM subject)"
        ));
        groups = by_first(named.bind(id).fetch_all(conn).await?, "assignment_groups", ["assignment_id", "group_id"])?;
    }
    let mut found: Vec<CustomerGrants> = Vec::new();
    for row in rows {
        let customer: TenantId = row.customer_id.parse().column("roles", "customer_id", &row.customer_id)?;
        let assignment: AssignmentId = row.id.parse().column("assignments", "id", &row.id)?;
        let member: PrincipalId = row.principal_id.parse().column("assignment_members", "principal_id", &row.id)?;
        let own = row.own != 0;
        if found.last().is_none_or(|last| (last.customer, last.own) != (customer, own)) {
            found.push(CustomerGrants { customer, own, grants: vec![] });
        }
        let Some(place) = found.last_mut() else { continue };
        if let Some(same) = place.grants.iter_mut().find(|grant| grant.assignment == assignment) {
            same.members.push(member);
            continue;
        }
        let scope = if row.scope_all != 0 {
            Scope::All
        } else {
            Scope::Some { rooms: rooms.remove(&assignment).unwrap_or_default(), groups: groups.remove(&assignment).unwrap_or_default() }
        };
        place.grants.push(Grant { assignment, permissions: PermissionSet::from_bits(row.permissions), members: vec![member], scope });
    }
    Ok(found)
}

/// What a customer handed to a partner, while the relationship is active.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delegated {
    /// The most that any role of the partner may hold (A9).
    pub ceiling: PermissionSet,
    pub scope: Scope,
}

/// What these customers handed to the partner; those without an active relationship are missing.
pub async fn delegations(conn: &mut Conn, partner: TenantId, customers: &[TenantId]) -> Result<HashMap<TenantId, Delegated>> {
    let mut query =
        QueryBuilder::new("SELECT id, customer_id, ceiling, all_rooms FROM relationships WHERE status = 'active' AND partner_id = ");
    query.push_bind(partner).push(" AND customer_id IN ");
    let rows: Vec<(String, String, i64, i64)> = query.fetch_in(conn, customers, "").await?;
    let ids: Vec<&String> = rows.iter().filter(|(.., all)| *all == 0).map(|(id, ..)| id).collect();
    let query = QueryBuilder::new("SELECT relationship_id, room_id FROM relationship_rooms WHERE relationship_id IN ");
    let rooms = query.fetch_in(conn, &ids, "").await?;
    let mut rooms: HashMap<RelationshipId, Vec<RoomId>> = by_first(rooms, "relationship_rooms", ["relationship_id", "room_id"])?;
    let query = QueryBuilder::new("SELECT relationship_id, group_id FROM relationship_groups WHERE relationship_id IN ");
    let groups = query.fetch_in(conn, &ids, "").await?;
    let mut groups: HashMap<RelationshipId, Vec<RoomGroupId>> = by_first(groups, "relationship_groups", ["relationship_id", "group_id"])?;
    let delegated = rows.into_iter().map(|(id, customer, ceiling, all)| {
        let relationship = id.parse().column("relationships", "id", &id)?;
        let scope = if all != 0 {
            Scope::All
        } else {
            Scope::Some { rooms: rooms.remove(&relationship).unwrap_or_default(), groups: groups.remove(&relationship).unwrap_or_default() }
        };
        let customer = customer.parse().column("relationships", "customer_id", &id)?;
        Ok((customer, Delegated { ceiling: PermissionSet::from_bits(ceiling), scope }))
    });
    delegated.collect()
}

/// The rooms that each of these groups holds now (A20), by the customer that it is of; groups without rooms are missing.
pub async fn rooms_of_groups(conn: &mut Conn, groups: &[RoomGroupId]) -> Result<HashMap<(TenantId, RoomGroupId), Vec<RoomId>>> {
    let query = QueryBuilder::new(
        "SELECT g.customer_id, m.group_id, m.room_id FROM room_group_rooms m JOIN room_groups g ON g.id = m.group_id WHERE m.group_id IN ",
    );
    let rows: Vec<(String, String, String)> = query.fetch_in(conn, groups, "").await?;
    let mut found: HashMap<(TenantId, RoomGroupId), Vec<RoomId>> = HashMap::new();
    for (customer, group, room) in rows {
        let customer = customer.parse().column("room_groups", "customer_id", &group)?;
        let id = group.parse().column("room_group_rooms", "group_id", &group)?;
        found.entry((customer, id)).or_default().push(room.parse().column("room_group_rooms", "room_id", &group)?);
    }
    Ok(found)
}
