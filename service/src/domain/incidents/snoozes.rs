//! Incidents that are out of sight for a while (A33).

use tenantry_model::api::incidents::{IncidentChanged, LONGEST_SNOOZE, LONGEST_SNOOZE_REASON, SnoozeIncident};
use tenantry_model::audit::AuditOperation;
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::incident::{HistoryKind, Snooze, SnoozedBy};
use tenantry_model::problem::FieldCode;
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;

use super::found::{find, record_change};
use crate::domain::actor::Actor;
use crate::domain::caller::Caller;
use crate::domain::text;
use crate::error::{Error, Result};
use crate::store::incident_work;
use crate::store::incident_writes::{self, ALONE_FOR};
use crate::store::{Change, Tx};

/// How many that are due one transaction brings back.
const AT_ONCE: u32 = 200;

/// A snooze that begins now, by whom: its reason and its end as they may be.
pub(in crate::domain) fn checked(by: Option<String>, reason: &str, until: Option<Timestamp>, now: Timestamp) -> Result<Snooze> {
    let reason = text::lines_at("#/reason", reason, LONGEST_SNOOZE_REASON)?;
    if until.is_some_and(|until| until <= now || until > now.plus(LONGEST_SNOOZE)) {
        let why = "An end that is still to come, at most 30 days ahead; or none.";
        return Err(Error::field(FieldCode::SnoozeEndInvalid, "#/until", why));
    }
    Ok(Snooze { by, reason, since: now, until })
}

/// Puts an incident out of sight. One that is resolved has left already.
pub async fn snooze(
    tx: &mut Tx,
    caller: &Caller,
    (customer, number): (TenantId, TicketNumber),
    new: &SnoozeIncident,
) -> Result<IncidentChanged> {
    let actor = Actor::Caller(caller);
    let found = find(tx, actor, Some(customer), number).await?;
    if !found.state.status.is_active() {
        return Err(Error::field(FieldCode::IncidentInactive, "#", "It is resolved or closed: it is out of sight already."));
    }
    let now = tx.now();
    let snooze = checked(Some(caller.display_name.clone()), &new.reason, new.until, now)?;
    put_away(tx, customer, number, SnoozedBy::Incident, &snooze).await?;
    let entry = found.entry(actor, AuditOperation::Update).added("snoozed", said(snooze.until)).added("reason", &*snooze.reason);
    tx.audit(entry).await?;
    Ok(IncidentChanged { number, version: found.version, was: found.version })
}

/// Fetches an incident back. Its signal or room stays suppressed, where that is why it was out of sight.
pub async fn wake(tx: &mut Tx, caller: &Caller, (customer, number): (TenantId, TicketNumber)) -> Result<IncidentChanged> {
    let actor = Actor::Caller(caller);
    let found = find(tx, actor, Some(customer), number).await?;
    let work = incident_work::of(tx.conn(), number).await?.unwrap_or_default();
    if let Some((_, snooze)) = work.snooze {
        bring_back(tx, customer, number, Some(&caller.display_name)).await?;
        tx.audit(found.entry(actor, AuditOperation::Update).changed("snoozed", said(snooze.until), "no")).await?;
    }
    Ok(IncidentChanged { number, version: found.version, was: found.version })
}

/// How the log says until when.
pub(in crate::domain) fn said(until: Option<Timestamp>) -> String {
    until.map_or_else(|| "yes".to_owned(), |until| until.to_string())
}

/// Puts the active incidents of a room's signals out of sight with their room, those that are not already; or one with its signal.
pub(in crate::domain) async fn put_away_with(
    tx: &mut Tx,
    (customer, room): (TenantId, RoomId),
    signal: Option<TicketNumber>,
    snooze: &Snooze,
) -> Result<()> {
    let open = incident_work::of_room(tx.conn(), room, None).await?;
    let of = if signal.is_some() { SnoozedBy::Signal } else { SnoozedBy::Room };
    for number in open.into_iter().filter(|number| signal.is_none_or(|only| *number == only)) {
        put_away(tx, customer, number, of, snooze).await?;
    }
    Ok(())
}

/// Brings back what left with its room, or with its signal.
pub(in crate::domain) async fn bring_back_with(
    tx: &mut Tx,
    (customer, room): (TenantId, RoomId),
    signal: Option<TicketNumber>,
    by: Option<&str>,
) -> Result<()> {
    let of = if signal.is_some() { SnoozedBy::Signal } else { SnoozedBy::Room };
    let away = incident_work::of_room(tx.conn(), room, Some(of)).await?;
    for number in away.into_iter().filter(|number| signal.is_none_or(|only| *number == only)) {
        bring_back(tx, customer, number, by).await?;
    }
    Ok(())
}

async fn put_away(tx: &mut Tx, customer: TenantId, number: TicketNumber, of: SnoozedBy, snooze: &Snooze) -> Result<()> {
    let alone_due = snooze.until.map(|until| until.plus(ALONE_FOR));
    incident_work::snooze(tx.conn(), number, of, snooze, alone_due).await?;
    incident_work::note(tx.conn(), number, snooze.since, HistoryKind::Snoozed, snooze.by.as_deref()).await?;
    record_change(tx, customer, number, &[]).await
}

async fn bring_back(tx: &mut Tx, customer: TenantId, number: TicketNumber, by: Option<&str>) -> Result<()> {
    let now = tx.now();
    incident_work::wake(tx.conn(), number, now.plus(ALONE_FOR)).await?;
    incident_work::note(tx.conn(), number, now, HistoryKind::Woken, by).await?;
    record_change(tx, customer, number, &[]).await
}

/// Brings back what is due, the longest ago first. How many.
pub(in crate::domain) async fn step(tx: &mut Tx) -> Result<usize> {
    let now = tx.now();
    let due = incident_work::waking(tx.conn(), now, AT_ONCE).await?;
    for number in &due {
        let Some(known) = incident_writes::find(tx.conn(), *number).await? else { continue };
        if known.state.status.is_active() {
            bring_back(tx, known.state.customer, *number, None).await?;
        } else {
            // Nobody sees it: it is only not to be found again.
            incident_work::wake(tx.conn(), *number, now).await?;
            tx.record(Change::incident(known.state.customer, *number)).await?;
        }
    }
    Ok(due.len())
}
