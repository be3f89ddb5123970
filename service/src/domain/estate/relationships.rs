//! What ties a customer to a partner, and invitations.

use std::time::Duration;

use tenantry_model::id::{AssignmentId, InvitationId, RelationshipId, RoleId, RoomId, TenantId};
use tenantry_model::permission::BuiltInRole;
use tenantry_model::problem::FieldCode;
use tenantry_model::role::Scope;

use super::change::{CreateInvitation, CreateRelationship, EndRelationship, SetCeiling, SetDelegatedRooms, SetOfflineTerms};
use super::{Outcome, people};
use crate::error::{Error, Result};
use crate::random::{Random, uuid_v7};
use crate::store::change_log::audiences::Audience;
use crate::store::estate::people as estate_people;
use crate::store::estate::relationships::{self, NewInvitation, NewRelationship};
use crate::store::estate::roles::{self, NewAssignment, NewRole};
use crate::store::estate::{rooms, tenants};
use crate::store::{Change, Tx};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

pub(crate) async fn create(tx: &mut Tx, change: CreateRelationship, random: &dyn Random) -> Result<Outcome> {
    let CreateRelationship { id, partner, customer, rooms, primary_admins, ceiling, offline } = change;
    if partner == customer {
        return Err(Error::bad_request("nobody is their own partner"));
    }
    if !known(tx, partner).await?.is_partner || !known(tx, customer).await?.is_customer {
        return Err(Error::bad_request("a relationship is between an onboarded partner and a customer"));
    }
    if relationships::active(tx.conn(), partner, customer).await?.is_some() {
        return Err(Error::conflict("the two have an active relationship already"));
    }
    check_rooms(tx, customer, &rooms).await?;
    people::check_members(tx, partner, &primary_admins).await?;
    let now = tx.now();
    let id = id.unwrap_or_else(|| RelationshipId::from_uuid(uuid_v7(now, random)));
    let ceiling = ceiling.unwrap_or(BuiltInRole::PrimaryAdmins.permissions());
    relationships::insert(tx.conn(), &NewRelationship { id, partner, customer, established_at: now, ceiling, offline }).await?;
    relationships::add_rooms(tx.conn(), id, &rooms).await?;
    let (role, assignment) = (RoleId::from_uuid(uuid_v7(now, random)), AssignmentId::from_uuid(uuid_v7(now, random)));
    let primary = primary_admins_role(role, partner, customer);
    roles::insert(tx.conn(), std::slice::from_ref(&primary)).await?;
    roles::insert_assignment(tx.conn(), &assigned_admins(assignment, role), &primary_admins, &Scope::All).await?;
    tx.record(Change::rights(customer, Some(partner), None).lost_by(Audience::NOBODY)).await?;
    Ok(Outcome { roles: vec![role], assignment: Some(assignment), ..Outcome::created(id.uuid()) })
}

/// The one built-in role on the partner's side (R39).
pub(crate) fn primary_admins_role(id: RoleId, partner: TenantId, customer: TenantId) -> NewRole {
    NewRole {
        id,
        customer,
        partner: Some(partner),
        name: "Primary admins".into(),
        description: "Manages the delegated rooms, and who else of the partner may work in them.".into(),
        built_in: Some(BuiltInRole::PrimaryAdmins),
        permissions: BuiltInRole::PrimaryAdmins.permissions(),
    }
}

/// Its one preset assignment, whose scope is whatever is delegated (R48).
pub(crate) fn assigned_admins(id: AssignmentId, role: RoleId) -> NewAssignment {
    NewAssignment { id, role, name: "Assigned Admins".into(), description: String::new() }
}

pub(crate) async fn set_rooms(tx: &mut Tx, change: SetDelegatedRooms) -> Result<Outcome> {
    let relationship = active(tx, change.partner, change.customer).await?;
    check_rooms(tx, change.customer, &change.rooms).await?;
    relationships::clear_rooms(tx.conn(), relationship).await?;
    relationships::add_rooms(tx.conn(), relationship, &change.rooms).await?;
    record_holders(tx, change.partner, change.customer).await?;
    Ok(Outcome::nothing())
}

pub(crate) async fn set_ceiling(tx: &mut Tx, change: SetCeiling) -> Result<Outcome> {
    let relationship = active(tx, change.partner, change.customer).await?;
    relationships::set_ceiling(tx.conn(), relationship, change.permissions).await?;
    record_holders(tx, change.partner, change.customer).await?;
    Ok(Outcome::nothing())
}

pub(crate) async fn set_offline(tx: &mut Tx, change: SetOfflineTerms) -> Result<Outcome> {
    let relationship = active(tx, change.partner, change.customer).await?;
    relationships::set_offline(tx.conn(), relationship, change.offline).await?;
    tx.record(Change::customer(change.customer)).await?;
    Ok(Outcome::nothing())
}

pub(crate) async fn end(tx: &mut Tx, change: EndRelationship) -> Result<Outcome> {
    let EndRelationship { partner, customer, by_customer } = change;
    let relationship = active(tx, partner, customer).await?;
    let (now, by) = (tx.now(), if by_customer { "customer" } else { "partner" });
    relationships::end(tx.conn(), relationship, now, by).await?;
    relationships::clear_rooms(tx.conn(), relationship).await?;
    record_holders(tx, partner, customer).await?;
    for role in roles::of_partner(tx.conn(), partner, customer).await? {
        roles::delete(tx.conn(), role).await?;
    }
    Ok(Outcome::nothing())
}

/// What the partner's people see of the customer changed; who holds a role there may see nothing of it any more.
async fn record_holders(tx: &mut Tx, partner: TenantId, customer: TenantId) -> Result<()> {
    let holders = estate_people::holders(tx.conn(), customer, Some(partner)).await?;
    let holders = tx.audience(&holders).await?;
    tx.record(Change::rights(customer, Some(partner), None).lost_by(holders)).await
}

pub(crate) async fn invite(tx: &mut Tx, change: CreateInvitation, random: &dyn Random) -> Result<Outcome> {
    let CreateInvitation { id, customer, domain, rooms, expires_in_days, change_control, ceiling, offline, created_by } = change;
    let partner = tenants::of_domain(tx.conn(), &domain).await?;
    let partner = partner.ok_or_else(|| Error::bad_request(format!("no partner holds the domain {domain}")))?;
    if partner == customer || !known(tx, partner).await?.is_partner || !known(tx, customer).await?.is_customer {
        return Err(Error::bad_request("an invitation goes from a customer to an onboarded partner other than itself"));
    }
    if relationships::active(tx.conn(), partner, customer).await?.is_some() {
        return Err(Error::conflict("the two have an active relationship already"));
    }
    check_rooms(tx, customer, &rooms).await?;
    let created_at = tx.now();
    let id = id.unwrap_or_else(|| InvitationId::from_uuid(uuid_v7(created_at, random)));
    let expires_at = created_at.plus(DAY * u32::from(expires_in_days.days()));
    let new = NewInvitation { id, customer, partner, domain, created_at, expires_at, change_control, ceiling, offline, created_by };
    relationships::invite(tx.conn(), &new, &rooms).await?;
    tx.record(Change::tenant(partner)).await?;
    Ok(Outcome::created(id.uuid()))
}

/// Every one of these rooms must be the customer's.
pub(crate) async fn check_rooms(tx: &mut Tx, customer: TenantId, named: &[RoomId]) -> Result<()> {
    let owned: std::collections::HashSet<RoomId> = rooms::owned(tx.conn(), customer, named).await?.into_iter().collect();
    match named.iter().find(|room| !owned.contains(room)) {
        Some(room) => Err(Error::field(FieldCode::RoomUnknown, "#/rooms", format!("{room} is not a room of the customer {customer}"))),
        None => Ok(()),
    }
}

/// The tenant, which must exist.
pub(super) async fn known(tx: &mut Tx, id: TenantId) -> Result<tenantry_model::tenancy::Tenant> {
    let found = crate::store::tenants::find(tx.conn(), id).await?;
    found.map(|known| known.tenant).ok_or_else(|| Error::bad_request(format!("there is no tenant {id}")))
}

async fn active(tx: &mut Tx, partner: TenantId, customer: TenantId) -> Result<RelationshipId> {
    let found = relationships::active(tx.conn(), partner, customer).await?;
    found.ok_or_else(|| Error::bad_request("the two have no active relationship"))
}
