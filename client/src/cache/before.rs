//! Rows in the form that an earlier version kept them in: read until the first contact brings everything anew, and never written.

use tenantry_model::incident::Incident;

use super::entry::Entry;
use super::{Store, body};
use crate::db::{Connection, OptionalExtension, Row, params};
use crate::error::Error;

/// What a list shows of an incident.
pub(super) struct Shown {
    pub(super) customer: i64,
    pub(super) number: String,
    pub(super) messages: u32,
    pub(super) row: String,
}

/// One incident's row.
pub(super) fn shown(db: &Connection, incident: i64) -> Result<Option<Shown>, Error> {
    let mut statement =
        db.prepare_cached("SELECT customer, number, messages, row_bytes, body FROM incidents_before WHERE incident = ?1")?;
    let mut rows = statement.query([incident])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let json = row.get_ref(4)?.as_str().map_err(|_| Error::BadRow("incidents"))?;
    let shown = body::row(json, row.get(3)?)?.to_owned();
    Ok(Some(Shown { customer: row.get(0)?, number: row.get(1)?, messages: row.get(2)?, row: shown }))
}

/// One incident's number in the tables.
pub(super) fn line(db: &Connection, customer: i64, number: &str) -> Result<Option<i64>, Error> {
    let mut statement = db.prepare_cached("SELECT incident FROM incidents_before WHERE customer = ?1 AND number = ?2")?;
    Ok(statement.query_row(params![customer, number], |row| row.get(0)).optional()?)
}

/// One incident, which was always kept whole.
pub(super) fn incident(db: &Connection, customer: i64, number: &str) -> Result<Option<Incident>, Error> {
    let body: Option<String> = db
        .prepare_cached("SELECT body FROM incidents_before WHERE customer = ?1 AND number = ?2")?
        .query_row(params![customer, number], |row| row.get(0))
        .optional()?;
    body.map(|body| serde_json::from_str(&body).map_err(|_| Error::BadRow("incidents"))).transpose()
}

impl Store {
    /// Whether there are any.
    pub(super) fn has_rows_of_before(&self) -> Result<bool, Error> {
        Ok(self.db.query_row("SELECT EXISTS (SELECT 1 FROM history_before)", [], |row| row.get(0))?)
    }

    /// What one customer had resolved since then.
    pub(super) fn resolved_before(&self, customer: i64, newest: i64, take: &mut dyn FnMut(Entry)) -> Result<(), Error> {
        let mut statement = self.db.prepare_cached(
            "SELECT incident, customer, number, severity, status, category, kind, active_since, newest, messages, rooms, search
             FROM history_before WHERE customer = ?1 AND newest <= ?2",
        )?;
        let mut rows = statement.query([customer, newest])?;
        while let Some(row) = rows.next()? {
            take(entry(row)?);
        }
        Ok(())
    }
}

fn entry(row: &Row<'_>) -> Result<Entry, Error> {
    fn word<T: std::str::FromStr>(row: &Row<'_>, at: usize) -> Result<T, Error> {
        row.get_ref(at)?.as_str().ok().and_then(|text| text.parse().ok()).ok_or(Error::BadRow("history"))
    }
    let rooms: Vec<u8> = row.get(10)?;
    let room = |id: &[u8]| uuid::Uuid::from_slice(id).ok().map(tenantry_model::id::RoomId::from_uuid);
    Ok(Entry {
        incident: row.get(0)?,
        customer: row.get(1)?,
        number: word(row, 2)?,
        severity: word(row, 3)?,
        status: word(row, 4)?,
        snoozed: false,
        claim: None,
        snoozed_by: None,
        category: word(row, 5)?,
        kind: word(row, 6)?,
        active_since: tenantry_model::time::Timestamp::from_micros(row.get(7)?),
        newest: row.get(8)?,
        messages: row.get(9)?,
        rooms: rooms.chunks_exact(16).filter_map(room).collect(),
        search: row.get::<_, String>(11)?.into_boxed_str(),
    })
}
