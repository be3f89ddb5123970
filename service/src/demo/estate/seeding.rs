//! Writes the estate, in parts: an interrupted start leaves nothing that counts ([`super::unfinished`]).

use std::collections::HashSet;
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use rand::seq::SliceRandom as _;
use rand::{Rng, SeedableRng as _};
use rand_chacha::ChaCha20Rng;
use tenantry_model::id::{AssignmentId, EnrolmentKeyId, PrincipalId, RelationshipId, RoleId, RoomGroupId, RoomId, TenantId, UpdateRingId};
use tenantry_model::permission::{BuiltInRole, Permission, PermissionSet};
use tenantry_model::role::Scope;
use tenantry_model::tenancy::{ChangeControl, OfflineTerms, PortalRole, PrincipalKind, Tenant};
use tenantry_model::text::DomainName;
use tenantry_model::time::Timestamp;
use uuid::Uuid;

use super::history::{self, House, Lot};
use super::{EstateSize, happenings, own_settings, threads, unfinished, updates, usage};
use crate::demo::keyring::Keyring;
use crate::demo::names;
use crate::demo::people::{FEATURED, LARGEST_CUSTOMER, NEW_CUSTOMER, OTHER_PARTNER, PARTNER, principal_id, tenant_id};
use crate::domain::estate_change::format::CreateInvitation;
use crate::domain::estate_change::{EstateChange, apply};
use crate::domain::ingest::{keys, ticket_text};
use crate::domain::relationships::write::{assigned_admins, primary_admins_role};
use crate::domain::tenants::presets;
use crate::error::{Error, Result};
use crate::random::{Random, SeededRandom, uuid_v7};
use crate::store::agents::{self, NewRoom};
use crate::store::assignments::{self, NewAssignment};
use crate::store::delegations::{self, Delegating};
use crate::store::enrolment_keys::{self, EnrolmentKey};
use crate::store::ingest::{self, Watched};
use crate::store::people::{self, Principal};
use crate::store::relationships::{self, NewRelationship};
use crate::store::roles::{self, NewRole};
use crate::store::room_groups::{self, RoomGroup};
use crate::store::tenants::{self, NewTenant};
use crate::store::{Store, Tx, group_members, portal_roles, update_rings};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// How many rooms are written at a time.
const CHUNK: usize = 512;
/// After how many rooms a transaction ends: the database's log grows to what the largest one writes, and begins anew behind it.
const PART: usize = 500;

/// For how many days the invitations of customers that only invite stand: they are nobody's yet.
const INVITING: [u16; 3] = [14, 30, 3];

/// What technicians of the partner may do.
const HELPDESK: PermissionSet = PermissionSet::of(&[Permission::TicketsView, Permission::TicketsUpdate]);

pub(super) struct Customer {
    pub(super) id: TenantId,
    pub(super) admin: PrincipalId,
    domain: DomainName,
    style: names::Style,
    zone: &'static str,
    count: usize,
    /// Its preset rings, in their order.
    rings: Vec<UpdateRingId>,
    /// The rooms that raise tickets.
    pub(super) rooms: Vec<RoomId>,
}

pub(super) struct Draw {
    pub(super) rng: ChaCha20Rng,
    pub(super) random: SeededRandom,
    pub(super) now: Timestamp,
}

impl Draw {
    fn id(&self) -> Uuid {
        uuid_v7(self.now, &self.random)
    }
}

/// A transaction that records nothing: nobody has read this database yet.
async fn part(store: &Store) -> Result<Tx> {
    let mut tx = store.write().await?;
    tx.keep_no_log();
    Ok(tx)
}

/// Fills an empty database, and reports progress on standard error. Does nothing where there is a tenant already. In `folder` it notes that it has
/// begun, until it is done.
pub(crate) async fn fill(store: &Store, size: EstateSize, seed: u64, keyring: &Keyring, folder: &Path) -> Result<()> {
    let mut tx = part(store).await?;
    if size == EstateSize::Empty || tenants::count(tx.conn()).await? > 0 {
        return Ok(());
    }
    unfinished::begin(folder)?;
    let mut draw = Draw { rng: ChaCha20Rng::seed_from_u64(seed), random: SeededRandom::new(seed), now: tx.now() };
    let mut customers = insert_tenants(&mut tx, size, keyring, &mut draw).await?;
    insert_people(&mut tx, &customers).await?;
    let total = size.rooms();
    let (mut done, mut written) = (0, 0);
    for customer in &mut customers {
        if written >= PART {
            tx.commit().await?;
            tx = part(store).await?;
            written = 0;
        }
        written += customer.count;
        furnish(&mut tx, customer, size, keyring, &mut draw, |rooms| {
            let before = done * 20 / total.max(1);
            done += rooms;
            if done * 20 / total.max(1) != before {
                tell(&format!("making the demo estate: {done} of {total} rooms"));
            }
        })
        .await?;
    }
    tx.commit().await?;
    tx = part(store).await?;
    for (at, customer) in customers.iter().enumerate().take(size.customers()) {
        delegate(&mut tx, at, customer, &mut draw).await?;
    }
    threads::write(&mut tx, customers.get(..size.customers()).unwrap_or_default(), size, &mut draw).await?;
    invite(&mut tx, customers.get(size.customers()..).unwrap_or_default(), &draw.random).await?;
    happenings::write(&mut tx, customers.get(..size.customers()).unwrap_or_default(), &mut draw).await?;
    if let Some(customer) = customers.last() {
        own_settings::write(&mut tx, customer.id, &customer.domain, &draw.random).await?;
    }
    tx.commit().await?;
    tx = part(store).await?;
    updates::write(&mut tx, customers.get(..size.customers()).unwrap_or_default(), &mut draw).await?;
    tx.commit().await?;
    tx = part(store).await?;
    usage::write(&mut tx, customers.get(..size.customers()).unwrap_or_default(), draw.now).await?;
    tx.commit().await?;
    unfinished::finish(folder)?;
    tell("the demo estate is ready");
    Ok(())
}

fn tell(text: &str) {
    // Nobody reads it where standard error is closed.
    let _ = writeln!(std::io::stderr(), "{text}");
}

fn partner(slug: &str, display_name: &str, domain: &str, prefix: &str) -> Result<NewTenant> {
    Ok(NewTenant {
        tenant: Tenant { id: tenant_id(slug), display_name: display_name.into(), is_partner: true, is_customer: false },
        ticket_prefix: prefix.into(),
        domains: vec![domain_name(domain)?],
    })
}

fn domain_name(text: &str) -> Result<DomainName> {
    text.parse().map_err(|error| Error::Internal(format!("{text}: {error}")))
}

async fn insert_tenants(tx: &mut Tx, size: EstateSize, keyring: &Keyring, draw: &mut Draw) -> Result<Vec<Customer>> {
    let mut new = vec![
        partner(PARTNER, "Nordlicht Medientechnik GmbH", "nordlicht.example", "NORDLI")?,
        partner(OTHER_PARTNER, "Südwind Konferenzräume AG", "suedwind.example", "SUEDWI")?,
    ];
    let mut names: HashSet<String> = HashSet::new();
    let mut domains: HashSet<String> = HashSet::new();
    let mut prefixes: HashSet<String> = new.iter().map(|tenant| tenant.ticket_prefix.clone()).collect();
    let mut customers = Vec::new();
    // Behind those that invite, one that has not invited anybody yet.
    let alone = size.customers() + INVITING.len();
    let inviting = (0..=INVITING.len()).map(|_| 6);
    for (at, count) in size.rooms_by_customer().into_iter().chain(inviting).enumerate() {
        let mut name = names::organisation(&mut draw.rng);
        while !names.insert(name.clone()) {
            name = format!("{} {}", names::organisation(&mut draw.rng), draw.rng.random_range(2..99));
        }
        let slug = names::slug(&name);
        let domain = if domains.insert(slug.clone()) { format!("{slug}.example") } else { format!("{slug}-{at}.example") };
        let mut prefix = crate::store::numbers::group_of_six(&draw.random);
        while !prefixes.insert(prefix.clone()) {
            prefix = crate::store::numbers::group_of_six(&draw.random);
        }
        let (id, admin) = match at {
            0 => (tenant_id(LARGEST_CUSTOMER), principal_id("customer-admin")),
            _ if at == alone => (tenant_id(NEW_CUSTOMER), principal_id("new-customer-admin")),
            _ => (TenantId::from_uuid(draw.id()), PrincipalId::from_uuid(draw.id())),
        };
        let domain = domain_name(&domain)?;
        let tenant = Tenant { id, display_name: name, is_partner: false, is_customer: true };
        new.push(NewTenant { tenant, ticket_prefix: prefix, domains: vec![domain.clone()] });
        let (style, zone) = (names::style(&mut draw.rng), names::zone(&mut draw.rng));
        customers.push(Customer { id, admin, domain, style, zone, count, rings: vec![], rooms: vec![] });
    }
    tenants::insert(tx.conn(), &new).await?;
    let (mut rings, mut built_in) = (Vec::new(), Vec::new());
    for customer in &mut customers {
        let (its_rings, its_roles) = presets(customer.id, || draw.id());
        customer.rings = its_rings.iter().map(|ring| ring.id).collect();
        rings.extend(its_rings);
        built_in.extend(its_roles);
        let key = keyring.enrolment_key(customer.id);
        let kept = EnrolmentKey {
            id: EnrolmentKeyId::from_uuid(customer.id.uuid()),
            customer: customer.id,
            room: None,
            hash: keys::hash(&key),
            issued_at: draw.now,
            issued_by: None,
            last_used: None,
            devices: 0,
        };
        enrolment_keys::insert(tx.conn(), &kept).await?;
    }
    update_rings::insert(tx.conn(), &rings).await?;
    roles::insert(tx.conn(), &built_in).await?;
    Ok(customers)
}

async fn insert_people(tx: &mut Tx, customers: &[Customer]) -> Result<()> {
    const COLLEAGUES: [(&str, &str); 6] = [
        ("colleague-1", "Tobias Möller"),
        ("colleague-2", "Ayşe Yıldız"),
        ("colleague-3", "Svenja Petrowski"),
        ("colleague-4", "Marek Dvořák"),
        ("colleague-5", "Ingrid Ålund"),
        ("colleague-6", "Florian Obermüller"),
    ];
    const GROUPS: [(&str, &str); 3] = [
        ("group-primary", "Nordlicht Kundenbetreuung"),
        ("group-helpdesk", "Nordlicht Helpdesk"),
        ("group-helpdesk-night", "Nordlicht Nachtschicht"),
    ];
    let user = |slug: &str, name: &str, tenant: TenantId, domain: &str| Principal {
        id: principal_id(slug),
        tenant,
        kind: PrincipalKind::User,
        display_name: name.to_owned(),
        upn: Some(format!("{}@{domain}", names::slug(name).replace('-', "."))),
    };
    let home = tenant_id(PARTNER);
    let largest = customers.first().map(|customer| customer.domain.to_string()).unwrap_or_default();
    let alone = customers.last().map(|customer| customer.domain.to_string()).unwrap_or_default();
    let mut all: Vec<Principal> = FEATURED
        .iter()
        .map(|(slug, name, _)| match *slug {
            "customer-admin" => user(slug, name, tenant_id(LARGEST_CUSTOMER), &largest),
            "new-customer-admin" => user(slug, name, tenant_id(NEW_CUSTOMER), &alone),
            "other-partner" => user(slug, name, tenant_id(OTHER_PARTNER), "suedwind.example"),
            _ => user(slug, name, home, "nordlicht.example"),
        })
        .collect();
    all.extend(COLLEAGUES.iter().map(|(slug, name)| user(slug, name, home, "nordlicht.example")));
    all.extend(GROUPS.iter().map(|(slug, name)| Principal {
        kind: PrincipalKind::SecurityGroup,
        upn: None,
        ..user(slug, name, home, "nordlicht.example")
    }));
    let others = customers.iter().filter(|customer| ![LARGEST_CUSTOMER, NEW_CUSTOMER].map(tenant_id).contains(&customer.id));
    all.extend(others.map(|customer| Principal {
        id: customer.admin,
        tenant: customer.id,
        kind: PrincipalKind::User,
        display_name: "IT-Leitung".into(),
        upn: Some(format!("it@{}", customer.domain)),
    }));
    people::insert(tx.conn(), &all).await?;
    for (group, member) in [
        ("group-primary", "primary-admin"),
        ("group-primary", "colleague-1"),
        ("group-helpdesk", "colleague-2"),
        ("group-helpdesk", "group-helpdesk-night"),
        ("group-helpdesk-night", "technician"),
        ("group-helpdesk-night", "colleague-3"),
    ] {
        group_members::add(tx.conn(), principal_id(group), principal_id(member)).await?;
    }
    portal_roles::grant(tx.conn(), home, principal_id("tenant-manager"), PortalRole::TenantManager).await?;
    portal_roles::grant(tx.conn(), home, principal_id("colleague-4"), PortalRole::ManagedServiceAdministrator).await?;
    for customer in customers {
        portal_roles::grant(tx.conn(), customer.id, customer.admin, PortalRole::ManagedServiceAdministrator).await?;
    }
    Ok(())
}

/// Most rooms are in General, where new ones start; one of sixteen tries updates first, and one gets them last.
fn ring_of(rings: &[UpdateRingId], n: usize) -> Option<UpdateRingId> {
    let at = match n % 16 {
        5 => 0,
        13 => 2,
        _ => 1,
    };
    rings.get(at).copied()
}

/// The rooms of one customer, their past, and their groups.
async fn furnish(
    tx: &mut Tx,
    customer: &mut Customer,
    size: EstateSize,
    keyring: &Keyring,
    draw: &mut Draw,
    mut made: impl FnMut(usize),
) -> Result<()> {
    let domain = customer.domain.to_string();
    let house = House { customer: customer.id, domain: &domain, style: customer.style, zone: customer.zone };
    let average = size.incidents() as f64 * threads::SIGNAL_SHARE / size.rooms().max(1) as f64 / 0.97;
    let mut names: HashSet<String> = HashSet::new();
    let mut all: Vec<RoomId> = Vec::with_capacity(customer.count);
    let numbers: Vec<usize> = (0..customer.count).collect();
    for chunk in numbers.chunks(CHUNK) {
        let (mut rows, mut watched) = (Vec::with_capacity(chunk.len()), Vec::with_capacity(chunk.len()));
        for n in chunk {
            let mut device = history::device_of(house, *n, &mut draw.rng);
            let mut again = 2;
            let plain = device.display_name.clone();
            while !names.insert(device.display_name.clone()) {
                device.display_name = format!("{plain} – {again}");
                again += 1;
            }
            let id = RoomId::from_uuid(draw.id());
            let lot = history::lot(&mut draw.rng);
            let incidents = (average + draw.rng.random_range(-1.0..2.0)).max(0.0) as usize;
            let lived = history::live(id, house, &device, lot, incidents, draw.now, &mut draw.rng);
            let mut introduced = lived.clone();
            introduced.signals.clear();
            let inserted = Watched::inserted(introduced);
            let mut after = inserted.clone();
            after.room = lived;
            watched.push(after);
            all.push(id);
            if lot != Lot::Onboarding {
                customer.rooms.push(id);
            }
            rows.push(NewRoom {
                device,
                ring_id: ring_of(&customer.rings, *n),
                key_hash: keys::hash(&keyring.room_key(id)),
                watched: inserted,
            });
        }
        agents::insert_rooms(tx.conn(), &rows).await?;
        ingest::save(tx, &mut watched, &draw.random, ticket_text).await?;
        made(chunk.len());
    }
    let groups = (all.len() / 12).clamp(1, 8);
    for at in 0..groups {
        let id = RoomGroupId::from_uuid(draw.id());
        let group = RoomGroup { id, customer: customer.id, name: names::site(at).into(), made_by: None, version: 1 };
        room_groups::insert(tx.conn(), &group).await?;
        let within: Vec<RoomId> = all.iter().skip(at).step_by(groups).copied().collect();
        room_groups::add_rooms(tx.conn(), id, &within).await?;
        if at == 0 {
            customer.rooms.shuffle(&mut draw.rng);
        }
    }
    Ok(())
}

/// What a customer hands to the partners, and who works there.
async fn delegate(tx: &mut Tx, at: usize, customer: &Customer, draw: &mut Draw) -> Result<()> {
    // Two of three hand over everything; the others keep some rooms to themselves.
    let share = if at % 3 == 2 { customer.rooms.len() * 7 / 10 } else { customer.rooms.len() };
    let rooms = customer.rooms.get(..share.max(1).min(customer.rooms.len())).unwrap_or_default();
    let admins: &[PrincipalId] = if at % 5 < 2 { &[principal_id("group-primary")] } else { &[principal_id("primary-admin")] };
    relate(tx, tenant_id(PARTNER), customer, rooms, admins, offline(at), draw).await?;
    if [0, 2, 5, 9].contains(&at) {
        let few = customer.rooms.len().div_ceil(6).min(customer.rooms.len());
        let theirs = customer.rooms.get(customer.rooms.len() - few..).unwrap_or_default();
        let admins = [principal_id("other-partner")];
        relate(tx, tenant_id(OTHER_PARTNER), customer, theirs, &admins, OfflineTerms::default(), draw).await?;
    }
    if at % 3 == 1 || at == 0 {
        helpdesk(tx, at, customer, rooms, draw).await?;
    }
    Ok(())
}

/// A few customers forbid to read off line, some allow it for longer.
fn offline(at: usize) -> OfflineTerms {
    let days = if at % 8 == 3 { 30 } else { 7 };
    OfflineTerms { allowed: at % 17 != 4, days: days.try_into().unwrap_or_default() }
}

async fn relate(
    tx: &mut Tx,
    partner: TenantId,
    customer: &Customer,
    delegated: &[RoomId],
    admins: &[PrincipalId],
    offline: OfflineTerms,
    draw: &mut Draw,
) -> Result<()> {
    let id = RelationshipId::from_uuid(draw.id());
    let established_at = draw.now.minus(DAY.mul_f64(draw.rng.random_range(95.0..900.0)));
    let ceiling = BuiltInRole::PrimaryAdmins.permissions();
    let change_control = ChangeControl::default();
    let new = NewRelationship { id, partner, customer: customer.id, established_at, ceiling, change_control, offline };
    relationships::insert(tx.conn(), &new).await?;
    let scope = Scope::Some { rooms: delegated.to_vec(), groups: vec![] };
    delegations::insert(tx.conn(), Delegating::Relationship(id), &scope).await?;
    let (role, assignment) = (RoleId::from_uuid(draw.id()), AssignmentId::from_uuid(draw.id()));
    let primary = primary_admins_role(role, partner, customer.id);
    roles::insert(tx.conn(), std::slice::from_ref(&primary)).await?;
    assignments::insert(tx.conn(), &assigned_admins(assignment, role), admins, &Scope::All).await
}

/// The custom role of technicians: everywhere, in some rooms, or in the rooms of a group, in turn.
async fn helpdesk(tx: &mut Tx, at: usize, customer: &Customer, delegated: &[RoomId], draw: &mut Draw) -> Result<()> {
    let (role, assignment) = (RoleId::from_uuid(draw.id()), AssignmentId::from_uuid(draw.id()));
    let new = NewRole {
        id: role,
        customer: customer.id,
        partner: Some(tenant_id(PARTNER)),
        name: "Helpdesk".into(),
        description: "Reads and answers incidents, and nothing else.".into(),
        built_in: None,
        permissions: HELPDESK,
    };
    roles::insert(tx.conn(), std::slice::from_ref(&new)).await?;
    let turn = (at / 3) % 3;
    let scope = match turn {
        0 => Scope::All,
        1 => Scope::Some { rooms: delegated.iter().take(delegated.len().div_ceil(2)).copied().collect(), groups: vec![] },
        _ => Scope::Some { rooms: vec![], groups: first_group(tx, customer.id).await? },
    };
    let member = if turn == 0 { principal_id("technician") } else { principal_id("group-helpdesk") };
    let new = NewAssignment { id: assignment, role, name: "Helpdesk".into(), description: String::new(), email_notifications: false };
    assignments::insert(tx.conn(), &new, &[member], &scope).await
}

async fn first_group(tx: &mut Tx, customer: TenantId) -> Result<Vec<RoomGroupId>> {
    Ok(room_groups::of_customer(tx.conn(), customer).await?.into_iter().take(1).map(|group| group.id).collect())
}

async fn invite(tx: &mut Tx, inviting: &[Customer], random: &dyn Random) -> Result<()> {
    for (customer, days) in inviting.iter().zip(INVITING) {
        let invitation = CreateInvitation {
            id: None,
            customer: customer.id,
            domain: domain_name("nordlicht.example")?,
            rooms: customer.rooms.clone(),
            groups: vec![],
            all_rooms: false,
            expires_in_days: days.try_into().map_err(|error| Error::Internal(format!("{error}")))?,
            change_control: ChangeControl::default(),
            ceiling: BuiltInRole::PrimaryAdmins.permissions(),
            offline: OfflineTerms::default(),
            created_by: Some(customer.admin),
        };
        apply(tx, EstateChange::CreateInvitation(invitation), random).await?;
    }
    Ok(())
}
