//! The one function that decides who may do what (R57), what of an incident (A23) and of a room its reader
//! sees, which groups of rooms, and what reports are over.
//!
//! [`Rights::resolve`] takes what the tables say about one user at one customer and keeps only what counts: each assignment that has
//! the user, with its permissions cut to the relationship's ceiling (A9) and its rooms cut to the delegated ones (R41, R58).
//! [`Rights::allow`] then asks for one single assignment that has both the room and the permission; rights of two assignments never
//! multiply. Everything is a value: resolve again whenever the tables changed.

mod explain;
mod groups;
mod reports;
mod rooms;

pub use explain::{AccessChain, AssignmentLink, RelationshipLink, ScopeLink, explain};

use crate::id::{AssignmentId, PrincipalId, RoomGroupId, RoomId, TenantId};
use crate::permission::{Permission, PermissionSet};
use crate::role::Scope;
use crate::tenancy::RelationshipStatus;

/// Which side of the relationship the user stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Side {
    /// Staff of the customer itself: no relationship, no ceiling (R54, R55).
    Customer,
    /// Staff of a partner, by virtue of this relationship.
    Partner(Delegation),
}

/// What a customer handed to a partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delegation {
    /// An ended relationship conveys nothing (R62).
    pub status: RelationshipStatus,
    /// The delegated rooms: groups with whatever rooms they hold when access is asked for, and all with whatever rooms there are (A36).
    pub scope: Scope,
    /// The most that any partner role may hold here (A9).
    pub ceiling: PermissionSet,
}

/// An assignment with the permissions of its role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The assignment.
    pub assignment: AssignmentId,
    /// What its role permits.
    pub permissions: PermissionSet,
    /// Its members: users and security groups.
    pub members: Vec<PrincipalId>,
    /// Where it holds.
    pub scope: Scope,
}

/// A user and every security group that they are in, nested ones included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The user.
    pub user: PrincipalId,
    /// The groups, expanded.
    pub groups: Vec<PrincipalId>,
}

impl Subject {
    fn is_any_of(&self, members: &[PrincipalId]) -> bool {
        members.iter().any(|member| *member == self.user || self.groups.contains(member))
    }
}

/// A set of rooms that answers in a few nanoseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
enum RoomSet {
    /// Every room of the customer.
    All,
    /// These, sorted.
    These(Vec<RoomId>),
}

impl RoomSet {
    fn these(mut rooms: Vec<RoomId>) -> Self {
        rooms.sort_unstable();
        rooms.dedup();
        Self::These(rooms)
    }

    fn contains(&self, room: RoomId) -> bool {
        match self {
            Self::All => true,
            Self::These(rooms) => rooms.binary_search(&room).is_ok(),
        }
    }

    fn of(scope: &Scope, rooms_of: &mut impl FnMut(RoomGroupId) -> Vec<RoomId>) -> Self {
        match scope {
            Scope::All => Self::All,
            Scope::Some { rooms, groups } => {
                Self::these(rooms.iter().copied().chain(groups.iter().flat_map(|group| rooms_of(*group))).collect())
            }
        }
    }

    fn cut_to(self, other: &Self) -> Self {
        match (self, other) {
            (Self::All, other) => other.clone(),
            (these, Self::All) => these,
            (Self::These(mut rooms), other) => {
                rooms.retain(|room| other.contains(*room));
                Self::These(rooms)
            }
        }
    }

    fn is_empty(&self) -> bool {
        matches!(self, Self::These(rooms) if rooms.is_empty())
    }
}

/// An assignment that has the user, cut to what the relationship allows.
#[derive(Debug, Clone, PartialEq, Eq)]
struct EffectiveGrant {
    assignment: AssignmentId,
    permissions: PermissionSet,
    rooms: RoomSet,
    /// Whether its scope was everything there is, whatever that is at this moment.
    everywhere: bool,
}

/// What one user may do at one customer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rights {
    partner: bool,
    grants: Vec<EffectiveGrant>,
}

impl Rights {
    /// Keeps of `grants` what counts for `subject`. `rooms_of` tells which rooms a group holds at this moment (A20).
    pub fn resolve(subject: &Subject, side: &Side, grants: &[Grant], mut rooms_of: impl FnMut(RoomGroupId) -> Vec<RoomId>) -> Self {
        let (ceiling, delegated) = match side {
            Side::Customer => (PermissionSet::ALL, RoomSet::All),
            Side::Partner(Delegation { status: RelationshipStatus::Ended, .. }) => return Self::default(),
            Side::Partner(delegation) => (delegation.ceiling, RoomSet::of(&delegation.scope, &mut rooms_of)),
        };
        let effective = |grant: &Grant| EffectiveGrant {
            assignment: grant.assignment,
            permissions: grant.permissions.and(ceiling),
            rooms: RoomSet::of(&grant.scope, &mut rooms_of).cut_to(&delegated),
            everywhere: grant.scope == Scope::All,
        };
        let grants = grants
            .iter()
            .filter(|grant| subject.is_any_of(&grant.members))
            .map(effective)
            .filter(|grant| !grant.permissions.is_empty() && !grant.rooms.is_empty())
            .collect();
        Self { partner: matches!(side, Side::Partner(_)), grants }
    }

    /// R57: the assignment by which the user may do `permission` on `room`, if there is one.
    pub fn allow(&self, permission: Permission, room: RoomId) -> Option<AssignmentId> {
        self.grants.iter().find(|grant| grant.permissions.contains(permission) && grant.rooms.contains(room)).map(|grant| grant.assignment)
    }

    /// Whether the user may do `permission` on at least one room.
    pub fn allow_somewhere(&self, permission: Permission) -> bool {
        self.grants.iter().any(|grant| grant.permissions.contains(permission))
    }

    /// Whether one assignment gives the user `permission` over everything there is, rooms that come later included.
    pub fn allow_everywhere(&self, permission: Permission) -> bool {
        self.grants.iter().any(|grant| grant.everywhere && grant.permissions.contains(permission))
    }

    /// How many room ids are held in it: what it weighs.
    pub fn weight(&self) -> usize {
        let held = |grant: &EffectiveGrant| match &grant.rooms {
            RoomSet::All => 0,
            RoomSet::These(rooms) => rooms.len(),
        };
        self.grants.iter().map(held).sum()
    }

    /// Whether nothing of the customer exists for the user.
    pub fn is_empty(&self) -> bool {
        self.grants.is_empty()
    }

    /// What the user may do on at least one room: what screens enable controls by. It is no permission on any one room.
    pub fn permissions(&self) -> PermissionSet {
        self.grants.iter().fold(PermissionSet::NONE, |all, grant| all.or(grant.permissions))
    }

    /// How many rooms the user may do `permission` on; none where it is all rooms of the customer.
    pub fn room_count(&self, permission: Permission) -> Option<u32> {
        self.rooms_with(&[permission]).map(|rooms| u32::try_from(rooms.len()).unwrap_or(u32::MAX))
    }

    /// The rooms that the user may do all of this on, sorted; none where it is all rooms of the customer.
    pub fn rooms_with(&self, needed: &[Permission]) -> Option<Vec<RoomId>> {
        let mut rooms = needed.iter().find_map(|permission| self.rooms_of(*permission))?;
        rooms.retain(|room| needed.iter().all(|permission| self.allow(*permission, *room).is_some()));
        Some(rooms)
    }

    fn rooms_of(&self, permission: Permission) -> Option<Vec<RoomId>> {
        let mut rooms: Vec<RoomId> = Vec::new();
        for grant in self.grants.iter().filter(|grant| grant.permissions.contains(permission)) {
            match &grant.rooms {
                RoomSet::All => return None,
                RoomSet::These(these) => rooms.extend(these),
            }
        }
        rooms.sort_unstable();
        rooms.dedup();
        Some(rooms)
    }

    /// A23: an incident is visible with at least one of its rooms; one without rooms only to holders on the customer's side, and to
    /// those on a partner's side whose own tenant created it. `rooms` of the answer are places in the slice that was passed.
    pub fn see_incident(&self, rooms: &[RoomId], created_by: Option<TenantId>, own_tenant: TenantId) -> Option<VisibleRooms> {
        if rooms.is_empty() {
            let theirs = !self.partner || created_by == Some(own_tenant);
            return (theirs && self.allow_somewhere(Permission::TicketsView)).then(VisibleRooms::default);
        }
        let visible: Vec<usize> = (0..rooms.len()).filter(|at| self.allow(Permission::TicketsView, rooms[*at]).is_some()).collect();
        let redacted = u32::try_from(rooms.len() - visible.len()).unwrap_or(u32::MAX);
        (!visible.is_empty()).then_some(VisibleRooms { visible, redacted })
    }
}

/// Which rooms of an incident its reader may see.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VisibleRooms {
    /// Places in the list of the incident's rooms.
    pub visible: Vec<usize>,
    /// How many more there are.
    pub redacted: u32,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn principal(n: u8) -> PrincipalId {
        PrincipalId::from_uuid(Uuid::from_u128(u128::from(n)))
    }

    fn room(n: u8) -> RoomId {
        RoomId::from_uuid(Uuid::from_u128(u128::from(n)))
    }

    fn group(n: u8) -> RoomGroupId {
        RoomGroupId::from_uuid(Uuid::from_u128(u128::from(n)))
    }

    const ROOMS: u8 = 6;

    /// Which rooms each of three groups holds.
    fn rooms_of(group_id: RoomGroupId) -> Vec<RoomId> {
        (0..ROOMS).filter(|n| group(n % 3) == group_id).map(room).collect()
    }

    fn scope() -> impl Strategy<Value = Scope> {
        let some = (prop::collection::vec(0..ROOMS, 0..3), prop::collection::vec(0..3u8, 0..2)).prop_map(|(rooms, groups)| Scope::Some {
            rooms: rooms.into_iter().map(room).collect(),
            groups: groups.into_iter().map(group).collect(),
        });
        prop_oneof![1 => Just(Scope::All), 4 => some]
    }

    fn grants() -> impl Strategy<Value = Vec<Grant>> {
        let grant = (any::<u8>(), any::<u32>(), prop::collection::vec(0..6u8, 0..3), scope()).prop_map(|(n, bits, members, scope)| Grant {
            assignment: AssignmentId::from_uuid(Uuid::from_u128(u128::from(n))),
            permissions: PermissionSet::from_bits(i64::from(bits)),
            members: members.into_iter().map(principal).collect(),
            scope,
        });
        prop::collection::vec(grant, 0..5)
    }

    /// Mostly rooms, as customers delegate them.
    fn delegated() -> impl Strategy<Value = Scope> {
        let rooms = prop::collection::vec(0..ROOMS, 0..6);
        prop_oneof![3 => rooms.prop_map(|rooms| rooms_alone(rooms.into_iter().map(room).collect())), 2 => scope()]
    }

    fn rooms_alone(rooms: Vec<RoomId>) -> Scope {
        Scope::Some { rooms, groups: vec![] }
    }

    fn reaches(scope: &Scope, room: RoomId) -> bool {
        match scope {
            Scope::All => true,
            Scope::Some { rooms, groups } => rooms.contains(&room) || groups.iter().any(|group| rooms_of(*group).contains(&room)),
        }
    }

    fn side() -> impl Strategy<Value = Side> {
        let partner = (any::<bool>(), delegated(), any::<u32>()).prop_map(|(active, scope, bits)| {
            Side::Partner(Delegation {
                status: if active { RelationshipStatus::Active } else { RelationshipStatus::Ended },
                scope,
                ceiling: PermissionSet::from_bits(i64::from(bits)),
            })
        });
        prop_oneof![1 => Just(Side::Customer), 5 => partner]
    }

    /// R57 read out loud, over the raw facts, one room and one permission at a time.
    fn r57(subject: &Subject, side: &Side, grants: &[Grant], permission: Permission, room: RoomId) -> bool {
        let relationship_lets = match side {
            Side::Customer => true,
            Side::Partner(it) => it.status == RelationshipStatus::Active && reaches(&it.scope, room) && it.ceiling.contains(permission),
        };
        relationship_lets
            && grants.iter().any(|grant| {
                let has_user = grant.members.contains(&subject.user) || subject.groups.iter().any(|group| grant.members.contains(group));
                has_user && reaches(&grant.scope, room) && grant.permissions.contains(permission)
            })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn r57_the_compiled_rights_say_what_the_rule_says(side in side(), grants in grants(), groups in prop::collection::vec(1..6u8, 0..3)) {
            let subject = Subject { user: principal(0), groups: groups.into_iter().map(principal).collect() };
            let rights = Rights::resolve(&subject, &side, &grants, rooms_of);
            let mut anything = false;
            for n in 0..ROOMS {
                for permission in Permission::ALL {
                    let expected = r57(&subject, &side, &grants, *permission, room(n));
                    anything |= expected;
                    prop_assert_eq!(rights.allow(*permission, room(n)).is_some(), expected, "{} on room {}", permission, n);
                    let chain = explain(&subject, &side, &grants, false, rooms_of, *permission, room(n));
                    prop_assert_eq!(chain.allowed, expected, "the explanation of {} on room {}: {:?}", permission, n, chain);
                }
            }
            prop_assert_eq!(rights.is_empty(), !anything);
        }

        #[test]
        fn a23_an_incident_is_seen_with_exactly_the_rooms_in_scope(
            side in side(), grants in grants(), rooms in prop::collection::vec(0..ROOMS, 0..5), ours in any::<bool>(),
        ) {
            let subject = Subject { user: principal(0), groups: vec![] };
            let (us, them) = (TenantId::from_uuid(Uuid::from_u128(1)), TenantId::from_uuid(Uuid::from_u128(2)));
            let rights = Rights::resolve(&subject, &side, &grants, rooms_of);
            let ids: Vec<RoomId> = rooms.iter().copied().map(room).collect();
            let seen = rights.see_incident(&ids, Some(if ours { us } else { them }), us);
            let in_scope: Vec<usize> = (0..ids.len()).filter(|at| r57(&subject, &side, &grants, Permission::TicketsView, ids[*at])).collect();
            if ids.is_empty() {
                let may = (side == Side::Customer || ours) && rights.allow_somewhere(Permission::TicketsView);
                prop_assert_eq!(seen.is_some(), may);
            } else if in_scope.is_empty() {
                prop_assert_eq!(seen, None);
            } else {
                let redacted = (ids.len() - in_scope.len()) as u32;
                prop_assert_eq!(seen, Some(VisibleRooms { visible: in_scope, redacted }));
            }
        }
    }

    #[test]
    fn r57_rights_of_two_assignments_never_multiply() {
        let grant = |n: u8, permission, room_number| Grant {
            assignment: AssignmentId::from_uuid(Uuid::from_u128(u128::from(n))),
            permissions: PermissionSet::of(&[permission]),
            members: vec![principal(0)],
            scope: Scope::Some { rooms: vec![room(room_number)], groups: vec![] },
        };
        let subject = Subject { user: principal(0), groups: vec![] };
        let grants = [grant(1, Permission::TicketsView, 1), grant(2, Permission::TicketsUpdate, 2)];
        let rights = Rights::resolve(&subject, &Side::Customer, &grants, rooms_of);
        assert!(rights.allow(Permission::TicketsView, room(1)).is_some());
        assert!(rights.allow(Permission::TicketsUpdate, room(2)).is_some());
        assert!(rights.allow(Permission::TicketsView, room(2)).is_none());
        assert!(rights.allow(Permission::TicketsUpdate, room(1)).is_none());
    }

    #[test]
    fn r58_a_room_that_is_no_longer_delegated_is_gone_though_an_assignment_names_it() {
        let subject = Subject { user: principal(0), groups: vec![] };
        let grants = [Grant {
            assignment: AssignmentId::from_uuid(Uuid::nil()),
            permissions: PermissionSet::ALL,
            members: vec![principal(0)],
            scope: Scope::Some { rooms: vec![room(1), room(2)], groups: vec![] },
        }];
        let delegation = |rooms| {
            let scope = rooms_alone(rooms);
            Side::Partner(Delegation { status: RelationshipStatus::Active, scope, ceiling: PermissionSet::ALL })
        };
        let before = Rights::resolve(&subject, &delegation(vec![room(1), room(2)]), &grants, rooms_of);
        let after = Rights::resolve(&subject, &delegation(vec![room(1)]), &grants, rooms_of);
        assert!(before.allow(Permission::RoomsView, room(2)).is_some());
        assert!(after.allow(Permission::RoomsView, room(2)).is_none());
    }

    #[test]
    fn a36_a_room_that_joins_a_delegated_group_is_reached_by_whose_assignment_has_it_and_one_elsewhere_is_not() {
        let subject = Subject { user: principal(0), groups: vec![] };
        let grant = |scope| Grant {
            assignment: AssignmentId::from_uuid(Uuid::nil()),
            permissions: PermissionSet::ALL,
            members: vec![principal(0)],
            scope,
        };
        let seen = |delegated: &Scope, assigned: Scope, held: &[RoomId]| -> Vec<u8> {
            let side =
                Side::Partner(Delegation { status: RelationshipStatus::Active, scope: delegated.clone(), ceiling: PermissionSet::ALL });
            let rights = Rights::resolve(&subject, &side, &[grant(assigned)], |_| held.to_vec());
            (0..ROOMS).filter(|n| rights.allow(Permission::RoomsView, room(*n)).is_some()).collect()
        };
        let group = Scope::Some { rooms: vec![room(0)], groups: vec![group(1)] };
        assert_eq!(seen(&group, Scope::All, &[room(1)]), [0, 1]);
        assert_eq!(seen(&group, Scope::All, &[room(1), room(2)]), [0, 1, 2], "it joined");
        assert_eq!(seen(&group, rooms_alone(vec![room(2), room(3)]), &[room(1), room(2)]), [2], "cut to the assignment (A20)");
        assert_eq!(seen(&Scope::All, rooms_alone(vec![room(5)]), &[]), [5]);
        assert_eq!(seen(&Scope::All, Scope::All, &[]), (0..ROOMS).collect::<Vec<_>>());
    }
}
