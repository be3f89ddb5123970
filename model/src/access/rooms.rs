//! What of a room its reader sees.

use super::Rights;
use crate::permission::Permission;
use crate::room::Room;

impl Rights {
    /// A room as its reader sees it: none without `rooms.view` on it. Its groups are told with `groups.view` on it, and its ring with `rings.view`;
    /// for anybody else it is in none.
    pub fn see_room(&self, room: Room) -> Option<Room> {
        self.allow(Permission::RoomsView, room.id)?;
        let groups = if self.allow(Permission::GroupsView, room.id).is_some() { room.groups } else { vec![] };
        let ring = room.ring.filter(|_| self.allow(Permission::RingsView, room.id).is_some());
        Some(Room { groups, ring, ..room })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::access::{Grant, Side, Subject};
    use crate::id::{AssignmentId, PrincipalId, RoomGroupId, RoomId, TenantId, UpdateRingId};
    use crate::permission::PermissionSet;
    use crate::role::Scope;
    use crate::room::{Enrolment, Health, RoomGroup, UpdateRing};

    fn number(n: u8) -> Uuid {
        Uuid::from_u128(u128::from(n))
    }

    fn room(n: u8) -> Room {
        Room {
            id: RoomId::from_uuid(number(n)),
            customer_id: TenantId::from_uuid(number(1)),
            display_name: "Isar (6)".into(),
            capacity: None,
            host_name: String::new(),
            account: String::new(),
            enrolment: Enrolment::Enrolled,
            health: Health::Healthy,
            awaits_device: false,
            has_warnings: false,
            occupied: None,
            timezone: String::new(),
            licence: String::new(),
            peripherals: vec![],
            groups: vec![RoomGroup { id: RoomGroupId::from_uuid(number(2)), name: "Floor 1".into() }],
            ring: Some(UpdateRing { id: UpdateRingId::from_uuid(number(3)), name: "General".into(), order: 2 }),
            last_seen: None,
            suppression: None,
            version: 1,
        }
    }

    proptest! {
        #[test]
        fn r57_a_rooms_groups_and_ring_are_told_by_an_assignment_that_has_the_room(
            grants in prop::collection::vec((any::<u32>(), prop::collection::vec(0..3u8, 0..3)), 0..4),
        ) {
            let user = PrincipalId::from_uuid(number(9));
            let grants: Vec<Grant> = grants.into_iter().map(|(bits, rooms)| Grant {
                assignment: AssignmentId::from_uuid(Uuid::nil()),
                permissions: PermissionSet::from_bits(i64::from(bits)),
                members: vec![user],
                scope: Scope::Some { rooms: rooms.into_iter().map(|n| RoomId::from_uuid(number(n))).collect(), groups: vec![] },
            }).collect();
            let rights = Rights::resolve(&Subject { user, groups: vec![] }, &Side::Customer, &grants, |_| vec![]);
            for n in 0..3 {
                let whole = room(n);
                let may = |permission| rights.allow(permission, whole.id).is_some();
                let seen = rights.see_room(whole.clone());
                prop_assert_eq!(seen.is_some(), may(Permission::RoomsView));
                let Some(seen) = seen else { continue };
                prop_assert_eq!(!seen.groups.is_empty(), may(Permission::GroupsView));
                prop_assert_eq!(seen.ring.is_some(), may(Permission::RingsView));
                prop_assert_eq!(Room { groups: whole.groups.clone(), ring: whole.ring.clone(), ..seen }, whole, "nothing else is left out");
            }
        }
    }
}
