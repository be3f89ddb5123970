//! Incidents and rooms as they come, and what is kept of their lines: the row of an open incident as the very bytes, so that nothing is written out
//! anew when a list shows it; the rest of an incident, and a room, packed.

use std::borrow::Cow;

use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use tenantry_model::incident::{Incident, IncidentRow};
use tenantry_model::sync::SyncLine;

use crate::error::Error;

/// What comes before an incident in its line.
const BEFORE_INCIDENT: &str = "{\"incident\":";
/// What comes before the row of an incident in its line.
const BEFORE_ROW_ALONE: &str = "{\"incidentRow\":";
/// What comes before a room in its line.
const BEFORE_ROOM: &str = "{\"room\":";
/// What comes before the row in the JSON of an incident.
const BEFORE_ROW: &str = "{\"row\":";

/// The two parts of an incident's JSON.
pub(super) struct Body<'a> {
    /// What lists show of it.
    pub(super) row: Cow<'a, str>,
    /// What follows that, from the comma on: see [`whole`].
    pub(super) rest: Cow<'a, str>,
}

impl<'a> Body<'a> {
    /// Of this incident, by the line that it was read from, and [`row_bytes_in`] that.
    pub(super) fn of(line: &'a [u8], row_bytes: Option<u32>, incident: &Incident) -> Result<Self, Error> {
        if let Some((row, rest)) = inner(line, BEFORE_INCIDENT).zip(row_bytes).and_then(|(json, row_bytes)| parts(json, row_bytes)) {
            return Ok(Self { row: Cow::Borrowed(row), rest: Cow::Borrowed(rest) });
        }
        // The same, with other spaces or in another order.
        Self::written(incident)
    }

    /// Of this incident, written out anew.
    pub(super) fn written(incident: &Incident) -> Result<Body<'static>, Error> {
        let json = written("incidents", incident)?;
        let (row, rest) = row_bytes_of(&json).and_then(|row_bytes| parts(&json, row_bytes)).ok_or(Error::BadRow("incidents"))?;
        Ok(Body { row: Cow::Owned(row.to_owned()), rest: Cow::Owned(rest.to_owned()) })
    }
}

/// A row that came alone, as it was written.
pub(super) fn row_alone<'a>(line: &'a [u8], row: &IncidentRow) -> Result<Cow<'a, str>, Error> {
    let inner = inner(line, BEFORE_ROW_ALONE).filter(|json| !json.starts_with(char::is_whitespace) && json.ends_with('}'));
    inner.map_or_else(|| written("incidents", row).map(Cow::Owned), |json| Ok(Cow::Borrowed(json)))
}

/// An incident of its two parts.
pub(super) fn whole(row: &str, rest: &str) -> Result<Incident, Error> {
    serde_json::from_str(&[BEFORE_ROW, row, rest].concat()).map_err(|_| Error::BadRow("incidents"))
}

/// Some of what follows the row.
pub(super) fn read_rest<T: DeserializeOwned>(rest: &str) -> Result<T, Error> {
    let fields = rest.trim_start().strip_prefix(',').ok_or(Error::BadRow("incidents"))?;
    serde_json::from_str(&["{", fields].concat()).map_err(|_| Error::BadRow("incidents"))
}

fn parts(json: &str, row_bytes: u32) -> Option<(&str, &str)> {
    json.strip_prefix(BEFORE_ROW)?.split_at_checked(row_bytes as usize)
}

/// What a list shows of an incident, within the whole of it.
pub(super) fn row(json: &str, row_bytes: u32) -> Result<&str, Error> {
    json.get(BEFORE_ROW.len()..BEFORE_ROW.len() + row_bytes as usize).ok_or(Error::BadRow("incidents"))
}

/// How long the part of an incident's line is that a list shows; nothing where the line is not written as [`Body`] keeps it.
pub(super) fn row_bytes_in(line: &[u8]) -> Option<u32> {
    row_bytes_of(inner(line, BEFORE_INCIDENT)?)
}

/// A room's JSON, by the line that it was read from.
pub(super) fn room(line: &[u8]) -> Result<Cow<'_, str>, Error> {
    if let Some(json) = inner(line, BEFORE_ROOM) {
        return Ok(Cow::Borrowed(json));
    }
    match serde_json::from_slice(line) {
        Ok(SyncLine::Room(room)) => written("rooms", &room).map(Cow::Owned),
        _ => Err(Error::BadRow("rooms")),
    }
}

/// What a line holds under its one key. The line has been read as JSON before.
fn inner<'a>(line: &'a [u8], before: &str) -> Option<&'a str> {
    std::str::from_utf8(line).ok()?.strip_prefix(before)?.strip_suffix('}')
}

fn row_bytes_of(json: &str) -> Option<u32> {
    let mut values = serde_json::Deserializer::from_str(json.strip_prefix(BEFORE_ROW)?).into_iter::<IgnoredAny>();
    values.next()?.ok()?;
    u32::try_from(values.byte_offset()).ok()
}

fn written<T: Serialize>(table: &'static str, value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|_| Error::BadRow(table))
}

#[cfg(test)]
mod tests {
    use tenantry_model::incident::{IncidentRow, IncidentStatus, Severity};

    use super::*;
    use crate::cache::tests::estate::{incident, room as some_room};

    #[test]
    fn a_line_is_kept_as_it_came_and_its_row_is_found_in_it() {
        let mut one = incident(1, "AAAAA1-000001", IncidentStatus::NeedsAction, Severity::Critical);
        one.row.problem = "},\"row\":{ \\ \u{e4}".into();
        let line = serde_json::to_string(&SyncLine::Incident(Box::new(one.clone()))).unwrap();
        let body = Body::of(line.as_bytes(), row_bytes_in(line.as_bytes()), &one).unwrap();
        assert!(matches!((&body.row, &body.rest), (Cow::Borrowed(_), Cow::Borrowed(_))));
        assert_eq!(whole(&body.row, &body.rest).unwrap(), one);
        assert_eq!(serde_json::from_str::<IncidentRow>(&body.row).unwrap(), one.row);
        let rest: serde_json::Value = read_rest(&body.rest).unwrap();
        assert_eq!((rest["description"].as_str(), rest.get("row")), (Some(one.description.as_str()), None));
    }

    #[test]
    fn a_line_that_is_written_in_another_way_is_kept_all_the_same() {
        let one = incident(1, "AAAAA1-000001", IncidentStatus::NeedsAction, Severity::Critical);
        let json = serde_json::to_string(&one).unwrap();
        // With a space, and with the row at the end.
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        let mut parts: Vec<String> = value.as_object().unwrap().iter().map(|(name, part)| format!("\"{name}\":{part}")).collect();
        parts.sort_by_key(|part| part.starts_with("\"row\""));
        for line in
            [format!("{{\"incident\": {json}}}"), format!("{{\"incident\":{{{}}}}}", parts.join(",")), format!(" {{\"incident\":{json}}}")]
        {
            let read: SyncLine = serde_json::from_str(&line).unwrap();
            assert_eq!(read, SyncLine::Incident(Box::new(one.clone())), "{line}");
            let body = Body::of(line.as_bytes(), row_bytes_in(line.as_bytes()), &one).unwrap();
            assert_eq!(whole(&body.row, &body.rest).unwrap(), one, "{line}");
            assert_eq!(serde_json::from_str::<IncidentRow>(&body.row).unwrap(), one.row, "{line}");
        }
    }

    #[test]
    fn a_rooms_line_is_kept_however_it_is_written() {
        let one = some_room(1, 1);
        let json = serde_json::to_string(&one).unwrap();
        for (line, as_it_came) in [(format!("{{\"room\":{json}}}"), true), (format!("{{ \"room\":{json} }}"), false)] {
            let kept = room(line.as_bytes()).unwrap();
            assert_eq!(matches!(kept, Cow::Borrowed(_)), as_it_came);
            assert_eq!(kept, json);
        }
    }
}
