//! Why somebody can, or can't, do something in a room: the chain relationship → delegation → ceiling → assignment → role → scope.
//!
//! It reads the same facts as [`Rights::resolve`](super::Rights::resolve) and must come to the same answer: a property test holds the two
//! together.

use serde::{Deserialize, Serialize};

use super::{Grant, Side, Subject};
use crate::id::{AssignmentId, PrincipalId, RoomGroupId, RoomId};
use crate::permission::Permission;
use crate::role::Scope;
use crate::tenancy::RelationshipStatus;

/// The chain, link by link. It holds where every link of the relationship holds, and one assignment holds by itself (R57).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccessChain {
    /// Whether they can.
    pub allowed: bool,
    /// Whether they administer the customer, and so may do everything there (R55).
    pub administrator: bool,
    /// What the relationship says; none on the customer's own side.
    pub relationship: Option<RelationshipLink>,
    /// Every assignment that names the user or one of their groups.
    pub assignments: Vec<AssignmentLink>,
}

/// What the relationship says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RelationshipLink {
    /// Whether it is active (R62).
    pub active: bool,
    /// Whether the room is delegated (R41, R58).
    pub delegated: bool,
    /// Whether the permission is within the ceiling (A9).
    pub within_ceiling: bool,
}

/// What one assignment says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AssignmentLink {
    /// The assignment.
    pub assignment: AssignmentId,
    /// The group through which the user is in it; none where they are in it by name.
    pub through: Option<PrincipalId>,
    /// Whether its role has the permission.
    pub permits: bool,
    /// Whether its scope has the room, and by what.
    pub scope: ScopeLink,
    /// Whether it lets the user do it, together with the relationship.
    pub allows: bool,
}

/// Whether a scope has a room, and by what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ScopeLink {
    /// It has every room.
    All,
    /// It names the room.
    Room,
    /// It names a group that holds the room at this moment (A20).
    Group(RoomGroupId),
    /// It does not have it.
    Outside,
}

/// Says why. `administrator` is whether the user administers the customer; everything else is as for [`Rights::resolve`](super::Rights::resolve).
pub fn explain(
    subject: &Subject,
    side: &Side,
    grants: &[Grant],
    administrator: bool,
    mut rooms_of: impl FnMut(RoomGroupId) -> Vec<RoomId>,
    permission: Permission,
    room: RoomId,
) -> AccessChain {
    let relationship = match side {
        Side::Customer => None,
        Side::Partner(delegation) => Some(RelationshipLink {
            active: delegation.status == RelationshipStatus::Active,
            delegated: scope_link(&delegation.scope, room, &mut rooms_of) != ScopeLink::Outside,
            within_ceiling: delegation.ceiling.contains(permission),
        }),
    };
    let open = relationship.is_none_or(|it| it.active && it.delegated && it.within_ceiling);
    let assignments: Vec<AssignmentLink> = grants
        .iter()
        .filter_map(|grant| {
            let through = if grant.members.contains(&subject.user) {
                None
            } else {
                Some(*grant.members.iter().find(|member| subject.groups.contains(member))?)
            };
            let permits = grant.permissions.contains(permission);
            let scope = scope_link(&grant.scope, room, &mut rooms_of);
            let allows = open && permits && scope != ScopeLink::Outside;
            Some(AssignmentLink { assignment: grant.assignment, through, permits, scope, allows })
        })
        .collect();
    let administrator = administrator && relationship.is_none();
    AccessChain { allowed: administrator || assignments.iter().any(|it| it.allows), administrator, relationship, assignments }
}

fn scope_link(scope: &Scope, room: RoomId, rooms_of: &mut impl FnMut(RoomGroupId) -> Vec<RoomId>) -> ScopeLink {
    match scope {
        Scope::All => ScopeLink::All,
        Scope::Some { rooms, .. } if rooms.contains(&room) => ScopeLink::Room,
        Scope::Some { groups, .. } => {
            groups.iter().find(|group| rooms_of(**group).contains(&room)).map_or(ScopeLink::Outside, |group| ScopeLink::Group(*group))
        }
    }
}
