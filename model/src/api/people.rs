//! Lists of people, and finding people.

use serde::{Deserialize, Serialize};

use crate::id::PrincipalId;
use crate::tenancy::PrincipalRef;

/// How many people a search shows. One more is asked for: where it comes, there are more than these, and the list says so.
pub const DIRECTORY_SHOWN: usize = 50;

/// A row of `GET /v1/directory?q=`: a user or a security group of the caller's own tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DirectoryEntry {
    /// The user or group.
    #[serde(flatten)]
    pub principal: PrincipalRef,
    /// How many users a group holds, nested groups expanded (A5); none for a user.
    pub users: Option<u32>,
}

/// The members of a list of people: tenant managers, or the Primary admins of a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MemberList {
    /// Users and security groups, by name.
    pub members: Vec<PrincipalRef>,
    /// How many users that makes, nested groups expanded (A5).
    pub users: u32,
}

/// `POST /v1/tenant-managers` and `POST /v1/customers/{c}/primary-admins`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AddMembers {
    /// Users and security groups of the caller's own tenant.
    pub principals: Vec<PrincipalId>,
}
