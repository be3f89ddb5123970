//! What is asked of the outbox about many entries: without reading what they say, as far as that goes.

use std::collections::HashSet;

use tenantry_model::id::TenantId;
use tenantry_model::ipc::{About, FormId, IncidentRef, OutboxMark, RoomKey};

use super::{Entries, Entry, columns, read};
use crate::db::{OptionalExtension as _, params};
use crate::error::Error;

/// As the column of that name has it.
pub(super) fn line_name(line: About) -> String {
    match line {
        About::Incident(key) => format!("{} {}", key.customer_id, key.number),
        About::Room(key) => format!("{} {}", key.customer_id, key.id),
    }
}

impl Entries {
    /// Whether nothing was typed that was not sent, and no bulk action left something that it has not begun.
    pub(crate) fn is_empty(&mut self) -> Result<bool, Error> {
        let sql = "SELECT NOT EXISTS (SELECT 1 FROM entries) AND NOT EXISTS (SELECT 1 FROM run_rows)";
        Ok(self.db.query_row(sql, [], |row| row.get(0))?)
    }

    /// Those of these names, in the order in which they were typed.
    pub(crate) fn of_forms(&mut self, forms: &[FormId]) -> Result<Vec<Entry>, Error> {
        let mut statement =
            self.db.prepare_cached("SELECT place, form, customer, work, at, failure, tried FROM entries WHERE form = ?1")?;
        let mut found = Vec::with_capacity(forms.len());
        for form in forms {
            let row = statement.query_row([form.0.to_string()], |row| Ok((row.get::<_, i64>(0)?, columns(row, 1)?))).optional()?;
            if let Some((place, row)) = row {
                found.push((place, read(row)?));
            }
        }
        found.sort_by_key(|(place, _)| *place);
        found.dedup_by_key(|(place, _)| *place);
        Ok(found.into_iter().map(|(_, entry)| entry).collect())
    }

    /// What each is about, in the order in which they were typed.
    pub(crate) fn marks(&mut self) -> Result<Vec<OutboxMark>, Error> {
        let entries = self.all()?.into_iter();
        Ok(entries.map(|entry| OutboxMark::of(entry.form, entry.customer, &entry.work, entry.failure.is_some())).collect())
    }

    /// The incidents and rooms at which something has not been sent.
    pub(crate) fn lines(&mut self) -> Result<HashSet<About>, Error> {
        let mut statement = self.db.prepare_cached("SELECT DISTINCT line FROM entries WHERE line IS NOT NULL")?;
        let lines = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
        let about = |line: &String| {
            let (customer, which) = line.split_once(' ')?;
            let customer_id = customer.parse().ok()?;
            // No room's id is a number.
            match which.parse() {
                Ok(number) => Some(About::Incident(IncidentRef { customer_id, number })),
                Err(_) => Some(About::Room(RoomKey { customer_id, id: which.parse().ok()? })),
            }
        };
        Ok(lines.iter().filter_map(about).collect())
    }

    /// Whose incidents and rooms it is about.
    pub(crate) fn customers(&mut self) -> Result<Vec<TenantId>, Error> {
        let mut statement =
            self.db.prepare_cached("SELECT customer FROM entries WHERE customer IS NOT NULL UNION SELECT customer FROM run_rows")?;
        let ids = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
        ids.iter().map(|id| id.parse().map_err(|_| Error::BadRow("entries"))).collect()
    }

    /// What is about one of these customers, or holds what a customer's data said.
    pub(crate) fn at_risk(&mut self, gone: &[TenantId]) -> Result<Vec<Entry>, Error> {
        let gone = serde_json::to_string(gone).map_err(|error| Error::another_form(&error))?;
        let mut statement = self.db.prepare_cached(
            "SELECT form, customer, work, at, failure, tried FROM entries WHERE customer IN (SELECT value FROM json_each(?1)) OR json_extract(work, '$.do') IN ('edit', 'changeRoom', 'enrolRoom', 'suppress') ORDER BY place",
        )?;
        let rows = statement.query_map([gone], |row| columns(row, 0))?.collect::<Result<Vec<_>, _>>()?;
        rows.into_iter().map(read).collect()
    }

    /// What stands behind it: of the same incident or room.
    pub(super) fn behind(&mut self, form: FormId) -> Result<Vec<Entry>, Error> {
        let Some(line) = self.find(form)?.and_then(|entry| entry.line()) else { return Ok(vec![]) };
        let mut statement =
            self.db.prepare_cached("SELECT form, customer, work, at, failure, tried FROM entries WHERE line = ?1 AND form <> ?2")?;
        let rows = statement.query_map(params![line_name(line), form.0.to_string()], |row| columns(row, 0))?;
        rows.collect::<Result<Vec<_>, _>>()?.into_iter().map(read).collect()
    }

    /// The first that can be sent: that waits, before which nothing of its incident or room stands, and that is none of those that are `passed` over.
    pub(crate) fn next(&mut self, passed: &[FormId]) -> Result<Option<Entry>, Error> {
        let passed = serde_json::to_string(passed).map_err(|error| Error::another_form(&error))?;
        let sql = "SELECT form, customer, work, at, failure, tried FROM entries AS entry
             WHERE failure IS NULL AND customer IS NOT NULL AND form NOT IN (SELECT value FROM json_each(?1))
               AND NOT EXISTS (SELECT 1 FROM entries AS before WHERE before.line = entry.line AND before.place < entry.place)
             ORDER BY place LIMIT 1";
        let mut statement = self.db.prepare_cached(sql)?;
        statement.query_row([passed], |row| columns(row, 0)).optional()?.map(read).transpose()
    }
}

#[cfg(test)]
#[path = "lookup_tests.rs"]
mod tests;
