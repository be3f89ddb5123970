//! Organisations, as the operator keeps them. They have no category in the audit log (A24): what is done to them leaves no record there.

use tenantry_model::id::{RoleId, TenantId};
use tenantry_model::permission::BuiltInRole;
use tenantry_model::tenancy::Tenant;
use tenantry_model::text::DomainName;

use crate::domain::ingest::issuing as enrolment_keys;
use crate::domain::{text, update_rings};
use crate::error::{Error, Result};
use crate::random::{Random, uuid_v7};
use crate::store::roles::{self, NewRole};
use crate::store::tenants::{self, NewTenant};
use crate::store::update_rings::UpdateRing;
use crate::store::{Change, Tx, numbers};

/// How often a prefix is drawn anew before something must be wrong with the randomness.
const TRIES: usize = 50;

#[derive(Debug, Clone, Default)]
pub struct Presets {
    pub roles: Vec<RoleId>,
    /// By which rooms may enrol; shown this once.
    pub enrolment_key: Option<String>,
}

pub async fn create(
    tx: &mut Tx,
    mut tenant: Tenant,
    ticket_prefix: Option<String>,
    domains: Vec<DomainName>,
    random: &dyn Random,
) -> Result<Presets> {
    tenant.display_name = text::name("displayName", &tenant.display_name)?;
    let ticket_prefix = match ticket_prefix {
        Some(prefix) if prefix.len() == 6 && prefix.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()) => prefix,
        Some(_) => return Err(Error::bad_request("ticketPrefix must be six capitals or digits; leave it out to have one drawn")),
        None => free_prefix(tx, random).await?,
    };
    domains.iter().try_for_each(must_end_well)?;
    let (id, is_customer) = (tenant.id, tenant.is_customer);
    tenants::insert(tx.conn(), &[NewTenant { tenant, ticket_prefix, domains }]).await?;
    if !is_customer {
        return Ok(Presets::default());
    }
    let now = tx.now();
    let (rings, roles) = presets(id, || uuid_v7(now, random));
    crate::store::update_rings::insert(tx.conn(), &rings).await?;
    roles::insert(tx.conn(), &roles).await?;
    let key = enrolment_keys::issue(tx, None, (id, None), random).await?.1;
    Ok(Presets { roles: roles.iter().map(|role| role.id).collect(), enrolment_key: Some(key) })
}

/// What every customer has from its first day on: three rings, and the customer's side of the permission matrix as roles.
pub(crate) fn presets(customer: TenantId, mut new_id: impl FnMut() -> uuid::Uuid) -> (Vec<UpdateRing>, Vec<NewRole>) {
    let rings = update_rings::presets::presets(customer, &mut new_id);
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
        if !tenants::has_prefix(tx.conn(), &prefix).await? {
            return Ok(prefix);
        }
    }
    Err(Error::Internal("no unused ticket prefix could be drawn".into()))
}

pub async fn rename(tx: &mut Tx, tenant: TenantId, display_name: &str) -> Result<()> {
    let name = text::name("displayName", display_name)?;
    if !tenants::rename(tx.conn(), tenant, &name).await? {
        return Err(unknown(tenant));
    }
    tx.record(Change::customer(tenant)).await
}

fn must_end_well(domain: &DomainName) -> Result<()> {
    if domain.ends_well() { Ok(()) } else { Err(Error::bad_request(format!("{domain} is no domain: it must look like contoso.com"))) }
}

pub async fn add_domain(tx: &mut Tx, tenant: TenantId, domain: &DomainName) -> Result<()> {
    must_end_well(domain)?;
    tenants::insert_domains(tx.conn(), &[(tenant, domain)]).await?;
    tx.record(Change::customer(tenant)).await
}

/// The tenant, which must exist.
pub(crate) async fn find(tx: &mut Tx, id: TenantId) -> Result<Tenant> {
    tenants::find(tx.conn(), id).await?.map(|known| known.tenant).ok_or_else(|| unknown(id))
}

fn unknown(id: TenantId) -> Error {
    Error::bad_request(format!("there is no tenant {id}"))
}
