//! Random estates and random changes of them, made from a seed. Only changes that the service should accept are made.

mod start;
mod step;

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tenantry_model::id::{AssignmentId, PrincipalId, RoleId, RoomGroupId, RoomId, TenantId};
use tenantry_model::incident::{Incident, IncidentType};
use tenantry_model::permission::{Permission, PermissionSet};
use tenantry_model::role::Scope;
use tenantry_model::text::TicketNumber;

use super::Names;
use crate::view::View;

/// What a case knows of its estate.
#[derive(Debug)]
pub struct Generator {
    random: ChaCha8Rng,
    names: Names,
    label: String,
    partners: Vec<Partner>,
    customers: Vec<Estate>,
    incidents: Vec<Ticket>,
}

#[derive(Debug)]
struct Partner {
    id: TenantId,
    users: Vec<PrincipalId>,
    groups: Vec<PrincipalId>,
    /// Group and member, both of this partner. A group is only ever in a later one, so that there are no circles.
    members: Vec<(PrincipalId, PrincipalId)>,
}

#[derive(Debug)]
struct Estate {
    id: TenantId,
    admin: PrincipalId,
    rooms: Vec<RoomId>,
    /// Those of them that nobody has enrolled yet.
    onboarding: Vec<RoomId>,
    groups: Vec<RoomGroupId>,
    /// The partners with an active relationship.
    partners: Vec<TenantId>,
    roles: Vec<(RoleId, TenantId)>,
    assignments: Vec<(AssignmentId, RoleId, TenantId)>,
}

#[derive(Debug, Clone, Copy)]
struct Ticket {
    customer: TenantId,
    number: TicketNumber,
    is_issue: bool,
    is_active: bool,
}

/// Whose view a case compares.
#[derive(Debug, Clone)]
pub struct Viewers {
    /// Two people of the first partner and one of the second.
    pub partner_users: Vec<PrincipalId>,
    /// The administrator of each customer.
    pub admins: Vec<PrincipalId>,
}

impl Generator {
    /// A bare one. Its first changes come from [`Generator::start`].
    pub fn new(seed: u64) -> Self {
        Self {
            random: ChaCha8Rng::seed_from_u64(seed),
            names: Names::new(seed),
            label: format!("{seed:x}"),
            partners: vec![],
            customers: vec![],
            incidents: vec![],
        }
    }

    /// A number below `n`, for choices of the case itself, such as when to sync.
    pub fn below(&mut self, n: usize) -> usize {
        self.random.random_range(0..n)
    }

    /// Whose views to compare.
    pub fn viewers(&self) -> Viewers {
        let users = [(0, 0), (0, 1), (1, 0)].into_iter().filter_map(|(partner, user)| self.partners.get(partner)?.users.get(user).copied());
        Viewers { partner_users: users.collect(), admins: self.customers.iter().map(|customer| customer.admin).collect() }
    }

    /// Takes the incidents that the next step may post in or close from what somebody sees at this moment.
    pub fn learn(&mut self, view: &View) {
        let ticket = |incident: &Incident| Ticket {
            customer: incident.row.customer_id,
            number: incident.row.number,
            is_issue: incident.row.kind == IncidentType::CustomerReported,
            is_active: incident.row.status.is_active(),
        };
        self.incidents = view.incidents.values().map(ticket).collect();
    }

    fn chance(&mut self, percent: u32) -> bool {
        self.random.random_range(0..100) < percent
    }

    /// One of these; none of none.
    fn one<T: Copy>(&mut self, of: &[T]) -> Option<T> {
        (!of.is_empty()).then(|| of[self.random.random_range(0..of.len())])
    }

    /// Some of these, each with this chance.
    fn some<T: Copy>(&mut self, of: &[T], percent: u32) -> Vec<T> {
        of.iter().copied().filter(|_| self.random.random_range(0..100) < percent).collect()
    }

    /// Sets of the kinds that matter: none, one of the two that show something, many.
    fn permissions(&mut self) -> PermissionSet {
        use Permission::{ReportsView, RoomsView, TicketsUpdate, TicketsView};
        match self.below(6) {
            0 => PermissionSet::of(&[TicketsView]),
            1 => PermissionSet::of(&[RoomsView]),
            2 => PermissionSet::of(&[RoomsView, TicketsView, TicketsUpdate]),
            3 => PermissionSet::of(&[ReportsView]),
            4 => {
                let some = self.some(Permission::ALL, 50);
                PermissionSet::of(&some)
            }
            _ => PermissionSet::ALL,
        }
    }

    fn scope(&mut self, customer: usize) -> Scope {
        if self.chance(25) {
            return Scope::All;
        }
        let (rooms, groups) = (self.customers[customer].rooms.clone(), self.customers[customer].groups.clone());
        Scope::Some { rooms: self.some(&rooms, 40), groups: self.some(&groups, 40) }
    }

    /// Members of a partner's assignment: people and groups.
    fn members(&mut self, partner: usize) -> Vec<PrincipalId> {
        let all: Vec<_> = self.partners[partner].users.iter().chain(&self.partners[partner].groups).copied().collect();
        self.some(&all, 40)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn story(seed: u64) -> String {
        let mut generator = Generator::new(seed);
        let first = generator.start();
        let steps: Vec<_> = (0..40).map(|_| generator.step()).collect();
        format!("{first:?}{steps:?}")
    }

    #[test]
    fn a_seed_tells_its_story_again_and_another_tells_another() {
        assert_eq!(story(7), story(7));
        assert_ne!(story(7), story(8));
    }

    #[test]
    fn over_some_seeds_every_kind_of_change_happens() {
        let all: String = (0..30).map(story).collect();
        for kind in [
            "RenameTenant",
            "AddGroupMember",
            "RemoveGroupMember",
            "CreateRelationship",
            "SetDelegatedRooms",
            "SetCeiling",
            "SetOfflineTerms",
            "EndRelationship",
            "CreateRole",
            "ChangeRole",
            "DeleteRole",
            "CreateAssignment",
            "ChangeAssignment",
            "DeleteAssignment",
            "CreateRoomGroup",
            "RenameRoomGroup",
            "SetRoomGroupRooms",
            "CreateRoom",
            "RenameRoom",
            "SuppressRoom",
            "EnrolRoom",
            "UnenrolRoom",
            "ReportSignals",
            "RecordIssue",
            "AdvanceClock",
        ] {
            assert!(all.contains(kind), "{kind}");
        }
    }
}
