//! Incidents and rooms as they are kept: the very bytes of their lines, so that nothing is written out anew, neither when it comes nor
//! when a list shows it.

use std::borrow::Cow;

use serde::Serialize;
use serde::de::IgnoredAny;
use tenantry_model::incident::Incident;
use tenantry_model::sync::SyncLine;

use crate::error::Error;

/// What comes before an incident in its line.
const BEFORE_INCIDENT: &str = "{\"incident\":";
/// What comes before a room in its line.
const BEFORE_ROOM: &str = "{\"room\":";
/// What comes before the row in the JSON of an incident.
const BEFORE_ROW: &str = "{\"row\":";
pub(super) struct Body<'a> {
    pub(super) json: Cow<'a, str>,
    /// How long the part is that a list shows.
    pub(super) row_bytes: u32,
}

impl<'a> Body<'a> {
    /// Of this incident, by the line that it was read from, and [`row_bytes_in`] that.
    pub(super) fn of(line: &'a [u8], row_bytes: Option<u32>, incident: &Incident) -> Result<Self, Error> {
        if let Some((json, row_bytes)) = inner(line, BEFORE_INCIDENT).zip(row_bytes) {
            return Ok(Self { json: Cow::Borrowed(json), row_bytes });
        }
        // The same, with other spaces or in another order.
        let json = written("incidents", incident)?;
        let row_bytes = row_bytes_of(&json).ok_or(Error::BadRow("incidents"))?;
        Ok(Self { json: Cow::Owned(json), row_bytes })
    }

    /// What a list shows of it.
    pub(super) fn row(&self) -> Result<&str, Error> {
        row(&self.json, self.row_bytes)
    }
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
        assert!(matches!(body.json, Cow::Borrowed(_)));
        assert_eq!(serde_json::from_str::<Incident>(&body.json).unwrap(), one);
        assert_eq!(serde_json::from_str::<IncidentRow>(body.row().unwrap()).unwrap(), one.row);
    }

    #[test]
    fn a_line_that_is_written_in_another_way_is_kept_all_the_same() {
        let one = incident(1, "AAAAA1-000001", IncidentStatus::NeedsAction, Severity::Critical);
        let json = serde_json::to_string(&one).unwrap();
        // With a space, and with the row at the end.
        let whole: serde_json::Value = serde_json::from_str(&json).unwrap();
        let mut parts: Vec<String> = whole.as_object().unwrap().iter().map(|(name, part)| format!("\"{name}\":{part}")).collect();
        parts.sort_by_key(|part| part.starts_with("\"row\""));
        for line in
            [format!("{{\"incident\": {json}}}"), format!("{{\"incident\":{{{}}}}}", parts.join(",")), format!(" {{\"incident\":{json}}}")]
        {
            let read: SyncLine = serde_json::from_str(&line).unwrap();
            assert_eq!(read, SyncLine::Incident(Box::new(one.clone())), "{line}");
            let body = Body::of(line.as_bytes(), row_bytes_in(line.as_bytes()), &one).unwrap();
            assert_eq!(serde_json::from_str::<Incident>(&body.json).unwrap(), one, "{line}");
            assert_eq!(serde_json::from_str::<IncidentRow>(body.row().unwrap()).unwrap(), one.row, "{line}");
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
