//! Users and security groups, as the operator keeps them, and whom a change of what somebody holds concerns.

use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::{PrincipalId, TenantId};
use tenantry_model::tenancy::PrincipalKind;

use crate::domain::actor::Actor;
use crate::domain::text;
use crate::error::{Error, Result};
use crate::store::group_members::{self, Foothold};
use crate::store::people::{self, Principal};
use crate::store::{Change, Tx};

/// Above so many users, the whole tenant is told to look again instead of each.
const ONE_BY_ONE: usize = 16;

pub async fn create(tx: &mut Tx, actor: Actor<'_>, mut new: Principal) -> Result<()> {
    actor.needs_operator()?;
    if new.kind == PrincipalKind::SecurityGroup && new.upn.is_some() {
        return Err(Error::bad_request("a security group has no sign-in name: leave upn out"));
    }
    new.display_name = text::name("displayName", &new.display_name)?;
    people::insert(tx.conn(), std::slice::from_ref(&new)).await?;
    audit(tx, actor, &new, AuditOperation::Create).await
}

/// Out of every group, role and assignment.
pub async fn delete(tx: &mut Tx, actor: Actor<'_>, id: PrincipalId) -> Result<()> {
    actor.needs_operator()?;
    let principal = find(tx, id).await?;
    record_footholds(tx, &principal, &principal).await?;
    people::delete(tx.conn(), id).await?;
    audit(tx, actor, &principal, AuditOperation::Delete).await
}

async fn audit(tx: &mut Tx, actor: Actor<'_>, principal: &Principal, operation: AuditOperation) -> Result<()> {
    tx.audit(actor.record(principal.tenant, AuditCategory::User, operation, &*principal.display_name)).await
}

pub async fn add_member(tx: &mut Tx, actor: Actor<'_>, group: PrincipalId, member: PrincipalId) -> Result<()> {
    actor.needs_operator()?;
    let (group, member) = (find(tx, group).await?, find(tx, member).await?);
    if group.kind != PrincipalKind::SecurityGroup || group.tenant != member.tenant || group.id == member.id {
        return Err(Error::bad_request("only a security group has members, and only users and other groups of its own tenant"));
    }
    if !group_members::add(tx.conn(), group.id, member.id).await? {
        return Ok(());
    }
    record_footholds(tx, &group, &member).await?;
    let entry = actor.record(group.tenant, AuditCategory::User, AuditOperation::Update, group.display_name);
    tx.audit(entry.added("members", member.display_name)).await
}

pub async fn remove_member(tx: &mut Tx, actor: Actor<'_>, group: PrincipalId, member: PrincipalId) -> Result<()> {
    actor.needs_operator()?;
    let (group, member) = (find(tx, group).await?, find(tx, member).await?);
    if !group_members::remove(tx.conn(), group.id, member.id).await? {
        return Ok(());
    }
    record_footholds(tx, &group, &member).await?;
    let entry = actor.record(group.tenant, AuditCategory::User, AuditOperation::Update, group.display_name);
    tx.audit(entry.removed("members", member.display_name)).await
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
                let users = people::users_in(tx.conn(), members).await?;
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
pub(crate) async fn record_for(
    tx: &mut Tx,
    principal: PrincipalId,
    kind: PrincipalKind,
    footholds: impl IntoIterator<Item = Foothold>,
) -> Result<()> {
    let of_user = kind == PrincipalKind::User;
    let users = if of_user { vec![] } else { people::users_in(tx.conn(), &[principal]).await? };
    let audience = tx.audience(&users).await?;
    for Foothold { customer, tenant } in footholds {
        let change = Change::rights(customer, Some(tenant), of_user.then_some(principal));
        tx.record(if of_user { change } else { change.lost_by(audience) }).await?;
    }
    Ok(())
}

/// `member` gains or loses whatever `group` holds. Its own tenant is told even where that is nothing: the groups of a user are part of what
/// is compiled for them.
async fn record_footholds(tx: &mut Tx, group: &Principal, member: &Principal) -> Result<()> {
    let mut footholds = group_members::footholds(tx.conn(), group.id).await?;
    if footholds.iter().all(|it| it.tenant != member.tenant) {
        footholds.push(Foothold { customer: member.tenant, tenant: member.tenant });
    }
    record_for(tx, member.id, member.kind, footholds).await
}
