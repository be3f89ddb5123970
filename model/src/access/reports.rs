//! What reports are over (A22).

use super::Rights;
use crate::id::RoomId;
use crate::permission::Permission;

impl Rights {
    /// Whether a room is in the reader's reports: nothing else is counted, summed or averaged there.
    pub fn report_room(&self, room: RoomId) -> bool {
        self.allow(Permission::ReportsView, room).is_some()
    }

    /// Whether an incident's part in this room is exported to the reader (R99), or its number told: it must be in their reports, and they must see
    /// incidents there.
    pub fn report_incident(&self, room: RoomId) -> bool {
        self.report_room(room) && self.allow(Permission::TicketsView, room).is_some()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::access::{Grant, Side, Subject};
    use crate::id::{AssignmentId, PrincipalId};
    use crate::permission::PermissionSet;
    use crate::role::Scope;

    fn room(n: u128) -> RoomId {
        RoomId::from_uuid(Uuid::from_u128(n))
    }

    #[test]
    fn a22_reports_are_over_the_rooms_that_the_right_covers_and_their_incidents_need_tickets_view_as_well() {
        let user = PrincipalId::from_uuid(Uuid::from_u128(1));
        let grant = |permissions: &[Permission], rooms: &[u128]| Grant {
            assignment: AssignmentId::from_uuid(Uuid::nil()),
            permissions: PermissionSet::of(permissions),
            members: vec![user],
            scope: Scope::Some { rooms: rooms.iter().copied().map(room).collect(), groups: vec![] },
        };
        let grants = [grant(&[Permission::ReportsView], &[1, 2]), grant(&[Permission::TicketsView], &[2, 3])];
        let rights = Rights::resolve(&Subject { user, groups: vec![] }, &Side::Customer, &grants, |_| vec![]);
        assert_eq!([1, 2, 3].map(|n| rights.report_room(room(n))), [true, true, false]);
        assert_eq!([1, 2, 3].map(|n| rights.report_incident(room(n))), [false, true, false]);
    }
}
