//! Writes the texts that are searched anew, from the rows as they came.

use tenantry_model::incident::Incident;
use tenantry_model::room::Room;
use tenantry_model::search::searchable;

use super::entry::search_text;
use crate::db::{Connection, params};
use crate::error::Error;

/// For the step `refold.sql`.
pub(super) fn refold(db: &Connection) -> Result<(), Error> {
    let mut incidents = db.prepare(
        "SELECT i.incident, i.customer, i.number, i.rank, i.newest, i.body, c.name FROM incidents i
         JOIN customers c ON c.customer = i.customer",
    )?;
    let mut open = db.prepare("UPDATE hot SET search = ?5 WHERE rank = ?1 AND newest = ?2 AND number = ?3 AND customer = ?4")?;
    let mut inactive = db.prepare("UPDATE history SET search = ?3 WHERE newest = ?1 AND incident = ?2")?;
    let mut rows = incidents.query([])?;
    while let Some(row) = rows.next()? {
        let incident: Incident = parsed("incidents", row.get_ref(5)?.as_str())?;
        let search = search_text(&incident.row, &row.get::<_, String>(6)?);
        let (rank, newest): (Option<i64>, i64) = (row.get(3)?, row.get(4)?);
        match rank {
            Some(rank) => open.execute(params![rank, newest, row.get::<_, String>(2)?, row.get::<_, i64>(1)?, search])?,
            None => inactive.execute(params![newest, row.get::<_, i64>(0)?, search])?,
        };
    }
    // All of them first: a walk over what it changes might meet a row twice.
    let rooms: Vec<(i64, Vec<u8>, String)> = db
        .prepare("SELECT customer, id, body FROM rooms")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?;
    let mut host = db.prepare("UPDATE rooms SET host = ?3 WHERE customer = ?1 AND id = ?2")?;
    for (customer, id, body) in rooms {
        let room: Room = parsed("rooms", Ok::<_, ()>(body.as_str()))?;
        host.execute(params![customer, id, searchable(&room.host_name)])?;
    }
    Ok(())
}

fn parsed<'a, T: serde::Deserialize<'a>, E>(table: &'static str, json: Result<&'a str, E>) -> Result<T, Error> {
    json.ok().and_then(|json| serde_json::from_str(json).ok()).ok_or(Error::BadRow(table))
}
