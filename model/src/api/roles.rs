//! Roles and assignments at one customer: the partner's, or the customer's own; neither list contains the other (R44).

use serde::{Deserialize, Serialize};

use crate::access::AccessChain;
use crate::api::requests::RequestRow;
use crate::id::{AssignmentId, PrincipalId, RoleId, RoomGroupId, RoomId};
use crate::permission::{Permission, PermissionSet};
use crate::role::{Role, Scope};
use crate::tenancy::PrincipalRef;

/// A row of `GET /v1/customers/{c}/roles`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoleRow {
    /// The role.
    #[serde(flatten)]
    pub role: Role,
    /// How many assignments it has.
    pub assignments: u32,
    /// How many users hold it, nested groups expanded.
    pub users: u32,
}

/// `GET /v1/customers/{c}/roles`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoleList {
    /// Built-in ones first, then by name.
    pub roles: Vec<RoleRow>,
    /// The most that a role may hold here: the ceiling (A9), or everything on the customer's own side.
    pub ceiling: PermissionSet,
    /// Whether the caller may change assignments somewhere here.
    pub may_modify: bool,
    /// Whether the caller may make, change and delete roles: on the customer's own side its administrators alone (R54).
    pub may_make: bool,
    /// Whether a change becomes a request to the customer (R24).
    pub needs_approval: bool,
    /// Changes of roles that wait for the customer's approval.
    pub waiting: Vec<RequestRow>,
}

/// `GET /v1/customers/{c}/roles/{r}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoleDetail {
    /// The role.
    #[serde(flatten)]
    pub role: Role,
    /// Who holds it where, by name.
    pub assignments: Vec<AssignmentDetail>,
    /// What a change must name in `If-Match`.
    pub version: u64,
}

/// Who holds a role where, with names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AssignmentDetail {
    /// Its id.
    pub id: AssignmentId,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Whether its members get mail about rooms in its scope (R56).
    pub email_notifications: bool,
    /// Whether it came with the role and stays (R48).
    pub preset: bool,
    /// Users and security groups, by name.
    pub members: Vec<PrincipalRef>,
    /// Where it holds.
    pub scope: ScopeDetail,
    /// What a change must name in `If-Match`.
    pub version: u64,
}

/// Where an assignment holds, with names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScopeDetail {
    /// Everywhere: in every room of the customer, or, on the partner's side, in every delegated one.
    pub all: bool,
    /// Rooms named one by one that the reader may see, by name.
    pub rooms: Vec<Named<RoomId>>,
    /// Groups of rooms that the reader may see, by name.
    pub groups: Vec<Named<RoomGroupId>>,
    /// How many more rooms are named that the reader may not see.
    pub hidden_rooms: u32,
    /// How many more groups are.
    #[serde(default)]
    pub hidden_groups: u32,
}

/// An id with the name of what it names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Named<Id> {
    /// The id.
    pub id: Id,
    /// The name.
    pub name: String,
}

/// `POST /v1/customers/{c}/roles`: a custom role with its first assignment (R53).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreateRole {
    /// Its name.
    pub name: String,
    /// What it is for.
    #[serde(default)]
    pub description: String,
    /// What its holders may do; within the ceiling (A9).
    pub permissions: PermissionSet,
    /// Its first assignment.
    pub assignment: CreateAssignment,
}

/// `PATCH /v1/customers/{c}/roles/{r}`: what is left out stays. Built-in roles refuse it (R49).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeRole {
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What its holders may do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions: Option<PermissionSet>,
}

/// `POST /v1/customers/{c}/roles/{r}/assignments`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreateAssignment {
    /// Its name (R51).
    pub name: String,
    /// What it is for.
    #[serde(default)]
    pub description: String,
    /// Whether its members get mail about rooms in its scope (R56).
    #[serde(default)]
    pub email_notifications: bool,
    /// Users and security groups of the caller's own tenant (R52).
    pub members: Vec<PrincipalId>,
    /// Where it holds.
    #[serde(deserialize_with = "crate::requested::scope")]
    #[cfg_attr(feature = "openapi", schema(value_type = crate::requested::Scope))]
    pub scope: Scope,
}

/// `PATCH /v1/customers/{c}/roles/{r}/assignments/{a}`: what is left out stays.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeAssignment {
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether its members get mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email_notifications: Option<bool>,
    /// Who: the whole list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub members: Option<Vec<PrincipalId>>,
    /// Where it holds.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::requested::scope_if_any")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<crate::requested::Scope>))]
    pub scope: Option<Scope>,
}

/// `GET /v1/customers/{c}/access?user=&permission=&room=`: why somebody can, or can't, do something in a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccessAnswer {
    /// Who was asked about.
    pub user: PrincipalRef,
    /// What was asked about.
    pub permission: Permission,
    /// Where.
    pub room: Named<RoomId>,
    /// The chain, link by link.
    pub chain: AccessChain,
    /// The names of what the chain names: assignments with their roles, and groups of people and of rooms.
    pub names: Vec<ChainName>,
}

/// What an assignment of an [`AccessChain`] is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChainName {
    /// The assignment.
    pub assignment: AssignmentId,
    /// Its name.
    pub name: String,
    /// Its role.
    pub role: RoleId,
    /// The role's name.
    pub role_name: String,
    /// The group of people through which the user is in it, where it is not by name.
    pub through: Option<String>,
    /// The group of rooms through which the room is in its scope, where it is not by name; for who sees the room's groups.
    pub by_group: Option<String>,
}
