//! Tenants.

use tenantry_model::id::{RoleId, TenantId, UpdateRingId};
use tenantry_model::permission::BuiltInRole;
use tenantry_model::tenancy::Tenant;

use super::Outcome;
use super::change::{AddDomain, CreateTenant, RenameTenant};
use crate::domain::ingest::enrolment::text;
use crate::domain::ingest::keys;
use crate::error::{Error, Result};
use crate::random::{Random, uuid_v7};
use crate::store::estate::roles::NewRole;
use crate::store::estate::tenants::{NewRing, NewTenant};
use crate::store::{Change, Tx, agents, numbers};

/// How long the name of anything may be, in characters.
pub(crate) const LONGEST_NAME: usize = 120;

/// How often a prefix is drawn anew before something must be wrong with the randomness.
const TRIES: usize = 50;

/// The preset rings, in the order of updates (R100).
pub(crate) const PRESET_RINGS: [&str; 3] = ["Staging", "General", "Executive"];

pub(super) async fn create(tx: &mut Tx, change: CreateTenant, random: &dyn Random) -> Result<Outcome> {
    let id = change.id.unwrap_or_else(|| TenantId::from_uuid(uuid_v7(tx.now(), random)));
    let display_name = text("displayName", &change.display_name, LONGEST_NAME)?;
    let ticket_prefix = match change.ticket_prefix {
        Some(prefix) if prefix.len() == 6 && prefix.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()) => prefix,
        Some(_) => return Err(Error::bad_request("ticketPrefix must be six capitals or digits; leave it out to have one drawn")),
        None => free_prefix(tx, random).await?,
    };
    let tenant = Tenant { id, display_name, is_partner: change.is_partner, is_customer: change.is_customer };
    crate::store::estate::tenants::insert(tx.conn(), &[NewTenant { tenant, ticket_prefix, domains: change.domains }]).await?;
    let mut outcome = Outcome::created(id.uuid());
    if change.is_customer {
        let now = tx.now();
        let (rings, roles) = presets(id, || uuid_v7(now, random));
        crate::store::estate::tenants::insert_rings(tx.conn(), &rings).await?;
        crate::store::estate::roles::insert(tx.conn(), &roles).await?;
        outcome.roles = roles.iter().map(|role| role.id).collect();
        let key = keys::new_enrolment_key(id, random);
        agents::set_enrolment_key_hash(tx.conn(), id, &keys::hash(&key)).await?;
        outcome.key = Some(key);
    }
    Ok(outcome)
}

/// What every customer has from its first day on: three rings, and the customer's side of the permission matrix as roles.
pub(crate) fn presets(customer: TenantId, mut new_id: impl FnMut() -> uuid::Uuid) -> (Vec<NewRing>, Vec<NewRole>) {
    let rings = PRESET_RINGS.iter().zip(1..).map(|(name, order)| NewRing { id: UpdateRingId::from_uuid(new_id()), customer, name, order });
    let rings = rings.collect();
    let sides = [
        (BuiltInRole::ManagedServiceAdministrator, "Managed Service Administrator", "Everything, in every room."),
        (BuiltInRole::SiteLead, "Site Lead", "Runs the rooms of a site."),
        (BuiltInRole::SiteTech, "Site Tech", "Looks after the devices of a site."),
    ];
    let role = |(built_in, name, description): (BuiltInRole, &str, &str)| NewRole {
        id: RoleId::from_uuid(new_id()),
        customer,
        partner: None,
        name: name.to_owned(),
        description: description.to_owned(),
        built_in: Some(built_in),
        permissions: built_in.permissions(),
    };
    (rings, sides.into_iter().map(role).collect())
}

async fn free_prefix(tx: &mut Tx, random: &dyn Random) -> Result<String> {
    for _ in 0..TRIES {
        let prefix = numbers::group_of_six(random);
        if !crate::store::estate::tenants::has_prefix(tx.conn(), &prefix).await? {
            return Ok(prefix);
        }
    }
    Err(Error::Internal("no unused ticket prefix could be drawn".into()))
}

pub(super) async fn rename(tx: &mut Tx, change: RenameTenant) -> Result<Outcome> {
    let name = text("displayName", &change.display_name, LONGEST_NAME)?;
    if !crate::store::estate::tenants::rename(tx.conn(), change.tenant, &name).await? {
        return Err(Error::bad_request(format!("there is no tenant {}", change.tenant)));
    }
    tx.record(Change::customer(change.tenant)).await?;
    Ok(Outcome::nothing())
}

pub(super) async fn add_domain(tx: &mut Tx, change: AddDomain) -> Result<Outcome> {
    crate::store::estate::tenants::insert_domains(tx.conn(), &[(change.tenant, &change.domain)]).await?;
    tx.record(Change::customer(change.tenant)).await?;
    Ok(Outcome::nothing())
}
