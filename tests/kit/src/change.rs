//! Changes of the estate: lists of them are how tests make their worlds. The service declares them, and takes them as JSON. It is not linked here,
//! so this file is the one place of the tests that spells them.

use serde::Serialize;
use tenantry_model::api::Reading;
use tenantry_model::api::updates::{ReportedProgress, ReportedVersion};
use tenantry_model::id::{AssignmentId, PrincipalId, RoleId, RoomGroupId, RoomId, TenantId, UpdateId};
use tenantry_model::incident::{ClosureReason, IncidentStatus};
use tenantry_model::permission::PermissionSet;
use tenantry_model::role::Scope;
use tenantry_model::tenancy::{OfflineTerms, PortalRole, PrincipalKind};
use tenantry_model::text::{DomainName, TicketNumber};
use tenantry_model::time::Timestamp;
use tenantry_model::update::{PackageName, PackageVersion};

/// One change.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Change {
    CreateTenant {
        id: TenantId,
        display_name: String,
        is_partner: bool,
        is_customer: bool,
        ticket_prefix: Option<String>,
        domains: Vec<DomainName>,
    },
    /// A verified domain more.
    AddDomain {
        tenant: TenantId,
        domain: DomainName,
    },
    RenameTenant {
        tenant: TenantId,
        display_name: String,
    },
    CreatePrincipal {
        id: PrincipalId,
        tenant: TenantId,
        kind: PrincipalKind,
        display_name: String,
        upn: Option<String>,
    },
    DeletePrincipal {
        principal: PrincipalId,
    },
    AddGroupMember {
        group: PrincipalId,
        member: PrincipalId,
    },
    RemoveGroupMember {
        group: PrincipalId,
        member: PrincipalId,
    },
    GrantPortalRole {
        principal: PrincipalId,
        role: PortalRole,
    },
    RevokePortalRole {
        principal: PrincipalId,
        role: PortalRole,
    },
    CreateRelationship {
        partner: TenantId,
        customer: TenantId,
        rooms: Vec<RoomId>,
        primary_admins: Vec<PrincipalId>,
        ceiling: PermissionSet,
        offline: OfflineTerms,
    },
    SetDelegatedRooms {
        partner: TenantId,
        customer: TenantId,
        rooms: Vec<RoomId>,
        groups: Vec<RoomGroupId>,
        all_rooms: bool,
    },
    SetCeiling {
        partner: TenantId,
        customer: TenantId,
        permissions: PermissionSet,
    },
    SetOfflineTerms {
        partner: TenantId,
        customer: TenantId,
        offline: OfflineTerms,
    },
    /// Its roles and assignments go with it.
    EndRelationship {
        partner: TenantId,
        customer: TenantId,
        by_customer: bool,
    },
    CreateRole {
        id: RoleId,
        customer: TenantId,
        partner: Option<TenantId>,
        name: String,
        permissions: PermissionSet,
    },
    ChangeRole {
        role: RoleId,
        permissions: PermissionSet,
    },
    DeleteRole {
        role: RoleId,
    },
    CreateAssignment {
        id: AssignmentId,
        role: RoleId,
        name: String,
        members: Vec<PrincipalId>,
        scope: Scope,
    },
    ChangeAssignment {
        assignment: AssignmentId,
        #[serde(skip_serializing_if = "Option::is_none")]
        members: Option<Vec<PrincipalId>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        scope: Option<Scope>,
    },
    DeleteAssignment {
        assignment: AssignmentId,
    },
    CreateRoomGroup {
        id: RoomGroupId,
        customer: TenantId,
        name: String,
        rooms: Vec<RoomId>,
    },
    RenameRoomGroup {
        group: RoomGroupId,
        name: String,
    },
    SetRoomGroupRooms {
        group: RoomGroupId,
        rooms: Vec<RoomId>,
    },
    DeleteRoomGroup {
        group: RoomGroupId,
    },
    /// Enrolled at once unless `onboarding`.
    PublishUpdate {
        id: UpdateId,
        package: PackageName,
        version: PackageVersion,
        published_at: Option<Timestamp>,
    },
    DeprecateUpdate {
        update: UpdateId,
    },
    ReportUpdates {
        room: RoomId,
        installed: Vec<ReportedVersion>,
        progress: Vec<ReportedProgress>,
    },
    CreateRoom {
        id: RoomId,
        customer: TenantId,
        display_name: String,
        host_name: Option<String>,
        account: Option<String>,
        onboarding: bool,
    },
    RenameRoom {
        room: RoomId,
        display_name: String,
    },
    SuppressRoom {
        room: RoomId,
        suppressed: bool,
    },
    EnrolRoom {
        room: RoomId,
    },
    UnenrolRoom {
        room: RoomId,
    },
    ResetEnrolmentKey {
        customer: TenantId,
    },
    ReportSignals {
        room: RoomId,
        readings: Vec<Reading>,
        occupied: Option<bool>,
    },
    RecordIssue {
        customer: TenantId,
        description: String,
        rooms: Vec<RoomId>,
        high_impact_reason: Option<String>,
        created_by: PrincipalId,
    },
    PostMessage {
        number: TicketNumber,
        author: Option<PrincipalId>,
        text: String,
        assign_to_service: bool,
    },
    SetIncidentStatus {
        number: TicketNumber,
        status: IncidentStatus,
    },
    CloseIssue {
        number: TicketNumber,
        reason: ClosureReason,
        comment: Option<String>,
        closed_by: PrincipalId,
    },
    /// The demo's alone, as those after it. Rooms count as reporting all the while, unless they are to fall silent.
    AdvanceClock {
        seconds: u64,
        rooms_fall_silent: bool,
    },
    RollOverKeys {},
    EndSessions {},
    /// Of access tokens that are issued from now on.
    SetTokenLifetime {
        seconds: u64,
    },
}

impl Change {
    pub fn partner(id: TenantId, name: &str) -> Self {
        Self::tenant(id, name, true, false)
    }

    pub fn customer(id: TenantId, name: &str) -> Self {
        Self::tenant(id, name, false, true)
    }

    /// These rooms and no others are delegated.
    pub fn delegated(partner: TenantId, customer: TenantId, rooms: Vec<RoomId>) -> Self {
        Self::SetDelegatedRooms { partner, customer, rooms, groups: vec![], all_rooms: false }
    }

    /// A tenant without domains, whose prefix is drawn.
    pub fn tenant(id: TenantId, name: &str, is_partner: bool, is_customer: bool) -> Self {
        Self::CreateTenant { id, display_name: name.to_owned(), is_partner, is_customer, ticket_prefix: None, domains: vec![] }
    }

    pub fn user(id: PrincipalId, tenant: TenantId, name: &str) -> Self {
        Self::principal(id, tenant, PrincipalKind::User, name)
    }

    /// A user or a group without a sign-in name.
    pub fn principal(id: PrincipalId, tenant: TenantId, kind: PrincipalKind, name: &str) -> Self {
        Self::CreatePrincipal { id, tenant, kind, display_name: name.to_owned(), upn: None }
    }

    pub fn room(id: RoomId, customer: TenantId, name: &str, onboarding: bool) -> Self {
        Self::CreateRoom { id, customer, display_name: name.to_owned(), host_name: None, account: None, onboarding }
    }

    /// Puts the service's clock forward, and works off what falls due; rooms go on reporting.
    pub fn advance(seconds: u64) -> Self {
        Self::AdvanceClock { seconds, rooms_fall_silent: false }
    }
}
