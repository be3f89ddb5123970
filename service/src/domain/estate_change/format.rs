//! Every change as data: the format of a file that is applied.

use serde::{Deserialize, Serialize};
use tenantry_model::api::Reading;
use tenantry_model::api::updates::{ReportedProgress, ReportedVersion};
use tenantry_model::id::{
    AssignmentId, InvitationId, PrincipalId, RelationshipId, RoleId, RoomGroupId, RoomId, TenantId, UpdateId, UpdateRingId,
};
use tenantry_model::incident::{ClosureReason, IncidentStatus};
use tenantry_model::permission::{BuiltInRole, PermissionSet};
use tenantry_model::role::Scope;
use tenantry_model::room::Peripheral;
use tenantry_model::tenancy::{ChangeControl, OfflineTerms, PortalRole, PrincipalKind};
use tenantry_model::text::{DomainName, ExpiryDays, TicketNumber};
use tenantry_model::time::Timestamp;
use tenantry_model::update::{PackageName, PackageVersion};

/// Declares the changes and the struct of each, so that a change and its fields stand in one place.
macro_rules! changes {
    ($($(#[$doc:meta])* $name:ident { $($(#[$fmeta:meta])* $field:ident: $type:ty,)* })*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
            #[serde(rename_all = "camelCase", deny_unknown_fields)]
            pub struct $name { $($(#[$fmeta])* pub $field: $type,)* }
        )*

        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub enum EstateChange {
            $($(#[$doc])* $name($name),)*
        }
    };
}

changes! {
    /// A partner, a customer, or both. Customers get their preset rings, their built-in roles and an enrolment key.
    CreateTenant {
        #[serde(default)] id: Option<TenantId>,
        display_name: String,
        #[serde(default)] is_partner: bool,
        #[serde(default)] is_customer: bool,
        #[serde(default)] ticket_prefix: Option<String>,
        #[serde(default)] domains: Vec<DomainName>,
    }
    RenameTenant { tenant: TenantId, display_name: String, }
    /// A verified domain more.
    AddDomain { tenant: TenantId, domain: DomainName, }
    /// A user or a security group.
    CreatePrincipal {
        #[serde(default)] id: Option<PrincipalId>,
        tenant: TenantId,
        kind: PrincipalKind,
        display_name: String,
        #[serde(default)] upn: Option<String>,
    }
    /// Away with a user or a group, out of every group, role and assignment.
    DeletePrincipal { principal: PrincipalId, }
    /// A user or a group into a security group.
    AddGroupMember { group: PrincipalId, member: PrincipalId, }
    /// A user or a group out of a security group.
    RemoveGroupMember { group: PrincipalId, member: PrincipalId, }
    /// A portal role in the principal's own tenant. Global Administrator comes from the token alone.
    GrantPortalRole { principal: PrincipalId, role: PortalRole, }
    /// See [`GrantPortalRole`].
    RevokePortalRole { principal: PrincipalId, role: PortalRole, }
    /// An active relationship, with its Primary admins role and that role's one preset assignment.
    CreateRelationship {
        #[serde(default)] id: Option<RelationshipId>,
        partner: TenantId,
        customer: TenantId,
        #[serde(default)] rooms: Vec<RoomId>,
        #[serde(default)] groups: Vec<RoomGroupId>,
        #[serde(default)] all_rooms: bool,
        #[serde(default)] primary_admins: Vec<PrincipalId>,
        #[serde(default)] ceiling: Option<PermissionSet>,
        #[serde(default)] offline: OfflineTerms,
    }
    /// Which rooms the partner may work in (R37, R58): these, those of these groups, or all; of the last two future ones, too (A36).
    SetDelegatedRooms {
        partner: TenantId,
        customer: TenantId,
        #[serde(default)] rooms: Vec<RoomId>,
        #[serde(default)] groups: Vec<RoomGroupId>,
        #[serde(default)] all_rooms: bool,
    }
    /// The most that any role of the partner may hold (A9).
    SetCeiling { partner: TenantId, customer: TenantId, permissions: PermissionSet, }
    /// What the partner's desktops may keep (A28).
    SetOfflineTerms { partner: TenantId, customer: TenantId, offline: OfflineTerms, }
    /// The end of a relationship, with all roles of the partner at the customer (R59–R62).
    EndRelationship { partner: TenantId, customer: TenantId, #[serde(default)] by_customer: bool, }
    /// A custom role: the partner's for this customer, or the customer's own.
    CreateRole {
        #[serde(default)] id: Option<RoleId>,
        customer: TenantId,
        #[serde(default)] partner: Option<TenantId>,
        name: String,
        #[serde(default)] description: String,
        permissions: PermissionSet,
    }
    /// Changes a custom role; what is left out stays.
    ChangeRole {
        role: RoleId,
        #[serde(default)] name: Option<String>,
        #[serde(default)] description: Option<String>,
        #[serde(default)] permissions: Option<PermissionSet>,
    }
    /// Away with a custom role and its assignments.
    DeleteRole { role: RoleId, }
    /// Who holds a role where.
    CreateAssignment {
        #[serde(default)] id: Option<AssignmentId>,
        role: RoleId,
        name: String,
        #[serde(default)] description: String,
        members: Vec<PrincipalId>,
        scope: Scope,
    }
    /// Changes an assignment; what is left out stays.
    ChangeAssignment {
        assignment: AssignmentId,
        #[serde(default)] name: Option<String>,
        #[serde(default)] description: Option<String>,
        #[serde(default)] members: Option<Vec<PrincipalId>>,
        #[serde(default)] scope: Option<Scope>,
    }
    DeleteAssignment { assignment: AssignmentId, }
    CreateRoomGroup { #[serde(default)] id: Option<RoomGroupId>, customer: TenantId, name: String, #[serde(default)] rooms: Vec<RoomId>, }
    RenameRoomGroup { group: RoomGroupId, name: String, }
    /// Which rooms a group holds (A20).
    SetRoomGroupRooms { group: RoomGroupId, rooms: Vec<RoomId>, }
    /// Away with a room group; assignments lose it.
    DeleteRoomGroup { group: RoomGroupId, }
    /// An update ring, without rooms (R100, R101).
    CreateUpdateRing {
        #[serde(default)] id: Option<UpdateRingId>,
        customer: TenantId,
        order: u32,
        name: String,
        #[serde(default)] description: String,
        #[serde(default)] deferral_days: u32,
        rollout_days: u32,
        test_days: u32,
    }
    /// Changes an update ring; what is left out stays.
    ChangeUpdateRing {
        ring: UpdateRingId,
        #[serde(default)] order: Option<u32>,
        #[serde(default)] name: Option<String>,
        #[serde(default)] description: Option<String>,
        #[serde(default)] deferral_days: Option<u32>,
        #[serde(default)] rollout_days: Option<u32>,
        #[serde(default)] test_days: Option<u32>,
    }
    /// Away with an update ring that is no preset (R102); its rooms come to General.
    DeleteUpdateRing { ring: UpdateRingId, }
    /// Rooms into an update ring, out of theirs.
    MoveToUpdateRing { ring: UpdateRingId, rooms: Vec<RoomId>, }
    /// An update into the service's catalogue: of all customers, published now or at a moment that has passed.
    PublishUpdate {
        #[serde(default)] id: Option<UpdateId>,
        package: PackageName,
        version: PackageVersion,
        #[serde(default)] published_at: Option<Timestamp>,
    }
    /// Withdraws an update: no room installs it any more.
    DeprecateUpdate { update: UpdateId, }
    /// A report of a room's device about its versions and updates.
    ReportUpdates { room: RoomId, #[serde(default)] installed: Vec<ReportedVersion>, #[serde(default)] progress: Vec<ReportedProgress>, }
    /// An invitation to the partner that holds the domain.
    CreateInvitation {
        #[serde(default)] id: Option<InvitationId>,
        customer: TenantId,
        domain: DomainName,
        #[serde(default)] rooms: Vec<RoomId>,
        #[serde(default)] groups: Vec<RoomGroupId>,
        #[serde(default)] all_rooms: bool,
        expires_in_days: ExpiryDays,
        #[serde(default)] change_control: ChangeControl,
        #[serde(default = "ceiling")] ceiling: PermissionSet,
        #[serde(default)] offline: OfflineTerms,
        #[serde(default)] created_by: Option<PrincipalId>,
    }
    /// A new enrolment key; the one before opens nothing any more.
    ResetEnrolmentKey { customer: TenantId, }
    /// A room, as if its device had introduced itself; managed at once unless told otherwise.
    CreateRoom {
        #[serde(default)] id: Option<RoomId>,
        customer: TenantId,
        display_name: String,
        #[serde(default)] capacity: Option<u32>,
        #[serde(default)] host_name: Option<String>,
        #[serde(default)] account: Option<String>,
        #[serde(default)] timezone: Option<String>,
        #[serde(default)] licence: Option<String>,
        #[serde(default)] peripherals: Vec<Peripheral>,
        #[serde(default)] onboarding: bool,
    }
    RenameRoom { room: RoomId, display_name: String, }
    /// Switches a room quiet, or lifts that (R73).
    SuppressRoom { room: RoomId, suppressed: bool, }
    /// Takes an onboarding room under management (R67).
    EnrolRoom { room: RoomId, }
    /// Ends the management of a room (R68).
    UnenrolRoom { room: RoomId, }
    /// A report of a room's device.
    ReportSignals { room: RoomId, readings: Vec<Reading>, #[serde(default)] occupied: Option<bool>, }
    /// An issue that a person records (R83).
    RecordIssue {
        customer: TenantId,
        description: String,
        #[serde(default)] rooms: Vec<RoomId>,
        #[serde(default)] high_impact_reason: Option<String>,
        created_by: PrincipalId,
    }
    /// A message in an incident's thread; of the service where nobody is named as its author.
    PostMessage {
        number: TicketNumber,
        #[serde(default)] author: Option<PrincipalId>,
        text: String,
        #[serde(default)] assign_to_service: bool,
    }
    /// The service takes an active incident into its hands, or gives it back.
    SetIncidentStatus { number: TicketNumber, status: IncidentStatus, }
    /// Closes a recorded issue (R85–R87).
    CloseIssue { number: TicketNumber, reason: ClosureReason, #[serde(default)] comment: Option<String>, closed_by: PrincipalId, }
}

/// The ceiling where nobody says (A9).
fn ceiling() -> PermissionSet {
    BuiltInRole::PrimaryAdmins.permissions()
}
