//! The one place that changes groups of rooms, whoever acts: it checks, writes, records what others must look at again, and leaves the audit record.
//!
//! What is in a group decides who reaches what (A20). So a caller needs the right to change groups over everything there, and changes what is in one by
//! rooms that they see themselves; one that holds other rooms they neither rename nor delete (as A21 has it of rings).

use std::collections::BTreeSet;

use tenantry_model::api::room_groups::{ChangeRoomGroup, MOST_ROOMS, RoomGroupUse};
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::{RoomGroupId, RoomId, TenantId};
use tenantry_model::permission::Permission;
use tenantry_model::problem::FieldCode;
use tenantry_model::search::fold;
use tenantry_model::tenancy::ControlEvent;

use crate::domain::actor::Actor;
use crate::domain::asked::approval;
use crate::domain::caller::Caller;
use crate::domain::room_groups::found::{assigned_sides, delegated_to, sides, uses, visible};
use crate::domain::rooms::several;
use crate::domain::text::name_at;
use crate::domain::version::check_version;
use crate::error::{Error, Result};
use crate::store::delegations;
use crate::store::room_groups::{self, RoomGroup};
use crate::store::{Change, Conn, Tx, group_members};

/// How many assignments a refusal names.
const NAMED: usize = 5;
/// So many rooms that come to a group are sent by themselves to whoever reaches them by it; of more, the customer is sent whole.
const FEW_ROOMS: usize = 100;

/// A new one, in its first version.
pub async fn create(tx: &mut Tx, actor: Actor<'_>, id: RoomGroupId, customer: TenantId, name: &str, rooms: &[RoomId]) -> Result<()> {
    reaches_all(actor, Permission::GroupsCreate, customer)?;
    let name = free_name(tx.conn(), customer, name, None).await?;
    check_rooms(tx.conn(), actor, (customer, Permission::GroupsCreate), "#/rooms", rooms).await?;
    let made_by = if let Actor::Caller(caller) = actor { caller.side_at(customer) } else { None };
    let group = RoomGroup { id, customer, name, made_by, version: 1 };
    room_groups::insert(tx.conn(), &group).await?;
    tx.record(Change::customer(customer)).await?;
    let rooms: BTreeSet<RoomId> = rooms.iter().copied().collect();
    fill(tx, &group, &BTreeSet::new(), &rooms).await?;
    let entry = record(actor, &group, AuditOperation::Create);
    let told = several::names(tx.conn(), customer, rooms.iter()).await?;
    tx.audit(if told.is_some() { entry.with("rooms", None, told) } else { entry }).await
}

/// Another name, and rooms that come and go; for whoever sees the group. Answers the version that it has then.
///
/// # Errors
/// `NotFound` for whoever does not see the group, or holds `groups.modify` nowhere there; `PreconditionFailed` where it has another version; else a refusal
/// that names the field.
pub async fn change(
    tx: &mut Tx,
    caller: &Caller,
    (customer, id): (TenantId, RoomGroupId),
    version: u64,
    change: &ChangeRoomGroup,
) -> Result<u64> {
    let actor = Actor::Caller(caller);
    let (group, _) = visible(tx.conn(), caller, Permission::GroupsModify, (customer, id)).await?;
    reaches_all(actor, Permission::GroupsModify, customer)?;
    check_version(group.version, Some(version))?;
    let before: BTreeSet<RoomId> = room_groups::rooms(tx.conn(), id).await?.into_iter().collect();
    let name = match &change.name {
        Some(name) => Some(free_name(tx.conn(), customer, name, Some(id)).await?).filter(|name| *name != group.name),
        None => None,
    };
    if name.is_some() {
        reaches_whole(caller, &group, &before, "#/name")?;
        // By its name the customer delegates it (A36).
        if caller.side_at(customer).is_some() && is_delegated(tx, &group).await? {
            return Err(needs_customer());
        }
    }
    for (pointer, named) in [("#/add", &change.add), ("#/remove", &change.remove)] {
        check_rooms(tx.conn(), actor, (customer, Permission::GroupsModify), pointer, named).await?;
    }
    let mut after = before.clone();
    after.extend(&change.add);
    for room in &change.remove {
        after.remove(room);
    }
    if after != before {
        may_move_rooms(tx, caller, &group).await?;
    }
    alter(tx, actor, &group, name, (&before, &after)).await
}

/// Away with one, for whoever sees it; not while an assignment or a delegation names it: nobody loses a right in passing.
///
/// # Errors
/// As [`change`]; `RoomGroupInUse` where something depends on it.
pub async fn remove(tx: &mut Tx, caller: &Caller, (customer, id): (TenantId, RoomGroupId), version: u64) -> Result<()> {
    let actor = Actor::Caller(caller);
    let (group, _) = visible(tx.conn(), caller, Permission::GroupsModify, (customer, id)).await?;
    reaches_all(actor, Permission::GroupsModify, customer)?;
    check_version(group.version, Some(version))?;
    let held = room_groups::rooms(tx.conn(), id).await?.into_iter().collect();
    reaches_whole(caller, &group, &held, "#")?;
    match uses(tx.conn(), caller, &group).await? {
        (shown, 0) if shown.is_empty() => {}
        (shown, hidden) => return Err(Error::field(FieldCode::RoomGroupInUse, "#", in_use(&shown, hidden))),
    }
    let now = tx.now();
    let (partners, hidden) = delegated_to(tx.conn(), caller, &group, now).await?;
    if partners.len() + hidden > 0 {
        let named = partners.iter().take(NAMED).map(|it| it.partner_name.clone()).collect();
        let named = some_named(named, partners.len() + hidden);
        let why =
            format!("It is delegated with future rooms, to {named}. Take it out of the delegation, or withdraw the invitation, first.");
        return Err(Error::field(FieldCode::RoomGroupInUse, "#", why));
    }
    let sides = sides(tx.conn(), &group).await?;
    if is_others(caller, &group, &sides, is_delegated(tx, &group).await?) {
        return Err(needs_customer());
    }
    if !sides.is_empty() {
        let why = "A change of roles that waits for approval reaches as far as it: it stays until that is decided.";
        return Err(Error::field(FieldCode::RoomGroupInUse, "#", why));
    }
    erase(tx, actor, &group).await
}

/// By the operator.
pub async fn rename(tx: &mut Tx, actor: Actor<'_>, id: RoomGroupId, name: &str) -> Result<()> {
    let group = find(tx, actor, id).await?;
    let name = free_name(tx.conn(), group.customer, name, Some(id)).await?;
    let held = room_groups::rooms(tx.conn(), id).await?.into_iter().collect();
    alter(tx, actor, &group, Some(name), (&held, &held)).await.map(drop)
}

/// By the operator.
pub async fn set_rooms(tx: &mut Tx, actor: Actor<'_>, id: RoomGroupId, rooms: &[RoomId]) -> Result<()> {
    let group = find(tx, actor, id).await?;
    check_rooms(tx.conn(), actor, (group.customer, Permission::GroupsModify), "#/rooms", rooms).await?;
    let before = room_groups::rooms(tx.conn(), id).await?.into_iter().collect();
    alter(tx, actor, &group, None, (&before, &rooms.iter().copied().collect())).await.map(drop)
}

/// By the operator. Assignments and delegations lose it.
pub async fn delete(tx: &mut Tx, actor: Actor<'_>, id: RoomGroupId) -> Result<()> {
    let group = find(tx, actor, id).await?;
    erase(tx, actor, &group).await
}

/// One that the operator changes; no caller does so without the version that they read.
async fn find(tx: &mut Tx, actor: Actor<'_>, id: RoomGroupId) -> Result<RoomGroup> {
    actor.needs_operator()?;
    room_groups::find(tx.conn(), id).await?.ok_or_else(|| actor.missing(format!("there is no room group {id}")))
}

async fn alter(
    tx: &mut Tx,
    actor: Actor<'_>,
    group: &RoomGroup,
    name: Option<String>,
    (before, after): (&BTreeSet<RoomId>, &BTreeSet<RoomId>),
) -> Result<u64> {
    if name.is_none() && before == after {
        return Ok(group.version);
    }
    let called = RoomGroup { name: name.clone().unwrap_or_else(|| group.name.clone()), ..group.clone() };
    let mut entry = record(actor, &called, AuditOperation::Update);
    if let Some(name) = name {
        room_groups::rename(tx.conn(), group.id, &name).await?;
        tx.record(Change::customer(group.customer)).await?;
        // Those that come and go are recorded as such.
        let stay: Vec<RoomId> = before.intersection(after).copied().collect();
        several::changed(tx, group.customer, &stay).await?;
        entry = entry.changed("name", &*group.name, name);
    }
    if before != after {
        fill(tx, group, before, after).await?;
        // Which came and went: they decide who reaches what.
        let gone = several::names(tx.conn(), group.customer, before.difference(after)).await?;
        let new = several::names(tx.conn(), group.customer, after.difference(before)).await?;
        entry = entry.with("rooms", gone, new);
    }
    tx.audit(entry).await?;
    room_groups::raise_version(tx.conn(), group.id).await
}

async fn erase(tx: &mut Tx, actor: Actor<'_>, group: &RoomGroup) -> Result<()> {
    let before = room_groups::rooms(tx.conn(), group.id).await?.into_iter().collect();
    fill(tx, group, &before, &BTreeSet::new()).await?;
    room_groups::delete(tx.conn(), group.id).await?;
    tx.record(Change::customer(group.customer)).await?;
    tx.audit(record(actor, group, AuditOperation::Delete)).await
}

fn record(actor: Actor<'_>, group: &RoomGroup, operation: AuditOperation) -> crate::store::audit::NewAudit {
    actor.record(group.customer, AuditCategory::RoomGroup, operation, &*group.name)
}

/// Puts rooms in and takes others out, which is a change of rights on the sides whose assignments name the group, and on those that it is delegated to (A36); and
/// nothing to anybody else: what changes of the rooms themselves is recorded of them.
async fn fill(tx: &mut Tx, group: &RoomGroup, before: &BTreeSet<RoomId>, after: &BTreeSet<RoomId>) -> Result<()> {
    let customer = group.customer;
    let gone: Vec<RoomId> = before.difference(after).copied().collect();
    let new: Vec<RoomId> = after.difference(before).copied().collect();
    if gone.is_empty() && new.is_empty() {
        return Ok(());
    }
    room_groups::remove_rooms(tx.conn(), group.id, &gone).await?;
    room_groups::add_rooms(tx.conn(), group.id, &new).await?;
    let gains = gone.is_empty() && new.len() <= FEW_ROOMS;
    let moved: Vec<RoomId> = gone.into_iter().chain(new).collect();
    several::changed(tx, customer, &moved).await?;
    let mut tenants: BTreeSet<TenantId> =
        assigned_sides(tx.conn(), group).await?.into_iter().map(|side| side.unwrap_or(customer)).collect();
    let now = tx.now();
    for named in delegations::naming(tx.conn(), group.id, now).await? {
        if named.active {
            tenants.insert(named.partner);
        } else {
            // An invitation that waits says how many rooms it delegates.
            tx.record_all(&[Change::tenant(named.partner), Change::tenant(customer)]).await?;
        }
    }
    if gains && tx.record_rooms_gained(customer, &tenants, &moved).await? {
        return Ok(());
    }
    for tenant in tenants {
        let holders = group_members::role_holders(tx.conn(), customer, Some(tenant)).await?;
        let holders = tx.audience(&holders).await?;
        tx.record(Change::rights(customer, Some(tenant), None).lost_by(holders)).await?;
    }
    Ok(())
}

/// A name that no other group of the customer has, however it is written.
async fn free_name(conn: &mut Conn, customer: TenantId, name: &str, but: Option<RoomGroupId>) -> Result<String> {
    let name = name_at("#/name", name)?;
    let same = fold(&name);
    let taken = room_groups::of_customer(conn, customer).await?;
    if taken.iter().any(|it| Some(it.id) != but && fold(&it.name) == same) {
        return Err(Error::field(FieldCode::NameTaken, "#/name", format!("there is a room group {name} already")));
    }
    Ok(name)
}

/// Rooms that whoever acts may put into a group, or take out.
async fn check_rooms(
    conn: &mut Conn,
    actor: Actor<'_>,
    (customer, permission): (TenantId, Permission),
    pointer: &str,
    named: &[RoomId],
) -> Result<()> {
    let Actor::Caller(caller) = actor else { return crate::domain::rooms::owned::check(conn, customer, pointer, named).await };
    if named.len() > MOST_ROOMS {
        return Err(Error::field(FieldCode::RoomGroupRoomsTooMany, pointer, format!("at most {MOST_ROOMS} rooms in one request")));
    }
    let rights = caller.rights_with(customer, permission)?;
    several::check(conn, customer, rights, &[Permission::RoomsView, permission], pointer, named).await
}

/// A caller must hold this permission over everything there. Who holds it in some rooms is told so; for anybody else there is no such customer.
fn reaches_all(actor: Actor<'_>, permission: Permission, customer: TenantId) -> Result<()> {
    let Actor::Caller(caller) = actor else { return Ok(()) };
    if caller.rights_with(customer, permission)?.allow_everywhere(permission) {
        return Ok(());
    }
    let why =
        format!("Assignments may reach as far as a group: changing groups needs {permission} over all rooms, and you hold it in some.");
    Err(Error::field(FieldCode::RoomGroupBeyondReach, "#", why))
}

/// With the rooms of a group come and go the rights of everybody whose assignment names it, and what is delegated where a delegation names it: that is a change of
/// those scopes. So it needs the right to change roles over everything, as naming a group does (R42); no partner changes what another side's people reach, nor
/// what it is delegated itself (A36); and where the customer approves changes of roles it changes the group itself (A18).
async fn may_move_rooms(tx: &mut Tx, caller: &Caller, group: &RoomGroup) -> Result<()> {
    let sides = sides(tx.conn(), group).await?;
    let delegated = is_delegated(tx, group).await?;
    if sides.is_empty() && !delegated {
        return Ok(());
    }
    if is_others(caller, group, &sides, delegated) || approval(tx.conn(), caller, group.customer, ControlEvent::Roles).await?.is_some() {
        return Err(needs_customer());
    }
    // Delegating is the administrators' alone (R19, W15).
    if delegated && !caller.administered_customer().is_ok_and(|own| own == group.customer) {
        let why = "This group is delegated with future rooms: which rooms are in it is for an administrator to change.";
        return Err(Error::field(FieldCode::RoomGroupBeyondReach, "#", why));
    }
    if caller.rights_with(group.customer, Permission::GroupsModify)?.allow_everywhere(Permission::RolesModify) {
        return Ok(());
    }
    let why = "Assignments reach as far as this group: changing which rooms are in it needs roles.modify over all rooms.";
    Err(Error::field(FieldCode::RoomGroupBeyondReach, "#", why))
}

/// Whether a delegation names it, or an invitation that waits.
async fn is_delegated(tx: &mut Tx, group: &RoomGroup) -> Result<bool> {
    let now = tx.now();
    Ok(!delegations::naming(tx.conn(), group.id, now).await?.is_empty())
}

/// Whether a partner's group is used by another side, too, or delegated. The customer changes what its partners reach.
fn is_others(caller: &Caller, group: &RoomGroup, sides: &BTreeSet<Option<TenantId>>, delegated: bool) -> bool {
    let own = caller.side_at(group.customer);
    own.is_some() && (delegated || sides.iter().any(|side| *side != own))
}

/// It says nothing of who else uses the group: others' roles do not exist for a partner (R44).
fn needs_customer() -> Error {
    let why = "Who reaches which rooms is for the customer to decide here: let the customer change the group.";
    Error::field(FieldCode::RoomGroupNeedsCustomer, "#", why)
}

/// A group that holds rooms out of a caller's reach is not theirs alone.
fn reaches_whole(caller: &Caller, group: &RoomGroup, held: &BTreeSet<RoomId>, pointer: &str) -> Result<()> {
    let rights = caller.rights_with(group.customer, Permission::GroupsModify)?;
    if held.iter().all(|room| rights.allow(Permission::GroupsModify, *room).is_some()) {
        return Ok(());
    }
    let why = "It holds rooms that you do not manage: only the customer renames or deletes it.";
    Err(Error::field(FieldCode::RoomGroupBeyondReach, pointer, why))
}

fn in_use(shown: &[RoomGroupUse], hidden: usize) -> String {
    let named = shown.iter().take(NAMED).map(|it| format!("{} – {}", it.role_name, it.name)).collect();
    let named = some_named(named, shown.len() + hidden);
    format!("Assignments reach as far as it: {named}. Take it out of their scopes first.")
}

/// Names in a line, and how many more there are.
fn some_named(mut named: Vec<String>, all: usize) -> String {
    match all - named.len() {
        0 => {}
        more => named.push(format!("{more} more")),
    }
    named.join(", ")
}
