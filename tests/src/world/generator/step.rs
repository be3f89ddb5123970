//! One random change after another.

use tenantry_model::api::{Reading, SignalState};
use tenantry_model::id::{RoomGroupId, RoomId, TenantId};
use tenantry_model::incident::{ClosureReason, IncidentStatus};
use tenantry_model::signal::SignalId;
use tenantry_model::tenancy::OfflineTerms;
use tenantry_model::text::OfflineDays;

use super::Generator;
use tenantry_test_kit::Change;

/// Signals of each severity, with short and long watch times, and one of which a room has several.
const SIGNALS: [SignalId; 6] = [
    SignalId::SignInTeams,
    SignalId::DisplayFrontOfRoom,
    SignalId::DiskHealth,
    SignalId::OsVersion,
    SignalId::OsActivation,
    SignalId::CameraRoom,
];

impl Generator {
    /// What happens next. Empty where the dice asked for something that there is not.
    pub fn step(&mut self) -> Vec<Change> {
        let customer = self.below(self.customers.len());
        let partner = usize::from(self.chance(25));
        match self.below(26) {
            0 => vec![self.rename_tenant(customer)],
            1 | 2 => self.membership(partner),
            3 => self.new_room(customer),
            4 => self.of_a_room(customer, |generator, room| Change::RenameRoom {
                room,
                display_name: format!("Room called {}", generator.below(1_000)),
            }),
            5 => self.of_a_room(customer, |generator, room| Change::SuppressRoom { room, suppressed: generator.chance(60) }),
            6 => self.enrolment(customer),
            7 => self.room_group(customer),
            8 | 9 => self.room_group_rooms(customer),
            10 => self.establish(customer, partner).into_iter().collect(),
            11 | 12 => self.relationship(customer, partner),
            13 => self.end(customer, partner),
            14 => self.role(customer, partner),
            15 | 16 => self.change_role(customer),
            17 | 18 => self.change_assignment(customer),
            19..=21 => self.signal(customer),
            22 => vec![self.issue(customer)],
            23 | 24 => self.thread(),
            _ => {
                let spans = [600, 3 * 3_600, 8 * 86_400];
                vec![Change::AdvanceClock { seconds: spans[self.below(spans.len())], rooms_fall_silent: self.chance(30) }]
            }
        }
    }

    /// Reading without contact stays allowed: what a locked customer shows is for the stories.
    pub(super) fn terms(&mut self) -> OfflineTerms {
        let days = u16::try_from(1 + self.below(30)).ok().and_then(|days| OfflineDays::try_from(days).ok()).unwrap_or_default();
        OfflineTerms { allowed: true, days }
    }

    /// A room's signal fails or recovers, and often so much time passes that it counts.
    pub(super) fn signal(&mut self, customer: usize) -> Vec<Change> {
        let rooms = self.customers[customer].rooms.clone();
        let (Some(room), Some(signal)) = (self.one(&rooms), self.one(&SIGNALS)) else { return vec![] };
        let state = if self.chance(65) { SignalState::Failing } else { SignalState::Healthy };
        let instance = signal.facts().per_peripheral.then(|| format!("Device {}", self.below(2)));
        let occupied = self.chance(30).then(|| self.chance(50));
        let mut changes = vec![Change::ReportSignals { room, readings: vec![Reading { signal, instance, state }], occupied }];
        if self.chance(70) {
            changes.push(Change::advance(2_400));
        }
        changes
    }

    /// Somebody records an issue: of the customer's, or of a partner's (A23), over no, one or several rooms.
    pub(super) fn issue(&mut self, customer: usize) -> Change {
        let rooms = self.customers[customer].rooms.clone();
        let percent = [0, 20, 60][self.below(3)];
        let rooms = self.some(&rooms, percent);
        let created_by = match self.below(3) {
            0 => self.customers[customer].admin,
            n => self.partners[n - 1].users[0],
        };
        let high_impact_reason = self.chance(30).then(|| "The board meets here".to_owned());
        let description = format!("Issue {}", self.below(1_000));
        Change::RecordIssue { customer: self.customers[customer].id, description, rooms, high_impact_reason, created_by }
    }

    fn rename_tenant(&mut self, customer: usize) -> Change {
        let called = self.below(1_000);
        let display_name = format!("Customer {customer} of {}, called {called}", self.label);
        Change::RenameTenant { tenant: self.customers[customer].id, display_name }
    }

    fn membership(&mut self, partner: usize) -> Vec<Change> {
        let possible = self.partners[partner].possible_members();
        let Some((group, member)) = self.one(&possible) else { return vec![] };
        let members = &mut self.partners[partner].members;
        let before = members.len();
        members.retain(|known| *known != (group, member));
        if members.len() < before {
            return vec![Change::RemoveGroupMember { group, member }];
        }
        members.push((group, member));
        vec![Change::AddGroupMember { group, member }]
    }

    fn new_room(&mut self, customer: usize) -> Vec<Change> {
        let id = RoomId::from_uuid(self.names.uuid());
        let estate = &mut self.customers[customer];
        estate.rooms.push(id);
        let (owner, display_name) = (estate.id, format!("New room {}", estate.rooms.len()));
        let onboarding = self.chance(15);
        self.customers[customer].onboarding.extend(onboarding.then_some(id));
        vec![Change::room(id, owner, &display_name, onboarding)]
    }

    /// A room goes out of management, or comes under it (R67, R68).
    fn enrolment(&mut self, customer: usize) -> Vec<Change> {
        if let (true, Some(room)) = (self.chance(50), self.customers[customer].onboarding.pop()) {
            return vec![Change::EnrolRoom { room }];
        }
        if self.customers[customer].rooms.len() < 2 {
            return vec![];
        }
        let at = self.below(self.customers[customer].rooms.len());
        let room = self.customers[customer].rooms.remove(at);
        self.customers[customer].onboarding.retain(|known| *known != room);
        vec![Change::UnenrolRoom { room }]
    }

    fn of_a_room(&mut self, customer: usize, change: impl FnOnce(&mut Self, RoomId) -> Change) -> Vec<Change> {
        let rooms = self.customers[customer].rooms.clone();
        self.one(&rooms).map(|room| change(self, room)).into_iter().collect()
    }

    fn room_group(&mut self, customer: usize) -> Vec<Change> {
        let groups = self.customers[customer].groups.clone();
        // No two groups of a customer are called alike.
        let name = format!("Floor called {}", self.names.uuid());
        if let (true, Some(id)) = (self.chance(60), self.one(&groups)) {
            return vec![Change::RenameRoomGroup { group: id, name }];
        }
        let rooms = self.customers[customer].rooms.clone();
        let rooms = self.some(&rooms, 40);
        let id = RoomGroupId::from_uuid(self.names.uuid());
        let estate = &mut self.customers[customer];
        estate.groups.push(id);
        vec![Change::CreateRoomGroup { id, customer: estate.id, name, rooms }]
    }

    fn room_group_rooms(&mut self, customer: usize) -> Vec<Change> {
        let (groups, rooms) = (self.customers[customer].groups.clone(), self.customers[customer].rooms.clone());
        // All of them now and then: rooms come, and none goes.
        let percent = if self.chance(40) { 100 } else { 50 };
        let rooms = self.some(&rooms, percent);
        self.one(&groups).map(|group| Change::SetRoomGroupRooms { group, rooms }).into_iter().collect()
    }

    fn relationship(&mut self, customer: usize, partner: usize) -> Vec<Change> {
        let (id, with) = (self.customers[customer].id, self.partners[partner].id);
        if !self.customers[customer].partners.contains(&with) {
            return vec![];
        }
        vec![match self.below(5) {
            0 => Change::SetOfflineTerms { partner: with, customer: id, offline: self.terms() },
            1 | 2 => Change::SetCeiling { partner: with, customer: id, permissions: self.permissions() },
            _ => self.delegation(customer, with),
        }]
    }

    /// Rooms alone, groups with few rooms beside, or all: the last two with future rooms (A36).
    fn delegation(&mut self, customer: usize, partner: TenantId) -> Change {
        let (rooms, groups) = (self.customers[customer].rooms.clone(), self.customers[customer].groups.clone());
        let (rooms, groups, all_rooms) = match self.below(4) {
            0 => (vec![], vec![], true),
            1 => (self.some(&rooms, 20), self.some(&groups, 60), false),
            _ => (self.some(&rooms, 60), vec![], false),
        };
        Change::SetDelegatedRooms { partner, customer: self.customers[customer].id, rooms, groups, all_rooms }
    }

    fn end(&mut self, customer: usize, partner: usize) -> Vec<Change> {
        let with = self.partners[partner].id;
        let by_customer = self.chance(50);
        let estate = &mut self.customers[customer];
        let Some(at) = estate.partners.iter().position(|partner| *partner == with) else { return vec![] };
        estate.partners.remove(at);
        estate.roles.retain(|(_, partner)| *partner != with);
        estate.assignments.retain(|(_, _, partner)| *partner != with);
        vec![Change::EndRelationship { partner: with, customer: estate.id, by_customer }]
    }

    fn change_role(&mut self, customer: usize) -> Vec<Change> {
        let roles = self.customers[customer].roles.clone();
        let Some((role, _)) = self.one(&roles) else { return vec![] };
        if self.chance(70) {
            return vec![Change::ChangeRole { role, permissions: self.permissions() }];
        }
        let estate = &mut self.customers[customer];
        estate.roles.retain(|(known, _)| *known != role);
        estate.assignments.retain(|(_, known, _)| *known != role);
        vec![Change::DeleteRole { role }]
    }

    fn change_assignment(&mut self, customer: usize) -> Vec<Change> {
        let assignments = self.customers[customer].assignments.clone();
        let Some((assignment, role, tenant)) = self.one(&assignments) else { return vec![] };
        let Some(partner) = self.partners.iter().position(|partner| partner.id == tenant) else { return vec![] };
        vec![match self.below(6) {
            0 => {
                self.customers[customer].assignments.retain(|(known, ..)| *known != assignment);
                Change::DeleteAssignment { assignment }
            }
            1 => self.assignment(customer, partner, role),
            2 | 3 => Change::ChangeAssignment { assignment, members: Some(self.members(partner)), scope: None },
            _ => Change::ChangeAssignment { assignment, members: None, scope: Some(self.scope(customer)) },
        }]
    }

    fn thread(&mut self) -> Vec<Change> {
        let tickets = self.incidents.clone();
        let Some(ticket) = self.one(&tickets) else { return vec![] };
        let Some(customer) = self.customers.iter().find(|customer| customer.id == ticket.customer) else { return vec![] };
        let (number, closed_by) = (ticket.number, customer.admin);
        if ticket.is_issue && ticket.is_active && self.chance(50) {
            let reason = ClosureReason::ALL[self.below(ClosureReason::ALL.len())];
            let comment = self.chance(50).then(|| "Done".to_owned());
            return vec![Change::CloseIssue { number, reason, comment, closed_by }];
        }
        if ticket.is_active && self.chance(30) {
            let statuses = [IncidentStatus::NeedsAction, IncidentStatus::PendingInvestigation, IncidentStatus::AssignedToService];
            return vec![Change::SetIncidentStatus { number, status: statuses[self.below(3)] }];
        }
        let text = format!("Message {}", self.below(1_000));
        let assign_to_service = ticket.is_active && self.chance(20);
        vec![Change::PostMessage { number, author: self.chance(80).then_some(closed_by), text, assign_to_service }]
    }
}
