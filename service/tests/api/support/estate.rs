//! An estate, piece by piece, written by the store's own functions and without anybody's right to it. Changes are recorded as the writing side
//! records them.

use std::sync::atomic::{AtomicU64, Ordering};

use tenantry_model::api::requests::{RequestedAction, RequestedChange};
use tenantry_model::attachment::{Attachment, AttachmentState, FileType};
use tenantry_model::id::{
    AssignmentId, AttachmentId, ChangeRequestId, InvitationId, PrincipalId, RelationshipId, RoleId, RoomGroupId, RoomId, TenantId,
    UpdateId, UpdateRingId,
};
use tenantry_model::incident::{Category, HistoryKind, HistoryRow, IncidentStatus, IncidentType, Severity};
use tenantry_model::permission::{BuiltInRole, PermissionSet};
use tenantry_model::role::Scope;
use tenantry_model::signal::SignalId;
use tenantry_model::tenancy::{ChangeControl, ControlEvent, OfflineTerms, PortalRole, PrincipalKind, Tenant, UserKey};
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;
use tenantry_model::update_ring::{RingDays, RingPreset};
use tenantry_service::domain::estate_change::{EstateChange, apply_all};
use tenantry_service::random::SeededRandom;
use tenantry_service::store::assignments::{self, NewAssignment};
use tenantry_service::store::attachments::{self, StoredAttachment};
use tenantry_service::store::delegations::{self, Delegating};
use tenantry_service::store::incident_rows::{self, IncidentBatch, Progress};
use tenantry_service::store::invitations::{self, NewInvitation};
use tenantry_service::store::people::{self, Principal};
use tenantry_service::store::relationships::{self, NewRelationship};
use tenantry_service::store::requests::{self, NewRequest};
use tenantry_service::store::roles::{self, NewRole};
use tenantry_service::store::room_groups::{self, RoomGroup};
use tenantry_service::store::tenants::{self, NewTenant};
use tenantry_service::store::update_rings::{self, UpdateRing};
use tenantry_service::store::{self, Store, Tx, group_members, incident_writes, portal_roles, rooms};
use tenantry_test_kit::Change;
use uuid::Uuid;

/// The same number makes the same id.
pub(crate) fn id(n: u128) -> Uuid {
    Uuid::from_u128(0x018f_0000_0000_7000_8000_0000_0000_0000 + n)
}

/// A ticket number of a tenant's prefix.
pub(crate) fn number(prefix: &str, n: u32) -> TicketNumber {
    format!("{prefix}-{n:06}").parse().unwrap()
}

/// An incident to be written, of any kind and in any state, with a number that the test chooses: the service draws numbers, and leads an
/// incident to a state in time.
#[derive(Debug, Clone)]
pub(crate) struct NewIncident {
    pub(crate) number: TicketNumber,
    pub(crate) customer: TenantId,
    pub(crate) rooms: Vec<RoomId>,
    pub(crate) severity: Severity,
    pub(crate) status: IncidentStatus,
    pub(crate) kind: IncidentType,
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
            status: IncidentStatus::NeedsAction,
            kind: IncidentType::Signal(SignalId::CameraRoom),
            problem: "",
            created_by: None,
            at,
        }
    }

    fn row(&self) -> incident_rows::NewIncident<'_> {
        incident_rows::NewIncident {
            number: self.number,
            customer: self.customer,
            category: if self.kind == IncidentType::CustomerReported { Category::Reported } else { Category::Hardware },
            kind: self.kind,
            severity: self.severity,
            problem: self.problem,
            description: "What is wrong",
            action: "What to do",
            rooms: &self.rooms,
            high_impact_reason: None,
            created_by: self.created_by.map(|tenant| (tenant, PrincipalId::from_uuid(id(0)))),
            created_at: self.at,
            progress: Progress { status: self.status, ..Progress::raised(self.at) },
        }
    }
}

/// Writes rows, each call a transaction.
pub(crate) struct Estate {
    store: Store,
}

/// A change, in the format that files of changes are in.
pub(crate) fn as_the_service_reads_it(change: &Change) -> EstateChange {
    serde_json::to_value(change).and_then(serde_json::from_value).unwrap()
}

/// The one relationship of a partner and a customer.
fn relationship(partner: TenantId, customer: TenantId) -> RelationshipId {
    RelationshipId::from_uuid(Uuid::from_u128(partner.uuid().as_u128() ^ customer.uuid().as_u128().rotate_left(1)))
}

pub(crate) fn ring(customer: TenantId, n: u128, order: u8, name: &str, preset: Option<RingPreset>) -> UpdateRing {
    UpdateRing {
        id: UpdateRingId::from_uuid(id(n)),
        customer,
        order,
        name: name.to_owned(),
        description: String::new(),
        days: RingDays { deferral_days: 0, rollout_days: 1, test_days: 1 },
        preset,
        version: 1,
    }
}

impl Estate {
    pub(crate) fn of(store: &Store) -> Self {
        Self { store: store.clone() }
    }

    pub(crate) async fn tx(&self) -> Tx {
        self.store.write().await.unwrap()
    }

    async fn commit(&self, mut tx: Tx, changes: impl IntoIterator<Item = store::Change>) {
        for change in changes {
            tx.record(change).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    pub(crate) async fn tenant(&self, n: u128, name: &str, prefix: &str, is_partner: bool, is_customer: bool) -> TenantId {
        let id = TenantId::from_uuid(id(n));
        let tenant = Tenant { id, display_name: name.to_owned(), is_partner, is_customer };
        let domains = vec![format!("{}.example", prefix.to_lowercase()).parse().unwrap()];
        let mut tx = self.tx().await;
        tenants::insert(tx.conn(), &[NewTenant { tenant, ticket_prefix: prefix.to_owned(), domains }]).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    pub(crate) async fn principal(&self, tenant: TenantId, n: u128, name: &str, kind: PrincipalKind) -> UserKey {
        let user_id = PrincipalId::from_uuid(id(n));
        let mut tx = self.tx().await;
        people::insert(tx.conn(), &[Principal { id: user_id, tenant, kind, display_name: name.to_owned(), upn: None }]).await.unwrap();
        tx.commit().await.unwrap();
        UserKey { tenant_id: tenant, user_id }
    }

    pub(crate) async fn user(&self, tenant: TenantId, n: u128, name: &str) -> UserKey {
        self.principal(tenant, n, name, PrincipalKind::User).await
    }

    pub(crate) async fn member(&self, group: UserKey, member: UserKey) {
        self.set_member(group, member, true).await;
    }

    /// Into the group, or out of it.
    pub(crate) async fn set_member(&self, group: UserKey, member: UserKey, inside: bool) {
        let mut tx = self.tx().await;
        if inside {
            group_members::add(tx.conn(), group.user_id, member.user_id).await.unwrap();
        } else {
            group_members::remove(tx.conn(), group.user_id, member.user_id).await.unwrap();
        }
        self.commit(tx, [store::Change::rights(group.tenant_id, Some(group.tenant_id), None)]).await;
    }

    /// Whether it is held already or not.
    pub(crate) async fn portal_role(&self, user: UserKey, role: PortalRole) {
        let mut tx = self.tx().await;
        if portal_roles::grant(tx.conn(), user.tenant_id, user.user_id, role).await.unwrap() {
            self.commit(tx, [store::Change::rights(user.tenant_id, Some(user.tenant_id), Some(user.user_id))]).await;
        }
    }

    /// The ring that rooms of the customer start in from now on (R100).
    pub(crate) async fn general_ring(&self, customer: TenantId, n: u128) {
        let mut tx = self.tx().await;
        let general = RingPreset::General;
        update_rings::insert(tx.conn(), &[ring(customer, n, general.order(), general.name(), Some(general))]).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// A ring of the customer's own, without rooms, which stands at this place.
    pub(crate) async fn ring(&self, customer: TenantId, n: u128, order: u8) -> UpdateRingId {
        let mut tx = self.tx().await;
        update_rings::insert(tx.conn(), &[ring(customer, n, order, &format!("Ring {n}"), None)]).await.unwrap();
        tx.commit().await.unwrap();
        UpdateRingId::from_uuid(id(n))
    }

    /// Published now.
    pub(crate) async fn update(&self, n: u128, package: &str, version: &str) -> UpdateId {
        let id = UpdateId::from_uuid(id(n));
        let [package, version] = [package, version].map(str::to_owned);
        let (package, version) = (package.try_into().unwrap(), version.try_into().unwrap());
        self.apply(vec![Change::PublishUpdate { id, package, version, published_at: None }]).await;
        id
    }

    pub(crate) async fn room(&self, customer: TenantId, n: u128, name: &str) -> RoomId {
        let room = RoomId::from_uuid(id(n));
        let (host_name, account) = (Some(format!("HOST-{n}")), Some(format!("room{n}@example.com")));
        self.apply(vec![Change::CreateRoom { id: room, customer, display_name: name.to_owned(), host_name, account, onboarding: false }])
            .await;
        room
    }

    /// All of them in one transaction, as `tenantry-service apply` does it.
    pub(crate) async fn apply(&self, changes: Vec<Change>) {
        static SEED: AtomicU64 = AtomicU64::new(1);
        let changes = changes.iter().map(as_the_service_reads_it).collect();
        apply_all(&self.store, changes, &SeededRandom::new(SEED.fetch_add(1, Ordering::Relaxed))).await.unwrap();
    }

    /// Makes the customer the partner's, with these rooms.
    pub(crate) async fn delegate(&self, partner: TenantId, customer: TenantId, rooms: &[RoomId], ceiling: PermissionSet) {
        let id = relationship(partner, customer);
        let new = NewRelationship {
            id,
            partner,
            customer,
            established_at: Timestamp::default(),
            ceiling,
            change_control: ChangeControl::default(),
            offline: OfflineTerms::default(),
        };
        let mut tx = self.tx().await;
        relationships::insert(tx.conn(), &new).await.unwrap();
        let scope = Scope::Some { rooms: rooms.to_vec(), groups: vec![] };
        delegations::insert(tx.conn(), Delegating::Relationship(id), &scope).await.unwrap();
        self.commit(tx, [store::Change::rights(customer, Some(partner), None)]).await;
    }

    pub(crate) async fn end_relationship(&self, partner: TenantId, customer: TenantId) {
        let mut tx = self.tx().await;
        let now = tx.now();
        relationships::end(tx.conn(), relationship(partner, customer), now, "partner").await.unwrap();
        self.commit(tx, [store::Change::rights(customer, Some(partner), None)]).await;
    }

    pub(crate) async fn room_group(&self, customer: TenantId, n: u128, members: &[RoomId]) -> RoomGroupId {
        let group = RoomGroupId::from_uuid(id(n));
        let mut tx = self.tx().await;
        let new = RoomGroup { id: group, customer, name: format!("Group {n}"), made_by: None, version: 1 };
        room_groups::insert(tx.conn(), &new).await.unwrap();
        room_groups::add_rooms(tx.conn(), group, members).await.unwrap();
        self.commit(tx, [store::Change::rights(customer, None, None)]).await;
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
        let scope =
            if rooms.is_empty() && groups.is_empty() { Scope::All } else { Scope::Some { rooms: rooms.to_vec(), groups: groups.to_vec() } };
        self.insert_role(n, customer, partner, member, permissions, None, &scope).await;
    }

    /// The Primary admins role of a relationship with its preset assignment and one member.
    pub(crate) async fn primary_admins(&self, n: u128, partner: TenantId, customer: TenantId, column: PermissionSet, member: UserKey) {
        self.insert_role(n, customer, Some(partner), member, column, Some(BuiltInRole::PrimaryAdmins), &Scope::All).await;
    }

    /// The customer's own administrator by its built-in role (R55).
    pub(crate) async fn administrator(&self, n: u128, customer: TenantId, member: UserKey) {
        self.insert_role(n, customer, None, member, PermissionSet::ALL, Some(BuiltInRole::ManagedServiceAdministrator), &Scope::All).await;
    }

    #[expect(clippy::too_many_arguments, reason = "a row has as many columns")]
    async fn insert_role(
        &self,
        n: u128,
        customer: TenantId,
        partner: Option<TenantId>,
        member: UserKey,
        permissions: PermissionSet,
        built_in: Option<BuiltInRole>,
        scope: &Scope,
    ) {
        let (role, id) = (RoleId::from_uuid(id(n)), AssignmentId::from_uuid(id(n + 500_000)));
        let name = if built_in.is_some() { "Primary admins" } else { "Role" };
        let new = NewRole { id: role, customer, partner, name: name.into(), description: String::new(), built_in, permissions };
        let assignment = NewAssignment { id, role, name: "A".into(), description: String::new(), email_notifications: false };
        let mut tx = self.tx().await;
        roles::insert(tx.conn(), &[new]).await.unwrap();
        assignments::insert(tx.conn(), &assignment, &[member.user_id], scope).await.unwrap();
        self.commit(tx, [store::Change::rights(customer, Some(member.tenant_id), Some(member.user_id))]).await;
    }

    /// A change of roles that waits for the customer.
    pub(crate) async fn waiting_request(&self, n: u128, partner: TenantId, customer: TenantId, by: UserKey) {
        let new = NewRequest {
            id: ChangeRequestId::from_uuid(id(n)),
            relationship: relationship(partner, customer),
            customer,
            partner,
            event: ControlEvent::Roles,
            operation: "{}".to_owned(),
            shown: RequestedChange {
                action: RequestedAction::DeleteRole,
                role: "Role".to_owned(),
                room: None,
                ring: None,
                update: None,
                fields: vec![],
                assignment: None,
                gains: vec![],
                loses: vec![],
                permissions: None,
                rooms: None,
            },
            requested_by: by.user_id,
            requester_name: "Somebody".to_owned(),
            requester_global: false,
        };
        let mut tx = self.tx().await;
        requests::insert(tx.conn(), &new, Timestamp::default()).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub(crate) async fn unassign(&self, n: u128, customer: TenantId, member: UserKey) {
        let mut tx = self.tx().await;
        assignments::remove_members(tx.conn(), AssignmentId::from_uuid(id(n + 500_000)), &[member.user_id]).await.unwrap();
        self.commit(tx, [store::Change::rights(customer, Some(member.tenant_id), Some(member.user_id))]).await;
    }

    pub(crate) async fn incident(&self, new: NewIncident) {
        self.incidents([new]).await;
    }

    /// Many incidents in one transaction, recorded like any.
    pub(crate) async fn incidents(&self, new: impl IntoIterator<Item = NewIncident>) {
        let new: Vec<NewIncident> = new.into_iter().collect();
        let mut batch = IncidentBatch::default();
        for it in &new {
            batch.insert(it.row(), &[HistoryRow::of_itself(it.at, HistoryKind::Activated)]);
        }
        let mut tx = self.tx().await;
        batch.write(tx.conn()).await.unwrap();
        self.commit(tx, new.iter().map(|it| store::Change::incident(it.customer, it.number))).await;
    }

    /// A row of a file that an incident has; without a type it is still being sent. Its content is not written.
    pub(crate) async fn attachment(&self, n: u128, number: TicketNumber, by: UserKey, file_type: Option<FileType>) -> Attachment {
        let mut tx = self.tx().await;
        let attachment = Attachment {
            id: AttachmentId::from_uuid(id(n)),
            file_name: "a.png".into(),
            size: 3,
            date: tx.now(),
            state: AttachmentState::Uploading,
            file_type: None,
            sha256: "0".repeat(64),
            author: "Somebody".into(),
        };
        let stored = StoredAttachment { attachment, number, by };
        attachments::add(tx.conn(), &stored).await.unwrap();
        if let Some(file_type) = file_type {
            attachments::set_ready(tx.conn(), stored.attachment.id, file_type).await.unwrap();
        }
        tx.commit().await.unwrap();
        stored.attachment
    }

    /// Moves an incident on.
    pub(crate) async fn update_incident(&self, number: TicketNumber, progress: Progress) {
        let mut tx = self.tx().await;
        let state = incident_writes::find(tx.conn(), number).await.unwrap().unwrap().state;
        let mut batch = IncidentBatch::default();
        batch.update(&state, state.severity, progress);
        batch.write(tx.conn()).await.unwrap();
        self.commit(tx, [store::Change::incident(state.customer, number)]).await;
    }

    pub(crate) async fn resolve(&self, number: TicketNumber, at: Timestamp) {
        let state = incident_writes::find(self.store.read().await.unwrap().conn(), number).await.unwrap().unwrap().state;
        let (status, active_since) = (IncidentStatus::Resolved, state.active_since);
        let progress = Progress { status, last_updated: at, active_since, last_resolved: Some(at), last_closed: None, alone_due: None };
        self.update_incident(number, progress).await;
    }

    pub(crate) async fn unenrol(&self, room: RoomId) {
        self.apply(vec![Change::UnenrolRoom { room }]).await;
    }

    pub(crate) async fn rename_room(&self, customer: TenantId, room: RoomId, name: &str) {
        let mut tx = self.tx().await;
        rooms::rename(tx.conn(), room, name).await.unwrap();
        tx.record_room_renamed(customer, room).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub(crate) async fn rename_customer(&self, customer: TenantId, name: &str) {
        let mut tx = self.tx().await;
        tenants::rename(tx.conn(), customer, name).await.unwrap();
        self.commit(tx, [store::Change::customer(customer)]).await;
    }

    /// As [`Estate::invite`], unless it is there.
    pub(crate) async fn invite_again(&self, n: u128, customer: TenantId, partner: TenantId, expires_at: Timestamp) {
        let there = invitations::find(self.store.read().await.unwrap().conn(), InvitationId::from_uuid(id(n))).await.unwrap();
        if there.is_none() {
            self.invite(n, customer, partner, expires_at).await;
        }
    }

    pub(crate) async fn invite(&self, n: u128, customer: TenantId, partner: TenantId, expires_at: Timestamp) {
        let new = NewInvitation {
            id: InvitationId::from_uuid(id(n)),
            customer,
            partner,
            domain: "p.example".parse().unwrap(),
            created_at: Timestamp::default(),
            expires_at,
            change_control: ChangeControl::default(),
            ceiling: BuiltInRole::PrimaryAdmins.permissions(),
            offline: OfflineTerms::default(),
            created_by: None,
        };
        let mut tx = self.tx().await;
        invitations::insert(tx.conn(), &new).await.unwrap();
        tx.commit().await.unwrap();
    }
}
