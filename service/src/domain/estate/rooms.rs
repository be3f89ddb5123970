//! Rooms and room groups.

use std::collections::BTreeSet;

use tenantry_model::id::{RoomGroupId, RoomId, TenantId};
use tenantry_model::room::Enrolment;
use tenantry_model::time::Timestamp;

use super::Outcome;
use super::change::{
    CreateRoom, CreateRoomGroup, DeleteRoomGroup, EnrolRoom, RenameRoom, RenameRoomGroup, ResetEnrolmentKey, SetRoomGroupRooms,
    SuppressRoom, UnenrolRoom,
};
use super::relationships::{check_rooms, known};
use super::tenants::LONGEST_NAME;
use crate::domain::ingest::enrolment::{checked, introduce, text};
use crate::domain::ingest::{keys, rules, ticket_text};
use crate::error::{Error, Result};
use crate::random::{Random, uuid_v7};
use crate::store::estate::{people, rooms};
use crate::store::ingest::{self, WatchedRoom};
use crate::store::{Change, Tx, agents};

pub(super) async fn create(tx: &mut Tx, change: CreateRoom, random: &dyn Random) -> Result<Outcome> {
    // R3: a partner's own rooms are not run here.
    if !known(tx, change.customer).await?.is_customer {
        return Err(Error::bad_request("only a customer has rooms"));
    }
    let id = change.id.unwrap_or_else(|| RoomId::from_uuid(uuid_v7(tx.now(), random)));
    // A device that is only told by name is made up from the id, which is unique.
    let stem = id.uuid().simple().to_string();
    let request = tenantry_model::api::EnrolRequest {
        display_name: change.display_name,
        capacity: change.capacity,
        host_name: change.host_name.unwrap_or_else(|| format!("MTR-{}", stem.to_uppercase())),
        account: change.account.unwrap_or_else(|| format!("room-{stem}@rooms.example")),
        timezone: change.timezone.unwrap_or_else(|| "Europe/Berlin".into()),
        licence: change.licence.unwrap_or_else(|| "Teams Rooms Pro".into()),
        peripherals: change.peripherals,
    };
    let answer = introduce(tx, change.customer, checked(&request)?, Some(id), random).await?;
    if !change.onboarding {
        alter(tx, answer.room_id, random, rules::enrol).await?;
    }
    Ok(Outcome { key: Some(answer.room_key), ..Outcome::created(answer.room_id.uuid()) })
}

pub(super) async fn rename(tx: &mut Tx, change: RenameRoom) -> Result<Outcome> {
    let customer = customer(tx, change.room).await?;
    rooms::rename(tx.conn(), change.room, &text("displayName", &change.display_name, LONGEST_NAME)?).await?;
    tx.record_room_renamed(customer, change.room).await?;
    Ok(Outcome::nothing())
}

pub(super) async fn suppress(tx: &mut Tx, change: SuppressRoom, random: &dyn Random) -> Result<Outcome> {
    alter(tx, change.room, random, |room, now| rules::suppress(room, change.suppressed, now)).await
}

pub(super) async fn enrol(tx: &mut Tx, change: EnrolRoom, random: &dyn Random) -> Result<Outcome> {
    let onboarding = |room: &WatchedRoom| room.facts.enrolment == Enrolment::Onboarding;
    let known = ingest::load(tx.conn(), &[change.room]).await?;
    if !known.iter().any(|it| onboarding(&it.room)) {
        return Err(Error::conflict("only an onboarding room can be enrolled"));
    }
    alter(tx, change.room, random, rules::enrol).await
}

pub(super) async fn unenrol(tx: &mut Tx, change: UnenrolRoom, random: &dyn Random) -> Result<Outcome> {
    let outcome = alter(tx, change.room, random, rules::unenrol).await?;
    rooms::forget_key(tx.conn(), change.room).await?;
    Ok(outcome)
}

/// Lets a rule work on one room.
async fn alter(tx: &mut Tx, room: RoomId, random: &dyn Random, rule: impl FnOnce(&mut WatchedRoom, Timestamp)) -> Result<Outcome> {
    let now = tx.now();
    let mut watched = ingest::load(tx.conn(), &[room]).await?;
    let it = watched.first_mut().ok_or_else(|| unknown(room))?;
    rule(&mut it.room, now);
    ingest::save(tx, &mut watched, random, ticket_text).await?;
    Ok(Outcome::nothing())
}

pub(super) async fn reset_enrolment_key(tx: &mut Tx, change: ResetEnrolmentKey, random: &dyn Random) -> Result<Outcome> {
    let key = keys::new_enrolment_key(change.customer, random);
    agents::set_enrolment_key_hash(tx.conn(), change.customer, &keys::hash(&key)).await?;
    Ok(Outcome { key: Some(key), ..Outcome::nothing() })
}

pub(super) async fn create_group(tx: &mut Tx, change: CreateRoomGroup, random: &dyn Random) -> Result<Outcome> {
    let id = change.id.unwrap_or_else(|| RoomGroupId::from_uuid(uuid_v7(tx.now(), random)));
    rooms::insert_group(tx.conn(), id, change.customer, &text("name", &change.name, LONGEST_NAME)?).await?;
    fill(tx, change.customer, id, &change.rooms).await?;
    Ok(Outcome::created(id.uuid()))
}

pub(super) async fn rename_group(tx: &mut Tx, change: RenameRoomGroup) -> Result<Outcome> {
    let customer = customer_of_group(tx, change.group).await?;
    rooms::rename_group(tx.conn(), change.group, &text("name", &change.name, LONGEST_NAME)?).await?;
    let within = rooms::group_rooms(tx.conn(), change.group).await?;
    record_rooms(tx, customer, &within).await?;
    Ok(Outcome::nothing())
}

pub(super) async fn set_group_rooms(tx: &mut Tx, change: SetRoomGroupRooms) -> Result<Outcome> {
    let customer = customer_of_group(tx, change.group).await?;
    fill(tx, customer, change.group, &change.rooms).await?;
    Ok(Outcome::nothing())
}

pub(super) async fn delete_group(tx: &mut Tx, change: DeleteRoomGroup) -> Result<Outcome> {
    let customer = customer_of_group(tx, change.group).await?;
    fill(tx, customer, change.group, &[]).await?;
    rooms::delete_group(tx.conn(), change.group).await?;
    Ok(Outcome::nothing())
}

/// Sets the rooms of a group. Assignments name groups, and are evaluated when access is asked for (A20): so that is a change of rights.
async fn fill(tx: &mut Tx, customer: TenantId, group: RoomGroupId, named: &[RoomId]) -> Result<()> {
    check_rooms(tx, customer, named).await?;
    let before: BTreeSet<RoomId> = rooms::group_rooms(tx.conn(), group).await?.into_iter().collect();
    let after: BTreeSet<RoomId> = named.iter().copied().collect();
    let moved: Vec<RoomId> = before.symmetric_difference(&after).copied().collect();
    if moved.is_empty() {
        return Ok(());
    }
    rooms::set_group_rooms(tx.conn(), group, named).await?;
    record_rooms(tx, customer, &moved).await?;
    let holders = people::holders(tx.conn(), customer, None).await?;
    let holders = tx.audience(&holders).await?;
    tx.record(Change::rights(customer, None, None).lost_by(holders)).await
}

async fn record_rooms(tx: &mut Tx, customer: TenantId, moved: &[RoomId]) -> Result<()> {
    rooms::touch(tx.conn(), moved).await?;
    let changes: Vec<Change> = moved.iter().map(|room| Change::room(customer, *room)).collect();
    tx.record_all(&changes).await
}

/// The customer that owns a room, which must exist.
pub(super) async fn customer(tx: &mut Tx, room: RoomId) -> Result<TenantId> {
    rooms::customer(tx.conn(), room).await?.ok_or_else(|| unknown(room))
}

async fn customer_of_group(tx: &mut Tx, group: RoomGroupId) -> Result<TenantId> {
    let found = rooms::customer_of_group(tx.conn(), group).await?;
    found.ok_or_else(|| Error::bad_request(format!("there is no room group {group}")))
}

fn unknown(room: RoomId) -> Error {
    Error::bad_request(format!("there is no room {room}"))
}
