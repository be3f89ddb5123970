//! What a customer delegates (A36): from what a request names to the scope that is kept, and how the log says it. *Future* rooms are kept as the words
//! "all" or "this group", and found when access is asked for (A20); what is named without them is kept as the rooms of this moment.

use std::collections::{BTreeSet, HashSet};

use tenantry_model::api::delegations::{Delegate, MOST_ROOMS, Revoke};
use tenantry_model::id::{RoomGroupId, RoomId, TenantId};
use tenantry_model::problem::FieldCode;
use tenantry_model::role::Scope;

use crate::domain::asked::ROOM_GROUPS;
use crate::domain::rooms::owned;
use crate::domain::text::some_names;
use crate::error::{Error, Result};
use crate::store::audit::NewAudit;
use crate::store::{Conn, rights, room_groups, rooms};

/// How many groups the log names.
const TOLD: usize = 20;
/// How the log calls it that all rooms are delegated.
const ALL_ROOMS: &str = "allRooms";

/// Nothing.
const fn nothing() -> Scope {
    Scope::Some { rooms: vec![], groups: vec![] }
}

/// What an invitation delegates: at least one room, now or later (R25).
pub(in crate::domain) async fn chosen(conn: &mut Conn, customer: TenantId, named: &Delegate) -> Result<Scope> {
    let scope = with(conn, customer, nothing(), "#", named).await?;
    if scope == nothing() {
        return Err(Error::field(FieldCode::RoomsNone, "#/rooms", "choose at least one room, a group with future rooms, or all rooms"));
    }
    Ok(scope)
}

/// A delegation after a change: what leaves it goes first, and a room that is named to leave it is not in it afterwards.
pub(in crate::domain) async fn changed(
    conn: &mut Conn,
    customer: TenantId,
    before: &Scope,
    add: &Delegate,
    remove: &Revoke,
) -> Result<Scope> {
    few_enough("#/remove/rooms", &remove.rooms)?;
    owned::check(conn, customer, "#/remove/rooms", &remove.rooms).await?;
    let left = match before {
        Scope::All if remove.all => nothing(),
        Scope::All => Scope::All,
        Scope::Some { rooms, groups } => {
            Scope::Some { rooms: rooms.clone(), groups: groups.iter().copied().filter(|group| !remove.groups.contains(group)).collect() }
        }
    };
    if remove.rooms.is_empty() {
        return with(conn, customer, left, "#/add", add).await;
    }
    // What the same request adds says so itself: a room may be replaced by its group.
    let stays =
        |room: RoomId, why: &str| Err(Error::field(FieldCode::RoomStaysDelegated, "#/remove/rooms", format!("{room} stays: {why}")));
    if let (Scope::All, Some(first)) = (&left, remove.rooms.first()) {
        return stays(*first, "all rooms are delegated");
    }
    let gone: HashSet<RoomId> = remove.rooms.iter().copied().collect();
    let held = rights::rooms_of_groups(conn, left.groups()).await?;
    if let Some(room) = held.values().flatten().find(|room| gone.contains(room)) {
        return stays(*room, "a group that it is in is delegated");
    }
    let Scope::Some { rooms, groups } = with(conn, customer, left, "#/add", add).await? else { return Ok(Scope::All) };
    Ok(Scope::Some { rooms: rooms.into_iter().filter(|room| !gone.contains(room)).collect(), groups })
}

/// A scope as the operator names it, which must be of the customer.
pub(in crate::domain) async fn check(conn: &mut Conn, customer: TenantId, scope: &Scope) -> Result<()> {
    owned::check(conn, customer, "#/rooms", scope.rooms()).await?;
    groups_of(conn, customer, "#/groups", scope.groups()).await
}

/// A scope together with what is named, which lies at this place of the request.
async fn with(conn: &mut Conn, customer: TenantId, before: Scope, at: &str, named: &Delegate) -> Result<Scope> {
    let pointer = format!("{at}/rooms");
    few_enough(&pointer, &named.rooms)?;
    owned::check(conn, customer, &pointer, &named.rooms).await?;
    let groups_named: Vec<RoomGroupId> = named.groups.iter().map(|group| group.id).collect();
    groups_of(conn, customer, &format!("{at}/groups"), &groups_named).await?;
    let Scope::Some { rooms, groups } = before else { return Ok(Scope::All) };
    if named.all.is_some_and(|all| all.future) {
        return Ok(Scope::All);
    }
    let mut rooms: BTreeSet<RoomId> = rooms.into_iter().chain(named.rooms.iter().copied()).collect();
    let mut groups: BTreeSet<RoomGroupId> = groups.into_iter().collect();
    if named.all.is_some() {
        rooms.extend(rooms::all_managed(conn, customer).await?);
    }
    groups.extend(named.groups.iter().filter(|group| group.future).map(|group| group.id));
    let as_rooms: Vec<RoomGroupId> = named.groups.iter().filter(|group| !group.future).map(|group| group.id).collect();
    rooms.extend(room_groups::managed_rooms(conn, &as_rooms).await?.into_values().flatten());
    Ok(Scope::Some { rooms: rooms.into_iter().collect(), groups: groups.into_iter().collect() })
}

fn few_enough(pointer: &str, named: &[RoomId]) -> Result<()> {
    if named.len() <= MOST_ROOMS {
        return Ok(());
    }
    Err(Error::field(FieldCode::DelegatedRoomsTooMany, pointer, format!("at most {MOST_ROOMS} rooms in one request")))
}

/// Every one of these groups must be the customer's.
async fn groups_of(conn: &mut Conn, customer: TenantId, pointer: &str, named: &[RoomGroupId]) -> Result<()> {
    let found: HashSet<RoomGroupId> = room_groups::names(conn, customer, named).await?.into_iter().map(|it| it.id).collect();
    match named.iter().find(|group| !found.contains(group)) {
        Some(group) => Err(Error::field(FieldCode::RoomGroupUnknown, pointer, format!("there is no room group {group}"))),
        None => Ok(()),
    }
}

/// A record with what is delegated, in numbers and names of groups: how many rooms it was and is at this moment, and what brings future ones.
pub(in crate::domain) async fn told(
    conn: &mut Conn,
    customer: TenantId,
    entry: NewAudit,
    before: Option<(u32, &Scope)>,
    (count, after): (u32, &Scope),
) -> Result<NewAudit> {
    let mut entry = entry.with("rooms", before.map(|(count, _)| count.to_string()), Some(count.to_string()));
    let (had, has) = (before.is_some_and(|(_, scope)| *scope == Scope::All), *after == Scope::All);
    let word = |all: bool| (if all { "yes" } else { "no" }).to_owned();
    if had != has {
        entry = entry.with(ALL_ROOMS, before.map(|_| word(had)), Some(word(has)));
    }
    let groups = before.map_or(&[][..], |(_, scope)| scope.groups());
    if groups == after.groups() {
        return Ok(entry);
    }
    // Of two long lists, which came and which went.
    let only = |one: &[RoomGroupId], other: &[RoomGroupId]| one.iter().copied().filter(|it| !other.contains(it)).collect::<Vec<_>>();
    let [gone, came] = [only(groups, after.groups()), only(after.groups(), groups)];
    Ok(entry.with(ROOM_GROUPS, group_names(conn, customer, &gone).await?, group_names(conn, customer, &came).await?))
}

async fn group_names(conn: &mut Conn, customer: TenantId, groups: &[RoomGroupId]) -> Result<Option<String>> {
    let all = room_groups::names(conn, customer, groups).await?;
    let count = all.len();
    Ok(some_names(all.into_iter().take(TOLD).map(|it| it.name).collect(), count))
}
