//! What the chain says. Pure.

use tenantry_model::access::{AccessChain, AssignmentLink, RelationshipLink, ScopeLink};

/// Why somebody can, or can't: the first thing that decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict<'a> {
    /// They administer the customer (R55).
    Administrator,
    By(&'a AssignmentLink),
    /// The relationship is not active (R62).
    Ended,
    /// The room is not delegated (R41, R58).
    NotDelegated,
    /// The customer's ceiling leaves the permission out (A9).
    BeyondCeiling,
    NoAssignment,
    NoPermission,
    /// Roles of theirs have it, but no scope of those has the room.
    OutOfScope,
    /// One assignment has the permission and another one the room: they do not add up (R57).
    NotTogether,
}

pub(super) fn verdict(chain: &AccessChain) -> Verdict<'_> {
    if chain.administrator {
        return Verdict::Administrator;
    }
    if let Some(by) = chain.assignments.iter().find(|link| link.allows) {
        return Verdict::By(by);
    }
    match chain.relationship {
        Some(RelationshipLink { active: false, .. }) => return Verdict::Ended,
        Some(RelationshipLink { delegated: false, .. }) => return Verdict::NotDelegated,
        Some(RelationshipLink { within_ceiling: false, .. }) => return Verdict::BeyondCeiling,
        _ => {}
    }
    let permits = chain.assignments.iter().any(|link| link.permits);
    let reaches = chain.assignments.iter().any(|link| link.scope != ScopeLink::Outside);
    match (chain.assignments.is_empty(), permits, reaches) {
        (true, ..) => Verdict::NoAssignment,
        (_, false, _) => Verdict::NoPermission,
        (_, true, false) => Verdict::OutOfScope,
        (_, true, true) => Verdict::NotTogether,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tenantry_model::id::AssignmentId;
    use uuid::Uuid;

    fn link(permits: bool, scope: ScopeLink, allows: bool) -> AssignmentLink {
        AssignmentLink { assignment: AssignmentId::from_uuid(Uuid::from_u128(1)), through: None, permits, scope, allows }
    }

    fn chain(relationship: [bool; 3], assignments: Vec<AssignmentLink>) -> AccessChain {
        let [active, delegated, within_ceiling] = relationship;
        let allowed = assignments.iter().any(|link| link.allows);
        AccessChain {
            allowed,
            administrator: false,
            relationship: Some(RelationshipLink { active, delegated, within_ceiling }),
            assignments,
        }
    }

    #[test]
    fn r57_the_first_broken_link_decides() {
        let open = [true; 3];
        assert_eq!(verdict(&chain([false, true, true], vec![])), Verdict::Ended);
        assert_eq!(verdict(&chain([true, false, false], vec![])), Verdict::NotDelegated);
        assert_eq!(verdict(&chain([true, true, false], vec![])), Verdict::BeyondCeiling);
        assert_eq!(verdict(&chain(open, vec![])), Verdict::NoAssignment);
        assert_eq!(verdict(&chain(open, vec![link(false, ScopeLink::All, false)])), Verdict::NoPermission);
        assert_eq!(verdict(&chain(open, vec![link(true, ScopeLink::Outside, false)])), Verdict::OutOfScope);
        let both = vec![link(true, ScopeLink::Outside, false), link(false, ScopeLink::Room, false)];
        assert_eq!(verdict(&chain(open, both)), Verdict::NotTogether);
    }

    #[test]
    fn one_assignment_that_allows_is_enough_and_an_administrator_needs_none() {
        let chain = chain([true; 3], vec![link(false, ScopeLink::All, false), link(true, ScopeLink::Room, true)]);
        assert!(matches!(verdict(&chain), Verdict::By(by) if by.permits));
        let own = AccessChain { allowed: true, administrator: true, relationship: None, assignments: vec![] };
        assert_eq!(verdict(&own), Verdict::Administrator);
    }
}
