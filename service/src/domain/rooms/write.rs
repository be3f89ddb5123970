//! Rooms, as people change them.

use tenantry_model::api::{EnrolAnswer, EnrolRequest};
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::incident::Snooze;
use tenantry_model::permission::Permission;
use tenantry_model::problem::FieldCode;
use tenantry_model::time::Timestamp;

use crate::domain::actor::Actor;
use crate::domain::ingest::enrolment::{checked, introduce};
use crate::domain::ingest::rules;
use crate::domain::ingest::ticket_text::ticket_text;
use crate::domain::rooms::found::visible;
use crate::domain::rooms::state::NotOnboarding;
use crate::domain::rooms::suppression::quiet;
use crate::domain::version::check_version;
use crate::domain::{tenants, text};
use crate::error::{Error, Result};
use crate::random::Random;
use crate::store::ingest::{self, WatchedRoom};
use crate::store::rooms::{self, RoomName};
use crate::store::{Tx, agents, enrolment_keys};

/// A room, as if its device had introduced itself; managed at once unless told otherwise.
pub async fn create(
    tx: &mut Tx,
    actor: Actor<'_>,
    id: RoomId,
    customer: TenantId,
    request: &EnrolRequest,
    onboarding: bool,
    random: &dyn Random,
) -> Result<EnrolAnswer> {
    actor.needs(Permission::RoomsCreate, customer, &[])?;
    // R3: a partner's own rooms are not run here.
    if !tenants::find(tx, customer).await?.is_customer {
        return Err(Error::bad_request("only a customer has rooms"));
    }
    let device = checked(request)?;
    let name = device.display_name.clone();
    let answer = introduce(tx, customer, device, Some(id), random).await?;
    if !onboarding {
        // A device that was known already is the room that it was.
        alter(tx, answer.room_id, random, |room, now| match rules::enrol(room, now) {
            Ok(()) | Err(NotOnboarding) => Ok(()),
        })
        .await?;
    }
    tx.audit(actor.record(customer, AuditCategory::Room, AuditOperation::Create, name)).await?;
    Ok(answer)
}

pub async fn rename(tx: &mut Tx, actor: Actor<'_>, room: RoomId, display_name: &str) -> Result<()> {
    let RoomName { customer, display_name: before } = find(tx, actor, room, Permission::RoomsModify).await?;
    let after = text::name("displayName", display_name)?;
    rooms::rename(tx.conn(), room, &after).await?;
    tx.record_room_renamed(customer, room).await?;
    let entry = actor.record(customer, AuditCategory::Room, AuditOperation::Update, &*after);
    tx.audit(entry.changed("name", before, &*after)).await
}

/// Switches a room quiet, or lifts that (R73).
pub async fn suppress(tx: &mut Tx, actor: Actor<'_>, room: RoomId, suppressed: bool, random: &dyn Random) -> Result<()> {
    let before = find(tx, actor, room, Permission::RoomsModify).await?;
    let snooze = suppressed.then(|| Snooze { by: None, reason: String::new(), since: tx.now(), until: None });
    quiet(tx, (before.customer, room), None, snooze.as_ref(), None, random).await?;
    audit(tx, actor, before, "suppressed", if suppressed { "yes" } else { "no" }).await
}

/// [`enrol`] by whoever sees the room, at its customer's address.
pub async fn enrol_at(tx: &mut Tx, actor: Actor<'_>, customer: TenantId, room: RoomId, random: &dyn Random) -> Result<()> {
    visible(tx.conn(), actor, Permission::RoomsCreate, (customer, room)).await?;
    enrol(tx, actor, room, random).await
}

/// [`unenrol`] by whoever sees the room in this version, at its customer's address.
pub async fn unenrol_at(tx: &mut Tx, actor: Actor<'_>, customer: TenantId, room: RoomId, version: u64, random: &dyn Random) -> Result<()> {
    check_version(visible(tx.conn(), actor, Permission::RoomsUnenroll, (customer, room)).await?.version, Some(version))?;
    unenrol(tx, actor, room, random).await
}

/// Takes an onboarding room under management (R67).
pub async fn enrol(tx: &mut Tx, actor: Actor<'_>, room: RoomId, random: &dyn Random) -> Result<()> {
    let before = find(tx, actor, room, Permission::RoomsCreate).await?;
    if agents::awaits_device(tx.conn(), room).await? {
        return Err(Error::field(FieldCode::RoomWaits, "#", "It waits for its device: there is nothing to manage yet."));
    }
    alter(tx, room, random, |room, now| Ok(rules::enrol(room, now)?)).await?;
    audit(tx, actor, before, "enrolment", "enrolled").await
}

/// Ends the management of a room (R68); its key opens nothing any more.
pub async fn unenrol(tx: &mut Tx, actor: Actor<'_>, room: RoomId, random: &dyn Random) -> Result<()> {
    let before = find(tx, actor, room, Permission::RoomsUnenroll).await?;
    end(tx, actor, room, before, random).await
}

/// The end of a room that was found, by whoever may end it; one that waits for its device waits no more.
pub(super) async fn end(tx: &mut Tx, actor: Actor<'_>, room: RoomId, before: RoomName, random: &dyn Random) -> Result<()> {
    alter(tx, room, random, |room, now| {
        rules::unenrol(room, now);
        Ok(())
    })
    .await?;
    rooms::forget_key(tx.conn(), room).await?;
    if agents::awaits_device(tx.conn(), room).await? {
        enrolment_keys::delete_of_room(tx.conn(), room).await?;
        agents::give_up_device(tx.conn(), room).await?;
    }
    audit(tx, actor, before, "enrolment", "unenrolled").await
}

async fn alter(tx: &mut Tx, room: RoomId, random: &dyn Random, rule: impl Fn(&mut WatchedRoom, Timestamp) -> Result<()>) -> Result<()> {
    let now = tx.now();
    let mut watched = ingest::load(tx.conn(), &[room]).await?;
    for it in &mut watched {
        rule(&mut it.room, now)?;
    }
    ingest::save(tx, &mut watched, random, ticket_text).await
}

async fn audit(tx: &mut Tx, actor: Actor<'_>, RoomName { customer, display_name }: RoomName, field: &str, after: &str) -> Result<()> {
    let entry = actor.record(customer, AuditCategory::Room, AuditOperation::Update, display_name);
    tx.audit(entry.added(field, after)).await
}

/// Whose a room is and what it is called; it must exist, and a caller must hold this permission on it.
pub(in crate::domain) async fn find(tx: &mut Tx, actor: Actor<'_>, room: RoomId, permission: Permission) -> Result<RoomName> {
    let found = rooms::name(tx.conn(), room).await?.ok_or_else(|| actor.missing(format!("there is no room {room}")))?;
    actor.needs(permission, found.customer, &[room])?;
    Ok(found)
}
