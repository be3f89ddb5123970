//! Groups of rooms. Assignments name them, and are evaluated when access is asked for (A20).

use std::collections::BTreeSet;

use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::{RoomGroupId, RoomId, TenantId};
use tenantry_model::permission::Permission;

use crate::domain::actor::Actor;
use crate::domain::{rooms, text};
use crate::error::Result;
use crate::store::room_groups::{self, RoomGroup};
use crate::store::{Change, Tx, group_members};

pub async fn create(tx: &mut Tx, actor: Actor<'_>, id: RoomGroupId, customer: TenantId, name: &str, rooms: &[RoomId]) -> Result<()> {
    actor.needs(Permission::GroupsCreate, customer, &[])?;
    let group = RoomGroup { id, customer, name: text::name("name", name)? };
    room_groups::insert(tx.conn(), &group).await?;
    tx.record(Change::customer(customer)).await?;
    fill(tx, customer, id, rooms).await?;
    let entry = record(actor, &group, AuditOperation::Create);
    tx.audit(entry.added("rooms", rooms.len().to_string())).await
}

pub async fn rename(tx: &mut Tx, actor: Actor<'_>, id: RoomGroupId, name: &str) -> Result<()> {
    let before = find(tx, actor, id).await?;
    let after = RoomGroup { name: text::name("name", name)?, ..before.clone() };
    room_groups::rename(tx.conn(), id, &after.name).await?;
    tx.record(Change::customer(after.customer)).await?;
    let within = room_groups::rooms(tx.conn(), id).await?;
    record_rooms(tx, after.customer, &within).await?;
    tx.audit(record(actor, &after, AuditOperation::Update).changed("name", before.name, &*after.name)).await
}

pub async fn set_rooms(tx: &mut Tx, actor: Actor<'_>, id: RoomGroupId, rooms: &[RoomId]) -> Result<()> {
    let group = find(tx, actor, id).await?;
    let before = fill(tx, group.customer, id, rooms).await?;
    tx.audit(record(actor, &group, AuditOperation::Update).changed("rooms", before.to_string(), rooms.len().to_string())).await
}

/// Assignments lose it.
pub async fn delete(tx: &mut Tx, actor: Actor<'_>, id: RoomGroupId) -> Result<()> {
    let group = find(tx, actor, id).await?;
    fill(tx, group.customer, id, &[]).await?;
    room_groups::delete(tx.conn(), id).await?;
    tx.record(Change::customer(group.customer)).await?;
    tx.audit(record(actor, &group, AuditOperation::Delete)).await
}

fn record(actor: Actor<'_>, group: &RoomGroup, operation: AuditOperation) -> crate::store::audit::NewAudit {
    actor.record(group.customer, AuditCategory::RoomGroup, operation, &*group.name)
}

/// Sets the rooms of a group, which is a change of rights for everybody who holds a role there. Answers how many there were.
async fn fill(tx: &mut Tx, customer: TenantId, group: RoomGroupId, named: &[RoomId]) -> Result<usize> {
    rooms::owned::check(tx.conn(), customer, named).await?;
    let before: BTreeSet<RoomId> = room_groups::rooms(tx.conn(), group).await?.into_iter().collect();
    let after: BTreeSet<RoomId> = named.iter().copied().collect();
    let moved: Vec<RoomId> = before.symmetric_difference(&after).copied().collect();
    if moved.is_empty() {
        return Ok(before.len());
    }
    room_groups::set_rooms(tx.conn(), group, named).await?;
    record_rooms(tx, customer, &moved).await?;
    let holders = group_members::role_holders(tx.conn(), customer, None).await?;
    let holders = tx.audience(&holders).await?;
    tx.record(Change::rights(customer, None, None).lost_by(holders)).await?;
    Ok(before.len())
}

async fn record_rooms(tx: &mut Tx, customer: TenantId, moved: &[RoomId]) -> Result<()> {
    crate::store::rooms::touch(tx.conn(), moved).await?;
    let changes: Vec<Change> = moved.iter().map(|room| Change::room(customer, *room)).collect();
    tx.record_all(&changes).await
}

/// One that a caller may change.
async fn find(tx: &mut Tx, actor: Actor<'_>, id: RoomGroupId) -> Result<RoomGroup> {
    let found = room_groups::find(tx.conn(), id).await?.ok_or_else(|| actor.missing(format!("there is no room group {id}")))?;
    actor.needs(Permission::GroupsModify, found.customer, &[])?;
    Ok(found)
}
