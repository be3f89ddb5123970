//! Whether a change of roles may be (R41, R42, R46–R54, A9), and what it would mean to people.

use std::collections::BTreeSet;

use tenantry_model::access::Rights;
use tenantry_model::api::requests::RequestedChange;
use tenantry_model::api::roles::CreateAssignment;
use tenantry_model::id::{AssignmentId, PrincipalId, RoleId, RoomId, TenantId};
use tenantry_model::permission::{BuiltInRole, Permission, PermissionSet};
use tenantry_model::role::Scope;

use super::RoleOperation;
use super::reading::is_preset;
use crate::domain::estate::tenants::LONGEST_NAME;
use crate::domain::intake::enrolment::text;
use crate::domain::primary_admins;
use crate::domain::relationship::check_version;
use crate::error::{Error, Result};
use crate::store::relationships::{self, Relationship};
use crate::store::roles::{self, StoredAssignment, StoredRole};
use crate::store::{SqliteConnection, people, rights};

/// The longest description, in characters.
const LONGEST_DESCRIPTION: usize = 500;
/// How many names a request shows at most.
const SHOWN: usize = 50;

/// How far somebody's right to change roles reaches.
#[derive(Debug, Clone, Copy)]
pub enum Reach<'a> {
    /// Over everything on this side.
    Everywhere,
    /// As far as these rights do (R42).
    Within(&'a Rights),
}

/// Where roles are changed, and by whom.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// The customer.
    pub customer: TenantId,
    /// The partner's relationship with it; none on the customer's own side.
    pub relationship: Option<&'a Relationship>,
    /// How far the right to change roles reaches.
    pub reach: Reach<'a>,
    /// Whether it is an administrator of the customer itself: who alone makes roles on its side (R54).
    pub administrator: bool,
}

impl Ground<'_> {
    /// The tenant whose people hold the roles.
    pub fn tenant(&self) -> TenantId {
        self.relationship.map_or(self.customer, |it| it.partner)
    }

    pub(super) fn side(&self) -> Option<TenantId> {
        self.relationship.map(|it| it.partner)
    }
}

/// Refuses what may not be, and says what it would change otherwise.
pub async fn check(conn: &mut SqliteConnection, ground: Ground<'_>, operation: &RoleOperation) -> Result<RequestedChange> {
    let mut shown = RequestedChange {
        action: operation.action(),
        role: String::new(),
        assignment: None,
        gains: vec![],
        loses: vec![],
        permissions: None,
        rooms: None,
    };
    match operation {
        RoleOperation::CreateRole(new) => {
            makes_roles(ground)?;
            shown.role = role_name(conn, ground, &new.name, None).await?;
            description(&new.description)?;
            permissions(ground, new.permissions)?;
            assignment(conn, ground, &new.assignment).await?;
            shown.permissions = Some(new.permissions);
            show_assignment(conn, &mut shown, &new.assignment.name, &[], &new.assignment.members, Some(&new.assignment.scope)).await?;
        }
        RoleOperation::ChangeRole { role, version, change } => {
            makes_roles(ground)?;
            let stored = custom(conn, ground, *role, *version).await?;
            shown.role = match &change.name {
                Some(name) => role_name(conn, ground, name, Some(*role)).await?,
                None => stored.role.name.clone(),
            };
            description(change.description.as_deref().unwrap_or_default())?;
            if let Some(set) = change.permissions {
                permissions(ground, set)?;
                shown.permissions = Some(set);
            }
            reaches_all_of(conn, ground, *role).await?;
        }
        RoleOperation::DeleteRole { role, version } => {
            makes_roles(ground)?;
            let stored = custom(conn, ground, *role, *version).await?;
            reaches_all_of(conn, ground, *role).await?;
            let members: Vec<PrincipalId> = roles::assignments(conn, *role).await?.into_iter().flat_map(|it| it.members).collect();
            shown.role = stored.role.name;
            let users = people::users_in(conn, &members).await?;
            shown.loses = names(conn, &users).await?;
        }
        RoleOperation::CreateAssignment { role, new } => {
            let stored = existing(conn, ground, *role).await?;
            if stored.role.built_in == Some(BuiltInRole::PrimaryAdmins) {
                return Err(Error::conflict("Primary admins has one assignment, Assigned Admins: change its members instead."));
            }
            appoints(ground, &stored, Some(&new.scope))?;
            assignment(conn, ground, new).await?;
            shown.role = stored.role.name;
            show_assignment(conn, &mut shown, &new.name, &[], &new.members, Some(&new.scope)).await?;
        }
        RoleOperation::ChangeAssignment { role, assignment, version, change } => {
            let (stored, before) = existing_assignment(conn, ground, *role, *assignment).await?;
            check_version(before.version, *version)?;
            appoints(ground, &stored, change.scope.as_ref())?;
            if is_preset(&stored, &before) && (change.name.is_some() || change.description.is_some() || change.scope.is_some()) {
                return Err(Error::conflict(
                    "Of Assigned Admins only the members can be changed: its scope is whatever the customer delegates.",
                ));
            }
            if let Some(name) = &change.name {
                text("name", name, LONGEST_NAME)?;
            }
            description(change.description.as_deref().unwrap_or_default())?;
            reaches(ground, &before.scope)?;
            if let Some(scope) = &change.scope {
                self::scope(conn, ground, scope).await?;
            }
            let after = change.members.as_ref().unwrap_or(&before.members);
            members(conn, ground, after).await?;
            if is_preset(&stored, &before) {
                primary_admins::check_not_empty(conn, after).await?;
            }
            shown.role = stored.role.name;
            let name = change.name.as_deref().unwrap_or(&before.name);
            show_assignment(conn, &mut shown, name, &before.members, after, change.scope.as_ref()).await?;
        }
        RoleOperation::DeleteAssignment { role, assignment, version } => {
            let (stored, before) = existing_assignment(conn, ground, *role, *assignment).await?;
            if is_preset(&stored, &before) {
                return Err(Error::conflict("Assigned Admins is preset and stays: change its members, or end the relationship."));
            }
            check_version(before.version, *version)?;
            appoints(ground, &stored, None)?;
            reaches(ground, &before.scope)?;
            shown.role = stored.role.name;
            show_assignment(conn, &mut shown, &before.name, &before.members, &[], None).await?;
        }
        RoleOperation::AddPrimaryAdmins { assignment, principals } => {
            members(conn, ground, principals).await?;
            let (stored, before) = preset(conn, ground, *assignment).await?;
            let after: Vec<PrincipalId> = before.members.iter().chain(principals).copied().collect();
            shown.role = stored.role.name;
            show_assignment(conn, &mut shown, &before.name, &before.members, &after, None).await?;
        }
        RoleOperation::RemovePrimaryAdmin { assignment, principal } => {
            let (stored, before) = preset(conn, ground, *assignment).await?;
            let after: Vec<PrincipalId> = before.members.iter().copied().filter(|it| it != principal).collect();
            primary_admins::check_not_empty(conn, &after).await?;
            shown.role = stored.role.name;
            show_assignment(conn, &mut shown, &before.name, &before.members, &after, None).await?;
        }
    }
    Ok(shown)
}

/// R54: on the customer's side only its administrators make roles; assigning them needs no more than `roles.modify`.
fn makes_roles(ground: Ground<'_>) -> Result<()> {
    if ground.relationship.is_some() || ground.administrator { Ok(()) } else { Err(Error::not_found()) }
}

/// R55: whoever administers a customer does so over everything, and only an administrator makes another, or ends one.
fn appoints(ground: Ground<'_>, stored: &StoredRole, scope: Option<&Scope>) -> Result<()> {
    if stored.role.built_in != Some(BuiltInRole::ManagedServiceAdministrator) {
        return Ok(());
    }
    if ground.administrator && scope.is_none_or(|scope| *scope == Scope::All) {
        return Ok(());
    }
    Err(Error::conflict("An administrator is appointed by an administrator, over all rooms."))
}

async fn role_name(conn: &mut SqliteConnection, ground: Ground<'_>, name: &str, but: Option<RoleId>) -> Result<String> {
    let name = text("name", name, LONGEST_NAME)?;
    let same = name.to_lowercase();
    let taken = roles::at(conn, ground.customer, ground.side()).await?;
    if taken.iter().any(|it| Some(it.role.id) != but && it.role.name.to_lowercase() == same) {
        return Err(Error::conflict(format!("name: there is a role {name} already")));
    }
    Ok(name)
}

fn description(text: &str) -> Result<()> {
    if text.chars().count() > LONGEST_DESCRIPTION || text.chars().any(|c| c.is_control() && c != '\n') {
        return Err(Error::bad_request(format!("description: at most {LONGEST_DESCRIPTION} characters, and no control characters")));
    }
    Ok(())
}

/// A9: the ceiling is the most that a partner's role may hold.
fn permissions(ground: Ground<'_>, set: PermissionSet) -> Result<()> {
    if set.is_empty() {
        return Err(Error::bad_request("permissions: choose at least one"));
    }
    let Some(relationship) = ground.relationship else { return Ok(()) };
    let beyond: Vec<&str> = set.iter().filter(|permission| !relationship.ceiling.contains(*permission)).map(Permission::as_str).collect();
    if beyond.is_empty() {
        return Ok(());
    }
    Err(Error::conflict(format!("permissions: {} allows no role of yours to hold {}", relationship.customer_name, beyond.join(", "))))
}

async fn assignment(conn: &mut SqliteConnection, ground: Ground<'_>, new: &CreateAssignment) -> Result<()> {
    text("assignment name", &new.name, LONGEST_NAME)?;
    description(&new.description)?;
    members(conn, ground, &new.members).await?;
    scope(conn, ground, &new.scope).await
}

/// R52.
async fn members(conn: &mut SqliteConnection, ground: Ground<'_>, members: &[PrincipalId]) -> Result<()> {
    for member in members {
        if people::of_tenant(conn, ground.tenant(), *member).await?.is_none() {
            return Err(Error::bad_request(format!("members: {member} is no user or group of the organisation whose role this is")));
        }
    }
    Ok(())
}

/// R41, R42, R52: rooms and groups that there are for this side, and no further than the right to change roles reaches. A room that is not
/// delegated is told apart from no room by nothing.
async fn scope(conn: &mut SqliteConnection, ground: Ground<'_>, scope: &Scope) -> Result<()> {
    if let Scope::Some { rooms, groups } = scope {
        let there: BTreeSet<RoomId> = match ground.relationship {
            Some(relationship) => relationships::rooms(conn, relationship.id).await?.into_iter().collect(),
            None => crate::store::estate::rooms::owned(conn, ground.customer, rooms).await?.into_iter().collect(),
        };
        if let Some(room) = rooms.iter().find(|room| !there.contains(room)) {
            return Err(Error::bad_request(format!("scope: there is no room {room}")));
        }
        for group in groups {
            let holds = rights::rooms_of_group(conn, ground.customer, *group).await?;
            let known = match ground.relationship {
                Some(_) => holds.iter().any(|room| there.contains(room)),
                None => crate::store::estate::rooms::customer_of_group(conn, *group).await? == Some(ground.customer),
            };
            if !known {
                return Err(Error::bad_request(format!("scope: there is no room group {group}")));
            }
        }
        if rooms.is_empty() && groups.is_empty() {
            return Err(Error::bad_request("scope: name at least one room or group, or all"));
        }
    }
    reaches(ground, scope)
}

/// R42: nobody gives more than they manage.
fn reaches(ground: Ground<'_>, scope: &Scope) -> Result<()> {
    let Reach::Within(own) = ground.reach else { return Ok(()) };
    let within = own.allow_everywhere(Permission::RolesModify)
        || match scope {
            // A group's rooms may be others tomorrow (A20).
            Scope::All => false,
            Scope::Some { rooms, groups } => {
                groups.is_empty() && rooms.iter().all(|room| own.allow(Permission::RolesModify, *room).is_some())
            }
        };
    if within { Ok(()) } else { Err(Error::conflict("scope: you manage roles in some rooms only, and this reaches further")) }
}

async fn reaches_all_of(conn: &mut SqliteConnection, ground: Ground<'_>, role: RoleId) -> Result<()> {
    for assignment in roles::assignments(conn, role).await? {
        reaches(ground, &assignment.scope)?;
    }
    Ok(())
}

async fn existing(conn: &mut SqliteConnection, ground: Ground<'_>, role: RoleId) -> Result<StoredRole> {
    roles::find(conn, ground.customer, ground.side(), role).await?.ok_or(Error::not_found())
}

/// R49.
async fn custom(conn: &mut SqliteConnection, ground: Ground<'_>, role: RoleId, version: u64) -> Result<StoredRole> {
    let stored = existing(conn, ground, role).await?;
    if stored.role.built_in.is_some() {
        return Err(Error::conflict("A built-in role can neither be changed nor deleted."));
    }
    check_version(stored.version, version)?;
    Ok(stored)
}

async fn existing_assignment(
    conn: &mut SqliteConnection,
    ground: Ground<'_>,
    role: RoleId,
    assignment: AssignmentId,
) -> Result<(StoredRole, StoredAssignment)> {
    let stored = existing(conn, ground, role).await?;
    let assignment = roles::assignment(conn, role, assignment).await?.ok_or(Error::not_found())?;
    Ok((stored, assignment))
}

/// The preset assignment, if this is it.
async fn preset(conn: &mut SqliteConnection, ground: Ground<'_>, assignment: AssignmentId) -> Result<(StoredRole, StoredAssignment)> {
    let partner = ground.side().ok_or(Error::not_found())?;
    let (role, found) = roles::primary_admins(conn, partner, ground.customer).await?.ok_or(Error::not_found())?;
    if found.id != assignment {
        return Err(Error::not_found());
    }
    Ok((existing(conn, ground, role).await?, found))
}

async fn show_assignment(
    conn: &mut SqliteConnection,
    shown: &mut RequestedChange,
    name: &str,
    before: &[PrincipalId],
    after: &[PrincipalId],
    scope: Option<&Scope>,
) -> Result<()> {
    shown.assignment = Some(name.trim().to_owned());
    let (before, after) = (people::users_in(conn, before).await?, people::users_in(conn, after).await?);
    let only = |these: &[PrincipalId], others: &[PrincipalId]| -> Vec<PrincipalId> {
        these.iter().copied().filter(|user| others.binary_search(user).is_err()).collect()
    };
    shown.gains = names(conn, &only(&after, &before)).await?;
    shown.loses = names(conn, &only(&before, &after)).await?;
    if let Some(Scope::Some { rooms, .. }) = scope {
        shown.rooms = Some(u32::try_from(rooms.len()).unwrap_or(u32::MAX));
    }
    Ok(())
}

async fn names(conn: &mut SqliteConnection, users: &[PrincipalId]) -> Result<Vec<String>> {
    let mut names: Vec<String> = people::named(conn, users).await?.into_iter().map(|it| it.display_name).collect();
    if names.len() > SHOWN {
        let more = names.len() - SHOWN;
        names.truncate(SHOWN);
        names.push(format!("+ {more}"));
    }
    Ok(names)
}
