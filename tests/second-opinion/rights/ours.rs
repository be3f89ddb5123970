//! The world as the service hands it to the decision, and what the decision says.

use tenantry_model::access::{Delegation, Grant, Rights, Side, Subject, explain};
use tenantry_model::id::{AssignmentId, PrincipalId, RoomGroupId, RoomId};
use tenantry_model::permission::PermissionSet;
use tenantry_model::role::Scope;
use tenantry_model::tenancy::RelationshipStatus;
use uuid::Uuid;

use crate::world::{Question, World};

/// What the decision and the explanation say to one question.
#[derive(Debug)]
pub(crate) struct Ours {
    /// Whether the user may.
    pub(crate) allowed: bool,
    /// The assignment that is named for it, by its place; none where there is none, or where an administrator needs none.
    pub(crate) by: Option<usize>,
    /// What the explanation says.
    pub(crate) explained: bool,
    /// The assignments that allow it by themselves, in the words of the explanation.
    pub(crate) explained_by: Vec<usize>,
}

pub(crate) fn ask(world: &World, question: Question) -> Ours {
    let subject = Subject { user: user(question.user), groups: world.groups_of(question.user).into_iter().map(group).collect() };
    let side = match &world.relationship {
        None => Side::Customer,
        Some(it) => Side::Partner(Delegation {
            status: if it.active { RelationshipStatus::Active } else { RelationshipStatus::Ended },
            scope: scope(it.delegated.as_ref()),
            ceiling: it.ceiling,
        }),
    };
    let rooms_of = |group: RoomGroupId| -> Vec<RoomId> {
        let holds = |at: &usize| world.rooms[*at].iter().any(|it| room_group(*it) == group);
        (0..world.rooms.len()).filter(holds).map(room).collect()
    };
    let grants: Vec<Grant> = (0..world.assignments.len()).map(|at| grant(world, at)).collect();
    let administrator = world.users[question.user].administrator;
    let (permission, asked_room) = (question.permission, room(question.room));

    // R55: the service gives the customer's administrators one grant of everything instead of whatever they are assigned.
    let everything = [Grant {
        assignment: AssignmentId::from_uuid(Uuid::nil()),
        permissions: PermissionSet::ALL,
        members: vec![subject.user],
        scope: Scope::All,
    }];
    let counted = if administrator && side == Side::Customer { &everything[..] } else { &grants };
    let allow = Rights::resolve(&subject, &side, counted, rooms_of).allow(permission, asked_room);

    let chain = explain(&subject, &side, &grants, administrator, rooms_of, permission, asked_room);
    let place = |id: AssignmentId| (0..world.assignments.len()).find(|at| assignment(*at) == id);
    Ours {
        allowed: allow.is_some(),
        by: allow.and_then(place),
        explained: chain.allowed,
        explained_by: chain.assignments.iter().filter(|it| it.allows).filter_map(|it| place(it.assignment)).collect(),
    }
}

fn grant(world: &World, at: usize) -> Grant {
    let it = &world.assignments[at];
    Grant {
        assignment: assignment(at),
        permissions: world.roles[it.role],
        members: it.users.iter().copied().map(user).chain(it.groups.iter().copied().map(group)).collect(),
        scope: scope(it.scope.as_ref()),
    }
}

fn scope(of: Option<&crate::world::Scope>) -> Scope {
    of.map_or(Scope::All, |scope| Scope::Some {
        rooms: scope.rooms.iter().copied().map(room).collect(),
        groups: scope.room_groups.iter().copied().map(room_group).collect(),
    })
}

/// Ids of different kinds never coincide, so that a mix-up of kinds shows.
fn id(kind: u128, at: usize) -> Uuid {
    Uuid::from_u128(kind << 64 | at as u128)
}

fn user(at: usize) -> PrincipalId {
    PrincipalId::from_uuid(id(1, at))
}

fn group(at: usize) -> PrincipalId {
    PrincipalId::from_uuid(id(2, at))
}

fn room(at: usize) -> RoomId {
    RoomId::from_uuid(id(3, at))
}

fn room_group(at: usize) -> RoomGroupId {
    RoomGroupId::from_uuid(id(4, at))
}

fn assignment(at: usize) -> AssignmentId {
    AssignmentId::from_uuid(id(5, at))
}
