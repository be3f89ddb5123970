//! One step for several customers: first what it would do at each, then doing it.

use serde::{Deserialize, Serialize};

use crate::id::{PrincipalId, TenantId};
use crate::permission::PermissionSet;
use crate::problem::Problem;
use crate::tenancy::PrincipalRef;

/// `POST /v1/plans/preview`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Plan {
    /// Where: at most 500 customers.
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 500))]
    pub customers: Vec<TenantId>,
    /// What is to be done at each.
    pub step: PlanStep,
}

/// What a plan does at each of its customers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum PlanStep {
    /// Adds these to the Primary admins (A7).
    AddPrimaryAdmins {
        /// Users and security groups.
        principals: Vec<PrincipalId>,
    },
    /// Makes the role be there with these permissions and these people over all delegated rooms: a custom role of this name is created, or
    /// brought to this form.
    ApplyTemplate {
        /// The role's name.
        name: String,
        /// What it is for.
        #[serde(default)]
        description: String,
        /// What its holders may do.
        permissions: PermissionSet,
        /// Who holds it.
        members: Vec<PrincipalId>,
    },
}

/// `POST /v1/plans/apply`: a plan as it was previewed. A customer whose version is no longer the same is left as it is:
/// its row is the new preview, with a refusal of the kind `precondition-failed`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApplyPlan {
    /// Where, each as it was when it was previewed.
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 500))]
    pub customers: Vec<PlannedCustomer>,
    /// What is to be done at each.
    pub step: PlanStep,
}

/// A customer of an [`ApplyPlan`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlannedCustomer {
    /// The customer.
    pub id: TenantId,
    /// The version that the preview named.
    pub version: String,
}

/// What a plan would do, or did, at one customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanRow {
    /// The customer.
    pub id: TenantId,
    /// Its name; empty for one that the caller does not know.
    pub display_name: String,
    /// Whether anything would be done here.
    pub changes: bool,
    /// Users that would gain something, be it that a role of theirs does, by name.
    pub gains: Vec<PrincipalRef>,
    /// Users that would lose something, be it that a role of theirs does, by name.
    pub loses: Vec<PrincipalRef>,
    /// Permissions that the role would have here; none where the step sets none.
    pub permissions: Option<PermissionSet>,
    /// Permissions that the role has here so far; none where there is no such role.
    pub permissions_before: Option<PermissionSet>,
    /// Whether the role would hold in all delegated rooms, and holds in some so far.
    pub widens_scope: bool,
    /// Whether it would wait for the customer's approval (R24).
    pub needs_approval: bool,
    /// Why it cannot be done here.
    pub refusal: Option<Problem>,
    /// What applying must name, so that it does what was shown: it is another one where other people would gain or lose.
    pub version: String,
    /// Whether it was applied, or requested.
    pub applied: bool,
}
