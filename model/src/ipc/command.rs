//! Every command, declared once: its name, its arguments and its answer.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{
    About, AcceptArgs, AccessQuestion, AdminKey, AppState, AssignmentKey, AttachmentRef, AuditPage, AuditQuery, BulkOrder, BulkPlan,
    BulkRows, BulkRun, Cached, ChangeOf, CountQuery, CreateAt, CreateIn, CreateOwn, CustomerPage, CustomerQuery, CustomerRow, EndOf,
    ExportRange, FormId, IncidentDetail, IncidentPage, IncidentQuery, IncidentRef, Matching, MeantByName, NewUpload, NextCustomerQuery,
    OutboxEntry, OutboxMark, PaletteAnswer, PaletteQuery, PartnerRoleKey, Preferences, RangeQuery, RefusedFile, ReportExport, ReportQuery,
    ResolvedCountQuery, ResumedPlan, RoleKey, RoomCountQuery, RoomDetail, RoomGroupKey, RoomKey, RoomPage, RoomQuery, SaveArgs,
    SaveFilterArgs, SaveKeyArgs, SavedAttachment, SavedFile, SeenMessages, SelectionQuery, SendAgainArgs, ServiceState, Session,
    SetServiceArgs, ShownPicture, SteerArgs, SyncStatus, TakeDropped, Transfer, UnfinishedRun, UpdateKey, UpdateRingKey, UploadPart,
    ViewCounts, WaitingFile, WorkItem, WorkOutcome,
};
use crate::api::TenantRow;
use crate::api::customers::CustomerDetail;
use crate::api::enrolment_keys::EnrolmentKeyList;
use crate::api::invitations::{Accepted, InvitationDetail};
use crate::api::partners::{self, PartnerDetail, PartnerRow};
use crate::api::people::{AddMembers, DirectoryEntry, MemberList};
use crate::api::plans::{self, PlanRow};
use crate::api::reports::{HealthReport, OverviewReport, UsageReport};
use crate::api::requests::{Done, Outcome, RequestRow, WaitingRequest};
use crate::api::roles::{self, AccessAnswer, RoleDetail, RoleList};
use crate::api::room_events::{IssueEvents, RoomEventPage};
use crate::api::room_groups::{self, RoomGroupDetail, RoomGroupRow};
use crate::api::saved_views::SavedView;
use crate::api::settings::{self, CustomerSettings, Organisation};
use crate::api::signal_switches::{self, SignalSwitches};
use crate::api::signals::RoomSignals;
use crate::api::update_rings::{self, MoveRooms, RingList};
use crate::api::updates::{RoomUpdates, UpdateAction, UpdateDetail, UpdateList};
use crate::api::waiting_rooms;
use crate::filter::Name;
use crate::id::{ChangeRequestId, InvitationId, PrincipalId, SavedViewId, TenantId};
use crate::tenancy::ActingAs;
use crate::text::DomainName;

/// A command: invoked by name, with one argument called `args`.
pub trait Command {
    /// Its name on the wire, and that of the engine's method.
    const NAME: &'static str;
    /// What it takes.
    type Args: Serialize + DeserializeOwned;
    /// What it answers when it succeeds; [`IpcError`](super::IpcError) otherwise.
    type Answer: Serialize + DeserializeOwned;
}

/// The list of commands, handed to the macro that is named. A line is `kind Name = name(Args) -> Answer;`: the engine has a method `name`. The shell
/// makes an adapter, its registration and its permission of each line. The kind says where the answer comes from:
///
/// | kind | its answer |
/// |---|---|
/// | `local` | the state of the app on this device |
/// | `synced` | the copy that the sync keeps current |
/// | `asked` | the service's, remembered for when it is out of reach: a [`Cached`] answer |
/// | `fetched` | the service's, asked each time |
/// | `change` | what the service changed |
#[macro_export]
macro_rules! commands {
    ($callback:ident) => {
        $callback! {
            /// Everything the window needs for its first paint, in one call. Answers without network or keychain.
            local GetApp = get_app() -> AppState;
            /// Where the session stands.
            local GetSession = get_session() -> Session;
            /// Names the service to use: asks it who it is, and remembers it. Signs out of the one before.
            local SetService = set_service(SetServiceArgs) -> ServiceState;
            /// Opens the system browser and waits for the sign-in to come back. One at a time; ends after five minutes.
            local SignIn = sign_in() -> Session;
            /// Gives up the sign-in that is under way. Nothing happens where none is.
            local CancelSignIn = cancel_sign_in() -> ();
            /// Asks the keychain again for the key that it did not give, also after going on without it, as long as nobody is signed in. Nothing happens
            /// where nothing is waited for.
            local TryKeychain = try_keychain() -> ();
            /// Goes on without that key: in memory, until the app closes or the user signs out. Nothing on disk is deleted.
            local GoWithoutKeychain = go_without_keychain() -> ();
            /// Tries again to open the store that the disk did not let be opened, as [`TryKeychain`] does for the keychain.
            local TryDisk = try_disk() -> ();
            /// Goes on without that store, as [`GoWithoutKeychain`] does.
            local GoWithoutDisk = go_without_disk() -> ();
            /// Forgets tokens, key and cache of this user, on line or off.
            local SignOut = sign_out() -> ();
            /// Goes on as the other of the two that the organisation is (A37): what is kept of the one before is deleted, and the service is asked anew. Refused while
            /// something has not been sent.
            local ActAs = act_as(ActingAs) -> ();
            /// What the user chose to see; kept per user.
            local GetPreferences = get_preferences() -> Preferences;
            /// Keeps what the user chose.
            local SetPreferences = set_preferences(Preferences) -> ();
            /// Where the sync stands.
            local GetSync = get_sync() -> SyncStatus;
            /// Syncs now rather than at the next nudge or retry.
            local SyncNow = sync_now() -> ();
            /// A window of the customer dropdown.
            synced ListCustomers = list_customers(CustomerQuery) -> CustomerPage;
            /// One customer by id: the header's line for the one that is chosen. [`IpcErrorKind::NotFound`] once it may no longer be seen.
            synced GetCustomer = get_customer(TenantId) -> CustomerRow;
            /// The next customer by name whose rows can be read; none where that was the last.
            synced NextCustomer = next_customer(NextCustomerQuery) -> Option<TenantId>;
            /// A window of the incident list.
            synced ListIncidents = list_incidents(IncidentQuery) -> IncidentPage;
            /// One incident whole.
            synced GetIncident = get_incident(IncidentRef) -> IncidentDetail;
            /// Lets the next [`GetIncident`] ask the service again for what it did not give.
            local RetryIncident = retry_incident(IncidentRef) -> ();
            /// Does work on incidents and rooms: now where the service can be reached, and once it can otherwise (A35). What was refused stays in the outbox until
            /// whoever hears of it discards it, or sends the form again.
            change DoWork = do_work(WorkItem) -> WorkOutcome;
            /// All incidents that a list matches, whatever of them has been shown: to be selected.
            synced MatchIncidents = match_incidents(IncidentQuery) -> Matching<IncidentRef>;
            /// The same of rooms.
            synced MatchRooms = match_rooms(RoomQuery) -> Matching<RoomKey>;
            /// The incidents from one row of a list to another, whatever of them has been shown; none where one of the two has left the list.
            synced MatchRange = match_range(RangeQuery<IncidentQuery, IncidentRef>) -> Option<Matching<IncidentRef>>;
            /// The same of rooms.
            synced MatchRoomRange = match_room_range(RangeQuery<RoomQuery, RoomKey>) -> Option<Matching<RoomKey>>;
            /// How many of what is selected is in a list.
            synced CountSelected = count_selected(SelectionQuery<IncidentQuery, IncidentRef>) -> u32;
            /// The same of rooms.
            synced CountSelectedRooms = count_selected_rooms(SelectionQuery<RoomQuery, RoomKey>) -> u32;
            /// What an action would do at many incidents or rooms, customer by customer, and at which it would do nothing and why. Asks nobody, but
            /// for what may need an approval: whether some of these customers want to give it.
            synced PlanBulk = plan_bulk(BulkOrder) -> BulkPlan;
            /// Begins what was planned last, stops it, goes on, or undoes it; an event tells how it goes.
            change SteerBulk = steer_bulk(SteerArgs) -> ();
            /// The run that was begun and has not been closed.
            local GetBulk = get_bulk(BulkRows) -> Option<BulkRun>;
            /// Forgets it, once it does not go on, and answers at which it did nothing. What waits to be sent is sent all the same.
            local CloseBulk = close_bulk(FormId) -> Vec<About>;
            /// Those that were started before and have not begun everything.
            local GetUnfinishedBulk = get_unfinished_bulk() -> Vec<UnfinishedRun>;
            /// Plans anew what one of them has not begun. It takes that one's place once it is started.
            synced ResumeBulk = resume_bulk(FormId) -> ResumedPlan;
            /// Says nothing more of one of them: what it has not begun is not done.
            local ForgetBulk = forget_bulk(FormId) -> ();
            /// What was typed and has not been sent, in that order, without its contents; an event says that it changed.
            local GetOutboxIndex = get_outbox_index() -> Vec<OutboxMark>;
            /// Some of it whole: up to [`MOST_ENTRIES`](super::MOST_ENTRIES). What is no longer there is left out.
            local GetOutboxEntries = get_outbox_entries(Vec<FormId>) -> Vec<OutboxEntry>;
            /// Sends an entry again that was refused, on top of what holds now.
            local SendAgain = send_again(SendAgainArgs) -> ();
            /// Throws an entry away: it is not sent any more.
            local DiscardEntry = discard_entry(FormId) -> ();
            /// Renews the claim that one holds, while one works on the incident (A32). On line alone.
            change RenewClaim = renew_claim(IncidentRef) -> ();
            /// Takes a file that was chosen for an incident: what it holds follows (R82). [`IpcErrorKind::WaitingFull`] where too much waits already.
            local OpenUpload = open_upload(NewUpload) -> ();
            /// Takes what comes next in that file. With the last of it the file is kept, and sent as soon as it can be, resumed after cuts, and checked (A35).
            local AddToUpload = add_to_upload(UploadPart) -> ();
            /// Takes the files that were dropped on the window, for an incident. Those that are not taken, and why.
            local TakeDroppedFiles = take_dropped_files(TakeDropped) -> Vec<RefusedFile>;
            /// The files of an incident that are on their way, in the order in which they were begun; an event says that something moved.
            local GetTransfers = get_transfers(IncidentRef) -> Vec<Transfer>;
            /// Ends one, or forgets one that failed: what was kept of it is deleted.
            local CancelTransfer = cancel_transfer(FormId) -> ();
            /// Files that were chosen and have not arrived at the service, in that order (A35).
            local GetWaitingFiles = get_waiting_files() -> Vec<WaitingFile>;
            /// Sends a file again that was refused.
            local SendFileAgain = send_file_again(FormId) -> ();
            /// Writes a file that waits, or was refused, into the user's folder for downloads, over no other file.
            local SaveWaitingFile = save_waiting_file(FormId) -> SavedAttachment;
            /// Writes an attachment into the user's folder for downloads, checked, and over no other file.
            fetched SaveAttachment = save_attachment(SaveArgs) -> SavedAttachment;
            /// A picture to be shown, checked: one of points in a raster, of up to [`LARGEST_SHOWN`](super::LARGEST_SHOWN) bytes.
            fetched ShowAttachment = show_attachment(AttachmentRef) -> ShownPicture;
            /// Marks messages that were on screen as read, here and, once it can be told, on the other desks of the same user.
            local MarkRead = mark_read(SeenMessages) -> ();
            /// A window of the room list.
            synced ListRooms = list_rooms(RoomQuery) -> RoomPage;
            /// One room whole.
            synced GetRoom = get_room(RoomKey) -> RoomDetail;
            /// How the signals of a room stand, those that ever failed.
            asked GetRoomSignals = get_room_signals(RoomKey) -> RoomSignals;
            /// The newest events of a room (R113).
            asked GetRoomEvents = get_room_events(RoomKey) -> RoomEventPage;
            /// The events that an issue was recorded for (R113).
            asked GetIncidentEvents = get_incident_events(IncidentRef) -> IssueEvents;
            /// Ends the management of a room (R68). On line alone: it cannot be taken back, and is decided by what one sees.
            change UnenrolRoom = unenrol_room(EndOf<RoomKey>) -> ();
            /// What holds the words of the command palette, from the copy alone.
            synced SearchPalette = search_palette(PaletteQuery) -> PaletteAnswer;
            /// Changes of the own organisation that wait for this customer's approval.
            asked GetRequestsAt = get_requests_at(TenantId) -> Vec<WaitingRequest>;
            /// The same of all customers. It is not kept: it names rooms, and which of them may be kept is each customer's to say (A28).
            fetched GetWaitingRequests = get_waiting_requests() -> Vec<WaitingRequest>;
            /// The filters that the user has saved, in their order.
            synced ListViews = list_views() -> Vec<SavedView>;
            /// How many open incidents each of several filters finds, over all customers.
            synced CountIncidents = count_incidents(CountQuery) -> ViewCounts;
            /// The same of what was resolved within some days, as far as it is here.
            synced CountResolved = count_resolved(ResolvedCountQuery) -> ViewCounts;
            /// How many rooms each of several filters finds, over all customers.
            synced CountRooms = count_rooms(RoomCountQuery) -> ViewCounts;
            /// How many customers that are here each name means.
            synced CountMeant = count_meant(Vec<Name>) -> Vec<MeantByName>;
            /// Saves a filter, or changes a saved one. [`IpcErrorKind::Stale`] where it is another one by now.
            change SaveFilter = save_filter(SaveFilterArgs) -> SavedView;
            /// Away with a saved filter.
            change DeleteView = delete_view(EndOf<SavedViewId>) -> ();
            /// The customers and the invitations that wait (R4, R27, R28).
            asked GetTenants = get_tenants() -> Vec<TenantRow>;
            /// An invitation that waits.
            asked GetInvitation = get_invitation(InvitationId) -> InvitationDetail;
            /// Accepts it (R30).
            change AcceptInvitation = accept_invitation(AcceptArgs) -> Accepted;
            /// Denies it: that cannot be undone (R33).
            change DenyInvitation = deny_invitation(InvitationId) -> ();
            /// Who answers invitations beside the administrators.
            asked GetTenantManagers = get_tenant_managers() -> MemberList;
            /// Adds some (R12, R13).
            change AddTenantManagers = add_tenant_managers(AddMembers) -> MemberList;
            /// Removes one.
            change RemoveTenantManager = remove_tenant_manager(PrincipalId) -> ();
            /// What the relationship with a customer says.
            asked GetRelationship = get_relationship(TenantId) -> CustomerDetail;
            /// Ends it, by a Primary admin (R59, R60).
            change RemoveCustomer = remove_customer(EndOf<TenantId>) -> ();
            /// The Primary admins of a customer.
            asked GetPrimaryAdmins = get_primary_admins(TenantId) -> MemberList;
            /// Adds some (A7).
            change AddPrimaryAdmins = add_primary_admins(CreateAt<AddMembers>) -> Outcome;
            /// Removes one (R36).
            change RemovePrimaryAdmin = remove_primary_admin(AdminKey) -> Outcome;
            /// The roles at a customer.
            asked GetRoles = get_roles(TenantId) -> RoleList;
            /// A role with its assignments.
            asked GetRole = get_role(RoleKey) -> RoleDetail;
            /// A custom role with its first assignment (R53).
            change CreateRole = create_role(CreateAt<roles::CreateRole>) -> Outcome;
            /// Other words or permissions of a custom role.
            change ChangeRole = change_role(ChangeOf<RoleKey, roles::ChangeRole>) -> Outcome;
            /// Away with a custom role.
            change DeleteRole = delete_role(EndOf<RoleKey>) -> Outcome;
            /// Another assignment.
            change CreateAssignment = create_assignment(CreateIn<RoleKey, roles::CreateAssignment>) -> Outcome;
            /// Other words, members or scope of an assignment.
            change ChangeAssignment = change_assignment(ChangeOf<AssignmentKey, roles::ChangeAssignment>) -> Outcome;
            /// Away with an assignment.
            change DeleteAssignment = delete_assignment(EndOf<AssignmentKey>) -> Outcome;
            /// The groups of rooms of a customer, by name.
            asked GetRoomGroups = get_room_groups(TenantId) -> Vec<RoomGroupRow>;
            /// A group of rooms, with what depends on it.
            asked GetRoomGroup = get_room_group(RoomGroupKey) -> RoomGroupDetail;
            /// A group of rooms.
            change CreateRoomGroup = create_room_group(CreateAt<room_groups::CreateRoomGroup>) -> Done;
            /// Another name of a group, rooms that come and rooms that go.
            change ChangeRoomGroup = change_room_group(ChangeOf<RoomGroupKey, room_groups::ChangeRoomGroup>) -> Done;
            /// Away with a group; its rooms stay.
            change DeleteRoomGroup = delete_room_group(EndOf<RoomGroupKey>) -> ();
            /// The update rings of a customer, in their order (R100).
            asked GetUpdateRings = get_update_rings(TenantId) -> RingList;
            /// An update ring.
            change CreateUpdateRing = create_update_ring(CreateAt<update_rings::CreateUpdateRing>) -> Done;
            /// Another place, other words or days of an update ring.
            change ChangeUpdateRing = change_update_ring(ChangeOf<UpdateRingKey, update_rings::ChangeUpdateRing>) -> Outcome;
            /// Away with an update ring; its rooms come to General.
            change DeleteUpdateRing = delete_update_ring(EndOf<UpdateRingKey>) -> ();
            /// Rooms into an update ring.
            change MoveToUpdateRing = move_to_update_ring(ChangeOf<UpdateRingKey, MoveRooms>) -> Outcome;
            /// The updates at a customer, newest first, with where they stand in each ring (W12).
            asked GetUpdates = get_updates(TenantId) -> UpdateList;
            /// An update at a customer, with the rooms in which it failed.
            asked GetUpdate = get_update(UpdateKey) -> UpdateDetail;
            /// What a room runs, and which updates it has before it (R103).
            asked GetRoomUpdates = get_room_updates(RoomKey) -> RoomUpdates;
            /// An update paused, resumed, retried or forced (R105).
            change ActOnUpdate = act_on_update(ChangeOf<UpdateKey, UpdateAction>) -> Outcome;
            /// The own organisation, with the domains by which a customer invites it (R18).
            asked GetOrganisation = get_organisation() -> Organisation;
            /// What a customer sets for itself.
            asked GetSettings = get_settings(TenantId) -> CustomerSettings;
            /// Other contacts, other mail.
            change ChangeSettings = change_settings(ChangeOf<TenantId, settings::ChangeSettings>) -> Done;
            /// Which signals raise incidents at a customer (R74).
            asked GetSignalSwitches = get_signal_switches(TenantId) -> SignalSwitches;
            /// Switches some of them, or all.
            change SwitchSignals = switch_signals(ChangeOf<TenantId, signal_switches::SwitchSignals>) -> Done;
            /// The self-enrolment keys of a customer, without themselves (R106).
            asked GetEnrolmentKeys = get_enrolment_keys(TenantId) -> EnrolmentKeyList;
            /// Has a key made and writes it, as the installer's file, into the user's folder for downloads. The window never holds it. Not by a form: asked again, it
            /// is another key.
            change SaveEnrolmentKey = save_enrolment_key(SaveKeyArgs) -> SavedAttachment;
            /// A room that waits for its device.
            change CreateWaitingRoom = create_waiting_room(CreateAt<waiting_rooms::CreateWaitingRoom>) -> Done;
            /// A room that waits is not to come any more.
            change CancelWaitingRoom = cancel_waiting_room(EndOf<RoomKey>) -> ();
            /// The rooms of a customer at a glance (R93).
            asked GetOverviewReport = get_overview_report(ReportQuery) -> OverviewReport;
            /// How they fared (R91–R96).
            asked GetHealthReport = get_health_report(ReportQuery) -> HealthReport;
            /// How they were used (R97, R98).
            asked GetUsageReport = get_usage_report(ReportQuery) -> UsageReport;
            /// Writes the table of rooms, or the incidents (R99), into the user's folder for downloads.
            fetched ExportReport = export_report(ReportExport) -> SavedFile;
            /// Why somebody can, or can't, do something in a room.
            fetched ExplainAccess = explain_access(AccessQuestion) -> AccessAnswer;
            /// Users and groups of the own organisation with these words in their names; more than
            /// [`DIRECTORY_SHOWN`](crate::api::people::DIRECTORY_SHOWN) where not all of them came.
            fetched SearchDirectory = search_directory(String) -> Vec<DirectoryEntry>;
            /// What a step would do at several customers.
            fetched PreviewPlan = preview_plan(plans::Plan) -> Vec<PlanRow>;
            /// Does it, as it was shown.
            change ApplyPlan = apply_plan(plans::ApplyPlan) -> Vec<PlanRow>;
            /// The partners of the own organisation.
            asked GetPartners = get_partners() -> Vec<PartnerRow>;
            /// A partner of the own organisation, whole.
            asked GetPartner = get_partner(TenantId) -> PartnerDetail;
            /// Whether the partner with this domain could be invited now; the error names the field as [`InvitePartner`] would.
            fetched CheckPartnerDomain = check_partner_domain(DomainName) -> ();
            /// Invites one (R17–R25).
            change InvitePartner = invite_partner(CreateOwn<partners::InvitePartner>) -> Done;
            /// Widens or narrows what it may do.
            change ChangePartner = change_partner(ChangeOf<TenantId, partners::ChangePartner>) -> Done;
            /// Ends the relationship, by the customer (R61).
            change RemovePartner = remove_partner(EndOf<TenantId>) -> ();
            /// Withdraws the invitation to a partner (A3).
            change WithdrawInvitation = withdraw_invitation(TenantId) -> ();
            /// Away with a partner's custom role (A27).
            change DeletePartnerRole = delete_partner_role(EndOf<PartnerRoleKey>) -> ();
            /// Partners' changes that wait, and those that were decided last (R24).
            asked GetChangeRequests = get_change_requests() -> Vec<RequestRow>;
            /// Lets one take effect.
            change ApproveRequest = approve_request(EndOf<ChangeRequestId>) -> Done;
            /// Refuses one.
            change RejectRequest = reject_request(EndOf<ChangeRequestId>) -> ();
            /// A page of the audit log.
            fetched ListAudit = list_audit(AuditQuery) -> AuditPage;
            /// Writes the eight-column CSV of some days into the user's folder for downloads, so that a spreadsheet opens it in columns.
            fetched ExportAudit = export_audit(ExportRange) -> SavedFile;
            /// Opens the folder of the last export of this run in the system's file manager. [`IpcErrorKind::NotFound`] where there is none.
            local OpenExportFolder = open_export_folder() -> ();
        }
    };
}

macro_rules! declare {
    ($($(#[$doc:meta])* $kind:ident $name:ident = $wire:ident($($args:ty)?) -> $answer:ty;)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy)]
            pub struct $name;
            impl Command for $name {
                const NAME: &'static str = stringify!($wire);
                type Args = args!($($args)?);
                type Answer = answer!($kind $answer);
            }
        )*
        /// The names of all commands.
        pub const COMMANDS: &[&str] = &[$(stringify!($wire)),*];
    };
}

macro_rules! args {
    () => {
        ()
    };
    ($args:ty) => {
        $args
    };
}

macro_rules! answer {
    (local $answer:ty) => { $answer };
    (synced $answer:ty) => { $answer };
    (asked $answer:ty) => { Cached<$answer> };
    (fetched $answer:ty) => { $answer };
    (change $answer:ty) => { $answer };
}

commands!(declare);
