//! Groups of rooms, as far as their reader sees them.

use serde::{Deserialize, Serialize};
use tenantry_model::access::Rights;
use tenantry_model::api::Page;
use tenantry_model::api::roles::Named;
use tenantry_model::api::room_groups::{RoomGroupDetail, RoomGroupRow};
use tenantry_model::collation::sort_key;
use tenantry_model::id::{RoomGroupId, RoomId, TenantId};
use tenantry_model::permission::Permission;
use tenantry_model::time::Timestamp;

use crate::domain::caller::Caller;
use crate::domain::cursor;
use crate::domain::room_groups::found::{delegated_to, sees_room, uses, visible};
use crate::error::Result;
use crate::store::Conn;
use crate::store::room_groups::{self, RoomGroup};
use crate::store::rooms::RoomKey;

/// How many groups, and how many rooms of one, are read at once to find those of a narrow scope.
const GROUPS: usize = 64;
const ROOMS: u32 = 1_000;

/// Where a list goes on: behind this name and id. A group's name stands in it as it is sorted.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct NameCursor<Id> {
    name: String,
    id: Id,
}

/// `GET /v1/customers/{c}/groups`, by name. Needs `groups.view` there.
pub async fn list(
    conn: &mut Conn,
    caller: &Caller,
    customer: TenantId,
    (cursor, limit): (Option<&str>, u32),
) -> Result<Page<RoomGroupRow>> {
    let rights = caller.rights_with(customer, Permission::GroupsView)?;
    let after = cursor::after(cursor)?.map(|NameCursor::<RoomGroupId> { name, id }| (name, id));
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut all = room_groups::of_customer(conn, customer).await?;
    if let Some(after) = after {
        all.retain(|group| key(group) > after);
    }
    let mut items: Vec<(RoomGroup, u32)> = Vec::new();
    for some in all.chunks(GROUPS) {
        let ids: Vec<RoomGroupId> = some.iter().map(|group| group.id).collect();
        let mut rooms = room_groups::managed_rooms(conn, &ids).await?;
        for group in some {
            let rooms = rooms.remove(&group.id).unwrap_or_default();
            if rights.see_group(rooms.iter().copied(), group.made_by, caller.tenant.id) {
                items.push((group.clone(), count(rights, &rooms)));
            }
        }
        if items.len() > wanted {
            break;
        }
    }
    let more = items.len() > wanted;
    items.truncate(wanted);
    let next = items.last().filter(|_| more).map(|(group, _)| key(group));
    Ok(Page {
        items: items.into_iter().map(|(group, rooms)| RoomGroupRow { id: group.id, name: group.name, rooms }).collect(),
        next_cursor: next.map(|(name, id)| cursor::pack(&NameCursor { name, id })),
    })
}

/// `GET /v1/customers/{c}/groups/{g}`. Needs `groups.view` on one of its rooms.
pub async fn group(conn: &mut Conn, caller: &Caller, at: (TenantId, RoomGroupId), now: Timestamp) -> Result<RoomGroupDetail> {
    let rights = caller.rights_with(at.0, Permission::GroupsView)?;
    let (group, rooms) = visible(conn, caller, Permission::GroupsView, at).await?;
    let may_modify = rights.allow_everywhere(Permission::GroupsModify);
    let held = room_groups::rooms(conn, group.id).await?;
    let (uses, hidden) = uses(conn, caller, &group).await?;
    let (delegated, hidden_delegations) = delegated_to(conn, caller, &group, now).await?;
    Ok(RoomGroupDetail {
        may_modify,
        may_rename: may_modify && held.iter().all(|room| rights.allow(Permission::GroupsModify, *room).is_some()),
        uses,
        hidden_uses: u32::try_from(hidden + hidden_delegations).unwrap_or(u32::MAX),
        delegated_to: delegated.into_iter().map(|it| it.partner_name).collect(),
        version: group.version,
        group: RoomGroupRow { id: group.id, rooms: count(rights, &rooms), name: group.name },
    })
}

/// `GET /v1/customers/{c}/groups/{g}/rooms`: those that the reader sees, by name.
pub async fn rooms(
    conn: &mut Conn,
    caller: &Caller,
    at: (TenantId, RoomGroupId),
    (cursor, limit): (Option<&str>, u32),
) -> Result<Page<Named<RoomId>>> {
    let rights = caller.rights_with(at.0, Permission::GroupsView)?;
    visible(conn, caller, Permission::GroupsView, at).await?;
    let mut after = cursor::after(cursor)?.map(|NameCursor { name, id }| RoomKey { display_name: name, id });
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut page: Vec<RoomKey> = Vec::new();
    while page.len() <= wanted {
        let step = room_groups::names_after(conn, at.1, after.as_ref(), ROOMS).await?;
        let Some(last) = step.last().cloned() else { break };
        page.extend(step.into_iter().filter(|key| sees_room(rights, key.id)));
        after = Some(last);
    }
    let more = page.len() > wanted;
    page.truncate(wanted);
    let next = page.last().filter(|_| more);
    Ok(Page {
        next_cursor: next.map(|key| cursor::pack(&NameCursor { name: key.display_name.clone(), id: key.id })),
        items: page.into_iter().map(|key| Named { id: key.id, name: key.display_name }).collect(),
    })
}

fn key(group: &RoomGroup) -> (String, RoomGroupId) {
    (sort_key(&group.name), group.id)
}

fn count(rights: &Rights, rooms: &[RoomId]) -> u32 {
    u32::try_from(rooms.iter().filter(|room| sees_room(rights, **room)).count()).unwrap_or(u32::MAX)
}
