//! The incidents that are no longer open: read by SQL that is built for what is asked, newest first.
//!
//! A search walks the same rows as a list without one, those of the days that are asked for, and looks into each. An index over the texts would make
//! every sync dearer, and the file larger by several times the texts, for a walk that reads the rows anyway to put them in order.

use crate::db::Value;
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::ipc::{IncidentFilter, IncidentScope};
use tenantry_model::time::Timestamp;
use uuid::Uuid;

use super::Store;
use super::entry::Entry;
use super::words::IncidentWords;
use crate::error::Error;

impl Store {
    /// Those within a scope that were resolved since then and hold the words, newest first; the rest of the filter is the caller's. The
    /// search text is read only for the words, and `with_text`.
    pub(super) fn resolved(
        &mut self,
        scope: IncidentScope,
        filter: &IncidentFilter,
        since: Timestamp,
        words: &IncidentWords<'_>,
        with_text: bool,
    ) -> Result<Vec<Entry>, Error> {
        let number = |id: &TenantId| self.customers.by_id(*id).map_or(-1, |customer| customer.customer);
        let text = if with_text || !words.are_none() { "h.search" } else { "''" };
        let mut sql = format!(
            "SELECT h.incident, h.customer, h.number, h.severity, h.status, h.category, h.kind, h.active_since, h.newest, h.messages, h.rooms, {text}
             FROM history h WHERE h.newest <= ?1"
        );
        let mut values = vec![Value::from(-since.micros())];
        match scope {
            IncidentScope::Customer { id } => {
                values.push(number(&id).into());
                sql.push_str(" AND h.customer = ?2");
            }
            IncidentScope::All if !filter.customers.is_empty() => {
                let list: Vec<String> = filter.customers.iter().map(|id| number(id).to_string()).collect();
                sql.push_str(&format!(" AND h.customer IN ({})", list.join(", ")));
            }
            IncidentScope::All => {}
        }
        sql.push_str(" ORDER BY h.newest, h.number, h.customer");
        let mut statement = self.db.prepare_cached(&sql)?;
        let mut rows = statement.query(crate::db::params_from_iter(values))?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next()? {
            if words.may_hold(row.get_ref(11)?.as_str().map_err(|_| Error::BadRow("history"))?) {
                let entry = entry(row)?;
                if words.hold(&entry) {
                    entries.push(entry);
                }
            }
        }
        Ok(entries)
    }
}

fn entry(row: &crate::db::Row<'_>) -> Result<Entry, Error> {
    fn word<T: std::str::FromStr>(row: &crate::db::Row<'_>, at: usize) -> Result<T, Error> {
        row.get_ref(at)?.as_str().ok().and_then(|text| text.parse().ok()).ok_or(Error::BadRow("history"))
    }
    let rooms: Vec<u8> = row.get(10)?;
    Ok(Entry {
        incident: row.get(0)?,
        customer: row.get(1)?,
        number: word(row, 2)?,
        severity: word(row, 3)?,
        status: word(row, 4)?,
        category: word(row, 5)?,
        kind: word(row, 6)?,
        active_since: Timestamp::from_micros(row.get(7)?),
        newest: row.get(8)?,
        messages: row.get(9)?,
        rooms: rooms.chunks_exact(16).filter_map(|id| Uuid::from_slice(id).ok()).map(RoomId::from_uuid).collect(),
        search: row.get::<_, String>(11)?.into_boxed_str(),
    })
}
