//! The tables of incidents, kept in step with each other: every incident is in `incidents` and in exactly one of `hot` and `history`,
//! and the badges count the first. Only inside a transaction.

use std::collections::HashMap;

use crate::db::{Connection, OptionalExtension, params};
use tenantry_model::incident::{Incident, IncidentStatus};
use tenantry_model::text::TicketNumber;

use super::body::Body;
use super::customers::Badge;
use super::entry::{newest, rank, search_text, severity_of};
use crate::error::Error;

/// What a transaction did to incidents, for the badges and for what is kept in memory.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    /// Badges to add, by customer.
    badges: HashMap<i64, Badge>,
    /// Incidents that came, changed or went.
    pub(super) touched: Vec<i64>,
}

struct Stored {
    incident: i64,
    number: String,
    status: String,
    rank: Option<i64>,
    newest: i64,
}

impl Ledger {
    fn count(&mut self, customer: i64, rank: i64, status: IncidentStatus, by: i64) {
        self.badges.entry(customer).or_default().add(severity_of(rank), status, by);
    }
    pub(super) fn write(&mut self, db: &Connection) -> Result<(), Error> {
        let mut statement = db.prepare_cached(
            "INSERT INTO badges (customer, critical, important, warning, recommended, needs_action, assigned_to_service, pending_investigation)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             ON CONFLICT (customer) DO UPDATE SET critical = critical + ?2, important = important + ?3, warning = warning + ?4,
                 recommended = recommended + ?5, needs_action = needs_action + ?6, assigned_to_service = assigned_to_service + ?7,
                 pending_investigation = pending_investigation + ?8",
        )?;
        for (customer, badge) in self.badges.drain().filter(|(_, badge)| *badge != Badge::default()) {
            let [critical, important, warning, recommended] = badge.severities;
            let [needs_action, assigned, pending] = badge.statuses;
            statement.execute(params![customer, critical, important, warning, recommended, needs_action, assigned, pending])?;
        }
        Ok(())
    }

    /// Forgets what was counted for a customer whose badge is deleted.
    pub(super) fn forget(&mut self, customer: i64) {
        self.badges.remove(&customer);
    }
}

/// Puts an incident in, or puts it in the place of the one of the same number.
pub(super) fn put(
    db: &Connection,
    ledger: &mut Ledger,
    customer: i64,
    customer_name: &str,
    incident: &Incident,
    body: &Body<'_>,
) -> Result<(), Error> {
    let row = &incident.row;
    let (number, status) = (row.number.as_str(), row.status.as_str());
    let (rank, newest) = (rank(row.status, row.severity), newest(row));
    // Most are new in a first sync: whether there is one of this number is asked by the same statement.
    let new = db
        .prepare_cached(
            "INSERT INTO incidents (customer, number, status, rank, newest, messages, row_bytes, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             ON CONFLICT (customer, number) DO NOTHING",
        )?
        .execute(params![customer, number, status, rank, newest, row.messages, body.row_bytes, body.json])?;
    let id = if new == 1 {
        db.last_insert_rowid()
    } else {
        let old = find(db, customer, number)?.ok_or(Error::BadRow("incidents"))?;
        take_out(db, ledger, customer, &old)?;
        db.prepare_cached(
            "UPDATE incidents SET status = ?2, rank = ?3, newest = ?4, messages = ?5, row_bytes = ?6, body = ?7 WHERE incident = ?1",
        )?
        .execute(params![old.incident, status, rank, newest, row.messages, body.row_bytes, body.json])?;
        old.incident
    };
    let search = search_text(row, &incident.description, customer_name);
    match rank {
        Some(rank) => {
            db.prepare_cached(
                "INSERT INTO hot (rank, newest, number, customer, incident, messages, row, search) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![rank, newest, number, customer, id, row.messages, body.row()?, search])?;
            ledger.count(customer, rank, row.status, 1);
        }
        None => {
            let rooms: Vec<u8> = row.rooms.iter().flat_map(|room| *room.id.uuid().as_bytes()).collect();
            db.prepare_cached(
                "INSERT INTO history (newest, incident, customer, number, status, severity, category, kind, active_since, messages, rooms, search)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            )?
            .execute(params![
                newest,
                id,
                customer,
                number,
                status,
                row.severity.as_str(),
                row.category.as_str(),
                row.kind.as_str(),
                row.active_since.micros(),
                row.messages,
                rooms,
                search
            ])?;
        }
    }
    ledger.touched.push(id);
    Ok(())
}

/// Takes an incident out. Nothing happens where there is none.
pub(super) fn remove(db: &Connection, ledger: &mut Ledger, customer: i64, number: TicketNumber) -> Result<bool, Error> {
    let Some(old) = find(db, customer, number.as_str())? else { return Ok(false) };
    take_out(db, ledger, customer, &old)?;
    db.prepare_cached("DELETE FROM incidents WHERE incident = ?1")?.execute([old.incident])?;
    ledger.touched.push(old.incident);
    Ok(true)
}

/// Takes all incidents of a customer out.
pub(super) fn remove_all_of(db: &Connection, ledger: &mut Ledger, customer: i64) -> Result<(), Error> {
    for old in all_of(db, customer)? {
        take_out(db, ledger, customer, &old)?;
        ledger.touched.push(old.incident);
    }
    db.prepare_cached("DELETE FROM incidents WHERE customer = ?1")?.execute([customer])?;
    Ok(())
}

/// Writes the search texts of a customer anew, after it got another name.
pub(super) fn rename(db: &Connection, ledger: &mut Ledger, customer: i64, name: &str) -> Result<(), Error> {
    for old in all_of(db, customer)? {
        let (json, row_bytes): (String, u32) = db
            .prepare_cached("SELECT body, row_bytes FROM incidents WHERE incident = ?1")?
            .query_row([old.incident], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let incident: Incident = serde_json::from_str(&json).map_err(|_| Error::BadRow("incidents"))?;
        put(db, ledger, customer, name, &incident, &Body { json: json.into(), row_bytes })?;
    }
    Ok(())
}

fn find(db: &Connection, customer: i64, number: &str) -> Result<Option<Stored>, Error> {
    Ok(db
        .prepare_cached("SELECT incident, number, status, rank, newest FROM incidents WHERE customer = ?1 AND number = ?2")?
        .query_row(params![customer, number], stored)
        .optional()?)
}

fn all_of(db: &Connection, customer: i64) -> Result<Vec<Stored>, Error> {
    let mut statement = db.prepare_cached("SELECT incident, number, status, rank, newest FROM incidents WHERE customer = ?1")?;
    let rows = statement.query_map([customer], stored)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn stored(row: &crate::db::Row<'_>) -> crate::db::DbResult<Stored> {
    Ok(Stored { incident: row.get(0)?, number: row.get(1)?, status: row.get(2)?, rank: row.get(3)?, newest: row.get(4)? })
}

/// Out of `hot` or `history`, and out of the badges; the row in `incidents` stays.
fn take_out(db: &Connection, ledger: &mut Ledger, customer: i64, old: &Stored) -> Result<(), Error> {
    match old.rank {
        Some(rank) => {
            db.prepare_cached("DELETE FROM hot WHERE rank = ?1 AND newest = ?2 AND number = ?3 AND customer = ?4")?
                .execute(params![rank, old.newest, old.number, customer])?;
            let status = old.status.parse().map_err(|_| Error::BadRow("incidents"))?;
            ledger.count(customer, rank, status, -1);
        }
        None => {
            db.prepare_cached("DELETE FROM history WHERE newest = ?1 AND incident = ?2")?.execute(params![old.newest, old.incident])?;
        }
    }
    Ok(())
}
