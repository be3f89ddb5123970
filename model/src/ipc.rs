//! What the app's window asks of its engine, declared once: a [`Command`] has a name, arguments and an answer; an [`Event`] a name and
//! a payload. The UI and the shell both use these declarations. Answers hold about one screen: rows stay in the engine.
//!
//! One more command: a line in `commands!`, a handler in `src-tauri/commands/`, its permission in `src-tauri/capabilities/`.

pub mod relations;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use self::relations::{
    AcceptArgs, AccessQuestion, AdminKey, AssignmentKey, AuditPage, AuditQuery, ChangeOf, CreateAt, CreateIn, CreateOwn, EndOf,
    ExportRange, PartnerRoleKey, RoleKey, SavedFile, Seen,
};
use crate::api::customers::CustomerDetail;
use crate::api::invitations::{Accepted, InvitationDetail};
use crate::api::partners::{self, PartnerDetail, PartnerRow};
use crate::api::people::{AddMembers, DirectoryEntry, MemberList};
use crate::api::plans::{self, PlanRow};
use crate::api::requests::{Done, Outcome, RequestRow};
use crate::api::roles::{self, AccessAnswer, RoleDetail, RoleList};
use crate::api::{IncidentTab, TenantRow};
use crate::id::{ChangeRequestId, InvitationId, PrincipalId, RoomId, TenantId};
use crate::incident::{Category, Incident, IncidentRow, IncidentStatus, IncidentType, Severity};
use crate::permission::PermissionSet;
use crate::problem::FieldError;
use crate::room::{Health, Room, RoomCounters};
use crate::tenancy::{PortalRole, Tenant};
use crate::text::TicketNumber;
use crate::time::Timestamp;
use crate::word::words;

/// A command: invoked by name, with one argument called `args`.
pub trait Command {
    /// Its name on the wire.
    const NAME: &'static str;
    /// What it takes.
    type Args: Serialize + DeserializeOwned;
    /// What it answers when it succeeds; [`IpcError`] otherwise.
    type Answer: Serialize + DeserializeOwned;
}

/// Something that the engine tells the window by itself.
pub trait Event {
    /// Its name on the wire.
    const NAME: &'static str;
    /// What it carries.
    type Payload: Serialize + DeserializeOwned;
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
    GetTenants = "get_tenants", () => Seen<Vec<TenantRow>>;
    /// An invitation that waits.
    GetInvitation = "get_invitation", InvitationId => Seen<InvitationDetail>;
    /// Accepts it (R30).
    AcceptInvitation = "accept_invitation", AcceptArgs => Accepted;
    /// Denies it: that cannot be undone (R33).
    DenyInvitation = "deny_invitation", InvitationId => ();
    /// Who answers invitations beside the administrators.
    GetTenantManagers = "get_tenant_managers", () => Seen<MemberList>;
    /// Adds some (R12, R13).
    AddTenantManagers = "add_tenant_managers", AddMembers => MemberList;
    /// Removes one.
    RemoveTenantManager = "remove_tenant_manager", PrincipalId => ();
    /// What the relationship with a customer says.
    GetRelationship = "get_relationship", TenantId => Seen<CustomerDetail>;
    /// Ends it, by a Primary admin (R59, R60).
    RemoveCustomer = "remove_customer", EndOf<TenantId> => ();
    /// The Primary admins of a customer.
    GetPrimaryAdmins = "get_primary_admins", TenantId => Seen<MemberList>;
    /// Adds some (A7).
    AddPrimaryAdmins = "add_primary_admins", CreateAt<AddMembers> => Outcome;
    /// Removes one (R36).
    RemovePrimaryAdmin = "remove_primary_admin", AdminKey => Outcome;
    /// The roles at a customer.
    GetRoles = "get_roles", TenantId => Seen<RoleList>;
    /// One of them with its assignments.
    GetRole = "get_role", RoleKey => Seen<RoleDetail>;
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
    GetPartners = "get_partners", () => Seen<Vec<PartnerRow>>;
    /// One of them.
    GetPartner = "get_partner", TenantId => Seen<PartnerDetail>;
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
    GetChangeRequests = "get_change_requests", () => Seen<Vec<RequestRow>>;
    /// Lets one take effect.
    ApproveRequest = "approve_request", EndOf<ChangeRequestId> => Done;
    /// Refuses one.
    RejectRequest = "reject_request", EndOf<ChangeRequestId> => ();
    /// A page of the audit log. Asks the service.
    ListAudit = "list_audit", AuditQuery => AuditPage;
    /// Writes the eight-column CSV of some days into the user's folder for downloads.
    ExportAudit = "export_audit", ExportRange => SavedFile;
}

macro_rules! events {
    ($($(#[$doc:meta])* $name:ident = $wire:literal, $payload:ty;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;
        impl Event for $name {
            const NAME: &'static str = $wire;
            type Payload = $payload;
        }
    )*};
}

events! {
    /// The session changed.
    SessionChanged = "session-changed", Session;
    /// The sync's state changed.
    SyncChanged = "sync-changed", SyncStatus;
    /// The cache changed: ask again for what is on screen.
    DataChanged = "data-changed", DataChange;
    /// Something about relationships, roles or requests may have changed: ask again for what is on screen.
    RelationsChanged = "relations-changed", ();
    /// The app is asked to show a place: another instance was started, or the tray was used.
    Navigate = "navigate", Place;
}

words! {
    /// Why a command failed, by what the user can do about it.
    IpcErrorKind = "a kind of error" {
        /// What was asked does not have the form it must have.
        Invalid = "invalid",
        /// Sign in first.
        SignedOut = "signed_out",
        /// It does not exist, or may not be seen.
        NotFound = "not_found",
        /// The customer's terms for offline reading have run out: connect first (A28).
        Locked = "locked",
        /// It conflicts with what is there; the message says how, in English.
        Conflict = "conflict",
        /// It has changed since it was read: show both, and let the user decide.
        Stale = "stale",
        /// The service cannot be reached.
        Offline = "offline",
        /// What answers at that address is no Tenantry service, or one of another version.
        NotAService = "not_a_service",
        /// The user gave the sign-in up.
        Cancelled = "cancelled",
        /// The sign-in was not finished within five minutes.
        TimedOut = "timed_out",
        /// The provider or the service refused the sign-in; the message says why.
        Refused = "refused",
        /// No browser could be opened.
        NoBrowser = "no_browser",
        /// Something broke; the log says what.
        Internal = "internal",
    }

    /// The languages of the screens.
    Language = "a language" {
        /// English.
        English = "en",
        /// German.
        German = "de",
    }

    /// The look of the screens.
    Theme = "a theme" {
        /// As the system is.
        System = "system",
        /// Light.
        Light = "light",
        /// Dark.
        Dark = "dark",
    }

    /// Why rows are not kept on disk.
    MemoryOnly = "a reason to keep nothing on disk" {
        /// There is no keychain.
        NoKeychain = "no_keychain",
        /// The keychain is locked, and was not unlocked.
        KeychainLocked = "keychain_locked",
    }

    /// Why a sync fails at present.
    OfflineReason = "a reason to be offline" {
        /// No way to the service.
        Unreachable = "unreachable",
        /// The service answers with an error of its own.
        ServiceError = "service_error",
        /// The service asks to slow down.
        TooManyRequests = "too_many_requests",
    }

    /// Why access ended.
    AccessEndedReason = "a reason for access to end" {
        /// The refresh token no longer holds: sign in again.
        SignInExpired = "sign_in_expired",
        /// The organisation is not onboarded (R2).
        TenantRefused = "tenant_refused",
    }

    /// Columns that the incident list sorts by (A16).
    IncidentColumn = "an incident column" {
        /// Needs action first (R80), then gravest, then newest: the default.
        Urgency = "urgency",
        /// By customer.
        Customer = "customer",
        /// By problem.
        Problem = "problem",
        /// By ticket number.
        Ticket = "ticket",
        /// By room.
        Room = "room",
        /// By type.
        Type = "type",
        /// By status.
        Status = "status",
        /// By severity.
        Severity = "severity",
        /// By unread messages.
        Unread = "unread",
        /// By how long it has been active; on the Resolved tab, by when it was resolved.
        ActiveSince = "active_since",
    }

    /// Columns that the room list sorts by (A16).
    RoomColumn = "a room column" {
        /// By name: the default.
        Name = "name",
        /// By host name.
        Host = "host",
        /// By account.
        Account = "account",
        /// Worst first.
        Health = "health",
        /// With warnings first.
        Warnings = "warnings",
        /// By group.
        Group = "group",
        /// By ring.
        Ring = "ring",
        /// Most open tickets first.
        OpenTickets = "open_tickets",
        /// Longest silent first.
        LastSeen = "last_seen",
    }
}

/// A failed command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "camelCase")]
#[error("{message}")]
pub struct IpcError {
    /// What the window branches on, and translates.
    pub kind: IpcErrorKind,
    /// In English, for the log and for support.
    pub message: String,
    /// Whether trying again may help.
    pub retryable: bool,
    /// Which members of what was sent the service cannot take.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldError>,
}

impl IpcError {
    /// Why something failed that has no fields.
    pub fn new(kind: IpcErrorKind, message: impl Into<String>, retryable: bool) -> Self {
        Self { kind, message: message.into(), retryable, fields: vec![] }
    }

    /// What is wrong with this member of what was sent, such as `#/domain`.
    pub fn field(&self, pointer: &str) -> Option<&FieldError> {
        self.fields.iter().find(|field| field.pointer == pointer)
    }
}

/// See [`GetApp`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AppState {
    /// The app's version.
    pub version: String,
    /// The service in use; none on the first start.
    pub service: Option<ServiceState>,
    /// Whether the address was set by the environment or by the administrator, so that it cannot be changed here.
    pub service_is_managed: bool,
    /// Where the session stands.
    pub session: Session,
    /// What the user chose.
    pub preferences: Preferences,
    /// Where the sync stands.
    pub sync: SyncStatus,
}

/// See [`SetService`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SetServiceArgs {
    /// As typed: `https://tenantry.example`, or `http://` on this machine alone.
    pub address: String,
}

/// The service in use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceState {
    /// Its address.
    pub address: String,
    /// Whether everything there is made up; none while it has not been asked yet.
    pub demo: Option<bool>,
}

/// Where the session stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "state")]
pub enum Session {
    /// The engine is still opening the store.
    Opening,
    /// Nobody is signed in.
    SignedOut,
    /// The browser is open.
    SigningIn,
    /// Somebody is.
    #[serde(rename_all = "camelCase")]
    SignedIn {
        /// Who.
        user: Box<SignedInUser>,
    },
}

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignedInUser {
    /// Their name.
    pub display_name: String,
    /// Their own organisation.
    pub tenant: Tenant,
    /// Their portal-wide roles.
    pub portal_roles: Vec<PortalRole>,
    /// Whether nothing is kept on disk, and why; none where the encrypted cache is in use.
    pub memory_only: Option<MemoryOnly>,
}

/// What the user chose to see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Preferences {
    /// The language; none follows the system.
    pub language: Option<Language>,
    /// The look.
    pub theme: Theme,
    /// Whether Incidents shows all customers (A17: per user, off at first).
    pub all_tickets: bool,
    /// The customer in the dropdown.
    pub customer: Option<TenantId>,
}

impl Default for Preferences {
    fn default() -> Self {
        Self { language: None, theme: Theme::System, all_tickets: false, customer: None }
    }
}

/// Where the sync stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SyncStatus {
    /// On line or not.
    pub state: SyncState,
    /// The moment the cache stands for; none before the first sync.
    pub as_of: Option<Timestamp>,
    /// Whether older, resolved incidents of the first sync are still on their way.
    pub history_pending: bool,
}

/// See [`SyncStatus`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "state")]
pub enum SyncState {
    /// Nobody is signed in.
    SignedOut,
    /// On the way to the service for the first time since start or since the machine woke.
    Connecting,
    /// The cache is what the service shows.
    Current,
    /// It may not be.
    #[serde(rename_all = "camelCase")]
    Offline {
        /// Since when.
        since: Timestamp,
        /// Why.
        reason: OfflineReason,
        /// When the next try is due.
        retry_at: Option<Timestamp>,
    },
    /// It no longer can be: sign in again, or ask the administrator.
    #[serde(rename_all = "camelCase")]
    AccessEnded {
        /// Why.
        reason: AccessEndedReason,
    },
}

/// See [`DataChanged`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DataChange {
    /// Raised with every change. Answers carry it, so that an older one never replaces a newer.
    pub generation: u64,
    /// The customers that were touched; empty where it may be any.
    pub customers: Vec<TenantId>,
}

/// A place in the app; a click on it only navigates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "page")]
pub enum Place {
    /// The home page.
    Incidents,
    /// One incident.
    #[serde(rename_all = "camelCase")]
    Incident {
        /// Which.
        key: IncidentRef,
    },
    /// The rooms of the customer in the dropdown.
    Rooms,
}

/// Which part of a list to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListWindow {
    /// Place of the first row wanted.
    pub offset: u32,
    /// How many rows, at most 500.
    pub limit: u32,
}

/// See [`ListCustomers`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CustomerQuery {
    /// Words that the name must hold, in any order, each at the start of a word or within one; case and accents do not count.
    pub text: String,
    /// Which part.
    pub window: ListWindow,
}

/// See [`ListCustomers`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CustomerPage {
    /// How many match.
    pub total: u32,
    /// How many there are in all.
    pub all: u32,
    /// Open incidents over all customers.
    pub open: u32,
    /// The rows of the window, by name.
    pub rows: Vec<CustomerRow>,
    /// See [`DataChange::generation`].
    pub generation: u64,
}

/// A customer in the dropdown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CustomerRow {
    /// The customer.
    pub id: TenantId,
    /// Its name.
    pub display_name: String,
    /// Its open incidents; none while locked.
    pub open: Option<u32>,
    /// The gravest of them.
    pub worst: Option<Severity>,
    /// What the user may do there.
    pub permissions: PermissionSet,
    /// How far its rows can be relied on.
    pub freshness: Freshness,
}

/// How far the rows of a customer can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "state")]
pub enum Freshness {
    /// As the service shows them.
    Current,
    /// They were so then.
    #[serde(rename_all = "camelCase")]
    Stale {
        /// When.
        as_of: Timestamp,
    },
    /// Some of them could not be read, or have not arrived yet.
    Incomplete,
    /// The customer's terms for offline reading have run out (A28).
    #[serde(rename_all = "camelCase")]
    Locked {
        /// Since when.
        since: Timestamp,
    },
}

/// What a list covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "scope")]
pub enum IncidentScope {
    /// One customer.
    #[serde(rename_all = "camelCase")]
    Customer {
        /// Which.
        id: TenantId,
    },
    /// All customers (R63).
    All,
}

/// See [`ListIncidents`]. Values within one filter are alternatives; different filters must all hold; an empty one holds always.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IncidentFilter {
    /// Only these customers; within [`IncidentScope::All`].
    pub customers: Vec<TenantId>,
    /// Only these statuses.
    pub statuses: Vec<IncidentStatus>,
    /// Only these severities.
    pub severities: Vec<Severity>,
    /// Only these categories.
    pub categories: Vec<Category>,
    /// Only these types.
    pub types: Vec<IncidentType>,
    /// Only with this room.
    pub room: Option<RoomId>,
    /// Only with unread messages.
    pub unread: bool,
    /// Only active for at least so many hours.
    pub older_than_h: Option<u32>,
    /// Only active for less than so many hours.
    pub younger_than_h: Option<u32>,
    /// Words that problem, type, ticket, room, customer or description must hold, in any order.
    pub text: String,
    /// Which of these words the screen's language finds in what it calls a type: an incident of such a type holds the word too.
    pub type_words: Vec<TypeWord>,
}

/// See [`IncidentFilter::type_words`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TypeWord {
    /// One word of the text, as it was typed.
    pub word: String,
    /// The types whose names or problems hold it, as the screen shows them.
    pub types: Vec<IncidentType>,
}

/// See [`ListIncidents`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IncidentQuery {
    /// One customer, or all.
    pub scope: IncidentScope,
    /// Active or Resolved.
    pub tab: IncidentTab,
    /// On the Resolved tab: resolved within so many days (W7: 7, 30 or 90). Ignored on the Active tab.
    pub resolved_days: u32,
    /// What to show of it.
    pub filter: IncidentFilter,
    /// Sorted by.
    pub sort: IncidentColumn,
    /// Whether the order is turned round.
    pub descending: bool,
    /// Whether rows stand under rows of their category (W7).
    pub by_category: bool,
    /// Categories whose rows are folded away.
    pub collapsed: Vec<Category>,
    /// Place of the first row wanted.
    pub offset: u32,
    /// How many rows, at most 500.
    pub limit: u32,
}

/// See [`ListIncidents`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IncidentPage {
    /// How many rows the list has, category rows included.
    pub total: u32,
    /// How many incidents match.
    pub matches: u32,
    /// The rows of the window.
    pub rows: Vec<ListRow>,
    /// Over the scope, tab and filter, but for the filter on status, so that the counters can switch it.
    pub counters: IncidentCounters,
    /// Customers within the scope whose rows are missing or stale, by name; at most 20 of them.
    pub unreliable: Vec<UnreliableCustomer>,
    /// How many there are in all.
    pub unreliable_total: u32,
    /// See [`DataChange::generation`].
    pub generation: u64,
}

/// A customer that a list names as missing or stale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UnreliableCustomer {
    /// The customer.
    pub id: TenantId,
    /// Its name.
    pub display_name: String,
    /// Never [`Freshness::Current`].
    pub freshness: Freshness,
}

/// A row of the incident list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "row")]
pub enum ListRow {
    /// A category, with sums over the incidents under it.
    #[serde(rename_all = "camelCase")]
    Category {
        /// Which.
        category: Category,
        /// Incidents under it.
        tickets: u32,
        /// Different rooms that they concern.
        rooms: u32,
        /// Those that need action.
        needs_action: u32,
        /// Those with unread messages.
        unread: u32,
    },
    /// An incident.
    #[serde(rename_all = "camelCase")]
    Incident {
        /// As the service shows it.
        incident: Box<IncidentRow>,
        /// The customer's name.
        customer_name: String,
        /// Messages that came since it was last opened on this device.
        unread: u32,
    },
}

/// The counters above the incident list (W7). Each is a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IncidentCounters {
    /// All; on the Resolved tab, all resolved and closed ones.
    pub all: u32,
    /// See [`IncidentStatus::NeedsAction`].
    pub needs_action: u32,
    /// See [`IncidentStatus::AssignedToService`].
    pub assigned_to_service: u32,
    /// See [`IncidentStatus::PendingInvestigation`].
    pub pending_investigation: u32,
    /// See [`IncidentStatus::Resolved`].
    pub resolved: u32,
    /// See [`IncidentStatus::Closed`].
    pub closed: u32,
}

/// Names one incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IncidentRef {
    /// The customer.
    pub customer_id: TenantId,
    /// The number.
    pub number: TicketNumber,
}

/// See [`GetIncident`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IncidentDetail {
    /// The incident.
    pub incident: Incident,
    /// The customer's name.
    pub customer_name: String,
    /// How far this can be relied on.
    pub freshness: Freshness,
    /// See [`DataChange::generation`].
    pub generation: u64,
}

/// See [`ListRooms`]. One customer at a time (R65).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RoomQuery {
    /// The customer.
    pub customer_id: TenantId,
    /// Only this bucket.
    pub health: Option<Health>,
    /// Words that name, host, account or group must hold, in any order.
    pub text: String,
    /// Sorted by.
    pub sort: RoomColumn,
    /// Whether the order is turned round.
    pub descending: bool,
    /// Place of the first row wanted.
    pub offset: u32,
    /// How many rows, at most 500.
    pub limit: u32,
}

/// See [`ListRooms`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RoomPage {
    /// How many match.
    pub total: u32,
    /// The rows of the window.
    pub rows: Vec<RoomRow>,
    /// Over all rooms of the customer that match the text.
    pub counters: RoomCounters,
    /// How far these can be relied on.
    pub freshness: Freshness,
    /// See [`DataChange::generation`].
    pub generation: u64,
}

/// A row of the room list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RoomRow {
    /// The room.
    pub room: Room,
    /// Its open incidents that the user may see; none without the right to see any.
    pub open_tickets: Option<u32>,
}

/// Names one room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RoomKey {
    /// The customer.
    pub customer_id: TenantId,
    /// The room.
    pub id: RoomId,
}

/// See [`GetRoom`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RoomDetail {
    /// The room.
    pub room: Room,
    /// The customer's name.
    pub customer_name: String,
    /// Its open incidents that the user may see, gravest first; none without the right to see any.
    pub incidents: Option<Vec<IncidentRow>>,
    /// How far this can be relied on.
    pub freshness: Freshness,
    /// See [`DataChange::generation`].
    pub generation: u64,
}
