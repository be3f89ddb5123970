//! A change of roles as data: what is done at once, or kept as a request until the customer approves it (R24).

use serde::{Deserialize, Serialize};
use tenantry_model::api::requests::RequestedAction;
use tenantry_model::api::roles::{ChangeAssignment, ChangeRole, CreateAssignment, CreateRole};
use tenantry_model::id::{AssignmentId, PrincipalId, RoleId};
use tenantry_model::role::Scope;

/// A change of roles. `version` is the one that was read: a change of what has changed since is refused, also when it is approved later.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum RoleOperation {
    /// A custom role with its first assignment (R53).
    CreateRole(CreateRole),
    /// Other words or permissions of a custom role.
    ChangeRole {
        role: RoleId,
        version: u64,
        change: ChangeRole,
    },
    DeleteRole {
        role: RoleId,
        version: u64,
    },
    /// Another assignment (R50).
    CreateAssignment {
        role: RoleId,
        new: CreateAssignment,
    },
    /// Other words, members or scope of an assignment.
    ChangeAssignment {
        role: RoleId,
        assignment: AssignmentId,
        version: u64,
        change: ChangeAssignment,
    },
    DeleteAssignment {
        role: RoleId,
        assignment: AssignmentId,
        version: u64,
    },
    /// More members of Primary admins (A7).
    AddPrimaryAdmins {
        assignment: AssignmentId,
        principals: Vec<PrincipalId>,
    },
    /// One less (R36).
    RemovePrimaryAdmin {
        assignment: AssignmentId,
        principal: PrincipalId,
    },
}

impl RoleOperation {
    /// How a request for it is headed.
    pub const fn action(&self) -> RequestedAction {
        match self {
            Self::CreateRole(_) => RequestedAction::CreateRole,
            Self::ChangeRole { .. } => RequestedAction::ChangeRole,
            Self::DeleteRole { .. } => RequestedAction::DeleteRole,
            Self::CreateAssignment { .. } => RequestedAction::CreateAssignment,
            Self::ChangeAssignment { .. } | Self::AddPrimaryAdmins { .. } | Self::RemovePrimaryAdmin { .. } => {
                RequestedAction::ChangeAssignment
            }
            Self::DeleteAssignment { .. } => RequestedAction::DeleteAssignment,
        }
    }

    /// The scope that it gives to an assignment, where it gives one.
    pub const fn scope(&self) -> Option<&Scope> {
        match self {
            Self::CreateRole(new) => Some(&new.assignment.scope),
            Self::CreateAssignment { new, .. } => Some(&new.scope),
            Self::ChangeAssignment { change, .. } => change.scope.as_ref(),
            Self::ChangeRole { .. }
            | Self::DeleteRole { .. }
            | Self::DeleteAssignment { .. }
            | Self::AddPrimaryAdmins { .. }
            | Self::RemovePrimaryAdmin { .. } => None,
        }
    }
}
