//! The tables of incidents, kept in step with each other: every incident is in `incidents` and in exactly one of `hot` and `history`,
//! and the badges count the first. Only inside a transaction.

use std::collections::HashMap;

use crate::db::{Connection, OptionalExtension, params};
use tenantry_model::incident::{IncidentRow, IncidentStatus};
use tenantry_model::text::TicketNumber;

use super::customers::Badge;
use super::entry::{SNOOZED, history_text, newest, rank, search_text, severity_of};
use super::packed::Packer;
use super::{compact, keeping};
use crate::error::Error;

/// What a transaction did to incidents, for the badges and for what is kept in memory.
#[derive(Default)]
pub(super) struct Ledger {
    /// Badges to add, by customer.
    badges: HashMap<i64, Badge>,
    /// Open incidents that came, changed or went.
    pub(super) touched: Vec<i64>,
    pub(super) packer: Packer,
}

/// What is known of an incident by its number.
pub(super) struct Stored {
    pub(super) incident: i64,
    pub(super) customer: i64,
    pub(super) number: String,
    pub(super) status: Option<String>,
    pub(super) rank: Option<i64>,
    pub(super) newest: i64,
    pub(super) is_whole: bool,
    pub(super) opened: bool,
}

/// An incident as it comes, for [`put`].
pub(super) struct Coming<'a> {
    pub(super) row: &'a IncidentRow,
    /// The row as JSON.
    pub(super) json: &'a str,
    /// What lists do not show; none where the row came alone.
    pub(super) rest: Option<&'a str>,
}

impl Ledger {
    /// What is out of sight counts nowhere.
    pub(super) fn count(&mut self, customer: i64, rank: i64, status: IncidentStatus, by: i64) {
        if rank >= SNOOZED {
            return;
        }
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

/// Puts an incident in, or puts it in the place of the one of the same number. A row that comes alone takes the place of a whole one, too: what was
/// kept beside it may be out of date.
pub(super) fn put(db: &Connection, ledger: &mut Ledger, customer: i64, customer_name: &str, coming: &Coming<'_>) -> Result<(), Error> {
    let row = coming.row;
    let (number, status) = (row.number.as_str(), row.status.is_active().then(|| row.status.as_str()));
    let (rank, newest) = (rank(row.status, row.severity, row.snooze.is_some()), newest(row));
    let rest = coming.rest.map(|rest| ledger.packer.pack(rest)).transpose()?;
    // Most are new in a first sync: whether there is one of this number is asked by the same statement.
    let new = db
        .prepare_cached(
            "INSERT INTO incidents (customer, number, status, rank, newest, messages, rest) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (customer, number) DO NOTHING",
        )?
        .execute(params![customer, number, status, rank, newest, row.messages, rest])?;
    let (id, opened) = if new == 1 {
        (db.last_insert_rowid(), false)
    } else {
        let old = find(db, customer, number)?.ok_or(Error::BadRow("incidents"))?;
        if rest.is_some() && is_same_open_row(db, &old, (rank, newest), coming.json)? {
            db.prepare_cached("UPDATE incidents SET rest = ?2 WHERE incident = ?1")?.execute(params![old.incident, rest])?;
            return Ok(());
        }
        take_out(db, ledger, &old)?;
        let opened = old.opened && rest.is_some();
        db.prepare_cached(
            "UPDATE incidents SET status = ?2, rank = ?3, newest = ?4, messages = ?5, rest = ?6, opened = ?7 WHERE incident = ?1",
        )?
        .execute(params![old.incident, status, rank, newest, row.messages, rest, opened])?;
        (old.incident, opened)
    };
    match rank {
        Some(rank) => {
            db.prepare_cached(
                "INSERT INTO hot (rank, newest, number, customer, incident, messages, row, search) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                rank,
                newest,
                number,
                customer,
                id,
                row.messages,
                coming.json,
                search_text(row, customer_name)
            ])?;
            if let Some(until) = row.snooze.as_ref().and_then(|snooze| snooze.until) {
                db.prepare_cached("INSERT OR REPLACE INTO snoozed (incident, until) VALUES (?1, ?2)")?.execute([id, until.micros()])?;
            }
            ledger.count(customer, rank, row.status, 1);
            ledger.touched.push(id);
        }
        None => {
            db.prepare_cached("INSERT INTO history (customer, newest, incident, number, row, search) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
                .execute(params![customer, newest, id, number, compact::write(row), history_text(row)])?;
            keeping::note(db, id, newest, rest.is_some(), opened)?;
        }
    }
    Ok(())
}

/// Whether the row of an open incident is kept as it comes: in a first sync, the rest follows once all rows are there.
fn is_same_open_row(db: &Connection, old: &Stored, (rank, newest): (Option<i64>, i64), json: &str) -> Result<bool, Error> {
    if rank.is_none() || (old.rank, old.newest) != (rank, newest) {
        return Ok(false);
    }
    let mut kept = db.prepare_cached("SELECT row = ?5 FROM hot WHERE rank = ?1 AND newest = ?2 AND number = ?3 AND customer = ?4")?;
    let is_same = kept.query_row(params![rank, newest, old.number, old.customer, json], |row| row.get(0)).optional()?;
    Ok(is_same.unwrap_or(false))
}

/// Takes an incident out. Nothing happens where there is none.
pub(super) fn remove(db: &Connection, ledger: &mut Ledger, customer: i64, number: TicketNumber) -> Result<bool, Error> {
    let Some(old) = find(db, customer, number.as_str())? else { return Ok(false) };
    take_out(db, ledger, &old)?;
    db.prepare_cached("DELETE FROM incidents WHERE incident = ?1")?.execute([old.incident])?;
    Ok(true)
}

/// Takes all incidents of a customer out.
pub(super) fn remove_all_of(db: &Connection, ledger: &mut Ledger, customer: i64) -> Result<(), Error> {
    let all: Vec<Stored> = {
        let mut statement = db.prepare_cached(&format!("{STORED} WHERE customer = ?1"))?;
        statement.query_map([customer], stored)?.collect::<Result<_, _>>()?
    };
    for old in &all {
        take_out(db, ledger, old)?;
    }
    db.prepare_cached("DELETE FROM incidents WHERE customer = ?1")?.execute([customer])?;
    Ok(())
}

/// Writes the search texts of a customer's open incidents anew, after it got another name. Those of the others do not hold it.
pub(super) fn rename(db: &Connection, ledger: &mut Ledger, customer: i64, name: &str) -> Result<(), Error> {
    let open: Vec<(i64, i64, String, i64, String)> = db
        .prepare_cached("SELECT rank, newest, number, incident, row FROM hot INDEXED BY hot_of_customer WHERE customer = ?1")?
        .query_map([customer], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))?
        .collect::<Result<_, _>>()?;
    for (rank, newest, number, incident, json) in open {
        let row: IncidentRow = serde_json::from_str(&json).map_err(|_| Error::BadRow("hot"))?;
        db.prepare_cached("UPDATE hot SET search = ?5 WHERE rank = ?1 AND newest = ?2 AND number = ?3 AND customer = ?4")?
            .execute(params![rank, newest, number, customer, search_text(&row, name)])?;
        ledger.touched.push(incident);
    }
    Ok(())
}

const STORED: &str = "SELECT incident, customer, number, status, rank, newest, rest IS NOT NULL, opened FROM incidents";

pub(super) fn find(db: &Connection, customer: i64, number: &str) -> Result<Option<Stored>, Error> {
    let mut statement = db.prepare_cached(&format!("{STORED} WHERE customer = ?1 AND number = ?2"))?;
    Ok(statement.query_row(params![customer, number], stored).optional()?)
}

pub(super) fn by_id(db: &Connection, incident: i64) -> Result<Option<Stored>, Error> {
    Ok(db.prepare_cached(&format!("{STORED} WHERE incident = ?1"))?.query_row([incident], stored).optional()?)
}

fn stored(row: &crate::db::Row<'_>) -> crate::db::DbResult<Stored> {
    Ok(Stored {
        incident: row.get(0)?,
        customer: row.get(1)?,
        number: row.get(2)?,
        status: row.get(3)?,
        rank: row.get(4)?,
        newest: row.get(5)?,
        is_whole: row.get(6)?,
        opened: row.get(7)?,
    })
}

/// Out of `hot` or `history`, out of the badges and out of what is due; the row in `incidents` stays.
pub(super) fn take_out(db: &Connection, ledger: &mut Ledger, old: &Stored) -> Result<(), Error> {
    match old.rank {
        Some(rank) => {
            db.prepare_cached("DELETE FROM hot WHERE rank = ?1 AND newest = ?2 AND number = ?3 AND customer = ?4")?.execute(params![
                rank,
                old.newest,
                old.number,
                old.customer
            ])?;
            if rank >= SNOOZED {
                db.prepare_cached("DELETE FROM snoozed WHERE incident = ?1")?.execute([old.incident])?;
            }
            let status = old.status.as_deref().and_then(|status| status.parse().ok()).ok_or(Error::BadRow("incidents"))?;
            ledger.count(old.customer, rank, status, -1);
            ledger.touched.push(old.incident);
        }
        None => {
            db.prepare_cached("DELETE FROM history WHERE customer = ?1 AND newest = ?2 AND incident = ?3")?.execute(params![
                old.customer,
                old.newest,
                old.incident
            ])?;
            keeping::take_back(db, old)?;
        }
    }
    Ok(())
}
