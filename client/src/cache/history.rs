//! The incidents that are no longer open: read customer by customer, from the newest of each on.
//!
//! A search walks the same rows as a list without one, those of the days that are asked for, and looks into each. An index over the texts would make
//! every sync dearer, and the file larger by several times the texts, for a walk that reads the rows anyway to put them in order.

use tenantry_model::id::TenantId;
use tenantry_model::incident::IncidentRow;
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;

use super::Store;
use super::compact::{self, Compact};
use super::entry::Entry;
use super::history_words::HistoryWords;
use crate::db::{Connection, Row, params};
use crate::error::Error;

impl Store {
    /// Those of these customers that were resolved since then and hold the words, in no order; the rest of the filter is the caller's. The search
    /// text is kept only where it is asked for.
    pub(super) fn resolved(&self, customers: &[i64], since: Timestamp, words: &HistoryWords, with_text: bool) -> Result<Vec<Entry>, Error> {
        let mut entries = Vec::new();
        self.each_resolved(customers, since, with_text || !words.are_none(), |mut entry| {
            if words.hold(&entry) {
                if !with_text {
                    entry.search = Box::default();
                }
                entries.push(entry);
            }
        })?;
        Ok(entries)
    }

    /// Each of these customers that was resolved since then, in no order; with its search text where that is asked for.
    pub(super) fn each_resolved(
        &self,
        customers: &[i64],
        since: Timestamp,
        with_text: bool,
        mut take: impl FnMut(Entry),
    ) -> Result<(), Error> {
        let text = if with_text { "search" } else { "''" };
        let mut statement = self.db.prepare_cached(&format!(
            "SELECT incident, customer, number, newest, row, {text} FROM history WHERE customer = ?1 AND newest <= ?2"
        ))?;
        let has_before = self.has_rows_of_before()?;
        for customer in customers {
            let mut rows = statement.query([*customer, -since.micros()])?;
            while let Some(row) = rows.next()? {
                take(entry(row)?);
            }
            if has_before {
                self.resolved_before(*customer, -since.micros(), &mut take)?;
            }
        }
        Ok(())
    }
}

/// What a list shows of one of them.
pub(super) fn row(db: &Connection, customer: (i64, TenantId), newest: i64, incident: i64) -> Result<IncidentRow, Error> {
    let mut statement = db.prepare_cached("SELECT number, row FROM history WHERE customer = ?1 AND newest = ?2 AND incident = ?3")?;
    let mut rows = statement.query(params![customer.0, newest, incident])?;
    let row = rows.next()?.ok_or(Error::BadRow("history"))?;
    Ok(compact(row, 1)?.row(customer.1, number(row, 0)?))
}

fn number(row: &Row<'_>, at: usize) -> Result<TicketNumber, Error> {
    row.get_ref(at)?.as_str().ok().and_then(|text| text.parse().ok()).ok_or(Error::BadRow("history"))
}

fn compact<'a>(row: &'a Row<'_>, at: usize) -> Result<Compact<'a>, Error> {
    row.get_ref(at)?.as_blob().ok().and_then(compact::read).ok_or(Error::BadRow("history"))
}

fn entry(row: &Row<'_>) -> Result<Entry, Error> {
    let compact = compact(row, 4)?;
    Ok(Entry {
        incident: row.get(0)?,
        customer: row.get(1)?,
        number: number(row, 2)?,
        severity: compact.severity,
        status: compact.status,
        snoozed: false,
        claim: None,
        snoozed_by: None,
        category: compact.category,
        kind: compact.kind,
        active_since: compact.active_since,
        newest: row.get(3)?,
        messages: compact.messages,
        rooms: compact.rooms().map(|(id, _)| id).collect(),
        search: row.get_ref(5)?.as_str().map_err(|_| Error::BadRow("history"))?.into(),
    })
}
