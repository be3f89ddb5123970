//! Lists and panes of roles.

use tenantry_model::api::roles::{AssignmentDetail, RoleDetail, RoleList, RoleRow, ScopeDetail};
use tenantry_model::id::{PrincipalId, RoleId, RoomGroupId, RoomId, TenantId};
use tenantry_model::permission::{Permission, PermissionSet};
use tenantry_model::role::Scope;
use tenantry_model::tenancy::{Approval, ControlEvent};

use crate::domain::asked::without_groups;
use crate::domain::caller::Caller;
use crate::domain::room_groups::seen;
use crate::error::{Error, Result};
use crate::store::assignments::{self, StoredAssignment};
use crate::store::roles::{self, StoredRole};
use crate::store::{Conn, people, relationships, requests, room_groups, rooms};

/// `GET /v1/customers/{c}/roles`. Needs `roles.view` there.
pub async fn list(conn: &mut Conn, caller: &Caller, customer: TenantId) -> Result<RoleList> {
    let rights = caller.rights_with(customer, Permission::RolesView)?;
    let side = caller.side_at(customer);
    let relationship = match side {
        Some(partner) => Some(relationships::active(conn, partner, customer).await?.ok_or(Error::not_found())?),
        None => None,
    };
    let mut rows = Vec::new();
    for stored in roles::at(conn, customer, side).await? {
        let assignments = assignments::of_role(conn, stored.role.id).await?;
        let members: Vec<PrincipalId> = assignments.iter().flat_map(|it| it.members.iter().copied()).collect();
        let users = people::users_in(conn, &members).await?.len();
        rows.push(RoleRow { role: stored.role, assignments: count(assignments.len()), users: count(users) });
    }
    let waiting = match side {
        // Those about rooms name rooms, which who sees roles may not see.
        Some(partner) => {
            let mut waiting = requests::waiting(conn, partner, customer).await?;
            waiting.iter_mut().for_each(|request| without_groups(request, Some(rights)));
            waiting.into_iter().filter(|request| request.event == ControlEvent::Roles).collect()
        }
        None => vec![],
    };
    let may_modify = rights.allow_somewhere(Permission::RolesModify);
    Ok(RoleList {
        roles: rows,
        ceiling: relationship.as_ref().map_or(PermissionSet::ALL, |it| it.ceiling),
        may_modify,
        may_make: may_modify && (side.is_some() || caller.administers_customer()),
        needs_approval: relationship.is_some_and(|it| it.change_control.of(ControlEvent::Roles) == Approval::Manual),
        waiting,
    })
}

/// `GET /v1/customers/{c}/roles/{r}`. Needs `roles.view` there; rooms are named only where the reader may see them.
pub async fn role(conn: &mut Conn, caller: &Caller, customer: TenantId, role: RoleId) -> Result<RoleDetail> {
    let rights = caller.rights_with(customer, Permission::RolesView)?;
    let stored = roles::find(conn, role).await?.filter(|it| it.is_at(customer, caller.side_at(customer))).ok_or(Error::not_found())?;
    detail(conn, caller, stored, |room| rights.allow(Permission::RolesView, room).is_some()).await
}

/// A role with its assignments; of rooms only those that `sees` lets through, and of room groups those that the caller sees.
pub(crate) async fn detail(conn: &mut Conn, caller: &Caller, stored: StoredRole, sees: impl Fn(RoomId) -> bool) -> Result<RoleDetail> {
    let customer = stored.customer;
    let mut assignments = Vec::new();
    let all = assignments::of_role(conn, stored.role.id).await?;
    // Assignments name the same groups often, and a group may hold every room: each is read once.
    let mut named: Vec<RoomGroupId> = all.iter().flat_map(|it| groups(&it.scope)).copied().collect();
    named.sort_unstable();
    named.dedup();
    let known = seen(conn, caller, customer, &named).await?;
    for assignment in all {
        let preset = is_preset(&stored, &assignment);
        assignments.push(AssignmentDetail {
            id: assignment.id,
            preset,
            members: people::named(conn, &assignment.members).await?,
            scope: scope(conn, customer, &assignment.scope, &known, &sees).await?,
            name: assignment.name,
            description: assignment.description,
            email_notifications: assignment.email_notifications,
            version: assignment.version,
        });
    }
    Ok(RoleDetail { role: stored.role, assignments, version: stored.version })
}

/// Whether it is the one assignment that Primary admins came with (R48).
pub(super) fn is_preset(role: &StoredRole, _: &StoredAssignment) -> bool {
    role.role.built_in == Some(tenantry_model::permission::BuiltInRole::PrimaryAdmins)
}

fn groups(scope: &Scope) -> &[RoomGroupId] {
    match scope {
        Scope::Some { groups, .. } => groups,
        Scope::All => &[],
    }
}

async fn scope(
    conn: &mut Conn,
    customer: TenantId,
    scope: &Scope,
    known: &[RoomGroupId],
    sees: &impl Fn(RoomId) -> bool,
) -> Result<ScopeDetail> {
    let Scope::Some { rooms: named, groups } = scope else {
        return Ok(ScopeDetail { all: true, rooms: vec![], groups: vec![], hidden_rooms: 0, hidden_groups: 0 });
    };
    let known: Vec<RoomGroupId> = groups.iter().copied().filter(|group| known.contains(group)).collect();
    let visible: Vec<RoomId> = named.iter().copied().filter(|room| sees(*room)).collect();
    Ok(ScopeDetail {
        all: false,
        hidden_rooms: count(named.len() - visible.len()),
        rooms: rooms::names(conn, customer, &visible).await?,
        hidden_groups: count(groups.len() - known.len()),
        groups: room_groups::names(conn, customer, &known).await?,
    })
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
