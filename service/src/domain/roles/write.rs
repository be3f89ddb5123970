//! The one place that changes roles and assignments, whoever acts: it checks, writes, records what others must look at again, and leaves the
//! audit record.

use tenantry_model::api::requests::Done;
use tenantry_model::api::roles::{ChangeAssignment, ChangeRole, CreateAssignment};
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::{AssignmentId, PrincipalId, RoleId, TenantId};
use tenantry_model::permission::BuiltInRole;
use tenantry_model::role::Scope;

use super::context::RoleContext;
use super::members::Turnover;
use super::operation::RoleOperation;
use super::{fields, rules};
use crate::domain::actor::Actor;
use crate::domain::text::{description_at, name_at};
use crate::domain::{people, rooms};
use crate::error::{Error, Result};
use crate::random::{Random, uuid_v7};
use crate::store::assignments::{self, NewAssignment, StoredAssignment};
use crate::store::roles::{self, NewRole, StoredRole};
use crate::store::{Change, Tx, relationships, room_groups};

/// What a caller changes, as far as [`rules::check`] lets it through. The functions below are its parts, and the operator's, whom no rule about
/// people's rights holds back.
pub async fn perform(
    tx: &mut Tx,
    actor: Actor<'_>,
    context: RoleContext<'_>,
    operation: RoleOperation,
    random: &dyn Random,
) -> Result<Done> {
    rules::check(tx.conn(), context, &operation).await?;
    let now = tx.now();
    match operation {
        RoleOperation::CreateRole(new) => {
            let id = RoleId::from_uuid(uuid_v7(now, random));
            let role = NewRole {
                id,
                customer: context.customer,
                partner: context.side(),
                name: new.name,
                description: new.description,
                built_in: None,
                permissions: new.permissions,
            };
            create(tx, actor, role).await?;
            assign(tx, actor, AssignmentId::from_uuid(uuid_v7(now, random)), id, &new.assignment).await?;
            Ok(Done { id: Some(id.uuid()), version: Some(1) })
        }
        RoleOperation::ChangeRole { role, change: to, .. } => changed(change(tx, actor, role, &to).await),
        RoleOperation::DeleteRole { role, .. } => delete(tx, actor, role).await.map(|()| Done::default()),
        RoleOperation::CreateAssignment { role, new } => {
            let id = AssignmentId::from_uuid(uuid_v7(now, random));
            assign(tx, actor, id, role, &new).await?;
            Ok(Done { id: Some(id.uuid()), version: Some(1) })
        }
        RoleOperation::ChangeAssignment { assignment, change, .. } => changed(change_assignment(tx, actor, assignment, &change).await),
        RoleOperation::DeleteAssignment { assignment, .. } => delete_assignment(tx, actor, assignment).await.map(|()| Done::default()),
        RoleOperation::AddPrimaryAdmins { assignment, principals } => {
            set_admins(tx, actor, context, assignment, |members| members.extend(principals)).await
        }
        RoleOperation::RemovePrimaryAdmin { assignment, principal } => {
            set_admins(tx, actor, context, assignment, |members| members.retain(|it| *it != principal)).await
        }
    }
}

async fn set_admins(
    tx: &mut Tx,
    actor: Actor<'_>,
    context: RoleContext<'_>,
    assignment: AssignmentId,
    edit: impl FnOnce(&mut Vec<PrincipalId>),
) -> Result<Done> {
    let (_, found) = assignments::primary_admins(tx.conn(), context.tenant(), context.customer).await?.ok_or(Error::not_found())?;
    let mut members = found.members;
    edit(&mut members);
    members.sort_unstable();
    members.dedup();
    let change = ChangeAssignment { members: Some(members), ..ChangeAssignment::default() };
    changed(change_assignment(tx, actor, assignment, &change).await)
}

fn changed(version: Result<u64>) -> Result<Done> {
    Ok(Done { id: None, version: Some(version?) })
}

/// A custom role, without assignments.
pub(in crate::domain) async fn create(tx: &mut Tx, actor: Actor<'_>, mut new: NewRole) -> Result<()> {
    if let Some(partner) = new.partner
        && relationships::active(tx.conn(), partner, new.customer).await?.is_none()
    {
        return Err(Error::bad_request("the partner has no active relationship with this customer"));
    }
    new.name = fields::role_name(tx.conn(), (new.customer, new.partner), &new.name, None).await?;
    description_at("#/description", &new.description)?;
    roles::insert(tx.conn(), std::slice::from_ref(&new)).await?;
    tx.record(Change::customer(new.customer)).await?;
    let entry = actor.record(new.customer, AuditCategory::Role, AuditOperation::Create, new.name);
    tx.audit(entry.added("permissions", new.permissions.to_string())).await
}

/// Answers the new version.
pub(in crate::domain) async fn change(tx: &mut Tx, actor: Actor<'_>, role: RoleId, change: &ChangeRole) -> Result<u64> {
    let before = custom(tx, role).await?;
    let name = match &change.name {
        Some(name) => Some(fields::role_name(tx.conn(), (before.customer, before.partner), name, Some(role)).await?),
        None => None,
    };
    description_at("#/description", change.description.as_deref().unwrap_or_default())?;
    roles::change(tx.conn(), role, name.as_deref(), change.description.as_deref(), change.permissions).await?;
    if change.permissions.is_some() {
        record_holders(tx, &before).await?;
    }
    tx.record(Change::customer(before.customer)).await?;
    let was = &before.role;
    let name = name.unwrap_or_else(|| was.name.clone());
    let mut entry = actor.record(before.customer, AuditCategory::Role, AuditOperation::Update, name.clone());
    if was.name != name {
        entry = entry.changed("name", &*was.name, name);
    }
    if let Some(after) = change.permissions {
        entry = entry.changed("permissions", was.permissions.to_string(), after.to_string());
    }
    tx.audit(entry).await?;
    roles::raise_version(tx.conn(), role).await
}

/// With its assignments.
pub(in crate::domain) async fn delete(tx: &mut Tx, actor: Actor<'_>, role: RoleId) -> Result<()> {
    let stored = custom(tx, role).await?;
    record_holders(tx, &stored).await?;
    roles::delete(tx.conn(), role).await?;
    tx.record(Change::customer(stored.customer)).await?;
    tx.audit(actor.record(stored.customer, AuditCategory::Role, AuditOperation::Delete, stored.role.name)).await
}

pub(in crate::domain) async fn assign(tx: &mut Tx, actor: Actor<'_>, id: AssignmentId, role: RoleId, new: &CreateAssignment) -> Result<()> {
    let stored = find(tx, role).await?;
    people::check_members(tx, stored.tenant(), &new.members).await?;
    check_scope(tx, stored.customer, &new.scope).await?;
    let name = name_at("#/name", &new.name)?;
    description_at("#/description", &new.description)?;
    let row =
        NewAssignment { id, role, name: name.clone(), description: new.description.clone(), email_notifications: new.email_notifications };
    assignments::insert(tx.conn(), &row, &new.members, &new.scope).await?;
    people::record_members(tx, stored.customer, stored.tenant(), &new.members).await?;
    audit_assignment(tx, actor, &stored, AuditOperation::Create, &name, (&[], &new.members)).await
}

/// Answers the new version.
pub(in crate::domain) async fn change_assignment(
    tx: &mut Tx,
    actor: Actor<'_>,
    id: AssignmentId,
    change: &ChangeAssignment,
) -> Result<u64> {
    let before = find_assignment(tx, id).await?;
    let role = find(tx, before.role).await?;
    let name = change.name.as_deref().map(|name| name_at("#/name", name)).transpose()?;
    description_at("#/description", change.description.as_deref().unwrap_or_default())?;
    assignments::describe(tx.conn(), id, name.as_deref(), change.description.as_deref(), change.email_notifications).await?;
    let after = change.members.as_ref().unwrap_or(&before.members);
    let mut concerned: Vec<PrincipalId> = Vec::new();
    if change.members.is_some() {
        people::check_members(tx, role.tenant(), after).await?;
        let gone: Vec<PrincipalId> = before.members.iter().copied().filter(|member| !after.contains(member)).collect();
        let new: Vec<PrincipalId> = after.iter().copied().filter(|member| !before.members.contains(member)).collect();
        assignments::remove_members(tx.conn(), id, &gone).await?;
        assignments::add_members(tx.conn(), id, &new).await?;
        concerned.extend(gone.into_iter().chain(new));
    }
    if let Some(scope) = &change.scope {
        check_scope(tx, role.customer, scope).await?;
        assignments::set_scope(tx.conn(), id, scope).await?;
        concerned.extend(after);
    }
    concerned.sort_unstable();
    concerned.dedup();
    people::record_members(tx, role.customer, role.tenant(), &concerned).await?;
    let name = name.as_deref().unwrap_or(&before.name);
    audit_assignment(tx, actor, &role, AuditOperation::Update, name, (&before.members, after)).await?;
    assignments::raise_version(tx.conn(), id).await
}

pub(in crate::domain) async fn delete_assignment(tx: &mut Tx, actor: Actor<'_>, id: AssignmentId) -> Result<()> {
    let stored = find_assignment(tx, id).await?;
    let role = find(tx, stored.role).await?;
    if role.role.built_in == Some(BuiltInRole::PrimaryAdmins) {
        return Err(Error::conflict("Assigned Admins is preset and stays: change its members, or end the relationship"));
    }
    assignments::delete(tx.conn(), id).await?;
    people::record_members(tx, role.customer, role.tenant(), &stored.members).await?;
    audit_assignment(tx, actor, &role, AuditOperation::Delete, &stored.name, (&stored.members, &[])).await
}

/// The record of a change of an assignment; the screens of both sides that show its role are told as well.
async fn audit_assignment(
    tx: &mut Tx,
    actor: Actor<'_>,
    role: &StoredRole,
    operation: AuditOperation,
    name: &str,
    (before, after): (&[PrincipalId], &[PrincipalId]),
) -> Result<()> {
    tx.record(Change::customer(role.customer)).await?;
    let entry = actor.record(role.customer, AuditCategory::Assignment, operation, format!("{} – {name}", role.role.name));
    let Turnover { loses, gains } = Turnover::between(tx.conn(), before, after).await?;
    let (loses, gains) = (joined(&loses), joined(&gains));
    tx.audit(if loses.is_none() && gains.is_none() { entry } else { entry.with("members", loses, gains) }).await
}

fn joined(names: &[String]) -> Option<String> {
    (!names.is_empty()).then(|| names.join(", "))
}

async fn check_scope(tx: &mut Tx, customer: TenantId, scope: &Scope) -> Result<()> {
    let Scope::Some { rooms: named, groups } = scope else { return Ok(()) };
    rooms::owned::check(tx.conn(), customer, "#/rooms", named).await?;
    for group in groups {
        if room_groups::find(tx.conn(), *group).await?.is_none_or(|it| it.customer != customer) {
            return Err(Error::bad_request(format!("{group} is not a room group of the customer {customer}")));
        }
    }
    Ok(())
}

async fn record_holders(tx: &mut Tx, stored: &StoredRole) -> Result<()> {
    let mut holders: Vec<PrincipalId> =
        assignments::of_role(tx.conn(), stored.role.id).await?.into_iter().flat_map(|it| it.members).collect();
    holders.sort_unstable();
    holders.dedup();
    people::record_members(tx, stored.customer, stored.tenant(), &holders).await
}

async fn find(tx: &mut Tx, role: RoleId) -> Result<StoredRole> {
    roles::find(tx.conn(), role).await?.ok_or_else(|| Error::bad_request(format!("there is no role {role}")))
}

/// Built-in roles are not changed (R49).
async fn custom(tx: &mut Tx, role: RoleId) -> Result<StoredRole> {
    let stored = find(tx, role).await?;
    if stored.role.built_in.is_some() {
        return Err(Error::conflict("a built-in role can neither be changed nor deleted"));
    }
    Ok(stored)
}

async fn find_assignment(tx: &mut Tx, id: AssignmentId) -> Result<StoredAssignment> {
    assignments::find(tx.conn(), id).await?.ok_or_else(|| Error::bad_request(format!("there is no assignment {id}")))
}
