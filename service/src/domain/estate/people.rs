//! Users, security groups, portal roles.

use tenantry_model::id::{PrincipalId, TenantId};
use tenantry_model::tenancy::{PortalRole, PrincipalKind};

use super::Outcome;
use super::change::{AddGroupMember, CreatePrincipal, DeletePrincipal, GrantPortalRole, RemoveGroupMember, RevokePortalRole};
use super::tenants::LONGEST_NAME;
use crate::domain::ingest::enrolment::text;
use crate::error::{Error, Result};
use crate::random::{Random, uuid_v7};
use crate::store::estate::people::{self, Foothold, Principal};
use crate::store::people::users_in;
use crate::store::{Change, Tx};

/// Above so many users, the whole tenant is told to look again instead of each.
const ONE_BY_ONE: usize = 16;

pub(crate) async fn create(tx: &mut Tx, change: CreatePrincipal, random: &dyn Random) -> Result<Outcome> {
    let id = change.id.unwrap_or_else(|| PrincipalId::from_uuid(uuid_v7(tx.now(), random)));
    if change.kind == PrincipalKind::SecurityGroup && change.upn.is_some() {
        return Err(Error::bad_request("a security group has no sign-in name: leave upn out"));
    }
    let display_name = text("displayName", &change.display_name, LONGEST_NAME)?;
    let principal = Principal { id, tenant: change.tenant, kind: change.kind, display_name, upn: change.upn };
    people::insert(tx.conn(), &[principal]).await?;
    Ok(Outcome::created(id.uuid()))
}

pub(crate) async fn delete(tx: &mut Tx, change: DeletePrincipal) -> Result<Outcome> {
    let principal = find(tx, change.principal).await?;
    record_footholds(tx, &principal).await?;
    people::delete(tx.conn(), principal.id).await?;
    Ok(Outcome::nothing())
}

pub(crate) async fn add_member(tx: &mut Tx, change: AddGroupMember) -> Result<Outcome> {
    let (group, member) = (find(tx, change.group).await?, find(tx, change.member).await?);
    if group.kind != PrincipalKind::SecurityGroup || group.tenant != member.tenant || group.id == member.id {
        return Err(Error::bad_request("only a security group has members, and only users and other groups of its own tenant"));
    }
    if people::add_member(tx.conn(), group.id, member.id).await? {
        record_footholds_as(tx, &group, &member).await?;
    }
    Ok(Outcome::nothing())
}

pub(crate) async fn remove_member(tx: &mut Tx, change: RemoveGroupMember) -> Result<Outcome> {
    let (group, member) = (find(tx, change.group).await?, find(tx, change.member).await?);
    if people::remove_member(tx.conn(), group.id, member.id).await? {
        record_footholds_as(tx, &group, &member).await?;
    }
    Ok(Outcome::nothing())
}

pub(crate) async fn grant(tx: &mut Tx, change: GrantPortalRole) -> Result<Outcome> {
    if change.role == PortalRole::GlobalAdministrator {
        return Err(Error::bad_request(
            "Global Administrator is a directory role: it comes with the token, and is granted in the directory",
        ));
    }
    let principal = find(tx, change.principal).await?;
    if people::grant(tx.conn(), principal.tenant, principal.id, change.role).await? {
        record_for(tx, &principal, [Foothold { customer: principal.tenant, tenant: principal.tenant }]).await?;
    }
    Ok(Outcome::nothing())
}

pub(crate) async fn revoke(tx: &mut Tx, change: RevokePortalRole) -> Result<Outcome> {
    let principal = find(tx, change.principal).await?;
    if people::revoke(tx.conn(), principal.id, change.role).await? {
        record_for(tx, &principal, [Foothold { customer: principal.tenant, tenant: principal.tenant }]).await?;
    }
    Ok(Outcome::nothing())
}

/// The principal, who must exist.
pub(crate) async fn find(tx: &mut Tx, id: PrincipalId) -> Result<Principal> {
    people::find(tx.conn(), id).await?.ok_or_else(|| Error::bad_request(format!("there is no user or group {id}")))
}

/// Members of an assignment must be of the tenant whose role it is (R52).
pub(crate) async fn check_members(tx: &mut Tx, tenant: TenantId, members: &[PrincipalId]) -> Result<()> {
    for member in members {
        if find(tx, *member).await?.tenant != tenant {
            return Err(Error::bad_request(format!("{member} is not of the tenant whose role this is")));
        }
    }
    Ok(())
}

/// What these members see of the customer changed.
pub(crate) async fn record_members(tx: &mut Tx, customer: TenantId, tenant: TenantId, members: &[PrincipalId]) -> Result<()> {
    let mut users = Vec::with_capacity(members.len());
    for member in members {
        match people::find(tx.conn(), *member).await? {
            Some(principal) if principal.kind == PrincipalKind::User && users.len() < ONE_BY_ONE => users.push(principal.id),
            _ => {
                let users = users_in(tx.conn(), members).await?;
                let audience = tx.audience(&users).await?;
                return tx.record(Change::rights(customer, Some(tenant), None).lost_by(audience)).await;
            }
        }
    }
    for user in users {
        tx.record(Change::rights(customer, Some(tenant), Some(user))).await?;
    }
    Ok(())
}

/// What a user, or everybody in a group, sees of these customers as users of these tenants changed.
async fn record_for(tx: &mut Tx, principal: &Principal, places: impl IntoIterator<Item = Foothold>) -> Result<()> {
    let of_user = principal.kind == PrincipalKind::User;
    let users = if of_user { vec![] } else { users_in(tx.conn(), &[principal.id]).await? };
    let audience = tx.audience(&users).await?;
    for Foothold { customer, tenant } in places {
        let change = Change::rights(customer, Some(tenant), of_user.then_some(principal.id));
        tx.record(if of_user { change } else { change.lost_by(audience) }).await?;
    }
    Ok(())
}

async fn record_footholds(tx: &mut Tx, principal: &Principal) -> Result<()> {
    record_footholds_as(tx, principal, principal).await
}

/// `member` gains or loses whatever `group` holds. Its own tenant is told even where that is nothing: the groups of a user are part of what
/// is compiled for them.
async fn record_footholds_as(tx: &mut Tx, group: &Principal, member: &Principal) -> Result<()> {
    let mut places = people::footholds(tx.conn(), group.id).await?;
    if places.iter().all(|place| place.tenant != member.tenant) {
        places.push(Foothold { customer: member.tenant, tenant: member.tenant });
    }
    record_for(tx, member, places).await
}
