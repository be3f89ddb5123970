//! One customer of a partner: what the relationship says, and its end by the partner (R59, R60, R62).

use tenantry_model::api::customers::CustomerDetail;
use tenantry_model::id::TenantId;
use tenantry_model::permission::Permission;

use super::write::{self, EndedBy};
use crate::domain::actor::Actor;
use crate::domain::caller::Caller;
use crate::domain::incidents::read::cut;
use crate::domain::version::check_version;
use crate::error::{Error, Result};
use crate::store::relationships::{self, Relationship};
use crate::store::{Conn, Tx, assignments, incidents, lists, people, requests, roles, tenants};

/// How many incidents are loaded at once.
const LOADED: usize = 1_000;

/// `GET /v1/customers/{c}`: for those who work there, and for those who answer invitations (R28).
pub async fn detail(conn: &mut Conn, caller: &Caller, customer: TenantId) -> Result<CustomerDetail> {
    let relationship = visible(conn, caller, customer).await?;
    let domains = tenants::domains(conn, &[customer]).await?.remove(&customer).unwrap_or_default();
    let admins = assignments::primary_admins(conn, caller.tenant.id, customer).await?.map(|(_, it)| it.members).unwrap_or_default();
    let custom = roles::at(conn, customer, Some(caller.tenant.id)).await?.into_iter().filter(|it| it.role.built_in.is_none()).count();
    Ok(CustomerDetail {
        id: customer,
        display_name: relationship.customer_name,
        domains,
        established_at: relationship.established_at,
        rooms: relationship.rooms,
        ceiling: relationship.ceiling,
        change_control: relationship.change_control,
        offline: relationship.offline,
        open_incidents: open_incidents(conn, caller, customer).await?,
        waiting_requests: u32::try_from(requests::waiting(conn, caller.tenant.id, customer).await?.len()).unwrap_or(u32::MAX),
        custom_roles: u32::try_from(custom).unwrap_or(u32::MAX),
        without_admins: people::users_in(conn, &admins).await?.is_empty(),
        may_change_admins: caller.may_change_primary_admins(customer),
        may_remove: is_primary_admin(conn, caller, customer).await?,
        version: relationship.version,
    })
}

/// `DELETE /v1/customers/{c}`: by one of its Primary admins; Global Administrator, Managed Service Administrator or tenant manager alone is not
/// enough (R59).
pub async fn remove(tx: &mut Tx, caller: &Caller, customer: TenantId, version: u64) -> Result<()> {
    let relationship = visible(tx.conn(), caller, customer).await?;
    if !is_primary_admin(tx.conn(), caller, customer).await? {
        return Err(Error::not_found());
    }
    check_version(relationship.version, version)?;
    write::end(tx, Actor::Caller(caller), &relationship, EndedBy::Partner).await
}

/// By name or through a group: who may say goodbye to it (R59).
async fn is_primary_admin(conn: &mut Conn, caller: &Caller, customer: TenantId) -> Result<bool> {
    let mut any_of = caller.access.subject.groups.clone();
    any_of.push(caller.access.subject.user);
    assignments::has_primary_admin(conn, caller.tenant.id, customer, &any_of).await
}

async fn visible(conn: &mut Conn, caller: &Caller, customer: TenantId) -> Result<Relationship> {
    let found = relationships::active(conn, caller.tenant.id, customer).await?;
    // A Primary admin can say goodbye also where no room is delegated at present.
    let theirs = caller.answers_invitations() || caller.access.at(customer).is_some() || is_primary_admin(conn, caller, customer).await?;
    found.filter(|_| theirs).ok_or(Error::not_found())
}

/// How many incidents are open in rooms that the caller sees; none for who sees no incidents at all.
async fn open_incidents(conn: &mut Conn, caller: &Caller, customer: TenantId) -> Result<Option<u32>> {
    let Some(rights) = caller.access.at(customer).filter(|rights| rights.allow_somewhere(Permission::TicketsView)) else { return Ok(None) };
    let mut count = 0;
    for numbers in lists::open_of(conn, customer).await?.chunks(LOADED) {
        let loaded = incidents::load(conn, numbers).await?;
        count += loaded.into_iter().filter_map(|stored| cut(stored, rights, caller.tenant.id)).count();
    }
    Ok(Some(u32::try_from(count).unwrap_or(u32::MAX)))
}
