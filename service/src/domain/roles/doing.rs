//! Doing a change of roles that [`super::rules::check`] let through, with its rows of the audit log (A24).

use tenantry_model::api::requests::{Done, RequestedChange};
use tenantry_model::api::roles::CreateAssignment;
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::{AssignmentId, PrincipalId, RoleId};
use tenantry_model::tenancy::UserKey;
use uuid::Uuid;

use super::{Ground, RoleOperation};
use crate::domain::estate::{self, change, roles as estate_roles};
use crate::error::{Error, Result};
use crate::random::Random;
use crate::store::audit::NewAudit;
use crate::store::roles;
use crate::store::{Change, Tx};

/// Does it. `shown` is what the check said of it, `actor` is who did it.
pub async fn perform(
    tx: &mut Tx,
    ground: Ground<'_>,
    operation: RoleOperation,
    shown: &RequestedChange,
    actor: UserKey,
    random: &dyn Random,
) -> Result<Done> {
    let customer = ground.customer;
    let role_row = |operation| NewAudit::by(actor, customer, AuditCategory::Role, operation, &shown.role);
    let assignment_row = |operation| {
        let name = shown.assignment.as_deref().unwrap_or_default();
        let entry = NewAudit::by(actor, customer, AuditCategory::Assignment, operation, format!("{} – {name}", shown.role));
        let (loses, gains) = (joined(&shown.loses), joined(&shown.gains));
        if loses.is_none() && gains.is_none() { entry } else { entry.with("members", loses, gains) }
    };
    let done = match operation {
        RoleOperation::CreateRole(new) => {
            let made = estate_roles::create(
                tx,
                change::CreateRole {
                    id: None,
                    customer,
                    partner: ground.side(),
                    name: shown.role.clone(),
                    description: new.description,
                    permissions: new.permissions,
                },
                random,
            )
            .await?;
            let id = created(&made)?;
            assign(tx, RoleId::from_uuid(id), new.assignment, random).await?;
            tx.audit(role_row(AuditOperation::Create).added("permissions", new.permissions.to_string())).await?;
            tx.audit(assignment_row(AuditOperation::Create)).await?;
            Done { id: Some(id), version: Some(1) }
        }
        RoleOperation::ChangeRole { role, change, .. } => {
            let before = roles::find(tx.conn(), customer, ground.side(), role).await?.ok_or(Error::not_found())?;
            let permissions = change.permissions;
            let (name, description) = (change.name, change.description);
            estate_roles::change(tx, change::ChangeRole { role, name, description, permissions }).await?;
            let mut entry = role_row(AuditOperation::Update);
            if before.role.name != shown.role {
                entry = entry.changed("name", before.role.name, &*shown.role);
            }
            if let Some(after) = permissions {
                entry = entry.changed("permissions", before.role.permissions.to_string(), after.to_string());
            }
            tx.audit(entry).await?;
            Done { id: None, version: Some(roles::raise_role(tx.conn(), role).await?) }
        }
        RoleOperation::DeleteRole { role, .. } => {
            estate_roles::delete(tx, change::DeleteRole { role }).await?;
            tx.audit(role_row(AuditOperation::Delete)).await?;
            Done::default()
        }
        RoleOperation::CreateAssignment { role, new } => {
            let id = assign(tx, role, new, random).await?;
            tx.audit(assignment_row(AuditOperation::Create)).await?;
            Done { id: Some(id), version: Some(1) }
        }
        RoleOperation::ChangeAssignment { assignment, change, .. } => {
            if let Some(mail) = change.email_notifications {
                roles::set_mail(tx.conn(), assignment, mail).await?;
            }
            let (name, description) = (change.name, change.description);
            let (members, scope) = (change.members, change.scope);
            estate_roles::change_assignment(tx, change::ChangeAssignment { assignment, name, description, members, scope }).await?;
            tx.audit(assignment_row(AuditOperation::Update)).await?;
            Done { id: None, version: Some(roles::raise_assignment(tx.conn(), assignment).await?) }
        }
        RoleOperation::DeleteAssignment { assignment, .. } => {
            estate_roles::delete_assignment(tx, change::DeleteAssignment { assignment }).await?;
            tx.audit(assignment_row(AuditOperation::Delete)).await?;
            Done::default()
        }
        RoleOperation::AddPrimaryAdmins { assignment, principals } => {
            let version = set_admins(tx, ground, assignment, |members| members.extend(principals)).await?;
            tx.audit(assignment_row(AuditOperation::Update)).await?;
            Done { id: None, version: Some(version) }
        }
        RoleOperation::RemovePrimaryAdmin { assignment, principal } => {
            let version = set_admins(tx, ground, assignment, |members| members.retain(|it| *it != principal)).await?;
            tx.audit(assignment_row(AuditOperation::Update)).await?;
            Done { id: None, version: Some(version) }
        }
    };
    // What the screens of both sides say of roles there is no longer so.
    tx.record(Change::customer(customer)).await?;
    Ok(done)
}

async fn assign(tx: &mut Tx, role: RoleId, new: CreateAssignment, random: &dyn Random) -> Result<Uuid> {
    let CreateAssignment { name, description, email_notifications, members, scope } = new;
    let made = estate_roles::assign(tx, change::CreateAssignment { id: None, role, name, description, members, scope }, random).await?;
    let id = created(&made)?;
    if email_notifications {
        roles::set_mail(tx.conn(), AssignmentId::from_uuid(id), true).await?;
    }
    Ok(id)
}

async fn set_admins(tx: &mut Tx, ground: Ground<'_>, assignment: AssignmentId, edit: impl FnOnce(&mut Vec<PrincipalId>)) -> Result<u64> {
    let partner = ground.tenant();
    let (_, found) = roles::primary_admins(tx.conn(), partner, ground.customer).await?.ok_or(Error::not_found())?;
    let mut members = found.members;
    edit(&mut members);
    members.sort_unstable();
    members.dedup();
    let change = change::ChangeAssignment { assignment, name: None, description: None, members: Some(members), scope: None };
    estate_roles::change_assignment(tx, change).await?;
    roles::raise_assignment(tx.conn(), assignment).await
}

fn created(made: &estate::Outcome) -> Result<Uuid> {
    made.id.ok_or_else(|| Error::Internal("something was created without an id".into()))
}

fn joined(names: &[String]) -> Option<String> {
    (!names.is_empty()).then(|| names.join(", "))
}
