//! A group as whoever works on it finds it, and what depends on it.

use std::collections::BTreeSet;

use tenantry_model::access::Rights;
use tenantry_model::api::room_groups::RoomGroupUse;
use tenantry_model::id::{RoomGroupId, RoomId, TenantId};
use tenantry_model::permission::Permission;
use tenantry_model::role::Scope;
use tenantry_model::time::Timestamp;

use crate::domain::caller::Caller;
use crate::domain::roles::operation::RoleOperation;
use crate::error::{Error, Result};
use crate::store::Conn;
use crate::store::delegations::{self, Named};
use crate::store::requests;
use crate::store::room_groups::{self, RoomGroup, StoredUse};

/// One of this customer's that the caller sees and holds this permission for; with the rooms that are managed in it. For anybody else there is no such
/// group.
pub(super) async fn visible(
    conn: &mut Conn,
    caller: &Caller,
    permission: Permission,
    (customer, id): (TenantId, RoomGroupId),
) -> Result<(RoomGroup, Vec<RoomId>)> {
    let rights = caller.rights_with(customer, Permission::GroupsView)?;
    caller.rights_with(customer, permission)?;
    let group = room_groups::find(conn, id).await?.filter(|it| it.customer == customer).ok_or(Error::not_found())?;
    let rooms = room_groups::managed_rooms(conn, &[id]).await?.remove(&id).unwrap_or_default();
    if rights.see_group(rooms.iter().copied(), group.made_by, caller.tenant.id) { Ok((group, rooms)) } else { Err(Error::not_found()) }
}

/// The rooms of a group that the caller sees, as far as they are told that these are in it.
pub(in crate::domain) async fn group_for_report(conn: &mut Conn, caller: &Caller, at: (TenantId, RoomGroupId)) -> Result<Vec<RoomId>> {
    let rights = caller.rights_with(at.0, Permission::GroupsView)?;
    let (_, mut rooms) = visible(conn, caller, Permission::GroupsView, at).await?;
    rooms.retain(|room| sees_room(rights, *room));
    Ok(rooms)
}

/// Which of these groups of a customer the caller sees.
pub(in crate::domain) async fn seen(
    conn: &mut Conn,
    caller: &Caller,
    customer: TenantId,
    groups: &[RoomGroupId],
) -> Result<Vec<RoomGroupId>> {
    let Ok(rights) = caller.rights_with(customer, Permission::GroupsView) else { return Ok(vec![]) };
    let mut rooms = room_groups::managed_rooms(conn, groups).await?;
    let mut found = Vec::new();
    for id in groups {
        let Some(group) = room_groups::find(conn, *id).await?.filter(|it| it.customer == customer) else { continue };
        if rights.see_group(rooms.remove(id).unwrap_or_default(), group.made_by, caller.tenant.id) {
            found.push(*id);
        }
    }
    Ok(found)
}

/// Whether the caller sees a room in a group: it is one of the rooms that they see, and that say which groups they are in.
pub(super) fn sees_room(rights: &Rights, room: RoomId) -> bool {
    [Permission::RoomsView, Permission::GroupsView].iter().all(|permission| rights.allow(*permission, room).is_some())
}

/// The assignments that name a group, as far as the caller sees them, and how many more there are: those of their own side with `roles.view` (R44), to an
/// administrator of the customer its partners' as well. For a partner others' do not exist, and are not counted.
pub(super) async fn uses(conn: &mut Conn, caller: &Caller, group: &RoomGroup) -> Result<(Vec<RoomGroupUse>, usize)> {
    let customer = group.customer;
    let administers = caller.administered_customer().is_ok_and(|own| own == customer);
    let own = caller.side_at(customer);
    let sees = |it: &StoredUse| administers || (it.partner == own && caller.rights_with(customer, Permission::RolesView).is_ok());
    let mut all = room_groups::uses(conn, group.id).await?;
    all.retain(|it| own.is_none() || it.partner == own);
    let (shown, hidden): (Vec<StoredUse>, Vec<StoredUse>) = all.into_iter().partition(sees);
    Ok((shown.into_iter().map(|it| it.shown).collect(), hidden.len()))
}

/// The sides whose assignments name a group, the customer's own as none.
pub(super) async fn assigned_sides(conn: &mut Conn, group: &RoomGroup) -> Result<BTreeSet<Option<TenantId>>> {
    Ok(room_groups::uses(conn, group.id).await?.into_iter().map(|it| it.partner).collect())
}

/// The same with those whose assignments wait for the customer's approval: it approves a group with the rooms that it found in it.
pub(super) async fn sides(conn: &mut Conn, group: &RoomGroup) -> Result<BTreeSet<Option<TenantId>>> {
    let mut sides = assigned_sides(conn, group).await?;
    for request in requests::naming(conn, group.customer, &group.id.to_string()).await? {
        // Other requests have operations of other kinds.
        let Ok(operation) = serde_json::from_str::<RoleOperation>(&request.operation) else { continue };
        if matches!(operation.scope(), Some(Scope::Some { groups, .. }) if groups.contains(&group.id)) {
            sides.insert(Some(request.row.partner_id));
        }
    }
    Ok(sides)
}

/// The partners that a group is delegated to with future rooms, or would be, as far as the caller sees them: the customer's own people, where they
/// administer it by name, else by their number.
pub(super) async fn delegated_to(conn: &mut Conn, caller: &Caller, group: &RoomGroup, now: Timestamp) -> Result<(Vec<Named>, usize)> {
    if caller.side_at(group.customer).is_some() {
        return Ok((vec![], 0));
    }
    let named = delegations::naming(conn, group.id, now).await?;
    if caller.administered_customer().is_ok_and(|own| own == group.customer) { Ok((named, 0)) } else { Ok((vec![], named.len())) }
}
