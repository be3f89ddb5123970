//! Every command, declared once: its name, its arguments and its answer.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{
    AcceptArgs, AccessQuestion, AdminKey, AppState, AssignmentKey, AuditPage, AuditQuery, Cached, ChangeOf, CreateAt, CreateIn, CreateOwn,
    CustomerPage, CustomerQuery, CustomerRow, EndOf, ExportRange, IncidentDetail, IncidentPage, IncidentQuery, IncidentRef, PartnerRoleKey,
    Preferences, RoleKey, RoomDetail, RoomKey, RoomPage, RoomQuery, SavedFile, ServiceState, Session, SetServiceArgs, SyncStatus,
};
use crate::api::TenantRow;
use crate::api::customers::CustomerDetail;
use crate::api::invitations::{Accepted, InvitationDetail};
use crate::api::partners::{self, PartnerDetail, PartnerRow};
use crate::api::people::{AddMembers, DirectoryEntry, MemberList};
use crate::api::plans::{self, PlanRow};
use crate::api::requests::{Done, Outcome, RequestRow};
use crate::api::roles::{self, AccessAnswer, RoleDetail, RoleList};
use crate::id::{ChangeRequestId, InvitationId, PrincipalId, TenantId};

/// A command: invoked by name, with one argument called `args`.
pub trait Command {
    /// Its name on the wire.
    const NAME: &'static str;
    /// What it takes.
    type Args: Serialize + DeserializeOwned;
    /// What it answers when it succeeds; [`IpcError`] otherwise.
    type Answer: Serialize + DeserializeOwned;
}

macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident = $wire:literal, $args:ty => $answer:ty;)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy)]
            pub struct $name;
            impl Command for $name {
                const NAME: &'static str = $wire;
                type Args = $args;
                type Answer = $answer;
            }
        )*
        /// The names of all commands: what the shell registers and permits, one by one.
        pub const COMMANDS: &[&str] = &[$($wire),*];
    };
}

commands! {
    /// Everything the window needs for its first paint, in one call. Answers without network or keychain.
    GetApp = "get_app", () => AppState;
    /// Where the session stands.
    GetSession = "get_session", () => Session;
    /// Names the service to use: asks it who it is, and remembers it. Signs out of the one before.
    SetService = "set_service", SetServiceArgs => ServiceState;
    /// Opens the system browser and waits for the sign-in to come back. One at a time; ends after five minutes.
    SignIn = "sign_in", () => Session;
    /// Gives up the sign-in that is under way. Nothing happens where none is.
    CancelSignIn = "cancel_sign_in", () => ();
    /// Forgets tokens, key and cache of this user, on line or off.
    SignOut = "sign_out", () => ();
    /// What the user chose to see; kept per user.
    GetPreferences = "get_preferences", () => Preferences;
    /// Keeps what the user chose.
    SetPreferences = "set_preferences", Preferences => ();
    /// Where the sync stands.
    GetSync = "get_sync", () => SyncStatus;
    /// Syncs now rather than at the next nudge or retry.
    SyncNow = "sync_now", () => ();
    /// A window of the customer dropdown.
    ListCustomers = "list_customers", CustomerQuery => CustomerPage;
    /// One customer by id: the header's line for the one that is chosen. [`IpcErrorKind::NotFound`] once it may no longer be seen.
    GetCustomer = "get_customer", TenantId => CustomerRow;
    /// A window of the incident list.
    ListIncidents = "list_incidents", IncidentQuery => IncidentPage;
    /// One incident whole.
    GetIncident = "get_incident", IncidentRef => IncidentDetail;
    /// Marks an incident's messages as read on this device.
    MarkRead = "mark_read", IncidentRef => ();
    /// A window of the room list.
    ListRooms = "list_rooms", RoomQuery => RoomPage;
    /// One room whole.
    GetRoom = "get_room", RoomKey => RoomDetail;

    /// The customers and the invitations that wait (R4, R27, R28).
    GetTenants = "get_tenants", () => Cached<Vec<TenantRow>>;
    /// An invitation that waits.
    GetInvitation = "get_invitation", InvitationId => Cached<InvitationDetail>;
    /// Accepts it (R30).
    AcceptInvitation = "accept_invitation", AcceptArgs => Accepted;
    /// Denies it: that cannot be undone (R33).
    DenyInvitation = "deny_invitation", InvitationId => ();
    /// Who answers invitations beside the administrators.
    GetTenantManagers = "get_tenant_managers", () => Cached<MemberList>;
    /// Adds some (R12, R13).
    AddTenantManagers = "add_tenant_managers", AddMembers => MemberList;
    /// Removes one.
    RemoveTenantManager = "remove_tenant_manager", PrincipalId => ();
    /// What the relationship with a customer says.
    GetRelationship = "get_relationship", TenantId => Cached<CustomerDetail>;
    /// Ends it, by a Primary admin (R59, R60).
    RemoveCustomer = "remove_customer", EndOf<TenantId> => ();
    /// The Primary admins of a customer.
    GetPrimaryAdmins = "get_primary_admins", TenantId => Cached<MemberList>;
    /// Adds some (A7).
    AddPrimaryAdmins = "add_primary_admins", CreateAt<AddMembers> => Outcome;
    /// Removes one (R36).
    RemovePrimaryAdmin = "remove_primary_admin", AdminKey => Outcome;
    /// The roles at a customer.
    GetRoles = "get_roles", TenantId => Cached<RoleList>;
    /// One of them with its assignments.
    GetRole = "get_role", RoleKey => Cached<RoleDetail>;
    /// A custom role with its first assignment (R53).
    CreateRole = "create_role", CreateAt<roles::CreateRole> => Outcome;
    /// Other words or permissions of a custom role.
    ChangeRole = "change_role", ChangeOf<RoleKey, roles::ChangeRole> => Outcome;
    /// Away with a custom role.
    DeleteRole = "delete_role", EndOf<RoleKey> => Outcome;
    /// Another assignment.
    CreateAssignment = "create_assignment", CreateIn<roles::CreateAssignment> => Outcome;
    /// Other words, members or scope of an assignment.
    ChangeAssignment = "change_assignment", ChangeOf<AssignmentKey, roles::ChangeAssignment> => Outcome;
    /// Away with an assignment.
    DeleteAssignment = "delete_assignment", EndOf<AssignmentKey> => Outcome;
    /// Why somebody can, or can't, do something in a room. Asks the service.
    ExplainAccess = "explain_access", AccessQuestion => AccessAnswer;
    /// Users and groups of the own organisation with this in their names. Asks the service.
    SearchDirectory = "search_directory", String => Vec<DirectoryEntry>;
    /// What a step would do at several customers. Asks the service.
    PreviewPlan = "preview_plan", plans::Plan => Vec<PlanRow>;
    /// Does it, as it was shown.
    ApplyPlan = "apply_plan", plans::ApplyPlan => Vec<PlanRow>;
    /// The partners of the own organisation.
    GetPartners = "get_partners", () => Cached<Vec<PartnerRow>>;
    /// One of them.
    GetPartner = "get_partner", TenantId => Cached<PartnerDetail>;
    /// Invites one (R17–R25).
    InvitePartner = "invite_partner", CreateOwn<partners::InvitePartner> => Done;
    /// Widens or narrows what it may do.
    ChangePartner = "change_partner", ChangeOf<TenantId, partners::ChangePartner> => Done;
    /// Ends the relationship, by the customer (R61).
    RemovePartner = "remove_partner", EndOf<TenantId> => ();
    /// Withdraws the invitation to a partner (A3).
    WithdrawInvitation = "withdraw_invitation", TenantId => ();
    /// Away with a partner's custom role (A27).
    DeletePartnerRole = "delete_partner_role", EndOf<PartnerRoleKey> => ();
    /// Partners' changes that wait, and those that were decided last (R24).
    GetChangeRequests = "get_change_requests", () => Cached<Vec<RequestRow>>;
    /// Lets one take effect.
    ApproveRequest = "approve_request", EndOf<ChangeRequestId> => Done;
    /// Refuses one.
    RejectRequest = "reject_request", EndOf<ChangeRequestId> => ();
    /// A page of the audit log. Asks the service.
    ListAudit = "list_audit", AuditQuery => AuditPage;
    /// Writes the eight-column CSV of some days into the user's folder for downloads.
    ExportAudit = "export_audit", ExportRange => SavedFile;
}
