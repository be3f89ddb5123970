//! The names of the rooms' devices in memory, as they are searched: reading them from their table for every word that is typed costs ten times as
//! much as looking through the open incidents. Read with the first search.

use std::collections::HashSet;

use memchr::memmem;
use tenantry_model::id::RoomId;
use uuid::Uuid;

use crate::db::Connection;
use crate::error::Error;

/// Stands behind each name; no word that is looked for holds it.
const END: char = '\u{1f}';

/// See the module.
pub(super) struct Hosts {
    /// Every name with its end, in the order of `rooms`.
    text: String,
    /// The rooms in order, each with where its name ends.
    rooms: Vec<(RoomId, u32)>,
}

impl Hosts {
    pub(super) fn load(db: &Connection) -> Result<Self, Error> {
        let mut read: Vec<(RoomId, String)> = Vec::new();
        let mut statement = db.prepare_cached(
            "SELECT id, host FROM rooms INDEXED BY rooms_of_host UNION ALL SELECT id, host FROM rooms_before INDEXED BY rooms_by_host",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let id = row.get_ref(0)?.as_blob().ok().and_then(|id| Uuid::from_slice(id).ok()).ok_or(Error::BadRow("rooms"))?;
            read.push((RoomId::from_uuid(id), row.get(1)?));
        }
        read.sort_unstable_by_key(|(room, _)| *room);
        let mut hosts = Self {
            text: String::with_capacity(read.iter().map(|(_, host)| host.len() + END.len_utf8()).sum()),
            rooms: Vec::with_capacity(read.len()),
        };
        for (room, host) in read {
            hosts.text.push_str(&host);
            hosts.text.push(END);
            hosts.rooms.push((room, hosts.text.len() as u32));
        }
        Ok(hosts)
    }

    /// The rooms whose device's name holds a word.
    pub(super) fn with(&self, word: &str) -> HashSet<RoomId> {
        let places = memmem::find_iter(self.text.as_bytes(), word.as_bytes());
        places
            .filter_map(|place| self.rooms.get(self.rooms.partition_point(|(_, end)| *end as usize <= place)))
            .map(|(room, _)| *room)
            .collect()
    }

    /// Whether the device of this room has this name here.
    pub(super) fn has(&self, room: RoomId, host: &str) -> bool {
        let Ok(at) = self.rooms.binary_search_by_key(&room, |(room, _)| *room) else { return false };
        let from = at.checked_sub(1).map_or(0, |before| self.rooms[before].1 as usize);
        self.text[from..self.rooms[at].1 as usize].strip_suffix(END) == Some(host)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_is_found_as_that_of_its_room() {
        let room = |n| RoomId::from_uuid(Uuid::from_u128(n));
        let names = [(room(2), "mtr-1"), (room(5), ""), (room(9), "mtr-12\nmtr-21")];
        let mut hosts = Hosts { text: String::new(), rooms: vec![] };
        for (id, name) in names {
            hosts.text.push_str(name);
            hosts.text.push(END);
            hosts.rooms.push((id, hosts.text.len() as u32));
        }
        let found = |word| {
            let mut found: Vec<RoomId> = hosts.with(word).into_iter().collect();
            found.sort_unstable();
            found
        };
        assert_eq!(found("mtr-1"), [room(2), room(9)]);
        assert_eq!(found("1"), [room(2), room(9)]);
        assert_eq!(found("r-21"), [room(9)]);
        assert_eq!(found("1mtr"), []);
        for (id, name) in names {
            assert!(hosts.has(id, name) && !hosts.has(id, "mtr-2"), "{name}");
        }
        assert!(!hosts.has(room(1), "") && !hosts.has(room(10), ""));
    }
}
