//! Changes of rings by who signed in: made at once, or once the customer approves them (A18). What only the customer's own users may do needs nobody's approval.

use serde::{Deserialize, Serialize};
use tenantry_model::api::requests::{Done, Outcome, RequestedAction, RequestedChange};
use tenantry_model::api::update_rings::ChangeUpdateRing;
use tenantry_model::audit::AuditChange;
use tenantry_model::id::{RoomId, TenantId, UpdateRingId};
use tenantry_model::tenancy::ControlEvent;

use crate::domain::actor::Actor;
use crate::domain::asked::{Asked, approval, ask, outdated, written};
use crate::domain::caller::Caller;
use crate::domain::rooms::several;
use crate::domain::update_rings::reach::{Reach, found};
use crate::domain::update_rings::settings::{RingSettings, Wanted};
use crate::domain::update_rings::write::{check_rooms, fitting, put, put_rooms, rooms_came};
use crate::domain::version::check_version;
use crate::error::{Error, Result};
use crate::random::Random;
use crate::store::update_rings::{self, UpdateRing};
use crate::store::{Tx, rooms};

/// A change as data, which may wait as a request. It names what it was made of: what was changed since is not undone by an approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RingChange {
    ring: UpdateRingId,
    /// What it was called: that is what the customer reads.
    name: String,
    what: What,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
enum What {
    Settings { from: RingSettings, to: RingSettings },
    Rooms { come: Vec<Come> },
}

/// A room that is to come, and where it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Come {
    room: RoomId,
    from: Option<UpdateRingId>,
}

impl RingChange {
    /// The rooms that are to move.
    pub(in crate::domain) fn rooms(&self) -> Vec<RoomId> {
        match &self.what {
            What::Settings { .. } => vec![],
            What::Rooms { come } => come.iter().map(|it| it.room).collect(),
        }
    }
}

/// Another place, other words or days of a ring in this version.
///
/// # Errors
/// `NotFound` for whoever may change no ring there; `PreconditionFailed` where it has another version; else a refusal that names the field.
pub async fn change(
    tx: &mut Tx,
    caller: &Caller,
    at: (TenantId, UpdateRingId),
    version: u64,
    change: &ChangeUpdateRing,
    random: &dyn Random,
) -> Result<Outcome> {
    let actor = Actor::Caller(caller);
    let (was, reach) = found(tx.conn(), actor, at).await?;
    check_version(was.version, Some(version))?;
    reach.must_have(tx.conn(), &was).await?;
    let ring = fitting(tx.conn(), &was, Wanted::of(change, &was)).await?;
    if ring == was {
        return Ok(done(version));
    }
    match approval(tx.conn(), caller, was.customer, ControlEvent::Rings).await? {
        Some(relationship) => {
            let (from, to) = (RingSettings::of(&was), RingSettings::of(&ring));
            let shown = shown(RequestedAction::ChangeRing, &was, from.differences(&to));
            let written = written(&RingChange { ring: was.id, name: was.name.clone(), what: What::Settings { from, to } })?;
            ask(tx, caller, &relationship, Asked { event: ControlEvent::Rings, written, shown }, random).await
        }
        None => put(tx, actor, &was, &ring).await.map(done),
    }
}

/// Rooms into a ring in this version, which stays; rooms that are in it stay.
///
/// # Errors
/// As [`change`].
pub async fn move_rooms(
    tx: &mut Tx,
    caller: &Caller,
    at: (TenantId, UpdateRingId),
    version: u64,
    moved: &[RoomId],
    random: &dyn Random,
) -> Result<Outcome> {
    let actor = Actor::Caller(caller);
    let (ring, _) = found(tx.conn(), actor, at).await?;
    check_version(ring.version, Some(version))?;
    check_rooms(tx.conn(), caller, ring.customer, moved).await?;
    let relationship = approval(tx.conn(), caller, ring.customer, ControlEvent::Rings).await?;
    let Some(relationship) = relationship else {
        put_rooms(tx, actor, &ring, moved).await?;
        return Ok(done(version));
    };
    let loaded = rooms::load(tx.conn(), moved).await?;
    let mut come: Vec<Come> = loaded.values().map(|room| Come { room: room.id, from: room.ring.as_ref().map(|ring| ring.id) }).collect();
    come.retain(|it| it.from != Some(ring.id));
    come.sort_unstable_by_key(|it| it.room);
    if come.is_empty() {
        return Ok(done(version));
    }
    let names = several::names(tx.conn(), ring.customer, come.iter().map(|it| &it.room)).await?;
    let shown = shown(RequestedAction::MoveToRing, &ring, rooms_came(names));
    let written = written(&RingChange { ring: ring.id, name: ring.name, what: What::Rooms { come } })?;
    ask(tx, caller, &relationship, Asked { event: ControlEvent::Rings, written, shown }, random).await
}

/// Does what was asked for, where the ring is still what it was asked of. None where who sent it may not make the change any more.
pub(in crate::domain) async fn approved(
    tx: &mut Tx,
    caller: &Caller,
    sender: &Caller,
    customer: TenantId,
    change: &RingChange,
) -> Result<Option<Done>> {
    let actor = Actor::Caller(caller);
    let Some(reach) = unless_refused(Reach::of(Actor::Caller(sender), customer))? else { return Ok(None) };
    let ring = update_rings::find(tx.conn(), change.ring).await?.filter(|ring| ring.customer == customer).ok_or_else(outdated)?;
    let version = match &change.what {
        What::Settings { from, to } => {
            if unless_refused(reach.must_have(tx.conn(), &ring).await)?.is_none() {
                return Ok(None);
            }
            if RingSettings::of(&ring) != *from {
                return Err(outdated());
            }
            // What fitted when it was asked for may not fit any more.
            let Some(after) = unless_refused(fitting(tx.conn(), &ring, to.wanted()).await)? else { return Err(outdated()) };
            put(tx, actor, &ring, &after).await?
        }
        What::Rooms { come } => {
            let moved = change.rooms();
            if rooms::managed(tx.conn(), customer, &moved).await?.len() != moved.len() {
                return Err(outdated());
            }
            if unless_refused(check_rooms(tx.conn(), sender, customer, &moved).await)?.is_none() {
                return Ok(None);
            }
            let loaded = rooms::load(tx.conn(), &moved).await?;
            let is_there = |it: &Come| {
                let now = loaded.get(&it.room).and_then(|room| room.ring.as_ref()).map(|ring| ring.id);
                now == it.from || now == Some(ring.id)
            };
            if ring.name != change.name || !come.iter().all(is_there) {
                return Err(outdated());
            }
            put_rooms(tx, actor, &ring, &moved).await?;
            ring.version
        }
    };
    Ok(Some(Done { id: None, version: Some(version) }))
}

fn unless_refused<T>(result: Result<T>) -> Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(Error::Refused { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

const fn done(version: u64) -> Outcome {
    Outcome::Done(Done { id: None, version: Some(version) })
}

fn shown(action: RequestedAction, ring: &UpdateRing, fields: Vec<AuditChange>) -> RequestedChange {
    RequestedChange { ring: Some(ring.name.clone()), ..RequestedChange::of(action, fields) }
}
