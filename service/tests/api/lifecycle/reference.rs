//! What the rules say, over plain sets: no clock but a number, no database, no caching.

use std::collections::{BTreeMap, BTreeSet};

/// An organisation's person or group, by place.
pub(super) type Who = usize;

/// The people of every partner: two administrators by office, three who may come to something, and two groups, one within the other.
pub(super) const GLOBAL_ADMIN: Who = 0;
pub(super) const SERVICE_ADMIN: Who = 1;
pub(super) const USERS: usize = 5;
pub(super) const INNER: Who = 5;
pub(super) const OUTER: Who = 6;
pub(super) const PRINCIPALS: usize = 7;

pub(super) const PARTNERS: usize = 3;
pub(super) const CUSTOMERS: usize = 5;
pub(super) const ROOMS: usize = 2;

/// Somebody who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Actor {
    /// A user of a partner.
    Partner(usize, Who),
    /// Of a customer: its administrator, or somebody else there.
    Customer(usize, bool),
}

/// A step. Partners, customers and principals by place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    Wait {
        hours: i64,
    },
    Invite {
        customer: usize,
        partner: usize,
        days: i64,
        rooms: BTreeSet<usize>,
    },
    Withdraw {
        customer: usize,
        partner: usize,
    },
    Accept {
        customer: usize,
        partner: usize,
        admins: BTreeSet<Who>,
    },
    Deny {
        customer: usize,
        partner: usize,
    },
    AddAdmin {
        partner: usize,
        customer: usize,
        who: Who,
    },
    RemoveAdmin {
        partner: usize,
        customer: usize,
        who: Who,
    },
    AddManager {
        who: Who,
    },
    RemoveManager {
        who: Who,
    },
    Delegate {
        customer: usize,
        partner: usize,
        rooms: BTreeSet<usize>,
    },
    RemoveCustomer {
        partner: usize,
        customer: usize,
    },
    RemovePartner {
        customer: usize,
        partner: usize,
    },
    Assign {
        partner: usize,
        customer: usize,
        who: Who,
    },
    /// The directory, not a person, moves a user into or out of the inner group.
    Regroup {
        partner: usize,
        who: Who,
        inside: bool,
    },
}

/// What a step comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    Done,
    Hidden,
    Conflict,
    /// It names somebody of another organisation (R52).
    Foreign,
}

#[derive(Debug, Clone)]
pub(super) struct Invitation {
    pub(super) expires_at_h: i64,
    rooms: BTreeSet<usize>,
}

#[derive(Debug, Clone)]
struct Relationship {
    rooms: BTreeSet<usize>,
    admins: BTreeSet<Who>,
    technicians: BTreeSet<Who>,
}

/// The reference.
#[derive(Debug, Clone, Default)]
pub(super) struct Reference {
    pub(super) now_h: i64,
    invitations: BTreeMap<(usize, usize), Invitation>,
    relationships: BTreeMap<(usize, usize), Relationship>,
    managers: [BTreeSet<Who>; PARTNERS],
    inner: [BTreeSet<Who>; PARTNERS],
}

/// What somebody sees.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Seen {
    /// Customers where they may do anything, each with the rooms that they see there.
    pub(super) customers: BTreeMap<usize, BTreeSet<usize>>,
    /// The Tenants list: customers, and those whose invitation waits.
    pub(super) active: BTreeSet<usize>,
    pub(super) pending: BTreeSet<usize>,
    /// The Partners list of an administrator of a customer: status and number of rooms.
    pub(super) partners: Option<BTreeMap<usize, (&'static str, usize)>>,
}

impl Reference {
    /// Partners and customers with an invitation between them.
    pub(super) fn invited(&self) -> Vec<(usize, usize)> {
        self.invitations.keys().map(|(customer, partner)| (*partner, *customer)).collect()
    }

    /// Partners and customers that work together.
    pub(super) fn related(&self) -> Vec<(usize, usize)> {
        self.relationships.keys().copied().collect()
    }

    /// The users among these and in these groups. The outer group holds the inner one, and nobody else.
    fn users(&self, partner: usize, members: &BTreeSet<Who>) -> BTreeSet<Who> {
        let mut users: BTreeSet<Who> = members.iter().copied().filter(|who| *who < USERS).collect();
        if members.contains(&INNER) || members.contains(&OUTER) {
            users.extend(&self.inner[partner]);
        }
        users
    }

    /// GA, MSA or tenant manager (R27, A1).
    fn answers(&self, partner: usize, who: Who) -> bool {
        who == GLOBAL_ADMIN || who == SERVICE_ADMIN || self.users(partner, &self.managers[partner]).contains(&who)
    }

    fn is_admin(&self, partner: usize, customer: usize, who: Who) -> bool {
        self.relationships.get(&(partner, customer)).is_some_and(|it| self.users(partner, &it.admins).contains(&who))
    }

    /// Nothing is held over no rooms.
    fn changes_admins(&self, partner: usize, customer: usize, who: Who) -> bool {
        let Some(relationship) = self.relationships.get(&(partner, customer)) else { return false };
        self.answers(partner, who) || (self.is_admin(partner, customer, who) && !relationship.rooms.is_empty())
    }

    fn waits(&self, customer: usize, partner: usize) -> bool {
        self.invitations.get(&(customer, partner)).is_some_and(|it| self.now_h < it.expires_at_h)
    }

    /// Does what `actor` asks for, as the rules have it.
    pub(super) fn step(&mut self, actor: Actor, step: &Step) -> Verdict {
        use Verdict::{Conflict, Done, Hidden};
        match step {
            Step::Wait { hours } => self.now_h += hours,
            Step::Regroup { partner, who, inside } => {
                if *inside {
                    self.inner[*partner].insert(*who);
                } else {
                    self.inner[*partner].remove(who);
                }
            }
            Step::Invite { customer, partner, days, rooms } => {
                if actor != Actor::Customer(*customer, true) {
                    return Hidden;
                }
                if self.waits(*customer, *partner) || self.relationships.contains_key(&(*partner, *customer)) {
                    return Conflict;
                }
                let invitation = Invitation { expires_at_h: self.now_h + days * 24, rooms: rooms.clone() };
                self.invitations.insert((*customer, *partner), invitation);
            }
            Step::Withdraw { customer, partner } => {
                if actor != Actor::Customer(*customer, true) || self.invitations.remove(&(*customer, *partner)).is_none() {
                    return Hidden;
                }
            }
            Step::Accept { customer, partner, admins } => {
                if !self.may_answer(actor, *customer, *partner) {
                    return Hidden;
                }
                if !self.waits(*customer, *partner) || self.users(*partner, admins).is_empty() {
                    return Conflict;
                }
                let rooms = self.invitations.remove(&(*customer, *partner)).unwrap().rooms;
                let relationship = Relationship { rooms, admins: admins.clone(), technicians: BTreeSet::new() };
                self.relationships.insert((*partner, *customer), relationship);
            }
            Step::Deny { customer, partner } => {
                if !self.may_answer(actor, *customer, *partner) {
                    return Hidden;
                }
                if !self.waits(*customer, *partner) {
                    return Conflict;
                }
                self.invitations.remove(&(*customer, *partner));
            }
            Step::AddAdmin { partner, customer, who } => {
                if !self.is_of(actor, *partner, |it, user| it.changes_admins(*partner, *customer, user)) {
                    return Hidden;
                }
                self.relationships.get_mut(&(*partner, *customer)).unwrap().admins.insert(*who);
            }
            Step::RemoveAdmin { partner, customer, who } => {
                if !self.is_of(actor, *partner, |it, user| it.changes_admins(*partner, *customer, user)) {
                    return Hidden;
                }
                let mut rest = self.relationships[&(*partner, *customer)].admins.clone();
                if !rest.remove(who) {
                    return Hidden;
                }
                if self.users(*partner, &rest).is_empty() {
                    return Conflict;
                }
                self.relationships.get_mut(&(*partner, *customer)).unwrap().admins = rest;
            }
            Step::AddManager { who } => match actor {
                Actor::Partner(partner, GLOBAL_ADMIN | SERVICE_ADMIN) => {
                    self.managers[partner].insert(*who);
                }
                _ => return Hidden,
            },
            Step::RemoveManager { who } => match actor {
                Actor::Partner(partner, GLOBAL_ADMIN | SERVICE_ADMIN) if self.managers[partner].remove(who) => {}
                _ => return Hidden,
            },
            Step::Delegate { customer, partner, rooms } => {
                if actor != Actor::Customer(*customer, true) {
                    return Hidden;
                }
                match self.relationships.get_mut(&(*partner, *customer)) {
                    Some(relationship) => relationship.rooms = rooms.clone(),
                    None => return Hidden,
                }
            }
            Step::RemoveCustomer { partner, customer } => {
                if !self.is_of(actor, *partner, |it, user| it.is_admin(*partner, *customer, user)) {
                    return Hidden;
                }
                self.relationships.remove(&(*partner, *customer));
            }
            Step::RemovePartner { customer, partner } => {
                if actor != Actor::Customer(*customer, true) || self.relationships.remove(&(*partner, *customer)).is_none() {
                    return Hidden;
                }
            }
            // Over there it would be a role of the customer's own, and the person a stranger.
            Step::Assign { customer, .. } if actor == Actor::Customer(*customer, true) => return Verdict::Foreign,
            Step::Assign { partner, customer, who } => {
                let rooms = self.relationships.get(&(*partner, *customer)).map(|it| it.rooms.clone()).unwrap_or_default();
                if rooms.is_empty() || !self.is_of(actor, *partner, |it, user| it.is_admin(*partner, *customer, user)) {
                    return Hidden;
                }
                self.relationships.get_mut(&(*partner, *customer)).unwrap().technicians.insert(*who);
            }
        }
        Done
    }

    fn may_answer(&self, actor: Actor, customer: usize, partner: usize) -> bool {
        self.invitations.contains_key(&(customer, partner)) && self.is_of(actor, partner, |it, user| it.answers(partner, user))
    }

    fn is_of(&self, actor: Actor, partner: usize, may: impl Fn(&Self, Who) -> bool) -> bool {
        matches!(actor, Actor::Partner(own, user) if own == partner && may(self, user))
    }

    /// What somebody sees.
    pub(super) fn seen(&self, actor: Actor) -> Seen {
        let mut seen = Seen::default();
        match actor {
            Actor::Partner(partner, user) => {
                for ((_, customer), relationship) in self.relationships.iter().filter(|((of, _), _)| *of == partner) {
                    let theirs =
                        [&relationship.admins, &relationship.technicians].map(|members| self.users(partner, members).contains(&user));
                    if theirs.contains(&true) && !relationship.rooms.is_empty() {
                        seen.customers.insert(*customer, relationship.rooms.clone());
                    }
                    if self.answers(partner, user) || seen.customers.contains_key(customer) {
                        seen.active.insert(*customer);
                    }
                }
                if self.answers(partner, user) {
                    let waiting = self.invitations.keys().filter(|(customer, to)| *to == partner && self.waits(*customer, partner));
                    seen.pending = waiting.map(|(customer, _)| *customer).collect();
                }
            }
            Actor::Customer(customer, true) => {
                seen.customers.insert(customer, (0..ROOMS).collect());
                seen.active.insert(customer);
                let working = self.relationships.iter().filter(|((_, of), _)| *of == customer);
                let mut partners: BTreeMap<usize, (&'static str, usize)> =
                    working.map(|((partner, _), it)| (*partner, ("active", it.rooms.len()))).collect();
                for ((_, partner), invitation) in self.invitations.iter().filter(|((of, _), _)| *of == customer) {
                    let status = if self.waits(customer, *partner) { "pending" } else { "expired" };
                    // One that works for the customer and once had an invitation that expired is listed as what it is.
                    partners.entry(*partner).or_insert((status, invitation.rooms.len()));
                }
                seen.partners = Some(partners);
            }
            Actor::Customer(_, false) => {}
        }
        seen
    }
}
