//! The estate that a case begins with.

use tenantry_model::id::{AssignmentId, PrincipalId, RoleId, RoomGroupId, RoomId, TenantId};
use tenantry_model::permission::PermissionSet;
use tenantry_model::role::Scope;
use tenantry_model::tenancy::PrincipalKind;

use super::{Estate, Generator, Partner};
use tenantry_test_kit::Change;

impl Generator {
    /// Two partners, two to four customers, their rooms, groups, relationships, roles and first failures.
    pub fn start(&mut self) -> Vec<Change> {
        let mut changes = vec![];
        for at in 0..2 {
            let partner = self.partner(at, &mut changes);
            self.partners.push(partner);
        }
        for at in 0..2 + self.below(3) {
            let customer = self.customer(at, &mut changes);
            self.customers.push(customer);
        }
        for customer in 0..self.customers.len() {
            self.fill(customer, &mut changes);
        }
        changes
    }

    fn partner(&mut self, at: usize, changes: &mut Vec<Change>) -> Partner {
        let id = TenantId::from_uuid(self.names.uuid());
        changes.push(Change::partner(id, &format!("Partner {at} of {}", self.label)));
        let users: Vec<_> = (0..2).map(|n| self.principal(id, PrincipalKind::User, &format!("User {n}"), changes)).collect();
        let groups = (0..3).map(|n| self.principal(id, PrincipalKind::SecurityGroup, &format!("Group {n}"), changes)).collect();
        let mut partner = Partner { id, users, groups, members: vec![] };
        for (group, member) in partner.possible_members() {
            if self.chance(35) {
                partner.members.push((group, member));
                changes.push(Change::AddGroupMember { group, member });
            }
        }
        partner
    }

    fn customer(&mut self, at: usize, changes: &mut Vec<Change>) -> Estate {
        let id = TenantId::from_uuid(self.names.uuid());
        changes.push(Change::customer(id, &format!("Customer {at} of {}", self.label)));
        let admin = self.principal(id, PrincipalKind::User, "Admin", changes);
        let mut customer =
            Estate { id, admin, rooms: vec![], onboarding: vec![], groups: vec![], partners: vec![], roles: vec![], assignments: vec![] };
        for n in 0..2 + self.below(7) {
            let room = RoomId::from_uuid(self.names.uuid());
            let onboarding = self.chance(15);
            changes.push(Change::room(room, id, &format!("Room {n}"), onboarding));
            customer.onboarding.extend(onboarding.then_some(room));
            customer.rooms.push(room);
        }
        for n in 0..1 + self.below(3) {
            let group = RoomGroupId::from_uuid(self.names.uuid());
            let rooms = self.some(&customer.rooms, 40);
            changes.push(Change::CreateRoomGroup { id: group, customer: id, name: format!("Floor {n}"), rooms });
            customer.groups.push(group);
        }
        customer
    }

    fn fill(&mut self, at: usize, changes: &mut Vec<Change>) {
        let (id, admin) = (self.customers[at].id, self.customers[at].admin);
        let role = RoleId::from_uuid(self.names.uuid());
        // The administrator sees everything, so that a case can learn of every incident.
        changes.push(Change::CreateRole { id: role, customer: id, partner: None, name: "Own".into(), permissions: PermissionSet::ALL });
        let assignment = AssignmentId::from_uuid(self.names.uuid());
        changes.push(Change::CreateAssignment { id: assignment, role, name: "All".into(), members: vec![admin], scope: Scope::All });
        for partner in 0..self.partners.len() {
            if self.chance(if partner == 0 { 90 } else { 50 }) {
                changes.extend(self.establish(at, partner));
                for _ in 0..1 + self.below(2) {
                    changes.extend(self.role(at, partner));
                }
            }
        }
        for _ in 0..self.below(6) {
            changes.extend(self.signal(at));
        }
        for _ in 0..self.below(3) {
            changes.push(self.issue(at));
        }
    }

    /// A relationship between them, over some of the rooms.
    pub(super) fn establish(&mut self, customer: usize, partner: usize) -> Option<Change> {
        let (id, with) = (self.customers[customer].id, self.partners[partner].id);
        if self.customers[customer].partners.contains(&with) {
            return None;
        }
        self.customers[customer].partners.push(with);
        let (rooms, users) = (self.customers[customer].rooms.clone(), self.partners[partner].users.clone());
        let (rooms, primary_admins) = (self.some(&rooms, 70), self.some(&users, 15));
        let ceiling = if self.chance(60) { PermissionSet::ALL } else { self.permissions() };
        let offline = self.terms();
        Some(Change::CreateRelationship { partner: with, customer: id, rooms, primary_admins, ceiling, offline })
    }

    /// A role of the partner's at the customer, with an assignment. Empty where they have no relationship.
    pub(super) fn role(&mut self, customer: usize, partner: usize) -> Vec<Change> {
        let (owner, with) = (self.customers[customer].id, self.partners[partner].id);
        if !self.customers[customer].partners.contains(&with) {
            return vec![];
        }
        let id = RoleId::from_uuid(self.names.uuid());
        self.customers[customer].roles.push((id, with));
        // By the id: a number would come back once another role is deleted.
        let name = format!("Role {id}");
        let permissions = self.permissions();
        let role = Change::CreateRole { id, customer: owner, partner: Some(with), name, permissions };
        vec![role, self.assignment(customer, partner, id)]
    }

    /// An assignment of a role.
    pub(super) fn assignment(&mut self, customer: usize, partner: usize, role: RoleId) -> Change {
        let id = AssignmentId::from_uuid(self.names.uuid());
        self.customers[customer].assignments.push((id, role, self.partners[partner].id));
        let (members, scope) = (self.members(partner), self.scope(customer));
        Change::CreateAssignment { id, role, name: "Assignment".into(), members, scope }
    }

    fn principal(&mut self, tenant: TenantId, kind: PrincipalKind, name: &str, changes: &mut Vec<Change>) -> PrincipalId {
        let id = PrincipalId::from_uuid(self.names.uuid());
        changes.push(Change::principal(id, tenant, kind, &format!("{name} of {}", self.label)));
        id
    }
}

impl Partner {
    /// Who may be in which group: anybody, and groups in later groups.
    pub(super) fn possible_members(&self) -> Vec<(PrincipalId, PrincipalId)> {
        let groups = self.groups.iter().enumerate();
        groups.flat_map(|(at, group)| self.users.iter().chain(&self.groups[..at]).map(|member| (*group, *member))).collect()
    }
}
