//! How long what of an inactive incident is kept (A40): whole for 30 days, its row for 90, and the whole of what was opened for as long as its row.

use std::time::Duration;

use tenantry_model::incident::Incident;
use tenantry_model::ipc::{DataChange, IncidentRef, Touched};
use tenantry_model::sync::{ROW_FOR, WHOLE_FOR};
use tenantry_model::time::Timestamp;

use super::Store;
use super::answers::Invalidations;
use super::body::Body;
use super::incidents::{self, Ledger, Stored};
use crate::db::{Connection, params};
use crate::error::Error;

/// How many are looked at in one transaction.
const PIECE: i64 = 2_000;
const MINUTE: i64 = 60 * 1_000_000;

/// When less is to be kept of an inactive incident.
fn days(is_whole: bool, opened: bool) -> Duration {
    if is_whole && !opened { WHOLE_FOR } else { ROW_FOR }
}

fn minute(newest: i64, days: Duration) -> i64 {
    Timestamp::from_micros(-newest).plus(days).micros().div_euclid(MINUTE)
}

/// Notes down when less is to be kept of an inactive incident.
pub(super) fn note(db: &Connection, incident: i64, newest: i64, is_whole: bool, opened: bool) -> Result<(), Error> {
    let minute = minute(newest, days(is_whole, opened));
    db.prepare_cached("INSERT INTO due (minute, incident) VALUES (?1, ?2)")?.execute([minute, incident])?;
    Ok(())
}

/// Takes back what was noted.
pub(super) fn take_back(db: &Connection, old: &Stored) -> Result<(), Error> {
    let minute = minute(old.newest, days(old.is_whole, old.opened));
    db.prepare_cached("DELETE FROM due WHERE minute = ?1 AND incident = ?2")?.execute([minute, old.incident])?;
    Ok(())
}

/// What came of [`prune`].
#[derive(Debug, Default)]
pub(super) struct Pruned {
    /// Whether less is kept of anything now.
    pub(super) any: bool,
    /// The incidents that went, by customer and number.
    pub(super) gone: Vec<(i64, String)>,
}

/// Keeps less of what is due at this moment, as far as one piece goes.
pub(super) fn prune(db: &Connection, ledger: &mut Ledger, at: Timestamp) -> Result<Pruned, Error> {
    let due: Vec<i64> = db
        .prepare_cached("SELECT incident FROM due WHERE minute <= ?1 ORDER BY minute, incident LIMIT ?2")?
        .query_map(params![at.micros().div_euclid(MINUTE), PIECE], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut pruned = Pruned::default();
    for incident in due {
        let Some(old) = incidents::by_id(db, incident)? else {
            db.prepare_cached("DELETE FROM due WHERE incident = ?1")?.execute([incident])?;
            continue;
        };
        let resolved = Timestamp::from_micros(-old.newest);
        if resolved >= at.minus(days(old.is_whole, old.opened)) {
            // Within this minute, but not yet.
            continue;
        }
        pruned.any = true;
        if resolved < at.minus(days(false, false)) {
            incidents::take_out(db, ledger, &old)?;
            db.prepare_cached("DELETE FROM incidents WHERE incident = ?1")?.execute([incident])?;
            pruned.gone.push((old.customer, old.number));
        } else {
            take_back(db, &old)?;
            db.prepare_cached("UPDATE incidents SET rest = NULL WHERE incident = ?1")?.execute([incident])?;
            note(db, incident, old.newest, false, old.opened)?;
        }
    }
    Ok(pruned)
}

impl Store {
    /// Notes down that somebody looked at an incident here. Nothing happens where it is not here.
    pub(crate) fn mark_opened(&mut self, key: IncidentRef) -> Result<(), Error> {
        let Some(customer) = self.customers.by_id(key.customer_id).map(|customer| customer.customer) else { return Ok(()) };
        let tx = self.db.transaction()?;
        let Some(old) = incidents::find(&tx, customer, key.number.as_str())?.filter(|old| !old.opened && old.is_whole) else {
            return Ok(());
        };
        if old.rank.is_none() {
            take_back(&tx, &old)?;
            note(&tx, old.incident, old.newest, true, true)?;
        }
        tx.execute("UPDATE incidents SET opened = 1 WHERE incident = ?1", [old.incident])?;
        Ok(tx.commit()?)
    }

    /// Keeps the rest of an incident of which the row alone is here, as the service showed it after `since`. None where it was overtaken: where rows
    /// had to go since, or where the row is another one by now. Where the rest has come by the sync meanwhile, nothing is left to do.
    pub(crate) fn keep_rest(&mut self, since: Invalidations, whole: &Incident) -> Result<Option<DataChange>, Error> {
        let key = IncidentRef { customer_id: whole.row.customer_id, number: whole.row.number };
        let Some(customer) = self.customers.by_id(key.customer_id).filter(|_| since == self.invalidations()) else { return Ok(None) };
        let (number, customer) = (customer.customer, customer.clone());
        let Some(old) = incidents::find(&self.db, number, key.number.as_str())? else { return Ok(None) };
        let change = |store: &mut Self| store.changed(vec![key.customer_id], Some(Touched { incidents: vec![key], ..Touched::default() }));
        if old.is_whole {
            return Ok(Some(change(self)));
        }
        if self.kept_row(&customer, &old)?.version != whole.row.version {
            return Ok(None);
        }
        let rest = Ledger::default().packer.pack(&Body::written(whole)?.rest)?;
        let tx = self.db.transaction()?;
        tx.execute("UPDATE incidents SET rest = ?2, opened = 1 WHERE incident = ?1", params![old.incident, rest])?;
        tx.commit()?;
        Ok(Some(change(self)))
    }
}
