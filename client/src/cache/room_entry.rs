//! What is known of a room without reading its row: all that filters, counters and orders need.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::Deserialize;
use tenantry_model::collation::sort_key;
use tenantry_model::id::RoomId;
use tenantry_model::room::{Enrolment, Health};
use tenantry_model::search::searchable;
use tenantry_model::time::Timestamp;

use super::packed::Unpacker;
use crate::db::Row;
use crate::error::Error;

/// Stands between the parts of a search text; nobody types it.
const BETWEEN: char = '\u{1f}';

/// A room, as far as a list needs it to decide what stands where.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct RoomEntry {
    /// Its customer's number in the tables.
    pub(super) customer: i64,
    pub(super) id: RoomId,
    pub(super) health: Health,
    pub(super) enrolment: Enrolment,
    pub(super) has_warnings: bool,
    pub(super) last_seen: Option<Timestamp>,
    /// Its groups, by their numbers in [`GroupNames`].
    pub(super) groups: Box<[u32]>,
    pub(super) ring: Option<Ring>,
    /// What its name is sorted by.
    pub(super) key: Box<str>,
    /// Name, host, account, groups and ring, as they are searched.
    pub(super) search: Box<str>,
}

/// An update ring: its name's number, and where it stands in the order of updates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ring {
    pub(super) name: u32,
    pub(super) order: u8,
}

impl RoomEntry {
    /// Its host's name, folded.
    pub(super) fn host(&self) -> &str {
        self.part(1)
    }

    /// Its account, folded.
    pub(super) fn account(&self) -> &str {
        self.part(2)
    }

    fn part(&self, at: usize) -> &str {
        self.search.split(BETWEEN).nth(at).unwrap_or_default()
    }

    /// By name, then by id.
    pub(super) fn by_name(&self, other: &Self) -> std::cmp::Ordering {
        self.key.cmp(&other.key).then_with(|| self.id.cmp(&other.id))
    }
}

/// The names of groups and rings, each once: many rooms are in those of one name.
#[derive(Debug, Default)]
pub(super) struct GroupNames {
    names: Vec<Box<str>>,
    numbers: HashMap<Box<str>, u32>,
}

impl GroupNames {
    pub(super) fn name(&self, number: u32) -> &str {
        self.names.get(number as usize).map_or("", |name| name)
    }

    /// The number of a name that some room has.
    pub(super) fn number(&self, name: &str) -> Option<u32> {
        self.numbers.get(name).copied()
    }

    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    fn add(&mut self, name: &str) -> u32 {
        if let Some(number) = self.number(name) {
            return number;
        }
        let number = self.names.len() as u32;
        self.names.push(name.into());
        self.numbers.insert(name.into(), number);
        number
    }
}

/// What an entry takes of a room's JSON: reading the rest of two hundred thousand would take as long again.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Listed<'a> {
    id: RoomId,
    #[serde(borrow)]
    display_name: Cow<'a, str>,
    #[serde(borrow)]
    host_name: Cow<'a, str>,
    #[serde(borrow)]
    account: Cow<'a, str>,
    enrolment: Enrolment,
    health: Health,
    has_warnings: bool,
    #[serde(borrow)]
    groups: Vec<ListedGroup<'a>>,
    #[serde(borrow)]
    ring: Option<ListedRing<'a>>,
    last_seen: Option<Timestamp>,
}

#[derive(Deserialize)]
struct ListedGroup<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
}

#[derive(Deserialize)]
struct ListedRing<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    order: u8,
}

/// Reads entries.
pub(super) struct Reader(Unpacker);

impl Reader {
    pub(super) fn new() -> Result<Self, Error> {
        Unpacker::new().map(Self)
    }

    /// Of a row whose first columns are the customer's number and the room's body: packed, or as text where an earlier version kept it.
    pub(super) fn entry(&mut self, row: &Row<'_>, names: &mut GroupNames) -> Result<RoomEntry, Error> {
        let body = row.get_ref(1)?;
        match body.as_blob() {
            Ok(packed) => entry(row.get(0)?, &self.0.unpack("rooms", packed)?, names),
            Err(_) => entry(row.get(0)?, body.as_str().map_err(|_| Error::BadRow("rooms"))?, names),
        }
    }
}

fn entry(customer: i64, json: &str, names: &mut GroupNames) -> Result<RoomEntry, Error> {
    let room: Listed<'_> = serde_json::from_str(json).map_err(|_| Error::BadRow("rooms"))?;
    let mut text = String::with_capacity(128);
    // A separator in a name would shift the parts.
    let mut add = |part: &str| {
        text.extend(part.chars().map(|letter| if letter == BETWEEN { ' ' } else { letter }));
        text.push(BETWEEN);
    };
    [&room.display_name, &room.host_name, &room.account].into_iter().for_each(|part| add(part));
    room.groups.iter().for_each(|group| add(&group.name));
    room.ring.iter().for_each(|ring| add(&ring.name));
    Ok(RoomEntry {
        customer,
        id: room.id,
        health: room.health,
        enrolment: room.enrolment,
        has_warnings: room.has_warnings,
        last_seen: room.last_seen,
        groups: room.groups.iter().map(|group| names.add(&group.name)).collect(),
        ring: room.ring.as_ref().map(|ring| Ring { name: names.add(&ring.name), order: ring.order }),
        key: sort_key(&room.display_name).into(),
        search: searchable(&text).into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache::tests::estate::room;
    use tenantry_model::id::{RoomGroupId, UpdateRingId};
    use tenantry_model::room::{RoomGroup, UpdateRing};
    use uuid::Uuid;

    #[test]
    fn an_entry_holds_what_the_room_says() {
        let mut names = GroupNames::default();
        let mut whole = room(1, 2);
        whole.host_name = "MTR\u{1f}\"Süd\"".into();
        whole.groups = vec![RoomGroup { id: RoomGroupId::from_uuid(Uuid::nil()), name: "Etage 2".into() }];
        whole.ring = Some(UpdateRing { id: UpdateRingId::from_uuid(Uuid::nil()), name: "General".into(), order: 2 });
        let known = entry(7, &serde_json::to_string(&whole).unwrap(), &mut names).unwrap();
        assert_eq!((known.customer, known.id, known.health, known.last_seen), (7, whole.id, whole.health, whole.last_seen));
        assert_eq!((known.groups.len(), names.name(known.groups[0])), (1, "Etage 2"));
        assert_eq!(known.ring.map(|ring| (names.name(ring.name), ring.order)), Some(("General", 2)));
        assert_eq!((known.host(), known.account()), ("mtr \"sud\"", "room2@kunde.example"), "a separator in a name shifts nothing");
        for word in ["zugspitze", "etage", "general"] {
            assert!(known.search.contains(word), "{word}");
        }
        assert!(entry(7, "{}", &mut names).is_err());
    }
}
