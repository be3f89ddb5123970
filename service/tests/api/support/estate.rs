//! An estate, row by row. Changes are recorded as the writing side records them.

use tenantry_model::id::{PrincipalId, RoomGroupId, RoomId, TenantId};
use tenantry_model::incident::Severity;
use tenantry_model::permission::PermissionSet;
use tenantry_model::tenancy::{PortalRole, UserKey};
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;
use tenantry_service::store::db::{self, Conn};
use tenantry_service::store::{Change, Store, Tx};
use uuid::Uuid;

/// The same number makes the same id.
pub(crate) fn id(n: u128) -> Uuid {
    Uuid::from_u128(0x018f_0000_0000_7000_8000_0000_0000_0000 + n)
}

/// A ticket number of a tenant's prefix.
pub(crate) fn number(prefix: &str, n: u32) -> TicketNumber {
    format!("{prefix}-{n:06}").parse().unwrap()
}

/// An incident to be written.
#[derive(Debug, Clone)]
pub(crate) struct NewIncident {
    pub(crate) number: TicketNumber,
    pub(crate) customer: TenantId,
    pub(crate) rooms: Vec<RoomId>,
    pub(crate) severity: Severity,
    pub(crate) status: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) problem: &'static str,
    pub(crate) created_by: Option<TenantId>,
    pub(crate) at: Timestamp,
}

impl NewIncident {
    pub(crate) fn new(number: TicketNumber, customer: TenantId, rooms: &[RoomId], at: Timestamp) -> Self {
        Self {
            number,
            customer,
            rooms: rooms.to_vec(),
            severity: Severity::Important,
            status: "needs_action",
            kind: "camera_room",
            problem: "",
            created_by: None,
            at,
        }
    }
}

/// Writes rows, each call a transaction.
pub(crate) struct Estate {
    store: Store,
}

macro_rules! run {
    ($tx:expr, $sql:literal $(, $value:expr)* $(,)?) => {
        db::query($sql)$(.bind($value))*.execute($tx.conn()).await.unwrap()
    };
}

impl Estate {
    pub(crate) fn of(store: &Store) -> Self {
        Self { store: store.clone() }
    }

    pub(crate) async fn tx(&self) -> Tx {
        self.store.write().await.unwrap()
    }

    async fn commit(&self, mut tx: Tx, changes: impl IntoIterator<Item = Change>) {
        for change in changes {
            tx.record(change).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    pub(crate) async fn tenant(&self, n: u128, name: &str, prefix: &str, is_partner: bool, is_customer: bool) -> TenantId {
        let tenant = TenantId::from_uuid(id(n));
        let mut tx = self.tx().await;
        run!(
            tx,
            "INSERT INTO tenants (id, display_name, is_partner, is_customer, ticket_prefix) VALUES ($1, $2, $3, $4, $5)",
            tenant.to_string(),
            name,
            i64::from(is_partner),
            i64::from(is_customer),
            prefix
        );
        run!(
            tx,
            "INSERT INTO tenant_domains (domain, tenant_id) VALUES ($1, $2)",
            format!("{}.example", prefix.to_lowercase()),
            tenant.to_string()
        );
        tx.commit().await.unwrap();
        tenant
    }

    pub(crate) async fn principal(&self, tenant: TenantId, n: u128, name: &str, kind: &str) -> UserKey {
        let user_id = PrincipalId::from_uuid(id(n));
        let mut tx = self.tx().await;
        run!(
            tx,
            "INSERT INTO principals (id, tenant_id, kind, display_name) VALUES ($1, $2, $3, $4)",
            user_id.to_string(),
            tenant.to_string(),
            kind,
            name
        );
        tx.commit().await.unwrap();
        UserKey { tenant_id: tenant, user_id }
    }

    pub(crate) async fn user(&self, tenant: TenantId, n: u128, name: &str) -> UserKey {
        self.principal(tenant, n, name, "user").await
    }

    pub(crate) async fn member(&self, group: UserKey, member: UserKey) {
        let mut tx = self.tx().await;
        run!(tx, "INSERT INTO group_members (group_id, member_id) VALUES ($1, $2)", group.user_id.to_string(), member.user_id.to_string());
        self.commit(tx, [Change::rights(group.tenant_id, Some(group.tenant_id), None)]).await;
    }

    /// Into the group, or out of it.
    pub(crate) async fn set_member(&self, group: UserKey, member: UserKey, inside: bool) {
        let sql = if inside {
            "INSERT INTO group_members (group_id, member_id) VALUES ($1, $2) ON CONFLICT DO NOTHING"
        } else {
            "DELETE FROM group_members WHERE group_id = $1 AND member_id = $2"
        };
        let mut tx = self.tx().await;
        db::query(sql).bind(group.user_id.to_string()).bind(member.user_id.to_string()).execute(tx.conn()).await.unwrap();
        self.commit(tx, [Change::rights(group.tenant_id, Some(group.tenant_id), None)]).await;
    }

    pub(crate) async fn portal_role(&self, user: UserKey, role: PortalRole) {
        let mut tx = self.tx().await;
        run!(
            tx,
            "INSERT INTO portal_roles (tenant_id, principal_id, role) VALUES ($1, $2, $3)",
            user.tenant_id.to_string(),
            user.user_id.to_string(),
            role.as_str()
        );
        self.commit(tx, [Change::rights(user.tenant_id, Some(user.tenant_id), Some(user.user_id))]).await;
    }

    pub(crate) async fn room(&self, customer: TenantId, n: u128, name: &str) -> RoomId {
        let room = RoomId::from_uuid(id(n));
        let mut tx = self.tx().await;
        run!(
            tx,
            "INSERT INTO rooms (id, customer_id, display_name, host_name, account, enrolment, timezone, licence, peripherals, key_hash, version)
             VALUES ($1, $2, $3, $4, $5, 'enrolled', 'Europe/Berlin', 'Pro', '[]', '', 1)",
            room.to_string(),
            customer.to_string(),
            name,
            format!("HOST-{n}"),
            format!("room{n}@example.com")
        );
        self.commit(tx, [Change::room(customer, room)]).await;
        room
    }

    /// Makes the customer the partner's, with these rooms.
    pub(crate) async fn delegate(&self, partner: TenantId, customer: TenantId, rooms: &[RoomId], ceiling: PermissionSet) {
        let relationship = Uuid::from_u128(partner.uuid().as_u128() ^ customer.uuid().as_u128().rotate_left(1)).to_string();
        let mut tx = self.tx().await;
        run!(
            tx,
            "INSERT INTO relationships (id, partner_id, customer_id, status, established_at, ceiling, offline_allowed, offline_days)
             VALUES ($1, $2, $3, 'active', 0, $4, 1, 7)",
            &relationship,
            partner.to_string(),
            customer.to_string(),
            ceiling.to_bits()
        );
        for room in rooms {
            run!(tx, "INSERT INTO relationship_rooms (relationship_id, room_id) VALUES ($1, $2)", &relationship, room.to_string());
        }
        self.commit(tx, [Change::rights(customer, Some(partner), None)]).await;
    }

    pub(crate) async fn end_relationship(&self, partner: TenantId, customer: TenantId) {
        let mut tx = self.tx().await;
        run!(
            tx,
            "UPDATE relationships SET status = 'ended' WHERE partner_id = $1 AND customer_id = $2",
            partner.to_string(),
            customer.to_string()
        );
        self.commit(tx, [Change::rights(customer, Some(partner), None)]).await;
    }

    pub(crate) async fn room_group(&self, customer: TenantId, n: u128, rooms: &[RoomId]) -> RoomGroupId {
        let group = RoomGroupId::from_uuid(id(n));
        let mut tx = self.tx().await;
        run!(
            tx,
            "INSERT INTO room_groups (id, customer_id, name) VALUES ($1, $2, $3)",
            group.to_string(),
            customer.to_string(),
            format!("Group {n}")
        );
        for room in rooms {
            run!(tx, "INSERT INTO room_group_rooms (group_id, room_id) VALUES ($1, $2)", group.to_string(), room.to_string());
        }
        self.commit(tx, [Change::rights(customer, None, None)]).await;
        group
    }

    /// Assigns a role of its own to a principal: of the partner where there is one, of the customer itself where there is none.
    /// No rooms and no groups means all.
    #[expect(clippy::too_many_arguments, reason = "a row has as many columns")]
    pub(crate) async fn assign(
        &self,
        n: u128,
        customer: TenantId,
        partner: Option<TenantId>,
        member: UserKey,
        permissions: PermissionSet,
        rooms: &[RoomId],
        groups: &[RoomGroupId],
    ) {
        let (role, assignment) = (id(n).to_string(), id(n + 500_000).to_string());
        let mut tx = self.tx().await;
        run!(
            tx,
            "INSERT INTO roles (id, customer_id, partner_id, name, description, permissions) VALUES ($1, $2, $3, 'Role', '', $4)",
            &role,
            customer.to_string(),
            partner.map(|partner| partner.to_string()),
            permissions.to_bits()
        );
        let all = i64::from(rooms.is_empty() && groups.is_empty());
        run!(
            tx,
            "INSERT INTO assignments (id, role_id, name, description, email_notifications, scope_all) VALUES ($1, $2, 'A', '', 0, $3)",
            &assignment,
            &role,
            all
        );
        run!(tx, "INSERT INTO assignment_members (assignment_id, principal_id) VALUES ($1, $2)", &assignment, member.user_id.to_string());
        for room in rooms {
            run!(tx, "INSERT INTO assignment_rooms (assignment_id, room_id) VALUES ($1, $2)", &assignment, room.to_string());
        }
        for group in groups {
            run!(tx, "INSERT INTO assignment_groups (assignment_id, group_id) VALUES ($1, $2)", &assignment, group.to_string());
        }
        self.commit(tx, [Change::rights(customer, Some(member.tenant_id), Some(member.user_id))]).await;
    }

    /// The Primary admins role of a relationship with its preset assignment and one member.
    pub(crate) async fn primary_admins(&self, n: u128, partner: TenantId, customer: TenantId, column: PermissionSet, member: UserKey) {
        self.assign(n, customer, Some(partner), member, column, &[], &[]).await;
        let mut tx = self.tx().await;
        run!(tx, "UPDATE roles SET built_in = 'primary_admins', name = 'Primary admins' WHERE id = $1", id(n).to_string());
        tx.commit().await.unwrap();
    }

    /// A change of roles that waits for the customer.
    pub(crate) async fn waiting_request(&self, n: u128, partner: TenantId, customer: TenantId, by: UserKey) {
        let relationship = Uuid::from_u128(partner.uuid().as_u128() ^ customer.uuid().as_u128().rotate_left(1)).to_string();
        let mut tx = self.tx().await;
        run!(
            tx,
            "INSERT INTO change_requests
                 (id, relationship_id, customer_id, partner_id, event, operation, shown, requested_by, requester_name, requested_at, state)
             VALUES ($1, $2, $3, $4, 'roles.modify', '{}', $5, $6, 'Somebody', 0, 'pending')",
            id(n).to_string(),
            relationship,
            customer.to_string(),
            partner.to_string(),
            r#"{"action":"delete_role","role":"Role"}"#,
            by.user_id.to_string()
        );
        tx.commit().await.unwrap();
    }

    pub(crate) async fn unassign(&self, n: u128, customer: TenantId, member: UserKey) {
        let mut tx = self.tx().await;
        run!(
            tx,
            "DELETE FROM assignment_members WHERE assignment_id = $1 AND principal_id = $2",
            id(n + 500_000).to_string(),
            member.user_id.to_string()
        );
        self.commit(tx, [Change::rights(customer, Some(member.tenant_id), Some(member.user_id))]).await;
    }

    pub(crate) async fn incident(&self, new: NewIncident) {
        let mut tx = self.tx().await;
        write_incident(tx.conn(), &new).await;
        self.commit(tx, [Change::incident(new.customer, new.number)]).await;
    }

    /// Many incidents in one transaction, recorded like any.
    pub(crate) async fn incidents(&self, new: impl IntoIterator<Item = NewIncident>) {
        let mut tx = self.tx().await;
        for new in new {
            write_incident(tx.conn(), &new).await;
            tx.record(Change::incident(new.customer, new.number)).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    pub(crate) async fn resolve(&self, customer: TenantId, number: TicketNumber, at: Timestamp) {
        let mut tx = self.tx().await;
        run!(
            tx,
            "UPDATE incidents SET status = 'resolved', last_resolved = $2, last_updated = $2, version = version + 1 WHERE number = $1",
            number.to_string(),
            at.micros()
        );
        run!(tx, "DELETE FROM open_incidents WHERE number = $1", number.to_string());
        self.commit(tx, [Change::incident(customer, number)]).await;
    }

    pub(crate) async fn unenrol(&self, customer: TenantId, room: RoomId) {
        let mut tx = self.tx().await;
        run!(tx, "UPDATE rooms SET enrolment = 'unenrolled', version = version + 1 WHERE id = $1", room.to_string());
        self.commit(tx, [Change::room(customer, room)]).await;
    }

    pub(crate) async fn rename_room(&self, customer: TenantId, room: RoomId, name: &str) {
        let mut tx = self.tx().await;
        run!(tx, "UPDATE rooms SET display_name = $2, version = version + 1 WHERE id = $1", room.to_string(), name);
        tx.record_room_renamed(customer, room).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub(crate) async fn rename_customer(&self, customer: TenantId, name: &str) {
        let mut tx = self.tx().await;
        run!(tx, "UPDATE tenants SET display_name = $2 WHERE id = $1", customer.to_string(), name);
        self.commit(tx, [Change::customer(customer)]).await;
    }

    /// As [`Estate::invite`], unless it is there.
    pub(crate) async fn invite_again(&self, n: u128, customer: TenantId, partner: TenantId, expires_at: Timestamp) {
        let mut tx = self.tx().await;
        let there: Option<i64> =
            db::query_scalar("SELECT 1 FROM invitations WHERE id = $1").bind(id(n).to_string()).fetch_optional(tx.conn()).await.unwrap();
        drop(tx);
        if there.is_none() {
            self.invite(n, customer, partner, expires_at).await;
        }
    }

    /// As [`Estate::portal_role`], whether it is held or not.
    pub(crate) async fn portal_role_again(&self, user: UserKey, role: PortalRole) {
        let mut tx = self.tx().await;
        let there: Option<i64> = db::query_scalar("SELECT 1 FROM portal_roles WHERE principal_id = $1")
            .bind(user.user_id.to_string())
            .fetch_optional(tx.conn())
            .await
            .unwrap();
        drop(tx);
        if there.is_none() {
            self.portal_role(user, role).await;
        }
    }

    pub(crate) async fn invite(&self, n: u128, customer: TenantId, partner: TenantId, expires_at: Timestamp) {
        let mut tx = self.tx().await;
        run!(
            tx,
            "INSERT INTO invitations (id, customer_id, partner_id, domain, created_at, expires_at) VALUES ($1, $2, $3, 'p.example', 0, $4)",
            id(n).to_string(),
            customer.to_string(),
            partner.to_string(),
            expires_at.micros()
        );
        tx.commit().await.unwrap();
    }
}

async fn write_incident(conn: &mut Conn, new: &NewIncident) {
    let category = if new.kind == "customer_reported" { "reported" } else { "hardware" };
    db::query(
        "INSERT INTO incidents (number, customer_id, category, kind, severity, status, problem, description, action, created_by_tenant,
                                created_at, last_updated, active_since, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 'What is wrong', 'What to do', $8, $9, $9, $9, 1)",
    )
    .bind(new.number.to_string())
    .bind(new.customer.to_string())
    .bind(category)
    .bind(new.kind)
    .bind(new.severity as i64)
    .bind(new.status)
    .bind(new.problem)
    .bind(new.created_by.map(|tenant| tenant.to_string()))
    .bind(new.at.micros())
    .execute(&mut *conn)
    .await
    .unwrap();
    for (position, room) in (0i64..).zip(&new.rooms) {
        db::query("INSERT INTO incident_rooms (number, position, room_id) VALUES ($1, $2, $3)")
            .bind(new.number.to_string())
            .bind(position)
            .bind(room.to_string())
            .execute(&mut *conn)
            .await
            .unwrap();
    }
    db::query("INSERT INTO incident_history (number, position, at, kind) VALUES ($1, 0, $2, 'activated')")
        .bind(new.number.to_string())
        .bind(new.at.micros())
        .execute(&mut *conn)
        .await
        .unwrap();
    if !matches!(new.status, "resolved" | "closed") {
        db::query("INSERT INTO open_incidents (severity, newest, number, customer_id) VALUES ($1, $2, $3, $4)")
            .bind(new.severity as i64)
            .bind(-new.at.micros())
            .bind(new.number.to_string())
            .bind(new.customer.to_string())
            .execute(conn)
            .await
            .unwrap();
    }
}
