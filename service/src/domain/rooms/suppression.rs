//! Rooms and signals of rooms that raise nothing for a while, or until somebody lifts that (R73, A33); at once, or once the customer approves it (A18).

use serde::{Deserialize, Serialize};
use tenantry_model::api::requests::{Done, Outcome, RequestedAction, RequestedChange};
use tenantry_model::api::rooms::{SignalOf, SuppressRoom};
use tenantry_model::audit::{AuditCategory, AuditChange, AuditOperation};
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::incident::Snooze;
use tenantry_model::permission::Permission;
use tenantry_model::room::Room;
use tenantry_model::tenancy::ControlEvent;
use tenantry_model::time::Timestamp;

use crate::domain::actor::Actor;
use crate::domain::asked::{Asked, approval, ask, outdated, written};
use crate::domain::caller::Caller;
use crate::domain::incidents::snoozes::{checked, said, settle};
use crate::domain::ingest::ticket_text::ticket_text;
use crate::domain::ingest::{reports, rules};
use crate::domain::rooms::found::{at, requested, visible};
use crate::domain::version::check_version;
use crate::error::{Error, Result};
use crate::random::Random;
use crate::store::ingest::{self, SignalKey};
use crate::store::{Conn, Tx, rooms};

/// What is to be as data, which may wait as a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Suppression {
    room: RoomId,
    /// Of one signal alone.
    signal: Option<SignalOf>,
    /// Since when it was suppressed, where it was: what was decided anew since is not undone by an approval.
    from: Option<Timestamp>,
    /// None to lift it.
    to: Option<Quiet>,
}

impl Suppression {
    pub(in crate::domain) const fn room(&self) -> RoomId {
        self.room
    }

    pub(in crate::domain) const fn signal(&self) -> Option<&SignalOf> {
        self.signal.as_ref()
    }

    fn key(&self) -> Option<SignalKey> {
        self.signal.as_ref().map(|of| (of.signal, of.instance.clone().unwrap_or_default()))
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Quiet {
    reason: String,
    until: Option<Timestamp>,
}

/// Suppresses a room or one of its signals, for whoever sees the room and may change it; in this version of it, where one is named.
pub async fn suppress(
    tx: &mut Tx,
    caller: &Caller,
    (customer, room): (TenantId, RoomId),
    version: Option<u64>,
    new: &SuppressRoom,
    random: &dyn Random,
) -> Result<Outcome> {
    let seen = visible(tx.conn(), Actor::Caller(caller), Permission::RoomsModify, (customer, room)).await?;
    check_version(seen.version, version)?;
    let snooze = checked(None, &new.reason, new.until, tx.now())?;
    let to = Some(Quiet { reason: snooze.reason, until: snooze.until });
    done_or_asked(tx, caller, &seen, Suppression { room, signal: new.signal.as_ref().map(known).transpose()?, from: None, to }, random)
        .await
}

/// Lifts that, likewise.
pub async fn lift(
    tx: &mut Tx,
    caller: &Caller,
    (customer, room): (TenantId, RoomId),
    version: Option<u64>,
    signal: Option<SignalOf>,
    random: &dyn Random,
) -> Result<Outcome> {
    let seen = visible(tx.conn(), Actor::Caller(caller), Permission::RoomsModify, (customer, room)).await?;
    check_version(seen.version, version)?;
    done_or_asked(tx, caller, &seen, Suppression { room, signal: signal.as_ref().map(known).transpose()?, from: None, to: None }, random)
        .await
}

/// A signal as a device would name it.
fn known(signal: &SignalOf) -> Result<SignalOf> {
    let SignalOf { signal, instance } = signal.clone();
    let instance = instance.filter(|instance| !instance.is_empty());
    reports::check_instance(signal, instance.as_deref())?;
    Ok(SignalOf { signal, instance })
}

async fn done_or_asked(tx: &mut Tx, caller: &Caller, room: &Room, mut change: Suppression, random: &dyn Random) -> Result<Outcome> {
    change.from = quiet_since(tx.conn(), room, change.key().as_ref()).await?;
    if change.to.is_none() && change.from.is_none() {
        // Somebody was faster: there is nothing to approve either.
        return Ok(Outcome::Done(Done { id: None, version: Some(room.version) }));
    }
    match approval(tx.conn(), caller, room.customer_id, ControlEvent::Suppression).await? {
        Some(relationship) => {
            let written = written(&change)?;
            let asked = Asked { event: ControlEvent::Suppression, written, shown: shown(room, &change) };
            ask(tx, caller, &relationship, asked, random).await
        }
        None => perform(tx, caller, &caller.display_name, room, &change, random).await.map(Outcome::Done),
    }
}

/// Does what was asked for, in the name of who asked, where its end is still to come.
pub(in crate::domain) async fn approved(
    tx: &mut Tx,
    caller: &Caller,
    (customer, by): (TenantId, &str),
    change: &Suppression,
    random: &dyn Random,
) -> Result<Done> {
    let now = tx.now();
    let is_over = change.to.as_ref().and_then(|to| to.until).is_some_and(|until| until <= now);
    let room = at(tx.conn(), customer, change.room).await?.filter(|_| !is_over);
    let as_it_was = match &room {
        Some(room) => quiet_since(tx.conn(), room, change.key().as_ref()).await? == change.from,
        None => false,
    };
    let Some(room) = room.filter(|_| as_it_was) else {
        return Err(outdated());
    };
    perform(tx, caller, by, &room, change, random).await
}

async fn perform(tx: &mut Tx, caller: &Caller, by: &str, room: &Room, change: &Suppression, random: &dyn Random) -> Result<Done> {
    let (now, customer) = (tx.now(), room.customer_id);
    let key = change.key();
    let snooze = match &change.to {
        Some(to) => Some(checked(Some(by.to_owned()), &to.reason, to.until, now)?),
        None => None,
    };
    quiet(tx, (customer, room.id), key.as_ref(), snooze.as_ref(), Some(by), random).await?;
    let entry = Actor::Caller(caller).record(customer, AuditCategory::Room, AuditOperation::Update, &*room.display_name);
    let entry = fields(change).into_iter().fold(entry, |entry, (field, value)| entry.added(field, value));
    tx.audit(entry).await?;
    let version = rooms::load(tx.conn(), &[room.id]).await?.remove(&room.id).map(|room| room.version);
    Ok(Done { id: None, version })
}

/// Suppresses a room, or one of its signals, or lifts that; what is open there follows.
pub(super) async fn quiet(
    tx: &mut Tx,
    (customer, room): (TenantId, RoomId),
    signal: Option<&SignalKey>,
    snooze: Option<&Snooze>,
    by: Option<&str>,
    random: &dyn Random,
) -> Result<()> {
    let (now, until) = (tx.now(), snooze.and_then(|snooze| snooze.until));
    let mut watched = ingest::load(tx.conn(), &[room]).await?;
    for it in &mut watched {
        match signal {
            None => rules::suppress(&mut it.room, snooze.is_some(), until, now),
            Some(key) if key.1.is_empty() || it.room.signals.contains_key(key) => {
                rules::suppress_signal(&mut it.room, key, snooze.is_some(), until, now);
            }
            Some(_) => return Err(Error::bad_request("signal.instance: no such peripheral has failed in this room")),
        }
    }
    ingest::save(tx, &mut watched, random, ticket_text).await?;
    if let Some(snooze) = snooze {
        ingest::say_why(tx.conn(), room, signal, snooze).await?;
    }
    if signal.is_some() {
        // A signal stands in no room's row: whoever has read how it stood before must not overwrite this unseen.
        rooms::touch(tx.conn(), &[room]).await?;
    }
    tx.record(crate::store::Change::room(customer, room)).await?;
    settle(tx, (customer, room), by).await
}

/// Since when it is suppressed, where it is.
async fn quiet_since(conn: &mut Conn, room: &Room, signal: Option<&SignalKey>) -> Result<Option<Timestamp>> {
    Ok(match signal {
        None => room.suppression.as_ref().map(|snooze| snooze.since),
        Some(key) => ingest::suppressions(conn, room.id).await?.get(key).map(|snooze| snooze.since),
    })
}

/// Field and value, as logs and requests say them.
fn fields(change: &Suppression) -> Vec<(&'static str, String)> {
    let mut fields = vec![("suppressed", change.to.as_ref().map_or_else(|| "no".to_owned(), |to| said(to.until)))];
    if let Some(of) = &change.signal {
        fields.push(("signal", [of.signal.as_str(), of.instance.as_deref().unwrap_or_default()].join(" ").trim().to_owned()));
    }
    fields.extend(change.to.as_ref().map(|to| ("reason", to.reason.clone())));
    fields
}

fn shown(room: &Room, change: &Suppression) -> RequestedChange {
    let fields = fields(change).into_iter().map(|(field, after)| AuditChange { field: field.to_owned(), before: None, after: Some(after) });
    requested(
        if change.to.is_some() { RequestedAction::SuppressRoom } else { RequestedAction::LiftSuppression },
        &room.display_name,
        fields.collect(),
    )
}
