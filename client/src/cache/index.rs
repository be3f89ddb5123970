//! The open incidents in memory. Loaded piece by piece after the start, so that the first screen does not wait for it.

use std::collections::HashMap;

use crate::db::{Connection, params};
use tenantry_model::incident::IncidentRow;

use super::Store;
use super::authors::Authors;
use super::entry::{Entry, SNOOZED};
use crate::error::Error;

/// How many rows are read between two questions of a screen.
const PIECE: i64 = 2_000;
#[derive(Debug, Default)]
pub(super) struct Index {
    /// By customer; those of one customer in no order.
    entries: HashMap<i64, Vec<Entry>>,
    /// Where each incident is: its customer, and its index there.
    positions: HashMap<i64, (i64, usize)>,
    is_whole: bool,
    last: Option<(i64, i64, String, i64)>,
}

impl Index {
    pub(super) fn of_customer(&self, customer: i64) -> &[Entry] {
        self.entries.get(&customer).map_or(&[], Vec::as_slice)
    }

    /// As far as they were read, in no order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values().flatten()
    }

    pub(super) fn entry(&self, incident: i64) -> Option<&Entry> {
        let (customer, at) = self.positions.get(&incident)?;
        self.entries.get(customer)?.get(*at)
    }

    /// Whether all were read.
    pub(super) fn is_whole(&self) -> bool {
        self.is_whole
    }

    fn put(&mut self, entry: Entry) {
        // The number of one that went may have been given to one of another customer since.
        self.remove(entry.incident);
        let of_customer = self.entries.entry(entry.customer).or_default();
        self.positions.insert(entry.incident, (entry.customer, of_customer.len()));
        of_customer.push(entry);
    }

    fn remove(&mut self, incident: i64) -> Option<Entry> {
        let (customer, at) = self.positions.remove(&incident)?;
        let of_customer = self.entries.get_mut(&customer)?;
        let removed = of_customer.swap_remove(at);
        if let Some(moved) = of_customer.get(at) {
            self.positions.insert(moved.incident, (customer, at));
        }
        if of_customer.is_empty() {
            self.entries.remove(&customer);
        }
        Some(removed)
    }
}

impl Store {
    /// Reads one more piece. Answers whether there is more.
    pub(crate) fn load_more(&mut self) -> Result<bool, Error> {
        if self.index.is_whole {
            return Ok(false);
        }
        let first = self.index.last.is_none();
        let (rank, newest, number, customer) = self.index.last.take().unwrap_or_default();
        let sql = if first {
            "SELECT rank, newest, number, customer, incident, row, search FROM hot ORDER BY rank, newest, number, customer LIMIT ?1"
        } else {
            "SELECT rank, newest, number, customer, incident, row, search FROM hot WHERE (rank, newest, number, customer) > (?2, ?3, ?4, ?5)
             ORDER BY rank, newest, number, customer LIMIT ?1"
        };
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = if first { statement.query([PIECE])? } else { statement.query(params![PIECE, rank, newest, number, customer])? };
        let mut read = 0;
        while let Some(row) = rows.next()? {
            self.index.put(entry(row)?);
            self.index.last = Some((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
            read += 1;
        }
        self.index.is_whole = read < PIECE;
        Ok(!self.index.is_whole)
    }

    /// Reads all that is still missing.
    pub(super) fn load_all(&mut self) -> Result<(), Error> {
        while self.load_more()? {}
        Ok(())
    }

    /// After a transaction: takes over what it did to these incidents. Starts anew where most of it changed, or where it was not whole.
    pub(super) fn refresh_index(&mut self, touched: &[i64]) -> Result<(), Error> {
        if !self.index.is_whole || touched.len() > 20_000 {
            self.index = Index::default();
            self.authors = Authors::default();
            return Ok(());
        }
        let mut gone = vec![];
        for incident in touched {
            match open_entry(&self.db, *incident)? {
                Some(entry) => self.index.put(entry),
                None => gone.extend(self.index.remove(*incident)),
            }
        }
        self.authors.forget(&gone);
        Ok(())
    }
}

fn open_entry(db: &Connection, incident: i64) -> Result<Option<Entry>, Error> {
    let mut statement = db.prepare_cached(
        "SELECT h.rank, h.newest, h.number, h.customer, h.incident, h.row, h.search FROM incidents i
         JOIN hot h ON h.rank = i.rank AND h.newest = i.newest AND h.number = i.number AND h.customer = i.customer WHERE i.incident = ?1",
    )?;
    let mut rows = statement.query([incident])?;
    rows.next()?.map(entry).transpose()
}

fn entry(row: &crate::db::Row<'_>) -> Result<Entry, Error> {
    let shown: IncidentRow =
        serde_json::from_str(row.get_ref(5)?.as_str().map_err(|_| Error::BadRow("hot"))?).map_err(|_| Error::BadRow("hot"))?;
    let search: String = row.get(6)?;
    Ok(Entry::of(row.get(4)?, row.get(3)?, &shown, row.get::<_, i64>(0)? >= SNOOZED, search.into_boxed_str()))
}
