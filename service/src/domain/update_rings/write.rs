//! The one place that changes update rings and which rooms are in them, whoever acts: it writes, records what others must look at again, and leaves the audit
//! record. What is checked is checked in the same transaction, of which there is one at a time: two changes at once never take more than the 60 days, or one
//! place (R100, R101).

use std::collections::{BTreeMap, HashSet};

use tenantry_model::api::update_rings::{ChangeUpdateRing, CreateUpdateRing, MOST_MOVED};
use tenantry_model::audit::{AuditCategory, AuditChange, AuditOperation};
use tenantry_model::id::{RoomId, TenantId, UpdateRingId};
use tenantry_model::permission::Permission;
use tenantry_model::problem::FieldCode;
use tenantry_model::update_ring::{RingDays, RingPreset};

use crate::domain::actor::Actor;
use crate::domain::caller::Caller;
use crate::domain::rooms::{owned, several};
use crate::domain::update_rings::reach::{Reach, found};
use crate::domain::update_rings::settings::{RingSettings, Wanted};
use crate::domain::version::check_version;
use crate::error::{Error, Result};
use crate::store::audit::NewAudit;
use crate::store::update_rings::{self, UpdateRing};
use crate::store::{Change, Conn, Tx, rooms, tenants};

/// What somebody needs on each room that they move.
const TO_MOVE: [Permission; 3] = [Permission::RoomsView, Permission::RingsView, Permission::RingsModify];

/// A new one, in its first version and without rooms.
pub async fn create(tx: &mut Tx, actor: Actor<'_>, id: UpdateRingId, customer: TenantId, new: &CreateUpdateRing) -> Result<()> {
    Reach::of(actor, customer)?.must_be_everything()?;
    // R3: a partner's own rooms are not run here.
    if !tenants::find(tx.conn(), customer).await?.is_some_and(|known| known.tenant.is_customer) {
        return Err(actor.missing("only a customer has update rings"));
    }
    let others = update_rings::of_customer(tx.conn(), customer).await?;
    let blank = UpdateRing {
        id,
        customer,
        order: 0,
        name: String::new(),
        description: String::new(),
        days: RingDays::default(),
        preset: None,
        version: 1,
    };
    let ring = Wanted::new(new).beside(&others, blank)?;
    update_rings::insert(tx.conn(), std::slice::from_ref(&ring)).await?;
    tx.record(Change::customer(customer)).await?;
    tx.audit(record(actor, &ring, AuditOperation::Create, RingSettings::of(&ring).all())).await
}

/// Another place, other words or days, by the operator.
pub async fn change(tx: &mut Tx, actor: Actor<'_>, at: (TenantId, UpdateRingId), change: &ChangeUpdateRing) -> Result<()> {
    actor.needs_operator()?;
    let (was, _) = found(tx.conn(), actor, at).await?;
    let ring = fitting(tx.conn(), &was, Wanted::of(change, &was)).await?;
    put(tx, actor, &was, &ring).await.map(drop)
}

/// Rooms into a ring, by the operator; those that are in it stay.
pub async fn move_rooms(tx: &mut Tx, actor: Actor<'_>, at: (TenantId, UpdateRingId), moved: &[RoomId]) -> Result<()> {
    actor.needs_operator()?;
    let (ring, _) = found(tx.conn(), actor, at).await?;
    owned::check(tx.conn(), ring.customer, "#/rooms", moved).await?;
    put_rooms(tx, actor, &ring, moved).await
}

/// Away with one that is no preset (R102), of the version that was read, where a caller deletes it; its rooms come to General.
///
/// # Errors
/// `NotFound` for whoever may change no ring there; `PreconditionFailed` where it has another version; else a refusal that says why.
pub async fn delete(tx: &mut Tx, actor: Actor<'_>, at: (TenantId, UpdateRingId), version: Option<u64>) -> Result<()> {
    let (ring, reach) = found(tx.conn(), actor, at).await?;
    check_version(ring.version, version)?;
    reach.must_be_everything()?;
    if ring.preset.is_some() {
        let why = "Preset rings stay: give it other days, or move its rooms.";
        return Err(Error::field(FieldCode::RingPreset, "#", why));
    }
    let rings = update_rings::of_customer(tx.conn(), ring.customer).await?;
    let general = rings.into_iter().find(|ring| ring.preset == Some(RingPreset::General));
    let general = general.ok_or_else(|| Error::Internal(format!("{} has no ring for new rooms", ring.customer)))?;
    let held = update_rings::rooms(tx.conn(), ring.id).await?;
    update_rings::put_rooms(tx.conn(), general.id, &held).await?;
    update_rings::delete(tx.conn(), ring.id).await?;
    tx.record(Change::customer(ring.customer)).await?;
    several::record(tx, ring.customer, &held).await?;
    let told = several::names(tx.conn(), ring.customer, held.iter()).await?;
    tx.audit(record(actor, &ring, AuditOperation::Delete, rooms_went(told.clone()))).await?;
    if told.is_some() {
        tx.audit(record(actor, &general, AuditOperation::Update, rooms_came(told))).await?;
    }
    Ok(())
}

/// Whose ring it is, which must exist: for whoever names it alone.
pub(in crate::domain) async fn customer_of(tx: &mut Tx, ring: UpdateRingId) -> Result<TenantId> {
    let found = update_rings::find(tx.conn(), ring).await?;
    found.map(|ring| ring.customer).ok_or_else(|| Error::bad_request(format!("there is no update ring {ring}")))
}

/// The ring as it is to be, if it can be so beside the customer's others.
pub(super) async fn fitting(conn: &mut Conn, was: &UpdateRing, wanted: Wanted<'_>) -> Result<UpdateRing> {
    let mut others = update_rings::of_customer(conn, was.customer).await?;
    others.retain(|ring| ring.id != was.id);
    wanted.beside(&others, was.clone())
}

/// Writes what a ring is to be. Answers the version that it has then.
pub(super) async fn put(tx: &mut Tx, actor: Actor<'_>, was: &UpdateRing, ring: &UpdateRing) -> Result<u64> {
    if ring == was {
        return Ok(was.version);
    }
    update_rings::update(tx.conn(), ring).await?;
    tx.record(Change::customer(ring.customer)).await?;
    if (ring.order, &ring.name) != (was.order, &was.name) {
        // Its rooms say both.
        let held = update_rings::rooms(tx.conn(), ring.id).await?;
        several::changed(tx, ring.customer, &held).await?;
    }
    let differences = RingSettings::of(was).differences(&RingSettings::of(ring));
    tx.audit(record(actor, ring, AuditOperation::Update, differences)).await?;
    Ok(was.version + 1)
}

/// Puts rooms into a ring that were checked; those that are in it stay.
pub(super) async fn put_rooms(tx: &mut Tx, actor: Actor<'_>, ring: &UpdateRing, moved: &[RoomId]) -> Result<()> {
    let loaded = rooms::load(tx.conn(), moved).await?;
    let rings = update_rings::of_customer(tx.conn(), ring.customer).await?;
    let mut from: BTreeMap<u8, (&UpdateRing, Vec<RoomId>)> = BTreeMap::new();
    let (mut all, mut seen) = (Vec::new(), HashSet::new());
    for room in moved.iter().filter(|room| seen.insert(**room)).filter_map(|room| loaded.get(room)) {
        let was = room.ring.as_ref().and_then(|was| rings.iter().find(|ring| ring.id == was.id));
        if was.is_some_and(|was| was.id == ring.id) {
            continue;
        }
        all.push(room.id);
        if let Some(was) = was {
            from.entry(was.order).or_insert_with(|| (was, vec![])).1.push(room.id);
        }
    }
    if all.is_empty() {
        return Ok(());
    }
    update_rings::put_rooms(tx.conn(), ring.id, &all).await?;
    tx.record(Change::customer(ring.customer)).await?;
    several::record(tx, ring.customer, &all).await?;
    let came = rooms_came(several::names(tx.conn(), ring.customer, all.iter()).await?);
    tx.audit(record(actor, ring, AuditOperation::Update, came)).await?;
    for (was, gone) in from.into_values() {
        let went = rooms_went(several::names(tx.conn(), ring.customer, gone.iter()).await?);
        tx.audit(record(actor, was, AuditOperation::Update, went)).await?;
    }
    Ok(())
}

/// Rooms that a caller may move.
pub(super) async fn check_rooms(conn: &mut Conn, caller: &Caller, customer: TenantId, named: &[RoomId]) -> Result<()> {
    if named.is_empty() {
        return Err(Error::field(FieldCode::RoomsNone, "#/rooms", "choose at least one room"));
    }
    if named.len() > MOST_MOVED {
        return Err(Error::field(FieldCode::RingRoomsTooMany, "#/rooms", format!("at most {MOST_MOVED} rooms in one request")));
    }
    let rights = caller.rights_with(customer, Permission::RingsModify)?;
    several::check(conn, customer, rights, &TO_MOVE, "#/rooms", named).await
}

fn record(actor: Actor<'_>, ring: &UpdateRing, operation: AuditOperation, detail: Vec<AuditChange>) -> NewAudit {
    let entry = actor.record(ring.customer, AuditCategory::UpdateRing, operation, &*ring.name);
    detail.into_iter().fold(entry, |entry, AuditChange { field, before, after }| entry.with(&field, before, after))
}

pub(super) fn rooms_came(names: Option<String>) -> Vec<AuditChange> {
    names.map(|names| AuditChange { field: "rooms".to_owned(), before: None, after: Some(names) }).into_iter().collect()
}

fn rooms_went(names: Option<String>) -> Vec<AuditChange> {
    names.map(|names| AuditChange { field: "rooms".to_owned(), before: Some(names), after: None }).into_iter().collect()
}
