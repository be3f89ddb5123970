//! What the ingest changed, written by difference.

use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::incident::{IncidentType, Snooze};
use tenantry_model::room::Enrolment;
use tenantry_model::signal::SignalId;
use tenantry_model::text::TicketNumber;

use super::{SignalKey, TicketText, Watched, WatchedRoom, WatchedSignal, WatchedTicket};
use crate::error::Result;
use crate::random::Random;
use crate::store::db::{self, Conn, QueryBuilder};
use crate::store::incident_rows::{IncidentBatch, IncidentState, NewIncident, Progress};
use crate::store::updates::counts::{self, Way};
use crate::store::{Change, Tx, numbers};

/// Writes what changed in these rooms, and records it. `text` gives the words of a signal's first ticket.
pub async fn save(tx: &mut Tx, watched: &mut [Watched], random: &dyn Random, text: impl Fn(SignalId) -> TicketText) -> Result<()> {
    number_new_tickets(tx, watched, random).await?;
    let mut changes: Vec<Change> = Vec::new();
    let (mut incidents, mut signals) = (IncidentBatch::default(), Vec::new());
    for Watched { room, before } in watched.iter() {
        save_room(tx, room, before, &mut changes).await?;
        for (key, signal) in &room.signals {
            let old = before.signals.get(key);
            if old == Some(signal) {
                continue;
            }
            signals.push((room.id, key, signal));
            let Some((ticket, number)) = signal.ticket.as_ref().and_then(|ticket| ticket.number.map(|number| (ticket, number))) else {
                continue;
            };
            let old_ticket = old.and_then(|old| old.ticket.as_ref());
            if old_ticket == Some(ticket) {
                continue;
            }
            changes.push(Change::incident(room.customer, number));
            let text = text(key.0);
            if let Some(old) = old_ticket {
                incidents.update(&state(room, key, old, number), ticket.severity, progress(ticket));
                incidents.add_history(number, ticket.saved_history, &ticket.new_history);
            } else {
                incidents.insert(new_incident(room, key, ticket, number, text), &ticket.new_history);
            }
        }
    }
    incidents.write(tx.conn()).await?;
    upsert_signals(tx.conn(), &signals).await?;
    tx.record_all(&changes).await?;
    for Watched { room, before } in watched {
        for ticket in room.signals.values_mut().filter_map(|signal| signal.ticket.as_mut()) {
            ticket.saved_history += u32::try_from(ticket.new_history.len()).unwrap_or(u32::MAX);
            ticket.new_history.clear();
        }
        *before = room.clone();
    }
    Ok(())
}

fn new_incident<'a>(
    room: &'a WatchedRoom,
    key: &'a SignalKey,
    ticket: &WatchedTicket,
    number: TicketNumber,
    text: TicketText,
) -> NewIncident<'a> {
    NewIncident {
        number,
        customer: room.customer,
        category: text.category,
        kind: IncidentType::Signal(key.0),
        severity: ticket.severity,
        problem: &key.1,
        description: text.description,
        action: text.action,
        rooms: std::slice::from_ref(&room.id),
        high_impact_reason: None,
        created_by: None,
        created_at: ticket.created_at,
        progress: progress(ticket),
    }
}

const fn state(room: &WatchedRoom, key: &SignalKey, ticket: &WatchedTicket, number: TicketNumber) -> IncidentState {
    let WatchedTicket { status, severity, active_since, .. } = *ticket;
    IncidentState { number, customer: room.customer, kind: IncidentType::Signal(key.0), severity, status, active_since }
}

const fn progress(ticket: &WatchedTicket) -> Progress {
    let WatchedTicket { status, last_updated, active_since, last_resolved, last_closed, alone_due, .. } = *ticket;
    Progress { status, last_updated, active_since, last_resolved, last_closed, alone_due }
}

/// Who suppressed a room, or one of its signals, and why. Holds while that does.
pub async fn say_why(conn: &mut Conn, room: RoomId, signal: Option<&SignalKey>, snooze: &Snooze) -> Result<()> {
    let Snooze { by, reason, since, .. } = snooze;
    match signal {
        None => run!(
            conn,
            "UPDATE rooms SET suppress_by = $1, suppress_reason = $2, suppress_since = $3, version = version + 1 WHERE id = $4",
            by,
            reason,
            *since,
            room,
        ),
        Some((signal, instance)) => run!(
            conn,
            "UPDATE signal_states SET suppress_by = $1, suppress_reason = $2, suppress_since = $3
             WHERE room_id = $4 AND signal = $5 AND instance = $6",
            by,
            reason,
            *since,
            room,
            signal.as_str(),
            instance,
        ),
    };
    Ok(())
}

async fn number_new_tickets(tx: &mut Tx, watched: &mut [Watched], random: &dyn Random) -> Result<()> {
    let mut wanted: Vec<(TenantId, &mut Option<TicketNumber>)> = watched
        .iter_mut()
        .flat_map(|Watched { room, .. }| {
            let customer = room.customer;
            let tickets = room.signals.values_mut().filter_map(|signal| signal.ticket.as_mut());
            tickets.filter(|ticket| ticket.number.is_none()).map(move |ticket| (customer, &mut ticket.number))
        })
        .collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let customers: Vec<TenantId> = wanted.iter().map(|(customer, _)| *customer).collect();
    let numbers = numbers::draw(tx.conn(), &customers, random).await?;
    for ((_, place), number) in wanted.iter_mut().zip(numbers) {
        **place = Some(number);
    }
    Ok(())
}

async fn save_room(tx: &mut Tx, room: &WatchedRoom, before: &WatchedRoom, changes: &mut Vec<Change>) -> Result<()> {
    let id = room.id.to_string();
    if room.facts != before.facts || room.lifted != before.lifted {
        let facts = &room.facts;
        // Rooms that are not managed any more are not counted among those that get updates.
        let is_managed_anew = (facts.enrolment == Enrolment::Unenrolled) != (before.facts.enrolment == Enrolment::Unenrolled);
        if is_managed_anew {
            counts::count(tx.conn(), &[room.id], Way::Out).await?;
        }
        if is_managed_anew && facts.enrolment == Enrolment::Unenrolled {
            // It starts over: what failed or was forced in it is nobody's wish any more (R68).
            run!(tx.conn(), "DELETE FROM room_updates WHERE room_id = $1", room.id);
        }
        run!(
            tx.conn(),
            "UPDATE rooms SET enrolment = $1, suppressed = $2, connected = $3, occupied = $4, last_seen = $5, silent_due = $6,
                    open_serious = $7, open_warnings = $8, suppress_until = $9, enrolled_at = $11, version = version + 1,
                    suppress_by = CASE WHEN $2 = 0 THEN NULL ELSE suppress_by END,
                    suppress_reason = CASE WHEN $2 = 0 THEN NULL ELSE suppress_reason END,
                    suppress_since = CASE WHEN $2 = 0 THEN NULL ELSE suppress_since END WHERE id = $10",
            facts.enrolment.as_str(),
            facts.suppressed,
            facts.connected,
            facts.occupied,
            facts.last_seen,
            room.silent_due,
            facts.open_serious,
            facts.open_warnings,
            room.lifted,
            id,
            facts.enrolled_at
        );
        if is_managed_anew {
            counts::count(tx.conn(), &[room.id], Way::In).await?;
        }
        changes.push(Change::room(room.customer, room.id));
    } else if room.silent_due != before.silent_due {
        // Nobody sees this one: most reports end here.
        run!(tx.conn(), "UPDATE rooms SET silent_due = $1 WHERE id = $2", room.silent_due, id);
    }
    Ok(())
}

async fn upsert_signals(conn: &mut Conn, rows: &[(RoomId, &SignalKey, &WatchedSignal)]) -> Result<()> {
    const HEAD: &str = "INSERT INTO signal_states (room_id, signal, instance, failing, since, number, due, suppressed, suppress_until)";
    const AGAIN: &str = "ON CONFLICT (room_id, signal, instance) DO UPDATE SET failing = excluded.failing, since = excluded.since, \
                         number = excluded.number, due = excluded.due, suppressed = excluded.suppressed, \
                         suppress_until = excluded.suppress_until";
    QueryBuilder::insert(conn, HEAD, rows, AGAIN, |row, (room, key, signal)| {
        let number = signal.ticket.as_ref().and_then(|ticket| ticket.number);
        row.push_bind(room)
            .push_bind(key.0.as_str())
            .push_bind(&key.1)
            .push_bind(signal.failing)
            .push_bind(signal.since)
            .push_bind(number.map(|number| number.as_str().to_owned()))
            .push_bind(signal.due)
            .push_bind(signal.suppressed)
            .push_bind(signal.lifted);
    })
    .await
}
