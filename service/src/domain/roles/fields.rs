//! Whether what a change of roles says in one of its fields may be. A refusal names the field by its place in the request.

use std::collections::BTreeSet;

use tenantry_model::api::roles::CreateAssignment;
use tenantry_model::id::{PrincipalId, RoleId, RoomId, TenantId};
use tenantry_model::permission::{Permission, PermissionSet};
use tenantry_model::problem::FieldCode;
use tenantry_model::role::Scope;

use super::context::{Reach, RoleContext};
use crate::domain::text::{description_at, name_at};
use crate::error::{Error, Result};
use crate::store::delegations::{self, Delegating};
use crate::store::{Conn, people, roles, room_groups, rooms};

/// A name that no other role of this side has at the customer.
pub(super) async fn role_name(
    conn: &mut Conn,
    (customer, side): (TenantId, Option<TenantId>),
    name: &str,
    but: Option<RoleId>,
) -> Result<String> {
    let name = name_at("#/name", name)?;
    let same = name.to_lowercase();
    let taken = roles::at(conn, customer, side).await?;
    if taken.iter().any(|it| Some(it.role.id) != but && it.role.name.to_lowercase() == same) {
        return Err(Error::field(FieldCode::NameTaken, "#/name", format!("there is a role {name} already")));
    }
    Ok(name)
}

/// A9: the ceiling is the most that a partner's role may hold.
pub(super) fn permissions(context: RoleContext<'_>, set: PermissionSet) -> Result<()> {
    if set.is_empty() {
        return Err(Error::field(FieldCode::PermissionsNone, "#/permissions", "choose at least one"));
    }
    let Some(relationship) = context.relationship else { return Ok(()) };
    let beyond: Vec<&str> = set.iter().filter(|permission| !relationship.ceiling.contains(*permission)).map(Permission::as_str).collect();
    if beyond.is_empty() {
        return Ok(());
    }
    let why = format!("{} allows no role of yours to hold {}", relationship.customer_name, beyond.join(", "));
    Err(Error::field(FieldCode::PermissionsBeyondCeiling, "#/permissions", why))
}

pub(super) async fn assignment(conn: &mut Conn, context: RoleContext<'_>, pointer: &str, new: &CreateAssignment) -> Result<()> {
    name_at(&format!("{pointer}/name"), &new.name)?;
    description_at(&format!("{pointer}/description"), &new.description)?;
    members(conn, context, &format!("{pointer}/members"), &new.members).await?;
    scope(conn, context, &format!("{pointer}/scope"), &new.scope).await
}

/// Members are users and groups of the side whose role it is (R52).
pub(super) async fn members(conn: &mut Conn, context: RoleContext<'_>, pointer: &str, members: &[PrincipalId]) -> Result<()> {
    for member in members {
        if people::of_tenant(conn, context.tenant(), *member).await?.is_none() {
            let why = format!("{member} is no user or group of the organisation whose role this is");
            return Err(Error::field(FieldCode::MemberUnknown, pointer, why));
        }
    }
    Ok(())
}

/// R41, R42, R52: rooms and groups that there are for this side, and no further than the right to change roles reaches. A room that is not
/// delegated is told apart from no room by nothing.
pub(super) async fn scope(conn: &mut Conn, context: RoleContext<'_>, pointer: &str, scope: &Scope) -> Result<()> {
    if let Scope::Some { rooms: named, groups } = scope {
        let there: BTreeSet<RoomId> = match context.relationship {
            Some(relationship) => delegations::rooms(conn, Delegating::Relationship(relationship.id)).await?.into_iter().collect(),
            None => rooms::owned(conn, context.customer, named).await?.into_iter().collect(),
        };
        if let Some(room) = named.iter().find(|room| !there.contains(room)) {
            return Err(Error::field(FieldCode::RoomUnknown, pointer, format!("there is no room {room}")));
        }
        let mut holds = room_groups::managed_rooms(conn, groups).await?;
        for group in groups {
            let rooms = holds.remove(group).unwrap_or_default();
            let found = room_groups::find(conn, *group).await?.filter(|it| it.customer == context.customer);
            let known = found.is_some_and(|found| match (context.reach, context.side()) {
                // Which groups there are is said to who sees them, as they are listed.
                (Reach::Within(own), _) => own.see_group(rooms, found.made_by, context.tenant()),
                (Reach::Everywhere, None) => true,
                (Reach::Everywhere, Some(_)) if rooms.is_empty() => found.made_by == context.side(),
                (Reach::Everywhere, Some(_)) => rooms.iter().any(|room| there.contains(room)),
            });
            if !known {
                return Err(Error::field(FieldCode::RoomGroupUnknown, pointer, format!("there is no room group {group}")));
            }
        }
        if named.is_empty() && groups.is_empty() {
            return Err(Error::field(FieldCode::ScopeNone, pointer, "name at least one room or group, or all"));
        }
    }
    reaches(context, pointer, scope)
}

/// R42: nobody gives more than they manage.
pub(super) fn reaches(context: RoleContext<'_>, pointer: &str, scope: &Scope) -> Result<()> {
    let Reach::Within(own) = context.reach else { return Ok(()) };
    let within = own.allow_everywhere(Permission::RolesModify)
        || match scope {
            // A group's rooms may be others tomorrow (A20).
            Scope::All => false,
            Scope::Some { rooms, groups } => {
                groups.is_empty() && rooms.iter().all(|room| own.allow(Permission::RolesModify, *room).is_some())
            }
        };
    let beyond = || Error::field(FieldCode::ScopeBeyondReach, pointer, "you manage roles in some rooms only, and this reaches further");
    if within { Ok(()) } else { Err(beyond()) }
}
