//! The settings of a room, changed at once or once the customer approves it (A18).

use serde::{Deserialize, Serialize};
use tenantry_model::api::requests::{Done, Outcome, RequestedAction, RequestedChange};
use tenantry_model::api::rooms::{ChangeRoom, MOST_SEATS, RoomSettings};
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::permission::Permission;
use tenantry_model::problem::FieldCode;
use tenantry_model::tenancy::{Approval, ControlEvent};

use crate::domain::actor::Actor;
use crate::domain::asked::{Asked, ask};
use crate::domain::caller::Caller;
use crate::domain::rooms::found::{at, visible};
use crate::domain::text::{name_at, tidied};
use crate::domain::version::check_version;
use crate::error::{Error, Result};
use crate::random::Random;
use crate::store::audit::NewAudit;
use crate::store::relationships;
use crate::store::{Conn, Tx, rooms};

/// How long the name of a time zone may be.
const LONGEST_TIMEZONE: usize = 64;

/// A change as data, which may wait as a request. It names what it was made of rather than a version: that of a room moves with every report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RoomChange {
    room: RoomId,
    from: RoomSettings,
    to: RoomSettings,
}

/// By whoever sees the room and may change it: done, or asked for where a partner's customer wants to approve it.
pub async fn change(
    tx: &mut Tx,
    caller: &Caller,
    (customer, room): (TenantId, RoomId),
    version: u64,
    change: &ChangeRoom,
    random: &dyn Random,
) -> Result<Outcome> {
    let was = visible(tx.conn(), Actor::Caller(caller), Permission::RoomsModify, (customer, room)).await?;
    check_version(was.version, Some(version))?;
    let from = RoomSettings::of(&was);
    let to = settings(&from, change)?;
    if from == to {
        return Ok(Outcome::Done(Done { id: None, version: Some(version) }));
    }
    let change = RoomChange { room, from, to };
    let relationship = match caller.side_at(customer) {
        Some(partner) => Some(relationships::active(tx.conn(), partner, customer).await?.ok_or(Error::not_found())?),
        None => None,
    };
    match &relationship {
        Some(relationship) if relationship.change_control.of(ControlEvent::Rooms) == Approval::Manual => {
            let written =
                serde_json::to_string(&change).map_err(|error| Error::Internal(format!("a request cannot be written: {error}")))?;
            ask(tx, caller, relationship, Asked { event: ControlEvent::Rooms, written, shown: shown(&change) }, random).await
        }
        _ => perform(tx, Actor::Caller(caller), customer, &change).await.map(Outcome::Done),
    }
}

/// Whether who sent a request may make the change still.
pub(in crate::domain) async fn may(conn: &mut Conn, sender: &Caller, customer: TenantId, change: &RoomChange) -> Result<bool> {
    match visible(conn, Actor::Caller(sender), Permission::RoomsModify, (customer, change.room)).await {
        Ok(_) => Ok(true),
        Err(Error::Refused { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Does what was asked for, where the room is still what it was asked of.
pub(in crate::domain) async fn approved(tx: &mut Tx, caller: &Caller, customer: TenantId, change: &RoomChange) -> Result<Done> {
    let now = at(tx.conn(), customer, change.room).await?;
    if now.is_none_or(|now| RoomSettings::of(&now) != change.from) {
        let why = "What it is about has changed since it was asked for: reject it, and let the partner ask again.";
        return Err(Error::field(FieldCode::RequestOutdated, "#", why));
    }
    perform(tx, Actor::Caller(caller), customer, change).await
}

async fn perform(tx: &mut Tx, actor: Actor<'_>, customer: TenantId, change: &RoomChange) -> Result<Done> {
    let RoomChange { room, from, to } = change;
    if from.display_name != to.display_name {
        rooms::rename(tx.conn(), *room, &to.display_name).await?;
        tx.record_room_renamed(customer, *room).await?;
    }
    if (from.capacity, &from.timezone) != (to.capacity, &to.timezone) {
        rooms::set(tx.conn(), *room, to.capacity, &to.timezone).await?;
        tx.record(crate::store::Change::room(customer, *room)).await?;
    }
    let entry = actor.record(customer, AuditCategory::Room, AuditOperation::Update, &*to.display_name);
    tx.audit(said(entry, change)).await?;
    let now = rooms::load(tx.conn(), &[*room]).await?.remove(room).map(|room| room.version);
    Ok(Done { id: None, version: now })
}

fn settings(was: &RoomSettings, change: &ChangeRoom) -> Result<RoomSettings> {
    let display_name = match &change.display_name {
        None => was.display_name.clone(),
        Some(name) => name_at("#/displayName", name)?,
    };
    let capacity = match change.capacity {
        None => was.capacity,
        Some(0) => None,
        Some(seats) if seats <= MOST_SEATS => Some(seats),
        Some(_) => {
            return Err(Error::field(
                FieldCode::CapacityInvalid,
                "#/capacity",
                format!("at most {MOST_SEATS}, or 0 where it is not known"),
            ));
        }
    };
    let timezone = match &change.timezone {
        None => was.timezone.clone(),
        Some(zone) => {
            let zone = tidied(zone);
            let is_zone = |zone: &str| {
                (1..=LONGEST_TIMEZONE).contains(&zone.len())
                    && zone.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_+-/".contains(&byte))
            };
            if !is_zone(&zone) {
                return Err(Error::field(FieldCode::TimezoneInvalid, "#/timezone", "the IANA name of a time zone, such as Europe/Berlin"));
            }
            zone
        }
    };
    Ok(RoomSettings { display_name, capacity, timezone })
}

/// Field, before, after; of what is different.
fn differences(RoomChange { from, to, .. }: &RoomChange) -> Vec<(&'static str, String, String)> {
    let seats = |seats: Option<u32>| seats.map_or_else(|| "–".to_owned(), |seats| seats.to_string());
    let all = [
        ("name", from.display_name.clone(), to.display_name.clone()),
        ("capacity", seats(from.capacity), seats(to.capacity)),
        ("timezone", from.timezone.clone(), to.timezone.clone()),
    ];
    all.into_iter().filter(|(_, before, after)| before != after).collect()
}

fn said(entry: NewAudit, change: &RoomChange) -> NewAudit {
    differences(change).into_iter().fold(entry, |entry, (field, before, after)| entry.changed(field, before, after))
}

fn shown(change: &RoomChange) -> RequestedChange {
    let fields = differences(change).into_iter().map(|(field, before, after)| tenantry_model::audit::AuditChange {
        field: field.to_owned(),
        before: Some(before),
        after: Some(after),
    });
    RequestedChange {
        action: RequestedAction::ChangeRoom,
        role: String::new(),
        room: Some(change.from.display_name.clone()),
        fields: fields.collect(),
        assignment: None,
        gains: vec![],
        loses: vec![],
        permissions: None,
        rooms: None,
    }
}
