//! What the ingest changed, written by difference.

use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::incident::{HistoryRow, Severity};
use tenantry_model::signal::SignalId;
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;

use super::{SignalKey, TicketText, Watched, WatchedRoom, WatchedSignal, WatchedTicket};
use crate::error::Result;
use crate::random::Random;
use crate::store::db::{self, Conn, QueryBuilder};
use crate::store::{Change, Tx, numbers};

/// A ticket to be written, with what stands around it.
struct TicketRow<'a> {
    room: &'a WatchedRoom,
    key: &'a SignalKey,
    ticket: &'a WatchedTicket,
    number: TicketNumber,
    text: TicketText,
}

/// Writes what changed in these rooms, and records it. `text` gives the words of a signal's first ticket.
pub async fn save(tx: &mut Tx, watched: &mut [Watched], random: &dyn Random, text: impl Fn(SignalId) -> TicketText) -> Result<()> {
    number_new_tickets(tx, watched, random).await?;
    let mut changes: Vec<Change> = Vec::new();
    let (mut opened, mut signals, mut history) = (Vec::new(), Vec::new(), Vec::new());
    let (mut now_open, mut no_longer_open) = (Vec::new(), Vec::new());
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
            let row = TicketRow { room, key, ticket, number, text: text(key.0) };
            let (open_before, open_now) = (old_ticket.and_then(active_key), active_key(ticket));
            if open_before != open_now {
                no_longer_open.extend(open_before.map(|newest| (row.text.severity, newest, number)));
                now_open.extend(open_now.map(|newest| (row.text.severity, newest, number, room.customer)));
            }
            let place = |at: usize| ticket.saved_history as usize + at;
            history.extend(ticket.new_history.iter().enumerate().map(|(at, row)| (number, place(at), *row)));
            changes.push(Change::incident(room.customer, number));
            if old_ticket.is_none() {
                opened.push(row);
            } else {
                update_ticket(tx.conn(), &row).await?;
            }
        }
    }
    insert_tickets(tx.conn(), &opened).await?;
    upsert_signals(tx.conn(), &signals).await?;
    insert_history(tx.conn(), &history).await?;
    for (severity, newest, number) in no_longer_open {
        close_row(tx.conn(), severity, newest, number).await?;
    }
    open_rows(tx.conn(), &now_open).await?;
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

/// Where an active ticket stands in the order of the open ones; none for one that is not active.
fn active_key(ticket: &WatchedTicket) -> Option<i64> {
    ticket.status.is_active().then(|| -ticket.active_since.micros())
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
    if room.facts != before.facts {
        let facts = &room.facts;
        run!(
            tx.conn(),
            "UPDATE rooms SET enrolment = $1, suppressed = $2, connected = $3, occupied = $4, last_seen = $5, silent_due = $6,
                    open_serious = $7, open_warnings = $8, version = version + 1 WHERE id = $9",
            facts.enrolment.as_str(),
            facts.suppressed,
            facts.connected,
            facts.occupied,
            facts.last_seen,
            room.silent_due,
            facts.open_serious,
            facts.open_warnings,
            id
        );
        changes.push(Change::room(room.customer, room.id));
    } else if room.silent_due != before.silent_due {
        // Nobody sees this one: most reports end here.
        run!(tx.conn(), "UPDATE rooms SET silent_due = $1 WHERE id = $2", room.silent_due, id);
    }
    Ok(())
}

async fn update_ticket(conn: &mut Conn, row: &TicketRow<'_>) -> Result<()> {
    run!(conn, "UPDATE incidents SET status = $1, last_updated = $2, active_since = $3, last_resolved = $4, last_closed = $5, version = version + 1
         WHERE number = $6", row.ticket.status.as_str(), row.ticket.last_updated, row.ticket.active_since, row.ticket.last_resolved, row.ticket.last_closed, row.number);
    Ok(())
}

async fn insert_tickets(conn: &mut Conn, rows: &[TicketRow<'_>]) -> Result<()> {
    const HEAD: &str = "INSERT INTO incidents (number, customer_id, category, kind, severity, status, problem, description, action, \
                        created_at, last_updated, active_since, last_resolved, last_closed, version)";
    QueryBuilder::insert(conn, HEAD, rows, "", |row, TicketRow { room, key, ticket, number, text }| {
        row.push_bind(number)
            .push_bind(room.customer)
            .push_bind(text.category.as_str())
            .push_bind(key.0.as_str())
            .push_bind(severity_column(text.severity))
            .push_bind(ticket.status.as_str())
            .push_bind(&key.1)
            .push_bind(text.description)
            .push_bind(text.action)
            .push_bind(ticket.created_at)
            .push_bind(ticket.last_updated)
            .push_bind(ticket.active_since)
            .push_bind(ticket.last_resolved)
            .push_bind(ticket.last_closed)
            .push_bind(1);
    })
    .await?;
    QueryBuilder::insert(conn, "INSERT INTO incident_rooms (number, position, room_id)", rows, "", |row, TicketRow { room, number, .. }| {
        row.push_bind(number).push_bind(0).push_bind(room.id);
    })
    .await
}

async fn upsert_signals(conn: &mut Conn, rows: &[(RoomId, &SignalKey, &WatchedSignal)]) -> Result<()> {
    const HEAD: &str = "INSERT INTO signal_states (room_id, signal, instance, failing, since, number, due)";
    const AGAIN: &str = "ON CONFLICT (room_id, signal, instance) DO UPDATE SET failing = excluded.failing, since = excluded.since, \
                         number = excluded.number, due = excluded.due";
    QueryBuilder::insert(conn, HEAD, rows, AGAIN, |row, (room, key, signal)| {
        let number = signal.ticket.as_ref().and_then(|ticket| ticket.number);
        row.push_bind(room)
            .push_bind(key.0.as_str())
            .push_bind(&key.1)
            .push_bind(signal.failing)
            .push_bind(signal.since)
            .push_bind(number.map(|number| number.as_str().to_owned()))
            .push_bind(signal.due);
    })
    .await
}

async fn insert_history(conn: &mut Conn, rows: &[(TicketNumber, usize, HistoryRow)]) -> Result<()> {
    QueryBuilder::insert(
        conn,
        "INSERT INTO incident_history (number, position, at, kind)",
        rows,
        "",
        |row, (number, place, HistoryRow { at, kind })| {
            row.push_bind(number).push_bind(i64::try_from(*place).unwrap_or(i64::MAX)).push_bind(*at).push_bind(kind.as_str());
        },
    )
    .await
}

/// The place of a severity in [`Severity::ALL`], as the tables keep it.
pub(in crate::store) fn severity_column(severity: Severity) -> i64 {
    Severity::ALL.iter().position(|it| *it == severity).and_then(|place| i64::try_from(place).ok()).unwrap_or(i64::MAX)
}

pub(in crate::store) async fn open_rows(conn: &mut Conn, rows: &[(Severity, i64, TicketNumber, TenantId)]) -> Result<()> {
    const HEAD: &str = "INSERT INTO open_incidents (severity, newest, number, customer_id)";
    QueryBuilder::insert(conn, HEAD, rows, "", |row, (severity, newest, number, customer)| {
        row.push_bind(severity_column(*severity)).push_bind(*newest).push_bind(number).push_bind(customer);
    })
    .await
}

pub(in crate::store) async fn close_row(conn: &mut Conn, severity: Severity, newest: i64, number: TicketNumber) -> Result<()> {
    run!(conn, "DELETE FROM open_incidents WHERE severity = $1 AND newest = $2 AND number = $3", severity_column(severity), newest, number);
    Ok(())
}

/// Gives every room that is not silent yet at least until `until`, and every silence that is not a ticket yet at least until `offline`.
pub async fn postpone_silence(conn: &mut Conn, until: Timestamp, offline: Timestamp) -> Result<()> {
    run!(conn, "UPDATE rooms SET silent_due = $1 WHERE silent_due < $1", until);
    run!(conn, "UPDATE signal_states SET due = $1 WHERE due < $1 AND failing = 1 AND signal = $2", offline, SignalId::Offline.as_str());
    Ok(())
}
