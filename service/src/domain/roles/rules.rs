//! Whether a change of roles may be (R41, R42, R46–R54, A9), and what it would mean to people.

use std::collections::BTreeSet;

use tenantry_model::api::requests::{RequestedAction, RequestedChange};
use tenantry_model::audit::AuditChange;
use tenantry_model::id::{AssignmentId, PrincipalId, RoleId, RoomGroupId, RoomId};
use tenantry_model::permission::{BuiltInRole, PermissionSet};
use tenantry_model::problem::FieldCode;
use tenantry_model::role::Scope;

use super::context::RoleContext;
use super::fields::{self, assignment, members, permissions, reaches, role_name};
use super::members::{Turnover, check_not_empty};
use super::operation::RoleOperation;
use super::read::is_preset;
use crate::domain::asked::ROOM_GROUPS;
use crate::domain::text::{description_at, name_at};
use crate::domain::version::check_version;
use crate::error::{Error, Result};
use crate::store::assignments::{self, StoredAssignment};
use crate::store::delegations::{self, Delegating};
use crate::store::roles::{self, StoredRole};
use crate::store::{Conn, room_groups};

/// What a change would come to: the names of role and assignment, who holds the assignment before and after, and what else it sets.
#[derive(Default)]
pub struct Effect {
    role: String,
    assignment: Option<String>,
    before: Vec<PrincipalId>,
    after: Vec<PrincipalId>,
    permissions: Option<PermissionSet>,
    scope: Option<Scope>,
}

impl Effect {
    /// As it is shown to whoever decides on it, who gains and who loses by name.
    pub async fn shown(self, conn: &mut Conn, context: RoleContext<'_>, action: RequestedAction) -> Result<RequestedChange> {
        let Turnover { gains, loses } = Turnover::between(conn, &self.before, &self.after).await?;
        let Self { role, assignment, permissions, scope, .. } = self;
        let (rooms, fields) = match &scope {
            Some(Scope::Some { rooms, groups }) => {
                let (rooms, groups) = reached(conn, context, rooms, groups).await?;
                (Some(rooms), groups.into_iter().collect())
            }
            Some(Scope::All) | None => (None, vec![]),
        };
        Ok(RequestedChange { action, role, room: None, ring: None, update: None, fields, assignment, gains, loses, permissions, rooms })
    }

    fn of_assignment(&mut self, name: &str, before: &[PrincipalId], after: &[PrincipalId], scope: Option<&Scope>) {
        self.assignment = Some(name.trim().to_owned());
        (self.before, self.after) = (before.to_vec(), after.to_vec());
        self.scope = scope.cloned();
    }
}

/// How many rooms a scope reaches now, and the groups by which it does, each with how many of its rooms: a group's rooms stay while the request waits.
async fn reached(
    conn: &mut Conn,
    context: RoleContext<'_>,
    named: &[RoomId],
    groups: &[RoomGroupId],
) -> Result<(u32, Option<AuditChange>)> {
    let delegated: Option<BTreeSet<RoomId>> = match context.relationship {
        Some(relationship) => Some(delegations::rooms(conn, Delegating::Relationship(relationship.id)).await?.into_iter().collect()),
        None => None,
    };
    let mut held = room_groups::managed_rooms(conn, groups).await?;
    let mut all: BTreeSet<RoomId> = named.iter().copied().collect();
    let mut words = Vec::new();
    for group in room_groups::names(conn, context.customer, groups).await? {
        let mut rooms = held.remove(&group.id).unwrap_or_default();
        rooms.retain(|room| delegated.as_ref().is_none_or(|delegated| delegated.contains(room)));
        words.push(format!("{} ({})", group.name, rooms.len()));
        all.extend(rooms);
    }
    let count = u32::try_from(all.len()).unwrap_or(u32::MAX);
    let told = AuditChange { field: ROOM_GROUPS.to_owned(), before: None, after: Some(words.join(", ")) };
    Ok((count, (!words.is_empty()).then_some(told)))
}

/// Refuses what may not be, and says what it would come to otherwise.
pub async fn check(conn: &mut Conn, context: RoleContext<'_>, operation: &RoleOperation) -> Result<Effect> {
    let mut effect = Effect::default();
    match operation {
        RoleOperation::CreateRole(new) => {
            makes_roles(context)?;
            effect.role = role_name(conn, context.at(), &new.name, None).await?;
            description_at("#/description", &new.description)?;
            permissions(context, new.permissions)?;
            assignment(conn, context, "#/assignment", &new.assignment).await?;
            effect.permissions = Some(new.permissions);
            effect.of_assignment(&new.assignment.name, &[], &new.assignment.members, Some(&new.assignment.scope));
        }
        RoleOperation::ChangeRole { role, version, change } => {
            makes_roles(context)?;
            let stored = custom(conn, context, *role, *version).await?;
            effect.role = match &change.name {
                Some(name) => role_name(conn, context.at(), name, Some(*role)).await?,
                None => stored.role.name.clone(),
            };
            description_at("#/description", change.description.as_deref().unwrap_or_default())?;
            if let Some(set) = change.permissions {
                permissions(context, set)?;
                effect.permissions = Some(set);
            }
            reaches_all_of(conn, context, *role).await?;
        }
        RoleOperation::DeleteRole { role, version } => {
            makes_roles(context)?;
            let stored = custom(conn, context, *role, *version).await?;
            reaches_all_of(conn, context, *role).await?;
            effect.before = assignments::of_role(conn, *role).await?.into_iter().flat_map(|it| it.members).collect();
            effect.role = stored.role.name;
        }
        RoleOperation::CreateAssignment { role, new } => {
            let stored = existing(conn, context, *role).await?;
            if stored.role.built_in == Some(BuiltInRole::PrimaryAdmins) {
                return Err(Error::conflict("Primary admins has one assignment, Assigned Admins: change its members instead."));
            }
            appoints(context, &stored, Some(&new.scope))?;
            assignment(conn, context, "#", new).await?;
            effect.role = stored.role.name;
            effect.of_assignment(&new.name, &[], &new.members, Some(&new.scope));
        }
        RoleOperation::ChangeAssignment { role, assignment, version, change } => {
            let (stored, before) = existing_assignment(conn, context, *role, *assignment).await?;
            check_version(before.version, Some(*version))?;
            appoints(context, &stored, change.scope.as_ref())?;
            if is_preset(&stored, &before) && (change.name.is_some() || change.description.is_some() || change.scope.is_some()) {
                return Err(Error::conflict(
                    "Of Assigned Admins only the members can be changed: its scope is whatever the customer delegates.",
                ));
            }
            if let Some(name) = &change.name {
                name_at("#/name", name)?;
            }
            description_at("#/description", change.description.as_deref().unwrap_or_default())?;
            reaches(context, "#", &before.scope)?;
            if let Some(scope) = &change.scope {
                fields::scope(conn, context, "#/scope", scope).await?;
            }
            let after = change.members.as_ref().unwrap_or(&before.members);
            members(conn, context, "#/members", after).await?;
            if is_preset(&stored, &before) {
                check_not_empty(conn, "#/members", after).await?;
            }
            effect.role = stored.role.name;
            let name = change.name.as_deref().unwrap_or(&before.name);
            effect.of_assignment(name, &before.members, after, change.scope.as_ref());
        }
        RoleOperation::DeleteAssignment { role, assignment, version } => {
            let (stored, before) = existing_assignment(conn, context, *role, *assignment).await?;
            if is_preset(&stored, &before) {
                return Err(Error::conflict("Assigned Admins is preset and stays: change its members, or end the relationship."));
            }
            check_version(before.version, Some(*version))?;
            appoints(context, &stored, None)?;
            reaches(context, "#", &before.scope)?;
            effect.role = stored.role.name;
            effect.of_assignment(&before.name, &before.members, &[], None);
        }
        RoleOperation::AddPrimaryAdmins { assignment, principals } => {
            members(conn, context, "#/principals", principals).await?;
            let (stored, before) = preset(conn, context, *assignment).await?;
            let after: Vec<PrincipalId> = before.members.iter().chain(principals).copied().collect();
            effect.role = stored.role.name;
            effect.of_assignment(&before.name, &before.members, &after, None);
        }
        RoleOperation::RemovePrimaryAdmin { assignment, principal } => {
            let (stored, before) = preset(conn, context, *assignment).await?;
            let after: Vec<PrincipalId> = before.members.iter().copied().filter(|it| it != principal).collect();
            check_not_empty(conn, "#", &after).await?;
            effect.role = stored.role.name;
            effect.of_assignment(&before.name, &before.members, &after, None);
        }
    }
    Ok(effect)
}

/// R54: on the customer's side only its administrators make roles; assigning them needs no more than `roles.modify`.
fn makes_roles(context: RoleContext<'_>) -> Result<()> {
    if context.relationship.is_some() || context.administrator { Ok(()) } else { Err(Error::not_found()) }
}

/// R55: whoever administers a customer does so over everything, and only an administrator makes another, or ends one.
fn appoints(context: RoleContext<'_>, stored: &StoredRole, scope: Option<&Scope>) -> Result<()> {
    if stored.role.built_in != Some(BuiltInRole::ManagedServiceAdministrator) {
        return Ok(());
    }
    if context.administrator && scope.is_none_or(|scope| *scope == Scope::All) {
        return Ok(());
    }
    Err(Error::field(FieldCode::AdministratorAppoints, "#", "An administrator is appointed by an administrator, over all rooms."))
}

async fn reaches_all_of(conn: &mut Conn, context: RoleContext<'_>, role: RoleId) -> Result<()> {
    for assignment in assignments::of_role(conn, role).await? {
        reaches(context, "#", &assignment.scope)?;
    }
    Ok(())
}

async fn existing(conn: &mut Conn, context: RoleContext<'_>, role: RoleId) -> Result<StoredRole> {
    roles::find(conn, role).await?.filter(|it| it.is_at(context.customer, context.side())).ok_or(Error::not_found())
}

/// R49, A27.
async fn custom(conn: &mut Conn, context: RoleContext<'_>, role: RoleId, version: u64) -> Result<StoredRole> {
    let stored = existing(conn, context, role).await?;
    if stored.role.built_in.is_some() {
        let of_their_partner = context.administrator && context.relationship.is_some();
        return Err(Error::conflict(if of_their_partner {
            "Primary admins is built in and stays as long as the partner: remove the partner instead."
        } else {
            "A built-in role can neither be changed nor deleted."
        }));
    }
    check_version(stored.version, Some(version))?;
    Ok(stored)
}

async fn existing_assignment(
    conn: &mut Conn,
    context: RoleContext<'_>,
    role: RoleId,
    assignment: AssignmentId,
) -> Result<(StoredRole, StoredAssignment)> {
    let stored = existing(conn, context, role).await?;
    let found = assignments::find(conn, assignment).await?.filter(|it| it.role == role);
    let assignment = found.ok_or(Error::not_found())?;
    Ok((stored, assignment))
}

/// The preset assignment, if this is it.
async fn preset(conn: &mut Conn, context: RoleContext<'_>, assignment: AssignmentId) -> Result<(StoredRole, StoredAssignment)> {
    let partner = context.side().ok_or(Error::not_found())?;
    let (role, found) = assignments::primary_admins(conn, partner, context.customer).await?.ok_or(Error::not_found())?;
    if found.id != assignment {
        return Err(Error::not_found());
    }
    Ok((existing(conn, context, role).await?, found))
}
