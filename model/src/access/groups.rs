//! Which groups of rooms their reader sees.

use super::Rights;
use crate::id::{RoomId, TenantId};
use crate::permission::Permission;

impl Rights {
    /// Whether there is a group with these rooms for its reader: with `groups.view` on one of them, as the rooms themselves say (see
    /// [`see_room`](Self::see_room)). One without rooms is seen with `groups.view` over everything, on a partner's side only where that partner made it:
    /// what it is called is no business of those who work in other rooms.
    pub fn see_group(&self, rooms: impl IntoIterator<Item = RoomId>, made_by: Option<TenantId>, own_tenant: TenantId) -> bool {
        let mut rooms = rooms.into_iter().peekable();
        if rooms.peek().is_none() {
            let theirs = !self.partner || made_by == Some(own_tenant);
            return theirs && self.allow_everywhere(Permission::GroupsView);
        }
        rooms.any(|room| self.allow(Permission::GroupsView, room).is_some())
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::access::{Delegation, Grant, Side, Subject};
    use crate::id::{AssignmentId, PrincipalId};
    use crate::permission::PermissionSet;
    use crate::role::Scope;
    use crate::tenancy::RelationshipStatus;

    fn number(n: u8) -> Uuid {
        Uuid::from_u128(u128::from(n))
    }

    fn rights(partner: bool, permission: Permission, scope: Scope) -> Rights {
        let user = PrincipalId::from_uuid(number(9));
        let rooms = [1, 2].map(|n| RoomId::from_uuid(number(n))).to_vec();
        let delegated = Scope::Some { rooms, groups: vec![] };
        let delegation = Delegation { status: RelationshipStatus::Active, scope: delegated, ceiling: PermissionSet::ALL };
        let side = if partner { Side::Partner(delegation) } else { Side::Customer };
        let permissions = PermissionSet::of(&[permission]);
        let grant = Grant { assignment: AssignmentId::from_uuid(number(8)), permissions, members: vec![user], scope };
        Rights::resolve(&Subject { user, groups: vec![] }, &side, &[grant], |_| vec![])
    }

    #[test]
    fn r42_a_group_is_seen_by_its_rooms_and_one_without_by_who_made_it() {
        let [own, other] = [1, 2].map(|n| TenantId::from_uuid(number(n)));
        let some = || Scope::Some { rooms: vec![RoomId::from_uuid(number(1))], groups: vec![] };
        let view = Permission::GroupsView;
        let room = |n| RoomId::from_uuid(number(n));
        for (rights, rooms, made_by, expected) in [
            (rights(false, view, Scope::All), vec![3], None, true),
            (rights(false, view, Scope::All), vec![], None, true),
            (rights(false, view, Scope::All), vec![], Some(other), true),
            (rights(false, view, some()), vec![1, 3], None, true),
            (rights(false, view, some()), vec![3], None, false),
            (rights(false, view, some()), vec![], None, false),
            (rights(true, view, Scope::All), vec![2, 3], None, true),
            (rights(true, view, Scope::All), vec![3], Some(own), false),
            (rights(true, view, Scope::All), vec![], None, false),
            (rights(true, view, Scope::All), vec![], Some(other), false),
            (rights(true, view, Scope::All), vec![], Some(own), true),
            (rights(true, view, some()), vec![], Some(own), false),
            (rights(false, Permission::RoomsView, Scope::All), vec![1], None, false),
            (rights(false, Permission::GroupsModify, Scope::All), vec![], None, false),
        ] {
            assert_eq!(rights.see_group(rooms.iter().copied().map(room), made_by, own), expected, "{rights:?} {rooms:?} {made_by:?}");
        }
    }
}
