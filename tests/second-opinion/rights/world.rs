//! A made-up customer, the people of one side, and one question. Everything is known by its place in a list.

use rand::Rng;
use rand::seq::{IndexedRandom, IteratorRandom};
use rand_chacha::ChaCha8Rng;
use tenantry_model::permission::{BuiltInRole, Permission, PermissionSet};

/// Everything that the rules look at.
#[derive(Debug, Default)]
pub(crate) struct World {
    /// None on the customer's own side.
    pub(crate) relationship: Option<Relationship>,
    /// The groups that each security group is in directly; always later ones, so that there is no circle.
    pub(crate) groups: Vec<Vec<usize>>,
    pub(crate) users: Vec<User>,
    /// The room groups that each room is in.
    pub(crate) rooms: Vec<Vec<usize>>,
    pub(crate) room_groups: usize,
    pub(crate) roles: Vec<PermissionSet>,
    pub(crate) assignments: Vec<Assignment>,
}

#[derive(Debug)]
pub(crate) struct Relationship {
    pub(crate) active: bool,
    /// None is everything.
    pub(crate) delegated: Option<Scope>,
    pub(crate) ceiling: PermissionSet,
}

#[derive(Debug)]
pub(crate) struct User {
    /// The groups that they are in directly.
    pub(crate) groups: Vec<usize>,
    /// Whether they administer the tenant that they belong to.
    pub(crate) administrator: bool,
}

#[derive(Debug)]
pub(crate) struct Assignment {
    pub(crate) role: usize,
    pub(crate) users: Vec<usize>,
    pub(crate) groups: Vec<usize>,
    /// None is everything.
    pub(crate) scope: Option<Scope>,
}

#[derive(Debug)]
pub(crate) struct Scope {
    pub(crate) rooms: Vec<usize>,
    pub(crate) room_groups: Vec<usize>,
}

/// May this user do this in this room?
#[derive(Debug, Clone, Copy)]
pub(crate) struct Question {
    pub(crate) user: usize,
    pub(crate) permission: Permission,
    pub(crate) room: usize,
}

const USERS: usize = 3;
const GROUPS: usize = 6;
const ROOMS: usize = 7;
const ROOM_GROUPS: usize = 3;
const ROLES: usize = 4;

impl World {
    pub(crate) fn random(rng: &mut ChaCha8Rng) -> Self {
        let groups = (0..GROUPS).map(|group| some(rng, group + 1..GROUPS, 2)).collect();
        let users = (0..USERS).map(|_| User { groups: some(rng, 0..GROUPS, 2), administrator: rng.random_bool(0.15) }).collect();
        let rooms = (0..ROOMS).map(|_| some(rng, 0..ROOM_GROUPS, 2)).collect();
        let assignments = (0..rng.random_range(0..=6)).map(|_| assignment(rng)).collect();
        Self {
            relationship: rng.random_bool(0.75).then(|| relationship(rng)),
            groups,
            users,
            rooms,
            room_groups: ROOM_GROUPS,
            roles: (0..ROLES).map(|_| role(rng)).collect(),
            assignments,
        }
    }

    /// Mostly about somebody with several assignments, and what one of them gives: half the time the permission of one and the room of
    /// another.
    pub(crate) fn question(&self, rng: &mut ChaCha8Rng) -> Question {
        let held = |user: usize| (0..self.assignments.len()).filter(|at| self.has(*at, user)).collect::<Vec<_>>();
        let busy = (0..self.users.len()).filter(|user| held(*user).len() > 1).choose(rng).filter(|_| rng.random_bool(0.7));
        let user = busy.unwrap_or_else(|| rng.random_range(0..self.users.len()));
        let theirs = held(user);
        let for_permission = theirs.choose(rng).copied().filter(|_| rng.random_bool(0.95));
        let for_room = if rng.random_bool(0.5) { for_permission } else { theirs.choose(rng).copied() };
        let permission = for_permission.and_then(|at| self.roles[self.assignments[at].role].iter().choose(rng));
        let room = for_room.and_then(|at| (0..self.rooms.len()).filter(|room| self.reaches(at, *room)).choose(rng));
        Question {
            user,
            permission: permission.unwrap_or_else(|| Permission::ALL[rng.random_range(0..Permission::ALL.len())]),
            room: room.unwrap_or_else(|| rng.random_range(0..self.rooms.len())),
        }
    }

    /// Every group that a user is in, directly or through other groups: what the service hands to the decision.
    pub(crate) fn groups_of(&self, user: usize) -> Vec<usize> {
        let mut found = self.users[user].groups.clone();
        let mut at = 0;
        while let Some(group) = found.get(at).copied() {
            at += 1;
            for parent in &self.groups[group] {
                if !found.contains(parent) {
                    found.push(*parent);
                }
            }
        }
        found
    }

    /// Whether an assignment has the user.
    pub(crate) fn has(&self, assignment: usize, user: usize) -> bool {
        let it = &self.assignments[assignment];
        it.users.contains(&user) || self.groups_of(user).iter().any(|group| it.groups.contains(group))
    }

    /// Whether an assignment has the user only because a group of theirs is in another group.
    pub(crate) fn has_by_nesting(&self, assignment: usize, user: usize) -> bool {
        let it = &self.assignments[assignment];
        let directly = it.users.contains(&user) || self.users[user].groups.iter().any(|group| it.groups.contains(group));
        !directly && self.has(assignment, user)
    }

    /// Whether a room is in the scope of an assignment.
    pub(crate) fn reaches(&self, assignment: usize, room: usize) -> bool {
        self.holds(self.assignments[assignment].scope.as_ref(), room)
    }

    /// Whether a scope has a room; none is everything.
    fn holds(&self, scope: Option<&Scope>, room: usize) -> bool {
        let Some(scope) = scope else { return true };
        scope.rooms.contains(&room) || self.rooms[room].iter().any(|group| scope.room_groups.contains(group))
    }

    /// Whether a room is delegated, and by no word but a room group's, or *all*: nobody named it.
    pub(crate) fn delegated_by_word(&self, room: usize) -> bool {
        let Some(it) = &self.relationship else { return false };
        self.holds(it.delegated.as_ref(), room) && !it.delegated.as_ref().is_some_and(|scope| scope.rooms.contains(&room))
    }

    /// Whether a room is in the scope of an assignment only because of a room group.
    pub(crate) fn reaches_by_group(&self, assignment: usize, room: usize) -> bool {
        self.assignments[assignment].scope.as_ref().is_some_and(|scope| !scope.rooms.contains(&room)) && self.reaches(assignment, room)
    }

    /// Whether the assignments of a user would do it together: one has the permission, another one the room, and the relationship,
    /// if there is one, stands in nobody's way.
    pub(crate) fn would_multiply(&self, question: Question) -> bool {
        let open = self
            .relationship
            .as_ref()
            .is_none_or(|it| it.active && self.holds(it.delegated.as_ref(), question.room) && it.ceiling.contains(question.permission));
        let theirs: Vec<usize> = (0..self.assignments.len()).filter(|at| self.has(*at, question.user)).collect();
        let permits = |at: &usize| self.roles[self.assignments[*at].role].contains(question.permission);
        let reaches = |at: &usize| self.reaches(*at, question.room);
        open && theirs.iter().any(permits) && theirs.iter().any(reaches) && !theirs.iter().any(|at| permits(at) && reaches(at))
    }
}

/// Up to `most` of them.
fn some(rng: &mut ChaCha8Rng, from: std::ops::Range<usize>, most: usize) -> Vec<usize> {
    let count = rng.random_range(0..=most);
    from.choose_multiple(rng, count)
}

fn relationship(rng: &mut ChaCha8Rng) -> Relationship {
    // By groups, mostly with few rooms beside: else nearly every room would be delegated by its name as well.
    let by_group = rng.random_bool(0.4);
    let share = *if by_group { [0.2, 0.1, 0.0] } else { [1.0, 0.8, 0.5] }.choose(rng).unwrap_or(&1.0);
    let some = Scope {
        rooms: (0..ROOMS).filter(|_| rng.random_bool(share)).collect(),
        room_groups: if by_group { some(rng, 0..ROOM_GROUPS, ROOM_GROUPS) } else { vec![] },
    };
    Relationship {
        active: rng.random_bool(0.85),
        delegated: rng.random_bool(0.9).then_some(some),
        ceiling: match rng.random_range(0..6) {
            0 => PermissionSet::ALL,
            1..=3 => BuiltInRole::PrimaryAdmins.permissions(),
            _ => permissions(rng, 0.4),
        },
    }
}

fn role(rng: &mut ChaCha8Rng) -> PermissionSet {
    let built_in = BuiltInRole::ALL.choose(rng).filter(|_| rng.random_bool(0.25));
    built_in.map_or_else(|| permissions(rng, 0.25), |role| role.permissions())
}

fn permissions(rng: &mut ChaCha8Rng, share: f64) -> PermissionSet {
    Permission::ALL.iter().copied().filter(|_| rng.random_bool(share)).collect()
}

fn assignment(rng: &mut ChaCha8Rng) -> Assignment {
    Assignment {
        role: rng.random_range(0..ROLES),
        users: some(rng, 0..USERS, 2),
        groups: some(rng, 0..GROUPS, 3),
        scope: rng.random_bool(0.9).then(|| Scope { rooms: some(rng, 0..ROOMS, 2), room_groups: some(rng, 0..ROOM_GROUPS, 1) }),
    }
}
