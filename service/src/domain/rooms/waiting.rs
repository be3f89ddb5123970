//! Rooms that are created ahead of their devices. Such a room is an onboarding one from its first day on, and everything that is given of rooms holds for
//! it: groups, delegations, its ring. A device becomes it by the room's own key, once.

use tenantry_model::api::enrolment_keys::IssuedKey;
use tenantry_model::api::roles::Named;
use tenantry_model::api::waiting_rooms::CreateWaitingRoom;
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::name::is_name;
use tenantry_model::permission::Permission;
use tenantry_model::problem::FieldCode;
use tenantry_model::room::Room;

use super::change::{seats, timezone};
use super::found::visible;
use super::write::end;
use crate::domain::actor::Actor;
use crate::domain::ingest::enrolment::{AN_ACCOUNT, LONGEST_ACCOUNT};
use crate::domain::ingest::issuing::issue;
use crate::domain::settings::{keys, whole_customer};
use crate::domain::text::{name_at, tidied};
use crate::domain::version::check_version;
use crate::domain::{tenants, update_rings};
use crate::error::{Error, Result};
use crate::random::Random;
use crate::store::agents::{self, NewRoom, RoomDevice};
use crate::store::ingest::{RoomState, Watched, WatchedRoom};
use crate::store::rooms::RoomName;
use crate::store::{Change, Tx};

/// One that waits, without a key yet. By the customer's own users: no delegation covers what is not there (A18).
pub async fn create(
    tx: &mut Tx,
    actor: Actor<'_>,
    id: RoomId,
    customer: TenantId,
    new: &CreateWaitingRoom,
    random: &dyn Random,
) -> Result<()> {
    whole_customer(actor, Permission::RoomsCreate, customer)?;
    // R3: a partner's own rooms are not run here.
    if !tenants::find(tx, customer).await?.is_customer {
        return Err(actor.missing("only a customer has rooms"));
    }
    let account = tidied(&new.account);
    if !is_name(&account, LONGEST_ACCOUNT) || !account.contains('@') {
        return Err(Error::field(FieldCode::AccountInvalid, "#/account", AN_ACCOUNT));
    }
    let device = RoomDevice {
        display_name: name_at("#/displayName", &new.display_name)?,
        capacity: new.capacity.map_or(Ok(None), seats)?,
        host_name: String::new(),
        account,
        timezone: timezone(&new.timezone)?,
        licence: String::new(),
        peripherals: vec![],
    };
    // No device has an empty name: what waits under this account is another such room.
    if agents::room_of_device(tx.conn(), customer, "", &device.account).await?.is_some() {
        return Err(Error::field(FieldCode::AccountTaken, "#/account", "another room waits for the device of this account"));
    }
    let name = device.display_name.clone();
    let ring_id = Some(update_rings::presets::general(tx, customer, random).await?);
    let room = WatchedRoom {
        id,
        customer,
        facts: RoomState::awaiting(),
        lifted: None,
        silent_due: None,
        switched_off: Default::default(),
        signals: Default::default(),
    };
    let row = NewRoom { device, ring_id, key_hash: String::new(), watched: Watched::inserted(room) };
    agents::insert_rooms(tx.conn(), std::slice::from_ref(&row)).await?;
    agents::await_device(tx.conn(), id).await?;
    tx.record(Change::room(customer, id)).await?;
    tx.audit(actor.record(customer, AuditCategory::Room, AuditOperation::Create, name).added("enrolment", "waiting")).await
}

/// Its key, shown this once; one that was issued before ends.
pub async fn issue_key(tx: &mut Tx, actor: Actor<'_>, (customer, id): (TenantId, RoomId), random: &dyn Random) -> Result<IssuedKey> {
    let room = waiting(tx, actor, (customer, id)).await?;
    let (key_id, key) = issue(tx, keys::issuer(actor), (customer, Some(id)), random).await?;
    let name = tenants::find(tx, customer).await?.display_name;
    let entry = actor.record(customer, AuditCategory::EnrolmentKey, AuditOperation::Create, &*room.display_name);
    tx.audit(entry.added("key", key_id.to_string())).await?;
    Ok(IssuedKey { id: key_id, key, customer: Named { id: customer, name }, room: Some(Named { id, name: room.display_name }) })
}

/// Its device is not to come any more: it goes as an unenrolled room does (R68), and its key opens nothing.
pub async fn cancel(tx: &mut Tx, actor: Actor<'_>, at: (TenantId, RoomId), version: u64, random: &dyn Random) -> Result<()> {
    let room = waiting(tx, actor, at).await?;
    check_version(room.version, Some(version))?;
    let before = RoomName { customer: at.0, display_name: room.display_name };
    end(tx, actor, room.id, before, random).await
}

async fn waiting(tx: &mut Tx, actor: Actor<'_>, (customer, id): (TenantId, RoomId)) -> Result<Room> {
    let room = visible(tx.conn(), actor, Permission::RoomsCreate, (customer, id)).await?;
    whole_customer(actor, Permission::RoomsCreate, customer)?;
    if !room.awaits_device {
        return Err(Error::field(FieldCode::RoomHasDevice, "#", "it has its device already"));
    }
    Ok(room)
}
