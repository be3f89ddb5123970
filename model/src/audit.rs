//! The audit log: who did what to whom, as its readers get it (R107–R112).

use serde::{Deserialize, Serialize};

use crate::id::{PrincipalId, TenantId};
use crate::time::{Timestamp, UtcDay};
use crate::word::words;

/// How many days back the log is answered; older records are gone for its readers (R110).
pub const AUDIT_DAYS: u32 = 180;

/// The columns of the CSV export, in their order (R111).
pub const AUDIT_COLUMNS: [&str; 8] = [
    "activity.category",
    "activity.objectName",
    "activity.operation",
    "activity.resultStatus",
    "activity.tenantId",
    "creationTime",
    "user.userId",
    "user.userTenantId",
];

words! {
    /// Which of the two logs a record stands in (A24).
    AuditLog = "an audit log" {
        /// Users, assignments, invitations, roles: what the eight-column CSV exports.
        Export = "export",
        /// Rooms and incidents; never in the CSV.
        Product = "product",
    }

    /// What kind of thing was acted upon; it decides in which log the record stands. One more kind: a line here, and one in
    /// [`AuditCategory::log`].
    AuditCategory = "an audit category" {
        /// Tenant managers and other portal roles, under the tenant whose portal it is.
        User = "User",
        /// Assignments, Primary admins, the rooms a relationship or an assignment reaches.
        Assignment = "Assignment",
        /// Invitations, from their creation to their end, and the end of a relationship.
        PartnerInvitation = "PartnerInvitation",
        /// Roles.
        Role = "Role",
        /// A room: its name, its enrolment, its suppression.
        Room = "Room",
        /// A group of rooms.
        RoomGroup = "RoomGroup",
        /// An update ring: its place, its days, its rooms.
        UpdateRing = "UpdateRing",
        /// An incident: recorded, answered, closed.
        Incident = "Incident",
        /// The customer's self-enrolment key: downloaded, reset. Never the key itself.
        EnrolmentKey = "EnrolmentKey",
        /// Settings of a customer: contacts, mail, and which signals raise incidents.
        Settings = "Settings",
    }

    /// What was done to it.
    AuditOperation = "an audit operation" {
        /// It was made.
        Create = "Create",
        /// It was changed.
        Update = "Update",
        /// It was taken away.
        Delete = "Delete",
    }

    /// How it went.
    AuditResult = "an audit result" {
        /// It was done.
        Successful = "Successful",
        /// It was tried, and nothing of it was done.
        Failed = "Failed",
    }
}

impl AuditCategory {
    /// The log that its records stand in (A24).
    pub const fn log(self) -> AuditLog {
        match self {
            Self::User | Self::Assignment | Self::PartnerInvitation | Self::Role => AuditLog::Export,
            Self::Room | Self::RoomGroup | Self::UpdateRing | Self::Incident | Self::EnrolmentKey | Self::Settings => AuditLog::Product,
        }
    }
}

/// One thing that an action changed, in few words. Never a key, a token or a message's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditChange {
    /// What changed, such as `name` or `members`.
    pub field: String,
    /// What it was; none where there was nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What it is now; none where there is nothing any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// A record of the log: the eight columns of the CSV, and what they leave out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditRecord {
    /// Names the record: its hash in the chain. Whoever kept it can tell whether the record was changed later.
    pub id: String,
    /// `activity.category`.
    pub category: AuditCategory,
    /// `activity.objectName`: the name that the thing had.
    pub object_name: String,
    /// `activity.operation`.
    pub operation: AuditOperation,
    /// `activity.resultStatus`.
    pub result_status: AuditResult,
    /// `activity.tenantId`: the tenant acted upon.
    pub tenant_id: TenantId,
    /// `creationTime`.
    pub creation_time: Timestamp,
    /// `user.userId`; none where the service itself or its operator acted.
    pub user_id: Option<PrincipalId>,
    /// `user.userTenantId`: the actor's own tenant. Another than `tenantId` where a partner acted on a customer (R112).
    pub user_tenant_id: Option<TenantId>,
    /// What changed.
    pub detail: Vec<AuditChange>,
    /// What those are called now that the record names by an id. It is no part of the record, and stands in no chain.
    #[serde(default)]
    pub names: AuditNames,
}

/// What ids in a record are called when it is read. An id that the service does not know, or that says nothing to this reader, has no name.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditNames {
    /// Of `userId`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// Of `userTenantId`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_tenant: Option<String>,
    /// Of `tenantId`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant: Option<String>,
    /// Of `objectName`, where that is an id: a failed attempt names what it was about as it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
}

/// What `GET /v1/audit` answers: an empty list, and none, hold always; several values of one filter are alternatives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct AuditFilter {
    /// Which log.
    pub log: AuditLog,
    /// The first day; where there is none, as far back as the log is answered.
    pub from: Option<UtcDay>,
    /// The last day, and it is included; where there is none, up to now.
    pub to: Option<UtcDay>,
    /// Only these kinds.
    pub categories: Vec<AuditCategory>,
    /// Only these operations.
    pub operations: Vec<AuditOperation>,
    /// Only these results.
    pub results: Vec<AuditResult>,
    /// Words that the names and ids of the object, the user and the user's tenant must hold, in any order and case.
    pub q: String,
}

impl Default for AuditFilter {
    fn default() -> Self {
        Self { log: AuditLog::Export, from: None, to: None, categories: vec![], operations: vec![], results: vec![], q: String::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r111_the_words_of_the_csv_are_the_documented_ones() {
        let words = |category: &AuditCategory| category.log() == AuditLog::Export;
        let exported: Vec<&str> = AuditCategory::ALL.iter().filter(|it| words(it)).map(|it| it.as_str()).collect();
        assert_eq!(exported, ["User", "Assignment", "PartnerInvitation", "Role"]);
        assert_eq!(AuditOperation::ALL.iter().map(|it| it.as_str()).collect::<Vec<_>>(), ["Create", "Update", "Delete"]);
        assert_eq!(AuditResult::ALL.iter().map(|it| it.as_str()).collect::<Vec<_>>(), ["Successful", "Failed"]);
    }

    #[test]
    fn a24_rooms_and_incidents_stand_in_the_product_log_alone() {
        for category in [
            AuditCategory::Room,
            AuditCategory::RoomGroup,
            AuditCategory::UpdateRing,
            AuditCategory::Incident,
            AuditCategory::EnrolmentKey,
            AuditCategory::Settings,
        ] {
            assert_eq!(category.log(), AuditLog::Product);
        }
    }
}
