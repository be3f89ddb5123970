//! Why somebody of the caller's organisation can, or can't, do something in a room.

use tenantry_model::access::{Delegation, ScopeLink, Side, Subject, explain};
use tenantry_model::api::roles::{AccessAnswer, ChainName};
use tenantry_model::id::{PrincipalId, RoomGroupId, RoomId, TenantId};
use tenantry_model::permission::Permission;
use tenantry_model::tenancy::{PortalRole, PrincipalKind, RelationshipStatus, UserKey};
use uuid::Uuid;

use crate::domain::caller::Caller;
use crate::error::{Error, Result};
use crate::store::delegations::{self, Delegating};
use crate::store::{Conn, assignments, people, relationships, rights, roles, room_groups, rooms};

/// `GET /v1/customers/{c}/access`. Needs `roles.view` on the room.
pub async fn access(
    conn: &mut Conn,
    caller: &Caller,
    customer: TenantId,
    user: PrincipalId,
    permission: Permission,
    room: RoomId,
) -> Result<AccessAnswer> {
    let own = caller.rights_with(customer, Permission::RolesView)?;
    if own.allow(Permission::RolesView, room).is_none() {
        return Err(Error::not_found());
    }
    let room = rooms::names(conn, customer, &[room]).await?.into_iter().next().ok_or(Error::not_found())?;
    let found = people::of_tenant(conn, caller.tenant.id, user).await?.filter(|it| it.kind == PrincipalKind::User);
    let user = found.ok_or_else(|| Error::bad_request("user: there is no such user in your organisation"))?;
    let key = UserKey { tenant_id: caller.tenant.id, user_id: user.id };
    let partner = caller.side_at(customer);
    let known = rights::user(conn, key, partner.is_none()).await?;
    let side = match partner {
        None => Side::Customer,
        Some(partner) => {
            let relationship = relationships::active(conn, partner, customer).await?.ok_or(Error::not_found())?;
            Side::Partner(Delegation {
                status: RelationshipStatus::Active,
                scope: delegations::scope(conn, Delegating::Relationship(relationship.id)).await?,
                ceiling: relationship.ceiling,
            })
        }
    };
    let grants = rights::grants(conn, key).await?.into_iter().find(|it| it.customer == customer && it.own == partner.is_none());
    let grants = grants.map(|it| it.grants).unwrap_or_default();
    let delegated = if let Side::Partner(delegation) = &side { delegation.scope.groups() } else { &[] };
    let groups: Vec<RoomGroupId> = grants.iter().flat_map(|grant| grant.scope.groups()).chain(delegated).copied().collect();
    let rooms_of = rights::rooms_of_groups(conn, &groups).await?;
    let subject = Subject { user: user.id, groups: known.groups };
    // Global Administrator comes with a person's token alone: of somebody else it is not known here.
    let own_token = key == caller.user && caller.global_admin;
    let administrator = own_token || known.portal_roles.contains(&PortalRole::ManagedServiceAdministrator);
    let mut chain = explain(
        &subject,
        &side,
        &grants,
        administrator,
        |group| rooms_of.get(&(customer, group)).cloned().unwrap_or_default(),
        permission,
        room.id,
    );

    let mut names = Vec::with_capacity(chain.assignments.len());
    for stored in roles::at(conn, customer, partner).await? {
        for assignment in assignments::of_role(conn, stored.role.id).await? {
            let Some(link) = chain.assignments.iter_mut().find(|it| it.assignment == assignment.id) else { continue };
            let through = match link.through {
                Some(group) => people::named(conn, &[group]).await?.pop().map(|it| it.display_name),
                None => None,
            };
            let by_group = match link.scope {
                // As the room says which groups it is in.
                ScopeLink::Group(group) if own.allow(Permission::GroupsView, room.id).is_some() => {
                    room_groups::names(conn, customer, &[group]).await?.pop().map(|it| it.name)
                }
                _ => None,
            };
            if by_group.is_none() && matches!(link.scope, ScopeLink::Group(_)) {
                // That it is a group is said, but not which.
                link.scope = ScopeLink::Group(RoomGroupId::from_uuid(Uuid::nil()));
            }
            names.push(ChainName {
                assignment: assignment.id,
                name: assignment.name,
                role: stored.role.id,
                role_name: stored.role.name.clone(),
                through,
                by_group,
            });
        }
    }
    Ok(AccessAnswer { user, permission, room, chain, names })
}
