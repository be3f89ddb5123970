//! The estate that stories start from: one partner with three people, and two customers with three rooms each.

use anyhow::Result;
use tenantry_model::api::{Reading, SignalState};
use tenantry_model::id::{AssignmentId, PrincipalId, RoleId, RoomId, TenantId};
use tenantry_model::permission::BuiltInRole;
use tenantry_model::role::Scope;
use tenantry_model::signal::SignalId;
use tenantry_model::tenancy::{OfflineTerms, PortalRole};

use super::Names;
use crate::demo::Demo;
use tenantry_test_kit::Change;

/// A partner and its customers.
#[derive(Debug)]
pub struct SmallEstate {
    /// For whatever a story adds.
    pub names: Names,
    /// The partner.
    pub partner: TenantId,
    /// Sees everything that both customers delegated.
    pub anna: PrincipalId,
    /// Sees the same, by assignments of his own.
    pub bert: PrincipalId,
    /// Holds nothing.
    pub nora: PrincipalId,
    /// A customer whose rooms and incidents have names that occur nowhere else.
    pub alpen: Customer,
    /// Another.
    pub birke: Customer,
}

/// A customer of the estate.
#[derive(Debug, Clone)]
pub struct Customer {
    /// Its tenant.
    pub id: TenantId,
    /// Its name.
    pub name: String,
    /// What the partner's people hold there: the column of Primary admins.
    pub role: RoleId,
    /// Anna's assignment.
    pub anna: AssignmentId,
    /// Bert's.
    pub bert: AssignmentId,
    /// Its own administrator, who holds everything over all rooms.
    pub admin: PrincipalId,
    /// Its rooms: the first two are delegated, the third is not.
    pub rooms: [RoomId; 3],
}

impl Customer {
    /// The name of a room.
    pub fn room_name(&self, at: usize) -> String {
        format!("{} Saal {}", self.name, at + 1)
    }
}

impl SmallEstate {
    /// Makes it. Every room has one open incident.
    pub async fn create(demo: &Demo) -> Result<Self> {
        Self::with_terms(demo, OfflineTerms::default()).await
    }

    /// The same with these terms at both customers.
    pub async fn with_terms(demo: &Demo, offline: OfflineTerms) -> Result<Self> {
        let mut names = Names::new(0);
        let mut changes = vec![];
        let partner = TenantId::from_uuid(names.uuid());
        changes.push(Change::partner(partner, "Nordlicht Partner"));
        let [anna, bert, nora] = ["Anna", "Bert", "Nora"].map(|name| person(&mut names, partner, name, &mut changes));
        let mut customer = |name: &str| {
            let id = TenantId::from_uuid(names.uuid());
            changes.push(Change::customer(id, name));
            let customer = Customer {
                id,
                name: name.to_owned(),
                role: RoleId::from_uuid(names.uuid()),
                anna: AssignmentId::from_uuid(names.uuid()),
                bert: AssignmentId::from_uuid(names.uuid()),
                admin: person(&mut names, id, &format!("{name} Admin"), &mut changes),
                rooms: [(); 3].map(|()| RoomId::from_uuid(names.uuid())),
            };
            customer.fill(partner, [anna, bert], offline, &mut changes);
            customer
        };
        let (alpen, birke) = (customer("Alpenveilchen"), customer("Birkenhof"));
        changes.push(Change::advance(3_600));
        demo.control(&changes).await?;
        Ok(Self { names, partner, anna, bert, nora, alpen, birke })
    }
}

impl Customer {
    fn fill(&self, partner: TenantId, [anna, bert]: [PrincipalId; 2], offline: OfflineTerms, changes: &mut Vec<Change>) {
        for (at, id) in self.rooms.into_iter().enumerate() {
            changes.push(Change::room(id, self.id, &self.room_name(at), false));
            changes.push(failing(id, SignalId::DisplayConsole));
        }
        let permissions = BuiltInRole::PrimaryAdmins.permissions();
        let rooms = self.rooms[..2].to_vec();
        changes.push(Change::CreateRelationship {
            partner,
            customer: self.id,
            rooms,
            primary_admins: vec![],
            ceiling: permissions,
            offline,
        });
        let name = "Helpdesk".to_owned();
        changes.push(Change::CreateRole { id: self.role, customer: self.id, partner: Some(partner), name: name.clone(), permissions });
        for (id, member) in [(self.anna, anna), (self.bert, bert)] {
            let members = vec![member];
            changes.push(Change::CreateAssignment { id, role: self.role, name: name.clone(), members, scope: Scope::All });
        }
        changes.push(Change::GrantPortalRole { principal: self.admin, role: PortalRole::ManagedServiceAdministrator });
    }
}

fn person(names: &mut Names, tenant: TenantId, name: &str, changes: &mut Vec<Change>) -> PrincipalId {
    let id = PrincipalId::from_uuid(names.uuid());
    changes.push(Change::user(id, tenant, name));
    id
}

/// A report that this signal fails. It becomes an incident once its watch time has passed.
pub fn failing(room: RoomId, signal: SignalId) -> Change {
    Change::ReportSignals { room, readings: vec![Reading { signal, instance: None, state: SignalState::Failing }], occupied: None }
}

/// A report that it is well again.
pub fn healthy(room: RoomId, signal: SignalId) -> Change {
    Change::ReportSignals { room, readings: vec![Reading { signal, instance: None, state: SignalState::Healthy }], occupied: None }
}
