//! Incidents that are out of sight for a while (A33).

use std::collections::BTreeMap;

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
use crate::store::incident_writes::{self, ALONE_FOR};
use crate::store::ingest::{self, SignalKey};
use crate::store::{Tx, rooms};
use crate::store::{incident_rows, incident_work};

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
    let found = find(tx, actor, Some(customer), number).await?.active("It is resolved or closed: it is out of sight already.")?;
    let now = tx.now();
    let snooze = checked(Some(caller.display_name.clone()), &new.reason, new.until, now)?;
    put_away(tx, customer, number, SnoozedBy::Incident, &snooze).await?;
    let entry = found.entry(actor, AuditOperation::Update).added("snoozed", said(snooze.until)).added("reason", &*snooze.reason);
    tx.audit(entry).await?;
    Ok(found.raised(0))
}

/// Fetches an incident back that was snoozed by itself. One that is out of sight with its signal or its room is so until that is lifted.
pub async fn wake(tx: &mut Tx, caller: &Caller, (customer, number): (TenantId, TicketNumber)) -> Result<IncidentChanged> {
    let actor = Actor::Caller(caller);
    let found = find(tx, actor, Some(customer), number).await?;
    let work = incident_work::of(tx.conn(), number).await?.unwrap_or_default();
    match work.snooze.filter(|_| found.state.status.is_active()) {
        None => {}
        Some((SnoozedBy::Incident, snooze)) => {
            come_back(tx, customer, number, Some(&caller.display_name)).await?;
            tx.audit(found.entry(actor, AuditOperation::Update).changed("snoozed", said(snooze.until), "no")).await?;
        }
        Some((SnoozedBy::Signal | SnoozedBy::Room, _)) => {
            let why = "It is out of sight because its signal or its room is suppressed: lift that.";
            return Err(Error::field(FieldCode::SnoozedWithSuppression, "#", why));
        }
    }
    Ok(found.raised(0))
}

/// How the log says until when.
pub(in crate::domain) fn said(until: Option<Timestamp>) -> String {
    until.map_or_else(|| "yes".to_owned(), |until| until.to_string())
}

/// Brings what is open in a room in step with what of it is suppressed: its signals, and itself. What was snoozed by itself stays so.
pub(in crate::domain) async fn settle(tx: &mut Tx, (customer, room): (TenantId, RoomId), by: Option<&str>) -> Result<()> {
    let suppressed = Suppressed::of(tx, room).await?;
    for (number, signal, work) in incident_work::of_room(tx.conn(), room).await? {
        let wanted = suppressed.covers(&signal);
        match (&work.snooze, wanted) {
            (Some((SnoozedBy::Incident, _)), _) => {}
            (Some((of, snooze)), Some((wanted_of, wanted))) if (*of, snooze) == (wanted_of, wanted) => {}
            (_, Some((of, snooze))) => put_away(tx, customer, number, of, snooze).await?,
            (Some(_), None) => bring_back(tx, customer, number, by).await?,
            (None, None) => {}
        }
    }
    Ok(())
}

/// What of a room is suppressed now.
struct Suppressed {
    room: Option<Snooze>,
    signals: BTreeMap<SignalKey, Snooze>,
}

impl Suppressed {
    async fn of(tx: &mut Tx, room: RoomId) -> Result<Self> {
        let now = tx.now();
        let mut signals = ingest::suppressions(tx.conn(), room).await?;
        signals.retain(|_, snooze| snooze.holds(now));
        let room =
            rooms::load(tx.conn(), &[room]).await?.remove(&room).and_then(|room| room.suppression).filter(|snooze| snooze.holds(now));
        Ok(Self { room, signals })
    }

    fn covers(&self, signal: &SignalKey) -> Option<(SnoozedBy, &Snooze)> {
        let of_signal = self.signals.get(signal).map(|snooze| (SnoozedBy::Signal, snooze));
        of_signal.or(self.room.as_ref().map(|snooze| (SnoozedBy::Room, snooze)))
    }
}

/// Its snooze is over: it comes back into sight, unless its signal or its room is suppressed.
async fn come_back(tx: &mut Tx, customer: TenantId, number: TicketNumber, by: Option<&str>) -> Result<()> {
    let covered = match incident_work::signal_of(tx.conn(), number).await? {
        None => None,
        Some((room, signal)) => Suppressed::of(tx, room).await?.covers(&signal).map(|(of, snooze)| (of, snooze.clone())),
    };
    match covered {
        Some((of, snooze)) => put_away(tx, customer, number, of, &snooze).await,
        None => bring_back(tx, customer, number, by).await,
    }
}

async fn put_away(tx: &mut Tx, customer: TenantId, number: TicketNumber, of: SnoozedBy, snooze: &Snooze) -> Result<()> {
    let alone_due = snooze.until.map(|until| until.plus(ALONE_FOR));
    incident_work::snooze(tx.conn(), number, of, snooze, alone_due).await?;
    let now = tx.now();
    incident_work::note(tx.conn(), number, now, HistoryKind::Snoozed, snooze.by.as_deref()).await?;
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
            come_back(tx, known.state.customer, *number, None).await?;
        } else {
            // Of what is not active nothing is shown.
            incident_rows::forget(tx.conn(), *number).await?;
        }
    }
    Ok(due.len())
}
