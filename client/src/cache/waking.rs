//! What was snoozed comes back by itself when its time has come, without the service, too (A33).

use tenantry_model::ipc::DataChange;
use tenantry_model::time::Timestamp;

use super::customers::Customers;
use super::entry::SNOOZED;
use super::incidents::{self, Ledger};
use super::{Contact, Store};
use crate::db::{Connection, params};
use crate::error::Error;

/// When the next one is due.
pub(super) fn next(db: &Connection) -> Result<Option<Timestamp>, Error> {
    let until: Option<i64> = db.prepare_cached("SELECT MIN(until) FROM snoozed")?.query_row([], |row| row.get(0))?;
    Ok(until.map(Timestamp::from_micros))
}

impl Store {
    /// Before what is in sight is read. On line the service says what comes back; a disk that takes nothing must not take the list away.
    pub(super) fn wake_off_line(&mut self, contact: Contact) {
        if !contact.live
            && let Err(error) = self.wake(contact.clock)
        {
            tracing::warn!(%error, "what was snoozed could not be brought back");
        }
    }

    /// Brings back what is due at this moment. What changed by that; none where nothing was due.
    pub(super) fn wake(&mut self, now: Timestamp) -> Result<Option<DataChange>, Error> {
        if self.next_wake.is_none_or(|next| now < next) {
            return Ok(None);
        }
        let mut ledger = Ledger::default();
        let tx = self.db.transaction()?;
        let due: Vec<i64> = tx
            .prepare_cached("SELECT incident FROM snoozed WHERE until <= ?1")?
            .query_map([now.micros()], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for incident in due {
            tx.prepare_cached("DELETE FROM snoozed WHERE incident = ?1")?.execute([incident])?;
            let Some(old) = incidents::by_id(&tx, incident)? else { continue };
            let Some(rank) = old.rank.filter(|rank| *rank >= SNOOZED) else { continue };
            let status = old.status.as_deref().and_then(|status| status.parse().ok()).ok_or(Error::BadRow("incidents"))?;
            let awake = rank - SNOOZED;
            tx.prepare_cached("UPDATE hot SET rank = ?5 WHERE rank = ?1 AND newest = ?2 AND number = ?3 AND customer = ?4")?
                .execute(params![rank, old.newest, old.number, old.customer, awake])?;
            tx.prepare_cached("UPDATE incidents SET rank = ?2 WHERE incident = ?1")?.execute([incident, awake])?;
            ledger.count(old.customer, awake, status, 1);
            ledger.touched.push(incident);
        }
        ledger.write(&tx)?;
        let next = next(&tx)?;
        tx.commit()?;
        self.next_wake = next;
        self.customers = Customers::load(&self.db)?;
        self.refresh_index(&ledger.touched)?;
        Ok(Some(self.changed(vec![], None)))
    }
}
