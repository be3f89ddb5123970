//! Custom roles, and assignments of all roles.

use tenantry_model::id::{AssignmentId, PrincipalId, RoleId, TenantId};
use tenantry_model::role::Scope;

use super::change::{ChangeAssignment, ChangeRole, CreateAssignment, CreateRole, DeleteAssignment, DeleteRole};
use super::relationships::check_rooms;
use super::tenants::LONGEST_NAME;
use super::{Outcome, people};
use crate::domain::ingest::enrolment::text;
use crate::error::{Error, Result};
use crate::random::{Random, uuid_v7};
use crate::store::Tx;
use crate::store::estate::roles::{self, NewAssignment, NewRole, RolePlace};
use crate::store::estate::{relationships, rooms};

pub(crate) async fn create(tx: &mut Tx, change: CreateRole, random: &dyn Random) -> Result<Outcome> {
    let CreateRole { id, customer, partner, name, description, permissions } = change;
    if let Some(partner) = partner
        && relationships::active(tx.conn(), partner, customer).await?.is_none()
    {
        return Err(Error::bad_request("the partner has no active relationship with this customer"));
    }
    let id = id.unwrap_or_else(|| RoleId::from_uuid(uuid_v7(tx.now(), random)));
    let name = text("name", &name, LONGEST_NAME)?;
    roles::insert(tx.conn(), &[NewRole { id, customer, partner, name, description, built_in: None, permissions }]).await?;
    Ok(Outcome::created(id.uuid()))
}

pub(crate) async fn change(tx: &mut Tx, change: ChangeRole) -> Result<Outcome> {
    let place = custom(tx, change.role).await?;
    let name = change.name.map(|name| text("name", &name, LONGEST_NAME)).transpose()?;
    roles::change(tx.conn(), place.role, name.as_deref(), change.description.as_deref(), change.permissions).await?;
    if change.permissions.is_some() {
        record_holders(tx, &place).await?;
    }
    Ok(Outcome::nothing())
}

pub(crate) async fn delete(tx: &mut Tx, change: DeleteRole) -> Result<Outcome> {
    let place = custom(tx, change.role).await?;
    record_holders(tx, &place).await?;
    roles::delete(tx.conn(), place.role).await?;
    Ok(Outcome::nothing())
}

pub(crate) async fn assign(tx: &mut Tx, change: CreateAssignment, random: &dyn Random) -> Result<Outcome> {
    let CreateAssignment { id, role, name, description, members, scope } = change;
    let place = roles::place(tx.conn(), role).await?.ok_or_else(|| Error::bad_request(format!("there is no role {role}")))?;
    people::check_members(tx, place.tenant(), &members).await?;
    check_scope(tx, place.customer, &scope).await?;
    let id = id.unwrap_or_else(|| AssignmentId::from_uuid(uuid_v7(tx.now(), random)));
    let name = text("name", &name, LONGEST_NAME)?;
    roles::insert_assignment(tx.conn(), &NewAssignment { id, role, name, description }, &members, &scope).await?;
    people::record_members(tx, place.customer, place.tenant(), &members).await?;
    Ok(Outcome::created(id.uuid()))
}

pub(crate) async fn change_assignment(tx: &mut Tx, change: ChangeAssignment) -> Result<Outcome> {
    let ChangeAssignment { assignment, name, description, members, scope } = change;
    let place = place_of(tx, assignment).await?;
    let name = name.map(|name| text("name", &name, LONGEST_NAME)).transpose()?;
    roles::describe(tx.conn(), assignment, name.as_deref(), description.as_deref()).await?;
    let before = roles::members(tx.conn(), assignment).await?;
    let mut concerned: Vec<PrincipalId> = Vec::new();
    let after = match members {
        Some(after) => {
            people::check_members(tx, place.tenant(), &after).await?;
            let gone: Vec<PrincipalId> = before.iter().copied().filter(|member| !after.contains(member)).collect();
            let new: Vec<PrincipalId> = after.iter().copied().filter(|member| !before.contains(member)).collect();
            roles::remove_members(tx.conn(), assignment, &gone).await?;
            roles::add_members(tx.conn(), assignment, &new).await?;
            concerned.extend(gone.into_iter().chain(new));
            after
        }
        None => before,
    };
    if let Some(scope) = scope {
        check_scope(tx, place.customer, &scope).await?;
        roles::set_scope(tx.conn(), assignment, &scope).await?;
        concerned.extend(after);
    }
    concerned.sort_unstable();
    concerned.dedup();
    people::record_members(tx, place.customer, place.tenant(), &concerned).await?;
    Ok(Outcome::nothing())
}

pub(crate) async fn delete_assignment(tx: &mut Tx, change: DeleteAssignment) -> Result<Outcome> {
    let place = place_of(tx, change.assignment).await?;
    if place.built_in && place.partner.is_some() {
        return Err(Error::conflict("Assigned Admins is preset and stays: change its members, or end the relationship"));
    }
    let members = roles::members(tx.conn(), change.assignment).await?;
    roles::delete_assignment(tx.conn(), change.assignment).await?;
    people::record_members(tx, place.customer, place.tenant(), &members).await?;
    Ok(Outcome::nothing())
}

async fn check_scope(tx: &mut Tx, customer: TenantId, scope: &Scope) -> Result<()> {
    let Scope::Some { rooms: named, groups } = scope else { return Ok(()) };
    check_rooms(tx, customer, named).await?;
    for group in groups {
        if rooms::customer_of_group(tx.conn(), *group).await? != Some(customer) {
            return Err(Error::bad_request(format!("{group} is not a room group of the customer {customer}")));
        }
    }
    Ok(())
}

async fn record_holders(tx: &mut Tx, place: &RolePlace) -> Result<()> {
    let mut holders = Vec::new();
    for assignment in roles::assignments(tx.conn(), place.role).await? {
        holders.extend(roles::members(tx.conn(), assignment).await?);
    }
    holders.sort_unstable();
    holders.dedup();
    people::record_members(tx, place.customer, place.tenant(), &holders).await
}

async fn custom(tx: &mut Tx, role: RoleId) -> Result<RolePlace> {
    let place = roles::place(tx.conn(), role).await?.ok_or_else(|| Error::bad_request(format!("there is no role {role}")))?;
    if place.built_in { Err(Error::conflict("a built-in role can neither be changed nor deleted")) } else { Ok(place) }
}

async fn place_of(tx: &mut Tx, assignment: AssignmentId) -> Result<RolePlace> {
    let place = roles::place_of_assignment(tx.conn(), assignment).await?;
    place.ok_or_else(|| Error::bad_request(format!("there is no assignment {assignment}")))
}
