//! Who works for whom with which rights, as the window asks for it. Unlike lists of incidents and rooms these are not synced: the engine keeps
//! the last answer of the service to each question, answers with it at once, and asks again meanwhile.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::api::invitations::AcceptInvitation;
use crate::audit::{AuditCategory, AuditLog, AuditOperation, AuditRecord, AuditResult};
use crate::id::{AssignmentId, InvitationId, PrincipalId, RoleId, RoomId, TenantId};
use crate::permission::Permission;
use crate::time::{Timestamp, UtcDay};

/// What the service said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Seen<T> {
    /// What.
    pub value: T,
    /// When.
    pub as_of: Timestamp,
    /// Whether the service was asked since the last nudge; otherwise it is being asked, and [`super::RelationsChanged`] tells if it says something
    /// else, or the service cannot be reached.
    pub current: bool,
}

/// Names one filled-in form, made when it is opened: however often the form is sent, what it creates is created once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FormId(pub Uuid);

/// An answer to an invitation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AcceptArgs {
    /// Which invitation.
    pub invitation: InvitationId,
    /// From which form.
    pub form: FormId,
    /// The answer.
    pub answer: AcceptInvitation,
}

/// A creation at the customer for which the form was opened, whatever the dropdown says by now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateAt<T> {
    /// The customer of the form.
    pub customer: TenantId,
    /// The form.
    pub form: FormId,
    /// What to create.
    pub new: T,
}

/// A creation in the caller's own organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateOwn<T> {
    /// The form.
    pub form: FormId,
    /// What to create.
    pub new: T,
}

/// A change of what was read in this version. [`super::IpcErrorKind::Stale`] where it has changed since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ChangeOf<Key, T> {
    /// What is changed.
    pub key: Key,
    /// The version that was read.
    pub version: u64,
    /// The change.
    pub change: T,
}

/// The end of what was read in this version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EndOf<Key> {
    /// What is to end.
    pub key: Key,
    /// The version that was read.
    pub version: u64,
}

/// A member of a customer's Primary admins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AdminKey {
    /// The customer.
    pub customer: TenantId,
    /// The member.
    pub principal: PrincipalId,
}

/// A role at a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RoleKey {
    /// The customer.
    pub customer: TenantId,
    /// The role.
    pub role: RoleId,
}

/// A new assignment of a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateIn<T> {
    /// Of which role.
    pub key: RoleKey,
    /// From which form.
    pub form: FormId,
    /// What to create.
    pub new: T,
}

/// An assignment of a role at a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AssignmentKey {
    /// The customer.
    pub customer: TenantId,
    /// The role.
    pub role: RoleId,
    /// The assignment.
    pub assignment: AssignmentId,
}

/// A role of a partner, seen from the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PartnerRoleKey {
    /// The partner.
    pub partner: TenantId,
    /// The role.
    pub role: RoleId,
}

/// Why can, or can't, somebody do something in a room?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccessQuestion {
    /// The customer.
    pub customer: TenantId,
    /// Who.
    pub user: PrincipalId,
    /// What.
    pub permission: Permission,
    /// Where.
    pub room: RoomId,
}

/// See [`super::ListAudit`]. Values within one filter are alternatives; different filters must all hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuditQuery {
    /// Which log.
    pub log: AuditLog,
    /// The first day, in UTC; none for as far back as the log is answered.
    pub from: Option<UtcDay>,
    /// The last day, included; none for today.
    pub to: Option<UtcDay>,
    /// Only of these kinds.
    pub categories: Vec<AuditCategory>,
    /// Only these operations.
    pub operations: Vec<AuditOperation>,
    /// Only with these results.
    pub results: Vec<AuditResult>,
    /// Words that the names and ids of the object, the user and the user's organisation must hold.
    pub text: String,
    /// Where to go on: the `next` of the page before.
    pub after: Option<String>,
}

/// See [`super::ListAudit`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuditPage {
    /// Newest first.
    pub rows: Vec<AuditRecord>,
    /// What goes on with the next page; none on the last.
    pub next: Option<String>,
}

/// See [`super::ExportAudit`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExportRange {
    /// The first day, in UTC; at most 180 days back (R110).
    pub from: UtcDay,
    /// The last day, included.
    pub to: UtcDay,
}

/// See [`super::ExportAudit`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SavedFile {
    /// Where it lies now.
    pub path: String,
    /// How many records it holds.
    pub records: u32,
}
