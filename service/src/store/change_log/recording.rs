//! What a transaction records of its changes.

use std::collections::BTreeSet;

use tenantry_model::id::{PrincipalId, RoomId, TenantId};
use tenantry_model::sync::ROW_FOR;
use tenantry_model::tenancy::UserKey;
use tenantry_model::text::TicketNumber;

use crate::error::Result;
use crate::store::Tx;
use crate::store::change_log::audiences::Audience;
use crate::store::db::{self, QueryBuilder};

/// How many incidents that came into sight with some rooms are recorded one by one.
const MOST_GAINED: u32 = 500;

/// What kind of thing a row of the log says to look at again.
///
/// The log carries no data: sync reads the present state of whatever a row names. So a write must record **every** thing that looks
/// different to somebody afterwards, in the same transaction:
///
/// | written | record |
/// |---|---|
/// | a tenant's name, a relationship's offline terms | [`Change::customer`] |
/// | a role, an assignment or a room group itself: made, renamed, deleted | the same: lists of them are asked for anew |
/// | anything [`tenantry_model::room::Room`] shows: health and its causes, groups, ring, last seen, enrolment | [`Change::room`] |
/// | a room's name | [`Tx::record_room_renamed`]: the incidents that name the room, too |
/// | a room group's or ring's name | [`Change::room`] for each of its rooms |
/// | anything [`tenantry_model::incident::Incident`] shows, its thread and history too | [`Change::incident`] |
/// | an assignment's or a role's permissions, members, scope | [`Change::rights`] for each user, or for the tenant |
/// | a member of a group of people | the same, at every customer where the group, or one around it, is in an assignment |
/// | a relationship: made, ended, ceiling, delegated rooms | [`Change::rights`] for the partner's whole tenant |
/// | rooms of a room group (A20, A36) | [`Change::rights`] for each tenant whose assignments name the group or that it is delegated to, and [`Change::room`] for each room that came or went |
/// | a new room | [`Change::room`]: who reaches all rooms reaches it without a change of rights; [`Change::rights`] only where it also joined a delegation or a group |
/// | an invitation, its expiry too | [`Change::tenant`] for the partner and for the customer |
/// | rooms of an incident, where one goes, or where it had none | [`Change::rights`] for all tenants: who saw it by that room loses it, and only a reset says so to them alone |
/// | a portal role | [`Change::rights`] of that tenant, with the tenant itself as the customer |
/// | how far a user has read something, views that a user saved | [`Change::read_marks`]: their own desks alone look at it again |
///
/// Where rooms come to a group and none goes, it is [`Tx::record_rooms_gained`]: a sync then costs what came, and not the customer.
///
/// Where the rights of more than one user change, [`Change::lost_by`] says who may have lost the customer by it: only they are told that it is
/// gone. That is everybody who held anything there before, or who is in what was taken away; see [`Tx::audience`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// What is told of the customer itself.
    Customer,
    Room,
    Incident,
    /// A list of the tenant that is not synced, such as its invitations: its administrators are nudged to ask again.
    Tenant,
    /// What a user has read, and which views they have saved: of no customer, so that it is the user's own tenant that stands in its place.
    Marks,
    /// What somebody may see of the customer. Raises `tenants.rights_epoch`, so that it counts from the next request on.
    Rights,
}

impl ChangeKind {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Room => "room",
            Self::Incident => "incident",
            Self::Tenant => "tenant",
            Self::Marks => "marks",
            Self::Rights => "rights",
        }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        [Self::Customer, Self::Room, Self::Incident, Self::Tenant, Self::Marks, Self::Rights].into_iter().find(|kind| kind.as_str() == text)
    }
}

/// One row to be written to the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub customer: TenantId,
    pub kind: ChangeKind,
    pub entity: Option<String>,
    /// With [`ChangeKind::Rights`] and [`ChangeKind::Marks`]: whose users; none for the users of all tenants.
    pub tenant: Option<TenantId>,
    /// With the same: which user; none for all users of the tenant. Never a group: name its users, or none.
    pub principal: Option<PrincipalId>,
    /// With [`ChangeKind::Rights`]: who may have lost the customer by it; none for all whom it concerns.
    pub lost_by: Option<Audience>,
}

impl Change {
    const fn of(customer: TenantId, kind: ChangeKind) -> Self {
        Self { customer, kind, entity: None, tenant: None, principal: None, lost_by: None }
    }

    pub const fn customer(customer: TenantId) -> Self {
        Self::of(customer, ChangeKind::Customer)
    }

    pub fn room(customer: TenantId, room: RoomId) -> Self {
        Self { entity: Some(room.to_string()), ..Self::of(customer, ChangeKind::Room) }
    }

    pub fn incident(customer: TenantId, number: TicketNumber) -> Self {
        Self { entity: Some(number.to_string()), ..Self::of(customer, ChangeKind::Incident) }
    }

    pub const fn tenant(tenant: TenantId) -> Self {
        Self::of(tenant, ChangeKind::Tenant)
    }

    pub fn read_marks(user: UserKey) -> Self {
        Self { tenant: Some(user.tenant_id), principal: Some(user.user_id), ..Self::of(user.tenant_id, ChangeKind::Marks) }
    }

    pub fn rights(customer: TenantId, tenant: Option<TenantId>, principal: Option<PrincipalId>) -> Self {
        Self { tenant, principal, ..Self::of(customer, ChangeKind::Rights) }
    }

    /// A change of rights that took the customer from nobody but these.
    #[must_use]
    pub fn lost_by(self, audience: Audience) -> Self {
        Self { lost_by: Some(audience), ..self }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RightsChange {
    pub customer: TenantId,
    /// Whose users; none for the users of all tenants.
    pub tenant: Option<TenantId>,
    /// Which user; none for all of the tenant.
    pub principal: Option<PrincipalId>,
}

impl RightsChange {
    /// Whether it may have changed what this user sees.
    pub fn concerns(&self, tenant: TenantId, user: PrincipalId) -> bool {
        self.tenant.is_none_or(|it| it == tenant) && self.principal.is_none_or(|it| it == user)
    }
}

impl Tx {
    /// Writes one row of the log. See [`ChangeKind`] for what to record.
    pub async fn record(&mut self, change: Change) -> Result<()> {
        if self.unlogged {
            return Ok(());
        }
        run!(
            self.conn(),
            "INSERT INTO changes (at, customer_id, kind, entity, tenant_id, principal_id, audience) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            self.now().micros(),
            change.customer,
            change.kind.as_str(),
            &change.entity,
            change.tenant,
            change.principal,
            change.lost_by.map(Audience::number)
        );
        if change.kind == ChangeKind::Rights {
            self.raise_rights_epoch(change.customer, change.tenant).await?;
        }
        self.recorded = true;
        Ok(())
    }

    /// Writes many rows of the log at once. See [`ChangeKind`] for what to record.
    pub async fn record_all(&mut self, changes: &[Change]) -> Result<()> {
        if self.unlogged {
            return Ok(());
        }
        let at = self.now().micros();
        let (of_users, plain): (Vec<&Change>, Vec<&Change>) =
            changes.iter().partition(|change| matches!(change.kind, ChangeKind::Rights | ChangeKind::Marks));
        const HEAD: &str = "INSERT INTO changes (at, customer_id, kind, entity)";
        QueryBuilder::insert(self.conn(), HEAD, &plain, "", |row, change| {
            row.push_bind(at).push_bind(change.customer).push_bind(change.kind.as_str()).push_bind(&change.entity);
        })
        .await?;
        self.recorded |= !plain.is_empty();
        for change in of_users {
            self.record(change.clone()).await?;
        }
        Ok(())
    }

    /// Records a room whose name changed, and every incident that shows the name.
    pub async fn record_room_renamed(&mut self, customer: TenantId, room: RoomId) -> Result<()> {
        self.record(Change::room(customer, room)).await?;
        run!(
            self.conn(),
            "INSERT INTO changes (at, customer_id, kind, entity) SELECT $1, $2, 'incident', number FROM incident_rooms WHERE room_id = $3",
            self.now().micros(),
            customer,
            room
        );
        Ok(())
    }

    /// Records that people of these tenants may see these rooms now, which are recorded already, and see nothing less than before. So what they see more of are the
    /// rooms, the incidents in them, and, where it is all that they hold there, issues without rooms; of both what a cache keeps (A40). Answers whether it did: not where
    /// there is so much of it that sending the customer whole to these tenants costs less than telling everybody else of it.
    pub async fn record_rooms_gained(&mut self, customer: TenantId, tenants: &BTreeSet<TenantId>, rooms: &[RoomId]) -> Result<bool> {
        if self.unlogged || tenants.is_empty() {
            return Ok(true);
        }
        let since = self.now().minus(ROW_FOR);
        let kept = |query: &mut QueryBuilder| {
            query.push(" AND (i.status NOT IN ('resolved', 'closed') OR i.last_updated >= ").push_bind(since).push(") LIMIT ");
            query.push_bind(MOST_GAINED + 1);
        };
        let mut query =
            QueryBuilder::new("SELECT DISTINCT i.number FROM incident_rooms r JOIN incidents i ON i.number = r.number WHERE r.room_id IN ");
        query.push_keys(rooms);
        kept(&mut query);
        let mut numbers: Vec<String> = query.build_query_scalar().fetch_all(self.conn()).await?;
        let mut query = QueryBuilder::new("SELECT i.number FROM incidents i WHERE i.customer_id = ");
        query.push_bind(customer).push(" AND i.created_by_tenant IS NOT NULL");
        query.push(" AND NOT EXISTS (SELECT 1 FROM incident_rooms r WHERE r.number = i.number)");
        if !tenants.contains(&customer) {
            query.push(" AND i.created_by_tenant IN ").push_keys(&tenants.iter().collect::<Vec<_>>());
        }
        kept(&mut query);
        numbers.extend(query.build_query_scalar::<String>().fetch_all(self.conn()).await?);
        if numbers.len() > MOST_GAINED as usize {
            return Ok(false);
        }
        let mut changes: Vec<Change> =
            numbers.into_iter().map(|number| Change { entity: Some(number), ..Change::of(customer, ChangeKind::Incident) }).collect();
        changes.extend(tenants.iter().map(|tenant| Change::rights(customer, Some(*tenant), None).lost_by(Audience::NOBODY_BY_ROOMS)));
        self.record_all(&changes).await?;
        Ok(true)
    }

    async fn raise_rights_epoch(&mut self, customer: TenantId, tenant: Option<TenantId>) -> Result<()> {
        let query = match tenant {
            Some(tenant) => db::query("UPDATE tenants SET rights_epoch = rights_epoch + 1 WHERE id = $1").bind(tenant),
            None => db::query(
                "UPDATE tenants SET rights_epoch = rights_epoch + 1
                 WHERE id = $1 OR id IN (SELECT partner_id FROM relationships WHERE customer_id = $1)",
            )
            .bind(customer),
        };
        query.execute(self.conn()).await?;
        Ok(())
    }
}
