//! A device registers itself with a key of its customer's (R67, R106).

use tenantry_model::api::{EnrolAnswer, EnrolRequest};
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::problem::ProblemKind;
use tenantry_model::room::Peripheral;

use super::keys;
use super::rules::{self, SILENT_AFTER};
use super::ticket_text::ticket_text;
use crate::domain::text::{line, name};
use crate::domain::update_rings::presets;
use crate::error::{Error, Result};
use crate::random::{Random, uuid_v7};
use crate::store::agents::{self, NewRoom, RoomDevice};
use crate::store::ingest::{self, RoomState, Watched, WatchedRoom};
use crate::store::{Change, Store, Tx, enrolment_keys, rooms};

pub(in crate::domain) const LONGEST_ACCOUNT: usize = 254;
const HAS_A_ROOM: &str = "This device has a room already: remove that first, or enrol by a self-enrolment key to stay there.";
/// What an account is.
pub(in crate::domain) const AN_ACCOUNT: &str = "the room account's sign-in name, such as room7@contoso.example";
const LONGEST_TIMEZONE: usize = 64;
const MOST_SEATS: u32 = 10_000;
const MOST_PERIPHERALS: usize = 50;

/// A customer one of whose keys was shown: what is sent under it is read only then.
#[derive(Debug)]
pub struct Admitted {
    customer: TenantId,
    hash: String,
}

fn refused() -> Error {
    Error::refused_because(ProblemKind::KeyRefused, "ask the customer for a key that holds, or for the room's own")
}

/// The customer that `key` belongs to, if it holds.
///
/// # Errors
/// [`ProblemKind::KeyRefused`], the same for an unknown customer and for a wrong key.
pub async fn admit(store: &Store, key: &str) -> Result<Admitted> {
    let key = keys::enrolment_key(key).ok_or_else(refused)?;
    let hash = key.hash();
    let known = enrolment_keys::by_hash(store.read().await?.conn(), key.of, &hash).await?;
    if key.opens(known.map(|known| known.hash).as_deref()) { Ok(Admitted { customer: key.of, hash }) } else { Err(refused()) }
}

/// Enrols the device of `request`: as a new room, as the one that it was, or as the room that the key is for.
///
/// # Errors
/// [`ProblemKind::KeyRefused`] where the key holds no more; [`ProblemKind::BadRequest`] for what is out of bounds; [`ProblemKind::Conflict`] where the key is
/// for one room, and the device another's.
pub async fn enrol(store: &Store, admitted: Admitted, request: &EnrolRequest, random: &dyn Random) -> Result<EnrolAnswer> {
    let Admitted { customer, hash } = admitted;
    let device = checked(request)?;
    let mut tx = store.write().await?;
    let key = enrolment_keys::by_hash(tx.conn(), customer, &hash).await?.ok_or_else(refused)?;
    let answer = match key.room {
        Some(room) => arrive(&mut tx, (customer, room), &device, random).await?,
        None => {
            let known = agents::room_of_device(tx.conn(), customer, &device.host_name, &device.account).await?;
            let now = tx.now();
            enrolment_keys::note_use(tx.conn(), key.id, now, known.is_none()).await?;
            introduce(&mut tx, customer, device, None, random).await?
        }
    };
    tx.commit().await?;
    Ok(answer)
}

/// The device of a room that waits for it. What was given of the room holds already: it stays the room that it is. The key that it came by opens nothing
/// any more.
async fn arrive(tx: &mut Tx, (customer, room_id): (TenantId, RoomId), device: &RoomDevice, random: &dyn Random) -> Result<EnrolAnswer> {
    let known = agents::room_of_device(tx.conn(), customer, &device.host_name, &device.account).await?;
    if let Some(known) = known.filter(|known| *known != room_id) {
        if rooms::load(tx.conn(), &[known]).await?.is_empty() {
            // It was that room's, which is not managed any more (R68): nothing of it is shown, and nobody holds the device back.
            agents::give_up_device(tx.conn(), known).await?;
        } else {
            return Err(Error::conflict(HAS_A_ROOM));
        }
    }
    if !agents::awaits_device(tx.conn(), room_id).await? {
        return Err(refused());
    }
    enrolment_keys::delete_of_room(tx.conn(), room_id).await?;
    let room_key = keys::new_room_key(room_id, random);
    agents::take_device(tx.conn(), room_id, device, &keys::hash(&room_key)).await?;
    let now = tx.now();
    let mut watched = ingest::load(tx.conn(), &[room_id]).await?;
    for it in &mut watched {
        rules::introduce(&mut it.room, now);
    }
    ingest::save(tx, &mut watched, random, ticket_text).await?;
    tx.record(Change::room(customer, room_id)).await?;
    Ok(EnrolAnswer { room_id, room_key })
}

/// The same host name and account are the same room, with a new key; anything else is a new room, with this id if one is asked for.
pub async fn introduce(
    tx: &mut Tx,
    customer: TenantId,
    device: RoomDevice,
    id: Option<RoomId>,
    random: &dyn Random,
) -> Result<EnrolAnswer> {
    let now = tx.now();
    if let Some(room_id) = agents::room_of_device(tx.conn(), customer, &device.host_name, &device.account).await? {
        let room_key = keys::new_room_key(room_id, random);
        agents::update_device(tx.conn(), room_id, &device, &keys::hash(&room_key)).await?;
        let mut watched = ingest::load(tx.conn(), &[room_id]).await?;
        for it in &mut watched {
            rules::introduce(&mut it.room, now);
        }
        ingest::save(tx, &mut watched, random, ticket_text).await?;
        tx.record(Change::room(customer, room_id)).await?;
        return Ok(EnrolAnswer { room_id, room_key });
    }
    let room_id = id.unwrap_or_else(|| RoomId::from_uuid(uuid_v7(now, random)));
    let room_key = keys::new_room_key(room_id, random);
    let ring_id = Some(presets::general(tx, customer, random).await?);
    let room = WatchedRoom {
        id: room_id,
        customer,
        facts: RoomState::onboarding(now),
        lifted: None,
        silent_due: Some(now.plus(SILENT_AFTER)),
        switched_off: Default::default(),
        signals: Default::default(),
    };
    let row = NewRoom { device, ring_id, key_hash: keys::hash(&room_key), watched: Watched::inserted(room) };
    agents::insert_rooms(tx.conn(), std::slice::from_ref(&row)).await?;
    tx.record(Change::room(customer, room_id)).await?;
    Ok(EnrolAnswer { room_id, room_key })
}

/// Validates the device's description of itself.
pub fn checked(request: &EnrolRequest) -> Result<RoomDevice> {
    let EnrolRequest { display_name, capacity, host_name, account, timezone, licence, peripherals } = request;
    if capacity.is_some_and(|seats| seats == 0 || seats > MOST_SEATS) {
        return Err(Error::bad_request(format!("capacity must be 1 to {MOST_SEATS}; leave it out where it is not known")));
    }
    if peripherals.len() > MOST_PERIPHERALS {
        return Err(Error::bad_request(format!("peripherals may be at most {MOST_PERIPHERALS}, not {}", peripherals.len())));
    }
    let peripherals = peripherals
        .iter()
        .map(|it| Ok(Peripheral { kind: name("the kind of a peripheral", &it.kind)?, name: name("the name of a peripheral", &it.name)? }))
        .collect::<Result<Vec<_>>>()?;
    let account = line("account", account, LONGEST_ACCOUNT)?;
    if !account.contains('@') {
        return Err(Error::bad_request(format!("account must be {AN_ACCOUNT}")));
    }
    Ok(RoomDevice {
        display_name: name("displayName", display_name)?,
        capacity: *capacity,
        host_name: name("hostName", host_name)?,
        account,
        timezone: line("timezone", timezone, LONGEST_TIMEZONE)?,
        licence: name("licence", licence)?,
        peripherals,
    })
}
