//! The settings of a room, changed at once or once the customer approves it (A18).

use serde::{Deserialize, Serialize};
use tenantry_model::api::requests::{Done, Outcome, RequestedAction, RequestedChange};
use tenantry_model::api::rooms::{ChangeRoom, MOST_SEATS, RoomSettings};
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::permission::Permission;
use tenantry_model::problem::FieldCode;
use tenantry_model::tenancy::ControlEvent;

use crate::domain::actor::Actor;
use crate::domain::asked::{Asked, approval, ask, outdated, written};
use crate::domain::caller::Caller;
use crate::domain::rooms::found::{at, requested, visible};
use crate::domain::text::{name_at, tidied};
use crate::domain::version::check_version;
use crate::error::{Error, Result};
use crate::random::Random;
use crate::store::audit::NewAudit;
use crate::store::{Tx, rooms};

/// A change as data, which may wait as a request. It names what it was made of rather than a version: that of a room moves with every report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RoomChange {
    room: RoomId,
    from: RoomSettings,
    to: RoomSettings,
}

impl RoomChange {
    pub(in crate::domain) const fn room(&self) -> RoomId {
        self.room
    }
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
    match approval(tx.conn(), caller, customer, ControlEvent::Rooms).await? {
        Some(relationship) => {
            let written = written(&change)?;
            ask(tx, caller, &relationship, Asked { event: ControlEvent::Rooms, written, shown: shown(&change) }, random).await
        }
        None => perform(tx, Actor::Caller(caller), customer, &change).await.map(Outcome::Done),
    }
}

/// Does what was asked for, where the room is still what it was asked of.
pub(in crate::domain) async fn approved(tx: &mut Tx, caller: &Caller, customer: TenantId, change: &RoomChange) -> Result<Done> {
    let now = at(tx.conn(), customer, change.room).await?;
    if now.is_none_or(|now| RoomSettings::of(&now) != change.from) {
        return Err(outdated());
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
        Some(named) => seats(named)?,
    };
    let timezone = match &change.timezone {
        None => was.timezone.clone(),
        Some(zone) => timezone(zone)?,
    };
    Ok(RoomSettings { display_name, capacity, timezone })
}

/// How many seats a room has, where they are not too many.
pub(super) fn seats(seats: u32) -> Result<Option<u32>> {
    match seats {
        0 => Ok(None),
        seats if seats <= MOST_SEATS => Ok(Some(seats)),
        _ => Err(Error::field(FieldCode::CapacityInvalid, "#/capacity", format!("at most {MOST_SEATS}, or 0 where it is not known"))),
    }
}

/// The time zone with this name, however it is written.
pub(super) fn timezone(typed: &str) -> Result<String> {
    let typed = tidied(typed);
    let known = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()).find(|name| name.eq_ignore_ascii_case(&typed));
    let refused = || Error::field(FieldCode::TimezoneInvalid, "#/timezone", "the IANA name of a time zone, such as Europe/Berlin");
    Ok(known.ok_or_else(refused)?.to_owned())
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
    requested(RequestedAction::ChangeRoom, &change.from.display_name, fields.collect())
}
